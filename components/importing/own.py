"""Laydown's own files come back: the sheets of its Excel workbook, and its CSV files, are rows of its tables already.

What a file has not, as it held what was on view only, is mended so that the rows load: forces and kinds are made of the
names beside their ids, a reference to a row that is not there is left out and said.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from components.catalog.tables import BY_NAME, DERIVED, ROW_TABLES, TABLES, Table, refs
from components.importing.building import Known, Tables, frame
from components.importing.events import Terms
from components.importing.limits import RefusedError
from components.importing.palette import free_colours, free_looks
from components.importing.report import Report, Taken
from components.importing.sheet import Sheet

ORIGIN: Final = "laydown"
LABEL: Final = "Laydown's own file"
MADE: Final = ("forces", "kinds")
"""Tables that are made of names: a folder's own rows are left alone."""


def table_of(sheet: Sheet) -> Table | None:
    """Return the table whose rows a sheet holds; None where it is none of Laydown's."""
    if sheet.tags or not sheet.has("id"):
        return None
    fitting = []
    for table in TABLES:
        fields = table.row.model_fields
        if sheet.has(*(name for name, field in fields.items() if field.is_required())):
            fitting.append((sum(name in fields for name in sheet.columns), table.name))
    return BY_NAME[max(fitting)[1]] if fitting else None


def is_own(sheets: Sequence[Sheet]) -> bool:
    """Say whether these are the sheets of a Laydown file: tables of it, with columns that an export derives."""
    derived = any(name.startswith(DERIVED) for sheet in sheets for name in sheet.columns)
    return derived and any(table_of(sheet) for sheet in sheets)


def tables_from(sheets: Sequence[tuple[Sheet, Report]], known: Known) -> Tables:
    """Return the tables of a Laydown file, each with its own columns."""
    found: Tables = {}
    named: dict[str, dict[str, str]] = {"forces": {}, "kinds": {}}
    for sheet, report in sheets:
        table = table_of(sheet)
        report.format, report.rows = LABEL, len(sheet)
        if table is None:
            report.said.append("Not imported: it is no table of the data.")
            continue
        own = [name for name in sheet.columns if name in table.row.model_fields]
        others = [name for name in sheet.columns if name not in own]
        report.taken += [Taken(name, f"{table.name}, {name}") for name in own]
        if others:
            report.said.append(f"Left out, as Laydown derives it or does not know it: {', '.join(others)}")
        rows = pd.DataFrame({name: pd.Series(sheet.column(name).whole(), dtype="str") for name in own})
        found[table.name] = pd.concat([found[table.name], rows]).fillna("") if table.name in found else rows
        _collect(sheet, table, named)
    if not found:
        raise RefusedError("No table of the data was found in the file")
    report = sheets[-1][1]
    complete = _complete(found, named, known)
    _mend(complete, known, report)
    if "presence" not in complete and len(complete.get("sites", ())):
        report.said.append("Who held the sites is not in this file: their presence is not imported.")
    return {table.name: complete[table.name] for table in TABLES if table.name in complete}


def _collect(sheet: Sheet, table: Table, named: Mapping[str, dict[str, str]]) -> None:
    """Note the names of forces and kinds that stand beside their ids."""
    for column, ref in refs(table).items():
        if ref.table not in named or not sheet.has(column):
            continue
        names = sheet.column(f"{DERIVED}{column}_name").whole()
        for ids, called in dict.fromkeys(zip(sheet.column(column).whole(), names, strict=True)):
            parts, words = _parts(ids), _parts(called)
            of_tolls = [part.split(" ")[0] for part in parts]
            for number, id_ in enumerate(of_tolls):
                name = words[number] if len(words) == len(parts) else ""
                if name or id_ not in named[ref.table]:
                    named[ref.table][id_] = name or named[ref.table].get(id_, "") or id_


def _complete(found: Tables, named: Mapping[str, Mapping[str, str]], known: Known) -> Tables:
    """Return the tables with those that the file has not: forces, kinds, sources, sites, incidents."""
    tables = dict(found)
    for name, column in (("forces", "name"), ("kinds", "label")):
        file = tables[name] if name in tables else frame(name, [])
        there = set(file["id"]) | known.ids.get(name, frozenset())
        looks = free_looks(
            known.looks | set(zip(file["shape"], file["colour"], strict=True)) if name == "kinds" else ()
        )
        colours = free_colours(known.colours | set(file["colour"].str.lower()))
        rows = []
        for id_, called in named[name].items():
            if id_ not in there:
                shape, colour = next(looks) if name == "kinds" else ("", next(colours))
                rows.append({"id": id_, column: called, "shape": shape, "colour": colour})
        tables[name] = pd.concat([tables[name], frame(name, rows)]).fillna("") if name in tables else frame(name, rows)
    if "sources" not in tables:
        cited = dict.fromkeys(
            id_ for rows in found.values() for cell in rows.get("sources", ()) for id_ in _parts(cell)
        )
        fresh = [id_ for id_ in cited if id_ not in known.ids.get("sources", ())]
        stubs = [
            {"id": id_, "publisher": id_, "title": "Cited in an exported file", "kind": "secondary"} for id_ in fresh
        ]
        tables["sources"] = frame("sources", stubs)
    for name in ("sites", "incidents"):
        tables.setdefault(name, frame(name, []))
    return tables


def _mend(tables: Tables, known: Known, report: Report) -> None:
    """Leave out references to rows that the file and the folder have not."""
    ids = {name: set(rows["id"]) | known.ids.get(name, frozenset()) for name, rows in tables.items()}
    for table, rows in tables.items():
        for column, ref in refs(BY_NAME[table]).items():
            if column not in rows or ref.table in MADE or ref.table == "sources":
                continue
            if ref.table == "rows":
                kept = [_there(cell, ids) for cell in rows[column]]
                lost = len(kept) - sum(kept)
                tables[table] = rows = rows[np.array(kept, dtype=bool)] if len(kept) else rows
            else:
                missing = (rows[column] != "") & ~rows[column].isin(ids.get(ref.table, set()))
                lost = int(missing.sum())
                rows.loc[missing, column] = ""
            if lost:
                report.said.append(
                    f"{table}, {column}: {lost:,} name a row that is not in the file, and do so no more."
                )


def _there(row: str, ids: Mapping[str, set[str]]) -> bool:
    prefix, _, id_ = row.partition(":")
    return id_ in ids.get(ROW_TABLES.get(prefix, ""), ())


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def terms_of(sheets: Sequence[Sheet]) -> tuple[str, Terms]:
    """Return the title of the data set and its terms, as the workbook's sheet About has them."""
    told: dict[str, list[str]] = {}
    for sheet in sheets:
        if table_of(sheet) is None and len(sheet.columns) == 2:
            for label, text in _pairs(sheet):
                told.setdefault(label, []).append(text)
    licence = next(iter(told.get("Licence", [])), "")
    title = next(iter(told.get("Data set", [])), "")
    return title, Terms("Laydown", licence, tuple(told.get("Credits", [])), "", "", "")


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    label, text = sheet.columns
    yield label, text
    yield from zip(sheet.column(label).whole().tolist(), sheet.column(text).whole().tolist(), strict=True)
