import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.catalog import load
from components.catalog.method import (
    MAX_BYTES,
    ON_CONFIDENCE,
    ON_KNOWN,
    ON_PRECISION,
    Block,
    Method,
    Section,
    Span,
    read_method,
)
from components.catalog.served import open_catalog
from components.catalog.tables import NO_DOCUMENT, PRECISION_RADIUS_KM
from components.catalog.vocabulary import DEFAULT

GOOD = """# How we know

What is *in* it,
and what is not.

## As far as known
A **certain** day; 2 * 3 < 7.

- One
- Two, on
  two lines

## Confidence & more
"""


@pytest.fixture
def read(tmp_path: Path):
    def told(content: str | bytes):
        (tmp_path / "method.md").write_bytes(content.encode() if isinstance(content, str) else content)
        return read_method(tmp_path)

    return told


def plain(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def test_a_method_is_read_whole(read) -> None:
    method, problems = read(GOOD.replace("2 * 3 < 7", "2 < 7"))
    assert problems == []
    assert method == Method(
        (
            Section(
                "how-we-know",
                "How we know",
                (Block(((Span("What is "), Span("in", "em"), Span(" it, and what is not.")),)),),
            ),
            Section(
                "as-far-as-known",
                "As far as known",
                (
                    Block(((Span("A "), Span("certain", "strong"), Span(" day; 2 < 7.")),)),
                    Block((plain("One"), plain("Two, on two lines")), listed=True),
                ),
            ),
            Section("confidence-more", "Confidence & more", ()),
        )
    )
    assert method.ids == ("how-we-know", "as-far-as-known", "confidence-more")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(read, ends: str) -> None:
    assert read("\ufeff" + GOOD.replace("\n", ends)) == read(GOOD)


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert read_method(tmp_path) == (None, [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        (b"# \xff", "not UTF-8"),
        ("# T\n\n" + "x" * MAX_BYTES, "bytes"),
    ],
)
def test_what_cannot_be_read_is_told_and_there_is_no_method(read, text, what: str) -> None:
    method, [problem] = read(text)
    assert method is None
    assert what in problem.what
    assert problem.file == "method.md"
    assert problem.kept, "no row is lost by it"


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "method.md").mkdir()
    method, [problem] = read_method(tmp_path)
    assert method is None
    assert "cannot be read" in problem.what


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("A [link](https://example.org).", 5),
        ("Some `code`.", 5),
        ("A lone * star.", 5),
        ("__bold__", 5),
        ("<b>bold</b>", 5),
        ("An <img src=x onerror=alert(1)>.", 5),
        ("> quoted", 5),
        ("| a | b |", 5),
        ("1. one\n2. two", 5),
        ("* one\n* two", 5),
        ("```\ncode\n```", 5),
        ("![picture](x.png)", 5),
        ("[note]: https://example.org", 5),
        ("### too deep", 5),
        ("##no blank", 5),
        ("---", 5),
        ("- good\n- a [link](x)", 5),
        ("bell \x07", 5),
    ],
)
def test_other_markdown_is_told_and_shown_as_it_is_written(read, block: str, line: int) -> None:
    method, problems = read(f"# Title\n\nGood.\n\n{block}\n\nGood too.\n")
    assert {problem.line for problem in problems} == {line}
    assert all(problem.kept for problem in problems)
    [section] = method.sections
    shown = " ".join("".join(span.text for span in text) for block in section.blocks for text in block.texts)
    assert re.sub(r"\W", "", shown) == re.sub(r"\W", "", f"Good {block} Goodtoo")
    assert all(span.tag == "" for block in section.blocks for text in block.texts for span in text)


@pytest.mark.parametrize(
    ("text", "what", "ids"),
    [
        ("Text first.\n", "does not begin with a title", ("how-we-know",)),
        ("## Section first\n", "does not begin with a title", ("section-first",)),
        ("# One\n# Two\n", "has a second title", ("one", "two")),
        ("# One\n## Two\n## Two\n## Two\n", "", ("one", "two", "two-3", "two-4")),
        ("# كيف نعرف\n## …\n", "", ("section-1", "section-2")),
        ("# Title\n## title\n", "", ("title", "title-2")),
    ],
)
def test_headings_have_ids_of_their_own(read, text: str, what: str, ids: tuple[str, ...]) -> None:
    method, problems = read(text)
    assert method.ids == ids
    assert [problem.what for problem in problems] == ([what] if what else [])


def test_a_heading_that_is_not_there_leads_to_the_beginning(read) -> None:
    method, _ = read(GOOD)
    assert method.find("as-far-as-known").heading == "As far as known"
    assert method.find("precision") is method.sections[0]


@given(st.text())
def test_whatever_is_written_nothing_raises_and_links_can_name_each_heading(scratch, text: str) -> None:
    (scratch.path / "method.md").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    method, problems = read_method(scratch.path)
    assert method or problems
    if method:
        assert len(set(method.ids)) == len(method.ids)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) for id_ in method.ids)


def test_it_belongs_to_the_data(folder) -> None:
    before = open_catalog(folder.path)
    assert before.method is None
    (folder.path / "method.md").write_text(GOOD, encoding="utf-8")
    after = open_catalog(folder.path)
    assert after.method
    assert after.version != before.version, "it is told of in the version, and read anew when it changes"


# The committed one


@pytest.fixture(scope="module")
def committed(real: Path) -> str:
    return " ".join((real / "method.md").read_text(encoding="utf-8").split())


def test_the_committed_method_has_no_fault_and_the_headings_that_words_lead_to(real: Path, committed: str) -> None:
    method, problems = read_method(real)
    assert problems == []
    assert {ON_CONFIDENCE, ON_PRECISION, ON_KNOWN} <= set(method.ids)
    assert 600 <= len(committed.split()) <= 800, "short enough to be read"


def test_the_committed_method_says_the_numbers_that_are_used(real: Path, committed: str) -> None:
    catalog = load(real)
    days = catalog.dataset.confirmation
    assert f"for {days.present} days after it was last confirmed" in committed
    assert f"for {days.drawing_down} days where it had said that it was leaving" in committed
    for precision, radius in PRECISION_RADIUS_KM.items():
        item = re.search(rf"- \*\*{precision.capitalize()}\*\*:(.*?)(?:- \*\*|Where)", committed)
        assert item
        assert f"about {radius:g} km" in item[1], precision
    kinds = [kind for kind in DEFAULT.ids("source_kinds") if kind != NO_DOCUMENT]
    told = re.search(r"kind stands beside it:(.*?)They are listed in that order", committed)
    assert told
    assert re.findall(r"\*([a-z]+)\*", told[1]) == kinds


def test_the_committed_method_says_what_the_page_says(committed: str) -> None:
    for words in ("“Page not read; cited by”", "“Archived copy”", "“Read on”", "“No source”", "fork"):
        assert words in committed
