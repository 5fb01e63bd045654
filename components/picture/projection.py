"""Web Mercator, as the map in the browser uses it: degrees to pixels (map/assets/data/places.js)."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from components.catalog.dataset import Home
from components.catalog.longitudes import DATE_LINE, unrolled
from components.map.style import STYLE
from components.view.home import LIMIT, Box, fitted, world
from components.view.view import Camera

Points = npt.NDArray[np.float64]
"""Rows of x and y."""

EARTH_METRES: Final = 40_075_016.686


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of the world in a rectangle of ``width`` by ``height`` CSS pixels, at most 20,000 each."""

    zoom: float
    lat: float
    lon: float
    """What lies in the middle; its longitude is unrolled, as those of points are."""
    width: float
    height: float
    seam: float = DATE_LINE
    """Where the world is cut open: see catalog/longitudes.py."""

    @classmethod
    def of(cls, camera: Camera | Home, width: float, height: float, seam: float = DATE_LINE) -> "Frame":
        """Return the frame of what ``camera`` looks at, from further off where the rectangle is small."""
        further = min(0.0, math.log2(width / STYLE.home[0]), math.log2(height / STYLE.home[1]))
        lon = float(unrolled(camera.lon, seam))
        return cls(max(0.0, camera.zoom + further), camera.lat, lon, width, height, seam)

    @classmethod
    def fit(cls, box: Box, width: float, height: float, seam: float = DATE_LINE) -> "Frame":
        """Return the frame of the home view, which holds ``box`` at any size."""
        padding = max(STYLE.home_padding[0], STYLE.home_padding[1] * min(width, height))
        camera = fitted(box, width, height, padding, STYLE.home_deepest)
        return cls(camera.zoom, camera.lat, camera.lon, width, height, seam)

    def points(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> Points:
        """Return where degrees lie, in CSS pixels from the top left corner."""
        middle = world(self.lat, self.lon)
        points: Points = (world(lat, unrolled(lon, self.seam)) - middle) * 2**self.zoom + (
            self.width / 2,
            self.height / 2,
        )
        return points

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where one place lies."""
        x, y = self.points(lat, lon).tolist()
        return x, y

    def in_world(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the picture lies in the whole world at this zoom, in pixels."""
        middle = world(self.lat, self.lon) * 2**self.zoom
        return float(x + middle[0] - self.width / 2), float(y + middle[1] - self.height / 2)

    def pixels_per_km(self, lat: float) -> float:
        """Return the CSS pixels to a kilometre at a latitude."""
        return float(256 * 2**self.zoom * 1000 / (EARTH_METRES * math.cos(math.radians(min(abs(lat), LIMIT)))))

    def holds(self, x: float, y: float, margin: float) -> bool:
        """Return whether a point is in the picture, or within ``margin`` of it."""
        return -margin < x < self.width + margin and -margin < y < self.height + margin
