"""`laydown import` as it is called, and what `laydown check` says of what it wrote."""

from pathlib import Path

import pytest

from components.catalog.served import open_catalog
from components.cli import main

from .acled_rows import AFTER, CLASH, PROTEST


@pytest.fixture
def export(tmp_path: Path, csv_of) -> Path:
    path = tmp_path / "acled.csv"
    path.write_bytes(csv_of([CLASH, PROTEST], AFTER))
    return path


def test_one_command_makes_a_folder_that_check_accepts_and_that_opens(export: Path, tmp_path, capsys) -> None:
    into = tmp_path / "mine"
    assert main(["import", str(export), "--into", str(into)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("acled.csv: ACLED export, 2 rows.\n")
    assert "incidents: 2 added, 2 in all." in said
    assert main(["check", "--data", str(into)]) == 0
    assert "2 incidents" in capsys.readouterr().out
    assert len(open_catalog(into).incidents) == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_dry_run_writes_nothing(export: Path, tmp_path, capsys) -> None:
    into = tmp_path / "mine"
    assert main(["import", str(export), "--into", str(into), "--dry-run"]) == 0
    assert "incidents: 2 added" in capsys.readouterr().out
    assert not into.exists()


def test_a_place_that_the_folders_gazetteer_knows_is_located(tmp_path: Path, csv_of, folder, capsys) -> None:
    place = {"id": "hand-1", "name": "Palmyra", "country": "Syria", "admin1": "Homs", "lat": "34.55", "lon": "38.28"}
    into = folder(gazetteer=[place])
    path = tmp_path / "acled.csv"
    nowhere = {"event_id_cnty": "SYR9", "location": "Erewhon", "latitude": "", "longitude": ""}
    path.write_bytes(csv_of([{**CLASH, "latitude": "0", "longitude": "0"}, {**CLASH, **nowhere}], AFTER))
    assert main(["import", str(path), "--into", str(into)]) == 0
    assert "1 places located, 1 not" in capsys.readouterr().out
    incidents = open_catalog(into).incidents
    assert incidents.loc["acled-syr100", ["lat", "lon", "precision"]].tolist() == [34.55, 38.28, "town"]
    assert str(incidents.loc["acled-syr9", "lat"]) == "nan"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"one,two\n1,2\n", "a.csv"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "save it as .xlsx"),
        ("a.xml", b"<rss></rss>", "neither KML nor GPX"),
        ("a.zip", b"PK\x03\x04rest", "cannot be unpacked"),
        ("a.json", b'{"one": 1}', "neither GeoJSON nor a list of rows"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(tmp_path: Path, capsys, name, content, said) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["import", str(tmp_path / name), "--into", str(tmp_path / "mine")]) == 1
    assert said in capsys.readouterr().out
    assert not (tmp_path / "mine").exists()


def test_a_file_that_is_missing_is_told(tmp_path: Path, capsys) -> None:
    assert main(["import", str(tmp_path / "none.csv"), "--into", str(tmp_path / "mine")]) == 1
    assert "none.csv" in capsys.readouterr().out
