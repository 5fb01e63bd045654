"""Incidents on the map (map/assets/draw/incidents.js): a few with care, many stamped, the newest of each spot.

Those that share a place stand in a row above it, one symbol a kind with their number; what happened somewhere in a
country or region is framed, wherever there is room, and says so.
"""

import json
import math
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import Catalog
from components.map.payload import rows_document
from components.picture import text as lettering
from components.picture.canvas import capsule
from components.picture.palette import LABEL, LAND
from components.picture.projection import Points
from components.picture.scene import STEP, Scene, grain
from components.picture.shapes import sprite
from components.picture.sites import LIGHT, SITE, WIDE
from components.picture.text import Style
from components.view.wording import brief_name

SIZES: Final = (12, 14, 17)
"""By severity: no one hurt, someone, ten or more killed."""
SMALL_SIZES: Final = (8, 10, 13)
"""Where they are many."""
FEW: Final = 1500
"""Symbols: beyond this they are stamped."""
FINE: Final = 3
"""CSS pixels: of single incidents nearer than this only the newest is drawn."""
COARSE: Final = 5
"""The same where they are stamped: half a symbol's width."""
MARGIN: Final = 60
"""CSS pixels about the picture: a symbol off its edge still shows, and so does a region's frame."""

Numbers = npt.NDArray[np.intp]


class Symbol(NamedTuple):
    """One symbol, for one or several incidents of a kind at one place."""

    newest: int
    """Its row in the catalog."""
    kind: int
    severity: int
    sure: bool
    disputed: bool
    number: int
    """Of incidents it stands for."""
    chosen: bool
    x: float
    y: float
    lat: float
    place: int
    precision: str
    radius: float
    """km"""


class Spread(NamedTuple):
    """The incidents on view near the picture, newest first."""

    numbers: Numbers
    sure: npt.NDArray[np.bool_]
    points: Points
    kinds: npt.NDArray[np.intp]


@lru_cache(maxsize=4)
def _severities(catalog: Catalog) -> npt.NDArray[np.uint8]:
    """Return how severe each incident is, 0–2: as the browser is told."""
    parts = rows_document(catalog).parts
    incidents = json.loads(parts["json"].body)["incidents"]
    offset = next(column["offset"] for column in incidents["columns"] if column["name"] == "severity")
    return np.frombuffer(parts["bin"].body, np.uint8, count=incidents["length"], offset=offset)


def _spread(scene: Scene) -> Spread:
    shown, frame = scene.selection.incidents, scene.frame
    numbers, sure = shown.numbers[::-1], shown.certain[::-1]
    points = frame.points(shown.table["lat"].to_numpy()[numbers], shown.table["lon"].to_numpy()[numbers])
    near = ((points > -MARGIN) & (points < (frame.width + MARGIN, frame.height + MARGIN))).all(axis=1)
    facet = scene.index.incidents.facets["kind"]
    kinds = scene.catalog.kinds.index.get_indexer(pd.Index([combo[0] for combo in facet.combos]))
    numbers = numbers[near]
    return Spread(numbers, sure[near], points[near], kinds[facet.codes[numbers]] if len(numbers) else numbers)


