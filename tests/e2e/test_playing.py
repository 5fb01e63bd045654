"""The window that moves by itself: played, stepped, watched as it builds up."""

from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from components.catalog.dates import day_number
from tests.curated import FROM, LAST, TO, shifted, told
from tests.e2e.test_timeline import END, button, days, slider


def test_play_moves_the_window_and_pause_tells_python(dashboard):
    dashboard.open(from_="2026-01-01", to="2026-01-31")
    button(dashboard, "Play").click()
    dashboard.wait("state.window.to > '2026-01-31'")
    button(dashboard, "Pause").click()
    button(dashboard, "Play").wait_for()
    window = dashboard.state()["window"]
    assert days(window) == 30
    dashboard.wait_query(from_=window["from"], to=window["to"])
    assert dashboard.state()["window"] == window


def test_a_growing_window_keeps_its_beginning(the_map):
    the_map.open(from_="2026-01-01", to="2026-01-31")
    the_map.frame.get_by_label("Mode").select_option("Build up")
    button(the_map, "Play").click()
    the_map.wait("state.window.to > '2026-01-31' && state.window.from === '2026-01-01'")
    button(the_map, "Pause").click()


@pytest.mark.parametrize(
    ("start", "end", "size", "onwards", "backwards"),
    [
        ("2026-01-10", "2026-01-31", "Day", ("2026-01-11", "2026-02-01"), ("2026-01-09", "2026-01-30")),
        ("2025-11-10", "2026-03-02", "Week", ("2025-11-17", "2026-03-09"), ("2025-11-03", "2026-02-23")),
        ("2021-01-01", "2023-01-31", "Month", ("2021-02-01", "2023-02-28"), ("2020-12-01", "2022-12-31")),
        ("2018-01-01", "2022-12-31", "Quarter", ("2018-04-01", "2023-03-31"), ("2017-10-01", "2022-09-30")),
    ],
)
def test_a_step_is_a_bin_of_the_histogram(the_map, start, end, size, onwards, backwards):
    the_map.open(from_=start, to=end)
    the_map.frame.locator(".size").get_by_text(size, exact=True).wait_for()
    for name, (first, last) in (("Step forward", onwards), ("Step back", (start, end)), ("Step back", backwards)):
        button(the_map, name).click()
        the_map.wait(f"state.window.from === '{first}' && state.window.to === '{last}'")
    the_map.wait_query(from_=backwards[0], to=backwards[1])


def test_play_ends_with_the_data_and_is_one_step_in_the_history(dashboard):
    """From a panel that tells the window: it follows while it plays, and is not left behind when it pauses."""
    start, end = shifted(LAST, -41), shifted(LAST, -21)
    dashboard.open(from_=start, to=end, tab="posture")
    page = dashboard.page
    page.get_by_text(told(end)).first.wait_for()
    before, steps = page.url, page.evaluate("history.length")
    button(dashboard, "Play").click()
    page.wait_for_function("(to) => new URL(location.href).searchParams.get('to') > to", arg=end)
    page.wait_for_function("(told) => !document.body.textContent.includes(told)", arg=told(end))
    page.wait_for_function("(to) => new URL(location.href).searchParams.get('to') > to", arg=shifted(end, 1))
    assert page.evaluate("history.length") == steps
    dashboard.frame.get_by_label("Speed").select_option("×8")
    button(dashboard, "Play").wait_for()
    assert dashboard.state()["window"] == {"from": shifted(LAST, -20), "to": LAST}
    dashboard.wait_query(from_=shifted(LAST, -20), to=None if LAST == TO else LAST)
    page.get_by_text(told(LAST)).first.wait_for()
    assert page.evaluate("history.length") == steps + 1
    button(dashboard, "Step forward").click()
    page.go_back()
    dashboard.wait(f"state.window.to === '{end}'")
    page.get_by_text(told(end)).first.wait_for()
    assert page.url == before


def test_what_is_pressed_while_it_plays_is_a_step_of_its_own(dashboard):
    dashboard.open(from_="2025-06-01", to="2025-06-30")
    page = dashboard.page
    steps = page.evaluate("history.length")
    button(dashboard, "Play").click()
    page.wait_for_function("new URL(location.href).searchParams.get('to') > '2025-06-30'")
    page.mouse.click(*dashboard.point(33.50583, 38.61778))
    page.wait_for_function("new URL(location.href).searchParams.has('sel')")
    page.wait_for_function("new URL(location.href).searchParams.get('to') > '2025-07-01'")
    assert page.evaluate("history.length") == steps + 1
    button(dashboard, "Pause").click()
    window = dashboard.state()["window"]
    dashboard.wait_query(from_=window["from"], to=window["to"])
    assert page.evaluate("history.length") == steps + 2
    page.go_back()
    dashboard.wait_query(from_="2025-06-01", to="2025-06-30")
    dashboard.wait("state.window.to === '2025-06-30'")
    assert "sel" in dashboard.query()
    # Stepping back while it plays stops it where the link says.
    button(dashboard, "Play").click()
    page.wait_for_function("new URL(location.href).searchParams.get('to') > '2025-06-30'")
    page.go_back()
    dashboard.wait_query(sel=None, from_="2025-06-01", to="2025-06-30")
    button(dashboard, "Play").wait_for()
    dashboard.wait("state.window.to === '2025-06-30'")


