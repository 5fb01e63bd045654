"""Nothing in the built site leads nowhere: pages, files, pictures, places in a page; and links of the map."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urldefrag, urlsplit
from xml.etree import ElementTree as ET

import pytest

from components.catalog.catalog import Catalog, load
from components.settings import data_folder
from components.view.link import read_link
from tests.site import URL

pytestmark = pytest.mark.e2e  # of a whole site, which takes seconds to write


class Links(HTMLParser):
    """The addresses that a page leads to, and the places in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src") or (name == "content" and (value or "").startswith(URL)):
                self.found.append(value or "")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Links]:
    return {path.relative_to(site).as_posix(): Links(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(data_folder())


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path, pages: dict[str, Links], catalog: Catalog) -> None:
    dead = []
    for page, links in pages.items():
        for address in links.found:
            local = address.removeprefix(URL)
            if urlsplit(local).scheme in ("http", "https"):
                continue
            assert not address.startswith(("/", "//")), f"{page}: {address} is not relative"
            base = Path() if address.startswith(URL) else Path(page).parent
            path, place = urldefrag(local)
            path, _, query = path.partition("?")
            target = (
                (site / base / unquote(path)).resolve() if path else site / (page if address != URL else "index.html")
            )
            name = target.relative_to(site.resolve()).as_posix() if target.is_file() else ""
            if not name or (place and place not in pages[name].ids):
                dead.append(f"{page}: {address}")
            elif query and name == "index.html":
                _, faults = read_link(parse_qs(query), catalog)
                dead += [f"{page}: {address}: {fault.notice}" for fault in faults]
    assert dead == []


def test_places_in_a_page_are_named_once(pages: dict[str, Links]) -> None:
    assert {page: ids for page, links in pages.items() if len(ids := links.ids) != len({*ids})} == {}


def test_every_page_is_led_to_from_the_contents_and_leads_back(pages: dict[str, Links]) -> None:
    reached = {address.partition("#")[0] for address in pages["contents.html"].found}
    assert {page for page in pages if "/" in page} <= reached
    for page, links in pages.items():
        if "/" in page:
            assert {"../index.html", "../contents.html"} <= set(links.found)


def test_what_the_map_tells_leads_to_pages_that_are_there(site: Path, pages: dict[str, Links]) -> None:
    script = (site / "data" / "site.js").read_text()
    told = json.dumps(_held(script))
    found = set(re.findall(r'"page": "([^"]+)"', told))
    assert {page for page in pages if page.startswith(("periods/", "years/"))} <= found
    assert found <= pages.keys()


def test_feed_and_sitemap_lead_to_the_site(site: Path, pages: dict[str, Links], catalog: Catalog) -> None:
    sitemap = ET.parse(site / "sitemap.xml").getroot()
    addresses = [loc.text or "" for loc in sitemap.findall(".//{*}loc")]
    assert {address.removeprefix(URL) or "index.html" for address in addresses} == pages.keys() - {
        "contents.html",
        "method.html",
    }
    feed = ET.parse(site / "feed.atom").getroot()
    links = [link.get("href", "") for link in feed.findall("./{*}entry/{*}link") if link.get("rel") == "alternate"]
    assert len(links) > 10
    for link in links:
        assert link.startswith(URL)
        assert read_link(parse_qs(urlsplit(link).query), catalog)[1] == []


def _held(script: str) -> object:
    return json.loads(gzip.decompress(base64.b64decode(script.partition("base64,")[2].partition('"')[0])))
