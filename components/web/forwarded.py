"""The address that a request came to, behind proxies: only those that are trusted are believed (X-Forwarded-…).

Whoever sends a request can write any Host and any X-Forwarded-Host into it. What is made of them is links, which others
must not be served.
"""

import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.settings import Networks
from components.web.cors import ANY_ORIGIN

_LOCAL: Final = ("127.0.0.1", "::1")
"""What uvicorn believes by itself."""
_SCHEMES: Final = {"http": ("http", "ws"), "https": ("https", "wss")}
"""By X-Forwarded-Proto: the scheme of a request, and that of a websocket."""
_HOST: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?", re.ASCII)
UNCHECKED: Final = ("/healthz", "/readyz", "/metrics")
"""Paths that are asked for by the machine's own address, by whoever runs the server: no link is made of it there."""


class ForwardedAddress:
    """Middleware that takes over the scheme and the host that a trusted proxy was asked for, and from nobody else.

    ``trusted``: the networks of the proxies. A header that passed several proxies counts as the last has it, which is
    the one that is trusted.
    """

    def __init__(self, app: ASGIApp, trusted: Callable[[], Networks]) -> None:
        self._app = app
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, at its own address."""
        if scope["type"] in ("http", "websocket"):
            scope = addressed(scope, self._trusted())
        await self._app(scope, receive, send)


def addressed(scope: Scope, trusted: Networks) -> Scope:
    """Return ``scope`` with the scheme and the Host that its visitor asked for."""
    headers = Headers(scope=scope)
    of_socket = scope["type"] == "websocket"
    proto, host = (_last(headers, f"x-forwarded-{name}") for name in ("proto", "host"))
    if not _from_proxy(scope, trusted):
        # uvicorn, which runs the server, believes whatever comes by way of this machine.
        believed = proto in _SCHEMES and _local(scope)
        return {**scope, "scheme": _SCHEMES["http"][of_socket]} if believed else scope
    found = dict(scope)
    if proto in _SCHEMES:
        found["scheme"] = _SCHEMES[proto][of_socket]
    if host and _HOST.fullmatch(host):
        raw = MutableHeaders(raw=list(scope["headers"]))
        raw["host"] = host
        found["headers"] = raw.raw
    return found


def _last(headers: Headers, name: str) -> str:
    return ",".join(headers.getlist(name)).rpartition(",")[2].strip()


def _from_proxy(scope: Scope, trusted: Networks) -> bool:
    """Return whether a request was sent by a trusted proxy.

    Of this machine's own proxies uvicorn has put their visitor (X-Forwarded-For) in the client's place: without a port,
    which no connection is.
    """
    host, port = scope.get("client") or ("", 0)
    return _within(host, trusted) if port else any(_within(local, trusted) for local in _LOCAL)


def _local(scope: Scope) -> bool:
    host, port = scope.get("client") or ("", 0)
    return not port or host in _LOCAL


def _within(host: str, networks: Networks) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)  # an IPv4 client of a socket of both kinds
    return any((mapped or address) in network for network in networks)


class AllowedHosts:
    """Middleware that refuses requests for another host than ``hosts``, as Streamlit does by server.allowedHosts.

    A host is a name, or ``*.`` and one for all below it; none at all: any host.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts = [host.strip().lower().rstrip(".") for host in hosts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it; websockets are for Streamlit to judge."""
        if scope["type"] == "http" and not scope["path"].endswith(UNCHECKED) and not self._allow(Headers(scope=scope)):
            text = "No such host here. Its operator names hosts in server.allowedHosts."
            await PlainTextResponse(text, 400, ANY_ORIGIN)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _allow(self, headers: Headers) -> bool:
        found = _HOST.fullmatch(headers.get("host", ""))
        name = found[1].strip("[]").lower().rstrip(".") if found else ""
        return not self._hosts or any(
            host in ("*", name) or (host.startswith("*.") and name.endswith(host[1:])) for host in self._hosts
        )
