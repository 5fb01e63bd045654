"""A held area in a picture: its ground within its outline, nothing in its hole, dashes where it is only possible."""

from datetime import date

import numpy as np
import pytest

from components.catalog.catalog import load
from components.picture.canvas import Canvas
from components.picture.drawing import draw_map
from components.picture.legend import sections
from components.view.on_view import on_view
from components.view.view import Camera, View

HOLED = "POLYGON ((37 33, 39 33, 39 35, 37 35, 37 33), (37.8 33.8, 38.2 33.8, 38.2 34.2, 37.8 34.2, 37.8 33.8))"


def drawn(folder, end: date):
    catalog = load(folder(areas=[{"id": "zone", "start": "2025", "last_confirmed": "2026-01-01", "geometry": HOLED}]))
    view = View(date(2025, 1, 1), end, camera=Camera(8, 34.0, 38.0))
    canvas = Canvas(600, 600, 1, "#ffffff", 1)
    scene = draw_map(on_view(catalog, view), canvas)
    return np.asarray(canvas.finished()).astype(int), scene


@pytest.mark.parametrize(
    ("end", "sign"), [(date(2026, 1, 1), "held-area"), (date(2029, 1, 1), "possible-area")], ids=["sure", "possible"]
)
def test_the_ground_lies_within_the_outline_and_not_in_the_hole(folder, end: date, sign: str) -> None:
    picture, scene = drawn(folder, end)
    ground, hole, outside = picture[400, 300], picture[300, 300], picture[5, 300]
    blue = [pixel[2] - pixel[0] for pixel in (ground, hole, outside)]
    assert blue[0] > blue[1] + 8, "blue is on the ground"
    assert abs(blue[1] - blue[2]) <= 2, "and none in the hole"
    assert sign in scene.signs
    entries = {entry.text for section in sections(scene) for entry in section.entries}
    assert scene.style.signs["Sites"][sign] in entries
    assert "United States" in entries, "whose colour it is the legend says"


def test_what_is_only_possible_is_lighter(folder) -> None:
    sure, possible = (drawn(folder, end)[0][400, 300] for end in (date(2026, 1, 1), date(2029, 1, 1)))
    assert sure[2] - sure[0] > possible[2] - possible[0] > 0
