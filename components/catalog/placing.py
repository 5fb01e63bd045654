"""Rows → points: each site, incident and movement end gets its place, never finer than its source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from components.catalog.columns import Columns, Rows, objects
from components.catalog.names import fold
from components.catalog.problems import Problem, excerpt
from components.catalog.tables import PRECISION_RADIUS_KM, PRECISIONS

_Asked = Callable[[str, int, str, str], "Point | None"]
"""(file, line, column, place) → its point, or None with the problem noted."""


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


def place_rows(tables: Mapping[str, Columns], rows: Mapping[str, Rows]) -> tuple[tuple[str, ...], list[Problem]]:
    """Set the columns of ``tables`` that say where ``rows``, theirs, are, in place.

    Return every place that was asked for, and a problem for each row that has no point. A row's own lat/lon
    come first, then its site's, then what places.csv says of its place; nothing is guessed here.
    """
    located = _located(rows["places"])
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

    sites = dict(_site_points(rows["sites"], asked, problems))
    _set_points(tables["sites"], "", list(sites.values()), len(sites))
    _set_incident_points(tables["incidents"], rows["incidents"], asked, sites)
    for end in ("origin", "destination"):
        points = list(_end_points(rows["movements"], end, asked, sites))
        _set_points(tables["movements"], f"{end}_", points, len(points))
    _set_countries(tables, rows)
    return tuple(sorted(queries)), problems


def _located(places: Rows) -> dict[str, Point]:
    """Return the points of places.csv by their folded queries."""
    return {fold(row.query): _point(row, row.precision) for row in places.records()}


def _point(row: Any, precision: str) -> Point:
    radius = PRECISION_RADIUS_KM[precision] if row.radius_km is None else row.radius_km
    return Point(row.lat, row.lon, precision, radius)


def _site_points(sites: Rows, asked: _Asked, problems: list[Problem]) -> Iterator[tuple[str, Point | None]]:
    for line, row in sites:
        point = None if row.lat is None else _point(row, row.precision or "site")
        if point is None and row.place:
            point = asked("sites.csv", line, "place", row.place)
            point = point and point.coarsened(row.precision)
        elif point is None:
            what = "has no lat/lon and no place, so it is not on the map"
            problems.append(Problem("sites.csv", line, "place", "", what, "give one of them", kept=True))
        yield row.id, point


def _set_incident_points(table: Columns, rows: Rows, asked: _Asked, sites: Mapping[str, Point | None]) -> None:
    """Set the points of incidents: most have their own, and these by columns."""
    own = rows.columns["lat"].mapped(lambda lat: lat is not None, bool)
    precision = rows.columns["precision"]
    radius = np.asarray(table["radius_km"])
    usual = precision.mapped(lambda one: PRECISION_RADIUS_KM[one or "site"], float)
    table["radius_km"] = np.where(own, np.where(np.isnan(radius), usual, radius), np.nan)
    said = precision.whole()
    said[own & precision.mapped(lambda one: one is None, bool)] = "site"
    table["precision"] = said
    others = np.flatnonzero(~own)
    points = []
    for line, row in rows.of_rows(others):
        point = sites[row.site] if row.site else asked("incidents.csv", line, "place", row.place)
        points.append(point and point.coarsened(row.precision))
    _set_points(table, "", points, len(rows), others)


def _end_points(rows: Rows, end: str, asked: _Asked, sites: Mapping[str, Point | None]) -> Iterator[Point | None]:
    for line, place in zip(rows.numbers.tolist(), rows.columns[end].whole().tolist(), strict=True):
        if place in sites:
            yield sites[place]
        else:
            yield asked("movements.csv", line, end, place) if place else None


def _set_points(table: Columns, prefix: str, points: list[Point | None], count: int, rows: Any = slice(None)) -> None:
    """Set the points of ``rows`` of the ``count`` that ``table`` has; of the others the columns stay as they are."""
    for name in ("lat", "lon", "radius_km", "precision"):
        column = prefix + name
        dtype, nothing = (object, None) if name == "precision" else (float, np.nan)
        found = [nothing if point is None else getattr(point, name) for point in points]
        values = np.empty(count, dtype=dtype)
        if len(found) < count:
            values[:] = table[column]
        values[rows] = np.array(found, dtype=dtype)
        table[column] = values


def _set_countries(tables: Mapping[str, Columns], rows: Mapping[str, Rows]) -> None:
    """Set the countries of incidents that name none, and of movements: their sites', or as their places say.

    "Gao, Mali" says its country, "Gao" alone none. A name alone is a country's where it is placed as one, or where
    another row has it for a country.
    """
    sites, incidents, movements = rows["sites"].columns, rows["incidents"].columns, rows["movements"].columns
    of_site = dict(zip(sites["id"].whole(), sites["country"].whole(), strict=True))
    ends = {end: movements[end].whole() for end in ("origin", "destination")}
    known = {country for column in (sites, incidents) for row in column["country"].values for country in row or ()}
    for values in (incidents["place"].values, *ends.values()):
        known |= {last_part(place) for place in values if place and "," in place}

    def of_place(place: str | None, precision: str | None) -> tuple[str, ...]:
        if not place:
            return ()
        if countries := of_site.get(place):
            return tuple(countries)
        last = last_part(place)
        return (last,) if last and ("," in place or precision == "country" or last in known) else ()

    countries = incidents["country"].whole()
    others = np.flatnonzero(~incidents["country"].mapped(bool, bool))
    where = zip(*(incidents[name].of_rows(others).whole() for name in ("site", "place")), strict=True)
    placed = zip(where, np.asarray(tables["incidents"]["precision"])[others], strict=True)
    countries[others] = objects([of_place(site or place, precision) for (site, place), precision in placed])
    tables["incidents"]["country"] = countries
    origins, targets = (
        zip(places, np.asarray(tables["movements"][f"{end}_precision"]), strict=True) for end, places in ends.items()
    )
    tables["movements"]["country"] = objects(
        [
            tuple(dict.fromkeys((*of_place(*origin), *of_place(*target))))
            for origin, target in zip(origins, targets, strict=True)
        ]
    )


def last_part(place: str) -> str:
    """Return what stands after a place's last comma, its country where it has one: "Gao, Mali" → "Mali"."""
    return place.rpartition(",")[2].strip()
