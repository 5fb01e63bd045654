"""A View cited, and its link."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.view.citation import STYLES, citations, data_date, view_link
from components.view.view import Camera, View, default_view, read_view

BASE = "https://example.org/laydown/"
TODAY = date(2026, 11, 22)
VIEW = View(date(2025, 12, 1), date(2026, 3, 12), selected="site:al-tanf", camera=Camera(8, 33.5, 38.6))


def test_a_link_is_short_and_in_order(named) -> None:
    assert view_link(named, default_view(named), BASE) == BASE
    assert view_link(named, VIEW, BASE) == f"{BASE}?from=2025-12-01&map=8/33.5000/38.6000&sel=site:al-tanf"


@given(st.data())
def test_a_link_leads_back_to_its_view(curated, view_strategy, data) -> None:
    view = data.draw(view_strategy)
    query = parse_qs(urlsplit(view_link(curated, view, BASE)).query, keep_blank_values=True)
    found, notices = read_view(query, curated)
    assert notices == []
    assert view_link(curated, found, BASE) == view_link(curated, view, BASE)


def test_every_style_names_the_view_the_data_its_day_and_the_day_it_was_seen(curated) -> None:
    cited = citations(curated, VIEW, BASE, TODAY)
    assert tuple(cited) == STYLES
    newest = data_date(curated)
    assert newest is not None
    for text in cited.values():
        assert "Al-Tanf garrison, 1 Dec 2025" in text
        assert curated.version in text
        assert f"data={curated.version}" in text
        assert str(newest.year) in text
    assert "(seen 22 November 2026)" in cited["plain"]
    assert "Accessed November 22, 2026." in cited["chicago"]
    assert "urldate = {2026-11-22}" in cited["bibtex"]
    assert cited["bibtex"].startswith("@misc{laydown-al-tanf-garrison-1-dec-2025-12-mar-2026,\n")


@pytest.mark.parametrize("title", ["50% & more_less", "x#y$z", "back\\slash", "tilde~hat^"])
def test_a_title_is_text_in_bibtex(catalog_of, title) -> None:
    catalog = catalog_of(sites=[{"id": "base", "name": title}])
    text = citations(catalog, View(date(2026, 1, 1), date(2026, 1, 2), selected="site:base"), BASE, TODAY)["bibtex"]
    line = next(line for line in text.splitlines() if line.startswith("  title"))
    inner = line.removeprefix("  title = {").removesuffix("},")
    bare = inner.replace("\\~{}", "").replace("\\^{}", "")
    for mark in "&%$#_{}":
        assert bare.replace(f"\\{mark}", "").count(mark) == 0


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("a {b} c", r"a \textbraceleft{}b\textbraceright{} c"),
        ("open { only", r"open \textbraceleft{} only"),
        ("} closed", r"\textbraceright{} closed"),
        ('The "Rock" ("x")', "The ``Rock'' (``x'')"),
        ("two\n lines", "two lines"),
    ],
)
def test_braces_and_quotes_of_a_title_are_none_of_bibtex(catalog_of, title: str, told: str) -> None:
    catalog = catalog_of(sites=[{"id": "base", "name": title}])
    view = View(date(2026, 1, 1), date(2026, 1, 2), selected="site:base")
    text = citations(catalog, view, BASE, TODAY)["bibtex"]
    assert f"  title = {{{told}, 1 Jan 2026" in text
    assert text.count("{") == text.count("}"), "BibTeX counts those after a backslash too"


def test_data_without_dated_sources_has_no_date(catalog_of) -> None:
    assert data_date(catalog_of()) is None
    assert "sources to" not in citations(catalog_of(), default_view(catalog_of()), BASE, TODAY)["plain"]
