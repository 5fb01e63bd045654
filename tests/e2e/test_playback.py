"""The player by a clock of its own: how fast, how often it tells, and what it does at the end of the data."""

from typing import Any

import pytest

from components.static import address

IN_BROWSER = """async ([assets, asked]) => {
    const { start, end, size, seconds, speed = 1, loop = false, growing = false, calm = false } = asked;
    const { Player } = await import(`/${assets}/timeline/playback.js`);
    const { SIZES } = await import(`/${assets}/timeline/histogram.js`);
    const { requestAnimationFrame, setTimeout, cancelAnimationFrame, clearTimeout } = window;
    const own = { requestAnimationFrame, setTimeout, cancelAnimationFrame, clearTimeout };
    const clock = performance.now;
    let [now, due] = [0, null];
    const shown = [{ start, end }];
    const told = [];
    const stage = {
        read: () => shown.at(-1),
        move: (window) => shown.push(window),
        tell: (window) => told.push({ now, ...window }),
        size: () => SIZES.find(({ name }) => name === size),
        extent: () => ({ first: 0, last: 400 }),
        left: () => 100,
        changed: () => {},
    };
    try {
        performance.now = () => now;
        window.requestAnimationFrame = (act) => { due = { at: now + 20, act }; };
        window.setTimeout = (act, wait) => { due = { at: now + wait, act }; };
        window.cancelAnimationFrame = window.clearTimeout = () => { due = null; };
        const player = new Player(stage);
        player.calm = { matches: calm };
        Object.assign(player, { speed, loop, growing });
        player.play();
        while (due && now < seconds * 1000) {
            const { at, act } = due;
            due = null;
            now = at;
            act(now);
        }
        return { shown, told, playing: player.playing, now };
    } finally {
        Object.assign(window, own);
        performance.now = clock;
    }
}"""


@pytest.fixture
def play(dashboard: Any) -> Any:
    dashboard.open()
    return lambda **asked: dashboard.page.evaluate(IN_BROWSER, [address("map"), asked])


def test_a_second_is_a_bin_times_the_speed(play: Any) -> None:
    for size, speed, days in (("Day", 1, 4), ("Day", 8, 32), ("Week", 2, 56), ("Month", 1, 112)):
        played = play(start=10, end=40, size=size, speed=speed, seconds=4)
        assert played["playing"]
        assert played["shown"][-1]["end"] - 40 == pytest.approx(days, abs=1), size
        assert {window["end"] - window["start"] for window in played["shown"]} == {30}


def test_python_is_told_once_a_second(play: Any) -> None:
    played = play(start=10, end=40, size="Week", seconds=5.5)
    moments = [told["now"] for told in played["told"]]
    assert moments == [1000, 2000, 3000, 4000, 5000]


def test_it_ends_with_the_data_and_says_so(play: Any) -> None:
    played = play(start=350, end=380, size="Week", seconds=60)
    assert not played["playing"]
    assert played["now"] < 4000
    assert played["shown"][-1] == {"start": 370, "end": 400}
    assert {key: played["told"][-1][key] for key in ("start", "end")} == {"start": 370, "end": 400}


def test_a_loop_begins_again_where_it_began(play: Any) -> None:
    played = play(start=350, end=380, size="Week", loop=True, seconds=10)
    assert played["playing"]
    ends = [window["end"] for window in played["shown"]]
    assert max(ends) == 400
    assert ends[ends.index(400) :].count(380) >= 1


def test_from_the_end_it_begins_at_the_left_of_the_track(play: Any) -> None:
    played = play(start=370, end=400, size="Week", seconds=1)
    assert played["shown"][1] == {"start": 100, "end": 130}


def test_growing_keeps_the_beginning_and_starts_over_with_a_bin(play: Any) -> None:
    played = play(start=370, end=400, size="Week", growing=True, seconds=2)
    assert played["shown"][1] == {"start": 370, "end": 376}
    assert {window["start"] for window in played["shown"]} == {370}


def test_a_window_as_long_as_the_data_grows(play: Any) -> None:
    played = play(start=0, end=400, size="Month", seconds=3)
    assert played["shown"][1] == {"start": 0, "end": 30}
    assert {window["start"] for window in played["shown"]} == {0}
    assert played["shown"][-1]["end"] > 90


def test_calm_playing_is_a_bin_a_second(play: Any) -> None:
    played = play(start=10, end=40, size="Week", calm=True, seconds=3)
    assert [window["end"] for window in played["shown"]] == [40, 47, 54, 61]
