"""Open your own data: the dialog that takes files, and the data of a visitor's own that the page shows."""

import streamlit as st

from components.catalog.catalog import Catalog
from components.catalog.opened import COOKIE, opened_data
from components.catalog.served import open_catalog
from components.catalog.sets import SET, folder_of
from components.panels.opening import MAX_BYTES, TITLE, TOO_LARGE, opening
from components.settings import opening_allowed
from components.ui.mount import render


def chosen_catalog() -> Catalog:
    """Return the catalog of the set that the link names: the visitor's own, one of the server's, or the first."""
    name = st.query_params.get(SET, "")
    opened = opened_data().find(name, st.context.cookies.get(COOKIE))
    return opened.catalog if opened else open_catalog(folder_of(name))


def opening_dialog() -> None:
    """Put the dialog on the page, closed: it opens by its button, and when files are dragged over the page."""
    if opening_allowed():
        most = {"bytes": MAX_BYTES, "said": TOO_LARGE}
        render("opening", *opening(), script="ui/assets/open.js", title=TITLE, most=most)
