"""The peers, and what they are measured by."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from playwright.sync_api import Error, Page

from .browsing import HIGH, LOW, VIEWPORT, Slider, Target, centre, chromium, install, middle, p95
from .cdn import serve
from .events import FIRST
from .laydown import SHIFTS
from .serving import STREAMLIT, Server

APPS = Path(__file__).parent / "peers"
CUT_SECONDS = 120
"""What takes longer is cut off."""
BUDGET_SECONDS = 90
"""After this many seconds a measure is not repeated."""

STREAMLIT_END = """() => {
    const end = document.querySelector("input[type=range][aria-label$=end]");
    return Math.round((end.value / 1000 - ORIGIN) / 864e5);
}""".replace("ORIGIN", f"Date.parse('{FIRST}')")
TIMELINE_DAY = f"() => Math.floor((document.querySelector('.time-slider').value - Date.parse('{FIRST}')) / 864e5)"
DASH_END = "() => +document.querySelector('[role=slider][aria-label=Maximum]').ariaValueNow"

MAP = "document.querySelector('iframe')?.contentWindow.map"
MARKERS = "() => document.querySelector('iframe')?.contentDocument.querySelectorAll('.leaflet-marker-icon').length"
FRAME_CANVAS = f"() => Object.keys({MAP}?._renderer?._layers ?? {{}}).length"
PAGE_CANVAS = "() => Object.keys(window.map?._renderer?._layers ?? {}).length"
# React keeps the deck that Streamlit's chart draws with where only React looks for it.
DECK = """() => {
    const element = document.querySelector("#deckgl-wrapper");
    const key = element && Object.keys(element).find((name) => name.startsWith("__reactFiber"));
    for (let fiber = element?.[key]; fiber; fiber = fiber.return) {
        for (let hook = fiber.memoizedState; hook?.next !== undefined; hook = hook.next) {
            const deck = hook.memoizedState?.current?.deck;
            if (!deck) continue;
            const [layer] = deck.layerManager?.getLayers() ?? [];
            return layer?.isLoaded && !deck.needsRedraw({ clearRedrawFlags: false }) ? layer.getNumInstances() : -1;
        }
    }
    return -1;
}"""
# Leaflet's maps do not say where they are: the first to be made is kept. Runs before the page's scripts.
KEEP_MAP = """{
    let leaflet;
    Object.defineProperty(window, "L", {
        configurable: true,
        get: () => leaflet,
        set: (value) => {
            leaflet = value;
            leaflet.Map?.addInitHook(function () { window.map ??= this; });
        },
    });
}"""


def _streamlit_slider(page: Page) -> Slider:
    # The inputs are hidden in the handles.
    start, end = (page.locator(f"input[type=range][aria-label$={end}] >> xpath=../..") for end in ("start", "end"))
    return Slider(page, end, centre(start)[0], centre(end)[0], share=1)


def _dash_slider(page: Page) -> Slider:
    start, end = (page.get_by_role("slider", name=name) for name in ("Minimum", "Maximum"))
    return Slider(page, end, centre(start)[0], centre(end)[0], share=1)


def _timeline_slider(page: Page) -> Slider:
    box = page.locator(".time-slider").bounding_box()
    assert box is not None
    half = 8  # the handle of Chromium's own slider is 16 pixels wide
    return Slider(page, None, box["x"] + half, box["x"] + box["width"] - half, box["y"] + box["height"] / 2, share=0)


@dataclass(frozen=True)
class Peer:
    """An app in peers/."""

    name: str
    label: str
    target: Target
    slider: Callable[[Page], Slider] = _streamlit_slider
    streamlit: bool = True
    webgl: bool = False
    ready: str = "benchmark.right()"


PEERS = (
    Peer(
        "folium_markers",
        "(a) streamlit-folium, Marker map rebuilt",
        Target(STREAMLIT_END, MARKERS, live=False),
    ),
    Peer(
        "folium_group",
        "(a') streamlit-folium, Markers in feature_group_to_add",
        Target(STREAMLIT_END, MARKERS, live=False),
    ),
    Peer(
        "folium_geojson",
        "(b) streamlit-folium, one GeoJson in feature_group_to_add",
        Target(STREAMLIT_END, FRAME_CANVAS, live=False),
    ),
    Peer(
        "pydeck_chart",
        "(c) st.pydeck_chart",
        Target(STREAMLIT_END, DECK, live=False),
        webgl=True,
    ),
    Peer(
        "dash_leaflet_app",
        "(d) dash-leaflet, client-side filter",
        Target(DASH_END, PAGE_CANVAS),
        _dash_slider,
        streamlit=False,
    ),
    Peer(
        "folium_timeline",
        "(e) folium's Timeline plugin",
        Target(TIMELINE_DAY, PAGE_CANVAS),
        _timeline_slider,
        streamlit=False,
        ready="document.querySelector('.time-slider')",
    ),
)


@dataclass(frozen=True)
class PeerFigures:
    """Medians; milliseconds and bytes."""

    first_load_ms: float
    shift: float
    changed_ms: float
    bytes: float
    updates: float
    interval_p95: float


def measure(peer: Peer, data: Path, counts: Sequence[int], repeat: int, modules: Path) -> PeerFigures | str:
    """Measure a peer; return why where it cannot be."""
    arguments = [*(STREAMLIT if peer.streamlit else ()), str(APPS / f"{peer.name}.py")]
    try:
        with Server(arguments, {"BENCHMARK_DATA": str(data)}) as server, chromium(peer.webgl) as browser:
            context = browser.new_context(viewport=VIEWPORT)
            serve(context, modules)
            page = context.new_page()
            page.set_default_timeout(CUT_SECONDS * 1000)
            return _measured(peer, page, server, counts, repeat)
    except (Error, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        print(f"  {peer.name}: {reason}", file=sys.stderr, flush=True)
        return f"> {CUT_SECONDS} s" if "Timeout" in reason else f"fails: {reason[:60]}"


def _measured(peer: Peer, page: Page, server: Server, counts: Sequence[int], repeat: int) -> PeerFigures:
    page.add_init_script(KEEP_MAP + SHIFTS)
    page.goto(server.address)
    page.wait_for_function("document.querySelector('input[type=range], [role=slider]')")
    install(page, peer.target, counts)
    page.wait_for_function(peer.ready)
    load: float = page.evaluate("performance.now()")
    shift: float = page.evaluate("window.shift")
    slider = peer.slider(page)
    live = peer.target.live
    slider.change(HIGH, live, CUT_SECONDS)
    sent = server.wire
    begun = monotonic()
    changes: list[float] = []
    for number in range(2 * repeat):
        changes.append(slider.change((LOW, HIGH)[number % 2] + number / 1000, live, CUT_SECONDS))
        if monotonic() - begun > BUDGET_SECONDS:
            break
    sent = server.wire - sent
    drags = []
    begun = monotonic()
    for _ in range(repeat if live else 1):
        drags.append(slider.drag(LOW, HIGH))
        if monotonic() - begun > BUDGET_SECONDS:
            break
    return PeerFigures(
        first_load_ms=load,
        shift=shift,
        changed_ms=middle(changes),
        bytes=sent / len(changes),
        updates=middle([drag.updates for drag in drags]),
        interval_p95=middle([p95(drag.intervals) for drag in drags]),
    )
