import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.reading import read_table
from components.catalog.tables import MAX_CELL

HEADER = "id,publisher,title,kind,note"


@pytest.fixture
def read(folder, tables):
    """Write sources.csv as given; return the ids kept with their lines, the notes, and the problems."""

    def written(content: str | bytes) -> tuple[dict[str, int], list[str], list]:
        folder.text("sources", content)
        lines, problems = read_table(folder.path, tables("sources"))
        return {line.row.id: line.number for line in lines}, [line.row.note for line in lines], problems

    return written


def test_rows_are_read_with_their_lines(read) -> None:
    ids, notes, problems = read(f"{HEADER}\na,P,T,wire,x\nb,P,T,press,y\n")
    assert (ids, notes, problems) == ({"a": 2, "b": 3}, ["x", "y"], [])


@pytest.mark.parametrize("table", ["sources", "forces", "kinds", "sites", "incidents"])
def test_a_missing_file_is_one_problem_that_gives_its_header(folder, tables, table: str) -> None:
    folder.remove(table)
    lines, [problem] = read_table(folder.path, tables(table))
    assert len(lines) == 0
    assert (problem.file, problem.line, problem.column) == (f"{table}.csv", None, None)
    assert problem.what == "is missing"
    assert problem.mend.startswith("create it with the header ")
    assert set(tables(table).row.model_fields) == set(problem.mend.rpartition(" ")[2].split(","))


@pytest.mark.parametrize("table", ["presence", "movements", "strengths", "claims", "places", "gazetteer"])
def test_a_file_that_may_be_missing_is_no_problem(folder, tables, table: str) -> None:
    folder.remove(table)
    rows, problems = read_table(folder.path, tables(table))
    assert (len(rows), problems) == (0, [])


def test_a_file_that_cannot_be_read_is_one_problem(folder, tables) -> None:
    folder.remove("claims")
    (folder.path / "claims.csv").mkdir()
    lines, [problem] = read_table(folder.path, tables("claims"))
    assert len(lines) == 0
    assert problem.what == "cannot be read: Is a directory"


@pytest.mark.parametrize("content", ["", "\n", " , \n", "\ufeff", "\r\n\r\n"])
def test_an_empty_file_is_one_problem_that_gives_its_header(read, content: str) -> None:
    ids, _, [problem] = read(content)
    assert ids == {}
    assert (problem.what, problem.line) == ("is empty", None)
    assert "begin it with the header id," in problem.mend
    assert "publisher" in problem.mend


def test_a_header_alone_is_a_table_without_rows(read) -> None:
    assert read(HEADER) == ({}, [], [])


def test_a_missing_column_is_one_problem_on_the_header(read) -> None:
    ids, _, [problem] = read("id,publisher,title,note\na,P,T,x\n")
    assert ids == {}
    assert (problem.line, problem.column, problem.what) == (1, "kind", "column 'kind' is missing")
    assert problem.mend == "add it to the header (what kind of source)"


def test_every_missing_column_is_named(read) -> None:
    _, _, problems = read("id;publisher;title;kind\na;P;T;wire\n")
    assert {p.column for p in problems} == {"id", "publisher", "title", "kind", "id;publisher;title;kind"}


def test_a_missing_column_that_may_be_blank_is_no_problem(read) -> None:
    assert read("id,publisher,title,kind\na,P,T,wire\n") == ({"a": 2}, [""], [])


def test_an_extra_column_is_told_and_its_rows_are_kept(read) -> None:
    ids, notes, [problem] = read(f"{HEADER},comment\na,P,T,wire,x,hm\nb,P,T,wire,y,\n")
    assert (ids, notes) == ({"a": 2, "b": 3}, ["x", "y"])
    assert (problem.line, problem.column, problem.value, problem.kept) == (1, "comment", "comment", True)
    assert problem.what == "column 'comment' is not known"
    assert problem.mend.startswith("it is ignored; known are id, publisher")


def test_a_column_without_a_name_is_told_and_its_rows_are_kept(read) -> None:
    ids, _, [problem] = read(f"{HEADER},\na,P,T,wire,x,\n")
    assert ids == {"a": 2}
    assert (problem.what, problem.kept) == ("has a column without a name", True)


