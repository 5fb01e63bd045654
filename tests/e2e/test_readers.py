"""Readers without a browser, by the protocol of the page: as tests/benchmarks/viewer.py has them."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.viewer import Came, Plan

ROOT = Path(__file__).parents[2]


def test_readers_come_change_the_window_and_leave(serve) -> None:
    plan = Plan([serve(ROOT / "data")], viewers=3, seconds=4.0, every=1.0, alike=0.02)
    asked = f"{json.dumps(asdict(plan))}\nleave\n"
    command = [sys.executable, "-m", "tests.benchmarks.viewer"]
    ran = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, check=True, timeout=120)
    arrived, told = ran.stdout.splitlines()
    came = Came(**json.loads(told))
    assert (arrived, came.errors, came.said) == ("arrived", 0, [])
    assert len(came.first) == 3
    assert len(came.changes) > 0
    assert len(came.hot) > 0
