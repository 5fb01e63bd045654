from datetime import date

import pytest

from components.catalog.dates import parse_date
from components.catalog.tables import Toll
from components.view.wording import (
    count_text,
    date_text,
    day_text,
    end_text,
    moved_text,
    on_text,
    range_text,
    short_day,
    span_text,
    stay_text,
    tolls_text,
)


def partial(text: str | None):
    return parse_date(text) if text else None


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 2, 11), "11 February 2026", "11 Feb 2026"),
        (date(2025, 12, 1), "1 December 2025", "1 Dec 2025"),
        (date(1999, 5, 31), "31 May 1999", "31 May 1999"),
        (date(2026, 9, 9), "9 September 2026", "9 Sep 2026"),
    ],
)
def test_a_day_is_read_as_people_say_it(day: date, long: str, short: str) -> None:
    assert (day_text(day), short_day(day)) == (long, short)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-02-11", "11 February 2026"),
        ("2026-01-01", "1 January 2026"),
        ("2026-02", "February 2026"),
        ("2026", "2026"),
        ("2026-09-29..2026-09-30", "29 or 30 September 2026"),
        ("2025-12-31..2026-01-01", "31 December 2025 or 1 January 2026"),
        ("2026-03-01..2026-09-30", "some day between 1 March and 30 September 2026"),
        ("2026-03..2026-09", "some day between March and September 2026"),
        ("2025..2026-09", "some day between 2025 and September 2026"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, read: str) -> None:
    assert date_text(parse_date(text)) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-02-11", "on 11 February 2026"),
        ("2026-02", "in February 2026"),
        ("2026", "in 2026"),
        ("2026-09-29..2026-09-30", "on 29 or 30 September 2026"),
        ("2026-03-01..2026-09-30", "between 1 March and 30 September 2026"),
    ],
)
def test_something_was_on_a_day_in_a_month_or_between_two(text: str, read: str) -> None:
    assert on_text(parse_date(text)) == read


@pytest.mark.parametrize(
    ("start", "end", "read"),
    [
        ("2026-02-11", None, "11 February 2026"),
        ("2026-02-11", "2026-02-11", "11 February 2026"),
        ("2026-01-27", "2026-02-11", "27 January 2026 – 11 February 2026"),
        ("2026-02", "2026-03-01", "February 2026 – 1 March 2026"),
        ("2026-02-01", "2026-02", "1 February 2026 – February 2026"),
        (None, "2026", "unknown – 2026"),
        (None, None, "unknown"),
    ],
)
def test_a_span_is_one_date_or_from_one_to_another(start, end, read: str) -> None:
    assert span_text(partial(start), partial(end)) == read


@pytest.mark.parametrize(
    ("start", "end", "confirmed", "read"),
    [
        ("2018", "2019-10", None, "from 2018 to October 2019"),
        ("2018", "2019-10", "2019-01", "from 2018 to October 2019"),
        ("2018", None, "2022-09", "from 2018, last confirmed September 2022"),
        ("2018", None, None, "from 2018, no end reported"),
        (None, "2019", None, "from an unknown date to 2019"),
        (None, None, "2022", "from an unknown date, last confirmed 2022"),
        (None, None, None, "from an unknown date, no end reported"),
    ],
)
def test_a_stay_is_never_surer_than_it_is(start, end, confirmed, read: str) -> None:
    assert stay_text(partial(start), partial(end), partial(confirmed)) == read


@pytest.mark.parametrize(
    ("low", "high", "read"),
    [
        (None, None, ""),
        (3, 3, "3"),
        (0, 0, "0"),
        (241, 300, "241–300"),
        (1000, 2500, "1,000–2,500"),
        (20, None, "20 or more"),
        (0, None, "0 or more"),
        (None, 1000, "up to 1,000"),
        (None, 0, "up to 0"),
        (3.0, 3.0, "3"),
    ],
)
def test_a_range_says_what_is_known_of_it(low, high, read: str) -> None:
    assert range_text(low, high) == read


@pytest.mark.parametrize(
    ("tolls", "read"),
    [
        ([], ""),
        ([Toll("us", 3, 3)], "United States 3"),
        ([Toll("us", 3, 3), Toll("is", 241, 300)], "United States 3, Islamic State 241–300"),
        ([Toll("is", 20, None)], "Islamic State 20 or more"),
    ],
)
def test_tolls_are_told_side_by_side(tolls, read: str) -> None:
    assert tolls_text(tolls, {"us": "United States", "is": "Islamic State"}) == read


@pytest.mark.parametrize(
    ("number", "words", "read"),
    [
        (0, ("incident",), "0 incidents"),
        (1, ("incident",), "1 incident"),
        (1204, ("incident",), "1,204 incidents"),
        (1, ("country", "countries"), "1 country"),
        (2, ("country", "countries"), "2 countries"),
    ],
)
def test_a_count_agrees_with_its_noun(number: int, words, read: str) -> None:
    assert count_text(number, *words) == read


@pytest.mark.parametrize(
    ("moved", "what", "read"),
    [
        ("troops", "", "troops"),
        ("troops", "troops and equipment", "troops and equipment"),
        ("detainees", "IS detainees, by air", "IS detainees, by air"),
        ("equipment", "trucks", "equipment: trucks"),
    ],
)
def test_what_moved_is_told_once(moved: str, what: str, read: str) -> None:
    assert moved_text(moved, what) == read


@pytest.mark.parametrize(
    ("place", "read"),
    [
        ("tower-22", "Tower 22"),
        ("Iraq", "somewhere in Iraq"),
        ("Homs governorate, Syria", "somewhere in Homs governorate"),
        ("", ""),
    ],
)
def test_an_end_that_is_no_point_is_named(place: str, read: str) -> None:
    assert end_text({"tower-22": "Tower 22 (Rukban)"}, place) == read
