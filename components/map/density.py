"""Where incidents lie so thick that their symbols say nothing: there they are counted by squares of the map.

The rule is the dataset's and the zoom's, not the window's: so nothing turns into something else while that is dragged.
The browser draws it in map/assets/draw/density.js, by the same cases (tests/cases/density.json).
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.map.style import STYLE, DensityStyle
from components.view.extent import FIRST_DAY, LAST_DAY
from components.view.home import world
from components.view.selection import select_rows
from components.view.view import View

DEEPEST: Final = 18
"""The zoom beyond which nothing is counted."""
DENSITY: Final = STYLE.density


@derived()
def squares_by_zoom(catalog: Catalog) -> tuple[int, ...]:
    """Return for each whole zoom, from 0, how many squares hold any incident; no further than there may be a crowd."""
    lat, lon = (catalog.incidents[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    there = ~np.isnan(lat)
    number = int(np.count_nonzero(there))
    if number < DENSITY.least:
        return ()
    found: list[int] = []
    cells = np.floor(world(lat[there], lon[there]) * (2**DEEPEST / DENSITY.cell)).astype(np.int64)
    curve = np.sort(_z_order(cells[:, 0], cells[:, 1]))
    for zoom in range(DEEPEST + 1):
        squares = 1 + int(np.count_nonzero(np.diff(curve >> 2 * (DEEPEST - zoom))))
        if squares * DENSITY.crowd > number:
            break
        found.append(squares)
    return tuple(found)


def _z_order(x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where squares lie on the Z-order curve: without its last two bits, that of the square a zoom above.

    >>> _z_order(np.array([0b11]), np.array([0b01])).tolist() == [0b0111]
    True
    """
    return _spread(x) | _spread(y) << 1


def _spread(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return numbers of at most 31 bits with a zero before each bit."""
    for by, kept in zip((16, 8, 4, 2, 1), _KEPT, strict=True):
        numbers = (numbers | numbers << by) & kept
    return numbers


_KEPT: Final = (0x0000FFFF0000FFFF, 0x00FF00FF00FF00FF, 0x0F0F0F0F0F0F0F0F, 0x3333333333333333, 0x5555555555555555)
"""The bits that are kept each time that numbers are spread: by halves, quarters, and so on, down to single bits."""


def is_crowded(number: int, zoom: float, squares: Sequence[int], style: DensityStyle = DENSITY) -> bool:
    """Return whether so many incidents are drawn as squares at a zoom.

    >>> is_crowded(6_000, 4.5, (1, 4, 16, 64, 256, 1024)), is_crowded(6_000, 5.25, (1, 4, 16, 64, 256, 1024))
    (True, False)
    """
    nearer = math.ceil(zoom)
    return number >= style.least and nearer < len(squares) and number >= style.crowd * squares[nearer]


def are_squares(catalog: Catalog, view: View, zoom: float) -> bool:
    """Return whether the incidents of ``view`` are drawn as squares at a zoom: as many as its filters let through."""
    squares = squares_by_zoom(catalog)
    if math.ceil(zoom) >= len(squares):
        return False
    shown = select_rows(catalog, replace(view, start=FIRST_DAY, end=LAST_DAY, box=None), "incidents")
    located = catalog.incidents["lat"].notna().to_numpy()
    return is_crowded(int(np.count_nonzero(shown.mask & located)), zoom, squares)
