"""Words for people: dates, numbers and names as they read them, and what each value of the data is called.

The only place of such words. Those that the browser shows are sent to it with the rows, see ``browser_words``.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from components.catalog.dates import PartialDate, day_of
from components.catalog.tables import Toll

MONTHS = tuple(calendar.month_name)[1:]


class Wording(NamedTuple):
    """What a value is called in full, such as on a card, and in a few words, such as in a tooltip."""

    long: str
    short: str


PRECISION: Final[dict[str, Wording]] = {
    "site": Wording("exact site", ""),
    "town": Wording("town, the point is not the place itself", "town"),
    "district": Wording("district, somewhere within the circle", "district"),
    "country": Wording("whole country or region, no place within it is known", "whole area"),
    "undisclosed": Wording("undisclosed, somewhere within the dashed area", "undisclosed"),
}
"""How precisely a place is known, by tables.Precision."""
UNLOCATED: Final = "not located, so not on the map"

SITE_STATES: Final[dict[str, Wording]] = {
    "held": Wording("Held: {holders}", "held: {force}"),
    "handed-over": Wording("Handed over: {previous} → {holders}", "handed over: {previous} → {force}"),
    "vacated": Wording("Vacated: {previous} left, no one else is reported there", "vacated: {previous} left"),
    "former": Wording("No holder on record; formerly {previous}", "formerly {previous}"),
    "unknown": Wording("No holder on record", "no holder on record"),
}
"""How a site stands on the window's last day, by states.SiteState.status: templates of forces' names."""
POSSIBLY: Final = "possibly held"
POSSIBLY_HELD: Final = f"{POSSIBLY}: {{force}}"
"""The short form of a site that even its first holder only possibly holds."""
CERTAINTY: Final[dict[str, str]] = {"certain": "", "known": "as far as known", "possible": "possibly"}
"""How surely a force holds a site, by posture.Holder.certainty."""
CONFIDENCE: Final = "confidence {confidence}"
AREA: Final = "Area"
"""What the facts of a site are called that tell in which held area it lies."""
IN_AREA: Final = "In an area held by {holder}: {area}, {stay}, {confidence} ({publishers})"
PERHAPS: Final = "Perhaps"
PERHAPS_IN_AREA: Final = (
    "{perhaps} in an area held by {holders}: its place is not known finely enough to tell ({publishers})"
)
DISAGREE: Final = "sources disagree"
NOT_STATED: Final = "not stated"
PUBLIC_BY: Final = "only what was public by"
PUBLIC_BY_BRIEF: Final = "public by"
"""Before a day: what was published later is not shown; the second where there is little room."""
IN_VIEW: Final = "in this part of the map"
"""Of lists and counts that keep to what of the map is in view."""
ONLY_IN_VIEW: Final = "Only what is in view"
"""The switch that has them do so."""
UNSAID: Final = "What the record does not say"
ANYWHERE: Final = "anywhere in {place}"
"""Upon the map, below what happened somewhere in a country or region."""
UNNAMED_AREA: Final = "this area"
"""The same of an area that has no name."""
IN_SQUARE: Final = "in this square: zoom in to tell them apart"
"""Below how many incidents a square of the map stands for."""
RIVAL: Final = "claims this"
"""Upon the map, below who tells a place otherwise."""
ALIKE: Final = "Everything alike"
"""The switch that lets nothing on the map step back."""
UNDISCLOSED_SITE: Final = "site undisclosed"
"""Upon the map, below the name of a site of which nobody says where it is."""


def browser_words() -> dict[str, Any]:
    """Return the words that the map's frame shows of single rows, as data: short forms, and templates in braces."""
    return {
        "precision": {precision: wording.short for precision, wording in PRECISION.items()},
        "states": {status: wording.short for status, wording in SITE_STATES.items()},
        "possibly_held": POSSIBLY_HELD,
        "confidence": CONFIDENCE,
        "disagree": DISAGREE,
        "public_by": capital(PUBLIC_BY),
        "public_by_brief": PUBLIC_BY_BRIEF,
        "anywhere": ANYWHERE,
        "unnamed_area": UNNAMED_AREA,
        "in_square": IN_SQUARE,
        "undisclosed_site": UNDISCLOSED_SITE,
        "alike": ALIKE,
        "in_view": IN_VIEW,
        "only_in_view": ONLY_IN_VIEW,
        "rival": RIVAL,
    }


