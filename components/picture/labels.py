"""Labels that do not collide: whoever asks first gets the room.

map/assets/draw/labels.js places them as this does, by the same cases (tests/cases/labels.json).
"""

import math

import numpy as np
import numpy.typing as npt

from components.map.style import STYLE, LabelStyle
from components.picture import text
from components.picture.canvas import Canvas
from components.picture.projection import Points
from components.picture.text import TextStyle


def passes(
    stretches: npt.NDArray[np.float64], left: float, top: float, right: float, bottom: float
) -> npt.NDArray[np.bool_]:
    """Return which stretches, each from x, y to x, y and with its own reach, pass through a box."""
    start, far, reach = stretches[:, :2], stretches[:, 2:4] - stretches[:, :2], stretches[:, 4:]
    low, high = np.array((left, top)) - reach, np.array((right, bottom)) + reach
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - start) / far, (high - start) / far
    inside = (start > low) & (start < high)
    # Of a stretch that does not move along an axis all of it is between the sides, or none.
    first = np.where(far == 0, np.where(inside, -np.inf, np.inf), np.minimum(one, other)).max(axis=1)
    last = np.where(far == 0, np.where(inside, np.inf, -np.inf), np.maximum(one, other)).min(axis=1)
    found: npt.NDArray[np.bool_] = np.maximum(first, 0) < np.minimum(last, 1)
    return found


class Labels:
    """What room on a canvas is taken, as boxes in CSS pixels."""

    def __init__(self, canvas: Canvas, style: LabelStyle = STYLE.labels) -> None:
        self._canvas = canvas
        self._style = style
        self._taken = np.zeros((256, 4))
        self._count = 0
        self._lines = np.zeros((0, 5))
        """Stretches of lines that no label may cross: from x, y to x, y, and how far off it."""

    def reserve_line(self, points: Points, reach: float) -> None:
        """Keep labels off a line, CSS pixels on either side of it."""
        stretches = np.column_stack((points[:-1], points[1:], np.full(len(points) - 1, reach)))
        self._lines = np.concatenate((self._lines, stretches))

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
    ) -> str:
        """Write ``line`` beside a point where there is room, or anyhow if it ``must``.

        Return "beside", "past" for only past a symbol there, or "" for nowhere. ``gap`` is the style's where none
        is given.
        """
        near = self._style.gap if gap is None else gap
        half, wide = self._style.half, text.width(line, style)
        for reach in (near, near + self._style.further):
            off = reach * self._style.corner
            spots = (
                (x + reach, y),
                (x - reach - wide, y),
                (x - wide / 2, y + reach + half),
                (x - wide / 2, y - reach - half),
                (x + off, y - off - half),
                (x + off, y + off + half),
                (x - off - wide, y - off - half),
                (x - off - wide, y + off + half),
            )
            free = [(a, b) for a, b in spots if self._free(a, b - half, a + wide, b + half)]
            if free or (must and reach > near):
                self._write(line, *(free or spots)[0], wide, style)
                return "beside" if reach == near else "past"
        return ""

    def near(self, line: str, x: float, y: float, style: TextStyle, stray: float) -> tuple[float, float] | None:
        """Write ``line`` where there is room nearest to a point within ``stray``; return where its edge is nearest."""
        wide, half = text.width(line, style) / 2, self._style.half
        spot = self.room(x, y, wide, half, stray)
        if spot is None:
            return None
        self._write(line, spot[0] - wide, spot[1], 2 * wide, style)
        return min(max(x, spot[0] - wide), spot[0] + wide), spot[1] + (half if spot[1] < y else -half)

    def centred(self, line: str, x: float, y: float, style: TextStyle, stray: float = 0, under: str = "") -> None:
        """Write ``line`` about a point, or as near to it as there is room within ``stray`` CSS pixels.

        ``under`` is a second line, left out where there is room for one only.
        """
        for lines in ([line, under], [line]) if under else ([line],):
            wides = [text.width(one, style) for one in lines]
            tall = (len(lines) - 1) * self._style.line / 2
            spot = self.room(x, y, max(wides) / 2, tall + self._style.half + 1, stray)
            if spot:
                for n, (one, wide) in enumerate(zip(lines, wides, strict=True)):
                    self._write(one, spot[0] - wide / 2, spot[1] - tall + n * self._style.line, wide, style)
                return

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
        if ((left < rights) & (right > lefts) & (top < bottoms) & (bottom > tops)).any():
            return False
        return not passes(self._lines, left, top, right, bottom).any()

    def _write(self, line: str, left: float, middle: float, wide: float, style: TextStyle) -> None:
        margin, half = self._style.margin, self._style.half
        self._canvas.write(line, left, middle, style)
        self.reserve(left - margin, middle - half, left + wide + margin, middle + half)
