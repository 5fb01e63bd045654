"""What the browser fetches once: the rows and the basemap, immutable and named by their hash."""

import gzip
import hashlib
import json
import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

import components
from components.catalog.basemap import read_basemap, with_basemap
from components.catalog.catalog import Catalog, Signature
from components.catalog.columns import Column
from components.catalog.derived import derived
from components.catalog.longitudes import unrolled
from components.map.density import squares_by_zoom
from components.map.letters import letters
from components.map.packing import coded, degrees, pack
from components.map.style import drawn_style
from components.map.symbols import SHAPES
from components.view.as_known import areas as areas_as_known
from components.view.as_known import presence as presence_as_known
from components.view.extent import LIMITS, extent, reach
from components.view.facets import MOST
from components.view.home import home_box
from components.view.index import SPAN, Columns, index, numbers_of
from components.view.outlines import bounds, outlines, seam_of
from components.view.rivals import Rival, rivals
from components.view.subject import subject
from components.view.ticks import Tick, ticks
from components.view.transitions import LEFT, Transition, transitions
from components.view.watch import watch
from components.view.wording import browser_words, end_text, stay_text

_MEDIA_TYPES: Final = {
    "json": "application/json",
    "bin": "application/octet-stream",
    "text": "text/plain; charset=utf-8",
}
_BUILDING: Final = threading.Lock()
_TRANSITION: Final = ("site", "force", "kind", "first", "last", "until_first", "until_last", "takes", "stay")
_STAY: Final = ("start", "end", "last_confirmed")
_TICK: Final = ("kind", "site", "force", "previous", "first", "last", "reported")


class Blob:
    """Bytes to send, plain and compressed, made when they are first asked for: ``make`` returns the plain ones."""

    def __init__(self, make: Callable[[], bytes], media_type: str) -> None:
        self.media_type = media_type
        self._make = make
        self._making = threading.Lock()
        self._body: bytes | None = None
        self._zipped: bytes | None = None

    @property
    def body(self) -> bytes:
        """The plain bytes."""
        with self._making:  # whoever comes second waits, instead of making them a second time
            return self._plain()

    @property
    def zipped(self) -> bytes:
        """The bytes as gzip."""
        with self._making:
            if self._zipped is None:
                self._zipped = gzip.compress(
                    self._plain(), compresslevel=4, mtime=0
                )  # a third of level 6's time for 2 % more
            return self._zipped

    def _plain(self) -> bytes:
        if self._body is None:
            self._body = self._make()
        return self._body


@dataclass(frozen=True, slots=True)
class Payload:
    """What is fetched under one hash: its parts by the ending of their address."""

    name: str
    """Sixteen hex digits of a hash of all that the parts are made of."""
    parts: Mapping[str, Blob]


def _payload(content: Mapping[str, Any], **others: bytes | Callable[[], bytes]) -> Payload:
    """Return a payload of ``content`` as json and other parts; those made later follow from content and program."""
    body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(components.__version__.encode())
    parts = {}
    for ending, part in {"json": body, **others}.items():
        if isinstance(part, bytes):
            digest.update(part)
        parts[ending] = Blob(partial(bytes, part) if isinstance(part, bytes) else part, _MEDIA_TYPES[ending])
    return Payload(digest.hexdigest()[:16], parts)


def rows_payload(catalog: Catalog) -> Payload:
    """Return the rows of ``catalog`` by columns, as map/assets/data/dataset.js reads them; built once for each.

    ``json`` holds all tables but the incidents' columns of numbers, which are in ``bin``; ``text``, which is
    fetched with the first search, holds what that looks in: a line an incident, then a site, then a movement. Titles
    are asked for by number: see incident_texts.
    """
    with _BUILDING:  # whoever comes second waits, instead of building it a second time
        return _rows(catalog)


def incident_texts(catalog: Catalog, numbers: Sequence[int]) -> list[list[str]]:
    """Return id and title of the incidents at ``numbers``, in the catalog's order; IndexError beyond its end."""
    incidents = catalog.incidents
    if any(not 0 <= number < len(incidents) for number in numbers):
        raise IndexError("no such incident")
    rows = incidents.iloc[list(numbers)]
    return [list(pair) for pair in zip(rows["id"], rows["title"], strict=True)]


