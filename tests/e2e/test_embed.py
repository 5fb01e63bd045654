"""The embed in a real browser: alone, and in another site's frame; by mouse, keyboard and touch; and as a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, FrameLocator, Page, Request, expect

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.export.standalone import standalone
from components.view.on_view import on_view
from components.view.provenance import provenance
from components.view.record import after_text, age_text
from components.view.view import read_view
from tests.curated import FIRST, FROM, LAST, TO, brief, shifted

READY = "() => window.laydown?.state().ready"
PHONE = {"viewport": {"width": 390, "height": 700}, "has_touch": True, "is_mobile": True}


class Embed:
    """A page of the map's own, and what went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.asked: list[str] = []
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def leave(self) -> None:
        """Note no more."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    @property
    def _listeners(self) -> dict[Any, Callable[[Any], None]]:
        return {"console": self._hear, "pageerror": self._fail, "request": self._watch}

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def _fail(self, error: Error) -> None:
        self.wrong.append(str(error))

    def _watch(self, request: Request) -> None:
        self.asked.append(request.url)

    def open(self, address: str) -> "Embed":
        self.page.goto(address)
        self.page.wait_for_function(READY)
        return self

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.page.evaluate("() => laydown.state()")
        return state

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(f"() => {{ const state = laydown.state(); return {condition}; }}")

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def way_in(self) -> str:
        return str(self.page.get_by_role("link", name="Open in Laydown").get_attribute("href"))


@pytest.fixture
def open_embed(tabs: Any, address: str) -> Iterator[Callable[..., Embed]]:
    """Open an embed in a browser of its own; afterwards nothing must have gone wrong on it."""
    opened: list[tuple[dict[str, Any], Embed]] = []

    def build(address: str, **options: Any) -> Embed:
        options = {"viewport": {"width": 900, "height": 600}, **options}
        embed = Embed(tabs.take(options))
        opened.append((options, embed))
        return embed.open(address)

    yield build
    for options, embed in opened:
        embed.leave()
        tabs.give_back(options, embed.page, f"{address}/healthz", reusable="offline" not in options)
    for _, embed in opened:
        assert embed.wrong == []


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], root: Path) -> str:
    return serve(root / "data")


def drag(embed: Embed, name: str, by: int) -> None:
    box = embed.page.get_by_role("slider", name=name).bounding_box()
    assert box
    mouse = embed.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] + by, box["y"] + 20, steps=6)
    mouse.up()


def test_it_shows_what_the_page_shows(open_embed, open_dashboard, address) -> None:
    view = {"from_": "2026-01-01", "kind": "attack", "sel": "site:al-tanf", "map": "7/33.5000/38.5000"}
    page = open_dashboard().open(**view)
    embed = open_embed(f"{address}/embed?{urlsplit(page.page.url).query}")
    ours, theirs = embed.state(), page.state()
    assert {**ours, "camera": None} == {**theirs, "camera": None}
    assert ours["camera"] == pytest.approx(theirs["camera"], abs=0.01)
    assert "streamlit" not in " ".join(embed.asked)
    assert not any("_stcore" in asked for asked in embed.asked), "no session is opened"


def test_what_is_done_on_it_stands_in_its_address_and_in_the_way_into_laydown(
    open_embed, open_dashboard, address
) -> None:
    embed = open_embed(f"{address}/embed?timeline=on&utm_source=x")
    steps = embed.page.evaluate("() => history.length")
    before = embed.state()
    drag(embed, "Window end", -90)
    embed.wait(f"state.window.to < '{shifted(TO, -7)}'")
    dragged = embed.state()["shown"]["incidents"]
    embed.page.get_by_text("Key", exact=True).click()
    embed.page.get_by_role("button", name="Attack").click()
    embed.wait(f"state.shown.incidents < {dragged}")
    state = embed.state()
    assert state["shown"]["incidents"] < before["shown"]["incidents"]
    assert embed.query() == {"to": [state["window"]["to"]], "kind": ["attack"]}
    assert embed.page.evaluate("() => history.length") == steps, "the page around keeps its own history"
    again = open_embed(embed.page.url)
    assert again.state()["shown"] == state["shown"]
    assert again.state()["window"] == state["window"]
    link = urlsplit(embed.way_in)
    assert (link.path, parse_qs(link.query)) == ("./", embed.query())
    page = open_dashboard().open(**parse_qs(link.query))
    assert page.state()["shown"] == state["shown"]
    # Back where it began nothing is left to say.
    embed.page.get_by_role("button", name="Attack").click()
    embed.page.get_by_role("slider", name="Window end").dblclick()
    embed.wait(f"state.window.to === '{TO}'")
    embed.wait("state.shown.incidents > 40")
    assert embed.query() == {}


def test_where_nothing_is_on_view_there_is_a_way_out(open_embed, address) -> None:
    query = "from=1990-01-01&to=1990-12-31&q=zzz&kind=attack&known=2026-02-10"
    embed = open_embed(f"{address}/embed?{query}")
    told = embed.page.locator(".empty")
    told.get_by_role("button", name="Clear filters").press("Enter")
    expect(told.get_by_role("status")).to_have_text("Nothing is on record in this window.")
    expect(told.get_by_role("button", name="All dates")).to_be_focused()
    assert embed.query() == {"from": ["1990-01-01"], "to": ["1990-12-31"]}
    embed.page.keyboard.press("Enter")
    expect(told).to_be_hidden()
    assert embed.state()["window"] == {"from": FIRST, "to": LAST}
    assert embed.query() == {"from": [FIRST], **({} if LAST == TO else {"to": [LAST]})}
    fixed = open_embed(f"{address}/embed?{query}&timeline=off&filters=off").page.locator(".empty")
    expect(fixed).to_contain_text("Nothing matches.")
    expect(fixed.get_by_role("button")).to_have_count(0)


def test_a_press_opens_a_card_with_its_sources(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed?map=8/33.5/38.6")
    x, y = embed.page.evaluate(
        "() => { const { x, y } = map_m.latLngToContainerPoint([33.5058, 38.6178]); return [x, y]; }"
    )
    embed.page.mouse.click(x, y)
    card = embed.page.get_by_role("region", name="Details")
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    expect(card).to_contain_text("United States → Syrian government")
    expect(card.get_by_role("heading", name="sources")).to_be_visible()
    assert embed.query()["sel"] == ["site:al-tanf"]
    assert card.get_by_role("link").first.get_attribute("rel") == "noopener noreferrer"
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card).to_contain_text("CC BY 4.0")
    card.get_by_role("button", name="Close").click()
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    assert embed.state()["selected"] == "site:al-tanf"
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()
    embed.wait("state.selected === ''")
    assert "sel" not in embed.query()


def test_a_selection_is_let_go_and_the_places_of_its_card_lead_on(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed?sel=movement:al-tanf-to-jordan-2026-01&map=8/36.5/42")
    card = embed.page.get_by_role("region", name="Details")
    card.get_by_role("button", name="Al-Tanf garrison").click()
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    embed.page.wait_for_function(
        """() => {
            const { x, y } = map_m.latLngToContainerPoint([33.5058, 38.6178]);
            const { top } = document.querySelector(".sheet").getBoundingClientRect();
            return x > 0 && x < map_m.getSize().x && y > 0 && y < top;
        }"""
    )
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card).to_contain_text("CC BY 4.0")
    embed.page.get_by_role("button", name="Zoom in").press("Escape")
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    embed.page.get_by_role("button", name="Zoom in").press("Escape")
    expect(card).to_be_hidden()
    embed.wait("state.selected === ''")
    assert "sel" not in embed.query()
    for place, seen in (([33.5058, 38.6178], True), ([33.2, 39.9], False)):
        x, y = embed.page.evaluate(
            "(place) => { const { x, y } = map_m.latLngToContainerPoint(place); return [x, y]; }", place
        )
        embed.page.mouse.click(x, y)
        expect(card).to_be_visible(visible=seen)
    assert "sel" not in embed.query()


def test_what_is_open_follows_the_window(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed?sel=site:al-tanf&from=2026-01-01&to=2026-02-20")
    card = embed.page.get_by_role("region", name="Details")
    end = embed.page.get_by_role("slider", name="Window end")
    expect(card).to_contain_text("United States → Syrian government")
    end.press("PageDown")
    embed.wait("state.window.to === '2026-01-20'")
    expect(card).not_to_contain_text("United States → Syrian government")
    expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card.get_by_role("heading", name="sources")).to_be_visible()
    few = card.get_by_role("listitem").count()
    end.press("PageUp")
    expect(card.get_by_role("listitem").nth(few)).to_be_visible()
    card.get_by_role("button", name="Close").click()
    expect(card).to_contain_text("United States → Syrian government")


def test_the_incidents_that_a_card_lists_lead_on(open_embed, address, curated) -> None:
    embed = open_embed(f"{address}/embed?sel=site:al-tanf")
    incident = curated.incidents[curated.incidents["site"] == "al-tanf"].iloc[0]
    card = embed.page.get_by_role("region", name="Details")
    card.get_by_role("button", name=incident["title"]).first.click()
    expect(card.get_by_role("heading", name=incident["title"])).to_be_visible()
    assert embed.query()["sel"] == [f"incident:{incident['id']}"]
    assert embed.state()["selected"] == f"incident:{incident['id']}"


def test_it_tells_the_sources_of_what_is_on_view(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed?kind=attack&country=Iraq&from=2026-01-01")
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    card = embed.page.get_by_role("region", name="Details")
    expect(card.get_by_role("heading", name="sources")).to_be_visible()
    expect(card).to_contain_text("CC BY 4.0")
    few = card.get_by_role("listitem").count()
    embed.page.keyboard.press("Escape")
    embed.page.get_by_text("Key", exact=True).click()
    embed.page.get_by_role("button", name="Attack").click()
    embed.wait("state.shown.incidents > 5")
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card.get_by_role("listitem").nth(few)).to_be_visible()


def test_the_keyboard_is_enough(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed")
    embed.page.get_by_role("slider", name="Window end").press("PageDown")
    embed.page.wait_for_function("(to) => location.search === `?to=${to}`", arg=shifted(TO, months=-1))
    assert embed.state()["window"]["to"] == shifted(TO, months=-1)
    embed.page.get_by_role("button", name="Go through what is on the map").press("Enter")
    expect(embed.page.locator(".walk li button").first).to_be_focused()
    embed.page.keyboard.press("Enter")
    embed.wait("state.selected !== ''")
    card = embed.page.get_by_role("region", name="Details")
    expect(card.get_by_role("heading").first).to_be_visible()
    card.get_by_role("button", name="Close").press("Escape")
    expect(card).to_be_hidden()


def test_a_phone_has_room_for_it(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed?sel=site:qasrak&kind=picnic", **PHONE)
    embed.page.get_by_role("button", name="Dismiss").tap()
    card = embed.page.get_by_role("region", name="Details")
    expect(card.get_by_role("heading", name="Qasrak")).to_be_visible()
    wide = embed.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 390
    for control in (embed.page.get_by_role("link", name="Open in Laydown"), card.get_by_role("button", name="Close")):
        box = control.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390
    card.get_by_role("button", name="Close").tap()
    embed.wait("state.selected === ''")


def test_without_timeline_or_filters_the_map_has_their_room(open_embed, address) -> None:
    whole = open_embed(f"{address}/embed").page.locator(".folium-map").bounding_box()
    embed = open_embed(f"{address}/embed?timeline=off&filters=off")
    box = embed.page.locator(".folium-map").bounding_box()
    assert box["height"] > whole["height"] + 150
    expect(embed.page.locator(".timeline")).to_have_count(0)
    expect(embed.page.locator(".legend")).to_be_hidden()
    embed.page.get_by_role("button", name="Zoom in").click()
    embed.page.wait_for_function("() => new URL(location).searchParams.has('map')")
    assert embed.query()["timeline"] == embed.query()["filters"] == ["off"]
    assert "timeline" not in embed.way_in


SEEN = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const { x, y } = map_m.latLngToContainerPoint([33.50583, 38.61778]);
    const texts = [];
    const walk = document.createTreeWalker(document.querySelector(".sheet-body").shadowRoot, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walk.currentNode);
        texts.push(...range.getClientRects());
    }
    const foot = [...document.querySelectorAll(".credit > :not(.terms)")].map((part) => part.getBoundingClientRect());
    const close = box(".sheet .close");
    const there = document.elementFromPoint(x, y);
    const covered = there === null || there.closest(".controls, .legend, .sheet") !== null;
    return { x, y, covered, card: box(".sheet"), credit: box(".credit"), close, foot, texts };
}"""


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["right"] <= other["left"] + 1
        or other["right"] <= one["left"] + 1
        or one["bottom"] <= other["top"] + 1
        or other["bottom"] <= one["top"] + 1
    )


