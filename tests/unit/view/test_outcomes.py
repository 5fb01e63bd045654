"""What a window did to a site, by the cases that tests/javascript/changes.test.js puts to the browser's rule."""

import json
from pathlib import Path
from typing import Any

import pytest

from components.catalog.dates import parse_date
from components.view.outcomes import outcome
from components.view.transitions import Taker, Transition

CASES = json.loads((Path(__file__).parents[2] / "cases" / "outcomes.json").read_text())["cases"]


def transition(kind: str, force: int, first: int, last: int, more: dict[str, Any] | None = None) -> Transition:
    given = more or {}
    return Transition(
        site=0,
        force=force,
        kind=kind,
        first=first,
        last=last,
        until_first=given.get("until_first", first),
        until_last=given.get("until_last", last),
        # As the browser has it: of one that left, whether it always was.
        reported=given.get("reported", False) and kind != "left",
        always_reported=given.get("reported", False) and kind == "left",
        date=parse_date("1970"),
        taker=Taker(*given["taker"]) if "taker" in given else None,
        takes=given.get("takes", False),
        stay=given.get("stay", 0),
    )


@pytest.mark.parametrize(
    ("here", "before", "after", "start", "end", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_a_window_did(here: Any, before: Any, after: Any, start: int, end: int, expected: Any) -> None:
    found = outcome([transition(*one) for one in here], set(before), set(after), start, end)
    assert [found.kind, bool(found.heirs), found.previous] == expected
