"""What is done to the replicas, and what their readers may notice of it."""

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Final

from websockets.exceptions import WebSocketException

from .processes import Replica
from .reader import ROWS, Reader, get

BACK_WITHIN: Final = 5.0
"""Seconds within which every reader of a replica that was killed sees the same view again."""
EMBEDS: Final = 3_000
"""Answers a second that nginx gives of /embed."""
SECONDS: Final = 3
"""How long it is asked for them."""
EMBED: Final = "/embed?from=2025-12-01&to=2026-02-01"
LANES: Final = 8
"""Readers who fetch without a pause while the data are replaced."""


@dataclass(frozen=True)
class Result:
    """What came of a trial."""

    name: str
    passed: bool
    said: str


async def killed(address: str, replicas: Sequence[Replica], data: Path, readers: int) -> Result:
    """Kill a replica under its readers: all see the same view again, at the other."""
    there = [Reader(number, address) for number in range(readers)]
    views = [await reader.open() for reader in there]
    alike = len(set(views))
    replicas[0].signal(SIGKILL)
    begun = time.monotonic()
    pairs = list(zip(there, views, strict=True))
    try:
        came = await asyncio.gather(*(reader.back(view, BACK_WITHIN) for reader, view in pairs))
        for (reader, view), back in zip(pairs, came, strict=True):
            if back is None:  # at the other replica nothing was lost
                await reader.look(view)
    except (ValueError, OSError, WebSocketException) as error:
        return Result("kill -9", False, str(error) or "a reader never came back")
    finally:
        await asyncio.gather(*(reader.close() for reader in there))
        replicas[0].ended()
    times = [back - begun for back in came if back is not None]
    last, lost = max(times, default=0.0), len(times)
    replicas[0].begin(data)
    said = f"{lost} of {readers} readers lost their session; all {alike} views were there again after {last:.1f} s"
    return Result("kill -9", 0 < lost < readers and last <= BACK_WITHIN, f"{said} (at most {BACK_WITHIN:.0f})")


async def terminated(replicas: Sequence[Replica], data: Path) -> Result:
    """Terminate a replica while it makes files: they come whole, and then it ends."""
    replica = replicas[1]
    asked = [asyncio.create_task(get(replica.address, f"/export/view.png?from=2025-0{n}-01")) for n in (1, 2)]
    # A later request is answered: the server has read the earlier ones.
    await get(replica.address, "/healthz")
    pending = sum(not task.done() for task in asked)
    replica.signal(SIGTERM)
    answers = await asyncio.gather(*asked, return_exceptions=True)
    code = await asyncio.to_thread(replica.ended)
    whole = [isinstance(one, tuple) and one[0] == 200 and one[1].endswith(b"IEND\xaeB`\x82") for one in answers]
    replica.begin(data)
    said = f"{sum(whole)} of {len(whole)} pictures that were being drawn came whole, then it ended with {code}"
    return Result("SIGTERM", all(whole) and pending == len(whole) and code in (0, -SIGTERM), said)


async def updated(address: str, replicas: Sequence[Replica], newer: Path) -> Result:
    """Replace the replicas' data, one after the other, while readers fetch: nothing fails."""
    before = await asyncio.to_thread(_ready, replicas)
    done = asyncio.Event()
    failed: list[str] = []
    names: set[bytes] = set()
    asked = 0

    async def fetched(path: str, route: str) -> bytes:
        nonlocal asked
        asked += 1
        try:
            status, body = await get(address, path, route)
        except (OSError, EOFError, IndexError) as error:
            status, body = 0, repr(error).encode()
        if status != 200:
            failed.append(f"{status} for {path}: {body[:80]!r}")
        return body

    async def read(lane: int) -> None:
        route, turn = f"{lane * 32:02x}", 0
        while not done.is_set():
            turn += 1
            await fetched(f"/?turn={turn}", route)
            page = await fetched(f"/embed?turn={lane}-{turn}", route)
            for name in dict.fromkeys(ROWS.findall(page)):
                names.add(name)
                await fetched(f"/{name.decode()}", route)
            await fetched("/panel/changes.json", route)

    async def replace() -> str:
        after = ""
        for replica in replicas:
            replica.signal(SIGTERM)
            await asyncio.to_thread(replica.ended)
            replica.begin(newer)
            after = await asyncio.to_thread(replica.wait)
        done.set()
        return after

    after, *_ = await asyncio.gather(replace(), *map(read, range(LANES)))
    # Who had opened a page before is answered still.
    for name in names:
        await fetched(f"/{name.decode()}", "")
    said = f"{len(failed)} of {asked} fetches failed while both went from data {before} to {after}"
    return Result("rolling update", not failed and before != after, "; ".join([said, *failed[:3]]))


def _ready(replicas: Sequence[Replica]) -> str:
    """Wait until all have data to show; return its version. Earlier trials have ended both, and begun them anew."""
    return [replica.wait() for replica in replicas][-1]


def embeds(address: str) -> Result:
    """Ask for /embed as often as can be: nginx' cache answers."""
    wrk = shutil.which("wrk")
    rate, errors = _by_wrk(wrk, address) if wrk else asyncio.run(_by_own(address))
    by = "wrk" if wrk else "a client of its own, for want of wrk"
    said = f"{rate:,.0f} answers a second, {errors} errors, asked by {by} (meant are {EMBEDS:,} on a quiet machine)"
    return Result("/embed", rate > 0 and not errors, said)


def _by_wrk(wrk: str, address: str) -> tuple[float, int]:
    url = f"http://{address}{EMBED}"
    command = [wrk, "-t1", "-c32", f"-d{SECONDS}s", "-H", "accept-encoding: gzip", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", said)
    errors = re.findall(r"(?:connect|read|write|timeout|Non-2xx or 3xx responses:) (\d+)", said)
    return float(rate[1]) if rate else 0.0, sum(map(int, errors))


async def _by_own(address: str, connections: int = 16) -> tuple[float, int]:
    host, port = address.split(":")
    request = f"GET {EMBED} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: gzip\r\n\r\n".encode()
    end = time.monotonic() + SECONDS
    errors = 0

    async def ask() -> int:
        nonlocal errors
        incoming, outgoing = await asyncio.open_connection(host, int(port))
        count = 0
        while time.monotonic() < end:
            outgoing.write(request)
            head = await incoming.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if not head.startswith(b"HTTP/1.1 200 ") or not length:
                errors += 1
                break
            await incoming.readexactly(int(length[1]))
            count += 1
            # nginx closes a connection after its keepalive_requests (1,000), and says so in the last answer.
            if re.search(rb"(?i)connection: close", head):
                outgoing.close()
                incoming, outgoing = await asyncio.open_connection(host, int(port))
        outgoing.close()
        return count

    counts = await asyncio.gather(*(ask() for _ in range(connections)))
    return sum(counts) / SECONDS, errors
