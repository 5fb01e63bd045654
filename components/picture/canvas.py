"""A sheet to draw on in CSS pixels, as the browser does; larger than the picture, so that edges are smooth."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw

from components.map.style import STYLE, Outline
from components.picture import text as fonts
from components.picture.palette import rgb
from components.picture.projection import Points
from components.picture.shapes import sprite
from components.picture.text import TextStyle

HALO: Final = STYLE.labels.halo / 2
"""CSS pixels of the halo on each side of a letter."""
THIN: Final = 1.25
"""CSS pixels: the bends of a dash that is thinner are not seen."""


class Canvas:
    """``width`` by ``height`` CSS pixels, of ``scale`` pixels each in the picture, drawn ``detail`` times as large.

    Texts are written last and in the picture's own size: letters reduced from larger ones are blurred.
    """

    def __init__(self, width: float, height: float, scale: float, paper: str, detail: int = 2) -> None:
        self.width, self.height, self.scale, self.detail = width, height, scale, detail
        self.unit = scale * detail
        size = (round(width * scale) * detail, round(height * scale) * detail)
        self.image = Image.new("RGB", size, rgb(paper))
        self._pen = ImageDraw.Draw(self.image, "RGBA")  # which blends
        self._texts: list[tuple[str, float, float, TextStyle]] = []
        self._halves: tuple[Canvas, Canvas, float, str] | None = None

    def area(self, points: npt.ArrayLike, colour: str, alpha: float = 1) -> None:
        """Fill a polygon, of which what lies outside is left out."""
        ring = _clipped(np.asarray(points, dtype=float), self.width, self.height)
        if len(ring) > 2:
            self._pen.polygon(self._flat(ring), fill=_ink(colour, alpha))

    def rings(self, rings: Sequence[Points], colour: str, alpha: float) -> bool:
        """Fill what lies within an odd number of rings, holes left out; return whether any of it is in the picture."""
        inside = [ring for points in rings if len(ring := _clipped(points, self.width, self.height)) > 2]
        if not inside:
            return False
        low = np.min([ring.min(axis=0) for ring in inside], axis=0)
        left, top = np.maximum(np.floor(low * self.unit), 0).astype(int).tolist()
        high = np.max([ring.max(axis=0) for ring in inside], axis=0)
        right, bottom = np.minimum(np.ceil(high * self.unit) + 1, self.image.size).astype(int).tolist()
        if right <= left or bottom <= top:
            return False
        mask = Image.new("1", (right - left, bottom - top))
        for ring in inside:
            one = Image.new("1", mask.size)
            ImageDraw.Draw(one).polygon(self._flat(ring - (left / self.unit, top / self.unit)), fill=1)
            mask = ImageChops.logical_xor(mask, one)
        strength = mask.convert("L").point(lambda value: round(value * alpha))
        self.image.paste(Image.new("RGB", mask.size, rgb(colour)), (left, top), strength)
        return True

    def line(self, points: npt.ArrayLike, width: float, colour: str, alpha: float = 1) -> None:
        """Draw a thin line of many points."""
        for run in _runs(np.asarray(points, dtype=float), self.width, self.height):
            self._pen.line(self._flat(run), fill=_ink(colour, alpha), width=max(1, round(width * self.unit)))

    def thin(self, points: npt.ArrayLike, line: Outline, colour: str) -> None:
        """Draw a thin line of many points as the style says: solid, or of dashes."""
        if line.dash:
            self.dashes(points, line.width, colour, (line.dash[0], line.dash[1]), line.strength)
        else:
            self.line(points, line.width, colour, line.strength)

    def ribbon(self, points: npt.ArrayLike, width: float, colour: str, alpha: float = 1) -> None:
        """Draw a smooth, broad line, of points that all differ, as one area: so it is evenly translucent."""
        middle = np.asarray(points, dtype=float)
        steps = np.diff(middle, axis=0)
        along = np.concatenate((steps[:1], steps[:-1] + steps[1:], steps[-1:]))
        along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
        across = np.stack((-along[:, 1], along[:, 0]), axis=-1) * (width / 2)
        self.area(np.concatenate((middle + across, (middle - across)[::-1])), colour, alpha)

    def dashes(
        self, points: npt.ArrayLike, width: float, colour: str, pattern: tuple[float, float], alpha: float = 1
    ) -> None:
        """Draw a line of dashes: ``pattern`` is a dash's length and that of a gap."""
        for run in _runs(np.asarray(points, dtype=float), self.width, self.height):
            for dash in _dashes(run, pattern):
                if width < THIN:
                    self._pen.line(self._flat(dash), fill=_ink(colour, alpha), width=max(1, round(width * self.unit)))
                else:
                    self.ribbon(dash, width, colour, alpha)

    def outline(self, points: npt.ArrayLike, line: Outline, colour: str) -> None:
        """Draw a line as the style says: solid, or of dashes."""
        if line.dash:
            self.dashes(points, line.width, colour, (line.dash[0], line.dash[1]), line.strength)
        else:
            self.ribbon(points, line.width, colour, line.strength)

    def circle(self, x: float, y: float, reach: float, line: Outline, colour: str) -> None:
        """Draw a circle's line."""
        self.outline(ring(x, y, reach), line, colour)

    def triangle(self, corners: Points, width: float, colour: str) -> None:
        """Draw the three sides of a triangle."""
        for n in range(3):
            self.ribbon(corners[[n, (n + 1) % 3]], width, colour)

    def frame(self, left: float, top: float, right: float, bottom: float, line: Outline, colour: str) -> None:
        """Draw the sides of a rectangle."""
        if line.dash:
            corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            self.dashes(corners, line.width, colour, (line.dash[0], line.dash[1]), line.strength)
            return
        half = line.width / 2
        for x0, y0, x1, y1 in (
            (left - half, top - half, right + half, top + half),
            (left - half, bottom - half, right + half, bottom + half),
            (left - half, top + half, left + half, bottom - half),
            (right - half, top + half, right + half, bottom - half),
        ):
            self.box(x0, y0, x1, y1, colour, line.strength)

    def pill(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        ground: tuple[str, float],
        line: Outline,
        colour: str,
    ) -> None:
        """Draw a box whose ends are round, with its outline; ``ground`` is its colour and how strong that is."""
        edge = capsule(left, top, width, height)
        self.area(edge, *ground)
        self.outline(edge, line, colour)

    def symbol(self, shape: str, colour: str, size: float, edge: float, alpha: float, x: float, y: float) -> None:
        """Draw a symbol about a point, with an edge of that width about it."""
        self.paste(sprite(shape, colour, size, edge, alpha, self.unit), x, y)

    def disc(self, x: float, y: float, reach: float, colour: str, alpha: float = 1) -> None:
        """Fill a circle."""
        self.area(ring(x, y, reach), colour, alpha)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, alpha: float = 1) -> None:
        """Fill a rectangle."""
        x0, y0, x1, y1 = (round(at * self.unit) for at in (left, top, right, bottom))
        if x1 > x0 and y1 > y0:
            self._pen.rectangle((x0, y0, x1 - 1, y1 - 1), fill=_ink(colour, alpha))

    def paste(self, sprite: Image.Image, x: float, y: float) -> None:
        """Lay a drawing with transparency about a point; it is as large as drawn."""
        at = (round(x * self.unit - sprite.width / 2), round(y * self.unit - sprite.height / 2))
        self.image.paste(sprite, at, sprite)

    def write(self, text: str, left: float, middle: float, style: TextStyle) -> None:
        """Write a line from ``left`` on, about the height ``middle``."""
        self._texts.append((text, left, middle, style))

    def copied(self) -> "Canvas":
        """Return a sheet with all that is drawn and written on this one."""
        other = Canvas(self.width, self.height, self.scale, "#ffffff", self.detail)
        other.image.paste(self.image)
        for text in self._texts:
            other.write(*text)
        return other

    def split(self, left: "Canvas", right: "Canvas", at: float, colour: str) -> None:
        """Show two sheets of the same size in its place: one up to ``at``, then a line, and the other."""
        self._halves = (left, right, at, colour)

    def finished(self) -> Image.Image:
        """Return the picture: edges smoothed, texts written."""
        if self._halves:
            return _joined(*self._halves, self.scale)
        picture = self.image.reduce(self.detail) if self.detail > 1 else self.image.copy()
        pen = ImageDraw.Draw(picture)
        for text, left, middle, style in self._texts:
            self._letter(pen, text, left * self.scale, middle * self.scale, style)
        return picture

    def _letter(self, pen: ImageDraw.ImageDraw, text: str, x: float, y: float, style: TextStyle) -> None:
        line, _ = fonts.shown(text)
        font = fonts.font_of(text, style, self.scale)
        # About the middle of the capitals: of a line with an accent or a tail and one without both lie as high.
        y += font.getbbox("H", anchor="ls")[1] / -2
        spots = [(line, x)]
        if style.spacing:
            starts = [font.getlength(line[:n]) + n * style.spacing * self.scale for n in range(len(line))]
            spots = [(letter, x + start) for letter, start in zip(line, starts, strict=True)]
        if style.halo:
            for part, left in spots:
                broad = HALO * self.scale
                pen.text((left, y), part, style.halo, font, "ls", stroke_width=broad, stroke_fill=style.halo)
        for part, left in spots:
            pen.text((left, y), part, style.colour, font, "ls")

    def _flat(self, points: Points) -> list[float]:
        flat: list[float] = np.rint(points * self.unit).ravel().tolist()
        return flat


