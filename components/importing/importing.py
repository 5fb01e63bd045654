"""The whole way: files' bytes → a folder's new rows and a report, then the folder written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from components.catalog.columns import objects
from components.catalog.dataset import FILE as DATASET
from components.catalog.method import FILE as METHOD
from components.importing.building import Tables, tables_of
from components.importing.documents import dataset_toml, method_md
from components.importing.events import Events, joined
from components.importing.folder import Change, changes, known_of, origins, unchanged, write
from components.importing.format import Format
from components.importing.formats import BY_KEY, recognised
from components.importing.limits import RefusedError
from components.importing.reading import read
from components.importing.report import Report
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
class Plan:
    """What an import would do to a folder."""

    origin: str
    changes: tuple[Change, ...]
    documents: Mapping[str, str]
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
    files: Iterable[tuple[str, bytes]], key: str = "", chosen: Mapping[str, str] | None = None
) -> Interpreted:
    """Return the events of files given by name and content.

    ``key`` names their format; ``chosen`` are columns by what they are about, such as ``{"start": "Datum"}``.

    Raise RefusedError where a file cannot be read, is of no known format, or of another than the first.
    """
    found: list[tuple[Format, Sheet, Report]] = []
    for name, content in files:
        for sheet, report in read(content, name):
            one, named = recognised(sheet, key, chosen)
            label = f"{sheet.sort}: {one.label}" if sheet.sort else f"HXL: {one.label}" if sheet.tags else one.label
            report.format, report.rows = label, len(sheet)
            found.append((one, named, report))
    formats = {one.key: one for one, _, _ in found}
    if len(formats) != 1:
        said = "; ".join(f"{report.file} is {one.label}" for one, _, report in found)
        raise RefusedError(f"Import one format at a time: {said}")
    [format_] = formats.values()
    events = [format_.events(sheet, report) for _, sheet, report in found]
    lines = objects([f"{sheet.file}:{number}" for _, sheet, _ in found for number in sheet.numbers.tolist()])
    return Interpreted(format_, joined(events), lines, tuple(report for _, _, report in found))


def plan(interpreted: Interpreted, folder: Path, drop: bool = False) -> Plan:
    """Return what the import does to ``folder``, which need not be there; nothing is written."""
    one = interpreted.format
    report = interpreted.reports[-1]
    tables: Tables = tables_of(interpreted.events, interpreted.lines, one.key, known_of(folder), report)
    found = changes(tables, folder, one.key, drop)
    incidents = next(change.rows for change in found if change.table == "incidents")
    terms = [BY_KEY[key].terms for key in dict.fromkeys((*origins(folder), one.key)) if key in BY_KEY]
    made = {DATASET: dataset_toml(incidents, terms), METHOD: method_md(terms)}
    documents = {name: text for name, text in made.items() if unchanged(folder, name)}
    for name in made.keys() - documents.keys():
        report.said.append(f"{name} was changed by hand and is left as it is; licence: {one.terms.licence}")
    return Plan(one.key, tuple(found), documents, interpreted.reports, folder)


def carry_out(planned: Plan) -> None:
    """Write what was planned."""
    write(planned.changes, planned.folder, planned.origin, planned.documents)
