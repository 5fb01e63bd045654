"""The sheets of an Excel workbook → tables of text cells, by openpyxl, row by row; formulas are never computed."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import chain, islice
from typing import Any, Final

import numpy as np
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from components.catalog.columns import Column, objects
from components.importing.cells import clean
from components.importing.limits import MAX_COLUMNS, MAX_ROWS, RefusedError
from components.importing.report import Report
from components.importing.sheet import Sheet, sheet_of

HEADER_WITHIN: Final = 20
"""Lines at the top of a sheet among which its header is: titles may stand above it."""
ABOVE_HEADER: Final = "left out: it stands above the names of the columns"
"""What a report says of such lines."""


def workbook_sheets(content: bytes, name: str) -> list[tuple[Sheet, Report]]:
    """Return the sheets that hold a table; RefusedError where there is none."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        raise RefusedError(f"{name} is no workbook that can be read ({type(error).__name__}): save it anew") from None
    found: list[tuple[Sheet, Report]] = []
    try:
        several = len(book.worksheets) > 1
        for worksheet in book.worksheets:
            file = f"{name}, {worksheet.title}" if several else name
            try:
                table = _sheet(worksheet, file)
            except (KeyError, ValueError, TypeError, SyntaxError, IndexError, zipfile.BadZipFile) as error:
                if isinstance(error, RefusedError):
                    raise
                raise RefusedError(f"{file} cannot be read ({type(error).__name__}): save it anew") from None
            if table is not None:
                sheet, report = table
                found.append((replace(sheet, several=several), report))
    finally:
        book.close()
    if not found:
        raise RefusedError(f"{name} holds no table: its columns need names above them")
    return found


def _sheet(worksheet: Any, file: str) -> tuple[Sheet, Report] | None:
    worksheet.reset_dimensions()  # what a file says of its size may be untrue, and rows would be filled up to it
    return sheet_of_rows(([_text(value) for value in row] for row in _rows(worksheet, file)), file)


def sheet_of_rows(rows: Iterable[list[str]], file: str) -> tuple[Sheet, Report] | None:
    """Return rows of cells as a sheet, without what is above its header, which is said; None without a table."""
    numbered = enumerate(rows, start=1)
    head = list(islice(numbered, HEADER_WITHIN))
    at = header_at([cells for _, cells in head])
    if at is None:
        return None
    table = _Table(head[at][1])
    for number, cells in chain(head[at + 1 :], numbered):
        table.take(number, cells)
    if not table.numbers:
        return None
    report = Report(file)
    if above := [number for number, cells in head[:at] if any(cells)]:
        report.note(ABOVE_HEADER, above)
    return table.sheet(file), report


def header_at(head: Sequence[Sequence[str]]) -> int | None:
    """Return which of a table's first HEADER_WITHIN rows is its header: the first that is more than half full.

    >>> header_at([["Events of 2026", "", ""], ["Date", "Place", "Killed"], ["2026-01-02", "Gao", "3"]])
    1
    """
    fullest = max(map(_filled, head), default=0)
    return next((n for n, cells in enumerate(head) if _filled(cells) * 2 > fullest), None)


def _rows(worksheet: Any, file: str) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(worksheet.iter_rows(values_only=True)):
        if len(row) > MAX_COLUMNS:
            raise RefusedError(
                f"{file} has {len(row):,} columns, {MAX_COLUMNS:,} are read: take out what is not needed"
            )
        if number > MAX_ROWS:
            raise RefusedError(f"{file} has more than {MAX_ROWS:,} rows: split it by year")
        yield row


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


class _Table:
    """A table that grows by rows and is kept by columns."""

    def __init__(self, header: list[str]) -> None:
        while header and not header[-1]:
            header.pop()
        self.header = header
        self.numbers: list[int] = []
        self._distinct: list[dict[str, int]] = [{"": 0} for _ in header]
        self._codes: list[list[int]] = [[] for _ in header]

    def take(self, number: int, cells: list[str]) -> None:
        """Append a row, unless it is blank."""
        if not any(cells):
            return
        while any(cells[len(self.header) :]):  # a cell right of the header
            self.header.append("")
            self._distinct.append({"": 0})
            self._codes.append([0] * len(self.numbers))
        for at, (distinct, codes) in enumerate(zip(self._distinct, self._codes, strict=True)):
            cell = cells[at] if at < len(cells) else ""
            codes.append(distinct.setdefault(cell, len(distinct)))
        self.numbers.append(number)

    def sheet(self, file: str) -> Sheet:
        """Return it as a sheet."""
        columns = [
            Column(objects(list(distinct)), np.array(codes, dtype=np.int32))
            for distinct, codes in zip(self._distinct, self._codes, strict=True)
        ]
        return sheet_of(file, self.header, columns, np.array(self.numbers, dtype=np.int64))


def _text(value: Any) -> str:
    """Return a cell as text: a date as ISO 8601, a whole number without decimals."""
    match value:
        case None:
            return ""
        case str():
            return clean(value)
        case bool():
            return str(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return clean(str(value))
