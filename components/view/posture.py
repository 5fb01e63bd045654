"""Posture: who holds each site as of a date, and what a window did to it.

The browser computes the same while the window is dragged (map/assets/posture.js); a test holds the two together.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import EVER, NEVER, Catalog
from components.view.index import Index, Mask, index

HELD: Final = "held"
HANDED_OVER: Final = "handed-over"
VACATED: Final = "vacated"
FORMER: Final = "former"
UNKNOWN: Final = "unknown"


CERTAIN: Final = "certain"
KNOWN: Final = "known"
POSSIBLE: Final = "possible"
STALE_DAYS: Final = 365
"""A presence that nothing has confirmed for longer than this is only possible, never known: last seen is
neither left nor still there."""


class Holder(NamedTuple):
    """A force at a site on a date.

    certainty: ``certain``; ``known`` (still there as far as known: it has no end, and was last confirmed
    before the date, by no more than STALE_DAYS); ``possible`` (its dates, its reports or the silence since
    leave it open).
    """

    presence: str
    force: str
    certainty: str


@dataclass(frozen=True, slots=True)
class SiteState:
    """A site as of a window's right edge.

    status: ``held``; ``handed-over`` (held, by a force that came within the window after another left);
    ``vacated`` (within the window); ``former`` (vacated before it); ``unknown`` (no holder on record by then).
    """

    status: str
    holders: tuple[Holder, ...] = ()
    """As of the right edge, one a force, the merely possible last, else in the order of forces.csv."""
    previous: str = ""
    """The force that left, where the site was handed over, vacated or formerly held."""

    @property
    def force(self) -> str:
        """The force whose colour the site has, "" where none holds it."""
        return self.holders[0].force if self.holders else ""

    @property
    def possible(self) -> bool:
        """Whether even the first holder only possibly holds it."""
        return bool(self.holders) and self.holders[0].certainty == POSSIBLE


def site_states(catalog: Catalog, start: int, end: int) -> list[SiteState]:
    """Return the state of each site of ``catalog``, in its order, for the window of day numbers [start, end].

    A presence holds its site possibly from start_first to end_last and certainly from start_last to
    end_first; one that is only reported never certainly, one that is planned not at all.
    """
    columns = index(catalog)
    status = catalog.presence["status"].to_numpy()
    real = np.asarray(status != "planned", dtype=bool)
    span = columns.presence.span
    here: Mask = real & (span["start_first"] <= end) & (span["end_last"] >= end)
    settled = here & (span["start_last"] <= end) & (status != "reported")
    certainty = np.select(
        [
            settled & (span["end_first"] >= end),
            settled & (span["end_last"] == EVER) & (end - span["end_first"] <= STALE_DAYS),
        ],
        [CERTAIN, KNOWN],
        default=POSSIBLE,
    )
    by_site: list[list[int]] = [[] for _ in range(len(columns.sites))]
    for number in np.flatnonzero(real & (span["start_first"] <= end)):
        by_site[columns.presence_site[number]].append(int(number))
    return [_state(columns, rows, here, certainty, start) for rows in by_site]


def _state(columns: Index, rows: list[int], here: Mask, certainty: npt.NDArray[np.str_], start: int) -> SiteState:
    span, forces = columns.presence.span, columns.presence_force
    present = sorted((n for n in rows if here[n]), key=lambda n: (certainty[n] == POSSIBLE, forces[n], n))
    holding: dict[int, Holder] = {}
    for n in present:
        holding.setdefault(forces[n], Holder(columns.presence.ids[n], _force(columns, n), str(certainty[n])))
    holders = tuple(holding.values())
    left = [n for n in rows if not here[n] and forces[n] not in holding]
    left_within = [n for n in left if span["end_last"][n] >= start]
    if left_within:
        previous = _force(columns, min(left_within, key=lambda n: (forces[n], n)))
        # An unknown start may be any day: it is no coming.
        came_within = any(span["start_last"][n] >= start and span["start_first"][n] > NEVER for n in present)
        if not present:
            return SiteState(VACATED, (), previous)
        if came_within:
            return SiteState(HANDED_OVER, holders, previous)
    if present:
        return SiteState(HELD, holders)
    if left:
        last = min(left, key=lambda n: (-span["end_last"][n], forces[n], n))
        return SiteState(FORMER, (), _force(columns, last))
    return SiteState(UNKNOWN)


def _force(columns: Index, number: int) -> str:
    coded = columns.presence.facets["force"]
    force: str = coded.combos[coded.codes[number]][0]
    return force
