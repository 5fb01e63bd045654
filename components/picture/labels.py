"""Labels that do not collide: whoever asks first gets the room.

map/assets/draw/labels.js places them as this does, by the same cases (tests/cases/labels.json).
"""

import math

import numpy as np

from components.map.style import STYLE, LabelStyle
from components.picture import text
from components.picture.canvas import Canvas
from components.picture.text import TextStyle


class Labels:
    """What room on a canvas is taken, as boxes in CSS pixels."""

    def __init__(self, canvas: Canvas, style: LabelStyle = STYLE.labels) -> None:
        self._canvas = canvas
        self._style = style
        self._taken = np.zeros((256, 4))
        self._count = 0

    def reserve(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep labels off a box."""
        if self._count == len(self._taken):
            self._taken = np.concatenate((self._taken, np.zeros_like(self._taken)))
        self._taken[self._count] = left, top, right, bottom
        self._count += 1

    def reserve_about(self, x: float, y: float, reach: float) -> None:
        """Keep labels off a symbol about a point."""
        self.reserve(x - reach, y - reach, x + reach, y + reach)

    def beside(
        self, line: str, x: float, y: float, style: TextStyle, gap: float | None = None, must: bool = False
    ) -> bool:
        """Write ``line`` beside a point where there is room, or anyhow if it ``must``.

        Return whether there was right beside it, and not only past a symbol there. ``gap`` is the style's where none
        is given.
        """
        near = self._style.gap if gap is None else gap
        half, wide = self._style.half, text.width(line, style)
        for reach in (near, near + self._style.further):
            spots = (
                (x + reach, y),
                (x - reach - wide, y),
                (x - wide / 2, y + reach + half),
                (x - wide / 2, y - reach - half),
            )
            free = [(a, b) for a, b in spots if self._free(a, b - half, a + wide, b + half)]
            if free or (must and reach > near):
                self._write(line, *(free or spots)[0], wide, style)
                return reach == near
        return False

    def centred(self, line: str, x: float, y: float, style: TextStyle, stray: float = 0) -> None:
        """Write ``line`` about a point, or as near to it as there is room within ``stray`` CSS pixels."""
        wide = text.width(line, style)
        spot = self.room(x, y, wide / 2, self._style.half + 1, stray)
        if spot:
            self._write(line, spot[0] - wide / 2, spot[1], wide, style)

    def write(self, line: str, x: float, y: float, style: TextStyle) -> None:
        """Write ``line`` about a point, whatever is there."""
        wide = text.width(line, style)
        self._write(line, x - wide / 2, y, wide, style)

    def room(self, x: float, y: float, half: float, tall: float, stray: float) -> tuple[float, float] | None:
        """Return the middle of a free room of 2 × half by 2 × tall, nearest to a point within ``stray``."""
        step, turns = self._style.stray_step, self._style.stray_turns
        for far in range(0, int(stray) + 1, step):
            for turn in range(turns if far else 1):
                angle = turn * 2 * math.pi / turns
                a, b = x + far * math.sin(angle), y + far * math.cos(angle)
                if self._free(a - half, b - tall, a + half, b + tall):
                    return a, b
        return None

    def _free(self, left: float, top: float, right: float, bottom: float) -> bool:
        margin = self._style.margin
        if (
            left < margin
            or top < margin
            or right > self._canvas.width - margin
            or bottom > self._canvas.height - margin
        ):
            return False
        lefts, tops, rights, bottoms = self._taken[: self._count].T
        return not ((left < rights) & (right > lefts) & (top < bottoms) & (bottom > tops)).any()

    def _write(self, line: str, left: float, middle: float, wide: float, style: TextStyle) -> None:
        margin, half = self._style.margin, self._style.half
        self._canvas.write(line, left, middle, style)
        self.reserve(left - margin, middle - half, left + wide + margin, middle + half)
