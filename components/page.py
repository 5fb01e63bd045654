"""The page, read top-down: load → read the link → filters → map → panel."""

import streamlit as st
from streamlit_folium import st_folium

from components.map.folium_map import Command, PostureMap, served
from components.map.payload import basemap_payload, rows_payload
from components.panels.page import parts as parts_of
from components.settings import public_url
from components.static import address
from components.ui import link
from components.ui.bar import bar
from components.ui.briefing import briefing_step, briefings_line
from components.ui.filters import filters, title
from components.ui.opening import chosen_catalog, opening_dialog
from components.ui.panels import method_page, notices, panels
from components.ui.share import share_button
from components.ui.sheet import sheet_handle
from components.ui.turns import one_run
from components.view.on_view import on_view as on_view_of
from components.view.title import page_title
from components.view.view import write_query


def page() -> None:
    """Draw the page of its link."""
    catalog = chosen_catalog()
    linked, ignored = link.current(catalog)
    view = link.played(catalog, linked, link.report())
    st.set_page_config(page_title=page_title(catalog, view), page_icon=f"{address('ui')}/icon.svg", layout="wide")
    on_view = on_view_of(catalog, view)
    parts = parts_of(on_view, ignored)
    with st.sidebar:
        title(catalog, view)
        share_button(catalog, view, public_url())
        briefings_line(catalog)
        filters(catalog, parts)
    bar(catalog, view)
    centre, side = st.columns([2, 1], gap=None)
    with centre:
        st_folium(
            PostureMap(catalog, served(rows_payload(catalog), basemap_payload(catalog.folder))),
            key=link.MAP,
            feature_group_to_add=Command(catalog, view, repr(write_query(linked, catalog))),
            returned_objects=["last_active_drawing"],
            use_container_width=True,
            on_change=lambda: link.follow(catalog, link.report()),
        )
    with side:
        sheet_handle()
        with st.container(key="panel"):
            notices(catalog, view, parts)
            briefing_step(catalog, view)
            panels(on_view, parts)
        method_page(on_view)
    opening_dialog()


with one_run():
    page()
