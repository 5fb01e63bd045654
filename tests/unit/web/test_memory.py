"""Freed memory goes back."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from components.web.memory import release_freed_memory

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

if sys.argv[1] == "told":
    assert release_freed_memory()
bytearray(31 << 20)  # freed at once: from now on glibc keeps what is no larger
before = held()
pieces = [piece for n in range(8) for piece in (bytearray(b"x") * (12 << 20), bytearray(b"x") * 100_000)]
del pieces[::2]  # the small ones lie between
print(held() - before)
"""


def kept(root: Path, program: str, how: str) -> float:
    """Return how many megabytes more a program holds at its end than at its beginning."""
    command = [sys.executable, "-c", program, how]
    return float(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone keeps it")
def test_what_was_large_is_given_back(root: Path) -> None:
    assert kept(root, PROGRAM, "told") < 10
    assert kept(root, PROGRAM, "not told") > 50, "else there is nothing to tell it"


LEFT = """
import sys
from pathlib import Path
import anyio
from components.web.memory import keep_trimmed

class Connection:
    def __init__(self):
        self.own, self.buffers = self, [bytearray(b"x") * 50_000, bytearray(b"x") * 900]

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

async def main():
    before = held()
    connections = [Connection() for _ in range(600)]
    last = bytearray(b"x") * 50_000  # above them all
    del connections
    async with anyio.create_task_group() as group:
        if sys.argv[1] == "trimmed":
            group.start_soon(keep_trimmed, 0.01)
            with anyio.fail_after(20):
                while held() - before > 10:
                    await anyio.sleep(0.01)
        group.cancel_scope.cancel()
    print(held() - before)

anyio.run(main)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone keeps it")
def test_what_connections_have_left_is_given_back(root: Path) -> None:
    assert kept(root, LEFT, "trimmed") < 10
    assert kept(root, LEFT, "not trimmed") > 20, "else there is nothing to give back"
