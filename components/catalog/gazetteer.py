"""Gazetteer: a geopy geocoder over named places on disk; no network, no guesses between namesakes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from geopy.adapters import BaseSyncAdapter
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from components.catalog.names import fold
from components.catalog.problems import Problem
from components.catalog.reading import read_table
from components.catalog.tables import GAZETTEER, PRECISION_RADIUS_KM

SAME_PLACE_KM: Final = 15.0
"""Namesakes this near to one another are one place, as a town and the site named after it."""


MOST_NAMED: Final = 12
"""How many namesakes are told."""


class AmbiguousPlaceError(GeocoderQueryError):  # type: ignore[misc]  # geopy is untyped
    """A name that several places bear; the message names the candidates."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and all its names."""

    name: str
    names: tuple[str, ...]
    kind: str
    countries: tuple[str, ...]
    admin1: str
    lat: float
    lon: float
    precision: str
    radius_km: float
    source: str
    population: int = 0

    @property
    def address(self) -> str:
        """The name with what tells it from its namesakes."""
        return ", ".join(part for part in (self.name, self.admin1, " / ".join(self.countries)) if part)


_RANK: Final = {"site": 0, "town": 1, "governorate": 2, "country": 3, "airfield": 4}
"""Which of several entries of one place answers for it."""


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy is untyped
    """An adapter for geocoders that must never leave this machine."""

    def get_text(self, url: str, *, timeout: float, headers: object) -> str:  # noqa: ARG002
        """Refuse."""
        raise GeocoderQueryError("this geocoder has no network")

    get_json = get_text


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """Find places by name among ``entries``; names are folded, so spelling, case and articles do not matter.

    A query may be narrowed after a comma by country or governorate: "Al-Waleed, Iraq". A name that means
    several places raises AmbiguousPlaceError. Offline: the result's ``raw`` is the Entry.

    >>> gazetteer, problems = read_gazetteer(data, catalog.sites)
    >>> gazetteer.geocode("palmyra").raw.precision
    'town'
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__(adapter_factory=NoNetwork)
        self._entries = tuple(entries)
        self._by_name: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for name in {fold(name) for name in entry.names} - {""}:
                self._by_name.setdefault(name, []).append(entry)
        self._lat: npt.NDArray[np.float64] = np.radians([entry.lat for entry in self._entries])
        self._lon: npt.NDArray[np.float64] = np.radians([entry.lon for entry in self._entries])

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the place ``query`` names, None where there is none, or all candidates as a list."""
        candidates = self._candidates(query)
        if not candidates:
            return None
        if not exactly_one:
            return [_location(entry) for entry in candidates]
        if not _one_place(candidates):
            named = "; ".join(_few(sorted({f"{e.address} ({e.lat:.2f}, {e.lon:.2f})" for e in candidates})))
            raise AmbiguousPlaceError(f"'{query}' may be {named}")
        return _location(candidates[0])

    def reverse(
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the entry nearest to a point (anything geopy's Point reads), or the ten nearest as a list."""
        if not self._entries:
            return None
        point = Point(query)
        lat, lon = np.radians(point.latitude), np.radians(point.longitude)
        a = np.sin((self._lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(self._lat) * np.sin((self._lon - lon) / 2) ** 2
        nearest = np.argsort(a, kind="stable")[: 1 if exactly_one else 10]
        found = [_location(self._entries[i]) for i in nearest]
        return found[0] if exactly_one else found

    def _candidates(self, query: str) -> list[Entry]:
        """Return the entries that bear the query's name, the best first, main names before aliases."""
        name, *qualifiers = query.split(",")
        wanted = [fold(part) for part in qualifiers if fold(part)]
        found = [entry for entry in self._by_name.get(fold(name), ()) if all(part in _within(entry) for part in wanted)]
        main = [entry for entry in found if fold(entry.name) == fold(name)]
        return sorted(main or found, key=lambda entry: (_RANK.get(entry.kind, 9), entry.address))


def read_gazetteer(folder: Path, sites: pd.DataFrame) -> tuple[Gazetteer, list[Problem]]:
    """Return the gazetteer of ``folder``: gazetteer.csv, and the surveyed ``sites`` with all their names."""
    entries, problems = read_entries(folder)
    return Gazetteer([*entries, *site_entries(sites)]), problems


def read_entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of ``folder``'s gazetteer.csv."""
    rows, problems = read_table(folder, GAZETTEER)
    return [_entry(row) for row in rows.records()], problems


def site_entries(sites: pd.DataFrame) -> list[Entry]:
    """Return an entry for each site of a catalog that has a point."""
    return [
        Entry(
            row.name,
            tuple(name for name in (row.name, row.name_ar, *row.aliases) if name),
            "site",
            tuple(row.country),
            row.admin1,
            row.lat,
            row.lon,
            row.precision,
            row.radius_km,
            "sites.csv",
        )
        for row in _records(sites)
        if row.lat == row.lat  # not NaN
    ]


def _records(frame: pd.DataFrame) -> Iterable[Any]:
    return frame.itertuples(index=False)


def _entry(row: Any) -> Entry:
    radius = row.radius_km if row.radius_km is not None else PRECISION_RADIUS_KM[row.precision]
    return Entry(
        row.name,
        (row.name, *row.aliases),
        row.kind,
        (row.country,),
        row.admin1,
        row.lat,
        row.lon,
        row.precision,
        radius,
        row.source,
        row.population or 0,
    )


def _within(entry: Entry) -> set[str]:
    return {fold(part) for part in (*entry.countries, entry.admin1, f"{entry.admin1} governorate") if part}


def _location(entry: Entry) -> Location:
    return Location(entry.address, Point(entry.lat, entry.lon), entry)


def _few(named: Sequence[str]) -> list[str]:
    more = len(named) - MOST_NAMED
    return [*named[:MOST_NAMED], f"{more} more"] if more > 0 else [*named]


def _one_place(entries: Sequence[Entry]) -> bool:
    first = entries[0]
    here = (first.lat, first.lon)
    return all(great_circle(here, (other.lat, other.lon)).km <= SAME_PLACE_KM for other in entries[1:])
