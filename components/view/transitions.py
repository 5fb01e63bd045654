"""Transitions: every time that a force comes to a site, leaves it, or holds it otherwise.

They are worked out once for a catalog, and once for a day as of which it is known. The brief (changes.py), the squares
on the map (states.py) and the ticks of the timeline (ticks.py) all read them; what of them falls in a
window is told by outcomes.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

from components.catalog.catalog import EVER, NEVER, Catalog
from components.catalog.dates import PartialDate
from components.catalog.derived import derived
from components.catalog.records import records
from components.view.as_known import Presence, presence
from components.view.posture import presence_rows, stays
from components.view.public import public_days

CAME: Final = "came"
"""A stay begins on a known date."""
LEFT: Final = "left"
"""A stay ends; its days are the last ones there."""
FIRM: Final = "firm"
"""Who was there already begins to hold the site otherwise, on more than a report: who was a guest becomes the host."""
DRAWN_DOWN: Final = "drawn-down"
REINFORCED: Final = "reinforced"
RENAMED: Final = "renamed"
DOUBTED: Final = "doubted"
"""From then on it is only reported that a force is still there."""
SEEN: Final = "seen"
"""A report that begins and ends on one and the same date: it tells neither of a coming nor of a leaving."""

HANDOVER_DAYS: Final = 31
"""Who comes within these days of another's leaving has taken over from it."""


class Taker(NamedTuple):
    """Who took over from a force that left, and the days on which that may have been."""

    force: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Transition:
    """One transition at a site. Sites and forces by their number in the catalog, days by number."""

    site: int
    force: int
    kind: str
    first: int
    last: int
    """The days on which it may have been, or may have begun."""
    until_first: int
    until_last: int
    """The days on which it may have ended: those above, but where it lasts. EVER: it has not, as far as is known."""
    reported: bool
    """Whether it is only reported."""
    date: PartialDate
    end: PartialDate | None = None
    """When it ended, where it lasts and has."""
    rows: tuple[str, ...] = ()
    """The presence rows that tell of it."""
    movement: str = ""
    """Else the movement that does."""
    names: tuple[str, str] = ("", "")
    """From what to what a unit was renamed."""
    taker: Taker | None = None
    """Of one that left."""
    takes: bool = False
    """Whether it is the taking over from another that left."""
    always_reported: bool = False
    """Of one that left: whether its whole stay was only ever reported."""
    stay: int = -1
    """Which of the force's stays at the site it is of, in order of time."""


@derived(16)
def transitions(catalog: Catalog, known: int | None = None) -> tuple[Transition, ...]:
    """Return all transitions, as known on day number ``known``, in order of time."""
    spans = presence(catalog, known)
    found: list[Transition] = []
    reach: dict[tuple[int, int], list[int]] = {}
    for stay in stays(catalog, known):
        ends = reach.setdefault((int(spans.site[stay[0]]), int(spans.force[stay[0]])), [])
        found += _Stay(presence_rows(catalog), spans, stay, len(ends)).transitions()
        ends.append(max(int(spans.end_last[n]) for n in stay))
    found += _of_movements(catalog, known, found)
    return tuple(sorted(_paired(found, reach), key=lambda one: (one.first, one.last, one.site, one.stay)))


@derived(16)
def by_site(catalog: Catalog, known: int | None = None) -> Mapping[int, tuple[Transition, ...]]:
    """Return the transitions of each site that has any, in order of time."""
    found: dict[int, list[Transition]] = {}
    for one in transitions(catalog, known):
        found.setdefault(one.site, []).append(one)
    return {site: tuple(here) for site, here in found.items()}


