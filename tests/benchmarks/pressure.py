"""What files and pictures do to those who read meanwhile: how long a change takes beside exports, what they leave."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import urlopen

from .serving import Server
from .table import markdown
from .viewer import FIRST, PATIENCE, Plan
from .viewers import Round, percentile, played, servers

READERS: Final = Plan([], 20, 30.0)
EXPORTS: Final = 20
"""How many ask for files at once, one after the other."""
FILES: Final = ("view.html", "view.xlsx", "view.kml", "view.png", "incidents.csv")
PREVIEWS: Final = 2_000
WARM_PREVIEWS: Final = 50
"""So many are drawn before memory is read: fonts and the base map are kept from then on."""
ASKING: Final = 4
"""How many ask for previews at once."""
PAUSE: Final = 0.5
"""Seconds after which who was told to come later comes again."""


@dataclass(frozen=True)
class Pressure:
    """What came of it; milliseconds and megabytes."""

    alone: Round
    """Of readers by themselves,"""
    beside: Round
    """and of as many while files were made."""
    answers: Counter[int]
    """How often a file was answered with each status."""
    before_mb: float
    after_mb: float
    """Of the process, before and after so many different previews."""
    drawn: int


def measure(folder: Path, previews: int = PREVIEWS) -> Pressure:
    """Serve a data folder, and put it under pressure."""
    with servers("dashboard.py", 1, {"LAYDOWN_DATA": str(folder)}) as (server,):
        plan = replace(READERS, addresses=[server.direct])
        played(replace(plan, viewers=4, seconds=6.0, every=1.0), [server], 0)  # it imports and compiles
        alone = played(plan, [server], 0)
        answers: Counter[int] = Counter()
        with _exporting(server, answers):
            beside = played(plan, [server], 0)
        addresses = _addresses(server, "preview.png")
        with ThreadPoolExecutor(ASKING) as pool:
            list(pool.map(_drawn, (next(addresses) for _ in range(WARM_PREVIEWS))))
            before = server.rss_mb()
            drawn = sum(pool.map(_drawn, (next(addresses) for _ in range(previews))))
        return Pressure(alone, beside, answers, before, server.rss_mb(), drawn)


class _exporting:  # noqa: N801  # a context manager
    """While it lasts, files are asked for."""

    def __init__(self, server: Server, answers: Counter[int]) -> None:
        self._addresses = {file: _addresses(server, f"export/{file}") for file in FILES}
        self._answers = answers
        self._over = threading.Event()
        self._turn = threading.Lock()
        self._threads = [threading.Thread(target=self._ask, args=[number]) for number in range(EXPORTS)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        while not self._over.is_set():
            with self._turn:
                address = next(self._addresses[FILES[number % len(FILES)]])
            status = _status(address)
            with self._turn:
                self._answers[status] += 1
            if status != 200:
                self._over.wait(PAUSE)


def _addresses(server: Server, path: str) -> Iterator[str]:
    """Yield addresses of one path, each with another window."""
    for number in count():
        start = FIRST - timedelta(days=number % 2900)
        end = start + timedelta(days=30 + number % 501)
        yield f"{server.direct}/{path}?from={start}&to={end}"


def _status(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        return error.code


def _drawn(address: str) -> bool:
    while (status := _status(address)) == 503:
        time.sleep(PAUSE)
    return status == 200


def pressure_table(found: Pressure) -> str:
    """Return each figure against what it must be."""

    def changes(one: Round) -> str:
        values = one.came.changes
        return f"{percentile(values, 0.5):,.0f} · {percentile(values, 0.95):,.0f}, {one.came.errors} errors"

    p95 = percentile(found.beside.came.changes, 0.95)
    grown = found.after_mb - found.before_mb
    files = ", ".join(f"{number:,} × {status}" for status, number in sorted(found.answers.items()))
    return markdown(
        [
            ["", "must", "measured"],
            [f"change of {READERS.viewers} readers, p50 · p95, ms", "", changes(found.alone)],
            [
                f"the same while {EXPORTS} ask for files",
                "p95 < 2,000",
                f"{changes(found.beside)} {'✓' if p95 < 2000 else '✗'}",
            ],
            ["the files' answers", "200, or 503 with Retry-After", files],
            [
                f"memory before and after {found.drawn:,} different previews, MB",
                "< 50 more",
                f"{found.before_mb:,.0f} → {found.after_mb:,.0f} {'✓' if grown < 50 else '✗'}",
            ],
        ]
    )
