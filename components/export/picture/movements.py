"""Movements as curved arrows: as wide as what moved, no surer of their ends than the source (map/assets/arrows.js)."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from components.catalog.dates import day_number
from components.export.picture.palette import LABEL, LAND
from components.export.picture.projection import Points
from components.export.picture.scene import Scene

WIDTHS: Final = ((1000, 4.5), (100, 3.2), (0, 2.2))
"""An arrow's width by the number that moved."""
STUB: Final = 44
"""CSS pixels: the length of an arrow with one end not stated."""
STEPS: Final = 24
SIGNED: Final = (12, 10, 14, 8, 16, 6, 18, 4, 20, 2, 22)
"""The points of an arrow's line where its sign may stand: the first that is free."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a movement begins or ends on the map."""

    x: float
    y: float
    vague: bool
    """Whether it is known no better than to a district."""
    edge: float
    """CSS pixels about it where an undisclosed place's area ends, 0 for none."""


def arrow(origin: End | None, target: End | None, number: int) -> Points | None:
    """Return the points of an arrow's line, None where it is too short to show; an end may be not stated (None).

    ``number`` sets rival arrows between the same ends apart.
    """
    if origin and target:
        begin, goal = (origin.x, origin.y), (target.x, target.y)
    elif origin:
        begin, goal = (origin.x, origin.y), (origin.x + STUB, origin.y + STUB / 2)
    elif target:
        begin, goal = (target.x - STUB, target.y - STUB / 2), (target.x, target.y)
    else:
        return None
    dx, dy = goal[0] - begin[0], goal[1] - begin[1]
    length = math.hypot(dx, dy)
    if length < 18:
        return None
    bend = 0.12 + 0.05 * (number % 4)
    middle = np.array(((begin[0] + goal[0]) / 2 + dy * bend, (begin[1] + goal[1]) / 2 - dx * bend))
    # Clear of the symbols at its ends; at an undisclosed place's edge, or half-way where that is nearer.
    first = min(0.4, max(11, origin.edge if origin else 0) / length)
    last = 1 - min(0.5, max(12, target.edge if target else 0) / length)
    t = np.linspace(first, last, STEPS + 1)[:, None]
    points: Points = (1 - t) ** 2 * np.array(begin) + 2 * t * (1 - t) * middle + t**2 * np.array(goal)
    return points


def draw_movements(scene: Scene) -> list[Points]:
    """Draw the movements on view; return the lines of those on which sources disagree."""
    shown = scene.selection.movements
    rivals = []
    disputed = scene.disputed("movements", shown.numbers)
    rows = zip(shown.rows().itertuples(index=False), shown.numbers.tolist(), disputed, strict=True)
    for row, number, rival in rows:
        origin, target = (_end(scene, row, side) for side in ("origin", "destination"))
        points = arrow(origin, target, number)
        if points is None or not any(scene.frame.holds(x, y) for x, y in points.tolist()):
            continue
        vague = not origin or not target or origin.vague or target.vague
        _draw(scene, row, points, vague)
        scene.signs.add("vague movement" if vague else "movement")
        if rival:
            rivals.append(points)
    return rivals


def _end(scene: Scene, row: Any, side: str) -> End | None:
    lat, lon = getattr(row, f"{side}_lat"), getattr(row, f"{side}_lon")
    if math.isnan(lat):
        return None
    precision = getattr(row, f"{side}_precision")
    edge = getattr(row, f"{side}_radius_km") * scene.frame.pixels_per_km(lat) if precision == "undisclosed" else 0
    return End(*scene.frame.point(lat, lon), precision not in ("site", "town"), edge)


def _draw(scene: Scene, row: Any, points: Points, vague: bool) -> None:
    canvas = scene.canvas
    kind, id_ = scene.selected
    chosen = (kind, id_) == ("movement", row.id)
    strength = (0.9 if row.certain else 0.45) * (0.5 if kind == "movement" and not chosen else 1)
    colour = scene.forces.get(row.force, LABEL)
    moved = row.high if row.high is not None else row.low if row.low is not None else 0
    width = next(width for least, width in WIDTHS if moved >= least)
    tip, before = points[-1], points[-4]
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    head = width * 1.6 + 5

    def away(far: float, turn: float = 0) -> Points:
        behind: Points = tip - far * np.array((math.cos(angle + turn), math.sin(angle + turn)))
        return behind

    line = np.concatenate((points[:-3], [away(head * 0.8)]))
    canvas.ribbon(line, width + (6 if chosen else 3), LAND, 0.8)
    if None not in (row.low, row.high) and row.low != row.high:
        canvas.ribbon(line, width * 2.4, colour, 0.25 * strength)
    broad = width + 1.5 if chosen else width
    if vague:
        canvas.dashes(line, broad, colour, (width * 3, width * 2), strength)
    else:
        canvas.ribbon(line, broad, colour, strength)
    canvas.area([tip, away(head, -0.42), away(head, 0.42)], colour, strength)
    _bead(scene, row, points, width, colour)


def _bead(scene: Scene, row: Any, points: Points, width: float, colour: str) -> None:
    """Draw how far a movement had come on the window's last day, where it was under way."""
    day = day_number(scene.view.end)
    if not row.start_first <= day <= row.end_last:
        return
    far = (day - row.start_first + 1) / (row.end_last - row.start_first + 2)
    x, y = points[round(far * (len(points) - 1))].tolist()
    scene.signs.add("bead")
    scene.canvas.disc(x, y, width + 3, LAND)
    scene.canvas.disc(x, y, width + 1, colour)


def sign_movements(scene: Scene, rivals: list[Points]) -> None:
    """Sign the movements on which sources disagree, near their middle where no name stands."""
    for points in rivals:
        for x, y in points[list(SIGNED)].tolist():
            if scene.labels.room(x + 4, y - 4, 6, 6, 0):
                scene.dispute(x + 1, y - 4)
                scene.labels.reserve_about(x + 4, y - 4, 6)
                break
