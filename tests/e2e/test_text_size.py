"""Larger text: all parts of the page grow by the same, and nothing of it is cut off."""

from typing import Final

import pytest
from playwright.sync_api import expect

from tests.curated import TO, shifted

LARGER: Final = 20 / 14
"""Streamlit's theme.baseFontSize at 20, over what it is in .streamlit/config.toml."""
SIZES: Final = """() => {
    const map = mapFrame().contentWindow;
    const size = (element) => parseFloat(getComputedStyle(element).fontSize);
    const inside = (root, selector) => {
        for (const element of root.querySelectorAll("*")) {
            const found = element.shadowRoot?.querySelector(selector);
            if (found) return found;
        }
        throw new Error(selector);
    };
    const sidebar = document.querySelector("section[data-testid=stSidebar]");
    const panel = document.querySelector(".st-key-panel");
    return {
        title: size(inside(sidebar, "h1")),
        filter: size(inside(sidebar, ".option")),
        card: size(inside(panel, "h2")),
        facts: size(inside(panel, "dt")),
        tab: size(panel.querySelector(".st-key-tab button p")),
        preset: size(map.document.querySelector(".presets button")),
        key: size(map.document.querySelector(".legend summary")),
        notice: size(map.document.querySelector(".notice")),
    };
}"""
LETTERED: Final = """() => {
    const map = mapFrame().contentWindow;
    const { prototype } = map.CanvasRenderingContext2D;
    const { set, get } = Object.getOwnPropertyDescriptor(prototype, "font");
    map.lettered = new Set();
    Object.defineProperty(prototype, "font", {
        configurable: true,
        get,
        set(font) {
            map.lettered.add(parseFloat(/([\\d.]+)px/.exec(font)[1]));
            set.call(this, font);
        },
    });
}"""
CUT: Final = """() => {
    const wide = [];
    const look = (root, what) => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) look(element.shadowRoot, what);
            // What nobody is to see, or is cut with its dots, is no loss; a sign is no text.
            if (element.clientWidth < 2 || !element.checkVisibility()) continue;
            if (element.closest("[aria-hidden], .mark")) continue;
            if (getComputedStyle(element).textOverflow === "ellipsis") continue;
            const said = `${what}: ${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`;
            if (element.scrollWidth > element.clientWidth + 1) wide.push(said);
        }
    };
    look(document.querySelector("[data-testid=stSidebarUserContent]"), "sidebar");
    look(document.querySelector(".st-key-panel"), "panel");
    const map = mapFrame().contentDocument;
    look(map.querySelector(".timeline-bar"), "timeline");
    look(map.querySelector(".legend"), "key");
    return wide;
}"""


def test_larger_text_makes_all_parts_larger_and_cuts_nothing(dashboard) -> None:
    dashboard.open(tab="selected", sel="site:al-tanf")
    page, end = dashboard.page, dashboard.frame.get_by_role("slider", name="Window end")
    expect(page.get_by_role("article")).to_be_visible()
    before = page.evaluate(SIZES)
    page.evaluate(LETTERED)
    page.evaluate("document.adoptedStyleSheets = [new CSSStyleSheet()]")
    page.evaluate("document.adoptedStyleSheets[0].replaceSync('html { font-size: 20px !important }')")
    end.press("ArrowLeft")  # Streamlit tells the map's frame of another theme with the next View
    dashboard.wait_query(to=shifted(TO, -1))
    page.wait_for_function("mapFrame().contentDocument.documentElement.style.fontSize === '20px'")
    after = page.evaluate(SIZES)
    assert {name: size / before[name] for name, size in after.items()} == pytest.approx(
        dict.fromkeys(before, LARGER), abs=0.001
    )
    fonts = "[...mapFrame().contentWindow.lettered]"
    for size in (12.5, 11, 10.5):  # a site's name, the timeline's axis, the degrees
        page.wait_for_function(f"{fonts}.some((size) => Math.abs(size - {size * LARGER}) < 0.01)")
    dashboard.frame.locator(".legend summary").click()
    assert "\n".join(page.evaluate(CUT)) == ""
    page.set_viewport_size({"width": 1040, "height": 900})
    page.wait_for_function("mapFrame().clientWidth < 500")
    assert "\n".join(page.evaluate(CUT)) == ""
