from datetime import date

import pytest

from components.catalog.dates import day_number
from components.view.extent import FIRST_DAY, LAST_DAY, extent, reach
from components.view.view import default_view

PLACES = [{"query": "Town"}]


def sources(**published: str) -> list[dict[str, str]]:
    return [{"id": id_, "published": day} for id_, day in published.items()]


def happened(start: str, cited: str, **cells: str) -> dict[str, str]:
    return {"id": f"i-{start}", "place": "Town", "start": start, "sources": cited, **cells}


def test_the_curated_data_ends_with_what_is_known_not_with_a_forecast(curated) -> None:
    newest = max(published.last for published in curated.sources["published"] if published)
    assert day_number(extent(curated).last) <= newest
    assert extent(curated).last == curated.dataset.window.last, "the first view tells the whole story"


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ([happened("2026-02-11", "a")], "2026-02-11"),
        # Without a date nobody knows what a source could see.
        ([happened("2026-02", "undated")], "2026-02-28"),
        ([happened("2026-02-11", "a"), happened("2026-04", "a; undated")], "2026-04-30"),
        # What was over when it was told counts whole; what was not, by its beginning.
        ([happened("2026-01", "a")], "2026-01-31"),
        ([happened("2026-02", "a")], "2026-02-01"),
        ([happened("2026-02", "b")], "2026-02-28"),
        ([happened("2026-02-05", "a", end="2026-06-01")], "2026-02-05"),
        # What was foretold by one source, and has been overtaken by a newer one's rows.
        ([happened("2026-02-11", "a"), happened("2026-04", "a")], "2026-02-11"),
        ([happened("2026-04-20", "a"), happened("2026-05-01", "b")], "2026-05-01"),
        # Where nothing else is known the plans are all there is.
        ([happened("2027-04", "a")], "2027-04-30"),
    ],
)
def test_the_last_day_is_one_that_the_newest_source_could_see(catalog_of, rows, last: str) -> None:
    catalog = catalog_of(
        sources=sources(a="2026-02-13", b="2026-05-02", undated=""),
        incidents=rows,
        places=PLACES,
    )
    assert extent(catalog).last.isoformat() == last
    assert default_view(catalog).end.isoformat() == last


def test_movements_count_as_incidents_do(catalog_of) -> None:
    catalog = catalog_of(
        incidents=[{"id": "a", "place": "Town", "start": "2024-05"}],
        movements=[{"id": "b", "origin": "Town", "start": "2023-06-01", "end": "2025-02-01"}],
        places=PLACES,
    )
    assert extent(catalog) == (date(2023, 6, 1), date(2025, 2, 1))


@pytest.mark.parametrize(
    ("first", "last", "reached"),
    [
        ("2026-02-11", "2026-02-11", ("2026-02-04", "2026-02-18")),
        ("2024-01-01", "2026-02-18", ("2023-12-17", "2026-03-05")),
        ("2000-01-01", "2026-02-18", ("1999-12-01", "2026-03-21")),
        ("1900-01-05", "2100-12-20", (FIRST_DAY.isoformat(), LAST_DAY.isoformat())),
    ],
)
def test_a_hand_reaches_a_margin_beyond_the_data(catalog_of, first: str, last: str, reached: tuple[str, str]) -> None:
    rows = [{"id": f"i-{n}", "place": "Town", "start": day} for n, day in enumerate((first, last))]
    assert tuple(map(date.isoformat, reach(catalog_of(incidents=rows, places=PLACES)))) == reached
