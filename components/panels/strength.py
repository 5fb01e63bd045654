"""Strength: reported numbers of people over time, a chart for each force in a country or at a site; running totals."""

from collections.abc import Sequence
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate
from components.catalog.method import ON_CONFIDENCE
from components.map.symbols import SHAPES
from components.panels.elements import Document, Node, el, present, symbol
from components.panels.method import how
from components.panels.sources import archived_copy, source_link
from components.view.extent import reach
from components.view.on_view import OnView
from components.view.sourcing import UNSOURCED, named, sourcing
from components.view.strength import COUNT, Report, Series, strength_series, ticks
from components.view.totals import Statement, Total, running_totals
from components.view.view import View
from components.view.wording import (
    capital,
    confidence_text,
    count_text,
    date_text,
    day_text,
    listed,
    range_text,
    time_text,
)

MEASURES: Final = {"count": "", "part": "only a part", "plan": "a plan, not a count", "usual": "the usual size"}
"""What a report says of itself where it is no count of all who are there."""
NEUTRAL: Final = "#6b7280"
"""The colour of a running total: it is no force's."""


CHART: Final = "panels/assets/chart.js"
"""The module that draws the charts; their data goes with the document."""


def strength(on_view: OnView) -> Document:
    """Return the strengths reported of a force in a country or at a site, and running totals, as charts.

    Fields: ``charts`` (what chart.js draws of each), ``window`` and ``reach`` (how far the hand may move the
    window), both as day numbers.
    """
    catalog, view = on_view.catalog, on_view.view
    found = strength_series(on_view)
    totals = running_totals(on_view)
    counted = [series for series in found if series.counts]
    others = [series for series in found if not series.counts]
    nodes = present(
        el("h2", {}, "Reported strength"),
        el("p", {"class": "quiet small"}, _how(catalog, view, counted)),
        el("div", {"class": "brush"}) if counted or totals else None,
        *(_section(catalog, series) for series in counted),
        el("h3", {"class": "others"}, "Only parts and plans are reported") if others else None,
        *(_section(catalog, series) for series in others),
        *_totals(catalog, view, totals),
    )
    charts = [*(_chart(catalog, series) for series in counted), *(_total_chart(catalog, total) for total in totals)]
    window = {"start": on_view.start, "end": on_view.end}
    return Document(nodes, {"charts": charts, "window": window, "reach": reach(catalog).numbers}, CHART)


def _how(catalog: Catalog, view: View, counted: list[Series]) -> str:
    if not len(catalog.strengths):
        return "No strengths are on record here."
    if not counted:
        return "No count matches. Clear a filter, or look at a later day of knowledge."
    most = time_text(catalog.dataset.confirmation.present)
    text = f"A count holds until the next, for {most} at most; then a gap. Hollow marks are no count: a part or a plan."
    return f"{text} As public on {day_text(view.known)}." if view.known else text


def _totals(catalog: Catalog, view: View, totals: list[Total]) -> list[Node]:
    """Return the group of the running totals; nothing where none is on record or known yet."""
    if totals:
        hint = (
            "How many there had been by the date of each statement. Such a number never falls: between two statements "
            "it lay in the band, and after the last it is not known."
        )
    elif view.force and len(catalog.counts):
        hint = "A running total names no force. Clear the filter by force to see them."
    else:
        return []
    return [
        el("h3", {"class": "others"}, "Running totals"),
        el("p", {"class": "quiet small"}, hint),
        *(_total(catalog, total) for total in totals),
    ]


def _total(catalog: Catalog, total: Total) -> Node:
    last = total.statements[-1]
    named = all(country in total.series for country in total.countries)
    where = "" if named else f", in {listed(total.countries)}"
    return el(
        "section",
        {"class": "series"},
        el(
            "h3",
            {"class": "row"},
            el("strong", {}, total.series),
            el("span", {"class": "end"}, _stated(last)),
        ),
        el("p", {"class": "about quiet small"}, f"{capital(total.unit)} since {date_text(total.since)}{where}"),
        el("p", {"class": "about small"}, f"Claimed by {total.claimant}") if total.claimant else None,
        el("div", {"class": "chart"}),
        *_folded(catalog, "statement", total.statements[::-1]),
    )


def _stated(one: Statement) -> str:
    return f"{range_text(one.low, one.high)}, {date_text(one.date)}"


