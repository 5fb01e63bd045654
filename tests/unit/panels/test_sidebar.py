"""The filters of many values: by count, the first and what is chosen shown, the others folded with a search."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from components.panels.sidebar import NONE_CALLED, facets
from components.view.facets import MOST, MOST_OTHERS, Option, ranked
from components.view.on_view import on_view
from components.view.view import View

HERE = {"lat": "34", "lon": "38"}
WINDOW = View(date(2026, 2, 1), date(2026, 2, 28))


def elements(nodes: list[Any], tag: str) -> Iterator[list[Any]]:
    for node in nodes:
        if isinstance(node, list):
            if node[0] == tag:
                yield node
            yield from elements(node[2:], tag)


def asked(nodes: list[Any]) -> list[str]:
    return [button[1]["act"][1] for button in elements(nodes, "button") if button[1]["act"][0] == "force"]


@pytest.fixture(scope="module")
def many(catalog_of):
    """20 forces; of number n there are n incidents."""
    return catalog_of(
        forces=[{"id": f"f{n}", "name": f"Force {n}"} for n in range(20)],
        incidents=[
            {"id": f"i{n}-{m}", "start": "2026-02-02", "forces": f"f{n}", **HERE} for n in range(20) for m in range(n)
        ],
    )


def test_of_many_the_first_by_count_are_shown_and_the_others_folded_with_a_search(many, texts_of) -> None:
    nodes = list(facets(on_view(many, WINDOW)).nodes)
    assert texts_of(nodes)
    [fold] = elements(nodes, "details")
    assert asked([fold]) == [f"f{n}" for n in range(7, -1, -1)]
    assert asked(nodes) == [f"f{n}" for n in range(19, -1, -1)]
    assert fold[1] == {"class": "rest", "keep": "force"}
    assert fold[2] == ["summary", {"class": "small"}, "8 more"]
    [field] = elements([fold], "input")
    assert field[1]["aria-label"] == field[1]["placeholder"] == "Search in force"
    assert field[1]["sift"] == NONE_CALLED


def test_what_is_chosen_is_always_shown(many) -> None:
    nodes = list(facets(on_view(many, View(WINDOW.start, WINDOW.end, force=("f0", "f3")))).nodes)
    [fold] = elements(nodes, "details")
    shown = [value for value in asked(nodes) if value not in asked([fold])]
    assert {"f0", "f3"} <= set(shown)
    assert len(shown) == MOST + 2
    pressed = [b[1]["act"][1] for b in elements(nodes, "button") if b[1].get("aria-pressed") == "true"]
    assert pressed == ["f3", "f0"]


def test_few_stay_in_the_order_of_the_data(catalog_of) -> None:
    catalog = catalog_of(incidents=[{"id": "a", "start": "2026-02-02", "forces": "sdf", **HERE}])
    nodes = list(facets(on_view(catalog, WINDOW)).nodes)
    assert asked(nodes) == ["us", "syria", "sdf"]
    assert not list(elements(nodes, "details"))


@pytest.mark.parametrize(
    ("number", "shown", "others", "unlisted"), [(12, 12, 0, 0), (13, 12, 1, 0), (1000, 12, 300, 688)]
)
def test_nothing_is_lost_of_very_many(number: int, shown: int, others: int, unlisted: int) -> None:
    options = [Option(str(n), str(n)) for n in range(number)]
    found = ranked(options, {})
    assert (len(found.shown), len(found.others), found.unlisted) == (shown, others, unlisted)
    assert (MOST, MOST_OTHERS) == (12, 300)
    assert [*found.shown, *found.others] == options[: shown + others]
