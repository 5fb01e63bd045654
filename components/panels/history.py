"""A site's history as a small Gantt: who held it and when, as sure as the dates are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from components.catalog.catalog import EVER, NEVER
from components.catalog.dates import day_number, day_of
from components.catalog.method import ON_KNOWN
from components.catalog.records import records
from components.map.symbols import FORK, SHAPES
from components.panels.elements import Node, el, symbol
from components.panels.method import TITLE, how
from components.view.on_view import OnView
from components.view.wording import DISAGREE, MONTHS, confidence_text, stay_text, unreported_text

DAYS: Final = (1, 2, 5, 10)
MONTHLY: Final = (1, 3, 6)
YEARLY: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""The steps in which an axis may be told, the finest first."""
MOST_TICKS: Final = {"day": 4, "month": 4, "year": 6}
"""How many of their labels there is room for."""

SIGNS: Final = {
    "maybe": "Lighter: possibly.",
    "fading-in": "Fading in: start unknown.",
    "fading-out": "Fading out: not confirmed since.",
    "reported": "Hatched: only reported.",
    "drawing-down": "Narrowing: drawing down.",
    "planned": "Outlined: planned.",
    "window": "Shaded: the dates on view.",
}
"""What the chart's marks mean; those in it are told below it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that the chart spans, both inclusive."""

    first: int
    last: int

    def at(self, day: int) -> float:
        """Return where a day begins, in percent from the left edge; days beyond an edge lie on it."""
        return min(max(100 * (day - self.first) / (self.last + 1 - self.first), 0.0), 100.0)

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Return where the days from ``first`` to ``last`` lie, both inclusive."""
        return self.at(first), self.at(last + 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A presence on an axis, in percent: its place, and within that the parts that differ in how sure they are."""

    place: tuple[float, float]
    parts: tuple[tuple[str, tuple[float, float]], ...]
    """Each is ``sure``, ``maybe``, ``fading-in`` (an unknown start) or ``fading-out`` (an open end), left to right."""


def history(on_view: OnView, presence: pd.DataFrame) -> Node | None:
    """Return the chart of who held a site: a lane a force, in order of arrival; None where nobody is on record.

    ``presence`` holds the site's rows.
    """
    rows = records(presence)
    if not rows:
        return None
    catalog, start, end = on_view.catalog, on_view.start, on_view.end
    axis = axis_of(rows, end)
    forces = catalog.forces
    claimed = set(catalog.claims["row"])
    window = axis.span(start, end) if start <= axis.last and end >= axis.first else None
    signs = {"window"} if window else set()
    lanes: list[Node] = []
    for force, tracks in lanes_of(rows, list(forces["id"])):
        name, colour = str(forces.loc[force, "name"]), str(forces.loc[force, "colour"])
        drawn: list[Node] = []
        for track in tracks:
            bars = [(row, bar_of(row, axis)) for row in track]
            signs |= {sign for row, bar in bars for sign in (row.status, *(kind for kind, _ in bar.parts))}
            drawn.append(
                el(
                    "div",
                    {"class": "track"},
                    el("span", {"class": "window", "span": _span(window)}) if window else None,
                    *(_bar(row, bar, name, colour, f"presence:{row.id}" in claimed) for row, bar in bars),
                )
            )
        label = el("span", {"class": "force"}, symbol(SHAPES["square"], colour), el("span", {}, name))
        lanes.append(el("li", {"class": "lane"}, label, el("div", {"class": "tracks"}, *drawn)))
    ticks = [el("span", {"class": "tick", "span": _span((at, at))}, text) for at, text in ticks_of(axis)]
    return el(
        "div",
        {"class": "history"},
        el("ul", {}, *lanes),
        el("div", {"class": "lane"}, el("span", {"class": "force"}), el("div", {"class": "axis"}, *ticks)),
        el(
            "p",
            {"class": "quiet small"},
            " ".join(text for sign, text in SIGNS.items() if sign in signs),
            *([" ", how(catalog, ON_KNOWN, TITLE)] if catalog.method else []),
        ),
    )


def axis_of(rows: Iterable[Any], end: int) -> Axis:
    """Return the site's whole recorded time up to day ``end``, with room for what has no start or no end."""
    rows = list(rows)
    days = [day for row in rows for day in _days(row) if NEVER < day < EVER] + [end]
    first, last = min(days), max(days)
    room = (last - first) // 16 + 1
    if any(row.start_first == NEVER for row in rows):
        first -= room
    if any(row.end_last == EVER for row in rows):
        last += room
    return Axis(max(first, day_number(date.min)), min(last, day_number(date.max)))


