"""In what order the sources of a row are told, and what is told where there are none."""

import re
from datetime import date

import pytest

from components.catalog.catalog import Catalog
from components.catalog.tables import SOURCE_KINDS
from components.export.picture.caption import sources_on_view
from components.export.rows import citing
from components.ui.table import rows_on_view
from components.view.brief import brief, brief_text
from components.view.selection import select
from components.view.sourcing import NO_ADDRESS, UNSOURCED, named, ranked, sourcing
from components.view.view import View

WINDOW = View(date(2025, 12, 1), date(2026, 3, 12))


@pytest.fixture(scope="module")
def catalog(catalog_of) -> Catalog:
    """A site whose row cites one source of each kind, the worst first; one is without an address."""
    kinds = SOURCE_KINDS[::-1]
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
    assert SOURCE_KINDS[:3] == ("wire", "official", "press")
    assert SOURCE_KINDS[-2:] == ("partisan", "memory")


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ((), ()),
        (("press", "wire"), ("wire", "press")),
        (("memory", "partisan", "official", "partisan"), ("official", "partisan", "memory")),
        (SOURCE_KINDS[::-1], SOURCE_KINDS),
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
    told = brief(catalog, WINDOW, ["base"])
    lines = brief_text(catalog, told, "https://example.org/", markdown).splitlines()
    documents = SOURCE_KINDS[:-1]
    [change] = [line for line in lines if line.startswith("- ")]
    assert change.endswith(f" [{', '.join(str(n) for n in range(1, len(documents) + 1))}] ({UNSOURCED})")
    listed = [line for line in lines if re.match(r"\d+\. ", line)]
    assert [line.split()[1].strip(",") for line in listed] == [kind.upper() for kind in documents]
    assert [line for line in listed if line.endswith("(regional). No address.")] == [
        listed[documents.index("regional")]
    ]


def test_no_count_counts_it(catalog) -> None:
    selection = select(catalog, View(date(2026, 1, 1), date(2026, 3, 12)))
    shown = dict(zip(*(rows_on_view(catalog, WINDOW, selection)[column] for column in ("row", "Sources")), strict=True))
    documents = len(SOURCE_KINDS) - 1
    assert shown == {"incident:raid": documents, "incident:talk": 0, "site:base": documents}
    assert sources_on_view(catalog, WINDOW, selection) == documents


def test_no_source_of_the_curated_data_is_told_that_is_none(curated) -> None:
    text = brief_text(
        curated,
        brief(curated, View(date(2011, 1, 1), date(2026, 3, 12)), list(curated.sites["id"])),
        "x",
        markdown=False,
    )
    assert UNSOURCED in text
    assert "(memory)" not in text
