import os
import pickle
from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.catalog import EVER, NEVER, Catalog, load, signature, spans
from components.catalog.dataset import FILE
from components.catalog.dates import PartialDate, day_number, parse_date
from components.catalog.tables import TABLES, refs


def bounds(start: str, end: str, confirmed: str | None = None) -> list[object]:
    """The bounds of one row's span, as dates where they are days."""

    def cell(text: str) -> pd.Series:
        return pd.Series([parse_date(text) if text else None], dtype=object)

    found = spans(cell(start), cell(end), None if confirmed is None else cell(confirmed))
    assert list(found) == ["start_first", "start_last", "end_first", "end_last"]
    return [n if n in (NEVER, EVER) else date.fromordinal(int(n) + 719163) for n in (int(v[0]) for v in found.values())]


def days(*texts: str | int) -> list[object]:
    return [date.fromisoformat(text) if isinstance(text, str) else text for text in texts]


def test_a_sound_folder_is_loaded_whole_without_a_problem(folder) -> None:
    catalog = folder.load()
    assert catalog.problems == ()
    assert catalog.dataset.title == "Test"
    assert {name: len(frame) for name, frame in catalog.tables.items()} == {
        "sources": 2,
        "forces": 2,
        "kinds": 1,
        "sites": 2,
        "presence": 1,
        "areas": 1,
        "incidents": 1,
        "movements": 1,
        "strengths": 1,
        "counts": 1,
        "claims": 2,
        "places": 2,
    }
    assert catalog.queries == ("Jordan", "Tadmur, Syria")


def test_a_table_is_an_attribute_indexed_by_its_key(folder) -> None:
    catalog = folder.load()
    assert catalog.sites is catalog.tables["sites"]
    assert list(catalog.sites.index) == ["al-tanf", "palmyra"]
    assert catalog.places.loc["Jordan"].matched == "Jordan"
    with pytest.raises(AttributeError, match="castles"):
        _ = catalog.castles


def test_a_catalog_can_be_kept_and_copied(folder) -> None:
    catalog = folder.load()
    copied = pickle.loads(pickle.dumps(catalog))
    assert copied.version == catalog.version
    assert list(copied.sites["id"]) == list(catalog.sites["id"])


def test_every_table_is_there_with_its_columns_even_where_it_is_empty(folder) -> None:
    for table in TABLES:
        folder.rows(table.name, sound=False)
    catalog = folder.load()
    assert catalog.problems == ()
    for table in TABLES:
        assert len(catalog.tables[table.name]) == 0
        assert set(table.row.model_fields) <= set(catalog.tables[table.name].columns)


def test_an_empty_folder_is_a_catalog_with_problems(tmp_path) -> None:
    catalog = load(tmp_path)
    assert {p.file for p in catalog.problems} == {
        FILE,
        "sources.csv",
        "forces.csv",
        "kinds.csv",
        "sites.csv",
        "incidents.csv",
    }
    assert all(p.what == "is missing" for p in catalog.problems)


@pytest.mark.parametrize("path", ["no/such/folder", "a-file"])
def test_a_folder_that_is_none_does_not_raise(tmp_path, path: str) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    assert load(tmp_path / path).problems


def test_a_file_that_may_not_be_read_is_told_and_does_not_raise(folder, monkeypatch) -> None:
    read = type(folder.path).read_bytes

    def refuse(path) -> bytes:
        if path.name == "claims.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(type(folder.path), "read_bytes", refuse)
    catalog = folder.load()
    assert [(p.file, p.what) for p in catalog.problems] == [("claims.csv", "cannot be read: Permission denied")]
    assert len(catalog.incidents) == 1


