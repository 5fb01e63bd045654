"""Tables are read by columns; here they are read by rows as well, slowly and plainly, and both must say the same."""

from pathlib import Path
from random import Random
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from components.catalog import reading
from components.catalog.catalog import Catalog, load
from components.catalog.columns import Column, Rows, objects
from components.catalog.formulas import restored
from components.catalog.parsing import Cells, parse, parse_exactly, parse_fast, pieces, texts
from components.catalog.problems import Problem
from components.catalog.tables import GAZETTEER, TABLES, Table, words
from components.catalog.vocabulary import Vocabulary
from tests.fuzz.folders import mutated

CELLS = st.sampled_from(
    [
        *(
            "",
            " ",
            "us",
            "uk; us",
            "us; ",
            ";",
            "al-tanf",
            "palmyra",
            "wire-1",
            "memory; wire-1",
            "site:al-tanf",
            "new",
        ),
        *("2026", "2026-02", "2026-02-11", " 2026-02-12 ", "2026-02-30", "2025-12-01..2025-12-13", "2026-03..2026-02"),
        *("us 3", "us 3; uk 2-4", "uk 20+", "us 4-2", "none 3", "high", "medium", "site", "town", "wire", "present"),
        *("0", "33.5", "-91", "1e3", "nan", "inf", "1_0", "٣", " 7 ", "07", "1.0", "5", "-1", "100.0000001", "9" * 400),
        *(
            "#1F6FB2",
            "#1f6fb",
            "https://example.org/x",
            "ftp://x",
            "'=1+1",
            "''-1",
            "@x",
            'a "b" c',
            "one,\ntwo",
            "a\rb",
        ),
        *(
            "x" * 101,
            "x" * 10_001,
            "a\x00b",
            "\x1b",
            "Café",
            "قاعدة",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "Jordan",
            "attack-1",
        ),
    ]
)
PIECES = [b",", b'"', b"\n", b"\r\n", b"\r", b"a", b"bc", b" ", b'""', b'"a"', b'"a\n"', b"\x00", b"\xff", b"\xd9"]


def _by_rows(table: Table, cells: Cells, kinds: Vocabulary) -> tuple[Rows, list[Problem]]:
    """Validate each row by the model and its kind by the vocabulary, one after the other."""
    rows, numbers, problems = [], [], []
    columns = [np.array(texts(column.dictionary), dtype=object)[column.indices] for column in cells.columns]
    for number, *row in zip(cells.numbers.tolist(), *columns, strict=True):
        values = dict(zip(cells.header, map(restored, row), strict=True))
        unknown = [
            reading._unknown_kind(table, number, name, value, of, kinds.ids(of))
            for name, of in words(table).items()
            if (value := _kind(table, name, values)) is not None and value not in kinds.ids(of)
        ]
        try:
            row = table.row.model_validate(values)
        except ValidationError as error:
            problems += reading._row_problems(table, number, values, error)
        else:
            if not unknown:
                rows.append(row)
                numbers.append(number)
        problems += unknown
    each = np.arange(len(rows), dtype=np.int32)
    read = {name: Column(objects([getattr(row, name) for row in rows]), each) for name in table.row.model_fields}
    return Rows(np.array(numbers, dtype=np.int64), read), problems


def _kind(table: Table, name: str, values: dict[str, str]) -> str | None:
    """Return the kind that a cell names, None where it is none at all."""
    field = table.row.model_fields[name]
    try:
        return TypeAdapter(Annotated[field.annotation, *field.metadata]).validate_python(values[name])
    except ValidationError:
        return None


def load_by_rows(folder: Path) -> Catalog:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "parse", parse_exactly)
        patch.setattr(reading, "_validated", _by_rows)
        return load(folder)


def assert_same(one: Catalog, other: Catalog) -> None:
    assert one.problems == other.problems
    assert one.queries == other.queries
    assert one.version == other.version
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name], check_exact=True)
        types, others = ([list(map(type, each[column])) for column in frame] for each in (frame, other.tables[name]))
        assert types == others


