"""In which held areas a site lies: never surer than its place is known, nor than the area is held."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from components.catalog.catalog import Catalog
from components.view.box import Box
from components.view.facts import facts
from components.view.held_areas import areas_around
from components.view.on_view import on_view
from components.view.view import View

WINDOW = View(date(2025, 1, 1), date(2025, 6, 1))
SQUARE = "POLYGON ((38 34, 39 34, 39 35, 38 35, 38 34))"
"""92 km wide and 111 km high; its middle is 46 km from its nearest edge."""
HOLED = "POLYGON ((38 34, 39 34, 39 35, 38 35, 38 34), (38.4 34.4, 38.6 34.4, 38.6 34.6, 38.4 34.6, 38.4 34.4))"
PARTS = "MULTIPOLYGON (((30 30, 31 30, 31 31, 30 30)), ((38 34, 39 34, 39 35, 38 35, 38 34)))"
ACROSS = "MULTIPOLYGON (((179 -18, 180 -18, 180 -17, 179 -17, 179 -18)), ((-180 -18, -179 -18, -179 -17, -180 -18)))"
HELD = {"start": "2025-01-01", "end": "2025-12-31"}

SURE, PERHAPS, NONE = [True], [False], []


@pytest.mark.parametrize(
    ("place", "geometry", "told"),
    [
        ({"lat": "34.5", "lon": "38.5"}, SQUARE, SURE),
        ({"lat": "34.5", "lon": "38.001"}, SQUARE, PERHAPS),  # 92 m from its edge, known to 500 m
        ({"lat": "34.5", "lon": "37.999"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "37.99"}, SQUARE, NONE),
        ({"lat": "34.5", "lon": "38.5", "precision": "town"}, SQUARE, SURE),
        ({"lat": "34.5", "lon": "38.04", "precision": "town"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "38.5", "precision": "district"}, SQUARE, SURE),
        ({"lat": "34.5", "lon": "38.5", "precision": "district", "radius_km": "50"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "38.2", "precision": "district"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "37.8", "precision": "district"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "38.5", "precision": "country"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "38.5", "precision": "country", "radius_km": "10"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "38.5", "precision": "undisclosed", "radius_km": "10"}, SQUARE, PERHAPS),
        ({"lat": "34.5", "lon": "30", "precision": "country"}, SQUARE, NONE),
        ({"lat": "34.5", "lon": "38.5"}, HOLED, NONE),
        ({"lat": "34.5", "lon": "38.3"}, HOLED, SURE),
        ({"lat": "34.5", "lon": "38.5", "precision": "district"}, HOLED, PERHAPS),
        ({"lat": "34.5", "lon": "38.5"}, PARTS, SURE),
        ({"lat": "32.5", "lon": "34.5"}, PARTS, NONE),
        ({"lat": "-17.5", "lon": "179.5"}, ACROSS, SURE),
        ({"lat": "-17.9", "lon": "-179.5"}, ACROSS, SURE),
        ({"lat": "-17.5", "lon": "178.5"}, ACROSS, NONE),
    ],
)
def test_a_place_lies_in_an_area_no_surer_than_it_is_known(catalog_of, place, geometry, told) -> None:
    catalog = catalog_of(sites=[{"id": "base", **place}], areas=[{"id": "zone", **HELD, "geometry": geometry}])
    assert [one.sure for one in areas_around(catalog, "base")] == told


def test_a_site_that_is_not_located_lies_in_none(catalog_of) -> None:
    catalog = catalog_of(sites=[{"id": "base"}], areas=[{"id": "zone", **HELD}])
    catalog.sites.loc["base", ["lat", "lon", "radius_km"]] = float("nan")
    assert areas_around(catalog, "base") == ()


def area(id_: str, force: str = "us", **cells: str) -> Mapping[str, str]:
    return {"id": id_, "name": f"The {id_}", "force": force, **HELD, **cells}


SITES = [
    {"id": "base", "lat": "34.5", "lon": "38.5"},
    {"id": "region", "lat": "34.5", "lon": "38.5", "precision": "country"},
    {"id": "away", "lat": "20", "lon": "20"},
]
SOURCES = [
    {"id": "wire"},
    {"id": "map", "publisher": "Map makers", "published": "2025-02-01"},
    {"id": "later", "publisher": "Later", "published": "2025-08-01"},
]


def told(catalog: Catalog, site: str = "base", view: View = WINDOW) -> list[str]:
    return [fact.text for fact in facts(on_view(catalog, view), "sites", site) if fact.label == "Area"]


@pytest.fixture(scope="module")
def rivals(catalog_of: Callable[..., Catalog]) -> Catalog:
    rows = [
        area("bank", "sdf", start="2025-03", end="", last_confirmed="2025-05-20", confidence="low", sources="map"),
        area("zone", sources="wire; map"),
        area("late", "syria", start="2025-07-01"),
    ]
    return catalog_of(sites=SITES, areas=rows, sources=SOURCES)


def test_rival_areas_are_both_told_with_their_dates_and_sources(rivals) -> None:
    assert told(rivals) == [
        "In an area held by United States: The zone, from 1 January 2025 to 31 December 2025, confidence high "
        "(Wire and Map makers)",
        "In an area held by SDF (as far as known): The bank, from March 2025, last confirmed 20 May 2025, "
        "confidence low (Map makers)",
    ]


def test_of_a_region_holders_are_told_as_perhaps(rivals) -> None:
    assert told(rivals, "region") == [
        "Perhaps in an area held by United States or SDF (as far as known): its place is not known finely enough to "
        "tell (Wire and Map makers)"
    ]
    fact = next(one for one in facts(on_view(rivals, WINDOW), "sites", "region") if one.label == "Area")
    assert (fact.method, fact.explained) == ("precision", ("Perhaps",))


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        (date(2025, 1, 1), ["United States:"]),
        (date(2025, 3, 10), ["United States:", "SDF (possibly):"]),
        (date(2025, 4, 1), ["SDF:", "United States:"]),
        (date(2025, 7, 1), ["United States:", "Syrian government:", "SDF (as far as known):"]),
        (date(2026, 1, 2), ["SDF (as far as known):"]),
        (date(2028, 1, 2), ["SDF (possibly):"]),
    ],
)
def test_they_are_those_of_the_windows_last_day(rivals, day, holders) -> None:
    found = told(rivals, view=replace(WINDOW, end=day))
    assert [text.removeprefix("In an area held by ").partition(" The ")[0] for text in found] == holders


def test_none_is_told_where_none_is(rivals, catalog_of) -> None:
    assert told(rivals, "away") == []
    assert told(catalog_of(sites=SITES)) == []


def test_no_filter_hides_where_a_site_lies(rivals) -> None:
    narrowed = replace(WINDOW, force=("syria",), box=Box(0, 0, 1, 1), search="nothing")
    assert told(rivals, view=narrowed) == told(rivals)


def test_what_was_not_public_is_not_told(catalog_of) -> None:
    rows = [area("zone", end="2025-07-15", sources="map; later"), area("new", "sdf", sources="later")]
    catalog = catalog_of(sites=SITES, areas=rows, sources=SOURCES)
    known = View(WINDOW.start, date(2025, 6, 1), known=date(2025, 6, 1))
    assert told(catalog, view=known) == [
        "In an area held by United States: The zone, from 1 January 2025, no end reported, confidence high (Map makers)"
    ]
    assert len(told(catalog)) == 2


def test_other_areas_of_a_holder_that_surely_holds_the_place_add_nothing(catalog_of) -> None:
    beside = "POLYGON ((38.502 34, 39 34, 39 35, 38.502 35, 38.502 34))"
    rows = [area("zone"), area("next", geometry=beside), area("theirs", "sdf", geometry=beside)]
    found = told(catalog_of(sites=SITES, areas=rows, sources=SOURCES))
    assert [text.partition(":")[0] for text in found] == [
        "In an area held by United States",
        "Perhaps in an area held by SDF",
    ]
