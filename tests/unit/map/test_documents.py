import gzip
import hashlib
import json
import shutil

import pytest

from components.catalog.catalog import load, open_catalog
from components.map.documents import BASEMAP_LAYERS, LABELLED_POPULATION, basemap_document, rows_document
from components.map.symbols import SHAPES
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


def read(document) -> dict:
    return json.loads(document.body, parse_constant=refuse)


def town(id_: str, name: str, **cells: str) -> dict[str, str]:
    return {"id": id_, "name": name, **cells}


@pytest.fixture(params=["rows", "basemap"])
def document(request, curated, root):
    return rows_document(curated) if request.param == "rows" else basemap_document(root / "data")


def test_a_document_is_json_named_by_the_hash_of_its_content(document) -> None:
    assert isinstance(read(document), dict)
    assert document.name == hashlib.sha256(document.body).hexdigest()[:16]


def test_a_document_unzips_to_itself(document) -> None:
    assert gzip.decompress(document.zipped) == document.body
    assert document.zipped[4:8] == bytes(4), "no time of day, so that equal data are equal bytes"
    assert len(document.zipped) < len(document.body) / 2


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_has_no_word_for_is_never_sent(folder, number: float) -> None:
    path = folder()
    (path / "basemap").mkdir()
    (path / "basemap/land.geojson").write_text(json.dumps({"features": [number]}), encoding="utf-8")
    with pytest.raises(ValueError, match="JSON compliant"):
        basemap_document(path)


def test_a_document_is_built_once(curated, root) -> None:
    assert rows_document(curated) is rows_document(curated)
    assert basemap_document(root / "data") is basemap_document(root / "data")


def test_the_same_data_makes_the_same_document_wherever_it_lies(root, tmp_path) -> None:
    copy = shutil.copytree(root / "data", tmp_path / "copy")
    first, second = rows_document(load(root / "data")), rows_document(load(copy))
    assert (first.name, first.zipped) == (second.name, second.zipped)
    assert basemap_document(root / "data").name == basemap_document(copy).name


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
def test_a_document_is_another_when_its_data_change(folder, table: str, cells: dict[str, str]) -> None:
    rows = {
        "forces": [{"id": "us"}],
        "kinds": [{"id": "attack"}],
        "sites": [{"id": "base"}],
        "presence": [{"id": "p", "site": "base", "force": "us"}],
        "incidents": [{"id": "i", "site": "base"}],
        "movements": [{"id": "m", "origin": "base"}],
    }
    changed = {**rows, table: [{**rows[table][0], **cells}]}
    was, now = (read(rows_document(load(folder(**tables)))) for tables in (rows, changed))
    assert was.pop("version") != now.pop("version")
    assert was != now


def test_each_column_has_a_cell_for_each_row(curated) -> None:
    content = read(rows_document(curated))
    for table in ("sites", "presence", "incidents", "movements"):
        rows = content[table]
        assert rows["id"] == list(curated.tables[table]["id"])
        if table == "presence":
            assert rows.pop("hay") == [], "no search looks in it"
        columns = {**rows, **rows.get("origin", {}), **rows.get("destination", {})}
        for name, column in columns.items():
            if isinstance(column, list):
                assert len(column) == len(rows["id"]), f"{table}.{name}"
        for facet in rows["facets"].values():
            assert len(facet["codes"]) == len(rows["id"])
            assert all(0 <= code < len(facet["combos"]) for code in facet["codes"])


def test_numbers_stand_for_the_rows_they_name(curated) -> None:
    content = read(rows_document(curated))

    def named(table: str, numbers: list[int]) -> list[str | None]:
        ids = [row["id"] for row in content[table]] if isinstance(content[table], list) else content[table]["id"]
        return [ids[n] if n >= 0 else None for n in numbers]

    assert named("sites", content["presence"]["site"]) == list(curated.presence["site"])
    assert named("forces", content["presence"]["force"]) == list(curated.presence["force"])
    assert named("kinds", content["incidents"]["kind"]) == list(curated.incidents["kind"])
    assert named("sites", content["incidents"]["site"]) == list(curated.incidents["site"])
    assert named("forces", content["movements"]["force"]) == list(curated.movements["force"])
    assert all(kind["shape"] in content["shapes"] for kind in content["kinds"])
    assert content["shapes"] == dict(SHAPES)


def test_rows_are_in_order_of_time_as_the_browser_counts_on(curated) -> None:
    content = read(rows_document(curated))
    for table in ("incidents", "movements"):
        starts = content[table]["start_first"]
        assert starts == sorted(starts)


def test_what_a_search_looks_in_is_the_same_in_the_browser(curated) -> None:
    content, columns = read(rows_document(curated)), index(curated)
    for table in ("sites", "incidents", "movements"):
        assert content[table]["hay"] == list(getattr(columns, table).hay)


def test_a_row_without_a_place_has_no_point(folder) -> None:
    catalog = open_catalog(folder(movements=[{"id": "m", "origin": "Nowhere"}], incidents=[{"id": "i", "place": "No"}]))
    content = read(rows_document(catalog))
    for points in (content["incidents"], content["movements"]["origin"], content["movements"]["destination"]):
        assert (points["lat"], points["lon"], points["radius"], points["precision"]) == ([None], [None], [None], [None])
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
    assert read(rows_document(catalog))["incidents"]["severity"] == [severity]


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
    content = read(rows_document(catalog))
    assert content["forces"][0]["name"] == text
    assert content["kinds"][0]["label"] == text
    assert content["sites"]["name"] == [text]
    assert content["sites"]["facets"]["country"]["combos"] == [[text.replace(";", "")]]
    assert (content["incidents"]["title"], content["incidents"]["place"]) == ([text], [text])
    assert content["movements"]["title"] == [text]


def test_an_empty_folder_has_both_documents(folder) -> None:
    path = folder()
    rows, basemap = read(rows_document(load(path))), read(basemap_document(path))
    assert [rows[table]["id"] for table in ("sites", "presence", "incidents", "movements")] == [[], [], [], []]
    assert basemap == {"layers": {}, "labels": []}


def test_the_curated_basemap_has_every_layer(root) -> None:
    layers = read(basemap_document(root / "data"))["layers"]
    assert set(layers) == set(BASEMAP_LAYERS)
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
    labels = read(basemap_document(path))["labels"]
    assert [(label["name"], label["kind"]) for label in labels] == [
        ("Syria", "country"),
        ("Larger H", "town"),
        ("Large", "town"),
        ("Homs", "governorate"),
    ]
    assert labels[0]["lat"] == 35.0


def test_the_basemap_is_another_when_a_layer_or_the_gazetteer_changes(folder) -> None:
    path = folder()
    names = [basemap_document(path).name]
    (path / "basemap").mkdir()
    (path / "basemap/land.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    names.append(basemap_document(path).name)
    other = folder(gazetteer=[town("a", "Syria", kind="country")])
    shutil.copy(other / "gazetteer.csv", path / "gazetteer.csv")
    names.append(basemap_document(path).name)
    assert len(set(names)) == 3
