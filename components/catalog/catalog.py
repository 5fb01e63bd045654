"""A data folder → the Catalog: its tables, validated, located and linked, and all that is wrong with it."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from components.catalog.briefings import Briefing, briefing_files, read_briefings
from components.catalog.columns import Column, Columns, Rows, frame_of, objects
from components.catalog.dataset import FILE, Dataset, read_dataset
from components.catalog.dates import PartialDate
from components.catalog.files import Folder, folder_in
from components.catalog.kept import KEPT_AFTER_SECONDS, LEAST_BYTES, Kept, Validated
from components.catalog.live import LiveCatalog
from components.catalog.method import FILE as METHOD
from components.catalog.method import Method, read_method
from components.catalog.placing import place_rows
from components.catalog.problems import Problem, excerpt
from components.catalog.reading import read_table
from components.catalog.tables import ROW_TABLES, TABLES, Ref, Table, refs
from components.settings import cache_folder

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
    derived: dict[Callable[..., Any], Callable[..., Any]] = field(default_factory=dict, init=False, repr=False)
    """What is kept that was made of it, by what makes it: see ``derived``."""

    def __getattr__(self, name: str) -> pd.DataFrame:
        # Not self.tables: a copy being unpickled has none yet, and would ask for it here without end.
        try:
            return self.__dict__["tables"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None


@lru_cache(maxsize=64)
def live(folder: Path) -> LiveCatalog:
    """Return what is served of ``folder`` as its files change.

    While files are replaced under a running server, one may be missing for a moment, half written, or broken: until all
    is well, the catalog that was read before is served.
    """
    return LiveCatalog(lambda: load_kept(folder), lambda: signature(_files(folder)), _NEEDED)


def load_kept(folder: Path) -> Catalog:
    """Return what ``load`` returns, of a large folder from what was kept of it, and keep what was not."""
    cache, found = cache_folder(), signature(_files(folder))
    if cache is None or sum(size for _, size, *_ in found) < LEAST_BYTES:
        return load(folder)
    kept, content = Kept(cache, folder), _content_hash(folder)
    validated = kept.read(content)
    if validated is None:
        validated = validated_of(folder)
        if signature(_files(folder)) == found:
            # It takes seconds, and the first reader should not wait for it.
            later = threading.Timer(KEPT_AFTER_SECONDS, kept.write, (content, validated))
            later.name, later.daemon = "keep", True
            later.start()
    return _catalog(folder, validated, content)


def load(folder: Path) -> Catalog:
    """Read ``folder``: good rows are kept, each bad one becomes a Problem; nothing raises.

    >>> load(data).sites.loc["al-tanf", "kind"]
    'garrison'
    """
    return _catalog(folder, validated_of(folder), _content_hash(folder))


def _catalog(folder: Path, validated: Validated, content: str) -> Catalog:
    """Return the catalog of what was validated, and of what is read anew each time: it is little."""
    return _with(folder, validated, content, folder, read_briefings(folder, set(validated.tables["sources"].index)))


def packed_catalog(archive: bytes, validated: Validated, folder: Path) -> Catalog:
    """Return the catalog of a data folder in a ZIP file, which has no briefings; ``folder`` stands for it."""
    return _with(folder_in(archive), validated, hashlib.sha256(archive).hexdigest(), folder, ((), []))


def _with(
    files: Folder,
    validated: Validated,
    content: str,
    folder: Path,
    told: tuple[tuple[Briefing, ...], list[Problem]],
) -> Catalog:
    dataset, of_dataset = read_dataset(files)
    tables = validated.tables
    briefings, faults = told
    method, unclear = read_method(files)
    unknown = _unknown_subject(dataset, tables["forces"])
    problems = (*of_dataset, *validated.problems, *faults, *unclear, *unknown)
    return Catalog(dataset, tables, validated.queries, problems, briefings, content[:12], folder, method)


def validated_of(folder: Folder) -> Validated:
    """Return what is known by the tables of a folder."""
    problems: list[Problem] = []
    rows: dict[str, Rows] = {}
    ids: dict[str, set[str]] = {}
    kinds = read_dataset(folder)[0].vocabulary
    for table in TABLES:
        read, faults = read_table(folder, table, kinds)
        kept, unresolved = _resolved(table, read, ids)
        rows[table.name], circular = _uncircled(table, kept)
        problems += faults + unresolved + circular
    columns = {table.name: _columns(rows[table.name]) for table in TABLES}
    queries, unlocated = place_rows(columns, rows)
    _mark_disputed(columns, rows)
    columns["strengths"]["countries"] = _countries(rows["strengths"], rows["sites"])
    del rows
    tables = {table.name: frame_of(columns.pop(table.name), table.key) for table in TABLES}
    for name in ("incidents", "movements"):
        tables[name] = _in_time(tables[name])
    return Validated(tables, queries, (*problems, *unlocated))


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
    return digest.hexdigest()


def _resolved(table: Table, rows: Rows, ids: dict[str, set[str]]) -> tuple[Rows, list[Problem]]:
    """Drop rows with dangling references (foreign keys); put the ids of those kept into ``ids``."""
    columns = {column: (ref, rows.columns[column]) for column, ref in refs(table).items()}
    kept, problems = np.arange(len(rows)), []
    while True:
        ids[table.name] = set(rows.columns[table.key].of_rows(kept).whole().tolist())
        dangling = {
            name: column.mapped(partial(_dangles, ref, ids), bool)[kept] for name, (ref, column) in columns.items()
        }
        left_out = np.logical_or.reduce([np.zeros(len(kept), dtype=bool), *dangling.values()])
        problems += [
            Problem(table.file, int(rows.numbers[row]), name, excerpt(wanted), what, mend)
            for row in kept[left_out].tolist()
            for name, (ref, column) in columns.items()
            for wanted, what, mend in _dangling(ref, column.values[column.codes[row]], ids)
        ]
        if not left_out.any():
            return (rows if len(kept) == len(rows) else rows.of_rows(kept)), problems
        kept = kept[~left_out]  # what was left out may have been named by another row of this table


def _uncircled(table: Table, rows: Rows) -> tuple[Rows, list[Problem]]:
    """Break cycles of ``part_of``: a row that is, directly or not, a part of itself is kept as a part of nothing."""
    column = rows.columns.get(PART_OF)
    if column is None:
        return rows, []
    parts = np.flatnonzero(column.mapped(lambda whole: whole is not None, bool))
    ids = rows.columns[table.key].of_rows(parts).whole().tolist()
    wholes = dict(zip(ids, column.of_rows(parts).whole().tolist(), strict=True))
    circular, problems = [], []
    for number, id_ in zip(parts.tolist(), ids, strict=True):
        way = ways_up(wholes, id_)
        if id_ not in way:
            continue
        circular.append(number)
        others = " and ".join(f"'{excerpt(one)}'" for one in way[:-1])
        by = f", by way of {others}" if others else ""
        what = f"'{excerpt(id_)}' is a part of itself{by}, so it is shown as a part of nothing"
        mend = "name the whole that holds its numbers already, or leave the cell blank"
        line = int(rows.numbers[number])
        problems.append(Problem(table.file, line, PART_OF, excerpt(wholes[id_]), what, mend, kept=True))
    if not circular:
        return rows, []
    codes = column.codes.copy()
    codes[circular] = len(column.values)
    mended = Column(np.append(column.values, [None]), codes)
    return Rows(rows.numbers, {**rows.columns, PART_OF: mended}), problems


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


def _dangles(ref: Ref, ids: Mapping[str, set[str]], value: object) -> bool:
    return bool(_dangling(ref, value, ids))


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


def _columns(rows: Rows) -> Columns:
    columns: Columns = dict(rows.columns)
    for name in {"lat", "lon", "radius_km"}.intersection(columns):
        columns[name] = rows.columns[name].mapped(lambda value: np.nan if value is None else value, float)
    if "start" in columns:
        confirmed = [rows.columns.get(f"{which}_confirmed") for which in ("last", "first")]
        columns |= spans(rows.columns["start"], rows.columns["end"], *confirmed)
    return columns


def _in_time(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in order of time, as the browser keeps them too: a window is a slice."""
    if len(frame) < 2:
        return frame
    keys = ("start_first", "start_last", "id")
    columns = {key: pa.array(frame[key].tolist(), pa.string() if key == "id" else pa.int64()) for key in keys}
    order = compute.sort_indices(pa.table(columns), [(key, "ascending") for key in keys])
    return frame.take(order.to_numpy())