def _newest(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Return where each key stands first, in the order of the rows."""
    return np.sort(np.unique(keys, return_index=True)[1])


def _gathered(scene: Scene, rows: Spread) -> list[Symbol] | None:
    """Return the symbols to draw, None where there are too many."""
    table, severities = scene.catalog.incidents, _severities(scene.catalog)
    lat, lon = (table[name].to_numpy()[rows.numbers] for name in ("lat", "lon"))
    places = grain(lat, lon)
    keys = places * len(scene.catalog.kinds) + rows.kinds
    _, firsts, slots, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    cells = np.floor(rows.points[firsts] / FINE).astype(np.int64) + 100
    spots = (cells[:, 1] * 1_000_000 + cells[:, 0]) * len(scene.catalog.kinds) + rows.kinds[firsts]
    # Those that share their place have a symbol each; of the others one a spot.
    spots = np.where((counts > 1) | np.isin(places[firsts], list(scene.marked)), -1 - np.arange(len(spots)), spots)
    order = np.argsort(firsts)
    kept = order[_newest(spots[order])]
    if len(kept) > FEW:
        return None
    worst = np.zeros(len(firsts), dtype=np.uint8)
    np.maximum.at(worst, slots, severities[rows.numbers])
    sure = np.bincount(slots, rows.sure, len(firsts)) > 0
    rival = np.bincount(slots, scene.disputed("incidents", rows.numbers), len(firsts)) > 0
    kind, id_ = scene.selected
    chosen = table.index.get_loc(id_) if kind == "incident" else -1
    wanted = set(slots[rows.numbers == chosen].tolist())
    precision, radius = table["precision"].to_numpy(), table["radius_km"].to_numpy()
    return [
        Symbol(
            newest=int(rows.numbers[first]),
            kind=int(rows.kinds[first]),
            severity=int(worst[slot]),
            sure=bool(sure[slot]),
            disputed=bool(rival[slot]),
            number=int(counts[slot]),
            chosen=slot in wanted,
            x=float(rows.points[first, 0]),
            y=float(rows.points[first, 1]),
            lat=float(lat[first]),
            place=int(places[first]),
            precision=str(precision[rows.numbers[first]]),
            radius=float(radius[rows.numbers[first]]),
        )
        for slot, first in zip(kept.tolist(), firsts[kept].tolist(), strict=True)
    ]


def gather(scene: Scene) -> list[Symbol] | Spread:
    """Return the symbols to draw with care, or where they are too many, the rows to stamp."""
    rows = _spread(scene)
    symbols = _gathered(scene, rows)
    return rows if symbols is None else symbols


def draw_incident_areas(scene: Scene, symbols: list[Symbol]) -> None:
    """Draw the circles within which imprecise incidents lie, one for each place, precision and radius."""
    areas: dict[tuple[int, str, float], list[Symbol]] = {}
    for symbol in symbols:
        if symbol.precision not in ("site", ""):
            areas.setdefault((symbol.place, symbol.precision, symbol.radius), []).append(symbol)
    for here in areas.values():
        first = here[0]
        reach = first.radius * scene.frame.pixels_per_km(first.lat)
        if reach < SITE / 2 + 2 or not scene.frame.holds(first.x, first.y, reach):
            continue
        scene.area(
            first.x,
            first.y,
            reach,
            secret=first.precision == "undisclosed",
            wide=first.precision == "country" or reach > WIDE,
            held=False,
            wanted=any(symbol.chosen for symbol in here),
        )


def draw_incidents(scene: Scene, symbols: list[Symbol]) -> list[list[Symbol]]:
    """Draw the symbols; return those, by place, of which only a region is known: they need the names in place first."""
    by_place: dict[int, list[Symbol]] = {}
    for symbol in sorted(symbols, key=lambda symbol: (symbol.place, symbol.kind)):
        by_place.setdefault(symbol.place, []).append(symbol)
    regions = []
    for place, here in by_place.items():
        if here[0].precision == "country":
            regions.append(here)
        else:
            _draw_row(scene, here, here[0].x, here[0].y - (STEP if place in scene.marked else 0))
    return regions


def _draw_row(scene: Scene, symbols: list[Symbol], x: float, y: float) -> None:
    for n, symbol in enumerate(symbols):
        _draw(scene, symbol, x + (n - (len(symbols) - 1) / 2) * STEP, y)


def _draw(scene: Scene, symbol: Symbol, x: float, y: float) -> None:
    size = SIZES[symbol.severity]
    reach = size / 2
    _stamp(scene, symbol.kind, size, symbol.sure, x, y)
    scene.labels.reserve_about(x, y, reach)
    if symbol.number > 1:
        scene.badge(symbol.number, x + reach - 1, y + reach - 1)
    if symbol.disputed:
        scene.dispute(x + reach - 2, y - reach - 1)
        scene.labels.reserve_about(x + reach + 2, y - reach - 1, 5)
    if symbol.chosen:
        scene.ring(x, y, reach + 4)


def _stamp(scene: Scene, kind: int, size: float, sure: bool, x: float, y: float) -> None:
    shape, colour = scene.kinds[kind]
    if not sure:
        scene.signs.add("faint")
    scene.canvas.paste(sprite(shape, colour, size, 1 if sure else LIGHT, scene.canvas.unit), x, y)


def draw_regions(scene: Scene, regions: list[list[Symbol]]) -> None:
    """Frame the symbols of what happened somewhere in a country or region, and say so: they are not at this point."""
    for symbols in regions:
        first = symbols[0]
        row = scene.catalog.incidents.iloc[first.newest]
        where = (
            brief_name(str(scene.catalog.sites.at[row["site"], "name"])) if row["site"] else row["place"].split(",")[0]
        )
        text = f"anywhere in {where or 'this area'}"
        style = Style(11.5, LABEL, italic=True, halo=LAND)
        half = max(len(symbols) * STEP / 2 + 8, lettering.width(text, style) / 2)
        reach = first.radius * scene.frame.pixels_per_km(first.lat)
        width = len(symbols) * STEP + 14
        # With the words it may stand beside its area; without them only within it.
        roomy = scene.labels.room(first.x, first.y, half, 24, min(max(reach, 150), 260))
        spot = roomy or scene.labels.room(first.x, first.y + 9, width / 2, 14, min(reach * 0.8, 260))
        x, y = spot or (first.x, first.y)
        if math.hypot(x - first.x, y - first.y) > reach:
            scene.canvas.dashes([(x, y), (first.x, first.y)], 1, LABEL, (1, 4))
        frame = capsule(x - width / 2, y - 22, width, 26)
        scene.canvas.area(frame, LAND, 0.75)
        scene.canvas.dashes(frame, 1, LABEL, (2, 3))
        _draw_row(scene, symbols, x, y - 9)
        scene.labels.reserve(x - width / 2, y - 22, x + width / 2, y + 4)
        if roomy:
            scene.labels.write(text, x, y + 14, style)
        scene.signs.add("region")


def stamp_incidents(scene: Scene, rows: Spread) -> None:
    """Stamp the newest incident of each spot, the newest on top: the picture bounds the work, not the rows."""
    frame = scene.frame
    inside = np.flatnonzero(((rows.points >= 0) & (rows.points < (frame.width, frame.height))).all(axis=1))
    cells = np.floor(rows.points[inside] / COARSE).astype(np.int64)
    severities = _severities(scene.catalog)
    for n in inside[_newest(cells[:, 1] * 1_000_000 + cells[:, 0])][::-1].tolist():
        x, y = rows.points[n].tolist()
        _stamp(scene, int(rows.kinds[n]), SMALL_SIZES[severities[rows.numbers[n]]], bool(rows.sure[n]), x, y)
    kind, id_ = scene.selected
    chosen = np.flatnonzero(rows.numbers == scene.catalog.incidents.index.get_loc(id_)) if kind == "incident" else ()
    for n in chosen:
        x, y = rows.points[n].tolist()
        scene.ring(x, y, 11)
