"""The table of what is on view, as Streamlit's own: it can be sorted, and a row of it chosen."""

import pandas as pd
import streamlit as st

from components.catalog.catalog import Catalog
from components.panels.elements import Document
from components.ui import link
from components.ui.mount import render
from components.view.wording import DISAGREE, capital


def table(catalog: Catalog, document: Document) -> None:
    """Draw the table of panels/table.py; choosing a row selects it on the map."""
    rows = pd.DataFrame(document.fields["rows"], columns=document.fields["columns"])
    if document.nodes:
        render("table-empty", *document.nodes)
    if rows.empty:
        return
    # A table of other rows is another table: a choice by number must not carry over to them.
    key = f"table-{hash(tuple(rows['row'])):x}"

    def picked() -> None:
        chosen = st.session_state[key]["selection"]["rows"]
        if chosen:
            link.change(catalog, selected=str(rows["row"].iloc[chosen[0]]))

    st.dataframe(
        rows.drop(columns="row"),
        key=key,
        hide_index=True,
        on_select=picked,
        selection_mode="single-row",
        height=min(720, 38 + 36 * len(rows)),
        column_config={
            "Date": st.column_config.TextColumn(width="small"),
            "Disputed": st.column_config.TextColumn(width="small", help=f"{capital(DISAGREE)}: see the row's card"),
            "Title": st.column_config.TextColumn(width="large"),
        },
    )