def precision_text(precision: str | None, radius_km: float) -> str:
    """Return how precisely a place is known; None: that it is not located.

    >>> precision_text("site", 0.5), precision_text("town", 5)
    ('exact site', 'town, the point is not the place itself (± 5 km)')
    """
    if precision is None:
        return UNLOCATED
    radius = "" if precision == "site" else f" (± {radius_km:,.0f} km)"
    return f"{PRECISION[precision].long}{radius}"


def confidence_text(confidence: str) -> str:
    """Return "confidence high"."""
    return CONFIDENCE.format(confidence=confidence)


def doing_text(status: str, role: str, unit: str) -> str:
    """Return what a force does at a site, and under what name: "garrison (Maghawir al-Thawra)", "drawing down"."""
    doing = status.replace("-", " ") if status != "present" else role
    return f"{doing} ({unit})" if unit else doing


def place_text(admin1: str, countries: Iterable[str]) -> str:
    """Return "Gao, Mali"; a place on a border is in both countries: "Mali / Niger"."""
    return ", ".join(part for part in (admin1, " / ".join(countries)) if part)


def when_text(start: PartialDate, end: PartialDate | None) -> str:
    """Return when something happened, and that its day is not known where that is so."""
    return f"{span_text(start, end)}{' (the day is not known)' if start.first != start.last else ''}"


def number_text(low: float | None, high: float | None, unit: str) -> str:
    """Return "20 or more people", "not stated" where no number is."""
    number = range_text(low, high)
    return f"{number} {unit}" if number else NOT_STATED


def capital(text: str) -> str:
    """Return ``text`` with a capital letter first."""
    return f"{text[:1].upper()}{text[1:]}"


