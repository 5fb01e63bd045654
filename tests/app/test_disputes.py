"""What sources disagree on, on the page: the filter, the panel, the table's mark and the card's sides."""

import json

import pytest

from components.panels.claims import claimed_row
from components.view.selection import select
from components.view.view import read_view


def selected(catalog, **link):
    view, notices = read_view({key: [value] for key, value in link.items()}, catalog)
    assert notices == []
    return select(catalog, view)


def nodes_of(page, part: str) -> list:
    """The markup of a part of the page."""
    for component in page.app.get("bidi_component"):
        if component.proto.id.rpartition("-")[2] == part:
            return json.loads(component.proto.json)["nodes"]
    raise AssertionError(f"no part {part}")


def test_the_filter_is_offered_with_its_count_and_restored_by_a_link(visit, curated) -> None:
    bare = visit().parts["facets"]
    at = bare.index("Disputed only")
    assert "Rival claims" in bare
    assert bare[at + 1] == str(len(selected(curated, disputed="only").incidents))
    page = visit(disputed="only")
    assert page.command["facets"] == {"disputed": ["only"]}
    assert page.parts["notices"] == []


def test_the_filter_is_not_offered_where_nothing_is_disputed(visit_folder, folder) -> None:
    page = visit_folder(folder(sites=[{"id": "base"}]))
    assert "Disputed only" not in page.parts["facets"]


@pytest.mark.parametrize("value", ["yes", "<script>"])
def test_another_value_of_the_filter_is_told_and_ignored(visit, value: str) -> None:
    page = visit(disputed=value)
    assert "disputed" in "".join(page.parts["notices"])
    assert page.command["facets"] == {}


def test_the_table_marks_what_is_disputed(visit, curated) -> None:
    frame = visit(tab="table").app.dataframe[0].value
    marked = frame[frame["Disputed"] == "yes"]
    assert set(frame["Disputed"]) == {"", "yes"}
    shown = selected(curated, disputed="only")
    assert len(marked) == len(shown.incidents) + len(shown.movements) + len(shown.sites)
    only = visit(tab="table", disputed="only").app.dataframe[0].value
    assert set(only["Disputed"]) == {"yes"}
    assert set(only["Title"]) == set(marked["Title"])


def test_the_panel_lists_every_disagreement(visit, curated) -> None:
    texts = visit(tab="disputes").parts["disputes"]
    topics = set(curated.claims["topic"])
    assert texts[0].startswith(f"{len(topics)} disagreements, ")
    assert topics <= set(texts)


@pytest.mark.parametrize("link", [{"q": "nothing is called this"}, {"from": "1950-01-01", "to": "1950-01-02"}])
def test_a_view_without_disagreements_still_lists_them_elsewhere(visit, curated, link: dict[str, str]) -> None:
    texts = visit(tab="disputes", **link).parts["disputes"]
    assert len(set(curated.claims["topic"]) & set(texts)) == curated.claims["topic"].nunique()


def test_every_row_that_claims_are_about_opens_a_card_with_its_sides(visit, curated) -> None:
    for row in ("site:al-tanf", "incident:palmyra-attack-2025-12-13", "movement:al-tanf-to-jordan-2026-01"):
        texts = visit(sel=row, tab="selected").parts["selected"]
        claims = curated.claims[curated.claims["row"] == row]
        assert len(claims) >= 2
        assert set(claims["value"]) <= set(texts)
        assert claimed_row(curated, row)[0] in texts


def test_a_sites_card_marks_the_links_window_on_its_history(visit) -> None:
    def windows(**link: str) -> list[str]:
        found = []

        def look(node) -> None:
            if isinstance(node, list):
                if node[1].get("class") == "window":
                    found.append(node[1]["span"])
                for child in node[2:]:
                    look(child)

        for node in nodes_of(visit(sel="site:al-tanf", tab="selected", **link), "selected"):
            look(node)
        return found

    early, late = windows(**{"from": "2016-01-01", "to": "2017-01-01"}), windows()
    assert len(set(early)) == len(set(late)) == 1
    assert float(early[0].split()[1]) < float(late[0].split()[0])
