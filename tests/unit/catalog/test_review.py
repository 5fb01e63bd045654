from typing import Any

import pytest

from components.catalog.catalog import load
from components.catalog.review import Remark, Review, review
from components.catalog.rules import RULES

CHECKED = 'title = "Test"\nchecked = 2026-11-24\n'
SOURCES = [
    {"id": id_, "publisher": publisher, "kind": kind, "via": via}
    for id_, publisher, kind, via in [
        ("press-1", "The Paper", "press", ""),
        ("press-2", "The Other Paper", "press", ""),
        ("copy-1", "The Paper (AFP)", "press", ""),
        ("copy-2", "The Third Paper (AFP)", "regional", ""),
        ("arabic", "The Paper Arabic", "regional", ""),
        ("cited", "AFP via The Paper", "press", ""),
        ("own", "Ministry (Syria)", "official", ""),
        ("unread", "Agency", "wire", "Compilation"),
        ("unread-own", "Central Command", "official", "Compilation"),
        ("partisan", "Partisan", "partisan", ""),
        ("partisan-2", "Partisan Too", "partisan", ""),
        ("wiki", "Wikipedia", "encyclopaedia", ""),
        ("digest", "Digest", "aggregator", ""),
        ("retold", "Retold", "secondary", ""),
    ]
]
AIRFIELDS = [
    {"id": "field-1", "name": "Al-Tahaluf Airport", "aliases": "Tadmur airfield", "lat": "34.58", "lon": "38.30"},
    {"id": "field-2", "name": "Far Field", "aliases": "Faraway Air Base", "lat": "36.2", "lon": "38.3"},
    {"id": "field-3", "name": "Iraqi Tadmur airfield", "country": "Iraq", "lat": "34.57", "lon": "38.29"},
]


SAID = {"incidents": {"summary": "Three died."}, "movements": {"summary": "From 100 to 200 left."}}
"""What the sound folder's rows do not say of themselves."""


@pytest.fixture
def folder(folder: Any) -> Any:
    """A folder without a warning, with more sources."""
    (folder.path / "dataset.toml").write_text(CHECKED, encoding="utf-8")
    folder.rows("sources", *SOURCES)
    for table in SAID:
        write(folder, table)
    return folder


def write(folder: Any, table: str, *changes: dict[str, str]) -> None:
    """Write a table: its sound rows, and a copy of the first with each of ``changes``."""
    if table in SAID:
        folder.rows(table, *({**SAID[table], **change} for change in ({}, *changes)), sound=False)
    else:
        folder.rows(table, *changes)


def told(folder: Any, table: str, *changes: dict[str, str]) -> list[tuple[str, str]]:
    """Return rule and row of the warnings on copies of the table's first row, each with one of ``changes``."""
    write(folder, table, *({"id": f"row-{number}", **change} for number, change in enumerate(changes)))
    catalog = folder.load()
    assert catalog.problems == ()
    found = review(catalog)
    assert found.answered == 0
    return [(warning.rule, warning.row.partition(":")[2]) for warning in found.warnings]


def test_a_sound_folder_has_no_warning(folder) -> None:
    assert review(folder.load()) == Review((), 0)


@pytest.mark.parametrize(
    ("sources", "warned"),
    [
        ("wire-1", False),
        ("own", False),
        ("press-1; press-2", False),
        ("press-1", True),
        ("press-1; press-1", True),
        ("press-1; arabic", True),
        ("copy-1; copy-2", True),
        ("cited; copy-2", True),
        ("press-1; copy-2", False),
        ("unread", True),
        ("unread; press-1", True),
        ("unread-own", False),
        ("wiki; digest; retold; partisan; press-1", True),
        ("wiki; press-1; press-2", False),
    ],
)
def test_high_wants_a_wire_an_official_or_two_that_do_not_retell_the_same(folder, sources: str, warned: bool) -> None:
    rows = [{"confidence": confidence, "sources": sources} for confidence in ("high", "medium", "low")]
    assert told(folder, "movements", *rows) == ([("weak-high", "row-0")] if warned else [])


@pytest.mark.parametrize("table", ["presence", "incidents", "movements", "strengths", "counts"])
def test_every_table_with_a_confidence_is_asked(folder, table: str) -> None:
    change = {"confidence": "high", "sources": "digest"}
    assert told(folder, table, change) == [("weak-high", "row-0")]


