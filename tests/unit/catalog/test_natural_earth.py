"""A base map from Natural Earth's files: whole or cut, from GeoJSON as from shapefiles."""

import json
import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.basemap import WORLD as WORLD_FOLDER
from components.catalog.basemap import read_basemap, with_basemap
from components.catalog.clipping import Rectangle, clip_line, clip_ring
from components.catalog.natural_earth import DETAILED, WORLD, NoSuchPlaceError, around, base_map, find_sources
from components.catalog.vectors import read_shapes
from components.cli import main

SQUARE = [[0, 0], [0, 10], [10, 10], [10, 0], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]


def feature(form: str, coordinates, **properties) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": {"type": form, "coordinates": coordinates}}


def write(folder: Path, name: str, *features: dict) -> None:
    (folder / name).write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


@pytest.fixture
def source(tmp_path) -> Path:
    """A world of one square country with a hole, an islet beyond 180°, and three lines."""
    folder = tmp_path / "source"
    folder.mkdir()
    far = [[[-179, 0], [-179, 1], [-178, 1], [-178, 0], [-179, 0]]]
    write(folder, "ne_10m_land.geojson", feature("MultiPolygon", [[SQUARE, HOLE], far]))
    write(
        folder,
        "ne_10m_admin_0_boundary_lines_land.json",
        feature("LineString", [[-5, 5], [15, 5]], FEATURECLA="International boundary (verify)"),
        feature("LineString", [[2, 2], [2, 20]], featurecla="Disputed (please verify)"),
    )
    write(
        folder,
        "ne_10m_admin_0_boundary_lines_disputed_areas.geojson",
        feature("LineString", [[3, 3], [3, 30]], featurecla="Claim"),
    )
    islands = [[[[178, 0], [178, 1], [179, 1], [179, 0], [178, 0]]], far]
    write(
        folder,
        "ne_10m_admin_0_countries.geojson",
        feature("Polygon", [SQUARE], NAME="Squareland", NAME_LONG="Republic of Squareland", POP_EST=5_000_000),
        feature("MultiPolygon", islands, NAME="Islands", POP_EST=-99),
        feature("Polygon", [[[30, 0], [30, 1], [31, 1], [31, 0], [30, 0]]], NAME="Swaziland"),
    )
    write(folder, "ne_50m_land.geojson", feature("Polygon", [SQUARE]))
    return folder


def layer(layers: dict[str, str], name: str) -> list[dict]:
    return [one["geometry"] for one in json.loads(layers[name])["features"]]


def test_the_most_detailed_files_are_taken(source: Path) -> None:
    assert [path.name for path in find_sources(source)["land"]] == ["ne_10m_land.geojson"]
    assert [path.name for path in find_sources(source, WORLD.scales)["land"]] == ["ne_50m_land.geojson"]
    assert find_sources(source)["rivers"] == ()


def test_lines_that_are_not_agreed_on_have_a_layer_of_their_own(source: Path) -> None:
    layers = base_map(find_sources(source), DETAILED, None)
    assert [one["coordinates"] for one in layer(layers, "borders")] == [[[-5, 5], [15, 5]]]
    assert [one["coordinates"] for one in layer(layers, "disputed")] == [[[2, 2], [2, 20]], [[3, 3], [3, 30]]]


def test_what_lies_without_the_box_is_cut_off(source: Path) -> None:
    layers = base_map(find_sources(source), DETAILED, Rectangle(-2, 1, 5, 9))
    [[land, hole]] = [[shapely.Polygon(ring) for ring in one["coordinates"]] for one in layer(layers, "land")]
    assert land.equals(shapely.box(0, 1, 5, 9))
    assert hole.equals(shapely.box(4, 4, 5, 6))
    assert [one["coordinates"] for one in layer(layers, "borders")] == [[[-2, 5], [5, 5]]]
    assert [one["coordinates"] for one in layer(layers, "disputed")] == [[[2, 2], [2, 9]], [[3, 3], [3, 9]]]


