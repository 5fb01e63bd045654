"""A CSV file → validated rows and the problems of those that are not; nothing raises half-way.

Rows are validated by columns: each distinct cell once, by its field of the table's model, and then each row by the
model's rules for a row as a whole. A row that is refused so is validated again by itself, for its message.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from components.catalog.columns import Column, Rows, objects
from components.catalog.dataset import FILE
from components.catalog.files import Folder
from components.catalog.formulas import restored
from components.catalog.parsing import Cells, parse, texts
from components.catalog.problems import Problem, excerpt
from components.catalog.tables import DERIVED, Row, Table, words
from components.catalog.vocabulary import DEFAULT, Vocabulary

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


def read_table(folder: Folder, table: Table, kinds: Vocabulary = DEFAULT) -> tuple[Rows, list[Problem]]:
    """Read ``table``'s file in ``folder`` and validate each row against its model, and its kind against ``kinds``.

    A file that is missing or has no usable header is one problem and no rows.
    """
    path = folder / table.file
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        mend = f"create it with the header {','.join(table.row.model_fields)}"
        return _none(table), [Problem(table.file, None, None, "", "is missing", mend)] if table.required else []
    except OSError as error:
        why = f"cannot be read: {error.strerror}"
        return _none(table), [Problem(table.file, None, None, "", why, "check the file")]
    cells, uneven = parse(content, table.file)
    del content
    if not any(cells.header):
        mend = f"begin it with the header {','.join(table.row.model_fields)}"
        return _none(table), [Problem(table.file, None, None, "", "is empty", mend)]
    faults = _header_problems(table, cells.header)
    above = [problem for problem in uneven if (problem.line or 0) <= cells.header_number]
    if any(not fault.kept for fault in faults):
        return _none(table), [*above, *faults]
    rows, problems = _validated(table, cells, kinds)
    rows, twice = _distinct(table, rows)
    below = sorted([*uneven[len(above) :], *problems, *twice], key=lambda problem: problem.line or 0)
    return rows, [*above, *faults, *below]


def _none(table: Table) -> Rows:
    empty = Column(np.empty(0, dtype=object), np.empty(0, dtype=np.int32))
    return Rows(np.empty(0, dtype=np.int64), dict.fromkeys(table.row.model_fields, empty))


def _validated(table: Table, cells: Cells, kinds: Vocabulary) -> tuple[Rows, list[Problem]]:
    """Return the rows that the table's model and vocabulary accept, and the problems of the others."""
    count = len(cells.numbers)
    sound = np.ones(count, dtype=bool)
    columns: dict[str, Column] = {}
    for name, validate in _validators(table.row).items():
        if name not in cells.header:
            default = table.row.model_fields[name].get_default(call_default_factory=True)
            columns[name] = Column(objects([default]), np.zeros(count, dtype=np.int32))
            continue
        coded = cells.columns[cells.header.index(name)]
        values, refused = validate([restored(cell) for cell in texts(coded.dictionary)])
        columns[name] = Column(objects(values), coded.indices.to_numpy())
        if refused:
            sound &= ~np.isin(columns[name].codes, refused)
    held = words(table)
    for name, of in held.items():
        sound &= columns[name].mapped({None, *kinds.ids(of)}.__contains__, bool)
    rows = Rows(cells.numbers, columns)
    if rules := _rules_of_rows(table.row):
        kept = np.flatnonzero(sound)
        sound[kept] = _obeying(rows.of_rows(kept), rules)
    if sound.all():
        return rows, []
    problems: list[Problem] = []
    for at in np.flatnonzero(~sound).tolist():
        written = {
            name: restored(texts(column.dictionary.slice(column.indices[at].as_py(), 1))[0])
            for name, column in zip(cells.header, cells.columns, strict=True)
        }
        line = int(cells.numbers[at])
        held_values = {name: columns[name].values[columns[name].codes[at]] for name in held}
        problems += _faults(table, line, written, held_values, kinds)
    return rows.of_rows(sound), problems


