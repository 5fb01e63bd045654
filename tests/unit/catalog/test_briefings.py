import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.briefings import (
    MAX_BYTES,
    MAX_HEADING,
    MAX_PARAGRAPH,
    MAX_PARAGRAPHS,
    MAX_QUERY,
    MAX_STEPS,
    Briefing,
    BriefingStep,
    pieces,
    read_briefings,
)
from components.catalog.catalog import load
from components.catalog.served import open_catalog

SOURCES = {"wire", "afp-2026"}
GOOD = """# A title

What it is about.

## First

`?from=2026-01-27&sel=site:al-tanf`

It was left [wire]. Nobody
knows more [wire; afp-2026].

A second paragraph.

## Second

[the view](?to=2026-02-15)

It was taken over [afp-2026].
"""


@pytest.fixture
def read(tmp_path):
    """Read one briefing from its text or bytes."""

    def told(content: str | bytes, name: str = "one.md"):
        folder = tmp_path / "briefings"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_briefings(tmp_path, SOURCES)

    return told


def step(body: str, heading: str = "Third") -> str:
    """A good briefing with a step more."""
    return f"{GOOD}\n## {heading}\n\n{body}\n"


def test_a_briefing_is_read_whole(read) -> None:
    briefings, problems = read(GOOD)
    assert problems == []
    assert briefings == (
        Briefing(
            "one",
            "A title",
            "What it is about.",
            (
                BriefingStep(
                    "First",
                    "from=2026-01-27&sel=site:al-tanf",
                    ("It was left [wire]. Nobody knows more [wire; afp-2026].", "A second paragraph."),
                    5,
                ),
                BriefingStep("Second", "to=2026-02-15", ("It was taken over [afp-2026].",), 14),
            ),
        ),
    )
    assert briefings[0].file == "briefings/one.md"


@pytest.mark.parametrize(
    "same",
    [
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        "\ufeff" + GOOD,
        GOOD.replace("\n\n", "\n\n\n"),
        GOOD.replace("\n\n`", "\n`").replace("`\n\n", "`\n"),
        GOOD.replace("\n", "  \n"),
        GOOD.replace("](?to", "](https://example.org/map/?to"),
        GOOD.replace("`?from", "`from").replace("`?", "`"),
        GOOD.replace("# A title", "#   A   title"),
    ],
)
def test_how_it_is_laid_out_makes_no_difference(read, same) -> None:
    [good], _ = read(GOOD)
    [other], problems = read(same)
    assert problems == []
    assert (other.title, other.summary) == (good.title, good.summary)
    assert [(s.heading, s.query, s.paragraphs) for s in other.steps] == [
        (s.heading, s.query, s.paragraphs) for s in good.steps
    ]


