"""How a site stands in a window, looked up, is what the served card tells of that window."""

import random
from datetime import date

import pytest

from components.catalog.dates import day_of
from components.catalog.records import records
from components.panels.card import fact_nodes
from components.site.standing import STANDING, standing
from components.view.facts import facts_of
from components.view.on_view import on_view
from components.view.view import View
from tests.curated import CATALOG
from tests.node import answer

WINDOWS = 30


def windows() -> list[tuple[int, int]]:
    chance = random.Random(20261126)  # the same windows every time
    days = [
        int(day) + chance.choice([-1, 0, 1]) for name in ("start_first", "end_last") for day in CATALOG.presence[name]
    ]
    days = [day for day in days if 14_000 < day < 21_000]
    starts = [chance.choice(days) for _ in range(WINDOWS)]
    return [(start, start + chance.choice([0, 0, 1, 7, 40, 400, 3000])) for start in starts]


@pytest.mark.e2e
def test_the_facts_of_a_card_are_those_of_its_window() -> None:
    table = standing(CATALOG)
    asked, expected = [], []
    for start, end in windows():
        tell = facts_of(on_view(CATALOG, View(day_of(start), day_of(end))), "sites")
        for site in records(CATALOG.sites):
            asked.append((site.id, start, end))
            expected.append(
                [node for fact in tell(site) if fact.label in STANDING for node in fact_nodes(CATALOG, fact)]
            )
    assert answer("site_answers.js", {"ask": "standing", "standing": table, "windows": asked}) == expected


def test_in_which_area_a_site_lies_is_that_of_the_windows_last_day(catalog_of) -> None:
    held = [
        {"id": "zone", "start": "2025-02", "end": "2025-04-15"},
        {"id": "bank", "force": "sdf", "start": "2025-03-10", "last_confirmed": "2025-04-01"},
        {"id": "far", "start": "2025-01-01", "end": "2025-12-31", "geometry": "POLYGON ((0 0, 1 0, 1 1, 0 0))"},
    ]
    sites = [{"id": "base", "lat": "34.5", "lon": "38.5"}, {"id": "edge", "lat": "34.5", "lon": "38.0"}]
    catalog = catalog_of(sites=sites, areas=held)
    table = standing(catalog)
    first = View(date(2025, 1, 25), date(2025, 1, 25)).day_numbers.start
    asked, expected = [], []
    for start, end in [(first, first + n) for n in range(0, 140, 3)] + [(first + n, first + n) for n in range(140)]:
        tell = facts_of(on_view(catalog, View(day_of(start), day_of(end))), "sites")
        for site in records(catalog.sites):
            asked.append((site.id, start, end))
            told = [fact for fact in tell(site) if fact.label in STANDING]
            expected.append([node for fact in told for node in fact_nodes(catalog, fact)])
    assert answer("site_answers.js", {"ask": "standing", "standing": table, "windows": asked}) == expected
    assert len({str(nodes) for nodes in expected}) > 6