class _Stay:
    """The presence rows of one stay, in order of time, and what they tell."""

    def __init__(self, rows: Sequence[Any], spans: Presence, numbers: tuple[int, ...], order: int) -> None:
        self.spans, self.numbers, self.order = spans, numbers, order
        self.rows = [rows[n] for n in numbers]
        self.firm = [n for n in numbers if spans.status[n] != "reported"]

    def transitions(self) -> Iterable[Transition]:
        first = self.rows[0]
        if len(self.rows) == 1 and first.status == "reported" and first.start and first.start == first.end:
            yield self._begun(SEEN, 0)
            return
        if first.start and self.spans.start_first[self.numbers[0]] > NEVER:
            yield self._begun(CAME, 0)
        for at, row in enumerate(self.rows):
            if at and row.start and row.status == "present":
                yield self._begun(FIRM, at)
            if row.status == "drawing-down" and row.start:
                yield self._drawn_down(at)
        for at, (before, after) in enumerate(pairwise(self.rows), start=1):
            if before.unit and after.unit and before.unit != after.unit:
                yield replace(self._begun(RENAMED, at), names=(before.unit, after.unit))
            if before.status != "reported" and after.status == "reported" and after.start:
                yield from self._doubted(at)
        yield from self._left()

    def _begun(self, kind: str, at: int) -> Transition:
        """Return what a row's beginning tells."""
        n, row, spans = self.numbers[at], self.rows[at], self.spans
        first, last = int(spans.start_first[n]), int(spans.start_last[n])
        return Transition(
            site=int(spans.site[n]),
            force=int(spans.force[n]),
            kind=kind,
            first=first,
            last=last,
            until_first=first,
            until_last=last,
            reported=row.status == "reported",
            date=row.start,
            rows=(row.id,),
            stay=self.order,
        )

    def _drawn_down(self, at: int) -> Transition:
        n, spans, begun = self.numbers[at], self.spans, self._begun(DRAWN_DOWN, at)
        if spans.open[n] or not self.rows[at].end:
            return replace(begun, until_first=EVER, until_last=EVER)
        until_first, until_last = int(spans.end_first[n]), int(spans.end_last[n])
        return replace(begun, end=self.rows[at].end, until_first=until_first, until_last=until_last)

    def _doubted(self, at: int) -> Iterable[Transition]:
        """Yield that a force is only reported from a row on, until what is more than a report."""
        begun, spans = self._begun(DOUBTED, at), self.spans
        if any(spans.start_first[n] <= begun.first and spans.end_last[n] > begun.last for n in self.firm):
            return
        later = [int(spans.start_first[n]) - 1 for n in self.firm if spans.start_first[n] > begun.first]
        until = min(later, default=EVER)
        yield replace(begun, until_first=until, until_last=until)

    def _left(self) -> Iterable[Transition]:
        spans = self.spans
        at, last = max(enumerate(self.numbers), key=lambda pair: (spans.end_last[pair[1]], spans.end_first[pair[1]]))
        if spans.open[last] or spans.end_last[last] == EVER:
            return
        days = int(spans.end_first[last]), int(spans.end_last[last])
        closing = [
            row.id for n, row in zip(self.numbers, self.rows, strict=True) if spans.end_last[n] == spans.end_last[last]
        ]
        yield replace(
            self._begun(LEFT, at),
            first=days[0],
            last=days[1],
            until_first=days[0],
            until_last=days[1],
            date=self.rows[at].end,
            rows=tuple(closing),
            always_reported=not self.firm,
        )


def _of_movements(catalog: Catalog, known: int | None, found: Sequence[Transition]) -> Iterable[Transition]:
    """Yield what movements did to the force at the site that they left, or came to.

    What a presence that is drawing down tells already is not told again by what moved away meanwhile.
    """
    frame, kinds = catalog.movements, catalog.dataset.vocabulary
    ways = ((REINFORCED, "destination", kinds.coming), (DRAWN_DOWN, "origin", kinds.going))
    if known is not None:
        frame = frame[public_days(frame, catalog) <= known]
    sites = {id_: number for number, id_ in enumerate(catalog.sites["id"])}
    forces = {id_: number for number, id_ in enumerate(catalog.forces["id"])}
    for row in records(frame):
        for kind, side, moving in ways:
            place = getattr(row, side)
            if row.kind not in moving or place not in sites:
                continue
            one = Transition(
                sites[place],
                forces[row.force],
                kind,
                int(row.start_first),
                int(row.start_last),
                int(row.end_first),
                int(row.end_last),
                reported=False,
                date=row.start,
                end=row.end or row.start,
                movement=row.id,
            )
            if not any(_covers(other, one) for other in found):
                yield one


def _covers(one: Transition, other: Transition) -> bool:
    same = (one.site, one.force, one.kind) == (other.site, other.force, other.kind)
    return same and one.first <= other.until_last and one.until_last >= other.first


def _paired(found: Sequence[Transition], reach: Mapping[tuple[int, int], Sequence[int]]) -> list[Transition]:
    """Return the transitions, those that left with who took over from them.

    ``reach`` is the last day of each stay of a force at a site.
    """
    arrivals: dict[int, list[int]] = {}
    for n, one in enumerate(found):
        if one.kind in (CAME, FIRM) and not one.reported:
            arrivals.setdefault(one.site, []).append(n)
    result = list(found)
    for n, gone in enumerate(found):
        if gone.kind != LEFT or gone.always_reported:
            continue
        near = [
            m
            for m in arrivals.get(gone.site, ())
            if found[m].force != gone.force
            and found[m].first <= gone.last + HANDOVER_DAYS
            and found[m].last >= gone.first - HANDOVER_DAYS
            and reach[found[m].site, found[m].force][found[m].stay] > gone.last
        ]
        if near:
            # Of two who may have come on that day, a day that is known outweighs a month or a year.
            nearest = min(
                near,
                key=lambda m: (_apart(found[m], gone), _days(found[m]), found[m].first, found[m].force),
            )
            taker = found[nearest]
            result[n] = replace(gone, taker=Taker(taker.force, taker.first, taker.last))
            result[nearest] = replace(result[nearest], takes=True)
    return result


def _days(one: Transition) -> int:
    """Return of how many days it is open on which one it was, but for one of them."""
    return one.last - one.first


def _apart(arrival: Transition, gone: Transition) -> int:
    """Return the days between an arrival and a leaving, 0 where both may have been on one day."""
    return max(0, arrival.first - gone.last, gone.first - arrival.last)
