from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.placing import Point
from components.catalog.tables import PRECISION_RADIUS_KM, PRECISIONS

NOWHERE = {"lat": "", "lon": "", "place": ""}


def where(row) -> tuple[float, float, str, float]:
    return row.lat, row.lon, row.precision, row.radius_km


@pytest.mark.parametrize(
    ("precision", "claimed", "as_drawn"),
    [
        ("site", None, ("site", 0.5)),
        ("site", "site", ("site", 0.5)),
        ("site", "town", ("town", 5.0)),
        ("town", "site", ("town", 5.0)),
        ("town", "district", ("district", 25.0)),
        ("country", "undisclosed", ("undisclosed", 100.0)),
        ("undisclosed", "site", ("undisclosed", 100.0)),
    ],
)
def test_a_point_is_drawn_no_finer_than_its_source_says(precision: str, claimed: str | None, as_drawn: object) -> None:
    point = Point(33.0, 38.0, precision, PRECISION_RADIUS_KM[precision]).coarsened(claimed)
    assert (point.precision, point.radius_km) == as_drawn
    assert (point.lat, point.lon) == (33.0, 38.0)


def test_a_place_that_is_larger_than_its_precision_keeps_its_radius() -> None:
    assert Point(33.0, 44.0, "country", 450.0).coarsened("undisclosed").radius_km == 450.0


@given(st.sampled_from(PRECISIONS), st.floats(0.1, 5000), st.sampled_from([None, *PRECISIONS]))
def test_coarsening_never_makes_finer_and_doing_it_twice_changes_nothing(
    precision: str, radius: float, claimed: str | None
) -> None:
    point = Point(33.0, 38.0, precision, radius)
    coarse = point.coarsened(claimed)
    assert PRECISIONS.index(coarse.precision) >= PRECISIONS.index(precision)
    assert coarse.radius_km >= radius
    assert coarse.coarsened(claimed) == coarse


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"lat": "33.5", "lon": "38.6"}, (33.5, 38.6, "site", 0.5)),
        ({"lat": "33.5", "lon": "38.6", "precision": "district"}, (33.5, 38.6, "district", 25.0)),
        ({"lat": "33.5", "lon": "38.6", "place": "Jordan"}, (33.5, 38.6, "site", 0.5)),
        ({"place": "Tadmur, Syria"}, (34.5624, 38.284, "town", 5.0)),
        ({"place": "tadmur syria"}, (34.5624, 38.284, "town", 5.0)),
        ({"place": "Tadmur, Syria", "precision": "district"}, (34.5624, 38.284, "district", 25.0)),
        ({"place": "Tadmur, Syria", "precision": "site"}, (34.5624, 38.284, "town", 5.0)),
        ({"place": "Jordan"}, (31.25, 36.8, "country", 170.0)),
        ({"place": "Jordan", "precision": "undisclosed"}, (31.25, 36.8, "undisclosed", 170.0)),
    ],
)
def test_a_site_is_where_its_own_point_is_or_else_its_place(folder, change: dict[str, str], expected: object) -> None:
    folder.rows("sites", {**NOWHERE, "id": "new", **change})
    catalog = folder.load()
    assert catalog.problems == ()
    assert where(catalog.sites.loc["new"]) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"site": "al-tanf"}, (33.5058, 38.6178, "site", 0.5)),
        ({"site": "al-tanf", "precision": "district"}, (33.5058, 38.6178, "district", 25.0)),
        ({"site": "al-tanf", "place": "Jordan"}, (33.5058, 38.6178, "site", 0.5)),
        ({"site": "al-tanf", "lat": "33", "lon": "38"}, (33.0, 38.0, "site", 0.5)),
        ({"site": "palmyra", "precision": "site"}, (34.5624, 38.284, "town", 5.0)),
        ({"place": "Jordan"}, (31.25, 36.8, "country", 170.0)),
        ({"lat": "33", "lon": "38", "precision": "town"}, (33.0, 38.0, "town", 5.0)),
        ({"lat": "0", "lon": "0"}, (0.0, 0.0, "site", 0.5)),
        ({"lat": "-90", "lon": "-180"}, (-90.0, -180.0, "site", 0.5)),
    ],
)
def test_an_incident_is_where_its_own_point_is_or_else_its_site_or_else_its_place(
    folder, change: dict[str, str], expected: object
) -> None:
    folder.rows("incidents", {**NOWHERE, "site": "", "id": "new", **change})
    catalog = folder.load()
    assert catalog.problems == ()
    assert where(catalog.incidents.loc["new"]) == expected


def test_a_movement_runs_between_sites_and_places(folder) -> None:
    folder.rows("movements", {"id": "in-1", "origin": "Jordan", "destination": "palmyra"})
    movements = folder.load().movements
    ends = ["lat", "lon", "precision", "radius_km"]
    assert movements.loc["out-1", [f"origin_{end}" for end in ends]].tolist() == [33.5058, 38.6178, "site", 0.5]
    assert movements.loc["out-1", [f"destination_{end}" for end in ends]].tolist() == [31.25, 36.8, "country", 170.0]
    assert movements.loc["in-1", [f"origin_{end}" for end in ends]].tolist() == [31.25, 36.8, "country", 170.0]
    assert movements.loc["in-1", [f"destination_{end}" for end in ends]].tolist() == [34.5624, 38.284, "town", 5.0]


