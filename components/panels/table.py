"""The table of what is on view: incidents and movements, the newest first, then sites."""

from typing import Any, Final

import pandas as pd

from components.catalog.records import records
from components.catalog.tables import ROW_TABLES
from components.panels.elements import Document, Node, el
from components.view.on_view import OnView
from components.view.parts import whole_title
from components.view.public import public_of
from components.view.sourcing import sourcing
from components.view.wording import NOT_STATED

MAX_ROWS: Final = 1_000
"""Rows the table shows; more would travel with every change of the window."""
COLUMNS: Final = ("row", "Date", "Title", "Kind", "Force", "Where", "Window", "Confidence", "Disputed", "Sources")


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
    """Return the rows to show, at most MAX_ROWS, with the row's name as ``row``; of a site who is there at the end."""
    catalog, selection = on_view.catalog, on_view.selection
    kinds = dict(zip(catalog.kinds["id"], catalog.kinds["label"], strict=True))
    names = dict(zip(catalog.sites["id"], catalog.sites["name"], strict=True))
    forces = dict(zip(catalog.forces["id"], catalog.forces["name"], strict=True))

    def publishers(record: Any) -> str:
        return ", ".join(sourcing(catalog, public_of(record.sources, catalog, on_view.known)).publishers)

    def cells_of(row: str, kind: str, force: str, where: str, record: Any) -> tuple[int, tuple[object, ...]]:
        window = "certain" if record.certain else "possible"
        prefix, _, id_ = row.partition(":")
        whole = whole_title(catalog, ROW_TABLES[prefix], id_, on_view.known)
        title = f"{record.title} (part of: {whole})" if whole else record.title
        cells = (row, record.start.text, title, kind, force, where, window, record.confidence, _disputed(record))
        return record.start_first, (*cells, publishers(record))

    # The catalog keeps both in order of time: what is newest stands last.
    happened = [
        cells_of(
            f"incident:{r.id}",
            kinds[r.kind],
            ", ".join(forces[force] for force in r.forces),
            names.get(r.site, r.place) or ", ".join(r.country),
            r,
        )
        for r in records(selection.incidents.newest(MAX_ROWS))
    ] + [
        cells_of(
            f"movement:{r.id}",
            f"Movement: {catalog.dataset.vocabulary.movement(r.kind)}",
            forces[r.force],
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
            r.name,
            f"Site: {catalog.dataset.vocabulary.site(r.kind)}",
            forces.get(selection.states[r.id].force, ""),
            " / ".join(r.country),
            "",
            "",
            _disputed(r),
            publishers(r),
        )
        for r in records(selection.sites)
    ]
    return pd.DataFrame((newest + sites)[:MAX_ROWS], columns=list(COLUMNS))


def _disputed(record: Any) -> str:
    return "yes" if record.disputed else ""
