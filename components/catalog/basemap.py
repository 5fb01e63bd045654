"""What lies under the rows: a data folder's basemap/*.geojson and the names it knows, else the world's."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from components.catalog.catalog import ChangedError, Signature, signature
from components.catalog.gazetteer import read_entries
from components.catalog.names import ARABIC, fold, plain

WORLD: Final = Path(__file__).parent / "world"
"""The folder of the world's basemap, for data folders that bring none: see its README."""
LAYERS: Final = ("land", "lakes", "rivers", "governorates", "borders", "disputed")
"""The basemap's layers: each a file of its name, from the lowest to the uppermost."""
NAMES: Final = "names"
"""The file of its names beside the gazetteer's: points with ``name``, ``kind`` and ``population``, and ``name_ar``."""
LABELLED_POPULATION: Final = 15_000
"""Towns from this size on are named on the map, where there is room."""
_TRIES: Final = 3
_Made = TypeVar("_Made")


class Label(NamedTuple):
    """A name on the map."""

    name: str
    name_ar: str
    """"" where the gazetteer has none."""
    kind: str
    """country, governorate, or what a populated place is in the gazetteer."""
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class Basemap:
    """What lies under the rows."""

    layers: Mapping[str, Mapping[str, Any]]
    """GeoJSON FeatureCollections by layer, of those layers that there are; their geometries are not checked."""
    labels: tuple[Label, ...]
    """Countries first, then by population."""
    unreadable: tuple[str, ...]
    """Which files are left out, and why."""
    world: bool = False
    """Whether it is the world's, as the folder has none of its own: where its land ends there is sea."""


def with_basemap(folder: Path, make: Callable[[Path, Signature], _Made]) -> _Made:
    """Return what ``make`` makes of a folder's basemap as its files are now; tried again while they change.

    ``make`` is given what ``read_basemap`` needs, and so may cache what it makes.
    """
    for _ in range(_TRIES):
        try:
            found = signature(_files(folder))
            return make(folder if found else WORLD, found)  # the world's is the same for all folders without one
        except OSError:  # a file went while it was read
            continue
    return make(WORLD, ())


def read_basemap(folder: Path, found: Signature) -> Basemap:
    """Read the basemap's files whose signature is ``found``: a layer without a file is left out, as is a broken one.

    Raise OSError where they go or change meanwhile.
    """
    there = {Path(file).stem for file, *_ in found if file.endswith(".geojson")}
    layers, unreadable = _layers(folder, [name for name in LAYERS if name in there])
    named, unread = _layers(folder, [NAMES] if NAMES in there else [])
    entries, _ = read_entries(folder)
    if found and signature(_files(folder)) != found:
        raise ChangedError
    own = [
        Label(
            name=plain(entry.name.removesuffix(" governorate")),
            name_ar=next((name.removeprefix("محافظة ") for name in entry.names if ARABIC.search(name)), ""),
            kind=entry.kind,
            lat=round(entry.lat, 3),
            lon=round(entry.lon, 3),
            population=entry.population,
        )
        for entry in entries
        if entry.kind in ("country", "governorate") or entry.population >= LABELLED_POPULATION
    ]
    for content in named.values():
        try:
            _add(own, list(_names(content)))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            unread.append(f"basemap/{NAMES}.geojson: is no list of names: {error}")
    world = not layers
    if world:
        layers, shipped = _world()
        _add(own, shipped)
    elif not any(label.kind == "country" for label in own):
        _add(own, [label for label in _world()[1] if label.kind == "country"])
    labels = sorted(own, key=lambda label: (label.kind != "country", -label.population, label.name))
    return Basemap(layers, tuple(labels), (*unreadable, *unread), world)


def _world() -> tuple[dict[str, Mapping[str, Any]], tuple[Label, ...]]:
    """Return the layers and names of the basemap that comes with Laydown."""
    layers, broken = _layers(WORLD, [name for name in LAYERS if (WORLD / "basemap" / f"{name}.geojson").exists()])
    named, unread = _layers(WORLD, [NAMES])
    if broken or unread:
        raise ValueError(f"Laydown's own basemap is damaged: {'; '.join((*broken, *unread))}")
    return layers, tuple(_names(named[NAMES]))


def _layers(folder: Path, names: Iterable[str]) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    """Read files of a basemap: those that can be, by name, and of the others why not."""
    layers: dict[str, Mapping[str, Any]] = {}
    unreadable: list[str] = []
    for name in names:
        try:
            layers[name] = _geojson(folder / "basemap" / f"{name}.geojson")
        except ValueError as error:  # of JSON, of UTF-8, or of what is in it: the map does without
            unreadable.append(f"basemap/{name}.geojson: {error}")
    return layers, unreadable


def _names(content: Mapping[str, Any]) -> Iterator[Label]:
    for feature in content["features"]:
        properties, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"][:2]
        yield Label(
            name=str(properties["name"]),
            name_ar=str(properties.get("name_ar") or ""),
            kind=str(properties["kind"]),
            lat=float(lat),
            lon=float(lon),
            population=int(properties.get("population") or 0),
        )


def _add(labels: list[Label], more: Iterable[Label]) -> None:
    """Add the labels whose names are not there yet, however they are spelt."""
    there = {fold(label.name) for label in labels}
    labels.extend(label for label in more if fold(label.name) not in there)


def _files(folder: Path) -> list[Path]:
    return [*(folder / "basemap" / f"{name}.geojson" for name in (*LAYERS, NAMES)), folder / "gazetteer.csv"]


def _geojson(path: Path) -> Mapping[str, Any]:
    def refuse(constant: str) -> None:
        raise ValueError(f"holds {constant}, which is no number")

    content = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise ValueError("is not a GeoJSON FeatureCollection")
    return content
