"""What a search may mean while it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import parse_date
from components.view.facets import FACETS
from components.view.suggestions import MOST, suggestions
from components.view.view import MAX_SEARCH, ROW_TABLES


@pytest.mark.parametrize(
    ("typed", "verb", "value"),
    [
        ("al-t", "find", "site:al-tanf"),
        ("Ain Ass", "find", "site:ain-al-asad"),
        ("عين", "find", "site:ain-al-asad"),
        ("deir ezz", "search", "Deir ez-Zor"),
        ("syrian dem", "choose", "force:sdf"),
        ("air str", "choose", "kind:air-strike"),
        ("out of ir", "step", "out-of-iraq/1"),
        ("rockets wound", "find", "incident:ain-al-asad-rockets-2024-08-05"),
        ("us garrison leaves", "find", "movement:al-tanf-to-jordan-2026-01"),
    ],
)
def test_what_is_meant_is_suggested(curated, typed: str, verb: str, value: str) -> None:
    assert (verb, value) in [(one.verb, one.value) for one in suggestions(curated, typed)]


def test_a_name_that_begins_as_it_is_typed_comes_first(curated) -> None:
    assert suggestions(curated, "tanf")[0].value == "site:al-tanf"
    assert suggestions(curated, "") == suggestions(curated, "zzz") == []


def test_what_was_not_public_yet_is_not_suggested(curated) -> None:
    row = "incident:al-tanf-handover-2026-02-12"
    before, after = (parse_date(day).first for day in ("2026-02-01", "2026-06-01"))
    assert row in [one.value for one in suggestions(curated, "tanf", after)]
    assert row not in [one.value for one in suggestions(curated, "tanf", before)]


@given(st.text(max_size=MAX_SEARCH))
def test_each_suggestion_names_something_that_is_there(curated, typed: str) -> None:
    found = suggestions(curated, typed)
    assert len(found) <= MOST
    options = {facet.key: {option.value for option in facet.options(curated)} for facet in FACETS}
    for one in found:
        key, _, value = one.value.partition(":")
        if one.verb == "find":
            assert value in curated.tables[ROW_TABLES[key]].index
        elif one.verb == "choose":
            assert value in options[key]
        assert one.text
        assert one.note
