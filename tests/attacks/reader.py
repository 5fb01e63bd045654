"""Another reader: ``python -m tests.attacks.reader <address>``, in a process of its own, until its input ends.

It asks for PATHS one after the other, by a new connection each. Prints {"asked", "failed", "worst", "path"} as JSON:
how many answers were none or were not 200, and the longest wait for a whole one, in seconds.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from urllib.parse import urlsplit

PATHS: Final = ("/healthz", "/", "/embed", "/export/sites.csv")
PAUSE: Final = 0.05
PATIENCE: Final = 30.0
"""Seconds; what takes longer has failed."""
ROOT: Final = Path(__file__).parents[2]


@dataclass
class Waited:
    """What a reader found."""

    asked: int = 0
    failed: int = 0
    worst: float = 0.0
    path: str = ""


@contextmanager
def reading(address: str) -> Iterator[Waited]:
    """Let another reader read meanwhile; what is yielded is filled in at the end."""
    waited = Waited()
    command = [sys.executable, "-m", "tests.attacks.reader", address]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        try:
            yield waited
        finally:
            told, _ = process.communicate(timeout=PATIENCE * 2)
            for name, value in json.loads(told).items():
                setattr(waited, name, value)


def _read(address: str, ended: threading.Event) -> Waited:
    where = urlsplit(address)
    waited = Waited()
    while not ended.is_set():
        path = PATHS[waited.asked % len(PATHS)]
        begun = monotonic()
        connection = HTTPConnection(where.hostname or "", where.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            waited.failed += answer.status != 200
        except (OSError, HTTPException):
            waited.failed += 1
        finally:
            connection.close()
        took = monotonic() - begun
        waited.asked += 1
        if took > waited.worst:
            waited.worst, waited.path = took, path
        sleep(PAUSE)
    return waited


if __name__ == "__main__":
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print("begun", flush=True)
    print(json.dumps(vars(_read(sys.argv[1], over))))
