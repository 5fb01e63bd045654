"""What happened: the window's incidents and movements, a dated line each, with toll, confidence and first source."""

from collections.abc import Iterator
from typing import Any, Final

from components.catalog.catalog import disputed_ids
from components.catalog.records import records
from components.map.symbols import SHAPES
from components.panels.elements import SELECT, Document, Node, el, symbol
from components.view.as_known import disputed_rows
from components.view.on_view import OnView
from components.view.public import public_of
from components.view.selection import Shown
from components.view.sourcing import sourcing
from components.view.view import ORDERS, View
from components.view.wording import DISAGREE, IN_VIEW, capital, count_text, span_text, tolls_text

MAX_LINES: Final = 100
"""Lines that are told; the dates narrowed, the others are."""
ARROW: Final = "M1.5 6.5H9V2.8L14.5 8 9 13.2V9.5H1.5Z"
"""A movement's symbol, in a square of 16 units."""
LABELS: Final = {"newest": "Newest first", "oldest": "Oldest first"}


def happened(on_view: OnView) -> Document:
    """Tell what happened in the View's dates, the newest or the oldest first, as the View asks."""
    catalog, view, selection = on_view.catalog, on_view.view, on_view.selection
    counts = [
        count_text(len(shown), noun)
        for shown, all_of_them, noun in (
            (selection.incidents, catalog.incidents, "incident"),
            (selection.movements, catalog.movements, "movement"),
        )
        if len(all_of_them)
    ]
    total = len(selection.incidents) + len(selection.movements)
    head: list[Node] = [el("h2", {}, "What happened"), _tools(view, ", ".join(counts))]
    if not total:
        where = f" {IN_VIEW}" if view.box else ""
        nothing = f"Nothing is on record in these dates{where}. Widen them, or clear a filter."
        head.append(el("p", {"class": "quiet"}, nothing))
    disputed = disputed_ids(catalog.tables, disputed_rows(catalog, on_view.known))
    found = [*_incidents(on_view, disputed["incidents"]), *_movements(on_view, disputed["movements"])]
    lines = sorted(found, key=_by_time, reverse=view.order == ORDERS[0])
    more = total - MAX_LINES
    return Document(
        [
            *head,
            el("ul", {"class": "happened"}, *(node for _, node in lines[:MAX_LINES])),
            *([el("p", {"class": "quiet small"}, f"and {more:,} more: narrow the dates")] if more > 0 else []),
        ]
    )


Line = tuple[tuple[int, int, str], Node]
"""When it was (its first and last possible day) and its row's name, and how it is told."""


def _by_time(line: Line) -> tuple[int, int, str]:
    return line[0]


def _tools(view: View, counted: str) -> Node:
    def choice(order: str) -> Node:
        chosen = "true" if view.order == order else "false"
        return el("button", {"class": "chip", "act": ["order", order], "aria-pressed": chosen}, LABELS[order])

    group = el("div", {"class": "group", "role": "group", "aria-label": "Order"}, *map(choice, ORDERS))
    return el("div", {"class": "tools"}, group, el("span", {"class": "quiet small"}, counted))


def _rows(on_view: OnView, shown: Shown) -> list[Any]:
    return records(shown.newest(MAX_LINES) if on_view.view.order == ORDERS[0] else shown.oldest(MAX_LINES))


def _incidents(on_view: OnView, disputed: set[str]) -> Iterator[Line]:
    catalog = on_view.catalog
    names = dict(zip(catalog.forces["id"], catalog.forces["name"], strict=True))
    kinds = {row.id: row for row in records(catalog.kinds)}
    for row in _rows(on_view, on_view.selection.incidents):
        kind = kinds[row.kind]
        tolls = [
            f"{word}: {tolls_text(toll, names)}"
            for word, toll in (("killed", row.killed), ("wounded", row.wounded))
            if toll
        ]
        sign = symbol(SHAPES[kind.shape], kind.colour)
        yield _line(on_view, f"incident:{row.id}", row, sign, [kind.label, *tolls], row.id in disputed)


def _movements(on_view: OnView, disputed: set[str]) -> Iterator[Line]:
    forces = {row.id: row for row in records(on_view.catalog.forces)}
    kinds = on_view.catalog.dataset.vocabulary
    for row in _rows(on_view, on_view.selection.movements):
        force = forces[row.force]
        said = [capital(kinds.movement(row.kind)), force.name]
        yield _line(on_view, f"movement:{row.id}", row, symbol(ARROW, force.colour), said, row.id in disputed)


def _line(on_view: OnView, name: str, row: Any, sign: Node, said: list[str], disputed: bool) -> Line:
    """Return one line; as known on a day by the sources that were public then."""
    catalog = on_view.catalog
    publishers = sourcing(catalog, public_of(row.sources, catalog, on_view.known)).publishers
    first = publishers[0] if publishers else "no document"
    under = [
        *said,
        f"{row.confidence} confidence",
        first if len(publishers) < 2 else f"{first} and {count_text(len(publishers) - 1, 'other')}",
        *([] if row.certain else ["perhaps outside these dates"]),
        *([DISAGREE] if disputed else []),
    ]
    current = "true" if on_view.view.selected == name else "false"
    button = el(
        "button",
        {"class": "row", "act": [SELECT, name], "aria-current": current},
        sign,
        el(
            "span",
            {},
            el("span", {"class": "under"}, span_text(row.start, row.end)),
            el("strong", {}, row.title),
            el("span", {"class": "under"}, " · ".join(under)),
        ),
    )
    return (row.start_first, row.start_last, name), el("li", {"lights": name}, button)
