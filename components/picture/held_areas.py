"""The areas that forces hold, under all else: a light ground in their colour (map/assets/draw/held_areas.js)."""

from components.catalog.polygons import read_polygons
from components.picture.scene import Scene
from components.view.posture import POSSIBLE


def draw_held_areas(scene: Scene) -> None:
    """Draw the areas on view as of the window's last day, in the order of their table."""
    held, style = scene.selection.areas, scene.style.held_areas
    rows = scene.catalog.areas.loc[list(held)]
    for id_, force, geometry in zip(rows["id"], rows["force"], rows["geometry"], strict=True):
        look = "possible" if held[id_] == POSSIBLE else "sure"
        colour = scene.force_colour(force)
        rings = []
        for ring in (ring for polygon in read_polygons(geometry) for ring in polygon):
            lon, lat = zip(*ring, strict=True)
            rings.append(scene.frame.points(lat, lon))
        if scene.canvas.rings(rings, colour, style.fills[look]):
            for points in rings:
                scene.canvas.thin(points, style.outlines[look], colour)
            scene.signs.add("possible-area" if look == "possible" else "held-area")
