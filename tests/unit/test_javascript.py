"""The pure JavaScript modules, by node's own test runner; and Python by the same tables of cases."""

import json
from datetime import date
from pathlib import Path

import pytest

from components.catalog.catalog import EVER, NEVER
from components.catalog.dates import day_number, day_of
from tests.node import SCRIPTS, node

DAYS = json.loads((Path(__file__).parents[1] / "cases" / "days.json").read_text())


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.test.js")), ids=lambda script: script.stem)
def test_node_finds_no_fault(script: Path) -> None:
    # Files by name: a folder is searched by Node 20 and refused by Node 22.
    done = node("--test", script)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("text", "number"), DAYS["numbers"])
def test_a_day_has_the_number_it_has_in_the_browser(text: str, number: int) -> None:
    assert day_number(date.fromisoformat(text)) == number
    assert day_of(number) == date.fromisoformat(text)


def test_an_unknown_beginning_and_end_are_what_they_are_in_the_browser() -> None:
    assert (DAYS["never"], DAYS["ever"]) == (NEVER, EVER)