def _joined(left: Canvas, right: Canvas, at: float, colour: str, scale: float) -> Image.Image:
    picture, x = right.finished(), round(at * scale)
    picture.paste(left.finished().crop((0, 0, x, picture.height)), (0, 0))
    line = (round(x - scale), 0, round(x + scale) - 1, picture.height)
    ImageDraw.Draw(picture).rectangle(line, fill=colour)
    return picture


def ring(x: float, y: float, reach: float) -> Points:
    """Return the points of a circle, the first one again at the end."""
    turn = np.linspace(0, 2 * np.pi, max(24, min(360, int(reach * 2))) + 1)
    return np.stack((x + reach * np.cos(turn), y + reach * np.sin(turn)), axis=-1)


def capsule(left: float, top: float, width: float, height: float) -> Points:
    """Return the points of a box whose ends are round, the first one again at the end."""
    reach = height / 2
    turn = np.linspace(-np.pi / 2, np.pi / 2, 16)
    end = np.stack((np.cos(turn), np.sin(turn)), axis=-1) * reach
    right, begin = np.array((left + width - reach, top + reach)), np.array((left + reach, top + reach))
    return np.concatenate((end + right, begin - end, end[:1] + right))


def _ink(colour: str, alpha: float) -> tuple[int, int, int, int]:
    return (*rgb(colour), round(alpha * 255))


