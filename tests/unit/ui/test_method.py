"""How we know: the page over the panel, and the words that lead to it."""

from datetime import date

import pytest

from components.catalog.catalog import load
from components.catalog.method import ON_CONFIDENCE, ON_KNOWN, ON_PRECISION
from components.map.embed import WORDS
from components.ui import changes as changes_panel
from components.ui import filters as sidebar
from components.ui import method as method_module
from components.ui import posture as posture_panel
from components.ui.cards import card
from components.ui.history import history
from components.ui.markup import EXPLAIN
from components.ui.method import document, how, method_page
from components.ui.strength import _section
from components.view.selection import select
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
    for module in (changes_panel, posture_panel, sidebar, method_module):
        monkeypatch.setattr(module, "render", lambda key, *nodes, **_: kept.extend(node for node in nodes if node))
    return kept


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("site:qasrak", {ON_PRECISION: {"Precision"}, ON_KNOWN: {"(as far as known)", "(possibly)", "How we know"}}),
        (
            "incident:al-tanf-withdrawal-2026-02-11",
            {ON_PRECISION: {"Precision"}, ON_CONFIDENCE: {"Confidence"}},
        ),
        ("movement:al-tanf-to-jordan-2026-01", {ON_CONFIDENCE: {"Confidence"}}),
    ],
)
def test_a_card_leads_to_what_its_words_mean(curated, row: str, told) -> None:
    view = default_view(curated)
    assert ways(card(curated, row, select(curated, view).states, view)) == told


def test_posture_changes_strength_and_filters_lead_there_too(curated, drawn, monkeypatch) -> None:
    selection = select(curated, WINDOW)
    changes_panel.changes(curated, WINDOW, selection)
    assert {"high confidence", "low confidence"} <= ways(*drawn)[ON_CONFIDENCE]
    drawn.clear()
    posture_panel.posture_panel(curated, WINDOW, selection)
    assert ways(*drawn) == {ON_KNOWN: {"possible", "What “certain”, “as far as known” and “possible” mean"}}
    drawn.clear()
    sidebar.title(curated, WINDOW)
    assert ways(*drawn) == {curated.method.ids[0]: {"How we know"}}
    drawn.clear()
    for facet in sidebar.FACETS:
        drawn.append(sidebar._group(curated, facet, WINDOW, {}))
    assert ways(*drawn) == {ON_CONFIDENCE: {"Confidence"}}
    [series, *_] = strength_series(curated, WINDOW)
    assert "confidence medium" in ways(_section(curated, series))[ON_CONFIDENCE]


def test_no_button_stands_in_another_nor_in_what_folds(curated, drawn) -> None:
    selection = select(curated, WINDOW)
    changes_panel.changes(curated, WINDOW, selection)
    posture_panel.posture_panel(curated, WINDOW, selection)
    drawn.append(card(curated, "site:qasrak", selection.states, WINDOW))
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
    selection = select(catalog, WINDOW)
    changes_panel.changes(catalog, WINDOW, selection)
    posture_panel.posture_panel(catalog, WINDOW, selection)
    sidebar.title(catalog, WINDOW)
    method_page(catalog, WINDOW)
    drawn.append(card(catalog, "site:base", selection.states, WINDOW))
    assert ways(*drawn) == {}
    assert "How we know" not in texts_of(drawn)
    assert how(catalog, ON_KNOWN, "possible") == "possible"
    told = history(catalog, catalog.presence, WINDOW)
    assert ways(told) == {}


TEXT = "# Our method\n\nWhat *we* do.\n\n## Confidence\n\n- **High**: two\n- low\n"


@pytest.mark.parametrize(("wanted", "begun"), [("our-method", ["article"]), ("confidence", ["section"])])
def test_the_page_begins_at_the_heading_that_was_asked_for(catalog_of, texts_of, wanted, begun) -> None:
    sections = catalog_of(method=TEXT).method.sections
    page = document(sections, wanted)
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
    page = document(catalog.method.sections, catalog.method.ids[1])
    assert texts_of([page]).count(HOSTILE) == 4
    attributes = [node[1] for node in nodes_of(page)]
    assert not any(mark in repr(attributes) for mark in "<>$`")
    assert HOSTILE not in repr(how(catalog, ON_KNOWN, "word"))


def test_the_embed_leads_to_the_same_headings(curated) -> None:
    assert set(WORDS) == {ON_CONFIDENCE, ON_PRECISION, ON_KNOWN} <= set(curated.method.ids)
