import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from components.catalog.catalog import Catalog, load
from components.panels.briefing import step_card
from components.view.sourcing import named, source_rows

STEPS = [
    (briefing.id, number)
    for briefing in load(Path(__file__).parents[3] / "data").briefings
    for number in range(1, len(briefing.steps) + 1)
]


def elements(node: Any, tag: str) -> list[Any]:
    if isinstance(node, str):
        return []
    found = [node] if node[0] == tag else []
    return found + [one for child in node[2:] for one in elements(child, tag)]


def text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(map(text, node[2:]))


@pytest.fixture
def card_of(curated: Catalog) -> Callable[[str, int], Any]:
    def build(name: str, number: int) -> Any:
        [briefing] = [briefing for briefing in curated.briefings if briefing.id == name]
        return step_card(curated, briefing, number)

    return build


def following(curated, briefing) -> list:
    order = list(curated.briefings)
    return order[order.index(briefing) + 1 :][:1]


@pytest.mark.parametrize(("name", "number"), STEPS)
def test_a_step_is_told_whole_with_its_place_in_the_briefing(card_of, texts_of, curated, name, number) -> None:
    [briefing] = [briefing for briefing in curated.briefings if briefing.id == name]
    card = card_of(name, number)
    texts = texts_of([card])  # which knows what elements.js can build
    assert {briefing.title, briefing.steps[number - 1].heading, f"{number} of {len(briefing.steps)}"} <= set(texts)
    assert not any(re.search(r"[\[\]`*]", told) for told in texts)
    turns = {
        node[2]: "aria-disabled" in node[1]
        for node in elements(card, "button")
        if node[1].get("act", [""])[0] == "turn"
    }
    last = number == len(briefing.steps)
    on = [f"Next briefing: {other.title}" for other in following(curated, briefing)] if last else ["Next"]
    assert turns == {"Previous": number == 1, **dict.fromkeys(on, False)}


@pytest.mark.parametrize(("name", "number"), STEPS)
def test_what_is_cited_leads_to_its_source_by_number(card_of, curated, name, number) -> None:
    [briefing] = [briefing for briefing in curated.briefings if briefing.id == name]
    card = card_of(name, number)
    listed = elements(elements(card, "ol")[1], "li")
    assert [text(elements(item, "span")[0]) for item in listed] == [str(i) for i in range(1, len(listed) + 1)]
    cited = re.findall(r"\[([^\]]+)\]", " ".join(briefing.steps[number - 1].paragraphs))
    ids = list(dict.fromkeys(id_.strip() for group in cited for id_ in group.split(";")))
    assert len(listed) == len(ids)
    for position, (id_, item) in enumerate(zip(ids, listed, strict=True), start=1):
        source = source_rows(curated)[id_]
        assert source.title in text(item)
        assert source.publisher in text(item)
        marks = [
            node
            for node in elements(card, "a") + elements(card, "span")
            if node[1].get("aria-label", "").startswith(f"Source {position}:")
        ]
        assert marks
        for mark in marks:
            assert mark[1]["title"] == named(source)
            assert mark[1].get("href") == source.url


def test_a_citation_follows_its_word_without_a_space(card_of) -> None:
    card = card_of("al-tanf-withdrawal", 1)
    for paragraph in elements(card, "p"):
        for before, mark in itertools.pairwise(paragraph[2:]):
            if not isinstance(mark, str):
                assert not before.endswith(" ")


def test_every_step_can_be_gone_to_from_any(card_of) -> None:
    close, *buttons = elements(card_of("palmyra-attack", 3), "button")
    assert close[1] == {"class": "small", "leave": "Close", "aria-label": "Close the briefing"}
    acts = [node[1]["act"] for node in buttons]
    assert acts[:2] == [["turn", "previous"], ["turn", "next"]]
    assert acts[2:] == [["step", f"palmyra-attack/{number}"] for number in range(1, 8)]
    marks = elements(card_of("palmyra-attack", 3), "button")[3:]
    assert [mark[1]["aria-current"] for mark in marks] == ["false", "false", "true", *["false"] * 4]
