"""The Share dialog, and what a cited link tells its reader."""

import re
from datetime import date

import pytest
import streamlit as st

from components.catalog.catalog import open_catalog
from components.export.embed import Shape
from components.export.files import FILES
from components.ui.share import framed, linked
from components.view.view import View, default_view


@pytest.fixture(autouse=True)
def address(monkeypatch) -> None:
    """The page has an address only in a browser."""
    monkeypatch.setattr(type(st.context), "url", property(lambda _: "https://map.example.org/?kind=old"))


def test_the_share_dialog_gives_the_link_and_its_citations(visit, curated) -> None:
    page = visit(**{"from": "2025-12-01", "sel": "site:al-tanf"})
    page.app.button(key="share").click().run()
    page.sound()
    assert any(re.search(r"/\?from=2025-12-01&sel=site:al-tanf$", text) for text in page.parts["linked"])
    assert "Copy link" in page.parts["linked"]
    texts = page.parts["cited"]
    assert sum(curated.version in text for text in texts) == 3
    assert {"Plain", "Chicago", "BibTeX"} <= set(texts)
    assert page.query == {"from": ["2025-12-01"], "sel": ["site:al-tanf"]}, "the dialog is no part of the view"


def test_the_embeds_code_is_of_the_view(visit) -> None:
    page = visit(kind="attack")
    page.app.button(key="share").click().run()
    code = page.parts["framed"][0]
    link = "https://map.example.org/embed?kind=attack"
    assert code.startswith(f'<iframe src="{link}" title="US posture in Syria, Jordan and Iraq" ')
    assert 'height="600"' in code


def test_the_embeds_code_follows_its_switches(curated) -> None:
    view = View(date(2026, 1, 1), date(2026, 3, 12), kind=("attack",), search='"><script>', lang="ar")
    code, *_ = framed(curated, view, "https://map.example.org/", Shape(timeline=False, filters=False), 400)[0][2:]
    assert "filters=off&amp;from=2026-01-01&amp;kind=attack&amp;lang=ar" in code[2]
    assert code[2].endswith('style="border:0" loading="lazy" allowfullscreen></iframe>')
    assert "timeline=off" in code[2]
    assert 'height="400"' in code[2]
    assert code[2].count("<") == 2


def test_a_title_cannot_leave_its_attribute_in_the_embeds_code(folder) -> None:
    catalog = open_catalog(folder(toml="title = '\"><script>alert(1)</script>'\n"))
    view = View(date(2026, 1, 1), date(2026, 3, 12))
    code = framed(catalog, view, "https://map.example.org/", Shape(), 400)[0][2][2]
    assert code.startswith("<iframe ")
    assert code.endswith("></iframe>")
    assert code.count("<") == 2


def test_every_file_is_offered_with_the_views_own_query(visit) -> None:
    page = visit(kind="attack", data="0123456789ab")
    page.app.button(key="share").click().run()
    [part] = [one for one in page.app.get("bidi_component") if one.proto.id.endswith("-filed")]
    links = re.findall(r'"href": ?"([^"]+)"', part.proto.json)
    base = "https://map.example.org/export/"
    assert sorted(links) == sorted(f"{base}{name}?kind=attack" for name in FILES)


def test_a_cited_link_tells_where_the_data_has_changed(visit, curated) -> None:
    assert "notices" not in visit(data=curated.version).parts
    [notice] = visit(data="0123456789ab").parts["notices"]
    assert notice == f"The data has changed since this was cited: it was 0123456789ab, and is {curated.version}."


@pytest.mark.parametrize("version", ["x", "0123456789AB", "0123456789abc"])
def test_what_is_no_version_is_ignored_with_a_notice(visit, version) -> None:
    [notice] = visit(data=version).parts["notices"]
    assert "is not a version of data" in notice


def test_another_view_is_no_longer_the_cited_one(visit) -> None:
    page = visit(data="0123456789ab")
    page.app.text_input(key="search").set_value("tanf").run()
    assert page.query == {"q": ["tanf"]}


@pytest.mark.parametrize(("length", "scanned"), [(2_331, True), (2_332, False)])
def test_a_link_too_long_to_scan_is_shown_without_its_code(curated, texts_of, length: int, scanned: bool) -> None:
    base = "https://map.example.org/".ljust(length - 1, "a") + "/"
    nodes = linked(curated, default_view(curated), base)
    assert base in texts_of(nodes)
    assert ("symbol" in str(nodes)) == scanned
    assert ("The link is too long for a code to scan." in texts_of(nodes)) != scanned
