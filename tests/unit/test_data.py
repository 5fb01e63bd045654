"""The committed data: enough of it, sound, located, cited, and no surer than its sources."""

import csv
import re
from pathlib import Path
from typing import get_args

import pytest

from components.catalog.briefings import BriefingStep, pieces
from components.catalog.catalog import Catalog, load
from components.catalog.dates import day_number
from components.catalog.gazetteer import read_gazetteer
from components.catalog.review import review
from components.catalog.tables import NO_DOCUMENT, PRECISIONS, ROW_TABLES, TABLES, Moved
from components.view.briefings import check_briefings, step_view
from components.view.selection import select

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
VAGUE = ("country", "undisclosed")
NAMING = ("seed-article", "update-2026-11", "wants-a-source")
"""The seed notes that name rows as ``site:al-tanf``, which must be there."""
OF_THE_WORK = (*NAMING, "searched-2026-11", "sources-checked-2026-11")
"""The seed notes on the work on the record: they are of no source."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(DATA)


def raw(table: str) -> list[dict[str, str]]:
    """The rows of a table as they stand in the file, read without the catalog."""
    with (DATA / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cited(row: dict[str, str]) -> list[str]:
    return [source.strip() for source in row["sources"].split(";")]


CITING = ("sites", "presence", "incidents", "movements", "strengths", "counts", "claims")
ROWS = [(table, row) for table in CITING for row in raw(table)]


def named(case: object) -> str | None:
    return case["id"] if isinstance(case, dict) else None


@pytest.mark.parametrize(
    ("table", "least"), [("sites", 45), ("incidents", 110), ("movements", 34), ("presence", 60), ("sources", 100)]
)
def test_there_are_enough_rows(catalog: Catalog, table: str, least: int) -> None:
    assert len(catalog.tables[table]) >= least


def test_the_data_has_no_problem(catalog: Catalog) -> None:
    assert [str(problem) for problem in catalog.problems] == []
    assert [str(problem) for problem in read_gazetteer(DATA, catalog.sites)[1]] == []


def test_no_row_of_a_file_is_missing_from_the_catalog(catalog: Catalog) -> None:
    for table in (table for table in TABLES if (DATA / table.file).exists()):
        assert {row[table.key] for row in raw(table.name)} == set(catalog.tables[table.name].index)


def test_at_least_nineteen_disagreements_have_two_sides_or_more(catalog: Catalog) -> None:
    sides = catalog.claims.groupby("topic").size()
    assert len(sides) >= 19
    assert sides[sides < 2].to_dict() == {}
    assert catalog.claims.duplicated(["topic", "row", "field", "value", "claimant"]).sum() == 0


def test_every_place_that_is_asked_for_is_located(catalog: Catalog) -> None:
    assert len(catalog.queries) > 20
    assert set(catalog.queries) - set(catalog.places["query"]) == set()


def test_every_row_is_on_the_map(catalog: Catalog) -> None:
    assert catalog.sites["lat"].notna().all()
    assert catalog.incidents["lat"].notna().all()
    for end in ("origin", "destination"):
        stated = catalog.movements[end] != ""
        assert catalog.movements.loc[stated, f"{end}_lat"].notna().all()


def test_every_source_is_cited() -> None:
    assert {row["id"] for row in raw("sources")} - {source for _, row in ROWS for source in cited(row)} == set()


def test_every_force_and_kind_is_used(catalog: Catalog) -> None:
    used = {force for forces in catalog.incidents["forces"] for force in forces} | set(catalog.presence["force"])
    used |= set(catalog.movements["force"]) | set(catalog.strengths["force"]) | set(catalog.forces["parent"])
    assert set(catalog.forces["id"]) - used == set()
    assert set(catalog.kinds["id"]) == set(catalog.incidents["kind"])


@pytest.mark.parametrize(
    ("table", "name", "facts"),
    [
        ("incidents", "al-tanf-withdrawal-2026-02-11", {"site": "al-tanf", "start": "2026-02-11"}),
        ("incidents", "al-tanf-handover-2026-02-12", {"site": "al-tanf", "forces": "syria", "start": "2026-02-12"}),
        ("movements", "al-tanf-to-jordan-2026-01", {"origin": "al-tanf", "destination": "jordan-undisclosed"}),
        ("movements", "syrian-army-to-al-tanf-2026-02", {"kind": "handover", "destination": "al-tanf"}),
        ("sites", "jordan-undisclosed", {"country": "Jordan", "precision": "undisclosed"}),
        ("presence", "al-tanf-us-2016", {"site": "al-tanf", "force": "us", "end": "2026-02-11"}),
        ("incidents", "baghuz-is-defeat-2019-03-23", {"start": "2019", "forces": "sdf"}),
        ("incidents", "white-house-visit-2025-11-10", {"title": "White House", "start": "2025-11-10"}),
        ("incidents", "sdf-comprehensive-deal-2026-01-30", {"kind": "agreement", "title": "SDF"}),
        ("incidents", "detainee-transfer-2026-01-21", {"title": "Iraq", "summary": "7,000"}),
        ("movements", "is-detainees-to-iraq-2026-01", {"destination": "", "title": "IS detainees from Syria to Iraq"}),
        ("sites", "qasrak", {"admin1": "Hasakah", "kind": "base"}),
        ("presence", "qasrak-us-2019", {"site": "qasrak", "force": "us"}),
        ("incidents", "palmyra-attack-2025-12-13", {"site": "palmyra", "killed": "us 3", "title": "two US soldiers"}),
        ("incidents", "hawkeye-strike-2025-12-19", {"kind": "air-strike", "summary": "retaliation"}),
        ("claims", "detainee-total-plan", {"value": "7,000"}),
        ("claims", "al-tanf-destination-afp", {"value": "Another base in Jordan"}),
    ],
)
def test_what_the_seed_article_says_is_in_the_data(table: str, name: str, facts: dict[str, str]) -> None:
    [row] = [row for row in raw(table) if row["id"] == name]
    for column, text in facts.items():
        assert text in row[column]


def test_a_note_of_the_projects_own_is_no_source() -> None:
    named = [
        row["id"]
        for row in raw("sources")
        if re.search(r"\bseed\b|laydown", f"{row['publisher']} {row['title']}", re.I)
    ]
    assert named == []
    told = " ".join(text for table in CITING for row in raw(table) for text in row.values())
    told += " ".join(path.read_text(encoding="utf-8") for path in (DATA / "briefings").glob("*.md"))
    assert "seed" not in re.findall(r"[a-z]+", told.lower())


def test_every_row_that_a_seed_note_names_is_there(catalog: Catalog) -> None:
    tables = {**ROW_TABLES, "claim": "claims", "count": "counts", "source": "sources"}
    named = [
        (note.name, prefix, name)
        for note in sorted((ROOT / "seeds").glob("*.md"))
        for prefix, name in re.findall(r"`([a-z]+):([a-z0-9-]+)`", note.read_text(encoding="utf-8"))
    ]
    assert {note for note, _, _ in named} >= {f"{name}.md" for name in NAMING}
    assert [one for one in named if one[2] not in catalog.tables[tables[one[1]]].index] == []


def test_every_seed_note_is_of_a_source_or_of_the_work_on_the_record(catalog: Catalog) -> None:
    notes = {path.stem for path in (ROOT / "seeds").glob("*.md")} - {"README"}
    assert set(OF_THE_WORK) <= notes
    assert notes - set(OF_THE_WORK) - set(catalog.sources["id"]) == set()


def test_the_readme_of_the_seeds_names_each_note_that_is_of_no_source() -> None:
    told = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z0-9-]+)\.md`", told)) == set(OF_THE_WORK)


def test_every_warning_is_answered(catalog: Catalog) -> None:
    assert [str(remark) for remark in review(catalog).warnings] == []


def test_nothing_rests_on_memory() -> None:
    """What wants a source stands in seeds/wants-a-source.md, and is not drawn."""
    assert [row["id"] for row in raw("sources") if row["kind"] == NO_DOCUMENT] == []


@pytest.mark.parametrize("row", [row for row in raw("sites") if row["precision"] in VAGUE], ids=named)
def test_a_site_whose_place_is_not_known_is_not_drawn_as_if_it_were(catalog: Catalog, row: dict[str, str]) -> None:
    site = catalog.sites.loc[row["id"]]
    assert PRECISIONS.index(site.precision) >= PRECISIONS.index(row["precision"])
    assert site.radius_km >= 100
    assert (row["lat"], row["lon"]) == ("", "")


def test_the_undisclosed_base_in_jordan_is_an_area_wherever_it_is_drawn(catalog: Catalog) -> None:
    assert catalog.sites.loc["jordan-undisclosed"].precision == "undisclosed"
    assert catalog.sites.loc["jordan-undisclosed"].radius_km >= 100
    move = catalog.movements.loc["al-tanf-to-jordan-2026-01"]
    assert move.destination_precision == "undisclosed"
    assert move.destination_radius_km >= 100


def test_what_is_known_to_a_country_only_is_never_drawn_as_a_site_or_a_town(catalog: Catalog) -> None:
    countries = {row["name"] for row in raw("gazetteer") if row["kind"] == "country"}
    vague = {row["id"] for row in raw("sites") if row["precision"] in VAGUE or row["place"] in countries}
    assert "Syria" in countries
    assert "jordan-undisclosed" in vague
    drawn = [
        (row["id"], catalog.incidents.loc[row["id"]].precision)
        for row in raw("incidents")
        if row["precision"] in VAGUE or row["place"] in countries or row["site"] in vague
    ]
    drawn += [
        (row["id"], catalog.movements.loc[row["id"]][f"{end}_precision"])
        for row in raw("movements")
        for end in ("origin", "destination")
        if row[end] in countries or row[end] in vague
    ]
    drawn += [(name, catalog.sites.loc[name].precision) for name in vague]
    assert len(drawn) > 20
    assert [(name, precision) for name, precision in drawn if precision not in VAGUE] == []


def test_a_place_that_is_a_governorate_is_not_drawn_as_a_site_or_a_town(catalog: Catalog) -> None:
    governorates = catalog.places[catalog.places["query"].str.contains("governorate")]
    assert len(governorates) > 3
    assert set(governorates["precision"]) == {"district"}


def test_no_text_holds_what_a_careless_page_would_run() -> None:
    for table, row in ROWS:
        text = " ".join(row.values())
        assert not re.search(r"<\w|\$\{|`|javascript:", text), (table, row["id"])


def test_the_date_in_an_incidents_id_is_the_date_it_began() -> None:
    for row in raw("incidents"):
        dated = re.search(r"\d{4}(-\d{2})*$", row["id"])
        assert dated, row["id"]
        assert row["start"].startswith(dated[0]) or dated[0].startswith(row["start"]), row["id"]


def test_the_opening_window_and_the_named_periods_show_something(catalog: Catalog) -> None:
    dataset = catalog.dataset
    assert dataset.window is not None
    assert len(dataset.periods) >= 3
    for period in (dataset.window, *dataset.periods):
        assert period.first < period.last
        begun = catalog.incidents["start_first"] <= day_number(period.last)
        going_on = catalog.incidents["end_last"] >= day_number(period.first)
        assert (begun & going_on).sum() >= 3, period.name


def test_the_briefings_have_no_problem(catalog: Catalog) -> None:
    assert {briefing.id for briefing in catalog.briefings} == {
        "al-tanf-withdrawal",
        "palmyra-attack",
        "north-east-winter-2025-26",
        "out-of-iraq",
    }
    assert [str(problem) for problem in check_briefings(catalog)] == []
    assert all(5 <= len(briefing.steps) <= 7 for briefing in catalog.briefings)


STEPS = [
    (f"{briefing.id}/{number}", step)
    for briefing in load(DATA).briefings
    for number, step in enumerate(briefing.steps, start=1)
]


@pytest.mark.parametrize(("name", "step"), STEPS, ids=[name for name, _ in STEPS])
def test_a_step_shows_what_it_speaks_of_and_cites_what_that_rests_on(
    catalog: Catalog, name: str, step: BriefingStep
) -> None:
    view = step_view(catalog, name)
    selection = select(catalog, view)
    assert len(selection.incidents) + len(selection.movements) > 0
    assert view.camera
    named = {id_ for text in step.paragraphs for piece in pieces(text) if isinstance(piece, tuple) for id_ in piece}
    if not view.selected:
        return
    kind, _, id_ = view.selected.partition(":")
    claims = catalog.claims[catalog.claims["row"] == view.selected]
    carrying = {source for row in [catalog.tables[ROW_TABLES[kind]].loc[id_]] for source in row["sources"]}
    carrying |= {source for sources in claims["sources"] for source in sources}
    assert named & carrying, f"{view.selected} rests on {sorted(carrying)}"
    shown = {"incident": selection.incidents, "movement": selection.movements, "site": selection.sites}[kind]
    assert id_ in set(shown["id"]) if kind == "site" else id_ in set(shown.newest(10_000)["id"])


def test_what_moved_is_said_of_every_movement_and_is_never_troops_who_were_held():
    rows = raw("movements")
    assert all(row["moved"] for row in rows), "said, not left to the default"
    assert {row["moved"] for row in rows} == set(get_args(Moved))
    for row in rows:
        held = any(word in row["what"] for word in ("detainee", "inmate"))
        assert held == (row["moved"] == "detainees"), row["id"]
        assert (row["force"] == "civilians") == (row["moved"] == "civilians"), row["id"]
        if any(word in row["what"] for word in ("troops", "fighters", "soldiers", "army")):
            assert row["moved"] == "troops", row["id"]
