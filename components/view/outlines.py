"""The outlines of the areas that forces hold, as the map draws them, and what of the world each reaches over."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.longitudes import DATE_LINE, seam, unrolled
from components.catalog.polygons import DIGITS, read_polygons
from components.view.box import Bounds

Ring = npt.NDArray[np.float64]
"""Points, each longitude and latitude in degrees; the last as the first."""
Outline = tuple[Ring, ...]
"""The rings of an area: of all its parts, outlines and holes alike."""

WHOLE: Final = (-180.0, 180.0)


@derived()
def seam_of(catalog: Catalog) -> float:
    """Return where the world is cut open for the rows of ``catalog``: see catalog/longitudes.py."""
    movements = catalog.movements
    columns = (catalog.sites["lon"], catalog.incidents["lon"], movements["origin_lon"], movements["destination_lon"])
    return seam(np.concatenate([column.to_numpy(dtype=float) for column in columns]))


@derived()
def outlines(catalog: Catalog) -> tuple[Outline, ...]:
    """Return the outlines of the areas in the catalog's order, their longitudes on from its seam."""
    cut = seam_of(catalog)
    return tuple(
        tuple(_ring(ring, cut) for polygon in read_polygons(text) for ring in polygon)
        for text in catalog.areas["geometry"]
    )


def _ring(points: Sequence[tuple[float, float]], cut: float) -> Ring:
    ring = np.array(points, dtype=float)
    ring[:, 0] = unrolled(ring[:, 0], cut).round(DIGITS)
    return ring


@derived()
def bounds(catalog: Catalog) -> Bounds:
    """Return between which meridians and parallels each area lies, all its parts together; as those of a box."""
    rows = [(*_meridians(outline), *_parallels(outline)) for outline in outlines(catalog)]
    west, east, south, north = np.array(rows, dtype=float).reshape(-1, 4).T
    return Bounds(west, south, east, north)


def _parallels(outline: Outline) -> tuple[float, float]:
    latitudes = np.concatenate([ring[:, 1] for ring in outline])
    return float(latitudes.min()), float(latitudes.max())


def _meridians(outline: Outline) -> tuple[float, float]:
    """Return the shortest way eastward that all rings of an outline lie on: west is greater than east across 180°."""
    spans = sorted((float(ring[:, 0].min()), float(ring[:, 0].max())) for ring in outline)
    reach = spans[0][1]
    gaps = []  # before which ring there is nothing, how far, and how far those before it reach
    for west, east in spans[1:]:
        gaps.append((west - reach, west, reach))
        reach = max(reach, east)
    around = (spans[0][0] + 360 - reach, spans[0][0], reach)
    widest, west, east = max([around, *gaps], key=lambda gap: gap[0])
    if widest <= 0:
        return WHOLE
    first, last = unrolled([west, east], DATE_LINE).round(DIGITS).tolist()
    return first, last
