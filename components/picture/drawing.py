"""The map of a view, drawn whole: what lies under the rows, the rows, their names."""

from pathlib import Path
from typing import Final

from components.catalog.catalog import Catalog
from components.picture.basemap import basemap_of, draw_basemap, name_basemap
from components.picture.canvas import Canvas
from components.picture.incidents import (
    Spread,
    draw_incident_areas,
    draw_incidents,
    draw_regions,
    gather,
    stamp_incidents,
)
from components.picture.labels import Labels
from components.picture.movements import draw_movements, name_ends, sign_movements
from components.picture.palette import LAND, PAPER, STRONG
from components.picture.projection import Frame
from components.picture.scene import Scene
from components.picture.sites import draw_site_areas, draw_sites, name_sites, sites_of
from components.picture.text import Style, width
from components.view.selection import Selection
from components.view.view import View

ROUND_KM: Final = tuple(n * 10.0**power for power in range(4, -4, -1) for n in (5, 2, 1))
"""What a scale bar may be long, from the longest."""
LONGEST_BAR: Final = 130
"""CSS pixels."""


def draw_map(
    catalog: Catalog, folder: Path, view: View, selection: Selection, canvas: Canvas, plain: bool = False
) -> Scene:
    """Draw what is on view over the whole of ``canvas``, and return what was drawn.

    The camera is the view's, else the dataset's home. Where nothing is on view, the map says so.
    A ``plain`` one leaves out counts and the sign of a disagreement.
    """
    frame = Frame.of(view.camera or catalog.dataset.home, canvas.width, canvas.height)
    scene = Scene(canvas, frame, Labels(canvas), catalog, view, selection, plain)
    ground = basemap_of(folder)
    draw_basemap(canvas, frame, ground)
    _draw_scale(scene)
    sites = sites_of(scene)
    scene.marked = {site.place for site in sites if not site.undisclosed}
    incidents = gather(scene)
    if isinstance(incidents, Spread):
        stamp_incidents(scene, incidents)  # below all else: they would hide it
    draw_site_areas(scene, sites)
    if isinstance(incidents, list):
        draw_incident_areas(scene, incidents)
    moves = draw_movements(scene)
    named = draw_sites(scene, sites)
    regions = draw_incidents(scene, incidents) if isinstance(incidents, list) else []
    name_sites(scene, named)
    name_ends(scene, moves)
    sign_movements(scene, moves)
    draw_regions(scene, regions)
    name_basemap(canvas, frame, scene.labels, ground.names)
    if not (len(selection.incidents) or len(selection.movements) or len(selection.sites)):
        _say(scene, "Nothing matches in this window")
    return scene


def _say(scene: Scene, text: str) -> None:
    style = Style(15, STRONG, 600)
    half, x, y = width(text, style) / 2, scene.frame.width / 2, scene.frame.height / 2
    scene.canvas.box(x - half - 14, y - 18, x + half + 14, y + 18, PAPER, 0.9)
    scene.canvas.write(text, x - half, y, style)


def _draw_scale(scene: Scene) -> None:
    """Draw a bar of a round number of kilometres, true at the middle of the map, and keep names off it."""
    frame, canvas = scene.frame, scene.canvas
    per_km = frame.pixels_per_km(frame.lat)
    km = next((km for km in ROUND_KM if km * per_km <= LONGEST_BAR), ROUND_KM[-1])
    long = km * per_km
    left, bottom = 12.0, frame.height - 12
    text, style = f"{km:g} km", Style(11, STRONG, halo=LAND)
    for box in ((left, bottom - 2, left + long, bottom), (left, bottom - 7, left + 1.5, bottom)):
        canvas.box(*box, STRONG)
    canvas.box(left + long - 1.5, bottom - 7, left + long, bottom, STRONG)
    canvas.write(text, left + 5, bottom - 10, style)
    scene.labels.reserve(left - 6, bottom - 22, left + max(long, width(text, style) + 5) + 6, bottom + 6)
