"""What is wrong with the data, said so that a curator can mend it."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

FEW: Final = 3
"""Problems of one kind that are each told; of more the first is, for all of them."""
FIRST_LINES: Final = 5
"""Lines, and values, that are named of the others."""
_SINGLE: Final = re.compile(r"'[^']*'|\d+")
"""What is one row's own in what is said of it: what is quoted, and numbers."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of the data folder.

    A problem with a row either leaves the row out (``kept`` is False) or keeps it with a loss that
    ``what`` names, such as a row that cannot be put on the map.

    >>> print(Problem("sites.csv", 7, "lat", "abc", "'abc' is not a number", "write digits"))
    sites.csv:7 [lat]: 'abc' is not a number; write digits
    """

    file: str
    line: int | None
    """The line where the row ends in the file, 1 being the header; None for the file as a whole."""
    column: str | None
    value: str
    """The offending value as it stands in the cell, cut to a readable length."""
    what: str
    """What is wrong, e.g. "2026-13-40 is not a date"."""
    mend: str
    """What to do about it, e.g. "write YYYY-MM-DD, YYYY-MM or YYYY"."""
    kept: bool = False

    @property
    def named(self) -> str:
        """The value, quoted; "" where there is none."""
        return f"'{self.value}'" if self.value else ""

    @property
    def kind(self) -> Hashable:
        """What is the same of problems that one mend answers: all but the line and the values that are named."""
        what, mend = (
            _SINGLE.sub("…", text.replace(f"'{self.value}'", "…") if self.value else text)
            for text in (self.what, self.mend)
        )
        return self.file, self.column, what, mend, self.kept

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        column = f" [{self.column}]" if self.column else ""
        return f"{place}{column}: {self.what}; {self.mend}"


def excerpt(value: str, length: int = 60) -> str:
    """Return ``value`` on one line, cut to ``length`` characters, fit to be printed in a message.

    >>> excerpt("a cell that goes on and on", 12)
    'a cell that…'
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in value[: length * 2]).split())
    return text if len(text) <= length else text[: length - 1] + "…"


class Told(Protocol):
    """What is told to a curator of a line in a file, such as a Problem."""

    @property
    def named(self) -> str:
        """What of the line is told of, such as a cell's value; "" for nothing."""

    @property
    def line(self) -> int | None:
        """Its line."""

    @property
    def kind(self) -> Hashable:
        """What is the same of those that one mend answers."""


One = TypeVar("One", bound=Told)


@dataclass(frozen=True, slots=True)
class Alike(Generic[One]):
    """Problems of one kind, of which the first is told for all."""

    first: One
    others: tuple[One, ...]

    @property
    def more(self) -> str:
        """How many more there are, on which lines the first of them, and of what: "" for none."""
        if not self.others:
            return ""
        lines = [str(one.line) for one in self.others if one.line is not None]
        names = dict.fromkeys(one.named for one in self.others if one.named not in ("", self.first.named))
        where = f", on lines {_first(lines)}" if lines else ""
        return f"and {len(self.others):,} more like it{where}{f'; of {_first(list(names))}' if names else ''}"

    def __str__(self) -> str:
        return f"{self.first} ({self.more})" if self.others else str(self.first)


def _first(items: Sequence[str]) -> str:
    more = len(items) - FIRST_LINES
    return f"{', '.join(items[:FIRST_LINES])}{f' and {more:,} others' if more > 0 else ''}"


def alike(found: Iterable[One]) -> list[Alike[One]]:
    """Return problems by kind, each kind where its first stands; FEW or less of a kind stand each for itself.

    >>> bad = [Problem("a.csv", n, "id", f"{n}.0", f"'{n}.0' is not an id", "take the .0 away") for n in range(2, 10)]
    >>> print(*alike(bad))
    a.csv:2 [id]: '2.0' is not an id; take the .0 away (and 7 more like it, on lines 3, 4, 5, 6, 7
    and 2 others; of '3.0', '4.0', '5.0', '6.0', '7.0' and 2 others)
    """
    found = list(found)
    kinds: dict[Hashable, list[One]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    told: list[Alike[One]] = []
    for one in found:
        ones = kinds[one.kind]
        if len(ones) <= FEW:
            told.append(Alike(one, ()))
        elif one is ones[0]:
            told.append(Alike(one, tuple(ones[1:])))
    return told
