"""Import again: what was added, changed, vanished, and what a person changed meanwhile."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.catalog import load
from components.catalog.formulas import neutralised
from components.cli import main
from components.importing import folder as folder_module
from components.importing.limits import RefusedError

from .acled_rows import AFTER, CLASH, PROTEST

THIRD = {**CLASH, "event_id_cnty": "SYR102", "event_date": "2026-03-01"}


def change_of(planned, table: str = "incidents"):
    return next(change for change in planned.changes if change.table == table)


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_same_file_again_changes_nothing(imported, csv_of, tmp_path) -> None:
    content = csv_of([CLASH, PROTEST], AFTER)
    imported(content)
    files = sorted(path for path in (tmp_path / "imported").rglob("*") if path.is_file())
    before = [path.read_bytes() for path in files]
    planned, _ = imported(content)
    assert not [
        change for change in planned.changes if change.added or change.changed or change.vanished or change.by_hand
    ]
    assert [path.read_bytes() for path in files] == before
    assert "incidents: nothing to change, 2 in all." in planned.text()


def test_a_newer_export_updates_by_id(imported, csv_of) -> None:
    imported(csv_of([CLASH, PROTEST], AFTER))
    planned, catalog = imported(csv_of([{**CLASH, "fatalities": "5", "notes": "Now 5 killed."}, THIRD], AFTER))
    change = change_of(planned)
    assert change.added == ("acled-syr102",)
    assert change.changed == ("acled-syr100",)
    assert change.vanished == ("acled-syr101",)
    assert catalog.incidents.loc["acled-syr100", "killed"][0].low == 5
    assert set(catalog.incidents.index) == {"acled-syr100", "acled-syr101", "acled-syr102"}
    assert catalog.problems == ()
    said = planned.text()
    assert "incidents: 1 added, 1 changed, 1 no longer in the file, 3 in all." in said
    assert "  no longer in the file: acled-syr101" in said


def test_vanished_rows_are_dropped_only_when_asked_and_not_those_changed_by_hand(imported, csv_of, tmp_path) -> None:
    imported(csv_of([CLASH, PROTEST, THIRD], AFTER))
    edited(tmp_path / "imported" / "incidents.csv", ",2026-03-01,", ",2026-03-02,")
    planned, catalog = imported(csv_of([CLASH], AFTER), drop=True)
    assert change_of(planned).vanished == ("acled-syr101", "acled-syr102")
    assert change_of(planned).by_hand == ("acled-syr102",)
    assert set(catalog.incidents.index) == {"acled-syr100", "acled-syr102"}


def test_a_cell_changed_by_hand_is_kept_and_said_and_the_others_updated(imported, csv_of, tmp_path) -> None:
    imported(csv_of([CLASH, PROTEST], AFTER))
    edited(tmp_path / "imported" / "incidents.csv", CLASH["notes"], "As I read it.")
    newer = {**CLASH, "fatalities": "5", "notes": "Now 5 killed."}
    for _ in range(2):  # and stays so with the next import
        planned, catalog = imported(csv_of([newer, PROTEST], AFTER))
        assert catalog.incidents.loc["acled-syr100", "summary"] == "As I read it."
        assert catalog.incidents.loc["acled-syr100", "killed"][0].low == 5
        assert change_of(planned).by_hand == ("acled-syr100",)
        assert "changed by hand and kept so: acled-syr100" in planned.text()


def test_a_row_taken_out_by_hand_stays_out_and_one_of_somebodys_own_stays(imported, csv_of, tmp_path) -> None:
    imported(csv_of([CLASH, PROTEST], AFTER))
    path = tmp_path / "imported" / "incidents.csv"
    catalog = load(path.parent)
    edited(path, "acled-syr101", "own-1")
    planned, catalog = imported(csv_of([CLASH, PROTEST], AFTER))
    assert change_of(planned).taken_out == ("acled-syr101",)
    assert set(catalog.incidents.index) == {"acled-syr100", "own-1"}


def test_columns_of_ones_own_and_the_order_of_rows_stay(imported, csv_of, tmp_path, rows_of) -> None:
    imported(csv_of([CLASH, PROTEST], AFTER))
    path = tmp_path / "imported" / "incidents.csv"
    rows = rows_of(path)
    rows.iloc[::-1].assign(verified="yes").to_csv(path, index=False)
    imported(csv_of([CLASH, PROTEST, THIRD], AFTER))
    after = rows_of(path)
    assert after["id"].tolist() == ["acled-syr101", "acled-syr100", "acled-syr102"]
    assert after["verified"].tolist() == ["yes", "yes", ""]


def test_an_alias_given_by_hand_makes_two_names_one_force(imported, csv_of, tmp_path) -> None:
    twice = [{**CLASH, "actor2": "Hayat Tahrir al-Sham"}, {**THIRD, "actor2": "Hayat Tahrir al Sham"}]
    planned, _ = imported(csv_of(twice, AFTER))
    assert [one for one in planned.reports[0].said if "Maybe one: 'Hayat Tahrir al" in one]
    forces = tmp_path / "imported" / "forces.csv"
    lines = forces.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [line for line in lines if not line.startswith("hayat-tahrir-al-sham-2,")]
    forces.write_text("".join(lines), encoding="utf-8")
    edited(forces, "Hayat Tahrir al Sham,,,,", "Hayat Tahrir al Sham,,,Hayat Tahrir al-Sham,")
    planned, catalog = imported(csv_of(twice, AFTER))
    assert {forces[1] for forces in catalog.incidents["forces"]} == {"hayat-tahrir-al-sham"}
    assert catalog.problems == ()
    assert not [one for one in planned.reports[0].said if "Maybe one: 'Hayat" in one]


def test_a_title_changed_by_hand_stays_and_one_that_is_not_follows_the_data(imported, csv_of, tmp_path) -> None:
    imported(csv_of([CLASH], AFTER))
    _, catalog = imported(csv_of([CLASH, THIRD], AFTER))
    assert catalog.dataset.window.last.isoformat() == "2026-03-01"
    edited(tmp_path / "imported" / "dataset.toml", "Events in Syria", "My events in Syria")
    planned, catalog = imported(csv_of([CLASH, {**THIRD, "event_date": "2026-04-01"}], AFTER))
    assert catalog.dataset.title.startswith("My events")
    assert catalog.dataset.window.last.isoformat() == "2026-04-01"
    assert any("dataset.toml was changed by hand" in sentence for sentence in planned.reports[0].said)


def test_two_formats_in_one_folder_leave_each_other_alone(imported, csv_of) -> None:
    from .test_ucdp import EVENT

    imported(csv_of([CLASH, PROTEST], AFTER))
    planned, catalog = imported(csv_of([EVENT]))
    assert change_of(planned).added == ("ucdp-247997",)
    assert change_of(planned).vanished == ()
    assert len(catalog.incidents) == 3
    assert catalog.problems == ()
    assert "ACLED" in catalog.dataset.title
    assert "UCDP" in catalog.dataset.title
    assert catalog.dataset.licence.endswith("; CC BY 4.0")


@pytest.mark.parametrize("broken", ['bad,"row\n', "too,few\n"])
def test_a_table_that_would_lose_rows_is_not_written(imported, csv_of, tmp_path, broken: str) -> None:
    imported(csv_of([CLASH], AFTER))
    path = tmp_path / "imported" / "incidents.csv"
    path.write_text(path.read_text(encoding="utf-8") + broken, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(RefusedError, match="Nothing was written"):
        imported(csv_of([CLASH, THIRD], AFTER))
    assert path.read_bytes() == before


def test_a_run_that_is_broken_off_leaves_whole_files_and_can_be_repeated(
    imported, csv_of, tmp_path, monkeypatch
) -> None:
    imported(csv_of([CLASH], AFTER))
    real = folder_module._csv

    def fail_on_incidents(rows, file):
        if "start" in rows:
            file.write("half a row")
            raise OSError("no space left")
        real(rows, file)

    monkeypatch.setattr(folder_module, "_csv", fail_on_incidents)
    with pytest.raises(OSError, match="no space"):
        imported(csv_of([CLASH, THIRD], AFTER))
    assert load(tmp_path / "imported").problems == ()
    assert not [path for path in (tmp_path / "imported").iterdir() if path.name.startswith(".inc")]
    monkeypatch.setattr(folder_module, "_csv", real)
    planned, catalog = imported(csv_of([CLASH, THIRD], AFTER))
    assert change_of(planned).added == ("acled-syr102",)
    assert len(catalog.incidents) == 2


def test_a_new_folder_that_cannot_be_written_whole_does_not_appear(imported, csv_of, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(folder_module, "_csv", lambda rows, file: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(csv_of([CLASH], AFTER))
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_on_a_folder_that_is_there_changes_no_byte(imported, csv_of, tmp_path, capsys) -> None:
    imported(csv_of([CLASH], AFTER))
    path = tmp_path / "newer.csv"
    path.write_bytes(csv_of([THIRD], AFTER))
    files = {one: one.read_bytes() for one in (tmp_path / "imported").rglob("*") if one.is_file()}
    assert main(["import", str(path), "--into", str(tmp_path / "imported"), "--dry-run"]) == 0
    assert "1 added, 1 no longer in the file" in capsys.readouterr().out
    assert {one: one.read_bytes() for one in (tmp_path / "imported").rglob("*") if one.is_file()} == files


@given(st.lists(st.text(st.sampled_from("=+-@＝'\";\t\r\n a1ب\u00a0"), max_size=8), max_size=20))
def test_every_cell_that_would_run_is_made_harmless(cells: list[str]) -> None:
    column = pd.Series(cells, dtype="str")
    assert folder_module._safe(column) == [neutralised(cell) for cell in cells]