def test_a_column_that_stands_twice_is_refused_since_one_would_hide_the_other(read) -> None:
    ids, _, [problem] = read(f"{HEADER},note\na,P,T,wire,x,y\n")
    assert ids == {}
    assert (problem.line, problem.column, problem.what) == (1, "note", "column 'note' stands twice")


def test_columns_may_stand_in_any_order_with_spaces_around_their_names(read) -> None:
    assert read(" kind , id,title,publisher\nwire,a,T,P\n")[0] == {"a": 2}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_any_line_ending_are_harmless(read, ending: str, mark: str) -> None:
    text = mark + f'{HEADER}\na,P,T,wire,"one\ntwo"\nb,P,T,wire,y\n'.replace("\n", ending)
    ids, notes, problems = read(text)
    assert problems == []
    assert ids == {"a": 3, "b": 4}
    assert notes == [f"one{ending}two", "y"]


def test_a_last_line_without_an_end_is_read(read) -> None:
    assert read(f"{HEADER}\na,P,T,wire,x")[:2] == ({"a": 2}, ["x"])


def test_blank_lines_and_rows_of_empty_cells_are_skipped_and_counted(read) -> None:
    ids, _, problems = read(f"{HEADER}\n\n,,,,\na,P,T,wire,x\n\n\nb,P,T,wire,y\n\n")
    assert (ids, problems) == ({"a": 4, "b": 7}, [])


def test_quotes_commas_and_newlines_in_a_cell_are_kept_and_lines_after_it_are_right(read) -> None:
    text = f'{HEADER}\na,P,T,wire,"one ""two"", three\nfour\n\nfive"\nb,P,T,wire,y\nc,P,T,wrong,z\n'
    ids, notes, [problem] = read(text)
    assert ids == {"a": 5, "b": 6}
    assert notes == ['one "two", three\nfour\n\nfive', "y"]
    assert (problem.line, problem.column) == (7, "kind")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Caf\xe9".encode("cp1252"), "bytes that are not UTF-8"),
        ("it\x92s".encode("latin-1"), "bytes that are not UTF-8"),
        (b"\xff\xfe", "bytes that are not UTF-8"),
        (b"a\x00b", "control character"),
        (b"a\x1bb", "control character"),
        (b"x" * (MAX_CELL + 1), "holds 10,001 characters"),
        (b"x" * 1_000_000, "field larger than field limit"),
        (b'"' + b"x" * 1_000_000 + b'"', "field larger than field limit"),
    ],
    ids=["cp1252 letter", "cp1252 quote", "utf-16 mark", "nul", "escape", "long", "1 MB", "1 MB quoted"],
)
def test_text_that_is_no_text_costs_its_own_row_only(read, text: bytes, why: str) -> None:
    ids, _, [problem] = read(b"%s\na,P,T,wire,x\nbad,P,T,wire,%s\nb,P,T,wire,y\n" % (HEADER.encode(), text))
    assert ids == {"a": 2, "b": 4}
    assert problem.line == 3
    assert why in problem.what
    assert problem.mend
    assert str(problem).isprintable()


@pytest.mark.parametrize("text", ["x" * MAX_CELL, "Café", "it’s", "قاعدة", "🛰", "\t"], ids=lambda text: text[:5])
def test_text_that_is_text_is_kept(read, text: str) -> None:
    _, notes, problems = read(f"{HEADER}\na,P,T,wire,{text}\n")
    assert (notes, problems) == ([text.strip()], [])


@pytest.mark.parametrize("formula", ["=cmd()", "=1+1", "@SUM(A1)", "+1", "-1", "=HYPERLINK(A1)"])
def test_a_formula_is_kept_as_plain_text(read, formula: str) -> None:
    assert read(f"{HEADER}\na,P,T,wire,{formula}\n")[1:] == ([formula], [])


@pytest.mark.parametrize(("row", "count"), [("bad,P,T,wire,x,y", 6), ("bad,P,T", 3), ("bad", 1)])
def test_a_row_with_the_wrong_number_of_cells_is_told(read, row: str, count: int) -> None:
    ids, _, [problem] = read(f"{HEADER}\na,P,T,wire,x\n{row}\nb,P,T,wire,y\n")
    assert ids == {"a": 2, "b": 4}
    assert (problem.line, problem.column, problem.value) == (3, None, row)
    assert problem.what == f"has {count} cells where the header has 5"
    assert "double quotes" in problem.mend


