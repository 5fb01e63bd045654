"""Changes: what differs between the posture as of a window's two edges, and what explains it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import NEVER, Catalog
from components.catalog.dates import PartialDate
from components.view.index import index
from components.view.known import disputed_rows
from components.view.posture import POSSIBLE, Held, posture
from components.view.publication import public_days, public_of

HANDED_OVER: Final = "handed-over"
VACATED: Final = "vacated"
LEFT: Final = "left"
OPENED: Final = "opened"
JOINED: Final = "joined"
REDUCED: Final = "drawing-down"
REINFORCED: Final = "reinforced"
RENAMED: Final = "renamed"
UNKNOWN: Final = "unknown"
CONFIRMED: Final = "confirmed"

KINDS: Final = (HANDED_OVER, VACATED, LEFT, OPENED, JOINED, REDUCED, REINFORCED, RENAMED, UNKNOWN, CONFIRMED)
"""From what changes a map most to what changes it least. LEFT: others stay. JOINED: others were there before."""

COMING: Final = ("reinforcement",)
GOING: Final = ("withdrawal", "drawdown", "redeployment")
"""The kinds of movement that strengthen where they arrive, and weaken where they set out."""

CONFIDENCE: Final = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Part:
    """One force's part in a change.

    before, after: how it stood at the window's two edges, None where it was not there. Whoever replaces each
    ``before`` by its ``after`` in the posture as of the first edge has the posture as of the last.
    """

    force: str
    before: Held | None
    after: Held | None
    left: PartialDate | None = None
    """When it left, where it did."""
    came: PartialDate | None = None
    """When it came, or took over."""
    reduced: tuple[PartialDate, PartialDate | None] | None = None
    """From when to when it was drawn down; without an end: it still was at the last edge."""
    reinforced: PartialDate | None = None
    """When it was last reinforced."""
    renamed: tuple[str, str, PartialDate] | None = None
    """From what to what its unit there was renamed, and when."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the window did to a site."""

    site: str
    kind: str
    parts: tuple[Part, ...]
    """Who left, by when; who took over or came; who stays but changed. Those of whom nothing is told come last."""
    movements: tuple[str, ...]
    incidents: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    """The lowest of the rows that tell of it."""
    disputed: bool
    """Whether there are rival claims about the site."""


@lru_cache(maxsize=64)
def changes(catalog: Catalog, start: int, end: int, known: int | None = None) -> tuple[Change, ...]:
    """Return the changes between the postures as of day numbers ``start`` and ``end``, as known on day ``known``.

    One a site at most, by country, then by kind and the site's name. From a date to itself there are none.
    """
    if start == end:  # what goes on that day is no change
        return ()
    window = _Window(catalog, start, end, known)
    before, after = posture(catalog, start, known), posture(catalog, end, known)
    sites = catalog.sites
    public = public_days(sites, catalog.sources)
    found = [
        change
        for site, day in zip(sites["id"], public.tolist(), strict=True)
        if known is None or day <= known
        for change in [_change(window, site, before[site], after[site])]
        if change
    ]
    names = dict(zip(sites["id"], zip(sites["country"], sites["name"], strict=True), strict=True))
    return tuple(sorted(found, key=lambda c: (names[c.site][0], KINDS.index(c.kind), names[c.site][1])))


