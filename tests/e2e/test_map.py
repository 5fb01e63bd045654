"""The map's own instruments: the key that filters, the controls, the basemaps, measuring, the graticule."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from geopy.distance import geodesic
from playwright.sync_api import Locator, expect

from components.map.basemaps import ONLINE, offered
from components.map.style import SIGNS
from components.static import address
from components.view.home import home_box
from tests.curated import TO, brief, shifted
from tests.e2e.conftest import JOINED

TILES = re.compile("|".join(re.escape(host) for base in ONLINE for host in base.hosts()))
UNREACHED = "The online map could not be reached; the built-in map is shown."
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

RARE = ("crowd", "density", "held-area", "possible-area")
EXPLAINED = [text for group in SIGNS.values() for name, text in group.items() if name not in RARE]
"""What the key tells of: of marks that few data have only where there are such."""


def control(dashboard, name: str) -> Locator:
    return dashboard.frame.get_by_role("group", name="Map", exact=True).get_by_role("button", name=name, exact=True)


def choose_base(dashboard, label: str) -> None:
    control(dashboard, "Base map").click()
    dashboard.frame.get_by_role("radio", name=label).check()
    dashboard.frame.get_by_role("radio", name=label).press("Escape")
    expect(dashboard.frame.get_by_role("radio", name=label)).to_be_hidden()


def agree(dashboard) -> None:
    """Let a link's online map be asked for."""
    dashboard.frame.get_by_role("button", name="Show it").click()


def colours(dashboard, selector: str) -> int:
    """How many colours a canvas of the map holds."""
    return dashboard.in_map(
        """(frame, selector) => {
            const canvas = frame.document.querySelector(selector);
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size;
        }""",
        selector,
    )


def serve_tiles(dashboard) -> list[str]:
    """Answer for the tile servers; return the addresses asked for, as they come."""
    asked: list[str] = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    dashboard.answered = TILES
    dashboard.page.context.route(TILES, answer)
    return asked


def forget_refusals(dashboard) -> None:
    """Of a tile server that is refused on purpose: its requests, and what the console says of them."""
    assert dashboard.refused
    assert all(TILES.match(url) for url in dashboard.refused)
    assert all("Failed to load resource" in error for error in dashboard.errors)
    dashboard.refused.clear()
    dashboard.errors.clear()


# The key


def open_key(dashboard) -> Locator:
    key = dashboard.frame.locator(".legend")
    key.locator("summary").click()
    expect(key.get_by_role("heading", name="How to read the symbols")).to_be_visible()
    return key


def test_the_key_counts_the_incidents_on_view(the_map):
    the_map.open()
    rows = open_key(the_map).locator(".kinds").get_by_role("button")
    counts = [int(re.search(r"(\d+)$", text)[1]) for text in rows.all_inner_texts()]
    assert sum(counts) == the_map.state()["shown"]["incidents"]
    assert all(counts)


def test_in_an_embed_a_kind_of_the_key_filters_the_map_and_the_link(the_map):
    the_map.open()
    rows = open_key(the_map).locator(".kinds")
    attack = rows.get_by_role("button", name=re.compile("^Attack"))
    promised = int(re.search(r"(\d+)$", attack.inner_text())[1])
    listed = rows.get_by_role("button").count()
    attack.click()
    the_map.wait_query(kind="attack")
    the_map.wait(f"state.shown.incidents === {promised}")
    expect(attack).to_have_attribute("aria-pressed", "true")
    expect(rows.get_by_role("button")).to_have_count(listed)  # what is hidden can be chosen too
    strike = rows.get_by_role("button", name=re.compile("^Air strike"))
    strike.press("Enter")
    the_map.wait(f"state.shown.incidents > {promised}")
    expect(strike).to_be_focused()
    attack.click()
    the_map.wait_query(kind="air-strike")
    expect(attack).to_have_attribute("aria-pressed", "false")


def test_a_link_with_a_kind_leaves_the_others_to_choose_in_the_key(the_map):
    the_map.open(kind="attack")
    before = the_map.state()["shown"]["incidents"]
    open_key(the_map).get_by_role("button", name=re.compile("^Battle")).click()
    the_map.wait(f"state.shown.incidents > {before}")


