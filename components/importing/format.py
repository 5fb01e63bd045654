"""What a format is: how it is told from others, what its columns are taken for, and what reads its rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from components.catalog.columns import objects
from components.importing.cells import clean, known, line
from components.importing.events import Events, Terms
from components.importing.progress import tell
from components.importing.report import Report, Taken
from components.importing.sheet import Sheet, Values

IN_CARD: Final = "kept in the card"
LEFT: Final = "left out: {}"


@dataclass(frozen=True, slots=True)
class Use:
    """A column of a format, and what becomes of it."""

    column: str
    taken_for: str
    label: str = ""
    """Under which it is a further field of the card; "" for none."""
    read: Callable[[str], str] = known
    """What makes of a cell the text of that field; "" is left out."""
    role: str = ""
    """Its key in roles.py, where it was taken for that by its name."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files, one of ``formats.FORMATS``."""

    key: str
    """For ``--as``, and what ids begin with."""
    label: str
    needs: frozenset[str]
    """The columns by which it is told, in small letters with _ for blanks."""
    columns: tuple[Use, ...]
    terms: Terms
    events: Callable[[Sheet, Report], Events]
    """The events of a sheet whose columns are named as ``needs`` are."""
    any_table: bool = False
    """Whether it takes any table, with its own names of columns."""

    def named(self, sheet: Sheet) -> Sheet | None:
        """Return the sheet with this format's names of columns; None where it is another format."""
        if self.any_table:
            return sheet
        names = {name: "_".join(name.lower().split()) for name in sheet.columns}
        if not self.needs <= set(names.values()) or len(set(names.values())) < len(names):
            return None
        columns = {names[name]: column for name, column in sheet.columns.items()}
        return replace(sheet, columns=columns, tags={names[name]: tag for name, tag in sheet.tags.items()})


def further(sheet: Sheet, columns: Iterable[Use], report: Report, more: Iterable[Values] = ()) -> Values:
    """Return what goes into each row's card, as lines ``Label: value``; the report says what was taken for what.

    A column that is not declared is kept under its own name: nothing is lost. ``more`` are lines made otherwise.
    """
    declared: Mapping[str, Use] = {use.column: use for use in columns}
    lines = list(more)
    for number, name in enumerate(sheet.columns):
        tell(f"Taking the columns of {sheet.file}", number, len(sheet.columns))
        use = declared.get(name) or Use(name, IN_CARD, name.replace("_", " "))
        report.taken.append(Taken(name, use.taken_for if sheet.filled(name) else "nothing: it is blank", use.role))
        if use.label:
            lines.append(lines_of(use.label, sheet.each(use.read, name)))
    return stacked(lines, len(sheet))


def lines_of(label: str, values: Values) -> Values:
    """Return ``Label: value`` for each value that is not blank."""
    begin = line(label, 100).replace(":", "")
    made = {value: f"{begin}: {line(value, 2000)}" if value else "" for value in dict.fromkeys(values)}
    return objects([made[value] for value in values])


def stacked(lines: list[Values], count: int) -> Values:
    """Return the lines of each row under one another, blank ones left out."""
    if not lines:
        return objects([""] * count)
    return objects([clean("\n".join(filter(None, row))) for row in zip(*lines, strict=True)])


def parts(values: Values, at: int) -> Values:
    """Return one part of each of values that are tuples."""
    return objects([value[at] for value in values])


def numbers(values: Values, at: int) -> npt.NDArray[np.float64]:
    """Return one part of each of values that are tuples, as numbers."""
    return np.fromiter((value[at] for value in values), float, len(values))
