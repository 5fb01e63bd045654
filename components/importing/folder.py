"""Rows + a data folder → what is added, changed, vanished, and kept because changed by hand; written atomically.

What was imported last is kept in the folder's ``.imported/``, a folder for each format, so that what a person changed
since then is told from what its publisher changed (``merging.py``).
"""

import csv
import filecmp
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from components.catalog.formulas import neutralised, restored
from components.catalog.parsing import parse, pieces
from components.catalog.tables import BY_NAME
from components.importing.building import Known, Tables
from components.importing.limits import RefusedError
from components.importing.merging import Beside, Change, merged
from components.importing.palette import GREY
from components.importing.progress import tell

HIDDEN: Final = ".imported"
_BATCH: Final = 16_384
"""Rows that are written at a time."""
_PIECE: Final = 16 << 20
"""Bytes of a table that are read at a time."""
_MAY_RUN: Final = "(^|[;\\t\\r\\n])[^0-9A-Za-z]*[=+@\uff1d\uff0b\uff0d\uff20-]"
"""What a cell that a spreadsheet would run matches, and few others do: ``neutralised`` decides."""
ADDED_TO: Final = ("sources", "forces", "kinds", "sites")
"""Tables whose rows an import adds to and otherwise leaves alone, where it makes them of events."""


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
    looks, colours = (frozenset(_looks(rows)) for rows in (kinds, forces))
    return Known(labels, names, ids, looks, frozenset(colour for _, colour in colours) - {GREY})


def _looks(rows: pd.DataFrame) -> Iterable[tuple[str, str]]:
    cells = (rows.get(name, pd.Series([""] * len(rows), dtype="str")).str.lower() for name in ("shape", "colour"))
    return zip(*cells, strict=True)


def changes(
    tables: Tables, folder: Path, origin: str, drop: bool = False, only_add: Iterable[str] = ADDED_TO
) -> list[Change]:
    """Return what becomes of each table in ``folder``, which need not be there.

    ``origin`` is the format: rows of others are left alone. ``drop``: vanished rows are taken out. ``tables`` is
    emptied: what becomes of many rows is not to stand beside them.
    """
    adding = set(only_add)
    found = []
    for table in list(tables):
        new = tables.pop(table)
        path, key = folder / BY_NAME[table].file, BY_NAME[table].key
        if table in adding:
            mine = read_rows(path)
            fresh = new[~new["id"].isin(mine["id"])] if len(mine) else new
            rows = _stacked(mine, fresh) if len(mine) else new
            found.append(Change(table, rows, new.iloc[:0], tuple(fresh["id"])))
        else:
            last = folder / HIDDEN / origin / path.name
            new = new if new[key].is_unique else new.drop_duplicates(key)
            here = Beside(_parts(path), new, key)
            found.append(merged(table, new, here, here if _same(path, last) else Beside(_parts(last), new, key), drop))
            del new, here
    return found


def _same(one: Path, other: Path) -> bool:
    """Say whether two files are the same: nobody has changed what was imported, and it need not be read twice."""
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _stacked(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    if not len(below):
        return above
    return pd.concat([above, below]).fillna("") if len(above) else below


def read_rows(path: Path) -> pd.DataFrame:
    """Return a table as texts, without rows where there is no such file; RefusedError where it cannot be read whole."""
    return pd.concat([pd.DataFrame(), *_parts(path)], ignore_index=True)


def _parts(path: Path) -> Iterator[pd.DataFrame]:
    """Yield a table as ``read_rows`` returns it, some thousands of rows at a time."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    done = 0
    for piece in pieces(content, _PIECE):
        tell(f"Comparing with {path.parent.name}/{path.name}", done, len(content))
        done += len(piece)
        cells, problems = parse(piece, path.name)
        if problems or len(set(cells.header)) < len(cells.header):
            problems = parse(content, path.name)[1]  # by the lines of the whole file
            what = str(problems[0]) if problems else f"{path.name}: a column stands twice"
            raise RefusedError(f"Nothing was written, as rows of {path} would be lost. Mend it first: {what}")
        try:
            columns = {name: _texts(coded) for name, coded in zip(cells.header, cells.columns, strict=True)}
        except pa.ArrowInvalid:
            raise RefusedError(f"Nothing was written: {path} is not UTF-8. Save it so first.") from None
        yield pd.DataFrame(columns)
    del content, piece, cells
    pa.default_memory_pool().release_unused()


def _texts(coded: pa.DictionaryArray) -> "pd.Series[str]":
    """Return a column as texts, formulas restored; of a large table no cell becomes an object of its own."""
    values = coded.dictionary.cast(pa.large_string())
    quoted = compute.match_substring(values, "'")
    if compute.any(quoted).as_py():
        safe = pa.array([restored(cell) for cell in values.filter(quoted).to_pylist()], pa.large_string())
        values = compute.replace_with_mask(values, quoted, safe)
    return pd.Series(values.take(coded.indices), dtype="str")


def write(found: Sequence[Change], folder: Path, origin: str, documents: Mapping[str, str]) -> None:
    """Write tables, ``documents`` by their paths (dataset.toml, method.md), and what is remembered of them.

    A new folder appears whole. In one that is there each file is replaced whole, those first that others refer to; what
    is remembered comes last, so that a run that is broken off can be repeated.
    """
    fresh = not folder.exists()
    target = folder.with_name(f".{folder.name}.{os.getpid()}") if fresh else folder
    try:
        written: dict[int, Path] = {}
        for name, content in _contents(found, origin, documents).items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                if id(content) in written:  # what is remembered of a table is most often all of it
                    shutil.copyfile(written[id(content)], temporary)
                else:
                    with temporary.open("w", encoding="utf-8", newline="") as file:
                        if isinstance(content, str):
                            file.write(content)
                        else:
                            _csv(content, file)
                temporary.replace(path)
                written[id(content)] = path
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
    told = {name: text for name, text in documents.items() if not name.startswith(HIDDEN)}
    return {**files, **told, **remembered, **documents}


def _csv(rows: pd.DataFrame, file: IO[str]) -> None:
    """Write rows as CSV in which no cell is a formula, some thousands at a time."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(rows.columns)
    for first in range(0, len(rows), _BATCH):
        tell(f"Writing {len(rows):,} rows", first, len(rows))
        batch = rows.iloc[first : first + _BATCH]
        writer.writerows(zip(*(_safe(batch[name]) for name in rows), strict=True))


def _safe(column: "pd.Series[str]") -> list[str]:
    cells: list[str] = column.tolist()
    for at in np.flatnonzero(compute.match_substring_regex(pa.array(cells, pa.string()), _MAY_RUN)).tolist():
        cells[at] = neutralised(cells[at])
    return cells


def origins(folder: Path) -> list[str]:
    """Return the formats from which a folder's rows were imported before."""
    try:
        return sorted(path.name for path in (folder / HIDDEN).iterdir() if path.is_dir())
    except OSError:
        return []
