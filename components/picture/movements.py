"""Movements as curved arrows: their line tells what moved, their width how many.

map/assets/draw/arrows.js has the same paths, by the same cases (tests/cases/arrows.json).
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from components.catalog.records import records
from components.map.key import Line
from components.map.style import STYLE, MovementStyle, Outline, Style
from components.picture.canvas import Canvas
from components.picture.palette import legible, mixed
from components.picture.projection import Points
from components.picture.scene import Scene
from components.view.states import FORMER, UNKNOWN
from components.view.wording import end_text

SIDES: Final = ("origin", "destination")
ASIDE: Final = math.atan2(1, 2)
"""The direction of an arrow of which nobody knows where it leads, in radians."""


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
    """A movement on view with its arrow."""

    row: Any
    number: int
    """Its row in the catalog."""
    ends: tuple[End | None, End | None]
    path: Path
    disputed: bool
    full: bool
    """Whether it is told in full, or selected; else it steps back."""


def arrow(origin: End | None, target: End | None, number: int, style: MovementStyle = STYLE.movements) -> Path | None:
    """Return the path of an arrow, None where it is too short to show; an end may be not stated (None).

    ``number`` sets rival arrows between the same ends apart.
    """
    edges = (origin.edge if origin else 0, target.edge if target else 0)
    vague = (not origin or edges[0] > 0, not target or edges[1] > 0)
    rims = (edges[0] > 0, edges[1] > 0)
    clear = (max(style.clear[0], edges[0]), max(style.clear[1], edges[1]))
    if not origin or not target:
        # One end is not stated: it sets out from the other, or comes to it, from nowhere in particular.
        stated = origin or target
        if not stated:
            return None
        points = _stub(stated, ASIDE, clear[0 if origin else 1], bool(origin), style.stub, style.steps)
        return Path(points, vague, rims)
    dx, dy = target.x - origin.x, target.y - origin.y
    length, rival = math.hypot(dx, dy), number % style.rivals
    near = length - sum(clear) < style.short
    if near and max(edges) >= style.stub:
        # One area holds or nearly touches the other end: a stub at the lesser one says whither, or whence, and no more.
        straight = math.atan2(dy, dx)
        turn = ASIDE if length < style.least else straight + style.fan * (rival - (style.rivals - 1) / 2)
        outward = edges[0] <= edges[1]
        off = clear[0 if outward else 1]
        long = max(style.stub, style.part * (length - off))
        points = _stub(origin if outward else target, turn, off, outward, long, style.steps)
        return Path(points, vague, (rims[0], False) if outward else (False, rims[1]))
    if length < style.least:
        return None
    bend = style.bend[0] + style.bend[1] * rival
    begin, goal = np.array((origin.x, origin.y)), np.array((target.x, target.y))
    middle = (begin + goal) / 2 + np.array((dy, -dx)) * bend

    def at(t: Any) -> Points:
        curve: Points = (1 - t) ** 2 * begin + 2 * t * (1 - t) * middle + t**2 * goal
        return curve

    first = min(0.4, clear[0] / length) if near else _crossing(at, begin, clear[0])
    last = 1 - (min(0.5, clear[1] / length) if near else _crossing(lambda t: at(1 - t), goal, clear[1]))
    return Path(at(np.linspace(first, last, style.steps + 1)[:, None]), vague, rims)


def _stub(end: End, turn: float, clear: float, outward: bool, long: float, steps: int) -> Points:
    """Return a short straight line beginning, or ending, ``clear`` off an end, in the direction ``turn``."""
    far = np.linspace(clear, clear + long, steps + 1) if outward else np.linspace(-clear - long, -clear, steps + 1)
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


def moves_of(scene: Scene) -> list[Move]:
    """Return the movements on view that are long enough to be seen."""
    shown = scene.selection.movements
    rows = zip(
        records(shown.rows()),
        shown.numbers.tolist(),
        scene.disputed("movements", shown.numbers).tolist(),
        scene.levels.movements(shown.numbers).tolist(),
        strict=True,
    )
    moves = []
    for row, number, rival, full in rows:
        ends = (_end(scene, row, "origin"), _end(scene, row, "destination"))
        path = arrow(*ends, number, scene.style.movements)
        if path:
            moves.append(Move(row, number, ends, path, rival, full or is_selected(scene, row)))
    return moves


def _end(scene: Scene, row: Any, side: str) -> End | None:
    lat, lon = getattr(row, f"{side}_lat"), getattr(row, f"{side}_lon")
    if math.isnan(lat):
        return None
    rough = getattr(row, f"{side}_precision") not in ("site", "town")
    edge = getattr(row, f"{side}_radius_km") * scene.frame.pixels_per_km(lat) if rough else 0
    return End(*scene.frame.point(lat, lon), edge)


def is_selected(scene: Scene, row: Any) -> bool:
    """Return whether a movement is what is selected."""
    return scene.selected == ("movement", row.id)


def draw_movements(scene: Scene, moves: Sequence[Move]) -> list[Move]:
    """Draw the arrows of movements, those told in full over the others; return those that were drawn."""
    drawn = [move for move in moves if any(scene.on_screen(x, y) for x, y in move.path.points.tolist())]
    drawn.sort(key=lambda move: 2 if is_selected(scene, move.row) else int(move.full))
    for move in drawn:
        wide = _draw(scene, move)
        room = scene.style.movements.head_room * (1 if move.full else 0.5)
        scene.labels.reserve_line(move.path.points, wide / 2)
        x, y = move.path.points[-1].tolist()
        scene.labels.reserve_about(x, y, room)
    return drawn


def _draw(scene: Scene, move: Move) -> float:
    """Draw an arrow; return how wide its line is."""
    row, path, full = move.row, move.path, move.full
    style = scene.style.movements
    line, selected = style.lines[row.moved], is_selected(scene, row)
    dimmed = scene.selected[0] == "movement" and not selected
    strength = scene.strength(bool(row.certain), full) * (style.dimmed if dimmed else 1)
    neutral = legible(line.colour, scene.palette.land, scene.style.labels.contrast) if line.colour else ""
    pale = scene.ink(line.colour, False) if line.colour else scene.force_colour(row.force, False)
    colour = (neutral or scene.force_colour(row.force)) if full else pale
    moved = row.high if row.high is not None else row.low if row.low is not None else 0
    step = next(step for step, (least, _) in enumerate(style.widths) if moved >= least)
    width = style.widths[step][1] * line.weight * (1 if full else scene.style.pale.line)
    ranged = None not in (row.low, row.high) and row.low != row.high
    draw_line(
        scene.canvas,
        path.points,
        width,
        line,
        colour,
        path.vague,
        scene.style,
        strength=strength,
        ranged=ranged,
        selected=selected,
    )
    scene.signs |= {row.moved, f"width {step}"}
    scene.signs |= {sign for sign, there in (("range", ranged), ("vague", True in path.vague)) if there}
    day = scene.view.day_numbers.end
    if row.start_first <= day <= row.end_last:  # how far it had come on the window's last day
        far = (day - row.start_first + 1) / (row.end_last - row.start_first + 2)
        x, y = path.points[math.floor(far * (len(path.points) - 1) + 0.5)].tolist()
        scene.signs.add("bead")
        draw_bead(scene.canvas, x, y, width, colour, scene.style, strength)
    return width


def draw_bead(canvas: Canvas, x: float, y: float, width: float, colour: str, style: Style, strength: float = 1) -> None:
    """Draw the bead of a movement under way upon its line of that width."""
    reach = width + style.movements.bead
    canvas.disc(x, y, reach, colour, strength)
    edge = Outline(style.movements.bead_edge, (), strength)
    canvas.circle(x, y, reach, edge, style.palettes["light"].halo)


def draw_line(
    canvas: Canvas,
    points: Points,
    width: float,
    line: Line,
    colour: str,
    vague: tuple[bool, bool] = (False, False),
    style: Style = STYLE,
    *,
    strength: float = 1,
    ranged: bool = False,
    selected: bool = False,
) -> None:
    """Draw an arrow: towards an end that is known only roughly its line fades, and there its head is open."""
    look, land = style.movements, style.palettes["light"].land
    tip, before = points[-1], points[-4]
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    head = width * look.head[0] + look.head[1]

    def away(far: float, turn: float = 0) -> Points:
        behind: Points = tip - far * np.array((math.cos(angle + turn), math.sin(angle + turn)))
        return behind

    body = np.concatenate((points[:-3], [away(head * (1 if vague[1] else look.neck))]))
    canvas.ribbon(body, width + (look.halo_selected if selected else look.halo), land, look.halo_strength)
    if ranged:
        canvas.ribbon(body, width * look.band, colour, look.band_strength * strength)
    broad = width + look.broader if selected else width
    far = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(body, axis=0).T))))
    fade = min(look.fade_part * far[-1], look.fade)
    for first, last in _pieces(far[-1], [part * width for part in line.dash], fade if True in vague else 0):
        at = np.concatenate(([first], far[(far > first) & (far < last)], [last]))
        piece = np.stack([np.interp(at, far, body[:, axis]) for axis in (0, 1)], axis=-1)
        if (piece.max(axis=0) < -50).any() or (piece.min(axis=0) > (canvas.width + 50, canvas.height + 50)).any():
            continue
        half = (first + last) / 2
        off = min(half if vague[0] else fade, far[-1] - half if vague[1] else fade, fade)
        part = look.faded + (1 - look.faded) * off / fade if fade else 1
        canvas.ribbon(piece, broad, mixed(land, colour, part * strength))
    barbs = np.array([tip, away(head, -look.barb), away(head, look.barb)])
    ink = mixed(land, colour, strength)
    canvas.area(barbs, land if vague[1] else ink)
    if vague[1]:
        canvas.triangle(barbs, look.open_head, ink)


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


def name_ends(scene: Scene, moves: Sequence[Move]) -> None:
    """Name where movements end, where nothing on view does: the areas they end in, and the sites that filters hide."""
    names: Mapping[str, str] = dict(zip(scene.catalog.sites["id"], scene.catalog.sites["name"], strict=True))
    style, label = scene.style.movements, scene.palette.label
    area, site = scene.text("area", label), scene.text("plain", label)
    named: set[str] = set()
    near = scene.frame.zoom >= scene.style.pale.named_zoom
    for move in sorted((move for move in moves if move.full or near), key=lambda move: not move.full):
        for n, (side, end) in enumerate(zip(SIDES, move.ends, strict=True)):
            place = getattr(move.row, side)
            text = end_text(names, place)
            vague = move.path.vague[n]
            if not end or text in named or _tells_its_name(scene, place):
                continue
            # Whence: the line fades, the rest is in its card. A place that is no site is a town of the map's.
            if (n == 0 and not is_selected(scene, move.row)) if vague else place not in names:
                continue
            x, y = move.path.points[-n].tolist() if vague else (end.x, end.y)
            if not scene.on_screen(x, y, 0):
                continue
            named.add(text)
            if vague:
                scene.labels.centred(text, x, y + style.end_below, area, style.end_stray)
            elif scene.labels.beside(text, x, y, site, style.end_gap) == "beside":
                scene.dot(x, y)


def _tells_its_name(scene: Scene, place: str) -> bool:
    """Return whether a place is a site that tells its own name on the map."""
    if place not in scene.selection.sites.index:
        return False
    secret = scene.selection.sites.at[place, "precision"] == "undisclosed"
    return not secret or scene.selection.states[place].status not in (FORMER, UNKNOWN)


def sign_movements(scene: Scene, moves: Sequence[Move]) -> None:
    """Sign the movements on which sources disagree, near their middle where no name stands."""
    style, reach = scene.style.movements, scene.style.sign.reach
    for move in moves:
        spots = (move.path.points[list(style.signed)] + style.sign).tolist() if move.disputed and move.full else []
        spot = next((spot for spot in spots if scene.labels.room(spot[0], spot[1], reach, reach, 0)), None)
        if spot:
            scene.dispute(*spot)
