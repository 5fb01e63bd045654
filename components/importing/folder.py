"""Rows + a data folder → what is added, changed, vanished, and kept because changed by hand; written atomically.

What was imported last is kept in the folder's ``.imported/``, a folder for each format, so that what a person changed
since then is told from what its publisher changed (a three-way merge, cell by cell).
"""

import csv
import filecmp
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from components.catalog.formulas import neutralised, restored
from components.catalog.parsing import parse
from components.catalog.tables import BY_NAME
from components.importing.building import Known, Tables
from components.importing.limits import RefusedError

HIDDEN: Final = ".imported"
_BATCH: Final = 16_384
"""Rows that are written at a time."""
_MAY_RUN: Final = "(^|[;\\t\\r\\n])[^0-9A-Za-z]*[=+@\uff1d\uff0b\uff0d\uff20-]"
"""What a cell that a spreadsheet would run matches, and few others do: ``neutralised`` decides."""
ADDED_TO: Final = ("sources", "forces", "kinds", "sites")
"""Tables whose rows an import adds to and otherwise leaves alone, where it makes them of events."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a table."""

    table: str
    rows: pd.DataFrame
    """All of it, as it is to be written."""
    imported: pd.DataFrame
    """What is remembered as imported."""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    """Rows that were imported before and are not in the file: kept, unless they are to be dropped."""
    by_hand: tuple[str, ...] = ()
    """Rows of which a cell was changed by hand, that is kept."""
    taken_out: tuple[str, ...] = ()
    """Rows that somebody has taken out of the table: they stay out."""


def known_of(folder: Path) -> Known:
    """Return what a folder calls its kinds and forces; RefusedError where its tables cannot be read."""
    tables = {name: read_rows(folder / BY_NAME[name].file) for name in ("kinds", "forces", "sources")}
    kinds, forces = tables["kinds"], tables["forces"]
    names: dict[str, str] = {}
    if len(forces):
        aliases = forces["aliases"] if "aliases" in forces else pd.Series([""] * len(forces))
        for id_, listed in zip(forces["id"], aliases, strict=True):
            names |= {alias.strip(): id_ for alias in listed.split(";") if alias.strip()}
        names |= dict(zip(forces["name"], forces["id"], strict=True))
    labels = dict(zip(kinds["label"], kinds["id"], strict=True)) if len(kinds) else {}
    ids = {name: frozenset(rows["id"]) if len(rows) else frozenset[str]() for name, rows in tables.items()}
    return Known(labels, names, ids)


def changes(
    tables: Tables, folder: Path, origin: str, drop: bool = False, only_add: Iterable[str] = ADDED_TO
) -> list[Change]:
    """Return what becomes of each table in ``folder``, which need not be there.

    ``origin`` is the format: rows of others are left alone. ``drop``: vanished rows are taken out.
    """
    adding = set(only_add)
    found = []
    for table, new in tables.items():
        mine = read_rows(folder / BY_NAME[table].file)
        if table in adding:
            fresh = new[~new["id"].isin(mine["id"])] if len(mine) else new
            rows = _stacked(mine, fresh) if len(mine) else new
            found.append(Change(table, rows, new.iloc[:0], tuple(fresh["id"])))
        else:
            last = folder / HIDDEN / origin / BY_NAME[table].file
            base = mine if _same(folder / BY_NAME[table].file, last) else read_rows(last)
            found.append(_merged(table, new, mine, base, drop))
    return found


def _same(one: Path, other: Path) -> bool:
    """Say whether two files are the same: nobody has changed what was imported, and it need not be read twice."""
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _merged(table: str, new: pd.DataFrame, mine: pd.DataFrame, base: pd.DataFrame, drop: bool) -> Change:
    """Merge three tables by id: what is new, what is there, and what was imported last."""
    key = BY_NAME[table].key
    if not len(mine) and not len(base):
        return Change(table, new, new, added=tuple(new[key]))
    untouched = base is mine
    new, mine = _indexed(new, key), _indexed(mine, key)
    base = mine if untouched else _indexed(base, key)
    taken_out = new.index[new.index.isin(base.index) & ~new.index.isin(mine.index)]
    added = new.index[~new.index.isin(mine.index) & ~new.index.isin(base.index)]
    both = mine.index[mine.index.isin(new.index)]
    gone = mine.index[mine.index.isin(base.index) & ~mine.index.isin(new.index)]
    changed = np.zeros(len(both), dtype=bool)
    kept = np.zeros(len(both), dtype=bool)
    touched = np.zeros(len(gone), dtype=bool)
    imported_here = both.isin(base.index)
    rows = mine.copy(deep=False)
    for column in new.columns:
        if column == key:
            continue
        theirs = _cells(new, column, both)
        ours = _cells(mine, column, both)
        before = ours if untouched else _cells(base, column, both)
        # A row of the same id that no import wrote is somebody's own.
        hand = ((ours != before) | ~imported_here).to_numpy(dtype=bool) if len(both) else np.zeros(0, dtype=bool)
        differs = (theirs != ours).to_numpy(dtype=bool)
        kept |= hand & differs
        takes = differs & ~hand
        changed |= takes
        if column not in rows and (len(added) or differs.any()):
            rows[column] = pd.Series("", index=rows.index, dtype="str")
        if takes.any():
            rows.loc[both[takes], column] = theirs[takes]
        if len(gone):
            touched |= (_cells(mine, column, gone) != _cells(base, column, gone)).to_numpy(dtype=bool)
    if drop:
        rows = rows.drop(index=gone[~touched])
    rows = _stacked(rows, new.loc[added])
    remembered = new if drop else _stacked(new, base.loc[base.index.isin(gone)])
    return Change(
        table,
        rows.reset_index(drop=True),
        remembered.reset_index(drop=True),
        tuple(added),
        tuple(both[changed]),
        tuple(gone),
        (*both[kept], *(gone[touched] if drop else ())),
        tuple(taken_out),
    )


