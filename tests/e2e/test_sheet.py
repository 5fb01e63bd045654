"""A small screen: the map whole, a bar above it, and a sheet that holds timeline, card and panels."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
SIZES = [(390, 844), (360, 640), (844, 390), (820, 1180)]
STATE = "document.documentElement.dataset.sheet ?? 'peek'"
SEEN = """() => {
    const frame = mapFrame();
    const { top, left } = frame.getBoundingClientRect();
    const map = frame.contentDocument.querySelector("#map_div").getBoundingClientRect();
    const timeline = frame.contentDocument.querySelector(".timeline").getBoundingClientRect();
    const panel = document.querySelector(".st-key-panel").parentElement.parentElement.getBoundingClientRect();
    const bottom = Math.min(top + map.bottom, top + timeline.top, innerHeight);
    const right = Math.min(left + map.right, innerWidth);
    return {
        map: (bottom - top - map.top) * (right - left - map.left) / (innerWidth * innerHeight),
        gap: Math.abs(panel.top - (top + timeline.bottom)),
        wide: Math.max(document.documentElement.scrollWidth, document.querySelector(".stMain").scrollWidth),
        high: document.querySelector(".stMain").scrollHeight - document.querySelector(".stMain").clientHeight,
    };
}"""
"""How much of the screen shows the map, and whether anything lies beyond its edges."""
SMALL = """() => {
    const small = [];
    const look = (root) => {
        for (const one of root.querySelectorAll("*")) {
            if (one.shadowRoot) look(one.shadowRoot);
            if (!one.matches("button, a[href], select, summary, input")) continue;
            const { width, height } = one.getBoundingClientRect();
            const unseen = !one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !width;
            const inSentence = one.closest("p, dd, li")?.textContent.length > one.textContent.length + 20;
            if (unseen || inSentence || Math.min(width, height) >= 24) continue;
            small.push(`${one.className} ${one.textContent.slice(0, 20)}: ${width} x ${height}`);
        }
    };
    look(document.querySelector(".st-key-bar"));
    look(document.querySelector(".st-key-panel"));
    look(mapFrame().contentDocument);
    return small;
}"""
"""What is pressed and is smaller than it should be; the window's edges are taken hold of from further off."""


def handle(page: Page) -> Locator:
    return page.locator(".st-key-sheet").get_by_role("button")


def drag(page: Page, x: float, y: float, to: float) -> None:
    """Draw a finger upwards or downwards, slowly enough not to flick."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, at: float | None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for step in range(1, 9):
        touch("touchMove", y + (to - y) * step / 8)
    for _ in range(8):
        touch("touchMove", to)
    touch("touchEnd", None)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_map_is_whole_above_a_folded_sheet(open_dashboard: Callable, width: int, height: int) -> None:
    dashboard = open_dashboard(**{**PHONE, "width": width, "height": height}).open()
    page = dashboard.page
    seen = page.evaluate(SEEN)
    assert seen["map"] >= 0.45
    assert seen["wide"] <= width
    assert seen["high"] == 0, "the page does not scroll"
    assert page.evaluate(SMALL) == []
    grip = handle(page).bounding_box()
    assert grip
    assert min(grip["width"], grip["height"]) >= 44
    expect(handle(page)).to_have_attribute("aria-expanded", "false")
    handle(page).tap()
    page.wait_for_function(f"{STATE} === 'half'")
    expect(handle(page)).to_have_attribute("aria-expanded", "true")
    tabs = page.locator(".st-key-tab button").evaluate_all(
        "all => all.map((one) => [one.offsetTop, one.getBoundingClientRect().height])"
    )
    assert len(tabs) > 4
    assert len({top for top, _ in tabs}) == 1, "one row"
    assert all(high >= 44 for _, high in tabs)


def test_the_sheet_is_dragged_stepped_by_keys_and_kept(open_dashboard: Callable) -> None:
    page = open_dashboard(**PHONE).open().page
    grip = handle(page).bounding_box()
    assert grip
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + 30
    drag(page, x, y, y - 230)
    page.wait_for_function(f"{STATE} === 'half'")
    page.wait_for_function(f"({SEEN})().gap < 1.5")  # the timeline goes with it
    # A finger in the sheet draws it up, and down again where what is in it is at its top.
    drag(page, 200, 700, 300)
    page.wait_for_function(f"{STATE} === 'full'")
    drag(page, 200, 700, 500)
    page.wait_for_function("document.querySelector('.st-key-panel').scrollTop > 100")
    assert page.evaluate(STATE) == "full"
    drag(page, 200, 400, 780)
    drag(page, 200, 400, 780)
    page.wait_for_function(f"{STATE} !== 'full'")
    for key, state in (("End", "peek"), ("ArrowUp", "half"), ("ArrowUp", "full"), ("ArrowDown", "half")):
        handle(page).press(key)
        assert page.evaluate(STATE) == state
    # A run of Streamlit's leaves it as it is.
    page.locator(".st-key-tab").get_by_role("radio", name="Posture").tap()
    page.wait_for_function("new URL(location.href).searchParams.get('tab') === 'posture'")
    assert page.evaluate(STATE) == "half"


def test_a_tap_on_the_map_puts_the_card_into_the_peek(open_dashboard: Callable) -> None:
    dashboard = open_dashboard(**PHONE).open(map="8/33.5058/38.6178")
    page = dashboard.page
    page.touchscreen.tap(*dashboard.point(33.5058, 38.6178))
    heading = page.locator(".st-key-panel").get_by_role("heading", name="Al-Tanf garrison")
    expect(heading).to_be_in_viewport(ratio=1)
    assert page.evaluate(STATE) == "peek"


def test_tools_are_behind_one_button_and_the_drawer_shuts_beside_it(open_dashboard: Callable) -> None:
    dashboard = open_dashboard(**PHONE).open()
    page = dashboard.page
    tools = dashboard.frame.get_by_role("group", name="Map", exact=True).get_by_role("button")
    expect(tools).to_have_count(1)
    tools.tap()
    assert tools.count() > 5
    assert all(min(box["width"], box["height"]) >= 44 for box in (one.bounding_box() for one in tools.all()))
    page.keyboard.press("Escape")
    expect(tools).to_have_count(1)
    page.get_by_role("button", name="Find").tap()
    expect(page.locator(".st-key-search input")).to_be_focused()
    page.touchscreen.tap(370, 400)
    expect(page.locator(".st-key-bar").get_by_role("button", name="Find")).to_be_visible()


def test_the_card_beside_the_wide_table_is_in_the_sheet(open_dashboard):
    page = open_dashboard(**PHONE).open(sel="site:al-tanf", tab="selected", back="table", wide="1").page
    page.locator(".st-key-sheet .handle").press("Home")
    expect(page.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
