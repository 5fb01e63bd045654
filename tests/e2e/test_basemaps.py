"""The maps under the rows: the built-in one, and online ones, asked for once a reader agrees."""

import base64
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from components.map.basemaps import ONLINE, offered
from tests.curated import TO, shifted
from tests.e2e.conftest import JOINED

TILES = re.compile("|".join(re.escape(host) for base in ONLINE for host in base.hosts()))
UNREACHED = "The online map could not be reached; the built-in map is shown."
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def choose_base(dashboard, label: str) -> None:
    dashboard.control("Base map").click()
    dashboard.frame.get_by_role("radio", name=label).check()
    dashboard.frame.get_by_role("radio", name=label).press("Escape")
    expect(dashboard.frame.get_by_role("radio", name=label)).to_be_hidden()


def agree(dashboard) -> None:
    """Let a link's online map be asked for."""
    dashboard.frame.get_by_role("button", name="Show it").click()


def colours(dashboard, selector: str) -> int:
    """How many colours a canvas of the map holds."""
    return dashboard.in_map(
        """(frame, selector) => {
            const canvas = frame.document.querySelector(selector);
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size;
        }""",
        selector,
    )


def serve_tiles(dashboard) -> list[str]:
    """Answer for the tile servers; return the addresses asked for, as they come."""
    asked: list[str] = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    dashboard.answered = TILES
    dashboard.page.context.route(TILES, answer)
    return asked


def forget_refusals(dashboard) -> None:
    """Of a tile server that is refused on purpose: its requests, and what the console says of them."""
    assert dashboard.refused
    assert all(TILES.match(url) for url in dashboard.refused)
    assert all("Failed to load resource" in error for error in dashboard.errors)
    dashboard.refused.clear()
    dashboard.errors.clear()


def test_nothing_is_asked_of_a_tile_server_until_one_is_chosen(dashboard):
    asked = serve_tiles(dashboard)
    dashboard.open()
    dashboard.control("Base map").click()
    expect(dashboard.frame.get_by_role("radio", name="Built-in map")).to_be_checked()
    labels = dashboard.frame.locator(".layers input[name=base]")
    expect(labels).to_have_count(1 + len(offered()))
    assert asked == []


