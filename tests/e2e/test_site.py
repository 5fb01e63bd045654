"""The static site: opened from a disk and from any file server, at the links that the page has."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from components.catalog.catalog import load
from components.site.build import site_files
from components.site.folder import write_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curated data as a static site's folder."""
    folder = tmp_path_factory.mktemp("site") / "site"
    write_folder(folder, site_files(load(ROOT / "data")))
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1440 pixels; afterwards there must be no error, and no request to another host."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert said == []
    assert [url for url in asked if not re.match(r"(file|data|blob):|http://127\.0\.0\.1[:/]", url)] == []


def open_at(page: Page, base: str, **query: object) -> dict:
    """Open the map at a link's keys (``from_`` for from); return its state."""
    pairs = {key.rstrip("_"): value for key, value in query.items()}
    page.goto(f"{base}?{urlencode(pairs, doseq=True)}")
    page.wait_for_function("() => window.laydown?.state().ready")
    return page.evaluate("() => laydown.state()")


def test_the_map_opens_from_a_disk_at_its_link(site: Path, page: Page):
    state = open_at(page, (site / "index.html").as_uri(), from_="2026-02-01", to="2026-02-28", sel="site:al-tanf")
    assert state["window"] == {"from": "2026-02-01", "to": "2026-02-28"}
    assert state["selected"] == "site:al-tanf"
    details = page.get_by_role("region", name="Details")
    expect(details.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    expect(details).to_contain_text("Handed over: United States → Syrian government")
