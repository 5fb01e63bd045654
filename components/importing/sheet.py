"""A table of text cells as it stands in somebody's file, by columns, and how its cells are read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.columns import Column, objects
from components.importing.limits import MAX_COLUMNS, NotUnderstoodError, RefusedError
from components.importing.report import Report

Values = npt.NDArray[np.object_]
"""A value for each row."""
_TAG: Final = re.compile(r"#\s*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV file, of a sheet of a workbook, or of the places of a map file."""

    file: str
    """With the sheet's name where there are several: ``events.xlsx, Sheet1``."""
    columns: Mapping[str, Column]
    """By the header's names, each of which is there once; cells are texts without blanks around them."""
    numbers: npt.NDArray[np.int64]
    """Of each row its line in the file."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """By column its HXL tag, blanks taken out: ``#date+start``; none of a table without such a row."""
    sort: str = ""
    """What a map file is, such as "KML"; "" of a table."""
    several: bool = False
    """Whether it is one of several in its file, of which some may be no tables of events."""

    def __len__(self) -> int:
        return len(self.numbers)

    def has(self, *names: str) -> bool:
        """Say whether all these columns are there."""
        return all(name in self.columns for name in names)

    def column(self, name: str) -> Column:
        """Return a column; blank cells where there is none of this name."""
        return self.columns.get(name) or Column(objects([""]), np.zeros(len(self), dtype=np.int32))

    def of_rows(self, rows: Any) -> "Sheet":
        """Return some of the rows: a mask, numbers or a slice."""
        columns = {name: column.of_rows(rows) for name, column in self.columns.items()}
        return replace(self, columns=columns, numbers=self.numbers[rows])

    def each(self, read: Callable[..., Any], *names: str, report: Report | None = None, blank: Any = "") -> Values:
        """Return ``read`` of each row's cells of the columns ``names``, asked once for each that differ.

        Where it raises NotUnderstoodError the value is ``blank`` and the report counts the reason.
        """
        columns = [self.column(name) for name in names or ("",)]
        key = np.zeros(len(self), dtype=np.int64)
        for column in columns:
            key = pd.factorize(key * len(column.values) + column.codes)[0]
        rows = np.zeros(int(key.max(initial=-1)) + 1, dtype=np.int64)
        rows[key[::-1]] = np.arange(len(self))[::-1]
        cells = [column.values[column.codes[rows]] for column in columns]
        values, reasons = [], dict[str, list[int]]()
        for number, given in enumerate(zip(*cells, strict=True)):
            try:
                values.append(read(*given))
            except NotUnderstoodError as error:
                values.append(blank)
                reasons.setdefault(str(error), []).append(number)
        if report:
            for reason, keys in reasons.items():
                report.note(reason, self.numbers[np.isin(key, keys)].tolist())
        return objects(values)[key] if values else objects([])

    def distinct(self, name: str) -> list[str]:
        """Return the cells of a column that are not blank, each once."""
        column = self.column(name)
        return [cell for cell in dict.fromkeys(column.values[np.unique(column.codes)].tolist()) if cell]

    def filled(self, name: str) -> bool:
        """Say whether any row has something in this column."""
        column = self.column(name)
        return bool(column.mapped(bool, bool).any())


def sheet_of(
    file: str, header: Sequence[str], columns: Iterable[Column], numbers: npt.NDArray[np.int64], sort: str = ""
) -> Sheet:
    """Return a sheet, its names made distinct; a row of HXL tags under the header, or in its place, is taken out."""
    names = _distinct(header)
    if len(names) > MAX_COLUMNS:
        raise RefusedError(f"{file} has {len(names):,} columns; {MAX_COLUMNS:,} are read: take out what is not needed")
    sheet = Sheet(file, dict(zip(names, columns, strict=True)), numbers, sort=sort)
    if _tagged(header):
        return replace(sheet, tags=dict(zip(names, map(bare_tag, header), strict=True)))
    if len(sheet):
        first = [str(column.values[column.codes[0]]) for column in sheet.columns.values()]
        if _tagged(first):
            tags = {name: bare_tag(tag) for name, tag in zip(names, first, strict=True) if tag}
            return replace(sheet.of_rows(slice(1, None)), tags=tags)
    return sheet


def bare_tag(tag: str) -> str:
    """Return an HXL tag without blanks and in small letters.

    >>> bare_tag("#date +Occurred")
    '#date+occurred'
    """
    return "".join(tag.split()).lower()


def _tagged(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(_TAG.match(cell) for cell in filled)


def _distinct(header: Sequence[str]) -> list[str]:
    names: dict[str, None] = {}
    for number, cell in enumerate(header, start=1):
        name = base = " ".join(cell.split())[:200] or f"column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names[name] = None
    return list(names)
