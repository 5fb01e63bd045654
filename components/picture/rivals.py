"""Where other sources say that the selected movement led, or the selected site lies (map/assets/draw/rivals.js)."""

import math
from collections.abc import Sequence
from dataclasses import replace

from components.picture.movements import End, Move, arrow, is_selected
from components.picture.scene import Scene
from components.picture.sites import Site
from components.view.rivals import Rival, rivals
from components.view.wording import RIVAL


def draw_rivals(scene: Scene, sites: Sequence[Site], moves: Sequence[Move]) -> None:
    """Draw the rivals of what is selected as ghosts, each with who says so."""
    known = scene.on_view.known
    own = [
        rival
        for rival in rivals(scene.catalog)
        if rival.row == scene.view.selected and (known is None or rival.public <= known)
    ]
    move = next((move for move in moves if is_selected(scene, move.row)), None)
    site = next((site for site in sites if scene.selected == ("site", site.id)), None)
    for n, rival in enumerate(own):
        if move:
            _arrow(scene, move, rival, n)
        elif site:
            _place(scene, site, rival)


def _end(scene: Scene, rival: Rival) -> End:
    rough = rival.precision not in ("site", "town")
    edge = rival.radius * scene.frame.pixels_per_km(rival.lat) if rough else 0
    return End(*scene.frame.point(rival.lat, rival.lon), edge)


def _arrow(scene: Scene, move: Move, rival: Rival, n: int) -> None:
    style, look = scene.style.rivals, scene.style.movements
    ends = list(move.ends)
    ends[0 if rival.side == "origin" else 1] = _end(scene, rival)
    path = arrow(ends[0], ends[1], move.number + 1 + n, look)
    line = look.lines[move.row.moved]
    colour = scene.ink(line.colour, False) if line.colour else scene.force_colour(move.row.force, False)
    if not path or math.hypot(*(path.points[-1] - path.points[0])) < style.short:  # too near for an arrow
        _ring(scene, rival, colour)
        return
    points = path.points
    (x, y), before = points[-1].tolist(), points[-4].tolist()
    angle = math.atan2(y - before[1], x - before[0])
    head = style.line.width * look.head[0] + look.head[1]
    barbs = [(x - head * math.cos(angle + turn), y - head * math.sin(angle + turn)) for turn in (-look.barb, look.barb)]
    scene.canvas.outline(points, style.line, colour)
    scene.canvas.outline([barbs[0], (x, y), barbs[1]], replace(style.line, dash=()), colour)
    scene.labels.reserve_line(points, style.line.width)
    _say(scene, rival, *(points[0].tolist() if rival.side == "origin" else (x, y)))


def _place(scene: Scene, site: Site, rival: Rival) -> None:
    end = _end(scene, rival)
    scene.canvas.outline([(site.x, site.y), (end.x, end.y)], scene.style.leader, scene.palette.label)
    colour = scene.force_colour(site.state.force or site.state.previous, False)
    _ring(scene, rival, colour)


def _ring(scene: Scene, rival: Rival, colour: str) -> None:
    style, end = scene.style.rivals, _end(scene, rival)
    scene.canvas.circle(end.x, end.y, max(end.edge, style.least), style.line, colour)
    _say(scene, rival, end.x, end.y)


def _say(scene: Scene, rival: Rival, x: float, y: float) -> None:
    style = scene.style.rivals
    scene.labels.centred(
        rival.claimant, x, y + style.below, scene.text("area", scene.palette.strong), style.stray, RIVAL
    )
