"""What can leave as a file: the one table of their names, forms and limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from components.export.about import About
from components.export.geojson import geojson_of
from components.export.kml import kml_of
from components.export.resources import RESOURCES, OnView
from components.export.spreadsheet import csv_of
from components.export.workbook import workbook_of

MAX_ROWS: Final = 100_000
"""Rows of a file, of all its resources together."""
MAX_PLACEMARKS: Final = 20_000
"""Rows of a KML file: with more Google Earth hardly moves."""


class TooManyRowsError(Exception):
    """More is on view than a file may hold: what to tell who asked for it."""

    def __init__(self, rows: int, allowed: int) -> None:
        super().__init__(
            f"{rows:,} rows are on view, and this file holds at most {allowed:,}. "
            "Narrow the window or add a filter, or page through the API."
        )


@dataclass(frozen=True, slots=True)
class FileKind:
    """A file that can leave."""

    label: str
    """What people are shown: "Incidents, CSV"."""
    what: str
    """What its own name says is inside; "": all that is on view."""
    ending: str
    media_type: str
    build: Callable[[OnView, About], bytes]
    resources: tuple[str, ...] = ()
    """Those whose rows it holds, of which there may be no more than ``most`` together."""
    most: int = MAX_ROWS

    def made(self, shown: OnView, about: About) -> bytes:
        """Return the file of what is on view; raise TooManyRowsError where that is more than it may hold."""
        rows = sum(RESOURCES[name].listing(shown).total for name in self.resources)
        if rows > self.most:
            raise TooManyRowsError(rows, self.most)
        return self.build(shown, about)


def _csv(name: str) -> FileKind:
    media_type = "text/csv; charset=utf-8; header=present"
    return FileKind(f"{name.capitalize()}, CSV", name, "csv", media_type, partial(csv_of, RESOURCES[name]), (name,))


def _geojson(name: str) -> FileKind:
    build = partial(geojson_of, RESOURCES[name])
    return FileKind(f"{name.capitalize()}, GeoJSON", name, "geojson", "application/geo+json", build, (name,))


_PLACED: Final = ("sites", "incidents", "movements", "changes", "posture")
_KML: Final = "application/vnd.google-earth.kml+xml"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FILES: Final[Mapping[str, FileKind]] = {
    **{f"{name}.csv": _csv(name) for name in (*_PLACED, "sources")},
    **{f"{name}.geojson": _geojson(name) for name in _PLACED},
    "view.kml": FileKind("Google Earth, KML", "", "kml", _KML, kml_of, _PLACED[:3], MAX_PLACEMARKS),
    "view.xlsx": FileKind("Excel workbook", "", "xlsx", _XLSX, workbook_of, (*_PLACED[:4], "sources")),
}
"""By the name that stands in its address."""
