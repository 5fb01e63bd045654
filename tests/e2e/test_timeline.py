"""The window as a slider: dragged in the browser, reported when let go, and usable without a mouse."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from components.catalog.catalog import load
from components.catalog.dates import day_number
from components.settings import data_folder
from components.view.selection import select
from components.view.view import View
from tests.curated import FIRST, FROM, LAST, TO, shifted

START, END = "Window start", "Window end"
AXIS = 8
"""Pixels from the track's lower edge that lie on the axis."""


def slider(dashboard, name):
    return dashboard.frame.get_by_role("slider", name=name)


def button(dashboard, name):
    return dashboard.frame.get_by_role("button", name=name, exact=True)


def track(dashboard) -> dict[str, float]:
    box: dict[str, float] = dashboard.frame.locator(".track").bounding_box()
    return box


def band(dashboard) -> dict[str, float]:
    box: dict[str, float] = dashboard.frame.locator(".band").bounding_box()
    return box


def days(window: dict[str, str]) -> int:
    return (date.fromisoformat(window["to"]) - date.fromisoformat(window["from"])).days


def test_dragging_filters_at_once_and_tells_python_when_let_go(dashboard):
    dashboard.open()
    before = dashboard.state()
    box = slider(dashboard, END).bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] - 120, box["y"] + 20, steps=8)
    dashboard.wait(f"state.window.to < '{shifted(TO, -7)}'")
    held = dashboard.state()
    assert held["shown"]["incidents"] < before["shown"]["incidents"]
    assert dashboard.query() == {}, "the server hears of it only when the handle is let go"
    mouse.up()
    dashboard.wait_query(to=held["window"]["to"])
    assert dashboard.state()["window"] == held["window"]
    assert dashboard.state()["shown"] == held["shown"]


def test_the_frame_is_not_reloaded_by_a_change_of_the_window(dashboard):
    dashboard.open()
    dashboard.page.evaluate("mapFrame().contentWindow.mark = true")
    slider(dashboard, END).press("PageDown")
    dashboard.wait_query(to=shifted(TO, months=-1))
    assert dashboard.page.evaluate("mapFrame().contentWindow.mark")


def test_the_band_between_the_handles_moves_both(dashboard):
    dashboard.open(from_="2026-01-01", to="2026-01-31")
    box = dashboard.frame.locator(".band").bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + 20, steps=4)
    mouse.up()
    dashboard.page.wait_for_function("new URL(location.href).searchParams.get('from') > '2026-01-01'")
    window = dashboard.settle().state()["window"]
    assert (date.fromisoformat(window["to"]) - date.fromisoformat(window["from"])).days == 30


KEYS = [
    (START, "ArrowRight", (shifted(FROM, 1), TO)),
    (START, "ArrowLeft", (shifted(FROM, -1), TO)),
    (START, "PageUp", (shifted(FROM, months=1), TO)),
    (START, "PageDown", (shifted(FROM, months=-1), TO)),
    (START, "Home", (FIRST, TO)),
    (START, "End", (TO, TO)),
    (END, "ArrowLeft", (FROM, shifted(TO, -1))),
    (END, "ArrowUp", (FROM, shifted(TO, 1))),
    (END, "PageDown", (FROM, shifted(TO, months=-1))),
    (END, "Home", (FROM, FROM)),
    (END, "End", (FROM, LAST)),
]


def test_keys_move_a_handle(the_map):
    the_map.open()
    for handle, key, expected in KEYS:
        slider(the_map, handle).press(key)
        the_map.wait(f"state.window.from === '{expected[0]}' && state.window.to === '{expected[1]}'")
        expect(slider(the_map, handle)).to_have_attribute("aria-valuetext", expected[0 if handle == START else 1])
        if expected == (FROM, TO):
            continue  # where it is already
        changed = {"from_": expected[0]} if handle == START else {"to": expected[1]}
        the_map.wait_query(**changed)
        the_map.frame.locator(".track").dblclick()
        the_map.wait_query(from_=None, to=None)
        the_map.wait(f"state.window.from === '{FROM}' && state.window.to === '{TO}'")


def test_a_key_that_moves_a_handle_is_a_step_in_the_history(dashboard):
    dashboard.open()
    slider(dashboard, END).press("PageDown")
    dashboard.wait_query(to=shifted(TO, months=-1))
    dashboard.page.go_back()
    dashboard.wait_query(to=None)
    dashboard.wait(f"state.window.to === '{TO}'")


