from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.dates import day_number
from components.view.facets import FACETS
from components.view.selection import select
from components.view.view import FIRST_DAY, LAST_DAY, View, default_view

ALWAYS = View(FIRST_DAY, LAST_DAY)
CERTAIN, POSSIBLE, ABSENT = True, False, None


def window(start: str, end: str) -> View:
    return View(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("table", ["incidents", "movements"])
@pytest.mark.parametrize(
    ("start", "end", "first", "last", "shown"),
    [
        # A day: both edges of the window belong to it.
        ("2026-02-11", "", "2026-02-11", "2026-02-11", CERTAIN),
        ("2026-02-11", "", "2026-02-11", "2026-03-01", CERTAIN),
        ("2026-02-11", "", "2026-02-01", "2026-02-11", CERTAIN),
        ("2026-02-11", "", "2026-02-12", "2026-03-01", ABSENT),
        ("2026-02-11", "", "2026-02-01", "2026-02-10", ABSENT),
        # A span: what overlaps is shown.
        ("2026-01-27", "2026-02-11", "2026-02-01", "2026-02-02", CERTAIN),
        ("2026-01-27", "2026-02-11", "2025-01-01", "2026-01-27", CERTAIN),
        ("2026-01-27", "2026-02-11", "2025-01-01", "2026-01-26", ABSENT),
        ("2026-01-27", "2026-02-11", "2026-02-11", "2027-01-01", CERTAIN),
        ("2026-01-27", "2026-02-11", "2026-02-12", "2027-01-01", ABSENT),
        # A month: certain in a window that holds all of it, possible in one that holds a part.
        ("2026-02", "", "2026-02-01", "2026-02-28", CERTAIN),
        ("2026-02", "", "2026-02-02", "2026-02-28", POSSIBLE),
        ("2026-02", "", "2026-02-01", "2026-02-27", POSSIBLE),
        ("2026-02", "", "2026-02-28", "2026-03-31", POSSIBLE),
        ("2026-02", "", "2026-01-01", "2026-02-01", POSSIBLE),
        ("2026-02", "", "2026-02-10", "2026-02-10", POSSIBLE),
        ("2026-02", "", "2026-03-01", "2026-03-31", ABSENT),
        ("2026-02", "", "2026-01-01", "2026-01-31", ABSENT),
        ("2024-02", "", "2024-02-29", "2024-02-29", POSSIBLE),
        ("2026", "", "2026-01-01", "2026-12-31", CERTAIN),
        ("2026", "", "2026-12-31", "2027-12-31", POSSIBLE),
        ("2026", "", "2027-01-01", "2027-12-31", ABSENT),
        # Months at both ends: what lies between them is sure.
        ("2026-01", "2026-03", "2026-02-01", "2026-02-01", CERTAIN),
        ("2026-01", "2026-03", "2026-01-30", "2026-01-30", POSSIBLE),
        ("2026-01", "2026-03", "2026-03-02", "2026-04-01", POSSIBLE),
        ("2026-01", "2026-03", "2026-04-01", "2026-04-01", ABSENT),
    ],
)
def test_a_row_is_shown_where_it_overlaps_the_window(catalog_of, table, start, end, first, last, shown) -> None:
    where = {"place": "Town"} if table == "incidents" else {"origin": "Town"}
    row = {"id": "row", "start": start, "end": end, **where}
    found = getattr(select(catalog_of(**{table: [row]}, places=[{"query": "Town"}]), window(first, last)), table)
    assert list(found.rows()["certain"]) == ([] if shown is ABSENT else [shown])


@pytest.fixture(scope="module")
def catalog(catalog_of):
    """Three sites, held by different forces at different times; what happened at them."""
    return catalog_of(
        sites=[
            {
                "id": "tanf",
                "name": "Al-Ṭanf garrison",
                "name_ar": "قاعدة التنف",
                "aliases": "At Tanf; Zone 55",
                "admin1": "Homs",
            },
            {"id": "tower", "name": "Tower 22", "country": "Jordan"},
            {"id": "bridge", "name": "Bridge", "country": "Syria; Iraq"},
        ],
        presence=[
            {"id": "a", "site": "tanf", "force": "us", "start": "2020-01-01", "end": "2026-02-11"},
            {"id": "b", "site": "tanf", "force": "syria", "start": "2026-02-12", "confidence": "low"},
            {"id": "c", "site": "tower", "force": "us", "start": "2020-01-01", "confidence": "medium"},
            {"id": "d", "site": "bridge", "force": "sdf", "start": "2026-02", "end": "2026-02"},
        ],
        incidents=[
            {"id": "i1", "title": "Rockets", "site": "tanf", "start": "2026-01-01", "forces": "us; sdf"},
            {
                "id": "i2",
                "title": "Roadside bomb",
                "site": "bridge",
                "start": "2026-01-02",
                "kind": "ied",
                "forces": "sdf",
            },
            {
                "id": "i3",
                "title": "Drone on the Tower",
                "site": "tower",
                "start": "2026-01-03",
                "forces": "us",
                "confidence": "low",
            },
            {"id": "i4", "title": "Riot", "place": "Deir ez-Zor, Syria", "start": "2026-01-04", "confidence": "medium"},
        ],
        movements=[
            {"id": "m1", "title": "Convoy out", "origin": "tanf", "destination": "tower", "start": "2026-02-01"},
            {
                "id": "m2",
                "title": "March",
                "origin": "Deir ez-Zor, Syria",
                "force": "syria",
                "start": "2026-02-12",
                "confidence": "low",
            },
        ],
        places=[{"query": "Deir ez-Zor, Syria"}],
    )


def ids(shown) -> list[str]:
    frame = shown if isinstance(shown, pd.DataFrame) else shown.rows()
    return list(frame["id"])


@pytest.mark.parametrize(
    ("choice", "incidents", "movements", "sites"),
    [
        ({}, "i1 i2 i3 i4", "m1 m2", "tanf tower bridge"),
        ({"kind": ("attack",)}, "i1 i3 i4", "m1 m2", "tanf tower bridge"),
        ({"kind": ("ied",)}, "i2", "m1 m2", "tanf tower bridge"),
        ({"kind": ("ied", "attack")}, "i1 i2 i3 i4", "m1 m2", "tanf tower bridge"),
        ({"force": ("sdf",)}, "i1 i2", "", "bridge"),
        ({"force": ("us",)}, "i1 i3", "m1", "tanf tower"),
        ({"force": ("us", "sdf")}, "i1 i2 i3", "m1", "tanf tower bridge"),
        ({"country": ("Jordan",)}, "i3", "m1", "tower"),
        ({"country": ("Iraq",)}, "i2", "", "bridge"),
        ({"country": ("Iraq", "Jordan")}, "i2 i3", "m1", "tower bridge"),
        ({"country": ("Syria",)}, "i1 i2 i4", "m1 m2", "tanf bridge"),
        ({"confidence": ("low",)}, "i3", "m2", "tanf"),
        ({"confidence": ("low", "medium")}, "i3 i4", "m2", "tanf tower"),
        # Several facets: all of them; one presence must hold all that is asked of it.
        ({"kind": ("attack",), "force": ("sdf",)}, "i1", "", "bridge"),
        ({"force": ("us",), "confidence": ("low",)}, "i3", "", ""),
        ({"force": ("us",), "country": ("Jordan",)}, "i3", "m1", "tower"),
        ({"force": ("syria",), "kind": ("ied",)}, "", "m2", "tanf"),
    ],
)
def test_a_choice_shows_any_of_its_values_and_all_of_its_facets(catalog, choice, incidents, movements, sites) -> None:
    found = select(catalog, replace(ALWAYS, **choice))
    assert ids(found.incidents) == incidents.split()
    assert ids(found.movements) == movements.split()
    assert ids(found.sites) == sites.split()
    assert list(found.states) == sites.split()


@pytest.mark.parametrize(
    ("force", "first", "last", "sites"),
    [
        ("us", "2026-02-11", "2026-02-20", "tanf tower"),
        ("us", "2026-02-12", "2026-02-20", "tower"),
        ("us", "2019-01-01", "2019-12-31", ""),
        ("us", "2019-01-01", "2020-01-01", "tanf tower"),
        ("syria", "2026-02-01", "2026-02-11", ""),
        ("syria", "2026-02-01", "2026-02-12", "tanf"),
        ("syria", "2030-01-01", "2030-01-01", "tanf"),
        ("sdf", "2026-02-28", "2026-03-31", "bridge"),
        ("sdf", "2026-03-01", "2026-03-31", ""),
    ],
)
def test_a_site_is_shown_for_a_force_that_was_there_in_the_window(catalog, force, first, last, sites) -> None:
    assert ids(select(catalog, replace(window(first, last), force=(force,))).sites) == sites.split()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("tanf", "i1 m1 tanf"),
        ("TANF", "i1 m1 tanf"),
        ("Al-Tanf", "i1 m1 tanf"),
        ("at tanf", "i1 m1 tanf"),
        ("Ṭanf", "i1 m1 tanf"),
        ("التنف", "i1 m1 tanf"),
        ("تنف", "i1 m1 tanf"),
        ("zone 55", "i1 m1 tanf"),
        ("garrison rockets", "i1"),
        ("rockets garrison", "i1"),
        ("homs", "tanf"),
        ("drone", "i3"),
        ("tower", "i3 m1 tower"),
        ("deir ez zor", "i4 m2"),
        ("  ", "i1 i2 i3 i4 m1 m2 tanf tower bridge"),
        ("-", "i1 i2 i3 i4 m1 m2 tanf tower bridge"),
        ("rockets drone", ""),
        ("nowhere", ""),
    ],
)
def test_a_search_finds_all_its_words_however_they_are_spelt(catalog, search: str, found: str) -> None:
    selection = select(catalog, replace(ALWAYS, search=search))
    assert ids(selection.incidents) + ids(selection.movements) + ids(selection.sites) == found.split()


