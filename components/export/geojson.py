"""A resource's rows as a GeoJSON FeatureCollection (RFC 7946).

A feature's properties are its row; a place's precision and radius stay beside it, its geometry is as sure as they are.
The foreign members (6.1) ``laydown`` and ``sources`` say where the file is from and what its rows rest on.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from components.export.geometry import geometry_of, positions
from components.export.resources import RESOURCES, Resource
from components.export.rows import Row
from components.view.on_view import OnView
from components.view.provenance import Provenance


def geojson_of(resource: Resource, on_view: OnView, about: Provenance) -> bytes:
    """Return what is on view of ``resource`` as GeoJSON, a feature a line. What lies nowhere known has no geometry."""
    features: list[str] = []
    cited: set[Any] = set()
    box = _Box()
    for row in resource.listing(on_view).each():
        geometry = geometry_of(row)
        box.add(positions(geometry))
        cited.update(row["sources"] if isinstance(row["sources"], list) else ())
        properties = {field.name: row[field.name] for field in resource.fields}
        feature = {"type": "Feature", "id": feature_id(row), "geometry": geometry, "properties": properties}
        features.append(_text(feature))
    sources = [row for row in RESOURCES["sources"].listing(on_view).each() if row["id"] in cited]
    whole = {"type": "FeatureCollection", "laydown": asdict(about), "sources": sources, **box.member()}
    return "".join((_text(whole)[:-1], ', "features": [\n', ",\n".join(features), "\n]}\n")).encode()


def feature_id(row: Row) -> str:
    """Return what tells a row from all others of its resource: its id, its site, or the force at its site."""
    if "id" in row:
        return str(row["id"])
    return f"{row['site']}/{row['force']}" if "force" in row else str(row["site"])


class _Box:
    """The bounding box (RFC 7946, 5) of all that is added.

    It does not cross the antimeridian: what lies on both sides of it was cut there, and so spans all longitudes.
    """

    def __init__(self) -> None:
        self._sides: list[float] = []

    def add(self, added: Iterable[list[float]]) -> None:
        """Make room for positions."""
        for lon, lat in added:
            west, south, east, north = self._sides or (lon, lat, lon, lat)
            self._sides = [min(west, lon), min(south, lat), max(east, lon), max(north, lat)]

    def member(self) -> dict[str, list[float]]:
        """Return the member ``bbox``, or none where nothing has a place."""
        return {"bbox": self._sides} if self._sides else {}


def _text(value: object) -> str:
    return json.dumps(value, allow_nan=False, ensure_ascii=False)
