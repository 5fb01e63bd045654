"""streamlit-folium with a constant map and its Markers in feature_group_to_add."""

import folium
import streamlit as st
from rows import CENTRE, FIRST, LAST, ZOOM, in_window, read_events
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
events = st.cache_data(read_events)()
first, last = st.slider("Window", FIRST, LAST, (FIRST, LAST))
group = folium.FeatureGroup("events")
for row in in_window(events, first, last).itertuples(index=False):
    folium.Marker((row.lat, row.lon), popup=row.title, tooltip=row.kind).add_to(group)
base = folium.Map(CENTRE, zoom_start=ZOOM, tiles=None)
st_folium(base, feature_group_to_add=group, use_container_width=True, height=600, returned_objects=[])
