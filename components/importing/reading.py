"""A file's bytes → tables of text cells: CSV of any usual encoding and separator, Excel, JSON, GeoJSON, KML, KMZ, GPX.

What a file is, is told by its content; its name only names it in the report.
"""

import codecs
import csv
import io
import re
import zipfile
from itertools import islice
from typing import Final

import pyarrow as pa
from charset_normalizer import from_bytes

from components.catalog.columns import Column, objects
from components.catalog.formulas import restored
from components.catalog.parsing import parse, texts
from components.importing.archive import check_archive
from components.importing.cells import clean
from components.importing.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, RefusedError
from components.importing.map_files import geojson_sheet, gpx_sheet, kml_sheet
from components.importing.report import Report
from components.importing.sheet import Sheet, sheet_of
from components.importing.workbook import ABOVE_HEADER, HEADER_WITHIN, header_at, workbook_sheets

_SEPARATORS: Final = ",;\t|"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200_000
"""Bytes from which an encoding is guessed."""
_HEAD: Final = 50_000
"""Bytes at a table's top in which its header is looked for."""


def read(content: bytes, name: str) -> list[tuple[Sheet, Report]]:
    """Return the tables of a file, each with a report that says what could not be read of it.

    Raise RefusedError, with a sentence for people, for what is no such file, is too large, or is made to harm.
    """
    if len(content) > MAX_BYTES:
        raise RefusedError(f"{name} has {len(content) / 1e6:,.0f} MB; {MAX_BYTES / 1e6:,.0f} MB are read: split it")
    if content.startswith(b"PK\x03\x04"):
        return _of_archive(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError(f"{name} is an Excel file of the old kind (.xls), or locked by a password: save it as .xlsx")
    text, encoding = decoded(content, name)
    begin = text[:2000].lstrip()
    if begin.startswith("<"):
        return [_of_xml(content, name, begin)]
    if begin.startswith(("{", "[")):
        return [geojson_sheet(text, name)]
    if encoding == "utf-8" and _separator(text)[0] == ",":
        text = ""  # of a large file the bytes are enough
    return [_of_csv(text or content, name, encoding)]


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return a file's text and its encoding: as its first bytes say, UTF-8, or what it most probably is."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError:
                break
    if b"\0" in content[:_SAMPLE]:
        head = content[:_SAMPLE]
        encoding = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            raise RefusedError(f"{name} is no text: save the table as CSV UTF-8 or as .xlsx") from None
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        best = from_bytes(content[:_SAMPLE]).best()
        encoding = best.encoding if best else "cp1252"
        return content.decode(encoding, errors="replace"), encoding


def _of_archive(content: bytes, name: str) -> list[tuple[Sheet, Report]]:
    members = check_archive(content, name)
    if "xl/workbook.xml" in members:
        return workbook_sheets(content, name)
    maps = sorted((member for member in members if member.lower().endswith(".kml")), key=lambda one: one != "doc.kml")
    if maps:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [kml_sheet(archive.read(member), name if len(maps) == 1 else f"{name}, {member}") for member in maps]
    raise RefusedError(f"{name} is neither an Excel file nor a KMZ: unpack it, and give the files in it")


def _of_xml(content: bytes, name: str, begin: str) -> tuple[Sheet, Report]:
    if re.search(r"<(\w+:)?gpx\b", begin):
        return gpx_sheet(content, name)
    if re.search(r"<(\w+:)?kml\b", begin):
        return kml_sheet(content, name)
    raise RefusedError(f"{name} is XML, but neither KML nor GPX: export it as one of them, or as CSV")


def _of_csv(table: bytes | str, name: str, encoding: str) -> tuple[Sheet, Report]:
    """Read a table: bytes are UTF-8 with commas."""
    report = Report(name)
    separator = ","
    if isinstance(table, str):
        separator, table = _separator(table)
        table = (_with_commas(table, separator, name) if separator != "," else table).encode("utf-8", errors="replace")
    _check_width(table, name)
    above, lines = _above_header(table)
    cells, problems = parse(table[above:], name)
    if not any(cells.header):
        raise RefusedError(f"{name} is empty, or does not begin with the names of its columns")
    if len(cells.numbers) > MAX_ROWS:
        raise RefusedError(f"{name} has {len(cells.numbers):,} rows; {MAX_ROWS:,} are read: split it by year")
    for problem in problems:
        broken = "not valid CSV" in problem.what
        reason = "not valid CSV: a quote is not closed" if broken else "more or fewer cells than the header has names"
        report.note(f"left out: {reason}", [lines + (problem.line or 0)])
    if above:
        report.note(ABOVE_HEADER, list(range(1, lines + 1)))
    if encoding not in ("utf-8", "ascii"):
        report.said.append(f"Its letters were read as {encoding}.")
    if separator != ",":
        report.said.append(f"Its cells are separated by {'a tab' if separator == chr(9) else separator}")
    return sheet_of(name, cells.header, [_column(column) for column in cells.columns], cells.numbers + lines), report


def _above_header(table: bytes) -> tuple[int, int]:
    """Return of what stands above a table's header, such as a title, how many bytes and lines it has."""
    lines = list(io.StringIO(table[:_HEAD].decode(errors="replace"), newline=""))
    reader = csv.reader(lines)
    head, ends = [], [0]
    try:
        for cells in islice(reader, HEADER_WITHIN):
            head.append([cell.strip() for cell in cells])
            ends.append(reader.line_num)
    except csv.Error:  # the parser tells of it
        return 0, 0
    at = header_at(head) or 0
    if not any(map(any, head[:at])):  # blank lines are skipped without a word
        return 0, 0
    count = ends[at]
    return len("".join(lines[:count]).encode()), count


def _check_width(table: bytes, name: str) -> None:
    if table.partition(b"\n")[0].count(b",") >= MAX_COLUMNS:
        raise RefusedError(f"{name} has more than {MAX_COLUMNS:,} columns: take out what is not needed")


def _column(coded: pa.DictionaryArray) -> Column:
    return Column(objects([clean(restored(cell)) for cell in texts(coded.dictionary)]), coded.indices.to_numpy())


def _separator(text: str) -> tuple[str, str]:
    """Return what separates the cells, and the text without Excel's line that says so."""
    if found := re.match(r"sep=([,;\t|])\r?\n", text):
        return found[1], text[found.end() :]
    bare = re.sub(r'"(?:[^"]|"")*"', "", text[:100_000]).split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
    head = next((line for line in bare if any(one in line for one in _SEPARATORS)), "")
    return max(_SEPARATORS, key=lambda one: (head.count(one), -_SEPARATORS.index(one))), text


def _with_commas(text: str, separator: str, name: str) -> str:
    """Return a table with commas between its cells; its lines keep their numbers."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    try:
        writer.writerows(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise RefusedError(f"{name} is no table that can be read: {error}") from None
    return written.getvalue()
