"""Many incidents in a picture: squares where they lie too thick, symbols nearer by, and what the key says of them."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from components.catalog.catalog import Catalog, load
from components.map.density import are_squares, squares_by_zoom
from components.picture import legend
from components.picture.canvas import Canvas
from components.picture.drawing import draw_map
from components.view.on_view import on_view
from components.view.view import Camera, default_view
from tests.benchmarks.events import write_folder

NUMBER: Final = 6_000
ROOT: Final = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return load(write_folder(tmp_path_factory.mktemp("many") / "data", NUMBER, ROOT / "data"))


@pytest.mark.parametrize(("zoom", "squares"), [(4, True), (9, False)])
def test_they_are_squares_from_afar_and_symbols_nearer_by(many: Catalog, zoom: float, squares: bool) -> None:
    view = replace(default_view(many), camera=Camera(zoom, 34.75, 40.5))
    canvas = Canvas(700, 500, 1, "#ffffff", detail=1)
    scene = draw_map(on_view(many, view), canvas)
    assert ("density" in scene.signs) is squares
    texts = [entry.text for entry in legend.signs(scene)]
    assert ("incidents in a square: 1 · 10 · 100 · 1,000" in texts) is squares


def test_a_window_changes_nothing_of_it_but_a_filter_does(many: Catalog) -> None:
    squares = squares_by_zoom(many)
    assert list(squares) == sorted(squares)
    view = default_view(many)
    assert are_squares(many, view, len(squares) - 1)
    assert are_squares(many, replace(view, end=view.start), len(squares) - 1)
    assert not are_squares(many, view, len(squares) - 0.75)
    assert not are_squares(many, replace(view, kind=("protest",)), 0), "a rare kind is symbols"


def test_the_selected_incident_is_a_symbol_over_the_squares(many: Catalog) -> None:
    view = replace(default_view(many), camera=Camera(4, 34.75, 40.5))
    first, other = many.incidents["id"].iloc[[0, -1]]
    pictures = set()
    for selected in ("", f"incident:{first}", f"incident:{other}"):
        canvas = Canvas(700, 500, 1, "#ffffff", detail=1)
        draw_map(on_view(many, replace(view, selected=selected)), canvas)
        pictures.add(canvas.finished().tobytes())
    assert len(pictures) == 3
