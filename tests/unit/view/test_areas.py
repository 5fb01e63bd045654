"""Areas on view: by the rule of time of posture, the filters, and what was public."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from components.catalog.catalog import Catalog, load
from components.map.protocol import command
from components.view.on_view import on_view
from components.view.view import View
from tests.node import answer
from tests.unit.map.test_parity import rows_of

CASES = json.loads((Path(__file__).parents[2] / "cases" / "areas.json").read_text(encoding="utf-8"))["cases"]
TOML = 'title = "Test"\n[confirmation]\npresent = 30\n'


@pytest.fixture(scope="module")
def catalog(folder: Callable[..., Path]) -> Catalog:
    dates = ("start", "end", "last_confirmed")
    rows = [{"id": f"a{n}", **dict(zip(dates, case[1], strict=True))} for n, case in enumerate(CASES)]
    found = load(folder(toml=TOML, areas=rows))
    assert not found.problems
    return found


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=[case[0] for case in CASES])
def test_an_area_is_held_as_written(catalog: Catalog, number: int, case: list) -> None:
    day = date.fromisoformat(case[2])
    shown = on_view(catalog, View(date(2025, 1, 1), day)).selection.areas
    assert shown.get(f"a{number}", "none") == case[3]


@pytest.fixture(scope="module")
def filtered(folder: Callable[..., Path]) -> Catalog:
    rows = [
        {"id": "theirs", "force": "syria", "start": "2025-01-01", "confidence": "low", "last_confirmed": "2025-06-01"},
        {"id": "late", "start": "2025-01-01", "end": "2025-03-31", "sources": "april"},
        {"id": "told", "start": "2025-01-01", "end": "2025-03-31", "sources": "wire; april", "note": "It ended."},
    ]
    sources = [{"id": "wire", "published": "2025-01-05"}, {"id": "april", "published": "2025-04-02"}]
    found = load(folder(toml=TOML, areas=rows, sources=sources))
    assert not found.problems
    return found


WINDOW = View(date(2025, 1, 1), date(2025, 3, 20))
VIEWS = [
    (WINDOW, {"theirs", "late", "told"}),
    (replace(WINDOW, force=("us",)), {"late", "told"}),
    (replace(WINDOW, confidence=("low",)), {"theirs"}),
    (replace(WINDOW, country=("Jordan",)), {"theirs", "late", "told"}),
    (replace(WINDOW, search="nothing like it"), {"theirs", "late", "told"}),
    (replace(WINDOW, known=date(2025, 3, 20)), {"theirs", "told"}),
    (replace(WINDOW, known=date(2025, 4, 2)), {"theirs", "late", "told"}),
    (View(date(2025, 1, 1), date(2025, 4, 1)), {"theirs"}),
    (View(date(2025, 1, 1), date(2025, 4, 1), known=date(2025, 4, 1)), {"theirs", "told"}),
    (View(date(2025, 1, 1), date(2025, 4, 2), known=date(2025, 4, 2)), {"theirs"}),
]


@pytest.mark.parametrize(("view", "wanted"), VIEWS)
def test_filters_and_what_was_public_hold_for_areas(filtered: Catalog, view: View, wanted: set[str]) -> None:
    assert set(on_view(filtered, view).selection.areas) == wanted


def test_the_browser_shows_the_same_areas(catalog: Catalog, filtered: Catalog) -> None:
    days = sorted({date.fromisoformat(case[2]) for case in CASES})
    # What is searched for leaves areas, and its text is not asked for here.
    asked = {
        catalog: [View(date(2025, 1, 1), day) for day in days],
        filtered: [view for view, _ in VIEWS if not view.search],
    }
    for one, views in asked.items():
        commands = [command(one, view, "") for view in views]
        given = answer("answers.js", {"ask": "areas", "rows": rows_of(one), "commands": commands})
        for view, areas in zip(views, given, strict=True):
            held = on_view(one, view).selection.areas
            assert areas == [[id_, certainty == "possible"] for id_, certainty in held.items()], view
