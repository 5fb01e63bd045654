"""Attack a server of our own on this machine, and print what another reader waited: `uv run python -m tests.attacks`.

Seven attacks, each of some seconds: a foreign page that commands the map (1, needs a Chromium), foreign websockets
(2), uploads (3), compressed messages that do not end (4), long queries (5), pictures and workbooks (6), reruns (7). The
eighth, the first press after a restart of the server, is held by the browser tests and not run here. Meanwhile another
reader, in a process of its own, asks for health, page, embed and a light file. Bounds: it waits 2 s at most, is always
answered, and the server's memory is back within 50 MB of what it was. Exits 1 where one is broken.
"""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx2

from tests.attacks.attacks import ATTACKS, GENERATED
from tests.attacks.reader import PATHS, reading
from tests.attacks.table import MOST_MB, Result, table
from tests.benchmarks.events import write_folder
from tests.benchmarks.serving import ROOT, Server
from tests.e2e.test_doors import PERMITTED, begin, stream

REST_SECONDS: Final = 4
LEAST_SECONDS: Final = 4
"""How long the reader reads, however soon the attack is over."""
SETTLED_SECONDS: Final = 60
"""How long the memory may take to come back."""
USED: Final = (*PATHS, "/preview.png", "/export/view.png", "/export/view.xlsx", "/api/v1/incidents")
"""What a server has been asked for before it is attacked: what it keeps from then on is no leak."""


def attacked(name: str, server: Server) -> Result:
    """Attack ``server``; return what came of it."""
    with reading(server.direct) as rest:
        time.sleep(REST_SECONDS)
    before = server.rss_mb()
    with reading(server.direct) as waited:
        begun = time.monotonic()
        came = ATTACKS[name](server.direct)
        time.sleep(max(0.0, LEAST_SECONDS - (time.monotonic() - begun)))
    end = time.monotonic() + SETTLED_SECONDS
    while (after := server.rss_mb()) - before > MOST_MB and time.monotonic() < end:
        time.sleep(1)
    found = (waited.asked, waited.failed, rest.worst, waited.worst, waited.path)
    return Result(name, came.told, came.held, *found, before, after)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.attacks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=list(ATTACKS), default=list(ATTACKS), metavar="ATTACK")
    parser.add_argument("--events", type=int, default=20_000, help="rows of the workbooks (%(default)s)")
    asked = parser.parse_args()
    results = []
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="laydown-attacks-")))
        for generated in (False, True):
            names = [name for name in asked.only if (name in GENERATED) == generated]
            if not names:
                continue
            folder = write_folder(scratch / "events", asked.events, ROOT / "data") if generated else ROOT / "data"
            command = ("-m", "streamlit", "run", "dashboard.py", "--server.port", "0")
            with Server(command, {"LAYDOWN_DATA": str(folder), **PERMITTED}) as server:
                _use(server.direct)
                for name in names:
                    print(name, file=sys.stderr, flush=True)
                    results.append(attacked(name, server))
    print(table(sorted(results, key=lambda one: one.name)))
    return int(any(one.broken for one in results))


def _use(address: str) -> None:
    for path in USED:
        httpx2.get(f"{address}{path}", timeout=120)
    with stream(address) as session:
        begin(session)


if __name__ == "__main__":
    sys.exit(main())
