"""Areas that say who holds them, from a map file → areas, and what they refer to.

With a date of its end an area was held from one to the other. With one date it is what was seen on that day: of several
of one name the next one takes its place, and the last is held on as far as known.
"""

from typing import Any, Final

import pandas as pd

from components.catalog.records import records
from components.importing.building import Known, Tables, frame, slug
from components.importing.cells import date_of, day_first, identifier, known, line
from components.importing.control import change, forces_of, holder_of
from components.importing.events import Terms
from components.importing.limits import UnclearError
from components.importing.map_files import OUTLINE
from components.importing.report import Report, Taken
from components.importing.roles import Chosen, roles_of
from components.importing.sheet import Sheet

ORIGIN: Final = "areas"
LABEL: Final = "areas: outlines with who holds them"
SOURCE: Final = "areas-file"
TERMS: Final = Terms(
    publisher="",
    licence="",
    credits=(),
    confidence="The imported file does not rate how sure it is who held an area, so each has medium confidence.",
    precision="Outlines are as the file has them; those of very many points are simplified.",
    dates="An area with one date is what was seen on that day; another outline of the same name takes its place.",
)


def is_areas(sheet: Sheet) -> bool:
    """Say whether a map file holds areas that say who holds them."""
    return sheet.has(OUTLINE) and bool(holder_of(sheet))


def area_tables(sheet: Sheet, report: Report, there: Known, chosen: Chosen) -> Tables:
    """Return areas and what they refer to; UnclearError where no column says when."""
    column = {key: names[0] for key, names in roles_of(sheet, chosen).items()}
    holder = holder_of(sheet)
    report.format, report.rows = f"{sheet.sort}: {LABEL}", len(sheet)
    used = {OUTLINE: "areas, geometry", holder: "areas, force"}
    used |= {column[key]: f"areas, {name}" for key, name in _USED if key in column}
    report.taken += [Taken(name, used.get(name, "nothing: areas have no further fields")) for name in sheet.columns]
    if "start" not in column:
        question = f"{sheet.file} has areas, but no column says when they were held"
        raise UnclearError(f"{question}. Say which it is: --map start=COLUMN", question, tuple(report.taken))
    first = day_first(sheet.distinct(column["start"])) is not False
    called = column.get("title") or column.get("place", "")
    rows = pd.DataFrame(
        {
            "id": sheet.each(identifier, column.get("id", "")),
            "name": sheet.each(lambda text: line(known(text), 300), called),
            "holder": sheet.each(lambda text: line(known(text), 300), holder),
            "start": sheet.each(lambda text: date_of(text, first), column["start"], report=report),
            "end": sheet.each(lambda text: date_of(text, first), column.get("end", ""), report=report),
            "note": sheet.column(column.get("summary", "")).whole(),
            "geometry": sheet.column(OUTLINE).whole(),
            "line": sheet.numbers,
        }
    )
    points = rows["geometry"] == ""
    report.note("left out: a point beside areas", rows["line"][points].tolist())
    rows = rows[~points]
    incomplete = (rows["holder"] == "") | (rows["start"] == "")
    report.note("left out: no holder or no date", rows["line"][incomplete].tolist())
    rows = rows[~incomplete]
    ids, forces = forces_of(rows["holder"], there)
    source = {"id": SOURCE, "publisher": sheet.file, "title": "Imported map of who holds which area"}
    return {
        "sources": frame("sources", [{**source, "kind": "secondary"}]),
        "forces": frame("forces", forces),
        "kinds": frame("kinds", []),
        "sites": frame("sites", []),
        "areas": frame("areas", _areas(rows, ids)),
        "incidents": frame("incidents", []),
    }


_USED: Final = (
    ("id", "id"),
    ("place", "name"),
    ("title", "name"),
    ("start", "start"),
    ("end", "end"),
    ("summary", "note"),
)


def _areas(rows: pd.DataFrame, ids: dict[str, str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    used: dict[str, int] = {}
    latest: dict[str, dict[str, str]] = {}
    for row in records(rows.sort_values("start", kind="stable")):
        area = _area(row, ids)
        before = latest.get(row.name) if row.name else None
        if before and not before["end"] and before["start"] < row.start:
            before["end"], before["last_confirmed"] = change(before["start"], row.start)[0], ""
        if row.name:
            latest[row.name] = area
        used[area["id"]] = used.get(area["id"], 0) + 1
        if used[area["id"]] > 1:
            area["id"] = f"{area['id']}-{used[area['id']]}"
        found.append(area)
    return found


def _area(row: Any, ids: dict[str, str]) -> dict[str, str]:
    return {
        "id": slug(row.id or " ".join(filter(None, (row.name, row.holder, row.start)))),
        "name": row.name or f"Area held by {row.holder}",
        "force": ids[row.holder],
        "start": row.start,
        "end": row.end,
        "last_confirmed": "" if row.end else row.start,
        "confidence": "medium",
        "note": row.note,
        "geometry": row.geometry,
        "sources": SOURCE,
    }
