"""What is known of a row, in the words of wording.py, wherever it is shown."""

import json
from datetime import date

import pytest

from components.export.kml import kml_of
from components.map.payload import rows_payload
from components.panels.card import card
from components.view import facts as facts_module
from components.view import wording
from components.view.facts import Fact, facts
from components.view.on_view import on_view
from components.view.provenance import provenance
from components.view.view import View
from components.view.wording import Wording

WINDOW = (date(2026, 1, 1), date(2026, 3, 12))
BASE = {"id": "base", "name": "Base", "kind": "air-base", "admin1": "homs", "country": "Syria; Jordan"}


def of(catalog, table: str, id_: str, **view: object) -> dict[str, Fact]:
    return {fact.label: fact for fact in facts(on_view(catalog, View(*WINDOW, **view)), table, id_)}


@pytest.mark.parametrize(
    ("presence", "status", "explained"),
    [
        ([], "No holder on record", ()),
        ([{"force": "us", "start": "2025-12-01"}], "Held: United States (as far as known)", ("(as far as known)",)),
        ([{"force": "us", "start": "2025-12-01", "end": "2026-05-01"}], "Held: United States", ()),
        ([{"force": "us", "status": "reported", "start": "2025"}], "Held: United States (possibly)", ("(possibly)",)),
        (
            [{"force": "us", "start": "2025-12-01"}, {"force": "sdf", "status": "reported", "start": "2025"}],
            "Held: United States (as far as known), SDF (possibly)",
            ("(as far as known)", "(possibly)"),
        ),
        (
            [
                {"force": "us", "start": "2025-12-01", "end": "2026-02-01"},
                {"force": "sdf", "start": "2026-02-01", "end": "2026-05-01"},
            ],
            "Handed over: United States → SDF",
            (),
        ),
        (
            [{"force": "us", "start": "2025-12-01", "end": "2026-02-01"}],
            "Vacated: United States left, no one else is reported there",
            (),
        ),
        (
            [{"force": "us", "start": "2025-03-01", "end": "2025-04-01"}],
            "No holder on record; formerly United States",
            (),
        ),
    ],
)
def test_how_a_site_stands(catalog_of, presence: list[dict], status: str, explained: tuple[str, ...]) -> None:
    rows = [{"id": str(n), "site": "base", **row} for n, row in enumerate(presence)]
    found = of(catalog_of(sites=[BASE], presence=rows), "sites", "base")["Status"]
    assert (found.text, found.explained) == (status, explained)
    assert found.method == ("as-far-as-known" if explained else "")
    assert "".join(text for text, _ in found.pieces) == status
    assert [text for text, is_explained in found.pieces if is_explained] == list(explained)


US, SDF = {"force": "us", "start": "2016", "confidence": "medium"}, {"force": "sdf", "start": "2017"}


@pytest.mark.parametrize(
    ("presence", "known", "confidence"),
    [
        ([], None, None),
        ([US], None, "Medium"),
        ([US, SDF], None, "United States medium, SDF high"),
        ([US, {**SDF, "confidence": "medium"}], None, "Medium"),
        # Of who left, the row that tells of it; of a handover, those who hold it now.
        ([{**US, "end": "2025-06"}, {**US, "start": "2025-06", "end": "2026-02-01", "confidence": "low"}], None, "Low"),
        ([{**US, "end": "2026-02-01"}, {**SDF, "start": "2026-02-01", "confidence": "low"}], None, "Low"),
        ([US], date(2015, 1, 1), None),
    ],
)
def test_how_sure_it_is_who_holds_a_site(catalog_of, presence: list[dict], known, confidence: str | None) -> None:
    rows = [{"id": str(n), "site": "base", **row} for n, row in enumerate(presence)]
    catalog = catalog_of(sources=[{"id": "wire", "published": "2016"}], sites=[BASE], presence=rows)
    found = of(catalog, "sites", "base", known=known).get("Confidence")
    assert (found.text if found else None) == confidence
    assert found is None or found.method == "confidence"


def test_what_is_known_of_a_site(catalog_of) -> None:
    catalog = catalog_of(sites=[{**BASE, "aliases": "The base; al-Base", "precision": "town"}])
    found = of(catalog, "sites", "base")
    assert [(fact.label, fact.text) for fact in found.values()] == [
        ("Status", "No holder on record"),
        ("Kind", "Air base"),
        ("Where", "Homs, Syria / Jordan"),
        ("Precision", "Town, the point is not the place itself (± 5 km)"),
        ("Also called", "The base; al-Base"),
    ]
    assert found["Precision"].method == "precision"


