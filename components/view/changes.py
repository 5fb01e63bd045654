"""Changes: what a window did to the sites, who took part in it, and what explains it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import EVER, NEVER, Catalog
from components.catalog.dates import PartialDate
from components.catalog.derived import derived
from components.catalog.records import records
from components.view.as_known import disputed_rows
from components.view.index import index
from components.view.outcomes import (
    KINDS,
    Outcome,
    certainly_within,
    goes_on_through,
    is_doubted,
    lasting_within,
    outcome,
    possibly_within,
)
from components.view.posture import POSSIBLE, Held, posture, presence_rows
from components.view.public import public_of
from components.view.transitions import DRAWN_DOWN, FIRM, REINFORCED, RENAMED, SEEN, Transition, by_site

CONTINUING: Final = "continuing"
"""What began before the window and had not ended by its last day: no change, told apart from them."""

CONFIDENCE: Final = ("high", "medium", "low")

Lasting = tuple[PartialDate, PartialDate | None]
"""From when to when; without an end, it still went on at the last edge."""


@dataclass(frozen=True, slots=True)
class Event:
    """When someone left or came, and whether that fell in the window."""

    date: PartialDate
    reported: bool
    """Whether it is only reported."""
    sure: bool
    """Whether it surely fell in the window; a month or a year may reach beyond it."""
    always_reported: bool = False
    """Of one that left: whether it was never more than reported there."""
    took_over: bool = False
    """Of one that came: whether it took over from another that left."""


@dataclass(frozen=True, slots=True)
class Part:
    """One force's part in a change."""

    force: str
    before: Held | None
    """How it stood on the window's first day; None: it was not there."""
    after: Held | None
    """How it stood on its last day."""
    left: Event | None = None
    """Where it left and did not come back."""
    came: Event | None = None
    """Where it came to stay, or took over."""
    reduced: Lasting | None = None
    """From when to when it was drawn down."""
    reinforced: Lasting | None = None
    renamed: tuple[str, str, PartialDate] | None = None
    """From what to what its unit there was renamed, and when."""
    doubted: PartialDate | None = None
    """Since when it is only reported that it is still there."""
    seen: PartialDate | None = None
    """When it was reported there, by a report that tells neither when it came nor when it left."""
    unreported: PartialDate | None = None
    """Up to when a report of its leaving was looked for, and none found, where its being there still is not sure."""
    rests_on: tuple[Transition, ...] = field(default=(), compare=False, repr=False)
    """The transitions that this rests on."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the window did to a site."""

    site: str
    kind: str
    """One of outcomes.KINDS, or CONTINUING."""
    parts: tuple[Part, ...]
    """Who left, by when; who took over or came; who stays but changed. Those of whom nothing is told come last."""
    movements: tuple[str, ...]
    incidents: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    """The lowest of the rows that tell of it."""
    disputed: bool
    """Whether there are rival claims about the site."""

    @property
    def goes_on(self) -> bool:
        """Of what is CONTINUING: whether something is told to go on; else there is only no report of its end."""
        return any(part.reduced or part.reinforced for part in self.parts)


@derived(64)
def changes(catalog: Catalog, start: int, end: int, known: int | None = None) -> tuple[Change, ...]:
    """Return what changed between the edges of the window of day numbers [start, end], as known on day ``known``.

    One a site at most, by country, then by kind and the site's name. From a date to itself there are none. Nothing is a
    change but what the record dates: neither that a force is named for the first time, nor that no report came since.
    """
    return _found(_window(catalog, start, end, known), _change, KINDS)


@derived(64)
def continuing(catalog: Catalog, start: int, end: int, known: int | None = None) -> tuple[Change, ...]:
    """Return what went on through the whole window, by country and the site's name.

    So did, for all that is known, who was there at both its edges, and of whose leaving no report was found.
    """
    return _found(_window(catalog, start, end, known), _continuing, (CONTINUING,))


def _found(window: "_Window", find: Any, kinds: tuple[str, ...]) -> tuple[Change, ...]:
    catalog, known = window.catalog, window.known
    if window.start == window.end:  # what goes on that day is no change
        return ()
    sites, called = index(catalog).sites, site_names(catalog)
    found = [
        change
        for number, (site, day) in enumerate(zip(sites.ids, sites.public.tolist(), strict=True))
        if known is None or day <= known
        for change in [find(window, number, site)]
        if change
    ]
    return tuple(sorted(found, key=lambda c: (called[c.site][1], kinds.index(c.kind), called[c.site][0])))


