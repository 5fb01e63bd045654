"""select(): what of the catalog a View shows, and the counts its filters promise.

The browser applies the same rules while the window is dragged (map/assets/data/select.js); a test holds the two
together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import Catalog
from components.view.as_known import areas, index_as_known, presence
from components.view.box import Box
from components.view.facets import FACETS
from components.view.index import Columns, Index, Mask
from components.view.posture import here_on
from components.view.search import search
from components.view.states import SiteState, site_states
from components.view.view import View

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of a table in time that are on view, by number, in order of time."""

    table: pd.DataFrame
    mask: Mask
    """Per row of the table. The page keeps it for each session: a byte a row, where numbers would be eight."""
    _certain: Callable[[Numbers], Mask]

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))

    @property
    def numbers(self) -> Numbers:
        """The rows' numbers in the table."""
        return np.flatnonzero(self.mask)

    @property
    def certain(self) -> Mask:
        """Per number: False where the row only possibly falls in the window."""
        return self._certain(self.numbers)

    def newest(self, most: int) -> pd.DataFrame:
        """Return the last ``most`` rows, with a column ``certain``."""
        numbers = self.numbers
        last = numbers[max(0, len(numbers) - most) :]
        return self.table.iloc[last].assign(certain=self._certain(last))

    def oldest(self, most: int) -> pd.DataFrame:
        """Return the first ``most`` rows, with a column ``certain``."""
        first = self.numbers[:most]
        return self.table.iloc[first].assign(certain=self._certain(first))

    def rows(self) -> pd.DataFrame:
        """Return all the rows, with a column ``certain``."""
        return self.newest(len(self))


@dataclass(frozen=True, slots=True)
class Selection:
    """What is on view: rows of the catalog's tables, in its order."""

    incidents: Shown
    movements: Shown
    sites: pd.DataFrame
    states: Mapping[str, SiteState]
    """By id, the state of each of ``sites`` in the window."""
    areas: Mapping[str, str]
    """By id, the areas in the box that are held on the window's last day: how surely each is. A search leaves them."""
    counts: Mapping[str, Mapping[str, int]]
    """By facet and value, the incidents on view if the facet's choice were only that value."""


def select(catalog: Catalog, view: View) -> Selection:
    """Return what ``view`` shows: rows that overlap its window, hold its search and every facet's choice, in its box.

    >>> select(catalog, View(date(2026, 2, 1), date(2026, 2, 28), search="tanf")).states["al-tanf"].status
    'handed-over'
    """
    start, end, known = view.day_numbers
    columns = index_as_known(catalog, known)
    terms, chosen = search(catalog, view.search).terms, _choices(view)
    sites = _public(columns.sites, known) & _found(columns.sites, terms) & _chosen(columns.sites, chosen)
    sites &= _in_box(columns.sites, view.box)
    sites &= _held_by(catalog, columns, chosen, start, end, known)
    states = site_states(catalog, start, end, known)
    return Selection(
        incidents=select_rows(catalog, view, "incidents"),
        movements=select_rows(catalog, view, "movements"),
        sites=catalog.sites[sites],
        states={columns.sites.ids[n]: states[n] for n in np.flatnonzero(sites)},
        areas=_areas(catalog, columns, chosen, view.box, end, known),
        counts=_counts(
            columns.incidents,
            _possible(columns.incidents, start, end)
            & _public(columns.incidents, known)
            & _in_box(columns.incidents, view.box),
            terms,
            chosen,
        ),
    )


def select_rows(catalog: Catalog, view: View, name: str) -> Shown:
    """Return the rows of a table in time that ``view`` shows: incidents, movements, strengths or counts.

    Not by their site, of those that have one: a site's strengths are on view where it is, whatever the view's box.
    """
    start, end, known = view.day_numbers
    table: Columns = getattr(index_as_known(catalog, known), name)
    mask = _possible(table, start, end) & _public(table, known)
    mask &= (
        _found(table, search(catalog, view.search).terms) & _chosen(table, _choices(view)) & _in_box(table, view.box)
    )
    return Shown(catalog.tables[name], mask, partial(_certain, table, start, end))


def of_series(catalog: Catalog, view: View, name: str) -> frozenset[str]:
    """Return the ids of a table of numbers over time whose series ``view`` asks for, whenever they are dated."""
    table: Columns = getattr(index_as_known(catalog, view.day_numbers.known), name)
    chosen = {facet.key: view.chosen(facet) if facet.of_series else () for facet in FACETS}
    return frozenset(table.ids[number] for number in np.flatnonzero(_chosen(table, chosen)))


def _choices(view: View) -> dict[str, tuple[str, ...]]:
    return {facet.key: view.chosen(facet) for facet in FACETS}


def _possible(table: Columns, start: int, end: int) -> Mask:
    return np.asarray((table.span["start_first"] <= end) & (table.span["end_last"] >= start))


def _certain(table: Columns, start: int, end: int, numbers: Numbers) -> Mask:
    """Return which of the rows certainly fall in the window: all the days they may mean overlap it."""
    span = table.span
    return np.asarray((span["start_last"][numbers] <= end) & (span["end_first"][numbers] >= start))


def _public(table: Columns, known: int | None) -> Mask:
    return np.ones(len(table), dtype=bool) if known is None else np.asarray(table.public <= known)


def _in_box(table: Columns, box: Box | None) -> Mask:
    """Return which rows lie in a box: by one of two ends, areas by any part; all rows of a table that is nowhere."""
    if box is not None and table.bounds is not None:
        return box.meets(table.bounds)
    if box is None or not table.points:
        return np.ones(len(table), dtype=bool)
    return np.asarray(np.logical_or.reduce([box.holds(points) for points in table.points]))


def _found(table: Columns, terms: Sequence[str]) -> Mask:
    """Return which rows hold each term at the beginning of a word."""
    if not terms:
        return np.ones(len(table), dtype=bool)
    begun = [f" {term}" for term in terms]
    return np.fromiter((all(term in hay for term in begun) for hay in table.hay), bool, len(table))


def _chosen(table: Columns, chosen: Mapping[str, tuple[str, ...]], but: str = "") -> Mask:
    mask = np.ones(len(table), dtype=bool)
    for key, coded in table.facets.items():
        if chosen[key] and key != but:
            mask &= coded.any_of(chosen[key])
    return mask


def _held_by(
    catalog: Catalog, columns: Index, chosen: Mapping[str, tuple[str, ...]], start: int, end: int, known: int | None
) -> Mask:
    """Return which sites a presence of the chosen force and confidence touches within the window."""
    if not any(chosen[key] for key in columns.presence.facets):
        return np.ones(len(columns.sites), dtype=bool)
    mask = np.zeros(len(columns.sites), dtype=bool)
    spans = presence(catalog, known)
    rows = (spans.start_first <= end) & (spans.end_last >= start) & _public(columns.presence, known)
    rows &= _chosen(columns.presence, chosen)
    mask[columns.presence_site[rows]] = True
    return mask


def _areas(
    catalog: Catalog,
    columns: Index,
    chosen: Mapping[str, tuple[str, ...]],
    box: Box | None,
    day: int,
    known: int | None,
) -> dict[str, str]:
    here, certainty = here_on(areas(catalog, known), day)
    numbers = np.flatnonzero(here & _chosen(columns.areas, chosen) & _in_box(columns.areas, box))
    return {columns.areas.ids[n]: str(certainty[n]) for n in numbers}


def _counts(
    table: Columns, window: Mask, terms: Sequence[str], chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, int]]:
    base = window & _found(table, terms)
    return {key: coded.counts(base & _chosen(table, chosen, but=key)) for key, coded in table.facets.items()}