def lanes_of(rows: Iterable[Any], precedence: list[str]) -> list[tuple[str, list[list[Any]]]]:
    """Return the rows by force, in order of first arrival, each force's in as few tracks as keep them apart."""
    lanes: dict[str, list[list[Any]]] = {}
    by_arrival = sorted(rows, key=lambda row: (row.start_first, row.start_last, precedence.index(row.force), row.id))
    for row in by_arrival:
        tracks = lanes.setdefault(row.force, [])
        track = next((track for track in tracks if _follows(row, track[-1])), None)
        if track is None:
            tracks.append([row])
        else:
            track.append(row)
    return list(lanes.items())


def bar_of(row: Any, axis: Axis) -> Bar:
    """Return where a presence lies on ``axis``."""
    place = axis.span(int(row.start_first), int(row.end_last))
    before = "fading-in" if row.start_first == NEVER else "maybe"
    after = "fading-out" if row.end_last == EVER else "maybe"
    if row.start_last > row.end_first or row.end_first == EVER:  # no day is certain
        return Bar(place, ((after if after != "maybe" else before, place),))
    sure = axis.span(int(row.start_last), int(row.end_first))
    parts = ((before, (place[0], sure[0])), ("sure", sure), (after, (sure[1], place[1])))
    return Bar(place, tuple((kind, part) for kind, part in parts if part[1] > part[0]))


def ticks_of(axis: Axis) -> list[tuple[float, str]]:
    """Return the axis's labels with where they stand: days, months or years, as fine as there is room for."""
    first, last = day_of(axis.first), day_of(axis.last)

    def tick(number: int, unit: str) -> tuple[float, str]:
        if unit == "day":
            day = day_of(number)
            return axis.at(number), f"{day.day} {MONTHS[day.month - 1][:3]}"
        year, month = divmod(number, 12)
        text = str(year) if unit == "year" else f"{MONTHS[month][:3]} {year}"
        return axis.at(day_number(date(year, month + 1, 1))), text

    for unit, numbers in _scales(axis, first, last):
        if len(numbers) <= MOST_TICKS[unit]:
            return [tick(number, unit) for number in numbers]
    return []


def _scales(axis: Axis, first: date, last: date) -> Iterator[tuple[str, range]]:
    """Yield each scale, the finest first: days by their number, months (and years) by their number since the year 0."""
    for step in DAYS:
        yield "day", range(axis.first + -axis.first % step, axis.last + 1, step)
    begin = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    end = last.year * 12 + last.month
    for unit, steps in (("month", MONTHLY), ("year", [12 * years for years in YEARLY])):
        for step in steps:
            yield unit, range(begin + -begin % step, end, step)


def _days(row: Any) -> tuple[int, ...]:
    confirmed = (row.last_confirmed.first, row.last_confirmed.last) if row.last_confirmed else ()
    return tuple(int(day) for day in (row.start_first, row.start_last, row.end_first, row.end_last, *confirmed))


def _follows(row: Any, other: Any) -> bool:
    """Return whether ``row`` came when ``other`` had ended, as far as their dates allow."""
    return bool(row.start_first > NEVER and other.end_last < EVER and row.start_last >= other.end_first)


def _bar(row: Any, bar: Bar, force: str, colour: str, disputed: bool) -> Node:
    left, right = bar.place
    scale = 100 / (right - left) if right > left else 0.0
    parts = [
        el("span", {"class": kind, "span": _span(((a - left) * scale, (b - left) * scale))})
        for kind, (a, b) in bar.parts
    ]
    details = [stay_text(row.start, row.end, row.last_confirmed, row.first_confirmed), confidence_text(row.confidence)]
    if row.searched:
        details.insert(1, unreported_text(row.searched))
    if row.status != "present":
        details.insert(0, row.status.replace("-", " "))
    if disputed:
        details.append(DISAGREE)
    words = ", ".join(details)
    # A tip holds no text of the data; who it is stands at the lane's head, and here for those who hear it.
    return el(
        "span",
        {"class": f"bar {row.status}", "colour": colour, "span": _span(bar.place), "title": words},
        *parts,
        el("span", {"class": "rival"}, symbol(FORK, "currentcolor")) if disputed else None,
        el("span", {"class": "unseen"}, f"{force}, {words}. "),
    )


def _span(span: tuple[float, float]) -> str:
    """Return elements.js's ``span``: from and to in percent, as "12.5 40"."""
    return " ".join(f"{min(max(edge, 0.0), 100.0):.2f}".rstrip("0").rstrip(".") for edge in span)
