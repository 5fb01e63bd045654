"""The symbols' outlines, one table for the map's canvas, the legend and the filters."""

from collections.abc import Mapping
from typing import Final

SIZE: Final = 16
"""The outlines are drawn in a box of this many units, about its middle."""

SHAPES: Final[Mapping[str, str]] = {
    "triangle-up": "M8 2 14.5 13.5H1.5Z",
    "triangle-down": "M8 14 1.5 2.5H14.5Z",
    "diamond": "M8 1.5 14.5 8 8 14.5 1.5 8Z",
    "circle": "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z",
    "ring": "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13ZM8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6Z",
    "plus": "M5.5 2h5v3.5H14v5h-3.5V14h-5v-3.5H2v-5h3.5Z",
    "cross": "M3.9 1.8 8 5.9 12.1 1.8 14.2 3.9 10.1 8 14.2 12.1 12.1 14.2 8 10.1 3.9 14.2 1.8 12.1 5.9 8 1.8 3.9Z",
    "square": "M2 2H14V14H2Z",
}
"""SVG path data. The square is for sites alone: kinds.csv cannot name it."""

FORK: Final = "M8 6.2 11.8 1.8 13.9 3.6 9.4 9V14.6H6.6V9L2.1 3.6 4.2 1.8Z"
"""The sign that sources disagree, for panels: the outline of style.py's strokes, as large as the box."""
