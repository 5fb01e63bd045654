"""Beside the map: the tabs, the panel that is open, and notices of what is not shown."""

from collections.abc import Mapping

import streamlit as st

from components.catalog.catalog import Catalog
from components.panels.elements import Document
from components.panels.notices import public_by
from components.panels.page import TABLE, card
from components.panels.panel import panel
from components.panels.tabs import tabs
from components.ui import link
from components.ui.acts import acts
from components.ui.mount import show
from components.ui.table import table
from components.view.on_view import OnView
from components.view.view import CARD, ON, View


def panels(on_view: OnView, parts: Mapping[str, Document]) -> None:
    """Draw the tabs and the panel that is open, the last of the page's parts."""
    catalog = on_view.catalog
    show("tab", tabs(catalog, on_view.view), acts(catalog), "ui/assets/tabs.js")
    name, document = list(parts.items())[-1]
    if name == TABLE:
        _table(on_view, document)
    else:
        show(name, document, acts(catalog))


def _table(on_view: OnView, rows: Document) -> None:
    """Draw the table; under the map there is room for the card beside it."""
    catalog, view = on_view.catalog, on_view.view
    st.session_state["wide"] = bool(view.wide)
    st.toggle(
        "Wide, under the map",
        key="wide",
        on_change=lambda: link.change(catalog, wide=ON if st.session_state["wide"] else ""),
    )
    with st.container(key="wide_panel" if view.wide else "narrow_panel"):
        left, right = st.columns([3, 2]) if view.tab == CARD and view.selected else (st.container(), None)
        with left:
            table(catalog, rows)
        if right:
            with right:
                show(CARD, card(on_view), acts(catalog))


def method_page(on_view: OnView) -> None:
    """Draw the method over the panel where the link asks for it; the panel stays behind it as it was."""
    if on_view.catalog.method is None or not on_view.view.method:
        return
    with st.container(key="method"):
        show("explained", panel("method", on_view), acts(on_view.catalog))


def notices(catalog: Catalog, view: View, parts: Mapping[str, Document]) -> None:
    """Say what a reader must know of the whole page; in another window there may be more to say."""
    if view.known:
        show("public_by", public_by(view), acts(catalog))
    show("notices", parts["notices"], acts(catalog))
