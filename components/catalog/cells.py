"""One cell of a CSV file changed, and every other byte left as it was."""

import csv
import os
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_PLAIN = re.compile(r"[^,\r\n]*")
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def require_column(path: Path, column: str) -> None:
    """Raise ValueError where the file at ``path`` has no ``column`` that could be written."""
    text = _text(path)
    _header(text, _spans(text), column)


def set_cell(path: Path, row: str, column: str, value: str) -> bool:
    """Write ``value`` into the blank cell of ``column`` in the row whose id is ``row``.

    Return whether it was written: a row that has gone, or a cell that somebody has filled meanwhile, is left alone. The
    write is atomic: a temporary file takes the file's place. Raise ValueError where the file has no such column, or is
    no CSV that can be edited.
    """
    target = path.resolve()  # write through a symbolic link
    before = _text(target)
    after = _with_cell(before, row, column, value)
    if after is None:
        return False
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        temporary.write_bytes(after.encode("utf-8", errors="surrogateescape"))
        shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _with_cell(text: str, row: str, column: str, value: str) -> str | None:
    """Return ``text`` with the cell filled; None where there is no such row, or its cell is not blank."""
    records = _spans(text)
    header = _header(text, records, column)
    key, at = header.index("id"), header.index(column)
    for number, cells in enumerate(records, start=1):
        if len(cells) != len(header) or _value(text, cells[key]).strip() != row:
            continue
        start, end = cells[at]
        if _value(text, (start, end)).strip():
            return None
        written = f'"{value.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(value) else value
        changed = text[:start] + written + text[end:]
        # Both texts are parsed again and compared: nothing but that cell may differ.
        was, now = _rows(text), _rows(changed)
        if len(was) <= number or len(was[number]) <= at:
            raise ValueError("is not valid CSV: `laydown check` says where")
        was[number][at] = value
        if was != now:
            raise ValueError("is not valid CSV: `laydown check` says where")
        return changed
    return None


def _text(path: Path) -> str:
    """Return a file's text; bytes that are not UTF-8 come back as they were."""
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def _header(text: str, records: Iterator[list[tuple[int, int]]], column: str) -> list[str]:
    header = [_value(text, span).strip() for span in next(records, [])]
    if column not in header or "id" not in header:
        raise ValueError(f"has no column {column}: add it to the header, and a comma to each row")
    return header


def _rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, without its blank lines."""
    try:
        return [cells for cells in csv.reader(StringIO(text, newline=""), strict=True) if cells]
    except csv.Error as error:
        raise ValueError(f"is not valid CSV: {error}") from error


def _spans(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield of each row where its cells stand in ``text``, with their quotes; blank lines are none."""
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        cells: list[tuple[int, int]] = []
        while True:
            found = (_QUOTED if text.startswith('"', at) else _PLAIN).match(text, at)
            if found is None:
                raise ValueError("is not valid CSV: a quote is not closed")
            cells.append(found.span())
            at = found.end()
            if not text.startswith(",", at):
                break
            at += 1
        if at < len(text) and text[at] not in "\r\n":
            raise ValueError("is not valid CSV: something stands after a closing quote")
        at += 2 if text.startswith("\r\n", at) else 1
        if cells != [(cells[0][0], cells[0][0])]:
            yield cells


def _value(text: str, span: tuple[int, int]) -> str:
    cell = text[slice(*span)]
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell
