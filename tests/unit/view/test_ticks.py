"""The timeline's ticks against what the brief tells of the same windows: neither says what the other does not."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from components.catalog.catalog import Catalog
from components.view.changes import Change, changes
from components.view.outcomes import (
    HANDED_OVER,
    JOINED,
    LOST,
    OPENED,
    VACATED,
    certainly_within,
    possibly_within,
)
from components.view.public import public_days
from components.view.ticks import Tick, ticks
from components.view.transitions import CAME, HANDOVER_DAYS, LEFT, Transition, by_site

CHANGES_OF_HANDS = {
    OPENED: {OPENED, HANDED_OVER},
    JOINED: {OPENED, HANDED_OVER},
    VACATED: {VACATED, HANDED_OVER},
    LOST: {VACATED, HANDED_OVER},
    HANDED_OVER: {HANDED_OVER},
}
"""By a kind of the brief's, the kinds of tick of which there is at least one in the window."""

Window = tuple[int, int, int | None]


def windows(catalog: Catalog) -> Iterator[Window]:
    """Yield windows of all lengths, and those about each tick; some as known on a day."""
    chance = random.Random(20260211)
    found = ticks(catalog)
    first, last = found[0].first, found[-1].last
    for _ in range(200):
        start = chance.randrange(first - 60, last)
        end = start + chance.choice([0, 1, 2, 7, 30, 120, 900, 3000])
        yield start, end, end - chance.choice([0, 30, 300]) if chance.random() < 0.3 else None
    for tick in found:
        for margin in (1, 40):
            yield tick.first - margin, tick.last + margin, None


@pytest.fixture(scope="module")
def briefs(curated: Catalog) -> list[tuple[Window, list[Change]]]:
    """What the brief tells of each of the windows."""
    return [(window, list(changes(curated, *window))) for window in windows(curated)]


def left(tick: Tick) -> int:
    """Return the force whose leaving a tick marks, -1 for none."""
    return {OPENED: -1, VACATED: tick.force, HANDED_OVER: tick.previous}[tick.kind]


@pytest.mark.e2e
def test_every_change_of_hands_that_the_brief_tells_has_a_tick(curated: Catalog, briefs) -> None:
    sites, forces = list(curated.sites["id"]), list(curated.forces["id"])
    seen: Counter[str] = Counter()
    for window, told in briefs:
        of_site: dict[str, list[Tick]] = {}
        for tick in ticks(curated, window[2]):
            of_site.setdefault(sites[tick.site], []).append(tick)
        for change in told:
            here = of_site.get(change.site, [])
            if change.kind in CHANGES_OF_HANDS:
                seen[change.kind] += 1
                near = [one for one in here if one.first <= window[1] and one.last >= window[0] - HANDOVER_DAYS]
                assert {tick.kind for tick in near} & CHANGES_OF_HANDS[change.kind], (change, window)
            for part in change.parts:
                force = forces.index(part.force)
                if part.left and part.left.date.first == part.left.date.last:
                    assert any((left(tick), tick.first) == (force, part.left.date.first) for tick in here), window
                if part.came and part.came.date.first == part.came.date.last:
                    assert any(marks_coming(tick, force, part.came.date.first) for tick in here), (part, window)
    assert set(seen) == set(CHANGES_OF_HANDS), "the windows reach every kind"


def marks_coming(tick: Tick, force: int, day: int) -> bool:
    """Return whether a tick marks that a force came on a day.

    Taking over is marked when the other left; who was only reported at first, when that was.
    """
    if tick.kind == VACATED or tick.force != force:
        return False
    if tick.kind == HANDED_OVER:
        return tick.first - HANDOVER_DAYS <= day <= tick.last + HANDOVER_DAYS
    return tick.first == day or (tick.reported and tick.first < day)


@pytest.mark.e2e
def test_every_tick_in_a_window_is_told_by_the_brief(curated: Catalog, briefs) -> None:
    sites, forces = list(curated.sites["id"]), list(curated.forces["id"])
    public = public_days(curated.sites, curated).tolist()
    seen: Counter[str] = Counter()
    for (start, end, known), lines in briefs:
        told = {change.site: change for change in lines}
        for tick in ticks(curated, known):
            if tick.first != tick.last or (known is not None and public[tick.site] > known):
                continue
            force = tick.force if tick.kind == OPENED else left(tick)
            here = by_site(curated, known)[tick.site]
            moves = [one for one in moves_of(here, force) if possibly_within(one, start, end)]
            # Who left and came back has stayed, and who came and left has only passed: neither is told.
            if len(moves) != 1 or not certainly_within(moves[0], start, end):
                continue
            if (moves[0].kind, moves[0].first) != (CAME if tick.kind == OPENED else LEFT, tick.first):
                continue
            seen[tick.kind] += 1
            assert tells(told.get(sites[tick.site]), forces[force], tick), (tick, start, end, known)
    assert min(seen[kind] for kind in (OPENED, VACATED, HANDED_OVER)) > 20, "the windows reach every kind of tick"


def moves_of(here: tuple[Transition, ...], force: int) -> list[Transition]:
    return [one for one in here if one.kind in (CAME, LEFT) and one.force == force]


def tells(change: Change | None, force: str, tick: Tick) -> bool:
    """Return whether the brief tells who came or left, and as no surer than the tick is drawn."""
    part = next((part for part in change.parts if part.force == force), None) if change else None
    if part is None:
        return False
    if tick.kind == OPENED:
        return part.came is not None
    return part.left is not None and part.left.always_reported == tick.reported


def test_as_known_then_a_handover_is_told_as_it_was(curated: Catalog) -> None:
    """A day on which the record differed has other ticks, and none of a row that was not public."""
    public = dict(zip(curated.presence["id"], public_days(curated.presence, curated).tolist(), strict=True))
    whole = set(ticks(curated))
    others = 0
    for day in range(min(tick.first for tick in whole), max(tick.last for tick in whole), 97):
        then = ticks(curated, day)
        assert all(public[tick.presence] <= day for tick in then)
        others += len(set(then) - whole)
    assert others, "some were thought others"