@pytest.mark.parametrize(
    ("table", "change", "column", "value", "what", "mend"),
    [
        ("presence", {"site": "tower-23"}, "site", "tower-23", "'tower-23' is not in sites", "sites.csv"),
        (
            "areas",
            {"geometry": "POLYGON ((38 33, 39 33, 39 34))"},
            "geometry",
            "POLYGON ((38 33, 39 33, 39 34))",
            "has a ring of 3 points",
            "at least three corners",
        ),
        ("presence", {"force": "nobody"}, "force", "nobody", "'nobody' is not in forces", "forces.csv"),
        ("incidents", {"site": "tower-23"}, "site", "tower-23", "'tower-23' is not in sites", "sites.csv"),
        ("incidents", {"kind": "feast"}, "kind", "feast", "'feast' is not in kinds", "kinds.csv"),
        ("incidents", {"sources": "gone-1"}, "sources", "gone-1", "'gone-1' is not in sources", "sources.csv"),
        ("incidents", {"sources": "wire-1; gone-1"}, "sources", "gone-1", "'gone-1' is not in sources", "sources.csv"),
        ("incidents", {"forces": "us; nobody"}, "forces", "nobody", "'nobody' is not in forces", "forces.csv"),
        ("incidents", {"killed": "nobody 3"}, "killed", "nobody", "'nobody' is not in forces", "forces.csv"),
        ("movements", {"force": "nobody"}, "force", "nobody", "'nobody' is not in forces", "forces.csv"),
        ("strengths", {"site": "tower-23"}, "site", "tower-23", "'tower-23' is not in sites", "sites.csv"),
        ("forces", {"parent": "nobody"}, "parent", "nobody", "'nobody' is not in forces", "forces.csv"),
        ("claims", {"row": "site:tower-23"}, "row", "site:tower-23", "'site:tower-23' is not in sites", "sites.csv"),
        ("claims", {"row": "al-tanf"}, "row", "al-tanf", "'al-tanf' is not in any table", "like site:al-tanf"),
        ("claims", {"row": "source:wire-1"}, "row", "source:wire-1", "is not in any table", "like site:al-tanf"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_told_and_left_out(
    folder, table: str, change: dict[str, str], column: str, value: str, what: str, mend: str
) -> None:
    rows = folder.rows(table, {"id": "bad", **change}, {"id": "after"})
    catalog = folder.load()
    assert set(catalog.tables[table]["id"]) == {row["id"] for row in rows} - {"bad"} | {"after"}
    [problem] = catalog.problems
    assert (problem.file, problem.line, problem.column) == (f"{table}.csv", len(rows), column)
    assert problem.value == value
    assert what in problem.what
    assert mend in problem.mend
    assert not problem.kept


def test_every_name_that_is_not_there_is_a_problem(folder) -> None:
    folder.rows("incidents", {"id": "bad", "kind": "feast", "site": "tower-23", "sources": "gone-1; gone-2"})
    problems = folder.load().problems
    assert [(p.column, p.value) for p in problems] == [
        ("kind", "feast"),
        ("site", "tower-23"),
        ("sources", "gone-1"),
        ("sources", "gone-2"),
    ]


def test_what_names_a_row_that_was_left_out_is_left_out_too(folder) -> None:
    folder.rows("sources", {"id": "bad-1", "kind": "rumour"})
    folder.rows("sites", {"id": "castle", "sources": "bad-1"})
    folder.rows("presence", {"id": "castle-us", "site": "castle"})
    folder.rows("claims", {"id": "castle-claim", "row": "presence:castle-us"})
    catalog = folder.load()
    assert [p.file for p in catalog.problems] == ["sources.csv", "sites.csv", "presence.csv", "claims.csv"]


def test_a_force_whose_parent_was_left_out_is_left_out_too_in_any_order(folder) -> None:
    folder.rows(
        "forces",
        {"id": "brigade", "parent": "division"},
        {"id": "division", "parent": "army"},
        {"id": "army", "parent": "nobody"},
        {"id": "fine", "parent": "us"},
    )
    catalog = folder.load()
    assert list(catalog.forces["id"]) == ["us", "uk", "fine"]
    assert sorted((p.line, p.value) for p in catalog.problems) == [(4, "division"), (5, "army"), (6, "nobody")]


def test_incidents_and_movements_are_in_order_of_time(folder) -> None:
    starts = ["2026-02-11", "2016", "2026-02", "2026-02-01", "2016-01-01", "2026-02-11"]
    folder.rows("incidents", *({"id": f"i-{n}", "start": start} for n, start in enumerate(starts)), sound=False)
    folder.rows(
        "movements", *({"id": f"m-{n}", "start": start, "end": ""} for n, start in enumerate(starts)), sound=False
    )
    folder.rows("claims", sound=False)
    catalog = folder.load()
    # The earliest first; of those that may begin on one day, the one known to have begun by then first.
    assert list(catalog.incidents["id"]) == ["i-4", "i-1", "i-3", "i-2", "i-0", "i-5"]
    assert list(catalog.movements["id"]) == ["m-4", "m-1", "m-3", "m-2", "m-0", "m-5"]


def test_points_stay_with_their_rows_when_these_are_put_in_order_of_time(folder) -> None:
    folder.rows(
        "incidents",
        {"id": "late", "start": "2026", "site": "", "place": "Nowhere"},
        {"id": "early", "start": "2014", "site": "al-tanf"},
        sound=False,
    )
    catalog = folder.load()
    assert catalog.incidents.loc["early"].lat == 33.5058
    assert np.isnan(catalog.incidents.loc["late"].lat)
    assert [p.line for p in catalog.problems] == [2]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-02-11", "", ("2026-02-11", "2026-02-11", "2026-02-11", "2026-02-11")),
        ("2026-02-11", "2026-02-13", ("2026-02-11", "2026-02-11", "2026-02-13", "2026-02-13")),
        ("2026-02", "", ("2026-02-01", "2026-02-28", "2026-02-01", "2026-02-28")),
        ("2026", "", ("2026-01-01", "2026-12-31", "2026-01-01", "2026-12-31")),
        ("2025-12", "2026-02", ("2025-12-01", "2025-12-31", "2026-02-01", "2026-02-28")),
        ("2025-12-15", "2026", ("2025-12-15", "2025-12-15", "2026-01-01", "2026-12-31")),
        ("2026-06-15", "2026", ("2026-06-15", "2026-06-15", "2026-06-15", "2026-12-31")),
        ("2026", "2026-01-05", ("2026-01-01", "2026-01-05", "2026-01-05", "2026-01-05")),
    ],
)
def test_what_happens_without_an_end_ends_as_it_starts(start: str, end: str, expected: tuple[str, ...]) -> None:
    assert bounds(start, end) == days(*expected)


@pytest.mark.parametrize(
    ("start", "end", "confirmed", "expected"),
    [
        ("2018-03-05", "2020-06-07", "", ("2018-03-05", "2018-03-05", "2020-06-07", "2020-06-07")),
        ("2018-03", "2020", "", ("2018-03-01", "2018-03-31", "2020-01-01", "2020-12-31")),
        # A confirmation before the end adds nothing to it.
        ("2018-03-05", "2020-06-07", "2019-01-01", ("2018-03-05", "2018-03-05", "2020-06-07", "2020-06-07")),
        # Open: certain until last confirmed, possible ever after.
        ("2018-03-05", "", "2026-02-12", ("2018-03-05", "2018-03-05", "2026-02-12", EVER)),
        ("2018-03-05", "", "2026-01", ("2018-03-05", "2018-03-05", "2026-01-01", EVER)),
        ("2018-03-05", "", "", ("2018-03-05", "2018-03-05", "2018-03-05", EVER)),
        ("2018-03", "", "", ("2018-03-01", "2018-03-31", "2018-03-31", EVER)),
        # Confirmed before the month it began in was over: certain at the end of that month all the same.
        ("2018-03", "", "2018-03-10", ("2018-03-01", "2018-03-31", "2018-03-31", EVER)),
        # Unknown start: there when confirmed, or else when it ended, whenever it came.
        ("", "", "2026-02-12", (NEVER, "2026-02-12", "2026-02-12", EVER)),
        ("", "2024-12-08", "", (NEVER, "2024-12-08", "2024-12-08", "2024-12-08")),
        ("", "2024-12-08", "2024-11-01", (NEVER, "2024-11-01", "2024-12-08", "2024-12-08")),
        ("", "2024-12", "2024-11-01", (NEVER, "2024-11-01", "2024-12-01", "2024-12-31")),
        # Nothing known: possible always, certain never.
        ("", "", "", (NEVER, EVER, EVER, EVER)),
    ],
)
def test_a_presence_without_an_end_goes_on(
    start: str, end: str, confirmed: str, expected: tuple[str | int, ...]
) -> None:
    assert bounds(start, end, confirmed) == days(*expected)


def test_a_loaded_presence_is_open_and_a_loaded_incident_is_not(folder) -> None:
    folder.rows("presence", {"id": "open", "end": "", "last_confirmed": "2026-02-12"})
    catalog = folder.load()
    assert catalog.presence.loc["open"].end_last == EVER
    assert catalog.presence.loc["open"].end_first == day_number(date(2026, 2, 12))
    assert catalog.incidents.loc["attack-1"].end_last == day_number(date(2025, 12, 13))
    assert catalog.incidents["start_first"].dtype == np.int64


partial = st.dates(date(2025, 11, 1), date(2026, 3, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7]])
)