class _Window:
    """What is asked of a window, site by site: plain rows, as a table answers slowly to many small questions."""

    def __init__(self, catalog: Catalog, start: int, end: int, known: int | None) -> None:
        self.catalog, self.start, self.end, self.known = catalog, start, end, known
        self.horizon = end if known is None else min(end, known)
        """The last day of which anything can be told."""
        rows: list[Any] = list(catalog.presence.itertuples(index=False))
        self.presence = {row.id: row for row in rows}
        self.movements: list[Any] = list(self._within(catalog.movements).itertuples(index=False))
        self.disputed = disputed_rows(catalog, known)

    def incidents(self, site: str) -> tuple[str, ...]:
        """Return the incidents at a site: by columns, as there may be many."""
        rows = _incidents_by_site(self.catalog).get(site)
        if rows is None:
            return ()
        columns = index(self.catalog).incidents
        here = (columns.span["start_first"][rows] <= self.end) & (columns.span["end_last"][rows] >= self.start)
        if self.known is not None:
            here &= columns.public[rows] <= self.known
        return tuple(columns.ids[n] for n in rows[here])

    def _within(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that possibly fall in the window and were public."""
        rows = frame[(frame["start_first"] <= self.end) & (frame["end_last"] >= self.start)]
        return rows if self.known is None else rows[public_days(rows, self.catalog.sources) <= self.known]


@lru_cache(maxsize=4)
def _incidents_by_site(catalog: Catalog) -> dict[str, npt.NDArray[np.intp]]:
    return {str(site): np.asarray(rows) for site, rows in catalog.incidents.groupby("site").indices.items()}


def _change(window: _Window, site: str, before: tuple[Held, ...], after: tuple[Held, ...]) -> Change | None:
    if not before and not after:
        return None
    then, now = ({held.force: held for held in side} for side in (before, after))
    here = [row for row in window.movements if site in (row.origin, row.destination)]
    parts = [
        _part(window, force, then.get(force), now.get(force), [row for row in here if row.force == force])
        for force in dict.fromkeys([*then, *now])
    ]
    gone = [part for part in parts if part.after is None]
    arrived = [part for part in parts if part.before is None]
    stayed = [part for part in parts if part.before and part.after]
    # Who was there beside the one that left, and has begun to hold the site otherwise, has taken over.
    heirs = [part for part in stayed if part.came] if gone else []
    kind = _kind(gone, arrived, heirs, stayed, bool(before))
    if kind is None:
        return None
    told = [*sorted(gone, key=_left_on), *sorted([*arrived, *heirs], key=_came_on)]
    told += [part for part in stayed if part not in heirs]
    forces = {part.force for part in told if part in gone or part in arrived or part in heirs or _differs(part)}
    moved = [row for row in here if row.force in forces]
    rows = _rows(window, told, forces)
    cited = [source for row in (*rows, *moved) for source in row.sources]
    if not cited:  # nothing began or ended: the record itself, or the silence since, is what changed
        cited = [source for part in told if part.force in forces for source in _standing(part).sources]
    # Who was only reported there beside others makes their going no less sure.
    firm = [row for row in rows if row.status != "reported"] or rows
    confidences = [row.confidence for row in firm] or [held.confidence for held in (*before, *after)]
    return Change(
        site=site,
        kind=kind,
        parts=tuple(told),
        movements=tuple(row.id for row in moved),
        incidents=window.incidents(site),
        sources=public_of(cited, window.catalog.sources, window.known),
        confidence=max(confidences, key=CONFIDENCE.index),
        disputed=f"site:{site}" in window.disputed,
    )


def _kind(gone: list[Part], arrived: list[Part], heirs: list[Part], stayed: list[Part], held: bool) -> str | None:
    if gone:
        if arrived or heirs:
            return HANDED_OVER
        return LEFT if stayed else VACATED
    if arrived:
        return JOINED if held else OPENED
    for kind, applies in (
        (REINFORCED, _reinforced_last),
        (REDUCED, lambda part: part.reduced),
        (RENAMED, lambda part: part.renamed),
        (UNKNOWN, _became_unknown),
        (CONFIRMED, _differs),
    ):
        if any(applies(part) for part in stayed):
            return kind
    return None


def _reinforced_last(part: Part) -> bool:
    if part.reinforced is None or part.reduced is None:
        return part.reinforced is not None
    _, until = part.reduced
    return until is not None and part.reinforced.last >= until.first


def _became_unknown(part: Part) -> bool:
    return _surely(part.before) and not _surely(part.after)


def _differs(part: Part) -> bool:
    told = (part.reduced, part.reinforced, part.renamed)
    return _surely(part.before) != _surely(part.after) or any(one is not None for one in told)


def _surely(held: Held | None) -> bool:
    return held is not None and held.certainty != POSSIBLE


def _part(window: _Window, force: str, before: Held | None, after: Held | None, movements: list[Any]) -> Part:
    if after is None:
        return Part(force, before, None, left=before.ends if before else None)
    rows = [window.presence[id_] for id_ in after.rows]
    within = [row for row in rows if window.start < row.start_first <= window.end]
    began = [row for row in within if row.status != "reported"] or within
    came = began[0].start if began else None
    if before is None:
        return Part(force, None, after, came=came or after.since)
    to = [row for row in movements if row.destination == after.site and row.kind in COMING]
    return Part(
        force,
        before,
        after,
        came=came,
        reduced=_reduced(window, rows, [row for row in movements if row.origin == after.site and row.kind in GOING]),
        reinforced=to[-1].start if to else None,
        renamed=_renamed(rows, within),
    )


def _renamed(rows: list[Any], within: list[Any]) -> tuple[str, str, PartialDate] | None:
    """Return the last name that a unit took in the window, from the one before."""
    for before, row in reversed(list(pairwise(rows))):
        if row in within and before.unit and row.unit and before.unit != row.unit:
            return before.unit, row.unit, row.start
    return None


def _reduced(window: _Window, rows: list[Any], away: list[Any]) -> tuple[PartialDate, PartialDate | None] | None:
    """Return from when to when a force that stays was drawn down, by its presence, else by what moved away."""
    drawn = [
        row
        for row in rows
        if row.status == "drawing-down" and row.start_first <= window.end and row.end_last > window.start
    ]
    if drawn:
        ended = drawn[-1].end is not None and drawn[-1].end_last <= window.horizon
        return drawn[0].start, drawn[-1].end if ended else None
    if not away:
        return None
    until = away[-1].end or away[-1].start
    return away[0].start, until if until.first <= window.horizon else None


def _standing(part: Part) -> Held:
    """Return how it stands now, or stood."""
    held = part.after or part.before
    if held is None:
        raise ValueError(f"{part.force} was there at neither edge")
    return held


def _rows(window: _Window, parts: Iterable[Part], forces: set[str]) -> list[Any]:
    """Return the presence rows that tell of a change: those that ended or began in the window, of who took part."""
    told = []
    for part in parts:
        if part.force in forces:
            rows = [window.presence[id_] for id_ in _standing(part).rows]
            told += [row for row in rows if row.start_first > window.start or (part.after is None and row is rows[-1])]
    return told


def _left_on(part: Part) -> tuple[int, int]:
    return (part.left.first, part.left.last) if part.left else (NEVER, NEVER)


def _came_on(part: Part) -> tuple[int, int]:
    return (part.came.first, part.came.last) if part.came else (NEVER, NEVER)


def applied(before: dict[str, tuple[Held, ...]], told: Iterable[Change]) -> dict[str, dict[str, Held]]:
    """Return the posture ``before`` with the changes made to it: by site and force, who is there and how surely."""
    result = {site: {held.force: held for held in holders} for site, holders in before.items()}
    for change in told:
        for part in change.parts:
            if part.after is None:
                result[change.site].pop(part.force)
            else:
                result[change.site][part.force] = part.after
    return result
