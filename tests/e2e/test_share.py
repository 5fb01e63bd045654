"""The Share dialog in a real browser: what it copies is the view."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect


def test_the_copied_link_opens_the_same_view_in_another_browser(open_dashboard):
    dashboard = open_dashboard(permissions=["clipboard-read", "clipboard-write"])
    page = dashboard.open(from_="2025-12-01", to="2026-02-15", sel="site:al-tanf", map="8/33.5/38.6").page
    assert page.title() == "Al-Tanf garrison, 1 Dec 2025 – 15 Feb 2026 · Laydown"
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this view")
    copy = dialog.get_by_role("button", name="Copy link")
    copy.click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    expect(dialog).to_contain_text(link)
    before = dashboard.state()
    other = open_dashboard().open(**{key: value for key, [value] in parse_qs(urlsplit(link).query).items()})
    assert link.startswith(f"{other.address}/?")
    assert other.state() == before
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert dashboard.state() == before


def test_a_citation_is_copied_and_its_link_knows_the_data(open_dashboard, curated):
    dashboard = open_dashboard(permissions=["clipboard-read", "clipboard-write"])
    page = dashboard.open(sel="site:qasrak").page
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("button", name="BibTeX").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("@misc{laydown-qasrak,")
    assert f"data={curated.version}" in text