def test_the_card_leaves_the_map_what_is_selected_and_the_credit(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed?sel=site:al-tanf", viewport={"width": 640, "height": 480})
    card = embed.page.get_by_role("region", name="Details")
    for width, height, query in (
        (640, 480, "map=7/32.9/38.6"),
        (360, 480, "map=7/31/38.6&known=2026-02-13"),
        (360, 640, "map=6/31/41&timeline=off"),
        (360, 480, "timeline=off&filters=off"),
        (640, 480, ""),
        (1024, 600, "map=7/33/34"),
        (900, 800, "map=7/33/38.6"),
    ):
        embed.page.set_viewport_size({"width": width, "height": height})
        embed.open(f"{address}/embed?sel=site:al-tanf&{query}")
        expect(card.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
        inside = "seen.x > 10 && seen.x < innerWidth - 10 && seen.y > 10 && seen.y < seen.card.top - 10"
        seen = embed.page.wait_for_function(  # the map may still be on its way
            f"() => {{ const seen = ({SEEN})(); return {inside} && !seen.covered && seen; }}"
        ).json_value()
        assert seen["card"]["height"] <= 0.45 * height + 1
        assert seen["card"]["bottom"] <= seen["credit"]["top"] + 1
        assert all(apart(text, seen["close"]) for text in seen["texts"])
        for number, part in enumerate(seen["foot"]):
            assert part["right"] <= width
            assert seen["credit"]["top"] <= part["top"] < part["bottom"] <= height
            assert all(apart(part, other) for other in seen["foot"][:number])
        scroller = card.locator(".sheet-scroller")
        assert scroller.evaluate("element => element.scrollWidth <= element.clientWidth")
        assert embed.page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_what_is_selected_comes_from_under_a_card_that_no_frame_has_shown_yet(the_map) -> None:
    the_map.prepare("window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} };")
    the_map.page.set_viewport_size({"width": 360, "height": 480})
    the_map.open(sel="site:al-tanf", map="7/34.5/38.6")
    expect(the_map.page.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    the_map.page.wait_for_function(f"() => {{ const seen = ({SEEN})(); return seen.y < seen.card.top - 10; }}")


def test_the_date_at_the_foot_goes_with_the_window(open_embed, address) -> None:
    embed = open_embed(f"{address}/embed")
    foot = embed.page.locator(".credit")
    expect(foot).to_contain_text(f"{brief(FROM)} – {brief(TO)}")
    embed.page.get_by_role("slider", name="Window end").press("PageDown")
    expect(foot).to_contain_text(f"{brief(FROM)} – {brief(shifted(TO, months=-1))}")


def test_the_foot_says_how_old_the_record_is_and_where_the_window_ends_after_it(open_embed, address, curated) -> None:
    checked = curated.dataset.checked
    later = f"to={checked + timedelta(days=1)}"
    embed = open_embed(f"{address}/embed?{later}")
    age = embed.page.locator(".credit .age")
    expect(age).to_have_text(after_text(curated, subject="Checked"))
    embed.page.get_by_role("slider", name="Window end").press("PageDown")
    expect(age).to_have_text(age_text(curated))
    # As known earlier it was another; cleared, it is today's again.
    embed = open_embed(f"{address}/embed?from=1990-01-01&to=1990-12-31&q=zzz&known=2026-02-10")
    foot = embed.page.locator(".credit")
    expect(foot.locator(".age")).to_have_text(age_text(curated, date(2026, 2, 10)))
    embed.page.locator(".empty").get_by_role("button", name="Clear filters").press("Enter")
    expect(foot.locator(".age")).to_have_text(age_text(curated))
    expect(foot).not_to_contain_text("only what was public by")


def test_a_sites_card_says_up_to_when_a_leaving_was_looked_for(open_embed, folder, tmp_path) -> None:
    path = folder(
        toml='title = "Test"\n[window]\nfrom = 2026-01-01\nto = 2026-10-31\n',
        forces=[{"id": "us", "name": "United States", "called": "US forces"}],
        sites=[{"id": "base", "name": "Base"}],
        presence=[
            {
                "id": "p",
                "site": "base",
                "force": "us",
                "start": "2026-03",
                "last_confirmed": "2026-06-26",
                "searched": "2026-10-10",
            }
        ],
    )
    catalog = open_catalog(path)
    view, _ = read_view({"sel": ["site:base"]}, catalog)
    file = tmp_path / "map.html"
    file.write_bytes(
        standalone(on_view(catalog, view), provenance(catalog, view, "https://example.org/?sel=site:base"))
    )
    embed = open_embed(file.as_uri())
    expect(embed.page.get_by_role("region", name="Details")).to_contain_text(
        "No report of their leaving was found up to 10 October 2026."
    )


@contextmanager
def another_site(body: str) -> Iterator[str]:
    """A page on another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = body.encode() if self.path == "/" else b""
            self.send_response(200 if content else 404)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_another_sites_frame_shows_it_and_is_left_alone(browser: Browser, address: str, sandbox: str) -> None:
    context = browser.new_context(viewport={"width": 900, "height": 700})
    embed = Embed(context.new_page())
    frame: FrameLocator = embed.page.frame_locator("iframe")
    title = "<title>An article</title><link rel=icon href=data:,>"
    with another_site(f'{title}<iframe {sandbox} src="{address}/embed" width="100%" height="600"></iframe>') as site:
        embed.page.goto(site)
        frame.get_by_text("Key", exact=True).click()
        frame.get_by_role("button", name="Attack").click()
        expect(frame.get_by_role("button", name="Attack")).to_have_attribute("aria-pressed", "true")
        end, month = frame.get_by_role("slider", name="Window end"), shifted(TO, months=-1)
        end.press("PageDown")
        expect(end).to_have_attribute("aria-valuetext", month)
        expect(frame.get_by_role("link", name="Open in Laydown")).to_have_attribute(
            "href", f"./?kind=attack&to={month}"
        )
        assert embed.page.url == site
        assert embed.page.title() == "An article"
    context.close()
    assert embed.wrong == []


def test_the_page_itself_is_not_shown_in_another_sites_frame(browser: Browser, address: str) -> None:
    context = browser.new_context()
    embed = Embed(context.new_page())
    with another_site(f'<link rel=icon href=data:,><iframe src="{address}/"></iframe>') as site:
        embed.page.goto(site)
        embed.page.wait_for_load_state("networkidle")
        assert any("frame-ancestors" in said for said in embed.wrong)
    context.close()


def test_a_map_without_any_data_says_what_to_do(open_embed, folder, tmp_path: Path) -> None:
    catalog = open_catalog(folder())
    view, _ = read_view({}, catalog)
    path = tmp_path / "empty.html"
    path.write_bytes(standalone(on_view(catalog, view), provenance(catalog, view, "https://map.example.org/")))
    told = open_embed(path.as_uri()).page.get_by_text("the data folder's tables have no rows")
    expect(told).to_contain_text("uv run laydown check")
    expect(told).to_contain_text("LAYDOWN_DATA")


def test_a_file_of_its_own_works_from_a_disk_without_a_network(
    open_embed, curated: Catalog, tmp_path: Path, browser: Browser
) -> None:
    view, _ = read_view({"from": ["2026-01-01"], "sel": ["incident:palmyra-attack-2025-12-13"]}, curated)
    link = "https://map.example.org/?from=2026-01-01"
    path = tmp_path / "التنف.html"
    path.write_bytes(standalone(on_view(curated, view), provenance(curated, view, link)))
    embed = open_embed(path.as_uri(), offline=True)
    assert {urlsplit(asked).scheme for asked in embed.asked} <= {"file", "data"}
    state = embed.state()
    assert state["window"] == {"from": "2026-01-01", "to": TO}
    card = embed.page.get_by_role("region", name="Details")
    expect(card.get_by_role("heading").first).to_contain_text("Palmyra")
    expect(card.get_by_role("listitem").first).to_be_visible()
    card.get_by_role("button", name="Close").click()
    drag(embed, "Window end", -100)
    embed.wait(f"state.window.to < '{shifted(TO, -7)}'")
    assert embed.state()["shown"]["incidents"] < state["shown"]["incidents"]
    embed.page.get_by_role("button", name="Go through what is on the map").press("Enter")
    expect(embed.page.locator(".walk li button").first).to_be_focused()
    embed.page.keyboard.press("Enter")
    expect(card).to_contain_text("the dates that this file was saved with")
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card).to_contain_text("CC BY 4.0")
    assert embed.way_in.startswith("https://map.example.org/?")
    assert f"to={embed.state()['window']['to']}" in embed.way_in
    assert {urlsplit(asked).scheme for asked in embed.asked} <= {"file", "data"}


def test_its_card_tells_sources_by_kind_and_what_has_none(open_embed, catalog_of, tmp_path: Path) -> None:
    catalog = catalog_of(
        sources=[
            {"id": "none", "publisher": "Nobody", "kind": "memory"},
            {"id": "paper", "publisher": "Paper", "kind": "press", "url": ""},
            {"id": "wire"},
        ],
        sites=[{"id": "base", "sources": "none; paper; wire"}],
        incidents=[{"id": "raid", "site": "base"}],
    )
    view, _ = read_view({"sel": ["site:base"]}, catalog)
    path = tmp_path / "map.html"
    path.write_bytes(standalone(on_view(catalog, view), provenance(catalog, view, "https://map.example.org/")))
    embed = open_embed(path.as_uri())
    card = embed.page.get_by_role("region", name="Details")
    expect(card.get_by_role("heading", name="2 sources")).to_be_visible()
    expect(card.locator("li.source")).to_have_text(
        ["ReportWire wire", "ReportPaper press no address", "No source: from the curators' own knowledge, unverified"]
    )
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card.locator("li.source")).to_have_count(3)
    expect(card).not_to_contain_text("Nobody")


COPY = "https://web.archive.org/web/20261124120000/https://example.org/report"


def test_its_card_offers_archived_copies_and_says_what_no_curator_has_read(
    open_embed, catalog_of, tmp_path: Path
) -> None:
    catalog = catalog_of(
        sources=[{"id": "afp", "publisher": "AFP", "via": "<b>METracker</b> $&", "archived": COPY}, {"id": "wire"}],
        sites=[{"id": "base", "sources": "afp"}, {"id": "other", "sources": "afp; wire"}],
        incidents=[],
    )
    view, _ = read_view({"sel": ["site:base"]}, catalog)
    path = tmp_path / "map.html"
    path.write_bytes(standalone(on_view(catalog, view), provenance(catalog, view, "https://map.example.org/")))
    embed = open_embed(path.as_uri())
    card = embed.page.get_by_role("region", name="Details")
    unread = "Report archived copyAFP wire page not read; cited by <b>METracker</b> $&"
    expect(card.locator("li.source")).to_have_text([unread, "Known only through a compilation"])
    copy = card.get_by_role("link", name="archived copy")
    assert copy.get_attribute("href") == COPY
    assert copy.get_attribute("rel") == "noopener noreferrer"
    embed.page.get_by_role("button", name="Sources", exact=True).click()
    expect(card.locator("li.source")).to_have_text([unread, "ReportWire wire"])
    expect(card).not_to_contain_text("Known only through a compilation")
