"""Where a row is, as a GeoJSON geometry (RFC 7946): no surer of a place than its source.

A place known to a town's precision is a Point. What is coarser is the circle within which it lies: a pin in its middle
would be taken for a survey. Positions are [longitude, latitude] in degrees, to six decimals (a tenth of a metre).
"""

from collections.abc import Mapping
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any, Final, NamedTuple

from geographiclib.geodesic import Geodesic

from components.catalog.polygons import Ring, read_polygons
from components.export.fields import Value

Geometry = dict[str, Any]
Position = tuple[float, float]
"""Longitude, latitude in degrees. Where a line or a ring goes on past ±180, so does its longitude."""

EARTH_KM: Final = 6371.0088
"""The mean radius (IUGG): distances on this sphere are within 0.6 % of those on the ellipsoid."""
_SPHERE: Final = Geodesic(EARTH_KM * 1000, 0)
POINT_KM: Final = 5.0
SMALLEST_KM: Final = 0.01
"""The radius below which six decimals can draw no circle."""
POINTS: Final = ("site", "town")
"""The precisions that are drawn as a point, up to POINT_KM."""
CORNERS: Final = 48
"""Of a circle: between them its edge is 0.2 % short of the radius."""


class Place(NamedTuple):
    """Somewhere within ``radius_km`` of a point."""

    lat: float
    lon: float
    precision: str
    radius_km: float


def geometry_of(row: Mapping[str, Value]) -> Geometry | None:
    """Return the geometry of a row of a resource; None where no place of it is known, or it has none."""
    if "geometry" in row:
        return area_geometry(str(row["geometry"]))
    if "origin_lat" in row:
        return line_geometry(_place(row, "origin_"), _place(row, "destination_"))
    place = _place(row)
    return place_geometry(place) if place else None


def area_geometry(text: str) -> Geometry:
    """Return an area's outline, WKT in its table: its rings counter-clockwise, its holes clockwise (RFC 7946, 3.1.6).

    >>> area_geometry("POLYGON ((36 33, 36 34, 37 34, 36 33))")["coordinates"]
    [[[36.0, 33.0], [37.0, 34.0], [36.0, 34.0], [36.0, 33.0]]]
    """
    polygons = [
        [[[lon, lat] for lon, lat in _turned(ring, outer=number == 0)] for number, ring in enumerate(polygon)]
        for polygon in read_polygons(text)
    ]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _turned(ring: Ring, outer: bool) -> Ring:
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring if (twice_area > 0) == outer else ring[::-1]


def place_geometry(place: Place) -> Geometry:
    """Return a Point, or the circle of a place that is coarser than a town: see ``circle``.

    >>> place_geometry(Place(33.5, 38.6, "town", 5.0))
    {'type': 'Point', 'coordinates': [38.6, 33.5]}
    """
    fine = place.precision in POINTS and place.radius_km <= POINT_KM
    if fine or place.radius_km < SMALLEST_KM:
        return {"type": "Point", "coordinates": _rounded((place.lon, place.lat))}
    return circle(place)


def circle(place: Place) -> Geometry:
    """Return the circle about a place as a Polygon, its corners at its radius.

    Where it crosses the antimeridian it is cut there into a MultiPolygon (RFC 7946, 3.1.9); where it holds a pole, its
    ring runs along the map's edge. The ring is closed and counter-clockwise (3.1.6).
    """
    step = 360 / CORNERS
    # From due north by way of west, and half a step off it, so that no corner lies behind a pole exactly.
    ring = [_towards(place.lon, place.lat, -(corner + 0.5) * step, place.radius_km) for corner in range(CORNERS)]
    ring = _unwrapped([*ring, ring[0]])
    turn = ring[-1][0] - ring[0][0]
    if abs(turn) > 180:  # it went once around a pole
        return {"type": "Polygon", "coordinates": [_closed(_about_pole(ring, 90.0 if turn > 0 else -90.0))]}
    parts = []
    for world in (-360, 0, 360):
        part = _closed(_clipped(_clipped([(lon - world, lat) for lon, lat in ring], -180, 1), 180, -1))
        if len(part) > 3 and len({lon for lon, _ in part}) > 1:
            parts.append(part)
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts}
    return {"type": "MultiPolygon", "coordinates": [[part] for part in parts]}


