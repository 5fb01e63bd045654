"""Areas of GeoJSON and KML that say who holds them become areas, with dates; others are left out and said."""

import json
import math
from pathlib import Path

import pytest

from components.catalog.catalog import Catalog, load
from components.catalog.polygons import MOST_POINTS, read_polygons
from components.importing.importing import Plan, carry_out, interpret, plan
from components.importing.limits import UnclearError


def ring(lon: float, lat: float, radius: float, points: int = 12) -> list[list[float]]:
    turns = [2 * math.pi * n / points for n in range(points)]
    return [[round(lon + radius * math.cos(turn), 4), round(lat + radius * math.sin(turn), 4)] for turn in turns]


def feature(kind: str, coordinates: object, **properties: str) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(*features: dict) -> list[tuple[str, bytes]]:
    return [("areas.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())]


def imported(files: list[tuple[str, bytes]], into: Path) -> tuple[Catalog, Plan]:
    planned = plan(interpret(files), into)
    carry_out(planned)
    catalog = load(into)
    assert catalog.problems == ()
    return catalog, planned


WEST = ring(38, 35, 1), ring(38, 35, 0.3)


def test_outlines_of_one_name_follow_one_another(tmp_path) -> None:
    files = geojson(
        feature("Polygon", WEST, name="West", holder="Blue", date="2025-01-01"),
        feature("Polygon", WEST[:1], name="West", holder="Red", date="2025-06-01"),
        feature("MultiPolygon", [WEST[:1], [ring(40, 35, 0.2)]], name="East", holder="Red", date="2025-03"),
    )
    catalog, _ = imported(files, tmp_path)
    told = catalog.areas[["name", "force", "start", "end", "last_confirmed"]].to_numpy().tolist()
    assert [[str(getattr(cell, "text", cell)) for cell in row] for row in told] == [
        ["West", "blue", "2025-01-01", "2025-01-01..2025-05-31", "None"],
        ["East", "red", "2025-03", "None", "2025-03"],
        ["West", "red", "2025-06-01", "None", "2025-06-01"],
    ]
    assert [len(polygon) for text in catalog.areas["geometry"] for polygon in read_polygons(text)] == [2, 1, 1, 1]
    assert set(catalog.forces["name"]) == {"Blue", "Red"}


def test_what_is_no_area_with_a_holder_is_left_out_and_said(tmp_path) -> None:
    files = geojson(
        feature("Polygon", WEST, name="West", holder="Blue", **{"from": "2025-01-01", "to": "2025-03-31"}),
        feature("Polygon", [], name="Nothing", holder="Blue", **{"from": "2025-01-01"}),
        feature("Polygon", [[[38, 135], [39, 135], [39, 136]]], name="Nowhere", holder="Blue", **{"from": "2025"}),
        feature("LineString", [[38, 35], [39, 35]], name="Line", holder="Blue", **{"from": "2025"}),
        feature("Point", [38, 35], name="Town", holder="Blue", **{"from": "2025"}),
        feature("Polygon", WEST, name="Nobody's", holder="", **{"from": "2025"}),
    )
    catalog, planned = imported(files, tmp_path)
    assert list(catalog.areas["name"]) == ["West"]
    assert catalog.areas["end"].iloc[0].text == "2025-03-31"
    said = planned.text()
    for reason in ("has no polygon", "nowhere on Earth", "not a point, nor", "a point beside areas", "no holder"):
        assert reason in said


def test_an_outline_of_very_many_points_is_simplified_and_that_is_said(tmp_path) -> None:
    files = geojson(feature("Polygon", [ring(38, 35, 1, 9000)], name="Fine", holder="Blue", date="2025"))
    catalog, planned = imported(files, tmp_path)
    ((points,),) = read_polygons(catalog.areas["geometry"].iloc[0])
    assert 200 < len(points) <= MOST_POINTS
    assert "outline simplified" in planned.text()
    assert all(0.98 < math.hypot(lon - 38, lat - 35) < 1.02 for lon, lat in points)


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Zone</name>
<TimeSpan><begin>2025-01-01</begin><end>2025-03-01</end></TimeSpan>
<ExtendedData><Data name="Controlled by"><value>Blue</value></Data></ExtendedData>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>38,34,0 39,34,0 39,35,0 38,34,0</coordinates>
</LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>38.7,34.2 38.8,34.2 38.8,34.3 38.7,34.2
</coordinates></LinearRing></innerBoundaryIs></Polygon></MultiGeometry></Placemark></Document></kml>"""


def test_kml_s_areas_have_their_holes_and_times(tmp_path) -> None:
    catalog, _ = imported([("areas.kml", KML.encode())], tmp_path)
    ((_, row),) = catalog.areas.iterrows()
    assert (row["name"], row["force"], row["start"].text, row["end"].text) == (
        "Zone",
        "blue",
        "2025-01-01",
        "2025-03-01",
    )
    ((outer, hole),) = read_polygons(row["geometry"])
    assert (len(outer), len(hole)) == (4, 4)


def test_an_update_changes_what_changed(tmp_path) -> None:
    first = feature("Polygon", WEST, id="7", name="West", holder="Blue", date="2025-01-01")
    imported(geojson(first), tmp_path)
    moved = feature("Polygon", [ring(39, 35, 1)], id="7", name="West", holder="Blue", date="2025-01-01")
    catalog, planned = imported(geojson(moved), tmp_path)
    assert list(catalog.areas["id"]) == ["7"]
    assert "areas: 1 changed" in planned.text()


def test_areas_without_dates_are_asked_for(tmp_path) -> None:
    with pytest.raises(UnclearError, match="--map start=COLUMN"):
        plan(interpret(geojson(feature("Polygon", WEST, name="West", holder="Blue"))), tmp_path)
