"""What is said of a forecast, and which claims are on view."""

from datetime import date

import pytest

from components.catalog.dates import day_number
from components.panels.card import card
from components.view.claims import claims_on_view, forecast_text
from components.view.on_view import on_view
from components.view.view import View

BY = "Expected by April 2026."
PASSED = f"{BY} Its day has passed; what became of it is not on record."
MET = f"{BY} Whether it was met is not established."


@pytest.fixture
def claim_of(catalog_of):
    """A catalog of one disagreement, and its first side."""

    def build(checked: str, **cells: str):
        toml = f'title = "Test"\n{checked}\n'
        catalog = catalog_of(
            toml=toml,
            sources=[{"id": "wire", "published": "2026-02-18"}, {"id": "late", "published": "2026-06-01"}],
            sites=[{"id": "base", "name": "Base"}],
            incidents=[{"id": "exit", "site": "base", "start": "2026-02-18"}],
            claims=[
                {"id": "a", "row": "incident:exit", "value": "In two months", **cells},
                {"id": "b", "row": "incident:exit", "value": "In three weeks"},
            ],
        )
        return catalog, next(catalog.claims.itertuples(index=False))

    return build


@pytest.mark.parametrize(
    ("checked", "cells", "known", "told"),
    [
        ("", {}, None, ""),
        ("", {"expected": "2026-04"}, None, BY),
        ("checked = 2026-04-30", {"expected": "2026-04"}, None, BY),
        ("checked = 2026-05-01", {"expected": "2026-04"}, None, PASSED),
        (
            "checked = 2026-05-01",
            {"expected": "2026-04", "outcome": "whether it was met is not established"},
            None,
            MET,
        ),
        ("", {"expected": "2026-04", "outcome": "Whether it was met is not established."}, None, MET),
        # As known on a day before it, no one knew what would become of it.
        ("checked = 2026-05-01", {"expected": "2026-04", "outcome": "It was met."}, date(2026, 4, 30), BY),
        ("checked = 2026-05-01", {"expected": "2026-04"}, date(2026, 4, 30), BY),
        ("checked = 2026-05-01", {"expected": "2026-04"}, date(2026, 5, 1), PASSED),
        # What became of it may be told by a source that came later still.
        (
            "checked = 2026-11-01",
            {"expected": "2026-04", "outcome": "It was met.", "sources": "wire; late"},
            date(2026, 5, 20),
            BY,
        ),
        (
            "checked = 2026-11-01",
            {"expected": "2026-04", "outcome": "It was met.", "sources": "wire; late"},
            date(2026, 6, 1),
            f"{BY} It was met.",
        ),
    ],
)
def test_a_forecast_says_by_when_and_what_became_of_it(claim_of, checked, cells, known, told: str) -> None:
    catalog, claim = claim_of(checked, **cells)
    assert forecast_text(catalog, claim, day_number(known) if known else None) == told


def test_a_card_tells_it(claim_of, texts_of) -> None:
    catalog, _ = claim_of("checked = 2026-05-01", expected="2026-04")
    view = View(date(2026, 2, 1), date(2026, 3, 1))
    texts = texts_of([card(on_view(catalog, view), "incident:exit")])
    assert texts[texts.index("In two months") + 1] == PASSED
    assert sum(text.startswith("Expected") for text in texts) == 1, "the other side is no forecast"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["a", "b"]),
        ({"end": date(2026, 2, 17)}, []),
        ({"country": ("Jordan",)}, []),
        ({"known": date(2026, 2, 18)}, ["a", "b"]),
        ({"known": date(2026, 2, 17)}, []),
    ],
)
def test_a_claim_is_on_view_where_its_row_is(claim_of, fields, expected) -> None:
    catalog, _ = claim_of("", expected="2026-04")
    view = View(**{"start": date(2026, 2, 1), "end": date(2026, 3, 1), **fields})
    assert list(claims_on_view(on_view(catalog, view))["id"]) == expected


def test_a_side_that_stood_alone_was_no_disagreement_yet(claim_of) -> None:
    catalog, _ = claim_of("", sources="late")
    view = View(date(2026, 2, 1), date(2026, 3, 1), known=date(2026, 3, 1))
    assert claims_on_view(on_view(catalog, view)).empty
