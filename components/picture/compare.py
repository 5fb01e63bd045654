"""A compared map: the sites as of the window's two days, each in its half, with the day above (view/compare.py)."""

from collections.abc import Callable
from typing import Final

from components.picture.scene import Scene
from components.picture.text import TextStyle, width
from components.view.compare import halves
from components.view.wording import short_day

ASIDE: Final = 8
"""CSS pixels from the divide to a day."""
TOP: Final = 24
"""The middle of the days' line."""
PAD: Final = (7, 11)
"""About a day, across and up and down."""


def draw_halves(scene: Scene, draw: Callable[[Scene], object]) -> None:
    """Draw both halves with ``draw`` upon the scene's canvas; the scene's signs and areas are then those of both."""
    canvas, view = scene.canvas, scene.view
    at = canvas.width * (view.compare or 0) / 100
    sheets = []
    for asked, day, side in zip(halves(scene.on_view), (view.start, view.end), (-1, 1), strict=True):
        sheet = canvas.copied()
        half = Scene(sheet, scene.frame, scene.labels.copied(sheet), asked, scene.plain, scene.style)
        half.levels = scene.levels  # by what the window did, on both sides
        half.areas, half.signs = scene.areas, scene.signs
        style = TextStyle(12.5, scene.palette.strong, 600)
        text, (across, tall) = short_day(day), PAD
        long = width(text, style)
        left = at + ASIDE + across if side > 0 else at - ASIDE - across - long
        box = (left - across, TOP - tall, left + long + across, TOP + tall)
        half.labels.reserve(*box)
        draw(half)
        sheet.box(*box, scene.palette.paper)
        sheet.write(text, left, TOP, style)
        sheets.append(sheet)
    canvas.split(sheets[0], sheets[1], at, scene.palette.strong)
