"""UCDP's Georeferenced Event Dataset and Candidate events: https://ucdp.uu.se; its codebook has the codes."""

import re
from typing import Final

from components.importing.cells import between, date_of, identifier, item, known, line, point, whole
from components.importing.events import NOT_STATED, Events, People, Source, Terms, same
from components.importing.format import Format, Use, further, lines_of, numbers, parts
from components.importing.limits import NotUnderstoodError
from components.importing.report import Report
from components.importing.sheet import Sheet

PUBLISHER: Final = "UCDP"
CIVILIANS: Final = "Civilians"
_VIOLENCE: Final = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
PRECISION: Final = {
    "1": ("town", ""),
    "2": ("district", "25"),
    "3": ("district", "50"),
    "4": ("district", "100"),
    "5": ("district", "100"),
    "6": ("country", "300"),
    "7": ("district", "100"),
}
"""By where_prec: the place; near it; second-order and first-order unit; a stretch of land; country; sea, air."""
_WHERE: Final = {
    "1": "the place itself",
    "2": "within about 25 km of it",
    "3": "somewhere in the second-order unit",
    "4": "somewhere in the first-order unit",
    "5": "a stretch of land or of a river, or a fuzzy area",
    "6": "somewhere in the country",
    "7": "at sea or in the air",
}
_WHEN: Final = {"2": "2 to 6 days", "3": "a week", "4": "a month", "5": "more than a month, up to a year"}


def _place_words(code: str) -> str:
    return _WHERE.get(identifier(code), "")


def _date_words(code: str) -> str:
    return _WHEN.get(identifier(code), "")


_SAID: Final = "left out: {} says it"
COLUMNS: Final = (
    Use("id", "id"),
    Use("relid", "kept in the card", "UCDP's relid"),
    Use("date_start", "start, as wide as date_prec"),
    Use("date_end", "start, as wide as date_prec"),
    Use("date_prec", "how wide start is", "Date known to within", _date_words),
    Use("type_of_violence", "kind"),
    Use("conflict_name", "kept in the card", "Conflict"),
    Use("dyad_name", "left out: side_a and side_b say it"),
    Use("side_a", "forces"),
    Use("side_b", "forces"),
    Use("number_of_sources", "left out: the sources are listed"),
    Use("source_article", "sources: publisher, date and headline"),
    Use("source_office", _SAID.format("source_article")),
    Use("source_date", _SAID.format("source_article")),
    Use("source_headline", _SAID.format("source_article")),
    Use("source_original", "kept in the card", "Told by"),
    Use("where_prec", "precision and radius_km", "Place is", _place_words),
    Use("where_coordinates", "place, title"),
    Use("where_description", "kept in the card", "Place described"),
    Use("adm_1", "place, and kept in the card", "Province"),
    Use("adm_2", "kept in the card", "District"),
    Use("latitude", "lat"),
    Use("longitude", "lon"),
    Use("geom_wkt", _SAID.format("latitude and longitude")),
    Use("priogrid_gid", _SAID.format("latitude and longitude")),
    Use("country", "country"),
    Use("country_id", _SAID.format("country")),
    Use("iso3", _SAID.format("country")),
    Use("region", "kept in the card", "Region"),
    Use("event_clarity", "confidence: 2 is low"),
    Use("code_status", "confidence: anything but Clear is low", "Coding"),
    Use("deaths_a", "killed of side_a"),
    Use("deaths_b", "killed of side_b"),
    Use("deaths_civilians", "killed of civilians"),
    Use("deaths_unknown", "killed, side not stated"),
    Use("best", "killed, and kept in the card"),
    Use("high", "killed, at most"),
    Use("low", "killed, at least"),
    Use("year", _SAID.format("date_start")),
    Use("active_year", "kept in the card", "Active year"),
    *(Use(f"{name}_{id_}", _SAID.format("the name")) for name in ("conflict", "dyad", "side_a", "side_b")
      for id_ in ("new_id", "dset_id")),
    Use("gwnoa", _SAID.format("side_a")),
    Use("gwnob", _SAID.format("side_b")),
)  # fmt: skip


def _start(first: str, last: str, precision: str) -> tuple[str, str]:
    """Return start and end: a day, or one day of the span that the event lies in."""
    start = date_of(first)
    if not start:
        raise NotUnderstoodError("no date_start")
    end = date_of(last) or start
    if identifier(precision) in ("", "1"):
        if end < start:
            raise NotUnderstoodError("an end before its start")
        return start, "" if end == start else end
    return between(start, end), ""


def _where(code: str) -> tuple[str, str]:
    try:
        return PRECISION[identifier(code)]
    except KeyError:
        raise NotUnderstoodError("a where_prec that is none of 1 to 7: drawn as a country") from None


def _deaths(*cells: str) -> tuple[int, ...]:
    return tuple(whole(cell) or 0 for cell in cells)


def _killed(
    one: str, other: str, a: str, b: str, civilians: str, unknown: str, low: str, best: str, high: str
) -> tuple[People, ...]:
    """Return the killed by side where all numbers agree, else of all sides from the lowest to the highest."""
    sides = _deaths(a, b, civilians, unknown)
    told = [number for number in (whole(low), whole(best), whole(high)) if number is not None]
    least, most = min(told, default=sum(sides)), max(told, default=sum(sides))
    if not most:
        return ()
    if least == most == sum(sides):
        by_side: dict[str, int] = {}
        for name, number in zip((one, other, CIVILIANS, NOT_STATED), sides, strict=True):
            by_side[name] = by_side.get(name, 0) + number
        return tuple(People(known(name) or NOT_STATED, number, number) for name, number in by_side.items() if number)
    return (People(NOT_STATED, least, most),)


