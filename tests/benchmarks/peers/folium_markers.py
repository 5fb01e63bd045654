"""streamlit-folium as its first example has it: the map is built anew, a Marker for each event."""

import folium
import streamlit as st
from rows import CENTRE, FIRST, LAST, ZOOM, in_window, read_events
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
events = st.cache_data(read_events)()
first, last = st.slider("Window", FIRST, LAST, (FIRST, LAST))
base = folium.Map(CENTRE, zoom_start=ZOOM, tiles=None)
for row in in_window(events, first, last).itertuples(index=False):
    folium.Marker((row.lat, row.lon), popup=row.title, tooltip=row.kind).add_to(base)
st_folium(base, use_container_width=True, height=600, returned_objects=[])
