import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.problems import FEW, FIRST_LINES, Problem, alike, excerpt


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (3, "start", "incidents.csv:3 [start]: is wrong; mend it"),
        (3, None, "incidents.csv:3: is wrong; mend it"),
        (None, "query", "incidents.csv [query]: is wrong; mend it"),
        (None, None, "incidents.csv: is wrong; mend it"),
    ],
)
def test_a_problem_says_where_what_and_what_to_do(line: int | None, column: str | None, said: str) -> None:
    assert str(Problem("incidents.csv", line, column, "", "is wrong", "mend it")) == said


def test_a_problem_leaves_its_row_out_unless_it_says_otherwise() -> None:
    assert not Problem("a.csv", 1, None, "", "", "").kept


@given(st.text(st.characters(), max_size=300), st.integers(2, 80))
def test_an_excerpt_is_one_printable_line_of_bounded_length(text: str, length: int) -> None:
    shown = excerpt(text, length)
    assert len(shown) <= length
    assert shown.isprintable()
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text("abc é", max_size=60))
def test_an_excerpt_of_a_short_text_is_the_text_on_one_line(text: str) -> None:
    assert excerpt(text) == " ".join(text.split())


def test_an_excerpt_tells_that_it_was_cut() -> None:
    assert excerpt("x" * 61) == "x" * 59 + "…"
    assert excerpt("x" * 60) == "x" * 60


def bad(line: int, value: str = "", what: str = "is not an id", mend: str = "mend it", column: str = "id") -> Problem:
    named = value or f"{line}.0"
    return Problem("incidents.csv", line, column, named, f"'{named}' {what}", mend)


def test_the_same_problem_in_many_rows_is_told_once_with_its_count_and_first_lines() -> None:
    many = [bad(line) for line in range(2, 16_569)]
    [told] = alike(many)
    assert told.first == many[0]
    assert told.more == (
        "and 16,566 more like it, on lines 3, 4, 5, 6, 7 and 16,561 others; "
        "of '3.0', '4.0', '5.0', '6.0', '7.0' and 16,561 others"
    )
    assert str(told) == f"{many[0]} ({told.more})"


@pytest.mark.parametrize(
    ("others", "kinds"),
    [
        ({"what": "is not a date"}, 2),
        ({"mend": "leave it out"}, 2),
        ({"column": "site"}, 2),
        # The values and the lines that are named are each row's own.
        ({"what": "is already on line 7"}, 2),
        ({"value": "N'Gourma"}, 1),
    ],
)
def test_problems_are_alike_where_one_mend_answers_them(others: dict[str, str], kinds: int) -> None:
    found = [bad(line) for line in range(2, 12)] + [bad(line, **others) for line in range(12, 22)]
    assert len(alike(found)) == kinds


def test_which_values_are_meant_is_told_each_once() -> None:
    found = [bad(line, "b" if line % 2 else "a", "is not in kinds") for line in range(2, 12)]
    assert alike(found)[0].more == "and 9 more like it, on lines 3, 4, 5, 6, 7 and 4 others; of 'b'"


@given(st.lists(st.tuples(st.integers(2, 99), st.sampled_from(["is not an id", "is not a date"])), max_size=30))
def test_none_is_lost_and_few_are_told_each(rows: list[tuple[int, str]]) -> None:
    found = [bad(line, what=what) for line, what in rows]
    told = alike(found)
    assert sum(1 + len(one.others) for one in told) == len(found)
    assert sorted(map(str, (p for one in told for p in (one.first, *one.others)))) == sorted(map(str, found))
    assert all(not one.others or len(one.others) >= FEW for one in told)
    assert FIRST_LINES >= FEW
