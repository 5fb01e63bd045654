"""The downloads: one table of their names, formats and limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from components.catalog.opened import opened_data
from components.export.datapackage import folder_files, zipped
from components.export.geojson import geojson_of
from components.export.kml import kml_of
from components.export.resources import RESOURCES
from components.export.spreadsheet import csv_of
from components.export.standalone import standalone
from components.export.workbook import workbook_of
from components.picture.picture import print_map
from components.picture.trends import trends_png
from components.view.on_view import OnView
from components.view.provenance import Provenance

MAX_ROWS: Final = 100_000
"""Rows of a file, of all its resources together."""
MAX_STANDALONE: Final = 50_000
"""Rows of a stand-alone page, on view or not: it takes a browser some 40 MB."""
MAX_PLACEMARKS: Final = 20_000
"""Rows of a KML file: with more Google Earth hardly moves."""


class TooManyRowsError(Exception):
    """More rows are on view than a file may hold; the message says so to the client."""

    def __init__(
        self, rows: int, allowed: int, mend: str = "Narrow the window or add a filter, or page through the API."
    ) -> None:
        super().__init__(f"{rows:,} rows are too many: this file holds at most {allowed:,}. {mend}")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of download."""

    label: str
    """What people are shown: "Incidents, CSV"."""
    what: str
    """What its own name says is inside; "": all that is on view."""
    ending: str
    media_type: str
    build: Callable[[OnView, Provenance], bytes]
    resources: tuple[str, ...] = ()
    """Those whose rows it holds, of which there may be no more than ``most`` together."""
    most: int = MAX_ROWS
    whole: bool = False
    """Whether it is of all the data, whatever is on view."""

    def made(self, on_view: OnView, about: Provenance) -> bytes:
        """Return the file of what is on view; raise TooManyRowsError where that is more than it may hold."""
        rows = sum(RESOURCES[name].listing(on_view).total for name in self.resources)
        if rows > self.most:
            raise TooManyRowsError(rows, self.most)
        return self.build(on_view, about)


def _csv(name: str) -> FileKind:
    media_type = "text/csv; charset=utf-8; header=present"
    return FileKind(f"{name.capitalize()}, CSV", name, "csv", media_type, partial(csv_of, RESOURCES[name]), (name,))


def _geojson(name: str) -> FileKind:
    build = partial(geojson_of, RESOURCES[name])
    return FileKind(f"{name.capitalize()}, GeoJSON", name, "geojson", "application/geo+json", build, (name,))


def _whole_map(on_view: OnView, about: Provenance) -> bytes:
    """Return the stand-alone page: it holds the rows that are not on view too, as its timeline moves."""
    rows = sum(len(on_view.catalog.tables[name]) for name in ("sites", "incidents", "movements"))
    if rows > MAX_STANDALONE:
        mend = "It takes along all there are, as its timeline moves: share the link or the embed instead."
        raise TooManyRowsError(rows, MAX_STANDALONE, mend)
    return standalone(on_view, about)


def _printed(on_view: OnView, about: Provenance) -> bytes:
    return print_map(on_view, about.link, datetime.now(UTC).date())


def _trends(on_view: OnView, about: Provenance) -> bytes:
    return trends_png(on_view, about.link)


_PLACED: Final = ("sites", "incidents", "movements", "changes", "posture", "areas")


def _folder(on_view: OnView, about: Provenance) -> bytes:
    opened = opened_data().of(on_view.catalog.folder)
    return opened.archive if opened else zipped(folder_files(on_view.catalog, about.link.partition("?")[0]))


_TIMED: Final = ("sites", "areas", "incidents", "movements")
_UNPLACED: Final = ("strengths", "counts", "claims", "sources")
_KML: Final = "application/vnd.google-earth.kml+xml"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FILES: Final[Mapping[str, FileKind]] = {
    **{f"{name}.csv": _csv(name) for name in (*_PLACED, *_UNPLACED, "trends")},
    **{f"{name}.geojson": _geojson(name) for name in _PLACED},
    "view.kml": FileKind(
        "Everything with times, KML", "", "kml", _KML, kml_of, (*_PLACED[:3], "areas"), MAX_PLACEMARKS
    ),
    "view.xlsx": FileKind("Everything, Excel", "", "xlsx", _XLSX, workbook_of, (*_PLACED[:4], *_UNPLACED)),
    "view.html": FileKind("Offline map (one file), HTML", "", "html", "text/html; charset=utf-8", _whole_map),
    "trends.png": FileKind("Trends, PNG", "trends", "png", "image/png", _trends),
    "view.png": FileKind("Map for print, PNG", "", "png", "image/png", _printed),
    "data.zip": FileKind(
        "All the data, whatever is on view, ZIP", "data", "zip", "application/zip", _folder, whole=True
    ),
}
"""By the name that stands in its address."""