def test_the_handles_say_what_they_are(the_map):
    the_map.open()
    for name, day in ((START, FROM), (END, TO)):
        handle = slider(the_map, name)
        least, now, most = (int(handle.get_attribute(f"aria-value{end}")) for end in ("min", "now", "max"))
        assert least <= now <= most
        assert handle.get_attribute("aria-valuetext") == day


def test_presets_set_the_window(dashboard):
    dashboard.open()
    for preset, start, end in (
        ("30 days", shifted(TO, -29), TO),
        ("90 days", shifted(TO, -89), TO),
        ("All", FIRST, LAST),
    ):
        dashboard.frame.get_by_role("button", name=preset).click()
        dashboard.wait_query(from_=start)
        assert dashboard.state()["window"] == {"from": start, "to": end}


def test_dates_typed_in_the_sidebar_move_the_timeline(dashboard):
    dashboard.open()
    dashboard.page.get_by_label("From", exact=True).fill("2025-12-10")
    dashboard.wait_query(from_="2025-12-10")
    dashboard.wait("state.window.from === '2025-12-10'")


def test_touch_drags_a_handle(open_dashboard):
    dashboard = open_dashboard(width=390, height=844, has_touch=True, is_mobile=True).open()
    box = slider(dashboard, END).bounding_box()
    session = dashboard.page.context.new_cdp_session(dashboard.page)

    def touch(kind, x):
        points = [] if kind == "touchEnd" else [{"x": x, "y": box["y"] + 20}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", box["x"] + 4)
    for step in range(1, 6):
        touch("touchMove", box["x"] + 4 - 10 * step)
    dashboard.wait(f"state.window.to < '{shifted(TO, -7)}'")
    touch("touchEnd", 0)
    dashboard.page.wait_for_function("new URL(location.href).searchParams.has('to')")


# The data's ends

MARGIN = timedelta(days=31)


def test_nothing_leads_past_the_ends_of_the_data_by_more_than_a_margin(the_map):
    start = shifted(LAST, -29)
    the_map.open(from_=start, to=LAST)
    box, mouse = track(the_map), the_map.page.mouse
    most = (date.fromisoformat(LAST) + MARGIN).isoformat()
    for handle, key in ((END, "ArrowRight"), (END, "PageUp"), (END, "PageUp"), (END, "PageUp")):
        slider(the_map, handle).press(key)
    the_map.wait(f"state.window.to === '{most}'")
    assert int(slider(the_map, END).get_attribute("aria-valuemax")) == int(
        slider(the_map, END).get_attribute("aria-valuenow")
    )
    for pixels in (4000, 4000):  # panned as far as it goes, the window's end is at the track's
        mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
        mouse.wheel(pixels, 0)
    handle = slider(the_map, END).bounding_box()
    assert handle["x"] + handle["width"] / 2 == pytest.approx(box["x"] + box["width"] - 14, abs=3)
    slider(the_map, END).press("End")
    # The handle is placed in the same frame as the band.
    expect(slider(the_map, END)).to_have_attribute("aria-valuenow", str(day_number(date.fromisoformat(LAST))))
    inside = band(the_map)
    mouse.move(inside["x"] + inside["width"] / 2, box["y"] + 60)
    mouse.down()
    mouse.move(box["x"] + box["width"] + 400, box["y"] + 60, steps=4)
    mouse.up()
    the_map.wait(f"state.window.to === '{most}'")
    assert days(the_map.state()["window"]) == days({"from": start, "to": LAST}), "it is moved, not cut"


def test_a_link_beyond_the_data_opens_as_asked_and_leads_no_further(dashboard):
    dashboard.open(from_="2030-01-01", to="2030-02-01")
    assert dashboard.state()["window"] == {"from": "2030-01-01", "to": "2030-02-01"}
    expect(dashboard.page.get_by_label("To", exact=True)).to_have_value("2030-02-01")
    slider(dashboard, END).press("ArrowRight")
    slider(dashboard, START).press("ArrowLeft")
    dashboard.wait("state.window.from === '2029-12-31' && state.window.to === '2030-02-01'")
    slider(dashboard, START).press("Home")
    dashboard.wait(f"state.window.from === '{FIRST}'")
    slider(dashboard, END).press("End")
    dashboard.wait(f"state.window.to === '{LAST}'")


# The time on the track


def test_the_wheel_zooms_about_the_pointer(the_map):
    the_map.open(from_="2025-11-10", to="2026-03-12")
    query = the_map.query()
    before = band(the_map)
    right = before["x"] + before["width"]
    the_map.page.mouse.move(right, before["y"] + 30)
    the_map.page.mouse.wheel(0, -500)
    the_map.frame.locator(".size").get_by_text("Day", exact=True).wait_for()
    after = band(the_map)
    assert after["x"] + after["width"] == pytest.approx(right, abs=2)
    the_map.page.mouse.wheel(0, 1500)
    the_map.frame.locator(".size").get_by_text("Month", exact=True).wait_for()
    assert band(the_map)["width"] < before["width"] / 2
    assert the_map.query() == query, "the window is as it was"


def test_a_wheel_sideways_and_a_drag_below_the_bars_pan(the_map):
    the_map.open()
    before, window = band(the_map), the_map.state()["window"]
    mouse = the_map.page.mouse
    mouse.move(before["x"] + 60, before["y"] + 30)
    mouse.wheel(-40, 0)
    the_map.page.wait_for_function(LEFT_OF_BAND, arg=[before["x"] + 40])
    box = track(the_map)
    y = box["y"] + box["height"] - AXIS
    mouse.move(box["x"] + 300, y)
    mouse.down()
    mouse.move(box["x"] + 270, y, steps=3)
    mouse.up()
    the_map.page.wait_for_function(LEFT_OF_BAND, arg=[before["x"] + 10])
    assert the_map.state()["window"] == window
    assert the_map.query() == {}


LEFT_OF_BAND = """([x]) => {
    const left = document.querySelector(".band").getBoundingClientRect().left;
    return Math.abs(left - x) <= 2;
}"""


def test_a_double_click_resets_window_and_zoom(dashboard):
    dashboard.open()
    before = band(dashboard)
    button(dashboard, "30 d, 30 days").click()
    dashboard.wait_query(from_=shifted(TO, -29))
    dashboard.page.mouse.move(before["x"] + 60, before["y"] + 30)
    dashboard.page.mouse.wheel(0, 300)
    dashboard.page.mouse.dblclick(before["x"] + 200, before["y"] + 30)
    dashboard.wait_query(from_=None, to=None)
    assert band(dashboard) == pytest.approx(before, abs=1)


def test_a_double_click_on_a_shared_link_leads_to_the_datasets_own_window(dashboard):
    dashboard.open(from_="2025-12-01", to="2025-12-20")
    box = band(dashboard)
    dashboard.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 30)
    dashboard.wait_query(from_=None, to=None)


