"""Movements as curved arrows (map/assets/draw/arrows.js): their line tells what moved, their width how many."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from components.map.style import LINES, WIDTHS, Line
from components.picture.canvas import Canvas
from components.picture.palette import LABEL, LAND, legible, mixed
from components.picture.projection import Points
from components.picture.scene import Scene
from components.picture.sites import WIDE
from components.picture.text import Style
from components.view.states import FORMER, UNKNOWN
from components.view.wording import end_text

STUB: Final = 44
"""CSS pixels: the length of an arrow of which only one end can be shown."""
PART: Final = 1 / 3
"""How much of its way an arrow goes into an area that holds both its ends: clear of where it set out, and no place."""
SHORT: Final = 30
"""CSS pixels: between two areas' rims that are nearer than this there is no arrow to be seen."""
STEPS: Final = 24
CLEAR: Final = (11, 12)
"""CSS pixels: off the symbols at its ends."""
FADED: Final = 0.15
SIGNED: Final = (12, 10, 14, 8, 16, 6, 18, 4, 20, 2, 22)
"""The points of an arrow's line where its sign may stand: the first that is free."""
SIDES: Final = ("origin", "destination")


@dataclass(frozen=True, slots=True)
class End:
    """Where a movement begins or ends on the map."""

    x: float
    y: float
    edge: float = 0
    """CSS pixels about it where the area ends within which it lies, 0 where it is known to a town."""


@dataclass(frozen=True, slots=True)
class Path:
    """An arrow's line."""

    points: Points
    vague: tuple[bool, bool]
    """Whether its origin, and its target, is known no better than to a district."""
    rims: tuple[bool, bool]
    """Whether it begins, and whether it ends, at the rim of an area."""


class Move(NamedTuple):
    """A movement that was drawn, for what is to be written upon it."""

    row: Any
    path: Path
    disputed: bool


def arrow(origin: End | None, target: End | None, number: int) -> Path | None:
    """Return the path of an arrow, None where it is too short to show; an end may be not stated (None).

    ``number`` sets rival arrows between the same ends apart.
    """
    edges = (origin.edge if origin else 0, target.edge if target else 0)
    vague = (not origin or edges[0] > 0, not target or edges[1] > 0)
    rims = (edges[0] > 0, edges[1] > 0)
    clear = (max(CLEAR[0], edges[0]), max(CLEAR[1], edges[1]))
    if not origin or not target:
        known = origin or target
        if not known:
            return None
        return Path(_stub(known, math.atan2(1, 2), clear[0 if origin else 1], bool(origin)), vague, rims)
    dx, dy = target.x - origin.x, target.y - origin.y
    length = math.hypot(dx, dy)
    near = length - sum(clear) < SHORT
    if near and max(edges) >= STUB:
        # One area holds or nearly touches the other end: a stub at the lesser one says whither, or whence, and no more.
        turn = math.atan2(1, 2) if length < 18 else math.atan2(dy, dx) + 0.18 * (number % 4 - 1.5)
        outward = edges[0] <= edges[1]
        off = clear[0 if outward else 1]
        points = _stub(origin if outward else target, turn, off, outward, max(STUB, PART * (length - off)))
        return Path(points, vague, (rims[0], False) if outward else (False, rims[1]))
    if length < 18:
        return None
    bend = 0.12 + 0.05 * (number % 4)
    begin, goal = np.array((origin.x, origin.y)), np.array((target.x, target.y))
    middle = (begin + goal) / 2 + np.array((dy, -dx)) * bend

    def at(t: Any) -> Points:
        curve: Points = (1 - t) ** 2 * begin + 2 * t * (1 - t) * middle + t**2 * goal
        return curve

    first = min(0.4, clear[0] / length) if near else _crossing(at, begin, clear[0])
    last = 1 - (min(0.5, clear[1] / length) if near else _crossing(lambda t: at(1 - t), goal, clear[1]))
    return Path(at(np.linspace(first, last, STEPS + 1)[:, None]), vague, rims)


def _stub(end: End, turn: float, clear: float, outward: bool, long: float = STUB) -> Points:
    """Return a short straight line beginning, or ending, ``clear`` off an end, in the direction ``turn``."""
    far = np.linspace(clear, clear + long, STEPS + 1) if outward else np.linspace(-clear - long, -clear, STEPS + 1)
    points: Points = np.array((end.x, end.y)) + far[:, None] * np.array((math.cos(turn), math.sin(turn)))
    return points