def _indexed(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    if not len(rows) and key not in rows:
        return pd.DataFrame({key: pd.Series([], dtype="str")}, index=pd.Index([], dtype="str"))
    return rows.drop_duplicates(key).set_index(key, drop=False).rename_axis(None)


def _cells(rows: pd.DataFrame, column: str, ids: "pd.Index[str]") -> "pd.Series[str]":
    if column not in rows:
        return pd.Series("", index=ids, dtype="str")
    if rows.index.equals(ids):  # no copy of a large column
        return rows[column]
    return rows[column].reindex(ids).fillna("")


def _stacked(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    if not len(below):
        return above
    return pd.concat([above, below]).fillna("") if len(above) else below


def read_rows(path: Path) -> pd.DataFrame:
    """Return a table as texts, without rows where there is no such file; RefusedError where it cannot be read whole."""
    try:
        cells, problems = parse(path.read_bytes(), path.name)
    except FileNotFoundError:
        return pd.DataFrame()
    if problems or len(set(cells.header)) < len(cells.header):
        what = str(problems[0]) if problems else f"{path.name}: a column stands twice"
        raise RefusedError(f"Nothing was written, as rows of {path} would be lost. Mend it first: {what}")
    try:
        columns = {name: _texts(coded) for name, coded in zip(cells.header, cells.columns, strict=True)}
    except pa.ArrowInvalid:
        raise RefusedError(f"Nothing was written: {path} is not UTF-8. Save it so first.") from None
    del cells
    pa.default_memory_pool().release_unused()
    return pd.DataFrame(columns)


def _texts(coded: pa.DictionaryArray) -> "pd.Series[str]":
    """Return a column as texts, formulas restored; of a large table no cell becomes an object of its own."""
    values = coded.dictionary.cast(pa.large_string())
    quoted = compute.match_substring(values, "'")
    if compute.any(quoted).as_py():
        safe = pa.array([restored(cell) for cell in values.filter(quoted).to_pylist()], pa.large_string())
        values = compute.replace_with_mask(values, quoted, safe)
    return pd.Series(values.take(coded.indices), dtype="str")


def write(found: Sequence[Change], folder: Path, origin: str, documents: Mapping[str, str]) -> None:
    """Write tables and ``documents`` (dataset.toml, method.md) and what is remembered of them.

    A new folder appears whole. In one that is there each file is replaced whole, those first that others refer to; what
    is remembered comes last, so that a run that is broken off can be repeated.
    """
    fresh = not folder.exists()
    target = folder.with_name(f".{folder.name}.{os.getpid()}") if fresh else folder
    try:
        for name, content in _contents(found, origin, documents).items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                with temporary.open("w", encoding="utf-8", newline="") as file:
                    if isinstance(content, str):
                        file.write(content)
                    else:
                        _csv(content, file)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        if fresh:
            target.rename(folder)
    finally:
        if fresh:
            shutil.rmtree(target, ignore_errors=True)


def archive(found: Sequence[Change], origin: str, documents: Mapping[str, str]) -> bytes:
    """Return what ``write`` writes as a ZIP file: unpacked, it is the folder."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in _contents(found, origin, documents).items():
            with packed.open(name, "w") as member, io.TextIOWrapper(member, encoding="utf-8", newline="") as file:
                if isinstance(content, str):
                    file.write(content)
                else:
                    _csv(content, file)
    return body.getvalue()


def _contents(found: Sequence[Change], origin: str, documents: Mapping[str, str]) -> dict[str, str | pd.DataFrame]:
    files = {BY_NAME[change.table].file: change.rows for change in found}
    remembered = {
        f"{HIDDEN}/{origin}/{BY_NAME[change.table].file}": change.imported for change in found if len(change.imported)
    }
    hidden = {f"{HIDDEN}/{name}": text for name, text in documents.items()}
    return {**files, **documents, **remembered, **hidden}


def _csv(rows: pd.DataFrame, file: IO[str]) -> None:
    """Write rows as CSV in which no cell is a formula, some thousands at a time."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(rows.columns)
    for first in range(0, len(rows), _BATCH):
        batch = rows.iloc[first : first + _BATCH]
        writer.writerows(zip(*(_safe(batch[name]) for name in rows), strict=True))


def _safe(column: "pd.Series[str]") -> list[str]:
    cells: list[str] = column.tolist()
    for at in np.flatnonzero(compute.match_substring_regex(pa.array(cells, pa.string()), _MAY_RUN)).tolist():
        cells[at] = neutralised(cells[at])
    return cells


def unchanged(folder: Path, name: str) -> bool:
    """Say whether a document is still as an import wrote it, or is not there."""
    try:
        text = (folder / name).read_bytes()
    except FileNotFoundError:
        return True
    try:
        return text == (folder / HIDDEN / name).read_bytes()
    except FileNotFoundError:
        return False


def origins(folder: Path) -> list[str]:
    """Return the formats from which a folder's rows were imported before."""
    try:
        return sorted(path.name for path in (folder / HIDDEN).iterdir() if path.is_dir())
    except OSError:
        return []
