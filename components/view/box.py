"""The box of a View: the part of the map that is in sight, which its lists and counts may be asked to keep to.

The browser writes it, as only it knows how large the map is (map/assets/data/box.js); both test points and bounds by
the same cases (tests/cases/boxes.json).
"""

import re
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.longitudes import unrolled

FORM: Final = "west,south,east,north in degrees; west is greater than east where it lies across 180°"
_DEGREES: Final = re.compile(r"-?\d{1,3}(\.\d{1,6})?", re.ASCII)

Degrees = npt.NDArray[np.float64]
Points = tuple[Degrees, Degrees]
"""Latitudes and longitudes of rows, NaN where a row has no place."""


class Bounds(NamedTuple):
    """Between which meridians and parallels rows lie that are no points: each a box's edges, by row."""

    west: Degrees
    south: Degrees
    east: Degrees
    north: Degrees


class Box(NamedTuple):
    """Between two meridians and two parallels, all four included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, points: Points) -> npt.NDArray[np.bool_]:
        """Return which of ``points`` lie in it; what has no place does not.

        >>> Box(170.0, -20.0, -170.0, 20.0).holds((np.array([0.0, 0, 0, np.nan]), np.array([175.0, -175, 0, np.nan])))
        array([ True,  True, False, False])
        """
        lat, lon = points
        wide = _width(self.west, self.east)
        here = (lat >= self.south) & (lat <= self.north) & (unrolled(lon, self.west) <= self.west + wide)
        return np.asarray(here)

    def meets(self, bounds: Bounds) -> npt.NDArray[np.bool_]:
        """Return which of ``bounds`` have some of it in them, and be it an edge.

        >>> across = Bounds(*np.array([[175.0], [0.0], [-175.0], [5.0]]))
        >>> [Box(170.0, -20.0, 178.0, 20.0).meets(across), Box(-178.0, 5.0, -100.0, 9.0).meets(across)]
        [array([ True]), array([ True])]
        """
        # One of the two begins within the other.
        first = np.mod(bounds.west - self.west, 360) <= _width(self.west, self.east)
        second = np.mod(self.west - bounds.west, 360) <= _width(bounds.west, bounds.east)
        return np.asarray((bounds.south <= self.north) & (bounds.north >= self.south) & (first | second))


def _width(west: npt.ArrayLike, east: npt.ArrayLike) -> Degrees:
    """Return how many degrees it is eastward."""
    wide = np.asarray(east, dtype=float) - np.asarray(west, dtype=float)
    return np.asarray(np.where(wide < 0, wide + 360, wide))


def read_box(text: str) -> Box:
    """Read a link's "west,south,east,north"; raise ValueError, saying why, for what is none.

    >>> read_box("35.5,31,44.25,37")
    Box(west=35.5, south=31.0, east=44.25, north=37.0)
    """
    parts = text.split(",")
    if len(parts) != len(Box._fields) or not all(map(_DEGREES.fullmatch, parts)):
        raise ValueError("is not west,south,east,north")
    box = Box(*map(float, parts))
    if max(abs(box.west), abs(box.east)) > 180 or not -90 <= box.south <= box.north <= 90:
        raise ValueError("is not a part of the map")
    return box


def write_box(box: Box) -> str:
    """Return it as it stands in a link."""
    return ",".join(map(write_degrees, box))


def write_degrees(degrees: float) -> str:
    """Return degrees as they stand in a link: as many decimals as it may have, without zeros at their end.

    >>> write_degrees(35.5), write_degrees(-180), write_degrees(0.1234567)
    ('35.5', '-180', '0.123457')
    """
    return f"{round(degrees, 6) + 0.0:.6f}".rstrip("0").rstrip(".")
