"""Beside the map: the tabs, the panel that is open, and notices of what is not shown."""

from collections.abc import Mapping

import streamlit as st

from components.catalog.catalog import Catalog
from components.panels.elements import Document
from components.panels.notices import public_by
from components.panels.page import TABLE
from components.panels.panel import panel
from components.panels.tabs import tabs
from components.ui.acts import acts
from components.ui.mount import show
from components.ui.table import table
from components.view.on_view import OnView
from components.view.view import View


def panels(on_view: OnView, parts: Mapping[str, Document]) -> None:
    """Draw the tabs and the panel that is open, the last of the page's parts."""
    catalog = on_view.catalog
    show("tab", tabs(catalog, on_view.view), acts(catalog), "ui/assets/tabs.js")
    name, document = list(parts.items())[-1]
    if name == TABLE:
        table(catalog, document)
    else:
        show(name, document, acts(catalog))


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
