"""The stand-alone page: the map with its timeline as one HTML file, which works from a disk without a network."""

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from xstatic.pkg import leaflet

from components.catalog.catalog import Catalog
from components.export.open_graph import link_preview
from components.map.bundle import bundle
from components.map.embed import SHEETS, STYLE, PageConfig, Shape, map_page
from components.map.folium_map import Addresses
from components.map.payload import basemap_payload, incident_texts, rows_payload
from components.panels.card import cards
from components.panels.sources import sources
from components.static import FOLDERS, sheets
from components.view.on_view import OnView, on_view
from components.view.provenance import Provenance
from components.view.title import window_text
from components.view.view import BASES, View

POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline' data:; img-src data:; "
    "connect-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""The file's own Content-Security-Policy: nothing is asked of any host."""
AS_OF: Final = "As of {window}, the dates that this file was saved with."
"""What stands on a card where its reader has moved the window since."""


def standalone(on_view: OnView, about: Provenance) -> bytes:
    """Return the map as one HTML file: it opens on what is on view, and holds all rows, so that its timeline moves."""
    catalog, view = on_view.catalog, on_view.view
    page = replace(view, base=BASES[0])  # the others are asked of other servers
    card = link_preview(catalog, view)
    html, _ = map_page(
        catalog,
        page,
        Shape(),
        _addresses(catalog),
        PageConfig(
            page=about.link.partition("?")[0],
            whole=_data("application/gzip", gzip.compress(_whole(on_view), mtime=0)),
            sheets=[_data("text/css", (FOLDERS["panels"] / name).read_bytes()) for name in SHEETS],
            imports={"laydown": _data("text/javascript", bundle())},
            policy=POLICY,
            title=card.title,
            meta=card.meta(),
        ),
    )
    return html.encode()


def _addresses(catalog: Catalog) -> Addresses:
    rows, assets, leaflet_folder = rows_payload(catalog), FOLDERS["map"], Path(leaflet.BASE_DIR)
    texts = incident_texts(catalog, range(len(catalog.incidents)))
    return Addresses(
        scripts=(
            ("leaflet", _data("text/javascript", (leaflet_folder / "leaflet.js").read_bytes())),
            ("laydown", _data("text/javascript", (assets / "boot.js").read_bytes())),
        ),
        styles=(
            ("leaflet_css", _data("text/css", (leaflet_folder / "leaflet.css").read_bytes())),
            ("laydown_css", _data("text/css", sheets()["map/assets/bundle.css"])),
            ("embed_css", _data("text/css", (assets / STYLE / f"{STYLE}.css").read_bytes())),
        ),
        rows={
            **{ending: _data(part.media_type, part.body) for ending, part in rows.parts.items()},
            "texts": _data("application/json", json.dumps(texts, ensure_ascii=False).encode()),
        },
        basemap=_data("application/json", basemap_payload(catalog.folder).parts["json"].body),
        online=False,
    )


def _whole(asked: OnView) -> bytes:
    """Return what panel.js shows where it has nobody to ask: the cards of all rows by their names in a link, as of the
    window and as known on the view's day, and the sources of what is on view.

    Filters hide no card: the reader may clear them.
    """
    catalog, view = asked.catalog, asked.view
    everything = on_view(catalog, View(view.start, view.end, known=view.known))
    content = {
        "cards": {row: document.as_json() for row, document in cards(everything)},
        "sources": sources(asked).as_json(),
        "start": asked.start,
        "end": asked.end,
        "as_of": AS_OF.format(window=window_text(view)),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _data(media_type: str, body: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(body).decode()}"