VIEW = "`?to=2026-02-15`"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("It has no view [wire].", "has no view"),
        (f"{VIEW}\n\n{VIEW}\n\nTwo views [wire].", "more than one view"),
        (f"{VIEW}\n\nIt cites nothing.", "cites no source"),
        (VIEW, "cites no source"),
        (f"{VIEW}\n\nA claim [nobody].", "'nobody' is not in sources"),
        (f"{VIEW}\n\nA claim [wire; nobody; afp-2026].", "'nobody' is not in sources"),
        (f"{VIEW}\n\nA claim [wire, afp-2026].", "'wire, afp-2026' is not in sources"),
        (f"{VIEW}\n\nA claim [ ].", "empty citation"),
        (f"{VIEW}\n\nA claim [wire.", "bracket without its other half"),
        (f"{VIEW}\n\nA claim [wire]. And wire].", "bracket without its other half"),
        (f"{VIEW}\n\n- a list [wire]", "Markdown"),
        (f"{VIEW}\n\n1. a list [wire]", "Markdown"),
        (f"{VIEW}\n\n> a quotation [wire]", "Markdown"),
        (f"{VIEW}\n\n### A smaller heading\n\nText [wire].", "Markdown"),
        (f"{VIEW}\n\n# Another title\n\nText [wire].", "Markdown"),
        (f"{VIEW}\n\nIt is **bold** [wire].", "Markdown"),
        (f"{VIEW}\n\nSee [this](https://example.org) [wire].", "Markdown"),
        (f"{VIEW}\n\nSee https://example.org [wire].", "Markdown"),
        (f"{VIEW}\n\n| a | table [wire] |", "Markdown"),
        (f"{VIEW}\n\n<script>alert(1)</script> [wire]", "Markdown"),
        (f"{VIEW}\n\n```\ncode [wire]\n```", "Markdown"),
        (f"{VIEW}\n\nText [wire].\n\n---", "Markdown"),
        (f"{VIEW}\n\nA bell \a rings [wire].", "control character"),
        (f"{VIEW}\n\n{'x' * MAX_PARAGRAPH} [wire]", "has a paragraph of 1,007 characters"),
        (f"{VIEW}\n\n" + "Text [wire].\n\n" * (MAX_PARAGRAPHS + 1), "has 5 paragraphs"),
        (f"`?q={'x' * MAX_QUERY}`\n\nText [wire].", "has a view of 1,002 characters"),
    ],
)
def test_a_step_with_a_fault_is_told_and_the_others_are_kept(read, body: str, what: str) -> None:
    [briefing], problems = read(step(body))
    assert [s.heading for s in briefing.steps] == ["First", "Second"]
    assert any(what in problem.what for problem in problems), [str(problem) for problem in problems]
    lines = step(body).split("\n")
    for problem in problems:
        assert problem.file == "briefings/one.md"
        assert problem.line is not None
        assert lines.index("## Third") < problem.line <= len(lines)
        assert problem.mend
        assert not problem.kept


@pytest.mark.parametrize("heading", ["", "x" * (MAX_HEADING + 1), "Cited [wire]", "With `code`"])
def test_a_heading_that_will_not_do_leaves_its_step_out(read, heading: str) -> None:
    [briefing], [problem] = read(step(f"{VIEW}\n\nText [wire].", heading))
    assert len(briefing.steps) == 2
    assert "has a heading" in problem.what
    assert problem.line == GOOD.count("\n") + 2


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ("", "is empty", None),
        ("\n \n\t\n", "is empty", None),
        ("# A title\n\nA summary.\n", "has no step", None),
        (b"# A title\n\nA caf\xe9.\n\n## First\n", "not UTF-8", 3),
        (GOOD.encode("utf-16"), "not UTF-8", 1),
        (GOOD + "x" * MAX_BYTES, "bytes", None),
    ],
)
def test_a_file_without_a_step_to_show_is_told(read, content, what: str, line: int | None) -> None:
    briefings, [problem] = read(content)
    assert briefings == ()
    assert what in problem.what
    assert (problem.file, problem.line) == ("briefings/one.md", line)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("# A title\n", "", "does not begin with a title"),
        ("# A title", "#", "does not begin with a title"),
        ("# A title", "# " + "x" * (MAX_HEADING + 1), "has a title of 101 characters"),
        ("# A title", "# A title [wire]", "has a title with Markdown or a citation"),
        ("What it is about.\n", "", "has no summary"),
        ("What it is about.", "It is **this** [wire].", "has a summary with Markdown or a citation"),
        ("What it is about.", "This.\n\nAnd that.", "is neither the summary nor part of a step"),
        ("What it is about.", "This.\n\n# Another", "is neither the summary nor part of a step"),
        ("What it is about.", "`?from=2026-01-01`", "has a summary with Markdown"),
    ],
)
def test_what_is_wrong_before_the_steps_costs_none(read, old: str, new: str, what: str) -> None:
    [briefing], problems = read(GOOD.replace(old, new, 1))
    assert len(briefing.steps) == 2
    assert briefing.title
    assert any(what in problem.what for problem in problems)
    assert all(problem.kept for problem in problems)


def test_there_is_an_end_to_the_steps(read) -> None:
    [briefing], [problem] = read(GOOD + "\n## More\n\n`?`\n\nText [wire].\n" * (MAX_STEPS - 1))
    assert len(briefing.steps) == MAX_STEPS
    assert f"step {MAX_STEPS + 1}" in problem.what


