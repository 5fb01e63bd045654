"""Sites on the map: squares by who holds them and what the window did to them (map/assets/draw/sites.js)."""

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from components.map.style import Outline, Stroke, Style
from components.picture.canvas import Canvas
from components.picture.palette import legible, pale
from components.picture.scene import Scene, grain
from components.view.outcomes import HANDED_OVER
from components.view.states import FORMER, HELD, UNKNOWN, SiteState
from components.view.wording import UNDISCLOSED_SITE, brief_name

OTHERS: Final = 1000
"""The weight of those that are not the subject's."""
LAST: Final = 9999
"""The weight of those that are named last."""


class Site(NamedTuple):
    """A site on view, with its place on the map."""

    number: int
    """Its row among the sites on view."""
    id: str
    name: str
    state: SiteState
    x: float
    y: float
    lat: float
    lon: float
    precision: str
    radius: float
    """km"""
    place: int
    """By grain."""
    disputed: bool
    full: bool
    """Whether it is told in full, or selected; else it steps back."""

    @property
    def undisclosed(self) -> bool:
        """Whether it has no square: nobody gives away where it is."""
        return self.precision == "undisclosed"


def sites_of(scene: Scene) -> list[Site]:
    """Return the sites on view that have a place."""
    rows = scene.selection.sites
    numbers = scene.catalog.sites.index.get_indexer(rows.index)
    disputed = scene.disputed("sites", numbers)
    found = zip(*(rows[name] for name in ("id", "name", "lat", "lon", "precision", "radius_km")), strict=True)
    return [
        Site(
            number,
            id_,
            brief_name(name),
            scene.selection.states[id_],
            *scene.frame.point(lat, lon),
            lat,
            lon,
            precision,
            radius,
            int(grain(lat, lon)),
            bool(disputed[number]),
            scene.levels.sites[id_] or scene.selected == ("site", id_),
        )
        for number, (id_, name, lat, lon, precision, radius) in enumerate(found)
        if not np.isnan(lat)
    ]


def _live(scene: Scene, state: SiteState) -> bool:
    """Return whether a site stands out: where squares tell of changes, what did not change steps back."""
    if scene.view.show == "changes":
        return bool(state.change)
    return state.status not in (FORMER, UNKNOWN)


def draw_sites(scene: Scene, sites: list[Site]) -> list[Site]:
    """Draw the sites, those of one place side by side, those told in full over the others.

    Return those to be named, where they were drawn.
    """
    by_place: dict[int, list[Site]] = {}
    for site in sites:
        by_place.setdefault(site.place, []).append(site)
    placed = [
        site._replace(x=here[0].x + (n - (len(here) - 1) / 2) * scene.style.step, y=here[0].y)
        for here in by_place.values()
        if scene.on_screen(here[0].x, here[0].y)
        for n, site in enumerate(here)
    ]
    placed.sort(key=lambda site: site.full)
    return [site for site in placed if _draw(scene, site)]


def _draw(scene: Scene, site: Site) -> bool:
    """Draw a site's square; return whether it is to be named."""
    state, canvas, pale = site.state, scene.canvas, scene.style.pale
    live, selected = _live(scene, state), scene.selected == ("site", site.id)
    if site.undisclosed:  # no square for a place that nobody knows
        return live and (site.full or scene.frame.zoom >= pale.named_zoom)
    style = scene.style.sites
    half = ((style.size if live else style.small) if site.full else pale.site if live else pale.small) / 2
    strokes = style.strokes.get(state.change, ()) if scene.view.show == "changes" else ()
    colour_of = lambda force: scene.force_colour(force, site.full)  # noqa: E731
    draw_square(canvas, state, site.x, site.y, half, colour_of, scene.style, strokes, full=site.full)
    scene.signs |= {*signs_of(state), *({state.change} if strokes else ()), *(() if site.full else ("pale",))}
    scene.labels.reserve_about(site.x, site.y, half + (style.clear_selected if selected else style.clear))
    if selected:
        scene.ring(site.x, site.y, half + style.ring)
    if site.disputed and site.full:
        scene.dispute(site.x + half + style.sign[0], site.y + half + style.sign[1])
    near = scene.frame.zoom >= (style.named_zoom if site.full else pale.named_zoom)
    return near or selected or (live and site.full)


