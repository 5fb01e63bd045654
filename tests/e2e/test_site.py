"""The static site: opened from a disk and from any file server, at the links that the page has."""

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from components.catalog.catalog import Catalog
from components.view.link import read_link
from components.view.on_view import on_view
from tests.curated import TO
from tests.e2e.conftest import Tabs
from tests.e2e.test_everyone import BY_THEME, PHONE, faults
from tests.e2e.test_link import VIEWS
from tests.site import curated_site

LOCAL = re.compile(r"(file|data|blob):|http://127\.0\.0\.1[:/]")
ABSENT = {"known": "is of what this site has not", "tab": "is of what this site has not"}
"""The keys of VIEWS for which a static site has nothing: of tab, but for the opening panel and the card."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return curated_site(tmp_path_factory)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def hosted(folder: Path) -> Iterator[str]:
    """The site in a subfolder of a file server, as a project's pages are; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{folder.name}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def new_page(tabs: Tabs, hosted: str) -> Iterator[Any]:
    """Open pages; afterwards there must be no error, and no request to another host."""
    opened, said, asked = [], [], []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: said.append(message.text) if message.type == "error" else None,
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }

    def build(width: int = 1440, height: int = 900, **options: Any) -> Page:
        options["viewport"] = {"width": width, "height": height}
        page = tabs.take(options)
        opened.append((options, page))
        for event, listener in listeners.items():
            page.on(event, listener)
        return page

    yield build
    for options, page in opened:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        # What a page on the disk has kept is not to be cleared from here.
        tabs.give_back(options, page, f"{hosted}robots.txt", reusable=page.url.startswith(hosted))
    assert said == []
    assert [url for url in asked if not LOCAL.match(url)] == []


@pytest.fixture
def page(new_page: Any) -> Page:
    one: Page = new_page()
    return one


def open_at(page: Page, base: str, **query: Any) -> dict[str, Any]:
    """Open the map at a link's keys (``from_`` for from); return its state."""
    pairs = {key.rstrip("_"): value for key, value in query.items()}
    page.goto(f"{base}?{urlencode(pairs, doseq=True)}")
    return settled(page)


def settled(page: Page) -> dict[str, Any]:
    page.wait_for_function("() => window.laydown?.state().ready && document.querySelector('.finder')")
    state: dict[str, Any] = page.evaluate("() => laydown.state()")
    return state


def details(page: Page) -> Locator:
    return page.get_by_role("region", name="Details")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("query", VIEWS, ids=lambda query: "-".join(query))
def test_a_link_of_the_page_opens_the_same_view(
    page: Page, hosted: str, curated: Catalog, query: dict[str, Any]
) -> None:
    state = open_at(page, hosted, **query)
    pairs = {key.rstrip("_"): value if isinstance(value, list) else [value] for key, value in query.items()}
    absent = {key for key in ABSENT if key in pairs and pairs[key] not in (["selected"], ["changes"])}
    view, wrong = read_link({key: values for key, values in pairs.items() if key not in absent}, curated)
    assert wrong == []
    shown = on_view(curated, view).selection
    assert state["window"] == {"from": view.start.isoformat(), "to": view.end.isoformat()}
    assert state["shown"] == {
        "sites": len(shown.sites),
        "incidents": len(shown.incidents),
        "movements": len(shown.movements),
    }
    assert (state["selected"], state["marks"]) == (view.selected, view.show)
    for key in absent:
        expect(page.get_by_role("alert")).to_contain_text(f"The link's {key} “{pairs[key][0]}” {ABSENT[key]}")
    if "map" in query:
        zoom, lat, lon = (float(part) for part in query["map"].split("/"))
        assert state["camera"] == {
            "zoom": zoom,
            "lat": pytest.approx(lat, abs=0.01),
            "lon": pytest.approx(lon, abs=0.01),
        }
    kept = query_of(page)
    assert kept == {key: values for key, values in pairs.items() if key not in absent}


def test_a_bad_link_is_told_and_the_rest_of_it_kept(page: Page, hosted: str) -> None:
    state = open_at(
        page, hosted, from_="2025-12-01", to="2026-13-40", kind=["attack", "parade"], sel="site:atlantis", map="x"
    )
    alert = page.get_by_role("alert")
    for key, value in (("to", "2026-13-40"), ("kind", "parade"), ("sel", "site:atlantis"), ("map", "x")):
        expect(alert).to_contain_text(f"The link's {key} “{value}”")
    assert state["window"] == {"from": "2025-12-01", "to": TO}
    assert query_of(page) == {"from": ["2025-12-01"], "kind": ["attack"]}


