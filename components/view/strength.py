"""Strength over time: what was reported of a force in a country or at a site, and for how long each report holds.

Nothing is read between the reports: a count holds from its date until the next one of its series, for as many days at
most as a force is there as far as known (catalog/dataset.py, Confirmation.present), and not beyond its stay at the
site. After that there is a gap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from components.catalog.catalog import EVER, Catalog
from components.catalog.dates import PartialDate
from components.catalog.derived import derived
from components.catalog.records import records
from components.view.as_known import as_public, presence
from components.view.on_view import OnView
from components.view.posture import stays
from components.view.public import public_of
from components.view.selection import of_series, select_rows

COUNT: Final = "count"
"""The measure of what joins the line; a part, a plan or a usual size is no strength on a date."""


class Report(NamedTuple):
    """A row of the strengths."""

    id: str
    date: PartialDate
    low: int | None
    high: int | None
    measure: str
    confidence: str
    note: str
    sources: tuple[str, ...]
    """Those that were public."""


class Step(NamedTuple):
    """The days [first, last] through which the same counts hold, and what they say taken together.

    low is None where one of them has no lower bound, high where one has no upper bound.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    reports: tuple[str, ...]
    """The ids of the counts that hold; several are rivals."""


@dataclass(frozen=True, slots=True)
class Series:
    """What was reported of a force in a country, or at a site."""

    force: str
    country: str
    """"" for a site, or where none is given."""
    site: str
    """"" for a country."""
    countries: tuple[str, ...]
    """Where it counts for the filter by country."""
    reports: tuple[Report, ...]
    """In order of time."""
    steps: tuple[Step, ...]
    """In order of time; none overlaps another."""

    @property
    def counts(self) -> tuple[Report, ...]:
        """The reports that are counts of all."""
        return tuple(report for report in self.reports if report.measure == COUNT)

    @property
    def top(self) -> int:
        """The greatest figure, with room above it where it is a lower bound."""
        figures = [n for report in self.reports for n in (report.low, report.high) if n is not None]
        open_ended = [report.low for report in self.reports if report.high is None and report.low is not None]
        return max([1, *figures, *(low + low // 4 for low in open_ended)])


def strength_series(on_view: OnView) -> list[Series]:
    """Return the series that a View asks for: the selected site's, the countries', the other sites'."""
    catalog, view = on_view.catalog, on_view.view
    wanted = of_series(catalog, view, "strengths")
    order = {force: number for number, force in enumerate(catalog.forces["id"])}
    shown = [series for series in _all(catalog, on_view.known) if series.reports[0].id in wanted]

    def place(series: Series) -> tuple[bool, bool, int, int, str]:
        selected = bool(series.site) and view.selected == f"site:{series.site}"
        return not selected, bool(series.site), order[series.force], -len(series.counts), series.country or series.site

    return sorted(shown, key=place)


def series_in(catalog: Catalog, force: str, country: str) -> Series | None:
    """Return what was reported of ``force`` in ``country``, by all that is known; None for nothing."""
    found = (series for series in _all(catalog, None) if (series.force, series.country) == (force, country))
    return next(found, None)


@derived(64)
def _all(catalog: Catalog, known: int | None) -> tuple[Series, ...]:
    grouped: dict[tuple[str, str, str], list[Report]] = {}
    rows = records(catalog.strengths)
    for row in rows:
        sources = public_of(row.sources, catalog, known)
        if not sources or (row.low is None and row.high is None):
            continue
        key = (row.force, "" if row.site else row.country, row.site or "")
        report = Report(row.id, row.date, row.low, row.high, row.measure, row.confidence, row.note, sources)
        grouped.setdefault(key, []).append(report)
    found = []
    for (force, country, site), reports in grouped.items():
        reports.sort(key=lambda report: (report.date.first, report.date.last, report.id))
        countries: Any = catalog.sites.loc[site, "country"] if site else (country,)
        days = catalog.dataset.confirmation.present
        steps = steps_of(reports, days, _stays(catalog, known, force, site) if site else ())
        found.append(Series(force, country, site, countries, tuple(reports), steps))
    return tuple(found)


def _stays(catalog: Catalog, known: int | None, force: str, site: str) -> list[tuple[int, int]]:
    """Return the days [first, last] of the stays of ``force`` at ``site``, as wide as their dates allow."""
    spans = presence(catalog, known)
    rows = catalog.presence
    return [
        (int(min(spans.start_first[n] for n in stay)), int(max(spans.end_last[n] for n in stay)))
        for stay in stays(catalog, known)
        if rows["site"].iloc[stay[0]] == site and rows["force"].iloc[stay[0]] == force
    ]


def steps_of(reports: Sequence[Report], days: int, stays: Iterable[tuple[int, int]] = ()) -> tuple[Step, ...]:
    """Return for how long the counts among ``reports`` hold: for ``days`` at most.

    ``stays`` is when the force was at the site.

    A report of a month holds from the first day it may mean. A later one takes its place, unless their dates overlap:
    then neither is known to be the newer, and both hold as rivals.
    """
    counts = [report for report in reports if report.measure == COUNT]
    stays = list(stays)
    until = {report.id: _until(report, days, stays) for report in counts}
    begins = {report.date.first for report in counts}
    edges = sorted(begins | {day + 1 for day in until.values()})
    steps: list[Step] = []
    for first, after in pairwise(edges):
        holding = [
            report
            for report in counts
            if report.date.first <= first <= until[report.id]
            and not any(report.date.last < begin <= first for begin in begins)
        ]
        if not holding:
            continue
        ids = tuple(report.id for report in holding)
        if steps and steps[-1].reports == ids:
            steps[-1] = steps[-1]._replace(last=after - 1)
            continue
        lows = [report.low for report in holding if report.low is not None]
        highs = [report.high for report in holding if report.high is not None]
        low = min(lows) if len(lows) == len(holding) else None
        high = max(highs) if len(highs) == len(holding) else None
        steps.append(Step(first, after - 1, low, high, ids))
    return tuple(steps)


def _until(report: Report, days: int, stays: Iterable[tuple[int, int]]) -> int:
    """Return the last day on which a count holds, whatever comes after it."""
    date = report.date
    stale = max(date.last, date.first + days)
    left = [end for start, end in stays if start <= date.last and end >= date.first]
    return min(stale, max(left, default=EVER))


def strengths_on_view(on_view: OnView) -> pd.DataFrame:
    """Return the rows of the strengths that are on view, as public: of a site only where that is on view."""
    shown = select_rows(on_view.catalog, on_view.view, "strengths").rows()
    of_site: Any = shown["site"]
    here = np.array([site is None or site in on_view.selection.states for site in of_site], dtype=bool)
    return as_public(shown[here], on_view.catalog, on_view.known)


def ticks(top: int) -> tuple[int, ...]:
    """Return the round numbers of an axis from 0 to at least ``top``: three or four of them, in even steps."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if step * 3 >= top)
    return tuple(range(0, -(-top // step) * step + 1, step))
