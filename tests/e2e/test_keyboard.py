"""The keyboard alone: every part of the page is reached by Tab, is seen to have the focus, and is used by keys."""

import re
from typing import Final

from playwright.sync_api import expect

FOCUSED: Final = """() => {
    let [element, view] = [document.activeElement, window];
    for (;;) {
        if (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        else if (element?.tagName === "IFRAME")
            [element, view] = [element.contentDocument.activeElement, element.contentWindow];
        else break;
    }
    const name = element.getAttribute("aria-label") ?? element.innerText ?? "";
    const rings = [element, element.closest("[data-baseweb]"), element.parentElement].filter(Boolean).flatMap((one) =>
        ["", "::before", "::after"].map((part) => view.getComputedStyle(one, part)));
    // The page itself is where the focus is before it is anywhere; a date field's button has the browser's own ring.
    const seen = element === view.document.body || element.matches("input[type=date]")
        || rings.some(({ outlineStyle, outlineWidth, boxShadow }) =>
            (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none");
    const address = element.tagName === "A" ? element.getAttribute("href") : "";
    return [`${name.replace(/\\s+/g, " ").trim()} ${address}`.trim(), seen];
}"""
"""The name of what has the focus, with its address where it is a link, and whether that is seen."""
MOST: Final = 90
"""Presses of Tab from anywhere to anywhere on the page, by its skip links."""


class Keys:
    """The keys of somebody who has no mouse."""

    def __init__(self, page):
        self.page = page
        self.unseen: list[str] = []

    def reach(self, name: str, back: bool = False) -> None:
        """Press Tab, or Shift and Tab, until what has the focus has a name that begins so."""
        passed = []
        for _ in range(MOST):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            here, seen = self.page.evaluate(FOCUSED)
            passed.append(here)
            if not seen:
                self.unseen.append(here)
            if re.match(name, here):
                return
        raise AssertionError(f"no {name!r} among {passed}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def test_a_visit_by_keyboard_alone(open_dashboard):
    dashboard = open_dashboard(permissions=["clipboard-read", "clipboard-write"]).open(
        from_="2025-12-01", to="2026-03-12"
    )
    page = dashboard.page
    keys = Keys(page)
    keys.reach("United States")
    keys.press("Enter")
    dashboard.wait_query(force="us")
    keys.reach("Search", back=True)
    page.keyboard.type("Tanf")
    keys.press("Enter")
    dashboard.wait_query(q="Tanf")
    # The window is moved, and told in one sentence.
    keys.reach("Skip to the timeline", back=True)
    keys.press("Enter", "ArrowRight")
    dashboard.wait_query(from_="2025-12-02")
    expect(dashboard.frame.locator(".timeline .unseen")).to_contain_text("2 Dec 2025 – 12 Mar 2026: ")
    # A site on the map, its card and a source.
    keys.reach("Go through what is on the map", back=True)
    keys.press("Enter")
    keys.reach("Al-Tanf garrison", back=True)
    keys.press("Enter")
    dashboard.wait_query(sel="site:al-tanf")
    expect(page.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    keys.reach(".* https?://")
    keys.press("Escape")
    dashboard.wait_query(sel=None)
    # The brief, a briefing and the link.
    keys.reach("Short", back=True)
    keys.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    keys.reach("Out of Iraq", back=True)
    keys.press("Enter")
    dashboard.wait_query(step="out-of-iraq/1")
    expect(page.get_by_role("article", name="Briefing")).to_be_focused()
    keys.reach("Next")
    keys.press("Enter")
    dashboard.wait_query(step="out-of-iraq/2")
    keys.reach("Share", back=True)
    keys.press("Enter")
    dialog = page.get_by_role("dialog", name="Share this view")
    expect(dialog).to_be_visible()
    keys.reach("Copy link")
    keys.press("Enter")
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Share")).to_be_focused()
    assert keys.unseen == [], "the focus was not to be seen"
