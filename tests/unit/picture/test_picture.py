import io
from datetime import date, timedelta
from urllib.parse import parse_qs

import numpy as np
import pytest
from PIL import Image

from components.catalog.served import open_catalog
from components.map.key import LINES
from components.map.palettes import LIGHT
from components.map.style import STYLE
from components.picture import drawing
from components.picture.canvas import Canvas
from components.picture.drawing import draw_map
from components.picture.palette import legible, rgb
from components.picture.picture import A4_LANDSCAPE, PREVIEW, preview, print_map
from components.picture.projection import Frame
from components.view.citation import view_link
from components.view.on_view import on_view
from components.view.view import View, default_view, read_view

pytestmark = pytest.mark.e2e  # whole pictures

TOML = (
    'title = "Test"\nlicence = "CC BY 4.0"\ncredits = ["Places: GeoNames", "Coast: Natural Earth"]\n'
    "[home]\nlat = 34\nlon = 38\nzoom = 8\n[window]\nfrom = 2026-01-01\nto = 2026-03-01\n"
)
TODAY = date(2026, 3, 14)
LINK = "https://laydown.example.org/?from=2026-01-27"
US, SYRIA = rgb("#1f6fb2"), rgb("#2e8b57")
HOSTILE = (
    "",
    "قاعدة التنف",
    "قاعدة Al-Tanf 🛰 base",
    "漢字🛰",
    "line\nbreak\u2028and\u2029more\tand \u202eturned\u202c",
    "<script>alert(1)</script> ${7*7} {{ x }} %s",
    "W" * 5000,
    "word " * 1000,
    "\u200f\u200d\u0301",
)
SQUARE = {"id": "base", "lat": "34", "lon": "38", "precision": "site"}


@pytest.fixture(scope="session")
def drawn(folder, catalog_of):
    """Draws a map of 700 × 560 pixels, one a CSS pixel, of a few rows; with the scene, and a point of it by degrees."""

    def draw(query: str = "", **tables):
        catalog = catalog_of(**{"toml": TOML, **tables})
        view, notices = read_view(parse_qs(query), catalog)
        assert notices == []
        canvas = Canvas(700, 560, 1, LIGHT.nowhere)
        scene = draw_map(on_view(catalog, view), canvas)
        return scene, canvas.finished()

    return draw


def at(scene, picture, lat: float, lon: float, dx: float = 0, dy: float = 0) -> tuple[int, int, int]:
    x, y = scene.frame.point(lat, lon)
    return picture.getpixel((round(x + dx), round(y + dy)))


