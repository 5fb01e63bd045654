"""The Share dialog, and what a cited link tells its reader."""

import re
from datetime import date
from urllib.parse import quote_plus

import pytest

from components.catalog.served import open_catalog
from components.export.files import FILES
from components.map.embed import Shape
from components.ui.share import framed, linked
from components.view.view import View, default_view


def test_the_share_dialog_gives_the_link_and_its_citations(visit, press, curated) -> None:
    page = visit(**{"from": "2025-12-01", "sel": "site:al-tanf"})
    press(page, "share", "share", "")
    assert any(re.search(r"/\?from=2025-12-01&sel=site:al-tanf$", text) for text in page.parts["linked"])
    assert "Copy link" in page.parts["linked"]
    texts = page.parts["cited"]
    assert sum(curated.version in text for text in texts) == 3
    assert {"Plain", "Chicago", "BibTeX"} <= set(texts)
    assert page.query == {"from": ["2025-12-01"], "sel": ["site:al-tanf"]}, "the dialog is no part of the view"


OLD, NEW = "7/33.5000/38.6000", "8.25/34.1000/39.2000"
PREFIX = "https://host.example/~/+/"


@pytest.mark.parametrize(
    ("address", "public", "base", "camera"),
    [
        (f"{PREFIX}?map={NEW}&kind=attack", "", PREFIX, NEW),
        (f"https://host.example/~/+?map={quote_plus(NEW)}#here", "", PREFIX, NEW),
        (f"{PREFIX}?kind=attack", "", PREFIX, None),
        (f"{PREFIX}?map={NEW}", "https://public.example/map", "https://public.example/map/", NEW),
        ("https://[nowhere/?map=", "https://public.example", "https://public.example/", OLD),
    ],
    ids=["behind a prefix", "escaped", "home", "set", "no address"],
)
def test_share_is_of_the_browsers_own_address_and_camera(
    visit, press, monkeypatch, address: str, public: str, base: str, camera: str | None
) -> None:
    monkeypatch.setenv("LAYDOWN_URL", public)
    page = visit(kind="attack", map=OLD)
    press(page, "share", "share", "", address=address)
    query = "kind=attack" + (f"&map={camera}" if camera else "")
    assert f"{base}?{query}" in page.parts["linked"]
    assert f'src="{base}embed?{query.replace("&", "&amp;")}"' in page.parts["framed"][0]
    [part] = [one for one in page.app.get("bidi_component") if one.proto.id.endswith("-filed")]
    assert f'"{base}export/view.kml?{query}"' in part.proto.json
    assert all(f"{base}?data=" in text for text in page.parts["cited"] if "Laydown" in text)
    assert all(f"map={camera}" in text or not camera for text in page.parts["cited"] if "Laydown" in text)
    assert page.query.get("map", [None]) == [camera]


def test_a_press_keeps_the_camera_that_the_map_wrote_into_the_address(visit, press) -> None:
    page = visit(kind="attack", map=OLD)
    press(page, "facets", "kind", "battle", address=f"{PREFIX}?kind=attack&map={NEW}")
    assert page.query == {"kind": ["attack", "battle"], "map": [NEW]}


def test_the_embeds_code_is_of_the_view(visit, press) -> None:
    page = visit(kind="attack")
    press(page, "share", "share", "")
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


def test_every_file_is_offered_with_the_views_own_query(visit, press) -> None:
    page = visit(kind="attack", data="0123456789ab")
    press(page, "share", "share", "")
    [part] = [one for one in page.app.get("bidi_component") if one.proto.id.endswith("-filed")]
    links = re.findall(r'"href": ?"([^"]+)"', part.proto.json)
    base = "https://map.example.org/export/"
    assert sorted(links) == sorted(f"{base}{name}?kind=attack" for name in FILES)


def test_a_cited_link_tells_where_the_data_has_changed(visit, curated) -> None:
    assert visit(data=curated.version).parts["notices"] == []
    [notice] = visit(data="0123456789ab").parts["notices"]
    assert notice == f"The data has changed since this was cited: it was 0123456789ab, and is {curated.version}."


@pytest.mark.parametrize("version", ["x", "0123456789AB", "0123456789abc"])
def test_what_is_no_version_is_ignored_with_a_notice(visit, version) -> None:
    [notice] = visit(data=version).parts["notices"]
    assert "is not a version of data" in notice


def test_another_view_is_no_longer_the_cited_one(visit, press) -> None:
    page = visit(data="0123456789ab")
    press(page, "search", "search", "tanf")
    assert page.query == {"q": ["tanf"]}


@pytest.mark.parametrize(("length", "scanned"), [(2_331, True), (2_332, False)])
def test_a_link_too_long_to_scan_is_shown_without_its_code(curated, texts_of, length: int, scanned: bool) -> None:
    base = "https://map.example.org/".ljust(length - 1, "a") + "/"
    nodes = linked(curated, default_view(curated), base)
    assert base in texts_of(nodes)
    assert ("symbol" in str(nodes)) == scanned
    assert ("The link is too long for a code to scan." in texts_of(nodes)) != scanned
