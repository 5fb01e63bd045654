"""The symbols' outlines (map/symbols.py) as polygons, and as small drawings to be laid many times."""

import re
from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from components.map.palettes import LIGHT
from components.map.symbols import SHAPES, SIZE
from components.picture.palette import rgb
from components.picture.projection import Points

_COMMAND: Final = re.compile(r"([MLHVhvaZ])([^A-Za-z]*)")
_NUMBER: Final = re.compile(r"-?\d*\.?\d+")
_TURN: Final = 24
"""The steps of half a circle."""


@lru_cache(maxsize=len(SHAPES))
def outlines(shape: str) -> tuple[Points, ...]:
    """Return a symbol's contours about its middle, the outer one first, in units of which it is one high.

    Of SVG's path data it reads what SHAPES is written in: M, L, H, V, h, v, Z, and half circles as ``a``; ValueError
    for anything else.
    """
    contours: list[list[tuple[float, float]]] = []
    x = y = 0.0
    read = 0
    for command, numbers in _COMMAND.findall(SHAPES[shape]):
        read += len(command) + len(numbers)
        values = [float(number) for number in _NUMBER.findall(numbers)]
        if command == "M":
            contours.append([])
        if command in "ML":
            for x, y in zip(values[::2], values[1::2], strict=True):
                contours[-1].append((x, y))
        elif command == "a":
            reach, *_, dx, dy = values
            if not np.isclose(2 * reach, np.hypot(dx, dy)):
                raise ValueError(f"{shape} has an arc that is no half circle")
            begin = np.arctan2(-dy, -dx)
            turn = begin + np.linspace(0, np.pi, _TURN)
            contours[-1] += zip(x + dx / 2 + reach * np.cos(turn), y + dy / 2 + reach * np.sin(turn), strict=True)
            x, y = x + dx, y + dy
        elif command != "Z":
            (value,) = values
            x = value if command == "H" else x + value if command == "h" else x
            y = value if command == "V" else y + value if command == "v" else y
            contours[-1].append((x, y))
    if read != len(SHAPES[shape]):
        raise ValueError(f"{shape} is written in more than this can read")
    return tuple((np.array(contour) - SIZE / 2) / SIZE for contour in contours)


@lru_cache(maxsize=512)
def sprite(shape: str, colour: str, size: float, edge: float, strength: float, unit: float) -> Image.Image:
    """Return a symbol of ``size`` CSS pixels with its white edge; ``unit`` pixels to each. Not to be drawn upon.

    ``edge`` is the width of the line about its outline, half of it beyond.
    """
    wide = int(np.ceil((size + edge + 1) * unit))
    symbol = Image.new("RGBA", (wide, wide), (*rgb(LIGHT.edge), 0))
    pen = ImageDraw.Draw(symbol)
    fill = Image.new("L", symbol.size)
    flats = [np.rint(contour * size * unit + wide / 2).ravel().tolist() for contour in outlines(shape)]
    for number, flat in enumerate(flats):
        pen.line([*flat, *flat[:4]], fill=rgb(LIGHT.edge), width=round(edge * unit), joint="curve")
        ImageDraw.Draw(fill).polygon(flat, fill=0 if number else round(255 * strength))
    paint = Image.new("RGBA", symbol.size, (*rgb(colour), 255))
    paint.putalpha(fill)
    symbol.alpha_composite(paint)
    return symbol
