"""Three tables merged by columns and places are as they are merged cell by cell, row by row."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.tables import BY_NAME
from components.importing.merging import Beside, merged

Cells = dict[str, dict[str, str]]
"""Rows by id, each its cells by column."""
KEY = BY_NAME["incidents"].key


def frame(rows: Cells, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [[id_, *(cells.get(column, "") for column in columns)] for id_, cells in rows.items()],
        columns=[KEY, *columns],
        dtype="str",
    )


def parts(table: pd.DataFrame) -> list[pd.DataFrame]:
    """The table two rows at a time."""
    return [table.iloc[first : first + 2].reset_index(drop=True) for first in range(0, len(table), 2)]


def cells_of(table: pd.DataFrame) -> Cells:
    return {row[KEY]: {name: cell for name, cell in row.items() if name != KEY} for row in table.to_dict("records")}


def by_cells(new: Cells, mine: Cells, base: Cells, drop: bool) -> tuple[Cells, dict[str, set[str]]]:
    """What ``merged`` is to do, said row by row."""
    rows = {id_: updated(new[id_], ours, base.get(id_)) if id_ in new else dict(ours) for id_, ours in mine.items()}
    gone = {id_ for id_ in mine if id_ in base and id_ not in new}
    touched = {id_ for id_ in gone if any(mine[id_].get(name, "") != cell for name, cell in base[id_].items())}
    added = {id_ for id_ in new if id_ not in mine and id_ not in base}
    both = {id_ for id_ in mine if id_ in new}
    kept = {id_ for id_ in both if any(rows[id_].get(name, "") != cell for name, cell in new[id_].items())}
    told = {
        "added": added,
        "changed": {id_ for id_ in both if filled({"": rows[id_]}) != filled({"": mine[id_]})},
        "vanished": gone,
        "by_hand": kept | (touched if drop else set()),
        "taken_out": {id_ for id_ in new if id_ not in mine and id_ in base},
    }
    left = {id_: cells for id_, cells in rows.items() if not (drop and id_ in gone - touched)}
    return left | {id_: new[id_] for id_ in new if id_ in added}, told


def updated(theirs: dict[str, str], ours: dict[str, str], before: dict[str, str] | None) -> dict[str, str]:
    """A row as it is to be written: a cell that nobody changed since the last import is the publisher's."""
    if before is None:
        return dict(ours)
    return ours | {name: cell for name, cell in theirs.items() if ours.get(name, "") == before.get(name, "")}


def filled(rows: Cells) -> Cells:
    return {id_: {name: cell for name, cell in cells.items() if cell} for id_, cells in rows.items()}


COLUMNS = ("title", "note", "own")


@st.composite
def tables(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    found = []
    for sort in ("new", "mine", "base"):
        columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True, min_size=sort == "new"))
        ids = draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6))
        cell = st.sampled_from(["", "x", "y"])
        found.append(frame({id_: {name: draw(cell) for name in columns} for id_ in ids}, columns))
    return found[0], found[1], found[2]


@settings(max_examples=100, deadline=None)
@given(tables(), st.booleans())
def test_any_tables_are_merged_as_cell_by_cell(three, drop: bool) -> None:
    new, mine, base = three
    expected, told = by_cells(cells_of(new), cells_of(mine), cells_of(base), drop)
    remembered = {**cells_of(new), **({} if drop else {id_: cells_of(base)[id_] for id_ in told["vanished"]})}
    change = merged("incidents", new.copy(), Beside(parts(mine), new, KEY), Beside(parts(base), new, KEY), drop)
    assert filled(cells_of(change.rows)) == filled(expected)
    assert filled(cells_of(change.imported)) == filled(remembered)
    assert {name: set(getattr(change, name)) for name in told} == told
    order = [id_ for id_ in mine[KEY] if id_ in expected]
    assert change.rows[KEY].tolist()[: len(order)] == order


@settings(max_examples=100, deadline=None)
@given(tables(), st.booleans())
def test_a_table_as_it_was_imported_may_be_its_own_past(three, drop: bool) -> None:
    new, mine, _ = three
    once = Beside(parts(mine), new, KEY)
    one = merged("incidents", new.copy(), once, once, drop)
    other = merged("incidents", new.copy(), once, Beside(parts(mine), new, KEY), drop)
    pd.testing.assert_frame_equal(one.rows, other.rows)
    pd.testing.assert_frame_equal(one.imported, other.imported)


@pytest.mark.parametrize(
    ("twice", "rows"),
    [([("a", "x"), ("a", "x")], ["a", "a", "b"]), ([("a", "x"), ("a", "mine")], ["a", "a", "b"])],
)
def test_a_row_that_stands_twice_is_not_lost(twice, rows) -> None:
    """`laydown check` tells of it; an import does not choose between them."""
    mine = pd.DataFrame(twice, columns=[KEY, "title"], dtype="str")
    new, base = frame({"a": {"title": "x"}, "b": {"title": "y"}}, ["title"]), frame({"a": {"title": "x"}}, ["title"])
    change = merged("incidents", new.copy(), Beside([mine], new, KEY), Beside([base], new, KEY), False)
    assert change.rows[KEY].tolist() == rows
    assert change.rows["title"].tolist() == [title for _, title in twice] + ["y"]
    assert change.added == ("b",)


def test_what_was_imported_and_is_so_still_is_one_table() -> None:
    """It is written once and copied."""
    old, new = frame({"a": {"title": "x"}}, ["title"]), frame({"b": {"title": "y"}, "a": {"title": "z"}}, ["title"])
    here = Beside([old], new, KEY)
    change = merged("incidents", new.copy(), here, here, False)
    assert change.imported is change.rows
    assert change.rows[KEY].tolist() == ["a", "b"]
