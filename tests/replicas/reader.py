"""A reader as the proxy sees one: fetches, and Streamlit's websocket with its cookie, opened anew where it is lost."""

import asyncio
import re
import time
from contextlib import suppress
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

PATIENCE: Final = 60.0
RETRY: Final = 0.5
"""Seconds after which Streamlit's page tries again to connect."""
ROWS: Final = re.compile(rb"map/[0-9a-f]{16}\.(?:json|bin)")
_SHOWN: Final = re.compile(r"laydown\.show\((.*?)\);")


async def get(address: str, path: str, route: str = "") -> tuple[int, bytes]:
    """Return the status and the body of an answer, whole; raise OSError or EOFError for one that is not."""
    host, port = address.split(":")
    async with asyncio.timeout(PATIENCE):
        incoming, outgoing = await asyncio.open_connection(host, int(port))
        try:
            cookie = f"cookie: laydown_route={route}\r\n" if route else ""
            head = f"GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{cookie}\r\n"
            outgoing.write(head.encode())
            status = int((await incoming.readline()).split()[1])
            length = None
            while (line := await incoming.readline()) not in (b"\r\n", b""):
                name, _, value = line.decode().partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            body = await incoming.read() if length is None else await incoming.readexactly(length)
            return status, body
        finally:
            outgoing.close()


class Reader:
    """Somebody who looks at a view, by way of the proxy at ``address``."""

    def __init__(self, number: int, address: str) -> None:
        self.route = f"{number * 37 % 256:02x}"
        self.query = f"from=2025-{number % 12 + 1:02}-{number % 28 + 1:02}&to=2026-02-{number % 28 + 1:02}&tab=posture"
        self.address = address
        self._socket: ClientConnection | None = None

    async def open(self) -> str:
        """Open the page's session; return what it shows: its title, and what the map is told."""
        self._socket = await connect(
            f"ws://{self.address}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"cookie": f"laydown_route={self.route}"},
            open_timeout=PATIENCE,
            max_size=None,
            ping_interval=None,
        )
        return await self._run()

    async def _run(self) -> str:
        assert self._socket is not None
        message = BackMsg()
        message.rerun_script.query_string = self.query
        await self._socket.send(message.SerializeToString())
        title = shown = ""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = ForwardMsg.FromString(await self._socket.recv(decode=False))
                kind = told.WhichOneof("type")
                if kind == "script_finished":
                    return f"{title} {shown}"
                if kind == "page_config_changed":
                    title = told.page_config_changed.title or title
                elif kind == "delta":
                    found = _SHOWN.search(str(told.delta.new_element.component_instance.json_args))
                    shown = found[1] if found else shown

    async def back(self, view: str, within: float) -> float | None:
        """Return when a lost session's view was there again; None where it was not lost within so many seconds.

        ``view``: what was shown; where another is, ValueError.
        """
        assert self._socket is not None
        try:
            await asyncio.wait_for(self._socket.wait_closed(), within)
        except TimeoutError:
            return None
        while True:
            await asyncio.sleep(RETRY)
            with suppress(OSError, EOFError, WebSocketException):
                self._same(await self.open(), view)
                return time.monotonic()

    async def look(self, view: str) -> None:
        """Have the page made anew; raise ValueError where it shows another view."""
        self._same(await self._run(), view)

    def _same(self, found: str, view: str) -> None:
        if found != view:
            raise ValueError(f"{self.query} shows {found[:200]}, not {view[:200]}")

    async def close(self) -> None:
        """Leave."""
        if self._socket:
            await self._socket.close()
