"""A shared cache (RFC 9111) in front of all else, for answers that stay as they are: documents by their stamp.

A hit is answered on the event loop, before middleware and threads. Requests for the same that come while it is made
wait for it (single flight, request collapsing), and it is made though whoever asked first has left.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.catalog.opened import PREFIX
from components.catalog.sets import SET

MOST_BYTES: Final = 4_000_000
"""Of all answers that are kept: a thousand or so. Those that were asked for last are."""
LARGEST: Final = 200_000
"""Bytes of an answer that is kept."""

Key = tuple[str, tuple[tuple[str, str], ...], bool]
"""Path, query in order, and whether the client takes compressed answers."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def etag(self) -> bytes | None:
        """Its ETag."""
        return next((value for name, value in self.headers if name == b"etag"), None)

    @property
    def lasting(self) -> bool:
        """Whether it may be kept: it stays as it is under its address."""
        control = next((value for name, value in self.headers if name == b"cache-control"), b"")
        return self.status == 200 and b"immutable" in control and len(self.body) <= LARGEST


class SharedCache:
    """Middleware, outermost: GET requests under ``path`` whose query has the key ``stamp``."""

    def __init__(self, app: ASGIApp, path: str, most_bytes: int = MOST_BYTES) -> None:
        self._app = app
        self._path = path
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._making: dict[Key, asyncio.Task[Kept]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is kept, or have it made once; pass all else on."""
        if scope["type"] != "http" or scope["method"] != "GET" or self._path not in scope["path"]:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        query = tuple(sorted(parse_qsl(scope["query_string"].decode(errors="replace"), keep_blank_values=True)))
        own = any(name == SET and value.startswith(PREFIX) for name, value in query)  # it goes with its visitor
        if own or not any(name == "stamp" for name, _ in query):
            await self._app(scope, receive, send)
            return
        key = (scope["path"], query, b"gzip" in headers.get(b"accept-encoding", b""))
        kept = self._kept.get(key)
        if kept is None:
            kept = await self._made(key, scope)
        else:
            self._kept.move_to_end(key)
        await _sent(kept, headers, send)

    async def _made(self, key: Key, scope: Scope) -> Kept:
        task = self._making.get(key)
        if task is None:
            # Of its own: it goes on for the others, and for the next, when whoever asked first has left.
            task = self._making[key] = asyncio.create_task(self._make(key, scope))
            task.add_done_callback(lambda _: self._making.pop(key))
        return await asyncio.shield(task)

    async def _make(self, key: Key, scope: Scope) -> Kept:
        kept = await _asked(self._app, scope)
        if kept.lasting:
            self._kept[key] = kept
            self._bytes += len(kept.body)
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)
        return kept


async def _asked(app: ASGIApp, scope: Scope) -> Kept:
    """Return the whole answer of ``app``, without what depends on what the client has already."""
    passed_on = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
    begun: list[Message] = []
    body = bytearray()
    never = asyncio.Event()
    asked = False

    async def received() -> Message:
        nonlocal asked
        if asked:
            await never.wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message)
        else:
            body.extend(message.get("body", b""))

    await app({**scope, "headers": passed_on}, received, sent)
    return Kept(begun[0]["status"], tuple(begun[0]["headers"]), bytes(body))


async def _sent(kept: Kept, headers: Mapping[bytes, bytes], send: Send) -> None:
    named = [tag.strip().removeprefix(b"W/") for tag in headers.get(b"if-none-match", b"").split(b",")]
    unchanged = kept.etag is not None and kept.etag.removeprefix(b"W/") in named
    told = [pair for pair in kept.headers if not (unchanged and pair[0] in (b"content-length", b"content-encoding"))]
    await send({"type": "http.response.start", "status": 304 if unchanged else kept.status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if unchanged else kept.body})