def test_the_states_are_those_of_the_window(catalog) -> None:
    states = select(catalog, window("2026-02-01", "2026-02-12")).states
    assert {site: (state.status, state.force) for site, state in states.items()} == {
        "tanf": ("handed-over", "syria"),
        "tower": ("held", "us"),
        "bridge": ("held", "sdf"),
    }


def test_an_empty_catalog_shows_nothing(catalog_of) -> None:
    catalog = catalog_of()
    selection = select(catalog, default_view(catalog))
    assert len(selection.incidents) == len(selection.movements) == len(selection.sites) == 0
    assert all(not any(counts.values()) for counts in selection.counts.values())


@pytest.mark.e2e
@given(data=st.data())
@settings(max_examples=40)
def test_a_count_is_what_choosing_that_value_alone_would_show(curated, near_strategy, data) -> None:
    view = data.draw(near_strategy)
    counts = select(curated, view).counts
    facet = data.draw(st.sampled_from([facet for facet in FACETS if "incidents" in facet.columns]))
    for option in facet.options(curated):
        alone = select(curated, view.choosing(facet, [option.value]))
        assert counts[facet.key].get(option.value, 0) == len(alone.incidents)


@pytest.mark.e2e
@given(data=st.data(), before=st.integers(0, 4_000), after=st.integers(0, 4_000))
def test_widening_the_window_loses_nothing(curated, near_strategy, data, before: int, after: int) -> None:
    narrow = data.draw(near_strategy)
    wide = replace(narrow, start=narrow.start - timedelta(before), end=narrow.end + timedelta(after))
    less, more = select(curated, narrow), select(curated, wide)
    for table in ("incidents", "movements"):
        was, now = getattr(less, table).rows(), getattr(more, table).rows()
        assert set(was["id"]) <= set(now["id"])
        assert set(was["id"][was["certain"]]) <= set(now["id"][now["certain"]])
    assert set(less.sites["id"]) <= set(more.sites["id"])