@settings(deadline=None, max_examples=60)
@given(partial, partial | st.just(""))
def test_a_span_tells_exactly_on_which_days_it_was_so_however_its_dates_are_read(start: str, end: str) -> None:
    first, last = parse_date(start), parse_date(end or start)
    if last.last < first.first:
        return
    found = {name: int(days[0]) for name, days in spans([first], [parse_date(end) if end else None]).items()}
    # Without an end, a month is a day somewhere in it; the span is that month.
    readings = [(s, e) for s, e in product(one(first), one(last)) if s <= e and (end or s == e)]
    for day in range(first.first - 1, last.last + 2):
        possibly = any(s <= day <= e for s, e in readings)
        certainly = all(s <= day <= e for s, e in readings)
        assert possibly == (found["start_first"] <= day <= found["end_last"])
        assert certainly == (found["start_last"] <= day <= found["end_first"])


def one(date: PartialDate) -> range:
    return range(date.first, date.last + 1)


@given(st.lists(st.tuples(st.none() | partial, st.none() | partial, st.none() | partial), min_size=1, max_size=5))
def test_the_bounds_of_a_presence_are_in_order(rows: list[tuple[str | None, ...]]) -> None:
    read = [[parse_date(text) if text else None for text in row] for row in rows]
    read = [row for row in read if not (row[0] and row[1] and row[1].last < row[0].first)]
    start, end, confirmed = ([row[n] for row in read] for n in range(3))
    found = spans(start, end, confirmed)
    assert (found["start_first"] <= found["start_last"]).all()
    assert (found["end_first"] <= found["end_last"]).all()
    assert (found["start_first"] <= found["end_first"]).all()
    assert (found["start_last"] <= found["end_last"]).all()


