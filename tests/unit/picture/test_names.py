"""At the home view no two names overlap and no arrow crosses one, in the first window and in each named period.

It is tried on the picture, which draws what the canvas draws (test_drawn.py).
"""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from components.map.style import STYLE
from components.picture import drawing, text
from components.picture.canvas import Canvas
from components.picture.labels import passes
from components.picture.projection import Frame
from components.picture.text import TextStyle
from components.view.home import home_box
from components.view.on_view import on_view
from components.view.view import default_view

SIZES = {
    "an embed, 640 × 520": (640, 304),
    "390 × 844": (390, 606),
    "1440 × 900": (747, 727),
    "1920 × 1080": (1227, 907),
}
"""The map's, by the window's."""
LETTERS = STYLE.labels.fonts["count"].size
"""Numbers beside symbols are no names."""
Box = tuple[float, float, float, float]


class Names(Canvas):
    """A sheet that keeps where names and arrows are."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(width, height, 1, "#ffffff", 1)
        self.names: list[tuple[str, Box]] = []
        self.frames: list[Box] = []
        self.arrows: list[Any] = []

    def circle(self, *_: Any) -> None:
        """Circles are no arrows, and names may stand upon them."""

    def write(self, line: str, left: float, middle: float, style: TextStyle) -> None:
        if style.size != LETTERS:
            tall = style.size / 2
            self.names.append((line, (left, middle - tall, left + text.width(line, style), middle + tall)))

    def pill(self, left: float, top: float, width: float, height: float, *_: Any) -> None:
        self.frames.append((left, top, left + width, top + height))

    def ribbon(self, points: Any, width: float, colour: str, alpha: float = 1) -> None:
        if len(points) > 10:  # else it is a dash of a line, or a stroke upon a square
            self.arrows.append(np.asarray(points, dtype=float))


def drawn(catalog, folder, size: tuple[int, int], start, end, **asked: Any) -> Names:
    view = replace(default_view(catalog), start=start, end=end, **asked)
    sheet = Names(*size)
    box = home_box(catalog)
    assert box
    scene = drawing.Scene(sheet, Frame.fit(box, *size), drawing.Labels(sheet), on_view(catalog, view))
    drawing.draw_rows(scene, drawing.basemap_of(folder).names)
    return sheet


def windows(catalog) -> dict[str, tuple[Any, Any]]:
    first = default_view(catalog)
    periods = {period.name: (period.first, period.last) for period in catalog.dataset.periods}
    return {"the first window": (first.start, first.end), **periods}


def clashes(sheet: Names) -> list[str]:
    """What overlaps, in words."""
    frames = [("a region's frame", frame) for frame in sheet.frames]
    found = [
        f"{one} on {other}"
        for (one, a), (other, b) in combinations([*sheet.names, *frames], 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    for points in sheet.arrows:
        stretches = np.column_stack((points[:-1], points[1:], np.zeros(len(points) - 1)))
        found += [f"an arrow across {name}" for name, box in sheet.names if passes(stretches, *box).any()]
    return found


@pytest.mark.e2e
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_names_stand_clear_of_each_other_and_of_arrows(curated, root, size: tuple[int, int]) -> None:
    sheets = {name: drawn(curated, root / "data", size, *window) for name, window in windows(curated).items()}
    assert {name: clashes(sheet) for name, sheet in sheets.items()} == {name: [] for name in sheets}
    assert all(len(sheet.names) > 10 for sheet in sheets.values())
    assert sum(bool(sheet.arrows) for sheet in sheets.values()) > 4


def test_a_clash_is_found() -> None:
    sheet = Names(100, 100)
    style = TextStyle(12, "#000000")
    sheet.write("Palmyra", 10, 50, style)
    sheet.write("Tadmur", 20, 52, style)
    sheet.ribbon(np.stack((np.linspace(0, 90, 20), np.full(20, 47)), axis=-1), 2, "#000000")
    assert clashes(sheet) == ["Palmyra on Tadmur", "an arrow across Palmyra", "an arrow across Tadmur"]


@pytest.mark.parametrize(("radius", "frames"), [("10", 0), ("200", 1)])
def test_a_region_that_is_out_of_sight_has_no_frame(catalog_of, radius: str, frames: int) -> None:
    cells = {"lat": "34", "lon": "38", "precision": "country", "radius_km": radius, "start": "2026-02-11"}
    catalog = catalog_of(incidents=[{"id": "somewhere", "place": "Homs governorate", **cells}])
    sheet = Names(600, 400)
    beside = Frame(8, 34, 36.2, 600, 400)
    assert 600 < beside.point(34, 38)[0] < 640, "its point lies a little right of the edge"
    day = date(2026, 2, 11)
    view = replace(default_view(catalog), start=day, end=day)
    scene = drawing.Scene(sheet, beside, drawing.Labels(sheet), on_view(catalog, view))
    drawing.draw_rows(scene, [])
    assert len(sheet.frames) == frames


def test_what_tells_the_story_is_named_on_a_wide_screen(curated, root) -> None:
    start, end = windows(curated)["the first window"]
    named = {name for name, _ in drawn(curated, root / "data", SIZES["1440 × 900"], start, end).names}
    assert {"Al-Tanf garrison", "Ain al-Asad air base", "Erbil air base", "Qasrak", "Tower 22"} <= named
    assert "Hmeimim air base" not in named, "it steps back"
    alike = {name for name, _ in drawn(curated, root / "data", SIZES["1440 × 900"], start, end, alike="1").names}
    assert "Hmeimim air base" in alike