def test_the_buttons_zoom_for_who_has_no_wheel(the_map):
    the_map.open()
    before = band(the_map)["width"]
    button(the_map, "Show more time").click()
    button(the_map, "Show less time").click()
    button(the_map, "Show less time").click()
    assert band(the_map)["width"] > before * 1.5


def test_a_named_period_of_the_data_sets_the_window(dashboard):
    dashboard.open()
    menu = dashboard.frame.get_by_label("Periods")
    menu.select_option("Northern pull-out")
    dashboard.wait_query(from_="2019-10-06", to="2019-11-14")
    button(dashboard, "Step forward").click()
    dashboard.wait_query(from_="2019-10-07")
    assert menu.evaluate("menu => menu.selectedOptions[0].text") == "Periods", "it is that period no longer"


def test_a_preset_shows_that_it_is_chosen(dashboard):
    dashboard.open()
    button(dashboard, "90 d, 90 days").click()
    dashboard.wait_query(from_=shifted(TO, -89))
    assert button(dashboard, "90 d, 90 days").get_attribute("aria-pressed") == "true"
    assert button(dashboard, "30 d, 30 days").get_attribute("aria-pressed") == "false"


# What the pointer is told


def test_hover_tells_the_count_by_kind_and_titles(the_map):
    the_map.open(to="2026-02-11")
    monday = date(2026, 2, 9)
    incidents = select(load(data_folder()), View(monday, monday + timedelta(days=6))).incidents.rows()
    certain, total = int(incidents["certain"].sum()), len(incidents)
    box = band(the_map)
    the_map.page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 60)
    tip = the_map.frame.get_by_role("tooltip")
    tip.get_by_text("9 – 15 Feb 2026").wait_for()
    open_ones = f": {certain} certain, {total - certain} possible" if certain < total else ""
    assert tip.locator(".quiet").inner_text() == f"{total} incidents{open_ones}"
    assert tip.locator("ul li").count() == incidents["kind"].nunique()
    tip.locator("ol li").first.wait_for()
    titles = tip.locator("ol li").all_inner_texts()
    assert len(titles) == min(3, total)
    assert set(titles) <= set(incidents["title"])
    the_map.page.mouse.move(box["x"], box["y"] - 200)
    tip.wait_for(state="hidden")


