"""The map of a view, drawn whole: what lies under the rows, the rows, their names."""

from collections.abc import Callable, Sequence
from typing import Final

from components.map.style import STYLE, Style
from components.picture.areas import draw_areas
from components.picture.basemap import Name, basemap_of, draw_basemap, name_basemap
from components.picture.canvas import Canvas
from components.picture.compare import draw_halves
from components.picture.crowd import draw_crowd, in_crowd
from components.picture.density import draw_density
from components.picture.held_areas import draw_held_areas
from components.picture.incidents import (
    Spread,
    Symbol,
    draw_incidents,
    draw_regions,
    gather,
    ring_stamped,
    stamp_incidents,
)
from components.picture.labels import Labels
from components.picture.movements import Move, draw_movements, moves_of, name_ends, sign_movements
from components.picture.projection import Frame
from components.picture.rivals import draw_rivals
from components.picture.scene import Scene
from components.picture.sites import Site, draw_sites, name_sites, sites_of
from components.picture.text import TextStyle, width
from components.view.home import home_box
from components.view.on_view import OnView
from components.view.outlines import seam_of

ROUND_KM: Final = tuple(n * 10.0**power for power in range(4, -4, -1) for n in (5, 2, 1))
"""What a scale bar may be long, from the longest."""
LONGEST_BAR: Final = 130
"""CSS pixels."""


def draw_map(on_view: OnView, canvas: Canvas, plain: bool = False, style: Style = STYLE) -> Scene:
    """Draw what is on view over the whole of ``canvas``, and return what was drawn.

    The camera is the view's, else it holds what the home view does (view/home.py), else it is the dataset's home.
    Where nothing is on view, the map says so.
    A ``plain`` one leaves out counts and the sign of a disagreement.
    """
    box = None if on_view.view.camera else home_box(on_view.catalog)
    camera = on_view.view.camera or on_view.catalog.dataset.home
    size, seam = (canvas.width, canvas.height), seam_of(on_view.catalog)
    frame = Frame.fit(box, *size, seam) if box else Frame.of(camera, *size, seam)
    scene = Scene(canvas, frame, Labels(canvas, style.labels), on_view, plain, style)
    basemap = basemap_of(on_view.catalog.folder)
    draw_basemap(canvas, frame, basemap, style)
    _draw_scale(scene)
    if scene.compared:
        draw_halves(scene, lambda half: draw_rows(half, basemap.names))
    else:
        draw_rows(scene, basemap.names)
    selection = on_view.selection
    if not (len(selection.incidents) or len(selection.movements) or len(selection.sites) or selection.areas):
        _say(scene, "Nothing matches in this window")
    return scene


def draw_rows(scene: Scene, names: Sequence[Name]) -> None:
    """Draw the rows on view and the names of places, layer upon layer in the order of the style."""
    sites, moves, gathered = sites_of(scene), moves_of(scene), gather(scene)
    crowded = in_crowd(scene, sites)
    # Of a crowd only these have a symbol of their own.
    single = [site for site in sites if site.undisclosed or scene.selected == ("site", site.id)] if crowded else sites
    scene.marked = {site.place for site in single if not site.undisclosed}
    symbols = gathered if isinstance(gathered, list) else []
    draw_held_areas(scene)
    if isinstance(gathered, Spread):
        # Below all else: they would hide it.
        if gathered.squares:
            draw_density(scene, gathered.points)
        else:
            stamp_incidents(scene, gathered)

    def draw_posture() -> None:
        if crowded:
            draw_crowd(scene, sites)
        named.extend(draw_sites(scene, single))

    def draw_gathered() -> None:
        if isinstance(gathered, Spread):
            ring_stamped(scene, gathered)
        else:
            regions.extend(draw_incidents(scene, gathered))

    named: list[Site] = []
    regions: list[list[Symbol]] = []
    drawn: list[Move] = []
    layers: dict[str, Callable[[], object]] = {
        "areas": lambda: draw_areas(scene, single, symbols, moves),
        "movements": lambda: drawn.extend(draw_movements(scene, moves)),
        "sites": draw_posture,
        "incidents": draw_gathered,
        "rivals": lambda: draw_rivals(scene, sites, moves),
        "site names": lambda: name_sites(scene, named, True),
        "end names": lambda: name_ends(scene, moves),
        "movement signs": lambda: sign_movements(scene, drawn),
        "regions": lambda: draw_regions(scene, regions),
        "pale names": lambda: name_sites(scene, named, False),
        "place names": lambda: name_basemap(scene, names),
    }
    for layer in scene.style.layers:
        layers[layer]()


def _say(scene: Scene, line: str) -> None:
    style = TextStyle(15, scene.palette.strong, 600)
    half, x, y = width(line, style) / 2, scene.frame.width / 2, scene.frame.height / 2
    scene.canvas.box(x - half - 14, y - 18, x + half + 14, y + 18, scene.palette.paper, 0.9)
    scene.canvas.write(line, x - half, y, style)


def _draw_scale(scene: Scene) -> None:
    """Draw a bar of a round number of kilometres, true at the middle of the map, and keep names off it."""
    frame, canvas = scene.frame, scene.canvas
    per_km = frame.pixels_per_km(frame.lat)
    km = next((km for km in ROUND_KM if km * per_km <= LONGEST_BAR), ROUND_KM[-1])
    long = km * per_km
    left, bottom = 12.0, frame.height - 12
    text, style = f"{km:g} km", TextStyle(11, scene.palette.strong, halo=scene.palette.halo)
    for box in ((left, bottom - 2, left + long, bottom), (left, bottom - 7, left + 1.5, bottom)):
        canvas.box(*box, scene.palette.strong)
    canvas.box(left + long - 1.5, bottom - 7, left + long, bottom, scene.palette.strong)
    canvas.write(text, left + 5, bottom - 10, style)
    scene.labels.reserve(left - 6, bottom - 22, left + max(long, width(text, style) + 5) + 6, bottom + 6)
