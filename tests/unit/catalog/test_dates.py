import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import day_number, day_of, parse_date


def days(text: str) -> tuple[date, date]:
    parsed = parse_date(text)
    return day_of(parsed.first), day_of(parsed.last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02-11", date(2026, 2, 11), date(2026, 2, 11)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("1970-01-01", date(1970, 1, 1), date(1970, 1, 1)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("2026-09-29..2026-09-30", date(2026, 9, 29), date(2026, 9, 30)),
        ("2026-03..2026-09-30", date(2026, 3, 1), date(2026, 9, 30)),
        ("2025..2026", date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_date_stands_for_all_the_days_it_may_be(text: str, first: date, last: date) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "form"),
        ("2026..", "form"),
        ("..2026", "form"),
        ("2024..2025..2026", "form"),
        ("2026-09-30..2026-09-29", "is not after 2026-09-30"),
        ("2026..2026", "is not after 2026"),
        ("2026-02..2026-02-28", "is not after 2026-02"),
        ("12/02/2026", "form"),
        ("11.02.2026", "form"),
        ("2026-2-1", "form"),
        ("2026-02-11T10:00", "form"),
        ("2026-02-11\n", "form"),
        (" 2026", "form"),
        ("-2026", "form"),
        ("20260211", "form"),
        ("Feb 2026", "form"),
        ("٢٠٢٦", "form"),
        ("２０２６-０２", "form"),
        ("2026-13-40", "no month 13"),
        ("2026-13", "no month 13"),
        ("2026-00", "no month 00"),
        ("2026-01-00", "no day 00"),
        ("2026-01-32", "no day 32: that month has 31"),
        ("2026-02-29", "no day 29: that month has 28"),
        ("0000", "no year 0"),
        ("0000-01-01", "no year 0"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_date(text)


@given(st.dates())
def test_a_day_is_read_back_as_written(day: date) -> None:
    parsed = parse_date(day.isoformat())
    assert parsed == (day.isoformat(), day_number(day), day_number(day))
    assert day_of(parsed.first) == day


@given(st.dates())
def test_a_coarser_date_covers_the_finer_one_and_no_neighbour(day: date) -> None:
    text = day.isoformat()
    year, month, exact = parse_date(text[:4]), parse_date(text[:7]), parse_date(text)
    assert year.first <= month.first <= exact.first <= exact.last <= month.last <= year.last
    assert day_of(month.first).day == 1
    assert month.last - month.first + 1 in (28, 29, 30, 31)
    if month.last < day_number(date.max):
        assert (day_of(month.last) + timedelta(days=1)).day == 1
    assert (day_of(year.first).month, day_of(year.last).month) == (1, 12)


@given(st.one_of(st.text(max_size=12), st.from_regex(r"\d{4}(-\d{2}){0,3}")))
def test_any_text_is_either_refused_or_an_ordered_iso_date(text: str) -> None:
    try:
        parsed = parse_date(text)
    except ValueError:
        return
    assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text)
    assert parsed.text == text
    assert parsed.first <= parsed.last


@given(st.dates(), st.dates())
def test_days_are_numbered_in_their_order(one: date, other: date) -> None:
    assert (day_number(one) < day_number(other)) == (one < other)
    assert day_number(date(1970, 1, 2)) == 1
