"""Natural Earth's files, as GeoJSON or shapefiles → a base map as a data folder brings one, whole or cut to a box.

Files are known by Natural Earth's names, such as ``ne_10m_land.shp``; see SOURCES. Lines that are no agreed
international boundary go into a layer of their own, which is drawn dashed.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from components.catalog.clipping import Rectangle, clip_line, clip_ring, fine
from components.catalog.longitudes import seam, unrolled
from components.catalog.names import fold
from components.catalog.vectors import Ring, Shape, area, holds, read_shapes

SCALES: Final = ("10m", "50m", "110m")
"""Natural Earth's, the most detailed first: 1:10 million to 1:110 million."""
SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "land": ("land",),
    "lakes": ("lakes",),
    "rivers": ("rivers_lake_centerlines",),
    "governorates": ("admin_1_states_provinces_lines",),
    "borders": ("admin_0_boundary_lines_land",),
    "disputed": ("admin_0_boundary_lines_land", "admin_0_boundary_lines_disputed_areas"),
    "names": ("admin_0_countries", "populated_places_simple"),
}
"""By layer of the base map, the files that it is made of, without scale and ending."""
WHOLE: Final = ("land", "lakes", "borders", "disputed", "names")
"""The layers of a map of the whole world."""
NEEDED: Final = ("land", "borders")
_ENDINGS: Final = (".geojson", ".json", ".shp")
_AGREED: Final = "international boundary"
"""How the class of a line begins about which nobody disputes."""
_RENAMED: Final = {"Macedonia": "North Macedonia", "Swaziland": "Eswatini", "eSwatini": "Eswatini"}
"""Countries that have other names since some versions of Natural Earth."""
MARGIN: Final = 0.25
"""About a country, as a part of its larger side: what lies around it."""
_KM: Final = 111.2
"""To a degree of latitude."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How fine a base map is."""

    layers: tuple[str, ...]
    digits: int
    """Of degrees."""
    tolerance: float
    """How far a line may lie off, in degrees."""
    scales: tuple[str, ...] = SCALES
    """Which files are taken, the first that there is."""


DETAILED: Final = Drawing(tuple(SOURCES), 3, 0.002)
WORLD: Final = Drawing(WHOLE, 2, 0.012, ("50m",))


class NoSuchPlaceError(ValueError):
    """A place that no country of Natural Earth is called, nor is a point and a distance."""


def around(text: str, countries: Iterable[Shape]) -> Rectangle:
    """Return the stretch about a country, or of ``latitude,longitude,km``: a point, and how far about it.

    Raise NoSuchPlaceError where it is neither, with the countries that have nearly that name.

    >>> around("0,0,111.2", ())
    Rectangle(west=-1.0, south=-1.0, east=1.0, north=1.0)
    """
    try:
        lat, lon, km = (float(part) for part in text.split(","))
    except ValueError:
        return _about_country(text, list(countries))
    if not (abs(lat) <= 85 and abs(lon) <= 180 and 0 < km <= 5000):
        raise NoSuchPlaceError(f"'{text}' is no latitude (to 85), longitude (to 180) and km (to 5000)")
    up, aside = km / _KM, km / (_KM * float(np.cos(np.radians(lat))))
    return Rectangle(*(round(float(side), 9) for side in (lon - aside, lat - up, lon + aside, lat + up)))


def country_names(properties: Mapping[str, Any]) -> list[str]:
    """Return what a country is called, first as a map would."""
    names = [str(properties.get(key) or "") for key in ("name", "name_long", "admin", "sovereignt", "formal_en")]
    return list(dict.fromkeys(_RENAMED.get(name, name) for name in names if name))


def _about_country(text: str, countries: Sequence[Shape]) -> Rectangle:
    wanted = fold(text)
    named = [(country, [fold(name) for name in country_names(country.properties)]) for country in countries]
    found = [country for country, names in named if names[:1] == [wanted]]
    found = found or [country for country, names in named if wanted in names]
    if not found:
        near = [
            names[0] for names in (country_names(one.properties) for one in countries) if wanted[:3] in fold(names[0])
        ]
        known = f"did you mean {', '.join(sorted(near)[:6])}?" if near and wanted else "write it as Natural Earth does"
        raise NoSuchPlaceError(f"no country is called '{text}': {known}, or give latitude,longitude,km")
    points = np.concatenate([polygon[0] for polygon in found[0].polygons])
    lon = unrolled(points[:, 0], seam(points[:, 0]))
    (west, east), (south, north) = ((side.min(), side.max()) for side in (lon, points[:, 1]))
    more = MARGIN * max(east - west, north - south)
    sides = (west - more, max(south - more, -85.0), east + more, min(north + more, 85.0))
    return Rectangle(*(round(float(side), 2) for side in sides))


def find_sources(folder: Path, scales: Sequence[str] = SCALES) -> dict[str, tuple[Path, ...]]:
    """Return by layer the files it is made of in ``folder`` and the folders in it, of the first scale that has them."""
    files = {path.name.lower(): path for ending in _ENDINGS[::-1] for path in sorted(folder.rglob(f"ne_*{ending}"))}
    found = {}
    for layer, stems in SOURCES.items():
        there = [
            next((files[name] for scale in scales for name in _names(scale, stem) if name in files), None)
            for stem in stems
        ]
        found[layer] = tuple(path for path in there if path)
    return found


