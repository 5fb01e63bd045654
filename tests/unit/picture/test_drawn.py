"""The canvas in the browser and a picture draw the same: what, where, in which colour and order.

Both draw the same views upon sheets that record; tests/javascript/drawn.js runs the canvas's modules by node. Letters
are of one width on both sides, so that names find the same rooms. What only one draws (counts of a fan, the scale bar,
the basemap's shapes) is not compared.
"""

import base64
import json
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from components.catalog.dates import day_number
from components.catalog.served import open_catalog
from components.map.payload import basemap_payload, rows_payload
from components.map.style import STYLE, AreaStyle, Outline, Style, drawn_style
from components.map.symbols import SHAPES
from components.picture import drawing, text
from components.picture.canvas import Canvas
from components.picture.compare import half_scenes
from components.picture.palette import mixed, rgb
from components.picture.text import TextStyle
from components.view.facets import FACETS
from components.view.on_view import on_view
from components.view.view import View, read_view
from tests.node import answer

SIZE = (1000, 700)
LETTER = 0.5
"""How wide a letter is, as a part of its size."""
NEAR = 1.05
"""CSS pixels: sprites lie on whole pixels in the browser, and places within 100 m are one."""
LAND = STYLE.palettes["light"].land
Drawn = tuple[str, list[float], list[int], Any]
VIEWS = (
    "map=6.5/34.5/40.5",
    "map=8/33.3/44.3",
    "map=6.5/34.5/40.5&show=changes&from=2014-01-01&to=2026-03-12",
    "map=7/33.5/38.6&sel=site:al-tanf",
    "map=7/36/43&from=2026-01-01&to=2026-03-12&sel=movement:qasrak-to-kurdistan-2026-02-23",
    "map=6/33/40&sel=incident:jordan-irgc-claim-2026-08-30",
    "map=6.5/33/38&sel=site:jordan-undisclosed",
    "map=7/35.5/40&from=2025-05-01&to=2025-06-30&country=Syria",
    "map=6.5/34.5/40.5&compare=50",
    "map=7/33.5/38.6&sel=site:al-tanf&compare=30",
    "map=7/36/43&sel=movement:qasrak-to-kurdistan-2026-02-23&show=changes&compare=100",
    "map=5/33/42&from=2023-10-01&to=2024-03-01",
    "map=7/33/38&sel=movement:al-tanf-to-jordan-2026-01",
    "map=8.5/36/41&sel=site:qasrak&from=2025-05-01&to=2025-06-30",
    "map=6.5/34.5/40.5&alike=1",
    "map=6.5/34.5/40.5&force=sdf",
)


STYLES = {
    "as it is": STYLE,
    "stamped": replace(STYLE, incidents=replace(STYLE.incidents, few=3)),
    "crowded": replace(STYLE, crowd=replace(STYLE.crowd, few=3, most=30)),
}
"""Many incidents are stamped, many sites are squares: where few are many, the curated ones are."""


class Record(Canvas):
    """A sheet that keeps what is drawn upon it, instead of drawing it."""

    def __init__(self) -> None:
        super().__init__(*SIZE, 1, LAND, 1)
        self.drawn: list[Drawn] = []

    def copied(self) -> "Record":
        return Record()

    def tell(self, what: str, where: Any, colour: str, alpha: float = 1, more: Any = None) -> None:
        flat = np.asarray(where, dtype=float).ravel().tolist()
        self.drawn.append((what, flat, list(rgb(mixed(LAND, colour, alpha))), more))

    def area(self, points: Any, colour: str, alpha: float = 1) -> None:
        self.tell("area", points, colour, alpha)

    def ribbon(self, points: Any, width: float, colour: str, alpha: float = 1) -> None:
        self.tell("line", [points[0], points[-1]], colour, alpha, {"width": width})

    def outline(self, points: Any, line: Outline, colour: str) -> None:
        self.tell("line", [points[0], points[-1]], colour, line.strength, {"width": line.width})

    def triangle(self, corners: Any, width: float, colour: str) -> None:
        self.tell("line", [corners[0], corners[0]], colour, 1, {"width": width})

    def circle(self, x: float, y: float, reach: float, line: Outline, colour: str) -> None:
        self.tell("circle", [x, y, reach], colour, line.strength, {"width": line.width, "dash": list(line.dash)})

    def disc(self, x: float, y: float, reach: float, colour: str, alpha: float = 1) -> None:
        self.tell("disc", [x, y, reach], colour, alpha)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, alpha: float = 1) -> None:
        self.tell("box", [left, top, right, bottom], colour, alpha)

    def frame(self, left: float, top: float, right: float, bottom: float, line: Outline, colour: str) -> None:
        more = {"width": line.width, "dash": list(line.dash)}
        self.tell("frame", [left, top, right, bottom], colour, line.strength, more)

    def pill(
        self, left: float, top: float, width: float, height: float, ground: Any, line: Outline, colour: str
    ) -> None:
        self.tell("pill", [left, top, width, height], *ground)
        more = {"width": line.width, "dash": list(line.dash)}
        self.tell("pill's line", [left, top, width, height], colour, line.strength, more)

    def symbol(self, shape: str, colour: str, size: float, edge: float, alpha: float, x: float, y: float) -> None:
        self.tell("symbol", [x, y], colour, alpha, SHAPES[shape])

    def write(self, line: str, left: float, middle: float, style: TextStyle) -> None:
        font = f"{'italic ' if style.italic else ''}{style.weight}"
        self.tell("text", [left, middle], style.colour, 1, {"text": line, "size": style.size, "font": font})


