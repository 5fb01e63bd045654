"""Rows → points: each site, incident and movement end gets its place, never finer than its source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from components.catalog.columns import Column, objects
from components.catalog.names import fold
from components.catalog.problems import Problem, excerpt
from components.catalog.records import records
from components.catalog.tables import PRECISION_RADIUS_KM, PRECISIONS

_Asked = Callable[[str, int, str, str], "Point | None"]
"""(file, line, column, place) → its point, or None with the problem noted."""

_PLACED: Final = ("lat", "lon", "precision", "radius_km", "place")
"""The columns that say where a row is."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where something is: somewhere within ``radius_km`` of a point."""

    lat: float
    lon: float
    precision: str
    radius_km: float

    def coarsened(self, precision: str | None) -> "Point":
        """Return the point no finer than ``precision``: a town's point may stand for a base near it.

        >>> Point(33.5, 38.6, "site", 0.5).coarsened("district")
        Point(lat=33.5, lon=38.6, precision='district', radius_km=25.0)
        """
        if precision is None or PRECISIONS.index(precision) <= PRECISIONS.index(self.precision):
            return self
        return Point(self.lat, self.lon, precision, max(self.radius_km, PRECISION_RADIUS_KM[precision]))


def place_rows(
    tables: dict[str, pd.DataFrame], lines: Mapping[str, list[int]]
) -> tuple[tuple[str, ...], list[Problem]]:
    """Set the points of ``tables``' rows, in place; ``lines`` are their line numbers by table.

    Return every place that was asked for, and a problem for each row that has no point. A row's own lat/lon
    come first, then its site's, then what places.csv says of its place; nothing is guessed here.
    """
    located = _located(tables["places"])
    queries: set[str] = set()
    problems: list[Problem] = []

    def asked(file: str, line: int, column: str, query: str) -> Point | None:
        queries.add(query)
        point = located.get(fold(query))
        if point is None:
            what = f"'{excerpt(query)}' could not be located, so the row is not on the map"
            mend = "run `laydown locate`, or mend the place"
            problems.append(Problem(file, line, column, excerpt(query), what, mend, kept=True))
        return point

    sites = dict(_site_points(tables["sites"], lines["sites"], asked, problems))
    _set_points(tables["sites"], "", list(sites.values()))
    _set_incident_points(tables["incidents"], lines["incidents"], asked, sites)
    for end in ("origin", "destination"):
        points = list(_end_points(tables["movements"], lines["movements"], end, asked, sites))
        _set_points(tables["movements"], f"{end}_", points)
    _set_countries(tables)
    return tuple(sorted(queries)), problems


def _located(places: pd.DataFrame) -> dict[str, Point]:
    """Return the points of places.csv by their folded queries."""
    return {
        fold(row.query): Point(
            row.lat,
            row.lon,
            row.precision,
            PRECISION_RADIUS_KM[row.precision] if np.isnan(row.radius_km) else row.radius_km,
        )
        for row in records(places)
    }


def _own(row: Any) -> Point | None:
    if np.isnan(row.lat):
        return None
    precision = row.precision or "site"
    radius = PRECISION_RADIUS_KM[precision] if np.isnan(row.radius_km) else row.radius_km
    return Point(row.lat, row.lon, precision, radius)


def _site_points(
    frame: pd.DataFrame, lines: list[int], asked: _Asked, problems: list[Problem]
) -> Iterator[tuple[str, Point | None]]:
    for line, row in zip(lines, records(frame[["id", *_PLACED]]), strict=True):
        point = _own(row)
        if point is None and row.place:
            point = asked("sites.csv", line, "place", row.place)
            point = point and point.coarsened(row.precision)
        elif point is None:
            what = "has no lat/lon and no place, so it is not on the map"
            problems.append(Problem("sites.csv", line, "place", "", what, "give one of them", kept=True))
        yield row.id, point


def _set_incident_points(
    frame: pd.DataFrame, lines: list[int], asked: _Asked, sites: Mapping[str, Point | None]
) -> None:
    """Set the points of incidents: most have their own, and these by columns."""
    own = frame["lat"].notna().to_numpy()
    precision = frame["precision"].where(frame["precision"].notna() | ~own, "site")
    radius = frame["radius_km"].where(frame["radius_km"].notna(), precision.map(PRECISION_RADIUS_KM))
    frame["radius_km"] = radius.where(own).to_numpy(dtype=float)
    frame["precision"] = precision
    others = np.flatnonzero(~own)
    points = []
    for number, row in zip(others.tolist(), records(frame.iloc[others][["site", "place", "precision"]]), strict=True):
        point = sites[row.site] if row.site else asked("incidents.csv", lines[number], "place", row.place)
        points.append(point and point.coarsened(row.precision))
    _set_points(frame, "", points, others)


def _end_points(
    frame: pd.DataFrame, lines: list[int], end: str, asked: _Asked, sites: Mapping[str, Point | None]
) -> Iterator[Point | None]:
    for line, place in zip(lines, frame[end], strict=True):
        if place in sites:
            yield sites[place]
        else:
            yield asked("movements.csv", line, end, place) if place else None


def _set_points(frame: pd.DataFrame, prefix: str, points: list[Point | None], rows: Any = slice(None)) -> None:
    """Set the points of ``rows``; of the others the columns stay as they are."""
    for name in ("lat", "lon", "radius_km", "precision"):
        column = prefix + name
        dtype, nothing = (object, None) if name == "precision" else (float, np.nan)
        values = frame[column].to_numpy(copy=True) if column in frame else np.empty(len(frame), dtype=dtype)
        found = [nothing if point is None else getattr(point, name) for point in points]
        values[rows] = np.array(found, dtype=dtype)
        frame[column] = pd.Series(values, index=frame.index, dtype=dtype)


def _set_countries(tables: Mapping[str, pd.DataFrame]) -> None:
    """Set the countries of incidents that name none, and of movements: their sites', or as their places say."""
    sites, incidents, movements = tables["sites"], tables["incidents"], tables["movements"]
    of_site = dict(zip(sites["id"], sites["country"], strict=True))

    def of_place(place: str | None) -> tuple[str, ...]:
        if not place:
            return ()
        return tuple(of_site.get(place) or (place.rpartition(",")[2].strip(),))

    countries = incidents["country"].to_numpy(copy=True)
    others = np.flatnonzero(~Column.of(incidents["country"]).mapped(bool, bool))
    where = zip(incidents["site"].iloc[others], incidents["place"].iloc[others], strict=True)
    countries[others] = objects([of_place(site or place) for site, place in where])
    incidents["country"] = pd.Series(countries, index=incidents.index, dtype=object)
    ends = zip(movements["origin"], movements["destination"], strict=True)
    passed = [tuple(dict.fromkeys((*of_place(origin), *of_place(target)))) for origin, target in ends]
    movements["country"] = pd.Series(passed, index=movements.index, dtype=object)
