"""A CSV file's bytes → its cells, by columns: each column is its distinct cells and, of each row, which of them it has.

A file that is well-formed is read by Arrow. What is the least unusual (a quote in a cell that has none around it, a
carriage return alone) is read by Python's csv module, ten times as slowly, and so are the smallest files, for which
Arrow takes longer. The csv module's reading counts: Arrow reads only what both read alike.
"""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv

from components.catalog.problems import Problem, excerpt

_BATCH: Final = 16_384
"""Records that are kept as Python's objects at a time."""
_SMALL: Final = 8 << 10
"""Bytes of a file up to which csv is the quicker: Arrow starts a thread for each file."""
_BLOCK: Final = 4 << 20
"""Bytes that Arrow parses at a time."""
_QUOTE, _COMMA, _LF, _CR = b'",\n\r'
_BINARY: Final = pa.binary()


class Cells(NamedTuple):
    """The records of a CSV file below its header; without those that are blank or have more or fewer cells than it."""

    header: tuple[str, ...]
    header_number: int
    """The file's line on which the header ends, 1 being the first."""
    columns: tuple[pa.DictionaryArray, ...]
    """One for each name of the header, of bytes: the cells as they stand in the file."""
    numbers: npt.NDArray[np.int64]
    """Of each record the line on which it ends."""


def parse(content: bytes, file: str) -> tuple[Cells, list[Problem]]:
    """Return the cells of a CSV file, and a problem for each record that is no row, in the order of lines.

    The header of a file that is empty, or begins with a blank line, has no names.
    """
    content = content.removeprefix(b"\xef\xbb\xbf")
    read = _read_fast(content, file) if len(content) > _SMALL else None
    if read is None:
        return parse_exactly(content, file)
    del content  # of a large file it is not needed beside its columns as they are coded
    return read.coded()


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    """Yield a CSV file as several, each with its header and some ``size`` bytes of its records.

    One that cannot be read in one way only is yielded whole.
    """
    content = content.removeprefix(b"\xef\xbb\xbf")
    records = _plain_records(content) if len(content) > size else None
    ends = records.ends if records else np.zeros(0, dtype=np.int64)
    if len(ends) < 2:
        yield content
        return
    header = content[: ends[0]]
    begin = int(ends[0])
    while begin < ends[-1]:
        # The last record that ends within the size, or the next one where that is longer.
        last = max(np.searchsorted(ends, begin + size, "right") - 1, np.searchsorted(ends, begin, "right"))
        end = int(ends[last])
        yield header + content[begin:end]
        begin = end


def texts(cells: pa.Array) -> list[str]:
    """Return cells as texts.

    A byte that is not UTF-8 becomes a lone surrogate, which the cell's own check then tells.
    """
    try:
        found: list[str] = cells.view(pa.string()).to_pylist()
    except UnicodeDecodeError:
        return [cell.decode(errors="surrogateescape") for cell in cells.to_pylist()]
    return found


def parse_exactly(content: bytes, file: str) -> tuple[Cells, list[Problem]]:
    """Return what ``parse`` returns, of any bytes."""
    problems: list[Problem] = []
    records = _Records(content.decode(errors="surrogateescape"), file, problems).records()
    header_number, names = next(records, (1, [""]))
    header = _names(names)
    numbers: list[int] = []
    columns: list[list[pa.Array]] = [[] for _ in header]
    while batch := list(islice(records, _BATCH)):
        rows: list[list[str]] = []
        for number, cells in batch:
            if not any(cells):
                continue
            if len(cells) == len(header):
                rows.append(cells)
                numbers.append(number)
            else:
                problems.append(_uneven(file, number, cells, header))
        for column, column_cells in zip(columns, zip(*rows, strict=True), strict=False):
            column.append(_array(column_cells))
    # A record that csv refuses is told at once, and those before it only with their batch.
    problems.sort(key=lambda problem: problem.line or 0)
    return Cells(header, header_number, tuple(map(_coded, columns)), np.array(numbers, dtype=np.int64)), problems


def parse_fast(content: bytes, file: str) -> tuple[Cells, list[Problem]] | None:
    """Return what ``parse_exactly`` returns, or None where it is not sure of that."""
    read = _read_fast(content, file)
    return None if read is None else read.coded()


class _Read(NamedTuple):
    """What Arrow has read of a file; it is told once, as its columns are let go of."""

    header: tuple[str, ...]
    header_number: int
    columns: list[list[pa.Array]]
    """The parts of each column, the last column first."""
    numbers: npt.NDArray[np.int64]
    problems: list[Problem]

    def coded(self) -> tuple[Cells, list[Problem]]:
        """Return the cells; each column is let go of as it is coded: of a large file both would not be needed."""
        columns = tuple(_coded(self.columns.pop()) for _ in self.header)
        return Cells(self.header, self.header_number, columns, self.numbers), self.problems


