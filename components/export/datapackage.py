"""datapackage.json: what the folder's files are, for programs (Data Package 2.0), made of the tables' declarations.

A cell that holds several values, or a date that may be a month or a year, is a string with a pattern: the types that
the standard has for them cannot say what may stand there.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pydantic.fields import FieldInfo

from components.catalog.briefings import briefing_files
from components.catalog.catalog import Catalog, Signature, signature
from components.catalog.dataset import FILE
from components.catalog.dates import PartialDate
from components.catalog.formulas import neutralised
from components.catalog.tables import (
    GAZETTEER,
    NO_DOCUMENT,
    ROW_TABLES,
    SLUG,
    TABLES,
    Ref,
    Table,
    Toll,
    refs,
    vocabulary,
)
from components.catalog.vocabulary import DEFAULT, Vocabulary
from components.export.fields import held_types
from components.export.licences import licence_of

Node = dict[str, Any]

NAME: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
MAX_FOLDER: Final = 64 * 1024 * 1024
"""Bytes of the files of a folder that leaves as one; more is read table by table."""
_BESIDE: Final = (FILE, "LICENSE.md", "LICENSE", "method.md")
"""The files beside the tables that the zipped folder holds, where they exist."""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The time stamp of all members of a ZIP file: the same data is the same bytes (a reproducible build)."""

_DATE: Final = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_ID: Final = SLUG.removeprefix("^").removesuffix("$")
_TOLL: Final = rf"{_ID} +\d+(\+|-\d+)?"
_ADDRESS: Final = r"https?://[^\s<>\"'`\\]+"
_COLOUR: Final = "#[0-9A-Fa-f]{6}"


class TooLargeError(Exception):
    """The folder is larger than may be zipped; the message says so to the client."""

    def __init__(self) -> None:
        most = MAX_FOLDER // 1024**2
        super().__init__(f"The folder is larger than {most} MB. Take its tables one by one: {NAME} names them.")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the folder."""

    name: str
    """Its path in the folder."""
    body: bytes


def table_file(folder: Path, table: Table) -> bytes | None:
    """Return a table's file for download, None where it is not there.

    Cells that a spreadsheet would run as formulas are neutralised (CSV injection); the loader restores them.
    """
    try:
        body = (folder / table.file).read_bytes()
    except OSError:
        return None
    text = body.decode("utf-8-sig", errors="surrogateescape")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:  # a cell beyond all bounds: no spreadsheet reads it either
        return body
    if all(neutralised(cell) == cell for row in rows for cell in row):
        return body.removeprefix(b"\xef\xbb\xbf")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([neutralised(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", errors="surrogateescape")


def present(folder: Path) -> list[Table]:
    """Return the tables that are there."""
    return [table for table in (*TABLES, GAZETTEER) if (folder / table.file).is_file()]


def tables_of(folder: Path) -> Iterator[tuple[Table, bytes]]:
    """Return the tables that are there with their files."""
    for table in present(folder):
        body = table_file(folder, table)
        if body is not None:
            yield table, body


def datapackage(catalog: Catalog, home: str = "", files: str = "") -> Node:
    """Return datapackage.json of the catalog's folder, as a dictionary.

    ``home`` is the address of its page, and ``files`` what stands before a file's name in its path.
    """
    dataset = catalog.dataset
    files_there = list(tables_of(catalog.folder))
    names = {table.name for table, _ in files_there}
    licence = licence_of(dataset.licence)
    package: Node = {
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9]+", "-", dataset.title.lower()).strip("-") or "laydown",
        "title": dataset.title,
        "description": dataset.subtitle,
        "homepage": home,
        "version": catalog.version,
        "licenses": [_filled({"name": licence.name, "title": licence.title, "path": licence.address})]
        if licence
        else [],
        "contributors": [{"title": credit} for credit in dataset.credits],
        "sources": _sources(catalog),
        "resources": [_resource(table, body, files, names, dataset.vocabulary) for table, body in files_there],
    }
    return _filled(package)


def _filled(node: Node) -> Node:
    """Return a node without its empty values."""
    return {key: value for key, value in node.items() if value not in ("", [], {})}


def _sources(catalog: Catalog) -> list[Node]:
    """Return the publishers that the rows rest on; their documents are the rows of sources.csv."""
    documents = catalog.sources[catalog.sources["kind"] != NO_DOCUMENT]
    publishers = dict.fromkeys(map(str, documents["publisher"]))
    return [{"title": name} for name in publishers]


def _resource(table: Table, body: bytes, files: str, tables: Iterable[str], kinds: Vocabulary) -> Node:
    header = next(csv.reader(io.StringIO(body.decode("utf-8-sig", errors="replace"), newline="")), [])
    return {
        "name": table.name,
        "type": "table",
        "title": table.name.capitalize(),
        "description": table.doc,
        "path": f"{files}{table.file}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": schema_of(table, [name.strip() for name in header], tables, kinds),
    }


def schema_of(table: Table, header: Iterable[str], tables: Iterable[str], kinds: Vocabulary = DEFAULT) -> Node:
    """Return the Table Schema of a file with that ``header``; ``tables`` are the names of those that exist.

    ``kinds`` are the folder's.

    A column that no declaration knows is a string. One that is declared and not there is left out, unless it must be.
    """
    declared = table.row.model_fields
    columns = list(dict.fromkeys(header))
    columns += [name for name, field in declared.items() if field.is_required() and name not in columns]
    keys = [
        {"fields": [column], "reference": {"resource": "" if ref.table == table.name else ref.table, "fields": ["id"]}}
        for column, ref in refs(table).items()
        if column in columns and ref.table in tables and not _is_list(declared[column])
    ]
    fields = [
        _field(table, name, declared[name], kinds)
        if name in declared
        else {"name": name, "type": "string", "description": "not known to Laydown"}
        for name in columns
        if name
    ]
    return _filled({"fields": fields, "primaryKey": [table.key], "foreignKeys": keys})


def _field(table: Table, name: str, field: FieldInfo, kinds: Vocabulary) -> Node:
    """Return a column's declaration as Table Schema has it."""
    held = held_types(field.annotation)
    marks = [*field.metadata, *_marks(field.annotation)]
    ref = refs(table).get(name)
    constraints: Node = {"required": True} if field.is_required() else {}
    constraints |= {"unique": True} if name == table.key else {}
    type_, words, doc = "string", vocabulary(table, name, kinds), field.description or ""
    if Toll in held:
        constraints["pattern"] = _several(_TOLL)
        doc = f"{doc}. Several, with a semicolon between them: a force's id and how many, 3, 3-5 or 3+"
    elif tuple in held:
        constraints["pattern"] = _several(_ID) if ref else "^[^;]+(;[^;]*)*$"
        doc = f"{doc}. Several have a semicolon between them"
        doc += f"; each is an id of {ref.table}.csv" if ref else ""
    elif PartialDate in held:
        constraints["pattern"] = rf"^{_DATE}(\.\.{_DATE})?$"
        doc = f"{doc}. As precise as it is known: YYYY-MM-DD, YYYY-MM or YYYY; a..b is one day of that stretch"
    elif words:
        constraints["enum"] = list(words)
    elif float in held or int in held:
        type_ = "number" if float in held else "integer"
        constraints |= _bounds(marks)
    elif ref and ref.table == "rows":
        constraints["pattern"] = f"^({'|'.join(ROW_TABLES)}):{_ID}$"
    elif ref or any(getattr(mark, "pattern", None) == SLUG for mark in marks):
        constraints["pattern"] = SLUG
    elif name in ("url", "archived"):
        constraints["pattern"] = f"^{_ADDRESS}$"
    elif name == "colour":
        constraints["pattern"] = f"^{_COLOUR}$"
    return _filled({"name": name, "type": type_, "description": doc, "constraints": constraints})


