"""What a view shows, by the cases that tests/javascript/select.test.js puts to the browser's rules."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from components.view import selection
from components.view.index import SPAN, Coded, Columns

CASES = json.loads((Path(__file__).parents[2] / "cases" / "selection.json").read_text(encoding="utf-8"))
ROWS = CASES["rows"]
TABLE = Columns(
    ids=tuple(map(str, range(len(ROWS["hay"])))),
    span={name: np.array(ROWS[name]) for name in SPAN},
    facets={
        key: Coded(np.array(facet["codes"]), tuple(map(tuple, facet["combos"])))
        for key, facet in ROWS["facets"].items()
    },
    public=np.array(ROWS["public"]),
    folded=lambda: tuple(ROWS["hay"]),
)


@pytest.mark.parametrize(
    ("facets", "terms", "known", "start", "end", "numbers", "sure"),
    [case[1:] for case in CASES["views"]],
    ids=[case[0] for case in CASES["views"]],
)
def test_what_a_view_shows(
    facets: Any, terms: list[str], known: int | None, start: int, end: int, numbers: list[int], sure: list[int]
) -> None:
    chosen = {key: tuple(facets.get(key, ())) for key in ROWS["facets"]}
    found = np.flatnonzero(
        selection._possible(TABLE, start, end)
        & selection._public(TABLE, known)
        & selection._found(TABLE, terms)
        & selection._chosen(TABLE, chosen)
    )
    assert found.tolist() == numbers
    assert found[selection._certain(TABLE, start, end, found)].tolist() == sure
