"""Cells as people write them: numbers, coordinates, dates in several languages → as Laydown's tables have them."""

import math
import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from components.catalog.dates import parse_date
from components.catalog.names import fold
from components.catalog.tables import MAX_CELL
from components.importing.limits import NotUnderstoodError

UNKNOWN: Final = frozenset({"", "-1", "na", "n/a", "nan", "null", "none", "unknown", "no information", "-", "–"})
"""What a cell holds that says nothing, in small letters."""
CUT: Final = " … (cut)"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MONTHS: Final = (
    "january jan janvier janv enero ene ocak oca يناير كانون_الثاني",
    "february feb fevrier fevr febrero subat sub فبراير شباط",
    "march mar mars marzo mart مارس اذار",
    "april apr avril avr abril abr nisan nis ابريل نيسان",
    "may mai mayo mayis مايو ايار",
    "june jun juin junio haziran haz يونيو حزيران",
    "july jul juillet juil julio temmuz tem يوليو تموز",
    "august aug aout agosto ago agustos agu اغسطس اب",
    "september sep sept septembre septiembre setiembre eylul eyl سبتمبر ايلول",
    "october oct octobre octubre ekim eki اكتوبر تشرين_الاول",
    "november nov novembre noviembre kasim kas نوفمبر تشرين_الثاني",
    "december dec decembre diciembre dic aralik ara ديسمبر كانون_الاول",
)
"""Names of months, folded: English, French, Spanish, Turkish, Arabic (of Egypt, and of the Levant)."""
_MONTH: Final = {
    fold(name.replace("_", " ")): number for number, names in enumerate(_MONTHS, 1) for name in names.split()
}
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]+\d{1,2}:\d{2}.*)?", re.ASCII)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ,]+\d{1,2}:\d{2}.*)?", re.ASCII)
_NAMED: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s.,-]+(?:de +)?)?([^\W\d_][^\d]*?)[\s.,-]+(?:de +)?(\d{4}|\d{2})"
)
_NAMED_FIRST: Final = re.compile(r"([^\W\d_]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")


def clean(text: str) -> str:
    r"""Return a text without control characters, cut to what a cell may hold.

    >>> clean("one\r\ntwo")
    'one\ntwo'
    """
    if not text.isprintable():
        text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.strip()
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - len(CUT)] + CUT


