"""The window as a slider: dragged in the browser, reported when let go, and usable without a mouse."""

from datetime import date

import pytest
from playwright.sync_api import expect

START, END = "Window start", "Window end"


def slider(dashboard, name):
    return dashboard.frame.get_by_role("slider", name=name)


def test_dragging_filters_at_once_and_tells_python_when_let_go(dashboard):
    dashboard.open()
    before = dashboard.state()
    box = slider(dashboard, END).bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] - 120, box["y"] + 20, steps=8)
    dashboard.wait("state.window.to < '2026-03-01'")
    held = dashboard.state()
    assert held["shown"]["incidents"] < before["shown"]["incidents"]
    assert dashboard.query() == {}, "the server hears of it only when the handle is let go"
    mouse.up()
    dashboard.wait_query(to=held["window"]["to"])
    assert dashboard.state()["window"] == held["window"]
    assert dashboard.state()["shown"] == held["shown"]


def test_the_frame_is_not_reloaded_by_a_change_of_the_window(dashboard):
    dashboard.open()
    dashboard.page.evaluate("document.querySelector('iframe').contentWindow.mark = true")
    slider(dashboard, END).press("PageDown")
    dashboard.wait_query(to="2026-02-12")
    assert dashboard.page.evaluate("document.querySelector('iframe').contentWindow.mark")


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


@pytest.mark.parametrize(
    ("handle", "key", "expected"),
    [
        (START, "ArrowRight", ("2025-11-11", "2026-03-12")),
        (START, "ArrowLeft", ("2025-11-09", "2026-03-12")),
        (START, "PageUp", ("2025-12-10", "2026-03-12")),
        (START, "PageDown", ("2025-10-10", "2026-03-12")),
        (START, "Home", ("2014-09-22", "2026-03-12")),
        (START, "End", ("2026-03-12", "2026-03-12")),
        (END, "ArrowLeft", ("2025-11-10", "2026-03-11")),
        (END, "ArrowUp", ("2025-11-10", "2026-03-13")),
        (END, "PageDown", ("2025-11-10", "2026-02-12")),
        (END, "Home", ("2025-11-10", "2025-11-10")),
        (END, "End", ("2025-11-10", "2026-04-30")),
    ],
)
def test_keys_move_a_handle(dashboard, handle, key, expected):
    dashboard.open()
    slider(dashboard, handle).press(key)
    dashboard.wait(f"state.window.from === '{expected[0]}' && state.window.to === '{expected[1]}'")
    expect(slider(dashboard, handle)).to_have_attribute("aria-valuetext", expected[0 if handle == START else 1])
    changed = {"from_": expected[0]} if handle == START else {"to": expected[1]}
    dashboard.wait_query(**changed)


def test_the_handles_say_what_they_are(dashboard):
    dashboard.open()
    for name, day in ((START, "2025-11-10"), (END, "2026-03-12")):
        handle = slider(dashboard, name)
        least, now, most = (int(handle.get_attribute(f"aria-value{end}")) for end in ("min", "now", "max"))
        assert least <= now <= most
        assert handle.get_attribute("aria-valuetext") == day


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("30 days", "2026-02-11", "2026-03-12"),
        ("90 days", "2025-12-13", "2026-03-12"),
        ("All", "2014-09-22", "2026-04-30"),
    ],
)
def test_presets_set_the_window(dashboard, preset, start, end):
    dashboard.open()
    dashboard.frame.get_by_role("button", name=preset).click()
    dashboard.wait_query(from_=start)
    assert dashboard.state()["window"] == {"from": start, "to": end}


def test_dates_typed_in_the_sidebar_move_the_timeline(dashboard):
    dashboard.open()
    dashboard.page.get_by_role("spinbutton", name="month, From").press("ArrowUp")
    dashboard.page.get_by_role("heading", level=1).click()  # leaving the field is what enters the date
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
    dashboard.wait("state.window.to < '2026-03-01'")
    touch("touchEnd", 0)
    dashboard.page.wait_for_function("new URL(location.href).searchParams.has('to')")