@pytest.mark.parametrize(
    "bad",
    ['bad,P,T,wire,"x', 'bad,"P,T,wire,x', '"bad,P,T,wire,x', 'bad,P,T,wire,"x"y', 'bad,P,"T" and,wire,x'],
)
@pytest.mark.parametrize("after", ["c,P,T,wire,z", 'c,P,"T, U",wire,z', 'c,P,T,wire,"z\nz"'])
def test_an_unbalanced_quote_costs_its_own_row_only(read, bad: str, after: str) -> None:
    ids, notes, [problem] = read(f"{HEADER}\na,P,T,wire,x\n{bad}\nb,P,T,wire,y\n{after}\n")
    assert list(ids) == ["a", "b", "c"]
    assert ids["b"] == 4
    assert notes[:2] == ["x", "y"]
    assert (problem.line, problem.value) == (3, bad)
    assert problem.what.startswith("is not valid CSV: ")
    assert "a quote inside a cell is written twice" in problem.mend


def test_each_of_many_unbalanced_quotes_is_told(read) -> None:
    rows = [f'bad-{n},P,T,wire,"x\nok-{n},P,T,wire,y' for n in range(20)]
    ids, _, problems = read("\n".join([HEADER, *rows]))
    assert list(ids) == [f"ok-{n}" for n in range(20)]
    assert [p.line for p in problems] == list(range(2, 42, 2))


def test_the_first_of_rows_with_one_id_is_kept_and_the_others_told(read) -> None:
    ids, notes, problems = read(f"{HEADER}\na,P,T,wire,x\na,P,T,wire,y\nb,P,T,wire,z\na,P,T,wire,w\n")
    assert (ids, notes) == ({"a": 2, "b": 4}, ["x", "z"])
    assert [(p.line, p.column, p.value, p.what) for p in problems] == [
        (3, "id", "a", "'a' is already on line 2"),
        (5, "id", "a", "'a' is already on line 2"),
    ]


def test_an_id_is_free_for_the_next_row_when_the_first_was_refused(read) -> None:
    ids, _, [problem] = read(f"{HEADER}\na,P,T,wrong,x\na,P,T,wire,y\n")
    assert ids == {"a": 3}
    assert problem.line == 2


def test_several_faults_in_one_row_are_several_problems(folder, tables) -> None:
    change = {"id": "Bad Id", "kind": "", "start": "12/02/2026", "confidence": "sure", "sources": "", "lat": "95"}
    folder.rows("incidents", change)
    _, problems = read_table(folder.path, tables("incidents"))
    assert {p.column for p in problems} == set(change)
    assert {p.line for p in problems} == {3}


