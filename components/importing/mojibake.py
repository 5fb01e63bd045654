"""Mojibake: letters that were encoded twice ("PacÃ­fico"), and those that Excel escapes ("_x000D_"), read as meant."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from ftfy import fix_encoding

from components.catalog.columns import Column, objects
from components.importing.cells import clean
from components.importing.report import Report
from components.importing.sheet import Sheet

_ESCAPED: Final = re.compile("_x000([9AD])_")
"""Control characters as Office Open XML escapes them in a cell (ST_Xstring)."""
_CONTROLS: Final = {"9": "\t", "A": "\n", "D": ""}
_TWICE: Final = re.compile(r"\S*[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]\S*")
"""A word with what the bytes of a letter in UTF-8 look like where they are read as Windows' letters; ftfy decides."""


def mended(sheet: Sheet, report: Report) -> Sheet:
    """Return a sheet, the letters of its cells and of its columns' names as they were meant; the report tells which."""
    names: dict[str, str] = {}
    for name in sheet.columns:
        better = decoded_once(unescaped(name))
        names[name] = name if better in sheet.columns or better in names.values() else better
    columns = {names[name]: column for name, column in sheet.columns.items()}
    sheet = replace(sheet, columns=columns, tags={names[name]: tag for name, tag in sheet.tags.items()})
    sheet = _mended(sheet, report, unescaped, lambda _: "“_x000D_”, Excel's end of a line, is taken out")
    return _mended(sheet, report, decoded_once, _example)


def unescaped(text: str) -> str:
    r"""Return a text with ends of lines and tabs in place of Excel's escapes.

    >>> unescaped("one_x000D_\ntwo")
    'one\ntwo'
    """
    return clean(_ESCAPED.sub(lambda found: _CONTROLS[found[1]], text)) if "_x000" in text else text


def decoded_once(text: str) -> str:
    """Return a text that was encoded in UTF-8 twice as it was meant, and any other as it is.

    >>> decoded_once("RAP PacÃ­fico"), decoded_once("SÃO PAULO")
    ('RAP Pacífico', 'SÃO PAULO')
    """
    return clean(fix_encoding(text)) if not text.isascii() and _TWICE.search(text) else text


def _mended(sheet: Sheet, report: Report, mend: Callable[[str], str], said: Callable[[list[str]], str]) -> Sheet:
    columns = dict(sheet.columns)
    rows = np.zeros(len(sheet), dtype=bool)
    wrong: list[str] = []
    for name, column in columns.items():
        values = objects([mend(text) for text in column.values])
        changed = np.array(values != column.values, dtype=bool)
        if changed.any():
            rows |= changed[column.codes]
            wrong += column.values[changed].tolist()
            columns[name] = Column(values, column.codes)
    report.note(said(wrong), sheet.numbers[rows].tolist())
    return replace(sheet, columns=columns)


def _example(wrong: list[str]) -> str:
    words = {found[0]: decoded_once(found[0]) for text in wrong for found in _TWICE.finditer(text)}
    told = (word for word, meant in words.items() if word.isprintable() and sum(map(str.isalpha, meant)) > 2)
    shown = min((word for word in told if words[word] != word), key=len, default="")
    example = f": “{words[shown]}”, not “{shown}”" if shown else ""
    return f"letters encoded twice are read as they were meant{example}"
