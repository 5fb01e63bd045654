"""How we know, over the panel: opened from its words, closed to where one was; by mouse, keyboard and touch."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

CARD = {"sel": "site:al-tanf", "tab": "selected"}
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def method(page: Page) -> Locator:
    return page.get_by_role("article", name="How we know")


def in_sight(page: Page, heading: str) -> None:
    """Wait until a heading of the method is shown below its head, in the upper third of the window."""
    told = method(page).get_by_role("heading", name=heading, exact=True)
    expect(told).to_be_in_viewport()
    page.wait_for_function(
        "([top, height]) => top > 0 && top < height / 3",
        arg=[told.bounding_box()["y"], page.viewport_size["height"]],
    )


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.st-key-panel').scrollTop"))


def test_a_word_of_a_card_opens_it_at_its_heading_and_closing_leads_back(dashboard) -> None:
    page = dashboard.open(**CARD).page
    panel = page.locator(".st-key-panel")
    panel.evaluate("element => (element.scrollTop = 60)")
    word = panel.get_by_role("button", name="Precision")
    word.click()
    in_sight(page, "Precision")
    dashboard.wait_query(method="precision", sel="site:al-tanf", tab="selected")
    expect(panel.get_by_role("heading", name="Al-Tanf garrison")).to_be_hidden()
    assert scrolled(page) == 60
    close = method(page).get_by_role("button", name="Close How we know")
    expect(close).to_be_focused()
    close.click()
    expect(method(page)).to_have_count(0)
    dashboard.wait_query(method=None, sel="site:al-tanf", tab="selected")
    expect(word).to_be_focused()
    assert scrolled(page) == 60
    page.go_back()
    in_sight(page, "Precision")


def test_escape_closes_it_and_not_the_card(dashboard) -> None:
    page = dashboard.open(**CARD).page
    word = page.locator(".st-key-panel").get_by_role("button", name="(as far as known)")
    word.focus()
    page.keyboard.press("Enter")
    in_sight(page, "As far as known")
    page.keyboard.press("Escape")
    expect(method(page)).to_have_count(0)
    expect(word).to_be_focused()
    dashboard.wait_query(method=None, sel="site:al-tanf")


def test_a_link_opens_it_and_what_is_chosen_on_the_map_closes_it(dashboard) -> None:
    page = dashboard.open(method="confidence", tab="posture").page
    in_sight(page, "Confidence")
    page.mouse.click(*dashboard.point(33.5058, 38.6178))
    expect(page.locator(".st-key-panel").get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    expect(method(page)).to_have_count(0)


def test_the_window_moves_while_it_is_read(dashboard) -> None:
    page = dashboard.open(method="as-far-as-known", from_="2025-11-10", to="2026-02-10").page
    dashboard.frame.get_by_role("slider", name="Window start").press("PageDown")
    dashboard.wait_query(from_="2025-10-10", method="as-far-as-known")
    expect(method(page)).to_be_visible()


def test_on_a_phone_it_lies_over_all_and_leads_back(open_dashboard) -> None:
    dashboard = open_dashboard(**PHONE).open()
    page = dashboard.page
    page.get_by_role("button", name="Filters").tap()
    page.get_by_role("button", name="How we know").first.tap()
    expect(method(page)).to_be_in_viewport()
    assert page.evaluate(
        "document.elementFromPoint(195, 400).closest('.st-key-method') !== null && "
        "document.elementFromPoint(20, 820).closest('.st-key-method') !== null"
    )
    close = method(page).get_by_role("button", name="Close How we know")
    size = close.bounding_box()
    assert size
    assert size["height"] >= 44
    close.tap()
    expect(method(page)).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_it_fits_its_column(open_dashboard, width: int) -> None:
    page = open_dashboard(width=width).open(method="how-we-know").page
    expect(method(page)).to_be_visible()
    assert not method(page).evaluate("element => element.scrollWidth > element.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_stays_text(open_dashboard: Callable, folder: Callable[..., Path]) -> None:
    hostile = "${alert(1)} {{ 7*7 }} <img src=x onerror=alert(1)> [x](javascript:alert(1)) \u202eabc"
    text = f"# {hostile}\n\n{hostile}\n\n## {hostile}\n\n- {hostile}\n- *{hostile}*\n"
    path = folder(method=text, sites=[{"id": "base"}], incidents=[{"id": "one", "site": "base"}])
    page = open_dashboard(path).open(sel="site:base", tab="selected").page
    page.locator(".st-key-panel").get_by_role("button", name="Precision").click()
    expect(method(page)).to_contain_text("${alert(1)} {{ 7*7 }} <img src=x onerror=alert(1)>")
    assert method(page).locator("img, script, a").count() == 0


def test_the_embeds_card_leads_to_it_at_what_is_on_view(open_dashboard) -> None:
    dashboard = open_dashboard()
    page = dashboard.page
    page.goto(f"{dashboard.address}/embed?sel=site:al-tanf&from=2026-01-01")
    card = page.get_by_role("region", name="Details")
    word = card.get_by_role("link", name="Precision")
    with page.expect_popup() as opened:
        word.click()
    there = opened.value
    in_sight(there, "Precision")
    assert "method=precision" in there.url
    assert "from=2026-01-01" in there.url
    there.close()
