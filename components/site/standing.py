"""How each site stands in any window, in the words of its card: worked out beforehand for every window there can be.

A site's state is a step function of the window's two days: it changes only on days that its presence, its transitions
and the areas about it name. Between two of them it is one cell of a table, in which site/assets/standing.js looks a
window up.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import numpy as np

from components.catalog.catalog import EVER, NEVER, Catalog
from components.catalog.dates import day_of
from components.catalog.records import records
from components.panels.card import fact_nodes
from components.panels.elements import Node
from components.view.as_known import Areas, Presence, areas, presence
from components.view.extent import FIRST_DAY, LAST_DAY
from components.view.facts import facts_of
from components.view.held_areas import HeldArea, areas_around, areas_at
from components.view.on_view import OnView, on_view
from components.view.states import SiteState, site_state
from components.view.transitions import by_site
from components.view.view import View, default_view
from components.view.wording import AREA

FIRST: Final = View(FIRST_DAY, LAST_DAY).day_numbers.start
LAST: Final = View(FIRST_DAY, LAST_DAY).day_numbers.end
"""The days that a window may have."""
STANDING: Final = ("Status", "Confidence", AREA)
"""The facts of a site's card that depend on the window."""


def standing(catalog: Catalog) -> dict[str, Any]:
    """Return the facts of each site's card that depend on the window, as standing.js looks them up.

    ``facts`` are their nodes, terms and what is said of each. Of a site, by its id, ``days`` are those from which on it
    may stand otherwise, in order; cell 0 is before the first of them. ``cells[i][j - i]`` is the number of the facts
    where the window begins in cell i and ends in cell j, ``single[i]`` where it is one day of cell i.
    """
    told = _Told(on_view(catalog, default_view(catalog)))
    sites = {}
    for number, site in enumerate(records(catalog.sites)):
        days = sorted(set(_days(catalog, number)))
        edges = [*_edges(days)]
        sites[site.id] = {
            "days": days,
            "single": [told.number(number, site, first, first) for first, _ in edges],
            "cells": [
                [told.number(number, site, first, last) for _, last in edges[at:]]
                for at, (first, _) in enumerate(edges)
            ],
        }
    return {"facts": told.nodes, "sites": sites}


class _Told:
    """The facts of sites in windows, each once."""

    def __init__(self, asked: OnView) -> None:
        self._asked = asked
        self.nodes: list[list[Node]] = []
        """By their number."""
        self._numbers: dict[str, int] = {}
        self._of_state: dict[tuple[str, SiteState, int, tuple[tuple[HeldArea, bool], ...]], int] = {}
        spans = presence(asked.catalog, None)
        self._begun = [np.sort(spans.start_first[spans.site == site]) for site in range(len(asked.catalog.sites))]

    def number(self, number: int, site: Any, start: int, end: int) -> int:
        """Return the number of the facts of a site, given as its number and its row, in a window."""
        state = site_state(self._asked.catalog, number, start, end)
        # Of who left last the rows that had begun by then tell.
        begun = int(np.searchsorted(self._begun[number], end, "right"))
        key = (site.id, state, begun, tuple(areas_at(self._asked.catalog, site.id, end, None)))
        if key not in self._of_state:
            nodes = self._nodes(site, state, end)
            found = self._numbers.setdefault(repr(nodes), len(self.nodes))
            if found == len(self.nodes):
                self.nodes.append(nodes)
            self._of_state[key] = found
        return self._of_state[key]

    def _nodes(self, site: Any, state: SiteState, end: int) -> list[Node]:
        catalog, last = self._asked.catalog, day_of(end)
        view = replace(self._asked.view, end=last, start=min(self._asked.view.start, last))
        selection = replace(self._asked.selection, states={site.id: state})
        facts = facts_of(OnView(catalog, view, selection), "sites")(site)
        return [node for fact in facts if fact.label in STANDING for node in fact_nodes(catalog, fact)]


def cell_of(days: list[int], day: int) -> int:
    """Return in which cell a day lies, as standing.js does."""
    return bisect_right(days, day)


def _edges(days: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last day of each cell, within the days that a window may have."""
    bounds = [FIRST, *days, LAST + 1]
    return ((first, after - 1) for first, after in pairwise(bounds))


def _days(catalog: Catalog, site: int) -> Iterator[int]:
    """Yield the days from which on a site may stand otherwise than on the day before."""
    spans = presence(catalog, None)
    days = [day for row in np.flatnonzero(spans.site == site) for day in _of_span(spans, int(row))]
    around = areas_around(catalog, str(catalog.sites["id"].iloc[site]))
    days += [day for one in around for day in _of_span(areas(catalog, None), one.number)]
    for one in by_site(catalog, None).get(site, ()):
        days += [day for edge in (one.first, one.last, one.until_first, one.until_last) for day in (edge, edge + 1)]
    return (day for day in days if FIRST < day <= LAST)


def _of_span(spans: Presence | Areas, row: int) -> Iterator[int]:
    yield int(spans.start_first[row])
    yield int(spans.start_last[row])
    for last in (int(spans.end_first[row]), int(spans.end_last[row])):
        if NEVER < last < EVER:
            yield last + 1
    yield int(spans.end_first[row]) + int(spans.known_days[row]) + 1
