"""What a running total says between its statements, and which are on view."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import day_of, parse_date
from components.view.on_view import on_view
from components.view.totals import Statement, bands_of, running_totals, totals_on_view
from components.view.view import View

SINCE = parse_date("2023-10-17")


def stated(when: str, low: int | None, high: int | None) -> Statement:
    return Statement(when, parse_date(when), low, high, "high", "", ("wire",))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], []),
        # From nothing to the first; after the last no more is said.
        ([("2023-10-24", 13, 13)], [("2023-10-17", "2023-10-23", 0, 13)]),
        (
            [("2023-10-24", 13, 13), ("2023-10-30", 23, 23)],
            [("2023-10-17", "2023-10-23", 0, 13), ("2023-10-25", "2023-10-29", 13, 23)],
        ),
        # The same figure twice: it was that all the while.
        (
            [("2023-10-24", 13, 13), ("2023-10-30", 13, 13)],
            [("2023-10-17", "2023-10-23", 0, 13), ("2023-10-25", "2023-10-29", 13, 13)],
        ),
        # "150 or more" sets no bound on the days before it.
        (
            [("2023-10-24", 13, 13), ("2023-10-30", 150, None)],
            [("2023-10-17", "2023-10-23", 0, 13), ("2023-10-25", "2023-10-29", 13, None)],
        ),
        # But what is stated later does.
        (
            [("2023-10-24", 13, None), ("2023-10-30", 20, 25)],
            [("2023-10-17", "2023-10-23", 0, 25), ("2023-10-25", "2023-10-29", 13, 25)],
        ),
        # "Up to 20" is no lower bound: the last that was given holds.
        (
            [("2023-10-24", 13, 13), ("2023-10-26", None, 20), ("2023-10-30", 30, 30)],
            [
                ("2023-10-17", "2023-10-23", 0, 13),
                ("2023-10-25", "2023-10-25", 13, 20),
                ("2023-10-27", "2023-10-29", 13, 30),
            ],
        ),
        # A month is no day: nothing is drawn within it.
        (
            [("2023-10-24", 13, 13), ("2023-12", 78, 78)],
            [("2023-10-17", "2023-10-23", 0, 13), ("2023-10-25", "2023-11-30", 13, 78)],
        ),
        # On one day two figures are rivals.
        (
            [("2023-10-24", 13, 13), ("2023-10-24", 19, 19), ("2023-10-30", 23, 23)],
            [("2023-10-17", "2023-10-23", 0, 19), ("2023-10-25", "2023-10-29", 13, 23)],
        ),
        # A lower figure later contradicts the earlier: between them nothing is said.
        ([("2023-10-24", 66, 66), ("2023-10-30", 60, 60)], [("2023-10-17", "2023-10-23", 0, 66)]),
        # From one day to the next there is no day between.
        ([("2023-10-24", 13, 13), ("2023-10-25", 15, 15)], [("2023-10-17", "2023-10-23", 0, 13)]),
    ],
)
def test_between_two_statements_it_was_between_them(statements, expected) -> None:
    bands = bands_of(SINCE, [stated(*one) for one in statements])
    told = [(day_of(band.first).isoformat(), day_of(band.last).isoformat(), band.low, band.high) for band in bands]
    assert told == expected


GROWTH = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=8)


@given(GROWTH, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=8, max_size=8))
def test_a_total_that_grew_lay_in_its_bands_on_every_day(growth, around) -> None:
    """Whatever it did between the statements, if what they say is true."""
    day, figure, true, statements = SINCE.first, 0, {}, []
    for (days, more), (below, above) in zip(growth, around, strict=False):
        for step in range(days):
            true[day + step] = figure + more * step // days
        day, figure = day + days, figure + more
        true[day] = figure
        statements.append(stated(day_of(day).isoformat(), max(0, figure - below), figure + above))
    for band in bands_of(SINCE, statements):
        for number in range(band.first, band.last + 1):
            assert band.low <= true[number]
            assert band.high is None or true[number] <= band.high


@pytest.fixture(scope="module")
def catalog(catalog_of):
    return catalog_of(
        sources=[{"id": "wire", "published": "2023-10-24"}, {"id": "late", "published": "2024-02"}],
        counts=[
            {"id": "b", "date": "2023-10-30", "low": "23", "high": "23", "country": "Iraq; Syria", "sources": "late"},
            {
                "id": "a",
                "date": "2023-10-24",
                "low": "13",
                "high": "13",
                "country": "Iraq; Syria",
                "note": "Both.",
                "sources": "wire; late",
            },
            {"id": "none", "date": "2023-10-25", "country": "Iraq; Syria"},
            {"id": "iraq", "date": "2023-10-24", "low": "10", "high": "10", "country": "Iraq", "confidence": "low"},
            {"id": "claim", "date": "2023-11", "low": "99", "country": "Iraq; Syria", "claimant": "the militias"},
            {"id": "hurt", "series": "Wounded", "unit": "people", "date": "2023-10-24", "low": "24", "high": "24"},
        ],
    )


def view(**fields) -> View:
    return View(**{"start": date(2023, 10, 1), "end": date(2023, 10, 31), **fields})


def ids(totals) -> list[list[str]]:
    return [[one.id for one in total.statements] for total in totals]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [["a", "b"], ["iraq"], ["claim"], ["hurt"]]),
        ({"start": date(2026, 1, 1), "end": date(2026, 1, 1)}, [["a", "b"], ["iraq"], ["claim"], ["hurt"]]),
        ({"country": ("Syria",)}, [["a", "b"], ["claim"]]),
        ({"country": ("Jordan",)}, []),
        ({"force": ("us",)}, []),
        ({"known": date(2023, 10, 23)}, []),
        ({"known": date(2023, 10, 24)}, [["a"], ["iraq"], ["claim"], ["hurt"]]),
    ],
)
def test_a_series_is_of_one_claimant_in_one_place_and_as_public(catalog, fields, expected) -> None:
    assert ids(running_totals(on_view(catalog, view(**fields)))) == expected


def test_a_note_that_may_rest_on_what_came_later_is_left_out(catalog) -> None:
    notes = [
        running_totals(on_view(catalog, view(known=known)))[0].statements[0].note
        for known in (None, date(2023, 10, 24))
    ]
    assert notes == ["Both.", ""]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["b", "a", "none", "iraq", "hurt"]),
        ({"end": date(2023, 11, 1)}, ["b", "a", "none", "iraq", "claim", "hurt"]),
        ({"start": date(2023, 10, 25)}, ["b", "none"]),
        ({"country": ("Syria",)}, ["b", "a", "none"]),
        ({"confidence": ("low",)}, ["iraq"]),
        ({"search": "wounded"}, ["hurt"]),
        ({"force": ("us",)}, []),
        ({"disputed": True}, []),
        ({"known": date(2023, 10, 24)}, ["a", "none", "iraq", "hurt"]),
    ],
)
def test_a_statement_is_on_view_by_its_date_and_the_filters(catalog, fields, expected) -> None:
    assert list(totals_on_view(on_view(catalog, view(**fields)))["id"]) == expected
