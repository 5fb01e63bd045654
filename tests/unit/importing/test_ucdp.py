"""UCDP's events: what their codes become."""

import pytest

EVENT = {
    "id": "247997.0",
    "year": "2016",
    "type_of_violence": "1",
    "conflict_name": "Syria: Government",
    "dyad_name": "Government of Syria - Syrian insurgents",
    "side_a": "Government of Syria",
    "side_b": "Syrian insurgents",
    "number_of_sources": "2",
    "source_article": '"SOHR,2016-01-23,Raids, and more";"Human Rights Watch,2016-02-08,Daily Attacks"',
    "source_original": "SOHR",
    "where_prec": "1",
    "where_coordinates": "Aleppo town",
    "adm_1": "Aleppo Governorate",
    "adm_2": "Jabal Saman district",
    "latitude": "36.201241",
    "longitude": "37.161173",
    "country": "Syria",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2016-01-23 00:00:00.000",
    "date_end": "2016-01-23 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "1",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "3",
    "low": "3",
}
TAGS = {"id": "#event+id", "date_start": "#date+start", "country": "#country+name", "latitude": "#geo+lat"}


@pytest.mark.parametrize("rows", [[EVENT], [TAGS, EVENT]], ids=["plain", "with tags"])
def test_an_event_becomes_an_incident(imported, csv_of, rows) -> None:
    planned, catalog = imported(csv_of(rows, list(EVENT)))
    assert catalog.problems == ()
    assert planned.reports[0].rows == 1
    incident = catalog.incidents.loc["ucdp-247997"]
    assert catalog.kinds.loc[incident.kind, "label"] == "State-based violence"
    assert incident.forces == ("government-of-syria", "syrian-insurgents")
    assert [tuple(toll) for toll in incident.killed] == [("government-of-syria", 2, 2), ("syrian-insurgents", 1, 1)]
    sources = catalog.sources.loc[list(incident.sources), ["publisher", "title", "via"]].to_numpy().tolist()
    assert sources[:2] == [["SOHR", "Raids, and more", "UCDP"], ["Human Rights Watch", "Daily Attacks", "UCDP"]]
    assert [date and date.text for date in catalog.sources["published"]] == ["2016-01-23", "2016-02-08", None]
    assert catalog.dataset.licence == "CC BY 4.0"
    assert any("Sundberg" in credit for credit in catalog.dataset.credits)


@pytest.mark.parametrize(
    ("code", "precision", "radius"),
    [
        ("1", "town", 5),
        ("2", "district", 25),
        ("3", "district", 50),
        ("4", "district", 100),
        ("5", "district", 100),
        ("6", "country", 300),
        ("7", "district", 100),
        ("9", "country", 300),
    ],
)
def test_a_place_is_as_wide_as_its_where_prec(imported, csv_of, code: str, precision: str, radius: float) -> None:
    _, catalog = imported(csv_of([{**EVENT, "where_prec": code}]))
    assert (catalog.incidents["precision"].iloc[0], catalog.incidents["radius_km"].iloc[0]) == (precision, radius)


@pytest.mark.parametrize(
    ("code", "first", "last", "start", "end"),
    [
        ("1", "2016-03-01", "2016-03-01", "2016-03-01", None),
        ("1", "2016-03-01", "2016-03-03", "2016-03-01", "2016-03-03"),
        ("2", "2016-03-01", "2016-03-03", "2016-03-01..2016-03-03", None),
        ("4", "2016-02-01", "2016-02-29", "2016-02", None),
        ("5", "2016-01-01", "2016-12-31", "2016", None),
        ("5", "2016-01-01", "2016-06-30", "2016-01-01..2016-06-30", None),
    ],
)
def test_a_date_is_as_wide_as_its_date_prec(imported, csv_of, code, first, last, start, end) -> None:
    _, catalog = imported(csv_of([{**EVENT, "date_prec": code, "date_start": first, "date_end": last}]))
    assert catalog.problems == ()
    incident = catalog.incidents.iloc[0]
    assert (incident.start.text, incident.end and incident.end.text) == (start, end)


@pytest.mark.parametrize(
    ("change", "killed"),
    [
        ({"low": "3", "best": "3", "high": "8"}, [("side-not-stated", 3, 8)]),
        ({"low": "5", "best": "3", "high": "8"}, [("side-not-stated", 3, 8)]),
        ({"low": "0", "best": "0", "high": "0", "deaths_a": "0", "deaths_b": "0"}, []),
        ({"low": "-1", "best": "", "high": "", "deaths_a": "", "deaths_b": "-1"}, []),
        (
            {"side_b": "Civilians", "deaths_b": "0", "deaths_civilians": "1"},
            [("government-of-syria", 2, 2), ("civilians", 1, 1)],
        ),
    ],
)
def test_the_killed_are_a_range_with_the_best_told(imported, csv_of, change, killed) -> None:
    planned, catalog = imported(csv_of([{**EVENT, **change}]))
    assert catalog.problems == ()
    incident = catalog.incidents.iloc[0]
    assert [tuple(toll) for toll in incident.killed] == killed
    if change.get("low") == "3":
        assert "Killed, best estimate: 3" in incident.further
        assert "best: 3, between 3 and 8" in incident.summary
    disordered = "low, best and high are not in order: the smallest and the largest were taken"
    assert (disordered in planned.reports[0].reasons) == (change.get("low") == "5")


@pytest.mark.parametrize(
    ("change", "confidence"), [({}, "medium"), ({"event_clarity": "2"}, "low"), ({"code_status": "Check dyad"}, "low")]
)
def test_confidence_is_what_the_codes_say_and_never_high(imported, csv_of, change, confidence) -> None:
    _, catalog = imported(csv_of([{**EVENT, **change}]))
    assert catalog.incidents["confidence"].iloc[0] == confidence


def test_civilians_are_no_force(imported, csv_of) -> None:
    _, catalog = imported(csv_of([{**EVENT, "side_b": "Civilians"}]))
    assert catalog.forces.loc["civilians", "stands_for"] == "unarmed"


def test_a_name_on_two_lines_is_one_force_and_the_same_again(imported, csv_of) -> None:
    rows = [EVENT | {"side_a": "Army of\nNowhere"}, EVENT | {"id": "2", "side_a": "Army of Nowhere"}]
    _, catalog = imported(csv_of(rows, list(EVENT)))
    assert list(catalog.forces["name"]).count("Army of Nowhere") == 1
    again, _ = imported(csv_of(rows, list(EVENT)))
    assert not any(change.changed for change in again.changes)
