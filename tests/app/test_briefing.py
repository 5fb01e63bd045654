import pytest

from components.catalog.catalog import Catalog
from components.view.briefings import step_view
from components.view.view import write_query


def link_of(catalog: Catalog, name: str) -> dict[str, list[str]]:
    return write_query(step_view(catalog, name), catalog)


def test_the_briefings_stand_under_the_lede_and_the_sidebar_leads_there(visit, press, curated: Catalog) -> None:
    page = visit()
    told = page.parts["changes"]
    at = next(n for n, text in enumerate(told) if text.startswith("Changes, "))
    for briefing in curated.briefings:
        assert told.index(briefing.title) < told.index(briefing.summary) < at
    assert told[0].startswith("Between ")
    assert "briefing" not in page.parts
    assert page.parts["briefings"] == [f"{len(curated.briefings)} briefings"]
    page = visit(tab="table")
    press(page, "briefings", "tab", "changes")
    assert page.query == {}


def test_without_briefings_there_is_no_list(visit_folder, folder) -> None:
    page = visit_folder(folder())
    assert "briefings" not in page.parts
    assert "Follow a briefing" not in page.parts["trends"]


@pytest.mark.parametrize("number", [1, 2, 7])
def test_a_link_that_names_only_its_step_is_that_steps_view(visit, curated: Catalog, number: int) -> None:
    name = f"al-tanf-withdrawal/{number}"
    short, whole = visit(step=name), visit(**link_of(curated, name))
    [briefing] = [one for one in curated.briefings if one.id == "al-tanf-withdrawal"]
    for page in (short, whole):
        assert briefing.steps[number - 1].heading in page.parts["briefing"]
        assert f"{number} of 7" in page.parts["briefing"]
        assert page.parts["notices"] == []
    same = ("start", "end", "facets", "terms", "selected", "camera", "base")
    assert [short.command[key] for key in same] == [whole.command[key] for key in same]
    assert short.command["selected"] == step_view(curated, name).selected


def test_a_step_that_is_named_stays_while_the_rest_of_the_link_differs(visit) -> None:
    page = visit(step="al-tanf-withdrawal/2", to="2026-03-01", q="drone")
    assert "2 of 7" in page.parts["briefing"]
    assert page.command["terms"] == ["drone"]
    assert page.command["selected"] == ""


def test_where_the_visitor_looks_goes_before_where_a_step_does(visit, curated: Catalog) -> None:
    page = visit(step="al-tanf-withdrawal/2", map="5/30/30")
    assert page.command["camera"] == [5, 30, 30]
    assert page.command["selected"] == step_view(curated, "al-tanf-withdrawal/2").selected


@pytest.mark.parametrize("step", ["al-tanf-withdrawal/0", "al-tanf-withdrawal/8", "nobody/1", "x", "a/b/c"])
def test_a_step_that_is_not_there_is_noticed(visit, step: str) -> None:
    page = visit(step=step)
    assert "briefing" not in page.parts
    [notice] = page.parts["notices"]
    assert "is not a step of a briefing here" in notice


def test_a_briefing_is_followed_from_its_first_step_and_closed(visit, press, curated: Catalog) -> None:
    page = visit(q="something else", kind="attack")
    press(page, "changes", "step", "palmyra-attack/1")
    assert page.query == link_of(curated, "palmyra-attack/1")
    press(page, "briefing", "turn", "next")
    assert page.query == link_of(curated, "palmyra-attack/2")
    press(page, "briefing", "step", "palmyra-attack/7")
    assert page.query == link_of(curated, "palmyra-attack/7")
    press(page, "briefing", "turn", "previous")
    assert page.query == link_of(curated, "palmyra-attack/6")
    press(page, "search", "search", "tanf")
    assert page.query == link_of(curated, "palmyra-attack/6") | {"q": ["tanf"]}
    press(page, "briefing", "turn", "next")
    assert page.query == link_of(curated, "palmyra-attack/7")
    press(page, "briefing", "leave", "?q=something+else&kind=attack&map=7/33.5/38.6")
    assert page.query == {"q": ["something else"], "kind": ["attack"], "map": ["7/33.5000/38.6000"]}
    assert "briefing" not in page.parts


def test_the_last_step_leads_to_the_next_briefing_and_out(visit, press, curated: Catalog) -> None:
    first, *_, last = curated.briefings
    page = visit(step=f"{first.id}/{len(first.steps)}")
    following = curated.briefings[1]
    assert {f"Next briefing: {following.title}", "To the opening view"} <= set(page.parts["briefing"])
    assert "Next" not in page.parts["briefing"]
    press(page, "briefing", "turn", "next")
    assert page.query == link_of(curated, f"{following.id}/1")
    assert "Next" in page.parts["briefing"]
    press(page, "briefing", "step", f"{last.id}/{len(last.steps)}")
    assert "Next briefing" not in "".join(page.parts["briefing"])
    press(page, "briefing", "turn", "next")  # there is no other
    assert page.query == link_of(curated, f"{last.id}/{len(last.steps)}")
    press(page, "briefing", "leave", "")
    assert page.query == {}


@pytest.mark.parametrize("query", ["?sel=site:nowhere&q=tanf", "?step=palmyra-attack/2&q=tanf", "?q=tanf&x=%ff&=&&"])
def test_the_way_back_is_read_like_any_link(visit, press, query: str) -> None:
    page = visit(step="palmyra-attack/2")
    press(page, "briefing", "leave", query)
    assert page.query == {"q": ["tanf"]}


@pytest.mark.parametrize("value", ["nobody/1", "palmyra-attack/99", "", "../1"])
def test_a_press_that_names_no_step_leads_nowhere(visit, press, value: str) -> None:
    page = visit(q="tanf")
    press(page, "changes", "step", value)
    assert page.query == {"q": ["tanf"]}
