"""A compared map: the sites as of the window's two days, each in its half, with the day above (view/compare.py)."""

from collections.abc import Callable
from typing import Final

from components.picture.scene import Scene
from components.picture.text import TextStyle, width
from components.view.compare import halves
from components.view.on_view import OnView
from components.view.wording import short_day

ASIDE: Final = 8
"""CSS pixels from the divide to a day."""
TOP: Final = 24
"""The middle of the days' line."""
PAD: Final = (7, 11)
"""About a day, across and up and down."""


def half_scenes(scene: Scene) -> tuple[Scene, Scene]:
    """Return the left and the right half of a compared map, not yet drawn, each on a copy of the scene's canvas."""

    def half(asked: OnView) -> Scene:
        sheet = scene.canvas.copied()
        made = Scene(sheet, scene.frame, scene.labels.copied(sheet), asked, scene.plain, scene.style)
        made.levels = scene.levels  # by what the window did, on both sides
        made.areas, made.signs = scene.areas, scene.signs
        return made

    left, right = halves(scene.on_view)
    return half(left), half(right)


def draw_halves(scene: Scene, draw: Callable[[Scene], object]) -> None:
    """Draw both halves with ``draw`` upon the scene's canvas; the scene's signs and areas are then those of both."""
    canvas, view = scene.canvas, scene.view
    at = canvas.width * (view.compare or 0) / 100
    style = TextStyle(12.5, scene.palette.strong, 600)
    sides = half_scenes(scene)
    for half, day, right in zip(sides, (view.start, view.end), (False, True), strict=True):
        text, (across, tall) = short_day(day), PAD
        long = width(text, style)
        left = at + ASIDE + across if right else at - ASIDE - across - long
        box = (left - across, TOP - tall, left + long + across, TOP + tall)
        half.labels.reserve(*box)
        draw(half)
        half.canvas.box(*box, scene.palette.paper)
        half.canvas.write(text, left, TOP, style)
    canvas.split(sides[0].canvas, sides[1].canvas, at, scene.palette.strong)
