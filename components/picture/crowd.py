"""Many sites that would lie on one another: small squares by who holds most of each cell (map/assets/draw/crowd.js)."""

from collections import Counter
from collections.abc import Iterable, Sequence

from components.map.style import CrowdStyle
from components.picture.scene import Scene
from components.picture.sites import Site

Cell = tuple[int, int]


def _cell(x: float, y: float, side: float) -> Cell:
    return int(x // side), int(y // side)


def is_crowded(points: Sequence[tuple[float, float]], style: CrowdStyle, size: float) -> bool:
    """Return whether points, in the world's pixels, would lie on one another as symbols of ``size`` pixels.

    >>> is_crowded([(1, 1)] * 201, CrowdStyle(), 14), is_crowded([(1, 1)] * 200, CrowdStyle(), 14)
    (True, False)
    """
    if len(points) <= style.few or len(points) > style.most:
        return len(points) > style.few
    cells = Counter(_cell(x, y, size) for x, y in points)
    return sum(count for count in cells.values() if count > 1) > style.share * len(points)


def most_held_by(states: Iterable[tuple[int, bool]]) -> tuple[int, bool]:
    """Return who holds most of some sites, and whether it only possibly does; of equals the first in order.

    ``states``: who holds each, by its number, -1 for nobody, and whether it only possibly does.

    >>> most_held_by([(2, True), (1, False), (2, False)])
    (2, False)
    """
    counts: dict[int, int] = {}
    only: dict[int, bool] = {}
    for force, possible in states:
        if force >= 0:
            counts[force] = counts.get(force, 0) + 1
            only[force] = only.get(force, True) and possible
    if not counts:
        return -1, False
    force = min(counts, key=lambda one: (-counts[one], one))
    return force, only[force]


def in_crowd(scene: Scene, sites: Sequence[Site]) -> bool:
    """Return whether the sites in sight are too many, or too near one another, for symbols."""
    size = scene.style.sites.size
    return is_crowded(
        [scene.frame.in_world(site.x, site.y) for site in _squares(scene, sites)], scene.style.crowd, size
    )


def draw_crowd(scene: Scene, sites: Sequence[Site]) -> None:
    """Draw a square for each cell that holds a site in sight, those of one look together."""
    style = scene.style.crowd
    forces = list(scene.catalog.forces["id"])
    order = {id_: number for number, id_ in enumerate(forces)}
    cells: dict[Cell, list[Site]] = {}
    for site in _squares(scene, sites):
        cells.setdefault(_cell(*scene.frame.in_world(site.x, site.y), style.cell), []).append(site)
    looks: dict[tuple[bool, bool, int], list[Cell]] = {}
    for cell, here in cells.items():
        force, possible = most_held_by((order.get(site.state.force, -1), site.state.possible) for site in here)
        looks.setdefault((any(_full(scene, site) for site in here), not possible, force), []).append(cell)
    inset = (style.cell - style.square) / 2
    left, top = scene.frame.in_world(0, 0)
    for (full, sure, force), found in sorted(looks.items()):
        colour = scene.ink(scene.palette.label, full) if force < 0 else scene.force_colour(forces[force], full)
        for column, row in found:
            x, y = column * style.cell - left + inset, row * style.cell - top + inset
            box = (x, y, x + style.square, y + style.square)
            if force < 0:
                scene.canvas.frame(*box, style.empty, colour)
            else:
                scene.canvas.box(*box, colour, scene.strength(sure, full))
    scene.signs.add("crowd")


def _squares(scene: Scene, sites: Sequence[Site]) -> list[Site]:
    """Return the sites in sight that have a square."""
    return [site for site in sites if not site.undisclosed and scene.on_screen(site.x, site.y)]


def _full(scene: Scene, site: "Site") -> bool:
    return bool(site.state.change) if scene.view.show == "changes" and not scene.compared else site.full