@pytest.mark.parametrize("table", ["sites", "presence", "incidents", "movements", "strengths", "counts", "claims"])
def test_no_row_rests_on_memory_alone(folder, table: str) -> None:
    medium = {} if table in ("sites", "claims") else {"confidence": "medium"}
    rows = [{"sources": sources, **medium} for sources in ("memory", "memory; press-1", "press-1")]
    assert told(folder, table, *rows) == [("memory", "row-0")]


@pytest.mark.parametrize(
    ("kind", "sources", "rules"),
    [
        ("attack", "partisan", ["partisan-attack"]),
        ("attack", "partisan; partisan-2; memory", ["partisan-attack"]),
        ("attack", "partisan; retold", []),
        ("attack", "memory", ["memory"]),
        ("raid", "partisan", []),
    ],
)
def test_an_attack_wants_more_than_partisan_sources(folder, kind: str, sources: str, rules: list[str]) -> None:
    folder.rows("kinds", {"id": "raid"})
    change = {"kind": kind, "sources": sources, "confidence": "low"}
    assert told(folder, "incidents", change) == [(rule, "row-0") for rule in rules]


OPEN = {"end": "", "last_confirmed": "2026-11-01"}


@pytest.mark.parametrize(
    ("first", "second", "warned"),
    [
        ({}, {}, True),
        ({}, {"status": "reported"}, True),
        ({"end": "2026-01"}, {}, False),
        ({}, {"force": "uk"}, False),
        ({}, {"site": "palmyra"}, False),
        ({}, {"status": "planned", "start": "2027"}, False),
    ],
)
def test_one_force_is_at_a_site_once(folder, first: dict[str, str], second: dict[str, str], warned: bool) -> None:
    assert told(folder, "presence", {**OPEN, **first}, {**OPEN, **second}) == (
        [("two-open", "row-1")] if warned else []
    )


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({"last_confirmed": "2025-11-24"}, False),
        ({"last_confirmed": "2025-11-23"}, True),
        ({"last_confirmed": "2025-11"}, False),
        ({"last_confirmed": "2025"}, False),
        ({"start": "2026-01"}, False),
        ({"start": "2020-01"}, True),
        ({"start": "", "first_confirmed": "2020-01"}, True),
        ({"start": ""}, True),
        ({"last_confirmed": "2025-11-23", "end": "2026"}, False),
        ({"last_confirmed": "2025-11-23", "searched": "2026-11-24"}, False),
        ({"last_confirmed": "2020", "searched": "2021"}, True),
        ({"last_confirmed": "2026-08-26", "status": "drawing-down"}, False),
        ({"last_confirmed": "2026-08-25", "status": "drawing-down"}, True),
        ({"last_confirmed": "2026-08-25", "status": "reported"}, False),
        ({"status": "planned", "start": "2027"}, False),
    ],
)
def test_who_is_still_there_was_confirmed_or_looked_for(folder, change: dict[str, str], warned: bool) -> None:
    found = told(folder, "presence", {"end": "", **change})
    assert found == ([("silent", "row-0")] if warned else [])


def test_the_days_of_silence_are_the_datasets(folder) -> None:
    change = {"end": "", "last_confirmed": "2026-11-01"}
    assert told(folder, "presence", change) == []
    (folder.path / "dataset.toml").write_text(f"{CHECKED}[confirmation]\npresent = 10\n", encoding="utf-8")
    assert told(folder, "presence", change) == [("silent", "row-0")]


def test_where_nobody_says_up_to_when_it_was_checked_nothing_is_out_of_date(folder) -> None:
    (folder.path / "dataset.toml").write_text("", encoding="utf-8")
    assert told(folder, "presence", {"start": "", "end": "", "last_confirmed": "2001"}) == []
    assert told(folder, "claims", {"expected": "2001"}) == []


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({"expected": "2026-11-23"}, True),
        ({"expected": "2026-10"}, True),
        ({"expected": "2026-11-24"}, False),
        ({"expected": "2026-11"}, False),
        ({"expected": "2026"}, False),
        ({"expected": "2026-10", "outcome": "They left on 30 September."}, False),
        ({}, False),
    ],
)
def test_a_forecast_whose_day_has_passed_has_an_outcome(folder, change: dict[str, str], warned: bool) -> None:
    assert told(folder, "claims", change) == ([("forecast", "row-0")] if warned else [])


PLAN = {"measure": "plan", "date": "2026-03"}


