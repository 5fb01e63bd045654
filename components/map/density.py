"""Where incidents lie so thick that their symbols say nothing: there they are counted by squares of the map.

The rule is the dataset's and the zoom's, not the window's: so nothing turns into something else while that is dragged.
The browser draws it in map/assets/draw/density.js, by the same cases (tests/cases/density.json).
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

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
    places = world(lat[there], lon[there])
    for zoom in range(DEEPEST + 1):
        cells = np.floor(places * (2**zoom / DENSITY.cell)).astype(np.int64)
        squares = len(np.unique(cells[:, 1] * (1 << 32) + cells[:, 0]))
        if squares * DENSITY.crowd > number:
            break
        found.append(squares)
    return tuple(found)


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
