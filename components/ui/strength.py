"""Strength: reported numbers of people over time, a chart for each force in a country or at a site."""

from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate
from components.catalog.method import ON_CONFIDENCE
from components.map.symbols import SHAPES
from components.ui import link
from components.ui.markup import Node, el, render, symbol
from components.ui.method import how
from components.ui.sources import archived_copy, source_link
from components.view.extent import reach
from components.view.selection import Selection
from components.view.sourcing import UNSOURCED, named, sourcing
from components.view.strength import Report, Series, strength_series, ticks
from components.view.view import View
from components.view.wording import count_text, date_text, day_text, range_text

MEASURES: Final = {"count": "", "part": "only a part", "plan": "a plan, not a count", "usual": "the usual size"}
"""What a report says of itself where it is no count of all who are there."""


def strength(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the reported strengths of a force in a country or at a site, with the window shaded."""
    del selection
    found = strength_series(catalog, view)
    counted = [series for series in found if series.counts]
    others = [series for series in found if not series.counts]
    render(
        "strength",
        el("h2", {}, "Reported strength"),
        el("p", {"class": "quiet small"}, _how(catalog, view, counted)),
        el("div", {"class": "brush"}) if counted else None,
        *(_section(catalog, series) for series in counted),
        el("h3", {"class": "others"}, "Only parts and plans are reported") if others else None,
        *(_section(catalog, series) for series in others),
        on_act=lambda verb, value: _act(catalog, verb, value),
        script="chart",
        charts=[_chart(catalog, series) for series in counted],
        window=[view.start.isoformat(), view.end.isoformat()],
        reach=reach(catalog).numbers,
    )


def _act(catalog: Catalog, verb: str, value: str) -> None:
    if verb == "tab":
        link.open_tab(catalog, value)
    elif verb == "window":
        link.move_window(catalog, value)


def _how(catalog: Catalog, view: View, counted: list[Series]) -> str:
    if not len(catalog.strengths):
        return "No strengths are on record here."
    if not counted:
        return "No count matches. Clear a filter, or look at a later day of knowledge."
    told = "A count holds until the next, for a year at most; then a gap. Hollow marks are no count: a part or a plan."
    return f"{told} As public on {day_text(view.known)}." if view.known else told


def _section(catalog: Catalog, series: Series) -> Node:
    colour = str(catalog.forces.loc[series.force, "colour"])
    reports = series.reports[::-1]
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
        el(
            "p",
            {"class": "folds"},
            el("button", {"class": "fold small quiet"}, count_text(len(reports), "report")),
            *(
                el("button", {"class": "small quiet", "act": ["tab", "disputes"], "title": topic}, "Rival claims")
                for topic in _topics(catalog, series)[:1]
            ),
        ),
        el("ul", {"class": "reports"}, *(_report(catalog, report) for report in reports)),
    )


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


def _report(catalog: Catalog, report: Report) -> Node:
    measure = MEASURES[report.measure]
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


def _cited(catalog: Catalog, report: Report) -> Node:
    """Return who said so, each a link with its kind, and how sure it is."""
    told = sourcing(catalog, report.sources)
    cited: list[Node] = []
    for row in told.sources:
        cited += [source_link(row, named(row)), *archived_copy(row), ", "]
    for caveat in told.caveats:
        cited += [caveat, "; "]
    return el("p", {"class": "quiet small"}, *cited, how(catalog, ON_CONFIDENCE, f"confidence {report.confidence}"))


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
                "told": ", ".join(part for part in (date_text(report.date), MEASURES[report.measure]) if part),
                "by": ", ".join(sourcing(catalog, report.sources).publishers) or UNSOURCED,
            }
            for report in series.reports
        ],
    }


def _days(date: PartialDate) -> list[int]:
    return [date.first, date.last]