def disputed_ids(tables: Mapping[str, pd.DataFrame], rows: Iterable[str]) -> dict[str, set[str]]:
    """Return by table the ids that claims on ``rows`` are about: a claim on who held a site is about the site too."""
    return _disputed_ids(rows, lambda name, ids: tables[name].loc[sorted(ids), "site"])


def _disputed_ids(
    rows: Iterable[str], sites_of: Callable[[str, set[str]], Iterable[str | None]]
) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {name: set() for name in ROW_TABLES.values()}
    for row in rows:
        prefix, _, id_ = row.partition(":")
        named[ROW_TABLES[prefix]].add(id_)
    for name in ("presence", "strengths"):
        named["sites"].update(site for site in sites_of(name, named[name]) if site is not None)
    return named


def _mark_disputed(columns: Mapping[str, Columns], rows: Mapping[str, Rows]) -> None:
    """Say of each site, incident, movement and strength whether claims are about it."""

    def sites_of(name: str, ids: set[str]) -> list[str | None]:
        return [row.site for row in rows[name].records() if row.id in ids] if ids else []

    named = _disputed_ids(rows["claims"].columns["row"].whole(), sites_of)
    for name in ("sites", "incidents", "movements", "strengths"):
        disputed = rows[name].columns["id"].mapped(named[name].__contains__, bool)
        columns[name]["disputed"] = Column(objects([(), ("only",)]), disputed.astype(np.int32))


