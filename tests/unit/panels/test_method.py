"""How we know: the page over the panel, and the words that lead to it."""

from dataclasses import replace
from datetime import date

import pytest

from components.catalog.catalog import load
from components.catalog.method import ON_CONFIDENCE, ON_KNOWN, ON_PRECISION
from components.panels.card import card
from components.panels.changes import changes
from components.panels.elements import EXPLAIN
from components.panels.history import history
from components.panels.method import how, method
from components.panels.posture import posture
from components.panels.sidebar import facets
from components.panels.strength import _section
from components.ui import filters as sidebar
from components.view.on_view import on_view
from components.view.strength import strength_series
from components.view.view import View, default_view

WINDOW = View(date(2025, 12, 1), date(2026, 3, 12))
HOSTILE = "</script><img src=x onerror=alert(1)>`${alert(1)}` javascript:x"


def nodes_of(node) -> list:
    if isinstance(node, str):
        return []
    _, _, *children = node
    return [node, *(inner for child in children for inner in nodes_of(child))]


def ways(*nodes) -> dict[str, set[str]]:
    """The words that lead to the method, by the heading they lead to."""
    found: dict[str, set[str]] = {}
    for node in [inner for one in nodes for inner in nodes_of(one)]:
        if node[1].get("act", [""])[0] == EXPLAIN:
            found.setdefault(node[1]["act"][1], set()).add("".join(node[2:]))
    return found


@pytest.fixture
def drawn(monkeypatch) -> list:
    """What the panels draw."""
    kept: list = []
    monkeypatch.setattr(sidebar, "render", lambda key, *nodes, **_: kept.extend(node for node in nodes if node))
    return kept


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "site:qasrak",
            {
                ON_PRECISION: {"Precision"},
                ON_KNOWN: {"(as far as known)", "(possibly)", "How we know"},
                ON_CONFIDENCE: {"Confidence", "High confidence", "Medium confidence"},
            },
        ),
        (
            "incident:al-tanf-withdrawal-2026-02-11",
            {ON_PRECISION: {"Precision"}, ON_CONFIDENCE: {"Confidence"}},
        ),
        ("movement:al-tanf-to-jordan-2026-01", {ON_CONFIDENCE: {"Confidence"}}),
    ],
)
def test_a_card_leads_to_what_its_words_mean(curated, row: str, told) -> None:
    view = default_view(curated)
    assert ways(card(on_view(curated, view), row)) == told


def test_posture_changes_strength_and_filters_lead_there_too(curated, drawn) -> None:
    shown = on_view(curated, WINDOW)
    assert {"high confidence", "low confidence"} <= ways(*changes(shown).nodes)[ON_CONFIDENCE]
    assert ways(*posture(shown).nodes) == {
        ON_KNOWN: {"possible", "What “certain”, “as far as known” and “possible” mean"}
    }
    sidebar.title(curated, WINDOW)
    assert ways(*drawn) == {curated.method.ids[0]: {"How we know"}}
    drawn.clear()
    assert ways(*facets(shown).nodes) == {ON_CONFIDENCE: {"Confidence"}}
    [series, *_] = strength_series(on_view(curated, WINDOW))
    assert "confidence medium" in ways(_section(curated, series))[ON_CONFIDENCE]


def test_no_button_stands_in_another_nor_in_what_folds(curated) -> None:
    shown = on_view(curated, WINDOW)
    drawn = [*changes(shown).nodes, *posture(shown).nodes, card(shown, "site:qasrak")]
    pressed = [node for part in drawn for node in nodes_of(part) if node[0] in ("button", "summary", "a")]
    assert pressed
    for node in pressed:
        assert not [inner for child in node[2:] for inner in nodes_of(child) if inner[0] in ("button", "a")]


def test_a_folder_without_a_method_leads_nowhere(catalog_of, drawn, texts_of) -> None:
    catalog = catalog_of(
        sites=[{"id": "base"}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2020", "last_confirmed": "2025-12-20"}],
        incidents=[{"id": "raid", "site": "base"}],
    )
    shown = on_view(catalog, WINDOW)
    sidebar.title(catalog, WINDOW)
    drawn += [*changes(shown).nodes, *posture(shown).nodes, *method(shown).nodes, card(shown, "site:base")]
    assert ways(*drawn) == {}
    assert "How we know" not in texts_of(drawn)
    assert how(catalog, ON_KNOWN, "possible") == "possible"
    told = history(shown, catalog.presence)
    assert ways(told) == {}


TEXT = "# Our method\n\nWhat *we* do.\n\n## Confidence\n\n- **High**: two\n- low\n"


@pytest.mark.parametrize(("wanted", "begun"), [("our-method", ["article"]), ("confidence", ["section"])])
def test_the_page_begins_at_the_heading_that_was_asked_for(catalog_of, texts_of, wanted, begun) -> None:
    [page] = method(on_view(catalog_of(method=TEXT), replace(WINDOW, method=wanted))).nodes
    assert texts_of([page]) == [
        "Our method",
        "Close",
        "What ",
        "we",
        " do.",
        "Confidence",
        "High",
        ": two",
        "low",
    ]
    assert [node[0] for node in nodes_of(page) if "begin" in node[1]] == begun
    assert [node[0] for node in nodes_of(page)] == [
        *("article", "div", "h2", "button", "p", "em", "section", "h3", "ul", "li", "strong", "li")
    ]


def test_hostile_text_stays_text_and_comes_into_no_attribute(folder, texts_of) -> None:
    catalog = load(folder(method=f"# {HOSTILE}\n\n{HOSTILE}\n\n## {HOSTILE}\n\n- {HOSTILE} *{HOSTILE}*\n"))
    assert catalog.problems, "it is told of"
    [page] = method(on_view(catalog, replace(WINDOW, method=catalog.method.ids[1]))).nodes
    assert texts_of([page]).count(HOSTILE) == 4
    attributes = [node[1] for node in nodes_of(page)]
    assert not any(mark in repr(attributes) for mark in "<>$`")
    assert HOSTILE not in repr(how(catalog, ON_KNOWN, "word"))
