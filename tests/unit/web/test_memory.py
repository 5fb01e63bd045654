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


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone keeps it")
def test_what_was_large_is_given_back(root: Path) -> None:
    def kept(how: str) -> float:
        command = [sys.executable, "-c", PROGRAM, how]
        return float(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout)

    assert kept("told") < 10
    assert kept("not told") > 50, "else there is nothing to tell it"
