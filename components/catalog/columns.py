"""Tables by columns, dictionary-encoded: a column is its distinct values and, of each row, which of them it has."""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.internals import create_dataframe_from_blocks

from components.catalog.records import record_type

_BATCH: Final = 16_384
"""Rows that are made objects of at a time."""


class Line(NamedTuple):
    """A row as read, with the file's line on which it ends."""

    number: int
    row: Any
    """An object with a field for each column of the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's distinct values, and of each row which of them it has: ``values[codes]``.

    Values may stand more than once, and some may be no row's.
    """

    values: npt.NDArray[np.object_]
    codes: npt.NDArray[np.int32]

    @classmethod
    def of(cls, values: Iterable[Any]) -> "Column":
        """Return the column of each row's value, its ``values`` distinct and in order of appearance.

        Rows of a catalog share the objects that are their values, so that few have to be compared.
        """
        each = values.to_numpy(dtype=object) if isinstance(values, pd.Series) else objects(list(values))
        codes, addresses = pd.factorize(_addresses(each))
        rows = np.empty(len(addresses), dtype=np.intp)
        rows[codes] = np.arange(len(codes))  # any row of those that share an object
        shared = each[rows]
        numbers: dict[Any, int] = {}
        merged = np.fromiter((numbers.setdefault(value, len(numbers)) for value in shared), np.int32, len(shared))
        return cls(objects(list(numbers)), merged[codes])

    def of_rows(self, rows: Any) -> "Column":
        """Return the column of some rows: a mask, numbers or a slice."""
        return Column(self.values, self.codes[rows])

    def whole(self) -> npt.NDArray[np.object_]:
        """Return each row's value."""
        return self.values[self.codes]

    def mapped(self, function: Callable[[Any], Any], dtype: Any) -> npt.NDArray[Any]:
        """Return ``function`` of each row's value, asked once for each of ``values``."""
        return np.fromiter(map(function, self.values), dtype, len(self.values))[self.codes]


@dataclass(frozen=True, slots=True)
class Rows:
    """The validated rows of a table, by columns; it is iterated by rows, as ``Line``."""

    numbers: npt.NDArray[np.int64]
    """The file's line on which each ends."""
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Line]:
        return map(Line, self.numbers.tolist(), self.records())

    def records(self) -> Iterator[Any]:
        """Yield each row as an object with a field for each column."""
        record = record_type(tuple(self.columns))
        for first in range(0, len(self), _BATCH):
            batch = (column.of_rows(slice(first, first + _BATCH)).whole() for column in self.columns.values())
            yield from map(record._make, zip(*(values.tolist() for values in batch), strict=True))

    def of_rows(self, rows: Any) -> "Rows":
        """Return some of the rows: a mask, numbers or a slice."""
        columns = {name: column.of_rows(rows) for name, column in self.columns.items()}
        return Rows(self.numbers[rows], columns)


Columns = dict[str, Column | npt.NDArray[Any]]
"""A table's columns: of objects as a Column or an array of each row's, of numbers as an array."""


def frame_of(columns: Mapping[str, Column | npt.NDArray[Any]], key: str) -> pd.DataFrame:
    """Return columns as a DataFrame indexed by ``key``, one of them; each column of numbers keeps its own array.

    It is not to be written into: where all rows of a column have the same value, that stands in memory once.

    >>> frame_of({"id": Column(objects(["a", "b"]), np.array([1, 0])), "lat": np.array([34.5, 33.0])}, "id")
      id   lat
    b  b  34.5
    a  a  33.0
    """
    ids = columns[key]
    index = pd.Index(ids.whole() if isinstance(ids, Column) else ids, dtype=object)
    varied: dict[int, Column | npt.NDArray[Any]] = {}
    same: dict[int, Any] = {}
    numbers: dict[int, npt.NDArray[Any]] = {}
    for at, column in enumerate(columns.values()):
        if isinstance(column, Column) and len(column.values) == 1:
            same[at] = column.values[0]
        elif isinstance(column, Column) or column.dtype == object:
            varied[at] = column
        else:
            numbers[at] = column
    cells = np.empty((len(varied), len(index)), dtype=object)
    for row, one in zip(cells, varied.values(), strict=True):
        if isinstance(one, Column):
            np.take(one.values, one.codes, out=row, mode="clip")  # "raise" would take them into a copy first
        else:
            row[:] = one
    shared = np.broadcast_to(objects(list(same.values())).reshape(-1, 1), (len(same), len(index)))
    # Blocks as they are: of columns of objects put in one by one pandas looks at every value to find a better type, and
    # putting one in takes as long as reading a small table.
    blocks = [(cells, list(varied)), (shared, list(same))]
    blocks += [(one.reshape(1, -1), [at]) for at, one in numbers.items()]
    placed = [(block, np.array(where, dtype=np.intp)) for block, where in blocks if where]
    frame: pd.DataFrame = create_dataframe_from_blocks(placed, index, _names(tuple(columns)))
    return frame


@lru_cache(maxsize=64)
def _names(columns: tuple[str, ...]) -> pd.Index:
    """Return the index of a frame's columns, one for all frames that have them, so that it is hashed once.

    Of objects: of Arrow's texts pandas makes a name anew for each column that is asked for.
    """
    return pd.Index(columns, dtype=object)


def _addresses(values: npt.NDArray[np.object_]) -> npt.NDArray[np.intp]:
    """Return where the objects of an array are in memory, which is CPython's id() of each, and what an array holds."""
    array = np.ascontiguousarray(values)
    pointers = ctypes.cast(array.ctypes.data, ctypes.POINTER(ctypes.c_ssize_t))
    return np.ctypeslib.as_array(pointers, shape=array.shape).copy()


def objects(values: Sequence[Any] | npt.NDArray[Any]) -> npt.NDArray[np.object_]:
    """Return values as an array of objects; of tuples np.array would make a table."""
    return np.fromiter(values, dtype=object, count=len(values))