def test_a_force_of_the_key_filters_and_counts_the_sites_it_holds(the_map):
    the_map.open()
    group = open_key(the_map).locator(".forces")
    expect(group.get_by_role("heading")).to_have_text(f"Sites on {brief(TO)}")
    force = group.get_by_role("button", name=re.compile("^United States"))
    expect(force).to_have_text(re.compile(r"[1-9]\d*$"))
    before = the_map.state()["shown"]["sites"]
    force.click()
    the_map.wait_query(force="us")
    the_map.wait(f"state.shown.sites < {before}")
    force.click()
    the_map.wait_query(force=None)


def test_the_key_explains_and_is_closed_by_its_cross_escape_or_a_press_outside(dashboard):
    page = dashboard.open(sel="site:al-tanf").page
    key = open_key(dashboard)
    words = key.inner_text()
    assert all(text in words for text in ("Attack", "Battle, raid", "United States"))
    assert all(text in words for text in EXPLAINED)
    expect(key.get_by_role("button")).to_have_count(1)  # the cross: the sidebar filters
    key.get_by_role("button", name="Close the key").click()
    expect(key.get_by_role("heading").first).to_be_hidden()
    expect(key.locator("summary")).to_be_focused()
    open_key(dashboard)
    page.keyboard.press("Escape")
    expect(key.get_by_role("heading").first).to_be_hidden()
    assert dashboard.state()["selected"] == "site:al-tanf", "Escape closes one thing at a time"
    open_key(dashboard)
    dashboard.frame.locator(".timeline .window-summary").click()
    expect(key.get_by_role("heading").first).to_be_hidden()


def test_the_keys_rows_stay_while_the_window_is_dragged(the_map):
    dashboard = the_map.open()
    rows = dashboard.frame.locator(".legend .kinds button")
    listed = rows.count()
    band = dashboard.frame.get_by_role("slider", name="Window start")
    box = band.bounding_box()
    end = dashboard.frame.get_by_role("slider", name="Window end").bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(end["x"] - 4, box["y"] + 20, steps=6)
    dashboard.wait(f"state.window.from > '{shifted(TO, -30)}'")
    assert rows.count() == listed
    mouse.up()
    dashboard.page.wait_for_function("new URL(location.href).searchParams.has('from')")
    dashboard.settle()
    expect(rows.filter(has_text=re.compile(r"\D0$"))).to_have_count(0)


# Moving about


INSIDE = """(frame, places) => places.every((place) => {
    const { x, y } = frame.map.latLngToContainerPoint(place);
    const size = frame.map.getSize();
    return 0 < x && x < size.x && 0 < y && y < size.y;
})"""


def test_home_and_fit(dashboard, curated):
    dashboard.open(map="11/24.5/46.0")
    control(dashboard, "Fit to what is on view").click()
    dashboard.wait("state.camera.zoom < 8")
    assert dashboard.in_map(INSIDE, [(33.50583, 38.61778), (36.2375, 43.9632)])  # Al-Tanf, Erbil
    control(dashboard, "Home view").click()
    dashboard.wait_query(map=None)
    south, west, north, east = home_box(curated)
    assert dashboard.in_map(INSIDE, [(south, west), (north, east)])
    assert dashboard.state()["camera"]["zoom"] > 5.5, "as near as it can"


def test_fit_goes_no_nearer_than_a_single_place_bears(the_map):
    the_map.open(q="Makhmur")
    control(the_map, "Fit to what is on view").click()
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
    control(the_map, "Zoom out").click()
    the_map.wait("state.camera.zoom === 8")


def test_full_screen(dashboard):
    dashboard.open()
    control(dashboard, "Full screen").click()
    expect(control(dashboard, "Leave full screen")).to_be_visible()
    assert dashboard.in_map("(frame) => frame.document.fullscreenElement === frame.document.documentElement")
    control(dashboard, "Leave full screen").click()
    expect(control(dashboard, "Full screen")).to_be_visible()


def test_the_place_under_the_cursor_is_told(the_map):
    the_map.open(map="9/33.5/38.6")
    the_map.page.mouse.move(*the_map.point(33.3, 38.2))
    place = the_map.frame.get_by_label("Place under the cursor")
    expect(place).to_have_text(re.compile(r"^\d+\.\d{4}, \d+\.\d{4}$"))
    lat, lon = (float(part) for part in place.inner_text().split(", "))
    assert (lat, lon) == (pytest.approx(33.3, abs=0.005), pytest.approx(38.2, abs=0.005))


# Measuring


