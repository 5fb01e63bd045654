"""Prove that replicas are plain: ``python -m tests.replicas`` runs two behind nginx and does to them what happens.

It exits with 1 where something that must hold does not, with 2 where nginx is missing.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from .processes import ROOT, MissingError, Replica, free_port, nginx
from .reader import get
from .trials import EMBED, Result, embeds, killed, terminated, updated


def main() -> int:
    """Run all trials and print what came of each."""
    parser = argparse.ArgumentParser(prog="python -m tests.replicas", description=__doc__)
    parser.add_argument("--readers", type=int, default=50, help="who look while a replica is killed (%(default)s)")
    options = parser.parse_args()
    begun = time.monotonic()
    try:
        results = run(options.readers)
    except MissingError as error:
        print(error)
        return 2
    for result in results:
        print(f"{'ok    ' if result.passed else 'FAILED'}  {result.name}: {result.said}")
    print(f"{time.monotonic() - begun:.0f} s in all.")
    return 0 if all(result.passed for result in results) else 1


def run(readers: int) -> list[Result]:
    """Return what came of each trial."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data, newer = folder / "data", folder / "newer"
        for copy in (data, newer):
            shutil.copytree(ROOT / "data", copy)
        toml = newer / "dataset.toml"
        toml.write_text(f"# newer\n{toml.read_text(encoding='utf-8')}", encoding="utf-8")
        port = free_port()
        replicas = [Replica(free_port(), f"http://127.0.0.1:{port}") for _ in range(2)]
        for replica in replicas:
            stack.callback(replica.stop)
            replica.begin(data)
        for replica in replicas:
            replica.wait()
        address = stack.enter_context(nginx(folder, port, replicas))
        results = [closed(address), embeds(address)]
        results.append(asyncio.run(killed(address, replicas, data, readers)))
        results.append(asyncio.run(terminated(replicas, data)))
        results.append(asyncio.run(updated(address, replicas, newer)))
        return results


def closed(address: str) -> Result:
    """Ask for what is not for the public, and once for what the cache is to have."""

    async def asked() -> list[int]:
        paths = ("/metrics", "/_stcore/metrics", EMBED)
        return [(await get(address, path))[0] for path in paths]

    found = asyncio.run(asked())
    return Result("metrics", found == [404, 404, 200], f"/metrics {found[0]}, /_stcore/metrics {found[1]}")


if __name__ == "__main__":
    sys.exit(main())
