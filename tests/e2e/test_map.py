"""Moving about on the map, what is written on it, and where its lines and names are."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from components.static import address
from components.view.home import home_box
from tests.e2e.conftest import JOINED
from tests.e2e.test_basemaps import colours

# Moving about


INSIDE = """(frame, places) => places.every((place) => {
    const { x, y } = frame.map.latLngToContainerPoint(place);
    const size = frame.map.getSize();
    return 0 < x && x < size.x && 0 < y && y < size.y;
})"""


def test_home_and_fit(dashboard, curated):
    dashboard.open(map="11/24.5/46.0")
    dashboard.control("Fit to what is on view").click()
    dashboard.wait("state.camera.zoom < 8")
    assert dashboard.in_map(INSIDE, [(33.50583, 38.61778), (36.2375, 43.9632)])  # Al-Tanf, Erbil
    dashboard.control("Home view").click()
    dashboard.wait_query(map=None)
    south, west, north, east = home_box(curated)
    assert dashboard.in_map(INSIDE, [(south, west), (north, east)])
    assert dashboard.state()["camera"]["zoom"] > 5.5, "as near as it can"


def test_fit_goes_no_nearer_than_a_single_place_bears(the_map):
    the_map.open(q="Makhmur")
    the_map.control("Fit to what is on view").click()
    the_map.wait("state.camera.zoom > 7 && state.camera.zoom <= 11")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_every_click_on_zoom_counts_however_fast(open_map: Callable, motion: str):
    the_map = open_map(reduced_motion=motion).open(map="7/33.5/38.6")
    the_map.in_map(
        """(frame) => {
            const [zoomIn, zoomOut] = ["Zoom in", "Zoom out"].map((name) =>
                frame.document.querySelector(`[aria-label="${name}"]`));
            for (const button of [zoomIn, zoomIn, zoomIn, zoomOut]) button.click();
        }""",
    )
    the_map.wait("state.camera.zoom === 9")
    the_map.control("Zoom out").click()
    the_map.wait("state.camera.zoom === 8")


def test_full_screen(dashboard):
    dashboard.open()
    dashboard.control("Full screen").click()
    expect(dashboard.control("Leave full screen")).to_be_visible()
    assert dashboard.in_map("(frame) => frame.document.fullscreenElement === frame.document.documentElement")
    dashboard.control("Leave full screen").click()
    expect(dashboard.control("Full screen")).to_be_visible()


def test_the_place_under_the_cursor_is_told(the_map):
    the_map.open(map="9/33.5/38.6")
    the_map.page.mouse.move(*the_map.point(33.3, 38.2))
    place = the_map.frame.get_by_label("Place under the cursor")
    expect(place).to_have_text(re.compile(r"^\d+\.\d{4}, \d+\.\d{4}$"))
    lat, lon = (float(part) for part in place.inner_text().split(", "))
    assert (lat, lon) == (pytest.approx(33.3, abs=0.005), pytest.approx(38.2, abs=0.005))


# The ground


WRITTEN = """async (frame, { zoom, at = [33.5, 38.6], under = ".leaflet-control-scale" }) => {
    const { map } = frame;
    map.setView(at, zoom, { animate: false });
    const { scene } = await frame.laydown.app();
    const { texts, size } = scene;
    const cover = frame.document.querySelector(under).getBoundingClientRect().toJSON();
    const [across, down] = [size.x / 2 - cover.x - cover.width / 2, size.y / 2 - cover.y - cover.height / 2];
    map.panBy([across, down], { animate: false });
    // What lies over the map tells of its size with the next frame.
    for (let frames = 0; frames < 2; frames++) await new Promise(frame.requestAnimationFrame);
    const [written, { write }] = [[], texts];
    texts.write = (context, text, left, middle, style) => {
        const right = left + texts.width(text, style.font, style.spacing);
        written.push({ text, left, right, top: middle - scene.labels.half, bottom: middle + scene.labels.half });
    };
    scene.draw();
    texts.write = write;
    return [written, cover];
}"""
"""Every text of the map with its box in pixels, and the box of what lies over it at the place ``at``."""


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes lie on each other."""
    across = one["left"] < other["right"] and one["right"] > other["left"]
    return across and one["top"] < other["bottom"] and one["bottom"] > other["top"]