def line(text: str, length: int = MAX_CELL) -> str:
    """Return a text on one line, cut to a length."""
    text = " ".join(clean(text).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def item(text: str) -> str:
    """Return a text that may stand in a list, where ; is the separator."""
    return line(text, 300).replace(";", ",")


def known(text: str) -> str:
    """Return a text, "" where it only says that nothing is known.

    >>> known("-1"), known("No Information"), known("Idlib")
    ('', '', 'Idlib')
    """
    return "" if text.casefold() in UNKNOWN else text


def whole(text: str) -> int | None:
    """Return a count, None where it is not known (blank, -1); NotUnderstoodError for what is none.

    >>> whole("12"), whole("12.0"), whole("-1"), whole("")
    (12, 12, None, None)
    """
    text = _digits(text)
    if not known(text):
        return None
    if text.casefold() in ("false", "true"):
        return int(text.casefold() == "true")
    number = _number(text)
    if number is None or number < 0 or number != int(number) or number > 10_000_000:
        raise NotUnderstoodError("a number that is no count of people or things")
    return int(number)


def degrees(text: str, limit: float) -> float:
    """Return degrees, NaN where they are not known; NotUnderstoodError beyond ``limit`` or for no number."""
    text = _digits(text)
    if text == "-1":  # it may be one: only with the other it is none
        return -1.0
    if not known(text):
        return math.nan
    number = _number(text.removesuffix("°"))
    if number is None:
        raise NotUnderstoodError("coordinates that are no numbers")
    if abs(number) > limit:
        raise NotUnderstoodError("coordinates beyond the Earth's (latitude 90, longitude 180)")
    return number


def point(lat_text: str, lon_text: str) -> tuple[float, float]:
    """Return latitude and longitude, NaN where they are not known.

    Neither 0, 0 nor -1, -1 is a place: programs write them where there is none.
    """
    lat, lon = degrees(lat_text, 90), degrees(lon_text, 180)
    if math.isnan(lat) and math.isnan(lon):
        return math.nan, math.nan
    if math.isnan(lat) or math.isnan(lon):
        raise NotUnderstoodError("one of latitude and longitude is missing")
    if lat == lon == 0:
        raise NotUnderstoodError("coordinates 0, 0, which stand for none")
    if lat == lon == -1:
        return math.nan, math.nan
    return lat, lon


def written_point(text: str) -> tuple[float, float]:
    """Return the point of a cell that holds both: ``33.5, 38.6`` (latitude first) or WKT, ``POINT (38.6 33.5)``."""
    if not known(text):
        return math.nan, math.nan
    numbers = re.findall(r"[-+]?\d+(?:\.\d+)?", _digits(text))
    if len(numbers) != 2:
        raise NotUnderstoodError("coordinates that are not two numbers")
    return point(*(reversed(numbers) if text.lstrip().upper().startswith("POINT") else numbers))


def identifier(text: str) -> str:
    """Return an id as it was before a spreadsheet made a number of it.

    >>> identifier("247997.0"), identifier("SYR1234")
    ('247997', 'SYR1234')
    """
    return re.sub(r"^(\d+)\.0+$", r"\1", text.strip())


def day_first(texts: list[str]) -> bool | None:
    """Say whether ``03/04/2026`` is a day first, by all dates of a column; None where nothing in it decides.

    >>> day_first(["03/04/2026", "25/04/2026"]), day_first(["03/04/2026", "04/25/2026"]), day_first(["03/04/2026"])
    (True, False, None)
    """
    pairs = [tuple(map(int, found.groups()[:2])) for text in texts if (found := _NUMERIC.fullmatch(_digits(text)))]
    if any(one > 12 for one, _ in pairs):
        return True
    if any(other > 12 for _, other in pairs):
        return False
    return None


def date_of(text: str, first: bool = True) -> str:
    """Return a date as the tables have it, "" for a blank; ``first``: 03/04/2026 is a day first.

    Days, months and years, ISO 8601 with or without a time, in numbers, and with the month's name in five languages.
    Raise NotUnderstoodError for anything else.

    >>> date_of("11 February 2026"), date_of("2016-03-01 00:00:00.000"), date_of("Mart 2024"), date_of("2026")
    ('2026-02-11', '2016-03-01', '2024-03', '2026')
    """
    text = _digits(text)
    if not known(text):
        return ""
    try:
        return _written_date(text, first)
    except ValueError:
        raise NotUnderstoodError("a date that is not understood") from None


@lru_cache(maxsize=65_536)
def _written_date(text: str, first: bool) -> str:
    if found := _ISO.fullmatch(text):
        return _valid(found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(text):
        day, month = (found[1], found[2]) if first else (found[2], found[1])
        return _valid(_year(found[3]), month, day)
    if found := _COMPACT.fullmatch(text):
        return _valid(*found.groups())
    if re.fullmatch(r"\d{4}(\.0)?", text):
        return parse_date(text[:4]).text
    if (found := _NAMED_FIRST.fullmatch(text)) and (number := _MONTH.get(fold(found[1]))):
        return _valid(found[3], str(number), found[2])
    if (found := _NAMED.fullmatch(text)) and (number := _MONTH.get(fold(found[2]))):
        return _valid(_year(found[3]), str(number), found[1])
    return parse_date(text).text


def _year(text: str) -> str:
    """Return a year of four digits: of two, that which is nearest to now, as spreadsheets take it."""
    return text if len(text) == 4 else f"{'20' if int(text) < 70 else '19'}{text}"


def _valid(year: str, month: str, day: str | None) -> str:
    return parse_date("-".join((year, f"{int(month):02}", *([f"{int(day):02}"] if day else [])))).text


def between(first: str, last: str) -> str:
    """Return "some day from ``first`` to ``last``": a day, a month or a year where it is all of one.

    >>> between("2026-02-01", "2026-02-28"), between("2026-02-03", "2026-02-05"), between("2026-02-03", "2026-02-03")
    ('2026-02', '2026-02-03..2026-02-05', '2026-02-03')
    """
    start, end = parse_date(first), parse_date(last)
    if end.last < start.first:
        raise NotUnderstoodError("an end before its start")
    for text in (first, first[:7], first[:4]):
        whole_one = parse_date(text)
        if (whole_one.first, whole_one.last) == (start.first, end.last):
            return text
    return f"{first}..{last}"


def week_of(day: str) -> str:
    """Return the days of a day's week, Monday to Sunday, of which it is one; raise NotUnderstoodError past 9999.

    >>> week_of("2026-02-11")
    '2026-02-09..2026-02-15'
    """
    when = date.fromisoformat(day)
    try:
        monday = when - timedelta(days=when.weekday())
        return f"{monday}..{monday + timedelta(days=6)}"
    except OverflowError:  # the last week of the year 9999
        raise NotUnderstoodError("a date that is not understood") from None


def epoch_day(seconds: str) -> str:
    """Return the day of a Unix time, "" for what is none.

    >>> epoch_day("1707955200")
    '2024-02-15'
    """
    number = int(seconds) if seconds.isascii() and seconds.isdigit() else _number(_digits(seconds))
    if number is None or not 0 < number < 4e9:
        return ""
    return (date(1970, 1, 1) + timedelta(days=int(number // 86_400))).isoformat()


def _digits(text: str) -> str:
    """Return a text with ASCII digits for those of other scripts."""
    text = " ".join(text.split())
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text).replace("−", "-")


def _number(text: str) -> float | None:
    """Return a number with a full stop or a comma before its decimals, or thousands apart; None for none."""
    text = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text, re.ASCII):
        text = text.replace(",", "")
    elif re.fullmatch(r"[-+]?\d+,\d+", text, re.ASCII):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?", text, re.ASCII | re.IGNORECASE):
        return None
    return float(text)
