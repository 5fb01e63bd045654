"""Colours as numbers, and the rule that makes one stand out. Which they are is the style's (map/palettes.py)."""

import math


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the channels, 0–255, of a colour written #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def legible(colour: str, land: str, least: float = 3.0) -> str:
    """Return ``colour``, lightened or darkened until its contrast with ``land`` is ``least``.

    WCAG 2.2 asks for 3 for symbols and 4.5 for text. map/assets/draw/palette.js has the same rule, by the same cases
    (tests/cases/contrast.json).

    >>> legible("#000000", "#1b2026")
    '#808080'
    """
    target = 255 if _luminance(land) < 0.5 else 0
    found = colour
    for step in range(1, 11):
        if contrast(found, land) >= least:
            break
        found = "#" + "".join(f"{int(one + (target - one) * step / 10 + 0.5):02x}" for one in rgb(colour))
    return found


def pale(colour: str, land: str, least: float) -> str:
    """Return ``colour`` mixed with ``land``, as pale as its contrast with it stays ``least``.

    >>> pale("#1f6fb2", "#f6f4ee", 3)
    '#4a8abe'
    """
    found = strongest = legible(colour, land, least)
    for step in range(1, 10):
        channels = zip(rgb(strongest), rgb(land), strict=True)
        paler = "#" + "".join(f"{math.floor(one + (to - one) * step / 10 + 0.5):02x}" for one, to in channels)
        if contrast(paler, land) < least:
            break
        found = paler
    return found


def mixed(ground: str, colour: str, part: float) -> str:
    """Return ``part``, 0–1, of ``colour`` upon ``ground``."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(rgb(ground), rgb(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1–21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
