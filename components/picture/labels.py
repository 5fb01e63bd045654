"""Labels that do not collide: whoever asks first gets the room (map/assets/draw/labels.js)."""

import math
from typing import Final

import numpy as np

from components.picture import text as lettering
from components.picture.canvas import Canvas
from components.picture.text import Style

FURTHER: Final = 8
"""CSS pixels: past a symbol that stands on the very point."""
TALL: Final = 7
"""Half the height of a line."""


class Labels:
    """What room on a canvas is taken: a mask with a cell a CSS pixel."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._taken = np.zeros((math.ceil(canvas.height), math.ceil(canvas.width)), dtype=bool)

    def reserve(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep labels off a box."""
        self._taken[max(0, round(top)) : max(0, round(bottom)), max(0, round(left)) : max(0, round(right))] = True

    def reserve_about(self, x: float, y: float, reach: float) -> None:
        """Keep labels off a symbol about a point."""
        self.reserve(x - reach, y - reach, x + reach, y + reach)

    def beside(self, text: str, x: float, y: float, style: Style, gap: float = 9, must: bool = False) -> bool:
        """Write ``text`` beside a point where there is room, or anyhow if it ``must``.

        Return whether there was right beside it, and not only past a symbol there.
        """
        for reach in (gap, gap + FURTHER):
            wide = lettering.width(text, style)
            spots = (
                (x + reach, y),
                (x - reach - wide, y),
                (x - wide / 2, y + reach + TALL),
                (x - wide / 2, y - reach - TALL),
            )
            free = [(a, b) for a, b in spots if self._free(a, b - TALL, a + wide, b + TALL)]
            if free or (must and reach > gap):
                self._write(text, *(free or spots)[0], wide, style)
                return reach == gap
        return False

    def centred(self, text: str, x: float, y: float, style: Style, stray: float = 0) -> None:
        """Write ``text`` about a point, or as near to it as there is room within ``stray`` CSS pixels."""
        wide = lettering.width(text, style)
        spot = self.room(x, y, wide / 2, TALL + 1, stray)
        if spot:
            self._write(text, spot[0] - wide / 2, spot[1], wide, style)

    def write(self, text: str, x: float, y: float, style: Style) -> None:
        """Write ``text`` about a point, whatever is there."""
        wide = lettering.width(text, style)
        self._write(text, x - wide / 2, y, wide, style)

    def room(self, x: float, y: float, half: float, tall: float, stray: float) -> tuple[float, float] | None:
        """Return the middle of a free room of 2 × half by 2 × tall, nearest to a point within ``stray``."""
        for far in range(0, int(stray) + 1, 16):
            for turn in range(16 if far else 1):
                a, b = x + far * math.sin(turn * math.pi / 8), y + far * math.cos(turn * math.pi / 8)
                if self._free(a - half, b - tall, a + half, b + tall):
                    return a, b
        return None

    def _free(self, left: float, top: float, right: float, bottom: float) -> bool:
        if left < 2 or top < 2 or right > self._canvas.width - 2 or bottom > self._canvas.height - 2:
            return False
        return not self._taken[round(top) : round(bottom), round(left) : round(right)].any()

    def _write(self, text: str, left: float, middle: float, wide: float, style: Style) -> None:
        self._canvas.write(text, left, middle, style)
        self.reserve(left - 2, middle - TALL, left + wide + 2, middle + TALL)