def in_picture(catalog, folder, view: View, style: Style) -> list[Drawn]:
    """What a picture of a view draws, but for the basemap and the scale."""
    sheet = Record()
    frame = drawing.Frame(view.camera.zoom, view.camera.lat, view.camera.lon, *SIZE)
    labels = drawing.Labels(sheet, style.labels)
    scene = drawing.Scene(sheet, frame, labels, on_view(catalog, view), False, style)
    names = drawing.basemap_of(folder).names
    if view.compare is None:
        drawing.draw_rows(scene, names)
        return sheet.drawn
    at = SIZE[0] * view.compare / 100
    drawn: list[Drawn] = []
    for half, clip in zip(half_scenes(scene), ([0, 0, at, SIZE[1]], [at, 0, SIZE[0] - at, SIZE[1]]), strict=True):
        drawing.draw_rows(half, names)
        assert isinstance(half.canvas, Record)
        drawn += [("clip", clip, [0, 0, 0], None), *half.canvas.drawn]
    return drawn


def on_canvas(catalog, folder, views: list[View], style: Style) -> list[list[Drawn]]:
    """What the canvas draws of each view."""
    rows = rows_payload(catalog).parts
    asked = []
    for view in views:
        kind, _, id_ = view.selected.partition(":")
        table = {"site": catalog.sites, "incident": catalog.incidents, "movement": catalog.movements}.get(kind)
        asked.append(
            {
                "start": day_number(view.start),
                "end": day_number(view.end),
                "facets": {facet.key: list(getattr(view, facet.key)) for facet in FACETS if getattr(view, facet.key)},
                "terms": [],
                "alike": view.alike,
                "known": None,
                "selected": None if table is None else [kind, int(table.index.get_loc(id_))],
                "marks": view.show,
                "compare": view.compare,
                "zoom": view.camera.zoom,
                "lat": view.camera.lat,
                "lon": view.camera.lon,
                "width": SIZE[0],
                "height": SIZE[1],
            }
        )
    content = json.loads(rows["json"].body)
    question = {
        "rows": {
            "json": {**content, "style": json.loads(json.dumps(drawn_style(style)))},
            "bin": base64.b64encode(rows["bin"].body).decode(),
        },
        "labels": json.loads(basemap_payload(folder).parts["json"].body)["labels"],
        "letter": LETTER,
        "views": asked,
    }
    found: list[list[Drawn]] = answer("drawn.js", question)
    return found


def whole_lines(found: list[Drawn]) -> list[Drawn]:
    """Things drawn, with the pieces in which a picture draws an arrow's line as the one line that the canvas draws."""
    whole: list[Drawn] = []
    for key, pieces in groupby(found, key=lambda one: one[3]["width"] if one[0] == "line" else object()):
        group = list(pieces)
        if len(group) == 1 or not isinstance(key, float | int):
            whole += group
            continue
        # Where the line fades its pieces are paler: its colour is that of the one that is furthest from the land's.
        strongest = max(group, key=lambda one: sum(abs(a - b) for a, b in zip(one[2], rgb(LAND), strict=True)))
        whole.append(("line", [*group[0][1][:2], *group[-1][1][2:]], strongest[2], group[0][3]))
    return whole


def alike(one: Drawn, other: Drawn) -> bool:
    """Whether two things drawn are the same to the eye.

    Of a line the beginning is compared: its end may lie in a gap between dashes. Of one that begins off the sheet the
    picture draws only what is on it.
    """
    if one[0] != other[0] or one[3] != other[3]:
        return False
    if one[0] == "line" and not (0 <= other[1][0] <= SIZE[0] and 0 <= other[1][1] <= SIZE[1]):
        return True
    places = list(zip(one[1], other[1], strict=True))[: 2 if one[0] == "line" else None]
    colours = zip(one[2], other[2], strict=True)
    return all(abs(a - b) < NEAR for a, b in places) and all(abs(a - b) <= 2 for a, b in colours)


def even_width(line: str, style: Any) -> float:
    return float(len(line) * (style.size * LETTER + style.spacing))


