"""Sites on the map: squares by who holds them and what the window did to them (map/assets/draw/sites.js)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from components.map.style import STROKES, Stroke
from components.picture.canvas import Canvas
from components.picture.palette import LABEL, LAND, PAPER, STRONG, legible
from components.picture.scene import STEP, Scene, grain
from components.picture.text import Style
from components.view.outcomes import HANDED_OVER, VACATED
from components.view.states import FORMER, HELD, UNKNOWN, SiteState
from components.view.wording import brief_name

SITE: Final = 14
"""CSS pixels of a square."""
SMALL: Final = 8
"""The same for what was left before the window, has no holder on record, or did not change where changes are shown."""
LIGHT: Final = 0.45
"""How strong the colour is of what is only possible."""
WIDE: Final = 60
"""CSS pixels: an area that covers much of the map must not weigh on it."""


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
            precision,
            radius,
            int(grain(lat, lon)),
            bool(disputed[number]),
        )
        for number, (id_, name, lat, lon, precision, radius) in enumerate(found)
        if not np.isnan(lat)
    ]


def draw_site_areas(scene: Scene, sites: list[Site]) -> None:
    """Draw the circles within which imprecise sites lie, and the undisclosed ones' areas: one for each place."""
    areas: dict[tuple[int, str, float], list[Site]] = {}
    for site in sites:
        if site.precision not in ("site", "") and site.state.status not in (UNKNOWN, FORMER):
            areas.setdefault((site.place, site.precision, site.radius), []).append(site)
    for here in areas.values():
        first = here[0]
        reach = first.radius * scene.frame.pixels_per_km(first.lat)
        if reach < SITE / 2 + 2 or not scene.frame.holds(first.x, first.y, reach):
            continue
        force = first.state.force or first.state.previous
        scene.area(
            first.x,
            first.y,
            reach,
            scene.forces.get(force, LABEL) if first.undisclosed else LABEL,
            secret=first.undisclosed,
            wide=first.precision == "country" or reach > WIDE,
            held=bool(first.state.force),
            wanted=any(scene.selected == ("site", site.id) for site in here),
        )


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
            x = here[0].x + (n - (len(here) - 1) / 2) * STEP
            y = here[0].y
            if scene.frame.holds(here[0].x, here[0].y):
                named += _draw(scene, site._replace(x=x, y=y))
    return named


def _draw(scene: Scene, site: Site) -> Iterator[Site]:
    state, canvas = site.state, scene.canvas
    live, selected = _live(scene, state), scene.selected == ("site", site.id)
    if site.undisclosed:
        if live:
            _name_undisclosed(scene, site)
        return
    half = (SITE if live else SMALL) / 2
    strokes = STROKES.get(state.change, ()) if scene.view.show == "changes" else ()
    draw_square(canvas, state, site.x, site.y, half, scene.forces, strokes)
    scene.signs |= {*signs_of(state), *({state.change} if strokes else ())}
    scene.labels.reserve_about(site.x, site.y, half + (6 if selected else 1))
    if selected:
        scene.ring(site.x, site.y, half + 5)
    if site.disputed:
        scene.dispute(site.x + half - 2, site.y + half + 1)
    if (live or selected or scene.frame.zoom >= 8) and scene.frame.holds(site.x, site.y, 0):
        yield site


def signs_of(state: SiteState) -> set[str]:
    """Return what a square says, by the legend's names for it."""
    return {"possible" if state.possible else state.status} if state.status == HELD else {state.status}


def _name_undisclosed(scene: Scene, site: Site) -> None:
    """No square for a place that nobody knows: only its name, amid its area."""
    force = site.state.force or site.state.previous
    style = Style(11.5, legible(scene.forces.get(force, LABEL), LAND, 4.5), italic=True, halo=LAND)
    scene.labels.centred(site.name + (" ≠" if site.disputed else ""), site.x, site.y, style)
    scene.labels.centred("site undisclosed", site.x, site.y + 15, style)


def draw_square(
    canvas: Canvas,
    state: SiteState,
    x: float,
    y: float,
    half: float,
    forces: Mapping[str, str],
    strokes: Sequence[Stroke] = (),
) -> None:
    """Draw a site's square of 2 × ``half`` CSS pixels about a point, and ``strokes`` upon it."""
    left, top, right, bottom = x - half, y - half, x + half, y + half
    if state.status in (HELD, HANDED_OVER):
        canvas.box(left - 0.75, top - 0.75, right + 0.75, bottom + 0.75, PAPER)
        canvas.box(left + 0.75, top + 0.75, right - 0.75, bottom - 0.75, LAND)
        inner = (left + 0.75, top + 0.75, right - 0.75, bottom - 0.75)
        canvas.box(*inner, forces.get(state.force, LABEL), LIGHT if state.possible else 1)
        if state.status == HANDED_OVER:  # the one that left, above the diagonal
            corner = [(inner[0], inner[3]), (inner[0], inner[1]), (inner[2], inner[1])]
            canvas.area(corner, forces.get(state.previous, LABEL))
        for stroke in strokes:
            canvas.ribbon([(x + dx, y + dy) for dx, dy in stroke], 2, LAND)
        return
    canvas.box(left, top, right, bottom, LAND)
    colour = forces.get(state.previous, LABEL)
    vacated = state.status == VACATED
    outline = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    pattern = (1.0, 2.0) if state.status == UNKNOWN else (3.0, 2.5)
    canvas.dashes(outline, 2 if vacated else 1.25, colour, pattern, 1 if vacated else 0.6)


def name_sites(scene: Scene, named: list[Site]) -> None:
    """Name those drawn: the selected one first, then those that changed, then by who holds them."""
    order = {id_: n for n, id_ in enumerate(scene.catalog.forces["id"])}

    def weight(site: Site) -> int:
        state = site.state
        if scene.selected == ("site", site.id):
            return -1
        if state.status in (FORMER, UNKNOWN):
            return 999
        if state.status != HELD:
            return 0
        return 1 + order.get(state.force, 0) + (100 if state.possible else 0)

    for site in sorted(named, key=lambda site: (weight(site), site.number)):
        live = weight(site) < 999
        style = Style(12.5, STRONG, 600, halo=LAND) if live else Style(11.5, LABEL, halo=LAND)
        scene.labels.beside(site.name, site.x, site.y, style, gap=SITE / 2 + 5, must=weight(site) < 0)
