"""datapackage.json and the archive of the folder: valid by the standard's own validator, and a broken folder is not."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from components.catalog.catalog import load
from components.catalog.served import open_catalog
from components.catalog.tables import GAZETTEER, TABLES
from components.export import datapackage as module
from components.export.datapackage import NAME, TooLargeError, datapackage, folder_files, schema_of, table_file, zipped
from tests.frictionless_validator import validate

HOME = "https://map.example.org/"


def unpacked(folder: Path, into: Path) -> Path:
    """Put the archive of a data folder on the disk, as someone does who took it."""
    zipfile.ZipFile(io.BytesIO(zipped(folder_files(open_catalog(folder), HOME)))).extractall(into)
    return into


def faults(folder: Path) -> list[tuple[str, str]]:
    """Return what the validator finds: the table and the kind of error."""
    report = validate(str(folder / NAME))
    found = [(task.name, error.type) for task in report.tasks for error in task.errors]
    return [*found, *(("package", error.type) for error in report.errors)]


def test_the_curated_folder_is_a_valid_data_package(root, tmp_path) -> None:
    folder = unpacked(root / "data", tmp_path)
    assert faults(folder) == []
    described = json.loads((folder / NAME).read_text(encoding="utf-8"))
    there = [table.file for table in (*TABLES, GAZETTEER) if (root / "data" / table.file).is_file()]
    assert [resource["path"] for resource in described["resources"]] == there


def test_what_is_unpacked_is_the_same_data(root, tmp_path) -> None:
    folder = unpacked(root / "data", tmp_path)
    assert load(folder).version == load(root / "data").version
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"dataset.toml", "LICENSE.md", NAME, "briefings/al-tanf-withdrawal.md"} <= names
    assert not any(name.startswith("basemap") for name in names)


def test_it_says_what_the_folder_is(curated) -> None:
    package = datapackage(curated, HOME)
    dataset = curated.dataset
    assert (package["title"], package["description"]) == (dataset.title, dataset.subtitle)
    assert (package["version"], package["homepage"]) == (curated.version, HOME)
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert [one["title"] for one in package["contributors"]] == list(dataset.credits)
    publishers = {one["title"] for one in package["sources"]}
    assert publishers == set(curated.sources["publisher"][curated.sources["kind"] != "memory"])


def test_every_declared_column_is_told_with_its_type_and_what_binds_it(curated) -> None:
    resources = {resource["name"]: resource["schema"] for resource in datapackage(curated)["resources"]}
    assert set(resources) >= {table.name for table in TABLES} - {"areas"}, "of which there are none"
    for table in TABLES:
        schema = resources.get(table.name) or schema_of(table, table.row.model_fields, ())
        told = {field["name"]: field for field in schema["fields"]}
        assert schema["primaryKey"] == [table.key]
        assert told[table.key]["constraints"]["unique"] is True
        for name, field in told.items():
            assert field["description"].startswith(table.row.model_fields[name].description)
            required = table.row.model_fields[name].is_required()
            assert field.get("constraints", {}).get("required", False) == required
    incidents = {field["name"]: field for field in resources["incidents"]["fields"]}
    assert incidents["lat"] == {
        "name": "lat",
        "type": "number",
        "description": "degrees north, where surveyed",
        "constraints": {"minimum": -90, "maximum": 90},
    }
    assert incidents["confidence"]["constraints"] == {"required": True, "enum": ["high", "medium", "low"]}
    assert {(key["fields"][0], key["reference"]["resource"]) for key in resources["incidents"]["foreignKeys"]} == {
        ("kind", "kinds"),
        ("site", "sites"),
        ("part_of", ""),
    }
    assert "foreignKeys" not in resources["claims"], "a row of any table is no plain reference"
    low = next(field for field in resources["counts"]["fields"] if field["name"] == "low")
    assert (low["type"], low["constraints"]) == ("integer", {"minimum": 0})


SOUND = {
    "sites": [{"id": "base", "country": "Iraq; Syria", "aliases": "One; Two;"}],
    "incidents": [
        {"id": "raid", "site": "base", "killed": "us 3; sdf 20+;syria 1-4", "start": "2026-02", "end": "2026"}
    ],
    "movements": [{"id": "out", "origin": "base", "low": "3", "part_of": "all"}, {"id": "all", "origin": "base"}],
    "presence": [{"id": "held", "site": "base", "force": "us", "start": "2016"}],
    "claims": [{"id": "c", "row": "incident:raid", "expected": "2026-04"}],
}


def test_a_sound_folder_is_valid(folder, tmp_path) -> None:
    assert faults(unpacked(folder(**SOUND), tmp_path)) == []


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("table", "cells", "error"),
    [
        ("incidents", {"start": "2026-13"}, "constraint-error"),
        ("incidents", {"start": "yesterday"}, "constraint-error"),
        ("incidents", {"start": ""}, "constraint-error"),
        ("incidents", {"killed": "three"}, "constraint-error"),
        ("incidents", {"lat": "91", "lon": "0"}, "constraint-error"),
        ("incidents", {"lat": "north", "lon": "0"}, "type-error"),
        ("incidents", {"confidence": "sure"}, "constraint-error"),
        ("incidents", {"kind": "feast"}, "foreign-key"),
        ("incidents", {"site": "nowhere"}, "foreign-key"),
        ("incidents", {"part_of": "nothing"}, "foreign-key"),
        ("incidents", {"sources": ""}, "constraint-error"),
        ("incidents", {"sources": "Not an id"}, "constraint-error"),
        ("incidents", {"id": "Not an id"}, "constraint-error"),
        ("movements", {"low": "-1"}, "constraint-error"),
        ("movements", {"low": "some"}, "type-error"),
        ("presence", {"force": "nobody"}, "foreign-key"),
        ("claims", {"row": "raid"}, "constraint-error"),
        ("sites", {"country": ""}, "constraint-error"),
    ],
)
def test_a_broken_folder_is_not_valid(folder, tmp_path, table: str, cells, error: str) -> None:
    rows = [{**SOUND[table][0], **cells}, *SOUND[table][1:]]
    assert (table, error) in faults(unpacked(folder(**{**SOUND, table: rows}), tmp_path))


def test_an_id_that_stands_twice_is_not_valid(folder, tmp_path) -> None:
    twice = [SOUND["presence"][0]] * 2
    assert {error for _, error in faults(unpacked(folder(**{**SOUND, "presence": twice}), tmp_path))} >= {"primary-key"}


def test_a_file_that_was_changed_on_the_way_is_not_valid(folder, tmp_path) -> None:
    path = unpacked(folder(**SOUND), tmp_path)
    with (path / "sites.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert {"hash-count", "byte-count"} & {error for _, error in faults(path)}


def test_a_column_that_is_not_known_is_told_and_one_that_is_missing_is_missed(folder, tmp_path) -> None:
    path = folder(**SOUND)
    sites = (path / "sites.csv").read_text(encoding="utf-8").splitlines()
    (path / "sites.csv").write_text(
        "\n".join(f"{line},{n or 'colour'}" for n, line in enumerate(sites)), encoding="utf-8"
    )
    schema = schema_of(TABLES[3], next(csv.reader([f"{sites[0]},colour"])), {"sources"})
    assert schema["fields"][-1]["name"] == "colour"
    assert faults(unpacked(path, tmp_path / "more")) == []
    (path / "sites.csv").write_text("id,name\nbase,Base\n", encoding="utf-8")
    assert {table for table, _ in faults(unpacked(path, tmp_path / "less"))} >= {"sites"}


def test_a_cell_that_a_spreadsheet_would_run_leaves_as_text_and_is_read_as_it_was(folder, tmp_path) -> None:
    path = folder(**{**SOUND, "sites": [{**SOUND["sites"][0], "name": "=1+1", "summary": "x\n@two"}]})
    assert b"'=1+1" in (table_file(path, TABLES[3]) or b"")
    back = unpacked(path, tmp_path)
    assert faults(back) == []
    assert list(load(back).sites["name"]) == ["=1+1"]


def test_a_table_that_is_not_there_is_not_told(folder, tmp_path) -> None:
    path = folder(**SOUND)
    (path / "gazetteer.csv").unlink(missing_ok=True)
    names = [resource["name"] for resource in datapackage(open_catalog(path))["resources"]]
    assert "gazetteer" not in names
    assert "sites" in names


def test_the_same_data_is_the_same_archive(folder) -> None:
    catalog = open_catalog(folder(**SOUND))
    assert zipped(folder_files(catalog, HOME)) == zipped(folder_files(catalog, HOME))


def test_more_than_may_leave_at_once_is_refused_with_what_to_do(curated, monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_FOLDER", 1_000)
    with pytest.raises(TooLargeError, match="Take its tables one by one"):
        folder_files(curated, HOME)
