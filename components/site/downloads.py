"""The files of a static site: of all the data in each format, and of each page's rows as tables."""

from typing import Final, NamedTuple

from components.catalog.catalog import Catalog
from components.export.datapackage import Part, zipped
from components.export.files import FILES
from components.export.resources import RESOURCES
from components.view.citation import view_link
from components.view.extent import extent
from components.view.on_view import OnView, on_view
from components.view.provenance import provenance
from components.view.view import View
from components.view.wording import capital, listed

TABLES: Final = ("incidents.csv", "movements.csv", "changes.csv")
"""Of files.FILES, those of a page's own rows."""
GEOJSON: Final = ("incidents.geojson", "movements.geojson", "changes.geojson")


class Download(NamedTuple):
    """A file to be had."""

    name: str
    """Its address from the site's root."""
    label: str
    media_type: str
    body: bytes


def whole(catalog: Catalog, url: str) -> list[Download]:
    """Return the files of all the data: as a spreadsheet, for Google Earth, for GIS, and the data folder itself."""
    everything = on_view(catalog, View(*extent(catalog)))
    kml = FILES["view.kml"]
    return [
        Download("files/everything.xlsx", "Excel", FILES["view.xlsx"].media_type, _made(everything, "view.xlsx", url)),
        Download(
            "files/everything.kmz",
            "KML, zipped",
            kml.media_type.replace("kml+xml", "kmz"),
            zipped([Part("doc.kml", _made(everything, "view.kml", url))]),
        ),
        Download(
            "files/geojson.zip",
            "GeoJSON, zipped",
            "application/zip",
            zipped(Part(name, _made(everything, name, url)) for name in GEOJSON),
        ),
        Download("files/data.zip", "The data folder, CSV", "application/zip", _made(everything, "data.zip", url)),
    ]


def tables(asked: OnView, name: str, url: str) -> list[Download]:
    """Return the file of a page's rows, those tables that have any; none where there are no rows."""
    names = {table.partition(".")[0]: table for table in TABLES}
    held = {what: table for what, table in names.items() if RESOURCES[what].listing(asked).total}
    if not held:
        return []
    body = zipped(Part(table, _made(asked, table, url)) for table in held.values())
    return [Download(name, f"{capital(listed([*held]))}, CSV", "application/zip", body)]


def _made(asked: OnView, name: str, url: str) -> bytes:
    link = view_link(asked.catalog, asked.view, url) if url else ""
    return FILES[name].made(asked, provenance(asked.catalog, asked.view, link))
