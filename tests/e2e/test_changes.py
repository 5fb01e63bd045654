"""The brief of a window: told rightly, explained, copied, as known on a day, and on the map."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from components.view.brief import brief
from components.view.on_view import on_view
from components.view.selection import select
from components.view.view import View
from tests.curated import CATALOG

WINDOW = {"from_": "2025-12-01", "to": "2026-03-12"}


def change(dashboard, name):
    return dashboard.page.locator(".change").filter(has=dashboard.page.get_by_role("button", name=name, exact=True))


TOLD = [
    (
        "al-tanf",
        "Al-Tanf garrison",
        "US forces left on 11 February 2026; Syrian government forces took over on 12 February 2026.",
    ),
    (
        "al-shaddadi",
        "Al-Shaddadi base",
        "The Syrian Democratic Forces left in January 2026; US forces left on 15 February 2026; Syrian government "
        "forces took over the same day.",
    ),
    (
        "qasrak",
        "Qasrak",
        "US forces have been drawing down since 21 February 2026 and were reinforced on 11 March 2026.",
    ),
]


def test_the_brief_of_the_winter_tells_what_the_sources_carry(dashboard, subtests):
    dashboard.open(**WINDOW)
    for site, name, told in TOLD:
        with subtests.test(site=site):
            told_rightly(dashboard, site, name, told)


def told_rightly(dashboard, site, name, told):
    line = change(dashboard, name)
    expect(line.locator("p").first).to_have_text(told)
    # The dates told are those of presence rows that began or ended in the window, and each has its sources.
    presence = CATALOG.presence[CATALOG.presence["site"] == site]
    dates = {part.text for column in ("start", "end") for part in presence[column] if part}
    assert {"al-tanf": {"2026-02-11", "2026-02-12"}, "al-shaddadi": {"2026-01", "2026-02-15"}}.get(site, set()) <= dates
    summary = line.locator("summary")
    number = int(re.match(r"(\d+) sources", summary.inner_text()).group(1))
    [expected] = [
        one.change.sources
        for one in told_of(View(date(2025, 12, 1), date(2026, 3, 12))).changed
        if one.change.site == site
    ]
    assert number == len(expected)
    cited = {source for sources in presence["sources"] for source in sources} | {
        source
        for row in CATALOG.movements.itertuples()
        if site in (row.origin, row.destination)
        for source in row.sources
    }
    assert set(expected) <= cited
    summary.click()
    for publisher in set(CATALOG.sources.loc[list(expected), "publisher"]):
        expect(line).to_contain_text(publisher)


def told_of(view):
    return brief(on_view(CATALOG, view))


def test_a_change_leads_to_its_site_and_to_what_explains_it(dashboard):
    dashboard.open(**WINDOW)
    line = change(dashboard, "Al-Tanf garrison")
    line.locator("summary").click()
    line.get_by_role("button", name=re.compile("US garrison leaves Al-Tanf")).click()
    dashboard.wait_query(sel="movement:al-tanf-to-jordan-2026-01", tab="selected")
    dashboard.page.get_by_role("radio", name="Changes").click()
    change(dashboard, "Al-Tanf garrison").get_by_role("button", name="Al-Tanf garrison", exact=True).click()
    dashboard.wait_query(sel="site:al-tanf", tab="selected")


def test_a_sentence_lights_its_places_and_a_place_its_sentence(dashboard):
    page = dashboard.open(**WINDOW, map="6/34.5000/39.9000").page
    rings = dashboard.frame.locator(".lights span")
    opening = page.locator(".lede")
    opening.get_by_role("button", name="Al-Tanf garrison").first.hover()
    expect(rings).to_have_count(1)
    change(dashboard, "Qasrak").get_by_role("button", name="Qasrak", exact=True).focus()
    expect(rings).to_have_count(1)
    site = CATALOG.sites.loc["al-tanf"]
    page.mouse.move(*dashboard.point(site["lat"], site["lon"]))
    expect(change(dashboard, "Al-Tanf garrison")).to_have_class(re.compile("lit"))
    expect(opening.locator("> .lit").first).to_contain_text("left Ain al-Asad air base, Al-Tanf garrison")
    expect(change(dashboard, "Qasrak")).not_to_have_class(re.compile("lit"))
    # What is pressed is no longer pointed at.
    opening.get_by_role("button", name="Al-Tanf garrison").first.click()
    dashboard.wait_query(sel="site:al-tanf")
    expect(rings).to_have_count(0)


def test_the_brief_follows_the_window(dashboard):
    dashboard.open(**WINDOW)
    expect(change(dashboard, "Al-Tanf garrison")).to_be_visible()
    handle = dashboard.frame.get_by_role("slider", name="Window end")
    handle.focus()
    handle.press("PageUp")
    for _ in range(3):
        handle.press("PageDown")
    dashboard.wait_query(to="2026-01-12")
    expect(dashboard.page.get_by_role("heading", name="Changes, 1 December 2025 to 12 January 2026")).to_be_visible()
    expect(change(dashboard, "Al-Tanf garrison")).to_have_count(0)


def test_what_was_announced_on_the_twelfth_is_not_known_on_the_tenth(dashboard):
    dashboard.open(**WINDOW, known="2026-02-10")
    expect(
        dashboard.page.get_by_role("heading", name=re.compile("only what was public by 10 February 2026"))
    ).to_be_visible()
    expect(dashboard.frame.locator(".public-by")).to_have_text("Only what was public by 10 Feb 2026")
    expect(dashboard.frame.locator(".window-summary .known")).to_have_text("public by 10 Feb 2026")
    expect(change(dashboard, "Al-Hol camp")).to_be_visible()
    expect(change(dashboard, "Al-Tanf garrison")).to_have_count(0)
    before = dashboard.state()["shown"]
    selection = select(CATALOG, View(date(2025, 12, 1), date(2026, 3, 12), known=date(2026, 2, 10)))
    assert before == {name: len(getattr(selection, name)) for name in ("sites", "incidents", "movements")}
    dashboard.page.get_by_role("button", name="Clear filters").click()
    dashboard.wait_query(known=None)
    expect(change(dashboard, "Al-Tanf garrison")).to_be_visible()
    assert dashboard.state()["shown"]["incidents"] > before["incidents"]


def test_the_map_can_show_the_changes(dashboard):
    dashboard.open(**WINDOW)
    group = dashboard.page.get_by_role("group", name="On the map")
    group.get_by_role("button", name="Changes").click()
    dashboard.wait_query(show="changes")
    expect(group.get_by_role("button", name="Changes")).to_have_attribute("aria-pressed", "true")
    dashboard.wait("state.marks === 'changes'")
    group.get_by_role("button", name="Status").click()
    dashboard.wait_query(show=None)
    dashboard.wait("state.marks === 'status'")


@pytest.mark.parametrize(("label", "first"), [("Markdown", "# Changes, 1 December"), ("Text", "Changes, 1 December")])
def test_the_brief_is_copied_with_its_sources_and_its_link(open_dashboard, label, first):
    dashboard = open_dashboard(permissions=["clipboard-read", "clipboard-write"]).open(**WINDOW)
    button = dashboard.page.get_by_role("group", name="Copy").get_by_role("button", name=label)
    button.click()
    expect(dashboard.page.get_by_role("button", name="Copied")).to_be_visible()
    text = dashboard.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(first)
    assert "Al-Tanf garrison" in text
    assert "from=2025-12-01" in text
    assert re.search(r"^1\. .+https?://", text, re.MULTILINE)
    expect(button).to_have_text(label)
