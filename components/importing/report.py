"""What an import did with a file: what was taken for what, what was not understood and why, with the first lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

FIRST: Final = 5
"""Lines that are named of a reason."""


class Taken(NamedTuple):
    """A column, and what it was taken for in words."""

    column: str
    taken_for: str
    role: str = ""
    """The key of that role, where a table's columns are taken by their names."""


@dataclass(slots=True)
class Reason:
    """Rows or cells of which the same is true."""

    count: int = 0
    lines: list[str] = field(default_factory=list)
    """The first, as ``file:line``."""


@dataclass(slots=True)
class Report:
    """What was done with one file, or with one sheet of it."""

    file: str
    format: str = ""
    """In words: "ACLED export"."""
    rows: int = 0
    taken: list[Taken] = field(default_factory=list)
    adjustable: bool = False
    """Whether its columns may be taken for something else: they were taken by their names."""
    reasons: dict[str, Reason] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    """What else is to be known, a sentence each."""

    def note(self, reason: str, lines: Iterable[int | str]) -> None:
        """Count rows of which ``reason`` is true, by their lines, or as ``file:line``."""
        for line in lines:
            found = self.reasons.setdefault(reason, Reason())
            found.count += 1
            if len(found.lines) < FIRST:
                found.lines.append(line if isinstance(line, str) else f"{self.file}:{line}")

    def text(self) -> str:
        """Return the report as lines for a terminal."""
        lines = [f"{self.file}: {self.format}, {self.rows:,} rows."]
        width = max((len(one.column) for one in self.taken), default=0)
        lines += [f"  {one.column:<{width}}  →  {one.taken_for}" for one in self.taken]
        for reason, found in self.reasons.items():
            more = ", …" if found.count > len(found.lines) else ""
            lines.append(f"  {found.count:,} × {reason} ({', '.join(found.lines)}{more})")
        return "\n".join([*lines, *(f"  {sentence}" for sentence in self.said)])
