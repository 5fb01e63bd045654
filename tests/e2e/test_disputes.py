"""What sources disagree on: filtered, marked, listed, and read side by side."""

import re

import pytest
from playwright.sync_api import expect

from components.view.selection import select
from components.view.view import read_view
from tests.curated import CATALOG


def shown(**query):
    view, notices = read_view({key.rstrip("_"): [value] for key, value in query.items()}, CATALOG)
    assert not notices
    selection = select(CATALOG, view)
    return {name: len(getattr(selection, name)) for name in ("sites", "incidents", "movements")}


def test_disputed_only_narrows_the_map_to_what_python_selects(dashboard):
    dashboard.open()
    option = dashboard.page.get_by_role("group", name="Rival claims").get_by_role("button", name="Disputed only")
    promised = int(re.search(r"(\d+)$", option.inner_text()).group(1))
    option.click()
    dashboard.wait_query(disputed="only")
    expected = shown(disputed="only")
    dashboard.wait(f"state.shown.incidents === {expected['incidents']}")
    assert dashboard.state()["shown"] == expected
    assert promised == expected["incidents"]
    assert 0 < expected["sites"] < shown()["sites"]
    expect(option).to_have_attribute("aria-pressed", "true")
    option.click()
    dashboard.wait_query(disputed=None)
    dashboard.wait(f"state.shown.incidents === {shown()['incidents']}")


def test_a_link_of_disputed_only_is_restored_with_other_filters(open_dashboard, open_map, subtests):
    for country, build in (("Iraq", open_dashboard), ("Syria", open_map)):
        with subtests.test(country=country):
            dashboard = build().open(disputed="only", country=country)
            assert dashboard.state()["shown"] == shown(disputed="only", country=country)


def test_a_press_in_the_panel_selects_the_row_and_opens_its_card_with_both_sides(dashboard):
    row = "incident:al-tanf-withdrawal-2026-02-11"
    dashboard.open(tab="disputes")
    panel = dashboard.page.locator(".st-key-panel")
    expect(panel.get_by_role("heading", name=re.compile(r"^\d+ disagreements, \d+ on view$"))).to_be_visible()
    topic = panel.locator("section.dispute").filter(has_text="The date of the withdrawal from Al-Tanf")
    topic.get_by_role("button", name=re.compile(CATALOG.incidents.loc[row.partition(":")[2], "title"])).click()
    dashboard.wait_query(sel=row, tab="selected")
    dashboard.wait(f"state.selected === '{row}'")
    card = panel.get_by_role("article")
    for side in ("11 February 2026", "12 February 2026"):
        expect(card.locator(".side").filter(has=dashboard.page.get_by_text(side, exact=True))).to_be_visible()
    expect(card.locator(".side .tag").first).to_be_visible()


def test_two_sides_stand_beside_each_other_where_there_is_room(dashboard):
    dashboard.open(sel="site:al-tanf", tab="selected")
    sides = dashboard.page.locator(".side")
    claims = CATALOG.claims[CATALOG.claims["row"] == "site:al-tanf"]
    sizes = list(claims.groupby("topic").size())
    assert set(sizes) == {2}  # each disagreement is of two sides
    expect(sides).to_have_count(sum(sizes))
    for first in range(0, sum(sizes), 2):
        left, right = (sides.nth(n).bounding_box() for n in (first, first + 1))
        assert left["y"] == right["y"]
        assert left["x"] + left["width"] < right["x"]


def test_the_charts_bars_lie_within_their_tracks_in_order_of_time(dashboard):
    dashboard.open(sel="site:al-tanf", tab="selected")
    track = dashboard.page.locator(".history .track").first
    expect(track).to_be_visible()
    boxes = dashboard.page.evaluate(
        """() => {
            const inside = (root) => [...root.querySelectorAll("*")].flatMap(
                (one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
            const all = inside(document);
            const box = (one) => { const { left, right } = one.getBoundingClientRect(); return [left, right]; };
            return all.filter((one) => one.classList.contains("bar")).map((bar) => [box(bar), box(bar.parentElement)]);
        }"""
    )
    held = CATALOG.presence[CATALOG.presence["site"] == "al-tanf"]
    assert len(boxes) == len(held)
    for (left, right), (first, last) in boxes:
        assert right - left >= 2
        assert first - 1 <= left < right <= last + 1


def test_the_key_says_what_the_sign_of_a_disagreement_means(the_map):
    the_map.open()
    the_map.frame.get_by_text("Key", exact=True).click()
    expect(the_map.frame.get_by_text("sources disagree", exact=True)).to_be_visible()


def test_hovering_a_disputed_site_says_that_sources_disagree(the_map):
    the_map.open(disputed="only")
    site = CATALOG.sites.loc["t4"]
    x, y = the_map.point(site["lat"], site["lon"])
    the_map.page.mouse.move(x, y)
    expect(the_map.frame.get_by_role("status").filter(has_text=site["name"])).to_contain_text("sources disagree")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_the_panel_without_a_sideways_scroll(open_dashboard, scheme: str):
    dashboard = open_dashboard(width=390, height=844, color_scheme=scheme).open(tab="disputes")
    expect(dashboard.page.locator(".side").first).to_be_visible()
    assert dashboard.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
