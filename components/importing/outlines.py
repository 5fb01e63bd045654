"""Outlines of other people's areas → the polygons of areas.csv: closed, and simplified where they are too fine."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from components.catalog.polygons import MOST_POINTS, Polygon, PolygonsError, Ring, read_polygons, write_polygons
from components.importing.report import Report

FINEST: Final = 1 / 2000
"""Of an area's extent: no map of it shows more, so that simplifying begins there."""


def outline(parts: Sequence[Any], report: Report, line: int) -> str:
    """Return polygons, each a list of rings of positions (longitude, latitude, …), as WKT.

    "" for what is none, which the report counts; it says too what was simplified.
    """
    try:
        polygons = tuple(tuple(_ring(ring) for ring in part) for part in parts if part)
        if not polygons:
            raise PolygonsError("has no polygon", "")
        finer, points = polygons, _count(polygons)
        tolerance = _extent(polygons) * FINEST
        while _count(polygons) > MOST_POINTS:
            polygons = tuple(_simplified(finer, tolerance))
            tolerance *= 2
        text = write_polygons(polygons)
        read_polygons(text)
    except (PolygonsError, TypeError, ValueError, IndexError) as error:
        what = error.what if isinstance(error, PolygonsError) else "has no positions"
        report.note(f"left out: its outline {what}", [line])
        return ""
    if _count(polygons) < points:
        report.note(f"outline simplified, as it had more than {MOST_POINTS:,} points", [line])
    return text


def _ring(positions: Iterable[Sequence[Any]]) -> Ring:
    ring = tuple((float(position[0]), float(position[1])) for position in positions)
    return ring if ring[0] == ring[-1] else (*ring, ring[0])


def _count(polygons: Iterable[Polygon]) -> int:
    return sum(len(ring) for polygon in polygons for ring in polygon)


def _extent(polygons: Iterable[Polygon]) -> float:
    points = [point for polygon in polygons for ring in polygon for point in ring]
    return max(max(values) - min(values) for values in zip(*points, strict=True)) or 1.0


def _simplified(polygons: Iterable[Polygon], tolerance: float) -> Iterable[Polygon]:
    """Return polygons without points nearer than ``tolerance`` to the one before, and without rings that vanish so."""
    for polygon in polygons:
        rings = [_thinned(ring, tolerance) for ring in polygon]
        if len(rings[0]) >= 4:
            yield (rings[0], *(ring for ring in rings[1:] if len(ring) >= 4))


def _thinned(ring: Ring, tolerance: float) -> Ring:
    kept = [ring[0]]
    for point in ring[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= tolerance:
            kept.append(point)
    return (*kept, ring[0])
