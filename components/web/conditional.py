"""Conditional requests (RFC 9110, 13): a client that has an answer sends its ETag, and gets 304 while it is current."""

import hashlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

import components
from components.catalog.catalog import Catalog
from components.settings import public_url
from components.web.endpoint import base_of


def shared_briefly() -> str:
    """Return the Cache-Control of what links stand in: a proxy may keep it for a minute, a browser asks each time.

    Where links are made of the Host header, no proxy keeps it: a forged one must not be served to others.
    """
    return "public, max-age=0, s-maxage=60" if public_url() else "no-cache"


def conditional(
    request: Request,
    catalog: Catalog,
    build: Callable[[], Response],
    cache_control: str = "no-cache",
    asked: str | None = None,
    linked: bool = True,
) -> Response:
    """Return what ``build`` makes, with a strong ETag; or 304, without building it, where If-None-Match names that.

    An ETag is a hash of what the bytes depend on (RFC 9110, 8.8.3): the address, the data's version, the program's
    version, and whether the answer is compressed. ``asked`` stands for the query in it where several ways to write a
    query mean the same. ``linked``: whether this server's address stands in the answer; else neither a Host nor a proxy
    changes it. An answer that is not 200 is returned as it is, without an ETag.
    """
    scope = request.scope
    query = scope["query_string"] if asked is None else asked.encode()
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    base = base_of(request) if linked else ""
    text = f"{base} {scope['path']} {catalog.version} {components.__version__} {zipped} "
    etag = f'"{hashlib.sha256(text.encode() + query).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": cache_control, "vary": "Accept-Encoding"}
    unchanged = Response(status_code=304, headers=headers)
    # Compared weakly; * names whatever there is (RFC 9110, 13.1.2).
    named = ",".join(request.headers.getlist("if-none-match"))
    etags = [part.strip().removeprefix("W/") for part in named.split(",")]
    if etag in etags:
        return unchanged
    response = build()
    if response.status_code == 200:
        response.headers.update(headers)
        return unchanged if etags == ["*"] else response
    return response
