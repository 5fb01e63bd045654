"""Outcomes: which transitions fall in a window, and what that did to a site.

map/assets/data/changes.js has the same rules once more, for the drag; a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from components.catalog.catalog import EVER
from components.view.transitions import CAME, DOUBTED, DRAWN_DOWN, LEFT, REINFORCED, RENAMED, Transition

HANDED_OVER: Final = "handed-over"
VACATED: Final = "vacated"
LOST: Final = "left"
OPENED: Final = "opened"
JOINED: Final = "joined"
REDUCED: Final = "drawing-down"
UNCERTAIN: Final = "uncertain"

KINDS: Final = (HANDED_OVER, VACATED, LOST, OPENED, JOINED, REINFORCED, REDUCED, RENAMED, UNCERTAIN)
"""From what changes a map most to what changes it least. LOST: others stay. JOINED: others were there before.
UNCERTAIN: a date known only by month or year, or a report, leaves open whether the window changed anything."""


def certainly_within(one: Transition, start: int, end: int) -> bool:
    """Return whether a transition surely falls between the two edges of a window.

    A day is compared with the posture at the edges: who came on the first day was there at that edge, who left on the
    last one still is. A month or a year must lie in the window as a whole, its edges included.
    """
    if start == end:
        return False
    if one.first < one.last:
        return start <= one.first and one.last <= end
    return start <= one.first < end if one.kind == LEFT else start < one.first <= end


def possibly_within(one: Transition, start: int, end: int) -> bool:
    """Return whether a transition may fall between the two edges of a window.

    Not where its date begins before the window and ends after it: of each week of a year it would be told.
    """
    if start == end or (one.first < start and one.last > end):
        return False
    if one.kind == LEFT:
        return one.first < end and one.last >= start
    return one.first <= end and one.last > start


def lasting_within(one: Transition, start: int, end: int) -> bool:
    """Return whether what lasts began or ended in the window, both days included."""
    if start == end:
        return False
    began = one.first <= end and one.last >= start
    return began or (one.until_last < EVER and one.until_first <= end and one.until_last >= start)


def goes_on_through(one: Transition, start: int, end: int) -> bool:
    """Return whether what lasts began before the window and had not ended by its last day."""
    return one.last < start and one.until_first > end


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a window did to a site."""

    kind: str
    """One of KINDS, "" for nothing."""
    gone: Mapping[int, Transition]
    """By force, how it left for good; one of UNCERTAIN may have."""
    arrived: Mapping[int, Transition]
    """By force, how it came to stay."""
    heirs: Mapping[int, Transition]
    """By force, how it took over: of those that arrived, and of those that were there before."""
    previous: int = -1
    """The force that another took over from, else one that left; -1 for none."""


def outcome(
    here: Sequence[Transition], before: AbstractSet[int], after: AbstractSet[int], start: int, end: int
) -> Outcome:
    """Return what the window [``start``, ``end``] did to a site.

    ``here`` are the site's transitions in order of time, ``before`` and ``after`` the forces possibly there on the
    window's first and last day.
    """
    sure, gone, arrived = _moved(here, start, end)
    heirs = {
        one.taker.force: found
        for one in gone.values()
        if one.taker and one.taker.force in after - gone.keys()
        for found in here
        if found.takes and found.force == one.taker.force and (found.first, found.last) == one.taker[1:]
        if possibly_within(found, start, end) and (not sure or certainly_within(found, start, end))
    }
    left = sorted(force for force, one in gone.items() if one.taker and one.taker.force in heirs)
    staying = _kind_of_staying(here, before & after, start, end)
    if not gone and not arrived:
        return Outcome(staying, {}, {}, {})
    left_firmly, came_firmly = (
        {force for force, one in of.items() if not _only_reported(one)} for of in (gone, arrived)
    )
    kind = staying or UNCERTAIN
    if sure and (left_firmly or came_firmly):
        kind = _kind_of_moving(left_firmly, came_firmly, bool(heirs), before, after)
    return Outcome(kind, gone, arrived, heirs, min(left or sorted(gone), default=-1))


def _moved(
    here: Sequence[Transition], start: int, end: int
) -> tuple[bool, Mapping[int, Transition], Mapping[int, Transition]]:
    """Return whether anyone surely left or came, and who; where no one surely did, who possibly did."""
    for sure, falls in ((True, certainly_within), (False, possibly_within)):
        steps: dict[int, list[Transition]] = {}
        for one in sorted((one for one in here if one.kind in (CAME, LEFT)), key=lambda one: (one.stay, one.kind)):
            if falls(one, start, end):
                steps.setdefault(one.force, []).append(one)
        # Who left and came back has stayed, and who came and left has only passed.
        gone = {force: of[-1] for force, of in steps.items() if of[0].kind == of[-1].kind == LEFT}
        arrived = {force: of[-1] for force, of in steps.items() if of[0].kind == of[-1].kind == CAME}
        if gone or arrived:
            return sure, gone, arrived
    return False, {}, {}


def _only_reported(one: Transition) -> bool:
    return one.always_reported if one.kind == LEFT else one.reported


def _kind_of_moving(
    gone: AbstractSet[int], arrived: AbstractSet[int], handed: bool, before: AbstractSet[int], after: AbstractSet[int]
) -> str:
    if handed:
        return HANDED_OVER
    if arrived:
        others = after - arrived if gone else before - arrived
        return JOINED if others else OPENED
    return LOST if after - gone else VACATED


def _kind_of_staying(here: Sequence[Transition], stayed: AbstractSet[int], start: int, end: int) -> str:
    theirs = [one for one in here if one.force in stayed]
    lasting = [one for one in theirs if one.kind in (REINFORCED, DRAWN_DOWN) and lasting_within(one, start, end)]
    if lasting:
        # What came last counts: what still goes on, else what ended last, else what began last.
        last = max(lasting, key=lambda one: (one.until_last, one.first, one.kind == REINFORCED))
        return REINFORCED if last.kind == REINFORCED else REDUCED
    if any(one.kind == RENAMED and possibly_within(one, start, end) for one in theirs):
        return RENAMED
    return UNCERTAIN if any(is_doubted(one, start, end) for one in theirs) else ""


def is_doubted(one: Transition, start: int, end: int) -> bool:
    """Return whether a force's being there became a mere report in the window, and still is one at its end."""
    return one.kind == DOUBTED and possibly_within(one, start, end) and one.until_last >= end
