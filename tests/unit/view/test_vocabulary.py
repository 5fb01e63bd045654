"""Kinds of sites, movements and sources: those that are there without a word, and a folder's own."""

import pickle

import pytest

from components.catalog.catalog import load
from components.catalog.review import review
from components.catalog.vocabulary import DEFAULT, MovementKind, SiteKind, extended
from components.panels.happened import happened
from components.view.facts import facts
from components.view.on_view import on_view
from components.view.sourcing import ranked
from components.view.suggestions import suggestions
from components.view.transitions import transitions
from components.view.view import default_view

TOML = """
title = "Test"
[[site_kinds]]
id = "naval-base"
base = true
[[site_kinds]]
id = "checkpoint"
label = "check post"
[[movement_kinds]]
id = "rotation"
[[movement_kinds]]
id = "surge"
strengthens_destination = true
[[movement_kinds]]
id = "withdrawal"
label = "pull-out"
[[source_kinds]]
id = "intercept"
trust = "firm"
before = "wire"
"""
SITES = [{"id": "port", "name": "Port", "kind": "naval-base"}, {"id": "post", "name": "Post", "kind": "checkpoint"}]


def moved(kind: str, **cells: str) -> dict[str, str]:
    return {"id": f"m-{kind}", "kind": kind, "origin": "port", "destination": "post", **cells}


def test_what_is_there_without_a_word_is_what_it_was() -> None:
    assert DEFAULT.coming == {"reinforcement"}
    assert DEFAULT.going == {"withdrawal", "drawdown", "redeployment"}
    assert DEFAULT.ids("source_kinds")[:3] == ("wire", "official", "press")
    assert DEFAULT.ids("source_kinds")[-1] == "memory"
    assert [kind for kind, of in DEFAULT.site_kinds.items() if of.airstrip] == ["air-base", "landing-zone"]
    assert pickle.loads(pickle.dumps(DEFAULT)) == DEFAULT


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([SiteKind(id="port")], [*DEFAULT.site_kinds, "port"]),
        ([SiteKind(id="port", before="garrison")], ["port", *DEFAULT.site_kinds]),
        ([SiteKind(id="base", label="HQ")], list(DEFAULT.site_kinds)),
        ([SiteKind(id="crossing", before="garrison")], ["crossing", *list(DEFAULT.site_kinds)[:-1]]),
        ([SiteKind(id="port", before="nothing")], [*DEFAULT.site_kinds, "port"]),
        ([SiteKind(id="port", before="port")], [*DEFAULT.site_kinds, "port"]),
    ],
)
def test_a_kind_is_listed_where_it_says(more, expected) -> None:
    assert list(extended(more, [], [], DEFAULT).site_kinds) == expected


def test_one_of_the_same_id_takes_the_place_of_the_other() -> None:
    kinds = extended([], [MovementKind(id="withdrawal", strengthens_destination=True)], [], DEFAULT)
    assert "withdrawal" in kinds.coming
    assert "withdrawal" not in kinds.going


def test_a_folders_own_kinds_need_no_code(folder) -> None:
    catalog = load(folder(TOML, sites=SITES, movements=[moved("rotation"), moved("surge"), moved("withdrawal")]))
    assert catalog.problems == ()
    shown = on_view(catalog, default_view(catalog))
    told = {fact.text for site in ("port", "post") for fact in facts(shown, "sites", site) if fact.label == "Kind"}
    assert told == {"Naval base", "Check post"}
    [kind] = [fact.text for fact in facts(shown, "movements", "m-withdrawal") if fact.label == "Kind"]
    assert kind == "Pull-out"
    assert "Rotation" in str(happened(shown))
    assert any("Check post" in one.note for one in suggestions(catalog, "post"))


def test_what_follows_from_a_movement_is_declared_beside_its_kind(folder) -> None:
    catalog = load(folder(TOML, sites=SITES, movements=[moved("rotation"), moved("surge"), moved("withdrawal")]))
    found = {(one.movement, one.kind) for one in transitions(catalog)}
    assert found == {("m-surge", "reinforced")}, "this folder's withdrawals weaken nobody, as it says"


@pytest.mark.parametrize("table", ["sites", "movements", "sources"])
def test_a_kind_that_nobody_declared_is_a_problem_that_says_how(folder, table: str) -> None:
    rows = {"sites": [{**SITES[0], "kind": "base"}, {**SITES[1], "kind": "base"}], "movements": [moved("transfer")]}
    if table == "sources":
        rows["sources"] = [{"id": "wire"}, {"id": "other"}]
    rows[table][-1]["kind"] = "unheard-of"
    catalog = load(folder(**rows))
    problem = next(one for one in catalog.problems if one.column == "kind")
    assert problem.file == f"{table}.csv"
    assert problem.what == "'unheard-of' is not one of the known values"
    assert problem.mend.endswith(f"or declare it in dataset.toml under [[{table[:-1]}_kinds]]")
    assert len(catalog.tables[table]) == len(rows[table]) - 1


def test_sources_are_told_in_the_folders_order_and_trusted_as_it_says(folder) -> None:
    sources = [{"id": "wire"}, {"id": "heard", "kind": "intercept", "publisher": "Ears"}]
    attack = {"id": "i", "place": "", "lat": "1", "lon": "1", "sources": "heard", "summary": "x"}
    catalog = load(folder(TOML, sources=sources, incidents=[attack]))
    assert catalog.problems == ()
    assert ranked(catalog, ["wire", "heard"]) == ("heard", "wire")
    assert "weak-high" not in {warning.rule for warning in review(catalog).warnings}


@pytest.mark.parametrize(
    "line", ['id = "Naval base"', 'label = "no id"', 'id = "x"\nstrengthens = true', 'id = "x"\nbase = "perhaps"']
)
def test_a_kind_that_is_declared_wrong_is_told(folder, line: str) -> None:
    catalog = load(folder(f'title = "Test"\n[[site_kinds]]\n{line}\n'))
    [problem] = catalog.problems
    assert problem.file == "dataset.toml"
    assert problem.column.startswith("site_kinds.0")
