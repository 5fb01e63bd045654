"""The page on paper: what it is, its link, the map, and the panel with all its sources; nothing to press."""

from playwright.sync_api import expect


def test_the_brief_goes_on_paper_with_map_sources_and_link(open_dashboard):
    dashboard = open_dashboard(color_scheme="dark").open()
    page = dashboard.page
    expect(page.get_by_role("heading", name="Changes, ")).to_be_visible()
    window = dashboard.state()["window"]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    paper = page.locator(".paper")
    expect(paper.get_by_role("heading")).to_be_visible()
    expect(paper).to_contain_text(f"{dashboard.address}/?from={window['from']}&to={window['to']}")
    expect(dashboard.frame.locator("canvas.scene").last).to_be_visible()
    expect(page.locator(".st-key-panel details:not([open])")).to_have_count(0)
    told = page.get_by_text("Told by").last
    expect(told).to_be_visible()
    assert told.evaluate("(one) => getComputedStyle(one.closest('.laydown')).color") == "rgb(0, 0, 0)"
    for pressed in (
        page.get_by_role("button", name="Share"),
        page.get_by_role("radio", name="Posture"),
        page.get_by_role("button", name="Markdown"),
        dashboard.frame.get_by_role("button", name="Zoom in"),
    ):
        expect(pressed).not_to_be_visible()
    drawn = dashboard.frame.locator(":root")
    expect(drawn).to_have_attribute("data-theme", "dark")
    drawn.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(drawn).to_have_attribute("data-theme", "light")
    drawn.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(drawn).to_have_attribute("data-theme", "dark")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".st-key-panel details[open]")).to_have_count(0)
