"""A search finds names however they are spelt, kinds, forces, summaries and publishers; and only what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.names import fold
from components.view.extent import extent
from components.view.search import Search, found_in, search
from components.view.selection import select
from components.view.view import MAX_SEARCH, View

SPELLINGS = [
    ("Deir Ezzor", "Deir ez-Zor"),
    ("deirezzor", "Deir ez-Zor"),
    ("Ain Assad", "Ain al-Asad"),
    ("Kamishli", "Al-Qamishli"),
    ("Rumeilan", "Rmeilan"),
    ("Irbil", "Erbil"),
    ("airstrikes", "Air strike"),
]
AS_TYPED = [
    "",
    " ",
    "tanf",
    "AL-TANF",
    "التنف",
    "air strike",
    "airstrike",
    "CENTCOM",
    "iran strike",
    "deir ez",
    "zzz",
    "no such",
    "ISIS",
    "Daesh",
]


@pytest.mark.parametrize(("typed", "shown"), SPELLINGS)
def test_a_name_is_found_by_another_spelling_which_is_said(curated, typed: str, shown: str) -> None:
    found = search(curated, typed)
    assert found.shown == shown
    assert " ".join(found.terms) == fold(shown)


@pytest.mark.parametrize("typed", AS_TYPED)
def test_what_is_found_as_it_is_typed_or_not_at_all_is_left_as_it_is(curated, typed: str) -> None:
    assert search(curated, typed).shown == ""
    assert list(search(curated, typed).terms) == fold(typed).split()


@pytest.mark.parametrize(
    ("typed", "table"),
    [
        ("air strike", "incidents"),
        ("airstrike", "incidents"),
        ("CENTCOM", "incidents"),
        ("Peshmerga", "sites"),
        ("United States", "movements"),
        ("helicopter", "movements"),
        ("detention facility", "sites"),
        ("Ain Assad", "sites"),
        ("Deir Ezzor", "sites"),
        ("ISIS", "incidents"),
        ("Daesh", "incidents"),
        ("Britain", "incidents"),
        ("Kurds", "sites"),
    ],
)
def test_kinds_forces_summaries_and_publishers_are_found(curated, typed: str, table: str) -> None:
    first, last = extent(curated)
    assert len(getattr(select(curated, View(first, last, search=typed)), table)) > 0


def test_a_word_is_found_where_another_begins_with_it_only(curated) -> None:
    first, last = extent(curated)
    found = select(curated, View(first, last, search="ain")).sites
    assert 0 < len(found) < 10, "not each site of whose summary “against” is a word"


@given(st.text(max_size=MAX_SEARCH))
def test_what_is_said_to_be_shown_is_there(curated, text: str) -> None:
    found = search(curated, text)
    if found.shown:
        first, last = extent(curated)
        selection = select(curated, View(first, last, search=text))
        assert len(selection.sites) + len(selection.incidents) + len(selection.movements) > 0


def test_a_text_holds_terms_where_its_words_begin_with_them() -> None:
    assert found_in([" al tanf base"], ["ta", "base"])
    assert not found_in([" al tanf base"], ["anf"])
    assert not found_in([" al tanf", " base"], ["tanf", "base"])


def test_a_folder_without_rows_has_no_names(catalog_of) -> None:
    assert search(catalog_of(), "tanf") == Search(("tanf",))
