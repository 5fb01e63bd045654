"""The vector basemap of a data folder: its basemap/*.geojson, and the names that its gazetteer knows."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from components.catalog.catalog import ChangedError, Signature, signature
from components.catalog.gazetteer import read_entries
from components.catalog.names import ARABIC, plain

LAYERS: Final = ("land", "lakes", "rivers", "governorates", "borders")
"""The basemap's layers: each a file of its name, from the lowest to the uppermost."""
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


def with_basemap(folder: Path, make: Callable[[Path, Signature], _Made]) -> _Made:
    """Return what ``make`` makes of a folder's basemap as its files are now; tried again while they change.

    ``make`` is given what ``read_basemap`` needs, and so may cache what it makes.
    """
    for _ in range(_TRIES):
        try:
            return make(folder, signature(_files(folder)))
        except OSError:  # a file went while it was read
            continue
    return make(folder, ())


def read_basemap(folder: Path, found: Signature) -> Basemap:
    """Read the basemap's files whose signature is ``found``: a layer without a file is left out, as is a broken one.

    Raise OSError where they go or change meanwhile.
    """
    layers: dict[str, Mapping[str, Any]] = {}
    unreadable: list[str] = []
    for name in LAYERS:
        if any(name == Path(file).stem for file, *_ in found):
            try:
                layers[name] = _geojson(folder / "basemap" / f"{name}.geojson")
            except ValueError as error:  # of JSON, of UTF-8, or of what is in it: the map does without
                unreadable.append(f"basemap/{name}.geojson: {error}")
    entries, _ = read_entries(folder)
    if found and signature(_files(folder)) != found:
        raise ChangedError
    labels = tuple(
        Label(
            name=plain(entry.name.removesuffix(" governorate")),
            name_ar=next((name.removeprefix("محافظة ") for name in entry.names if ARABIC.search(name)), ""),
            kind=entry.kind,
            lat=round(entry.lat, 3),
            lon=round(entry.lon, 3),
            population=entry.population,
        )
        for entry in sorted(entries, key=lambda entry: (entry.kind != "country", -entry.population, entry.name))
        if entry.kind in ("country", "governorate") or entry.population >= LABELLED_POPULATION
    )
    return Basemap(layers, labels, tuple(unreadable))


def _files(folder: Path) -> list[Path]:
    return [*(folder / "basemap" / f"{name}.geojson" for name in LAYERS), folder / "gazetteer.csv"]


def _geojson(path: Path) -> Mapping[str, Any]:
    def refuse(constant: str) -> None:
        raise ValueError(f"holds {constant}, which is no number")

    content = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise ValueError("is not a GeoJSON FeatureCollection")
    return content
