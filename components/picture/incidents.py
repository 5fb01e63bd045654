"""Incidents on the map (map/assets/draw/incidents.js): a few with care, many stamped, the newest of each spot.

Those that share a place stand in a row above it, one symbol a kind with their number; what happened somewhere in a
country or region is framed, wherever there is room, and says so.
"""

import math
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.map.density import are_squares
from components.picture import text
from components.picture.projection import Points
from components.picture.scene import Scene, grain
from components.view.wording import ANYWHERE, UNNAMED_AREA, brief_name

Numbers = npt.NDArray[np.intp]


class Symbol(NamedTuple):
    """One symbol, for one or several incidents of a kind at one place."""

    newest: int
    """Its row in the catalog."""
    kind: int
    severity: int
    sure: bool
    """Whether any of them is certainly within the window."""
    disputed: bool
    full: bool
    """Whether any of them is told in full, or selected."""
    number: int
    """Of incidents it stands for."""
    selected: bool
    x: float
    y: float
    lat: float
    lon: float
    place: int
    """By grain."""
    shared: bool
    """Whether it stands at a place that sites or several incidents share."""
    precision: str
    radius: float
    """km"""


class Spread(NamedTuple):
    """The incidents on view near the picture, newest first."""

    numbers: Numbers
    sure: npt.NDArray[np.bool_]
    points: Points
    kinds: npt.NDArray[np.intp]
    squares: bool = False
    """Whether squares of the map are drawn for them: they lie too thick for symbols."""


@derived()
def _shared(catalog: Catalog) -> npt.NDArray[np.int64]:
    """Return the number of each incident's place, in the order in which they are drawn; -1 where it has one to itself.

    Places with a site come first, in the order of the sites, then those of several incidents, by the second of them.
    """
    frame = catalog.incidents
    lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
    there = ~np.isnan(lat)
    numbers = np.full(len(frame), -1, dtype=np.int64)
    keys = grain(lat[there], lon[there])
    sites = catalog.sites[catalog.sites["lat"].notna()]
    first = pd.unique(grain(sites["lat"], sites["lon"]))
    again = keys[pd.Series(keys).duplicated().to_numpy()]
    places = pd.Index(pd.unique(np.concatenate((first, again))))
    numbers[there] = places.get_indexer(pd.Index(keys))
    return numbers


def _spread(scene: Scene) -> Spread:
    shown, frame = scene.selection.incidents, scene.frame
    margin = scene.style.incidents.margin
    numbers, sure = shown.numbers[::-1], shown.certain[::-1]
    points = frame.points(shown.table["lat"].to_numpy()[numbers], shown.table["lon"].to_numpy()[numbers])
    near = ((points > -margin) & (points < (frame.width + margin, frame.height + margin))).all(axis=1)
    facet = scene.index.incidents.facets["kind"]
    kinds = scene.catalog.kinds.index.get_indexer(pd.Index([combo[0] for combo in facet.combos]))
    numbers = numbers[near]
    return Spread(numbers, sure[near], points[near], kinds[facet.codes[numbers]] if len(numbers) else numbers)