def signs_of(state: SiteState) -> set[str]:
    """Return what a square says, by the legend's names for it."""
    return {"possible" if state.possible else state.status} if state.status == HELD else {state.status}


def _name_undisclosed(scene: Scene, site: Site) -> None:
    """Write the name of a place that nobody knows within its area."""
    force = site.state.force or site.state.previous
    colour = legible(scene.force_colour(force), scene.palette.land, scene.style.labels.contrast)
    style = scene.text("area", colour if site.full else scene.palette.label)
    stray = scene.style.sites.undisclosed_stray
    scene.labels.centred(site.name, site.x, site.y, style, stray, UNDISCLOSED_SITE)


def draw_square(
    canvas: Canvas,
    state: SiteState,
    x: float,
    y: float,
    half: float,
    colour_of: Callable[[str], str],
    style: Style,
    strokes: Sequence[Stroke] = (),
    *,
    full: bool = True,
) -> None:
    """Draw a site's square of 2 × ``half`` CSS pixels about a point, and ``strokes`` upon it."""
    palette, box = style.palettes["light"], (x - half, y - half, x + half, y + half)
    canvas.box(*box, palette.land)
    if state.status in (HELD, HANDED_OVER):
        left, top, right, bottom = box
        possible = style.possible if full else style.pale.possible
        canvas.box(*box, colour_of(state.force), possible if state.possible else 1)
        if state.status == HANDED_OVER:  # the one that left, above the diagonal
            canvas.area([(left, bottom), (left, top), (right, top)], colour_of(state.previous))
        canvas.frame(*box, Outline(style.sites.edge if full else style.pale.edge), palette.edge)
    else:
        nobody = palette.label if full else pale(palette.label, palette.land, style.pale.contrast)
        colour = colour_of(state.previous) if state.previous else nobody
        canvas.frame(*box, style.sites.outlines[state.status], colour)
    for stroke in strokes:
        canvas.ribbon([(x + dx, y + dy) for dx, dy in stroke], style.sites.stroke_width, palette.halo)


def name_sites(scene: Scene, named: list[Site], full: bool) -> None:
    """Name those drawn that are told in full, or the others.

    The selected one is first, then the subject's, of them and of the others those that changed, then by who holds them;
    last those without a square.
    """
    order = {id_: n for n, id_ in enumerate(scene.catalog.forces["id"])}

    def weight(site: Site) -> int:
        state = site.state
        if scene.selected == ("site", site.id):
            return -1
        if state.status in (FORMER, UNKNOWN):
            return LAST
        others = 0 if site.id in scene.levels.own else OTHERS
        if state.status != HELD:
            return others
        return others + 1 + order.get(state.force, 0) + (100 if state.possible else 0) + (0 if state.change else 200)

    level = [site for site in named if site.full == full]
    squares = [site for site in level if not site.undisclosed]
    for site in sorted(squares, key=lambda site: (weight(site), site.number)):
        strong = full and weight(site) < LAST
        text = scene.text("strong", scene.palette.strong) if strong else scene.text("plain", scene.palette.label)
        gap = (scene.style.sites.size if full else scene.style.pale.site) / 2 + scene.style.sites.name_gap
        at = (site.x, site.y)
        if scene.labels.beside(site.name, *at, text, gap, must=weight(site) < 0) or not full:
            continue
        spot = scene.labels.near(site.name, *at, text, scene.style.sites.stray)
        if spot:
            part = scene.style.sites.size / 2 / math.hypot(spot[0] - site.x, spot[1] - site.y)
            edge = (site.x + (spot[0] - site.x) * part, site.y + (spot[1] - site.y) * part)
            scene.canvas.outline([spot, edge], scene.style.sites.leader, scene.palette.strong)
    for site in level:
        if site.undisclosed:
            _name_undisclosed(scene, site)