def test_an_online_map_is_shown_credited_linked_and_restored(open_dashboard: Callable):
    first = open_dashboard()
    asked = serve_tiles(first)
    first.open()
    choose_base(first, "OpenStreetMap")
    first.wait_query(base="osm")
    tile = first.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first
    expect(tile).to_be_visible()
    assert all(re.match(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png$", url) for url in asked)
    expect(first.frame.get_by_text("© OpenStreetMap contributors")).to_be_visible()
    expect(first.frame.get_by_role("link", name="OpenStreetMap")).to_have_attribute(
        "href", "https://www.openstreetmap.org/copyright"
    )
    expect(first.frame.get_by_text(UNREACHED)).to_be_hidden()

    second = open_dashboard()
    serve_tiles(second)
    second.page.goto(first.page.url)
    second.page.wait_for_function(JOINED)
    agree(second)
    expect(second.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
    second.settle()
    choose_base(second, "Built-in map")
    second.wait_query(base=None)
    expect(second.frame.locator(".leaflet-tile-pane img")).to_have_count(0)
    expect(second.frame.get_by_text("© OpenStreetMap contributors")).to_be_hidden()
    second.page.go_back()
    second.wait_query(base="osm")
    expect(second.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()


def question_of(dashboard: Any) -> Locator:
    found: Locator = dashboard.frame.get_by_text(
        "This link shows an online map: OpenStreetMap. Its server would learn your address."
    )
    return found


def loaded_tile(dashboard: Any) -> Locator:
    found: Locator = dashboard.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first
    return found


def test_a_links_online_map_is_asked_for_once_its_reader_agrees(fresh):
    asked = serve_tiles(fresh)
    question, tile = question_of(fresh), loaded_tile(fresh)
    fresh.open(base="osm")
    expect(question).to_be_visible()
    assert colours(fresh, ".leaflet-basemap-pane canvas") > 20
    fresh.frame.get_by_role("slider", name="Window end").press("PageDown")
    fresh.wait(f"state.window.to < '{shifted(TO, -10)}'")
    fresh.settle()
    expect(question).to_be_visible()
    fresh.control("Base map").click()
    expect(fresh.frame.get_by_role("radio", name="Built-in map")).to_be_checked()
    fresh.control("Base map").click()

    fresh.frame.get_by_role("button", name="Keep the built-in map").click()
    fresh.wait_query(base=None)
    expect(question).to_be_hidden()
    assert fresh.in_map("({ document, map }) => document.activeElement === map.getContainer()")
    fresh.page.go_back()
    fresh.wait_query(base="osm")
    expect(question).to_be_visible()
    assert asked == []

    agree(fresh)
    expect(tile).to_be_visible()
    assert asked
    expect(question).to_be_hidden()
    assert fresh.query()["base"] == ["osm"]
    fresh.control("Base map").click()
    expect(fresh.frame.get_by_role("radio", name="OpenStreetMap")).to_be_checked()
    fresh.frame.get_by_role("radio", name="Built-in map").check()
    fresh.wait_query(base=None)
    fresh.page.go_back()
    fresh.wait_query(base="osm")
    expect(tile).to_be_visible()

    asked.clear()
    fresh.open(base="osm")
    expect(question).to_be_hidden()
    expect(tile).to_be_visible()
    asked.clear()
    fresh.open(base="esri-imagery")
    expect(fresh.frame.get_by_text("This link shows an online map: Satellite (Esri).")).to_be_visible()
    fresh.page.goto(f"{fresh.address}/embed?base=osm")
    fresh.page.wait_for_function("() => window.laydown?.state().ready")
    expect(fresh.page.locator(".question")).to_be_hidden()
    assert asked == [], "who reads another page is neither asked nor told on"


def test_where_nothing_can_be_kept_each_page_asks_again(fresh):
    asked = serve_tiles(fresh)
    question, tile = question_of(fresh), loaded_tile(fresh)
    fresh.prepare(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    fresh.open(base="osm")
    expect(question).to_be_visible()
    assert asked == []
    agree(fresh)
    expect(tile).to_be_visible()
    expect(question).to_be_hidden()
    asked.clear()
    fresh.open(base="osm")
    expect(question).to_be_visible()
    assert asked == []


def test_a_choice_among_the_layers_agrees(fresh):
    serve_tiles(fresh)
    fresh.open(base="osm")
    choose_base(fresh, "OpenStreetMap")
    expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
    expect(fresh.frame.get_by_role("button", name="Show it")).to_be_hidden()
    fresh.open(base="osm")
    expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()


def test_every_online_map_may_be_fetched_and_is_credited(fresh, subtests):
    """The page's security policy lets its tiles come."""
    asked = serve_tiles(fresh)
    fresh.open()
    for base in offered():
        with subtests.test(base=base.slug):
            fresh.go(base=base.slug)
            expect(fresh.frame.get_by_text(f"This link shows an online map: {base.label}.")).to_be_visible()
            asked.clear()
            agree(fresh)
            expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
            assert asked
            assert all(url.startswith(base.hosts()) for url in asked)
            text = "".join(part for part, _ in base.config()["attribution"])
            expect(fresh.frame.locator(".attribution")).to_have_text(text)


def test_a_tile_server_that_cannot_be_reached_leaves_the_built_in_map_and_says_so(the_map):
    the_map.open()
    choose_base(the_map, "Satellite (Esri)")
    notice = the_map.frame.get_by_text(UNREACHED)
    expect(notice).to_be_visible()
    assert colours(the_map, ".leaflet-basemap-pane canvas") > 20
    expect(the_map.frame.locator(".attribution")).to_be_hidden()
    the_map.wait_query(base="esri-imagery")
    assert the_map.state()["shown"]["incidents"] > 0
    the_map.frame.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()
    forget_refusals(the_map)


def test_the_notice_goes_when_the_tiles_come_after_all(fresh):
    fresh.open(base="osm")
    agree(fresh)
    expect(fresh.frame.get_by_text(UNREACHED)).to_be_visible()
    serve_tiles(fresh)
    fresh.control("Zoom in").click()
    expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded[src*='/8/']").first).to_be_attached()
    expect(fresh.frame.get_by_text(UNREACHED)).to_be_hidden()
    forget_refusals(fresh)


def test_a_base_that_this_server_has_no_key_for_is_told(dashboard):
    dashboard.open(base="carto-positron")
    expect(dashboard.frame.get_by_text("This server does not offer that online map")).to_be_visible()


def test_a_base_of_a_link_that_is_none_is_told(dashboard):
    dashboard.open(base="mars")
    expect(dashboard.page.get_by_role("alert").filter(has_text="The link's base “mars”")).to_have_count(1)
