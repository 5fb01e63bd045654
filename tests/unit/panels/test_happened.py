"""What happened, line by line, and the ways from one row to its neighbours."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from components.catalog.catalog import Catalog
from components.panels.elements import selected_by
from components.panels.happened import MAX_LINES, happened
from components.panels.neighbours import neighbours
from components.view.on_view import OnView, on_view
from components.view.view import View, default_view, read_view

TextsOf = Callable[[list[Any]], list[str]]


def seen(catalog: Catalog, **query: str) -> OnView:
    view, faults = read_view({key.rstrip("_"): [value] for key, value in query.items()}, catalog)
    assert not faults
    return on_view(catalog, view)


def rows(shown: OnView) -> list[str]:
    return [row for node in happened(shown).nodes for row in selected_by(node)]


def test_each_incident_and_movement_on_view_has_a_line_in_order_of_time(curated: Catalog) -> None:
    shown = seen(curated, from_="2026-01-01", to="2026-03-31")
    selection = shown.selection
    found = {
        f"{kind}:{row.id}": row.start_first
        for kind, part in (("incident", selection.incidents), ("movement", selection.movements))
        for row in part.rows().itertuples()
    }
    newest = rows(shown)
    assert sorted(newest) == sorted(found)
    assert [found[row] for row in newest] == sorted(found.values(), reverse=True)
    assert rows(seen(curated, from_="2026-01-01", to="2026-03-31", order="oldest")) == newest[::-1]


def test_of_what_the_data_have_none_at_all_no_count_is_told(
    catalog_of: Callable[..., Catalog], texts_of: TextsOf
) -> None:
    incidents = [{"id": "one", "start": "2026-02-11", "lat": "34", "lon": "38"}]
    movement = {"id": "over", "origin": "a", "destination": "b", "start": "2020"}
    sites = [{"id": id_, "name": id_, "lat": "34", "lon": "38"} for id_ in "ab"]
    alone = happened(seen(catalog_of(incidents=incidents), from_="2026-02-01", to="2026-02-28")).nodes
    both = catalog_of(incidents=incidents, sites=sites, movements=[movement])
    beside = happened(seen(both, from_="2026-02-01", to="2026-02-28")).nodes
    assert "1 incident" in texts_of(alone)
    assert "1 incident, 0 movements" in texts_of(beside)


def test_of_many_the_first_are_told_and_how_many_more_there_are(
    catalog_of: Callable[..., Catalog], texts_of: TextsOf
) -> None:
    days = [f"2026-0{month}-{day:02}" for month in range(1, 6) for day in range(1, 29)]
    many = [{"id": f"i{n}", "start": start, "lat": "34", "lon": "38"} for n, start in enumerate(days)]
    catalog = catalog_of(incidents=many)
    newest = seen(catalog)
    assert rows(newest) == [f"incident:i{n}" for n in range(139, 139 - MAX_LINES, -1)]
    assert rows(seen(catalog, order="oldest")) == [f"incident:i{n}" for n in range(MAX_LINES)]
    assert "and 40 more: narrow the dates" in texts_of(list(happened(newest).nodes))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"killed": "us 2-3"}, "Kind · killed: United States 2–3 · high confidence · Wire"),
        ({"wounded": "us 4"}, "Kind · wounded: United States 4 · high confidence · Wire"),
        ({"confidence": "low"}, "Kind · low confidence · Wire"),
        ({"start": "2026"}, "Kind · high confidence · Wire · perhaps outside these dates"),
    ],
)
def test_a_line_tells_toll_confidence_and_first_source(
    catalog_of: Callable[..., Catalog], texts_of: TextsOf, row: dict[str, str], told: str
) -> None:
    incident = {"id": "one", "start": "2026-02-01", "lat": "34", "lon": "38", "kind": "ied", **row}
    catalog = catalog_of(kinds=[{"id": "ied"}], incidents=[incident])
    assert told in "|".join(texts_of(list(happened(seen(catalog, from_="2026-02-01", to="2026-02-28")).nodes)))


def test_as_known_on_a_day_later_sources_are_neither_named_nor_counted(curated: Catalog, texts_of: TextsOf) -> None:
    now = seen(curated, from_="2026-02-01", to="2026-02-28")
    then = seen(curated, from_="2026-02-01", to="2026-02-28", known="2026-02-12")
    assert set(rows(then)) < set(rows(now))
    assert texts_of(list(happened(then).nodes)) != texts_of(list(happened(now).nodes))


@pytest.mark.parametrize("kind", ["site", "incident", "movement"])
def test_next_and_previous_lead_through_all_that_is_on_view(curated: Catalog, kind: str) -> None:
    shown = on_view(curated, default_view(curated))
    part = {"site": shown.selection.sites, "incident": shown.selection.incidents.rows()}
    frame = part.get(kind, shown.selection.movements.rows())
    ids = list(frame.sort_values("name", kind="stable")["id"] if kind == "site" else frame["id"])
    for at in (0, 1, len(ids) // 2, len(ids) - 1):
        node = neighbours(shown, f"{kind}:{ids[at]}")
        assert node is not None
        there = [f"{kind}:{ids[to]}" for to in (at - 1, at + 1) if 0 <= to < len(ids)]
        assert list(selected_by(node)) == there


def test_what_is_not_on_view_has_no_neighbours(curated: Catalog) -> None:
    view = replace(default_view(curated), kind=("air-strike",))
    assert neighbours(on_view(curated, view), "incident:palmyra-attack-2025-12-13") is None
    elsewhere = View(view.start, view.start)
    assert neighbours(on_view(curated, elsewhere), "incident:palmyra-attack-2025-12-13") is None
