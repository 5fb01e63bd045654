"""How far the map moves to bring something into sight: reveal.js, run by node."""

import json
from typing import Any

import pytest

from components.static import FOLDERS
from tests.node import node

SIZE = {"x": 700, "y": 700}
KEY = [480, 400, 690, 690]
CONTROLS = [10, 450, 50, 690]
CASES = [
    ("in sight it stays", [[100, 100]], [KEY], [0, 0]),
    ("at the edge it stays", [[0, 700]], [], [0, 0]),
    ("beyond the left edge", [[-30, 350]], [], [70, 0]),
    ("beyond a corner", [[720, -5]], [], [-60, 45]),
    ("under the key, nearest its left edge", [[500, 500]], [KEY], [-60, 0]),
    ("under the key, nearest its upper edge", [[600, 410]], [KEY], [0, -50]),
    ("under the controls", [[30, 500]], [KEY, CONTROLS], [60, 0]),
    ("into what lies between the two", [[600, 950]], [[0, 0, 700, 600]], [0, -290]),
    ("a whole line", [[-100, 100], [200, 300]], [KEY], [140, 0]),
    ("a line that only reaches under the key", [[300, 450], [500, 450]], [KEY], [-60, 0]),
    ("a line that is too long", [[-100, 100], [650, 100]], [], None),
    ("nothing is clear", [[100, 100]], [[-4, -4, 704, 704]], None),
]


@pytest.fixture(scope="module")
def shifts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("reveal")
    (folder / "reveal.mjs").write_bytes((FOLDERS["map"] / "controls" / "reveal.js").read_bytes())
    asked = json.dumps([[points, SIZE, covered, 40] for _, points, covered, _ in CASES])
    code = (
        "import('./reveal.mjs').then(({ shiftIntoSight }) => "
        f"console.log(JSON.stringify({asked}.map((given) => shiftIntoSight(...given)))))"
    )
    ran = node("-e", code, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return {name: shift for (name, *_), shift in zip(CASES, json.loads(ran.stdout), strict=True)}


@pytest.mark.parametrize(("name", "shift"), [(name, shift) for name, _, _, shift in CASES])
def test_the_map_moves_no_further_than_it_must(shifts, name: str, shift: list[int] | None) -> None:
    assert shifts[name] == shift
