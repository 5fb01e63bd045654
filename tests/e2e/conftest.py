"""A real server, a real browser, and a page that refuses every request that leaves this machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    CDPSession,
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
LOCAL = {"localhost", "127.0.0.1"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # no other host can be reached
]
SETTINGS_FREE = {name: value for name, value in os.environ.items() if not name.startswith("LAYDOWN_")}
"""Whoever runs the tests may have settings of their own: the server under test has none but those given here."""
SETTLED = """document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'
    && document.querySelector('.st-key-panel')?.ariaBusy !== 'true'"""
MAP_FRAME = (
    """window.mapFrame = () => (document.querySelector("#early")?.shadowRoot ?? document).querySelector("iframe")"""
)
"""The frame that holds the map: the page's own (ui/assets/early.js), or streamlit-folium's where that is not there.
Runs in each document of a context before its own scripts."""
FRAME = "#early iframe, :root:not(:has(#early)) iframe"
"""The same as a selector."""
READY = "mapFrame()?.contentWindow.laydown?.state().ready"
WIRED = "(!document.querySelector('#early') || document.querySelector('#early').hasAttribute('tabindex'))"
"""Whether the map hears Python."""
JOINED = f"{READY} && {WIRED}"
RESTS = """(([zoom, lat, lon]) => zoom === state.camera.zoom
    && Math.abs(lat - state.camera.lat) < 1e-4 && Math.abs(lon - state.camera.lon) < 1e-4
)((new URL(location.href).searchParams.get("map") ?? "").split("/").map(Number))"""
GO = """(link) => new Promise((done) => {
    const app = document.querySelector(".stApp");
    const ask = () => dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    let begun = false;
    const observer = new MutationObserver(() => {
        const running = app.dataset.testScriptState !== "notRunning";
        begun ||= running;
        if (running || !begun) return;
        observer.disconnect();
        clearInterval(asking);
        requestAnimationFrame(() => setTimeout(done)); // and the map has been told
    });
    observer.observe(app, { attributeFilter: ["data-test-script-state"] });
    history.pushState(history.state, "", link);
    const asking = setInterval(() => begun || ask(), 300); // a short run may be over before it is seen
    // A visitor's own step sends the map where the link says; an event made by a script does not.
    Promise.resolve(mapFrame()?.contentWindow.laydown?.app()).then((map) => {
        map?.camera.forget();
        ask();
    });
})"""
COUNT_RUNS = """() => {
    const { send } = WebSocket.prototype;
    window.runs = 0;
    WebSocket.prototype.send = window.countedSend ??= function (message) {
        window.runs += message[0] === (11 << 3 | 2); // the field rerun_script of a BackMsg (Protocol Buffers)
        return send.call(this, message);
    };
}"""
"""Counts in ``runs`` the runs of the script that the page asks for from now on. That a run begins and ends can be seen
too, but not of one so short that nothing is painted between."""
FOLDED = """() => {
    document.activeElement?.blur();
    const roots = [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)];
    for (const root of roots) for (const one of root.querySelectorAll("details[open]")) one.open = false;
    // A press outside them closes the map's menus.
    mapFrame()?.contentDocument.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
}"""
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
"""What a tab prefers where a test says nothing, by its name in Playwright."""
CHANGED = {"viewport", "permissions"}
"""What besides can be changed of a tab."""
POINT = """({ map, frameElement }, place) => {
    const { x, y } = map.latLngToContainerPoint(place);
    const { left, top } = frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return [left + x, top + y];
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def find_chromium(playwright: Playwright) -> str:
    """Return a Chromium's path: the system's, else Playwright's, else one installed now; say which."""
    # Debian's headless shell takes a quarter less time than the whole browser without a window.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

    def system() -> str | None:
        return next((path for name in names if (path := shutil.which(name))), None)

    def bundled() -> str | None:
        path = playwright.chromium.executable_path
        return path if Path(path).exists() else None

    if found := system() or bundled():
        return found
    commands = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]
    if shutil.which("apt-get"):
        install = ["apt-get", "install", "-yq"]
        commands += [["apt-get", "update", "-q"], [*install, "chromium-headless-shell"], [*install, "chromium"]]
    said = []
    for command in commands:
        print(f"No Chromium found; running: {' '.join(command)}")
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        said.append(f"{' '.join(command)}: exit {ran.returncode}: {ran.stderr.strip()[-300:]}")
        if found := system() or bundled():
            return found
    pytest.fail("No Chromium, and none could be installed:\n" + "\n".join(said))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        print(f"Chromium: {path}")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a data folder, with settings; return the dashboard's address. One server each, stopped at the end.

    ``secrets``, a TOML file, is where the settings are instead of the environment; ``more`` is for the command.
    """
    with ExitStack() as servers:
        addresses: dict[tuple[Any, ...], str] = {}

        def start(folder: Path, secrets: Path | None = None, more: Sequence[str] = (), **settings: str) -> str:
            key = (folder, secrets, *more, *settings.items())
            if key not in addresses:
                addresses[key] = servers.enter_context(_Server(folder, secrets, more, settings)).address
            return addresses[key]

        yield start


@pytest.fixture
def server() -> Callable[..., "_Server"]:
    """Make a server of the test's own, of the curated data: it is there while it is entered."""
    return lambda more=(): _Server(ROOT / "data", None, more, {})


