"""The Share dialog, and what a cited link tells its reader."""

import re

import pytest


def test_the_share_dialog_gives_the_link_and_its_citations(visit, curated) -> None:
    page = visit(**{"from": "2025-12-01", "sel": "site:al-tanf"})
    page.app.button(key="share").click().run()
    page.sound()
    texts = page.parts["shared"]
    assert any(re.search(r"/\?from=2025-12-01&sel=site:al-tanf$", text) for text in texts)
    assert sum(curated.version in text for text in texts) == 3
    assert {"Copy link", "Plain", "Chicago", "BibTeX"} <= set(texts)
    assert page.query == {"from": ["2025-12-01"], "sel": ["site:al-tanf"]}, "the dialog is no part of the view"


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