def test_a_step_of_a_growing_window_moves_its_end(the_map):
    the_map.open(from_="2026-01-10", to="2026-01-31")
    the_map.frame.get_by_label("Mode").select_option("Build up")
    button(the_map, "Step forward").click()
    the_map.wait_query(from_="2026-01-10", to="2026-02-01")


def test_space_plays_and_escape_pauses(the_map):
    the_map.open(from_="2026-01-01", to="2026-01-31")
    slider(the_map, END).press("Space")
    button(the_map, "Pause").wait_for()
    slider(the_map, END).press("Space")
    button(the_map, "Play").wait_for()
    # The band takes the focus for the timeline.
    the_map.frame.locator(".band").click()
    the_map.page.keyboard.press("Space")
    button(the_map, "Pause").wait_for()
    the_map.page.keyboard.press("Escape")
    button(the_map, "Play").wait_for()


REPORTS = """() => {
    window.told = [];
    addEventListener("laydown:move", ({ detail: { start, end } }) => {
        window.told.push({ at: performance.now(), start, end });
    });
}"""


def test_while_it_plays_the_page_follows_and_its_answers_do_not_stop_it(dashboard):
    dashboard.open(from_="2025-06-01", to="2025-06-30")
    dashboard.page.evaluate(REPORTS)
    dashboard.frame.get_by_label("Speed").select_option("×8")
    button(dashboard, "Play").click()
    dashboard.page.wait_for_function("window.told.length >= 2")
    answered = dashboard.page.evaluate("new Date(window.told[1].end * 86_400_000).toISOString().slice(0, 10)")
    dashboard.page.wait_for_function("(to) => new URL(location.href).searchParams.get('to') >= to", arg=answered)
    dashboard.wait(f"state.window.to > '{answered}'")
    button(dashboard, "Pause").click()
    button(dashboard, "Play").wait_for()
    window = dashboard.state()["window"]
    dashboard.wait_query(from_=window["from"], to=window["to"])
    told = dashboard.page.evaluate("window.told")
    # That it is told at most once a second is held by playback.test.js, by a clock of its own.
    assert [told[-1]["start"], told[-1]["end"]] == [
        day_number(date.fromisoformat(window[edge])) for edge in ("from", "to")
    ]
    assert dashboard.state()["window"] == window


STEPS = """() => {
    window.steps = [];
    const handle = document.querySelectorAll("[role=slider]")[1];
    const note = () => {
        const day = Number(handle.getAttribute("aria-valuenow"));
        if (day !== window.steps.at(-1)?.day) window.steps.push({ day, at: performance.now() });
    };
    note();
    new MutationObserver(note).observe(handle, { attributes: true });
}"""


def test_who_asked_for_less_motion_sees_it_bin_by_bin(open_map):
    the_map = open_map(reduced_motion="reduce").open(from_="2025-06-01", to="2025-09-30")
    the_map.frame.locator(".size").get_by_text("Week", exact=True).wait_for()
    the_map.page.evaluate(STEPS)
    button(the_map, "Play").click()
    the_map.page.wait_for_function("() => window.steps.length >= 3")
    button(the_map, "Pause").click()
    steps = the_map.page.evaluate("window.steps.slice(0, 3)")
    pairs = list(pairwise(steps))
    assert [after["day"] - before["day"] for before, after in pairs] == [7, 7]
    assert all(after["at"] - before["at"] > 800 for before, after in pairs[1:]), steps


def test_watch_it_builds_up_the_first_window_and_leaves_no_step(dashboard):
    dashboard.open()
    page, frame = dashboard.page, dashboard.frame
    before, steps = page.url, page.evaluate("history.length")
    button(dashboard, "Watch it").click()
    dashboard.wait(f"state.window.from === '{FROM}' && state.window.to < '{TO}'")
    watch = frame.get_by_role("region", name="Watch it")
    first = watch.locator(".numbers span").inner_text()
    expect(watch.get_by_role("button", name="Watch again")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(watch.get_by_role("button", name="Watch again")).to_be_focused()
    dashboard.wait(f"state.window.to === '{TO}'")
    expect(watch.get_by_role("status")).to_contain_text(f"{first} on")
    assert (page.url, page.evaluate("history.length")) == (before, steps)
    watch.get_by_role("button", name="Follow a briefing").click()
    page.wait_for_function("new URL(location.href).searchParams.has('step')")
    expect(watch).to_be_hidden()
    button(dashboard, "Play").wait_for()


def test_who_asked_for_less_motion_watches_three_stills(open_map):
    the_map = open_map(reduced_motion="reduce").open()
    button(the_map, "Watch it").click()
    watch = the_map.frame.get_by_role("region", name="Watch it")
    days = [watch.locator(".day").inner_text()]
    for _ in range(2):
        watch.get_by_role("button", name="Next").click()
        days.append(watch.locator(".day").inner_text())
    assert len(set(days)) == 3
    expect(watch.get_by_role("button", name="Watch again")).to_be_focused()
    expect(watch.get_by_role("button", name="Follow a briefing")).to_have_count(0)
    the_map.wait(f"state.window.to === '{TO}'")