def line_geometry(origin: Place | None, target: Place | None) -> Geometry | None:
    """Return the line from ``origin`` to ``target``; of the one that is known, its own geometry; None without any.

    At an end that is coarser than a town the line stops at the edge of its area, as the map's arrows do
    (map/assets/draw/arrows.js), or half-way where that is nearer. Where it crosses the antimeridian it is cut
    there into a MultiLineString (RFC 7946, 3.1.9).

    >>> line_geometry(Place(33.5, 38.6, "site", 0.5), Place(32.0, 36.0, "town", 5.0))
    {'type': 'LineString', 'coordinates': [[38.6, 33.5], [36.0, 32.0]]}
    """
    if not origin or not target:
        place = origin or target
        return place_geometry(place) if place else None
    course = _SPHERE.Inverse(origin.lat, origin.lon, target.lat, target.lon)
    km = course["s12"] / 1000
    begin = _towards(origin.lon, origin.lat, course["azi1"], min(_edge(origin), 0.4 * km))
    end = _towards(target.lon, target.lat, course["azi2"] + 180, min(_edge(target), 0.5 * km))
    parts = [part for part in _cut(*_unwrapped([begin, end])) if part[0] != part[1]]
    if not parts:  # both ends are one place
        return place_geometry(max(origin, target, key=lambda place: place.radius_km))
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def positions(geometry: Geometry | None) -> list[list[float]]:
    """Return all positions of a geometry, whatever it is."""
    if geometry is None:
        return []
    found: list[Any] = [geometry["coordinates"]]
    while isinstance(found[0][0], list):
        found = [inner for outer in found for inner in outer]
    return found


def _place(row: Mapping[str, Value], prefix: str = "") -> Place | None:
    lat, lon, radius = (row.get(f"{prefix}{column}") for column in ("lat", "lon", "radius_km"))
    if not isinstance(lat, float) or not isinstance(lon, float) or not isinstance(radius, float):
        return None
    return Place(lat, lon, str(row.get(f"{prefix}precision")), radius)


def _edge(place: Place) -> float:
    return 0.0 if place.precision in POINTS else place.radius_km


def _towards(lon: float, lat: float, bearing: float, km: float) -> Position:
    """Return where one comes to from a position after ``km`` along a great circle that sets out on ``bearing``.

    As geographiclib's Direct does, which takes 25 times as long: a circle asks for 48 corners.
    """
    if not km:
        return lon, lat
    far, phi, theta = km / EARTH_KM, radians(lat), radians(bearing)
    there = sin(phi) * cos(far) + cos(phi) * sin(far) * cos(theta)
    x, y = cos(phi) * cos(far) - sin(phi) * sin(far) * cos(theta), sin(far) * sin(theta)
    return lon + degrees(atan2(y, x)), degrees(atan2(there, hypot(x, y)))


def _unwrapped(line: list[Position]) -> list[Position]:
    """Return a line whose longitudes nowhere jump: each is the nearest to the one before, past ±180 too."""
    lon = line[0][0] - 360 * round(line[0][0] / 360)
    out = [(lon, line[0][1])]
    for here, lat in line[1:]:
        lon = here - 360 * round((here - lon) / 360)
        out.append((lon, lat))
    return out


def _about_pole(ring: list[Position], pole: float) -> list[Position]:
    """Return the ring of what lies between a line around a pole and the map's edge at that pole."""
    line = sorted((lon - 360 * round(lon / 360), lat) for lon, lat in ring[1:])
    edge = _at(line[-1], (line[0][0] + 360, line[0][1]), 180)[1]
    whole = [(-180.0, edge), *line, (180.0, edge), (180.0, pole), (-180.0, pole), (-180.0, edge)]
    return whole if pole > 0 else whole[::-1]


def _clipped(ring: list[Position], edge: float, side: int) -> list[Position]:
    """Return the part of a ring east (``side`` 1) or west (-1) of a meridian, after Sutherland and Hodgman."""
    kept: list[Position] = []
    for before, here in pairwise(ring):
        inside, was = side * (here[0] - edge) >= 0, side * (before[0] - edge) >= 0
        if inside != was:
            kept.append(_at(before, here, edge))
        if inside:
            kept.append(here)
    return [*kept, kept[0]] if kept else []


def _cut(begin: Position, end: Position) -> list[list[list[float]]]:
    """Return a line of two positions in the parts that the antimeridian makes of it."""
    edge = 180.0 if end[0] > 180 else -180.0
    if abs(end[0]) <= 180:
        return [[_rounded(begin), _rounded(end)]]
    lat = _at(begin, end, edge)[1]
    beyond = (end[0] - 2 * edge, end[1])
    return [[_rounded(begin), _rounded((edge, lat))], [_rounded((-edge, lat)), _rounded(beyond)]]


def _at(before: Position, after: Position, lon: float) -> Position:
    """Return where the line between two positions crosses a meridian."""
    share = (lon - before[0]) / (after[0] - before[0])
    return lon, before[1] + share * (after[1] - before[1])


def _closed(ring: list[Position]) -> list[list[float]]:
    """Return a closed ring rounded, without positions that then stand twice in a row."""
    rounded = [_rounded(position) for position in ring]
    out = [position for before, position in pairwise(rounded) if before != position]
    return [*out, out[0]] if out else []


def _rounded(position: Position) -> list[float]:
    # Adding zero makes -0.0 what it is.
    return [round(position[0], 6) + 0.0, round(position[1], 6) + 0.0]
