"""The colours of a picture: those of the page by day (map/assets/draw/palette.js), calm paper and loud data."""

from typing import Final

LAND: Final = "#f6f4ee"
WATER: Final = "#dbe6ec"
RIVER: Final = "#b5cfdf"
BORDER: Final = "#8d8778"
GOVERNORATE: Final = "#d9d3c4"
NOWHERE: Final = "#e4e1da"
"""Beyond the basemap's edge: neither land nor water."""
LABEL: Final = "#77705f"
STRONG: Final = "#26241f"
PAPER: Final = "#ffffff"
QUIET: Final = "#6a6455"
"""Lesser text on paper."""
RULE: Final = "#dcd7ca"
"""Lines that divide the paper."""


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the channels, 0–255, of a colour written #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def legible(colour: str, land: str = LAND, least: float = 3.0) -> str:
    """Return ``colour``, darkened until its contrast with ``land`` is ``least``.

    WCAG 2.2 asks for 3 for symbols and 4.5 for text. The rule of map/assets/draw/palette.js, for light paper.
    """
    mixed = colour
    for step in range(1, 11):
        if _contrast(mixed, land) >= least:
            break
        mixed = "#" + "".join(f"{int(channel * (10 - step) / 10 + 0.5):02x}" for channel in rgb(colour))
    return mixed


def mixed(ground: str, colour: str, part: float) -> str:
    """Return ``part``, 0–1, of ``colour`` upon ``ground``."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(rgb(ground), rgb(colour), strict=True))


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
