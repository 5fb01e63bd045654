"""Websockets to Streamlit: origin check (cross-site websocket hijacking) and rate limit (token bucket)."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.settings import public_url

BURST: Final = 5
"""Messages that a socket may send at once."""
PER_SECOND: Final = 1
"""Messages a second that a socket may go on sending: the page sends one for each act of its visitor."""
SHARED_BURST: Final = 20
SHARED_PER_SECOND: Final = 6
"""Messages a second that all sockets which send more share: ten of them may be one client's."""
FOREIGN: Final = 1008
NO_TEXT: Final = 1003
"""Close codes (RFC 6455, 7.4.1): a policy is violated, or the data is of a kind that is not accepted."""
_PORTS: Final = {"http": 80, "https": 443}


class WebSocketGuard:
    """Middleware before Streamlit's websockets. It

    - refuses those that a page of another site opens, before Streamlit, which would ask a host outside;
    - lets a socket that sends faster than PER_SECOND wait, and thereby its sender, in turn with others that do;
    - closes those that send text, of which Streamlit understands none;
    - keeps the path of ``page``, Streamlit's script, to itself.
    """

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self._app = app
        self._path = str(page).encode()
        self._shared = TokenBucket(SHARED_BURST, SHARED_PER_SECOND)
        # As long as the path is: it stands in a message that says how long it is.
        self._named = page.name.encode().rjust(len(self._path), b"/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a websocket on, or close it; let all else pass."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        own = own_host(Headers(scope=scope))
        if own is None:
            await send({"type": "websocket.close", "code": FOREIGN})
            return
        pace = TokenBucket(BURST, PER_SECOND)

        async def received() -> Message:
            if not pace.spare():
                await asyncio.sleep(self._shared.wait())
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes") is None:
                await send({"type": "websocket.close", "code": NO_TEXT})
                return {"type": "websocket.disconnect", "code": NO_TEXT}
            return message

        async def sent(message: Message) -> None:
            if self._path in (message.get("bytes") or b""):
                message = {**message, "bytes": message["bytes"].replace(self._path, self._named)}
            await send(message)

        await self._app(_at(scope, own), received, sent)


class TokenBucket:
    """How long a sender must wait, who may send ``burst`` messages at once and then ``per_second``."""

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = burst
        self._per_second = per_second
        self._clock = clock
        self._left = float(burst)
        self._at = clock()

    def wait(self) -> float:
        """Return the seconds that the next message has to wait, and count it."""
        self._refill()
        self._left -= 1
        return max(0.0, -self._left / self._per_second)

    def spare(self) -> bool:
        """Return whether the next message need not wait, and then count it."""
        self._refill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def _refill(self) -> None:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now


def own_host(headers: Headers) -> str | None:
    """Return the Host that a websocket's opener has it under, None where a page of another site opens it.

    A browser says by Origin which page opens it, and no page can change that, nor Host or X-Forwarded-Host; behind a
    proxy that keeps neither, LAYDOWN_URL says where the server is. A program may leave Origin out: it could as well
    forge it.
    """
    host = headers.get("host", "")
    origins = headers.getlist("origin")
    if not origins:
        return host
    forwarded = headers.get("x-forwarded-host", "").split(",")[0].strip()
    origin = _place(origins[0])
    scheme = urlsplit(origins[0]).scheme if origin else ""
    ours = {_place(url) for url in (f"{scheme}://{host}", f"{scheme}://{forwarded}", public_url())}
    return urlsplit(origins[0]).netloc if len(origins) == 1 and origin and origin in ours else None


def _place(url: str) -> tuple[str, int] | None:
    """Return the host and the port of a URL, None for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname.lower(), port) if parts.hostname and port and parts.scheme in _PORTS else None


def _at(scope: Scope, host: str) -> Scope:
    """Return ``scope`` with Host as its opener has it: Streamlit compares the two in its own way."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    if headers.get("host", "") != host:
        headers["host"] = host
    return {**scope, "headers": headers.raw}
