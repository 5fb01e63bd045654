"""ACLED's exports: what their codes become."""

import pytest

from components.importing.acled import ACLED

from .acled_rows import AFTER, BEFORE, CLASH, PROTEST


@pytest.mark.parametrize("columns", [AFTER, BEFORE], ids=["since March 2023", "before"])
def test_an_export_becomes_a_folder_without_problems(imported, csv_of, columns) -> None:
    rows = [{key: value for key, value in row.items() if key in columns} for row in (CLASH, PROTEST)]
    planned, catalog = imported(csv_of(rows, columns))
    assert catalog.problems == ()
    assert planned.reports[0].format == "ACLED export"
    incident = catalog.incidents.loc["acled-syr100"]
    assert incident.title == "Armed clash, Palmyra: Military Forces of Syria – Unidentified Armed Group (Syria)"
    assert (incident.lat, incident.lon, incident.precision) == (34.5583, 38.2733, "town")
    assert incident.start.text == "2026-02-11"
    assert catalog.kinds.loc[incident.kind, "label"] == "Battles"
    assert [catalog.forces.loc[force, "name"] for force in incident.forces] == [
        "Military Forces of Syria",
        "Unidentified Armed Group (Syria)",
    ]
    assert [(toll.force, toll.low, toll.high) for toll in incident.killed] == [("side-not-stated", 3, 3)]
    assert incident.summary == CLASH["notes"]
    assert incident.confidence == "medium"
    assert incident.country == ("Syria",)
    assert [catalog.sources.loc[id_, "publisher"] for id_ in incident.sources] == [
        "SOHR",
        "Syria TV",
        "Twitter",
        "ACLED",
    ]
    assert set(catalog.sources["via"]) == {"ACLED", ""}


def test_what_has_no_place_in_the_tables_is_kept_in_the_card(imported, csv_of) -> None:
    _, catalog = imported(csv_of([CLASH, PROTEST], [*AFTER, "curator"]))
    clash, protest = (catalog.incidents.loc[id_, "further"].split("\n") for id_ in ("acled-syr100", "acled-syr101"))
    assert "Actor 1: Military Forces of Syria (2024-)" in clash
    assert "With actor 1: General Security; Police Forces of Syria (2024-)" in clash
    assert "Actor 2 is: political militia" in clash
    assert "Province: Homs" in clash
    assert "Last changed by ACLED: 2026-02-13" in clash
    assert "Fatalities: 0 (none reported, which is not none known)" in protest
    assert "Actor 1 is: protesters" in protest
    assert not [line for line in protest if line.startswith("Actor 2")]
    assert catalog.incidents.loc["acled-syr101", "killed"] == ()


@pytest.mark.parametrize(
    ("date", "precision", "start"),
    [
        ("2026-02-11", "1", "2026-02-11"),
        ("11 February 2026", "1.0", "2026-02-11"),
        ("11-February-2026", "", "2026-02-11"),
        ("11 February 2026", "2", "2026-02-09..2026-02-15"),
        ("2025-12-31", "2", "2025-12-29..2026-01-04"),
        ("15 February 2026", "3", "2026-02"),
    ],
)
def test_a_date_is_as_wide_as_its_time_precision(imported, csv_of, date: str, precision: str, start: str) -> None:
    _, catalog = imported(csv_of([{**CLASH, "event_date": date, "time_precision": precision}]))
    assert catalog.problems == ()
    assert catalog.incidents["start"].iloc[0].text == start


@pytest.mark.parametrize(
    ("code", "precision", "radius"),
    [("1", "town", 5), ("2", "district", 25), ("3", "district", 100), ("", "district", 100)],
)
def test_a_place_is_as_wide_as_its_geo_precision(imported, csv_of, code: str, precision: str, radius: float) -> None:
    _, catalog = imported(csv_of([{**CLASH, "geo_precision": code}]))
    assert (catalog.incidents["precision"].iloc[0], catalog.incidents["radius_km"].iloc[0]) == (precision, radius)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"event_date": "yesterday"}, "a date that is not understood"),
        ({"event_date": ""}, "no event_date"),
        ({"time_precision": "7"}, "a time_precision that is none of 1, 2, 3"),
    ],
)
def test_a_row_without_a_date_is_left_out_and_told(imported, csv_of, change: dict[str, str], reason: str) -> None:
    planned, catalog = imported(csv_of([PROTEST, {**CLASH, **change}]))
    assert list(catalog.incidents.index) == ["acled-syr101"]
    reasons = planned.reports[0].reasons
    assert reasons[reason].lines == ["file.csv:3"]
    assert reasons["left out: no date"].count == 1


@pytest.mark.parametrize(
    ("lat", "lon"), [("", ""), ("0", "0"), ("0.0", "0.0"), ("-1", "-1"), ("95", "38"), ("north", "38"), ("34", "")]
)
def test_a_row_without_coordinates_is_to_be_located_and_stands_nowhere(imported, csv_of, lat: str, lon: str) -> None:
    planned, catalog = imported(csv_of([{**CLASH, "latitude": lat, "longitude": lon}]))
    assert planned.to_locate
    assert catalog.incidents["lat"].isna().all()
    assert catalog.queries == ("Palmyra, Homs, Syria",)
    assert planned.reports[0].reasons["without coordinates: its place is to be located"].count == 1


def test_pseudo_actors_are_told_from_forces(imported, csv_of) -> None:
    _, catalog = imported(csv_of([CLASH, PROTEST]))
    assert catalog.forces["stands_for"].to_dict() == {
        "military-forces-of-syria": None,
        "protesters-syria": "unarmed",
        "unidentified-armed-group-syria": "unidentified",
        "side-not-stated": "unidentified",
    }


def test_terms_window_and_title_come_with_the_folder(imported, csv_of) -> None:
    _, catalog = imported(csv_of([CLASH, PROTEST]))
    dataset = catalog.dataset
    assert dataset.title == "Events in Syria, 2026 (ACLED)"
    assert "no republishing" in dataset.licence
    assert any("acleddata.com" in credit for credit in dataset.credits)
    assert (dataset.window.first.isoformat(), dataset.window.last.isoformat()) == ("2026-02-11", "2026-02-13")
    assert catalog.method.ids[1:] == ("confidence", "precision", "dates-and-numbers")


def test_a_note_that_a_spreadsheet_would_run_is_made_harmless_and_read_back(imported, csv_of, tmp_path) -> None:
    _, catalog = imported(csv_of([PROTEST]))
    assert catalog.incidents["summary"].iloc[0] == PROTEST["notes"]
    assert "'=HYPERLINK" in (tmp_path / "imported" / "incidents.csv").read_text(encoding="utf-8")


def test_the_same_id_again_is_told(imported, csv_of) -> None:
    planned, catalog = imported(csv_of([CLASH, PROTEST, CLASH]))
    assert len(catalog.incidents) == 2
    assert planned.reports[0].reasons["left out: its id stands in the file before"].lines == ["file.csv:4"]


def test_every_column_that_acled_has_is_declared() -> None:
    assert {*AFTER, *BEFORE} <= {use.column for use in ACLED.columns}