class _Server:
    def __init__(self, folder: Path, secrets: Path | None, more: Sequence[str], settings: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "0", *more]
        settings = {"LAYDOWN_DATA": str(folder), **settings}
        if secrets:
            command += ["--secrets.files", str(secrets)]
            settings = {}
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**SETTINGS_FREE, **settings, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> "_Server":
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:  # blocks until the server says where it is
            said.append(line)
            if "URL:" in line:
                self.address = line.split("URL:")[1].strip()
                return self
        pytest.fail("The server did not start:\n" + "".join(said))

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)


@dataclass
class Dashboard:
    """The dashboard in a browser page, as a visitor sees it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answered: re.Pattern[str] | None = None
    """The addresses elsewhere for which the test itself answers."""
    reusable: bool = True
    """Whether its tab can be handed on to another test."""
    _prepared: CDPSession | None = None
    window: ClassVar[str] = "mapFrame()?.contentWindow"
    """The map's window, in JavaScript."""
    size: ClassVar[tuple[int, int]] = (1440, 900)

    def open(self, **query: Any) -> "Dashboard":
        """Go to a view, by its URL keys (``from_`` for from), and wait until the map shows it."""
        pairs = {key.rstrip("_"): value for key, value in query.items()}
        self.page.goto(f"{self.address}/?{urlencode(pairs, doseq=True)}", wait_until="domcontentloaded")
        self.page.wait_for_function(JOINED)
        return self.settle()

    def listen(self) -> None:
        """Note all that goes wrong from now on."""
        self.page.context.on("request", self._watch)
        for event, listener in self._listeners.items():
            self.page.on(event, listener)

    def leave(self) -> None:
        """Note no more, and run no more scripts."""
        if self._prepared and not self.page.is_closed():
            self._prepared.detach()
        self._prepared = None
        self.page.context.remove_listener("request", self._watch)
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    @property
    def _listeners(self) -> dict[Any, Callable[[Any], None]]:
        return {"console": self._hear, "pageerror": self._fail, "dialog": self._dismiss}

    def _watch(self, request: Request) -> None:
        address = urlsplit(request.url)
        local = address.scheme in ("data", "blob") or address.hostname in LOCAL
        if not local and not (self.answered and self.answered.match(request.url)):
            self.refused.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _fail(self, error: Error) -> None:
        self.errors.append(str(error))

    def _dismiss(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def prepare(self, script: str) -> None:
        """Run a script in each document that this test opens from now on, before its own."""
        # Playwright's own way cannot be undone: the tab could not be handed on.
        self._prepared = self._prepared or self.page.context.new_cdp_session(self.page)
        self._prepared.send("Page.enable")
        self._prepared.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def go(self, **query: Any) -> "Dashboard":
        """Go to a view as Back and Forward do, without loading the page anew, and wait until its script has run.

        What the map has to fetch for it may come later.
        """
        pairs = {key.rstrip("_"): value for key, value in query.items()}
        self.page.evaluate(GO, f"{self.address}/?{urlencode(pairs, doseq=True)}")
        return self.settle()

    def settle(self) -> "Dashboard":
        """Wait until the script has run, and what else the page has asked for is there."""
        self.page.wait_for_function(SETTLED)
        return self

    @property
    def frame(self) -> Any:
        """Where the map's parts are found."""
        return self.page.frame_locator(FRAME)

    def control(self, name: str) -> Locator:
        """Return one of the buttons at the map's edge."""
        tools = self.frame.get_by_role("group", name="Map", exact=True)
        button: Locator = tools.get_by_role("button", name=name, exact=True)
        return button

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.page.evaluate(f"{self.window}.laydown.state()")
        return state

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript condition on ``state`` holds; the map may still be on its way."""
        state = f"{self.window}?.laydown?.state()"
        self.page.wait_for_function(f"() => {{ const state = {state}; return Boolean(state) && ({condition}); }}")

    def rest(self) -> None:
        """Wait until the map has glided to rest: the link says where it is."""
        self.wait(RESTS)

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def wait_query(self, **expected: str | None) -> None:
        """Wait until the link's keys have these values (None: are not there)."""
        for key, value in expected.items():
            self.page.wait_for_function(
                "([key, value]) => new URL(location.href).searchParams.get(key) === value", arg=[key.rstrip("_"), value]
            )
        self.settle()

    def in_map(self, script: str, argument: Any = None) -> Any:
        """Call a JavaScript function with the map's window and ``argument``."""
        return self.page.evaluate(f"(argument) => ({script})({self.window}, argument)", argument)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a place of the map is on the page, in pixels."""
        x, y = self.in_map(POINT, [lat, lon])
        return x, y


class Embedded(Dashboard):
    """The map as an embed's page, which opens sooner: for what needs neither Streamlit nor the page around the map.

    It has no panels, and no steps in the history.
    """

    window = "window"
    size = (748, 900)  # the map's width beside sidebar and panel

    def open(self, **query: Any) -> "Dashboard":
        pairs = {key.rstrip("_"): value for key, value in query.items()}
        self.page.goto(f"{self.address}/embed?{urlencode(pairs, doseq=True)}")
        # A function, as the CSP of an embed does not let an expression be evaluated.
        self.page.wait_for_function("() => window.laydown?.state().ready")
        self.page.evaluate("void (window.map = map_m)")  # called as in streamlit-folium's frame
        return self

    def go(self, **query: Any) -> "Dashboard":
        return self.open(**query)

    def settle(self) -> "Dashboard":
        return self

    @property
    def frame(self) -> Any:
        return self.page


def clear(page: Page) -> None:
    """Let go of what a test left in a tab: other tabs, routes, the pointer, what is stored, and the history."""
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    context.unroute_all()
    page.unroute_all()
    page.mouse.up()
    page.mouse.move(0, 0)
    session = context.new_cdp_session(page)
    kinds = "cookies,local_storage,indexeddb"
    session.send("Storage.clearDataForOrigin", {"origin": page.evaluate("origin"), "storageTypes": kinds})
    session.send("Page.resetNavigationHistory")  # which is full after fifty steps
    session.detach()
    page.evaluate("sessionStorage.clear()")
    context.clear_cookies()


class Tabs:
    """Browser tabs that tests hand on, each in a context of its own, cleared of what its test left there.

    A tab that has shown a page holds its files in the cache and its scripts compiled: the page opens in half the time.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: list[tuple[Mapping[str, Any], Page]] = []

    def take(self, options: Mapping[str, Any]) -> Page:
        """Return a tab with these options of a context, of which its size, media and permissions can be changed."""
        page = self._found({name: options[name] for name in options if name not in {*CHANGED, *MEDIA}})
        page.set_viewport_size(options["viewport"])
        page.emulate_media(media="null", **{name: options.get(name, value) for name, value in MEDIA.items()})
        page.context.clear_permissions()
        page.context.grant_permissions(options.get("permissions", []))
        return page

    def _found(self, options: Mapping[str, Any]) -> Page:
        for at, (others, page) in enumerate(self._kept):
            if others == options:
                del self._kept[at]
                return page
        context = self._browser.new_context(**options)
        context.set_default_timeout(30_000)
        context.add_init_script(MAP_FRAME)
        return context.new_page()

    def give_back(self, options: Mapping[str, Any], page: Page, blank: str, reusable: bool) -> None:
        """Clear a tab at the address of an empty page of its server, and keep it."""
        context = page.context
        if not reusable or page.is_closed():
            context.close()
            return
        page.goto(blank)  # of the same site, so that the browser keeps the process
        clear(page)
        self._kept.insert(0, ({name: options[name] for name in options if name not in {*CHANGED, *MEDIA}}, page))
        while len(self._kept) > 6:
            self._kept.pop()[1].context.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


Opener = Callable[..., Dashboard]


@contextmanager
def opener(kind: type[Dashboard], tabs: Tabs, serve: Callable[[Path], str]) -> Iterator[Opener]:
    opened: list[tuple[dict[str, Any], Dashboard]] = []

    def build(folder: Path = ROOT / "data", width: int = 0, height: int = 0, **options: Any) -> Dashboard:
        size = {"width": width or kind.size[0], "height": height or kind.size[1]}
        options["viewport"] = size
        dashboard = kind(tabs.take(options), serve(folder))
        dashboard.listen()
        opened.append((options, dashboard))
        return dashboard

    yield build
    for options, dashboard in opened:
        dashboard.leave()
        tabs.give_back(options, dashboard.page, f"{dashboard.address}/healthz", dashboard.reusable)
    for _, dashboard in opened:
        assert dashboard.refused == [], "something asked another host"
        assert dashboard.errors == [], "the console has errors"


@pytest.fixture
def open_dashboard(tabs: Tabs, serve: Callable[[Path], str]) -> Iterator[Opener]:
    """Open a dashboard in a browser of its own; afterwards there must be no error and no outside request.

    Requests are watched, not routed: Playwright switches the browser's cache off where a route is.
    """
    with opener(Dashboard, tabs, serve) as build:
        yield build


@pytest.fixture
def open_map(tabs: Tabs, serve: Callable[[Path], str]) -> Iterator[Opener]:
    """Open an embed, as ``open_dashboard`` does the whole page."""
    with opener(Embedded, tabs, serve) as build:
        yield build


class Kept(Dashboard):
    """A dashboard that stays open from one test to the next: its link is what is reset.

    A page that is loaded anew takes two seconds of a processor, a link 0.2.
    """

    def open(self, **query: Any) -> "Dashboard":
        if not self.here:
            return super().open(**query)
        self.go(**query)
        self.page.wait_for_function(READY)
        return self.settle()

    @property
    def here(self) -> bool:
        """Whether its tab shows the dashboard."""
        return self.page.url.partition("?")[0] == f"{self.address}/"

    def clear(self, options: Mapping[str, Any]) -> bool:
        """Make the page ready for the next test; return whether it can be."""
        page = self.page
        if page.is_closed() or not self.here or not self.reusable or page.viewport_size != options["viewport"]:
            return False
        clear(page)
        page.evaluate(FOLDED)
        self.answered = None
        return True


@pytest.fixture(scope="session")
def kept(tabs: Tabs, serve: Callable[[Path], str]) -> list[Kept]:
    """The dashboard that is kept for the next test, if there is one."""
    return []


@pytest.fixture
def dashboard(kept: list[Kept], tabs: Tabs, serve: Callable[[Path], str]) -> Iterator[Dashboard]:
    """The curated data's dashboard, not yet opened at a view; it may have shown others.

    What a link does not say, such as an open menu, a test leaves as it found it; one that cannot, or that is about how
    a page is loaded, has ``fresh`` or ``open_dashboard``.
    """
    options = {"viewport": dict(zip(("width", "height"), Dashboard.size, strict=True))}
    one = kept.pop() if kept else Kept(tabs.take(options), serve(ROOT / "data"))
    one.listen()
    yield one
    one.leave()
    if one.errors or one.refused or not one.clear(options):
        tabs.give_back(options, one.page, f"{one.address}/healthz", one.reusable)
    else:
        kept.append(one)
    assert one.refused == [], "something asked another host"
    assert one.errors == [], "the console has errors"


@pytest.fixture
def fresh(open_dashboard: Opener) -> Dashboard:
    """The curated data's dashboard in a page of the test's own, not yet opened."""
    return open_dashboard()


@pytest.fixture
def the_map(open_map: Opener) -> Dashboard:
    """The curated data's map alone, not yet opened."""
    return open_map()
