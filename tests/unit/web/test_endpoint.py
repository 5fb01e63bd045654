"""Answers that take long are made a few at a time; and where the server is, is for the deployment to say."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from components.web import embed, exports
from components.web.endpoint import AT_ONCE, ConcurrencyLimit, ReadOnlyEndpoint, base_of
from components.web.server import routes


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

    routes = [
        Route("/slow", ReadOnlyEndpoint(slow, ConcurrencyLimit(3))),
        Route("/quick", ReadOnlyEndpoint(lambda _: PlainTextResponse("quick"))),
    ]
    with TestClient(Starlette(routes=routes)) as client, ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(client.get, "/slow") for _ in range(50)]
        assert client.get("/quick").text == "quick"
        gate.set()
        assert {one.result().text for one in asked} == {"made"}
    assert 1 <= most <= 3


def test_files_and_pictures_wait_their_turn_and_light_ones_for_no_heavy_one(root) -> None:
    turns = {
        route.path: route.endpoint._limit
        for make in (exports.routes, embed.routes)
        for route in make(lambda: root / "data")
    }
    assert {path: of._limiter.total_tokens for path, of in turns.items()} == {
        **{f"/export/view.{ending}": 2 for ending in ("kml", "xlsx", "html", "png")},
        "/export/data.zip": 2,
        "/export/{name}": 4,
        "/embed": AT_ONCE,
        "/preview.png": 2,
    }
    assert turns["/export/view.png"] is turns["/export/view.xlsx"] is not turns["/export/{name}"]
    assert {of._waiting for path, of in turns.items() if path != "/embed"} == {20}


class Client:
    """One request to an ASGI app, whose sender may leave."""

    def __init__(self, app: ReadOnlyEndpoint) -> None:
        self._gone = asyncio.Event()
        self._begun = False
        self.messages: list[Message] = []
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
        self.asked = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        if not self._begun:
            self._begun = True
            return {"type": "http.request", "body": b""}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.messages.append(message)

    def leave(self) -> None:
        self._gone.set()

    @property
    def status(self) -> int:
        return self.messages[0]["status"]


def test_nothing_is_made_for_those_who_have_left_nor_for_too_many() -> None:
    made, gate = [], threading.Event()

    def slow(request: Request) -> Response:
        made.append(request)
        gate.wait(20)
        return PlainTextResponse("made")

    async def talk() -> None:
        turns = ConcurrencyLimit(1, waiting=3)
        app = ReadOnlyEndpoint(slow, turns)

        async def waiting(count: int) -> None:
            while turns._limiter.statistics().tasks_waiting != count:
                await asyncio.sleep(0.001)

        first = Client(app)
        while not made:
            await asyncio.sleep(0.001)
        others = [Client(app) for _ in range(3)]
        await waiting(3)
        refused = Client(app)
        await refused.asked
        assert refused.status == 503
        assert dict(refused.messages[0]["headers"])[b"retry-after"].isdigit()
        for one in others[:2]:
            one.leave()
        await waiting(1)
        last = Client(app)
        await waiting(2)
        first.leave()  # too late: it is being made, and keeps its turn
        await asyncio.sleep(0)
        assert len(made) == 1
        gate.set()
        await asyncio.gather(*(one.asked for one in (first, *others, last)))
        assert [one.messages for one in others[:2]] == [[], []]
        assert others[2].status == last.status == 200
        assert len(made) == 3

    asyncio.run(asyncio.wait_for(talk(), 30))


def test_an_answer_that_fails_gives_its_turn_back() -> None:
    def fail(_: Request) -> Response:
        raise LookupError

    async def talk() -> None:
        app = ReadOnlyEndpoint(fail, ConcurrencyLimit(1))
        for _ in range(3):
            with pytest.raises(LookupError):
                await Client(app).asked

    asyncio.run(asyncio.wait_for(talk(), 30))


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


@pytest.mark.parametrize("path", ["/preview.png", "/export/view.csv", "/suggest.json", "/api/v1/incidents"])
def test_pictures_files_searches_and_the_api_refuse_who_comes_too_late(root, monkeypatch, path: str) -> None:
    monkeypatch.setattr(ConcurrencyLimit, "full", property(lambda limit: limit._waiting is not None))
    answer = TestClient(Starlette(routes=routes(lambda: root / "data"))).get(path)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "ask again" in answer.json()["error"]