def _clipped(points: Points, width: float, height: float) -> Points:
    """Return the polygon's part in the picture and a little beyond (Sutherland–Hodgman, an edge at a time)."""
    for axis, limit, sign in ((0, -50.0, 1), (0, width + 50, -1), (1, -50.0, 1), (1, height + 50, -1)):
        if not len(points):
            return points
        far = (points[:, axis] - limit) * sign
        if (far >= 0).all():
            continue
        beyond = np.roll(far, -1)
        crosses = (far >= 0) != (beyond >= 0)
        part = np.where(crosses, far / np.where(crosses, far - beyond, 1), 0)[:, None]
        both = np.empty((2 * len(points), 2))
        both[0::2], both[1::2] = points, points + (np.roll(points, -1, axis=0) - points) * part
        keep = np.empty(len(both), dtype=bool)
        keep[0::2], keep[1::2] = far >= 0, crosses
        points = both[keep]
    return points


def _runs(points: Points, width: float, height: float) -> Iterable[Points]:
    """Return the stretches of a line whose segments may be in the picture."""
    low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    near = ((high > -50) & (low < (width + 50, height + 50))).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], near.view(np.int8), [0]))))
    return (points[first : past + 1] for first, past in zip(edges[::2], edges[1::2], strict=True))


def _dashes(points: Points, pattern: tuple[float, float]) -> Sequence[Points]:
    """Return the dashes of a line, of three points each: enough for a bend."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    far = np.concatenate(([0.0], np.cumsum(steps)))
    starts = np.arange(0, far[-1], sum(pattern))
    ends = np.minimum(starts + pattern[0], far[-1])
    at = np.stack((starts, (starts + ends) / 2, ends), axis=-1)
    dashes = np.stack([np.interp(at, far, points[:, axis]) for axis in (0, 1)], axis=-1)
    return list(dashes[(ends - starts) > pattern[0] / 4])
