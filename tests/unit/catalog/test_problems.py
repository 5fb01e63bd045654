import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.problems import Problem, excerpt


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