def test_from_a_disk_a_card_tells_a_site_as_of_any_window(page: Page, folder: Path) -> None:
    state = open_at(page, (folder / "index.html").as_uri(), from_="2026-02-01", to="2026-02-28", sel="site:al-tanf")
    assert state["selected"] == "site:al-tanf"
    card = details(page)
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    expect(card).to_contain_text("Handed over: United States → Syrian government")
    end = page.get_by_role("slider", name="Window end")
    end.press("PageDown")
    expect(card).not_to_contain_text("Handed over")
    expect(card).to_contain_text("Held: United States")
    page.go_back()
    expect(card).to_contain_text("Handed over: United States → Syrian government")
    card.get_by_role("link", name="Its page").click()
    expect(page.get_by_role("heading", level=1, name="Al-Tanf garrison")).to_be_visible()
    page.get_by_role("link", name="Open on the map").click()
    assert settled(page)["selected"] == "site:al-tanf"


def test_a_search_finds_lists_and_stays_in_the_link(page: Page, hosted: str) -> None:
    whole = open_at(page, hosted)["shown"]["incidents"]
    field = page.get_by_role("searchbox", name="Search")
    field.fill("qasrak")
    page.wait_for_function(f"() => laydown.state().shown.incidents < {whole}")
    field.press("Enter")
    page.wait_for_function("() => new URL(location.href).searchParams.get('q') === 'qasrak'")
    page.get_by_role("search").get_by_role("button", name="Qasrak").first.click()
    page.wait_for_function("() => laydown.state().selected === 'site:qasrak'")
    expect(details(page).get_by_role("heading", level=2).first).to_contain_text("Qasrak")
    page.go_back()
    page.wait_for_function("() => !laydown.state().selected")
    page.go_back()
    page.wait_for_function(f"() => laydown.state().shown.incidents === {whole}")
    expect(field).to_have_value("")


def test_a_filter_is_chosen_and_cleared(page: Page, hosted: str) -> None:
    whole = open_at(page, hosted)["shown"]["incidents"]
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("group", name="Country").get_by_label("Syria").check()
    page.wait_for_function(f"() => laydown.state().shown.incidents < {whole}")
    assert query_of(page) == {"country": ["Syria"]}
    page.get_by_role("search").get_by_role("button", name="Clear filters").click()
    page.wait_for_function(f"() => laydown.state().shown.incidents === {whole}")
    assert query_of(page) == {}


def test_a_briefing_is_a_tour(page: Page, hosted: str) -> None:
    open_at(page, hosted, kind="attack")
    told = details(page)
    told.get_by_role("button", name="The Al-Tanf withdrawal").click()
    page.wait_for_function("() => new URL(location.href).searchParams.get('step') === 'al-tanf-withdrawal/1'")
    expect(told).to_contain_text("1 of 7")
    told.get_by_role("button", name="Next").click()
    expect(told).to_contain_text("2 of 7")
    page.wait_for_function("() => laydown.state().window.from === '2017-05-01'")
    told.get_by_role("button", name="Close the briefing").click()
    page.wait_for_function("() => location.search === '?kind=attack'")


def test_compare_status_and_sources_are_there(page: Page, hosted: str) -> None:
    open_at(page, hosted)
    tools = details(page).get_by_role("group", name="On the map")
    tools.get_by_role("button", name="Changes").click()
    page.wait_for_function("() => laydown.state().marks === 'changes'")
    details(page).get_by_role("group", name="On the map").get_by_role("button", name="Compare").click()
    page.wait_for_function("() => laydown.state().compare === 50")
    page.get_by_role("button", name="Sources", exact=True).click()
    expect(details(page)).to_contain_text("sources")
    assert details(page).get_by_role("link").count() > 300


def test_the_nearest_page_to_the_dates_is_said(page: Page, hosted: str) -> None:
    open_at(page, hosted, from_="2026-01-27", to="2026-02-15")
    expect(details(page)).to_contain_text(
        "What changed in these dates, who held what, and its files: Al-Tanf withdrawal."
    )
    page.goto(f"{hosted}?from=2019-10-01&to=2019-11-30")
    settled(page)
    expect(details(page)).to_contain_text("Nearest to those on view: Northern pull-out.")


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_by_day_and_by_night(new_page: Any, hosted: str, screen: dict[str, Any]) -> None:
    page, found = new_page(**screen, bypass_csp=True), {}
    for address in (
        "index.html",
        "index.html?sel=site:al-tanf",
        "periods/al-tanf-withdrawal.html",
        "sites/al-tanf.html",
        "contents.html",
    ):
        page.goto(f"{hosted}{address}")
        if address.startswith("index"):
            settled(page)
            if "sel" in address:
                expect(details(page).get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
        for theme, rules in BY_THEME.items():
            page.emulate_media(color_scheme=theme)
            if address.startswith("index"):
                page.locator(f"html[data-theme={theme}]").wait_for(state="attached")
            found[address, theme] = faults(page.main_frame, rules=rules)
        page.emulate_media(color_scheme="light")
    assert {where: what for where, what in found.items() if what} == {}
