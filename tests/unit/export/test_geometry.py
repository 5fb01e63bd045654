"""Where a row is, as GeoJSON: no surer than its source, and as RFC 7946 wants it."""

from math import cos, degrees, radians

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from components.export.geometry import (
    CORNERS,
    EARTH_KM,
    Place,
    circle,
    geometry_of,
    line_geometry,
    place_geometry,
    positions,
)

LATITUDES = st.floats(-90, 90) | st.sampled_from([0.0, 90.0, -90.0, 89.99, -89.99])
LONGITUDES = st.floats(-180, 180) | st.sampled_from([0.0, 180.0, -180.0, 179.9])
RADII = st.floats(0.01, 5000) | st.sampled_from([25.0, 100.0, 300.0])
PLACES = st.builds(Place, LATITUDES, LONGITUDES, st.sampled_from(["site", "district", "undisclosed"]), RADII)


@pytest.mark.parametrize(
    ("precision", "radius", "type_"),
    [
        ("site", 0.5, "Point"),
        ("town", 5.0, "Point"),
        ("town", 5.1, "Polygon"),
        ("site", 25.0, "Polygon"),
        ("district", 25.0, "Polygon"),
        ("district", 3.0, "Polygon"),
        ("country", 300.0, "Polygon"),
        ("undisclosed", 1.0, "Polygon"),
        ("undisclosed", 0.001, "Point"),  # no circle of six decimals
    ],
)
def test_only_what_is_known_to_a_town_is_a_point(precision: str, radius: float, type_: str) -> None:
    assert place_geometry(Place(33.5, 38.6, precision, radius))["type"] == type_


@given(PLACES)
def test_a_circle_is_valid_closed_counter_clockwise_and_small(place: Place) -> None:
    geometry = circle(place)
    whole = shape(geometry)
    assert whole.is_valid
    for part in getattr(whole, "geoms", [whole]):
        assert part.exterior.is_ccw
        assert part.area > 0
    rings = geometry["coordinates"] if geometry["type"] == "Polygon" else [part[0] for part in geometry["coordinates"]]
    for ring in rings:
        assert ring[0] == ring[-1]
        assert len(ring) <= 64
    for position in positions(geometry):
        assert position == [round(number, 6) for number in position]
        assert abs(position[0]) <= 180
        assert abs(position[1]) <= 90


@given(PLACES)
def test_a_circles_corners_are_at_its_radius_and_its_middle_is_in_it(place: Place) -> None:
    geometry = circle(place)
    # Where it was cut there are corners more, between those of the circle or at the pole.
    corners = [(lat, lon) for lon, lat in positions(geometry) if abs(lon) != 180 and abs(lat) != 90]
    assert len(corners) >= CORNERS - 2
    for corner in corners:
        assert great_circle((place.lat, place.lon), corner).km == pytest.approx(place.radius_km, rel=1e-6, abs=2e-4)
    middles = [Point(place.lon + turn, place.lat) for turn in (-360, 0, 360)]
    assert min(shape(geometry).distance(middle) for middle in middles) < 1e-6


def test_a_circle_across_the_antimeridian_is_cut_there() -> None:
    geometry = circle(Place(-17.7, 179.5, "country", 100))
    assert geometry["type"] == "MultiPolygon"
    west, east = sorted(shape(geometry).geoms, key=lambda part: part.bounds[0])
    assert west.bounds[0] == -180
    assert west.bounds[2] == pytest.approx(-179.556, abs=0.01)
    assert east.bounds[2] == 180
    assert east.bounds[0] == pytest.approx(178.556, abs=0.01)


def test_a_circle_that_hardly_touches_the_antimeridian_leaves_no_sliver_beyond_it() -> None:
    reach = degrees(0.01 / EARTH_KM) * cos(radians(180 / CORNERS))  # of its outermost corners
    geometry = circle(Place(0, 180 - reach + 3e-7, "country", 0.01))
    assert geometry["type"] == "Polygon"
    assert shape(geometry).is_valid


@pytest.mark.parametrize("pole", [90, -90])
def test_a_circle_that_holds_a_pole_runs_along_the_maps_edge(pole: int) -> None:
    polygon = shape(circle(Place(pole * 0.99, 38, "country", 1000)))
    assert polygon.geom_type == "Polygon"
    assert polygon.bounds[0] == -180
    assert polygon.bounds[2] == 180
    assert pole in polygon.bounds
    assert polygon.covers(Point(-142, pole * 0.99)), "beyond the pole"
    assert not polygon.covers(Point(38, pole * 0.85))


