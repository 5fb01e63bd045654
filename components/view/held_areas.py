"""The areas that forces hold, as they are told of: each on a day, and in which of them a site lies, and how surely."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.longitudes import DATE_LINE, unrolled
from components.catalog.records import records
from components.view.as_known import areas, unpublished_of_area
from components.view.box import Box
from components.view.home import WIDE
from components.view.outlines import Outline, bounds, outlines, seam_of
from components.view.posture import CERTAIN, KNOWN, POSSIBLE, here_on
from components.view.public import public_of
from components.view.wording import stay_text

_KM: Final = 111.2
"""Of a degree of latitude."""
_ORDER: Final = (CERTAIN, KNOWN, POSSIBLE)


@dataclass(frozen=True, slots=True)
class HeldArea:
    """An area that a force holds on a day, as known."""

    id: str
    name: str
    force: str
    certainty: str
    """CERTAIN, KNOWN or POSSIBLE: how surely it is held on that day."""
    stay: str
    """From when to when, in words."""
    confidence: str
    note: str
    sources: tuple[str, ...]


def held_area(catalog: Catalog, id_: str, certainty: str, known: int | None) -> HeldArea:
    """Return an area that is held as surely as ``certainty`` says, without what was not public on day ``known``."""
    row = _rows(catalog)[int(catalog.areas.index.get_loc(id_))]  # type: ignore[arg-type]
    hidden = {} if known is None else unpublished_of_area(row, catalog, known)
    stay = (None if name in hidden else getattr(row, name) for name in ("start", "end", "last_confirmed"))
    note = "" if "note" in hidden else row.note
    cited = public_of(row.sources, catalog, known)
    return HeldArea(row.id, row.name, row.force, certainty, stay_text(*stay), row.confidence, note, cited)


@derived()
def _rows(catalog: Catalog) -> tuple[Any, ...]:
    """Return the areas by number, as plain objects."""
    return tuple(records(catalog.areas))


@dataclass(frozen=True, slots=True)
class Around:
    """An area in which a site lies, or may lie."""

    number: int
    """In the catalog's areas."""
    sure: bool
    """Whether it lies there wherever it is within the radius that its place is known to."""


@derived(4096)
def areas_around(catalog: Catalog, site: str) -> tuple[Around, ...]:
    """Return the areas in which a site may lie, whenever they are held; none of one that is not located.

    It surely lies in one that holds the whole circle to which its place is known, and may lie in one that holds a part
    of it. Of a country or an undisclosed place that circle is only a sign, so nothing is sure.
    """
    row: Any = catalog.sites.loc[site]
    if not len(catalog.areas) or np.isnan(row["lat"]):
        return ()
    lat, lon, radius = float(row["lat"]), float(unrolled(row["lon"], seam_of(catalog))), float(row["radius_km"])
    found = []
    for number in np.flatnonzero(_circle_box(lat, lon, radius).meets(bounds(catalog))).tolist():
        inside, edge = _lies(outlines(catalog)[number], lat, lon)
        if inside or edge < radius:
            found.append(Around(number, inside and edge >= radius and row["precision"] not in WIDE))
    return tuple(found)


def areas_at(catalog: Catalog, site: str, day: int, known: int | None) -> list[tuple[HeldArea, bool]]:
    """Return the areas held on a day in which a site lies, each with whether it surely does; the surest first."""
    around = areas_around(catalog, site)
    if not around:
        return []
    here, certainty = here_on(areas(catalog, known), day)
    ids = catalog.areas.index
    told = [
        (held_area(catalog, str(ids[one.number]), str(certainty[one.number]), known), one.sure)
        for one in around
        if here[one.number]
    ]
    return sorted(told, key=lambda one: (not one[1], _ORDER.index(one[0].certainty)))


def _circle_box(lat: float, lon: float, radius: float) -> Box:
    """Return a box about a circle."""
    tall = radius / _KM
    wide = tall / max(np.cos(np.radians(min(abs(lat) + tall, 90))), 1e-6)
    south, north = max(-90.0, lat - tall), min(90.0, lat + tall)
    if wide >= 180:
        return Box(-180, south, 180, north)
    west, east = unrolled([lon - wide, lon + wide], DATE_LINE).tolist()
    return Box(west, south, east, north)


def _lies(outline: Outline, lat: float, lon: float) -> tuple[bool, float]:
    """Return whether a point lies in an outline, its holes left out, and how many km from its nearest edge."""
    inside, nearest = False, np.inf
    scale = np.array([_KM * np.cos(np.radians(lat)), _KM])
    for ring in outline:
        points = (ring - (lon, lat)) * scale  # in km about the point, as a plane
        begin, end = points[:-1], points[1:]
        along = end - begin
        crosses = (begin[:, 1] > 0) != (end[:, 1] > 0)
        if crosses.any():
            a, d = begin[crosses], along[crosses]
            inside ^= bool(np.count_nonzero(a[:, 0] - a[:, 1] * d[:, 0] / d[:, 1] > 0) % 2)
        length = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip(-(begin * along).sum(axis=1) / length, 0, 1)
        nearest = min(nearest, float(np.hypot(*(begin + share[:, None] * along).T).min()))
    return inside, nearest