def _section(catalog: Catalog, series: Series) -> Node:
    colour = str(catalog.forces.loc[series.force, "colour"])
    drawn = bool(series.counts)
    return el(
        "section",
        {"class": "series"},
        el(
            "h3",
            {"class": "row"},
            symbol(SHAPES["square"], colour),
            el("strong", {}, _title(catalog, series)),
            el("span", {"class": "end"}, _last(series)) if drawn else None,
        ),
        el("div", {"class": "chart"}) if drawn else None,
        *_folded(
            catalog,
            "report",
            series.reports[::-1],
            *(
                el("button", {"class": "small quiet", "act": ["tab", "disputes"], "title": topic}, "Rival claims")
                for topic in _topics(catalog, series)[:1]
            ),
        ),
    )


def _folded(catalog: Catalog, noun: str, reports: Sequence[Report | Statement], *beside: Node) -> list[Node]:
    """Return a list that is folded behind its number, ``beside`` which there may be other buttons."""
    fold = el("button", {"class": "fold small quiet"}, count_text(len(reports), noun))
    listed_reports = el("ul", {"class": "reports"}, *(_report(catalog, report) for report in reports))
    return [el("p", {"class": "folds"}, fold, *beside), listed_reports]


def _title(catalog: Catalog, series: Series) -> str:
    force = str(catalog.forces.loc[series.force, "name"])
    if series.site:
        return f"{force} at {catalog.sites.loc[series.site, 'name']!s}"
    return f"{force} in {series.country}" if series.country else force


def _last(series: Series) -> str:
    """Return the newest count, or what its rivals say taken together."""
    step = series.steps[-1]
    last = max((report for report in series.counts if report.id in step.reports), key=lambda r: r.date.first)
    return f"{range_text(step.low, step.high)}, {date_text(last.date)}"


def _topics(catalog: Catalog, series: Series) -> list[str]:
    rows = [f"strength:{report.id}" for report in series.reports]
    return list(dict.fromkeys(catalog.claims.loc[catalog.claims["row"].isin(rows), "topic"]))


def _report(catalog: Catalog, report: Report | Statement) -> Node:
    measure = MEASURES[report.measure] if isinstance(report, Report) else ""
    return el(
        "li",
        {"class": "claim"},
        el(
            "p",
            {},
            el("strong", {}, range_text(report.low, report.high)),
            f", {date_text(report.date)} ",
            el("span", {"class": "tag"}, measure) if measure else None,
        ),
        el("p", {"class": "small"}, report.note) if report.note else None,
        _cited(catalog, report),
    )


def _cited(catalog: Catalog, report: Report | Statement) -> Node:
    """Return who said so, each a link with its kind, and how sure it is."""
    sourced = sourcing(catalog, report.sources)
    cited: list[Node] = []
    for row in sourced.sources:
        cited += [source_link(row, named(row)), *archived_copy(row), ", "]
    for caveat in sourced.caveats:
        cited += [caveat, "; "]
    return el("p", {"class": "quiet small"}, *cited, how(catalog, ON_CONFIDENCE, confidence_text(report.confidence)))


def _chart(catalog: Catalog, series: Series) -> dict[str, Any]:
    """Return what chart.js draws: days as numbers, ranges as [low, high], None where one is open."""
    return {
        "title": _title(catalog, series),
        "colour": str(catalog.forces.loc[series.force, "colour"]),
        "ticks": ticks(series.top),
        "steps": [step[:4] for step in series.steps],
        "reports": [
            {
                "days": _days(report.date),
                "range": [report.low, report.high],
                "measure": report.measure,
                "figure": range_text(report.low, report.high),
                "when": ", ".join(part for part in (date_text(report.date), MEASURES[report.measure]) if part),
                "by": ", ".join(sourcing(catalog, report.sources).publishers) or UNSOURCED,
            }
            for report in series.reports
        ],
    }


def _total_chart(catalog: Catalog, total: Total) -> dict[str, Any]:
    """Return what chart.js draws of a running total: a band between two statements stands as a step does."""
    return {
        "title": f"{total.series}, claimed by {total.claimant}" if total.claimant else total.series,
        "colour": NEUTRAL,
        "ticks": ticks(total.top),
        "steps": total.bands,
        "reports": [
            {
                "days": _days(one.date),
                "range": [one.low, one.high],
                "measure": COUNT,
                "figure": range_text(one.low, one.high),
                "when": f"{total.unit} by {date_text(one.date)}",
                "by": ", ".join(sourcing(catalog, one.sources).publishers) or UNSOURCED,
            }
            for one in total.statements
        ],
    }


def _days(date: PartialDate) -> list[int]:
    return [date.first, date.last]
