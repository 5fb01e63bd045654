"""ACLED's exports, before and after March 2023: https://acleddata.com, its codebook for what the codes mean."""

from typing import Final

from components.importing.actors import bare
from components.importing.cells import date_of, epoch_day, identifier, item, known, line, point, week_of, whole
from components.importing.events import NOT_STATED, Events, People, Source, Terms, same
from components.importing.format import Format, Use, further, numbers, parts
from components.importing.limits import NotUnderstoodError
from components.importing.report import Report
from components.importing.sheet import Sheet

PUBLISHER: Final = "ACLED"
_INTER: Final = {
    "1": "state forces",
    "2": "rebel group",
    "3": "political militia",
    "4": "identity militia",
    "5": "rioters",
    "6": "protesters",
    "7": "civilians",
    "8": "external or other forces",
}
_PRECISION: Final = {"1": ("town", ""), "2": ("district", "25"), "3": ("district", "100")}
"""By geo_precision: the place; near it or part of an area; a larger area. ACLED gives the point of a named place."""


def _inter(code: str) -> str:
    return known(_INTER.get(identifier(code), "" if code == "0" else code))


def _changed(seconds: str) -> str:
    return epoch_day(seconds)


def _no_deaths(fatalities: str) -> str:
    return "0 (none reported, which is not none known)" if whole(fatalities) == 0 else ""


_SAID: Final = "left out: {} says it"
COLUMNS: Final = (
    Use("event_id_cnty", "id"),
    Use("event_date", "start, as precise as time_precision"),
    Use("time_precision", "how wide start is: the day, its week, its month"),
    Use("event_type", "kind"),
    Use("sub_event_type", "title, and kept in the card", "Kind in detail"),
    Use("disorder_type", "kept in the card", "Disorder"),
    Use("actor1", "forces, without years", "Actor 1"),
    Use("actor2", "forces, without years", "Actor 2"),
    Use("assoc_actor_1", "kept in the card", "With actor 1"),
    Use("assoc_actor_2", "kept in the card", "With actor 2"),
    Use("inter1", "kept in the card", "Actor 1 is", _inter),
    Use("inter2", "kept in the card", "Actor 2 is", _inter),
    Use("civilian_targeting", "kept in the card", "Targeting"),
    Use("location", "place, title"),
    Use("admin1", "place, and kept in the card", "Province"),
    Use("admin2", "kept in the card", "District"),
    Use("admin3", "kept in the card", "Subdistrict"),
    Use("country", "country"),
    Use("region", "kept in the card", "Region"),
    Use("latitude", "lat"),
    Use("longitude", "lon"),
    Use("geo_precision", "precision and radius_km"),
    Use("source", "sources, cited by ACLED"),
    Use("source_scale", "kept in the card", "Scale of sources"),
    Use("notes", "summary"),
    Use("fatalities", "killed, side not stated", "Fatalities", _no_deaths),
    Use("tags", "kept in the card", "Tags"),
    Use("timestamp", "kept in the card", "Last changed by ACLED", _changed),
    Use("year", _SAID.format("event_date")),
    Use("interaction", _SAID.format("inter1 and inter2")),
    Use("iso", _SAID.format("country")),
    Use("iso3", _SAID.format("country")),
    Use("data_id", _SAID.format("event_id_cnty")),
    Use("event_id_no_cnty", _SAID.format("event_id_cnty")),
)


def _start(day: str, precision: str) -> str:
    """Return the date of an event: its day, one day of its week, or its month."""
    start = date_of(day)
    if not start:
        raise NotUnderstoodError("no event_date")
    code = identifier(precision) or "1"
    if code not in ("1", "2", "3"):
        raise NotUnderstoodError("a time_precision that is none of 1, 2, 3")
    if len(start) < len("2026-02-11"):
        return start
    return {"1": start, "2": week_of(start), "3": start[:7]}[code]


def _where(code: str) -> tuple[str, str]:
    """Return precision and radius."""
    if not known(code):
        return _PRECISION["3"]
    try:
        return _PRECISION[identifier(code)]
    except KeyError:
        raise NotUnderstoodError("a geo_precision that is none of 1, 2, 3: drawn as a larger area") from None


def _title(detail: str, kind: str, one: str, other: str, location: str) -> str:
    who = " – ".join(bare(actor) for actor in (one, other) if known(actor))
    where = ", ".join(filter(None, (known(detail) or known(kind) or "Event", known(location))))
    return line(f"{where}: {who}" if who else where, 300)


def _killed(fatalities: str) -> tuple[People, ...]:
    """Return the number killed: 0 is none reported, which is not none known, and stands in the card."""
    count = whole(fatalities)
    return (People(NOT_STATED, count, count),) if count else ()


def _sources(names: str) -> tuple[Source, ...]:
    """Return whom ACLED cites, and ACLED."""
    cited = (Source(item(name), "Cited by ACLED", via=PUBLISHER) for name in names.split(";") if known(name.strip()))
    return (*dict.fromkeys(cited), _ITSELF)


_ITSELF: Final = Source(PUBLISHER, "ACLED data export", "https://acleddata.com", kind="aggregator")


def events(sheet: Sheet, report: Report) -> Events:
    """Return the events of an export."""
    count = len(sheet)
    id_column = "event_id_cnty" if sheet.has("event_id_cnty") else "data_id"
    points = sheet.each(point, "latitude", "longitude", report=report, blank=(float("nan"),) * 2)
    where = sheet.each(_where, "geo_precision", report=report, blank=_PRECISION["3"])
    place = sheet.each(
        lambda *parts: line(", ".join(dict.fromkeys(filter(None, map(known, parts)))), 300),
        "location",
        "admin1",
        "country",
    )
    return Events(
        id=sheet.each(identifier, id_column),
        title=sheet.each(_title, "sub_event_type", "event_type", "actor1", "actor2", "location"),
        kind=sheet.each(lambda text: line(known(text), 100) or "Not stated", "event_type"),
        start=sheet.each(_start, "event_date", "time_precision", report=report),
        end=same("", count),
        lat=numbers(points, 0),
        lon=numbers(points, 1),
        precision=parts(where, 0),
        radius_km=parts(where, 1),
        place=place,
        country=sheet.each(item, "country"),
        actors=sheet.each(
            lambda *names: tuple(dict.fromkeys(bare(name) for name in names if known(name))), "actor1", "actor2"
        ),
        killed=sheet.each(_killed, "fatalities", report=report, blank=()),
        wounded=same((), count),
        confidence=same("medium", count),
        summary=sheet.column("notes").whole(),
        sources=sheet.each(_sources, "source"),
        further=further(sheet, COLUMNS, report),
    )


ACLED: Final = Format(
    key="acled",
    label="ACLED export",
    needs=frozenset({"event_date", "event_type", "sub_event_type", "actor1", "latitude", "longitude"}),
    columns=COLUMNS,
    terms=Terms(
        publisher=PUBLISHER,
        licence="ACLED terms of use: attribution required, no republishing of raw data",
        credits=(
            "Armed Conflict Location & Event Data (ACLED), acleddata.com",
            "ACLED forbids republishing its raw data: neither this folder nor files made of it may be published",
        ),
        confidence="ACLED does not rate how sure an event is, so each row of it has medium confidence.",
        precision="ACLED gives the point of a named place. geo_precision 1 is drawn as a town, 2 as a circle of 25 km, "
        "3 as one of 100 km.",
        dates="time_precision 1 is the day, 2 one day of its week (Monday to Sunday), 3 the month. Fatalities are "
        "ACLED's estimate of all sides together; 0 is none reported, and is not told as none killed.",
    ),
    events=events,
)
"""The declaration."""