def _disordered(low: str, best: str, high: str) -> None:
    told = [number for number in (whole(low), whole(best), whole(high)) if number is not None]
    if told != sorted(told):
        raise NotUnderstoodError("low, best and high are not in order: the smallest and the largest were taken")


def _sides(one: str, other: str, a: str, b: str, civilians: str, unknown: str) -> str:
    """Return the killed of each side in words, for the card."""
    named = zip((one, other, CIVILIANS.lower(), "not stated"), _deaths(a, b, civilians, unknown), strict=True)
    return ", ".join(f"{name} {number}" for name, number in named if number)


def _best(best: str) -> str:
    number = whole(best)
    return "" if number is None else str(number)


def _summary(violence: str, one: str, other: str, place: str, best: str, low: str, high: str) -> str:
    kind = _VIOLENCE.get(identifier(violence), "Violence")
    who = " and ".join(name for name in (one, other) if known(name))
    number, least, most = (whole(cell) for cell in (best, low, high))
    wide = f", between {least} and {most}" if least is not None and most is not None and least < most else ""
    killed = "" if number is None else f" Killed, as UCDP estimates best: {number}{wide}."
    return line(f"{kind}: {who}. Place: {known(place) or 'not stated'}.{killed}")


def _title(violence: str, one: str, other: str, place: str) -> str:
    kind = _VIOLENCE.get(identifier(violence), "Violence")
    return line(f"{kind}, {known(place)}: {one} – {other}" if known(place) else f"{kind}: {one} – {other}", 300)


_ARTICLE: Final = re.compile(r'"([^"]*)"')


def _sources(articles: str, office: str) -> tuple[Source, ...]:
    """Return the articles, each written ``"publisher,date,headline"``, and UCDP."""
    found = []
    for article in _ARTICLE.findall(articles) or ([articles] if known(articles) else [office]):
        publisher, _, rest = article.partition(",")
        day, _, headline = rest.partition(",")
        try:
            published = date_of(day)
        except NotUnderstoodError:
            published, headline = "", rest
        if known(publisher.strip()):
            title = line(headline, 500) or "Cited by UCDP"
            found.append(Source(line(publisher, 200), title, published=published, via=PUBLISHER))
    return (*dict.fromkeys(found), _ITSELF)


_ITSELF: Final = Source(PUBLISHER, "UCDP events data", "https://ucdp.uu.se", kind="aggregator")


def events(sheet: Sheet, report: Report) -> Events:
    """Return the events of a release."""
    count = len(sheet)
    when = sheet.each(_start, "date_start", "date_end", "date_prec", report=report, blank=("", ""))
    points = sheet.each(point, "latitude", "longitude", report=report, blank=(float("nan"),) * 2)
    where = sheet.each(_where, "where_prec", report=report, blank=PRECISION["6"])
    deaths = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    sheet.each(_disordered, "low", "best", "high", report=report)
    more = [
        lines_of("Killed, best estimate", sheet.each(_best, "best")),
        lines_of("Killed by side", sheet.each(_sides, "side_a", "side_b", *deaths)),
    ]
    return Events(
        id=sheet.each(identifier, "id"),
        title=sheet.each(_title, "type_of_violence", "side_a", "side_b", "where_coordinates"),
        kind=sheet.each(lambda code: _VIOLENCE.get(identifier(code), "Not stated"), "type_of_violence"),
        start=parts(when, 0),
        end=parts(when, 1),
        lat=numbers(points, 0),
        lon=numbers(points, 1),
        precision=parts(where, 0),
        radius_km=parts(where, 1),
        place=sheet.each(
            lambda *names: line(", ".join(dict.fromkeys(filter(None, map(known, names)))), 300),
            "where_coordinates",
            "adm_1",
            "country",
        ),
        country=sheet.each(item, "country"),
        actors=sheet.each(lambda *names: tuple(dict.fromkeys(filter(None, map(known, names)))), "side_a", "side_b"),
        killed=sheet.each(_killed, "side_a", "side_b", *deaths, "low", "best", "high", report=report, blank=()),
        wounded=same((), count),
        confidence=sheet.each(
            lambda clarity, status: "low" if identifier(clarity) == "2" or status not in ("", "Clear") else "medium",
            "event_clarity",
            "code_status",
        ),
        summary=sheet.each(
            _summary, "type_of_violence", "side_a", "side_b", "where_coordinates", "best", "low", "high"
        ),
        sources=sheet.each(_sources, "source_article", "source_office"),
        further=further(sheet, COLUMNS, report, more),
    )


UCDP: Final = Format(
    key="ucdp",
    label="UCDP GED or Candidate events",
    needs=frozenset({"type_of_violence", "side_a", "side_b", "date_start", "date_end", "latitude", "longitude"}),
    columns=COLUMNS,
    terms=Terms(
        publisher=PUBLISHER,
        licence="CC BY 4.0",
        credits=(
            "Uppsala Conflict Data Program (UCDP), ucdp.uu.se",
            "Sundberg, Ralph and Erik Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of "
            "Peace Research 50(4); and the article of the release's year",
        ),
        confidence="UCDP's event_clarity 1 has medium confidence here, and 2 (reported in sum, or unclear) low.",
        precision="where_prec 1 is drawn as a town, 2 as a circle of 25 km, 3 of 50, 4, 5 and 7 of 100, 6 (the "
        "country) of 300 km.",
        dates="date_prec 1 is the day; else the event is told as one day of the span from date_start to date_end. "
        "Where low, best and high differ, the killed are told as a range of all sides together; the best estimate "
        "and each side's stand in the card.",
    ),
    events=events,
)
"""The declaration."""
