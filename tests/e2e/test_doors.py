"""What a hostile page, or one client, can do to a server: nothing that another visitor notices."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from websockets import Origin, Subprotocol
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from components.view.view import CARD, TABS
from tests.curated import TO, shifted
from tests.e2e.conftest import FRAME, MAP_FRAME

PWN = "window.pwned = 1; window.map_div = window.map;"
ATTACK = {
    "type": "streamlit:render",
    "args": {
        "script": PWN,
        "feature_group": PWN,
        "layer_control": "",
        "html": "",
        "header": "",
        "js_links": [],
        "css_links": [],
        "height": 400,
        "width": 400,
        "default": {},
        "returned_objects": [],
    },
    "disabled": False,
    "theme": None,
}
"""What streamlit-folium runs as it is, whoever sends it."""
HEARD = "addEventListener('message', ({ data }) => { if (data?.args?.script) window.heard = (window.heard ?? 0) + 1; })"
HOSTILE = f"""<!doctype html><link rel=icon href=data:,><title>Hostile</title><button>Win</button>
<script>
  const attack = {json.dumps(ATTACK)};
  const targets = [];
  const all = (target) => [target, ...Array.from({{ length: target.length }}, (_, n) => all(target[n])).flat()];
  document.querySelector("button").onclick = () => targets.push(open("%(address)s"));
  setInterval(() => {{
    for (const target of [...targets, ...all(window).slice(1)].flatMap(all)) {{
      attack.args.feature_group += " ";
      try {{ target.postMessage(attack, "*"); }} catch {{}}
    }}
  }}, 50);
</script>%(frame)s"""
PERMITTED = {"LAYDOWN_FRAME_ANCESTORS": "'self' http://127.0.0.1:*"}
COMPONENT = "component/streamlit_folium.st_folium/index.html"


@contextmanager
def hostile_site(address: str, frame: str = "") -> Iterator[str]:
    """Serve, from another origin, a page that opens ``address``, or frames it, and commands its map."""
    body = (HOSTILE % {"address": address, "frame": frame}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], root: Path) -> str:
    address = serve(root / "data", **PERMITTED)
    with stream(address) as socket:
        begin(socket)  # Streamlit knows the component from the page's first run on
    return address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(HEARD)
    context.add_init_script(MAP_FRAME)
    yield context.new_page()
    context.close()


def pwned(page: Page) -> list[str]:
    """The addresses of all that ran another's script."""
    frames = [frame for tab in page.context.pages for frame in tab.frames]
    return [frame.url for frame in frames if frame.evaluate("() => window.pwned")]


@pytest.mark.parametrize("path", ["", COMPONENT])
def test_a_page_that_opens_ours_has_no_hold_of_it(page: Page, address: str, path: str) -> None:
    with hostile_site(f"{address}/{path}") as site:
        page.goto(site)
        with page.expect_popup() as opened:
            page.get_by_role("button", name="Win").click()
        ours = opened.value
        page.wait_for_function("() => targets[0].closed")  # as far as it can see
        if not path:
            ours.wait_for_function("() => mapFrame()?.contentWindow.laydown?.state().ready")
        assert pwned(page) == []
        assert ours.evaluate("() => window.opener === null && !window.heard")


def test_the_component_alone_obeys_no_message(page: Page, address: str) -> None:
    """Where the browser does not heed Cross-Origin-Opener-Policy: not over https, and not this machine's."""
    page.goto(f"{address}/{COMPONENT}")
    page.wait_for_function("() => window.Streamlit")
    page.evaluate("(attack) => postMessage(attack, '*')", ATTACK)
    page.wait_for_function("() => window.heard")
    assert pwned(page) == []


def test_a_site_that_may_frame_the_page_does_not_command_its_map(page: Page, address: str) -> None:
    shown = f'<iframe src="{address}/" width=1400 height=800></iframe>'
    with hostile_site(address, shown) as site:
        page.goto(site)
        our_map = page.frame_locator("iframe").frame_locator(FRAME)
        end = our_map.get_by_role("slider", name="Window end")
        expect(end).to_be_visible(timeout=30_000)
        frame = next(found for found in page.frames if COMPONENT in found.url)
        frame.wait_for_function("() => window.Streamlit")
        frame.wait_for_function("(before) => window.heard > before + 2", arg=frame.evaluate("() => window.heard ?? 0"))
        assert pwned(page) == []
        end.press("PageDown")
        earlier = shifted(TO, months=-1)
        expect(end).to_have_attribute("aria-valuetext", earlier)
        page.frames[1].wait_for_function("(to) => location.search.includes(`to=${to}`)", arg=earlier)
        assert pwned(page) == []


def test_a_site_that_may_frame_the_page_does_not_command_the_component_alone(page: Page, address: str) -> None:
    with hostile_site(address, f'<iframe src="{address}/{COMPONENT}"></iframe>') as site:
        page.goto(site)
        frame = next(found for found in page.frames if COMPONENT in found.url)
        frame.wait_for_function("() => window.Streamlit && window.heard > 2")
        assert pwned(page) == []


# One client, without a browser


def stream(address: str, **options: Any) -> ClientConnection:
    """Open a websocket as the page does; a busy machine may take its time to answer."""
    where = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    return connect(where, subprotocols=[Subprotocol("streamlit")], open_timeout=60, **options)


def begin(socket: ClientConnection, query: str = "") -> tuple[NewSession, list[bytes]]:
    """Begin a session at a link; return it, and all messages until its page is there."""
    message = BackMsg()
    message.rerun_script.query_string = query
    socket.send(message.SerializeToString())
    messages: list[bytes] = []
    session = None
    while True:
        data = socket.recv(timeout=30, decode=False)
        messages.append(data)
        told = ForwardMsg.FromString(data)
        session = told.new_session if told.WhichOneof("type") == "new_session" else session
        if told.WhichOneof("type") == "script_finished" and session:
            return session, messages


def test_a_session_is_told_nothing_of_where_the_server_lies_and_keeps_no_file(address: str, root: Path) -> None:
    with stream(address) as socket, httpx2.Client() as client:
        session, messages = begin(socket)
        token = client.get(f"{address}/_stcore/health").cookies.get("_streamlit_xsrf", "")
        upload = f"{address}/_stcore/upload_file/{session.initialize.session_id}/one"
        files = {"file": ("one.bin", b"0" * 3_000_000)}
        assert client.put(upload, files=files, headers={"x-xsrftoken": token}).status_code == 413
    assert not [data for data in messages if str(root).encode() in data]
    assert max(map(len, messages)) < 1_000_000, "far from the limit of a message"


def test_the_largest_message_of_each_panel_is_far_from_the_limit(address: str) -> None:
    for tab in TABS:
        query = f"from=2003-01-01&to=2026-12-31&tab={tab}" + ("&sel=site:al-tanf" if tab == CARD else "")
        with stream(address) as socket:
            _, messages = begin(socket, query)
        assert max(map(len, messages)) < 1_000_000, tab


def test_a_websocket_of_another_sites_page_is_refused(address: str) -> None:
    with pytest.raises(InvalidStatus, match="403"), stream(address, origin=Origin("https://evil.example")):
        pass


def test_a_message_that_does_not_end_is_not_kept(address: str) -> None:
    with stream(address) as socket:
        with suppress(ConnectionClosed):
            socket.send(b"\0" * 100_000 for _ in range(24))
            socket.recv(timeout=20)
        assert socket.close_code in (1009, 1006)  # too big; or gone before it could be said