@pytest.fixture
def even_letters(monkeypatch) -> None:
    monkeypatch.setattr(text, "width", even_width)


def views_of(catalog, queries) -> list[View]:
    return [read_view(parse_qs(query), catalog)[0] for query in queries]


def drawn_twice(catalog, folder, views: list[View], style: Style) -> list[tuple[list[Drawn], list[Drawn]]]:
    """What the picture draws of each view, and what the canvas does."""
    canvas = on_canvas(catalog, folder, views, style)
    pairs = zip(views, canvas, strict=True)
    return [(whole_lines(in_picture(catalog, folder, view, style)), whole_lines(found)) for view, found in pairs]


@pytest.mark.e2e
@pytest.mark.usefixtures("even_letters")
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_canvas_and_picture_draw_the_same(curated, root, style: Style) -> None:
    views = views_of(curated, VIEWS)
    for query, (picture, canvas) in zip(VIEWS, drawn_twice(curated, root / "data", views, style), strict=True):
        assert len(picture) > 50, query
        for n, (one, other) in enumerate(zip(picture, canvas, strict=False)):
            assert alike(one, other), f"{query}: thing {n} is {one} in the picture, {other} on the canvas"
        assert len(picture) == len(canvas), query


@pytest.mark.parametrize(("digit", "covered"), [(STYLE.incidents.digit, False), (0, True)])
@pytest.mark.parametrize("precision", ["site", "country"])
@pytest.mark.usefixtures("even_letters")
def test_a_symbol_of_a_row_does_not_cover_the_number_before_it(folder, precision, digit, covered) -> None:
    here = {"lat": "34", "lon": "38", "place": "Syria", "precision": precision, "killed": ""}
    kinds = ["attack"] * 12 + ["ied"] * 3
    path = folder(incidents=[{"id": f"i{n}", "kind": kind, **here} for n, kind in enumerate(kinds)])
    catalog = open_catalog(path)
    assert catalog.problems == ()
    style = replace(STYLE, incidents=replace(STYLE.incidents, digit=digit))
    view = views_of(catalog, ["map=7/34/38&from=2026-01-01&to=2026-03-01"])
    [(picture, canvas)] = drawn_twice(catalog, path, view, style)
    assert all(alike(one, other) for one, other in zip(picture, canvas, strict=True))
    _, second = [one for one in picture if one[0] == "symbol"]
    [number] = [one for one in picture if one[0] == "text" and one[3]["text"] == "12"]
    end = number[1][0] + 2 * LETTER * number[3]["size"]
    assert (end > second[1][0] - STYLE.incidents.sizes[0] / 2) == covered


@pytest.fixture(scope="module")
def plain(curated, root) -> tuple[list[Drawn], list[Drawn]]:
    """The first of VIEWS in the style as it is, by the picture and by the canvas."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "width", even_width)
        return drawn_twice(curated, root / "data", views_of(curated, VIEWS[:1]), STYLE)[0]


@pytest.mark.e2e
@pytest.mark.usefixtures("even_letters")
@pytest.mark.parametrize(
    ("group", "field", "value", "what"),
    [
        ("sites", "size", 20, "frame"),
        ("incidents", "sizes", (20, 22, 26), "text"),
        ("areas", "wide", 10, "circle"),
        ("movements", "halo", 7, "line"),
        ("regions", "height", 40, "pill"),
        ("labels", "fonts", {name: replace(font, size=20) for name, font in STYLE.labels.fonts.items()}, "text"),
        ("basemap", "dot", 5, "disc"),
    ],
)
def test_a_size_is_changed_in_one_place(curated, root, plain, group: str, field: str, value: Any, what: str) -> None:
    """Told in the style alone it changes what is sent to the browser, what the canvas draws, and the picture."""
    style = replace(STYLE, **{group: replace(getattr(STYLE, group), **{field: value})})
    assert json.dumps(drawn_style(style)[group][field]) != json.dumps(drawn_style()[group][field])
    after = drawn_twice(curated, root / "data", views_of(curated, VIEWS[:1]), style)[0]
    for there, then in zip(plain, after, strict=True):
        assert [one for one in there if one[0] == what] != [one for one in then if one[0] == what]
    assert all(alike(one, other) for one, other in zip(*after, strict=True))


def test_a_size_is_added_in_one_place() -> None:
    """A field of the style is sent to the browser because it is there."""

    @dataclass(frozen=True)
    class Wider(AreaStyle):
        glow: float = 3

    assert drawn_style(replace(STYLE, areas=Wider()))["areas"]["glow"] == 3


def test_order_is_the_style_s(curated, root, plain, even_letters) -> None:
    style = replace(STYLE, layers=STYLE.layers[::-1])
    after = drawn_twice(curated, root / "data", views_of(curated, VIEWS[:1]), style)[0]
    assert plain[0] != after[0]
    assert plain[1] != after[1]
