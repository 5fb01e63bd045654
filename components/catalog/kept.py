"""What was read and validated of a large data folder, kept in an Arrow file, so that it is read once.

A file is named by the folder, the key and a hash of its bytes: the key stands for the data and the program, so that
neither other data nor another version of the program reads what is stale, and what is half-written or has decayed is
not read at all. It may be deleted at any time. Nothing in it can be executed: cells are texts, numbers and JSON.
"""

import hashlib
import json
import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path
from platform import python_version
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pydantic

import components
from components.catalog.columns import Column, frame_of, objects
from components.catalog.dates import PartialDate, parse_date
from components.catalog.problems import Problem
from components.catalog.tables import TABLES, Toll

LEAST_BYTES: Final = 4_000_000
"""Of the files of a folder: what is smaller is read in less than a second."""
KEPT_AFTER_SECONDS: Final = 10.0
"""How long after it was read a folder is kept."""
STALE_SECONDS: Final = 3600
"""After which a file that another process has begun to write is taken as left behind."""
_ENDING: Final = ".arrow"
_PART: Final = ".part"


class Validated(NamedTuple):
    """What is known of a folder once its tables are read, validated, linked and located."""

    tables: Mapping[str, pd.DataFrame]
    queries: tuple[str, ...]
    problems: tuple[Problem, ...]


class Kept:
    """What is kept of a data folder in a cache folder, which may be missing, and need not be writable."""

    def __init__(self, cache: Path, folder: Path) -> None:
        self._cache = cache
        self._name = _hash(str(folder.resolve()).encode())

    def read(self, content: str) -> Validated | None:
        """Return what is kept for data of this hash; None for nothing that this program can use."""
        begin = f"{self._name}-{_key(content)}-"
        for path in _listed(self._cache, begin):
            try:
                body = path.read_bytes()
                if path.name == f"{begin}{_hash(body)}{_ENDING}":
                    return unpacked(body)
                _LOG.warning("%s is damaged, and read no more", path)
            except (OSError, pa.ArrowException, ValueError, KeyError) as error:
                _LOG.warning("%s cannot be read: %s", path, error)
        return None

    def write(self, content: str, validated: Validated) -> None:
        """Keep what was validated of data of this hash, in place of what was kept of the folder before."""
        written = packed(validated)
        if written is None:
            return
        path = self._cache / f"{self._name}-{_key(content)}-{_hash(written)}{_ENDING}"
        temporary = self._cache / f"{self._name}-{os.getpid()}{_PART}"
        try:
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                temporary.write_bytes(written)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("nothing is kept between starts: %s cannot be written: %s", self._cache, error)
            return
        for other in _listed(self._cache, f"{self._name}-"):
            if other != path:
                _remove(other)


def _listed(cache: Path, begin: str) -> list[Path]:
    """Return the files whose name begins so; of those that are being written only what was left behind."""
    try:
        return [path for path in sorted(cache.iterdir()) if path.name.startswith(begin) and not _being_written(path)]
    except OSError:
        return []


def _being_written(path: Path) -> bool:
    return path.suffix == _PART and time.time() - path.stat().st_mtime < STALE_SECONDS


def _remove(path: Path) -> None:
    with suppress(OSError):  # another process has been quicker, or may and this one may not
        path.unlink()


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _key(content: str) -> str:
    return _hash("\n".join((content, *_program())).encode())


@lru_cache(maxsize=1)
def _program() -> tuple[str, ...]:
    """Return what makes of the same data the same tables: the declarations and what reads by them."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    versions = (components.__version__, python_version(), pd.__version__, pa.__version__, pydantic.VERSION)
    return (*versions, *(_hash(path.read_bytes()) for path in sources))


def packed(validated: Validated) -> bytes | None:
    """Return an Arrow file of one row, each cell of which is a column; None where a value is of no known type."""
    columns: dict[str, pa.Array] = {}
    types: dict[str, str] = {}
    for table, frame in validated.tables.items():
        for name, values in frame.items():
            found = _column(values)
            if found is None:
                return None
            columns[f"{table}.{name}"], types[f"{table}.{name}"] = found
    columns["queries"] = pa.array(validated.queries, pa.string())
    told = [json.dumps(astuple(problem)) for problem in validated.problems]
    columns["problems"] = pa.array(told, pa.string())
    lists = [pa.LargeListArray.from_arrays([0, len(column)], column) for column in columns.values()]
    schema = pa.schema(list(zip(columns, (each.type for each in lists), strict=True)), {"types": json.dumps(types)})
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(sink, schema, options=options) as file:
        file.write_batch(pa.record_batch(lists, schema))
    return bytes(sink.getvalue())


def unpacked(body: bytes) -> Validated:
    """Return what was ``packed``."""
    file = pa.ipc.open_file(pa.py_buffer(body))
    types: dict[str, str] = json.loads(file.schema.metadata[b"types"])
    batch = file.get_batch(0)
    columns = {name: batch.column(name).values for name in batch.schema.names}
    tables = {table.name: dict[str, Column | npt.NDArray[Any]]() for table in TABLES}
    for name, type_ in types.items():
        table, _, column = name.partition(".")
        tables[table][column] = _values(columns.pop(name), type_)
    problems = tuple(Problem(*json.loads(told)) for told in columns["problems"].to_pylist())
    frames = {table.name: frame_of(tables[table.name], table.key) for table in TABLES}
    return Validated(frames, tuple(columns["queries"].to_pylist()), problems)


class _Type(NamedTuple):
    """A type of values as it is kept: ``write`` makes text of one, ``read`` a value of that."""

    is_one: Callable[[Any], bool]
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _all(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is tuple and all(type(one) is kind for one in value)


_TYPES: Final[Mapping[str, _Type]] = {
    "text": _Type(lambda value: type(value) is str, str, str),
    "date": _Type(lambda value: type(value) is PartialDate, lambda date: date.text, parse_date),
    "whole": _Type(lambda value: type(value) is int, str, int),
    "texts": _Type(_all(str), json.dumps, lambda text: tuple(json.loads(text))),
    "tolls": _Type(_all(Toll), json.dumps, lambda text: tuple(Toll(*toll) for toll in json.loads(text))),
}
_NUMBERS: Final = "numbers"


def _column(values: pd.Series) -> tuple[pa.Array, str] | None:
    """Return a column and the name of its type."""
    if values.dtype != object:
        return pa.array(values.to_numpy(), from_pandas=False), _NUMBERS
    column = Column.of(values)
    some = [value for value in column.values if value is not None]
    for name, type_ in _TYPES.items():
        if all(map(type_.is_one, some)):
            texts = pa.array([None if value is None else type_.write(value) for value in column.values], pa.string())
            codes = column.codes.astype(np.min_scalar_type(len(texts)))
            return pa.DictionaryArray.from_arrays(pa.array(codes), texts), name
    return None


def _values(column: pa.Array, type_: str) -> Column | npt.NDArray[Any]:
    if type_ == _NUMBERS:
        numbers: npt.NDArray[Any] = column.to_numpy(zero_copy_only=False)
        return numbers
    read: Callable[[str], Any] = _TYPES[type_].read
    texts: Iterable[str | None] = column.dictionary.to_pylist()
    values = texts if type_ == "text" else [None if text is None else read(text) for text in texts]
    return Column(objects(list(values)), column.indices.to_numpy())


_LOG: Final = logging.getLogger(__name__)
