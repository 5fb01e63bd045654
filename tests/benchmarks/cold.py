"""How soon a server that has just been started shows its first page, and the memory that takes."""

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser

from .browsing import VIEWPORT, middle
from .laydown import COLD_SECONDS, FIRST_READY
from .serving import STREAMLIT, Server
from .table import markdown

KEPT_SECONDS = 120
"""How long a server may take to write what it keeps."""
MUSTS: Mapping[tuple[str, str], float] = {
    ("new", "100,000"): 3,
    ("new", "1,000,000"): 15,
    ("unchanged", "1,000,000"): 5,
}


@dataclass(frozen=True)
class Start:
    """A start of a server, and the first page that it was asked for at once."""

    data: str
    """``new``: nothing was kept of them; ``unchanged``: they were read by a server before."""
    listening_s: float
    """From the start of the process until it listens."""
    page_s: float
    """From the start of the process until the rows are on the screen."""
    own_page_s: float
    """From the navigation on."""
    peak_mb: float


def measure(browser: Browser, folder: Path, repeat: int) -> list[Start]:
    """Start a server of a data folder ``repeat`` times with new data, and each time once more with the same.

    A start before them, which is not measured, compiles all modules, as an installation does.
    """
    starts = []
    with TemporaryDirectory(prefix="laydown-bytecode-") as bytecode:
        for time_ in range(repeat + 1):
            with TemporaryDirectory(prefix="laydown-cache-") as cache:
                for data in ("new", "unchanged"):
                    start = _start(browser, folder, Path(cache), bytecode, data)
                    print(f"  {start}", file=sys.stderr, flush=True)
                    if time_ == 0:
                        break
                    starts.append(start)
    return starts


def _start(browser: Browser, folder: Path, cache: Path, bytecode: str, data: str) -> Start:
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.add_init_script(FIRST_READY)
    begun = perf_counter()
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": bytecode}
    settings = {"LAYDOWN_DATA": str(folder), "LAYDOWN_CACHE": str(cache)}
    server = Server([*STREAMLIT, "dashboard.py"], settings | compiled)
    with server:
        listening = perf_counter() - begun
        page.goto(server.direct, timeout=COLD_SECONDS * 1000)
        ms: float = page.wait_for_function("window.firstReady", timeout=COLD_SECONDS * 1000).json_value()
        peak = server.peak_mb()
        context.close()
        _wait_until_kept(folder, cache)
    return Start(data, listening, listening + ms / 1000, ms / 1000, peak)


def _wait_until_kept(folder: Path, cache: Path) -> None:
    from components.catalog.kept import LEAST_BYTES

    if sum(path.stat().st_size for path in folder.glob("*.csv")) < LEAST_BYTES:
        return
    until = perf_counter() + KEPT_SECONDS
    while not list(cache.glob("*.arrow")):
        if perf_counter() > until:
            raise RuntimeError("the server has kept nothing")
        time.sleep(0.1)


def cold_table(results: Mapping[str, Sequence[Start]]) -> str:
    """Return the medians by data, each against what it must be."""
    rows = [["first page of a server that has just been started", "must", *results]]
    for data in ("new", "unchanged"):
        musts = "; ".join(f"≤ {must} at {size}" for (of, size), must in MUSTS.items() if of == data)
        chosen = {size: [start for start in starts if start.data == data] for size, starts in results.items()}
        total = {size: middle([start.page_s for start in starts]) for size, starts in chosen.items()}
        marks = {size: _mark(MUSTS.get((data, size)), seconds) for size, seconds in total.items()}
        rows += [
            [
                f"{data} data: process start → rows on the screen, s",
                musts,
                *(f"{total[n]:.1f}{marks[n]}" for n in total),
            ],
            ["of it until the server listens, s", "", *_middles(chosen, "listening_s", 1)],
            ["of it navigation → rows on the screen, s", "", *_middles(chosen, "own_page_s", 1)],
            ["most memory by then, MB", "", *_middles(chosen, "peak_mb", 0)],
        ]
    return markdown(rows)


def _middles(starts: Mapping[str, Sequence[Start]], name: str, digits: int) -> list[str]:
    return [f"{middle([getattr(start, name) for start in each]):,.{digits}f}" for each in starts.values()]


def _mark(must: float | None, seconds: float) -> str:
    return "" if must is None else " ✓" if seconds <= must else " ✗"
