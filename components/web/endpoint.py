"""What programs and other sites' pages may read here: GET and HEAD, from any origin, sent again only when changed."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from anyio import CancelScope, CapacityLimiter, create_task_group, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

import components
from components.catalog.catalog import Catalog
from components.settings import public_url
from components.web.query import BadQueryError, refused

METHODS: Final = "GET, HEAD, OPTIONS"
OPEN: Final[Mapping[str, str]] = {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag"}
"""What every answer says to a browser for another origin's page (Fetch standard, CORS protocol): nothing is secret."""
PREFLIGHT: Final[Mapping[str, str]] = {
    "allow": METHODS,
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "If-None-Match",
    "access-control-max-age": "86400",
}

AT_ONCE: Final = 8
"""Answers that an endpoint makes at the same time: they share one interpreter, more would make none sooner."""
RETRY_AFTER: Final = 30
"""Seconds after which to ask again where too many wait."""

Answer = Callable[[Request], Response]


class Turns:
    """How many answers of a kind are made at the same time; others wait their turn, and hold up nothing else.

    ``waiting``: how many may, None: any number.
    """

    def __init__(self, at_once: int, waiting: int | None = None) -> None:
        self._limiter = CapacityLimiter(at_once)
        self._waiting = waiting

    @property
    def full(self) -> bool:
        """Whether nobody more may wait."""
        return self._waiting is not None and self._limiter.statistics().tasks_waiting >= self._waiting

    async def take(self, request: Request) -> bool:
        """Wait until it is the turn of ``request``; return False, without a turn, if its client leaves before."""
        taken = False
        async with create_task_group() as group:
            group.start_soon(_left, request, group.cancel_scope)
            await self._limiter.acquire_on_behalf_of(request)
            taken = True
            group.cancel_scope.cancel()
        return taken

    def give_back(self, request: Request) -> None:
        """End the turn of ``request``."""
        self._limiter.release_on_behalf_of(request)


async def _left(request: Request, waiting: CancelScope) -> None:
    """Cancel ``waiting`` when the client leaves: after its body, which nobody reads, that alone is told."""
    message = await request.receive()
    while message.get("more_body"):
        message = await request.receive()
    if message["type"] != "http.disconnect":
        message = await request.receive()
    if message["type"] == "http.disconnect":
        waiting.cancel()


class Reading:
    """An ASGI endpoint that a plain function answers, in a thread, for pages of any origin.

    It is not asked for a client who has left when its turn comes. ``turns``: those of this endpoint, or of several.
    """

    def __init__(self, answer: Answer, turns: Turns | None = None) -> None:
        self._answer = answer
        self._turns = turns or Turns(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of any method: what is not for reading with 405 (RFC 9110, 15.5.6)."""
        request = Request(scope, receive)
        if self._turns.full:
            error = "many are waiting for this already; ask again in a while"
            response = failed(error, 503, {"retry-after": str(RETRY_AFTER)})
        elif await self._turns.take(request):
            try:
                response = await to_thread.run_sync(self._answered, request)
            finally:
                self._turns.give_back(request)
        else:
            return
        response.headers.update(OPEN)
        await response(scope, receive, send)

    def _answered(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        if request.method not in ("GET", "HEAD"):
            return failed(f"{request.method[:20]} is not answered here, only {METHODS}", 405, {"allow": METHODS})
        try:
            return self._answer(request)
        except BadQueryError as error:
            return refused(error.faults)


def failed(error: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error that is no fault of the query's, in the same shape as one that is."""
    return JSONResponse({"error": error, "faults": []}, status, headers)


def base_of(request: Request) -> str:
    """Return the address of the page that this server serves, with a slash at its end."""
    root = request.scope.get("root_path", "").rstrip("/")
    return public_url() or f"{request.url.scheme}://{request.url.netloc}{root}/"


def kept(
    request: Request,
    catalog: Catalog,
    build: Callable[[], Response],
    cache: str = "no-cache",
    asked: str | None = None,
) -> Response:
    """Return what ``build`` makes, with a strong ETag; or 304, without making it, where the asker has it already.

    It is the same bytes as long as the address, the data and this program are (RFC 9110, 8.8.3). Compressed it is
    other bytes, so the ETag tells those apart too. ``asked`` is the query where several ways to write it mean the same.
    """
    scope = request.scope
    query = scope["query_string"] if asked is None else asked.encode()
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    text = f"{base_of(request)} {scope['path']} {catalog.version} {components.__version__} {zipped} "
    etag = f'"{hashlib.sha256(text.encode() + query).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": cache, "vary": "Accept-Encoding"}
    unchanged = Response(status_code=304, headers=headers)
    # Compared weakly; * names whatever there is (RFC 9110, 13.1.2).
    given = ",".join(request.headers.getlist("if-none-match"))
    held = [part.strip().removeprefix("W/") for part in given.split(",")]
    if etag in held:
        return unchanged
    response = build()
    if response.status_code == 200:
        response.headers.update(headers)
        return unchanged if held == ["*"] else response
    return response
