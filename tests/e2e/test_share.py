"""The Share dialog in a real browser: what it copies is the view."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.curated import FROM, TO, shifted


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


def test_share_gives_the_browsers_camera_and_no_change_puts_an_old_one_back(fresh):
    page = fresh.page
    # Every address that is pushed by the page, as a step in the history.
    fresh.prepare(
        """{
            const push = history.pushState;
            window.pushed = [];
            history.pushState = function (state, title, url) {
                window.pushed.push(new URL(url, location.href).searchParams.get("map"));
                return push.apply(this, arguments);
            };
        }"""
    )
    fresh.open(map="8/33.5000/38.6000")

    def pan() -> str:
        before = fresh.query()["map"][0]
        page.evaluate("void mapFrame().contentWindow.map.panBy([90, 60], { animate: false })")
        page.wait_for_function("old => new URL(location.href).searchParams.get('map') !== old", arg=before)
        return fresh.query()["map"][0]

    def shared(camera: str) -> None:
        page.get_by_role("button", name="Share").click()
        dialog = page.get_by_role("dialog", name="Share this view")
        # The link, the embed's code, and three citations.
        expect(dialog.get_by_text(f"map={camera}")).to_have_count(5)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(page.get_by_role("button", name="Share")).to_be_focused()

    shared(pan())
    assert page.evaluate("window.pushed") == [], "opening Share is no step in the history"
    camera = pan()
    page.get_by_role("group", name="Incidents", exact=True).get_by_role("button", name="Attack").click()
    fresh.wait_query(kind="attack", map=camera)
    assert page.evaluate("window.pushed") == [camera], "a press never puts an old camera into the address"
    camera = pan()
    fresh.frame.get_by_role("slider", name="Window end").press("PageDown")
    fresh.wait_query(to=shifted(TO, months=-1), map=camera)
    assert page.evaluate("window.pushed.at(-1)") == camera, "nor does the map's own report"
    camera = pan()
    page.get_by_role("combobox", name="Search").fill("tanf")
    page.keyboard.press("Enter")
    fresh.wait_query(q="tanf", map=camera)
    shared(camera)
    assert fresh.query()["map"] == [camera]


def test_a_citation_is_copied_and_its_link_knows_the_data(open_dashboard, curated):
    dashboard = open_dashboard(permissions=["clipboard-read", "clipboard-write"])
    page = dashboard.open(sel="site:qasrak").page
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("tab", name="Cite").click()
    dialog.get_by_role("button", name="BibTeX").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("@misc{laydown-qasrak,")
    assert f"data={curated.version}" in text


def test_the_frames_code_follows_its_switches_and_shows_the_view(open_dashboard):
    dashboard = open_dashboard(permissions=["clipboard-read", "clipboard-write"])
    page = dashboard.open(kind="attack", from_="2026-01-01").page
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("tab", name="Embed").click()
    dialog.get_by_text("Key and filters").click()
    expect(dialog.get_by_text("filters=off")).to_be_visible()
    dialog.get_by_role("button", name="Copy code").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")
    assert 'height="600"' in code
    other = open_dashboard()
    other.page.goto(f"{other.address}/healthz")  # a page that may frame, as one without an address may not
    other.page.set_content(code)
    other = other.page
    frame = other.frame_locator("iframe")
    expect(frame.get_by_role("slider", name="Window start")).to_have_attribute("aria-valuetext", "2026-01-01")
    count = dashboard.state()["shown"]["incidents"]
    expect(frame.get_by_text(f"{count} incidents", exact=True)).to_be_visible()
    expect(frame.locator(".legend")).to_be_hidden()
    assert page.locator("meta[name=description]").get_attribute("content").startswith("Who holds which base")


def test_a_file_of_the_view_is_downloaded_by_its_own_name(dashboard):
    page = dashboard.open(kind="attack", sel="site:al-tanf").page
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("tab", name="Files").click()
    row = dialog.get_by_role("listitem").filter(has_text="Incidents")
    with page.expect_download() as download:
        row.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == f"Al-Tanf garrison, incidents, {FROM} to {TO}.csv"
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == dashboard.state()["shown"]["incidents"] + 1
