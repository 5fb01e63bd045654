"""A data folder → the Catalog: its tables, validated, located and linked, and all that is wrong with it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

import numpy as np
import pandas as pd

from components.catalog.briefings import Briefing, briefing_files, read_briefings
from components.catalog.dataset import FILE, Dataset, read_dataset
from components.catalog.dates import PartialDate
from components.catalog.live import LiveCatalog
from components.catalog.method import FILE as METHOD
from components.catalog.method import Method, read_method
from components.catalog.placing import place_rows
from components.catalog.problems import Problem, excerpt
from components.catalog.reading import Line, read_table
from components.catalog.tables import ROW_TABLES, TABLES, Ref, Row, Table, refs

NEVER: Final = -(2**31)
"""The day number of an unknown beginning."""
EVER: Final = 2**31 - 1
"""The day number of an unknown end."""

PART_OF: Final = "part_of"
"""The column that names the whole which a row is a part of."""

Signature = tuple[tuple[str, int, int, int], ...]
"""Of files: name, size in bytes, and when their content and when anything about them changed, in nanoseconds."""


@dataclass(frozen=True, eq=False)
class Catalog:
    """What is known.

    ``tables`` holds a DataFrame per table of ``TABLES``, indexed by its key, with the columns declared there.
    Lists are tuples, blank dates and numbers None. Tables in time also have the day numbers ``start_first``,
    ``start_last``, ``end_first``, ``end_last`` (the bounds of a partial date; see ``spans``); incidents and
    movements are in order of time. Sites and
    incidents have ``lat``, ``lon``, ``precision``, ``radius_km`` as located (NaN where they are not), movements
    the same with the prefixes ``origin_`` and ``destination_``. All three and strengths have ``disputed``: ("only",)
    where claims are about the row, else (). Strengths have ``countries``: their site's, or their own.
    """

    dataset: Dataset
    tables: Mapping[str, pd.DataFrame]
    queries: tuple[str, ...]
    """Every place the rows ask a geocoder for, sorted."""
    problems: tuple[Problem, ...]
    briefings: tuple[Briefing, ...]
    version: str
    """Twelve hex digits of the hash of all files the catalog was read from."""
    folder: Path
    """Where it was read from: the basemap lies beside the tables."""
    method: Method | None = None
    """How its curators know; None: the folder does not say."""

    def __getattr__(self, name: str) -> pd.DataFrame:
        # Not self.tables: a copy being unpickled has none yet, and would ask for it here without end.
        try:
            return self.__dict__["tables"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None


def open_catalog(folder: Path) -> Catalog:
    """Return the catalog that is served of ``folder``; see ``live``."""
    return live(folder).read().catalog


@lru_cache(maxsize=4)
def live(folder: Path) -> LiveCatalog:
    """Return what is served of ``folder`` as its files change.

    While files are replaced under a running server, one may be missing for a moment, half written, or broken: until all
    is well, the catalog that was read before is served.
    """
    return LiveCatalog(lambda: load(folder), lambda: signature(_files(folder)), _NEEDED)


def refused(catalog: Catalog) -> tuple[Problem, ...]:
    """Return why newer data in the folder of ``catalog`` are not served in its place; () where there are none."""
    serving = live(catalog.folder).serving
    return serving.refused if serving and serving.catalog is catalog else ()


def load(folder: Path) -> Catalog:
    """Read ``folder``: good rows are kept, each bad one becomes a Problem; nothing raises.

    >>> load(data).sites.loc["al-tanf", "kind"]
    'garrison'
    """
    dataset, problems = read_dataset(folder)
    lines: dict[str, list[Line]] = {}
    ids: dict[str, set[str]] = {}
    for table in TABLES:
        read, faults = read_table(folder, table)
        kept, unresolved = _resolved(table, read, ids)
        lines[table.name], circular = _uncircled(table, kept)
        problems += faults + unresolved + circular
    tables = {table.name: _frame(table, [line.row for line in lines[table.name]]) for table in TABLES}
    numbers = {name: [line.number for line in read] for name, read in lines.items()}
    queries, unlocated = place_rows(tables, numbers)
    for name in ("incidents", "movements"):
        # In order of time, as the browser keeps them too: a window is a slice.
        tables[name] = tables[name].sort_values(["start_first", "start_last", "id"], kind="stable")
    _mark_disputed(tables)
    tables["strengths"] = tables["strengths"].assign(countries=_countries(tables["strengths"], tables["sites"]))
    briefings, faults = read_briefings(folder, set(tables["sources"].index))
    method, unclear = read_method(folder)
    problems = [*problems, *unlocated, *faults, *unclear, *_unknown_subject(dataset, tables["forces"])]
    return Catalog(dataset, tables, queries, tuple(problems), briefings, _content_hash(folder), folder, method)


def _unknown_subject(dataset: Dataset, forces: pd.DataFrame) -> list[Problem]:
    if not dataset.subject or dataset.subject in forces.index:
        return []
    what, mend = "is no force of forces.csv", "name one by its id: until then the force that changed most leads"
    return [Problem(FILE, None, "subject", excerpt(dataset.subject), what, mend, kept=True)]


class ChangedError(OSError):
    """Files changed while they were read."""


_NEEDED: Final = frozenset({FILE, *(table.file for table in TABLES if table.required)})
"""The files without which the last known good catalog is served."""


def _files(folder: Path) -> list[Path]:
    return [*(folder / name for name in (FILE, METHOD, *(table.file for table in TABLES))), *briefing_files(folder)]


def signature(paths: Iterable[Path]) -> Signature:
    """Return the signature of those of ``paths`` that are files: it differs where one of them has changed.

    It holds the change time too, which a file has anew that was moved away and back: whoever read meanwhile missed it.
    """
    found = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:  # gone, maybe since its folder was listed
            continue
        if S_ISREG(stat.st_mode):
            found.append((path.name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    return tuple(found)


def _content_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        try:
            content = path.read_bytes()
        except OSError:  # not there, or a problem already
            continue
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _resolved(table: Table, lines: list[Line], ids: dict[str, set[str]]) -> tuple[list[Line], list[Problem]]:
    """Drop rows with dangling references (foreign keys); put the ids of those kept into ``ids``."""
    columns = refs(table)
    kept, problems = lines, []
    while True:
        ids[table.name] = {str(getattr(line.row, table.key)) for line in kept}
        faults = {
            line.number: [
                Problem(table.file, line.number, column, excerpt(wanted), what, mend)
                for column, ref in columns.items()
                for wanted, what, mend in _dangling(ref, getattr(line.row, column), ids)
            ]
            for line in kept
        }
        problems += [problem for found in faults.values() for problem in found]
        sound = [line for line in kept if not faults[line.number]]
        if len(sound) == len(kept):
            return kept, problems
        kept = sound  # what was left out may have been named by another row of this table


def _uncircled(table: Table, lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    """Break cycles of ``part_of``: a row that is, directly or not, a part of itself is kept as a part of nothing."""
    if PART_OF not in table.row.model_fields:
        return lines, []
    wholes = {str(getattr(line.row, table.key)): getattr(line.row, PART_OF) for line in lines}
    kept, problems = [], []
    for line in lines:
        id_ = str(getattr(line.row, table.key))
        way = ways_up(wholes, id_)
        if id_ not in way:
            kept.append(line)
            continue
        others = " and ".join(f"'{excerpt(one)}'" for one in way[:-1])
        by = f", by way of {others}" if others else ""
        what = f"'{excerpt(id_)}' is a part of itself{by}, so it is shown as a part of nothing"
        mend = "name the whole that holds its numbers already, or leave the cell blank"
        problems.append(Problem(table.file, line.number, PART_OF, excerpt(wholes[id_]), what, mend, kept=True))
        kept.append(Line(line.number, line.row.model_copy(update={PART_OF: None})))
    return kept, problems


def ways_up(wholes: Mapping[str, str | None], id_: str) -> list[str]:
    """Return what a row is a part of, the nearest whole first; where that leads back, it ends as it does so.

    >>> ways_up({"day": "week", "week": "month", "month": None}, "day")
    ['week', 'month']
    """
    way: list[str] = []
    while (above := wholes.get(id_)) is not None and above not in way:
        way.append(above)
        id_ = above
    return way


def _dangling(ref: Ref, value: object, ids: Mapping[str, set[str]]) -> list[tuple[str, str, str]]:
    if value is None:
        return []
    missing = []
    for wanted in ref.ids(value):
        table, name = ref.table, wanted
        if table == "rows":
            prefix, _, name = wanted.partition(":")
            table = ROW_TABLES.get(prefix, "")
        if name not in ids.get(table, ()):
            what = f"'{excerpt(wanted)}' is not in {table or 'any table'}"
            mend = f"add it to {table}.csv, or mend the spelling" if table else "write it like site:al-tanf"
            missing.append((wanted, what, mend))
    return missing


def _frame(table: Table, rows: list[Row]) -> pd.DataFrame:
    names = list(table.row.model_fields)
    # All cells as one array, column after column: a frame made of a Series for each takes half as long again.
    cells = np.fromiter((getattr(row, name) for name in names for row in rows), object, len(names) * len(rows))
    columns = dict(zip(names, cells.reshape(len(names), len(rows)), strict=True))
    places = [name for name in ("lat", "lon", "radius_km") if name in names]
    numbers: dict[str, Any] = {name: columns[name].astype(float) for name in places}
    if "start" in names:
        confirmed = [columns.get(f"{which}_confirmed") for which in ("last", "first")]
        numbers |= spans(columns["start"], columns["end"], *confirmed)
    index = pd.Index(columns[table.key], dtype=object)
    frame = pd.DataFrame(cells.reshape(len(names), len(rows)).T, index, names, dtype=object)
    return frame.assign(**numbers) if numbers else frame


def disputed_ids(tables: Mapping[str, pd.DataFrame], rows: Iterable[str]) -> dict[str, set[str]]:
    """Return by table the ids that claims on ``rows`` are about: a claim on who held a site is about the site too."""
    named: dict[str, set[str]] = {name: set() for name in ROW_TABLES.values()}
    for row in rows:
        prefix, _, id_ = row.partition(":")
        named[ROW_TABLES[prefix]].add(id_)
    for name in ("presence", "strengths"):
        of_site = tables[name].loc[sorted(named[name]), "site"]
        named["sites"].update(site for site in of_site if site is not None)
    return named


def _mark_disputed(tables: dict[str, pd.DataFrame]) -> None:
    """Say of each site, incident, movement and strength whether claims are about it."""
    named = disputed_ids(tables, tables["claims"]["row"])
    for name in ("sites", "incidents", "movements", "strengths"):
        disputed = [("only",) if id_ in named[name] else () for id_ in tables[name]["id"]]
        tables[name] = tables[name].assign(disputed=pd.Series(disputed, index=tables[name].index, dtype=object))


def _countries(strengths: pd.DataFrame, sites: pd.DataFrame) -> pd.Series:
    """Return of which countries each strength is: its site's, else its own."""
    of_site = dict(zip(sites["id"], sites["country"], strict=True))
    pairs = zip(strengths["site"], strengths["country"], strict=True)
    return pd.Series([of_site[site] if site else (country,) for site, country in pairs], strengths.index, dtype=object)


