"""What lies under the rows: the vector basemap, and the names of countries, governorates and towns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from components.catalog.basemap import read_basemap, with_basemap
from components.catalog.catalog import Signature
from components.catalog.longitudes import turns
from components.map.style import STYLE, Style
from components.picture.canvas import Canvas
from components.picture.projection import Frame, Points
from components.picture.scene import Scene
from components.view.home import world

WORLD: Final = 256
"""The width of the world's square."""


class Name(NamedTuple):
    """A name that the gazetteer knows."""

    text: str
    kind: str
    population: int
    x: float
    y: float
    """In the world's square."""


@dataclass(frozen=True, slots=True)
class ProjectedBasemap:
    """A data folder's basemap: polygons and lines by layer, in the world's square of 256 units."""

    areas: Mapping[str, tuple[tuple[Points, ...], ...]]
    """By layer, polygons: an outer ring and its holes."""
    lines: Mapping[str, tuple[Points, ...]]
    names: tuple[Name, ...]
    """Countries first, then by population."""
    world: bool
    """Whether it is the world's: see catalog/basemap.py."""


def basemap_of(folder: Path) -> ProjectedBasemap:
    """Return the basemap of a data folder; an empty one where it has none."""
    return with_basemap(folder, _read)


@lru_cache(maxsize=4)
def _read(folder: Path, found: Signature) -> ProjectedBasemap:
    basemap = read_basemap(folder, found)
    areas, lines = {}, {}
    for layer, geojson in basemap.layers.items():
        try:
            shapes = [feature.get("geometry") or {} for feature in geojson["features"]]
            drawn = tuple(polygon for shape in shapes for polygon in _polygons(shape))
            lines[layer] = tuple(line for shape in shapes for line in _lines(shape))
        except (AttributeError, IndexError, TypeError, ValueError):
            continue  # no GeoJSON: the picture does without, as the map does
        areas[layer] = drawn
    names = tuple(
        Name(label.name, label.kind, label.population, *world(label.lat, label.lon).tolist())
        for label in basemap.labels
    )
    return ProjectedBasemap(areas, lines, names, basemap.world)


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


def draw_basemap(canvas: Canvas, frame: Frame, basemap: ProjectedBasemap, style: Style = STYLE) -> None:
    """Draw land, lakes, rivers and borders; where the land's layer ends, nothing is known, unless it is the world's."""
    land = [rings for rings in basemap.areas.get("land", ()) if rings and len(rings[0])]
    palette = style.palettes["light"]
    bounded = land and not basemap.world
    canvas.box(0, 0, frame.width, frame.height, palette.nowhere if bounded else palette.water)
    drawn = [rings[0] for layer in basemap.areas.values() for rings in layer if rings] + [
        points for layer in basemap.lines.values() for points in layer
    ]
    edges = [(points[:, 0].min(), points[:, 0].max()) for points in drawn if len(points)]
    if not edges:
        return
    middle, half = world(frame.lat, frame.lon), frame.width / 2 ** (frame.zoom + 1)
    sides = (min(edge[0] for edge in edges), max(edge[1] for edge in edges), middle[0] - half, middle[0] + half)
    for turn in turns(*(float(side) * 360 / WORLD for side in sides)):
        _draw_turn(canvas, frame, basemap, style, middle - (turn * WORLD, 0), land if bounded else [])


def _draw_turn(
    canvas: Canvas,
    frame: Frame,
    basemap: ProjectedBasemap,
    style: Style,
    middle: Points,
    land: list[tuple[Points, ...]],
) -> None:
    """Draw the basemap once, as seen from ``middle``: in the world's square, or turns of the world off it."""
    palette, lines, scale = style.palettes["light"], style.basemap, 2**frame.zoom
    size = np.array((frame.width, frame.height))

    def placed(points: Points) -> Points:
        moved: Points = (points - middle) * scale + size / 2
        return moved

    def seen(points: Points) -> bool:
        return bool((points.min(axis=0) < size).all() and (points.max(axis=0) > 0).all())

    if land:
        every = placed(np.concatenate([rings[0] for rings in land]))
        (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
        canvas.area([(left, top), (right, top), (right, bottom), (left, bottom)], palette.water)
    for layer, colour, hole in (("land", palette.land, palette.water), ("lakes", palette.water, palette.land)):
        for rings in basemap.areas.get(layer, ()):
            for number, ring in enumerate(rings):
                if len(ring) and seen(points := placed(ring)):
                    canvas.area(points, hole if number else colour)
    for layer, line, colour in (
        ("rivers", lines.river, palette.river),
        ("governorates", lines.governorate, palette.governorate),
        ("borders", lines.border, palette.border),
        ("disputed", lines.disputed, palette.border),
    ):
        for points in basemap.lines.get(layer, ()):
            canvas.thin(placed(points), line, colour)


def name_basemap(scene: Scene, names: Iterable[Name]) -> None:
    """Name countries, governorates and towns, where there is room left."""
    frame, labels, style, label = scene.frame, scene.labels, scene.style.basemap, scene.palette.label
    middle, scale = world(frame.lat, frame.lon), 2**frame.zoom
    country, governorate, town = (scene.text(font, label) for font in ("country", "area", "plain"))
    first, past = style.country_zooms
    stray = style.country_stray * min(1.0, 2 ** (frame.zoom - style.stray_zoom))
    for name in names:
        # Of all turns of the world the one that is nearest to what is looked at.
        across = name.x - WORLD * round((name.x - middle[0]) / WORLD)
        x, y = (float(n) for n in (np.array((across, name.y)) - middle) * scale + (frame.width / 2, frame.height / 2))
        if not frame.holds(x, y, 0):
            continue
        if name.kind == "country":
            if first <= frame.zoom < past:
                labels.centred(name.text.upper(), x, y, country, stray)
        elif name.kind == "governorate":
            if frame.zoom >= style.governorate_zoom:
                labels.centred(name.text, x, y, governorate)
        else:
            near = any(name.population >= people and frame.zoom >= zoom for people, zoom in style.town_zooms)
            if near and labels.beside(name.text, x, y, town, style.town_gap) == "beside":
                scene.dot(x, y)
