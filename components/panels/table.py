"""The table of what is on view: incidents and movements, the newest first, then sites."""

from typing import Any, Final

import pandas as pd

from components.catalog.records import records
from components.catalog.tables import ROW_TABLES
from components.panels.elements import Document, Node, el
from components.view.on_view import OnView
from components.view.parts import whole_title
from components.view.sourcing import sourcing
from components.view.wording import NOT_STATED

MAX_ROWS: Final = 1_000
"""Rows the table shows; more would travel with every change of the window."""
COLUMNS: Final = ("row", "Date", "Claims", "Title", "Kind", "Where", "Window", "Confidence", "Sources")


def table(on_view: OnView) -> Document:
    """Return what is on view as a table: how many rows there are as nodes, the rows as ``columns`` and ``rows``.

    The first column, ``row``, is the row's name in a link, such as ``site:al-tanf``.
    """
    rows = rows_on_view(on_view)
    selection = on_view.selection
    total = len(selection.incidents) + len(selection.movements) + len(selection.sites)
    nodes: list[Node] = []
    if rows.empty:
        nodes = [el("p", {"class": "quiet"}, "Nothing is on view. Widen the window, or clear a filter.")]
    elif total > len(rows):
        limit = f"The newest {len(rows):,} of {total:,} rows on view. Narrow the window to see the others."
        nodes = [el("p", {"class": "quiet small"}, limit)]
    return Document(nodes, {"columns": list(COLUMNS), "rows": rows.to_numpy().tolist()})


def rows_on_view(on_view: OnView) -> pd.DataFrame:
    """Return the rows to show, at most MAX_ROWS, with the row's name as ``row``."""
    catalog, selection = on_view.catalog, on_view.selection
    kinds = dict(zip(catalog.kinds["id"], catalog.kinds["label"], strict=True))
    names = dict(zip(catalog.sites["id"], catalog.sites["name"], strict=True))

    def cells_of(row: str, kind: str, where: str, record: Any) -> tuple[int, tuple[object, ...]]:
        window = "certain" if record.certain else "possible"
        prefix, _, id_ = row.partition(":")
        whole = whole_title(catalog, ROW_TABLES[prefix], id_, on_view.known)
        title = f"{record.title} (part of: {whole})" if whole else record.title
        cells = (row, record.start.text, _claims(record), title, kind, where, window, record.confidence)
        return record.start_first, (*cells, len(sourcing(catalog, record.sources).sources))

    # The catalog keeps both in order of time: what is newest stands last.
    happened = [
        cells_of(f"incident:{r.id}", kinds[r.kind], names.get(r.site, r.place) or ", ".join(r.country), r)
        for r in records(selection.incidents.newest(MAX_ROWS))
    ] + [
        cells_of(
            f"movement:{r.id}",
            f"Movement: {r.kind}",
            " → ".join(names.get(end, end) or NOT_STATED for end in (r.origin, r.destination)),
            r,
        )
        for r in records(selection.movements.newest(MAX_ROWS))
    ]
    newest = [cells for _, cells in sorted(happened, key=lambda pair: -pair[0])]
    sites = [
        (
            f"site:{r.id}",
            "",
            _claims(r),
            r.name,
            f"Site: {r.kind.replace('-', ' ')}",
            " / ".join(r.country),
            "",
            "",
            len(sourcing(catalog, r.sources).sources),
        )
        for r in records(selection.sites)
    ]
    return pd.DataFrame((newest + sites)[:MAX_ROWS], columns=list(COLUMNS))


def _claims(record: Any) -> str:
    return "≠" if record.disputed else ""
