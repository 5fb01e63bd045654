"""Strength over time: its brush and the timeline's hold the same window."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.curated import LAST, TO, brief, shifted

START, END = "Window start", "Window end"


def slider(dashboard, name):
    return dashboard.page.get_by_role("slider", name=name)


def section(dashboard, title):
    return dashboard.page.locator("section.series").filter(has=dashboard.page.get_by_text(title, exact=True))


def open_strength(dashboard, **query):
    dashboard.open(tab="strength", **query)
    expect(slider(dashboard, START)).to_have_attribute(
        "aria-valuenow", str(number(dashboard.state()["window"]["from"]))
    )
    return dashboard


def number(iso: str) -> int:
    return (date.fromisoformat(iso) - date(1970, 1, 1)).days


def shade(dashboard) -> dict[str, float]:
    """The shaded window of the first chart, in pixels."""
    box: dict[str, float] = dashboard.page.locator(".chart .window").first.bounding_box()
    return box


def middle(box) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(dashboard, box, by: float, release: bool = True) -> None:
    x, y = middle(box)
    mouse = dashboard.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + by, y, steps=6)
    if release:
        mouse.up()


def test_a_series_is_shown_with_its_reports_and_their_sources(dashboard):
    open_strength(dashboard)
    us = section(dashboard, "United States in Syria")
    expect(us).to_contain_text("1,000, 18 February 2026")
    assert us.locator(".edge").count() >= 5
    listed = us.locator(".reports > li")
    expect(listed.first).to_be_hidden()
    us.get_by_role("button", name="13 reports").click()
    expect(listed.first).to_be_visible()
    assert listed.count() == 13
    expect(listed.first).to_contain_text("1,000, 18 February 2026")
    assert us.locator(".reports a[href^='https://']").count() > 13
    expect(us.locator(".reports")).to_contain_text("a plan, not a count")


def test_all_reports_are_in_sight_when_all_time_is(dashboard):
    open_strength(dashboard)
    us = section(dashboard, "United States in Syria")
    some = us.locator(".report").count()
    dashboard.page.get_by_role("button", name="All time").click()
    expect(us.locator(".report")).to_have_count(13)
    assert some < 13
    dashboard.page.get_by_role("button", name="Near the window").click()
    expect(us.locator(".report")).to_have_count(some)


def test_a_report_says_what_it_is_and_opens_its_line(dashboard):
    open_strength(dashboard)
    us = section(dashboard, "United States in Syria")
    part = us.get_by_role("button", name="200–250, December 2025, only a part")
    part.hover()
    tip = dashboard.page.locator(".tip:visible")
    expect(tip).to_contain_text("200–250")
    expect(tip).to_contain_text("only a part")
    expect(tip).to_contain_text("Radio Iowa")
    part.press("Enter")
    expect(us.locator(".reports .pressed")).to_contain_text("Iowa National Guard")
    assert part.evaluate("mark => mark.querySelector('.target').getBBox().width") >= 24


def test_the_arrows_go_from_report_to_report(fresh):
    open_strength(fresh)
    us = section(fresh, "United States in Syria")
    assert us.locator(".report[tabindex='0']").count() == 1
    last = us.locator(".report[tabindex='0']")
    last.focus()
    label = last.get_attribute("aria-label")
    fresh.page.keyboard.press("ArrowLeft")
    expect(us.locator(".report:focus")).not_to_have_attribute("aria-label", label or "")
    expect(fresh.page.locator(".tip:visible")).to_contain_text("900")


def test_dragging_a_handle_moves_the_shade_then_the_map_and_the_link(dashboard):
    open_strength(dashboard)
    before = dashboard.state()["window"]
    wide = shade(dashboard)["width"]
    drag(dashboard, slider(dashboard, START).bounding_box(), 25, release=False)
    expect(slider(dashboard, START)).not_to_have_attribute("aria-valuenow", str(number(before["from"])))
    assert dashboard.query() == {"tab": ["strength"]}, "the server hears of it only when the handle is let go"
    dashboard.page.mouse.up()
    dashboard.wait(f"state.window.from > '{before['from']}'")
    after = dashboard.state()["window"]
    assert after["to"] == before["to"]
    dashboard.wait_query(from_=after["from"], to=None)
    assert dashboard.state()["window"] == after
    expect(slider(dashboard, START)).to_have_attribute("aria-valuenow", str(number(after["from"])))
    assert shade(dashboard)["width"] < wide


@pytest.mark.parametrize("on", [".slide .band", ".chart .window"])
def test_the_band_moves_both_edges(dashboard, on):
    open_strength(dashboard, from_="2025-10-01", to="2025-12-31")
    drag(dashboard, dashboard.page.locator(on).first.bounding_box(), -30)
    dashboard.wait("state.window.to < '2025-12-31'")
    window = dashboard.state()["window"]
    dashboard.wait_query(from_=window["from"], to=window["to"])
    assert number(window["to"]) - number(window["from"]) == 91


def test_the_keys_move_a_day_and_a_month(dashboard):
    open_strength(dashboard)
    slider(dashboard, END).press("ArrowLeft")
    day = shifted(TO, -1)
    dashboard.wait_query(to=day)
    expect(slider(dashboard, END)).to_have_attribute("aria-valuetext", brief(day))
    expect(slider(dashboard, END)).to_be_focused()
    slider(dashboard, END).press("PageDown")
    month = shifted(day, months=-1)
    dashboard.wait_query(to=month)
    assert dashboard.state()["window"]["to"] == month
    slider(dashboard, START).press("End")
    dashboard.wait_query(from_=month)
    slider(dashboard, START).press("ArrowRight")
    expect(slider(dashboard, START)).to_have_attribute("aria-valuetext", brief(month))


def test_back_before_the_answer_to_a_key_shows_the_window_that_it_leads_to(fresh):
    open_strength(fresh)
    day = shifted(TO, -1)
    asked = []
    fresh.page.context.route(
        re.compile(rf"/panel/page\.json\?.*to={day}"), lambda route: asked.append(route)
    )  # not answered
    typed = fresh.page.locator(".st-key-dates input").nth(1)
    slider(fresh, END).press("ArrowLeft")
    fresh.page.wait_for_url(f"**to={day}*")
    expect(slider(fresh, END)).to_have_attribute("aria-valuetext", brief(day))
    fresh.page.go_back()
    expect(slider(fresh, END)).to_have_attribute("aria-valuetext", brief(TO))
    typed.fill(day)
    typed.press("Enter")
    fresh.page.wait_for_url(f"**to={day}*")
    fresh.page.go_back()
    expect(typed).to_have_value(TO)
    assert asked
    for route in asked:
        route.abort()
    fresh.errors.clear()  # of what was not answered


def test_the_shade_follows_the_timeline_while_it_is_dragged(fresh):
    open_strength(fresh)
    handle = fresh.frame.get_by_role("slider", name=END)
    box = handle.bounding_box()
    before = shade(fresh)
    mouse = fresh.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] - 100, box["y"] + 20, steps=6)
    fresh.wait(f"state.window.to < '{shifted(TO, -7)}'")
    held = fresh.state()["window"]["to"]
    expect(slider(fresh, END)).to_have_attribute("aria-valuenow", str(number(held)))
    assert shade(fresh)["width"] < before["width"]
    assert fresh.query() == {"tab": ["strength"]}
    mouse.up()
    fresh.wait_query(to=held)
    expect(slider(fresh, END)).to_have_attribute("aria-valuenow", str(number(held)))


def test_going_back_brings_the_window_back(fresh):
    open_strength(fresh)
    slider(fresh, END).press("PageDown")
    fresh.wait_query(to=shifted(TO, months=-1))
    fresh.page.go_back()
    fresh.wait_query(to=None)
    expect(slider(fresh, END)).to_have_attribute("aria-valuetext", brief(TO))
    fresh.wait(f"state.window.to === '{TO}'")


def test_a_window_far_from_all_reports_is_still_shown(dashboard):
    open_strength(dashboard, from_="2029-01-01", to="2029-01-01")
    box = shade(dashboard)
    track = dashboard.page.locator(".slide").bounding_box()
    assert track["x"] <= box["x"] <= track["x"] + track["width"]
    # The hand leads it no further beyond the data.
    slider(dashboard, END).press("PageUp")
    slider(dashboard, START).press("ArrowLeft")
    dashboard.wait_query(from_="2028-12-31", to="2029-01-01")
    slider(dashboard, START).press("Home")
    slider(dashboard, END).press("End")
    month_end = shifted(shifted(f"{LAST[:7]}-01", months=1), -1)  # the last report is of the last month of the data
    expect(slider(dashboard, END)).to_have_attribute("aria-valuetext", brief(month_end))
    for _ in range(2):
        slider(dashboard, END).press("PageUp")
    expect(slider(dashboard, END)).to_have_attribute("aria-valuetext", brief(shifted(LAST, 31)))


def test_a_series_with_nothing_near_the_window_says_so(fresh):
    open_strength(fresh)
    kobani = section(fresh, "United States at Kobani Landing Zone (Sarrin airfield)")
    expect(kobani).to_contain_text("Nothing reported near the window")
    fresh.page.get_by_role("button", name="All time").click()
    expect(kobani).not_to_contain_text("Nothing reported near the window")


def test_the_selected_sites_chart_comes_first(dashboard):
    open_strength(dashboard, sel="site:qasrak")
    expect(dashboard.page.locator("section.series").first).to_contain_text("United States at Qasrak")


def test_on_a_phone_the_charts_fit(open_dashboard):
    dashboard = open_strength(open_dashboard(width=390, height=844))
    wide = dashboard.page.locator(".chart > svg").first.bounding_box()
    assert wide["x"] >= 0
    assert wide["x"] + wide["width"] <= 390
    assert dashboard.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_running_total_is_a_chart_with_its_statements(open_dashboard, counting):
    dashboard = open_strength(open_dashboard(counting))
    total = section(dashboard, "Test")
    assert total.locator(".report").count() == 2
    assert total.locator(".range").count() == 2
    listed = total.locator(".reports > li")
    expect(listed.first).to_be_hidden()
    total.get_by_role("button", name=re.compile("^5, tests by")).press("Enter")
    expect(listed.first).to_be_visible()
    expect(total.locator(".reports .pressed")).to_contain_text("5, ")
