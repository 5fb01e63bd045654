"""The whole way: files' bytes → a folder's new rows and a report, then the folder written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from components.catalog.columns import objects
from components.importing import areas, control
from components.importing.about import EVENTS, documents, event_terms
from components.importing.areas import area_tables, is_areas
from components.importing.building import Tables, tables_of
from components.importing.control import control_tables, holder_of
from components.importing.documents import part_of
from components.importing.events import Events, joined
from components.importing.folder import changes, known_of, write
from components.importing.format import Format
from components.importing.formats import recognised
from components.importing.limits import RefusedError
from components.importing.merging import Change
from components.importing.mojibake import mended
from components.importing.own import MADE, ORIGIN, is_own, table_of, tables_from, terms_of
from components.importing.reading import read
from components.importing.report import Report
from components.importing.roles import Chosen
from components.importing.sheet import Sheet, Values

LISTED: Final = 10
"""Ids that are named of rows that were added, changed and so on."""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """Files as events, all of one format."""

    format: Format
    events: Events
    lines: Values
    """Of each event where it stands, ``file:line``."""
    reports: tuple[Report, ...]
    """One for each file or sheet."""


@dataclass(frozen=True, slots=True)
class Own:
    """Files that Laydown has written: rows of its tables already."""

    sheets: tuple[tuple[Sheet, Report], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A table of who holds what, or a map file of areas that say who holds them."""

    sheet: Sheet
    report: Report
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to a folder."""

    origin: str
    changes: tuple[Change, ...]
    documents: Mapping[str, str]
    """What to write beside the tables, by path."""
    reports: tuple[Report, ...]
    folder: Path

    @property
    def to_locate(self) -> bool:
        """Whether rows have a place and no coordinates."""
        return any(bool((change.rows["lat"] == "").any()) for change in self.changes if "lat" in change.rows)

    def text(self) -> str:
        """Return what it does, as lines for a terminal."""
        lines = [report.text() for report in self.reports]
        for change in self.changes:
            told = [
                (change.added, "added"),
                (change.changed, "changed"),
                (change.vanished, "no longer in the file"),
                (change.by_hand, "changed by hand and kept so"),
                (change.taken_out, "taken out by hand and left out"),
            ]
            if change.table == "incidents" or any(ids for ids, _ in told):
                counts = ", ".join(f"{len(ids):,} {what}" for ids, what in told if ids) or "nothing to change"
                lines.append(f"{change.table}: {counts}, {len(change.rows):,} in all.")
            for ids, what in told[1:]:
                if ids:
                    more = f", and {len(ids) - LISTED:,} more" if len(ids) > LISTED else ""
                    lines.append(f"  {what}: {', '.join(ids[:LISTED])}{more}")
        return "\n".join(lines)


def interpret(
    files: Iterable[tuple[str, bytes]], key: str = "", chosen: Chosen | None = None
) -> Interpreted | Own | Held:
    """Return the events of files given by name and content; or what they hold that is none of events.

    ``key`` names their format; ``chosen`` are columns by what they are about, such as ``{"start": "Datum"}``.

    Raise RefusedError where a file cannot be read, is of no known format, or of another than the first.
    """
    sheets = [(sheet, report) for name, content in files for sheet, report in read(content, name)]
    if not key and not chosen and is_own([sheet for sheet, _ in sheets]):
        return Own(tuple(sheets))
    sheets = [(mended(sheet, report), report) for sheet, report in sheets]
    if not key and len(sheets) == 1 and holder_of(sheets[0][0]) and _is_any_table(sheets[0][0]):
        return Held(*sheets[0], chosen or {})
    found = [(*recognised(sheet, key, chosen), report) for sheet, report in sheets]
    if any(not one.any_table for one, _, _ in found):
        # Beside the sheet that is of a known format a workbook may have others, such as a code book.
        _leave_out([report for one, sheet, report in found if one.any_table and sheet.several])
        found = [(one, sheet, report) for one, sheet, report in found if not (one.any_table and sheet.several)]
    formats = {one.key: one for one, _, _ in found}
    if len(formats) != 1:
        said = "; ".join(f"{report.file} is {one.label}" for one, _, report in found)
        raise RefusedError(f"Import one format at a time: {said}")
    events, lines = [], []
    left_out: list[Report] = []
    for one, sheet, report in found:
        label = f"{sheet.sort}: {one.label}" if sheet.sort else f"HXL: {one.label}" if sheet.tags else one.label
        report.format, report.rows = label, len(sheet)
        try:
            events.append(one.events(sheet, report))
        except RefusedError:
            if not sheet.several:
                raise
            left_out.append(report)
            continue
        lines += [f"{sheet.file}:{number}" for number in sheet.numbers.tolist()]
    if not events:
        raise RefusedError(
            f"{found[0][1].file} and what is beside it: no sheet has dates and places. Say: --map start=…"
        )
    _leave_out(left_out)
    reports = sorted((report for _, report in sheets), key=lambda report: report in left_out or not report.taken)
    return Interpreted(found[0][0], joined(events), objects(lines), tuple(reports))


def _is_any_table(sheet: Sheet) -> bool:
    return recognised(sheet)[0].any_table


def _leave_out(reports: Iterable[Report]) -> None:
    for report in reports:
        report.format = report.format or "another table"
        report.said.append("Not imported: no events were found in it.")


def plan(interpreted: Interpreted | Own | Held, folder: Path, drop: bool = False) -> Plan:
    """Return what the import does to ``folder``, which need not be there; nothing is written."""
    if isinstance(interpreted, Held) and is_areas(interpreted.sheet):
        return _plan_areas(interpreted, folder, drop)
    if isinstance(interpreted, Held):
        return _plan_held(interpreted, folder, drop)
    if isinstance(interpreted, Own):
        return _plan_own(interpreted, folder, drop)
    one, reports, events, lines = (interpreted.format, interpreted.reports, interpreted.events, interpreted.lines)
    report = reports[0]
    tables: Tables = tables_of(events, lines, one.key, known_of(folder), report)
    del interpreted, events, lines  # of many rows they hold half of all memory, and are told by the tables now
    found = changes(tables, folder, one.key, drop)
    incidents = next(change.rows for change in found if change.table == "incidents")
    terms = event_terms(folder, one.key)
    told = documents(folder, part_of(EVENTS, incidents, terms), terms, report)
    return Plan(one.key, tuple(found), told, reports, folder)


def _plan_own(own: Own, folder: Path, drop: bool) -> Plan:
    sheets = [sheet for sheet, _ in own.sheets]
    tables = tables_from(own.sheets, known_of(folder))
    cited = any(table is not None and table.name == "sources" for table in map(table_of, sheets))
    found = changes(tables, folder, ORIGIN, drop, MADE if cited else (*MADE, "sources"))
    incidents = next(change.rows for change in found if change.table == "incidents")
    title, terms = terms_of(sheets)
    reports = tuple(report for _, report in own.sheets)
    told = documents(folder, part_of(ORIGIN, incidents, [terms], title=title), [], reports[0])
    return Plan(ORIGIN, tuple(found), told, reports, folder)


def _plan_areas(held: Held, folder: Path, drop: bool) -> Plan:
    tables = area_tables(held.sheet, held.report, known_of(folder), held.chosen)
    found = changes(tables, folder, areas.ORIGIN, drop, ("sources", "forces", "kinds", "sites", "incidents"))
    rows = next(change.rows for change in found if change.table == "areas")
    about = rows[["start", "end"]].assign(country="")
    subtitle = f"{len(rows):,} areas, by {held.sheet.file}"
    part = part_of(areas.ORIGIN, about, [areas.TERMS], "Who holds which area", subtitle)
    return Plan(areas.ORIGIN, tuple(found), documents(folder, part, [], held.report), (held.report,), folder)


def _plan_held(held: Held, folder: Path, drop: bool) -> Plan:
    tables = control_tables(held.sheet, held.report, known_of(folder), held.chosen)
    found = changes(tables, folder, control.ORIGIN, drop, ("sources", "forces", "kinds", "incidents"))
    rows = {change.table: change.rows for change in found}
    dates = pd.concat([rows["presence"][name] for name in ("start", "end", "first_confirmed", "last_confirmed")])
    about = pd.concat([rows["sites"][["country"]], pd.DataFrame({"start": dates})]).fillna("")
    about = about.assign(end="", country=about["country"].where(about["country"] != control.NO_COUNTRY, ""))
    subtitle = f"{len(rows['sites']):,} places, by {held.sheet.file}"
    part = part_of(control.ORIGIN, about, [control.TERMS], "Who holds what", subtitle)
    return Plan(control.ORIGIN, tuple(found), documents(folder, part, [], held.report), (held.report,), folder)


def carry_out(planned: Plan) -> None:
    """Write what was planned."""
    write(planned.changes, planned.folder, planned.origin, planned.documents)
