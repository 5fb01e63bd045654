"""States: how each site stands on a window's last day, and what the window did to it.

The browser computes the same while the window is dragged (map/assets/data/posture.js); a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.view.as_known import Presence, presence
from components.view.index import Index, Mask, index
from components.view.outcomes import HANDED_OVER, VACATED, Outcome, outcome
from components.view.posture import POSSIBLE, Holder, here_on
from components.view.transitions import Transition, by_site

HELD: Final = "held"
FORMER: Final = "former"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class SiteState:
    """A site as of a window's right edge.

    status: ``held``; ``handed-over`` (held, by a force that took over within the window from another that left);
    ``vacated`` (within the window); ``former`` (vacated before it); ``unknown`` (no holder on record by then).
    """

    status: str
    holders: tuple[Holder, ...] = ()
    """As of the right edge, one a force, the merely possible last, else in the order of forces.csv."""
    previous: str = ""
    """The force that left, where the site was handed over, vacated or formerly held."""
    change: str = ""
    """What the window did to it, by the brief's kinds (outcomes.KINDS); "" where it did nothing."""

    @property
    def force(self) -> str:
        """The force whose colour the site has, "" where none holds it."""
        return self.holders[0].force if self.holders else ""

    @property
    def possible(self) -> bool:
        """Whether even the first holder only possibly holds it."""
        return bool(self.holders) and self.holders[0].certainty == POSSIBLE


def site_states(catalog: Catalog, start: int, end: int, known: int | None = None) -> list[SiteState]:
    """Return the state of each site of ``catalog``, in its order, for the window of day numbers [start, end].

    ``known``: as known on that day.
    """
    columns, spans = index(catalog), presence(catalog, known)
    on_last, on_first = here_on(spans, end), here_on(spans, start)[0]
    rows: list[list[int]] = [[] for _ in range(len(columns.sites))]
    for number in np.flatnonzero(spans.real & (spans.start_first <= end)):
        rows[spans.site[number]].append(int(number))
    moved = by_site(catalog, known)
    return [
        _of_window(columns, spans, numbers, moved.get(site, ()), (start, end), on_first, on_last)
        for site, numbers in enumerate(rows)
    ]


def site_state(catalog: Catalog, site: int, start: int, end: int) -> SiteState:
    """Return the state of one site, by its number, as ``site_states`` does: for many windows."""
    columns, spans = index(catalog), presence(catalog, None)
    numbers = np.flatnonzero(spans.real & (spans.site == site) & (spans.start_first <= end)).tolist()
    moved = by_site(catalog, None).get(site, ())
    return _of_window(columns, spans, numbers, moved, (start, end), here_on(spans, start)[0], here_on(spans, end))


def _of_window(
    columns: Index,
    spans: Presence,
    rows: list[int],
    moved: Sequence[Transition],
    window: tuple[int, int],
    before: Mask,
    on_last: tuple[Mask, npt.NDArray[np.str_]],
) -> SiteState:
    """Return the state of a site, of which ``rows`` are its presence and ``moved`` its transitions."""
    here, certainty = on_last
    first, last = ({int(spans.force[n]) for n in rows if there[n]} for there in (before, here))
    return _state(columns, spans, rows, here, certainty, outcome(moved, first, last, *window))


def _state(
    columns: Index,
    spans: Presence,
    rows: list[int],
    here: Mask,
    certainty: npt.NDArray[np.str_],
    found: Outcome,
) -> SiteState:
    forces = spans.force
    present = sorted((n for n in rows if here[n]), key=lambda n: (certainty[n] == POSSIBLE, forces[n], n))
    holding: dict[int, Holder] = {}
    for n in present:
        holding.setdefault(forces[n], Holder(spans.ids[n], _name(columns, n), str(certainty[n])))
    holders = tuple(holding.values())
    left = [n for n in rows if not here[n] and forces[n] not in holding]
    names = {int(forces[n]): _name(columns, n) for n in left}
    previous = names.get(found.previous, "")
    if present:
        handed = bool(found.heirs) and previous
        return SiteState(HANDED_OVER if handed else HELD, holders, previous if handed else "", found.kind)
    if previous:
        return SiteState(VACATED, (), previous, found.kind)
    if left:
        last = min(left, key=lambda n: (-spans.end_last[n], forces[n], n))
        return SiteState(FORMER, (), _name(columns, last), found.kind)
    return SiteState(UNKNOWN)


def _name(columns: Index, number: int) -> str:
    coded = columns.presence.facets["force"]
    force: str = coded.combos[coded.codes[number]][0]
    return force
