"""Several data sets on one server: what a request is about is the set that its link names.

Of data that a visitor opened for themselves only they are answered, by a cookie, and no cache on the way keeps it.
"""

import asyncio
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.catalog.opened import COOKIE, GONE, PREFIX, WAIT_SECONDS, opened_data
from components.catalog.sets import SET, choosing, folder_of

PRIVATE = "private, no-store"
"""The Cache-Control of what only one visitor may see."""


class ChosenSet:
    """Middleware: while a request is answered, ``chosen_folder()`` is the folder of the set in its query."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._page = f"/{base.strip('/')}".rstrip("/") + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        query = parse_qs(scope.get("query_string", b"").decode(errors="replace"))
        name = query.get(SET, [""])[-1]
        if scope["type"] == "websocket" and (visitor := visitor_of(Headers(scope=scope))):
            await self._connected(visitor, scope, receive, send)
            return
        if scope["type"] != "http" or not name.startswith(PREFIX):
            with choosing(folder_of(name)):
                await self._app(scope, receive, send)
            return
        opened = opened_data().find(name, visitor_of(Headers(scope=scope)))  # held until it is answered
        if opened:
            with choosing(opened.catalog.folder):
                await self._app(scope, receive, _privately(send))
        elif scope["path"] != scope.get("root_path", "") + self._page:
            # Another set's data would be a false answer. The page says so itself, and shows the first set.
            await PlainTextResponse(GONE, 404, {"cache-control": PRIVATE})(scope, receive, send)
        else:
            with choosing(folder_of("")):
                await self._app(scope, receive, send)

    async def _connected(self, visitor: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a visitor's page on, and what they opened with it; let go of that some time after they have left."""
        try:
            with opened_data().present(visitor), choosing(folder_of("")):
                await self._app(scope, receive, send)
        finally:
            asyncio.get_running_loop().call_later(WAIT_SECONDS + 1, opened_data().let_go)


def visitor_of(headers: Headers) -> str:
    """Return the secret of the visitor who sends a request; "" where they have none."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def _privately(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["cache-control"] = PRIVATE
        await send(message)

    return sent
