from datetime import date

import numpy as np
import pytest

from components.map.key import HEADINGS, LINES, SIGNS
from components.map.palettes import LIGHT
from components.map.symbols import SHAPES
from components.picture import shapes
from components.picture.canvas import Canvas
from components.picture.caption import headline, known_text, sources_on_view, window_lines
from components.picture.drawing import draw_map
from components.picture.labels import Labels
from components.picture.legend import draw_legend, forces, kinds, samples, sections
from components.picture.movements import End, arrow, draw_line
from components.picture.palette import legible, rgb
from components.picture.text import TextStyle
from components.view.on_view import on_view
from components.view.title import filters_text
from components.view.view import View, default_view, read_view

WINDOW = (date(2025, 11, 10), date(2026, 3, 12))


READING = HEADINGS["key"]


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
    assert legible(colour, LIGHT.land) == told


@pytest.mark.parametrize(
    ("origin", "target", "drawn"),
    [
        (None, None, False),
        (End(0, 0), End(10, 0), False),
        (End(0, 0), End(200, 0), True),
        (End(0, 0), None, True),
        (None, End(0, 0), True),
        (End(0, 0), End(10, 0, 300), True),  # within its own area
        (End(0, 0, 300), End(0, 0, 300), True),
    ],
)
def test_an_arrow_needs_an_end_and_some_length(origin, target, drawn: bool) -> None:
    assert (arrow(origin, target, 0) is not None) is drawn


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize(
    ("origin", "target", "first", "last", "rims"),
    [
        (0, 0, 11, 12, (False, False)),
        (0, 60, 11, 60, (False, True)),
        (60, 5, 60, 12, (True, True)),
    ],
)
def test_an_arrow_stops_at_the_rim_of_an_area(origin, target, first, last, rims, number: int) -> None:
    path = arrow(End(0, 0, origin), End(200, 0, target), number)
    assert path is not None
    assert path.rims == path.vague == rims
    assert np.hypot(*path.points[0]) == pytest.approx(first, abs=0.5)
    assert np.hypot(*(path.points[-1] - (200, 0))) == pytest.approx(last, abs=0.5)


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize(
    ("origin", "target", "off", "long", "rims"),
    [
        (0, 500, 11, 63, (False, False)),
        (500, 0, 12, 62.7, (False, False)),
        (90, 95, 90, 44, (True, False)),
        (95, 90, 90, 44, (False, True)),
    ],
)
def test_where_an_area_holds_the_other_end_a_stub_says_whither(origin, target, off, long, rims, number: int) -> None:
    path = arrow(End(0, 0, origin), End(200, 0, target), number)
    assert path is not None
    assert path.rims == rims
    fixed = path.points[0] if origin <= target else path.points[-1] - (200, 0)
    assert np.hypot(*fixed) == pytest.approx(off, abs=0.5), "at the rim of the lesser, or off its symbol"
    assert np.hypot(*(path.points[-1] - path.points[0])) == pytest.approx(long, abs=0.5)


def test_an_arrow_beyond_the_horizon_still_ends_at_the_rim() -> None:
    path = arrow(End(-11_000, -400, 3000), End(300, 200, 204), 3)
    assert path is not None
    assert np.hypot(*(path.points[-1] - (300, 200))) == pytest.approx(204, abs=1)


def test_labels_do_not_collide_and_stay_in_the_picture() -> None:
    labels = Labels(Canvas(200, 60, 1, LIGHT.paper))
    style = TextStyle(12, "#000000")
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
    assert known_text(view) == "only what was public by 10 February 2026"
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
        assert sources_on_view(on_view(catalog, view)) == number, (window, known)


@pytest.mark.e2e
def test_a_legend_holds_what_is_drawn_and_no_more(curated, root) -> None:
    def told(query):
        view, _ = read_view(query, curated)
        canvas = Canvas(700, 560, 1, LIGHT.paper)
        scene = draw_map(on_view(curated, view), canvas)
        return scene, {section.title: [entry.text for entry in section.entries] for section in sections(scene)}

    scene, legend = told({"to": ["2026-03-12"]})
    assert list(legend) == ["Sites on 12 March 2026", HEADINGS["incidents"], READING]
    assert sum(int(entry.count) for entry in kinds(scene)) == len(scene.selection.incidents)
    states = scene.selection.states.values()
    assert sum(int(entry.count or 0) for entry in forces(scene)) == sum(bool(state.force) for state in states)
    assert SIGNS["Sites"]["opened"] not in legend[READING]
    assert SIGNS["Sites"]["vacated"] in legend[READING]
    assert {*SIGNS["Movements"].values()} <= {*legend[READING]}, "each line, width, range, vague end and bead"
    assert legend[HEADINGS["incidents"]] != told({"kind": ["attack"]})[1][HEADINGS["incidents"]] == ["Attack"]
    assert SIGNS["Sites"]["opened"] in told({"show": ["changes"], "from": ["2014-01-01"]})[1][READING]
    assert SIGNS["Movements"]["civilians"] not in told({"force": ["us"]})[1][READING]
    assert told({"q": ["zzzz"]})[1] == {}


