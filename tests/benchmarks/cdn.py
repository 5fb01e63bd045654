"""The scripts and styles that folium's pages load from CDNs, out of npm packages: no page needs a network."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Route

PACKAGES = (
    "leaflet@1.9.3",
    "jquery@3.7.1",
    "bootstrap@5.2.2",
    "leaflet.awesome-markers@2.0.5",
    "@fortawesome/fontawesome-free@6.2.0",
    "leaflet.timeline@1.6.0",
    "moment@2.18.1",
)
FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "leaflet.timeline.min.js": "leaflet.timeline/dist/leaflet.timeline.js",
    "moment.min.js": "moment/min/moment.min.js",
}
"""By the last part of the address. What is not here, fonts and two style sheets, is answered with nothing."""


@contextmanager
def local_copies() -> Iterator[Path]:
    """Install the packages into a folder that lasts as long as the run."""
    with TemporaryDirectory(prefix="cdn-") as folder:
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", *PACKAGES]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        yield Path(folder) / "node_modules"


def serve(context: BrowserContext, modules: Path) -> None:
    """Answer all that ``context`` asks of other hosts from ``modules``."""

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.rpartition("/")[2]
        if name in FILES:
            route.fulfill(path=modules / FILES[name])
        else:
            route.fulfill(status=200, body="", content_type="text/css" if name.endswith(".css") else "text/plain")

    context.route(lambda url: urlsplit(url).hostname not in ("localhost", "127.0.0.1", None), answer)
