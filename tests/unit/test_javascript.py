"""The pure JavaScript modules, by node's own test runner; and Python by the same tables of cases."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from components.catalog.catalog import EVER, NEVER
from components.catalog.dates import day_number, day_of
from tests.node import SCRIPTS, node

DAYS = json.loads((Path(__file__).parents[1] / "cases" / "days.json").read_text())


def test_node_finds_no_fault() -> None:
    # All in one process: `node --test` starts one for each file.
    scripts = sorted(SCRIPTS.glob("*.test.js"))
    done = node(*(part for script in scripts for part in ("--import", script.as_uri())), "--eval", "")
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.search(r"\btests (\d+)", done.stdout)
    assert told is not None
    assert int(told[1]) > 10 * len(scripts), "they are run"


@pytest.mark.parametrize(("text", "number"), DAYS["numbers"])
def test_a_day_has_the_number_it_has_in_the_browser(text: str, number: int) -> None:
    assert day_number(date.fromisoformat(text)) == number
    assert day_of(number) == date.fromisoformat(text)


def test_an_unknown_beginning_and_end_are_what_they_are_in_the_browser() -> None:
    assert (DAYS["never"], DAYS["ever"]) == (NEVER, EVER)
