"""streamlit-folium with a constant map and one GeoJson layer, drawn on a canvas, in feature_group_to_add."""

import folium
import streamlit as st
from rows import CENTRE, FIRST, LAST, ZOOM, features, in_window, read_events
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
events = st.cache_data(read_events)()
first, last = st.slider("Window", FIRST, LAST, (FIRST, LAST))
group = folium.FeatureGroup("events")
shown = features(in_window(events, first, last))
if shown:
    folium.GeoJson(
        {"type": "FeatureCollection", "features": shown},
        marker=folium.CircleMarker(radius=4, weight=1, fill_opacity=0.8),
        style_function=lambda feature: {"color": feature["properties"]["colour"]},
        tooltip=folium.GeoJsonTooltip(["title"], labels=False),
    ).add_to(group)
base = folium.Map(CENTRE, zoom_start=ZOOM, tiles=None, prefer_canvas=True)
st_folium(base, feature_group_to_add=group, use_container_width=True, height=600, returned_objects=[])