def day_text(day: date) -> str:
    """Return a day in full.

    >>> day_text(date(2026, 2, 11))
    '11 February 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Return a day with its month cut short.

    >>> short_day(date(2026, 2, 11))
    '11 Feb 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def period_text(unit: str, first: date) -> str:
    """Return what a day, a week, a month or a year is called that begins on a day.

    >>> [period_text(unit, date(2026, 2, 9)) for unit in ("day", "week", "month", "year")]
    ['9 Feb 2026', 'week of 9 Feb 2026', 'February 2026', '2026']
    """
    match unit:
        case "month":
            return f"{MONTHS[first.month - 1]} {first.year}"
        case "year":
            return str(first.year)
        case _:
            return f"week of {short_day(first)}" if unit == "week" else short_day(first)


def date_text(partial: PartialDate) -> str:
    """Return a partial date, as precise as it is written: "11 February 2026", "February 2026" or "2026".

    One day of a stretch is "29 or 30 September 2026", or "some day between March and September 2026".

    >>> date_text(parse_date("2026-02")), date_text(parse_date("2026-09-29..2026-09-30"))
    ('February 2026', '29 or 30 September 2026')
    """
    if partial.ends:
        return f"{'' if _two_days(partial) else 'some day between '}{_either(partial, *partial.ends)}"
    day = day_of(partial.first)
    match partial.text.count("-"):
        case 2:
            return day_text(day)
        case 1:
            return f"{MONTHS[day.month - 1]} {day.year}"
        case _:
            return str(day.year)


def on_text(partial: PartialDate) -> str:
    """Return "on 11 February 2026", "in February 2026", "in 2026" or "between March and September 2026"."""
    if partial.ends:
        return f"{'on' if _two_days(partial) else 'between'} {_either(partial, *partial.ends)}"
    return f"{'on' if partial.text.count('-') == 2 else 'in'} {date_text(partial)}"


def stretch_text(start: PartialDate, end: PartialDate) -> str:
    """Return "from 21 February to 11 March 2026", "on 17 January 2026" where both are one, "in 2025"."""
    if start == end:
        return on_text(start)
    return f"from {_shortened(date_text(start), date_text(end))} to {date_text(end)}"


def between_text(start: date, end: date) -> str:
    """Return "1 and 31 March 2021", "10 November 2025 and 30 September 2026": what two days have in common once."""
    ended = day_text(end)
    return f"{_shortened(day_text(start), ended)} and {ended}"


def _shortened(begun: str, ended: str) -> str:
    """Return the first of two dates without what both have, the month and the year or the year: it is said once."""
    for shared in (ended.partition(" ")[2], ended[-4:]):
        if shared and begun != shared and begun.endswith(f" {shared}"):
            return begun.removesuffix(f" {shared}")
    return begun


def _two_days(partial: PartialDate) -> bool:
    return partial.last == partial.first + 1


def _either(partial: PartialDate, first: PartialDate, last: PartialDate) -> str:
    """Return the ends of a stretch of which a date is one day: "29 or 30 September 2026", "March and May 2026"."""
    ended = date_text(last)
    return f"{_shortened(date_text(first), ended)} {'or' if _two_days(partial) else 'and'} {ended}"


def time_text(days: int) -> str:
    """Return "90 days", or "a year" for 365 of them."""
    return "a year" if days == 365 else count_text(days, "day")


def sentence(clause: str) -> str:
    """Return a clause as a sentence: it begins with a capital and ends with a full stop."""
    return f"{capital(clause)}."


def listed(items: Sequence[str]) -> str:
    """Return an enumeration.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def span_text(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return when something happened: one date, or from one to another."""
    if start and (end is None or end == start):
        return date_text(start)
    return f"{date_text(start) if start else 'unknown'} – {date_text(end) if end else ''}".rstrip(" –")


def since_text(word: str, start: PartialDate | None, first_confirmed: PartialDate | None) -> str:
    """Return since when something was so, begun by ``word``: "since 2018", "since November 2023 at the latest"."""
    if start is None and first_confirmed is not None:
        return f"{word} {date_text(first_confirmed)} at the latest"
    return f"{word} {date_text(start)}" if start else f"{word} an unknown date"


def stay_text(
    start: PartialDate | None,
    end: PartialDate | None,
    confirmed: PartialDate | None,
    first_confirmed: PartialDate | None = None,
) -> str:
    """Return how long something was so, never surer than it is.

    >>> stay_text(parse_date("2018"), None, parse_date("2022-09"))
    'from 2018, last confirmed September 2022'
    """
    begin = since_text("from", start, first_confirmed)
    if end:
        return f"{begin} to {date_text(end)}"
    return f"{begin}, last confirmed {date_text(confirmed)}" if confirmed else f"{begin}, no end reported"


def unreported_text(searched: PartialDate, whose: str = "their") -> str:
    """Return what is said of an open presence whose end was looked for up to a date, and no report of it was found."""
    return f"no report of {whose} leaving was found up to {date_text(searched)}"


def range_text(low: float | None, high: float | None) -> str:
    """Return a low–high range; "" where nothing is said.

    >>> [range_text(3, 3), range_text(241, 300), range_text(20, None), range_text(None, 1000)]
    ['3', '241–300', '20 or more', 'up to 1,000']
    """
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low:,.0f} or more"
    if low is None:
        return f"up to {high:,.0f}"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def moved_text(moved: str, what: str) -> str:
    """Return what moved, the sources' words with it: "troops and equipment", "equipment: trucks", "detainees"."""
    return what if moved in what else f"{moved}: {what}" if what else moved


def brief_name(name: str) -> str:
    """Return a site's name without what stands in brackets."""
    return re.sub(r" \(.*\)$", "", name)


def end_text(names: Mapping[str, str], place: str) -> str:
    """Return what an end of a movement is called on the map: its site's name, of ``names`` by id, or "somewhere in"."""
    if place in names:
        return brief_name(names[place])
    return f"somewhere in {place.partition(',')[0]}" if place else ""


def tolls_text(tolls: Iterable[Toll], names: Mapping[str, str]) -> str:
    """Return "United States 3, Islamic State 241–300"; ``names`` are the forces' by id."""
    return ", ".join(f"{names[toll.force]} {range_text(toll.low, toll.high)}" for toll in tolls)


def count_text(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> count_text(1, "incident"), count_text(1204, "incident")
    ('1 incident', '1,204 incidents')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def census_text(incidents: int, chosen: str) -> str:
    """Return what no count of the incidents may be taken for; ``chosen`` is as ``incidents`` of dataset.toml.

    >>> census_text(192, "selected")
    '192 selected incidents, not a census'
    """
    return f"{count_text(incidents, f'{chosen} incident')}, not a census"