def _read_fast(content: bytes, file: str) -> _Read | None:
    records = _plain_records(content)
    if records is None or not len(records.starts):
        return None

    def cells_of(record: int) -> list[str]:
        text = content[records.starts[record] : records.ends[record]].decode(errors="surrogateescape")
        return next(csv.reader(io.StringIO(text, newline=""), strict=True), [])

    header, header_number = _names(cells_of(0)), int(records.numbers[0])
    if not any(header):
        return None
    rows = np.flatnonzero(records.filled)
    rows = rows[rows > 0]
    if not len(rows):
        return _Read(header, header_number, [[] for _ in header], records.numbers[:0], [])
    uneven: list[int] = []

    def left_out(row: arrow_csv.InvalidRow) -> str:
        uneven.append(row.number - 1)
        return "skip"

    names = [str(number) for number in range(len(header))]
    table = arrow_csv.read_csv(
        pa.py_buffer(memoryview(content)[records.ends[0] :]),
        # Of rows that it leaves out it tells the numbers only in one thread.
        arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=_BLOCK),
        arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=left_out),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, _BINARY), strings_can_be_null=False),
    )
    told = [(int(records.numbers[row]), cells_of(row)) for row in rows[uneven].tolist()]
    rows = np.delete(rows, uneven)
    if len(rows) != len(table):
        return None
    filled = np.zeros(len(rows), dtype=bool)
    for column in table.columns:
        if filled.all():
            break
        filled |= compute.not_equal(column, b"").to_numpy()
    if not filled.all():
        table, rows = table.filter(pa.array(filled)), rows[filled]
    problems = [_uneven(file, number, cells, header) for number, cells in told if any(cells)]
    columns = [column.chunks for column in reversed(table.columns)]
    return _Read(header, header_number, columns, records.numbers[rows], problems)


class _Plain(NamedTuple):
    """Where the records of a file stand, its header and blank lines included."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    filled: npt.NDArray[np.bool_]
    """Which are no blank lines."""
    numbers: npt.NDArray[np.int64]
    """The lines on which they end."""


def _plain_records(content: bytes) -> _Plain | None:
    """Return where records stand in a file that can be read in one way only; None for another.

    It is UTF-8, its lines end with LF or CR LF, each quote either opens a cell, closes it or is doubled within, none is
    left open, and no record is longer than a cell that the csv module takes.
    """
    if content.count(b"\r") != content.count(b"\r\n") or b"\0" in content or not _is_utf8(content):
        return None
    text = np.frombuffer(content, np.uint8)
    quotes, newlines = _found(text, _QUOTE), _found(text, _LF)
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    # The first of two quotes in a quoted cell closes it here, and the second opens it again.
    before, after = text[opening[opening > 0] - 1], text[closing[closing < len(text) - 1] + 1]
    if not np.isin(before, (_QUOTE, _COMMA, _LF)).all() or not np.isin(after, (_QUOTE, _COMMA, _LF, _CR)).all():
        return None
    numbers = np.arange(1, len(newlines) + 1)
    if len(quotes):
        outside = np.searchsorted(quotes, newlines) % 2 == 0
        newlines, numbers = newlines[outside], numbers[outside]
    ends = newlines + 1
    lengths = np.diff(ends, prepend=0)
    last = int(ends[-1]) if len(ends) else 0
    filled = lengths > 1
    filled[lengths == 2] = text[newlines[lengths == 2] - 1] != _CR
    if last < len(content):  # the last line has no end
        ends, filled = np.append(ends, len(content)), np.append(filled, [True])
        numbers = np.append(numbers, content.count(b"\n") + 1)
        lengths = np.append(lengths, len(content) - last)
    if lengths.max(initial=0) > csv.field_size_limit():
        return None
    return _Plain(ends - lengths, ends, filled, numbers)


def _found(text: npt.NDArray[np.uint8], byte: int) -> npt.NDArray[np.int64]:
    """Return where a byte stands, looking at some millions at a time."""
    firsts = range(0, len(text), _BLOCK)
    parts = [np.flatnonzero(text[first : first + _BLOCK] == byte) + first for first in firsts]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _is_utf8(content: bytes) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        for first in range(0, len(content), _BLOCK):
            decoder.decode(content[first : first + _BLOCK], first + _BLOCK >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in cells)


def _array(cells: Sequence[str]) -> pa.Array:
    try:
        return pa.array(cells, _BINARY)
    except UnicodeEncodeError:
        return pa.array([cell.encode(errors="surrogateescape") for cell in cells], _BINARY)


def _coded(chunks: list[pa.Array]) -> pa.DictionaryArray:
    return pa.chunked_array(chunks, _BINARY).combine_chunks().dictionary_encode()


def _uneven(file: str, number: int, cells: Sequence[str], header: Sequence[str]) -> Problem:
    what = f"has {len(cells)} cells where the header has {len(header)}"
    mend = "check its commas: a cell that holds a comma stands in double quotes"
    return Problem(file, number, None, excerpt(",".join(cells)), what, mend)


class _Records:
    """The records of a CSV text with their line numbers; a record the parser refuses becomes a problem."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        self._file = file
        self._problems = problems
        self._begin(0)

    def _begin(self, line: int) -> None:
        self._before = line
        self._reader = csv.reader((self._lines[i] for i in range(line, len(self._lines))), strict=True)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            first = self._before + self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                mend = "check its quotes: a quote inside a cell is written twice"
                if "field larger" in str(error):
                    mend = "keep a cell under 10,000 characters"
                value = excerpt(self._lines[first - 1])
                self._problems.append(Problem(self._file, first, None, value, f"is not valid CSV: {error}", mend))
                # An open quote swallows the rows after it: they are read again.
                self._begin(first)
                continue
            yield self._before + self._reader.line_num, cells
