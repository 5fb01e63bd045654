"""The results as Markdown."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .laydown import Figures
from .peer import PEERS, PeerFigures

Result = Figures | str
"""A string says why there are no figures."""


@dataclass(frozen=True)
class Line:
    """A figure of Laydown's, and what it must be: N → the most it may be, None for any N."""

    label: str
    value: Callable[[Figures, int], float]
    most: Mapping[int | None, float]
    digits: int = 0


LINES: Sequence[Line] = (
    Line("first load, ms", lambda f, n: f.first_load_ms, {100_000: 4000, 1_000_000: 15_000}),
    Line("layout shift (CLS) while loading", lambda f, n: f.shift, {None: 0.05}, 3),
    Line("data at first load, kB", lambda f, n: f.data_bytes / 1000, {100_000: 2000, 1_000_000: 15_000}),
    Line("data per event, bytes", lambda f, n: f.data_bytes / n, {}, 1),
    Line(
        "drag: frame interval p95, ms",
        lambda f, n: f.interval_p95,
        {3000: 20, 30_000: 20, 100_000: 20, 1_000_000: 33},
        1,
    ),
    Line("drag: frame interval p50, ms", lambda f, n: f.interval_p50, {}, 1),
    Line("drag: main-thread work a frame p95, ms", lambda f, n: f.work_p95, {}, 1),
    Line("drag: main-thread work a frame p50, ms", lambda f, n: f.work_p50, {}, 1),
    Line("drag: longest block over 50 ms, ms", lambda f, n: f.block_ms, {100_000: 50}),
    Line("drag: updates shown in 2 s", lambda f, n: f.updates, {}),
    Line("input → map right, ms", lambda f, n: f.changed_ms, {}),
    Line("release → page settled, ms", lambda f, n: f.settled_ms, {30_000: 200}),
    Line("bytes of an interaction", lambda f, n: f.interaction_bytes, {None: 10_000}),
    Line("the same before compression", lambda f, n: f.plain_bytes, {}),
    Line("server CPU of an interaction, ms", lambda f, n: f.interaction_cpu_ms, {30_000: 60}),
    Line("heap growth over 50 changes, MB", lambda f, n: f.heap_growth_mb, {100_000: 10}, 1),
    Line("server memory per extra session, MB", lambda f, n: f.session_mb, {None: 5}, 1),
    Line("first page of a cold server, s", lambda f, n: f.cold_ms / 1000, {}, 1),
)
CURATED_MOST = 2500

COMPARED: Sequence[tuple[str, Callable[[Figures | PeerFigures], float], int]] = (
    ("Change of the window until the map is right, ms", lambda f: f.changed_ms, 0),
    (
        "Bytes over the wire for it",
        lambda f: f.interaction_bytes if isinstance(f, Figures) else f.bytes,
        0,
    ),
    ("Updates shown in a 2 s drag", lambda f: f.updates, 0),
    ("First load until rows are painted, ms", lambda f: f.first_load_ms, 0),
    ("Layout shift (CLS) while loading", lambda f: f.shift, 3),
)


def laydown_table(curated_ms: float, results: Mapping[int, Result]) -> str:
    """Return Laydown's figures by N, each against what it must be."""
    rows = [["", "must", "curated", *(f"{n:,}" for n in results)]]
    for number, line in enumerate(LINES):
        first = _against(curated_ms, CURATED_MOST, 0) if number == 0 else ""
        cells = []
        for n, result in results.items():
            if isinstance(result, str):
                cells.append(result if number == 0 else "")
            else:
                cells.append(_against(line.value(result, n), line.most.get(n, line.most.get(None)), line.digits))
        rows.append([line.label, _musts(line, curated=number == 0), first, *cells])
    return markdown(rows)


def peers_tables(laydown: Mapping[int, Result], peers: Mapping[str, Mapping[int, PeerFigures | str]]) -> str:
    """Return Laydown and its peers side by side; in brackets a peer's figure in Laydown's."""
    labels = {peer.name: peer.label for peer in PEERS}
    parts = []
    for title, value, digits in COMPARED:
        rows = [[title, *(f"{n:,}" for n in laydown)]]
        own = {n: None if isinstance(result, str) else value(result) for n, result in laydown.items()}
        rows.append(["**Laydown**", *("–" if mine is None else f"**{mine:,.{digits}f}**" for mine in own.values())])
        for name, results in peers.items():
            cells = [_beside(results.get(n, "–"), own[n], value, digits) for n in laydown]
            rows.append([labels[name], *cells])
        parts.append(markdown(rows))
    return "\n\n".join(parts)


def _beside(
    result: PeerFigures | str, mine: float | None, value: Callable[[Figures | PeerFigures], float], digits: int
) -> str:
    if isinstance(result, str):
        return result
    theirs = value(result)
    return f"{theirs:,.{digits}f} (×{theirs / mine:.2g})" if mine and theirs else f"{theirs:,.{digits}f}"


def _against(value: float, most: float | None, digits: int) -> str:
    if math.isnan(value):
        return "–"
    mark = "" if most is None else " ✓" if value <= most else " ✗"
    return f"{value:,.{digits}f}{mark}"


def _musts(line: Line, curated: bool) -> str:
    said = [f"≤ {CURATED_MOST:,} curated"] if curated else []
    for most in dict.fromkeys(line.most.values()):
        sizes = [f"{n:,}" for n, limit in line.most.items() if limit == most and n]
        said.append(f"≤ {most:,.0f}" + (f" at {' · '.join(sizes)}" if sizes else ""))
    return "; ".join(said)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, the first as its head."""
    head, *body = rows
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))
