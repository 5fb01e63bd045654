"""What the browser computes at frame rate and a picture once: colours, arrows, the places of labels.

Both are held to one table of cases each; tests/javascript/draw.test.js puts the same ones to the browser's.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from components.map.style import STYLE
from components.picture import text
from components.picture.crowd import is_crowded, most_held_by
from components.picture.labels import Labels
from components.picture.movements import End, arrow
from components.picture.palette import legible
from components.picture.text import TextStyle

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("colour", "land", "least", "wanted"), cases("contrast")["cases"])
def test_a_colour_is_made_to_stand_out(colour: str, land: str, least: float, wanted: str) -> None:
    assert legible(colour, land, least) == wanted


@pytest.mark.parametrize(("points", "crowded"), [case[1:] for case in cases("crowd")["crowded"]])
def test_many_sites_near_one_another_are_a_crowd(points: list[tuple[float, float]], crowded: bool) -> None:
    style = replace(STYLE.crowd, **cases("crowd")["style"])
    assert is_crowded(points, style, cases("crowd")["size"]) is crowded


@pytest.mark.parametrize(("states", "wanted"), [case[1:] for case in cases("crowd")["most held by"]])
def test_a_cell_is_of_who_holds_most_of_it(states: list[tuple[int, bool]], wanted: list[Any]) -> None:
    assert list(most_held_by(states)) == wanted


@pytest.mark.parametrize("case", cases("arrows")["cases"], ids=lambda case: f"{case['origin']} {case['target']}")
def test_an_arrow_has_its_path(case: dict[str, Any]) -> None:
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in cases("arrows")["style"].items()}
    style = replace(STYLE.movements, **given)
    ends = [End(*end) if end else None for end in (case["origin"], case["target"])]
    path = arrow(ends[0], ends[1], case["number"], style)
    assert (path is None) is (case["points"] is None)
    if path:
        assert len(path.points) == style.steps + 1
        for at, point in zip((0, 12, 24), case["points"], strict=True):
            assert path.points[at] == pytest.approx(point, abs=0.01)
        assert [list(path.vague), list(path.rims)] == [case["vague"], case["rims"]]


class Sheet:
    """As much of a canvas as labels need."""

    def __init__(self, size: list[float]) -> None:
        self.width, self.height = size
        self.written: tuple[float, float] | None = None

    def write(self, _line: str, left: float, middle: float, _style: TextStyle) -> None:
        self.written = (left, middle)


def test_labels_find_the_same_rooms(monkeypatch) -> None:
    table = cases("labels")
    monkeypatch.setattr(text, "width", lambda line, _: table["letter"] * len(line))
    sheet = Sheet(table["size"])
    labels = Labels(sheet, replace(STYLE.labels, **table["style"]))  # type: ignore[arg-type]
    style = TextStyle(10, "#000000")
    acts = {
        "reserve": labels.reserve_about,
        "reserveBox": labels.reserve,
        "beside": lambda line, x, y, gap, must: labels.beside(line, x, y, style, gap, must),
        "centred": lambda line, x, y, stray: labels.centred(line, x, y, style, stray),
        "write": lambda line, x, y: labels.write(line, x, y, style),
        "room": labels.room,
        "reserveLine": lambda points, reach: labels.reserve_line(np.array(points, dtype=float), reach),
        "near": lambda line, x, y, stray: labels.near(line, x, y, style, stray),
    }
    for act in table["acts"]:
        sheet.written = None
        found = acts[act["act"]](*act["of"])
        answer = act["answer"]
        assert found == (pytest.approx(answer, abs=0.01) if isinstance(answer, list) else answer), act
        assert sheet.written == (act["written"] and pytest.approx(act["written"], abs=0.01)), act
