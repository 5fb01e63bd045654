"""Middleware of every answer: security headers, and a limit to the query's length."""

import re
from collections.abc import Callable
from typing import Final

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.map.basemaps import tile_hosts
from components.web.cors import ANY_ORIGIN
from components.web.query import MAX_QUERY

FAILED: Final = "Something went wrong here, and the server's log says what. Try again later."
_ANCESTORS: Final = re.compile(r"[\w:/.*' -]+")
"""Characters of a list of frame ancestors: none that separates directives (header injection)."""


def page_policy(ancestors: str) -> str:
    """Return the page's Content-Security-Policy; ``ancestors`` may show it in a frame.

    streamlit-folium runs the map's script by eval and as inline script; nothing may come from or go elsewhere, but the
    images of an online basemap that the visitor chooses.
    """
    if not _ANCESTORS.fullmatch(ancestors):
        raise ValueError(
            f"LAYDOWN_FRAME_ANCESTORS: {ancestors!r} is no list of sites; write 'self' https://example.org"
        )
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        f"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: {' '.join(tile_hosts())}; "
        "connect-src 'self'; worker-src 'self' blob:; font-src 'self' data:; "
        f"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {ancestors}"
    )


def security_headers(ancestors: str) -> dict[str, str]:
    """Return the headers of every answer that does not bring its own."""
    return {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        # COOP: other windows get no reference to the page's, through which they could send messages to the map.
        "cross-origin-opener-policy": "same-origin",
        "content-security-policy": page_policy(ancestors),
    }


def middleware(ancestors: Callable[[], str]) -> list[Middleware]:
    """Return what every answer passes through, the outermost first; ``ancestors`` as of ``page_policy``, when asked."""
    return [Middleware(SecurityHeaders, ancestors=ancestors), Middleware(QueryLimit)]


class SecurityHeaders:
    """Middleware that adds headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp, ancestors: Callable[[], str]) -> None:
        self._app = app
        self._ancestors = ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                own = {name.lower() for name, _ in message["headers"]}
                headers = security_headers(self._ancestors())
                more = [(name.encode(), value.encode()) for name, value in headers.items() if name.encode() not in own]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception:
            # Starlette's own answer to it is made outside of all middleware, so without the headers.
            if not begun:
                await PlainTextResponse(FAILED, 500, ANY_ORIGIN)(scope, receive, sent)
            raise


class QueryLimit:
    """Middleware that refuses a query longer than MAX_QUERY, before anyone reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and len(scope.get("query_string", b"")) > MAX_QUERY:
            text = f"The query is longer than {MAX_QUERY:,} characters. Choose fewer values, or none for all."
            await PlainTextResponse(text, 414, ANY_ORIGIN)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
