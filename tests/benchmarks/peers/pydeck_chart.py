"""st.pydeck_chart with one ScatterplotLayer, drawn by WebGL."""

import pandas as pd
import pydeck
import streamlit as st
from rows import CENTRE, FIRST, LAST, ZOOM, in_window, read_events


@st.cache_data
def coloured() -> pd.DataFrame:
    """Return the events with their colours as deck.gl has them."""
    events = read_events()
    rgb = {colour: [int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in events["colour"].unique()}
    return events.assign(rgb=events["colour"].map(rgb))


st.set_page_config(layout="wide")
first, last = st.slider("Window", FIRST, LAST, (FIRST, LAST))
layer = pydeck.Layer(
    "ScatterplotLayer",
    in_window(coloured(), first, last)[["lat", "lon", "title", "rgb"]],
    id="events",
    get_position=["lon", "lat"],
    get_fill_color="rgb",
    get_radius=4,
    radius_units="'pixels'",
    pickable=True,
)
view = pydeck.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=ZOOM - 1)
deck = pydeck.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{title}"})
st.pydeck_chart(deck, height=600, key="map")