def _newest(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Return where each key stands first, in the order of the rows."""
    return np.sort(np.unique(keys, return_index=True)[1])


def _gathered(scene: Scene, rows: Spread) -> list[Symbol] | None:
    """Return the symbols to draw, None where there are too many.

    Of incidents that have a place to themselves the newest of each spot comes first, then those of shared places: one
    symbol a place and kind.
    """
    style, table, severities = scene.style.incidents, scene.catalog.incidents, scene.index.severity
    places, kinds = _shared(scene.catalog)[rows.numbers], len(scene.catalog.kinds)
    cells = np.floor(rows.points / style.fine).astype(np.int64) + 100
    spots = (cells[:, 1] * 1_000_000 + cells[:, 0]) * kinds + rows.kinds
    keys = np.where(places >= 0, places * kinds + rows.kinds, -1 - spots)
    _, firsts, slots, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    if len(firsts) > style.few:
        return None
    order = np.lexsort((np.where(keys[firsts] < 0, firsts, keys[firsts]), keys[firsts] >= 0))
    worst = np.zeros(len(firsts), dtype=np.uint8)
    np.maximum.at(worst, slots, severities[rows.numbers])
    sure = np.bincount(slots, rows.sure, len(firsts)) > 0
    rival = np.bincount(slots, scene.disputed("incidents", rows.numbers), len(firsts)) > 0
    full = np.bincount(slots, scene.levels.incidents(rows.numbers), len(firsts)) > 0
    kind, id_ = scene.selected
    number = table.index.get_loc(id_) if kind == "incident" else -1
    selected = set(slots[rows.numbers == number].tolist())
    lat, lon, precision, radius = (table[name].to_numpy() for name in ("lat", "lon", "precision", "radius_km"))
    symbols = []
    for slot in order.tolist():
        first, shared = int(firsts[slot]), bool(keys[firsts[slot]] >= 0)
        row = int(rows.numbers[first])
        # What lies hidden below a single one on its spot does not count.
        symbols.append(
            Symbol(
                newest=row,
                kind=int(rows.kinds[first]),
                severity=int(worst[slot] if shared else severities[row]),
                sure=bool(sure[slot] if shared else rows.sure[first]),
                disputed=bool(rival[slot] if shared else scene.disputed("incidents", rows.numbers[[first]])[0]),
                full=bool(full[slot] if shared else scene.levels.incidents(rows.numbers[[first]])[0])
                or (slot in selected if shared else row == number),
                number=int(counts[slot]) if shared else 1,
                selected=slot in selected if shared else row == number,
                x=float(rows.points[first, 0]),
                y=float(rows.points[first, 1]),
                lat=float(lat[row]),
                lon=float(lon[row]),
                place=int(grain(lat[row], lon[row])),
                shared=shared,
                precision=str(precision[row]),
                radius=float(radius[row]),
            )
        )
    return symbols


def gather(scene: Scene) -> list[Symbol] | Spread:
    """Return the symbols to draw with care, or where they are too many, the rows to stamp or to count."""
    rows = _spread(scene)
    if not scene.compared and are_squares(scene.catalog, scene.view, scene.frame.zoom):
        return rows._replace(squares=True)
    symbols = _gathered(scene, rows)
    return rows if symbols is None else symbols


def draw_incidents(scene: Scene, symbols: list[Symbol]) -> list[list[Symbol]]:
    """Draw the symbols, those told in full over the others.

    Return those, by place, of which only a region is known: they need the names in place first.
    """
    regions: list[list[Symbol]] = []
    full: list[tuple[list[Symbol], float]] = []
    for _, group in groupby(symbols, key=lambda symbol: (symbol.shared, symbol.place if symbol.shared else symbol)):
        here = list(group)
        if here[0].precision == "country":
            regions.append(here)
        else:
            up = scene.style.step if here[0].shared and here[0].place in scene.marked else 0
            if any(symbol.full for symbol in here):
                full.append((here, up))
            else:
                _draw_row(scene, here, here[0].x, here[0].y - up)
    for here, up in full:
        _draw_row(scene, here, here[0].x, here[0].y - up)
    return regions


def _draw_row(scene: Scene, symbols: list[Symbol], x: float, y: float) -> None:
    middle = x - _row_width(scene, symbols) / 2 + scene.style.step / 2
    for symbol in symbols:
        _draw(scene, symbol, middle, y)
        middle += scene.style.step + _more(scene, symbol)


def _row_width(scene: Scene, symbols: list[Symbol]) -> float:
    """Return how wide a row is: the next symbol clears the last one's number."""
    return len(symbols) * scene.style.step + sum(_more(scene, symbol) for symbol in symbols[:-1])


def _more(scene: Scene, symbol: Symbol) -> float:
    """Return how much further than usual what stands right of a symbol lies."""
    return scene.style.incidents.digit * (len(str(symbol.number)) - 1)


def _draw(scene: Scene, symbol: Symbol, x: float, y: float) -> None:
    style = scene.style.incidents
    size = (style.sizes if symbol.full else scene.style.pale.incidents)[symbol.severity]
    reach = size / 2
    _stamp(scene, symbol.kind, size, symbol.sure, symbol.full, x, y)
    scene.labels.reserve_about(x, y, reach)
    if symbol.number > 1:
        left, low = x + reach + style.count[0], y + reach + style.count[1]
        scene.badge(symbol.number, left, low)
        scene.labels.reserve_about(left + style.count_room[0], low, style.count_room[1])
    if symbol.disputed and symbol.full:
        scene.dispute(x + reach + style.sign[0], y - reach + style.sign[1])
    if symbol.selected:
        scene.ring(x, y, reach + style.ring)


def _stamp(scene: Scene, kind: int, size: float, sure: bool, full: bool, x: float, y: float) -> None:
    shape, colour = (scene.kinds if full else scene.pale_kinds)[kind]
    if not sure:
        scene.signs.add("faint")
    scene.canvas.symbol(shape, colour, size, scene.style.incidents.edge, scene.strength(sure, full), x, y)


def draw_regions(scene: Scene, regions: list[list[Symbol]]) -> None:
    """Frame the symbols of what happened somewhere in a country or region, and say so: they are not at this point."""
    style, labels, words = scene.style.regions, scene.labels, scene.text("area", scene.palette.label)
    half, more, wider = style.room
    near, far = style.stray
    for symbols in sorted(regions, key=lambda symbols: not any(symbol.full for symbol in symbols)):
        first = symbols[0]
        reach = first.radius * scene.frame.pixels_per_km(first.lat)
        if not scene.on_screen(first.x, first.y, reach):
            continue
        row = scene.catalog.incidents.iloc[first.newest]
        where = (
            brief_name(str(scene.catalog.sites.at[row["site"], "name"])) if row["site"] else row["place"].split(",")[0]
        )
        line = ANYWHERE.format(place=where or UNNAMED_AREA)
        long = _row_width(scene, symbols)
        width = long + style.wider
        worded = any(symbol.full for symbol in symbols) or scene.frame.zoom >= scene.style.pale.named_zoom
        broad = max(long / 2 + wider, text.width(line, words) / 2)

        def with_words(stray: float, at: Symbol = first, broad: float = broad) -> tuple[float, float] | None:
            return labels.room(at.x, at.y, broad, half + more, stray)

        def bare(stray: float, at: Symbol = first, width: float = width) -> tuple[float, float] | None:
            middle = labels.room(at.x, at.y - style.lower, width / 2, half, stray)
            return middle and (middle[0], middle[1] + style.lower)

        # With the words it may stand beside its area; without them within it, and elsewhere only rather than on a name.
        roomy = with_words(min(max(reach, near), far)) if worded else None
        within = None if roomy else bare(min(reach * style.within, far))
        roomy = roomy or (None if within else with_words(far))
        spot = roomy or within or bare(far)
        x, y = spot or (first.x, first.y)
        if math.hypot(x - first.x, y - first.y) > reach:
            scene.canvas.outline([(x, y), (first.x, first.y)], scene.style.leader, scene.palette.label)
        left, top = x - width / 2, y - style.above
        scene.canvas.pill(
            left, top, width, style.height, (scene.palette.land, style.ground), style.outline, scene.palette.label
        )
        _draw_row(scene, symbols, x, y - style.symbols)
        labels.reserve(left, top, left + width, top + style.height)
        if roomy:
            labels.write(line, x, y + sum(style.words), words)
        scene.signs.add("region")


def stamp_incidents(scene: Scene, rows: Spread) -> None:
    """Stamp the newest incident of each spot, the newest on top: the picture bounds the work, not the rows."""
    frame, style = scene.frame, scene.style.incidents
    inside = np.flatnonzero(((rows.points >= 0) & (rows.points < (frame.width, frame.height))).all(axis=1))
    cells = np.floor(rows.points[inside] / style.coarse).astype(np.int64)
    severities, full = scene.index.severity, scene.levels.incidents(rows.numbers)
    if scene.selected[0] == "incident":
        full = full | (rows.numbers == scene.catalog.incidents.index.get_loc(scene.selected[1]))
    sizes = {True: style.small_sizes, False: scene.style.pale.incidents_small}
    for n in inside[_newest(cells[:, 1] * 1_000_000 + cells[:, 0])][::-1].tolist():
        x, y = rows.points[n].tolist()
        size = sizes[bool(full[n])][severities[rows.numbers[n]]]
        _stamp(scene, int(rows.kinds[n]), size, bool(rows.sure[n]), bool(full[n]), x, y)


def ring_stamped(scene: Scene, rows: Spread) -> None:
    """Draw the ring about the selected incident where incidents are stamped; over squares its symbol too."""
    kind, id_ = scene.selected
    if kind != "incident":
        return
    style, number = scene.style.incidents, scene.catalog.incidents.index.get_loc(id_)
    for n in np.flatnonzero(rows.numbers == number).tolist():
        x, y = rows.points[n].tolist()
        size = style.sizes[scene.index.severity[number]]
        if rows.squares:
            _stamp(scene, int(rows.kinds[n]), size, bool(rows.sure[n]), True, x, y)
        scene.ring(x, y, size / 2 + style.ring if rows.squares else style.ring_stamped)
