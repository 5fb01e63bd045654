"""The catalog as columns to select from: what Python filters and what the browser is sent, built once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import Catalog, spans
from components.catalog.names import fold
from components.catalog.tables import Toll
from components.view.facets import FACETS, NO_VALUE
from components.view.public import public_days

Days = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

MANY_KILLED: Final = 10
SPAN = ("start_first", "start_last", "end_first", "end_last")


@dataclass(frozen=True, slots=True)
class Coded:
    """A facet's column, coded: row i holds the values ``combos[codes[i]]``."""

    codes: npt.NDArray[np.intp]
    combos: tuple[tuple[str, ...], ...]

    def any_of(self, chosen: Iterable[str]) -> Mask:
        """Return which rows hold at least one of ``chosen``."""
        wanted = set(chosen)
        allowed = np.fromiter((not wanted.isdisjoint(combo) for combo in self.combos), bool, len(self.combos))
        return np.asarray(allowed[self.codes]) if len(self.combos) else np.zeros(len(self.codes), dtype=bool)

    def counts(self, rows: Mask) -> dict[str, int]:
        """Return how many of ``rows`` hold each value."""
        total: dict[str, int] = {}
        per_combo = np.bincount(self.codes[rows], minlength=len(self.combos))
        for combo, count in zip(self.combos, per_combo, strict=True):
            for value in combo:
                total[value] = total.get(value, 0) + int(count)
        return total


@dataclass(frozen=True, slots=True)
class Columns:
    """One table's columns to select by, in the catalog's order of rows."""

    ids: tuple[str, ...]
    span: Mapping[str, Days]
    """The four bounds of the rows' spans, where the table is in time."""
    facets: Mapping[str, Coded]
    hay: tuple[str, ...]
    """Per row, the folded text that a search looks in."""
    public: Days
    """Per row, the first day on which it may have been public; see public.py."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Index:
    """The columns of each table that is selected from."""

    sites: Columns
    presence: Columns
    incidents: Columns
    movements: Columns
    strengths: Columns
    counts: Columns
    presence_site: npt.NDArray[np.intp]
    """Per presence, the number of its site."""
    presence_force: npt.NDArray[np.intp]
    """Per presence, the number of its force in forces.csv, whose order is precedence."""
    severity: npt.NDArray[np.uint8]
    """Per incident: 0 where no one is known hurt, 1 where someone is, 2 where MANY_KILLED or more were killed."""


@lru_cache(maxsize=4)
def index(catalog: Catalog) -> Index:
    """Return the index of ``catalog``, built once for each."""
    sites, presence = catalog.sites, catalog.presence
    names = {
        id_: " ".join((name, name_ar, *aliases))
        for id_, name, name_ar, aliases in zip(
            *(sites[column] for column in ("id", "name", "name_ar", "aliases")), strict=True
        )
    }

    def places(frame: pd.DataFrame, *columns: str) -> list[str]:
        return [
            " ".join(names.get(place, place) for place in row if place)
            for row in zip(*(frame[column] for column in columns), strict=True)
        ]

    incidents, movements, strengths = catalog.incidents, catalog.movements, catalog.strengths
    named = [f"{name} {admin1}" for name, admin1 in zip(names.values(), sites["admin1"], strict=True)]
    at_site = dict(zip(names, named, strict=True))
    return Index(
        sites=_columns(catalog, "sites", named),
        presence=_columns(catalog, "presence"),
        incidents=_columns(catalog, "incidents", incidents["title"], places(incidents, "site", "place")),
        movements=_columns(catalog, "movements", movements["title"], places(movements, "origin", "destination")),
        # Of a count of a country there is no text to find.
        strengths=_columns(catalog, "strengths", [at_site.get(site, "") for site in strengths["site"]]),
        counts=_columns(catalog, "counts", catalog.counts["series"]),
        presence_site=numbers_of(presence["site"], sites),
        presence_force=numbers_of(presence["force"], catalog.forces),
        severity=_severity(incidents),
    )


def numbers_of(ids: pd.Series | list[str], frame: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return the number of each id's row in ``frame``, -1 for those it does not hold."""
    return frame.index.get_indexer(pd.Index(ids))


def _columns(catalog: Catalog, table: str, *texts: Iterable[str]) -> Columns:
    frame = catalog.tables[table]
    return Columns(
        ids=tuple(frame["id"]),
        span=_span(frame),
        facets={facet.key: _facet(frame, facet.columns[table]) for facet in FACETS if table in facet.columns},
        hay=tuple(fold(" ".join(parts)) for parts in zip(*texts, strict=True)),
        public=public_days(frame, catalog),
    )


def _severity(incidents: pd.DataFrame) -> npt.NDArray[np.uint8]:
    """Return how severe each incident is, by the lower bounds: what is certain."""

    def total(tolls: Iterable[Toll]) -> int:
        return sum(toll.low for toll in tolls)

    dead = np.fromiter(map(total, incidents["killed"]), np.int64, len(incidents))
    hurt = np.fromiter(map(total, incidents["wounded"]), np.int64, len(incidents))
    return np.select([dead >= MANY_KILLED, dead + hurt > 0], [2, 1], default=0).astype(np.uint8)


def _span(frame: pd.DataFrame) -> dict[str, Days]:
    """Return the bounds of the rows' spans: their own, or those of their one date; none of a table without dates."""
    if "date" in frame:
        return dict(zip(SPAN, spans(frame["date"], frame["date"]).values(), strict=True))
    return {name: frame[name].to_numpy(dtype=np.int64) for name in SPAN if name in frame}


def _facet(frame: pd.DataFrame, column: str) -> Coded:
    if column == NO_VALUE:
        return Coded(np.zeros(len(frame), dtype=np.intp), ((),))
    return _coded(frame[column])


def _coded(column: pd.Series) -> Coded:
    values = [value if isinstance(value, tuple) else (value,) for value in column]
    combos = tuple(dict.fromkeys(values))
    number = {combo: i for i, combo in enumerate(combos)}
    return Coded(np.fromiter((number[value] for value in values), np.intp, len(values)), combos)
