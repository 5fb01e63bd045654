"""Trends as a picture: a chart for each kind, force or country, all to one scale, and where they are from."""

from collections.abc import Sequence
from typing import Final

from components.map.palettes import LIGHT
from components.map.style import STYLE
from components.picture.canvas import Canvas
from components.picture.palette import legible
from components.picture.picture import png, write_foot
from components.picture.text import TextStyle, fitted, joined, width, wrapped
from components.view.on_view import OnView
from components.view.provenance import provenance
from components.view.title import filters_text
from components.view.trends import Line, Trends, trends
from components.view.trends_text import (
    KILLED,
    amount_text,
    chart_heights,
    charted,
    details,
    highest,
    notes,
    selected_text,
    title_text,
    total_text,
)
from components.view.view import View
from components.view.wording import short_day

SCALE: Final = 2.0
WIDE: Final = 900.0
"""CSS pixels; the sheet is as high as its charts need."""
MARGIN: Final = 30.0
COLUMNS: Final = 3
GAP: Final = 26.0
BARS: Final = 74.0
"""The height of a chart's bars."""
CHART: Final = 158.0
"""The height of a chart with what is written around it."""
FOOT: Final = 84.0


def trends_png(on_view: OnView, link: str) -> bytes:
    """Return a PNG of a View's trends, 1,800 pixels wide; ``link`` is the view's address."""
    catalog, view = on_view.catalog, on_view.view
    told = trends(on_view)
    lines = charted(told, view.measure)
    head = _head(on_view, told)
    top = MARGIN + sum(style.size * 1.35 for _, style in head) + 20
    rows = -(-len(lines) // COLUMNS)
    height = top + rows * CHART + 14 + FOOT + MARGIN
    page = Canvas(WIDE, height, SCALE, LIGHT.paper)
    y = MARGIN
    for text, style in head:
        y += style.size * 1.35
        page.write(text, MARGIN, y - style.size * 0.6, style)
    room = (WIDE - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
    most = highest(lines, view.measure)
    for number, line in enumerate(lines):
        at = (MARGIN + number % COLUMNS * (room + GAP), top + number // COLUMNS * CHART)
        _chart(page, told, view, line, most, (*at, room))
    write_foot(page, provenance(catalog, view, link), notes(told, view)[:1], MARGIN, height - MARGIN - FOOT)
    return png(page.finished(), provenance(catalog, view, link))


def _head(on_view: OnView, told: Trends) -> Sequence[tuple[str, TextStyle]]:
    catalog, view = on_view.catalog, on_view.view
    room = WIDE - 2 * MARGIN
    title, strong, quiet = TextStyle(22, LIGHT.strong, 700), TextStyle(14, LIGHT.strong), TextStyle(12, LIGHT.quiet)
    of = ", ".join(part for part in (catalog.dataset.title, filters_text(catalog, view)) if part)
    return [
        (fitted(title_text(view), room, title), title),
        *((line, quiet) for line in wrapped(of, room, quiet, 2)),
        *((line, strong) for line in wrapped(total_text(told, view.measure), room, strong, 2)),
        (fitted(selected_text(catalog), room, quiet), quiet),
    ]


def _chart(page: Canvas, told: Trends, view: View, line: Line, most: int, at: tuple[float, float, float]) -> None:
    """Draw a chart at left, top and as wide as the third number says."""
    left, top, room = at
    name, small, option = TextStyle(13, LIGHT.strong, 600), TextStyle(11, LIGHT.quiet), line.option
    begin = left
    if option.shape:
        page.symbol(option.shape, option.colour, STYLE.incidents.sizes[0], 1, 1, left + 7, top + 8)
        begin += 20
    page.write(fitted(option.label, left + room - begin, name), begin, top + 8, name)
    floor = top + 22 + BARS
    colour = legible(option.colour or LIGHT.quiet, LIGHT.paper)
    for heights, strength in chart_heights(line, view.measure):
        _bars(page, told, heights, most, (left, floor, room), (colour, strength))
    page.box(left, floor, left + room, floor + 0.75, LIGHT.line)
    first, last = short_day(view.start), short_day(view.end)
    page.write(first, left, floor + 9, small)
    if last != first:
        page.write(last, left + room - width(last, small), floor + 9, small)
    amount = amount_text(line.now, view.measure)
    counted = f"killed: {amount}" if line.now.not_stated else f"{amount} killed"
    parts = [counted if view.measure == KILLED else amount]
    for number, text in enumerate(joined([*parts, *details(told, line, view.measure)], room, small, 2)):
        page.write(text, left, floor + 24 + 14 * number, small)


def _bars(
    page: Canvas,
    told: Trends,
    heights: Sequence[int],
    most: int,
    at: tuple[float, float, float],
    ink: tuple[str, float],
) -> None:
    left, floor, room = at
    start = told.periods[0].first
    a_day = room / max(1, told.days)
    for (first, last), height in zip(told.periods, heights, strict=True):
        if height:
            wide = (last + 1 - first) * a_day
            gap = wide * 0.1 if wide > 3 else 0
            from_x = left + (first - start) * a_day + gap / 2
            page.box(from_x, floor - BARS * height / most, from_x + wide - gap, floor, *ink)
