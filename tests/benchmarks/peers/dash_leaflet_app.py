"""dash-leaflet: the events go to the browser once, and a function there filters them while the slider is dragged."""

import json
import os
from pathlib import Path

import dash_leaflet as leaflet
from dash import Dash, Input, Output, dcc, html
from rows import CENTRE, FIRST, LAST, ZOOM, features, read_events
from werkzeug.serving import make_server

SCRIPT = """
window.events = {
    map: {
        inWindow: (feature, context) => {
            const [first, last] = context.hideout;
            return feature.properties.first <= last && feature.properties.last >= first;
        },
        circle: (feature, at) =>
            L.circleMarker(at, { radius: 4, weight: 1, color: feature.properties.colour, fillOpacity: 0.8 }),
    },
};
"""
DAYS = (LAST - FIRST).days

assets = Path(os.environ["BENCHMARK_DATA"]) / "assets"
assets.mkdir(exist_ok=True)
(assets / "events.js").write_text(SCRIPT, encoding="utf-8")
collection = {"type": "FeatureCollection", "features": features(read_events())}
(assets / "events.json").write_text(json.dumps(collection), encoding="utf-8")

app = Dash(__name__, assets_folder=str(assets))
layer = leaflet.GeoJSON(
    id="layer",
    url=app.get_asset_url("events.json"),
    filter={"variable": "events.map.inWindow"},
    pointToLayer={"variable": "events.map.circle"},
    hideout=[0, DAYS],
)
slider = dcc.RangeSlider(
    0, DAYS, 1, value=[0, DAYS], marks=None, id="window", updatemode="drag", allow_direct_input=False
)
app.layout = html.Div(
    [slider, leaflet.Map([layer], center=CENTRE, zoom=ZOOM, preferCanvas=True, style={"height": "600px"})]
)
app.clientside_callback("window => window", Output("layer", "hideout"), Input("window", "value"))

server = make_server("127.0.0.1", 0, app.server, threaded=True)
print(f"Local URL: http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