def test_across_180_degrees_a_country_is_in_one_piece(source: Path) -> None:
    countries = list(read_shapes(source / "ne_10m_admin_0_countries.geojson"))
    box = around("Islands", countries)
    assert box == (177, -1, 183, 2), "a quarter of it about it"
    layers = base_map(find_sources(source), DETAILED, box)
    [islet] = layer(layers, "land")
    assert sorted({x for x, _ in islet["coordinates"][0]}) == [181, 182]


@pytest.mark.parametrize(
    ("place", "box"),
    [
        ("Squareland", (-2.5, -2.5, 12.5, 12.5)),
        ("republic of squareland", (-2.5, -2.5, 12.5, 12.5)),
        ("Eswatini", (29.75, -0.25, 31.25, 1.25)),
        ("60,20,111.2", (18, 59, 22, 61)),
    ],
)
def test_a_place_is_a_country_or_a_point_and_how_far_about_it(source: Path, place: str, box) -> None:
    found = around(place, list(read_shapes(source / "ne_10m_admin_0_countries.geojson")))
    assert np.allclose(found, box, atol=0.001)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Squarelandia", "did you mean Squareland"),
        ("Atlantis", "write it as Natural Earth does"),
        ("", "no country is called ''"),
        ("91,0,10", "no latitude"),
        ("0,0,nan", "no latitude"),
        ("1,2", "no country"),
    ],
)
def test_what_is_no_place_is_refused_with_how_to_say_it(source: Path, place: str, said: str) -> None:
    with pytest.raises(NoSuchPlaceError, match=said):
        around(place, list(read_shapes(source / "ne_10m_admin_0_countries.geojson")))


def test_countries_are_named_where_they_are_widest_as_they_are_called_now(source: Path) -> None:
    names = json.loads(base_map(find_sources(source), DETAILED, None)["names"])["features"]
    told = {one["properties"]["name"]: one for one in names}
    assert list(told) == ["Squareland", "Islands", "Eswatini"]
    assert np.allclose(told["Squareland"]["geometry"]["coordinates"], (5, 5), atol=0.3)
    assert told["Islands"]["properties"] == {"name": "Islands", "kind": "country", "population": 0}


def shapefile(kind: int, *records: list[list[list[float]]]) -> bytes:
    """A shapefile of lines (3) or polygons (5), written by hand after the specification."""
    content = b""
    for number, parts in enumerate(records, start=1):
        points = [point for part in parts for point in part]
        starts = np.cumsum([0, *(len(part) for part in parts)])[:-1]
        body = struct.pack("<i4d2i", kind, 0, 0, 0, 0, len(parts), len(points))
        body += struct.pack(f"<{len(parts)}i", *starts) + struct.pack(f"<{2 * len(points)}d", *np.ravel(points))
        content += struct.pack(">2i", number, len(body) // 2) + body
    return struct.pack(">i5xxxxx", 9994).ljust(32, b"\0").ljust(100, b"\0") + content


def dbf(field: bytes, *values: bytes) -> bytes:
    head = struct.pack("<B3xIHH20x", 3, len(values), 32 + 32 + 1, 1 + 40)
    return (
        head
        + field.ljust(11, b"\0")
        + b"C"
        + bytes(4)
        + bytes([40])
        + bytes(15)
        + b"\r"
        + b"".join(b" " + value.ljust(40) for value in values)
    )


def test_shapefiles_are_read_as_geojson_is(tmp_path) -> None:
    (tmp_path / "ne_10m_land.shp").write_bytes(shapefile(5, [SQUARE, HOLE, [[20, 0], [20, 1], [21, 1], [20, 0]]]))
    (tmp_path / "ne_10m_admin_0_boundary_lines_land.shp").write_bytes(
        shapefile(3, [[[0, 5], [10, 5]]], [[[2, 2], [2, 8]], [[3, 3], [3, 8]]])
    )
    (tmp_path / "ne_10m_admin_0_boundary_lines_land.dbf").write_bytes(
        dbf(b"FEATURECLA", b"International boundary (verify)", b"Line of control (please verify)")
    )
    layers = base_map(find_sources(tmp_path), DETAILED, None)
    assert [len(one["coordinates"]) for one in layer(layers, "land")] == [2, 1], "the hole is the square's"
    assert [one["type"] for one in layer(layers, "borders")] == ["LineString"]
    assert [one["type"] for one in layer(layers, "disputed")] == ["MultiLineString"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"features": [1]}', b'{"features": [{"geometry": {"type": "Point"}}]}']
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content: bytes) -> None:
    (tmp_path / "ne_10m_land.geojson").write_bytes(content)
    with pytest.raises(ValueError, match=r"ne_10m_land\.geojson cannot be read"):
        list(read_shapes(tmp_path / "ne_10m_land.geojson"))
    (tmp_path / "ne_10m_land.shp").write_bytes(content)
    with pytest.raises(ValueError, match=r"ne_10m_land\.shp cannot be read"):
        list(read_shapes(tmp_path / "ne_10m_land.shp"))


