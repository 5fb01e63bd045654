"""In what order the sources of a row are told, and what is told where there are none."""

import re
from datetime import date

import pytest

from components.catalog.catalog import Catalog
from components.catalog.vocabulary import DEFAULT
from components.export.rows import citing
from components.panels.card import card
from components.panels.table import rows_on_view
from components.picture.caption import sources_on_view
from components.view.brief import brief
from components.view.brief_text import brief_text
from components.view.on_view import on_view
from components.view.sourcing import (
    ARCHIVED,
    COMPILED,
    NO_ADDRESS,
    UNSOURCED,
    marks,
    named,
    ranked,
    read_on,
    source_rows,
    sourcing,
)
from components.view.view import View

WINDOW = View(date(2025, 12, 1), date(2026, 3, 12))


@pytest.fixture(scope="module")
def catalog(catalog_of) -> Catalog:
    """A site whose row cites one source of each kind, the worst first; one is without an address."""
    kinds = DEFAULT.ids("source_kinds")[::-1]
    cells = {"sources": "; ".join(kinds)}
    return catalog_of(
        sources=[
            {"id": kind, "publisher": kind.upper(), "title": f"A {kind} text", "kind": kind}
            | ({"url": ""} if kind == "regional" else {})
            for kind in kinds
        ],
        sites=[{"id": "base", **cells}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2016", "end": "2026-02-11", **cells}],
        incidents=[
            {"id": "raid", "site": "base", **cells},
            {"id": "talk", "site": "base", "sources": "memory", "confidence": "low"},
        ],
    )


def test_wire_and_official_come_first_then_press() -> None:
    assert DEFAULT.ids("source_kinds")[:3] == ("wire", "official", "press")
    assert DEFAULT.ids("source_kinds")[-2:] == ("partisan", "memory")


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ((), ()),
        (("press", "wire"), ("wire", "press")),
        (("memory", "partisan", "official", "partisan"), ("official", "partisan", "memory")),
        (DEFAULT.ids("source_kinds")[::-1], DEFAULT.ids("source_kinds")),
    ],
)
def test_sources_are_told_by_kind_each_once(catalog, cited, told) -> None:
    assert ranked(catalog, cited) == told


def test_within_a_kind_they_stay_as_cited(catalog_of) -> None:
    catalog = catalog_of(sources=[{"id": id_} for id_ in ("b", "a", "c")])
    assert ranked(catalog, ["c", "a", "b", "a"]) == ("c", "a", "b")


@pytest.mark.parametrize(
    ("cited", "counted", "publishers", "unsourced"),
    [
        (("memory",), "no source", (), True),
        (("memory", "wire"), "1 source", ("WIRE",), True),
        (("press", "wire"), "2 sources", ("WIRE", "PRESS"), False),
    ],
)
def test_what_marks_that_there_is_no_source_is_none(catalog, cited, counted, publishers, unsourced) -> None:
    told = sourcing(catalog, cited)
    assert (told.counted, told.publishers, told.unsourced) == (counted, publishers, unsourced)


def test_a_source_without_an_address_says_so(catalog) -> None:
    [wire, regional] = sourcing(catalog, ["regional", "wire"]).sources
    assert named(wire) == "WIRE (wire)"
    assert named(regional) == f"REGIONAL (regional, {NO_ADDRESS})"
    assert citing(catalog)("regional") == "REGIONAL, A regional text, undated, no address"
    assert citing(catalog)("memory") == UNSOURCED


@pytest.mark.parametrize("markdown", [False, True])
def test_the_brief_cites_in_that_order_and_does_not_number_what_is_no_source(catalog, markdown) -> None:
    told = brief(on_view(catalog, WINDOW))
    lines = brief_text(catalog, told, "https://example.org/", markdown).splitlines()
    documents = DEFAULT.ids("source_kinds")[:-1]
    [change] = [line for line in lines if line.startswith("- ")]
    assert change.endswith(
        f" [{', '.join(str(n) for n in range(1, len(documents) + 1))}] (Syria; high confidence; {UNSOURCED})"
    )
    listed = [line for line in lines if re.match(r"\d+\. ", line)]
    assert [line.split()[1].strip(",") for line in listed] == [kind.upper() for kind in documents]
    assert [line for line in listed if line.endswith("(regional). No address.")] == [
        listed[documents.index("regional")]
    ]


def test_it_is_neither_named_nor_counted(catalog) -> None:
    shown = dict(zip(*(rows_on_view(on_view(catalog, WINDOW))[column] for column in ("row", "Sources")), strict=True))
    documents = [kind.upper() for kind in DEFAULT.ids("source_kinds")[:-1]]
    assert shown == {"incident:raid": ", ".join(documents), "incident:talk": "", "site:base": ", ".join(documents)}
    assert sources_on_view(on_view(catalog, WINDOW)) == len(documents)


