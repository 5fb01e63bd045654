"""Trends: what the incidents on view add up to, a chart for each kind, force or country, and where there were most."""

from collections.abc import Sequence
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.map.symbols import SHAPES
from components.panels.briefing import briefing_list
from components.panels.elements import SEARCH, Document, Node, el, plot, present, symbol
from components.view.facets import FACETS
from components.view.on_view import OnView
from components.view.record import record_text
from components.view.title import scope_text
from components.view.trends import Line, Trends, trends
from components.view.trends_text import (
    NOTHING,
    amount_text,
    before_text,
    chart_heights,
    charted,
    details,
    highest,
    list_titles,
    notes,
    selected_text,
    title_text,
    total_text,
)
from components.view.view import GROUPINGS, MEASURES, UNITS, View, offered
from components.view.wording import capital, count_text, short_day

HEIGHT: Final = 100
"""The height of a chart's outline, in its own units; it is as wide as the window has days."""
SPACED: Final = 100
"""Bars up to which there is a gap between them: a tenth of one."""
TEXT: Final = "trends"
"""Where the server answers with Trends of a link, as .md and .txt (web/server.py)."""
CSV: Final = "export/trends.csv"


def trends_panel(on_view: OnView) -> Document:
    """Tell what the incidents on view add up to, now and in the window before; each row filters by what it is of."""
    catalog, view = on_view.catalog, on_view.view
    told = trends(on_view)
    opening = offered(catalog)[0] == "trends"  # then there is no other panel for these
    record = record_text(catalog, view) if opening else ""
    shown = charted(told, view.measure)
    more = len(told.lines) - len(shown)
    titles = list_titles(view)
    return Document(
        present(
            briefing_list(catalog, view) if opening else None,
            el("h2", {"title": title_text(view)}, f"Trends{scope_text(view)}"),
            _tools(on_view.catalog, view, told),
            el("p", {"class": "total"}, total_text(told, view.measure)),
            el("p", {"class": "quiet small"}, selected_text(catalog)),
            el("p", {"class": "quiet small"}, NOTHING) if not told.total.now.incidents else None,
            el("div", {"class": "trends"}, *_charts(told, view, shown)) if shown else None,
            el("p", {"class": "quiet small"}, f"and {more:,} more with fewer or none, in the copied text")
            if more > 0
            else None,
            *_list(view, titles[0], told.places, SEARCH),
            el("p", {"class": "quiet small"}, f"{count_text(told.placeless, 'incident')} name no place.")
            if told.places and told.placeless
            else None,
            *(_list(view, titles[1], told.forces, "force") if view.by != "force" else []),
            el("details", {"class": "counting"}, el("summary", {}, "How it is counted"), *_notes(told, view)),
            el("p", {"class": "quiet small"}, record) if record else None,
        )
    )


def _notes(told: Trends, view: View) -> list[Node]:
    return [el("p", {"class": "quiet small"}, note) for note in notes(told, view)]


def _tools(catalog: Catalog, view: View, told: Trends) -> Node:
    def group(label: str, verb: str, values: Sequence[str], chosen: str) -> Node:
        def chip(value: str) -> Node:
            pressed = "true" if value == chosen else "false"
            return el("button", {"class": "chip", "act": [verb, value], "aria-pressed": pressed}, capital(value))

        name = el("span", {"class": "quiet"}, label)
        return el("div", {"class": "group", "role": "group", "aria-label": label}, name, *map(chip, values))

    def copy(name: str, label: str, what: str) -> Node:
        return el("button", {"class": "chip", "copy": name, "title": f"Copy the trends {what}"}, label)

    by = [one.key for one in FACETS if one.key in GROUPINGS and (one.options(catalog) or one.key == view.by)]
    return el(
        "div",
        {"class": "tools"},
        group("Count", "measure", MEASURES, view.measure),
        group("By", "by", by, view.by),
        group("Per", "per", UNITS, told.unit),
        el(
            "div",
            {"class": "group", "role": "group", "aria-label": "Copy"},
            el("span", {"class": "quiet"}, "Copy"),
            copy(f"{TEXT}.md", "Markdown", "as Markdown"),
            copy(f"{TEXT}.txt", "Text", "as plain text"),
            copy(CSV, "CSV", "as a table, a row a bar"),
        ),
    )


def _charts(told: Trends, view: View, lines: Sequence[Line]) -> list[Node]:
    """Return a chart of each line, all to one scale."""
    top = highest(lines, view.measure)
    return [_chart(told, view, line, top) for line in lines]


def _chart(told: Trends, view: View, line: Line, top: int) -> Node:
    outlines = [
        plot(_outline(told, bars, top), told.days, HEIGHT, "" if strength == 1 else "most")
        for bars, strength in chart_heights(line, view.measure)
    ]
    said = [f" · {part}" for part in details(told, line, view.measure)]
    colour = {"colour": line.option.colour} if line.option.colour else {}
    ends = [el("span", {}, short_day(day)) for day in dict.fromkeys((view.start, view.end))]
    return el(
        "section",
        {"class": "trend", **colour},
        _row(view, line, view.by, bare=True),
        el("div", {"class": "bars"}, *outlines),
        el("p", {"class": "ends"}, *ends),
        el("p", {"class": "quiet small"}, el("strong", {}, amount_text(line.now, view.measure)), *said),
    )


def _outline(told: Trends, heights: Sequence[int], top: int) -> str:
    """Return the bars' outline, which is short: nothing where there is none, whole units where a bar is of days."""
    start = told.periods[0].first
    gap = 0.1 if len(told.periods) <= SPACED else 0
    path = []
    for (first, last), height in zip(told.periods, heights, strict=True):
        if height:
            edge = gap * (last + 1 - first)
            left, right = first - start + edge / 2, last + 1 - start - edge / 2
            path.append(f"M{left:g} {HEIGHT}V{HEIGHT - HEIGHT * height / top:.4g}H{right:g}V{HEIGHT}Z")
    return "".join(path)


def _list(view: View, title: str, lines: Sequence[Line], verb: str) -> list[Node]:
    if not lines:
        return []
    rows = (el("li", {}, _row(view, line, verb, before_text(line, view.measure))) for line in lines)
    return [el("h3", {}, title), el("ul", {}, *rows)]


def _row(view: View, line: Line, verb: str, under: str = "", *, bare: bool = False) -> Node:
    """Return a line that filters by what it is of, or no longer does; a place is searched for. ``bare``: its name."""
    option = line.option
    chosen = view.search == option.value if verb == SEARCH else option.value in _chosen(view, verb)
    value = "" if verb == SEARCH and chosen else option.value
    about: dict[str, Any] = {"class": "row", "act": [verb, value], "aria-pressed": "true" if chosen else "false"}
    return el(
        "button",
        about,
        symbol(SHAPES[option.shape], option.colour) if option.shape else None,
        el("strong", {}, option.label) if verb == view.by else el("span", {}, option.label),
        None
        if bare
        else el(
            "span",
            {"class": "end"},
            el("strong", {}, amount_text(line.now, view.measure)),
            f" · {under}" if under else None,
        ),
    )


def _chosen(view: View, facet: str) -> tuple[str, ...]:
    return {"kind": view.kind, "force": view.force, "country": view.country}[facet]