def _crossing(at: Callable[[float], Points], middle: Points, radius: float) -> float:
    """Return how far along a curve, 0–1, that sets out from the middle of a circle, it leaves it."""
    low, high = 0.0, 1.0
    for _ in range(16):
        half = (low + high) / 2
        if math.hypot(*(at(half) - middle)) < radius:
            low = half
        else:
            high = half
    return high


def draw_movements(scene: Scene) -> list[Move]:
    """Draw the movements on view, and the rims of the areas they end in; return those that were drawn."""
    shown = scene.selection.movements
    rows = zip(
        shown.rows().itertuples(index=False),
        shown.numbers.tolist(),
        scene.disputed("movements", shown.numbers).tolist(),
        strict=True,
    )
    moves = []
    for row, number, rival in rows:
        ends = [_end(scene, row, side) for side in SIDES]
        path = arrow(ends[0], ends[1], number)
        if path is None:
            continue
        for end, side, vague, rim in zip(ends, SIDES, path.vague, path.rims, strict=True):
            if end and vague and (rim or _chosen(scene, row)):
                _draw_rim(scene, row, side, end)
        if any(scene.frame.holds(x, y) for x, y in path.points.tolist()):
            moves.append(Move(row, path, rival))
    for move in moves:
        _draw(scene, move.row, move.path)
    return moves


def _end(scene: Scene, row: Any, side: str) -> End | None:
    lat, lon = getattr(row, f"{side}_lat"), getattr(row, f"{side}_lon")
    if math.isnan(lat):
        return None
    rough = getattr(row, f"{side}_precision") not in ("site", "town")
    edge = getattr(row, f"{side}_radius_km") * scene.frame.pixels_per_km(lat) if rough else 0
    return End(*scene.frame.point(lat, lon), edge)


def _chosen(scene: Scene, row: Any) -> bool:
    return scene.selected == ("movement", row.id)


def _draw_rim(scene: Scene, row: Any, side: str, end: End) -> None:
    """Draw the circle within which an end lies, where nothing else that is on view has drawn it."""
    if end.edge < CLEAR[0] or not scene.frame.holds(end.x, end.y, end.edge) or scene.rimmed(end.x, end.y, end.edge):
        return
    precision = getattr(row, f"{side}_precision")
    secret, wide = precision == "undisclosed", precision == "country" or end.edge > WIDE
    scene.area(end.x, end.y, end.edge, secret=secret, wide=wide, held=False, wanted=_chosen(scene, row))


def _draw(scene: Scene, row: Any, path: Path) -> None:
    canvas, line, points = scene.canvas, LINES[row.moved], path.points
    chosen = _chosen(scene, row)
    strength = (1 if row.certain else 0.45) * (0.5 if scene.selected[0] == "movement" and not chosen else 1)
    colour = legible(line.colour, LAND, 4.5) if line.colour else scene.forces.get(row.force, LABEL)
    moved = row.high if row.high is not None else row.low if row.low is not None else 0
    step = next(step for step, (least, _) in enumerate(WIDTHS) if moved >= least)
    width = WIDTHS[step][1] * line.weight
    ranged = None not in (row.low, row.high) and row.low != row.high
    draw_line(canvas, points, width, line, colour, path.vague, strength=strength, ranged=ranged, chosen=chosen)
    scene.signs |= {row.moved, f"width {step}"}
    scene.signs |= {sign for sign, there in (("range", ranged), ("vague", True in path.vague)) if there}
    _bead(scene, row, points, width, colour)