def test_the_curated_data_are_the_same_by_columns_and_by_rows(real) -> None:
    assert_same(load(real), load_by_rows(real))


@pytest.mark.parametrize("seed", range(12))
def test_a_folder_with_faults_of_any_kind_is_the_same_by_columns_and_by_rows(real, tmp_path, seed: int) -> None:
    done = mutated(Random(seed), real, tmp_path / "data")
    assert done
    assert_same(load(tmp_path / "data"), load_by_rows(tmp_path / "data"))


@pytest.mark.e2e
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_any_cells_in_any_rows_are_the_same_by_columns_and_by_rows(scratch, data: st.DataObject) -> None:
    scratch.mend()
    for table in data.draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=3, unique=True)):
        change = st.dictionaries(st.sampled_from(list(table.row.model_fields)), CELLS, max_size=4)
        changes = data.draw(st.lists(change, max_size=6))
        numbered = ({table.key: f"new-{number}", **cells} for number, cells in enumerate(changes))
        scratch.rows(table.name, *numbered)
    assert_same(scratch.load(), load_by_rows(scratch.path))


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
@example(b'a\n"b"c\n')
@example(b'a\nb"c"\n')
@example(b"a\nb\rc\n")
@example(b'a\n"b\n')
def test_any_bytes_are_parsed_by_arrow_as_by_csv_or_not_at_all(content: bytes) -> None:
    fast = parse_fast(content, "a.csv")
    if fast is not None:
        assert _plain(fast) == _plain(parse_exactly(content, "a.csv"))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_csv_writer_writes_is_parsed_by_arrow(ending: str) -> None:
    text = 'id,title\na,"one, ""two"""\n\nb\n,\nc,"three\nfour"\nd,"",e'.replace("\n", ending)
    fast = parse_fast(text.encode(), "a.csv")
    assert fast is not None
    cells, problems = fast
    assert cells.header == ("id", "title")
    assert cells.numbers.tolist() == [2, 7]
    assert [texts(column.dictionary) for column in cells.columns] == [["a", "c"], ['one, "two"', f"three{ending}four"]]
    assert [(problem.line, problem.what[:11]) for problem in problems] == [(4, "has 1 cells"), (8, "has 3 cells")]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join), st.integers(1, 30))
def test_any_bytes_are_parsed_in_pieces_as_in_one(content: bytes, size: int) -> None:
    found = [_plain(parse(piece, "a.csv")) for piece in pieces(content, size)]
    header, _, columns, _, problems = _plain(parse(content, "a.csv"))
    assert {each[0] for each in found} == {header}
    assert [[cell for each in found for cell in each[2][number]] for number in range(len(columns))] == columns
    assert [(one.value, one.what) for each in found for one in each[4]] == [(one.value, one.what) for one in problems]


def test_pieces_hold_whole_records_of_about_the_size_asked_for() -> None:
    content = b'id,title\na,"one\ntwo"\nb,two\nc,three\n'
    assert list(pieces(content, 14)) == [
        b'id,title\na,"one\ntwo"\n',
        b"id,title\nb,two\nc,three\n",
    ]


def _plain(parsed: tuple[Cells, list[Problem]]) -> tuple[Any, ...]:
    cells, problems = parsed
    columns = [[texts(column.dictionary)[code] for code in column.indices.to_pylist()] for column in cells.columns]
    return cells.header, cells.header_number, columns, cells.numbers.tolist(), problems


@pytest.mark.parametrize("table", [*TABLES, GAZETTEER], ids=lambda table: table.name)
def test_a_model_refuses_rows_by_its_fields_and_by_rules_of_whole_rows_alone(table: Table) -> None:
    """What reading by columns asks of a model is all that it has."""
    decorators = table.row.__pydantic_decorators__
    assert {one.info.mode for one in decorators.model_validators.values()} <= {"after"}
    assert not decorators.field_validators
    assert not decorators.validators
    assert not decorators.root_validators
