"""Where incidents are counted by squares: the rule, by the cases of density.test.js, and the colours."""

import json
import math
import random
from itertools import pairwise
from pathlib import Path

import pytest

from components.catalog.catalog import load
from components.map.density import is_crowded, squares_by_zoom
from components.map.key import CROWDS, CROWDS_TOLD
from components.map.palettes import PALETTES
from components.map.style import STYLE
from components.picture.palette import contrast
from components.settings import data_folder
from components.view.home import world

CASES = json.loads((Path(__file__).parents[2] / "cases" / "density.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "zoom", "expected"), [case[1:] for case in CASES["crowded"]])
def test_so_many_incidents_are_squares_at_a_zoom(number: int, zoom: float, expected: bool) -> None:
    assert is_crowded(number, zoom, CASES["squares"], STYLE.density) is expected


def test_the_curated_data_are_symbols_at_any_zoom() -> None:
    assert squares_by_zoom(load(data_folder())) == ()


def test_squares_are_counted_as_one_by_one(folder) -> None:
    chance = random.Random(5)
    points = [(chance.gauss(33, 2), chance.gauss(40, 3)) for _ in range(3000)] * 2
    rows = [{"id": str(n), "lat": f"{lat:.4f}", "lon": f"{lon:.4f}"} for n, (lat, lon) in enumerate(points)]
    catalog = load(folder(incidents=[*rows, {"id": "nowhere"}]))
    for zoom, squares in enumerate(found := squares_by_zoom(catalog)):
        side = 2**zoom / STYLE.density.cell
        places = world(*catalog.incidents.loc[catalog.incidents["lat"].notna(), ["lat", "lon"]].to_numpy().T)
        assert len({(math.floor(x * side), math.floor(y * side)) for x, y in places.tolist()}) == squares
    assert len(found) > 3


@pytest.mark.parametrize("theme", PALETTES)
def test_the_colours_go_away_from_the_land_in_lightness_alone(theme: str) -> None:
    palette = PALETTES[theme]
    from_land = [contrast(colour, palette.land) for colour in palette.density]
    assert from_land[0] > 1.35
    assert all(more / less > 1.12 for less, more in pairwise(from_land))
    assert len(palette.density) == len(CROWDS)
    assert set(CROWDS_TOLD) <= set(CROWDS)
