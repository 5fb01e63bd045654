"""Rival places: where a movement led, or a site lies, by what other sources say of it.

Only a claim on a place counts whose value names one that is known here: a site, a place of places.csv, or degrees such
as "36.7062 N, 40.5120 E". A claim of a date or a number, or one in free words, is told on the row's card alone.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.names import fold
from components.view.public import out_by
from components.view.wording import brief_name

SIDES: Final[Mapping[str, str]] = {
    "origin": "origin",
    "destination": "destination",
    "site": "place",
    "place": "place",
    "location": "place",
    "lat": "place",
    "lon": "place",
}
"""The columns whose claims are of a place: which place of the row they are about."""
PREFIXES: Final = ("movement", "site")
SAME: Final = 0.001
"""Degrees: a claim of a place as near as this to the row's own is none of another."""
LONGEST: Final = 36
"""Letters of a claimant upon the map; the card has the whole."""
_DEGREES: Final = re.compile(r"(\d+(?:\.\d+)?) ?°? ?([NS]),? (\d+(?:\.\d+)?) ?°? ?([EW])")
_SITE_KM: Final = 0.5


class Rival(NamedTuple):
    """A place that a source tells otherwise than the row does."""

    row: str
    """Such as ``movement:al-tanf-to-jordan-2026-01``."""
    side: str
    """``origin`` or ``destination`` of a movement, ``place`` of a site."""
    lat: float
    lon: float
    precision: str
    radius: float
    """km"""
    claimant: str
    """As short as it is written upon the map."""
    public: int
    """The day number by which it was certainly public."""


class _Point(NamedTuple):
    lat: float
    lon: float
    precision: str
    radius: float


@derived()
def rivals(catalog: Catalog) -> tuple[Rival, ...]:
    """Return the rival places of all movements and sites, in the order of claims.csv."""
    claims = catalog.claims
    about = claims[claims["field"].isin(SIDES)]
    return tuple(_found(catalog, about)) if len(about) else ()


def _found(catalog: Catalog, claims: pd.DataFrame) -> Iterator[Rival]:
    places, out = _places(catalog), out_by(catalog)
    for claim in claims.itertuples(index=False):
        row, field, value, claimant = (str(getattr(claim, name)) for name in ("row", "field", "value", "claimant"))
        prefix, _, id_ = row.partition(":")
        side = SIDES[field]
        if prefix not in PREFIXES or (prefix == "site") is not (side == "place"):
            continue
        point = _degrees(value) or places.get(fold(value))
        cited: Any = claim.sources
        if point and claimant and not _is_own(catalog, prefix, id_, side, point):
            yield Rival(row, side, *point, _short(claimant), min(out[source] for source in cited))


def _places(catalog: Catalog) -> dict[str, _Point]:
    """Return the points of what can be named, by folded name; what is ambiguous is left out."""
    found: dict[str, set[_Point]] = {}
    for row in catalog.sites.to_dict("records"):
        point = _Point(row["lat"], row["lon"], row["precision"], row["radius_km"])
        for name in {fold(text) for text in (row["id"], row["name"], brief_name(row["name"]), *row["aliases"])}:
            found.setdefault(name, set()).add(point)
    for row in catalog.tables["places"].to_dict("records"):
        point = _Point(row["lat"], row["lon"], row["precision"], row["radius_km"])
        for name in {fold(row["query"]), fold(row["query"].partition(",")[0])}:
            found.setdefault(name, set()).add(point)
    return {
        name: point
        for name, points in found.items()
        for point in points
        if len(points) == 1 and not math.isnan(point.lat)
    }


def _degrees(value: str) -> _Point | None:
    match = _DEGREES.fullmatch(value)
    if not match:
        return None
    lat, lon = (float(match[n]) * (-1 if match[n + 1] in "SW" else 1) for n in (1, 3))
    return _Point(lat, lon, "site", _SITE_KM) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _is_own(catalog: Catalog, prefix: str, id_: str, side: str, point: _Point) -> bool:
    """Return whether that is the row's own place."""
    row: Any = catalog.sites.loc[id_] if prefix == "site" else catalog.movements.loc[id_]
    before = "" if prefix == "site" else f"{side}_"
    return bool(abs(row[f"{before}lat"] - point.lat) < SAME and abs(row[f"{before}lon"] - point.lon) < SAME)


def _short(claimant: str) -> str:
    first = claimant.partition(";")[0].strip()
    if len(first) <= LONGEST:
        return first
    return first[: first.rfind(" ", 0, LONGEST)].rstrip(",") + " …"