@pytest.mark.parametrize("name", ["README.md", "two words.md", "Ähre.md", "a--b.md", ".md.md", f"{'x' * 101}.md"])
def test_a_name_that_cannot_stand_in_a_link_is_told(read, name: str) -> None:
    briefings, [problem] = read(GOOD, name)
    assert briefings == ()
    assert "cannot stand in a link" in problem.what


def test_a_file_that_cannot_be_read_is_told(tmp_path) -> None:
    (tmp_path / "briefings" / "one.md").mkdir(parents=True)
    briefings, [problem] = read_briefings(tmp_path, SOURCES)
    assert briefings == ()
    assert "cannot be read" in problem.what


def test_a_folder_without_briefings_has_none(tmp_path) -> None:
    assert read_briefings(tmp_path, SOURCES) == ((), [])


def test_briefings_stand_in_order_of_their_titles(read) -> None:
    read(GOOD.replace("A title", "zebra"), "a.md")
    briefings, _ = read(GOOD.replace("A title", "Aardvark"), "z.md")
    assert [briefing.id for briefing in briefings] == ["z", "a"]


FRAGMENTS = [*"#`?=[];-*>| \n\r\tabé\x00", "## ", "# ", "[wire]", VIEW, "\n\n", "text"]


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_no_text_raises_and_what_is_kept_is_sound(tmp_path_factory, text: str) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "briefings").mkdir()
    (folder / "briefings/one.md").write_bytes(text.encode())
    briefings, problems = read_briefings(folder, SOURCES)
    shutil.rmtree(folder)
    assert briefings or problems
    for briefing in briefings:
        assert briefing.title
        assert briefing.steps
        for one in briefing.steps:
            assert one.heading
            cited = [piece for text in one.paragraphs for piece in pieces(text) if isinstance(piece, tuple)]
            assert cited
            assert all(set(ids) <= SOURCES for ids in cited)
            assert not any(c in text for text in one.paragraphs for c in "`\x00\n")


@given(st.lists(st.tuples(st.text(alphabet="ab .,", min_size=1), st.lists(st.sampled_from(["x", "y-2"]), min_size=1))))
def test_a_paragraph_is_its_texts_and_its_citations(parts: list[tuple[str, list[str]]]) -> None:
    paragraph = "".join(f"{text}[{'; '.join(ids)}]" for text, ids in parts)
    found = list(pieces(paragraph))
    assert [piece for piece in found if isinstance(piece, tuple)] == [tuple(ids) for _, ids in parts]
    texts = "".join(piece for piece in found if isinstance(piece, str))
    assert texts == "".join(text.rstrip() for text, _ in parts)


@pytest.fixture
def sound(folder) -> Path:
    """A sound data folder without briefings; its source is wire-1."""
    (folder.path / "briefings").mkdir()
    return Path(folder.path)


CITING_WIRE_1 = GOOD.replace("wire; afp-2026", "wire-1").replace("[wire]", "[wire-1]").replace("afp-2026", "wire-1")


def test_the_catalog_has_the_briefings_and_their_problems(sound: Path) -> None:
    (sound / "briefings/one.md").write_text(f"{CITING_WIRE_1}\n## Third\n\nNo view [wire-1].\n")
    catalog = load(sound)
    assert [(b.id, len(b.steps)) for b in catalog.briefings] == [("one", 2)]
    [problem] = [problem for problem in catalog.problems if problem.file == "briefings/one.md"]
    assert "has no view" in problem.what


def test_a_briefing_that_changes_is_another_catalog(sound: Path) -> None:
    bare = open_catalog(sound)
    assert bare.briefings == ()
    (sound / "briefings/one.md").write_text(CITING_WIRE_1)
    catalog = open_catalog(sound)
    assert [b.id for b in catalog.briefings] == ["one"]
    assert catalog.version != bare.version
    (sound / "briefings/one.md").write_text(CITING_WIRE_1 + "\nMore.\n")
    assert open_catalog(sound).version != catalog.version
    assert open_catalog(sound) is open_catalog(sound)