def alike(one, other, within: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= within


def held(**cells: str) -> dict[str, str]:
    return {"id": f"p-{cells.get('force', 'us')}", "site": "base", "force": "us", "start": "2025-01-01", **cells}


US_LEFT = held(start="2020", end="2026-02-01")
SYRIA_CAME = held(force="syria", start="2026-02-02", last_confirmed="2026-03-01")
US_HELD = held(last_confirmed="2026-03-01")


@pytest.mark.parametrize(
    ("presence", "above", "below", "sign"),
    [
        ([US_HELD], US, US, "held"),
        ([held(status="reported")], "light", "light", "possible"),
        ([US_LEFT, SYRIA_CAME], US, SYRIA, "handed-over"),
        ([US_LEFT], rgb(LIGHT.land), rgb(LIGHT.land), "vacated"),
    ],
)
def test_a_site_s_square_has_the_colours_of_its_state(drawn, presence, above, below, sign) -> None:
    scene, picture = drawn(sites=[SQUARE], presence=presence)
    found = at(scene, picture, 34, 38, -3, -3), at(scene, picture, 34, 38, 3, 3)
    for pixel, colour in zip(found, (above, below), strict=True):
        if colour == "light":
            assert not alike(pixel, US, 40)
            assert pixel[2] > pixel[0] + 30, "lighter, but still blue"
        else:
            assert alike(pixel, colour), sign
    assert sign in scene.signs


def test_a_vacated_site_s_square_is_outlined_in_its_force_s_colour(drawn) -> None:
    scene, picture = drawn(sites=[SQUARE], presence=[US_LEFT])
    edge = [at(scene, picture, 34, 38, dx, -7) for dx in range(-7, 8)]
    assert any(alike(pixel, US, 60) for pixel in edge)
    assert any(not alike(pixel, US, 60) for pixel in edge), "dashed"


def test_where_changes_are_shown_what_did_not_change_is_small(drawn) -> None:
    rows = {"sites": [SQUARE], "presence": [US_HELD]}
    for query, colour in (("", US), ("show=changes", None)):
        scene, picture = drawn(query, **rows)
        assert alike(at(scene, picture, 34, 38, -5, 0), US) is (colour == US)
        assert alike(at(scene, picture, 34, 38), US), "it is there all the same"


@pytest.mark.parametrize(
    ("presence", "movements", "change"),
    [
        ([{"start": "2026-02-02"}], [], "opened"),
        ([{"start": "2016"}, {"force": "syria", "start": "2026-02-02"}], [], "joined"),
        ([{"start": "2016"}, {"force": "syria", "start": "2016", "end": "2026-02-02"}], [], "left"),
        ([{"start": "2016"}], [{"kind": "reinforcement", "destination": "base"}], "reinforced"),
        ([{"start": "2016"}], [{"kind": "withdrawal", "origin": "base"}], "drawing-down"),
    ],
)
def test_each_change_has_its_sign_where_changes_are_shown(drawn, presence, movements, change) -> None:
    rows = {
        "sites": [SQUARE],
        "presence": [{**held(last_confirmed="2026-03-01"), "id": f"p{n}", **row} for n, row in enumerate(presence)],
        "movements": [{"id": "m", "force": "us", "start": "2026-02-10", **row} for row in movements],
    }
    for row in rows["presence"]:
        if row.get("end"):
            row["last_confirmed"] = ""
    scene, picture = drawn("show=changes", **rows)
    assert change in scene.signs
    strokes = STYLE.sites.strokes[change]
    x, y = strokes[0][1 if len(strokes[0]) > 2 else 0]
    assert alike(at(scene, picture, 34, 38, x * 0.8, y * 0.8), rgb(LIGHT.land), 60)
    scene, picture = drawn(**rows)
    assert change not in scene.signs
    assert alike(at(scene, picture, 34, 38), US)


def test_an_opened_site_has_a_plus_where_changes_are_shown(drawn) -> None:
    rows = {"sites": [SQUARE], "presence": [held(start="2026-02-02", last_confirmed="2026-03-01")]}
    scene, picture = drawn("show=changes", **rows)
    assert "opened" in scene.signs
    assert alike(at(scene, picture, 34, 38), rgb(LIGHT.land))
    scene, picture = drawn(**rows)
    assert "opened" not in scene.signs
    assert alike(at(scene, picture, 34, 38), US)


def test_what_is_selected_has_a_ring(drawn) -> None:
    rows = {"sites": [SQUARE], "presence": [US_HELD]}
    plain, ringed = (drawn(query, **rows) for query in ("", "sel=site:base"))
    assert alike(at(*ringed, 34, 38, 0, 12), (38, 36, 31), 40)
    assert not alike(at(*plain, 34, 38, 0, 12), (38, 36, 31), 40)


def test_an_incident_has_its_kind_s_colour_and_lies_above_its_site(drawn) -> None:
    rows = {"sites": [SQUARE], "presence": [US_HELD]}
    scene, picture = drawn(**rows, incidents=[{"id": "i", "site": "base"}])
    red = rgb(legible("#c8372d", LIGHT.land))
    assert alike(at(scene, picture, 34, 38, 0, -16), red)
    assert not alike(at(*drawn(**rows), 34, 38, 0, -16), red)
    assert not alike(at(*drawn("kind=ied", **rows, incidents=[{"id": "i", "site": "base"}]), 34, 38, 0, -16), red)


def test_a_merely_possible_incident_is_lighter(drawn) -> None:
    rows = {"incidents": [{"id": "i", "start": "2026", "lat": "34", "lon": "38", "precision": "site"}]}
    scene, picture = drawn(**rows)
    red, found = rgb(legible("#c8372d", LIGHT.land)), at(scene, picture, 34, 38)
    assert "faint" in scene.signs
    assert not alike(found, red, 40)
    assert found[0] > found[1] + 40, "lighter, but still red"


@pytest.mark.parametrize(("precision", "km", "sign"), [("district", 25, "area"), ("undisclosed", 100, "undisclosed")])
def test_an_imprecise_place_is_a_circle_of_its_true_radius(drawn, precision: str, km: float, sign: str) -> None:
    site = {**SQUARE, "precision": precision}
    scene, picture = drawn(sites=[site], presence=[US_HELD])
    assert sign in scene.signs
    radius = scene.selection.sites["radius_km"].iloc[0]
    assert radius == pytest.approx(km)
    reach = radius * scene.frame.pixels_per_km(34)
    within, beyond = (at(scene, picture, 34, 38, far * 0.71, far * 0.71) for far in (reach - 6, reach + 6))
    assert beyond == rgb(LIGHT.land), "a folder without a basemap has the world's"
    assert within != beyond


def test_an_undisclosed_place_is_dashed_and_has_no_square(drawn) -> None:
    scene, picture = drawn(sites=[{**SQUARE, "precision": "undisclosed"}], presence=[US_HELD])
    reach = scene.selection.sites["radius_km"].iloc[0] * scene.frame.pixels_per_km(34)
    turns = np.linspace(0, 2 * np.pi, 720)
    line = [at(scene, picture, 34, 38, reach * np.cos(turn), reach * np.sin(turn)) for turn in turns]
    dark = [pixel[0] < 150 for pixel in line]
    assert 0.3 < np.mean(dark) < 0.8, "dashes and gaps"
    assert not alike(at(scene, picture, 34, 38, -5, 5), US)


def test_what_happened_anywhere_in_a_country_is_framed_and_not_put_on_a_point(drawn) -> None:
    where = {"lat": "34", "lon": "38", "precision": "country", "place": "Syria"}
    sites = [{**SQUARE, "id": "town"}]
    scene, _ = drawn(sites=sites, incidents=[{"id": "i", **where}])
    assert "region" in scene.signs
    scene, _ = drawn(sites=sites, incidents=[{"id": "i", **where, "precision": "site"}])
    assert "region" not in scene.signs


@pytest.mark.parametrize(
    ("precision", "moved", "signs"),
    [
        ("site", "", {"troops", "width 2"}),
        ("undisclosed", "troops", {"troops", "width 2", "vague", "undisclosed"}),
        ("country", "detainees", {"detainees", "width 2", "vague", "area"}),
        ("site", "civilians", {"civilians", "width 2"}),
        ("town", "equipment", {"equipment", "width 2"}),
    ],
)
def test_a_movement_s_line_tells_what_moved(drawn, precision: str, moved: str, signs: set[str]) -> None:
    goal = {
        "id": "goal",
        "lat": "33",
        "lon": "38",
        "precision": precision,
        "radius_km": "1" if precision == "site" else "20",
    }
    move = {"id": "m", "origin": "base", "destination": "goal", "moved": moved}
    scene, picture = drawn(sites=[SQUARE, goal], movements=[move])
    assert signs <= scene.signs
    assert not (scene.signs & {*LINES, "vague"}) - signs
    pixels = np.asarray(picture).astype(int)
    blue = (np.abs(pixels - US).max(axis=2) < 40).sum() > 100
    assert blue is np.bool_(moved in ("", "troops")), "in its force's colour"


def test_an_arrow_ends_at_an_undisclosed_place_s_edge(drawn) -> None:
    sites = [SQUARE, {"id": "goal", "lat": "33", "lon": "38", "precision": "undisclosed"}]
    query = "map=7/33.5/38"
    scene, picture = drawn(query, sites=sites, movements=[{"id": "m", "origin": "base", "destination": "goal"}])
    x, y = scene.frame.point(33, 38)
    pixels = np.asarray(picture).astype(int)[round(y) - 20 : round(y) + 60, round(x) - 40 : round(x) + 40]
    assert not (np.abs(pixels - US).max(axis=2) < 40).any()


def test_a_window_with_nothing_says_so(drawn) -> None:
    (scene, said), (other, _) = drawn(), drawn(sites=[SQUARE])
    middle = said.crop((200, 250, 500, 310))
    assert alike(middle.getpixel((60, 20)), rgb(LIGHT.paper), 30)
    assert min(pixel[0] for _, pixel in middle.getcolors(10_000)) < 60, "words"
    assert len(scene.selection.sites) == 0 < len(other.selection.sites)


def test_the_basemap_is_drawn_and_what_lies_beyond_it_is_neither_land_nor_sea(curated, root) -> None:
    view, _ = read_view({"map": ["4/30/43"], "q": ["nothing at all"]}, curated)
    canvas = Canvas(700, 560, 1, LIGHT.paper)
    scene = draw_map(on_view(curated, view), canvas)
    picture = canvas.finished()
    for lat, lon, colour in (
        (20.3, 46.2, LIGHT.land),
        (18, 63, LIGHT.nowhere),
        (33.5, 32, LIGHT.water),
        (15, 55, LIGHT.water),
    ):
        assert alike(at(scene, picture, lat, lon), rgb(colour), 6), (lat, lon)
    border = np.abs(np.asarray(picture).astype(int) - rgb(LIGHT.border)).max(axis=2) < 30
    assert border.sum() > 100


def blank(part: Image.Image) -> bool:
    """Whether a part of a picture is all white."""
    return part.getcolors(2) == [(part.width * part.height, (255, 255, 255))]


@pytest.mark.e2e
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_drawn_within_their_room(catalog_of, monkeypatch, text: str) -> None:
    monkeypatch.setattr(drawing, "draw_basemap", lambda *_: None)  # takes half the time, and has no text of theirs
    toml = f"title = {text!a}\n" if text.isascii() and text.isprintable() else 'title = "Test"\n'
    name = text.strip("\n\u2028\u2029") or "x"
    catalog = catalog_of(
        toml=toml,
        sites=[{**SQUARE, "name": name[:3000]}],
        presence=[US_HELD],
        incidents=[{"id": "i", "title": name, "lat": "34", "lon": "38", "precision": "country", "place": name}],
    )
    for query in ({}, {"sel": ["site:base"], "q": ["x"]}, {"sel": ["incident:i"]}):
        view, _ = read_view(query, catalog)
        image = Image.open(io.BytesIO(preview(on_view(catalog, view)))).convert("RGB")
        rims = (image.crop((0, 0, 10, 630)), image.crop((366, 0, 380, 630)))
        assert all(blank(rim) for rim in rims), "nothing in the strip's margins"
        if "incident:i" not in query.get("sel", ()):
            continue  # a sheet takes ten times as long, and this one has the title, the site's name and the incident's
        printed = print_map(on_view(catalog, view), f"https://example.org/{name}"[:8000], TODAY)
        sheet = Image.open(io.BytesIO(printed)).convert("RGB")
        rims = (sheet.crop((0, 0, 60, 1654)), sheet.crop((2279, 0, 2339, 1654)), sheet.crop((0, 1595, 2339, 1654)))
        assert all(blank(rim) for rim in rims)


def test_a_preview_is_of_the_size_that_is_asked_for_and_light(curated, root) -> None:
    view = default_view(curated)
    preview_bytes = preview(on_view(curated, view))
    image = Image.open(io.BytesIO(preview_bytes))
    assert image.format == "PNG"
    assert image.size == PREVIEW == (1200, 630)
    assert len(preview_bytes) < 250_000
    assert image.text["Title"] == curated.dataset.title
    assert image.text["Data version"] == curated.version


@pytest.mark.e2e
def test_a_printed_map_knows_its_size_source_and_terms(curated, root) -> None:
    view, _ = read_view({"sel": ["site:al-tanf"], "from": ["2026-01-27"], "to": ["2026-03-12"]}, curated)
    link = view_link(curated, view, "https://laydown.example.org/")
    image = Image.open(io.BytesIO(print_map(on_view(curated, view), link, TODAY)))
    assert image.size == A4_LANDSCAPE
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert image.text["Title"] == "Al-Tanf garrison, 27 Jan 2026 – 12 Mar 2026"
    assert image.text["Source"] == link
    assert image.text["Data version"] == curated.version
    for part in (curated.dataset.licence, *curated.dataset.credits):
        assert part in image.text["Copyright"]


@pytest.mark.e2e
@pytest.mark.parametrize("title", ["Short", "A title so long that it takes four lines of the strip " * 3])
def test_a_picture_says_how_old_the_record_is(folder, monkeypatch, title: str) -> None:
    path = folder(
        toml=f'title = "{title}"\nchecked = 2026-11-24\n',
        sources=[{"id": "wire", "published": "2026-09-30"}],
        sites=[{"id": "base"}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2020"}],
    )
    catalog, view = open_catalog(path), View(date(2026, 1, 1), date(2026, 12, 31))
    age = "Checked to 24 November 2026: what came after is not in it. Newest report 30 September 2026."
    written: list[tuple[str, float, float]] = []
    write = Canvas.write

    def listen(self, text, x, y, style, *args, **kwargs):
        written.append((text, y, self.height))
        return write(self, text, x, y, style, *args, **kwargs)

    monkeypatch.setattr(Canvas, "write", listen)
    drawings = (
        lambda: preview(on_view(catalog, view)),
        lambda: print_map(on_view(catalog, view), "https://example.org/", TODAY),
    )
    for draw in drawings:
        image = draw()
        assert age in " ".join(text for text, _, _ in written)
        assert all(0 < y < height for _, y, height in written)
        assert Image.open(io.BytesIO(image)).text["Comment"] == age
        written.clear()


@pytest.mark.e2e
def test_the_same_view_is_the_same_picture(curated, root) -> None:
    view = default_view(curated)
    assert preview(on_view(curated, view)) == preview(on_view(curated, view))


@pytest.mark.parametrize("camera", ["0/0/0", "19/33.5/38.6", "2/90/180", "5/-90/-360"])
def test_every_camera_of_a_link_can_be_drawn(curated, root, camera: str) -> None:
    view, notices = read_view({"map": [camera], "from": ["2014-01-01"]}, curated)
    assert notices == []
    assert preview(on_view(curated, view))


@pytest.mark.e2e
@pytest.mark.parametrize("tables", [{}, {"forces": [], "kinds": []}], ids=["no rows", "no forces either"])
def test_an_empty_folder_has_pictures(folder, catalog_of, tables) -> None:
    catalog = catalog_of(**tables)
    assert preview(on_view(catalog, default_view(catalog)))
    assert print_map(on_view(catalog, default_view(catalog)), LINK, TODAY)


def test_twelve_thousand_incidents_are_stamped_the_newest_on_top(drawn) -> None:
    chance = np.random.default_rng(7)
    spots = zip(chance.uniform(33, 35, 11_999), chance.uniform(36.5, 39.5, 11_999), strict=True)
    rows = [
        {
            "id": f"i{n}",
            "start": str(date(2026, 1, 1) + timedelta(days=n % 50)),
            "lat": f"{lat:.4f}",
            "lon": f"{lon:.4f}",
            "precision": "site",
            "forces": "us",
        }
        for n, (lat, lon) in enumerate(spots)
    ]
    rows.append(
        {
            "id": "last",
            "start": "2026-02-28",
            "lat": "34",
            "lon": "38",
            "precision": "site",
            "kind": "ied",
            "forces": "us",
        }
    )
    kinds = [{"id": "attack"}, {"id": "ied", "shape": "diamond", "colour": "#1c7a3e"}]
    away = {**SQUARE, "lat": "34.5"}
    scene, picture = drawn(incidents=rows, kinds=kinds, sites=[away], presence=[US_HELD])
    assert alike(at(scene, picture, 34.5, 38), US), "a site lies upon them"
    assert alike(at(scene, picture, 34, 38), rgb("#1c7a3e"))
    pixels = np.asarray(picture).astype(int)
    assert (np.abs(pixels - rgb(legible("#c8372d", LIGHT.land))).max(axis=2) < 30).mean() > 0.2, "a crowded map"


def test_a_smaller_picture_shows_as_much_and_a_larger_one_no_less() -> None:
    class Look:
        zoom, lat, lon = 8.0, 34.0, 38.0

    whole, half, double = (Frame.of(Look, 700 * size, 560 * size) for size in (1, 0.5, 2))
    assert (whole.zoom, half.zoom, double.zoom) == (8, 7, 8)
    assert whole.points(35, 39) / 2 == pytest.approx(half.points(35, 39))
    assert whole.pixels_per_km(60) == pytest.approx(whole.pixels_per_km(0) * 2)
