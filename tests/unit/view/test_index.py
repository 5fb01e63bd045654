import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.names import fold
from components.view.facets import FACETS
from components.view.index import SPAN, Coded, _coded, index, numbers_of

CELLS = st.lists(st.lists(st.sampled_from("abcd"), unique=True).map(tuple), max_size=30)


def coded(cells) -> Coded:
    return _coded(cells)


@given(CELLS, st.sets(st.sampled_from("abcdx")))
def test_any_of_is_whether_a_row_holds_a_chosen_value(cells, chosen) -> None:
    assert coded(cells).any_of(chosen).tolist() == [bool(chosen & set(cell)) for cell in cells]


@given(CELLS, st.randoms())
def test_counts_are_the_rows_that_hold_each_value(cells, random) -> None:
    rows = np.array([random.random() < 0.5 for _ in cells], dtype=bool)
    counts = coded(cells).counts(rows)
    for value in "abcdx":
        assert counts.get(value, 0) == sum(value in cell for cell, row in zip(cells, rows, strict=True) if row)


@given(st.lists(st.sampled_from(["us", "sdf", "syria"])))
def test_a_single_value_is_coded_as_a_tuple_of_one(values) -> None:
    column = coded(values)
    assert [column.combos[code] for code in column.codes] == [(value,) for value in values]
    assert len(set(column.combos)) == len(column.combos)


@pytest.mark.parametrize("table", ["sites", "presence", "incidents", "movements"])
def test_columns_are_the_tables_in_their_order(curated, table: str) -> None:
    columns, frame = getattr(index(curated), table), curated.tables[table]
    assert list(columns.ids) == list(frame["id"])
    assert len(columns) == len(frame)
    assert set(columns.span) == (set() if table == "sites" else set(SPAN))
    for name, days in columns.span.items():
        assert days.dtype == np.int64
        assert days.tolist() == frame[name].tolist()
    assert set(columns.facets) == {facet.key for facet in FACETS if table in facet.columns}
    for facet in FACETS:
        if table in facet.columns:
            values = frame[facet.columns[table]]
            column = columns.facets[facet.key]
            assert [column.combos[code] for code in column.codes] == [
                value if isinstance(value, tuple) else (value,) for value in values
            ]


def test_a_presence_knows_its_site_and_its_force_by_number(curated) -> None:
    columns = index(curated)
    assert [columns.sites.ids[n] for n in columns.presence_site] == list(curated.presence["site"])
    assert [curated.forces["id"].iloc[n] for n in columns.presence_force] == list(curated.presence["force"])


def test_a_search_looks_in_a_sites_names_and_in_those_of_the_sites_a_row_is_at(curated) -> None:
    columns = index(curated)
    names = {row.id: (row.name, row.name_ar, *row.aliases) for row in curated.sites.itertuples(index=False)}
    for site, hay in zip(columns.sites.ids, columns.sites.hay, strict=True):
        assert all(fold(name) in hay for name in names[site])
    for row, hay in zip(curated.incidents.itertuples(index=False), columns.incidents.hay, strict=True):
        assert fold(row.title) in hay
        assert all(fold(name) in hay for name in names.get(row.site, (row.place,)))
    for row, hay in zip(curated.movements.itertuples(index=False), columns.movements.hay, strict=True):
        assert fold(row.title) in hay
        for end in (row.origin, row.destination):
            assert all(fold(name) in hay for name in names.get(end, (end,)))


def test_numbers_of_what_is_not_there_are_below_zero(curated) -> None:
    ids = curated.sites["id"]
    assert numbers_of(ids, curated.sites).tolist() == list(range(len(ids)))
    assert numbers_of(ids.replace({ids.iloc[0]: "nowhere"}), curated.sites).tolist()[0] == -1


def test_an_index_is_built_once_for_each_catalog(curated, catalog_of) -> None:
    assert index(curated) is index(curated)
    assert index(catalog_of()) is not index(curated)


def test_an_empty_catalog_has_an_index(catalog_of) -> None:
    columns = index(catalog_of())
    assert len(columns.sites) == len(columns.presence) == len(columns.incidents) == len(columns.movements) == 0
    assert columns.incidents.facets["kind"].any_of(["attack"]).tolist() == []
    assert columns.incidents.facets["kind"].counts(np.zeros(0, dtype=bool)) == {}
