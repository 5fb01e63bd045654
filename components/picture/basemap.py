"""What lies under the rows: the vector basemap, and the names of countries, governorates and towns."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from components.map.payload import basemap_document
from components.picture.canvas import Canvas
from components.picture.labels import Labels
from components.picture.palette import BORDER, GOVERNORATE, LABEL, LAND, NOWHERE, RIVER, WATER
from components.picture.projection import Frame, Points, world
from components.picture.text import Style

TOWN_ZOOM: Final = ((300_000, 5.0), (100_000, 6.5), (40_000, 7.5), (0, 8.5))
"""From which zoom on towns of a population are named."""
STRAY: Final = 120
"""CSS pixels that a country's name may stand off its middle, from STRAY_ZOOM on; less from further off, where it would
soon stand in another country."""
STRAY_ZOOM: Final = 6.5


class Name(NamedTuple):
    """A name that the gazetteer knows."""

    text: str
    kind: str
    population: int
    x: float
    y: float
    """In the world's square."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A data folder's basemap: polygons and lines by layer, in the world's square of 256 units."""

    areas: Mapping[str, tuple[tuple[Points, ...], ...]]
    """By layer, polygons: an outer ring and its holes."""
    lines: Mapping[str, tuple[Points, ...]]
    names: tuple[Name, ...]
    """Countries first, then by population."""


def basemap_of(folder: Path) -> Ground:
    """Return the basemap of a data folder; an empty one where it has none."""
    document = basemap_document(folder)
    return _ground(document.name, document.parts["json"].body)


@lru_cache(maxsize=4)
def _ground(name: str, body: bytes) -> Ground:  # noqa: ARG001 (equal names are equal bodies: a quick key)
    content = json.loads(body)
    areas, lines = {}, {}
    for layer, geojson in content["layers"].items():
        try:
            shapes = [feature.get("geometry") or {} for feature in geojson["features"]]
            drawn = tuple(polygon for shape in shapes for polygon in _polygons(shape))
            lines[layer] = tuple(line for shape in shapes for line in _lines(shape))
        except (AttributeError, IndexError, TypeError, ValueError):
            continue  # no GeoJSON: the picture does without, as the map does
        areas[layer] = drawn
    names = tuple(
        Name(label["name"], label["kind"], label["population"], *world(label["lat"], label["lon"]).tolist())
        for label in content["labels"]
    )
    return Ground(areas, lines, names)


def _polygons(shape: Mapping[str, Any]) -> Iterator[tuple[Points, ...]]:
    found = shape.get("coordinates", [])
    for polygon in {"Polygon": [found], "MultiPolygon": found}.get(str(shape.get("type")), []):
        yield tuple(_points(ring) for ring in polygon)


def _lines(shape: Mapping[str, Any]) -> Iterator[Points]:
    found = shape.get("coordinates", [])
    for line in {"LineString": [found], "MultiLineString": found}.get(str(shape.get("type")), []):
        points = _points(line)
        if len(points) > 1 and (points != points[0]).any():  # else it goes nowhere, and would be drawn as a dot
            yield points


def _points(coordinates: list[list[float]]) -> Points:
    degrees = np.array([pair[:2] for pair in coordinates], dtype=float).reshape(-1, 2)
    return world(degrees[:, 1], degrees[:, 0])


def draw_basemap(canvas: Canvas, frame: Frame, ground: Ground) -> None:
    """Draw land, lakes, rivers and borders; where the land's layer ends, nothing is known."""
    middle, scale = world(frame.lat, frame.lon), 2**frame.zoom

    def placed(points: Points) -> Points:
        moved: Points = (points - middle) * scale + (frame.width / 2, frame.height / 2)
        return moved

    land = [rings for rings in ground.areas.get("land", ()) if rings and len(rings[0])]
    canvas.box(0, 0, frame.width, frame.height, NOWHERE if land else WATER)
    if land:
        every = placed(np.concatenate([rings[0] for rings in land]))
        (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
        canvas.area([(left, top), (right, top), (right, bottom), (left, bottom)], WATER)
    for layer, colour, hole in (("land", LAND, WATER), ("lakes", WATER, LAND)):
        for rings in ground.areas.get(layer, ()):
            for number, ring in enumerate(rings):
                canvas.area(placed(ring), hole if number else colour)
    for line in ground.lines.get("rivers", ()):
        canvas.line(placed(line), 1, RIVER)
    for line in ground.lines.get("governorates", ()):
        canvas.dashes(placed(line), 1, GOVERNORATE, (3, 3))
    for line in ground.lines.get("borders", ()):
        canvas.line(placed(line), 1.1, BORDER)


def name_basemap(canvas: Canvas, frame: Frame, labels: Labels, names: Iterable[Name]) -> None:
    """Name countries, governorates and towns, where there is room left."""
    middle, scale = world(frame.lat, frame.lon), 2**frame.zoom
    spaced = Style(13, LABEL, 600, halo=LAND, spacing=4)
    stray = STRAY * min(1.0, 2 ** (frame.zoom - STRAY_ZOOM))
    italic, plain = Style(11.5, LABEL, italic=True, halo=LAND), Style(11.5, LABEL, halo=LAND)
    for name in names:
        x, y = (float(n) for n in (np.array((name.x, name.y)) - middle) * scale + (frame.width / 2, frame.height / 2))
        if not frame.holds(x, y, 0):
            continue
        if name.kind == "country":
            if 4 <= frame.zoom < 9:
                labels.centred(name.text.upper(), x, y, spaced, stray)
        elif name.kind == "governorate":
            if frame.zoom >= 7.5:
                labels.centred(name.text, x, y, italic)
        else:
            begin = next(zoom for people, zoom in TOWN_ZOOM if name.population >= people)
            if frame.zoom >= begin and labels.beside(name.text, x, y, plain, gap=5):
                canvas.disc(x, y, 1.8, LABEL)
