"""The command: write the events, measure Laydown and its peers, print the tables."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error

from . import cold, embed, laydown, peer, pressure, viewers
from .browsing import chromium
from .cdn import local_copies
from .events import counts_by_day, write_folder
from .peer import PEERS, PeerFigures
from .serving import ROOT
from .table import Result, laydown_table, peers_tables


def main() -> None:
    """Run what the command line asks for."""
    names = [peer.name for peer in PEERS]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[3000, 30_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--peers", nargs="+", default=["all"], choices=["all", "none", *names], metavar="PEER")
    parser.add_argument("--repeat", type=int, default=5, help="loads, drags and changes that medians are of")
    parser.add_argument(
        "--out", type=Path, help="a file to write to, between its markers <!-- results --> where it has them"
    )
    parser.add_argument(
        "--embed", action="store_true", help="measure the embed alone, at the curated data and --events"
    )
    parser.add_argument(
        "--cold", action="store_true", help="measure a server's start alone, at the curated data and --events"
    )
    parser.add_argument("--pressure", action="store_true", help="measure changes beside exports, and many previews")
    parser.add_argument("--viewers", type=int, nargs="+", metavar="N", help="measure N readers at once")
    parser.add_argument("--processes", type=int, default=1, help="of the server, between which the readers are divided")
    parser.add_argument("--alike", type=float, default=0.0, help="the share of them who look at the same ten links")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two changes of a reader")
    parser.add_argument("--stay", type=float, default=0.0, help="seconds after which each leaves; 0: all together")
    parser.add_argument("--left", type=float, default=20.0, help="seconds after which memory is read when they left")
    parser.add_argument("--incidents", type=int, help="have them read so many incidents, not the curated data")
    asked = parser.parse_args()
    sizes = sorted(asked.events)
    parts: dict[str, Callable[[], str]] = {
        "pressure": lambda: f"{_machine()}\n\n{pressure.pressure_table(pressure.measure(ROOT / 'data'))}",
        "viewers": lambda: _viewed(asked),
        "cold": lambda: _started(sizes, asked.repeat),
        "embed": lambda: _embedded(sizes, asked.repeat),
    }
    for part, measure in parts.items():
        if getattr(asked, part):
            text = measure()
            if asked.out:
                write(asked.out, text, part)
            print(text)
            return
    chosen = [one for one in PEERS if one.name in asked.peers or "all" in asked.peers]
    text = ""
    for text in measured(sizes, [] if "none" in asked.peers else chosen, asked.repeat):
        if asked.out:
            write(asked.out, text)
    print(text)


def _embedded(sizes: Sequence[int], repeat: int) -> str:
    results: dict[str, embed.EmbedFigures] = {}
    with TemporaryDirectory(prefix="laydown-events-") as folder, chromium() as browser:
        about = _machine(browser.version)
        _say("curated data")
        results["curated"] = embed.measure(browser, ROOT / "data", repeat)
        for n in sizes:
            _say(f"{n:,} events")
            results[f"{n:,}"] = embed.measure(browser, write_folder(Path(folder) / str(n), n, ROOT / "data"), repeat)
    return f"{about}\n\n{embed.embed_table(results)}"


def _started(sizes: Sequence[int], repeat: int) -> str:
    results: dict[str, list[cold.Start]] = {}
    with TemporaryDirectory(prefix="laydown-events-") as folder, chromium() as browser:
        about = _machine(browser.version)
        _say("curated data")
        results["curated"] = cold.measure(browser, ROOT / "data", repeat)
        for n in sizes:
            _say(f"{n:,} events")
            results[f"{n:,}"] = cold.measure(browser, write_folder(Path(folder) / str(n), n, ROOT / "data"), repeat)
    return f"{about}\n\n{cold.cold_table(results)}"


def _viewed(asked: argparse.Namespace) -> str:
    about = _machine()
    numbers = sorted(asked.viewers)
    as_asked = {"every": asked.every, "alike": asked.alike, "stay": asked.stay}
    plans = [viewers.Plan([], one, viewers.SECONDS, **as_asked) for one in numbers]
    rounds: list[tuple[str, viewers.Round]] = []
    with TemporaryDirectory(prefix="laydown-viewers-") as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(viewers.BARE, encoding="utf-8")
        curated = ROOT / "data"
        data = write_folder(Path(folder) / "data", asked.incidents, curated) if asked.incidents else curated
        for name, app, planned in (
            ("Laydown", "dashboard.py", plans),
            ("bare page", str(bare), [replace(plan, bare=True, alike=0.0) for plan in plans]),
        ):
            for one in viewers.measure(app, data, planned, asked.processes, asked.left):
                rounds.append((name, one))
                _say(f"{name}: {viewers.viewers_table(rounds[-1:]).splitlines()[-1]} {one.came.said}")
    return f"{about}\n\n{viewers.viewers_table(rounds)}"


def measured(sizes: Sequence[int], chosen: Sequence[peer.Peer], repeat: int) -> Iterator[str]:
    """Measure; yield the tables so far whenever a map has been measured."""
    own: dict[int, Result] = {}
    others: dict[str, dict[int, PeerFigures | str]] = {one.name: {} for one in chosen}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="laydown-events-")))
        modules = stack.enter_context(local_copies()) if chosen else Path()
        _say("curated data")
        with chromium() as browser:
            about = _machine(browser.version)
            curated_ms, basemap = laydown.curated(browser, ROOT / "data", repeat)
        for n in sizes:
            data = write_folder(folder / str(n), n, ROOT / "data")
            counts = counts_by_day(data)
            _say(f"{n:,} events: Laydown")
            try:
                with chromium() as browser:
                    own[n] = laydown.measure(browser, data, counts, repeat, basemap)
            except (Error, RuntimeError) as error:
                own[n] = f"fails: {str(error).splitlines()[0][:80]}"
                _say(str(error))
            yield _tables(about, curated_ms, own, others)
            for one in chosen:
                before = list(others[one.name].values())
                if before and isinstance(before[-1], str):
                    others[one.name][n] = "not tried"
                    continue
                _say(f"{n:,} events: {one.label}")
                others[one.name][n] = peer.measure(one, data, counts, repeat, modules)
                yield _tables(about, curated_ms, own, others)


def _tables(
    about: str,
    curated_ms: float,
    own: Mapping[int, Result],
    others: Mapping[str, Mapping[int, PeerFigures | str]],
) -> str:
    parts = [about, laydown_table(curated_ms, own)]
    if others:
        parts.append(peers_tables(own, others))
    return "\n\n".join(parts)


def write(path: Path, text: str, what: str = "results") -> None:
    """Write ``text`` to a file, or between the file's markers of ``what``."""
    begin, end = f"<!-- {what} -->", f"<!-- /{what} -->"
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    new = between.sub(lambda _: f"{begin}\n\n{text}\n\n{end}", old) if between.search(old) else f"{text}\n"
    path.write_text(new, encoding="utf-8")


def _machine(chromium_version: str = "") -> str:
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.*)", info)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    browser = f"Chromium {chromium_version}, headless, drawn in software · " if chromium_version else ""
    return (
        f"{datetime.now(UTC):%d %B %Y %H:%M} UTC · {os.cpu_count()} × {model[1] if model else 'unknown CPU'} · "
        f"{browser}load average before the run {load}"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
