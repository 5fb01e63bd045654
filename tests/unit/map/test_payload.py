import gzip
import hashlib
import json
import math
import shutil
import struct
from itertools import accumulate

import pytest

import components
from components.catalog.basemap import LABELLED_POPULATION, LAYERS
from components.catalog.catalog import load
from components.catalog.served import open_catalog
from components.map.key import LINES
from components.map.packing import NOWHERE
from components.map.payload import (
    basemap_payload,
    incident_texts,
    rows_payload,
)
from components.map.symbols import SHAPES
from components.view.facets import FACETS
from components.view.index import index

HOSTILE = (
    "</script><script>alert(1)</script>",
    "`${alert(1)}`",
    "\"quoted\" 'single' \\ back",
    "<img src=x onerror=alert(1)>",
    "line\u2028para\u2029end",
    "{{ 7 * 7 }}{% raw %}",
    "قاعدة التنف 🛰",
)


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def read(payload) -> dict:
    """The JSON part of a payload."""
    return json.loads(payload.parts["json"].body, parse_constant=refuse)


def columns_of(payload) -> dict[str, list[int]]:
    """The incidents' columns of numbers, as packing.js reads them."""
    content, packed = read(payload)["incidents"], payload.parts["bin"].body
    return {
        column["name"]: unpacked(packed, column["type"], column["offset"], content["length"])
        for column in content["columns"]
    }


def unpacked(packed: bytes, kind: str, offset: int, length: int) -> list[int]:
    size, code = {"u8": (1, "B"), "u16": (2, "H"), "i32": (4, "i")}[kind]
    planes = [packed[offset + plane * length :][:length] for plane in range(size)]
    return [number for row in zip(*planes, strict=True) for number in struct.unpack(f"<{code}", bytes(row))]


def town(id_: str, name: str, **cells: str) -> dict[str, str]:
    return {"id": id_, "name": name, **cells}


@pytest.fixture(params=["rows", "basemap"])
def payload(request, curated, root):
    return rows_payload(curated) if request.param == "rows" else basemap_payload(root / "data")


def test_a_payload_is_json_and_more_named_by_the_hash_of_it_all(payload) -> None:
    assert isinstance(read(payload), dict)
    # The texts follow from the rows, whose version stands in the json, and from the program.
    made = [part.body for ending, part in payload.parts.items() if ending != "text"]
    assert payload.name == hashlib.sha256(b"".join([components.__version__.encode(), *made])).hexdigest()[:16]


def test_the_parts_of_a_payload_unzip_to_themselves(payload) -> None:
    for part in payload.parts.values():
        assert gzip.decompress(part.zipped) == part.body
        assert part.zipped[4:8] == bytes(4), "no time of day, so that equal data are equal bytes"
        assert len(part.zipped) < len(part.body)


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b'{"features": [NaN]}', b'{"features": 7}'])
def test_a_basemap_that_cannot_be_read_is_told_and_left_out(folder, content: bytes) -> None:
    path = folder()
    (path / "basemap").mkdir()
    (path / "basemap/land.geojson").write_bytes(content)
    (path / "basemap/lakes.geojson").write_text('{"features": []}', encoding="utf-8")
    content = json.loads(basemap_payload(path).parts["json"].body)
    assert list(content["layers"]) == ["lakes"]
    assert [text.split(":")[0] for text in content["unreadable"]] == ["basemap/land.geojson"]


def test_a_payload_is_built_once(curated, root) -> None:
    assert rows_payload(curated) is rows_payload(curated)
    assert basemap_payload(root / "data") is basemap_payload(root / "data")


def test_the_same_data_makes_the_same_payload_wherever_it_lies(root, tmp_path) -> None:
    copy = shutil.copytree(root / "data", tmp_path / "copy")
    first, second = rows_payload(load(root / "data")), rows_payload(load(copy))
    assert first.name == second.name
    assert [part.body for part in first.parts.values()] == [part.body for part in second.parts.values()]
    assert basemap_payload(root / "data").name == basemap_payload(copy).name


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("sites", {"name": "Other"}),
        ("sites", {"lat": "34.1"}),
        ("sites", {"aliases": "Another name"}),
        ("forces", {"colour": "#000000"}),
        ("kinds", {"label": "Other"}),
        ("presence", {"status": "reported"}),
        ("presence", {"end": "2025"}),
        ("incidents", {"killed": "us 3"}),
        ("movements", {"low": "5"}),
    ],
)
def test_a_payload_is_another_when_its_data_change(folder, table: str, cells: dict[str, str]) -> None:
    rows = {
        "forces": [{"id": "us"}],
        "kinds": [{"id": "attack"}],
        "sites": [{"id": "base"}],
        "presence": [{"id": "p", "site": "base", "force": "us"}],
        "incidents": [{"id": "i", "site": "base"}],
        "movements": [{"id": "m", "origin": "base"}],
    }
    changed = {**rows, table: [{**rows[table][0], **cells}]}
    was, now = (rows_payload(load(folder(**tables))) for tables in (rows, changed))
    assert was.name != now.name
    contents = [
        ({**read(payload), "version": ""}, payload.parts["bin"].body, payload.parts["text"].body)
        for payload in (was, now)
    ]
    assert contents[0] != contents[1]


