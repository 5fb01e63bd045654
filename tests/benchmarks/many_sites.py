"""A drag over many sites: `uv run python -m tests.benchmarks.many_sites [PLACES] [MONTHS]`.

Makes a seeded table of who holds what, a row a place and month, imports it, serves it, and drags the window's last day
in a headless Chromium: prints the milliseconds of main thread a frame of those in which the map was drawn anew.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from components.cli import main

from .browsing import HIGH, LOW, VIEWPORT, Drag, Slider, centre, chromium, middle, p95
from .serving import STREAMLIT, Server

CHANGED = 0.06
"""The part of the places that change hands in a month, some of them to who had them."""
HOME = 0.7
"""How often that is to who holds the places about."""
IDLE_MS = 4
"""Of main thread in a frame: with less nothing was drawn."""
FORCES = ("Government", "Opposition", "Northern Front", "Southern Front", "Islamists", "Kurdish forces")
# What tests/benchmarks/probe.js does, without asking how many incidents are on the map.
WATCH = """() => {
    window.frames_ = [];
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data: [shown, began] }) => window.frames_.push([shown, performance.now() - began]);
    const frame = (shown) => {
        channel.port2.postMessage([shown, performance.now()]);
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.benchmark = {
        record: () => { window.frames_.length = 0; },
        recorded: () => ({ frames: window.frames_.map(([shown, work]) => [shown, work, 0]), blocks: [] }),
    };
}"""


def control_table(path: Path, places: int, months: int, seed: int = 7) -> None:
    """Write who held each place in each month: neighbours alike, and now and then another."""
    chance = np.random.default_rng([seed, places, months])
    lat, lon = chance.uniform(32.5, 37, places).round(4), chance.uniform(36, 45, places).round(4)
    home = (((lat - 32.5) // 1.6) * 2 + (lon > 40.5)).astype(int) % len(FORCES)
    other = chance.integers(0, len(FORCES), (months, places))
    held = np.where(chance.random((months, places)) < HOME, home, other)
    stays = chance.random((months, places)) >= CHANGED
    for month in range(1, months):
        held[month] = np.where(stays[month], held[month - 1], held[month])
    dates = pd.period_range("2015-01", periods=months, freq="M").strftime("%Y-%m-01")
    pd.DataFrame(
        {
            "place": np.tile([f"Village {n}" for n in range(places)], months),
            "country": "Syria",
            "date": np.repeat(dates.to_numpy(), places),
            "holder": np.array(FORCES)[held.ravel()],
            "lat": np.tile(lat, months),
            "lon": np.tile(lon, months),
        }
    ).to_csv(path, index=False)


def run(places: int, months: int) -> None:
    """Measure so many places over so many months, and print what a frame took."""
    with tempfile.TemporaryDirectory() as folder:
        path, into = Path(folder) / "control.csv", Path(folder) / "data"
        control_table(path, places, months)
        assert main(["import", str(path), "--into", str(into)]) == 0
        last = (pd.Period("2015-01", "M") + months).strftime("%Y-%m-01")
        with Server([*STREAMLIT, "dashboard.py"], {"LAYDOWN_DATA": str(into)}) as server, chromium() as browser:
            page = browser.new_context(viewport=VIEWPORT).new_page()
            page.goto(f"{server.address}/embed?from=2015-01-01&to={last}")
            page.locator(".timeline").wait_for(timeout=120_000)
            page.wait_for_timeout(2_000)  # what follows the first paint is not measured
            page.evaluate(WATCH)
            start, end = (page.get_by_role("slider", name=f"Window {end}") for end in ("start", "end"))
            slider = Slider(page, end, centre(start)[0], centre(end)[0])
            slider.drag(LOW, HIGH)  # the first compiles
            for _ in range(3):
                _tell(slider.drag(LOW, HIGH))


def _tell(drag: Drag) -> None:
    work = [ms for ms in drag.work if ms > IDLE_MS]
    print(
        f"{len(work)} frames drawn: main thread {middle(work):.1f} ms, p95 {p95(work):.1f} ms;"
        f" between frames {middle(drag.intervals):.1f} ms, p95 {p95(drag.intervals):.1f} ms"
    )


if __name__ == "__main__":
    run(*(int(number) for number in sys.argv[1:] or ("8000", "100")))