@pytest.mark.parametrize(
    ("rows", "warned"),
    [
        ([PLAN], ["row-0"]),
        ([{**PLAN, "date": "2026-12"}], []),
        ([PLAN, {"date": "2026-04"}], []),
        ([PLAN, {"date": "2026-04", "measure": "part"}], []),
        ([PLAN, {"date": "2026-02"}], ["row-0"]),
        ([PLAN, {"date": "2026-04", "measure": "plan"}], ["row-0", "row-1"]),
        ([PLAN, {"date": "2026-04", "country": "Iraq"}], ["row-0"]),
        ([PLAN, {"date": "2026-04", "force": "uk"}], ["row-0"]),
    ],
)
def test_a_planned_number_is_followed_by_what_came_of_it(folder, rows: list[dict[str, str]], warned: list[str]) -> None:
    assert told(folder, "strengths", *rows) == [("plan", row) for row in warned]


def test_a_planned_number_may_be_answered_by_a_claims_outcome(folder) -> None:
    folder.rows("strengths", {"id": "row-0", **PLAN})
    assert told(folder, "claims", {"row": "strength:row-0", "outcome": "It was not reached."}) == []


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({"start": "2026-10"}, True),
        ({"start": "2026-12"}, False),
        ({"start": "2026-10", "end": "2026-11"}, False),
        ({"start": ""}, False),
    ],
)
def test_a_planned_presence_has_come_or_has_not(folder, change: dict[str, str], warned: bool) -> None:
    found = told(folder, "presence", {"end": "", "status": "planned", **change})
    assert found == ([("plan", "row-0")] if warned else [])


TOWN = {"lat": "", "lon": "", "place": "Tadmur, Syria", "aliases": "", "name_ar": ""}


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({"kind": "air-base", "name": "Nameless"}, True),
        ({"kind": "landing-zone", "name": "Nameless"}, True),
        ({"kind": "base", "name": "Nameless"}, False),
        ({"kind": "base", "name": "Tadmur base"}, True),
        ({"kind": "outpost", "name": "Nameless", "aliases": "Post; at-Tadmur"}, True),
        ({"kind": "town", "name": "Tadmur"}, False),
        ({"kind": "base", "name": "Air Base"}, False),
        ({"kind": "air-base", "name": "Tadmur", "lat": "34.5624", "lon": "38.284", "place": ""}, False),
        ({"kind": "air-base", "name": "Tadmur", "lat": "34.58", "lon": "38.30", "precision": "district"}, False),
        ({"kind": "air-base", "name": "Tadmur", "lat": "34.5624", "lon": "38.284", "precision": "town"}, True),
        ({"kind": "air-base", "name": "Tadmur", "country": "Jordan"}, False),
        ({"kind": "base", "name": "Faraway"}, False),
        ({"kind": "base", "name": "Tadmur base", "precision": "undisclosed"}, False),
    ],
)
def test_a_base_is_drawn_at_its_airfield(folder, change: dict[str, str], warned: bool) -> None:
    folder.rows("gazetteer", *({"kind": "airfield", "precision": "site", **field} for field in AIRFIELDS))
    assert told(folder, "sites", {**TOWN, **change}) == ([("airfield", "row-0")] if warned else [])


def test_an_airfield_of_the_name_is_named_with_its_point(folder) -> None:
    folder.rows("gazetteer", {**AIRFIELDS[0], "kind": "airfield", "precision": "site"})
    folder.rows("sites", {"id": "row-0", **TOWN, "kind": "base", "name": "Tadmur base"})
    [warning] = review(folder.load()).warnings
    assert str(warning) == (
        "sites.csv:4 lat: warning: is known to a town only, and Al-Tahaluf Airport (34.58, 38.3) is 2 km off; "
        "mend: take the airfield's point, or another that a source gives (airfield, site:row-0)"
    )


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"killed": "us 3"}, "killed: us 3"),
        ({"killed": "us 3-5"}, "killed: us 3+"),
        ({"killed": "us 3", "summary": "Three soldiers died."}, ""),
        ({"killed": "us 3", "title": "Drone kills three"}, ""),
        ({"killed": "us 3", "summary": "Three soldiers were wounded."}, "killed: us 3"),
        ({"killed": "us 0"}, ""),
        ({"killed": "us 0; uk 1+"}, "killed: uk 1+"),
        ({"killed": "", "wounded": "us 2"}, "wounded: us 2"),
        ({"killed": "", "wounded": "us 2", "summary": "Two were hurt, and a soldier has a brain injury."}, ""),
        ({"killed": "us 1", "wounded": "us 2", "summary": "Casualties were reported."}, ""),
        ({"killed": ""}, ""),
    ],
)
def test_a_summary_tells_of_the_killed_and_the_wounded(folder, change: dict[str, str], missing: str) -> None:
    write(folder, "incidents", {"id": "row-0", "title": "Drone at a gate", "summary": "", **change})
    warnings = review(folder.load()).warnings
    assert [warning.what for warning in warnings] == [f"does not say that people were {missing}"] * bool(missing)


