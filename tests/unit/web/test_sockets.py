"""Who may open a websocket, and how much it may send."""

import asyncio
import logging
import tomllib

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config, net_util
from streamlit.web import bootstrap
from streamlit.web.server.starlette import starlette_websocket

from components.web import logs
from components.web.server import PAGE_SCRIPT, middleware
from components.web.sockets import (
    BURST,
    PER_SECOND,
    SHARED_BURST,
    SHARED_PER_SECOND,
    TokenBucket,
    WebSocketGuard,
    own_host,
)


@pytest.fixture
def offline(monkeypatch, root):
    """Streamlit with the repository's settings, which may ask no one where it is."""

    def asked(*_: object, **__: object) -> str:
        raise AssertionError("Streamlit asks outside for its own address")

    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_internal_ip", None)
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(net_util, name, asked)
    monkeypatch.chdir(root)
    config.get_config_options(force_reparse=True)


async def echo(websocket: WebSocket) -> None:
    """Streamlit's own beginning; then each message back, and what its Host is."""
    headers = websocket.headers
    if not starlette_websocket._is_origin_allowed(headers.get("origin"), headers.get("host")):
        await websocket.close(1008)
        return
    await websocket.accept()
    await websocket.send_text(headers["host"])
    try:
        while True:
            await websocket.send_bytes(await websocket.receive_bytes())
    except WebSocketDisconnect:
        pass


def client_of(root) -> TestClient:
    return TestClient(Starlette(routes=[WebSocketRoute("/stream", echo)], middleware=middleware(lambda: root / "data")))


OPENED = [
    # Origin, Host, X-Forwarded-Host, LAYDOWN_URL, whether it may
    ("http://localhost:8501", "localhost:8501", "", "", True),
    ("http://127.0.0.1:8501", "127.0.0.1:8501", "", "", True),
    ("http://[::1]:8501", "[::1]:8501", "", "", True),
    ("http://Posture.example.org:8501", "posture.example.org:8501", "", "", True),
    ("https://map.example.org", "map.example.org", "", "", True),
    ("https://map.example.org", "map.example.org:443", "", "", True),
    ("https://map.example.org", "laydown:8501", "", "https://map.example.org/posture/", True),
    ("https://map.example.org", "laydown:8501", "map.example.org, inner", "", True),
    (None, "localhost:8501", "", "", True),
    ("https://evil.example", "localhost:8501", "", "", False),
    ("https://evil.example", "laydown:8501", "map.example.org", "https://map.example.org", False),
    ("http://localhost:8501", "127.0.0.1:8501", "", "", False),
    ("http://localhost:3000", "localhost:8501", "", "", False),
    ("http://map.example.org", "laydown:8501", "", "https://map.example.org", False),
    ("https://map.example.org.evil.example", "map.example.org", "", "", False),
    ("null", "localhost:8501", "", "", False),
    ("", "localhost:8501", "", "", False),
    ("file://", "localhost:8501", "", "", False),
    ("http://[evil", "localhost:8501", "", "", False),
    ("http://localhost:x", "localhost:8501", "", "", False),
]


@pytest.mark.parametrize(("origin", "host", "forwarded", "url", "may"), OPENED)
def test_a_websocket_opens_for_our_own_page_only_and_no_one_is_asked(
    root, monkeypatch, offline, origin, host: str, forwarded: str, url: str, may: bool
) -> None:
    monkeypatch.setenv("LAYDOWN_URL", url)
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    headers |= {"x-forwarded-host": forwarded} if forwarded else {}
    if may:
        with client_of(root).websocket_connect("/stream", headers=headers) as socket:
            assert socket.receive_text() == (host if origin is None else origin.partition("//")[2])
    else:
        with pytest.raises(WebSocketDisconnect), client_of(root).websocket_connect("/stream", headers=headers):
            pass


def test_two_origins_are_none() -> None:
    twice = [(b"host", b"a.org"), (b"origin", b"http://a.org"), (b"origin", b"http://b.org")]
    assert own_host(Headers(raw=twice)) is None


