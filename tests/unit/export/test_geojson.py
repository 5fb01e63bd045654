"""GeoJSON as RFC 7946 has it, by a validator that no one here wrote."""

import json
from datetime import date

import pytest
from geojson_validator import configure_logging, validate_geometries, validate_structure

from components.catalog.catalog import load
from components.export.geojson import geojson_of
from components.export.resources import RESOURCES
from components.view.on_view import OnView, on_view
from components.view.view import View

PLACED = ("sites", "incidents", "movements", "changes", "posture")

configure_logging(False)


@pytest.fixture(scope="module", params=PLACED)
def written(request: pytest.FixtureRequest, shown: OnView, origin) -> tuple[OnView, str, dict]:
    """What is on view, the name of a resource, and its GeoJSON, read."""
    content = geojson_of(RESOURCES[request.param], shown, origin(shown))
    return shown, request.param, json.loads(content.decode("utf-8"))


def test_a_validator_finds_nothing_wrong(written) -> None:
    _, _, collection = written
    assert validate_structure(collection, check_crs=True) == {}
    if collection["features"]:
        found = validate_geometries(collection)
        assert found["invalid"] == {}
        assert set(found["problematic"]) <= {"crosses_antimeridian"}, "what it calls so touches it, and is cut there"


def test_the_validator_finds_what_is_wrong() -> None:
    ring = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    assert validate_geometries({"type": "FeatureCollection", "features": [feature]})["invalid"]
    assert validate_structure({"type": "FeatureCollection", "features": [{**feature, "type": "Feat"}]})


def test_a_feature_is_a_row_with_an_id_of_its_own(written) -> None:
    shown, name, collection = written
    assert [feature["properties"] for feature in collection["features"]] == RESOURCES[name].listing(shown).all()
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)
    for feature in collection["features"]:
        assert feature["id"].partition("/")[0] in (feature["properties"].get("id"), feature["properties"].get("site"))


def test_a_collection_says_where_it_is_from(written, origin) -> None:
    shown, _, collection = written
    about = origin(shown)
    assert collection["laydown"] == {
        "title": about.title,
        "window": "1 January 1900 – 31 December 2100",
        "dataset": shown.catalog.dataset.title,
        "data": shown.catalog.version,
        "checked": about.checked,
        "newest_report": about.newest_report,
        "record": about.record,
        "licence": about.licence,
        "credits": list(about.credits),
        "link": about.link,
    }
    cited = {id_ for feature in collection["features"] for id_ in feature["properties"]["sources"]}
    assert {source["id"] for source in collection["sources"]} == cited
    assert all(source["publisher"] and source["title"] for source in collection["sources"])


def test_the_box_holds_all_that_has_a_place_and_is_left_out_without(written) -> None:
    _, _, collection = written
    geometries = [feature["geometry"] for feature in collection["features"] if feature["geometry"]]
    assert ("bbox" in collection) == bool(geometries)
    if not geometries:
        return
    west, south, east, north = collection["bbox"]
    found = str([geometry["coordinates"] for geometry in geometries]).replace("[", " ").replace("]", " ").split(",")
    numbers = [float(number) for number in found]
    assert (west, east) == (min(numbers[::2]), max(numbers[::2]))
    assert (south, north) == (min(numbers[1::2]), max(numbers[1::2]))


def test_a_guess_is_no_pin(whole, curated, origin) -> None:
    shown = whole(curated)
    collection = json.loads(geojson_of(RESOURCES["incidents"], shown, origin(shown)))
    types = {
        (feature["properties"]["precision"], feature["geometry"]["type"])
        for feature in collection["features"]
        if feature["geometry"]
    }
    assert types == {("site", "Point"), ("town", "Point"), ("district", "Polygon"), ("country", "Polygon")}


def test_only_what_is_on_view_leaves(curated, origin) -> None:
    shown = on_view(curated, View(date(2026, 1, 1), date(2026, 3, 12), country=("Jordan",)))
    for name in PLACED:
        collection = json.loads(geojson_of(RESOURCES[name], shown, origin(shown)))
        assert 0 < len(collection["features"]) < 20
        assert all("Jordan" in feature["properties"]["country"] for feature in collection["features"])
        assert len(collection["sources"]) < len(curated.sources) / 2


def test_an_area_is_its_outline_and_its_hole(folder, origin) -> None:
    outline = "POLYGON ((38 34, 38 35, 39 35, 39 34, 38 34), (38.2 34.2, 38.6 34.2, 38.6 34.6, 38.2 34.2))"
    catalog = load(folder(areas=[{"id": "zone", "start": "2026-01-01", "end": "2026-03-01", "geometry": outline}]))
    shown = on_view(catalog, View(date(2026, 1, 1), date(2026, 2, 1)))
    collection = json.loads(geojson_of(RESOURCES["areas"], shown, origin(shown)).decode("utf-8"))
    assert validate_structure(collection, check_crs=True) == {}
    found = validate_geometries(collection)
    assert (found["invalid"], found["problematic"]) == ({}, {"holes": [0]})
    (feature,) = collection["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert [len(ring) for ring in feature["geometry"]["coordinates"]] == [5, 4]
    assert (feature["properties"]["certainty"], feature["properties"]["force_name"]) == ("certain", "United States")
