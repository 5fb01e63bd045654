"""folium's Timeline plugin in a page of its own. It has one handle: an event stays from its day to the end."""

from datetime import UTC, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import folium
from folium.plugins import Timeline, TimelineSlider
from folium.utilities import JsCode
from rows import CENTRE, FIRST, LAST, ZOOM, features, read_events

FROM, TO = (datetime.combine(day, time(), UTC).timestamp() * 1000 for day in (FIRST, LAST))
INTERVAL = f"(feature) => ({{ start: {FROM} + 864e5 * feature.properties.first, end: {TO} + 864e5 }})"
CIRCLE = """(feature, at) =>
    L.circleMarker(at, { radius: 4, weight: 1, color: feature.properties.colour, fillOpacity: 0.8 })"""

base = folium.Map(CENTRE, zoom_start=ZOOM, tiles=None, prefer_canvas=True)
timeline = Timeline(
    {"type": "FeatureCollection", "features": features(read_events())},
    get_interval=JsCode(INTERVAL),
    point_to_layer=JsCode(CIRCLE),
)
timeline.add_to(base)
slider = TimelineSlider(auto_play=False, show_ticks=False, start=FROM, end=TO, date_options="YYYY-MM-DD")
slider.add_timelines(timeline).add_to(base)
PAGE = base.get_root().render().encode()


class Handler(BaseHTTPRequestHandler):
    """Answers with the page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"Local URL: http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