def test_a_line_runs_from_end_to_end() -> None:
    line = line_geometry(Place(33.5, 38.6, "site", 0.5), Place(31, 36, "town", 5))
    assert line == {"type": "LineString", "coordinates": [[38.6, 33.5], [36.0, 31.0]]}


@pytest.mark.parametrize("precision", ["undisclosed", "country", "district"])
def test_a_line_ends_at_the_edge_of_an_area(precision: str) -> None:
    origin, target = Place(36, 44, "site", 0.5), Place(31, 36, precision, 170)
    to = line_geometry(origin, target)["coordinates"]
    assert to[0] == [44.0, 36.0]
    assert great_circle((31, 36), to[1][::-1]).km == pytest.approx(170, rel=1e-4)
    assert great_circle((36, 44), to[1][::-1]).km == pytest.approx(great_circle((31, 36), (36, 44)).km - 170, rel=1e-4)
    assert line_geometry(target, origin)["coordinates"] == to[::-1], "and begins at it"


def test_a_line_from_within_an_undisclosed_area_is_half_of_it_as_the_maps_is() -> None:
    near, target = Place(31.5, 36, "site", 0.5), Place(31, 36, "undisclosed", 170)
    assert line_geometry(near, target)["coordinates"] == [[36.0, 31.5], [36.0, 31.25]]
    assert line_geometry(target, near)["coordinates"] == [[36.0, 31.2], [36.0, 31.5]]


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        ((170, 10), (-170, 20), [[[170.0, 10.0], [180.0, 15.0]], [[-180.0, 15.0], [-170.0, 20.0]]]),
        ((-170, 20), (170, 10), [[[-170.0, 20.0], [-180.0, 15.0]], [[180.0, 15.0], [170.0, 10.0]]]),
    ],
)
def test_a_line_across_the_antimeridian_is_cut_there(start, end, parts) -> None:
    line = line_geometry(*(Place(lat, lon, "site", 0.5) for lon, lat in (start, end)))
    assert line == {"type": "MultiLineString", "coordinates": parts}


@given(PLACES, PLACES)
def test_every_line_is_within_the_world_and_never_the_long_way_round(origin: Place, target: Place) -> None:
    geometry = line_geometry(origin, target)
    assert all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in positions(geometry))
    assert shape(geometry).is_valid
    if "Line" in geometry["type"]:
        lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
        assert sum(abs(line[1][0] - line[0][0]) for line in lines) <= 180.00001
        assert all(line[0] != line[1] for line in lines)


def test_a_line_with_one_end_or_none_is_what_is_known() -> None:
    place, vague = Place(33.5, 38.6, "site", 0.5), Place(31, 36, "undisclosed", 170)
    assert line_geometry(place, None) == line_geometry(None, place) == place_geometry(place)
    assert line_geometry(None, vague)["type"] == "Polygon"
    assert line_geometry(None, None) is None
    assert line_geometry(place, place) == place_geometry(place), "from a place to itself"


def test_the_geometry_of_a_row_is_that_of_its_columns() -> None:
    here = {"lat": 33.5, "lon": 38.6, "precision": "site", "radius_km": 0.5}
    nowhere = dict.fromkeys(here)
    assert geometry_of(here) == {"type": "Point", "coordinates": [38.6, 33.5]}
    assert geometry_of(nowhere) is None
    assert geometry_of({"id": "a source"}) is None
    ends = [{f"{end}_{name}": value for name, value in here.items()} for end in ("origin", "destination")]
    gone = [{f"{end}_{name}": None for name in here} for end in ("origin", "destination")]
    assert geometry_of({**gone[0], **ends[1]}) == geometry_of(here)
    assert geometry_of({**ends[0], **gone[1]}) == geometry_of(here)
    assert geometry_of({**gone[0], **gone[1]}) is None
    assert geometry_of({**ends[0], **ends[1], "destination_lat": 34.0})["type"] == "LineString"


def test_all_positions_of_a_geometry_are_told() -> None:
    assert positions(None) == []
    assert positions({"type": "Point", "coordinates": [1, 2]}) == [[1, 2]]
    assert positions({"type": "MultiPolygon", "coordinates": [[[[1, 2], [3, 4]]], [[[5, 6]]]]}) == [
        [1, 2],
        [3, 4],
        [5, 6],
    ]
