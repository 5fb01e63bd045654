"""Only what is in view: counts, histogram and lists follow the map, on the page and in an embed."""

import re
from typing import Any

from playwright.sync_api import expect

from components.view.selection import select
from components.view.view import read_view
from tests.curated import CATALOG

SWITCH = "Only what is in view"
BARS = (
    """(window) => { const canvas = window.document.querySelector(".timeline canvas"); return canvas.toDataURL(); }"""
)


def shown(box: str) -> dict[str, int]:
    """What Python shows of a link with this box."""
    view, notices = read_view({"box": [box]}, CATALOG)
    assert not notices
    selection = select(CATALOG, view)
    return {name: len(getattr(selection, name)) for name in ("sites", "incidents", "movements")}


def agrees(dashboard: Any) -> dict[str, int]:
    """Wait until the map counts what Python does in the link's box, and return that."""
    expected = shown(dashboard.query()["box"][0])
    dashboard.wait(f"JSON.stringify(state.shown) === '{str(expected).replace(' ', '').replace(chr(39), chr(34))}'")
    return expected


def look(dashboard: Any, lat: float, lon: float, zoom: int) -> None:
    """Move the map there, as a hand does, and wait until the link's box follows."""
    before = dashboard.query().get("box")
    script = "(window, [lat, lon, zoom]) => { window.map.setView([lat, lon], zoom, { animate: false }) }"
    dashboard.in_map(script, [lat, lon, zoom])
    dashboard.page.wait_for_function(
        "(before) => new URL(location.href).searchParams.get('box') !== before", arg=(before or [None])[0]
    )
    dashboard.settle()


def test_counts_histogram_and_lists_follow_the_map(fresh) -> None:
    dashboard = fresh.open(tab="happened")
    page, everywhere = dashboard.page, dashboard.state()["shown"]
    switch = page.get_by_role("button", name=SWITCH)
    expect(switch).to_have_attribute("aria-pressed", "false")
    look_at_jordan = (31.0, 36.5, 8)
    dashboard.in_map(
        "(window, [lat, lon, zoom]) => { window.map.setView([lat, lon], zoom, { animate: false }) }", [*look_at_jordan]
    )
    dashboard.rest()
    assert dashboard.state()["shown"] == everywhere, "off, the map's part is no matter"
    bars = dashboard.in_map(BARS)
    switch.click()
    page.wait_for_function("() => new URL(location.href).searchParams.has('box')")
    dashboard.settle()
    expect(switch).to_have_attribute("aria-pressed", "true")
    here = agrees(dashboard)
    assert 0 < here["incidents"] < everywhere["incidents"]
    assert dashboard.in_map(BARS) != bars
    expect(page.get_by_text(re.compile(rf"^{here['incidents']} incidents?, "))).to_be_visible()
    steps = page.evaluate("history.length")
    look(dashboard, 33.4, 44.4, 8)
    there = agrees(dashboard)
    assert there != here
    expect(page.get_by_text(re.compile(rf"^{there['incidents']} incidents?, "))).to_be_visible()
    assert page.evaluate("history.length") == steps, "where the map is moved is no step"
    # What is pressed next knows of it, and a reload shows the same.
    page.get_by_role("group", name="Confidence").get_by_role("button", name=re.compile("^High")).click()
    dashboard.wait_query(confidence="high")
    assert dashboard.query()["box"]
    page.get_by_role("button", name="Clear filters").click()
    dashboard.wait_query(confidence=None, box=None)
    dashboard.wait(f"state.shown.incidents === {everywhere['incidents']}")
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_a_link_keeps_to_its_part_and_then_to_what_is_in_view_here(open_dashboard) -> None:
    dashboard = open_dashboard(width=390, height=844)
    dashboard.open(box="30,25,50,40", map="8/33.4/44.4")
    dashboard.page.wait_for_function("() => new URL(location.href).searchParams.get('box') !== '30,25,50,40'")
    west, _, east, _ = map(float, dashboard.query()["box"][0].split(","))
    assert 43 < west < 44.4 < east < 46, "a smaller map shows less"
    agrees(dashboard)


def test_an_embed_has_the_switch_in_its_key_and_its_address(the_map) -> None:
    dashboard = the_map
    dashboard.open()
    everywhere = dashboard.state()["shown"]
    dashboard.frame.get_by_text("Key", exact=True).click()
    switch = dashboard.frame.get_by_role("button", name=SWITCH)
    dashboard.in_map("(window) => { window.map.setView([31, 36.5], 8, { animate: false }) }")
    dashboard.rest()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    here = agrees(dashboard)
    look(dashboard, 33.4, 44.4, 8)
    assert agrees(dashboard) != here
    switch.click()
    dashboard.wait_query(box=None)
    dashboard.wait(f"state.shown.incidents === {everywhere['incidents']}")
