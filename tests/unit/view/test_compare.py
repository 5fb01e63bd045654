"""A compared map's halves: the sites as of two days, and nothing of what happened between."""

from datetime import date

import pytest

from components.view.compare import halves
from components.view.on_view import on_view
from components.view.states import site_states
from components.view.view import View

VIEWS = (
    View(date(2025, 11, 10), date(2026, 9, 30), compare=50),
    View(date(2014, 1, 1), date(2026, 3, 12), compare=0),
    View(date(2025, 11, 10), date(2026, 9, 30), force=("us",), compare=100),
    View(date(2019, 1, 1), date(2020, 1, 1), known=date(2019, 10, 20), compare=50),
    View(date(2026, 2, 11), date(2026, 2, 11), compare=50),
)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_each_half_stands_as_of_its_day(curated, view: View) -> None:
    asked = on_view(curated, view)
    left, right = halves(asked)
    first, last = (
        dict(zip(curated.sites["id"], site_states(curated, day, day, asked.known), strict=True))
        for day in (asked.start, asked.end)
    )
    for id_, state in left.selection.states.items():
        assert (state.status, state.holders, state.previous) == (
            first[id_].status,
            first[id_].holders,
            first[id_].previous,
        )
    for id_, state in right.selection.states.items():
        assert (state.force, state.possible) == (last[id_].force, last[id_].possible)
    assert right.selection.states == asked.selection.states
    changes = [{id_: state.change for id_, state in half.selection.states.items()} for half in (left, right)]
    assert changes[0] == changes[1], "a site is marked on both sides"
    assert list(left.selection.sites["id"]) == list(right.selection.sites["id"]) == list(asked.selection.sites["id"])


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_what_happened_between_the_days_is_of_neither(curated, view: View) -> None:
    asked = on_view(curated, view)
    for half in halves(asked):
        assert (len(half.selection.incidents), len(half.selection.movements)) == (0, 0)


def test_the_halves_differ_where_a_site_changed_hands(curated) -> None:
    left, right = halves(on_view(curated, VIEWS[0]))
    assert (left.selection.states["al-tanf"].force, right.selection.states["al-tanf"].force) == ("us", "syria")
