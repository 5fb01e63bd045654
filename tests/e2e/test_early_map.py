"""The early map: there before Streamlit, kept when that comes; where it fails streamlit-folium's own is built."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Route, expect

from tests.curated import FROM, TO, shifted
from tests.e2e.conftest import JOINED, READY

AL_TANF = (33.5058, 38.6178)
APP = "document.querySelector('.stApp')"
SHIFTS: Final = """window.shift = 0;
window.moved = [];
const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
new PerformanceObserver((list) => {
  for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
    if (hadRecentInput) continue;
    shift += value;
    for (const { node, previousRect, currentRect } of sources) {
      const what = `${startTime} ms: ${node?.nodeName} ${node?.className}`;
      moved.push(`${what} ${place(previousRect)} to ${place(currentRect)}`);
    }
  }
}).observe({ type: "layout-shift", buffered: true });"""
"""Sums up the cumulative layout shift, as a browser tells it, and notes what moved."""
EMPTY_COLUMN: Final = """() => {
    const panel = document.querySelector(".st-key-panel");
    const column = panel.closest(".stColumn");
    panel.classList.remove("st-key-panel");
    const { display } = getComputedStyle(column);
    panel.classList.add("st-key-panel");
    return display;
}"""
"""How the panel's column is displayed while the panel is not there."""
MAPS: Final = """() => [document, document.querySelector("#early")?.shadowRoot].filter(Boolean)
    .flatMap((root) => [...root.querySelectorAll("iframe")])
    .filter((one) => one.contentWindow.laydown?.state().ready).length"""


@pytest.fixture
def held(open_dashboard: Callable):
    """Open the page while Streamlit's own scripts are held back; return it and what lets them come."""
    dashboard = open_dashboard()
    waiting: list[Route] = []
    holding = True
    dashboard.page.route("**/static/js/*.js", lambda route: waiting.append(route) if holding else route.continue_())

    def release() -> None:
        nonlocal holding
        holding = False
        for route in waiting:
            route.continue_()
        dashboard.page.wait_for_function(JOINED, timeout=60_000)
        dashboard.settle()

    def opened(**query: str):
        dashboard.page.goto(
            f"{dashboard.address}/?" + "&".join(f"{key}={value}" for key, value in query.items()), wait_until="commit"
        )
        dashboard.page.wait_for_function(READY)
        assert dashboard.page.evaluate(f"!{APP}"), "Streamlit is there already"
        return dashboard, release

    return opened


def test_rows_are_on_the_map_before_streamlits_script_has_come(held):
    dashboard, release = held(kind="attack")
    seen = dashboard.state()
    assert 0 < seen["shown"]["incidents"] < 50
    expect(dashboard.frame.get_by_role("slider", name="Window start")).to_have_attribute("aria-valuetext", FROM)
    release()
    assert dashboard.state() == seen
    assert dashboard.page.evaluate(MAPS) == 1, "no second map was built"


def test_what_is_done_before_streamlit_comes_reaches_python_and_the_link(held):
    dashboard, release = held()
    page = dashboard.page
    dashboard.frame.get_by_role("slider", name="Window end").press("PageDown")
    earlier = shifted(TO, months=-1)
    dashboard.wait(f"state.window.to === '{earlier}'")
    page.mouse.click(*dashboard.point(*AL_TANF))
    dashboard.wait("state.selected === 'site:al-tanf'")
    steps = page.evaluate("history.length")
    release()
    dashboard.wait_query(to=earlier, sel="site:al-tanf")
    expect(page.locator(".st-key-panel").get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    assert dashboard.state()["window"]["to"] == earlier
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    dashboard.wait_query(to=None, sel=None)
    dashboard.wait(f"state.window.to === '{TO}' && !state.selected")


def test_a_map_that_was_moved_before_streamlit_came_stays_there(held):
    dashboard, release = held()
    dashboard.in_map("({ map }) => void map.setView([34.5, 38.25], 8, { animate: false })")
    dashboard.page.wait_for_function("new URL(location.href).searchParams.get('map') === '8/34.5000/38.2500'")
    release()
    assert dashboard.state()["camera"]["zoom"] == 8
    assert dashboard.query()["map"] == ["8/34.5000/38.2500"]


@pytest.mark.parametrize("pattern", ["**/map", "**/early/early.js", "**/bundle.js"])
def test_where_the_early_map_fails_streamlit_foliums_own_is_built(open_dashboard: Callable, pattern: str):
    dashboard = open_dashboard()
    failed: list[str] = []

    def fail(route: Route) -> None:
        asker = route.request.frame
        if asker.parent_frame and "/component/" not in asker.url:
            failed.append(route.request.url)
            route.fulfill(status=500, body="no")
        else:
            route.continue_()

    dashboard.page.route(pattern, fail)
    dashboard.open()
    assert failed
    assert dashboard.page.locator("#early").count() == 0
    assert dashboard.state()["shown"]["incidents"] > 50
    expect(dashboard.frame.get_by_role("slider", name="Window end")).to_be_visible()
    dashboard.frame.get_by_role("slider", name="Window end").press("PageDown")
    dashboard.wait_query(to=shifted(TO, months=-1))
    dashboard.errors.clear()  # the failure itself is told on the console


def test_where_the_rows_are_others_by_then_streamlit_foliums_own_is_built(open_dashboard: Callable):
    dashboard = open_dashboard()
    dashboard.prepare("""addEventListener("DOMContentLoaded", () => {
        if (!window.early) return;
        const { join } = window.early;
        window.early.join = (wire) => join.call(window.early, wire, "/map/other.json");
    });""")
    dashboard.open()
    assert dashboard.page.locator("#early").count() == 0
    assert dashboard.state()["shown"]["incidents"] > 50


@pytest.mark.parametrize("size", [(390, 844), (900, 1000), (1440, 900)], ids=str)
def test_nothing_jumps_while_the_page_loads(open_dashboard: Callable, size: tuple[int, int]):
    dashboard = open_dashboard(width=size[0], height=size[1])
    dashboard.prepare(SHIFTS)
    dashboard.open()
    expect(dashboard.page.get_by_text("Follow a briefing")).to_be_attached()
    assert dashboard.page.evaluate("window.shift") <= 0.05, dashboard.page.evaluate("moved")
    if size[0] < 1000:  # the column of the sheet may come before the panel that is in it
        assert dashboard.page.evaluate(EMPTY_COLUMN) == "none"


def test_who_listens_finds_one_map(dashboard):
    dashboard.open()
    page = dashboard.page
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    frames = [node for node in nodes if node.get("role", {}).get("value") == "Iframe" and not node["ignored"]]
    assert [node["name"]["value"] for node in frames] == ["Map and timeline"]
    session.detach()