def spans(start: Any, end: Any, last_confirmed: Any = None, first_confirmed: Any = None) -> dict[str, np.ndarray]:
    """Return the bounds of each row's span as day numbers (int64 arrays).

    Something possibly was so on day d when start_first <= d <= end_last, certainly when
    start_last <= d <= end_first. Without an end, a row that happens (an incident, a movement) ends as it
    starts; a presence (which has ``last_confirmed``) goes on: certain until last confirmed, possible ever after.
    Without a start it is certain from when it was first confirmed (else from when it was last), possible ever before.
    """
    rows: list[tuple[int, int, int, int]] = []
    unknown = [None] * len(start)
    seen_last = unknown if last_confirmed is None else last_confirmed
    seen_first = unknown if first_confirmed is None else first_confirmed
    first: PartialDate | None
    last: PartialDate | None
    for first, last, last_seen, first_seen in zip(start, end, seen_last, seen_first, strict=True):
        if last_confirmed is None and first:
            last = last or first
            rows.append((first.first, first.last, last.first, last.last))
            continue
        confirmed: PartialDate | None = last_seen or last or first
        start_first, start_last = (first.first, first.last) if first else (NEVER, EVER)
        sure = confirmed.first if confirmed else NEVER
        seen: PartialDate | None = first_seen or confirmed
        if not first and seen:
            start_last = seen.last  # there on the day it was confirmed, whenever it came
        end_first, end_last = (last.first, last.last) if last else (max(sure, start_last), EVER)
        rows.append((start_first, start_last, end_first, end_last))
    bounds = np.array(rows, dtype=np.int64).reshape(-1, 4).T.copy()
    # What started on 15 June and ended within that year did not end before 15 June.
    bounds[1] = np.minimum(bounds[1], bounds[3])
    bounds[2] = np.maximum(bounds[2], bounds[0])
    return dict(zip(("start_first", "start_last", "end_first", "end_last"), bounds, strict=True))