def _countries(strengths: Rows, sites: Rows) -> npt.NDArray[np.object_]:
    """Return of which countries each strength is: its site's, else its own."""
    of_site = dict(zip(*(sites.columns[name].whole() for name in ("id", "country")), strict=True))
    pairs = zip(*(strengths.columns[name].whole() for name in ("site", "country")), strict=True)
    return objects([of_site[site] if site else (country,) for site, country in pairs])


Dates = Column | Iterable[PartialDate | None]


def spans(
    start: Dates, end: Dates, last_confirmed: Dates | None = None, first_confirmed: Dates | None = None
) -> dict[str, npt.NDArray[np.int64]]:
    """Return the bounds of each row's span as day numbers (int64 arrays).

    Something possibly was so on day d when start_first <= d <= end_last, certainly when
    start_last <= d <= end_first. Without an end, a row that happens (an incident, a movement) ends as it
    starts; a presence (which has ``last_confirmed``) goes on: certain until last confirmed, possible ever after.
    Without a start it is certain from when it was first confirmed (else from when it was last), possible ever before.
    """
    started, ended = _days(start), _days(end)
    if last_confirmed is None:
        ended = ended.otherwise(started)
        bounds = [started.first, started.last, ended.first, ended.last]
    else:
        confirmed = _days(last_confirmed).otherwise(ended).otherwise(started)
        seen = confirmed if first_confirmed is None else _days(first_confirmed).otherwise(confirmed)
        start_last = started.otherwise(seen).last  # there on the day it was confirmed, whenever it came
        end_first = np.where(ended.known, ended.first, np.maximum(confirmed.first, start_last))
        bounds = [started.first, start_last, end_first, ended.last]
    # What started on 15 June and ended within that year did not end before 15 June.
    bounds[1] = np.minimum(bounds[1], bounds[3])
    bounds[2] = np.maximum(bounds[2], bounds[0])
    return dict(zip(("start_first", "start_last", "end_first", "end_last"), bounds, strict=True))


class _Days(NamedTuple):
    """Dates as day numbers; those that are blank may be any day."""

    known: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    def otherwise(self, other: "_Days") -> "_Days":
        """Return these dates, and ``other`` where they are blank."""
        return _Days(
            self.known | other.known,
            np.where(self.known, self.first, other.first),
            np.where(self.known, self.last, other.last),
        )


def _days(dates: Dates) -> _Days:
    if isinstance(dates, Column):
        days = _days(dates.values)
        return _Days(days.known[dates.codes], days.first[dates.codes], days.last[dates.codes])
    pairs = [(True, date.first, date.last) if date else (False, NEVER, EVER) for date in dates]
    known, first, last = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    return _Days(known.astype(bool), first, last)
