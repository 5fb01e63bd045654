"""Cells made harmless for a spreadsheet, and back."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.formulas import neutralised, restored

# Mostly of the characters that the rule is about: of all of Unicode they come too seldom.
TEXTS = st.text() | st.text("=+-@'\"\t\r\n; ,a1\uff1d\uff0b\u00a0\x0b", max_size=12)
NUMBERS = ("5", "-5", "+5", "-33.506", "1e-05", "-1.5E+3", "")


@given(TEXTS)
def test_what_was_made_harmless_is_read_back_as_it_was(text: str) -> None:
    assert restored(neutralised(text)) == text


@given(TEXTS.filter(lambda text: not re.fullmatch(r"[-+.0-9e]*", text, re.IGNORECASE)))
def test_nothing_that_would_run_is_left_where_a_cell_may_begin(text: str) -> None:
    for cell in re.split(r"[;\t\r\n]", neutralised(text)):
        assert not cell.lstrip().lstrip('" \u00a0\x0b').startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))


@given(TEXTS.filter(lambda text: not re.search("[=+@\uff1d\uff0b\uff0d\uff20-]", text)))
def test_a_text_without_the_beginning_of_a_formula_is_left_alone(text: str) -> None:
    assert neutralised(text) == text


@pytest.mark.parametrize("number", NUMBERS)
def test_a_plain_number_is_left_alone(number: str) -> None:
    assert neutralised(number) == number


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ("=1+1", "'=1+1"),
        ("+49 people", "'+49 people"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "  '=1"),
        ("a;=1;b; =2", "a;'=1;b; '=2"),
        ("a\n=1", "a\n'=1"),
        ("a \t=1", "a \t'=1"),
        ('x;"=1+1"', 'x;"\'=1+1"'),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("it's = to", "it's = to"),
        ("'quoted'", "'quoted'"),
        ("a-b=c", "a-b=c"),
    ],
)
def test_an_apostrophe_stands_before_what_would_run_and_nowhere_else(cell: str, harmless: str) -> None:
    assert neutralised(cell) == harmless
    assert restored(harmless) == cell


@pytest.mark.parametrize("part", ["\t", " ", ";", '"', '\t"', "'", " \t", "a ", "\n "])
def test_a_long_cell_takes_no_more_than_its_length_in_time(part: str) -> None:
    cell = part * 50_000 + "'x"
    began = time.process_time()
    restored(neutralised(cell))
    assert time.process_time() - began < 1
