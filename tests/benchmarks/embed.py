"""What the embed is measured by, beside the page that shows the same."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser

from tests.e2e.conftest import SETTLED, WIRED

from .browsing import middle
from .laydown import COLD_SECONDS, FIRST_READY, SHIFTS
from .serving import ROOT, STREAMLIT, Server
from .table import markdown

CONNECTIONS, SECONDS = 64, 8
WARM_SECONDS = 2
SIZE = {"width": 900, "height": 600}
# Runs in the page before its own scripts: notes when the map has been painted with its rows.
PAINTED = """const look = () => {
    const painted = () => setTimeout(() => { window.firstReady = performance.now(); });
    if (window.laydown?.state().ready) requestAnimationFrame(painted);
    else requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


@dataclass(frozen=True)
class EmbedFigures:
    """Medians; milliseconds and bytes."""

    visible_ms: float
    page_ms: float
    page_shift: float
    """How far what is seen of the page is moved while it loads (CLS)."""
    html_bytes: float
    requests_s: float
    errors: int
    preview_ms: float


def measure(browser: Browser, folder: Path, repeat: int) -> EmbedFigures:
    """Measure the embed of a data folder."""
    with Server([*STREAMLIT, "dashboard.py"], {"LAYDOWN_DATA": str(folder)}) as server:
        address = f"{server.direct}/embed"

        shifts: list[float] = []

        def opened(url: str, script: str) -> float:
            context = browser.new_context(viewport=SIZE)
            page = context.new_page()
            page.add_init_script(script)
            page.goto(url, timeout=COLD_SECONDS * 1000)
            ms: float = page.wait_for_function("() => window.firstReady", timeout=COLD_SECONDS * 1000).json_value()
            if url != address:
                page.wait_for_function(f"{SETTLED} && {WIRED}")
                shifts.append(page.evaluate("window.shift"))
            context.close()
            return ms

        opened(address, PAINTED)
        opened(server.direct, FIRST_READY + SHIFTS)
        # In turn, so that whatever else the machine does falls on both.
        pairs = [(opened(address, PAINTED), opened(server.direct, FIRST_READY + SHIFTS)) for _ in range(repeat)]
        context = browser.new_context()
        html = context.request.get(address).body()
        context.request.get(f"{server.direct}/preview.png")
        drawn = [_timed(context.request.get, f"{server.direct}/preview.png?q={'x' * n}") for n in range(1, repeat + 1)]
        context.close()
        _load(address, WARM_SECONDS)
        told = _load(address, SECONDS)
    return EmbedFigures(
        visible_ms=middle([embed for embed, _ in pairs]),
        page_ms=middle([page for _, page in pairs]),
        page_shift=middle(shifts),
        html_bytes=len(html),
        requests_s=told["requests"] / SECONDS,
        errors=told["errors"],
        preview_ms=middle(drawn),
    )


def _timed(get: Callable[[str], object], url: str) -> float:
    begun = perf_counter()
    get(url)
    return (perf_counter() - begun) * 1000


def _load(address: str, seconds: int) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.benchmarks.load", address, str(CONNECTIONS), str(seconds)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout))


def embed_table(results: Mapping[str, EmbedFigures]) -> str:
    """Return the embed's figures by data, each against what it must be."""
    musts = {"curated": 600, "30,000": 1500}

    def mark(good: bool) -> str:
        return " ✓" if good else " ✗"

    rows = [
        ["embed", "must", *results],
        [
            "visible, ms",
            "≤ 600 curated; ≤ 1,500 at 30,000",
            *(
                f"{f.visible_ms:,.0f}" + (mark(f.visible_ms <= musts[name]) if name in musts else "")
                for name, f in results.items()
            ),
        ],
        [
            "rows painted on the page beside it, ms",
            "≤ ×2",
            *(
                f"{f.page_ms:,.0f} (×{f.page_ms / f.visible_ms:.2g}){mark(f.page_ms <= 2 * f.visible_ms)}"
                for f in results.values()
            ),
        ],
        [
            "layout shift (CLS) of the page",
            "≤ 0.05",
            *(f"{f.page_shift:.3f}{mark(f.page_shift <= 0.05)}" for f in results.values()),
        ],
        ["HTML, bytes", "< 60,000", *(f"{f.html_bytes:,}{mark(f.html_bytes < 60_000)}" for f in results.values())],
        [
            f"requests/s, warm, {CONNECTIONS} connections",
            "≥ 300",
            *(f"{f.requests_s:,.0f}{mark(f.requests_s >= 300)}" for f in results.values()),
        ],
        ["errors", "0", *(f"{f.errors}{mark(not f.errors)}" for f in results.values())],
        ["a new preview.png, ms", "", *(f"{f.preview_ms:,.0f}" for f in results.values())],
    ]
    return markdown(rows)
