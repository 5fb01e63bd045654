"""What Laydown itself is measured by."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.e2e.conftest import FRAME, MAP_FRAME, READY, SETTLED, WIRED

from .browsing import HIGH, LOW, VIEWPORT, Slider, Target, Traffic, centre, install, middle, p95
from .events import FIRST
from .serving import STREAMLIT, Server

COLD_SECONDS = 1200
"""How long a cold server may take for its first page."""
WAIT_SECONDS = 120
CHANGES = 50

WINDOW = "mapFrame().contentWindow"
STATE = f"{WINDOW}.laydown.state()"
TARGET = Target(
    value=f"() => (Date.parse({STATE}.window.to) - Date.parse('{FIRST}')) / 864e5",
    drawn=f"() => {STATE}.shown.incidents",
    linked=f"() => new URLSearchParams(location.search).get('to') === {STATE}.window.to",
    host=WINDOW,
)
# Runs in each frame of each page before its own scripts: notes when the map is first painted with its rows.
FIRST_READY = f"""{MAP_FRAME};
if (window === top) {{
    const look = () => {{
        let ready = false;
        try {{ ready = {READY}; }} catch {{ /* the frame is not there yet */ }}
        if (ready) requestAnimationFrame(() => setTimeout(() => {{ window.firstReady = performance.now(); }}));
        else requestAnimationFrame(look);
    }};
    requestAnimationFrame(look);
}}"""
# Runs beside it: sums up how far what is seen already is moved (CLS).
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shift += value;
}).observe({ type: "layout-shift", buffered: true });"""


@dataclass(frozen=True)
class Figures:
    """Medians; milliseconds, bytes and megabytes."""

    cold_ms: float
    first_load_ms: float
    shift: float
    """How far what is seen is moved while the page loads (CLS)."""
    data_bytes: float
    """What the map fetches for itself at first load, the basemap apart."""
    session_mb: float
    interval_p50: float
    interval_p95: float
    work_p50: float
    work_p95: float
    updates: float
    block_ms: float
    changed_ms: float
    settled_ms: float
    interaction_bytes: float
    plain_bytes: float
    """The same before compression."""
    interaction_cpu_ms: float
    heap_growth_mb: float


def measure(browser: Browser, folder: Path, counts: Sequence[int], repeat: int, basemap: set[str]) -> Figures:
    """Measure a data folder; ``basemap`` holds the paths of what every folder's map fetches."""
    with Server([*STREAMLIT, "dashboard.py"], {"LAYDOWN_DATA": str(folder)}) as server:
        contexts: list[BrowserContext] = []

        def opened() -> tuple[Page, float, Traffic, float]:
            contexts.append(browser.new_context(viewport=VIEWPORT))
            return _open(contexts[-1], server.address)

        page, cold, _, _ = opened()
        _say(f"cold server: {cold / 1000:.1f} s")
        # A change builds what the server keeps for all sessions; it is not a session's memory.
        slider = _slider(page)
        install(page, TARGET, counts)
        _change(slider, LOW)
        before = server.rss_mb()
        loads = [opened() for _ in range(repeat)]
        session = (server.rss_mb() - before) / repeat
        _say(f"first loads: {', '.join(f'{ms:.0f}' for _, ms, _, _ in loads)} ms")
        files = [{path: size for path, size in traffic.files.items() if _is_data(path)} for _, _, traffic, _ in loads]
        for context in contexts:
            context.close()
        page, _, traffic, _ = opened()
        slider = _slider(page)
        install(page, TARGET, counts)
        drags = [slider.drag(LOW, HIGH) for _ in range(repeat)]
        _say(f"drag p95: {', '.join(f'{p95(drag.intervals):.1f}' for drag in drags)} ms")

        page.wait_for_function("benchmark.settled()", timeout=WAIT_SECONDS * 1000)
        for share in (LOW, HIGH):
            _change(slider, share)
        heap, cpu, sent, plain = _heap(traffic.cdp), server.cpu_ms(), server.wire, traffic.bytes
        changes = [_change(slider, (LOW, HIGH)[number % 2] + number / 1000) for number in range(CHANGES)]
        cpu, sent, plain = server.cpu_ms() - cpu, server.wire - sent, traffic.bytes - plain
        grown = _heap(traffic.cdp)
        contexts[-1].close()
    changed, settled = zip(*changes, strict=True)
    return Figures(
        cold_ms=cold,
        first_load_ms=middle([ms for _, ms, _, _ in loads]),
        shift=middle([shift for _, _, _, shift in loads]),
        data_bytes=middle([sum(size for path, size in sizes.items() if path not in basemap) for sizes in files]),
        session_mb=session,
        interval_p50=middle([middle(drag.intervals) for drag in drags]),
        interval_p95=middle([p95(drag.intervals) for drag in drags]),
        work_p50=middle([middle(drag.work) for drag in drags]),
        work_p95=middle([p95(drag.work) for drag in drags]),
        updates=middle([drag.updates for drag in drags]),
        block_ms=middle([drag.block for drag in drags]),
        changed_ms=middle(changed),
        settled_ms=middle(settled),
        interaction_bytes=sent / CHANGES,
        plain_bytes=plain / CHANGES,
        interaction_cpu_ms=cpu / CHANGES,
        heap_growth_mb=(grown - heap) / 1e6,
    )


def curated(browser: Browser, folder: Path, repeat: int) -> tuple[float, set[str]]:
    """Return the first load of the curated data in milliseconds, and what its map fetches."""
    with Server([*STREAMLIT, "dashboard.py"], {"LAYDOWN_DATA": str(folder)}) as server:
        loads = []
        paths: set[str] = set()
        for number in range(repeat + 1):
            context = browser.new_context(viewport=VIEWPORT)
            _, ms, traffic, _ = _open(context, server.address)
            if number:  # the first warms the server
                loads.append(ms)
            paths |= {path for path in traffic.files if _is_data(path)}
            context.close()
        return middle(loads), paths


def _open(context: BrowserContext, address: str) -> tuple[Page, float, Traffic, float]:
    page = context.new_page()
    page.add_init_script(FIRST_READY + SHIFTS)
    traffic = Traffic(context.new_cdp_session(page))
    page.goto(address, timeout=COLD_SECONDS * 1000)
    ms: float = page.wait_for_function("window.firstReady", timeout=COLD_SECONDS * 1000).json_value()
    page.wait_for_function(f"{SETTLED} && {WIRED}", timeout=COLD_SECONDS * 1000)
    shift: float = page.evaluate("window.shift")
    return page, ms, traffic, shift


def _slider(page: Page) -> Slider:
    start, end = (page.frame_locator(FRAME).get_by_role("slider", name=f"Window {end}") for end in ("start", "end"))
    return Slider(page, end, centre(start)[0], centre(end)[0])


def _change(slider: Slider, share: float) -> tuple[float, float]:
    changed = slider.change(share, live=True, timeout=WAIT_SECONDS)
    return changed, slider.settled(WAIT_SECONDS)


def _heap(cdp: CDPSession) -> float:
    for _ in range(2):
        cdp.send("HeapProfiler.collectGarbage")
    usage = cdp.send("Runtime.getHeapUsage")
    return float(usage["usedSize"] + usage.get("backingStorageSize", 0))


def _is_data(path: str) -> bool:
    return "/map/" in path


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)
