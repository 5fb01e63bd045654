"""The page's head as its link asks: title, description and picture, for those who read a page without running it.

Streamlit sends one and the same document for every link; a chat, a search engine or a citation tool reads no more.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.catalog.catalog import open_catalog
from components.export.card import link_card
from components.view.link import read_link
from components.web.query import own_params
from components.web.reading import base_of

_TITLE: Final = re.compile(r"<title>[^<]*</title>")


class PageHead:
    """Middleware that writes the head of the page at the server's root."""

    def __init__(self, app: ASGIApp, folder: Callable[[], Path], base: str = "") -> None:
        self._app = app
        self._folder = folder
        self._base = f"/{base.strip('/')}".rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; of the page's document, hold back the answer until its head is written."""
        root = scope.get("root_path", "") + self._base
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"] != f"{root}/":
            await self._app(scope, receive, send)
            return
        # Two links have two heads: what the server below would say is unchanged may not be.
        kept = [pair for pair in scope["headers"] if pair[0] not in (b"if-none-match", b"if-modified-since", b"range")]
        head = await run_in_threadpool(self._head, Request({**scope, "root_path": root}))
        begun: list[Message] = []
        body = bytearray()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await _sent(send, begun[0], bytes(body), head)

        await self._app({**scope, "headers": kept}, receive, sent)

    def _head(self, request: Request) -> str:
        catalog = open_catalog(self._folder())
        view, _ = read_link(own_params(request), catalog)
        card = link_card(catalog, view, base_of(request))
        feed = '<link rel="alternate" type="application/atom+xml" title="Newest rows" href="feed.atom">'
        return f"<title>{escape(card.title)} · Laydown</title>\n{card.meta()}\n{feed}"


async def _sent(send: Send, start: Message, body: bytes, head: str) -> None:
    headers = dict(start["headers"])
    if headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers:
        body = _TITLE.sub(lambda _: head, body.decode(), count=1).encode()
        changed = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
        start["headers"] = [pair for pair in start["headers"] if pair[0].lower() not in changed]
        start["headers"].append((b"content-length", str(len(body)).encode()))
    await send(start)
    await send({"type": "http.response.body", "body": body})
