"""Vectors in files: the features of GeoJSON and of shapefiles, as rings, lines and points."""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ring = npt.NDArray[np.float64]
"""Rows of longitude and latitude."""


class Shape(NamedTuple):
    """A feature: what it is called and where it lies."""

    properties: Mapping[str, Any]
    """Names in small letters."""
    polygons: tuple[tuple[Ring, ...], ...] = ()
    """Each an outer ring and its holes, closed."""
    lines: tuple[Ring, ...] = ()
    point: tuple[float, float] | None = None
    """Longitude and latitude."""


def read_shapes(path: Path) -> Iterator[Shape]:
    """Yield the features of a GeoJSON file or a shapefile; ValueError, with the file's name, where it is neither."""
    try:
        yield from (_shapefile(path) if path.suffix == ".shp" else _geojson(path))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error


def _geojson(path: Path) -> Iterator[Shape]:
    content = json.loads(path.read_text(encoding="utf-8"))
    for feature in content["features"]:
        properties = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
        shape: Mapping[str, Any] = feature.get("geometry") or {}
        kind, found = shape.get("type"), shape.get("coordinates") or []
        if kind in ("Polygon", "MultiPolygon"):
            polygons = [found] if kind == "Polygon" else found
            yield Shape(properties, tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons))
        elif kind in ("LineString", "MultiLineString"):
            yield Shape(properties, lines=tuple(_ring(line) for line in ([found] if kind == "LineString" else found)))
        elif kind == "Point":
            yield Shape(properties, point=(float(found[0]), float(found[1])))


def _ring(coordinates: Sequence[Sequence[float]]) -> Ring:
    return np.array([pair[:2] for pair in coordinates], dtype=float).reshape(-1, 2)


_POINTS, _LINES, _POLYGONS = (1, 11, 21), (3, 13, 23), (5, 15, 25)
"""The types of a shapefile's records, plain, with heights, with measures."""


def _shapefile(path: Path) -> Iterator[Shape]:
    """Yield the features of a shapefile: https://www.esri.com/library/whitepapers/pdfs/shapefile.pdf."""
    content = path.read_bytes()
    if len(content) < 100 or content[:4] != b"\x00\x00\x27\x0a":
        raise ValueError("it is no shapefile")
    table = path.with_suffix(".dbf")
    rows = _dbf(table.read_bytes()) if table.exists() else iter(())
    at = 100
    while at + 12 <= len(content):
        (length,) = struct.unpack(">i", content[at + 4 : at + 8])
        record, at = content[at + 8 : at + 8 + 2 * length], at + 8 + 2 * length
        (kind,) = struct.unpack("<i", record[:4])
        properties = next(rows, {})
        if kind in _POINTS:
            x, y = struct.unpack("<2d", record[4:20])
            yield Shape(properties, point=(x, y))
        elif kind in (*_LINES, *_POLYGONS):
            parts = _parts(record)
            yield Shape(properties, lines=parts) if kind in _LINES else Shape(properties, _grouped(parts))


def _parts(record: bytes) -> tuple[Ring, ...]:
    count, points = struct.unpack("<2i", record[36:44])
    starts = np.frombuffer(record, "<i4", count, 44).tolist()
    every = np.frombuffer(record, "<f8", 2 * points, 44 + 4 * count).reshape(-1, 2)
    return tuple(every[start:end] for start, end in zip(starts, [*starts[1:], points], strict=True))


def _grouped(rings: Sequence[Ring]) -> tuple[tuple[Ring, ...], ...]:
    """Return rings as polygons: those that run clockwise are outer ones, the others holes in one that holds them."""
    outer = [[ring] for ring in rings if area(ring) < 0]
    for ring in rings:
        if area(ring) >= 0:
            about = next((polygon for polygon in outer if holds(polygon[0], ring[0])), None)
            if about:
                about.append(ring)
            else:
                outer.append([ring])
    return tuple(tuple(polygon) for polygon in outer)


def _dbf(content: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a dBase table, blanks as None; numbers stay text."""
    count, begin, size = struct.unpack("<IHH", content[4:12])
    fields, at = [], 1
    for field in range(32, begin - 1, 32):
        if content[field] == 0x0D:
            break
        name = content[field : field + 11].split(b"\0")[0].decode("ascii").lower()
        fields.append((name, content[field + 11 : field + 12], at, at + content[field + 16]))
        at += content[field + 16]
    for number in range(count):
        row = content[begin + number * size : begin + (number + 1) * size]
        cells = {name: row[first:last].decode("utf-8", "replace").strip("\0 ") for name, _, first, last in fields}
        numbers = {name for name, kind, *_ in fields if kind in (b"N", b"F")}
        yield {
            name: (float(cell) if name in numbers and cell.strip("*") else cell) or None for name, cell in cells.items()
        }


def holds(ring: Ring, point: npt.NDArray[np.float64]) -> bool:
    """Return whether a point lies within a closed ring."""
    x, y = point
    here, there = ring[:-1], ring[1:]
    across = (here[:, 1] > y) != (there[:, 1] > y)
    rise = np.where(across, there[:, 1] - here[:, 1], 1)
    east = x < (there[:, 0] - here[:, 0]) * (y - here[:, 1]) / rise + here[:, 0]
    return bool(np.count_nonzero(across & east) % 2)


def area(ring: Ring) -> float:
    """Return a ring's area in square degrees, negative where it runs clockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)