def _several(one: str) -> str:
    """Return the pattern of one or more with semicolons between; unambiguous, so that it cannot backtrack (ReDoS)."""
    return rf"^\s*{one}\s*(;\s*({one}\s*)?)*$"


_BOUNDS: Final = (("ge", "minimum"), ("gt", "exclusiveMinimum"), ("le", "maximum"))
"""How a bound is called by pydantic, and by the standard."""


def _bounds(marks: Iterable[Any]) -> Node:
    marks = list(marks)
    return {
        bound: value for ours, bound in _BOUNDS for mark in marks if (value := getattr(mark, ours, None)) is not None
    }


def _is_list(field: FieldInfo) -> bool:
    rows = any(isinstance(mark, Ref) and mark.table == "rows" for mark in field.metadata)
    return rows or tuple in held_types(field.annotation)


def _marks(annotation: Any) -> Iterator[Any]:
    """Return what the types that a column may hold are annotated with."""
    for arg in get_args(annotation):
        if isinstance(arg, FieldInfo):
            yield from arg.metadata
        elif not isinstance(arg, str):
            yield arg
            yield from _marks(arg)


def package_text(package: Mapping[str, Any]) -> bytes:
    """Return a description as the bytes of datapackage.json."""
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def folder_signature(folder: Path) -> Signature:
    """Return the signature of all files of the zipped folder: some are no part of the catalog's version."""
    return signature([*(folder / table.file for table in (*TABLES, GAZETTEER)), *_others(folder)])


def _others(folder: Path) -> list[Path]:
    return [*(folder / name for name in _BESIDE), *briefing_files(folder)]


def folder_files(catalog: Catalog, home: str) -> list[Part]:
    """Return the tables, the texts beside them, the briefings and datapackage.json; raise TooLargeError."""
    folder = catalog.folder
    if sum(size for _, size, *_ in folder_signature(folder)) > MAX_FOLDER:
        raise TooLargeError
    return [
        *(Part(table.file, body) for table, body in tables_of(folder)),
        *(Part(path.relative_to(folder).as_posix(), path.read_bytes()) for path in _others(folder) if path.is_file()),
        Part(NAME, package_text(datapackage(catalog, home))),
    ]


def zipped(parts: Iterable[Part]) -> bytes:
    """Return files as a ZIP file: unpacked, it is a data folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part.name, _FIRST_DAY), part.body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