def draw_line(
    canvas: Canvas,
    points: Points,
    width: float,
    line: Line,
    colour: str,
    vague: tuple[bool, bool] = (False, False),
    *,
    strength: float = 1,
    ranged: bool = False,
    chosen: bool = False,
) -> None:
    """Draw an arrow: towards an end that is known only roughly its line fades, and there its head is open."""
    tip, before = points[-1], points[-4]
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    head = width * 1.6 + 5

    def away(far: float, turn: float = 0) -> Points:
        behind: Points = tip - far * np.array((math.cos(angle + turn), math.sin(angle + turn)))
        return behind

    body = np.concatenate((points[:-3], [away(head * (1 if vague[1] else 0.8))]))
    canvas.ribbon(body, width + (6 if chosen else 3), LAND, 0.8)
    if ranged:
        canvas.ribbon(body, width * 2.4, colour, 0.25 * strength)
    broad = width + 1.5 if chosen else width
    far = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(body, axis=0).T))))
    fade = min(0.4 * far[-1], 48.0)
    for first, last in _pieces(far[-1], [part * width for part in line.dash], fade if True in vague else 0):
        at = np.concatenate(([first], far[(far > first) & (far < last)], [last]))
        piece = np.stack([np.interp(at, far, body[:, axis]) for axis in (0, 1)], axis=-1)
        if (piece.max(axis=0) < -50).any() or (piece.min(axis=0) > (canvas.width + 50, canvas.height + 50)).any():
            continue
        half = (first + last) / 2
        off = min(half if vague[0] else fade, far[-1] - half if vague[1] else fade, fade)
        part = FADED + (1 - FADED) * off / fade if fade else 1
        canvas.ribbon(piece, broad, mixed(LAND, colour, part * strength))
    barbs = np.array([tip, away(head, -0.42), away(head, 0.42), tip])
    if vague[1]:
        canvas.area(barbs, LAND, 1)
        for side in (barbs[:2], barbs[1:3], barbs[2:]):
            canvas.ribbon(side, 1.5, mixed(LAND, colour, strength))
    else:
        canvas.area(barbs, mixed(LAND, colour, strength))


def _pieces(length: float, dash: list[float], fade: float) -> Iterator[tuple[float, float]]:
    """Return from where to where along a line there is ink, in pieces that are short where it fades."""
    if dash:
        start, turn = 0.0, 0
        while start < length:
            end = min(start + dash[turn], length)
            yield start, end
            start, turn = start + dash[turn] + dash[turn + 1], (turn + 2) % len(dash)
        return
    steps = np.linspace(0, fade, 17).tolist() if fade else [0.0]
    stops = [*steps, *(length - step for step in reversed(steps))]
    yield from ((first, last) for first, last in pairwise(stops) if last - first > 0.01)


def _bead(scene: Scene, row: Any, points: Points, width: float, colour: str) -> None:
    """Draw how far a movement had come on the window's last day, where it was under way."""
    day = scene.view.day_numbers.end
    if not row.start_first <= day <= row.end_last:
        return
    far = (day - row.start_first + 1) / (row.end_last - row.start_first + 2)
    x, y = points[round(far * (len(points) - 1))].tolist()
    scene.signs.add("bead")
    scene.canvas.disc(x, y, width + 3, LAND)
    scene.canvas.disc(x, y, width + 1, colour)


def name_ends(scene: Scene, moves: list[Move]) -> None:
    """Name where movements end, where nothing on view does: the areas they end in, and the sites that filters hide."""
    names: Mapping[str, str] = dict(zip(scene.catalog.sites["id"], scene.catalog.sites["name"], strict=True))
    area, site = Style(11.5, LABEL, italic=True, halo=LAND), Style(11.5, LABEL, halo=LAND)
    told: set[str] = set()
    for row, path, _ in moves:
        for n, side in enumerate(SIDES):
            place = getattr(row, side)
            if not place or place in told or _named(scene, place):
                continue
            text = end_text(names, place)
            if path.vague[n] and (n == 1 or _chosen(scene, row)):  # whence: the line fades, the rest is in its card
                x, y = path.points[-n].tolist()
                if scene.frame.holds(x, y, 0):
                    told.add(place)
                    scene.labels.centred(text, x, y + 14, area, 64)
            elif not path.vague[n] and place in names:
                told.add(place)
                end = _end(scene, row, side)
                if end and scene.frame.holds(end.x, end.y, 0) and scene.labels.beside(text, end.x, end.y, site, gap=6):
                    scene.canvas.disc(end.x, end.y, 1.8, LABEL)


def _named(scene: Scene, place: str) -> bool:
    """Return whether a site tells its own name on the map."""
    if place not in scene.selection.sites.index:
        return False
    secret = scene.selection.sites.at[place, "precision"] == "undisclosed"
    return not secret or scene.selection.states[place].status not in (FORMER, UNKNOWN)


def sign_movements(scene: Scene, moves: list[Move]) -> None:
    """Sign the movements on which sources disagree, near their middle where no name stands."""
    for points in (path.points for _, path, disputed in moves if disputed):
        for x, y in points[list(SIGNED)].tolist():
            if scene.labels.room(x + 4, y - 4, 6, 6, 0):
                scene.dispute(x + 1, y - 4)
                scene.labels.reserve_about(x + 4, y - 4, 6)
                break