@pytest.mark.parametrize(
    ("summary", "warned"),
    [
        ("", True),
        ("They left.", True),
        ("They left on 11 February 2026.", True),
        ("About 100 left.", False),
        ("Up to 1,200 left.", False),
        ("Up to 1200 left.", False),
        ("Hundreds left.", False),
        ("Some 3,100 vehicles", True),
        ("They left in 1,200,000 ways.", True),
    ],
)
def test_a_summary_tells_how_many_moved(folder, summary: str, warned: bool) -> None:
    change = {"low": "100", "high": "1200", "summary": summary}
    assert told(folder, "movements", change) == ([("summary", "row-0")] if warned else [])


def test_a_small_number_may_be_a_word(folder) -> None:
    counted = {"low": "2", "high": "", "title": "They left"}
    assert told(folder, "movements", {**counted, "what": "two men"}, {**counted, "what": "men"}) == [
        ("summary", "row-1")
    ]


def answered(folder: Any, *answers: tuple[str, str, str]) -> Review:
    """Return the review of a folder with warnings of the rule weak-high on two rows, and with ``answers``."""
    write(folder, "movements", {"id": "row-0", "sources": "digest", "confidence": "high"})
    write(folder, "incidents", {"id": "row-1", "sources": "digest", "confidence": "high"})
    lines = [f'[[accepted]]\nrule = "{rule}"\nrow = "{row}"\nwhy = "{why}"\n' for rule, row, why in answers]
    (folder.path / "dataset.toml").write_text(CHECKED + "".join(lines), encoding="utf-8")
    return review(folder.load())


def test_an_answered_warning_is_only_counted(folder) -> None:
    assert [warning.row for warning in answered(folder).warnings] == ["incident:row-1", "movement:row-0"]
    found = answered(folder, ("weak-high", "movement:row-0", "It was seen."))
    assert [warning.row for warning in found.warnings] == ["incident:row-1"]
    assert found.answered == 1


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (("weak-high", "movement:out-1", "It was."), "answers a warning that is not given"),
        (("weak-high", "movement:gone", "It was."), "answers a warning that is not given"),
        (("summary", "movement:row-0", "It was."), "answers a warning that is not given"),
        (("nosuch", "movement:row-0", "It was."), "'nosuch' is no rule"),
        (("weak-high", "movement:row-0", " "), "does not say why"),
    ],
)
def test_an_answer_that_answers_nothing_is_told(folder, answer: tuple[str, str, str], what: str) -> None:
    found = answered(folder, answer)
    *warnings, idle = found.warnings
    assert len(warnings) == 2
    assert (idle.file, idle.what, found.answered) == ("dataset.toml", what, 0)
    assert str(idle).startswith(f"dataset.toml accepted: warning: {what}; mend: ")


def test_warnings_come_in_the_order_of_the_files_with_their_lines(folder) -> None:
    write(folder, "incidents", *({"id": f"row-{n}", "start": f"2026-0{9 - n}", "sources": "digest"} for n in range(3)))
    write(folder, "presence", {"id": "row-9", "start": "2013", "sources": "digest"})
    assert [(warning.file, warning.line, warning.row) for warning in review(folder.load()).warnings] == [
        ("presence.csv", 3, "presence:row-9"),
        ("incidents.csv", 3, "incident:row-0"),
        ("incidents.csv", 4, "incident:row-1"),
        ("incidents.csv", 5, "incident:row-2"),
    ]


def test_every_rule_is_told_of_once_and_says_how_to_mend() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.tells and rule.mend for rule in RULES)
    assert str(Remark("r", "site:a", "sites.csv", None, None, "is so", "do so")) == (
        "sites.csv: warning: is so; mend: do so (r, site:a)"
    )


def test_a_review_says_nothing_of_a_folder_that_is_not_there(tmp_path) -> None:
    assert review(load(tmp_path / "nowhere")).warnings == ()
