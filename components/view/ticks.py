"""Ticks: when sites changed hands, as the timeline marks it.

Each is made of one of the transitions that the brief tells (changes.py), so that the timeline and the panel cannot
contradict each other. The browser only leaves out those of rows that the filters hide (map/assets/data/select.js).
"""

from dataclasses import dataclass

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.view.outcomes import HANDED_OVER, OPENED, VACATED
from components.view.transitions import CAME, LEFT, Transition, transitions


@dataclass(frozen=True, slots=True)
class Tick:
    """One change of hands at a site. Sites and forces by their number in the catalog, days by number."""

    kind: str
    """OPENED: a force came; VACATED: one left; HANDED_OVER: one left, and another took over from it."""
    site: int
    force: int
    """Who came, took over, or left."""
    previous: int
    """Who left, at a handover; else -1."""
    first: int
    last: int
    """The days on which it may have been; of a handover, those of the leaving."""
    reported: bool
    """Whether it is only reported; of one that left, whether it never was more than reported there."""
    presence: str
    """The presence row that tells of it."""


@derived(16)
def ticks(catalog: Catalog, known: int | None = None) -> tuple[Tick, ...]:
    """Return the ticks of all sites, as known on day number ``known``, in order of time."""
    found = (_tick(one) for one in transitions(catalog, known))
    return tuple(sorted((tick for tick in found if tick), key=lambda tick: (tick.first, tick.last, tick.site)))


def _tick(one: Transition) -> Tick | None:
    """Return the tick of a transition; None for one that is no change of hands, or is told with another's leaving."""
    if one.kind == CAME and not one.takes:
        kind, force, previous, reported = OPENED, one.force, -1, one.reported
    elif one.kind == LEFT and one.taker is None:
        kind, force, previous, reported = VACATED, one.force, -1, one.always_reported
    elif one.kind == LEFT and one.taker is not None:
        kind, force, previous, reported = HANDED_OVER, one.taker.force, one.force, one.always_reported
    else:
        return None
    return Tick(kind, one.site, force, previous, one.first, one.last, reported, one.rows[0])
