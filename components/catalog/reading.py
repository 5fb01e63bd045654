"""A CSV file → validated rows and the problems of those that are not; nothing raises half-way."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from components.catalog.formulas import restored
from components.catalog.problems import Problem, excerpt
from components.catalog.tables import DERIVED, Row, Table


class Line(NamedTuple):
    """A row as read, with the file's line on which it ends."""

    number: int
    row: Row


_MENDS = {
    "string_pattern_mismatch": (
        "is not a valid id",
        "use lower-case letters, digits and single hyphens, such as al-tanf",
    ),
    "string_too_short": ("is blank", "fill it in"),
    "too_short": ("is blank", "give at least one; several are separated by a semicolon"),
    "float_parsing": ("is not a number", "write digits with a full stop, such as 33.506"),
    "int_parsing": ("is not a whole number", "write digits only, without thousands separators"),
}
"""For pydantic's own error types: what is wrong and how to mend it."""


def read_table(folder: Path, table: Table) -> tuple[list[Line], list[Problem]]:
    """Read ``table``'s file in ``folder`` and validate each row against its model.

    A file that is missing or has no usable header is one problem and no rows.
    """
    path = folder / table.file
    try:
        # A byte that is not UTF-8 is kept as a lone surrogate, which the cell's own check then tells.
        text = path.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except FileNotFoundError:
        mend = f"create it with the header {','.join(table.row.model_fields)}"
        return [], [Problem(table.file, None, None, "", "is missing", mend)] if table.required else []
    except OSError as error:
        return [], [Problem(table.file, None, None, "", f"cannot be read: {error.strerror}", "check the file")]

    problems: list[Problem] = []
    reader = _Records(text, table.file, problems)
    header = [name.strip() for name in next(reader.records(), (0, [""]))[1]]
    if not any(header):
        mend = f"begin it with the header {','.join(table.row.model_fields)}"
        return [], [Problem(table.file, None, None, "", "is empty", mend)]
    faults = _header_problems(table, header)
    problems += faults
    if any(not fault.kept for fault in faults):
        return [], problems

    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, cells in reader.records():
        if not any(cells):
            continue
        if len(cells) != len(header):
            what = f"has {len(cells)} cells where the header has {len(header)}"
            mend = "check its commas: a cell that holds a comma stands in double quotes"
            problems.append(Problem(table.file, number, None, excerpt(",".join(cells)), what, mend))
            continue
        values = dict(zip(header, map(restored, cells), strict=True))
        try:
            row = table.row.model_validate(values)
        except ValidationError as error:
            problems += _row_problems(table, number, values, error)
            continue
        key = str(getattr(row, table.key))
        if key in seen:
            what = f"'{excerpt(key)}' is already on line {seen[key]}"
            mend = "give each row an id of its own; the first is used"
            problems.append(Problem(table.file, number, table.key, excerpt(key), what, mend))
            continue
        seen[key] = number
        lines.append(Line(number, row))
    return lines, problems


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


def _header_problems(table: Table, header: list[str]) -> list[Problem]:
    fields = table.row.model_fields
    problems = []
    for name in header:
        if name.startswith(DERIVED):
            continue
        if name not in fields:
            what = f"column '{excerpt(name)}' is not known" if name else "has a column without a name"
            mend = f"it is ignored; known are {', '.join(fields)}"
            problems.append(Problem(table.file, 1, excerpt(name), excerpt(name), what, mend, kept=True))
        elif header.count(name) > 1:
            return [Problem(table.file, 1, name, name, f"column '{name}' stands twice", "remove one")]
    for name, field in fields.items():
        if field.is_required() and name not in header:
            mend = f"add it to the header ({field.description})"
            problems.append(Problem(table.file, 1, name, "", f"column '{name}' is missing", mend))
    return problems


def _row_problems(table: Table, line: int, values: dict[str, str], error: ValidationError) -> list[Problem]:
    problems = []
    for fault in error.errors(include_url=False):
        # A fault inside a list names its column first; a fault of the row as a whole names none.
        column = str(fault["loc"][0]) if fault["loc"] else None
        value = excerpt(values.get(column, "")) if column else ""
        context: dict[str, Any] = fault.get("ctx", {})
        if fault["type"] == "laydown":
            what, mend = context["what"], context["mend"]
        elif fault["type"] == "literal_error":
            what, mend = "is not one of the known values", f"use {context['expected']}"
        elif column == "colour":
            what, mend = "is not a colour", "write six hex digits, such as #1f6fb2"
        elif fault["type"] in _MENDS:
            what, mend = _MENDS[fault["type"]]
        else:
            what, mend = fault["msg"][:1].lower() + fault["msg"][1:], "mend the cell"
        if column and value:
            what = f"'{value}' {what}"
        problems.append(Problem(table.file, line, column, value, what, mend))
    return problems
