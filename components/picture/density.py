"""Incidents where they lie too thick for symbols: squares of the map, coloured by how many lie in each
(map/assets/draw/density.js).
"""

import numpy as np

from components.picture.projection import Points
from components.picture.scene import Scene
from components.view.home import world


def draw_density(scene: Scene, points: Points) -> None:
    """Count ``points`` by squares, and draw each that holds any."""
    frame, style = scene.frame, scene.style.density
    origin = world(frame.lat, frame.lon) * 2**frame.zoom - (frame.width / 2, frame.height / 2)
    seen = ((points >= -style.cell) & (points < (frame.width + style.cell, frame.height + style.cell))).all(axis=1)
    cells = np.floor((points[seen] + origin) / style.cell).astype(np.int64)
    squares, counts = np.unique(cells, axis=0, return_counts=True)
    steps = np.searchsorted(style.steps, counts, side="right") - 1
    side = style.cell - style.gap
    for (x, y), step in zip((squares * style.cell - origin).tolist(), steps.tolist(), strict=True):
        scene.canvas.box(x, y, x + side, y + side, scene.palette.density[step], style.strength)
    if len(squares):
        scene.signs.add("density")
