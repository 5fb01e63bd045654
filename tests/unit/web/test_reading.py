"""Answers that take long are made a few at a time; and where the server is, is for the deployment to say."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from components.web import embed, exports
from components.web.reading import Reading, base_of


def test_only_so_many_answers_are_made_at_once_and_all_are() -> None:
    making, most, lock, gate = 0, 0, threading.Lock(), threading.Event()

    def slow(_: Request) -> Response:
        nonlocal making, most
        with lock:
            making += 1
            most = max(most, making)
        gate.wait(20)
        with lock:
            making -= 1
        return PlainTextResponse("made")

    routes = [Route("/slow", Reading(slow, 3)), Route("/quick", Reading(lambda _: PlainTextResponse("quick")))]
    with TestClient(Starlette(routes=routes)) as client, ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(client.get, "/slow") for _ in range(50)]
        assert client.get("/quick").text == "quick"
        gate.set()
        assert {one.result().text for one in asked} == {"made"}
    assert 1 <= most <= 3


@pytest.mark.parametrize(("routes", "path"), [(exports.routes, "/export/{name}"), (embed.routes, "/preview.png")])
def test_files_and_pictures_wait_their_turn(root, routes, path: str) -> None:
    [route] = [route for route in routes(lambda: root / "data") if route.path == path]
    assert route.endpoint._turns.total_tokens == 2


@pytest.mark.parametrize(
    ("given", "root_path", "expected"),
    [
        ("", "", "http://testserver/"),
        ("", "/foo", "http://testserver/foo/"),
        ("https://map.example.org/a", "/foo", "https://map.example.org/a/"),
    ],
)
def test_where_the_server_is(monkeypatch, given: str, root_path: str, expected: str) -> None:
    monkeypatch.setenv("LAYDOWN_URL", given)
    app = Starlette(routes=[Route("/at", lambda request: PlainTextResponse(base_of(request)))])
    assert TestClient(app, root_path=root_path).get(f"{root_path}/at").text == expected
