"""Longitudes that belong together, across 180° too: where the world is cut open so that the data lie in one piece.

The cut, the seam, is a meridian opposite the data. From it eastward degrees go on without a leap: with a seam at 10° a
place at 179° W is at 181°. Python unrolls what the map draws; the browser does so with where the map looks
(map/assets/data/longitudes.js), by the same cases (tests/cases/longitudes.json).
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

DATE_LINE: Final = -180.0
"""The seam where there are no data."""


def seam(longitudes: npt.ArrayLike) -> float:
    """Return where the world is to be cut open for places at ``longitudes``, in degrees; NaN among them is no place.

    It is in the middle of the widest stretch without any, so that both sides of them are as far as can be from it.

    >>> seam([36.0, 44.0]), seam([179.0, -179.0]), seam([])
    (-140.0, 0.0, -180.0)
    """
    places = np.asarray(longitudes, dtype=float).ravel()
    places = np.unique(unrolled(places[np.isfinite(places)], DATE_LINE))
    if not len(places):
        return DATE_LINE
    gaps = np.diff(places, prepend=places[-1] - 360)  # each before its place; the first lies across 180°
    widest = int(gaps.argmax())  # of equal ones the first: so they lie in one piece as they are
    return float(round(places[widest] - gaps[widest] / 2, 5))


def unrolled(longitude: npt.ArrayLike, cut: float) -> npt.NDArray[np.float64]:
    """Return longitudes as they lie from ``cut`` on, at most a turn of the world further east.

    What lies there already stays as it is, to the last digit.

    >>> unrolled([-179, 179], 0).tolist(), unrolled(540, -180).tolist()
    ([181.0, 179.0], -180.0)
    """
    degrees = np.asarray(longitude, dtype=float)
    turned = cut + np.mod(degrees - cut, 360)
    return np.where((degrees >= cut) & (degrees <= cut + 360), degrees, turned)


def turns(west: float, east: float, first: float, last: float) -> range:
    """Return by how many turns of the world what spans ``west`` to ``east`` is to be moved to be seen in a view.

    >>> list(turns(-180, 180, 150, 210)), list(turns(26, 60, 20, 50)), list(turns(26, 60, 100, 200))
    ([0, 1], [0], [])
    """
    return range(math.ceil((first - east) / 360), math.floor((last - west) / 360) + 1)