def test_no_source_of_the_curated_data_is_told_that_is_none(curated) -> None:
    text = brief_text(
        curated,
        brief(on_view(curated, View(date(2011, 1, 1), date(2026, 3, 12)))),
        "x",
        markdown=False,
    )
    assert UNSOURCED not in text
    assert "(memory)" not in text


COPY = "https://web.archive.org/web/20261124120000/https://example.org/report"


@pytest.fixture(scope="module")
def compiled(catalog_of) -> Catalog:
    """A site held by the word of two reports that no curator has read; one incident has a source that one has."""
    cells = {"sources": "afp; reuters"}
    return catalog_of(
        sources=[
            {"id": "afp", "publisher": "AFP", "via": "METracker", "archived": COPY},
            {"id": "reuters", "publisher": "Reuters", "via": "a *digest* {x}", "url": ""},
            {"id": "ap", "publisher": "AP", "accessed": "2026-11-24", "archived": COPY},
        ],
        sites=[{"id": "base", **cells}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2016", "end": "2026-02-11", **cells}],
        incidents=[
            {"id": "raid", "site": "base", **cells},
            {"id": "talk", "site": "base", "sources": "afp; ap"},
        ],
        strengths=[{"id": "s", "site": "base", "date": "2026-02", **cells}],
        claims=[
            {"id": "a", "row": "site:base", "field": "start", "value": "2015", **cells},
            {"id": "b", "row": "site:base", "field": "start", "value": "2016", "sources": "ap"},
        ],
    )


@pytest.mark.parametrize(
    ("cited", "caveats"),
    [
        (("afp", "reuters"), (COMPILED,)),
        (("afp",), (COMPILED,)),
        (("afp", "ap"), ()),
        (("ap",), ()),
        ((), ()),
    ],
)
def test_only_what_no_curator_has_read_is_known_through_a_compilation(compiled, cited, caveats) -> None:
    assert sourcing(compiled, cited).caveats == caveats


def test_with_a_curators_own_knowledge_it_is_not_through_a_compilation_alone(catalog_of) -> None:
    catalog = catalog_of(sources=[{"id": "afp", "via": "METracker"}, {"id": "memory", "kind": "memory", "url": ""}])
    assert sourcing(catalog, ["afp", "memory"]).caveats == (UNSOURCED,)


def test_a_page_that_no_curator_has_read_says_who_cites_it(compiled) -> None:
    told = {source.id: (named(source), marks(source), read_on(source)) for source in source_rows(compiled).values()}
    assert told == {
        "afp": ("AFP (wire, cited by METracker)", ("wire", "page not read; cited by METracker"), ""),
        "reuters": (
            "Reuters (wire, no address, cited by a *digest* {x})",
            ("wire", NO_ADDRESS, "page not read; cited by a *digest* {x}"),
            "",
        ),
        "ap": ("AP (wire)", ("wire",), "read on 24 November 2026"),
    }


def test_the_files_cite_archived_copies_too(compiled) -> None:
    told = citing(compiled)
    report = "https://example.org/report"
    assert told("afp") == f"AFP, Report, undated, {report}, page not read; cited by METracker, archived copy: {COPY}"
    assert told("ap") == f"AP, Report, undated, {report}, read on 24 November 2026, archived copy: {COPY}"


@pytest.mark.parametrize("markdown", [False, True])
def test_the_brief_tells_copies_and_what_was_not_read(compiled, markdown) -> None:
    lines = brief_text(compiled, brief(on_view(compiled, WINDOW)), "https://example.org/", markdown).splitlines()
    [change] = [line for line in lines if line.startswith("- ")]
    assert change.endswith(f"[1, 2] (Syria; high confidence; {COMPILED})")
    url, copy = ("https://example.org/report", COPY)
    if markdown:
        url, copy = f"<{url}>", f"<{copy}>"
    digest = r"a \*digest\* \{x\}" if markdown else "a *digest* {x}"
    assert lines[lines.index("## Sources" if markdown else "SOURCES") + 2 :][:2] == [
        f"1. AFP, Report, undated (wire). {url} Page not read; cited by METracker. Archived copy: {copy}",
        f"2. Reuters, Report, undated (wire). No address. Page not read; cited by {digest}.",
    ]


def test_every_panel_offers_the_copy_and_says_once_that_a_row_is_known_through_a_compilation(
    compiled, texts_of
) -> None:
    view = View(date(2025, 12, 1), date(2026, 3, 12))
    built = card(on_view(compiled, view), "site:base")
    texts = texts_of([built])
    # The presence, the count, the claim, and the site itself, each beside its own sources.
    assert [text.lower() for text in texts].count(COMPILED) == 4
    assert texts.count(ARCHIVED) == 5, "of AFP in each of these, and of AP in the other claim"
    assert "page not read; cited by METracker" in texts
    assert "AFP (wire, cited by METracker)" in texts
    talk = texts_of([card(on_view(compiled, view), "incident:talk")])
    assert COMPILED.capitalize() not in talk
    assert talk.count(ARCHIVED) == 2
