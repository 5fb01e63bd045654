"""The home view: where the map looks when nobody has said where, in a map of any size."""

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.catalog.dataset import Home
from components.catalog.derived import derived
from components.catalog.longitudes import unrolled
from components.view.levels import levels
from components.view.on_view import on_view
from components.view.outlines import outlines, seam_of
from components.view.subject import subject
from components.view.view import Camera, default_view

LIMIT: Final = 85.05
"""Degrees: as far towards the poles as Web Mercator goes."""


WIDE: Final = ("country", "undisclosed")
"""Precisions of places that lie anywhere in a country: their point says little of where things happen."""
NEARLY_ALL: Final = (0.01, 0.99)
"""Between these shares of the incidents lies what the home view holds: a stray one must not make all others small."""


AROUND: Final = 0.05
"""Degrees beside them, so that one place is a stretch too."""


class Box(NamedTuple):
    """A stretch of the earth, in degrees; across 180° it goes on eastward, from the catalog's seam."""

    south: float
    west: float
    north: float
    east: float


def world(lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return points in the world's square of 256 units, zoom 0; NaN where there are no degrees."""
    sine = np.sin(np.radians(np.clip(np.asarray(lat, dtype=float), -LIMIT, LIMIT)))
    x = 256 * (np.asarray(lon, dtype=float) / 360 + 0.5)
    y = 256 * (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi))
    return np.stack((x, y), axis=-1)


@derived()
def home_box(catalog: Catalog) -> Box | None:
    """Return what the home view holds: the sites told in full in the first window; None where that is no stretch.

    Where no site tells the story and dataset.toml has no [home]: nearly all incidents of the first window, or without
    any the areas.
    """
    view = on_view(catalog, default_view(catalog))
    if subject(catalog):
        full = levels(view).sites
        sites = view.selection.sites
        held = sites[sites["lat"].notna() & np.array([full[id_] for id_ in sites.index], dtype=bool)]
        nearly, around = (0.0, 1.0), 0.0
    elif catalog.dataset.home == Home():
        shown = view.selection.incidents
        incidents = shown.table[shown.mask]
        held = incidents[incidents["lat"].notna() & ~incidents["precision"].isin(WIDE)]
        nearly, around = NEARLY_ALL, AROUND
    else:
        return None
    points = held[["lat", "lon"]].to_numpy(dtype=float) if len(held) else _corners(catalog)
    if not len(points):
        return None
    lat, lon = points[:, 0], unrolled(points[:, 1], seam_of(catalog))
    (south, north), (west, east) = (np.quantile(values, nearly).tolist() for values in (lat, lon))
    box = Box(south - around, west - around, north + around, east + around)
    return box if box.north > box.south and box.east > box.west else None


def _corners(catalog: Catalog) -> npt.NDArray[np.float64]:
    """Return the points of all areas, of a catalog that has no sites: latitude, longitude."""
    if len(catalog.sites):
        return np.zeros((0, 2))
    rings = [ring[:, ::-1] for outline in outlines(catalog) for ring in outline]
    return np.concatenate(rings) if rings else np.zeros((0, 2))


def fitted(box: Box, width: float, height: float, padding: float, deepest: float) -> Camera:
    """Return the camera that holds ``box`` in a map of CSS pixels, ``padding`` of them free on each side.

    map/assets/camera.js does the same, in steps of a quarter.
    """
    (left, low), (right, high) = world((box.south, box.north), (box.west, box.east)).tolist()
    wide, tall = (max(1.0, size - 2 * padding) for size in (width, height))
    zoom = min(math.log2(wide / (right - left)), math.log2(tall / (low - high)), deepest)
    middle = math.atan(math.sinh(math.pi * (1 - (low + high) / 256)))
    return Camera(max(0.0, zoom), math.degrees(middle), (box.west + box.east) / 2)