@derived()
def _rows(catalog: Catalog) -> Payload:
    columns = index(catalog)
    sites, presence, movements = catalog.sites, catalog.presence, catalog.movements
    forces, kinds = catalog.forces, catalog.kinds
    incidents, packed = _incidents(catalog)
    spans = presence_as_known(catalog, None)
    seam = seam_of(catalog)
    claimed = [one._replace(lon=float(unrolled(one.lon, seam))) for one in rivals(catalog)]
    return _payload(
        {
            # A hash of all files: with it the name changes where only texts do, which are fetched apart.
            "version": catalog.version,
            "extent": extent(catalog).numbers,
            "reach": reach(catalog).numbers,
            "limits": LIMITS.numbers,
            "shapes": SHAPES,
            "style": drawn_style(),
            "words": browser_words(),
            "subject": subject(catalog),
            "home": home_box(catalog),
            "squares": squares_by_zoom(catalog),
            "most_options": MOST,
            "seam": seam,
            "forces": [
                {**force, "letters": two}
                for force, two in zip(_records(forces, "id", "name", "colour"), letters(forces["name"]), strict=True)
            ],
            "kinds": _records(kinds, "id", "label", "shape", "colour"),
            "sites": {
                **_columns(columns.sites),
                **_points(sites, seam),
                "name": list(sites["name"]),
                "name_ar": list(sites["name_ar"]),
            },
            "presence": {
                **_columns(columns.presence),
                **{name: getattr(spans, name).tolist() for name in SPAN},
                "site": columns.presence_site.tolist(),
                "force": columns.presence_force.tolist(),
                "status": list(presence["status"]),
                "known_days": spans.known_days.tolist(),
            },
            "areas": _areas(catalog),
            "transitions": transition_columns(transitions(catalog), catalog),
            "rivals": {name: [getattr(one, name) for one in claimed] for name in Rival._fields},
            "ticks": tick_columns(ticks(catalog), catalog),
            "watch": watch(catalog),
            "incidents": incidents,
            "movements": {
                **_columns(columns.movements),
                **{end: _ends(catalog, end) for end in ("origin", "destination")},
                "title": list(movements["title"]),
                "force": numbers_of(movements["force"], forces).tolist(),
                "moved": list(movements["moved"]),
                "low": [_number(value) for value in movements["low"]],
                "high": [_number(value) for value in movements["high"]],
                "sure": list(movements["confidence"]),
            },
        },
        bin=packed,
        text=lambda: "\n".join((*columns.incidents.hay, *columns.sites.hay, *columns.movements.hay)).encode(),
    )


def transition_columns(found: Sequence[Transition], catalog: Catalog) -> dict[str, list[Any]]:
    """Return transitions by columns, as map/assets/data/changes.js reads them."""
    rows = _presence_numbers(catalog)
    return {
        **{name: [getattr(one, name) for one in found] for name in _TRANSITION},
        "reported": [one.always_reported if one.kind == LEFT else one.reported for one in found],
        "taker": [one.taker for one in found],
        "row": [rows[one.rows[0]] if one.rows else -1 for one in found],
    }


def tick_columns(found: Sequence[Tick], catalog: Catalog) -> dict[str, list[Any]]:
    """Return ticks by columns; ``row`` is the number of the presence row that tells of each, for the filters."""
    rows = _presence_numbers(catalog)
    return {
        **{name: [getattr(one, name) for one in found] for name in _TICK},
        "row": [rows[one.presence] for one in found],
    }


def changes_of_record(catalog: Catalog, known: int) -> dict[str, Any]:
    """Return in what the transitions and ticks as known on day ``known`` differ from all that is known.

    Of each, ``without`` are the numbers of those that were not known, ``more`` the columns of those that were thought
    others.
    """
    tables: tuple[tuple[str, Any, Any], ...] = (
        ("transitions", transitions, transition_columns),
        ("ticks", ticks, tick_columns),
    )
    found = {}
    for name, read, columns in tables:
        then, now = read(catalog, known), read(catalog, None)
        known_then, known_now = set(then), set(now)
        found[name] = {
            "without": [n for n, one in enumerate(now) if one not in known_then],
            "more": columns([one for one in then if one not in known_now], catalog),
        }
    return found


def _presence_numbers(catalog: Catalog) -> dict[str, int]:
    return {id_: number for number, id_ in enumerate(catalog.presence["id"])}