def test_a_distance_is_measured_along_the_clicked_points(the_map):
    """From Al-Tanf to Palmyra and on to Deir ez-Zor, as geopy measures it on the ellipsoid."""
    the_map.open(map="7/34.2/39.2")
    places = [(33.50583, 38.61778), (34.5573, 38.2668), (35.3333, 40.15)]
    expected = geodesic(*places).km
    control(the_map, "Measure distance").click()
    expect(control(the_map, "Measure distance")).to_have_attribute("aria-pressed", "true")
    for place in places[:-1]:
        the_map.page.mouse.click(*the_map.point(*place))
    the_map.page.mouse.dblclick(*the_map.point(*places[-1]))
    told = the_map.frame.locator(".measure-total")
    expect(told).to_have_text(re.compile(r"^\d+ km in 2 legs$"))
    assert int(told.inner_text().split(" km")[0]) == pytest.approx(expected, rel=0.01)
    assert the_map.state()["selected"] == "", "a measured point selects nothing"
    assert the_map.state()["camera"]["zoom"] == 7, "a double-click ends and does not zoom"
    expect(control(the_map, "Measure distance")).to_have_attribute("aria-pressed", "false")
    the_map.frame.get_by_role("button", name="Clear the measurement").click()
    expect(told).to_be_hidden()
    assert the_map.in_map("(frame) => frame.document.querySelectorAll('.leaflet-measure-pane path').length") == 0


def test_escape_ends_a_measurement_and_then_clears_it(the_map):
    the_map.open(map="7/34.2/39.2")
    control(the_map, "Measure distance").click()
    for place in ((33.5, 38.6), (34.5, 38.6)):
        the_map.page.mouse.click(*the_map.point(*place))
    the_map.page.keyboard.press("Escape")
    told = the_map.frame.locator(".measure-total")
    expect(told).to_have_text("111 km")
    the_map.page.mouse.click(*the_map.point(33.50583, 38.61778))
    the_map.wait_query(sel="site:al-tanf")  # clicks select again
    the_map.page.keyboard.press("Escape")
    expect(told).to_be_hidden()


def test_a_distance_is_measured_by_keyboard(the_map):
    the_map.open(map="7/34.2/39.2")
    ruler = control(the_map, "Measure distance")
    ruler.press("Enter")
    keys = the_map.page.keyboard
    for key in ("Enter", *["ArrowRight"] * 3, "Enter"):
        keys.press(key)
    before, after = (the_map.point(34.2, 39.2), the_map.state()["camera"])
    middle = the_map.point(after["lat"], after["lon"])
    assert middle[0] - before[0] == pytest.approx(120, abs=2), "three strides of forty pixels"
    expected = geodesic((34.2, 39.2), (after["lat"], after["lon"])).km
    told = the_map.frame.locator(".measure-total")
    assert int(told.inner_text().split(" km")[0]) == pytest.approx(expected, rel=0.01)
    keys.press("Escape")
    expect(ruler).to_be_focused()
    expect(ruler).to_have_attribute("aria-pressed", "false")
    assert the_map.state()["selected"] == ""


# Basemaps


def test_nothing_is_asked_of_a_tile_server_until_one_is_chosen(dashboard):
    asked = serve_tiles(dashboard)
    dashboard.open()
    control(dashboard, "Base map").click()
    expect(dashboard.frame.get_by_role("radio", name="Built-in map")).to_be_checked()
    labels = dashboard.frame.locator(".layers input[name=base]")
    expect(labels).to_have_count(1 + len(offered()))
    assert asked == []


