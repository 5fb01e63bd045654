"""A selection is let go by mouse, keyboard and touch, is brought into sight, and its card begins at its top."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import FRAME

AL_TANF = (33.5058, 38.6178)
EMPTY = (31.6, 40.3)
"""A place of the home view with nothing on it."""
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
PANEL = "document.querySelector('.st-key-panel')"
INSIDE = """([lat, lon]) => {
    const { contentWindow, contentDocument } = mapFrame();
    const { x, y } = contentWindow.map.latLngToContainerPoint([lat, lon]);
    const map = contentWindow.map.getContainer().getBoundingClientRect();
    const over = [".legend", ".controls"].map((name) => contentDocument.querySelector(name).getBoundingClientRect());
    return x > 0 && y > 0 && x < map.width && y < map.height
        && !over.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
}"""


def heading(page: Page) -> Locator:
    return page.locator(".st-key-panel").get_by_role("heading", level=2)


def test_a_selection_is_let_go_and_its_card_left(dashboard) -> None:
    page = dashboard.open(tab="posture").page
    # From a list to its card, which begins at its top, and back.
    page.locator(".st-key-panel").get_by_role("button", name="Qasrak").first.scroll_into_view_if_needed()
    page.evaluate(f"{PANEL}.scrollTop = 300")
    page.locator(".st-key-panel").get_by_role("button", name="Qasrak").first.click()
    dashboard.wait_query(sel="site:qasrak", tab="selected", back="posture")
    expect(heading(page)).to_have_text("Qasrak")
    page.wait_for_function(f"{PANEL}.scrollTop < 24")
    page.get_by_role("button", name="Posture", exact=True).last.click()
    dashboard.wait_query(sel=None, tab="posture", back=None)
    dashboard.wait("state.selected === ''")
    # The empty map, after one of its symbols: not where a double-click zooms.
    page.mouse.click(*dashboard.point(*AL_TANF))
    dashboard.wait_query(sel="site:al-tanf", tab="selected", back="posture")
    zoom = dashboard.state()["camera"]["zoom"]
    page.mouse.dblclick(*dashboard.point(*EMPTY))
    dashboard.wait(f"state.camera.zoom > {zoom}")
    assert dashboard.state()["selected"] == "site:al-tanf"
    page.mouse.click(*dashboard.point(*EMPTY))
    dashboard.wait_query(sel=None, tab="posture", back=None)
    # The cross.
    page.go_back()
    dashboard.wait_query(sel="site:al-tanf", tab="selected")
    page.get_by_role("button", name="Close the card").click()
    dashboard.wait_query(sel=None, tab="posture")


def test_escape_lets_a_selection_go_where_it_means_nothing_else(dashboard) -> None:
    page = dashboard.open(sel="site:al-tanf", tab="selected").page
    expect(heading(page)).to_have_text("Al-Tanf garrison")
    page.get_by_role("combobox", name="Search").press("Escape")
    page.get_by_role("button", name="Share").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    frame = dashboard.frame
    frame.get_by_role("button", name="Base map").click()
    frame.get_by_role("radio", name="Built-in map").press("Escape")
    expect(frame.locator(".layers")).to_be_hidden()
    frame.get_by_role("button", name="Measure distance").click()
    page.keyboard.press("Escape")
    expect(frame.locator(".measure-sheet")).to_be_hidden()
    frame.get_by_role("button", name="Play").click()
    frame.get_by_role("button", name="Pause").press("Escape")
    expect(frame.get_by_role("button", name="Play")).to_be_visible()
    assert dashboard.state()["selected"] == "site:al-tanf"
    # Nothing else is open: in the map's frame, and in the page around it.
    frame.get_by_role("button", name="Zoom in").press("Escape")
    dashboard.wait_query(sel=None, tab=None)
    dashboard.wait("state.selected === ''")
    page.go_back()
    dashboard.wait_query(sel="site:al-tanf")
    dashboard.wait("state.selected === 'site:al-tanf'")
    page.get_by_role("button", name="Attack", exact=False).first.focus()
    page.keyboard.press("Escape")
    dashboard.wait_query(sel=None, tab=None)


def test_the_places_of_a_card_lead_on_and_are_brought_into_sight(dashboard) -> None:
    page = dashboard.open(sel="movement:al-tanf-to-jordan-2026-01", tab="selected", map="9/36.7000/40.5000").page
    expect(heading(page)).to_contain_text("leaves Al-Tanf")
    assert dashboard.state()["camera"]["lat"] == pytest.approx(36.7, abs=0.01), "a link looks where it says"
    assert not page.evaluate(INSIDE, AL_TANF)
    page.evaluate(f"{PANEL}.scrollTop = 9999")
    page.get_by_role("button", name="Al-Tanf garrison").first.press("Enter")
    dashboard.wait_query(sel="site:al-tanf", back=None)
    expect(heading(page)).to_have_text("Al-Tanf garrison")
    page.wait_for_function(f"{PANEL}.scrollTop < 24")
    page.wait_for_function(INSIDE, arg=AL_TANF)
    assert dashboard.state()["camera"]["zoom"] == 9
    # What can be seen stays where it is.
    dashboard.rest()
    seen = dashboard.state()["camera"]
    page.keyboard.press("Escape")
    dashboard.wait_query(sel=None)
    page.locator(".st-key-panel").get_by_role("button", name="Al-Tanf garrison").first.click()
    dashboard.wait_query(sel="site:al-tanf")
    dashboard.wait("state.selected === 'site:al-tanf'")
    assert dashboard.state()["camera"] == seen


def test_on_a_phone_the_card_comes_into_sight_and_the_map_stays(open_dashboard: Callable) -> None:
    dashboard = open_dashboard(**PHONE).open()
    page = dashboard.page
    page.touchscreen.tap(*dashboard.point(*AL_TANF))
    dashboard.wait_query(sel="site:al-tanf", tab="selected")
    expect(heading(page)).to_have_text("Al-Tanf garrison")
    expect(heading(page)).to_be_in_viewport()
    expect(page.locator(FRAME)).to_be_in_viewport(ratio=1)
    # Far down in a card, another begins at its top.
    other = page.locator(".st-key-panel").get_by_role("button", name="US garrison leaves Al-Tanf").last
    other.tap()
    dashboard.wait_query(sel="movement:al-tanf-to-jordan-2026-01")
    expect(heading(page)).to_contain_text("US garrison leaves Al-Tanf")
    expect(heading(page)).to_be_in_viewport()
    page.get_by_role("button", name="Close the card").tap()
    dashboard.wait_query(sel=None, tab=None)
