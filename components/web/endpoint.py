"""Endpoints that are only read: GET and HEAD, by pages of any origin, few answers at a time, errors as JSON."""

from collections.abc import Callable, Mapping
from typing import Final

from anyio import CancelScope, CapacityLimiter, create_task_group, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from components.settings import public_url
from components.web.answers import AnswerResponse, Error
from components.web.cors import ANY_ORIGIN, METHODS, preflight
from components.web.query import BadQueryError, bad_query

AT_ONCE: Final = 8
"""Answers that an endpoint makes at the same time: they share one interpreter, more would make none sooner."""
MOST_WAITING: Final = 20
"""Requests that wait for a picture, a file, a search or rows of the API: who comes then is refused, and asks again."""
RETRY_AFTER: Final = 30
"""Seconds after which to ask again where too many wait."""

Answer = Callable[[Request], Response]


class ConcurrencyLimit:
    """At most ``at_once`` answers are made at a time; further requests queue, without holding up other endpoints.

    ``waiting``: how long the queue may grow before requests are refused; None: any length.
    """

    def __init__(self, at_once: int, waiting: int | None = None) -> None:
        self._limiter = CapacityLimiter(at_once)
        self._waiting = waiting

    @property
    def full(self) -> bool:
        """Whether the queue is full."""
        return self._waiting is not None and self._limiter.statistics().tasks_waiting >= self._waiting

    async def acquire(self, request: Request) -> bool:
        """Wait until ``request`` may be answered; return False, holding nothing, if its client disconnects first."""
        acquired = False
        async with create_task_group() as group:
            group.start_soon(_cancel_on_disconnect, request, group.cancel_scope)
            await self._limiter.acquire_on_behalf_of(request)
            acquired = True
            group.cancel_scope.cancel()
        return acquired

    def release(self, request: Request) -> None:
        """Let the next request in the queue have the place of ``request``."""
        self._limiter.release_on_behalf_of(request)


async def _cancel_on_disconnect(request: Request, waiting: CancelScope) -> None:
    """Cancel ``waiting`` when the client disconnects: after the body, which nobody reads, no other message can come."""
    message = await request.receive()
    while message.get("more_body"):
        message = await request.receive()
    if message["type"] != "http.disconnect":
        message = await request.receive()
    if message["type"] == "http.disconnect":
        waiting.cancel()


class ReadOnlyEndpoint:
    """An ASGI endpoint that a plain function answers in a thread, for pages of any origin.

    The function is not called for a client that disconnected while its request was queued. ``limit``: of this endpoint,
    or shared by several.
    """

    def __init__(self, answer: Answer, limit: ConcurrencyLimit | None = None) -> None:
        self._answer = answer
        self._limit = limit or ConcurrencyLimit(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of any method; one that would write gets 405 (RFC 9110, 15.5.6)."""
        request = Request(scope, receive)
        if self._limit.full:
            error = "many are waiting for this already; ask again in a while"
            response = error_response(error, 503, {"retry-after": str(RETRY_AFTER)})
        elif await self._limit.acquire(request):
            try:
                response = await to_thread.run_sync(self._answered, request)
            finally:
                self._limit.release(request)
        else:
            return
        response.headers.update(ANY_ORIGIN)
        await response(scope, receive, send)

    def _answered(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return error_response(
                f"{request.method[:20]} is not answered here, only {METHODS}", 405, {"allow": METHODS}
            )
        try:
            return self._answer(request)
        except BadQueryError as error:
            return bad_query(error.faults)


def error_response(error: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error that is not in the query, in the same shape as ``bad_query`` has."""
    return AnswerResponse(Error(error=error, faults=[]), status, headers)


def base_of(request: Request) -> str:
    """Return the address of the page that this server serves, with a slash at its end."""
    root = request.scope.get("root_path", "").rstrip("/")
    return public_url() or f"{request.url.scheme}://{request.url.netloc}{root}/"