def test_an_online_map_is_shown_credited_linked_and_restored(open_dashboard: Callable):
    first = open_dashboard()
    asked = serve_tiles(first)
    first.open()
    choose_base(first, "OpenStreetMap")
    first.wait_query(base="osm")
    tile = first.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first
    expect(tile).to_be_visible()
    assert all(re.match(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png$", url) for url in asked)
    expect(first.frame.get_by_text("© OpenStreetMap contributors")).to_be_visible()
    expect(first.frame.get_by_role("link", name="OpenStreetMap")).to_have_attribute(
        "href", "https://www.openstreetmap.org/copyright"
    )
    expect(first.frame.get_by_text(UNREACHED)).to_be_hidden()

    second = open_dashboard()
    serve_tiles(second)
    second.page.goto(first.page.url)
    second.page.wait_for_function(JOINED)
    agree(second)
    expect(second.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
    second.settle()
    choose_base(second, "Built-in map")
    second.wait_query(base=None)
    expect(second.frame.locator(".leaflet-tile-pane img")).to_have_count(0)
    expect(second.frame.get_by_text("© OpenStreetMap contributors")).to_be_hidden()
    second.page.go_back()
    second.wait_query(base="osm")
    expect(second.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()


def question_of(dashboard: Any) -> Locator:
    found: Locator = dashboard.frame.get_by_text(
        "This link shows an online map: OpenStreetMap. Its server would learn your address."
    )
    return found


def loaded_tile(dashboard: Any) -> Locator:
    found: Locator = dashboard.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first
    return found


def test_a_links_online_map_is_asked_for_once_its_reader_agrees(fresh):
    asked = serve_tiles(fresh)
    question, tile = question_of(fresh), loaded_tile(fresh)
    fresh.open(base="osm")
    expect(question).to_be_visible()
    assert colours(fresh, ".leaflet-basemap-pane canvas") > 20
    fresh.frame.get_by_role("slider", name="Window end").press("PageDown")
    fresh.wait(f"state.window.to < '{shifted(TO, -10)}'")
    fresh.settle()
    expect(question).to_be_visible()
    control(fresh, "Base map").click()
    expect(fresh.frame.get_by_role("radio", name="Built-in map")).to_be_checked()
    control(fresh, "Base map").click()

    fresh.frame.get_by_role("button", name="Keep the built-in map").click()
    fresh.wait_query(base=None)
    expect(question).to_be_hidden()
    assert fresh.in_map("({ document, map }) => document.activeElement === map.getContainer()")
    fresh.page.go_back()
    fresh.wait_query(base="osm")
    expect(question).to_be_visible()
    assert asked == []

    agree(fresh)
    expect(tile).to_be_visible()
    assert asked
    expect(question).to_be_hidden()
    assert fresh.query()["base"] == ["osm"]
    control(fresh, "Base map").click()
    expect(fresh.frame.get_by_role("radio", name="OpenStreetMap")).to_be_checked()
    fresh.frame.get_by_role("radio", name="Built-in map").check()
    fresh.wait_query(base=None)
    fresh.page.go_back()
    fresh.wait_query(base="osm")
    expect(tile).to_be_visible()

    asked.clear()
    fresh.open(base="osm")
    expect(question).to_be_hidden()
    expect(tile).to_be_visible()
    asked.clear()
    fresh.open(base="esri-imagery")
    expect(fresh.frame.get_by_text("This link shows an online map: Satellite (Esri).")).to_be_visible()
    fresh.page.goto(f"{fresh.address}/embed?base=osm")
    fresh.page.wait_for_function("() => window.laydown?.state().ready")
    expect(fresh.page.locator(".question")).to_be_hidden()
    assert asked == [], "who reads another page is neither asked nor told on"


def test_where_nothing_can_be_kept_each_page_asks_again(fresh):
    asked = serve_tiles(fresh)
    question, tile = question_of(fresh), loaded_tile(fresh)
    fresh.prepare(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    fresh.open(base="osm")
    expect(question).to_be_visible()
    assert asked == []
    agree(fresh)
    expect(tile).to_be_visible()
    expect(question).to_be_hidden()
    asked.clear()
    fresh.open(base="osm")
    expect(question).to_be_visible()
    assert asked == []


def test_a_choice_among_the_layers_agrees(fresh):
    serve_tiles(fresh)
    fresh.open(base="osm")
    choose_base(fresh, "OpenStreetMap")
    expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
    expect(fresh.frame.get_by_role("button", name="Show it")).to_be_hidden()
    fresh.open(base="osm")
    expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()


def test_every_online_map_may_be_fetched_and_is_credited(fresh, subtests):
    """The page's security policy lets its tiles come."""
    asked = serve_tiles(fresh)
    fresh.open()
    for base in offered():
        with subtests.test(base=base.slug):
            fresh.go(base=base.slug)
            expect(fresh.frame.get_by_text(f"This link shows an online map: {base.label}.")).to_be_visible()
            asked.clear()
            agree(fresh)
            expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded").first).to_be_visible()
            assert asked
            assert all(url.startswith(base.hosts()) for url in asked)
            text = "".join(part for part, _ in base.config()["attribution"])
            expect(fresh.frame.locator(".attribution")).to_have_text(text)


def test_a_tile_server_that_cannot_be_reached_leaves_the_built_in_map_and_says_so(the_map):
    the_map.open()
    choose_base(the_map, "Satellite (Esri)")
    notice = the_map.frame.get_by_text(UNREACHED)
    expect(notice).to_be_visible()
    assert colours(the_map, ".leaflet-basemap-pane canvas") > 20
    expect(the_map.frame.locator(".attribution")).to_be_hidden()
    the_map.wait_query(base="esri-imagery")
    assert the_map.state()["shown"]["incidents"] > 0
    the_map.frame.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()
    forget_refusals(the_map)


def test_the_notice_goes_when_the_tiles_come_after_all(fresh):
    fresh.open(base="osm")
    agree(fresh)
    expect(fresh.frame.get_by_text(UNREACHED)).to_be_visible()
    serve_tiles(fresh)
    control(fresh, "Zoom in").click()
    expect(fresh.frame.locator(".leaflet-tile-pane img.leaflet-tile-loaded[src*='/8/']").first).to_be_attached()
    expect(fresh.frame.get_by_text(UNREACHED)).to_be_hidden()
    forget_refusals(fresh)


def test_a_base_that_this_server_has_no_key_for_is_told(dashboard):
    dashboard.open(base="carto-positron")
    expect(dashboard.frame.get_by_text("This server does not offer that online map")).to_be_visible()


def test_a_base_of_a_link_that_is_none_is_told(dashboard):
    dashboard.open(base="mars")
    expect(dashboard.page.get_by_role("alert").filter(has_text="The link's base “mars”")).to_have_count(1)


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


# A narrow screen


FITS = """key => {
    const box = key.getBoundingClientRect();
    const map = document.querySelector(".leaflet-container").getBoundingClientRect();
    const signs = [...key.querySelectorAll(".signs li")];
    const inside = signs.every((sign) => [...sign.children].every((part) => {
        const { left, right } = part.getBoundingClientRect();
        return left >= box.left && right <= box.right;
    }));
    signs.at(-1).scrollIntoView({ block: "nearest" });
    const last = signs.at(-1).getBoundingClientRect();
    return {
        inside,
        narrow: key.scrollWidth <= key.clientWidth,
        within: box.left >= map.left && box.top >= map.top && box.right <= map.right && box.bottom <= map.bottom,
        reached: last.bottom <= box.bottom && last.top >= box.top,
    };
}"""


def test_the_key_s_signs_lie_within_it_at_every_size(open_dashboard: Callable):
    dashboard = open_dashboard().open()
    key = dashboard.frame.locator(".legend")
    texts = EXPLAINED
    for width, height in ((1440, 900), (900, 600), (390, 844)):
        dashboard.page.set_viewport_size({"width": width, "height": height})
        key.evaluate("key => { key.open = true; }")
        signs = key.locator(".signs")
        for letters in ("", "24px"):
            key.evaluate("(key, letters) => { key.style.fontSize = letters; }", letters)
            assert set(key.evaluate(FITS).values()) == {True}, (width, letters, key.evaluate(FITS))
        assert signs.locator("li > span").all_inner_texts() == texts
        key.evaluate("key => { key.style.fontSize = ''; }")
    # Whatever the theme, a line's sample stands out on the paper, and the one of troops wears a colour.
    worn = {}
    for scheme in ("light", "dark"):
        dashboard.page.emulate_media(color_scheme=scheme)
        dashboard.frame.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        samples = key.locator("svg.arrow:not(.square)")
        worn[scheme] = samples.evaluate_all("all => all.slice(0, 2).map((one) => getComputedStyle(one).color)")
        troops, detainees = worn[scheme]
        assert troops != detainees
    assert worn["light"][1] != worn["dark"][1]


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


def test_a_distance_is_measured_with_a_finger(open_map: Callable):
    the_map = open_map(width=390, height=844, has_touch=True, is_mobile=True).open(map="6/34.2/40.5")
    control(the_map, "Map tools").tap()
    control(the_map, "Measure distance").tap()
    for place in ((34, 40), (35, 40)):
        the_map.page.touchscreen.tap(*the_map.point(*place))
    expect(the_map.frame.locator(".measure-total")).to_contain_text("11")
    control(the_map, "Map tools").tap()
    control(the_map, "Measure distance").tap()
    expect(the_map.frame.locator(".measure-total")).to_have_text(re.compile(r"^1[01]\d km$"))


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