@pytest.mark.parametrize(
    ("table", "change", "column", "value", "what", "mend"),
    [
        ("incidents", {"start": "2026-13-40"}, "start", "2026-13-40", "has no month 13", "YYYY-MM-DD"),
        ("incidents", {"start": "12/02/2026"}, "start", "12/02/2026", "is not a date of the form", "YYYY-MM-DD"),
        ("incidents", {"start": ""}, "start", "", "is blank", "YYYY-MM-DD"),
        ("incidents", {"end": "2026-02-30"}, "end", "2026-02-30", "has no day 30: that month has 28", "YYYY-MM-DD"),
        ("incidents", {"end": "2025-12-12"}, None, "", "end 2025-12-12 is before start 2025-12-13", "swap them"),
        ("incidents", {"lat": "95", "lon": "38"}, "lat", "95", "less than or equal to 90", "mend"),
        ("incidents", {"lat": "33", "lon": "181"}, "lon", "181", "less than or equal to 180", "mend"),
        ("incidents", {"lat": "33.5"}, None, "", "has one of lat and lon", "give both"),
        ("incidents", {"lon": "38.6"}, None, "", "has one of lat and lon", "give both"),
        ("incidents", {"lat": "33°", "lon": "38"}, "lat", "33°", "is not a number", "full stop"),
        ("incidents", {"site": ""}, None, "", "has no site, no place and no lat/lon", "give one"),
        ("incidents", {"sources": ""}, "sources", "", "is blank", "at least one"),
        ("incidents", {"sources": " ; "}, "sources", ";", "is blank", "at least one"),
        ("incidents", {"sources": "Wire 1"}, "sources", "Wire 1", "is not a valid id", "lower-case"),
        ("incidents", {"confidence": "certain"}, "confidence", "certain", "is not one of the known", "'high'"),
        ("incidents", {"precision": "exact"}, "precision", "exact", "is not one of the known", "'site'"),
        ("incidents", {"killed": "three"}, "killed", "three", "'three' is not a toll", "a 3; b 241-300"),
        ("incidents", {"id": "Bad Id"}, "id", "Bad Id", "is not a valid id", "lower-case"),
        ("incidents", {"title": "  "}, "title", "", "is blank", "fill it in"),
        ("movements", {"low": "300"}, None, "", "low 300 is more than high 200", "lower number in low"),
        ("movements", {"low": "1.000,5"}, "low", "1.000,5", "is not a whole number", "thousands"),
        ("movements", {"low": "-1"}, "low", "-1", "greater than or equal to 0", "mend"),
        ("movements", {"origin": "", "destination": ""}, None, "", "neither origin nor destination", "at least one"),
        ("sites", {"country": ""}, "country", "", "is blank", "at least one"),
        ("sites", {"kind": "castle"}, "kind", "castle", "is not one of the known values", "'garrison'"),
        ("presence", {"status": "gone"}, "status", "gone", "is not one of the known values", "'present'"),
        ("sources", {"url": "javascript:alert(1)"}, "url", "javascript:alert(1)", "is not a web address", "https://"),
        ("sources", {"kind": "rumour"}, "kind", "rumour", "is not one of the known values", "'wire'"),
        ("forces", {"colour": "red"}, "colour", "red", "is not a colour", "#1f6fb2"),
        ("places", {"radius_km": "0"}, "radius_km", "0", "greater than 0", "mend"),
        ("gazetteer", {"kind": "hill"}, "kind", "hill", "is not one of the known values", "'town'"),
    ],
)
def test_a_bad_cell_is_told_with_its_place_and_mend_and_costs_its_own_row_only(
    folder, tables, table: str, change: dict[str, str], column: str | None, value: str, what: str, mend: str
) -> None:
    key = tables(table).key
    rows = folder.rows(table, {key: "bad", **change}, {key: "after"})
    lines, [problem] = read_table(folder.path, tables(table))
    assert [getattr(line.row, key) for line in lines] == [*(row[key] for row in rows[:-2]), "after"]
    assert [line.number for line in lines] == [*range(2, len(rows)), len(rows) + 1]
    assert (problem.file, problem.line, problem.column) == (f"{table}.csv", len(rows), column)
    assert problem.value == value
    assert what in problem.what
    assert mend in problem.mend
    assert not problem.kept


cells = st.text(
    st.one_of(st.sampled_from('",\n\r;=\t\ufeff\u200fت'), st.characters(exclude_categories=["Cs", "Cc"])), max_size=40
)


@settings(deadline=None)
@given(st.lists(cells, min_size=1, max_size=5))
def test_any_text_written_by_a_csv_writer_is_read_back_as_it_was_on_its_line(scratch, tables, texts: list[str]) -> None:
    text, ends = io.StringIO(newline=""), []
    writer = csv.writer(text)
    writer.writerow(HEADER.split(","))
    for n, note in enumerate(texts):
        writer.writerow([f"row-{n}", "P", "T", "wire", note])
        ends.append(len(re.findall(r"\r\n|\r|\n", text.getvalue())))
    scratch.text("sources", text.getvalue())
    lines, problems = read_table(scratch.path, tables("sources"))
    assert problems == []
    assert [line.row.note for line in lines] == [note.strip() for note in texts]
    assert [line.number for line in lines] == ends


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), cells.map(str.encode)))
def test_any_bytes_in_a_cell_leave_the_rows_before_it_alone(scratch, tables, junk: bytes) -> None:
    scratch.text("sources", b"%s\na,P,T,wire,x\nb,P,T,wire,%s\n" % (HEADER.encode(), junk))
    lines, _ = read_table(scratch.path, tables("sources"))
    first = next(iter(lines))
    assert (first.row.id, first.number) == ("a", 2)