COORDINATE = st.integers(-20, 20)


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=8))
def test_a_cut_line_is_what_of_it_lies_within(points) -> None:
    box = Rectangle(-5.5, -5.5, 7.5, 9.5)
    line = np.array(points, dtype=float)
    pieces = sum(float(np.hypot(*np.diff(piece, axis=0).T).sum()) for piece in clip_line(line, box))
    inside = shapely.box(*box)
    within = [shapely.LineString(pair).intersection(inside).length for pair in pairwise(line)]
    assert pieces == pytest.approx(sum(within))


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=3, max_size=6, unique=True))
def test_a_cut_ring_is_what_of_it_lies_within(points) -> None:
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon":
        return
    box = Rectangle(-5.5, -5.5, 7.5, 9.5)
    cut = clip_ring(np.array(hull.exterior.coords), box)
    area = shapely.Polygon(cut).area if len(cut) else 0
    assert area == pytest.approx(hull.intersection(shapely.box(*box)).area)


def test_the_command_writes_a_base_map_that_a_data_folder_can_have(source: Path, tmp_path, capsys) -> None:
    folder = tmp_path / "data"
    assert main(["basemap", "--from", str(source), "--around", "Squareland", "--into", str(folder)]) == 0
    basemap = with_basemap(folder, read_basemap)
    assert list(basemap.layers) == ["land", "borders", "disputed"]
    assert not basemap.unreadable
    assert not basemap.world
    assert [label.name for label in basemap.labels] == ["Squareland"]
    assert "ne_10m_land.geojson" in (folder / "basemap/README.md").read_text(encoding="utf-8")
    assert "rivers: none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "Missing: ne_10m_land and ne_10m_admin_0_boundary_lines_land"),
        (["--from", "nowhere"], "naturalearthdata.com"),
    ],
)
def test_without_natural_earths_files_it_says_which_it_wants(tmp_path, monkeypatch, capsys, given, said: str) -> None:
    monkeypatch.delenv("LAYDOWN_NATURAL_EARTH", raising=False)
    assert main(["basemap", *given, "--around", "Mali", "--into", str(tmp_path / "data")]) == 1
    assert said in capsys.readouterr().out
    assert not (tmp_path / "data").exists()


def test_where_there_is_no_land_nothing_is_written(source: Path, tmp_path, capsys) -> None:
    assert main(["basemap", "--from", str(source), "--around", "50,100,10", "--into", str(tmp_path / "data")]) == 1
    assert "no land" in capsys.readouterr().out
    assert not (tmp_path / "data").exists()


def test_the_world_that_comes_along_is_whole_and_light() -> None:
    basemap = with_basemap(WORLD_FOLDER, read_basemap)
    assert list(basemap.layers) == ["land", "lakes", "borders", "disputed"]
    countries = [label for label in basemap.labels if label.kind == "country"]
    assert len(countries) > 200
    shapes = [shapely.geometry.shape(one["geometry"]) for one in basemap.layers["land"]["features"]]
    land = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
    assert land.area == pytest.approx(21_460, rel=0.01), "square degrees"
    at_home = {label.name for label in countries if land.contains(shapely.Point(label.lon, label.lat))}
    assert len(at_home) > 0.9 * len(countries), "but for islets smaller than a hundredth of a degree tells"
    assert {"Mali", "Japan", "Fiji", "Bolivia", "Kosovo", "Eswatini"} <= at_home