def test_what_is_dated_by_month_is_possible_in_its_weeks(open_map, folder):
    incidents: list[dict[str, Any]] = [
        {"id": "old", "title": "Long ago", "start": "2020-02-11", "lat": "34", "lon": "38"},
        {"id": "vague", "title": "Some time", "start": "2026-02", "lat": "34", "lon": "38"},
        {"id": "sure", "title": "That day", "start": "2026-02-11", "lat": "34", "lon": "38"},
    ]
    the_map = open_map(folder(incidents=incidents)).open(from_="2025-12-01", to="2026-02-11")
    tip = the_map.frame.get_by_role("tooltip")

    def hover_at_the_right_handle() -> None:
        box = band(the_map)
        the_map.page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 60)

    hover_at_the_right_handle()
    tip.get_by_text("2 incidents: 1 certain, 1 possible").wait_for()
    the_map.page.mouse.wheel(0, 1000)
    the_map.frame.locator(".size").get_by_text("Month", exact=True).wait_for()
    the_map.page.mouse.move(0, 0)
    hover_at_the_right_handle()
    tip.get_by_text("2 incidents", exact=True).wait_for()


def test_site_changes_and_movements_are_told_in_their_lanes(the_map):
    the_map.open(from_="2026-01-27", to="2026-02-11")
    box = band(the_map)
    right = box["x"] + box["width"]
    tip = the_map.frame.get_by_role("tooltip")
    the_map.page.mouse.move(right - 8, box["y"] + 5)
    tip.get_by_text("United States → Syrian government · 11 Feb 2026").wait_for()
    assert "Al-Tanf garrison" in tip.locator("strong").all_inner_texts()
    the_map.page.mouse.move(right - 8, box["y"] + 17)
    tip.locator(".line strong").first.wait_for()


# Small screens and fingers

PHONE = {"width": 360, "height": 800, "has_touch": True, "is_mobile": True}
TOUCH = 44


def test_at_360_pixels_everything_is_there_and_large_enough(open_dashboard):
    dashboard = open_dashboard(**PHONE).open()
    assert track(dashboard)["height"] - 18 - 25 >= 60, "the histogram, without its axis and lanes"
    menu = dashboard.frame.get_by_label("Periods")
    assert not menu.is_visible()
    button(dashboard, "More").tap()
    menu.wait_for()
    bar = dashboard.frame.locator(".timeline-bar")
    for control in bar.locator("button, select").all():
        box = control.bounding_box()
        assert box["width"] >= TOUCH, control
        assert box["height"] >= TOUCH, control
        assert box["x"] >= 0, control
        assert box["x"] + box["width"] <= PHONE["width"], control
    wide = dashboard.page.evaluate("mapFrame().contentDocument.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
    button(dashboard, "30 d, 30 days").tap()
    dashboard.wait_query(from_=shifted(TO, -29))
    button(dashboard, "More").press("Escape")
    menu.wait_for(state="hidden")


def test_two_fingers_zoom_the_timeline(open_map):
    the_map = open_map(**PHONE).open()
    before, window = band(the_map), the_map.state()["window"]
    session = the_map.page.context.new_cdp_session(the_map.page)
    box = track(the_map)
    y, middle = box["y"] + 50, box["x"] + box["width"] / 2

    def fingers(kind: str, apart: float) -> None:
        points = [{"x": middle - apart, "y": y, "id": 0}, {"x": middle + apart, "y": y, "id": 1}] if apart else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 30)
    for apart in (40, 60, 90):
        fingers("touchMove", apart)
    the_map.page.wait_for_function(
        "([least]) => document.querySelector('.band').getBoundingClientRect().width > least",
        arg=[before["width"] * 1.5],
    )
    fingers("touchEnd", 0)
    assert the_map.state()["window"] == window
    assert the_map.query() == {}


def test_a_tap_tells_what_hovering_would(open_dashboard):
    dashboard = open_dashboard(**PHONE).open()
    within, box = track(dashboard), band(dashboard)
    place = {"x": box["x"] - within["x"] + box["width"] * 0.7, "y": 60}
    dashboard.frame.locator(".track").tap(position=place, force=True)  # forced: the handles lie over parts of it
    told = dashboard.frame.get_by_role("tooltip").get_by_text("2026").first
    told.wait_for()
    # What is drawn anew under the finger is told anew.
    dashboard.page.set_viewport_size({"width": PHONE["width"] - 10, "height": PHONE["height"]})
    dashboard.page.wait_for_function(
        "(width) => mapFrame().contentDocument.querySelector('.track canvas').width < width",
        arg=within["width"] * dashboard.page.evaluate("devicePixelRatio"),
    )
    expect(told).to_be_visible()
