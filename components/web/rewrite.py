"""Rewriting of HTML that Streamlit serves: its head, and the guard in its components' documents."""

from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEFT_OUT: Final = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
"""Request headers that are not passed on: what Streamlit calls unchanged (304) may have changed by what is written into
it, and a part of a document (Range) or compressed bytes cannot be written into."""
_OUTDATED: Final = (b"content-length", b"etag", b"last-modified", b"accept-ranges")


async def rewrite_html(app: ASGIApp, scope: Scope, receive: Receive, send: Send, write: Callable[[str], str]) -> None:
    """Pass an HTTP request on; buffer its answer and, where it is an HTML document, send what ``write`` makes of it."""
    passed_on = [pair for pair in scope["headers"] if pair[0] not in _LEFT_OUT]
    begun: list[Message] = []
    body = bytearray()

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message)
            return
        body.extend(message.get("body", b""))
        if not message.get("more_body"):
            await _sent(send, begun[0], bytes(body), write)

    await app({**scope, "headers": passed_on}, receive, sent)


async def _sent(send: Send, start: Message, body: bytes, write: Callable[[str], str]) -> None:
    headers = dict(start["headers"])
    if headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers:
        body = write(body.decode()).encode()
        start["headers"] = [pair for pair in start["headers"] if pair[0].lower() not in _OUTDATED]
        start["headers"].append((b"content-length", str(len(body)).encode()))
    await send(start)
    await send({"type": "http.response.body", "body": body})
