"""Laydown's server: the Streamlit page, and the routes beside it. Run `streamlit run dashboard.py`."""

import streamlit as st

from components.catalog.sets import chosen_folder
from components.web.server import PAGE_SCRIPT, lifespan, middleware, routes

base = st.get_option("server.baseUrlPath")
# Streamlit finds the app by parsing this file for a call of st.App: it must stand here.
app = st.App(
    PAGE_SCRIPT,
    routes=routes(chosen_folder, base),
    middleware=middleware(
        chosen_folder, base, st.get_option("server.allowedHosts"), st.get_option("theme.baseFontSize")
    ),
    lifespan=lifespan,
)
