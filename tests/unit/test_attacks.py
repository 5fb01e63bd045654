"""The table of `python -m tests.attacks`; the attacks themselves are not run here."""

from dataclasses import replace

import pytest

from tests.attacks.attacks import ATTACKS, GENERATED
from tests.attacks.table import Result, table

SOUND = Result("2 foreign sockets", "10 of 10 refused", True, 40, 0, 0.1, 2.0, "/embed", 250, 300)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []),
        ({"held": False}, ["attack"]),
        ({"failed": 1}, ["answers"]),
        ({"asked": 0}, ["answers"]),
        ({"worst": 2.01}, ["wait"]),
        ({"after_mb": 300.5}, ["memory"]),
        ({"worst": 3, "after_mb": 400}, ["wait", "memory"]),
    ],
)
def test_a_bound_that_does_not_hold_is_named(change: dict[str, float], broken: list[str]) -> None:
    result = replace(SOUND, **change)
    assert result.broken == broken
    last = table([result]).splitlines()[-1]
    assert last.endswith(f"| ✗ {', '.join(broken)} |" if broken else "| ✓ |")
    assert "2 foreign sockets" in last


def test_there_is_each_of_the_seven_attacks() -> None:
    assert sorted({name[0] for name in ATTACKS}) == list("1234567")
    assert set(GENERATED) <= set(ATTACKS)
