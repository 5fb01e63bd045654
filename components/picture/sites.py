"""Sites on the map: squares by who holds them and what the window did to them (map/assets/draw/sites.js)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from components.map.style import Outline, Stroke, Style
from components.picture.canvas import Canvas
from components.picture.palette import legible
from components.picture.scene import Scene, grain
from components.view.outcomes import HANDED_OVER
from components.view.states import FORMER, HELD, UNKNOWN, SiteState
from components.view.wording import UNDISCLOSED_SITE, brief_name

LAST: Final = 999
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
    """Draw the sites, those of one place side by side; return those to be named, where they were drawn."""
    by_place: dict[int, list[Site]] = {}
    for site in sites:
        by_place.setdefault(site.place, []).append(site)
    named: list[Site] = []
    for here in by_place.values():
        for n, site in enumerate(here):
            x = here[0].x + (n - (len(here) - 1) / 2) * scene.style.step
            y = here[0].y
            if scene.on_screen(here[0].x, here[0].y):
                named += _draw(scene, site._replace(x=x, y=y))
    return named


def _draw(scene: Scene, site: Site) -> Iterator[Site]:
    state, canvas = site.state, scene.canvas
    live, selected = _live(scene, state), scene.selected == ("site", site.id)
    if site.undisclosed:
        if live:
            _name_undisclosed(scene, site)
        return
    style = scene.style.sites
    half = (style.size if live else style.small) / 2
    strokes = style.strokes.get(state.change, ()) if scene.view.show == "changes" else ()
    draw_square(canvas, state, site.x, site.y, half, scene.force_colour, scene.style, strokes)
    scene.signs |= {*signs_of(state), *({state.change} if strokes else ())}
    scene.labels.reserve_about(site.x, site.y, half + (style.clear_selected if selected else style.clear))
    if selected:
        scene.ring(site.x, site.y, half + style.ring)
    if site.disputed:
        scene.dispute(site.x + half + style.sign[0], site.y + half + style.sign[1])
    if live or selected or scene.frame.zoom >= style.named_zoom:
        yield site


def signs_of(state: SiteState) -> set[str]:
    """Return what a square says, by the legend's names for it."""
    return {"possible" if state.possible else state.status} if state.status == HELD else {state.status}


def _name_undisclosed(scene: Scene, site: Site) -> None:
    """No square for a place that nobody knows: only its name, amid its area."""
    force = site.state.force or site.state.previous
    colour = legible(scene.force_colour(force), scene.palette.land, scene.style.labels.contrast)
    style = scene.text("area", colour)
    scene.labels.centred(site.name + (" ≠" if site.disputed else ""), site.x, site.y, style)
    scene.labels.centred(UNDISCLOSED_SITE, site.x, site.y + scene.style.sites.undisclosed_line, style)


def draw_square(
    canvas: Canvas,
    state: SiteState,
    x: float,
    y: float,
    half: float,
    colour_of: Callable[[str], str],
    style: Style,
    strokes: Sequence[Stroke] = (),
) -> None:
    """Draw a site's square of 2 × ``half`` CSS pixels about a point, and ``strokes`` upon it."""
    palette, box = style.palettes["light"], (x - half, y - half, x + half, y + half)
    canvas.box(*box, palette.land)
    if state.status in (HELD, HANDED_OVER):
        left, top, right, bottom = box
        canvas.box(*box, colour_of(state.force), style.possible if state.possible else 1)
        if state.status == HANDED_OVER:  # the one that left, above the diagonal
            canvas.area([(left, bottom), (left, top), (right, top)], colour_of(state.previous))
        canvas.frame(*box, Outline(style.sites.edge), palette.edge)
    else:
        colour = colour_of(state.previous) if state.previous else palette.label
        canvas.frame(*box, style.sites.outlines[state.status], colour)
    for stroke in strokes:
        canvas.ribbon([(x + dx, y + dy) for dx, dy in stroke], style.sites.stroke_width, palette.halo)


def name_sites(scene: Scene, named: list[Site]) -> None:
    """Name those drawn: the selected one first, then those that changed, then by who holds them."""
    order = {id_: n for n, id_ in enumerate(scene.catalog.forces["id"])}

    def weight(site: Site) -> int:
        state = site.state
        if scene.selected == ("site", site.id):
            return -1
        if state.status in (FORMER, UNKNOWN):
            return LAST
        if state.status != HELD:
            return 0
        return 1 + order.get(state.force, 0) + (100 if state.possible else 0)

    for site in sorted(named, key=lambda site: (weight(site), site.number)):
        live = weight(site) < LAST
        text = scene.text("strong", scene.palette.strong) if live else scene.text("plain", scene.palette.label)
        gap = scene.style.sites.size / 2 + scene.style.sites.name_gap
        scene.labels.beside(site.name, site.x, site.y, text, gap, must=weight(site) < 0)