_Validate = Callable[[list[str]], tuple[list[Any], list[int]]]
"""A column's distinct cells → their values, None for those that it refuses, and which these are."""


@lru_cache(maxsize=32)  # making them takes longer than to validate a small table
def _validators(row: type[Row]) -> Mapping[str, _Validate]:
    """Return by field of a model what validates its cells."""
    return {name: _validator(field.annotation, field.metadata) for name, field in row.model_fields.items()}


def _validator(annotation: Any, metadata: Sequence[Any]) -> _Validate:
    cell: Any = Annotated[annotation, *metadata] if metadata else annotation
    adapter: TypeAdapter[list[Any]] = TypeAdapter(list[cell])

    def validate(cells: list[str]) -> tuple[list[Any], list[int]]:
        try:
            return adapter.validate_python(cells), []
        except ValidationError as error:
            refused = sorted({int(fault["loc"][0]) for fault in error.errors(include_url=False, include_input=False)})
        values: list[Any] = [None] * len(cells)
        sound = sorted(set(range(len(cells))).difference(refused))
        for at, value in zip(sound, adapter.validate_python([cells[at] for at in sound]), strict=True):
            values[at] = value
        return values, refused

    return validate


def _rules_of_rows(row: type[Row]) -> list[Callable[[Any], object]]:
    """Return a model's validators of whole rows, which are asked of any object with its fields."""
    return [one.func for one in row.__pydantic_decorators__.model_validators.values()]


def _obeying(rows: Rows, rules: Sequence[Callable[[Any], object]]) -> npt.NDArray[np.bool_]:
    def obeys(record: Any) -> bool:
        try:
            for rule in rules:
                rule(record)
        except (ValueError, AssertionError):  # what pydantic takes as a refusal
            return False
        return True

    return np.fromiter(map(obeys, rows.records()), bool, len(rows))


def _distinct(table: Table, rows: Rows) -> tuple[Rows, list[Problem]]:
    """Return the first row of each key, and a problem for each other."""
    keys = pd.Series(rows.columns[table.key].whole(), dtype=object)
    again = keys.duplicated().to_numpy()
    if not again.any():
        return rows, []
    first = dict(zip(keys[::-1], rows.numbers[::-1].tolist(), strict=True))
    problems = []
    for key, number in zip(keys[again], rows.numbers[again].tolist(), strict=True):
        what = f"'{excerpt(key)}' is already on line {first[key]}"
        mend = "give each row an id of its own; the first is used"
        problems.append(Problem(table.file, number, table.key, excerpt(key), what, mend))
    return rows.of_rows(~again), problems


def _header_problems(table: Table, header: Sequence[str]) -> list[Problem]:
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


def _faults(
    table: Table, line: int, written: dict[str, str], values: Mapping[str, Any], kinds: Vocabulary
) -> list[Problem]:
    """Return what is wrong with a row that is refused: by its model, and with its ``values`` that are kinds."""
    unknown = [
        _unknown_kind(table, line, name, value, of, kinds.ids(of))
        for name, of in words(table).items()
        if (value := values[name]) is not None and value not in kinds.ids(of)
    ]
    try:
        table.row.model_validate(written)
    except ValidationError as error:
        return [*_row_problems(table, line, written, error), *unknown]
    if not unknown:
        raise AssertionError(f"{table.file}:{line} is refused by columns and accepted by rows")
    return unknown


def _unknown_kind(table: Table, line: int, column: str, value: str, of: str, known: Sequence[str]) -> Problem:
    what = f"'{excerpt(value)}' is not one of the known values"
    named = " or ".join((", ".join(f"'{kind}'" for kind in known[:-1]), f"'{known[-1]}'"))
    mend = f"use {named}, or declare it in {FILE} under [[{of}]]"
    return Problem(table.file, line, column, excerpt(value), what, mend)


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
