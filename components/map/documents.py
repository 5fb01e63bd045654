"""What the browser fetches once: the rows and the basemap, as immutable JSON named by its hash."""

import gzip
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.gazetteer import read_entries
from components.catalog.names import plain
from components.catalog.tables import Toll
from components.map.symbols import SHAPES
from components.view.index import Columns, index, numbers_of

BASEMAP_LAYERS: Final = ("land", "lakes", "rivers", "governorates", "borders")
LABELLED_POPULATION: Final = 15_000
"""Towns from this size on are named on the map, where there is room."""


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON text, ready to send."""

    name: str
    """Sixteen hex digits of its content's hash."""
    body: bytes
    zipped: bytes


def _document(content: Mapping[str, Any]) -> Document:
    body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    name = hashlib.sha256(body).hexdigest()[:16]
    return Document(name, body, gzip.compress(body, compresslevel=6, mtime=0))


@lru_cache(maxsize=4)
def rows_document(catalog: Catalog) -> Document:
    """Return the rows of ``catalog`` by columns, as map/assets/dataset.js reads them."""
    columns = index(catalog)
    sites, presence = catalog.sites, catalog.presence
    incidents, movements = catalog.incidents, catalog.movements
    forces, kinds = catalog.forces, catalog.kinds
    return _document(
        {
            "version": catalog.version,
            "shapes": SHAPES,
            "forces": _records(forces, "id", "name", "colour"),
            "kinds": _records(kinds, "id", "label", "shape", "colour"),
            "sites": {
                **_columns(columns.sites),
                **_points(sites),
                "name": list(sites["name"]),
            },
            "presence": {
                **_columns(columns.presence),
                "site": columns.presence_site.tolist(),
                "force": columns.presence_force.tolist(),
                "status": list(presence["status"]),
            },
            "incidents": {
                **_columns(columns.incidents),
                **_points(incidents),
                "title": list(incidents["title"]),
                "kind": numbers_of(incidents["kind"], kinds).tolist(),
                "severity": [
                    _severity(*tolls) for tolls in zip(incidents["killed"], incidents["wounded"], strict=True)
                ],
                "site": numbers_of(incidents["site"], sites).tolist(),
                "place": list(incidents["place"]),
                "sure": list(incidents["confidence"]),
            },
            "movements": {
                **_columns(columns.movements),
                "origin": _points(movements, "origin_"),
                "destination": _points(movements, "destination_"),
                "title": list(movements["title"]),
                "force": numbers_of(movements["force"], forces).tolist(),
                "low": [_number(value) for value in movements["low"]],
                "high": [_number(value) for value in movements["high"]],
                "sure": list(movements["confidence"]),
            },
        }
    )


def basemap_document(folder: Path) -> Document:
    """Return the vector basemap of a data folder: its basemap/*.geojson and the gazetteer's names."""
    files = [folder / "basemap" / f"{name}.geojson" for name in BASEMAP_LAYERS]
    files.append(folder / "gazetteer.csv")
    return _basemap(folder, tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files if f.is_file()))


@lru_cache(maxsize=4)
def _basemap(folder: Path, signature: tuple[tuple[str, int, int], ...]) -> Document:
    layers = {}
    for name in BASEMAP_LAYERS:
        if any(name == Path(file).stem for file, *_ in signature):
            layers[name] = json.loads((folder / "basemap" / f"{name}.geojson").read_text(encoding="utf-8"))
    entries, _ = read_entries(folder)
    labels = [
        {
            "name": plain(entry.name.removesuffix(" governorate")),
            "kind": entry.kind,
            "lat": round(entry.lat, 3),
            "lon": round(entry.lon, 3),
            "population": entry.population,
        }
        for entry in sorted(entries, key=lambda entry: (entry.kind != "country", -entry.population, entry.name))
        if entry.kind in ("country", "governorate") or entry.population >= LABELLED_POPULATION
    ]
    return _document({"layers": layers, "labels": labels})


def _columns(columns: Columns) -> dict[str, Any]:
    return {
        "id": columns.ids,
        **{name: days.tolist() for name, days in columns.span.items()},
        "facets": {
            key: {"codes": coded.codes.tolist(), "combos": coded.combos} for key, coded in columns.facets.items()
        },
        "hay": columns.hay,
    }


def _points(frame: pd.DataFrame, prefix: str = "") -> dict[str, list[Any]]:
    return {
        "lat": [_rounded(value, 5) for value in frame[f"{prefix}lat"]],
        "lon": [_rounded(value, 5) for value in frame[f"{prefix}lon"]],
        "radius": [_rounded(value, 1) for value in frame[f"{prefix}radius_km"]],
        "precision": list(frame[f"{prefix}precision"]),
    }


def _records(frame: pd.DataFrame, *names: str) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in zip(*(frame[name] for name in names), strict=True)]


def _rounded(value: float, digits: int) -> float | None:
    return None if math.isnan(value) else round(value, digits)


def _number(value: float | None) -> int | None:
    return None if value is None else int(value)


def _severity(killed: Iterable[Toll], wounded: Iterable[Toll]) -> int:
    """Return 0 where no one is known hurt, 1 where someone is, 2 where ten or more were killed."""
    dead = sum(toll.low for toll in killed)
    hurt = sum(toll.low for toll in wounded)
    return 2 if dead >= 10 else 1 if dead + hurt else 0
