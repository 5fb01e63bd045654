from datetime import date

import numpy as np
import pytest

from components.export.picture import shapes
from components.export.picture.canvas import Canvas
from components.export.picture.caption import filters_text, headline, known_text, sources_on_view, window_lines
from components.export.picture.drawing import draw_map
from components.export.picture.labels import Labels
from components.export.picture.legend import forces, kinds, sections
from components.export.picture.lettering import Style
from components.export.picture.movements import End, arrow
from components.export.picture.palette import PAPER, legible
from components.map.symbols import SHAPES
from components.view.selection import select
from components.view.view import View, default_view, read_view

WINDOW = (date(2025, 11, 10), date(2026, 3, 12))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_symbol_s_outline_is_about_its_middle_and_one_high(shape: str) -> None:
    outer, *holes = shapes.outlines(shape)
    assert np.abs(outer).max() <= 0.5
    assert (outer.max(axis=0) - outer.min(axis=0)).min() > 0.6
    assert np.abs((outer.max(axis=0) + outer.min(axis=0)) / 2).max() < 0.04
    assert len(holes) == (shape == "ring")


@pytest.mark.parametrize("path", ["M8 2C1 2 3 4 5 6Z", "M0 0a6 6 0 1 1 0 7Z"])
def test_an_outline_in_other_commands_is_refused(monkeypatch, path: str) -> None:
    monkeypatch.setattr(shapes, "SHAPES", {"odd": path})
    with pytest.raises(ValueError, match="odd"):
        shapes.outlines.__wrapped__("odd")


@pytest.mark.parametrize(
    ("colour", "told"), [("#1f6fb2", "#1f6fb2"), ("#ffff00", "#808000"), ("#ffffff", "#808080"), ("#2b2b2b", "#2b2b2b")]
)
def test_a_colour_that_paper_would_swallow_is_darkened(colour: str, told: str) -> None:
    assert legible(colour) == told


@pytest.mark.parametrize(
    ("origin", "target", "drawn"),
    [
        (None, None, False),
        (End(0, 0, False, 0), End(10, 0, False, 0), False),
        (End(0, 0, False, 0), End(200, 0, False, 0), True),
        (End(0, 0, False, 0), None, True),
        (None, End(0, 0, False, 0), True),
    ],
)
def test_an_arrow_needs_an_end_and_some_length(origin, target, drawn: bool) -> None:
    assert (arrow(origin, target, 0) is not None) is drawn


def test_an_arrow_stops_at_an_undisclosed_place_s_edge_or_half_way() -> None:
    origin = End(0, 0, False, 0)
    for edge, far in ((0, 12), (60, 60), (500, 100)):
        points = arrow(origin, End(200, 0, True, edge), 0)
        assert np.hypot(200 - points[-1][0], 0) == pytest.approx(far, abs=1)


def test_labels_do_not_collide_and_stay_in_the_picture() -> None:
    labels = Labels(Canvas(200, 60, 1, PAPER))
    style = Style(12, "#000000")
    assert labels.beside("Palmyra", 100, 30, style)
    assert labels.room(120, 30, 5, 5, 0) is None
    assert labels.room(120, 30, 5, 5, 100) is not None
    assert not labels.beside("A name that is too long for a picture of this width", 100, 30, style)
    assert labels.room(199, 30, 5, 5, 0) is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, ""),
        ({"kind": ["attack"]}, "Only Attack"),
        (
            {"country": ["Syria", "Iraq"], "confidence": ["high"], "q": ["tanf"]},
            "Only Syria, Iraq; high confidence; “tanf”",
        ),
        ({"disputed": ["only"]}, "Only what sources disagree on"),
    ],
)
def test_a_picture_says_what_it_leaves_out(curated, query, said: str) -> None:
    assert filters_text(curated, read_view(query, curated)[0]) == said


def test_a_caption_says_what_and_when(curated) -> None:
    view = View(*WINDOW, selected="site:al-tanf", known=date(2026, 2, 10))
    assert headline(curated, view) == "Al-Tanf garrison"
    assert headline(curated, View(*WINDOW)) == curated.dataset.title
    assert window_lines(view) == ["10 November 2025 –", "12 March 2026"]
    assert window_lines(View(WINDOW[1], WINDOW[1])) == ["12 March 2026"]
    assert known_text(view) == "as known on 10 February 2026"
    assert known_text(View(*WINDOW)) == ""


def test_the_sources_of_what_is_on_view_are_counted_once(catalog_of) -> None:
    site = {"id": "base", "sources": "wire"}
    catalog = catalog_of(
        sources=[
            {"id": name, "published": day} for name, day in (("wire", "2020"), ("press", "2026-02-05"), ("book", ""))
        ],
        sites=[site],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2020", "sources": "book"}],
        incidents=[
            {"id": "i", "start": "2026-02-01", "lat": "34", "lon": "38", "precision": "site", "sources": "wire; press"}
        ],
    )
    for window, known, number in (
        ((date(2026, 1, 1), date(2026, 3, 1)), None, 3),
        ((date(2021, 1, 1), date(2021, 3, 1)), None, 2),
        ((date(2010, 1, 1), date(2010, 3, 1)), None, 1),
        ((date(2026, 1, 1), date(2026, 3, 1)), date(2026, 2, 3), 2),
    ):
        view = View(*window, known=known)
        assert sources_on_view(catalog, view, select(catalog, view)) == number, (window, known)


def test_a_legend_holds_what_is_drawn_and_no_more(curated, root) -> None:
    def told(query):
        view, _ = read_view(query, curated)
        canvas = Canvas(700, 560, 1, PAPER)
        scene = draw_map(curated, root / "data", view, select(curated, view), canvas)
        return scene, {section.title: [entry.text for entry in section.entries] for section in sections(scene)}

    scene, legend = told({})
    assert list(legend) == ["Sites on 12 March 2026", "Incidents", "Signs"]
    assert sum(int(entry.count) for entry in kinds(scene)) == len(scene.selection.incidents)
    states = scene.selection.states.values()
    assert sum(int(entry.count or 0) for entry in forces(scene)) == sum(bool(state.force) for state in states)
    assert "opened in the window" not in legend["Signs"]
    assert "vacated in the window" in legend["Signs"]
    assert legend["Incidents"] != told({"kind": ["attack"]})[1]["Incidents"] == ["Attack"]
    assert "opened in the window" in told({"show": ["changes"], "from": ["2014-01-01"]})[1]["Signs"]
    assert told({"q": ["zzzz"]})[1] == {}


def test_a_plain_map_has_neither_counts_nor_signs_of_disagreement(curated, root) -> None:
    view = default_view(curated)
    for plain in (False, True):
        canvas = Canvas(700, 560, 1, PAPER)
        scene = draw_map(curated, root / "data", view, select(curated, view), canvas, plain)
        assert ("disputed" in scene.signs, "count" in scene.signs) == (not plain, not plain)
