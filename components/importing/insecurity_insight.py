"""Insecurity Insight's files on attacks on education, health care, aid and others: https://insecurityinsight.org."""

import re
from typing import Final

from components.catalog.columns import objects
from components.importing.cells import date_of, identifier, item, known, line, point, whole
from components.importing.events import Events, People, Source, Terms, same
from components.importing.format import Format, Use, further, numbers, parts
from components.importing.limits import NotUnderstoodError
from components.importing.report import Report
from components.importing.sheet import Sheet, Values
from components.importing.ucdp import PRECISION

PUBLISHER: Final = "Insecurity Insight"
COLUMNS: Final = (
    Use("date", "start"),
    Use("event_description", "title and summary"),
    Use("country", "country"),
    Use("country_iso", "left out: country says it"),
    Use("admin_1", "place, and kept in the card", "Province"),
    Use("latitude", "lat"),
    Use("longitude", "lon"),
    Use("geo_precision", "precision and radius_km", "Place is", lambda text: re.sub(r"^\(\d\)\s*", "", text)),
    Use("reported_perpetrator", "kept in the card", "Reported perpetrator"),
    Use("reported_perpetrator_name", "forces"),
    Use("sind_event_id", "id"),
)
_WORDS: Final = (("exact", "1"), ("25", "2"), ("admin 2", "3"), ("district", "3"), ("admin 1", "4"), ("province", "4"))


def _where(text: str) -> tuple[str, str]:
    """Return precision and radius of ``(2) 25 km Precision``, of ``Admin 1``, of ``censored``."""
    code = re.match(r"\((\d)\)", text)
    if code and code[1] in PRECISION:
        return PRECISION[code[1]]
    lower = text.lower()
    found = next((number for word, number in _WORDS if word in lower), "")
    if found:
        return PRECISION[found]
    if "censored" in lower:
        return "undisclosed", ""
    raise NotUnderstoodError("a geo precision that is not known: drawn as a country")


def _counts(sheet: Sheet) -> dict[str, Values]:
    """Return the columns that count something, as numbers; blank and False are 0."""
    declared = {use.column for use in COLUMNS}
    found = {}
    for name in sheet.columns:
        filled = sheet.distinct(name)
        if (
            name not in declared
            and filled
            and all(re.fullmatch(r"-1|\d{1,6}(\.0)?|true|false", one.lower()) for one in filled)
        ):
            found[name] = sheet.each(lambda cell: whole(cell) or 0, name)
    return found


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _kinds(counts: dict[str, Values], length: int) -> Values:
    """Return the kind of each event: the first count that is not 0."""
    kinds = ["Other"] * length
    for name, values in reversed(counts.items()):
        label = _words(name)
        for row, value in enumerate(values):
            if value:
                kinds[row] = label
    return objects(kinds)


def _people(counts: dict[str, Values], ending: str, length: int) -> Values:
    columns = [(_words(found[1]), values) for name, values in counts.items() if (found := re.fullmatch(ending, name))]
    return objects(
        [tuple(People(of, values[row], values[row]) for of, values in columns if values[row]) for row in range(length)]
    )


def _title(text: str) -> str:
    """Return the first sentence of a description, without the month before it.

    >>> _title("July 2023: two students were kidnapped. They were freed.")
    'Two students were kidnapped.'
    """
    bare = re.sub(r"^\w+ \d{4}: *", "", line(text))
    first = line(re.split(r"(?<=[.!?]) ", bare, maxsplit=1)[0], 140)
    return first[:1].upper() + first[1:] or "Event"


def events(sheet: Sheet, report: Report) -> Events:
    """Return the events of a file."""
    count = len(sheet)
    points = sheet.each(point, "latitude", "longitude", report=report, blank=(float("nan"),) * 2)
    where = sheet.each(_where, "geo_precision", report=report, blank=PRECISION["6"])
    counts = _counts(sheet)
    uses = (
        *COLUMNS,
        *(Use(name, "kind where it is the first that is not 0; kept in the card", _words(name),
              lambda cell: "" if not whole(cell) else cell) for name in counts),
    )  # fmt: skip
    id_column = next((name for name in sheet.columns if name.endswith("event_id")), "")
    return Events(
        id=sheet.each(identifier, id_column),
        title=sheet.each(_title, "event_description"),
        kind=_kinds(counts, count),
        start=sheet.each(date_of, "date", report=report),
        end=same("", count),
        lat=numbers(points, 0),
        lon=numbers(points, 1),
        precision=parts(where, 0),
        radius_km=parts(where, 1),
        place=sheet.each(
            lambda *names: line(", ".join(dict.fromkeys(filter(None, map(known, names)))), 300), "admin_1", "country"
        ),
        country=sheet.each(item, "country"),
        actors=sheet.each(lambda name: (known(name),) if known(name) else (), "reported_perpetrator_name"),
        killed=_people(counts, "(.*)_killed", count),
        wounded=_people(counts, "(.*)_(?:injured|wounded)", count),
        confidence=same("medium", count),
        summary=sheet.column("event_description").whole(),
        sources=same((Source(PUBLISHER, "Events data", "https://insecurityinsight.org", kind="aggregator"),), count),
        further=further(sheet, uses, report),
    )


INSECURITY_INSIGHT: Final = Format(
    key="insecurity-insight",
    label="Insecurity Insight",
    needs=frozenset({"date", "event_description", "country_iso", "geo_precision", "latitude", "longitude"}),
    columns=COLUMNS,
    terms=Terms(
        publisher=PUBLISHER,
        licence="Insecurity Insight's terms: see insecurityinsight.org",
        credits=("Insecurity Insight, insecurityinsight.org",),
        confidence="Insecurity Insight does not rate how sure an event is, so each row of it has medium confidence.",
        precision="Geo Precision (1) is drawn as a town, (2) as a circle of 25 km, (3) of 50, (4) and (5) of 100, "
        "(6), the country, of 300 km.",
        dates="The kind of an event is the first of the file's counts that is not 0; the others stand in its card.",
    ),
    events=events,
)
"""The declaration."""