@pytest.mark.e2e
@given(data=st.data())
def test_a_selection_is_what_the_rows_themselves_say(curated, near_strategy, data) -> None:
    view = data.draw(near_strategy)
    start, end = day_number(view.start), day_number(view.end)
    selection = select(curated, replace(view, search=""))
    claimed = set(curated.claims["row"])

    def passes(row) -> bool:
        stop = row.end or row.start
        chosen = (
            (view.kind, (getattr(row, "kind", ""),)) if table == "incidents" else ((), ()),
            (view.force, row.forces if table == "incidents" else (row.force,)),
            (view.country, row.country),
            (view.confidence, (row.confidence,)),
            (("only",) if view.disputed else (), ("only",) if f"{table.removesuffix('s')}:{row.id}" in claimed else ()),
        )
        facets = all(not wanted or set(wanted) & set(values) for wanted, values in chosen)
        return facets and row.start.first <= end and stop.last >= start

    for table in ("incidents", "movements"):
        rows = curated.tables[table].itertuples(index=False)
        assert ids(getattr(selection, table)) == [row.id for row in rows if passes(row)]


def test_selecting_changes_nothing_of_the_catalog(catalog) -> None:
    before = {name: frame.copy() for name, frame in catalog.tables.items()}
    selection = select(catalog, replace(ALWAYS, search="tanf"))
    rows = selection.incidents.rows()
    rows["title"] = "changed"
    for name, frame in catalog.tables.items():
        assert frame.equals(before[name])


@pytest.mark.parametrize(
    ("most", "newest"),
    [(0, ""), (1, "i4"), (3, "i2 i3 i4"), (4, "i1 i2 i3 i4"), (5, "i1 i2 i3 i4"), (9, "i1 i2 i3 i4")],
)
def test_the_newest_of_what_is_shown_are_the_last(catalog, most: int, newest: str) -> None:
    shown = select(catalog, ALWAYS).incidents
    assert ids(shown.newest(most)) == newest.split()
    assert len(shown) == 4
    assert list(shown.newest(most)["certain"]) == [True] * len(newest.split())
