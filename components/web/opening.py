"""/open: files that a visitor drops on the page become a map for them alone, read in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Final

import anyio
from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from components.catalog.kept import unpacked
from components.catalog.opened import COOKIE, FullError, Opened, opened_data
from components.importing.message import Message
from components.importing.report import Reason, Report, Taken
from components.panels.elements import Document
from components.panels.opening import MAX_BYTES, MAX_FILES, MAX_ROWS, TOO_LARGE, opened_document, unclear_document
from components.settings import opening_allowed
from components.web.chosen_set import PRIVATE, visitor_of
from components.web.endpoint import RETRY_AFTER, ConcurrencyLimit
from components.web.sockets import own_host

PATH: Final = "/open"
AT_ONCE: Final = 1
"""Files that are read at the same time: it takes a core."""
MOST_TAKEN: Final = 5
"""Requests that are taken at the same time: each holds its files in memory, from its first byte on."""
PATIENCE_SECONDS: Final = 150.0
"""After which the process that reads files is ended."""
WORKER: Final = (sys.executable, "-m", "components.importing.worker")
ROOT: Final = Path(__file__).parents[2]


class RefusedError(Exception):
    """What was sent is not opened; the message says why, and what to do."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


class Open:
    """An ASGI endpoint: POST a message whose parts are files, get a document and, if all is well, the set's name.

    The head names the files (``names``) and, where people have said so, columns by their role (``chosen``).
    """

    def __init__(self) -> None:
        self._limit = ConcurrencyLimit(AT_ONCE)
        self._taken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except RefusedError as error:
            retry = {"retry-after": str(RETRY_AFTER)} if error.status == 503 else {}
            response = JSONResponse({"refused": str(error)}, error.status, retry)
        except ClientDisconnect:
            return
        response.headers["cache-control"] = PRIVATE
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if not opening_allowed():
            raise RefusedError("Files cannot be opened on this server.", 404)
        if request.method != "POST":
            raise RefusedError("Send files by POST.", 405)
        # Cross-site request forgery: a page of another site is not to fill this server's memory.
        if "origin" not in request.headers or own_host(request.headers) is None:
            raise RefusedError("Files are opened from this server's own page.", 403)
        if self._taken >= MOST_TAKEN or opened_data().full:
            raise RefusedError("Many are opening files here just now. Try again in a while.", 503)
        self._taken += 1
        try:
            return await self._read(request)
        finally:
            self._taken -= 1

    async def _read(self, request: Request) -> Response:
        message = _message(await _body(request))
        if not await self._limit.acquire(request):
            raise ClientDisconnect
        try:
            came = await _worked(message)
        finally:
            self._limit.release(request)
        visitor = visitor_of(request.headers) or token_urlsafe(32)
        document, opened = await to_thread.run_sync(_opened, came, visitor)
        response = JSONResponse({**document.as_json(), "set": opened.name if opened else None})
        if opened:
            self._remember(response, request, visitor)
        return response

    def _remember(self, response: Response, request: Request, visitor: str) -> None:
        """Have the browser say who it is, as long as it is open and to this server alone."""
        response.set_cookie(
            COOKIE, visitor, path="/", secure=request.url.scheme == "https", httponly=True, samesite="strict"
        )


async def _body(request: Request) -> bytes:
    """Return what was sent, refused as soon as it is too much."""
    most = MAX_BYTES + 100_000  # the first line
    if int(request.headers.get("content-length") or 0) > most:
        raise RefusedError(TOO_LARGE, 413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise RefusedError(TOO_LARGE, 413)
    return bytes(body)


def _message(body: bytes) -> Message:
    """Return the message for the process that reads the files, checked."""
    try:
        message = Message.of(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"This is not how files are sent: {error}.") from None
    names, chosen = message.head.get("names"), message.head.get("chosen", {})
    if (
        not isinstance(names, list)
        or len(names) != len(message.parts)
        or not _are_texts(names)
        or not _is_chosen(chosen)
    ):
        raise RefusedError("This is not how files are sent: the first line names no files.")
    if not 1 <= len(message.parts) <= MAX_FILES:
        raise RefusedError(f"Open one to {MAX_FILES} files at a time.")
    if sum(map(len, message.parts)) > MAX_BYTES:
        raise RefusedError(TOO_LARGE, 413)
    return message._replace(head={"names": [one[:200] for one in names], "chosen": chosen, "most_rows": MAX_ROWS})


def _is_chosen(chosen: object) -> bool:
    return isinstance(chosen, dict) and all(map(_are_texts, chosen.values()))


def _are_texts(texts: object) -> bool:
    return isinstance(texts, list) and all(isinstance(text, str) for text in texts)


async def _worked(message: Message) -> Message:
    """Return what the process that reads the files answers; what it says besides may hold the data, and is not kept."""
    failed = RefusedError("The files could not be read: they take too long, or too much memory. Open fewer.", 422)
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            done = await anyio.run_process(
                WORKER, input=message.written(), check=False, cwd=ROOT, stderr=subprocess.DEVNULL
            )
    except TimeoutError:
        raise failed from None
    if done.returncode:
        raise failed
    return await to_thread.run_sync(Message.of, done.stdout)


def _opened(came: Message, visitor: str) -> tuple[Document, Opened | None]:
    head = came.head
    if "taken" in head:
        return unclear_document(head["refused"], [Taken(*one) for one in head["taken"]]), None
    if "refused" in head:
        raise RefusedError(head["refused"], 422)
    reports = [_report(told) for told in head["reports"]]
    archive, tables = came.parts
    try:
        opened = opened_data().open(visitor, archive, unpacked(tables))
    except FullError:
        raise RefusedError("Many look at files of their own here just now. Try again in a while.", 503) from None
    return opened_document(opened, reports), opened


def _report(told: Mapping[str, Any]) -> Report:
    """Return a report as it was before it became JSON."""
    taken = [Taken(*one) for one in told["taken"]]
    reasons = {why: Reason(**one) for why, one in told["reasons"].items()}
    return replace(Report(**{**told, "taken": [], "reasons": {}}), taken=taken, reasons=reasons)


def routes() -> Sequence[Route]:
    """Return the route."""
    return [Route(PATH, Open())]
