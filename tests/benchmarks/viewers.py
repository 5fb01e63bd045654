"""Many readers at once: how long they wait, what a change costs the server, and what they leave behind."""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .serving import ROOT, STREAMLIT, Server
from .table import markdown
from .viewer import Came, Plan, follow

SECONDS: Final = 30.0
"""How long the readers of a round change the window."""
WARM: Final = Plan([], 4, 6.0, every=1.0)
"""Who comes first: a server that has served nobody yet imports and compiles."""
BARE: Final = """import streamlit as st

st.title("A bare page")
st.write(st.slider("Number", 0, 1_000_000))
"""


@dataclass(frozen=True)
class Round:
    """What a number of readers came to; milliseconds and megabytes, the server's processes together."""

    viewers: int
    processes: int
    alike: float
    bare: bool
    came: Came
    cpu_ms: float
    """Processor time of the server while they changed the window."""
    seconds: float
    before_mb: float
    during_mb: float
    after_mb: float

    @property
    def changes(self) -> int:
        """How often the window was changed."""
        return len(self.came.changes) + len(self.came.hot)


@contextmanager
def servers(app: str, processes: int, environment: dict[str, str]) -> Iterator[list[Server]]:
    """Serve ``app`` by several processes."""
    with ExitStack() as stack:
        yield [stack.enter_context(Server([*STREAMLIT, app], environment)) for _ in range(processes)]


def measure(app: str, folder: Path, plans: Sequence[Plan], processes: int, left: float) -> Iterator[Round]:
    """Have readers come as planned, one plan after the other to the same servers, and yield what came of each.

    ``left``: seconds after which what they have left behind is measured.
    """
    with servers(app, processes, {"LAYDOWN_DATA": str(folder)}) as running:
        addresses = [server.direct for server in running]
        bare = plans[0].bare
        played(Plan(**{**asdict(WARM), "addresses": addresses, "bare": bare}), running, left)
        for plan in plans:
            yield played(Plan(**{**asdict(plan), "addresses": addresses}), running, left)


def played(plan: Plan, running: Sequence[Server], left: float) -> Round:
    """Have readers come to ``running`` as planned, and return what came of it ``left`` seconds after they left."""

    def total(of: Callable[[Server], float]) -> float:
        return sum(map(of, running))

    before = total(Server.rss_mb)
    command = [sys.executable, "-m", f"{follow.__module__}"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(asdict(plan)), file=process.stdin, flush=True)
        assert process.stdout.readline().strip() == "arrived"
        begun, used = time.perf_counter(), total(Server.cpu_ms)
        came = Came(**json.loads(process.stdout.readline()))
        seconds, spent = time.perf_counter() - begun, total(Server.cpu_ms) - used
        during = total(Server.rss_mb)
        print("leave", file=process.stdin, flush=True)
    time.sleep(left)
    readers = (plan.viewers, len(running), plan.alike, plan.bare)
    return Round(*readers, came, spent, seconds, before, during, total(Server.rss_mb))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of ``values`` lies; NaN of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


HEAD: Final = (
    "readers", "first page p50 · p95, ms", "change p50 · p95, ms", "asked before p50 · p95, ms", "errors",
    "changes a second", "server CPU a change, ms", "bytes a change", "memory before · during · after, MB",
    "cores: server, readers",
)  # fmt: skip


MUSTS: Final = (
    "must",
    "",
    "≤ 2,000 p95",
    "≤ 500 p95, 1,000 at 400",
    "",
    "0",
    "",
    "≤ 25, asked before ≤ 3",
    "",
    "500 leave ≤ 10",
    "",
)
"""By HEAD, what Laydown must reach; its rows are marked by it."""


def viewers_table(rounds: Sequence[tuple[str, Round]]) -> str:
    """Return a row for each round, by what was served; Laydown's with a mark against what it must be."""
    return markdown([["", *HEAD], list(MUSTS), *([name, *_cells(one)] for name, one in rounds)])


def _cells(one: Round) -> list[str]:
    def both(values: Sequence[float], most: float = math.inf) -> str:
        if not values:
            return "–"
        return f"{percentile(values, 0.5):,.0f} · {percentile(values, 0.95):,.0f}{mark(percentile(values, 0.95), most)}"

    def mark(value: float, most: float) -> str:
        return "" if one.bare or most == math.inf else " ✓" if value <= most else " ✗"

    came, ms = one.came, one.seconds * 1000
    cpu_ms = one.cpu_ms / max(1, one.changes)
    left_mb = one.after_mb - one.before_mb
    many = f"{one.viewers}" + (f" on {one.processes}" if one.processes > 1 else "")
    return [
        many,
        both(came.first, 2000),
        both(came.changes, 500 if one.viewers < 400 else 1000),
        both(came.hot),
        f"{came.errors}{mark(came.errors, 0)}",
        f"{one.changes / one.seconds:,.1f}",
        f"{cpu_ms:,.1f}{mark(cpu_ms, 25 if one.alike < 1 else 3)}",
        f"{came.bytes / max(1, one.changes):,.0f}",
        f"{one.before_mb:,.0f} · {one.during_mb:,.0f} · {one.after_mb:,.0f}"
        f"{mark(left_mb, 10 if one.viewers >= 500 else math.inf)}",
        f"{one.cpu_ms / ms:.2f}, {came.cpu_ms / ms:.2f}",
    ]