def test_a_legend_is_written_as_small_as_it_must_be_to_be_whole(curated, root) -> None:
    view = default_view(curated)
    scene = draw_map(on_view(curated, view), Canvas(700, 560, 1, LIGHT.paper))
    found = sections(scene)
    texts = [entry.text for section in found for entry in section.entries]
    for bottom, whole in ((2000, True), (650, True), (100, False)):
        written: list[str] = []
        canvas = Canvas(236, 2000, 1, LIGHT.paper)
        canvas.write = lambda text, *_, said=written: said.append(text)  # type: ignore[method-assign]
        draw_legend(canvas, found, 0, 0, 236, bottom)
        assert (set(" ".join(texts).split()) <= set(" ".join(written).split())) is whole
        assert ("…" in written) is not whole


def test_every_line_is_drawn_in_its_own_colour_and_dashes(curated) -> None:
    """Of one number of each: ink where the line is, none in its gaps, the neutral ones thinner than the troops'."""
    ink = {}
    for moved, line in LINES.items():
        canvas = Canvas(240, 20, 1, LIGHT.land)
        points = np.stack((np.linspace(10, 230, 25), np.full(25, 10)), axis=-1)
        draw_line(canvas, points, 4.5 * line.weight, line, legible(line.colour or "#1f6fb2", LIGHT.land))
        pixels = np.asarray(canvas.finished()).astype(int)
        ink[moved] = (np.abs(pixels - rgb(LIGHT.land)).sum(axis=2) > 120)[:, 20:200]
    assert ink["troops"].any(axis=0).all(), "solid"
    runs = {moved: np.count_nonzero(np.diff(on.any(axis=0).astype(int)) == 1) for moved, on in ink.items()}
    assert len({runs[moved] for moved in ("detainees", "civilians", "equipment")}) == 3
    assert all(on.sum() < 0.75 * ink["troops"].sum() for moved, on in ink.items() if moved != "troops")


def test_a_line_fades_towards_a_vague_end_and_its_head_is_open_there() -> None:
    def inks(vague):
        canvas = Canvas(240, 40, 1, LIGHT.land)
        points = np.stack((np.linspace(10, 230, 25), np.full(25, 20)), axis=-1)
        draw_line(canvas, points, 4.5, LINES["troops"], "#1f6fb2", vague)
        return np.abs(np.asarray(canvas.finished()).astype(int) - rgb(LIGHT.land)).sum(axis=2)[20]

    sure, begin, end = inks((False, False)), inks((True, False)), inks((False, True))
    assert begin[14] < sure[14] / 2 < begin[100] == sure[100]
    assert begin[224] == sure[224]
    assert end[224] < sure[224] / 2, "the head's inside"
    assert end[14] == sure[14]


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("query", "named", "rims"),
    [
        ({}, {"somewhere in Iraq", "somewhere in Erbil governorate"}, set()),
        # Filters hide the area, and the site, that a movement ends in: rim and name stay.
        ({"country": ["Syria"]}, {"Undisclosed base in Jordan", "Al-Karkh Central Prison"}, {"jordan-undisclosed"}),
        ({"country": ["Iraq"]}, {"Qasrak", "Al-Shaddadi base"}, set()),
        ({"from": ["2025-05-01"], "to": ["2025-06-30"]}, {"somewhere in Syria"}, set()),
    ],
)
def test_a_movement_ends_nowhere_unnamed(curated, root, query, named: set[str], rims: set[str]) -> None:
    view, _ = read_view(query, curated)
    scene = draw_map(on_view(curated, view), Canvas(1000, 800, 1, LIGHT.paper))
    assert named <= {text for text, *_ in scene.canvas._texts}
    for site in rims:
        row = curated.sites.loc[site]
        x, y = scene.frame.point(row["lat"], row["lon"])
        assert scene.rimmed(x, y, row["radius_km"] * scene.frame.pixels_per_km(row["lat"]))


def test_every_sign_of_the_key_has_a_sample() -> None:
    assert set(samples()) == {sign for group in SIGNS.values() for sign in group}


@pytest.mark.e2e
def test_a_plain_map_has_neither_counts_nor_signs_of_disagreement(curated, root) -> None:
    view = default_view(curated)
    for plain in (False, True):
        canvas = Canvas(700, 560, 1, LIGHT.paper)
        scene = draw_map(on_view(curated, view), canvas, plain)
        assert ("disputed" in scene.signs, "count" in scene.signs) == (not plain, not plain)
