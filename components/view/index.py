"""The catalog as columns to select from: what Python filters and what the browser is sent, built once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import Catalog, spans
from components.catalog.columns import Column
from components.catalog.derived import derived
from components.catalog.names import fold
from components.catalog.tables import Toll
from components.view.box import Bounds, Points
from components.view.facets import FACETS, NO_VALUE
from components.view.outlines import bounds
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
    public: Days
    """Per row, the first day on which it may have been public; see public.py."""
    folded: Callable[[], tuple[str, ...]]
    """Returns ``hay``, which is made with the first search and kept."""
    points: tuple[Points, ...] = ()
    """Where its rows are: their own point, or those of both ends; () of a table whose rows are at none."""
    bounds: Bounds | None = None
    """What its rows reach over, where they are areas."""

    @property
    def hay(self) -> tuple[str, ...]:
        """Per row, the folded text that a search looks in: each word after a space."""
        return self.folded()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Index:
    """The columns of each table that is selected from."""

    sites: Columns
    presence: Columns
    areas: Columns
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


@derived()
def index(catalog: Catalog) -> Index:
    """Return the index of ``catalog``, built once for each."""
    return Index(
        **{name: _columns(catalog, name, partial(_texts, catalog, name)) for name in _SEARCHED},
        presence=_columns(catalog, "presence"),
        areas=replace(_columns(catalog, "areas"), bounds=bounds(catalog)),
        presence_site=numbers_of(catalog.presence["site"], catalog.sites),
        presence_force=numbers_of(catalog.presence["force"], catalog.forces),
        severity=_severity(catalog.incidents),
    )


_SEARCHED: Final = ("sites", "incidents", "movements", "strengths", "counts")


def _texts(catalog: Catalog, table: str) -> Iterable[Iterable[str]]:
    """Return what a search looks in, of each row of a table of _SEARCHED."""
    frame, sites, presence = catalog.tables[table], catalog.sites, catalog.presence
    told = _Told(catalog)
    site_columns = [sites[column] for column in ("id", "name", "name_ar", "aliases", "admin1")]
    names = {id_: " ".join((*parts, *aliases)) for id_, *parts, aliases, _ in zip(*site_columns, strict=True)}
    named = [f"{name} {admin1}" for name, admin1 in zip(names.values(), sites["admin1"], strict=True)]

    def places(*columns: str) -> list[str]:
        return [
            " ".join(names.get(place, place) for place in row if place)
            for row in zip(*(frame[column] for column in columns), strict=True)
        ]

    texts: list[Iterable[str]]
    if table == "sites":
        held: dict[str, dict[str, None]] = {}
        for site, force in zip(presence["site"], presence["force"], strict=True):
            held.setdefault(site, {})[force] = None
        holders = [told.forces(held.get(id_, ())) for id_ in names]
        texts = [named, [catalog.dataset.vocabulary.site(kind) for kind in sites["kind"]], holders, *told.of(frame)]
    elif table == "incidents":
        kinds = dict(zip(catalog.kinds["id"], map(_either_way, catalog.kinds["label"]), strict=True))
        forces = [told.forces(forces) for forces in frame["forces"]]
        of_kind = [kinds.get(kind, "") for kind in frame["kind"]]
        texts = [frame["title"], places("site", "place"), of_kind, forces, *told.of(frame)]
    elif table == "movements":
        forces = [told.forces((force,)) for force in frame["force"]]
        texts = [frame["title"], places("origin", "destination"), frame["kind"], forces, *told.of(frame)]
    elif table == "strengths":
        # Of a count of a country there is no other text to find.
        at_site = dict(zip(names, named, strict=True))
        of_site = [at_site.get(site, "") for site in frame["site"]]
        texts = [of_site, [told.forces((force,)) for force in frame["force"]]]
    else:
        texts = [frame["series"]]
    return zip(*texts, strict=True)


class _Told:
    """What rows are told with beside their own names: forces, countries, a summary, and who says so."""

    def __init__(self, catalog: Catalog) -> None:
        forces, sources = catalog.forces, catalog.sources
        named = zip(forces["id"], forces["name"], forces["called"], forces["aliases"], strict=True)
        self._forces = {id_: " ".join((name, called, *aliases)) for id_, name, called, aliases in named}
        self._publishers = dict(zip(sources["id"], sources["publisher"], strict=True))

    def forces(self, ids: Iterable[str]) -> str:
        """Return the names of forces."""
        return " ".join(self._forces.get(id_, "") for id_ in ids)

    def of(self, frame: pd.DataFrame) -> tuple[Iterable[str], ...]:
        """Return by column the texts of a table's rows."""
        publishers = (dict.fromkeys(self._publishers.get(source, "") for source in row) for row in frame["sources"])
        countries = map(" ".join, frame["country"]) if "country" in frame else [""] * len(frame)
        return countries, frame["summary"], map(" ".join, publishers)


def _either_way(label: str) -> str:
    """Return a label with its words as one as well, as some write them.

    >>> _either_way("Air strike")
    'Air strike Airstrike'
    """
    words = label.split()
    return f"{label} {''.join(words)}" if len(words) == 2 and "," not in label else label


def numbers_of(ids: pd.Series | list[str], frame: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return the number of each id's row in ``frame``, -1 for those it does not hold."""
    column = Column.of(ids)
    return frame.index.get_indexer(pd.Index(column.values, dtype=object))[column.codes]


def _columns(catalog: Catalog, table: str, texts: Callable[[], Iterable[Iterable[str]]] = tuple) -> Columns:
    frame = catalog.tables[table]
    return Columns(
        ids=tuple(frame["id"]),
        span=_span(frame),
        facets={facet.key: _facet(frame, facet.columns[table]) for facet in FACETS if table in facet.columns},
        public=public_days(frame, catalog),
        folded=cache(lambda: tuple(f" {fold(' '.join(parts))}" for parts in texts())),
        points=tuple(_points(frame, prefix) for prefix in _PLACED.get(table, ())),
    )


_PLACED: Final[Mapping[str, tuple[str, ...]]] = {
    "sites": ("",),
    "incidents": ("",),
    "movements": ("origin_", "destination_"),
}
"""By table, what the names of the columns that say where a row is begin with."""


def _points(frame: pd.DataFrame, prefix: str) -> Points:
    lat, lon = (frame[f"{prefix}{name}"].to_numpy(dtype=np.float64) for name in ("lat", "lon"))
    return lat, lon


def _severity(incidents: pd.DataFrame) -> npt.NDArray[np.uint8]:
    """Return how severe each incident is, by the lower bounds: what is certain."""

    def total(tolls: Iterable[Toll]) -> int:
        return sum(toll.low for toll in tolls)

    dead, hurt = (Column.of(incidents[which]).mapped(total, np.int64) for which in ("killed", "wounded"))
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
    coded = Column.of(column)
    combos = tuple(value if isinstance(value, tuple) else (value,) for value in coded.values)
    return Coded(coded.codes.astype(np.intp), combos)