def test_the_version_tells_contents_apart_and_nothing_else(folder, tmp_path) -> None:
    version = folder.load().version
    assert len(version) == 12
    assert int(version, 16) >= 0
    assert folder.load().version == version
    os.utime(folder.path / "sites.csv", (0, 0))
    assert folder.load().version == version
    folder.rows("sites", {"id": "new"})
    assert folder.load().version != version
    folder.rows("sites")
    assert folder.load().version == version
    folder.remove("claims")
    assert folder.load().version != version


def test_a_file_that_goes_once_its_folder_was_listed_is_none(folder) -> None:
    there, gone = folder.path / "sites.csv", folder.path / "gone.csv"
    assert [name for name, *_ in signature([there, gone, folder.path])] == ["sites.csv"]


def sound_references(catalog: Catalog) -> bool:
    ids = {name: set(frame.index) for name, frame in catalog.tables.items()}
    return all(
        wanted in ids[ref.table]
        for table in TABLES
        for column, ref in refs(table).items()
        if ref.table != "rows"
        for value in catalog.tables[table.name][column]
        if value is not None
        for wanted in ref.ids(value)
    )


def assert_whole(catalog: Catalog) -> None:
    """Whatever was in the files: the references of what is kept hold, and all of it can be shown."""
    assert sound_references(catalog)
    for problem in catalog.problems:
        assert str(problem).isprintable()
        assert problem.what
        assert problem.mend
    for frame in catalog.tables.values():
        assert frame.index.is_unique
        frame.astype(str).to_csv().encode("utf-8")


@pytest.mark.e2e
@settings(deadline=None, max_examples=25)
@given(st.sampled_from([f"{table.name}.csv" for table in TABLES] + [FILE]), st.binary(max_size=300))
def test_a_file_of_arbitrary_bytes_never_raises(scratch, name: str, content: bytes) -> None:
    scratch.mend()
    (scratch.path / name).write_bytes(content)
    assert_whole(scratch.load())


@pytest.mark.e2e
@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_folder_with_arbitrary_bytes_anywhere_in_it_never_raises(scratch, data: st.DataObject) -> None:
    scratch.mend()
    names = [table.name for table in TABLES]
    for table in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)):
        content = scratch.read(table).encode()
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 5))
        junk = data.draw(st.binary(max_size=8) | st.sampled_from([b'"', b",", b"\n", b"\r", b"\x00", b"\xe9", b"\x92"]))
        scratch.text(table, content[:at] + junk + content[at + cut :])
    assert_whole(scratch.load())


@pytest.mark.e2e
@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from([(table, column) for table in TABLES[3:] for column in table.row.model_fields]),
    st.text(st.characters(exclude_categories=[]), max_size=20)
    | st.sampled_from(["nan", "1e400", "9" * 5000, "us " + "9" * 5000, "0001", "9999", "2026-02-30", "x" * 200_000]),
)
def test_any_text_in_any_cell_is_kept_or_told_and_never_disturbs_another_row(scratch, at, cell: str) -> None:
    table, column = at
    scratch.mend()
    rows = scratch.rows(table.name, {table.key: "other", column: cell}, {table.key: "after"})
    catalog = scratch.load()
    assert_whole(catalog)
    kept = set(catalog.tables[table.name].index)
    others = {row[table.key] for row in rows[:-2]} | {"after"}
    assert others <= kept or column == table.key
    assert len(kept) == len(rows) or catalog.problems
