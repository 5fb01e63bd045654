"""Rows as buttons that select them: lists of them, a row's parts and its whole, and the site where something was."""

import pandas as pd

from components.catalog.records import records
from components.catalog.tables import ROW_TABLES
from components.panels.elements import SELECT, Node, el, section
from components.panels.sources import publishers
from components.view.as_known import as_public
from components.view.on_view import OnView
from components.view.parts import PART_OF_ABOVE, nested, parts_of, whole_title
from components.view.wording import span_text


def row_links(on_view: OnView, kind: str, rows: pd.Series, *, within: bool = False) -> list[Node]:
    """Return the rows of a table as buttons that select them, each part behind its whole where that is among them.

    ``within``: they are told as the parts of a row already.
    """
    catalog, name = on_view.catalog, ROW_TABLES[kind]
    public = as_public(catalog.tables[name][rows], catalog, on_view.known)
    by_id = {row.id: row for row in records(public)}
    return [
        el(
            "li",
            {"class": "part"} if depth else {},
            el(
                "button",
                {"class": "row", "act": [SELECT, f"{kind}:{row.id}"]},
                el(
                    "span",
                    {},
                    row.title,
                    None if within else _part_text(on_view, name, row.id, depth),
                    el("span", {"class": "under"}, publishers(catalog, row.sources)),
                ),
                el("span", {"class": "end"}, span_text(row.start, row.end)),
            ),
        )
        for id_, depth in nested(catalog, name, list(by_id))
        for row in [by_id[id_]]
    ]


def _part_text(on_view: OnView, name: str, id_: str, depth: int) -> Node | None:
    """Return of what a row is a part: of the one above it, or by name of one that is not in the list."""
    if depth:
        return el("span", {"class": "under"}, PART_OF_ABOVE)
    whole = whole_title(on_view.catalog, name, id_, on_view.known)
    return el("span", {"class": "under"}, f"part of: {whole}") if whole else None


def parts_section(on_view: OnView, kind: str, id_: str) -> Node | None:
    """Return the parts of a row; None where it has none."""
    name = ROW_TABLES[kind]
    parts = parts_of(on_view.catalog, name, id_)
    if not parts:
        return None
    items = row_links(on_view, kind, on_view.catalog.tables[name]["id"].isin(parts), within=True)
    hint = el("p", {"class": "quiet small"}, "Their numbers are in this one's, and not to be added to it.")
    return section("Its parts", items, hint)
