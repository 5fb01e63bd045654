"""Where incidents are counted by squares: the rule, by the cases of density.test.js, and the colours."""

import json
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

CASES = json.loads((Path(__file__).parents[2] / "cases" / "density.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "zoom", "expected"), [case[1:] for case in CASES["crowded"]])
def test_so_many_incidents_are_squares_at_a_zoom(number: int, zoom: float, expected: bool) -> None:
    assert is_crowded(number, zoom, CASES["squares"], STYLE.density) is expected


def test_the_curated_data_are_symbols_at_any_zoom() -> None:
    assert squares_by_zoom(load(data_folder())) == ()


@pytest.mark.parametrize("theme", PALETTES)
def test_the_colours_go_away_from_the_land_in_lightness_alone(theme: str) -> None:
    palette = PALETTES[theme]
    from_land = [contrast(colour, palette.land) for colour in palette.density]
    assert from_land[0] > 1.35
    assert all(more / less > 1.12 for less, more in pairwise(from_land))
    assert len(palette.density) == len(CROWDS)
    assert set(CROWDS_TOLD) <= set(CROWDS)