def test_each_column_has_a_cell_for_each_row(curated) -> None:
    content = read(rows_payload(curated))
    for table in ("sites", "presence", "movements"):
        rows = content[table]
        assert rows["id"] == list(curated.tables[table]["id"])
        columns = {**rows, **rows.get("origin", {}), **rows.get("destination", {})}
        for name, column in columns.items():
            if isinstance(column, list):
                assert len(column) == len(rows["id"]), f"{table}.{name}"
        for facet in rows["facets"].values():
            assert len(facet["codes"]) == len(rows["id"])
            assert all(0 <= code < len(facet["combos"]) for code in facet["codes"])


def test_numbers_stand_for_the_rows_they_name(curated) -> None:
    content = read(rows_payload(curated))

    def named(table: str, numbers: list[int]) -> list[str | None]:
        ids = [row["id"] for row in content[table]] if isinstance(content[table], list) else content[table]["id"]
        return [ids[n] if n >= 0 else None for n in numbers]

    columns = columns_of(rows_payload(curated))
    assert named("sites", content["presence"]["site"]) == list(curated.presence["site"])
    assert named("forces", content["presence"]["force"]) == list(curated.presence["force"])
    assert named("kinds", columns["kind"]) == list(curated.incidents["kind"])
    assert named("sites", [number - 1 for number in columns["site"]]) == list(curated.incidents["site"])
    assert named("forces", content["movements"]["force"]) == list(curated.movements["force"])
    for end in ("origin", "destination"):
        sites = [place if place in curated.sites.index else None for place in curated.movements[end]]
        assert named("sites", content["movements"][end]["site"]) == sites
    assert set(content["movements"]["moved"]) == set(content["style"]["movements"]["lines"]) == set(LINES)
    assert all(kind["shape"] in content["shapes"] for kind in content["kinds"])
    assert content["shapes"] == dict(SHAPES)


def test_incidents_come_out_of_their_columns_as_they_went_in(curated) -> None:
    payload, frame = rows_payload(curated), curated.incidents
    content, columns = read(payload)["incidents"], columns_of(payload)
    assert content["length"] == len(frame)
    starts = list(accumulate(columns["start_first"]))
    assert starts == frame["start_first"].tolist()
    for name in ("start_last", "end_first", "end_last"):
        assert [start + more for start, more in zip(starts, columns[name], strict=True)] == frame[name].tolist()
    for name, scale in zip(("lat", "lon"), content["scales"], strict=True):
        degrees = [None if number == NOWHERE else number / scale for number in columns[name]]
        assert degrees == [None if math.isnan(value) else pytest.approx(value, abs=1e-5) for value in frame[name]]
    assert [content["places"][number] for number in columns["place"]] == list(frame["place"])
    areas = [content["areas"][number] for number in columns["area"]]
    assert [precision for precision, _ in areas] == list(frame["precision"])
    for facet in FACETS:
        if "incidents" in facet.columns:
            held = [content["combos"][facet.key][code] for code in columns[f"facet {facet.key}"]]
            values = frame[facet.columns["incidents"]]
            assert held == [list(value) if isinstance(value, tuple) else [value] for value in values]


def test_movements_are_in_order_of_time_as_the_browser_counts_on(curated) -> None:
    starts = read(rows_payload(curated))["movements"]["start_first"]
    assert starts == sorted(starts)
    assert min(columns_of(rows_payload(curated))["start_first"][1:]) >= 0


def test_what_a_search_looks_in_is_the_same_in_the_browser(curated) -> None:
    payload, columns = rows_payload(curated), index(curated)
    lines = payload.parts["text"].body.decode().split("\n")
    assert lines == [line for table in ("incidents", "sites", "movements") for line in getattr(columns, table).hay]


def test_texts_of_incidents_are_theirs_by_number(curated) -> None:
    rows = curated.incidents
    assert incident_texts(curated, []) == []
    assert incident_texts(curated, range(len(rows))) == [
        list(row) for row in zip(rows["id"], rows["title"], strict=True)
    ]
    assert incident_texts(curated, [2, 0, 2]) == [list(rows[["id", "title"]].iloc[n]) for n in (2, 0, 2)]


@pytest.mark.parametrize("beyond", [-1, None])
def test_there_are_no_texts_beyond_the_incidents(curated, beyond: int | None) -> None:
    with pytest.raises(IndexError):
        incident_texts(curated, [0, len(curated.incidents) if beyond is None else beyond])


