"""The table of what is on view: incidents and movements, the newest first, then sites."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.tables import ROW_TABLES
from components.ui import link
from components.ui.markup import el, render
from components.view.parts import whole_title
from components.view.selection import Selection
from components.view.sourcing import sourcing
from components.view.view import View

MAX_ROWS: Final = 1_000
"""Rows the table shows; more would travel with every change of the window."""

_COLUMNS: Final = ("row", "Date", "Claims", "Title", "Kind", "Where", "Window", "Confidence", "Sources")


def table(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw what is on view as a sortable table; choosing a row selects it on the map."""
    rows = rows_on_view(catalog, view, selection)
    if rows.empty:
        render("table-empty", el("p", {"class": "quiet"}, "Nothing is on view. Widen the window, or clear a filter."))
        return
    # A table of other rows is another table: a choice by number must not carry over to them.
    key = f"table-{hash(tuple(rows['row'])):x}"

    def picked() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            link.change(catalog, selected=str(rows["row"].iloc[chosen[0]]))

    total = len(selection.incidents) + len(selection.movements) + len(selection.sites)
    if total > len(rows):
        st.caption(f"The newest {len(rows):,} of {total:,} rows on view. Narrow the window to see the others.")
    st.dataframe(
        rows.drop(columns="row"),
        key=key,
        hide_index=True,
        on_select=picked,
        selection_mode="single-row",
        height=min(720, 38 + 36 * len(rows)),
        column_config={
            "Date": st.column_config.TextColumn(width="small"),
            "Claims": st.column_config.TextColumn("≠", width=36, help="≠: sources disagree, see the row's card"),
            "Title": st.column_config.TextColumn(width="large"),
        },
    )


def rows_on_view(catalog: Catalog, view: View, selection: Selection) -> pd.DataFrame:
    """Return the rows to show, at most MAX_ROWS, with the row's name as ``row``."""
    kinds = dict(zip(catalog.kinds["id"], catalog.kinds["label"], strict=True))
    names = dict(zip(catalog.sites["id"], catalog.sites["name"], strict=True))
    known = day_number(view.known) if view.known else None

    def told(row: str, kind: str, where: str, record: Any) -> tuple[int, tuple[object, ...]]:
        window = "certain" if record.certain else "possible"
        prefix, _, id_ = row.partition(":")
        whole = whole_title(catalog, ROW_TABLES[prefix], id_, known)
        title = f"{record.title} (part of: {whole})" if whole else record.title
        cells = (row, record.start.text, _claims(record), title, kind, where, window, record.confidence)
        return record.start_first, (*cells, len(sourcing(catalog, record.sources).sources))

    # The catalog keeps both in order of time: what is newest stands last.
    happened = [
        told(f"incident:{r.id}", kinds[r.kind], names.get(r.site, r.place) or ", ".join(r.country), r)
        for r in _records(selection.incidents.newest(MAX_ROWS))
    ] + [
        told(
            f"movement:{r.id}",
            f"Movement: {r.kind}",
            " → ".join(names.get(end, end) or "not stated" for end in (r.origin, r.destination)),
            r,
        )
        for r in _records(selection.movements.newest(MAX_ROWS))
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
        for r in _records(selection.sites)
    ]
    return pd.DataFrame((newest + sites)[:MAX_ROWS], columns=list(_COLUMNS))


def _claims(record: Any) -> str:
    return "≠" if record.disputed else ""


def _records(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)
