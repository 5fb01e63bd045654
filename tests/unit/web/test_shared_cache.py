"""The shared cache: what lasts is made once, whoever asks and however the query is written, and is bounded by bytes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from starlette.types import Message, Receive, Scope, Send

from components.web.immutable import FOREVER
from components.web.shared_cache import LARGEST, SharedCache

ETAG = b'"one"'


@dataclass
class Maker:
    """An app behind the cache: counts what it makes, and makes it when it is let."""

    headers: list[tuple[bytes, bytes]] = field(default_factory=lambda: [(b"cache-control", FOREVER.encode())])
    status: int = 200
    size: int = 100
    made: list[bytes] = field(default_factory=list)
    let: asyncio.Event | None = None
    broken: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made.append(scope["query_string"])
        if self.let:
            await self.let.wait()
        if self.broken:
            raise RuntimeError("broken")
        headers = [(b"etag", ETAG), (b"content-length", str(self.size).encode()), *self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * self.size})


async def ask(cache: SharedCache, query: str, path: str = "/panel/page.json", method: str = "GET", **headers: str):
    """Return status, headers and body of an answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": raw}
    await cache(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def cached(test: Callable[[Maker, SharedCache], Awaitable[None]], most: int = 1_000, **made) -> None:
    maker = Maker(**made)
    asyncio.run(test(maker, SharedCache(maker, "/panel", most)))


@pytest.mark.parametrize(
    ("queries", "made"),
    [
        (["from=1&to=2&stamp=a", "from=1&to=2&stamp=a"], 1),
        (["from=1&to=2&stamp=a", "stamp=a&to=2&from=1"], 1),
        (["q=a%20b&stamp=a", "q=a+b&stamp=a"], 1),
        (["kind=a&kind=b&stamp=a", "kind=b&kind=a&stamp=a"], 1),
        (["from=1&stamp=a", "from=1&stamp=b"], 2),
        (["from=1&stamp=a", "from=1&to=&stamp=a"], 2),
        (["from=1", "from=1"], 2),
    ],
)
def test_the_same_link_is_made_once_however_it_is_written(queries: list[str], made: int) -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        for query in queries:
            assert await ask(cache, query) == await ask(cache, query)
        assert len(set(maker.made)) == len(maker.made) or "stamp" not in queries[0]
        assert len(maker.made) == (made if "stamp" in queries[0] else 2 * made)

    cached(test)


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/export/view.csv", "GET", None, 200),
        ("/panel/page.json", "HEAD", None, 200),
        ("/panel/page.json", "GET", [(b"cache-control", b"no-cache")], 200),
        ("/panel/page.json", "GET", None, 404),
        ("/panel/page.json", "GET", None, 503),
    ],
)
def test_what_does_not_last_is_not_kept(path: str, method: str, headers, status: int) -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        for _ in range(2):
            assert (await ask(cache, "stamp=a", path, method))[0] == status
        assert len(maker.made) == 2

    cached(test, status=status, **({"headers": headers} if headers else {}))


def test_who_asks_while_it_is_made_waits_for_it_and_who_leaves_does_not_stop_it() -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        maker.let = asyncio.Event()
        first, *others = [asyncio.create_task(ask(cache, "stamp=a")) for _ in range(20)]
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        maker.let.set()
        answers = await asyncio.gather(*others)
        assert len(maker.made) == 1
        assert {status for status, _, _ in answers} == {200}
        await ask(cache, "stamp=a")
        assert len(maker.made) == 1

    cached(test)


def test_what_fails_fails_for_all_who_wait_and_is_tried_again() -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        maker.broken = True
        came = await asyncio.gather(*(ask(cache, "stamp=a") for _ in range(3)), return_exceptions=True)
        assert [str(one) for one in came] == ["broken"] * 3
        maker.broken = False
        assert (await ask(cache, "stamp=a"))[0] == 200
        assert len(maker.made) == 2

    cached(test)


def test_it_holds_so_many_bytes_and_those_that_were_asked_for_last() -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        for n in range(10):
            await ask(cache, f"from={n}&stamp=a")
        await ask(cache, "from=0&stamp=a")
        await ask(cache, "from=10&stamp=a")  # in the place of 1
        made = len(maker.made)
        await ask(cache, "from=0&stamp=a")
        assert len(maker.made) == made
        await ask(cache, "from=1&stamp=a")
        assert len(maker.made) == made + 1

    cached(test)


def test_one_that_is_very_large_is_not_kept() -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        for _ in range(2):
            await ask(cache, "stamp=a")
        assert len(maker.made) == 2

    cached(test, most=10 * LARGEST, size=LARGEST + 1)


def test_who_has_it_is_sent_no_more_and_who_cannot_unpack_it_gets_another() -> None:
    async def test(maker: Maker, cache: SharedCache) -> None:
        status, headers, body = await ask(cache, "stamp=a", accept_encoding="gzip, br")
        assert (status, headers[b"etag"], len(body)) == (200, ETAG, maker.size)
        for named in ('"one"', 'W/"one"', '"two", "one"'):
            told = await ask(cache, "stamp=a", accept_encoding="gzip", if_none_match=named)
            assert (told[0], told[2]) == (304, b"")
            assert told[1][b"cache-control"] == FOREVER.encode()
        assert (await ask(cache, "stamp=a", accept_encoding="gzip", if_none_match='"two"'))[0] == 200
        assert len(maker.made) == 1
        await ask(cache, "stamp=a")
        assert len(maker.made) == 2

    cached(test)
