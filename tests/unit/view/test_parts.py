"""Parts and their wholes: which are left out of a sum, and how a list shows them."""

from datetime import date

import pytest

from components.catalog.catalog import load
from components.panels.card import card
from components.panels.table import rows_on_view
from components.view.on_view import on_view
from components.view.parts import in_wholes, nested, parts_of, whole_of, whole_title
from components.view.view import View

PARTS = [
    {"id": "all", "title": "All of them", "origin": "camp", "start": "2026-01-21", "end": "2026-02-13", "low": "5064"},
    {"id": "first", "title": "First batch", "origin": "camp", "start": "2026-01-21", "part_of": "all", "low": "150"},
    {"id": "buses", "title": "Buses", "origin": "camp", "start": "2026-02-08", "part_of": "all"},
    {"id": "one-bus", "title": "One bus", "origin": "camp", "start": "2026-02-08", "part_of": "buses"},
    {"id": "other", "title": "Another", "origin": "camp", "start": "2026-02-01"},
]


@pytest.fixture(scope="module")
def catalog(catalog_of):
    return catalog_of(
        sources=[{"id": "wire", "published": "2026-01-22"}, {"id": "late", "published": "2026-02-20"}],
        sites=[{"id": "camp", "name": "Camp"}],
        movements=[{**row, "sources": "late" if row["id"] == "all" else "wire"} for row in PARTS],
    )


@pytest.mark.parametrize(
    ("ids", "left_out"),
    [
        (["all", "first", "buses", "one-bus", "other"], {"first", "buses", "one-bus"}),
        # A part of a part is in the whole too, whether or not what lies between is on view.
        (["all", "one-bus"], {"one-bus"}),
        (["buses", "one-bus"], {"one-bus"}),
        # Without its whole a part is all there is.
        (["first", "buses"], set()),
        (["all", "other"], set()),
        ([], set()),
    ],
)
def test_a_part_is_left_out_of_a_sum_that_holds_its_whole(catalog, ids, left_out) -> None:
    assert in_wholes(catalog, "movements", ids) == left_out


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (
            ["first", "all", "other", "one-bus", "buses"],
            [("all", 0), ("first", 1), ("buses", 1), ("one-bus", 2), ("other", 0)],
        ),
        (["one-bus", "other", "all"], [("other", 0), ("all", 0), ("one-bus", 1)]),
        (["one-bus", "first"], [("one-bus", 0), ("first", 0)]),
    ],
)
def test_a_list_has_each_part_behind_its_whole(catalog, ids, expected) -> None:
    assert nested(catalog, "movements", ids) == expected


def test_a_part_and_its_whole_name_each_other(catalog) -> None:
    assert parts_of(catalog, "movements", "all") == ("first", "buses")
    assert (whole_of(catalog, "movements", "buses"), whole_title(catalog, "movements", "buses")) == (
        "all",
        "All of them",
    )
    assert (whole_of(catalog, "movements", "other"), whole_title(catalog, "movements", "other")) == ("", "")


def acts(node) -> list[list[str]]:
    if isinstance(node, str):
        return []
    _, attributes, *children = node
    return [*([attributes["act"]] if "act" in attributes else []), *(act for child in children for act in acts(child))]


VIEW = View(date(2026, 1, 1), date(2026, 3, 1))
EARLY = View(date(2026, 1, 1), date(2026, 3, 1), known=date(2026, 2, 9))


def told(catalog, row: str, view: View = VIEW):
    return card(on_view(catalog, view), row)


def test_the_card_of_a_part_leads_to_its_whole_and_back(catalog, texts_of) -> None:
    part, whole = told(catalog, "movement:first"), told(catalog, "movement:all")
    texts = texts_of([part])
    assert texts[texts.index("Part of") + 1] == "All of them"
    assert ["select", "movement:all"] in acts(part)
    assert "Its parts" not in texts
    texts = texts_of([whole])
    assert "Part of" not in texts
    assert texts.index("Its parts") < texts.index("First batch") < texts.index("Buses")
    assert "One bus" not in texts, "it is told by what it is a part of"
    assert ["select", "movement:first"] in acts(whole)
    assert "Their numbers are in this one's, and not to be added to it." in texts


def test_a_whole_that_was_not_public_yet_is_not_named(catalog, texts_of) -> None:
    for row in ("movement:first", "site:camp"):
        texts = " ".join(texts_of([told(catalog, row, EARLY)]))
        assert "All of them" not in texts
    assert "All of them" not in "".join(rows_on_view(on_view(catalog, EARLY))["Title"])


def test_a_sites_card_and_the_table_say_what_is_a_part(catalog, texts_of) -> None:
    texts = texts_of([told(catalog, "site:camp")])
    assert texts.index("All of them") < texts.index("First batch") < texts.index("Another")
    assert texts[texts.index("First batch") + 1] == "part of the one above"
    titles = list(rows_on_view(on_view(catalog, VIEW))["Title"])
    assert "First batch (part of: All of them)" in titles
    assert "One bus (part of: Buses)" in titles
    assert "Another" in titles


@pytest.mark.parametrize("name", ["incidents", "movements"])
@pytest.mark.parametrize(
    ("wholes", "faulty"),
    [
        ({"a": "a"}, {"a": "'a' is a part of itself, so it is shown as a part of nothing"}),
        (
            {"a": "b", "b": "a", "c": "a"},
            {
                "a": "'a' is a part of itself, by way of 'b', so it is shown as a part of nothing",
                "b": "'b' is a part of itself, by way of 'a', so it is shown as a part of nothing",
            },
        ),
        ({"a": "b", "b": "c", "c": ""}, {}),
    ],
)
def test_a_row_that_is_a_part_of_itself_is_told_and_kept(folder, name: str, wholes, faulty) -> None:
    rows = [{"id": id_, "part_of": whole, "site": "camp", "origin": "camp"} for id_, whole in wholes.items()]
    keys = {"incidents": ("id", "part_of", "site"), "movements": ("id", "part_of", "origin")}[name]
    tables = {name: [{key: row[key] for key in keys} for row in rows]}
    catalog = load(folder(sites=[{"id": "camp"}], **tables))
    assert {problem.value: problem.what for problem in catalog.problems if problem.what in faulty.values()} == {
        wholes[id_]: what for id_, what in faulty.items()
    }
    assert len(catalog.problems) == len(faulty)
    for problem in catalog.problems:
        assert (problem.file, problem.column, problem.kept) == (f"{name}.csv", "part_of", True)
        assert problem.line == 2 + list(wholes).index(next(id_ for id_, what in faulty.items() if what == problem.what))
    kept = dict(zip(catalog.tables[name]["id"], catalog.tables[name]["part_of"], strict=True))
    assert kept == {id_: None if id_ in faulty else whole or None for id_, whole in wholes.items()}
