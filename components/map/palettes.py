"""The colours of the map by theme: calm paper, loud data. Part of the style (map/style.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, each #rrggbb.

    The style sheets need paper, strong, quiet, line and accent before any data has come: map.css repeats them, and a
    test holds it to what is said here.
    """

    land: str
    water: str
    river: str
    border: str
    """Of countries; also the graticule's and the axis of time."""
    governorate: str
    nowhere: str
    """Beyond the basemap's edge: neither land nor water."""
    label: str
    """Names of places, and what is no force's."""
    strong: str
    """Text."""
    quiet: str
    """Lesser text on paper."""
    halo: str
    """About letters and lines, so that they stand out from what they cross."""
    edge: str
    """About symbols and squares."""
    outline: str
    """The ring about what is selected."""
    paper: str
    """What the map's controls, its key and the sheet of a picture are made of."""
    line: str
    """Lines that divide the paper."""
    accent: str
    """What can be pressed, and the product's name."""
    density: tuple[str, ...]
    """Of squares that stand for many incidents, from few to many (CROWDS in key.py): away from the land in lightness
    alone, so that they are told apart without colour too."""


LIGHT: Final = Palette(
    land="#f6f4ee",
    water="#dbe6ec",
    river="#b5cfdf",
    border="#8d8778",
    governorate="#d9d3c4",
    nowhere="#e4e1da",
    label="#77705f",
    strong="#26241f",
    quiet="#66604f",
    halo="#f6f4ee",
    edge="#ffffff",
    outline="#26241f",
    paper="#ffffff",
    line="#dcd8cd",
    accent="#1f6fb2",
    density=("#f9c932", "#f8a51f", "#ee7a28", "#d9503a", "#b73458", "#8a226a", "#57106e", "#240c4f"),
)

DARK: Final = Palette(
    land="#1b2026",
    water="#12171c",
    river="#24323e",
    border="#5b6470",
    governorate="#2f363e",
    nowhere="#0a0d10",
    label="#8f98a3",
    strong="#e8eaed",
    quiet="#a3abb5",
    halo="#1b2026",
    edge="#0d1115",
    outline="#e8eaed",
    paper="#161b20",
    line="#333b44",
    accent="#6aaee6",
    density=("#71288a", "#96307f", "#bd3a66", "#dc5142", "#ee7a28", "#f8a51f", "#f9cd3c", "#fcffa4"),
)

PALETTES: Final[Mapping[str, Palette]] = {"light": LIGHT, "dark": DARK}
"""By the name of the theme."""

NEUTRAL: Final = "#59626d"
"""The colour of what is no force's."""
NOBODY: Final = "#8d8778"
"""The colour of a force that the tables do not name."""
