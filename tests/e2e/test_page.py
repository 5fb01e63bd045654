"""What a visitor meets: the page whole, the panels, a narrow screen, a failed fetch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from components.map.protocol import command
from components.view.selection import select
from components.view.view import default_view
from tests.curated import CATALOG, FIRST, FROM, LAST, TO, brief, shifted, told
from tests.e2e.conftest import FRAME, JOINED


def test_the_bare_address_shows_the_default_window_whole(dashboard):
    dashboard.open()
    selection = select(CATALOG, default_view(CATALOG))
    state = dashboard.state()
    assert state["window"] == {"from": FROM, "to": TO}
    assert state["shown"] == {
        "sites": len(selection.sites),
        "incidents": len(selection.incidents),
        "movements": len(selection.movements),
    }
    assert state["selected"] == ""
    assert dashboard.query() == {}
    expect(dashboard.page.get_by_role("heading", level=1)).to_have_text("US posture in Syria, Jordan and Iraq")
    expect(dashboard.frame.locator(".legend .forces")).to_contain_text(f"Sites on {brief(TO)}")
    expect(dashboard.page.get_by_role("heading", name=f"Changes, {told(FROM)} to {told(TO)}")).to_be_visible()


def test_the_map_is_drawn(dashboard):
    """Both canvases hold more than one colour: land and water below, symbols above."""
    dashboard.open()
    for pane in ("basemap", "scene"):
        colours = dashboard.page.evaluate(
            """(pane) => {
                const map = mapFrame().contentDocument;
                const canvas = [...map.querySelectorAll(`.leaflet-${pane}-pane canvas:not(.graticule)`)].at(-1);
                const { width, height } = canvas;
                const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, width, height).data.buffer);
                return new Set(pixels).size;
            }""",
            pane,
        )
        assert colours > 20, pane


def test_a_click_on_a_site_opens_its_card(dashboard):
    dashboard.open(map="9/33.5/38.6")
    dashboard.page.mouse.click(*dashboard.point(33.50583, 38.61778))
    dashboard.wait_query(sel="site:al-tanf", tab="selected")
    card = dashboard.page.get_by_role("article")
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    expect(card).to_contain_text("قاعدة التنف")
    expect(card).to_contain_text("United States → Syrian government (as far as known)")
    expect(card).to_contain_text("Rival claims")
    hrefs = card.get_by_role("link").evaluate_all("links => links.map((link) => link.href)")
    assert hrefs
    assert all(re.match("https?://", href) for href in hrefs)


def test_incidents_on_one_spot_fan_out_when_pressed(dashboard):
    """Two incidents of one kind at Al-Tanf are one symbol with a number; pressed, each can be chosen."""
    dashboard.open(map="11/33.5/38.6")
    x, y = dashboard.point(33.50583, 38.61778)
    seen = set()
    for side in (-1, 1):
        dashboard.page.mouse.click(x, y - 16)  # the row of incidents stands above the site's square
        dashboard.page.mouse.click(x, y - 16 + side * 26)  # two stand in the fan, above and below the spot
        dashboard.page.wait_for_function(
            "seen => { const s = mapFrame().contentWindow.laydown.state().selected;"
            " return s.startsWith('incident:') && !seen.includes(s); }",
            arg=list(seen),
        )
        seen.add(dashboard.state()["selected"])
        dashboard.wait_query(sel=dashboard.state()["selected"], tab="selected")
    assert len(seen) == 2
    assert all(row.startswith("incident:al-tanf") for row in seen)


DAYS = """() => {
    const handle = mapFrame().contentDocument.querySelectorAll("[role=slider]")[1];
    window.days = [];
    const note = () => window.days.push(handle.getAttribute("aria-valuetext"));
    new MutationObserver(note).observe(handle, { attributeFilter: ["aria-valuetext"] });
}"""


LATE = """async ({ laydown, document }, command) => {
    document.querySelector(".presets button").click(); // 30 days
    laydown.show(command);
    await new Promise((done) => setTimeout(done)); // by then it is shown, or put by
    return laydown.state().window.from;
}"""
"""Press a button of the timeline, and have a command come that Python sent before it heard of that."""


def test_a_late_answer_does_not_undo_what_the_hand_did_since(dashboard):
    dashboard.open(map="9/33.5/38.6")
    start = shifted(TO, -29)
    assert dashboard.in_map(LATE, command(CATALOG, default_view(CATALOG), "")) == start
    dashboard.wait_query(from_=start)
    assert dashboard.state()["window"]["from"] == start
    dashboard.page.evaluate(DAYS)
    dashboard.page.mouse.click(*dashboard.point(33.50583, 38.61778))
    dashboard.frame.get_by_role("slider", name="Window end").press("ArrowLeft")
    dashboard.wait_query(sel="site:al-tanf", to=shifted(TO, -1))
    state = dashboard.state()
    assert state["selected"] == "site:al-tanf"
    assert state["window"]["to"] == shifted(TO, -1)
    assert TO not in dashboard.page.evaluate("days"), "not for a moment"


def test_the_keyboard_goes_through_what_is_on_the_map(dashboard):
    dashboard.open(q="tanf")
    start = dashboard.frame.get_by_role("button", name="Go through what is on the map")
    start.focus()
    start.press("Enter")
    rows = dashboard.frame.locator(".walk li button")
    expect(rows.first).to_be_focused()
    expect(rows).to_have_count(sum(dashboard.state()["shown"].values()))
    expect(dashboard.frame.locator(".tip")).to_contain_text(rows.first.inner_text())
    dashboard.page.keyboard.press("Tab")
    expect(rows.nth(1)).to_be_focused()
    dashboard.page.keyboard.press("Enter")
    dashboard.page.wait_for_function("new URL(location.href).searchParams.has('sel')")
    dashboard.page.keyboard.press("Escape")
    expect(rows).to_have_count(0)


def test_hovering_tells_what_is_there(the_map):
    the_map.open(map="9/33.5/38.6")
    the_map.page.mouse.move(*the_map.point(33.50583, 38.61778))
    expect(the_map.frame.locator(".tip")).to_contain_text("Al-Tanf garrison")


def test_a_row_of_the_posture_selects_its_site(dashboard):
    dashboard.open()
    dashboard.page.get_by_role("button", name="Muwaffaq Salti Air Base").first.click()
    dashboard.wait_query(sel="site:muwaffaq-salti", tab="selected")
    dashboard.wait("state.selected === 'site:muwaffaq-salti'")


def test_a_row_of_the_table_selects_on_the_map(dashboard):
    dashboard.open(tab="table", q="Makhmur")
    table = dashboard.page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    box = table.bounding_box()
    dashboard.page.mouse.click(box["x"] + 16, box["y"] + 54)  # the first row's box, on the table's canvas
    dashboard.wait("state.selected.startsWith('incident:')")
    dashboard.wait_query(tab="table")
    assert "makhmur" in dashboard.state()["selected"]


def test_nothing_on_view_says_so_and_leads_out(fresh):
    fresh.open(from_="1990-01-01", to="1990-12-31", kind="loss", known="2026-02-10", tab="table")
    assert fresh.state()["shown"]["incidents"] == 0
    empty = fresh.frame.locator(".empty")
    clear, dates = (empty.get_by_role("button", name=name) for name in ("Clear filters", "All dates"))
    expect(empty.get_by_role("status")).to_have_text("Nothing matches in this window.")
    [promised] = re.findall(r"\((\d+)\)", dates.inner_text())
    dates.press("Enter")
    expect(empty).to_be_hidden()
    shown = fresh.state()["shown"]
    assert shown["incidents"] + shown["movements"] == int(promised)
    fresh.open(from_=FIRST, to=LAST, q="no such place", known="2026-02-10", tab="table")
    empty = fresh.frame.locator(".empty")
    clear, dates = (empty.get_by_role("button", name=name) for name in ("Clear filters", "All dates"))
    # Each is there as long as it helps: no dates hold any of it.
    expect(empty.get_by_role("status")).to_have_text("Nothing matches.")
    expect(fresh.page.get_by_text("Nothing is on view")).to_be_visible()
    expect(dates).to_be_hidden()
    clear.press("Enter")
    expect(empty).to_be_hidden()
    assert fresh.state()["shown"]["incidents"] > 100, "at once"
    fresh.wait_query(from_=FIRST, q=None, known=None, tab="table")
    expect(fresh.page.get_by_role("combobox", name="Search")).to_have_value("")
    fresh.page.go_back()
    fresh.wait_query(q="no such place", known="2026-02-10")
    expect(empty).to_be_visible()


def test_what_is_still_being_typed_is_cleared_too(dashboard):
    dashboard.open(kind="attack")
    search = dashboard.page.get_by_role("combobox", name="Search")
    search.press_sequentially("zzz")
    dashboard.frame.get_by_role("button", name="Clear filters").click()
    dashboard.wait_query(kind=None, q=None)
    expect(search).to_have_value("")
    dashboard.wait("state.shown.incidents > 20")
    expect(dashboard.frame.locator(".empty")).to_be_hidden()
    dashboard.open(from_="2030-01-01", to="2030-02-01")
    empty = dashboard.frame.locator(".empty")
    expect(empty.get_by_role("status")).to_have_text("Nothing is on record in this window.")
    expect(empty.get_by_role("button")).to_have_text(re.compile(r"^All dates \(\d+\)$"))


APART = """() => {
    const { contentDocument: frame } = mapFrame();
    const key = frame.querySelector(".legend");
    const [told, under] = [frame.querySelector(".empty"), key].map((one) => one.getBoundingClientRect());
    const seen = [...frame.querySelectorAll(".empty button")].every((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return frame.elementFromPoint(left + width / 2, top + height / 2) === button;
    });
    const apart = told.right <= under.left || told.bottom <= under.top;
    return seen && apart && told.left >= 0 && told.right <= frame.documentElement.clientWidth;
}"""


def test_the_ways_out_lie_clear_of_the_key(dashboard):
    dashboard.open(from_="2025-12-01", to="2025-12-02", kind="loss", confidence="low")
    for width, height in ((1440, 900), (900, 600), (390, 844)):
        dashboard.page.set_viewport_size({"width": width, "height": height})
        dashboard.page.wait_for_function("(width) => mapFrame().getBoundingClientRect().width <= width", arg=width)
        dashboard.page.wait_for_function(APART)


def test_a_failed_fetch_says_so_and_can_be_tried_again(dashboard):
    context = dashboard.page.context
    context.route("**/map/*.json", lambda route: route.fulfill(status=500, body="no"))
    dashboard.page.goto(dashboard.address)
    expect(dashboard.frame.get_by_role("alert")).to_contain_text("The map's data could not be loaded")
    context.unroute("**/map/*.json")
    dashboard.frame.get_by_role("button", name="Try again").click()
    dashboard.page.wait_for_function(JOINED)
    assert any("500" in error for error in dashboard.errors)
    dashboard.errors.clear()  # the failure itself is told on the console


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_wears_the_pages_theme(open_dashboard: Callable, scheme: str):
    dashboard = open_dashboard(color_scheme=scheme).open()
    water = dashboard.page.evaluate(
        "getComputedStyle(mapFrame().contentDocument.querySelector('#map_div')).backgroundColor"
    )
    assert water == {"light": "rgb(219, 230, 236)", "dark": "rgb(18, 23, 28)"}[scheme]


def test_a_narrow_screen_has_the_map_first_and_nothing_beyond_its_edge(open_dashboard: Callable):
    dashboard = open_dashboard(width=390, height=844, has_touch=True).open()
    frame = dashboard.page.locator(FRAME).bounding_box()
    assert frame["y"] < 60
    assert frame["width"] == 390
    assert frame["y"] + frame["height"] == pytest.approx(844, abs=0.1)
    assert dashboard.page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(dashboard.frame.get_by_role("slider", name="Window start")).to_be_visible()


def test_a_narrow_screen_has_a_bar_that_leads_to_the_filters_and_back(open_dashboard: Callable):
    dashboard = open_dashboard(width=390, height=844, has_touch=True)
    dashboard.open(kind="attack", q="tanf")
    page = dashboard.page
    door = page.get_by_role("button", name="Filters (2)")
    bar, frame = page.locator(".st-key-bar"), page.locator(FRAME)
    expect(bar).to_contain_text("US posture in Syria, Jordan and Iraq")
    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    box, below = door.bounding_box(), frame.bounding_box()
    assert box["height"] >= 44
    assert 0 <= box["y"] < box["y"] + box["height"] <= below["y"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    door.tap()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(bar).to_be_hidden()
    shut = page.get_by_role("button", name="Collapse sidebar")
    expect(shut).to_be_focused()
    page.get_by_role("button", name="Clear filters").scroll_into_view_if_needed()
    expect(shut).to_be_in_viewport(ratio=1)
    box = shut.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    page.get_by_role("button", name="Clear filters").tap()
    dashboard.wait_query(kind=None, q=None)
    shut.tap()

    door = page.get_by_role("button", name="Filters", exact=True)
    expect(door).to_be_focused()
    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(shut).to_be_focused()
    page.keyboard.press("Enter")
    expect(door).to_be_focused()
