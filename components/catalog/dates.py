"""Partial dates: a day, a month or a year, whose precision is how much of it is written, or one day of a stretch.

The form ``2026-09-29..2026-09-30``, for 29 or 30 September, is that of the Extended Date/Time Format (ISO 8601-2) for
"one of these", without its brackets.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

EPOCH = date(1970, 1, 1)
BETWEEN = ".."
PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?(\.\.\d{4}(-\d{2}(-\d{2})?)?)?$"
"""What a date looks like, as a regular expression of JSON Schema: a day, a month, a year, or between two."""
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class PartialDate(NamedTuple):
    """A date as written, and the days it may stand for: ``first`` to ``last``, both inclusive."""

    text: str
    first: int
    """Days since 1970-01-01 of the earliest day it may be."""
    last: int
    """Days since 1970-01-01 of the latest day it may be."""

    @property
    def ends(self) -> "tuple[PartialDate, PartialDate] | None":
        """The first and the last date of the stretch of which it is one day; None where it is one date.

        >>> [date.text for date in parse_date("2026-09-29..2026-09-30").ends]
        ['2026-09-29', '2026-09-30']
        """
        first, between, last = self.text.partition(BETWEEN)
        return (parse_date(first), parse_date(last)) if between else None


def day_number(day: date) -> int:
    """Return the days since 1970-01-01, the form in which dates are compared here and in the browser.

    >>> day_number(date(2026, 2, 11))
    20495
    """
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the date that is ``number`` days after 1970-01-01.

    >>> day_of(20495).isoformat()
    '2026-02-11'
    """
    return EPOCH + timedelta(days=number)


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> PartialDate:
    """Read ``2026-02-11``, ``2026-02``, ``2026``, or two of these with .. between; raise ValueError for anything else.

    The error says why.

    >>> [day_of(number).isoformat() for number in parse_date("2026-02")[1:]]
    ['2026-02-01', '2026-02-28']
    """
    if BETWEEN in text:
        first, last = (_written(part) for part in text.split(BETWEEN, 1))
        if last.last <= first.last:
            raise ValueError(f"ends with {last.text}, which is not after {first.text}")
        return PartialDate(text, first.first, last.last)
    return _written(text)


def _written(text: str) -> PartialDate:
    written = _WRITTEN.fullmatch(text)
    if not written:
        raise ValueError("is not a date of the form YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else None for part in written.groups())
    if not year:
        raise ValueError("has no year 0")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"has no month {month:02}")
    first_month, last_month = (1, 12) if month is None else (month, month)
    days = calendar.monthrange(year, last_month)[1]
    if day is not None and not 1 <= day <= days:
        raise ValueError(f"has no day {day:02}: that month has {days}")
    first = date(year, first_month, day or 1)
    last = date(year, last_month, day or days)
    return PartialDate(text, day_number(first), day_number(last))
