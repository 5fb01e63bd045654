"""What areas reach over, all their parts together, across 180° too; and which both languages have in a box."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from components.catalog.catalog import Catalog, load
from components.map.protocol import command
from components.view.box import Box
from components.view.on_view import on_view
from components.view.outlines import bounds
from components.view.view import View
from tests.node import answer
from tests.unit.map.test_parity import rows_of

WINDOW = (date(2025, 1, 1), date(2025, 6, 1))
SYRIA, PACIFIC, NOWHERE = "38", "178", ""
"""The longitude of the only site."""


def square(west: float, south: float, east: float, north: float) -> str:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"(({', '.join(f'{lon} {lat}' for lon, lat in corners)}))"


def parts(*boxes: tuple[float, float, float, float]) -> str:
    return f"MULTIPOLYGON ({', '.join(square(*box) for box in boxes)})"


CASES = {
    "one ring": (f"POLYGON {square(36, 33, 37, 35)}", [36, 33, 37, 35]),
    "two parts": (parts((36, 33, 37, 35), (40, 31, 41, 32)), [36, 31, 41, 35]),
    "a hole": ("POLYGON ((36 33, 39 33, 39 35, 36 33), (37 33.5, 38 33.5, 38 34, 37 33.5))", [36, 33, 39, 35]),
    "a part within another's reach": (parts((30, 0, 50, 1), (35, 2, 36, 3), (55, 0, 56, 1)), [30, 0, 56, 3]),
    "parts on both sides of 180°": (parts((178, -18, 180, -17), (-180, -18, -179, -16)), [178, -18, -179, -16]),
    "parts on either side of the world": (parts((-80, 0, -70, 1), (100, 0, 120, 1)), [100, 0, -70, 1]),
}
FROM_THE_PACIFIC = {"one ring across 180°": (f"POLYGON {square(179, 0, -179, 1)}", [179, 0, -179, 1])}
FROM_NOWHERE = {"all the way round": (f"POLYGON {square(-180, 60, 180, 90)}", [-180, 60, 180, 90])}


def catalog_of(folder: Callable[..., Path], outlines: list[str], lon: str) -> Catalog:
    rows = [
        {"id": f"a{n}", "start": "2025-01-01", "end": "2025-12-31", "geometry": geometry}
        for n, geometry in enumerate(outlines)
    ]
    found = load(folder(areas=rows, sites=[{"id": "here", "lat": "10", "lon": lon}] if lon else []))
    assert not found.problems
    return found


@pytest.mark.parametrize(("lon", "cases"), [(SYRIA, CASES), (PACIFIC, FROM_THE_PACIFIC), (NOWHERE, FROM_NOWHERE)])
def test_what_an_area_reaches_over(folder, lon, cases) -> None:
    catalog = catalog_of(folder, [geometry for geometry, _ in cases.values()], lon)
    assert np.transpose(bounds(catalog)).tolist() == [expected for _, expected in cases.values()]


def test_a_folder_without_areas_has_no_bounds(folder) -> None:
    assert [len(edge) for edge in bounds(load(folder()))] == [0, 0, 0, 0]


@pytest.mark.parametrize("lon", [SYRIA, PACIFIC])
def test_the_same_areas_are_in_a_box_in_both(folder, lon) -> None:
    catalog = catalog_of(folder, [geometry for geometry, _ in CASES.values()], lon)
    chance = random.Random(180)  # the same boxes every time
    views = [View(*WINDOW)]
    for _ in range(200):
        south, north = sorted(chance.choice([-90, -17, 0, 1, 33, chance.uniform(-20, 40)]) for _ in range(2))
        west, east = (chance.choice([-180, -179, 36, 180, chance.uniform(-180, 180)]) for _ in range(2))
        views.append(View(*WINDOW, box=Box(round(west, 3), round(south, 3), round(east, 3), round(north, 3))))
    commands = [command(catalog, view, "") for view in views]
    given = answer("answers.js", {"ask": "areas", "rows": rows_of(catalog), "commands": commands})
    seen = set()
    for view, areas in zip(views, given, strict=True):
        held = on_view(catalog, view).selection.areas
        assert areas == [[id_, certainty == "possible"] for id_, certainty in held.items()], view
        seen.add(len(held))
    assert len(seen) > 3, "the boxes tell areas apart"
    assert len(given[0]) == len(CASES), "without a box all are on view"
