import re
from typing import get_args

import pytest
from shapely import LineString, Polygon, unary_union

from components.catalog.tables import Shape
from components.map.style import STYLE
from components.map.symbols import FORK, SHAPES, SIZE

LENGTHS = {"M": 2, "L": 2, "H": 1, "V": 1, "h": 1, "v": 1, "a": 7, "Z": 0}


def points(path: str) -> list[tuple[float, float]]:
    """The points that an outline passes."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", text)]
        size = LENGTHS[command]
        assert (len(numbers) % size if size else len(numbers)) == 0, f"{command}{text}"
        for i in range(0, len(numbers), size or 1):
            part = numbers[i : i + size]
            match command:
                case "M" | "L":
                    x, y = part
                case "H":
                    x = part[0]
                case "V":
                    y = part[0]
                case "h":
                    x += part[0]
                case "v":
                    y += part[0]
                case "a":
                    x, y = x + part[5], y + part[6]
            found.append((x, y))
    return found


def test_every_kind_of_incident_can_be_drawn_and_the_square_is_kept_for_sites() -> None:
    assert set(SHAPES) == {*get_args(Shape), "square"}


@pytest.mark.parametrize("name", SHAPES)
def test_an_outline_is_a_path_about_the_middle_of_its_box(name: str) -> None:
    assert SHAPES[name].startswith("M")
    assert SHAPES[name].endswith("Z")
    outline = points(SHAPES[name])
    for axis in zip(*outline, strict=True):
        assert min(axis) >= 0
        assert max(axis) <= SIZE
        assert (min(axis) + max(axis)) / 2 == pytest.approx(SIZE / 2, abs=0.5)


def test_no_two_shapes_look_alike() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_the_fork_for_panels_lies_about_the_strokes_of_the_map() -> None:
    style = STYLE.sign
    scale = SIZE / 2 / max(abs(y) for stroke in style.strokes for _, y in stroke) * 0.83
    lines = [LineString([(8 + x * scale, 8 + y * scale) for x, y in stroke]) for stroke in style.strokes]
    drawn = unary_union(lines).buffer(style.width / 2 * scale, cap_style="flat", join_style="mitre")
    outline = Polygon(points(FORK))
    assert outline.symmetric_difference(drawn).area < 0.12 * drawn.area