def test_a_row_without_a_place_has_no_point(folder) -> None:
    catalog = open_catalog(folder(movements=[{"id": "m", "origin": "Nowhere"}], incidents=[{"id": "i", "place": "No"}]))
    payload = rows_payload(catalog)
    content, columns = read(payload), columns_of(payload)
    for points in (content["movements"]["origin"], content["movements"]["destination"]):
        assert (points["lat"], points["lon"], points["radius"], points["precision"]) == ([None], [None], [None], [None])
    assert (columns["lat"], columns["lon"]) == ([NOWHERE], [NOWHERE])
    assert content["incidents"]["areas"] == [[None, None]]
    assert content["movements"]["low"] == [None]


@pytest.mark.parametrize(
    ("killed", "wounded", "severity"),
    [
        ("", "", 0),
        ("us 0", "us 0", 0),
        ("", "us 1", 1),
        ("us 1", "", 1),
        ("us 0-20", "", 0),
        ("us 9", "us 500", 1),
        ("us 10", "", 2),
        ("us 10+", "", 2),
        ("us 5; sdf 5", "", 2),
    ],
)
def test_severity_goes_by_what_is_certain(catalog_of, killed: str, wounded: str, severity: int) -> None:
    catalog = catalog_of(
        sites=[{"id": "base"}], incidents=[{"id": "i", "site": "base", "killed": killed, "wounded": wounded}]
    )
    assert columns_of(rows_payload(catalog))["severity"] == [severity]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(catalog_of, text: str) -> None:
    catalog = catalog_of(
        forces=[{"id": "us", "name": text}],
        kinds=[{"id": "attack", "label": text}],
        sites=[{"id": "base", "name": text, "country": text.replace(";", "")}],
        incidents=[{"id": "i", "place": text, "title": text}],
        movements=[{"id": "m", "origin": text, "title": text}],
        places=[{"query": text}],
    )
    content = read(rows_payload(catalog))
    assert content["forces"][0]["name"] == text
    assert content["kinds"][0]["label"] == text
    assert content["sites"]["name"] == [text]
    assert content["sites"]["facets"]["country"]["combos"] == [[text.replace(";", "")]]
    assert content["incidents"]["places"] == [text]
    assert incident_texts(catalog, [0]) == [["i", text]]
    assert content["movements"]["title"] == [text]


def test_an_empty_folder_has_both_payloads(folder) -> None:
    path = folder()
    rows, basemap = read(rows_payload(load(path))), read(basemap_payload(path))
    assert [rows[table]["id"] for table in ("sites", "presence", "movements")] == [[], [], []]
    assert rows["incidents"]["length"] == 0
    assert set(map(len, columns_of(rows_payload(load(path))).values())) == {0}
    assert basemap["world"], "the basemap is the world's"
    assert basemap["unreadable"] == []


def test_the_worlds_basemap_is_light(folder) -> None:
    assert len(basemap_payload(folder()).parts["json"].zipped) < 500_000


def test_the_curated_basemap_has_every_layer(root) -> None:
    layers = read(basemap_payload(root / "data"))["layers"]
    assert set(layers) == set(LAYERS) - {"disputed"}
    assert all(layer["type"] == "FeatureCollection" and layer["features"] for layer in layers.values())


def test_labels_are_countries_governorates_and_large_towns_the_largest_first(folder) -> None:
    large, small = str(LABELLED_POPULATION), str(LABELLED_POPULATION - 1)
    path = folder(
        gazetteer=[
            town("a", "Large", population=large),
            town("b", "Larger Ḩ'", population="900000"),
            town("c", "Small", population=small),
            town("d", "Homs governorate", kind="governorate"),
            town("e", "Syria", kind="country", lat="35.00049"),
            town("f", "Field", kind="airfield"),
        ]
    )
    (path / "basemap").mkdir()
    (path / "basemap/land.geojson").write_text('{"features": []}', encoding="utf-8")
    labels = read(basemap_payload(path))["labels"]
    assert [(label["name"], label["kind"]) for label in labels] == [
        ("Syria", "country"),
        ("Larger H", "town"),
        ("Large", "town"),
        ("Homs", "governorate"),
    ]
    assert labels[0]["lat"] == 35.0


def test_the_basemap_is_another_when_a_layer_or_the_gazetteer_changes(folder) -> None:
    path = folder()
    names = [basemap_payload(path).name]
    (path / "basemap").mkdir()
    (path / "basemap/land.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    names.append(basemap_payload(path).name)
    other = folder(gazetteer=[town("a", "Syria", kind="country")])
    shutil.copy(other / "gazetteer.csv", path / "gazetteer.csv")
    names.append(basemap_payload(path).name)
    assert len(set(names)) == 3