@pytest.mark.parametrize(("blank", "given"), [("origin", "destination"), ("destination", "origin")])
def test_an_end_that_is_not_stated_has_no_point_and_is_no_problem(folder, blank: str, given: str) -> None:
    folder.rows("movements", {"id": "half", blank: "", given: "al-tanf"})
    catalog = folder.load()
    assert catalog.problems == ()
    half = catalog.movements.loc["half"]
    assert isnan(half[f"{blank}_lat"])
    assert half[f"{blank}_precision"] is None
    assert half[f"{given}_lat"] == 33.5058


@pytest.mark.parametrize(
    ("table", "column", "change"),
    [
        ("sites", "place", {"lat": "", "lon": "", "place": "Nowhere, Syria"}),
        ("incidents", "place", {"site": "", "place": "Nowhere, Syria"}),
        ("movements", "origin", {"origin": "Nowhere, Syria"}),
        ("movements", "destination", {"destination": "Nowhere, Syria"}),
    ],
)
def test_a_place_that_is_not_known_is_told_and_its_row_is_kept(
    folder, table: str, column: str, change: dict[str, str]
) -> None:
    rows = folder.rows(table, {"id": "lost", **change}, {"id": "after"})
    catalog = folder.load()
    assert {"lost", "after"} <= set(catalog.tables[table]["id"])
    [problem] = catalog.problems
    assert (problem.file, problem.line, problem.column) == (f"{table}.csv", len(rows), column)
    assert problem.value == "Nowhere, Syria"
    assert problem.what == "'Nowhere, Syria' could not be located, so the row is not on the map"
    assert "laydown locate" in problem.mend
    assert problem.kept
    assert "Nowhere, Syria" in catalog.queries


def test_a_site_without_point_or_place_is_told_and_kept(folder) -> None:
    folder.rows("sites", {**NOWHERE, "id": "lost"})
    folder.rows("incidents", {"id": "there", "site": "lost"})
    catalog = folder.load()
    [problem] = catalog.problems
    assert (problem.file, problem.line, problem.kept) == ("sites.csv", 4, True)
    assert problem.what == "has no lat/lon and no place, so it is not on the map"
    assert isnan(catalog.sites.loc["lost"].lat)
    assert isnan(catalog.incidents.loc["there"].lat)


def test_every_place_that_is_asked_for_is_listed_once_in_order(folder) -> None:
    folder.rows(
        "incidents", {"id": "two", "site": "", "place": "Jordan"}, {"id": "three", "site": "", "place": "Amman"}
    )
    assert folder.load().queries == ("Amman", "Jordan", "Tadmur, Syria")


@pytest.mark.parametrize(
    ("change", "countries"),
    [
        ({"country": "Iraq; Syria"}, ("Iraq", "Syria")),
        ({"site": "al-tanf"}, ("Syria",)),
        ({"site": "", "place": "Tadmur, Syria"}, ("Syria",)),
        ({"site": "", "place": "Jordan"}, ("Jordan",)),
        ({"site": "", "place": "Jordan", "country": "Iraq"}, ("Iraq",)),
        ({"site": "", "lat": "33", "lon": "38"}, ()),
        ({"site": "", "place": "Gao", "lat": "16", "lon": "0"}, ()),
        ({"site": "", "place": "Gao,", "lat": "16", "lon": "0"}, ()),
        ({"site": "", "place": "Gao, Mali", "lat": "16", "lon": "0"}, ("Mali",)),
        ({"site": "", "place": "Syria", "lat": "33", "lon": "38"}, ("Syria",)),
        ({"site": "", "place": "Mali", "lat": "16", "lon": "0", "precision": "country"}, ("Mali",)),
    ],
)
def test_an_incident_is_in_the_country_it_names_or_its_sites_or_its_places(
    folder, change: dict[str, str], countries: tuple[str, ...]
) -> None:
    folder.rows("incidents", {"id": "new", **change})
    assert folder.load().incidents.loc["new"].country == countries


@pytest.mark.parametrize(
    ("origin", "destination", "countries"),
    [
        ("al-tanf", "Jordan", ("Syria", "Jordan")),
        ("al-tanf", "palmyra", ("Syria",)),
        ("", "Jordan", ("Jordan",)),
        ("Tadmur, Syria", "", ("Syria",)),
    ],
)
def test_a_movement_is_in_the_countries_of_its_ends(
    folder, origin: str, destination: str, countries: tuple[str, ...]
) -> None:
    folder.rows("movements", {"id": "new", "origin": origin, "destination": destination})
    assert folder.load().movements.loc["new"].country == countries
