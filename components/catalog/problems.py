"""What is wrong with the data, said so that a curator can mend it."""

from dataclasses import dataclass


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
