"""Cells that a spreadsheet would run as formulas, made harmless so that they can be read back as they were.

A program that opens a CSV file runs what begins with one of ``=+-@`` (OWASP, "CSV injection"), also after a separator
of its own that stands in the cell, and quotes after it. An apostrophe before it makes it text. The apostrophe is taken
away again when the cell is read; to tell it from one that was there, a cell that already begins so gets one more.
"""

import re
from typing import Final

_BLANK: Final = r'(?:[^\S\r\n]|")*+'
_BEGINS: Final = rf'((?:^|[;\r\n]|(?<![^\S\r\n])(?<!")(?:[^\S\r\n\t]|")*+\t){_BLANK})'
"""The blanks and quotes at the beginning of the cell or after a separator. A tab is both: of a run of blanks that holds
one all is taken, and at once, as a pattern that begins anew at each tab takes the square of a cell's length."""
_RUNS: Final = r"'*+[=+\-@\uff1d\uff0b\uff0d\uff20]"
_HARMFUL: Final = re.compile(f"{_BEGINS}(?={_RUNS})")
_NEUTRAL: Final = re.compile(f"{_BEGINS}'(?={_RUNS})")
_PLAIN: Final = re.compile(r"(\w[^;\t\r\n]*+)?")
"""Of most cells this says at once that nothing in them runs."""
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)


def neutralised(cell: str) -> str:
    """Return ``cell`` with an apostrophe before all that would run. A plain number is left: it is one.

    >>> neutralised("=1+1"), neutralised("-3")
    ("'=1+1", '-3')
    """
    return cell if _PLAIN.fullmatch(cell) or _NUMBER.fullmatch(cell) else _HARMFUL.sub(r"\1'", cell)


def restored(cell: str) -> str:
    """Return the cell that ``neutralised`` was given.

    >>> restored("'=1+1")
    '=1+1'
    """
    return cell if "'" not in cell else _NEUTRAL.sub(r"\1", cell)