def _incidents(catalog: Catalog) -> tuple[dict[str, Any], bytes]:
    """Return the incidents' dictionaries and column descriptors, and their columns packed."""
    frame, columns = catalog.incidents, index(catalog).incidents
    span = columns.span
    start = span["start_first"]
    lat, lat_scale = degrees(frame["lat"].to_numpy())
    lon, lon_scale = degrees(unrolled(frame["lon"].to_numpy(), seam_of(catalog)))
    places, precisions = Column.of(frame["place"]), Column.of(frame["precision"])
    radius_codes, radii = pd.factorize(frame["radius_km"].to_numpy().round(1), use_na_sentinel=False)
    areas, area_numbers = pd.factorize(precisions.codes.astype(np.int64) * len(radii) + radius_codes)
    descriptors, packed = pack(
        {
            "lat": lat,
            "lon": lon,
            # In order of time: what a row adds to the one before is small, and a span's bounds are near its start.
            "start_first": np.diff(start, prepend=0).astype(np.int32),
            **{name: (span[name] - start).astype(np.int32) for name in SPAN[1:]},
            "kind": coded(numbers_of(frame["kind"], catalog.kinds)),
            "severity": index(catalog).severity,
            "site": coded(numbers_of(frame["site"], catalog.sites) + 1),
            "place": coded(places.codes.astype(np.intp)),
            "area": coded(areas),
            "public": (np.maximum(columns.public, start) - start).astype(np.int32),
            **{f"facet {key}": coded(facet.codes) for key, facet in columns.facets.items()},
        }
    )
    return {
        "length": len(frame),
        "columns": descriptors,
        "scales": [lat_scale, lon_scale],
        "places": list(places.values),
        "areas": [
            [precisions.values[precision], _rounded(radii[radius], 1)]
            for precision, radius in (divmod(area, len(radii)) for area in area_numbers.tolist())
        ],
        "combos": {key: facet.combos for key, facet in columns.facets.items()},
    }, packed


def basemap_payload(folder: Path) -> Payload:
    """Return the vector basemap of a data folder, as map/assets/draw/basemap.js reads it; see catalog/basemap.py."""
    return with_basemap(folder, _basemap)


@lru_cache(maxsize=4)
def _basemap(folder: Path, found: Signature) -> Payload:
    basemap = read_basemap(folder, found)
    labels = [label._asdict() for label in basemap.labels]
    return _payload(
        {"layers": basemap.layers, "labels": labels, "unreadable": basemap.unreadable, "world": basemap.world}
    )


def _columns(columns: Columns) -> dict[str, Any]:
    return {
        "id": columns.ids,
        **{name: days.tolist() for name, days in columns.span.items()},
        "public": columns.public.tolist(),
        "facets": {
            key: {"codes": coded.codes.tolist(), "combos": coded.combos} for key, coded in columns.facets.items()
        },
    }


def _points(frame: pd.DataFrame, seam: float, prefix: str = "") -> dict[str, list[Any]]:
    return {
        "lat": [_rounded(value, 5) for value in frame[f"{prefix}lat"]],
        "lon": [_rounded(value, 5) for value in unrolled(frame[f"{prefix}lon"].to_numpy(dtype=float), seam)],
        "radius": [_rounded(value, 1) for value in frame[f"{prefix}radius_km"]],
        "precision": list(frame[f"{prefix}precision"]),
    }


def _ends(catalog: Catalog, end: str) -> dict[str, list[Any]]:
    """Return where movements begin or end: the point, the site's number (-1: none) and what it is called on the map."""
    places = catalog.movements[end]
    names = dict(zip(catalog.sites["id"], catalog.sites["name"], strict=True))
    return {
        **_points(catalog.movements, seam_of(catalog), f"{end}_"),
        "site": numbers_of(places, catalog.sites).tolist(),
        "name": [end_text(names, place) for place in places],
    }


def _areas(catalog: Catalog) -> dict[str, Any]:
    """Return the areas' columns: ``polygons`` are their rings, outlines and holes alike, each [lon, lat, lon, …]."""
    frame, spans = catalog.areas, areas_as_known(catalog, None)
    return {
        **_columns(index(catalog).areas),
        "name": list(frame["name"]),
        "force": spans.force.tolist(),
        "known_days": spans.known_days.tolist(),
        "told": [stay_text(*dates) for dates in zip(*(frame[name] for name in _STAY), strict=True)],
        "polygons": [[ring.ravel().tolist() for ring in outline] for outline in outlines(catalog)],
        "bounds": np.transpose(bounds(catalog)).tolist(),
    }


def _records(frame: pd.DataFrame, *names: str) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in zip(*(frame[name] for name in names), strict=True)]


def _rounded(value: float, digits: int) -> float | None:
    return None if math.isnan(value) else round(value, digits)


def _number(value: float | None) -> int | None:
    return None if value is None else int(value)
