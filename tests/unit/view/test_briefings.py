import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from components.catalog.catalog import Catalog, load
from components.cli import main
from components.view.briefings import check_briefings, find_step, step_view
from components.view.view import FIELDS, Camera, default_view, read_view, write_query

TEXT = "# Title\n\nSummary.\n\n## One\n\n`?{}`\n\nText [wire].\n\n## Two\n\n`?tab=posture`\n\nText [wire].\n"


@pytest.fixture
def briefed(folder: Callable[..., Path]) -> Callable[[str], Path]:
    """A data folder with a briefing whose first step has this view."""

    def build(query: str) -> Path:
        path = folder(sites=[{"id": "base"}])
        (path / "briefings").mkdir()
        (path / "briefings/tour.md").write_text(TEXT.format(query), encoding="utf-8")
        return path

    return build


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("from=soon", "the link's from “soon” is not a date"),
        ("from=", "from"),
        ("from=2026-02-01&to=2026-01-01", "is before the window's start, 2026-02-01"),
        ("kind=feast", "is not known here"),
        ("kind=attack&kind=feast", "“feast”"),
        ("sel=site:nowhere", "is not a site, incident or movement here"),
        ("map=here", "is not zoom/latitude/longitude"),
        ("tab=admin", "is not known here"),
        ("colour=red", "'colour' is no key of a view"),
        ("step=tour/1", "'step' is no key of a view"),
        ("&amp;from=2026-01-01", "'amp;from' is no key of a view"),
        ("base", "the link's base “” is not known here"),
        ("sel=site:base&sel=site:base", "'sel' stands 2 times"),
    ],
)
def test_a_view_that_does_not_parse_is_a_problem_and_its_step_is_shown(
    briefed: Callable[[str], Path], query: str, what: str
) -> None:
    catalog = load(briefed(query))
    problems = check_briefings(catalog)
    assert any(what in problem.what for problem in problems), problems
    for problem in problems:
        assert (problem.file, problem.line, problem.column) == ("briefings/tour.md", 5, "view")
        assert re.fullmatch(r"briefings/tour\.md:5 \[view\]: .+; .+[^.]", str(problem))
        assert problem.kept
    assert catalog.problems == ()
    assert step_view(catalog, "tour/1").step == "tour/1"


@pytest.mark.parametrize("query", ["", "kind=attack&kind=ied&q=a%20b", "sel=site:base&map=8/34/38&tab=selected"])
def test_a_view_that_parses_is_none(briefed: Callable[[str], Path], query: str) -> None:
    assert check_briefings(load(briefed(query))) == []


def test_check_prints_a_views_problems_and_says_so_to_the_shell(
    briefed: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--data", str(briefed("tab=posture"))]) == 0
    assert "1 briefings" in capsys.readouterr().out
    assert main(["check", "--data", str(briefed("sel=site:nowhere"))]) == 1
    assert "briefings/tour.md:5 [view]: the link's sel “site:nowhere”" in capsys.readouterr().out


def test_a_steps_view_is_the_default_one_but_for_what_it_says(briefed: Callable[[str], Path]) -> None:
    catalog = load(briefed("from=2026-01-01&to=2026-01-31&sel=site:base&map=8/34/38"))
    view = step_view(catalog, "tour/1")
    assert (view.start, view.end) == (date(2026, 1, 1), date(2026, 1, 31))
    assert (view.selected, view.camera, view.step) == ("site:base", Camera(8, 34, 38), "tour/1")
    other, default = step_view(catalog, "tour/2"), default_view(catalog)
    assert (other.start, other.end, other.selected, other.camera) == (default.start, default.end, "", None)


@pytest.mark.parametrize("name", ["", "tour", "tour/", "tour/0", "tour/3", "tour/-1", "tour/x", "other/1", "tour/1/1"])
def test_there_is_no_other_step(briefed: Callable[[str], Path], name: str) -> None:
    catalog = load(briefed(""))
    assert find_step(catalog, name) is None
    with pytest.raises(KeyError):
        step_view(catalog, name)


def test_the_link_of_every_curated_step_restores_it(curated: Catalog) -> None:
    keys = {field.key for field in FIELDS}
    for briefing in curated.briefings:
        for number in range(1, len(briefing.steps) + 1):
            view = step_view(curated, f"{briefing.id}/{number}")
            link = write_query(view, curated)
            assert set(link) <= keys
            assert read_view(link, curated) == (view, [])