@derived()
def site_names(catalog: Catalog) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Return the name and the countries of each site, by its id."""
    sites = catalog.sites
    return dict(zip(sites["id"], zip(sites["name"], sites["country"], strict=True), strict=True))


class _Window:
    """What is asked of a window, site by site: plain rows, as a table answers slowly to many small questions."""

    def __init__(self, catalog: Catalog, start: int, end: int, known: int | None) -> None:
        self.catalog, self.start, self.end, self.known = catalog, start, end, known
        self.horizon = end if known is None else min(end, known)
        """The last day of which anything can be told."""
        self.forces = tuple(catalog.forces["id"])
        self.numbers = {id_: number for number, id_ in enumerate(self.forces)}
        self.transitions = by_site(catalog, known)
        self.before, self.after = posture(catalog, start, known), posture(catalog, end, known)
        self.presence = _presence_by_id(catalog)
        self.movements = self._movements()
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

    def holds(self, one: Transition) -> bool:
        """Return whether a transition may fall in the window."""
        return possibly_within(one, self.start, self.end)

    def _movements(self) -> list[Any]:
        """Return the movements that possibly fall in the window and were public."""
        table = index(self.catalog).movements
        within = (table.span["start_first"] <= self.end) & (table.span["end_last"] >= self.start)
        if self.known is not None:
            within &= table.public <= self.known
        rows = movement_rows(self.catalog)
        return [rows[n] for n in np.flatnonzero(within)]


@derived(4)  # what changed in a window and what went on through it are asked for one after the other
def _window(catalog: Catalog, start: int, end: int, known: int | None) -> _Window:
    return _Window(catalog, start, end, known)


@derived()
def movement_rows(catalog: Catalog) -> tuple[Any, ...]:
    """Return the movements by number, as plain objects."""
    return tuple(records(catalog.movements))


@derived()
def _presence_by_id(catalog: Catalog) -> Mapping[str, Any]:
    return {row.id: row for row in presence_rows(catalog)}


@derived()
def _incidents_by_site(catalog: Catalog) -> dict[str, npt.NDArray[np.intp]]:
    at_sites = np.flatnonzero(catalog.incidents["site"].notna())
    found = catalog.incidents["site"].iloc[at_sites]
    return {str(site): at_sites[rows] for site, rows in found.groupby(found.to_numpy()).indices.items()}


def _change(window: _Window, number: int, site: str) -> Change | None:
    here = window.transitions.get(number, ())
    if not here:
        return None
    before, after = ({held.force: held for held in side[site]} for side in (window.before, window.after))
    there, still = ({window.numbers[force] for force in side} for side in (before, after))
    found = outcome(here, there, still, window.start, window.end)
    if not found.kind:
        return None
    seen = [window.forces[one.force] for one in here if one.kind == SEEN and window.holds(one)]
    parts = [
        _part(window, found, here, force, before.get(force), after.get(force))
        for force in dict.fromkeys([*before, *after, *seen])
    ]
    gone = sorted((part for part in parts if part.left), key=_left_on)
    came = sorted((part for part in parts if part.came and not part.left), key=_came_on)
    ordered = (*gone, *came, *(part for part in parts if not part.left and not part.came))
    return _made(window, site, found.kind, ordered)


def _continuing(window: _Window, number: int, site: str) -> Change | None:
    before, after = ({held.force: held for held in side[site]} for side in (window.before, window.after))
    # Where the site changed, that is told with the change.
    searched = any(held.searched for held in after.values()) and _change(window, number, site) is None
    parts = []
    for one in window.transitions.get(number, ()):
        force = window.forces[one.force]
        if one.kind not in (DRAWN_DOWN, REINFORCED) or force not in after:
            continue
        if goes_on_through(one, window.start, window.end) and after[force].certainty != POSSIBLE:
            unreported = after[force].searched if searched else None
            part, since = Part(force, None, after[force], unreported=unreported, rests_on=(one,)), (one.date, None)
            drawn_down = one.kind == DRAWN_DOWN
            parts.append(replace(part, reduced=since) if drawn_down else replace(part, reinforced=since))
    lasting = {part.force for part in parts}
    parts += [
        Part(force, before[force], held, unreported=held.searched)
        for force, held in after.items()
        if searched and held.searched and force in before and force not in lasting
    ]
    return _made(window, site, CONTINUING, tuple(parts)) if parts else None


def _made(window: _Window, site: str, kind: str, parts: tuple[Part, ...]) -> Change:
    """Return a change with its evidence: the rows that tell of it, what moved meanwhile, and what happened there."""
    rested_on = [one for part in parts for one in part.rests_on]
    forces = {part.force for part in parts if part.rests_on}
    moved = [row for row in window.movements if site in (row.origin, row.destination) and row.force in forces]
    looked_for = [part.after.row for part in parts if part.unreported and part.after]
    ids = dict.fromkeys([*(id_ for one in rested_on for id_ in one.rows), *looked_for])
    rows = [window.presence[id_] for id_ in ids]
    # Who was only reported or seen there beside others makes what they did no less sure.
    firm = [row for row in rows if row.status != "reported"] or rows or moved
    return Change(
        site=site,
        kind=kind,
        parts=parts,
        movements=tuple(row.id for row in moved),
        incidents=window.incidents(site),
        sources=public_of((source for row in (*rows, *moved) for source in row.sources), window.catalog, window.known),
        confidence=max((row.confidence for row in firm), key=CONFIDENCE.index),
        disputed=f"site:{site}" in window.disputed,
    )


def _part(
    window: _Window,
    found: Outcome,
    here: Iterable[Transition],
    force: str,
    before: Held | None,
    after: Held | None,
) -> Part:
    number = window.numbers[force]
    unreported = after.searched if after else None
    own = [one for one in here if one.force == number]
    if number in found.gone:
        one = found.gone[number]
        return Part(force, before, after, left=_event(window, one), rests_on=(one,))
    came = _coming(window, found, number, own)
    if came is not None:
        event = _event(window, came, number in found.heirs)
        return Part(force, before, after, came=event, unreported=unreported, rests_on=(came,))
    seen = next((one for one in own if one.kind == SEEN and window.holds(one)), None)
    if before is None or after is None:
        seen_on, rests_on = (seen.date, (seen,)) if seen else (None, ())
        return Part(force, before, after, seen=seen_on, unreported=unreported, rests_on=rests_on)
    reduced, reinforced = (_lasting(window, own, kind) for kind in (DRAWN_DOWN, REINFORCED))
    renamed = [one for one in own if one.kind == RENAMED and window.holds(one)][-1:]
    doubted = [one for one in own if is_doubted(one, window.start, window.end)][-1:]
    return Part(
        force,
        before,
        after,
        reduced=_stretch(window, reduced),
        reinforced=_stretch(window, reinforced),
        renamed=(*renamed[0].names, renamed[0].date) if renamed else None,
        doubted=doubted[0].date if doubted else None,
        unreported=unreported,
        rests_on=(*reduced, *reinforced, *renamed, *doubted),
    )


def _coming(window: _Window, found: Outcome, force: int, own: Iterable[Transition]) -> Transition | None:
    """Return how a force came, or took over: where it was only reported first, by what is more than a report."""
    if force in found.heirs:
        return found.heirs[force]
    if force not in found.arrived:
        return None
    came = found.arrived[force]
    firm = (one for one in own if one.kind == FIRM and one.stay == came.stay)
    within = (one for one in firm if certainly_within(one, window.start, window.end))
    return next(within, came) if came.reported else came


def _event(window: _Window, one: Transition, took_over: bool = False) -> Event:
    sure = certainly_within(one, window.start, window.end)
    return Event(one.date, one.reported, sure, one.always_reported, took_over)


def _lasting(window: _Window, own: Iterable[Transition], kind: str) -> tuple[Transition, ...]:
    return tuple(one for one in own if one.kind == kind and lasting_within(one, window.start, window.end))


def _stretch(window: _Window, lasting: tuple[Transition, ...]) -> Lasting | None:
    """Return from when to when what is told lasted; without an end where it went on at the last edge."""
    if not lasting:
        return None
    last = max(lasting, key=lambda one: (one.until_last, one.until_first))
    ended = last.until_last < EVER and last.until_first <= window.horizon
    return lasting[0].date, last.end if ended else None


def _left_on(part: Part) -> tuple[int, int]:
    return (part.left.date.first, part.left.date.last) if part.left else (NEVER, NEVER)


def _came_on(part: Part) -> tuple[int, int]:
    return (part.came.date.first, part.came.date.last) if part.came else (NEVER, NEVER)