def test_a_start_asks_no_one_where_it_is(offline, capsys) -> None:
    bootstrap._print_url(False)
    assert "URL: http://localhost:" in capsys.readouterr().out


def test_nothing_is_uploaded_and_no_message_is_longer_than_two_megabytes(root, monkeypatch) -> None:
    server = tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))["server"]
    assert (server["maxUploadSize"], server["maxMessageSize"]) == (0, 2)


def test_text_closes_a_websocket_without_a_word_in_the_log(root, caplog) -> None:
    with client_of(root).websocket_connect("/stream") as socket:
        socket.receive_text()
        socket.send_bytes(b"one")
        assert socket.receive_bytes() == b"one"
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
        assert closed.value.code == 1003
    assert caplog.records == []


def test_the_scripts_place_is_not_told(root) -> None:
    path = str(PAGE_SCRIPT).encode()
    with client_of(root).websocket_connect("/stream") as socket:
        socket.receive_text()
        socket.send_bytes(b"\x0a" + path + b"\x12")
        got = socket.receive_bytes()
    assert len(got) == len(path) + 2, "it stands where its length is said"
    assert path not in got
    assert got.endswith(b"/page.py\x12")


def test_whoever_sends_without_end_waits_and_whoever_does_not_does_not() -> None:
    now = [0.0]
    pace = TokenBucket(BURST, PER_SECOND, lambda: now[0])
    assert {pace.wait() for _ in range(BURST)} == {0}
    for n in range(1, 10):
        assert pace.wait() == pytest.approx(n / PER_SECOND)
    now[0] += 1e6
    assert {pace.wait() for _ in range(BURST)} == {0}
    assert pace.wait() > 0


def test_what_is_spare_is_counted_and_nothing_is_owed() -> None:
    now = [0.0]
    pace = TokenBucket(2, 1, lambda: now[0])
    assert [pace.spare() for _ in range(4)] == [True, True, False, False]
    now[0] = 1
    assert [pace.spare(), pace.spare()] == [True, False]


@pytest.mark.e2e
@pytest.mark.parametrize("sockets", [1, 10])
def test_a_flood_by_however_many_sockets_is_passed_on_at_one_pace(sockets: int) -> None:
    passed: list[int] = []
    least = BURST * sockets + SHARED_BURST

    async def app(scope, receive, send) -> None:
        while True:
            await receive()
            passed.append(1)

    async def flood():
        return {"type": "websocket.receive", "bytes": b"rerun"}

    async def nowhere(_: object) -> None:
        pass

    async def for_a_second() -> None:
        guard = WebSocketGuard(app, PAGE_SCRIPT)
        scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"a.org")]}
        floods = [asyncio.create_task(guard(scope, flood, nowhere)) for _ in range(sockets)]
        await asyncio.sleep(1)
        for task in floods:
            task.cancel()

    asyncio.run(for_a_second())
    assert least <= len(passed) <= least + 2 * (sockets * PER_SECOND + SHARED_PER_SECOND)


def test_a_traceback_that_one_client_brings_about_is_told_a_few_times(caplog) -> None:
    now = [0.0]
    logger = logging.getLogger("tests.told")
    logger.addFilter(logs.TracebackLimit(lambda: now[0]))

    def fail() -> None:
        try:
            raise ValueError
        except ValueError:
            logger.exception("Error processing back message")

    for _ in range(100):
        fail()
    logger.error("Another, without a traceback")
    assert len(caplog.records) == logs.MOST + 1
    now[0] += logs.PERIOD
    fail()
    assert caplog.messages[-1] == f"Error processing back message ({100 - logs.MOST} more in the time before)"


def test_the_log_is_limited_once(root) -> None:
    middleware(lambda: root / "data")
    middleware(lambda: root / "data")
    for name in logs.LOGGERS:
        assert [type(found) for found in logging.getLogger(name).filters].count(logs.TracebackLimit) == 1
