"""Laydown's server: the Streamlit page, and the routes beside it. Run `streamlit run dashboard.py`."""

import gc

gc.disable()  # to look for garbage among modules while they are imported takes a sixth of a server's start

import streamlit as st  # noqa: E402

from components.catalog.sets import chosen_folder  # noqa: E402
from components.web.server import PAGE_SCRIPT, lifespan, middleware, routes  # noqa: E402

gc.freeze()
gc.enable()

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