@pytest.mark.parametrize(
    ("cells", "label", "text"),
    [
        ({}, "When", "1 February 2026"),
        ({"start": "2026-02"}, "When", "February 2026 (the day is not known)"),
        ({}, "Where", "Base"),
        ({"forces": "us; sdf"}, "Forces", "United States, SDF"),
        ({"killed": "sdf 1000-1200"}, "Killed", "SDF 1,000–1,200"),
        ({"wounded": "us 3"}, "Wounded", "United States 3"),
        ({"confidence": "low"}, "Confidence", "Low"),
        ({}, "Precision", "Exact site"),
        ({"part_of": "whole"}, "Part of", "All of it"),
    ],
)
def test_what_is_known_of_an_incident(catalog_of, cells: dict[str, str], label: str, text: str) -> None:
    catalog = catalog_of(
        sites=[BASE],
        incidents=[{"id": "one", "site": "base", **cells}, {"id": "whole", "title": "All of it", "site": "base"}],
    )
    fact = of(catalog, "incidents", "one")[label]
    assert fact.text == text
    assert fact.row == {"Where": "site:base", "Part of": "incident:whole"}.get(label, "")


@pytest.mark.parametrize(
    ("cells", "label", "text", "row"),
    [
        ({}, "Kind", "Withdrawal", ""),
        ({}, "From", "Base", "site:base"),
        ({"destination": ""}, "To", "Not stated", ""),
        ({}, "Force", "United States", ""),
        ({"moved": "equipment", "what": "trucks"}, "What moved", "Equipment: trucks", ""),
        ({"low": "1000", "unit": "people"}, "Number", "1,000 or more people", ""),
        ({}, "Number", "Not stated", ""),
    ],
)
def test_what_is_known_of_a_movement(catalog_of, cells: dict[str, str], label: str, text: str, row: str) -> None:
    catalog = catalog_of(sites=[BASE], movements=[{"id": "one", "origin": "base", **cells}])
    fact = of(catalog, "movements", "one")[label]
    assert (fact.text, fact.row) == (text, row)


def test_nothing_is_known_of_what_was_not_public(catalog_of) -> None:
    catalog = catalog_of(
        sources=[{"id": "wire", "published": "2026-02-20"}], sites=[BASE], incidents=[{"id": "one", "site": "base"}]
    )
    assert of(catalog, "incidents", "one", known=date(2026, 2, 10)) == {}
    assert of(catalog, "incidents", "one", known=date(2026, 2, 20))


def test_a_word_and_a_fact_are_added_in_one_place(catalog_of, texts_of, monkeypatch) -> None:
    """A new wording of a precision and a new fact reach each form in which a row is shown, and need nothing else."""
    monkeypatch.setitem(wording.PRECISION, "site", Wording("to the metre", "surveyed"))
    monkeypatch.setitem(
        facts_module.FACTS,
        "incidents",
        (*facts_module.FACTS["incidents"], lambda _, row: Fact("Weather", f"rain on {row.id}")),
    )
    catalog = catalog_of(sites=[BASE], incidents=[{"id": "one", "site": "base"}])
    shown = on_view(catalog, View(*WINDOW))
    found = of(catalog, "incidents", "one")
    assert (found["Precision"].text, found["Weather"].text) == ("To the metre", "rain on one")
    texts = texts_of([card(shown, "incident:one")])
    assert texts[texts.index("Precision") + 1] == "To the metre"
    assert texts[texts.index("Weather") + 1] == "rain on one"
    file = kml_of(shown, provenance(catalog, shown.view, "https://example.org/")).decode()
    assert "Precision: To the metre" in file
    assert "Weather: rain on one" in file
    sent = json.loads(rows_payload(catalog).parts["json"].body)["words"]
    assert sent["precision"]["site"] == "surveyed"


def test_what_a_sources_file_tells_besides_and_who_is_no_force_stand_in_the_card(catalog_of) -> None:
    forces = [
        {"id": "us", "name": "United States"},
        {"id": "civilians", "name": "Civilians", "stands_for": "unarmed"},
    ]
    further = "Actor 1: military: forces\n\nno label\n: bare\nEmpty:"
    incident = {"id": "one", "place": "", "lat": "34", "lon": "38", "forces": "us; civilians", "further": further}
    found = facts(on_view(catalog_of(forces=forces, incidents=[incident]), View(*WINDOW)), "incidents", "one")
    told = {fact.label: fact.text for fact in found if fact.label in ("Forces", "Others involved", "Actor 1")}
    assert told == {"Forces": "United States", "Others involved": "Civilians", "Actor 1": "Military: forces"}
    assert [fact.text for fact in found if fact.label == "Note"] == ["No label", ": bare"]