@pytest.mark.parametrize("cover", [".controls", ".legend", ".leaflet-control-scale"])
def test_no_name_lies_under_what_lies_over_the_map(the_map, cover: str):
    the_map.open()
    for lat, lon in ((31.955, 35.945), (33.51, 36.29), (36.2, 37.16)):  # Amman, Damascus, Aleppo
        written, box = the_map.in_map(WRITTEN, {"zoom": 8, "at": [lat, lon], "under": cover})
        assert len(written) > 5
        assert [one["text"] for one in written if meet(one, box)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_meridians_and_parallels_have_their_degrees_where_no_name_stands(open_map: Callable, scheme: str):
    the_map = open_map(color_scheme=scheme).open()
    edges: set[str] = set()
    for zoom in (5, 6, 7, 9, 12):
        written, _ = the_map.in_map(WRITTEN, {"zoom": zoom})
        assert colours(the_map, "canvas.graticule") > 1, zoom
        degrees = [one for one in written if one["text"].endswith(("° N", "° E"))]
        edges |= {one["text"][-1] for one in degrees}
        for one in degrees:
            beside = [other["text"] for other in written if other is not one and meet(one, other)]
            assert beside == [], (zoom, one["text"])
    assert edges == {"N", "E"}


def test_beyond_the_built_in_map_there_is_neither_land_nor_water(the_map):
    the_map.open(map="5/48/60")
    transparent = the_map.in_map(
        """(frame) => {
            const canvas = frame.document.querySelector(".leaflet-basemap-pane canvas");
            const at = frame.map.latLngToLayerPoint([52, 68]);
            const { x, y } = canvas.getBoundingClientRect();
            const pane = frame.document.querySelector(".leaflet-map-pane").getBoundingClientRect();
            const scale = canvas.width / canvas.getBoundingClientRect().width;
            const place = [(at.x + pane.x - x) * scale, (at.y + pane.y - y) * scale].map(Math.round);
            return canvas.getContext("2d").getImageData(...place, 1, 1).data[3];
        }""",
    )
    assert transparent == 0
    ground = the_map.in_map("(frame) => getComputedStyle(frame.map.getContainer()).backgroundImage")
    assert "rgb(228, 225, 218)" in ground


INK = """(frame, [selector, colour, top, bottom]) => {
    const canvas = frame.document.querySelector(selector);
    const ratio = frame.devicePixelRatio;
    const height = ((bottom || canvas.height / ratio) - top) * ratio;
    const { data } = canvas.getContext("2d").getImageData(0, top * ratio, canvas.width, height);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 250 && colour.every((channel, n) => Math.abs(data[at + n] - channel) < 8)) found++;
    }
    return found;
}"""
RIM = """(frame, [lat, lon, km]) => {
    const { map } = frame;
    const context = frame.document.querySelectorAll("canvas.scene")[2].getContext("2d");
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const reach = y - map.latLngToContainerPoint([lat + km / 111.2, lon]).y;
    let inked = 0;
    for (let turn = 0; turn < 360; turn++) {
        const [a, b] = [x + reach * Math.cos(turn * Math.PI / 180), y + reach * Math.sin(turn * Math.PI / 180)];
        const { data } = context.getImageData((a - 2) * frame.devicePixelRatio, (b - 2) * frame.devicePixelRatio, 5, 5);
        if (data.some((value, n) => n % 4 === 3 && value > 60)) inked++;
    }
    return inked;
}"""


def test_who_moves_is_told_by_line_and_no_end_is_left_in_the_desert(open_dashboard: Callable):
    dashboard = open_dashboard()
    blue, grey = [31, 111, 178], [89, 98, 109]
    for words, troops in (
        ("US moves more than 5,000 IS detainees from Syria", False),
        ("US garrison leaves Al-Tanf for an unnamed base", True),
    ):
        dashboard.open(q=words)
        dashboard.wait("state.shown.movements === 1 && state.shown.sites === 0")
        for canvas, top, bottom in (("canvas.scene:nth-of-type(3)", 0, 0), (".timeline canvas", 13, 22)):
            ink = {
                name: dashboard.in_map(INK, [canvas, colour, top, bottom])
                for name, colour in (("us", blue), ("none", grey))
            }
            assert (ink["us"] > 20) is troops, (words, canvas, ink)
            assert (ink["none"] > 20) is not troops, (words, canvas, ink)
    # The filter hides the undisclosed base, and its area with it: the movement there brings its own rim.
    dashboard.open(country="Syria", map="6/33.0000/38.0000")
    dashboard.wait("state.shown.movements > 0")
    assert dashboard.in_map(RIM, [31.25, 36.8, 170]) > 150


WHERE_NOTHING_IS = [
    ("7/52.0000/5.0000", "Back to the region"),
    ("11/31.3000/43.6000", "Back to the region"),
    ("13/33.5058/38.6178", "Satellite pictures come from another server"),
    ("8/33.5058/38.6178", None),
]


def test_where_nothing_is_shown_the_map_offers_the_way_back_or_pictures(the_map):
    messages = the_map.frame.locator(".messages")
    for camera, offer in WHERE_NOTHING_IS:
        the_map.open(map=camera)
        if offer:
            expect(messages).to_contain_text(offer)
        else:
            expect(messages.locator(".pill, .pictures")).to_have_count(2)
            for one in messages.locator(".pill, .pictures").all():
                expect(one).to_be_hidden()
    the_map.open(map=WHERE_NOTHING_IS[0][0])
    messages.get_by_role("button", name="Back to the region").click()
    the_map.wait_query(map=None)
    expect(messages.locator(".pill")).to_be_hidden()


PICTURE = "mapFrame().contentDocument.querySelectorAll('canvas.scene')[2].toDataURL()"
FONTS = """() => [...mapFrame().contentDocument.fonts]
    .map(({ family, style, status }) => [family.replaceAll('"', ""), style, status]).sort()"""
REDRAWN = """async () => {
    await mapFrame().contentDocument.fonts.ready;
    mapFrame().contentWindow.map.fire("move");
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def test_the_first_paint_is_in_the_pages_own_font(dashboard):
    """What is laid out by another is laid out anew, and what happened "anywhere in" a region moves."""
    dashboard.open()
    assert dashboard.page.evaluate(FONTS) == [
        ["Source Sans", "italic", "loaded"],
        ["Source Sans", "normal", "loaded"],
    ]
    first = dashboard.page.evaluate(PICTURE)
    dashboard.page.evaluate(REDRAWN)
    assert dashboard.page.evaluate(PICTURE) == first


def test_a_font_that_comes_late_moves_nothing(open_dashboard: Callable):
    dashboard = open_dashboard()
    page, held = dashboard.page, []
    page.route("**/SourceSans*", lambda route: held.append(route))
    page.goto(dashboard.address, wait_until="commit")
    page.wait_for_function(JOINED)
    dashboard.settle()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    first = page.evaluate(PICTURE)
    assert held, "the font was asked for, and has not come"
    while held:
        with page.expect_event("requestfinished"):
            held.pop().continue_()
    page.evaluate(REDRAWN)
    assert page.evaluate(PICTURE) == first


def test_places_are_named_in_the_language_that_is_chosen(open_dashboard):
    dashboard = open_dashboard().open()
    dashboard.frame.get_by_role("button", name="Base map").click()
    seen = {dashboard.page.evaluate(PICTURE)}
    for name, lang in (("Arabic", "ar"), ("Latin", "en")):
        dashboard.frame.get_by_role("radio", name=name).check()
        dashboard.wait_query(lang=lang)
        seen.add(dashboard.page.evaluate(PICTURE))
    assert len(seen) >= 2, "at this zoom both are named in Latin letters where there is no room"
    other = open_dashboard().open(lang="ar")
    other.frame.get_by_role("button", name="Base map").click()
    expect(other.frame.get_by_role("radio", name="Arabic")).to_be_checked()


def test_a_place_is_called_by_its_name_in_the_language(dashboard):
    dashboard.open()
    called = dashboard.page.evaluate(
        """async ([assets, cases]) => {
            const { called } = await import(`/${assets}/data/names.js`);
            return cases.map((given) => called(...given));
        }""",
        [address("map"), [["Homs", "حمص", lang, roomy] for lang in ("", "en", "ar") for roomy in (True, False)]],
    )
    assert called == [["Homs", "حمص"], ["Homs", ""], ["Homs", ""], ["Homs", ""], ["حمص", ""], ["حمص", ""]]


DRAWN = """
window.drawn = 0;
const { clearRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...given) {
    window.drawn += this.canvas.matches("canvas.scene:nth-of-type(3)");
    return clearRect.apply(this, given);
};
"""
FRAMES = "async (frame) => { for (let n = 0; n < 3; n++) await new Promise(frame.requestAnimationFrame); }"


@pytest.mark.parametrize("opener", ["open_map", "open_dashboard"])
def test_a_map_that_opens_is_drawn_once(request, opener: str):
    """As large as it is, and with what lies over it in its place."""
    opened = request.getfixturevalue(opener)()
    opened.prepare(DRAWN)
    opened.open()
    opened.in_map(FRAMES)
    assert opened.in_map("(frame) => frame.drawn") == 1
