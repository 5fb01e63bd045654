"""Cells that a spreadsheet would run as formulas, made harmless so that they can be read back as they were.

A program that opens a CSV file runs what begins with one of ``=+-@`` (OWASP, "CSV injection"), also after a separator
of its own that stands in the cell. An apostrophe before it makes it text. The apostrophe is taken away again when the
cell is read; to tell it from one that was there, a cell that already begins so gets one more.
"""

import re
from typing import Final

_BEGINS: Final = r"((?:^|[;\t\r\n])[^\S\r\n]*)"
_RUNS: Final = r"'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]"
_HARMFUL: Final = re.compile(f"{_BEGINS}(?={_RUNS})")
_NEUTRAL: Final = re.compile(f"{_BEGINS}'(?={_RUNS})")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)


def neutralised(cell: str) -> str:
    """Return ``cell`` with an apostrophe before all that would run. A plain number is left: it is one."""
    return cell if _NUMBER.fullmatch(cell) else _HARMFUL.sub(r"\1'", cell)


def restored(cell: str) -> str:
    """Return the cell that ``neutralised`` was given."""
    return cell if "'" not in cell else _NEUTRAL.sub(r"\1", cell)
