"""Behind a host that the server does not know: under a path that it takes away, and in a frame of its own page."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.e2e.conftest import FRAME

PREFIX = "/~/+/"
SHELL = """<!doctype html><title>Host</title><link rel=icon href=data:,>
<style>html,body{height:100%%;margin:0}iframe{width:100%%;height:100%%;border:0}</style>
<iframe></iframe>
<script>
  const frame = document.querySelector("iframe");
  frame.src = "%s" + location.search;
  window.heard = [];
  addEventListener("message", ({ data, source }) => {
    if (data.stCommVersion !== 1 || data.type !== "SET_QUERY_PARAM" || source !== frame.contentWindow) return;
    heard.push(data.queryParams);
    history.replaceState(null, "", location.pathname + data.queryParams);
  });
</script>"""


class Host(ThreadingTCPServer):
    """A reverse proxy that serves a page of its own at any path but those under PREFIX, which it strips of it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.behind = int(server.rpartition(":")[2])
        port = self.server_address[1]
        self.same, self.other = f"http://localhost:{port}", f"http://127.0.0.1:{port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error."""


class _Exchange(StreamRequestHandler):
    server: Host

    def handle(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            lines.append(line)
        if not lines:
            return
        method, path, version = lines[0].decode().split()
        if not path.startswith(PREFIX):
            there = urlsplit(self.server.same)._replace(path=PREFIX).geturl()
            body = (SHELL % there).encode()
            head = ["HTTP/1.1 200 OK", "content-type: text/html", f"content-length: {len(body)}", "connection: close"]
            self.wfile.write("\r\n".join([*head, "", ""]).encode() + body)
            return
        lines[0] = f"{method} /{path.removeprefix(PREFIX)} {version}\r\n".encode()
        if not any(line.lower().startswith(b"upgrade:") for line in lines):
            lines = [line for line in lines if not line.lower().startswith(b"connection:")] + [b"connection: close\r\n"]
        with socket.create_connection(("localhost", self.server.behind)) as behind:
            behind.sendall(b"".join([*lines, b"\r\n"]))
            back = Thread(target=_pump, args=(behind.makefile("rb", 0), self.connection), daemon=True)
            back.start()
            _pump(self.rfile, behind)
            back.join()


def _pump(source, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.read1(65536) if hasattr(source, "read1") else source.read(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def hosted(server: str) -> Iterator[Host]:
    with Host(server) as host:
        Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield host
        host.shutdown()


@pytest.fixture(scope="module")
def host(serve: Callable[..., str], folder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A host before a dashboard whose settings are secrets: in the environment only after its module was imported."""
    path = folder(toml='title = "Kept as a secret"\n', sites=[{"id": "base", "name": "Only base"}])
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    ancestors = "'self' http://127.0.0.1:*"
    secrets.write_text(f'LAYDOWN_DATA = "{path}"\nLAYDOWN_FRAME_ANCESTORS = "{ancestors}"\n', encoding="utf-8")
    with hosted(serve(path, secrets, ["--client.allowedOrigins", "http://*:*"])) as host:
        yield host


def map_of(page: Page) -> Frame:
    """Wait for the map, two frames down, and return its frame."""
    dashboard = page.frame_locator("iframe")
    expect(dashboard.get_by_role("heading", name="Kept as a secret")).to_be_visible(timeout=30_000)
    found = dashboard.frame_locator(FRAME).locator("body").element_handle().owner_frame()
    assert found is not None
    found.wait_for_function("() => window.laydown?.state().ready")
    return found


@pytest.mark.parametrize("origin", ["same", "other"])
def test_behind_a_host_the_map_shows_share_keeps_the_path_and_the_host_learns_the_camera(
    browser: Browser, host: Host, origin: str
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{getattr(host, origin)}/?q=base")
    the_map = map_of(page)
    assert the_map.evaluate("laydown.state().shown.sites") == 1, "page and map are of the same data"

    the_map.evaluate("void map.setView([34.5, 38.25], 7, { animate: false })")
    page.wait_for_function("new URL(location.href).searchParams.get('map') === '7/34.5000/38.2500'")
    assert "q=base" in page.url

    # Its visitor goes back: the host says where to, and the map follows.
    back = {"stCommVersion": 1, "type": "UPDATE_FROM_QUERY_PARAMS", "queryParams": "?q=only&map=6/33.5000/38.0000"}
    page.evaluate("back => frame.contentWindow.postMessage(back, '*')", back)
    the_map.wait_for_function("() => laydown.state().camera.zoom === 6")
    the_map.evaluate("void map.setView([34.25, 38.5], 7, { animate: false })")
    page.wait_for_function("new URL(location.href).searchParams.get('map') === '7/34.2500/38.5000'")
    assert "q=only" in page.url, (
        "the page's own address has followed, so what it tells is not older than what it was told"
    )

    dashboard = page.frame_locator("iframe")
    dashboard.get_by_role("button", name="Share").click()
    dialog = dashboard.get_by_role("dialog", name="Share this view")
    query = "?map=7/34.2500/38.5000&q=only"
    base = f"{host.same}{PREFIX}"
    expect(dialog.get_by_text(f"{base}{query}", exact=True)).to_be_visible()
    dialog.get_by_role("tab", name="Embed").click()
    expect(dialog.get_by_role("link", name="Open the embed")).to_have_attribute("href", f"{base}embed{query}")
    dialog.get_by_role("tab", name="Files").click()
    row = dialog.get_by_role("listitem").filter(has_text=re.compile("^Sites"))
    expect(row.get_by_role("link", name="CSV")).to_have_attribute("href", f"{base}export/sites.csv{query}")
    embed = context.new_page()
    embed.goto(f"{base}embed{query}")
    embed.wait_for_function("() => window.laydown?.state().ready")
    context.close()
    assert wrong == []