def _names(scale: str, stem: str) -> list[str]:
    return [f"ne_{scale}_{stem}{ending}" for ending in _ENDINGS]


def base_map(sources: Mapping[str, Sequence[Path]], drawing: Drawing, box: Rectangle | None) -> dict[str, str]:
    """Return the GeoJSON of a base map by layer, of those layers that there are, cut to ``box`` where there is one.

    Raise ValueError where a file is not what it should be, with its name.
    """
    layers = {}
    for layer in drawing.layers:
        shapes = [shape for path in sources.get(layer, ()) for shape in _of_layer(layer, path)]
        features = [feature for shape in shapes for feature in _features(layer, shape, drawing, box)]
        if features:
            lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features]
            layers[layer] = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    return layers


def _of_layer(layer: str, path: Path) -> Iterator[Shape]:
    for shape in read_shapes(path):
        agreed = str(shape.properties.get("featurecla") or _AGREED).lower().startswith(_AGREED)
        if layer not in ("borders", "disputed") or agreed == (layer == "borders"):
            yield shape


def _features(layer: str, shape: Shape, drawing: Drawing, box: Rectangle | None) -> Iterator[dict[str, Any]]:
    if layer == "names":
        yield from _named(shape, box)
        return
    thin = partial(fine, tolerance=drawing.tolerance, digits=drawing.digits)
    for turn in (0.0,) if box is None else (-360.0, 0.0, 360.0):
        polygons = [
            rings
            for polygon in shape.polygons
            if (
                rings := [
                    ring for part in polygon if (ring := thin(clip_ring(part + np.array((turn, 0.0)), box), ring=True))
                ]
            )
        ]
        lines = [
            line
            for part in shape.lines
            for piece in clip_line(part + np.array((turn, 0.0)), box)
            if (line := thin(piece, ring=False))
        ]
        for polygon in polygons:
            yield _feature("Polygon", polygon)
        if lines:
            yield _feature("LineString", lines[0]) if len(lines) == 1 else _feature("MultiLineString", lines)


def _feature(form: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": form, "coordinates": coordinates}}


def _named(shape: Shape, box: Rectangle | None) -> Iterator[dict[str, Any]]:
    """Yield the name of a country or a populated place, as read_basemap reads it."""
    properties = shape.properties
    if shape.polygons:
        lon, lat = _inmost(max((polygon[0] for polygon in shape.polygons), key=lambda ring: abs(area(ring))))
        name, kind, people = country_names(properties)[0], "country", properties.get("pop_est")
    elif shape.point:
        (lon, lat), people = shape.point, properties.get("pop_max")
        name, kind = str(properties.get("name") or ""), "town"
    else:
        return
    if box:
        lon = float(unrolled(lon, box.west))
        if not (box.west <= lon <= box.east and box.south <= lat <= box.north):
            return
    yield _feature("Point", [round(lon, 2), round(lat, 2)], name=name, kind=kind, population=max(0, int(people or 0)))


def _inmost(ring: Ring) -> tuple[float, float]:
    """Return a point well within a ring: of a grid over it, the one furthest from its edge."""
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    steps = (np.arange(24) + 0.5) / 24
    grid = np.stack(np.meshgrid(west + steps * (east - west), south + steps * (north - south)), axis=-1).reshape(-1, 2)
    within = grid[[holds(ring, point) for point in grid]]
    if not len(within):
        x, y = ring[:-1].mean(axis=0).tolist()
        return x, y
    far = [np.square((ring - point) * (np.cos(np.radians(point[1])), 1)).sum(axis=1).min() for point in within]
    x, y = within[int(np.argmax(far))].tolist()
    return x, y


def write_base_map(folder: Path, layers: Mapping[str, str], sources: Mapping[str, Sequence[Path]], what: str) -> None:
    """Write a base map into ``folder``/basemap, with what it is made of; its other files there are taken away."""
    into = folder / "basemap"
    into.mkdir(parents=True, exist_ok=True)
    for layer in SOURCES:
        path = into / f"{layer}.geojson"
        if layer not in layers:
            path.unlink(missing_ok=True)
            continue
        part = into / f".{layer}.{os.getpid()}"
        try:
            part.write_text(layers[layer], encoding="utf-8", newline="")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    made = "".join(
        f"| `{layer}.geojson` | {', '.join(f'`{path.name}`' for path in sources[layer])} |\n" for layer in layers
    )
    (into / "README.md").write_text(_ABOUT.format(what=what, made=made), encoding="utf-8")


_ABOUT: Final = """# The base map

{what}. Made by `laydown basemap` with [Natural Earth](https://www.naturalearthdata.com/), in the public domain:

| file | from |
| --- | --- |
{made}
Simplified and rounded. Boundaries are as Natural Earth draws them and are no statement about sovereignty; those that it
does not class as international boundaries are in `disputed.geojson`. The land's edge along the cut is no coast.
"""
