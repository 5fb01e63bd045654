"""The page, read top-down: load → read the link → filters → map → panel."""

import streamlit as st
from streamlit_folium import st_folium

from components.catalog.catalog import open_catalog
from components.map.folium_map import Command, PostureMap, served
from components.map.payload import basemap_payload, rows_payload
from components.settings import data_folder, public_url
from components.static import address
from components.ui import link
from components.ui.bar import bar
from components.ui.briefing import briefing_step, briefings_line
from components.ui.filters import filters, title
from components.ui.panels import method_page, notices, panels
from components.ui.share import share_button
from components.ui.sheet import sheet_handle
from components.ui.turns import one_run
from components.view.on_view import on_view as on_view_of
from components.view.title import view_title
from components.view.view import write_query

MAP_KEY = "map"


def page() -> None:
    """Draw the page of its link."""
    catalog = open_catalog(data_folder())
    linked, ignored = link.current(catalog)
    view = link.played(catalog, linked, link.report(MAP_KEY))
    icon = f"{address('ui')}/icon.svg"
    st.set_page_config(f"{view_title(catalog, view)} · Laydown", icon, layout="wide")
    on_view = on_view_of(catalog, view)
    with st.sidebar:
        title(catalog, view)
        share_button(catalog, view, public_url())
        briefings_line(catalog)
        filters(catalog, view, on_view.selection)
    bar(catalog, view)
    centre, side = st.columns([2, 1], gap=None)
    with centre:
        st_folium(
            PostureMap(catalog, served(rows_payload(catalog), basemap_payload(catalog.folder))),
            key=MAP_KEY,
            feature_group_to_add=Command(catalog, view, repr(write_query(linked, catalog))),
            returned_objects=["last_active_drawing"],
            use_container_width=True,
            on_change=lambda: link.follow(catalog, link.report(MAP_KEY)),
        )
    with side:
        sheet_handle()
        with st.container(key="panel"):
            notices(catalog, view, ignored)
            briefing_step(catalog, view)
            panels(on_view)
        method_page(on_view)


with one_run():
    page()
