"""Readers of a page by its real protocol, without a browser: ``python -m tests.benchmarks.viewer``, a process.

Each fetches the page's document, opens Streamlit's websocket, runs the script and fetches the map's rows, as a browser
does; then it changes the window every few seconds. Reads its Plan as one line of JSON; prints "arrived", then what came
of it as JSON, and closes the sockets when it is told so by another line.
"""

import asyncio
import json
import re
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets import Subprotocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

PATIENCE: Final = 60.0
"""Seconds after which an answer that has not come is an error."""
FIRST: Final = date(2024, 6, 1)
STARTS, LENGTHS = 500, 280
"""How many days a window may begin on, and how long it may be."""
HOT: Final = 10
"""The links that those look at who look at the same."""
_ROWS: Final = re.compile(rb"map/[0-9a-f]+\.(?:json|bin)")


@dataclass(frozen=True)
class Plan:
    """What the readers do."""

    addresses: list[str]
    """The servers', each reader at one of them in turn."""
    viewers: int
    seconds: float
    """How long they change the window."""
    every: float = 5.0
    """Seconds between two changes of one reader."""
    arrivals: float = 10.0
    """How many come a second."""
    stay: float = 0.0
    """After how many seconds each leaves; 0: they are all there at once, and leave together."""
    alike: float = 0.0
    """The share of the readers who look at the same HOT links."""
    bare: bool = False
    """Whether the page is the bare one, of which a change is a slider's."""


@dataclass
class Came:
    """What came of it: milliseconds."""

    first: list[float] = field(default_factory=list)
    """From the request of the document until the script has run and the rows are there."""
    changes: list[float] = field(default_factory=list)
    """Of windows never asked before: from the change until all of its answer is there."""
    hot: list[float] = field(default_factory=list)
    """The same, of the links that many look at."""
    errors: int = 0
    bytes: int = 0
    """Of the changes' answers, as on the wire without its framing."""
    cpu_ms: float = 0.0
    """Processor time of the readers themselves while they change the window."""
    said: list[str] = field(default_factory=list)
    """What went wrong, the first few."""


class Http:
    """One kept connection (HTTP/1.1)."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> bytes:
        """Return the body of a whole 200, as on the wire; raise ValueError for another answer."""
        kept = self._streams is not None
        try:
            return await self._get(path)
        except (OSError, asyncio.IncompleteReadError):
            if not kept:
                raise
            self.close()  # the server has closed what was idle for some seconds: a browser opens it anew
            return await self._get(path)

    async def _get(self, path: str) -> bytes:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._where.hostname, self._where.port)
        incoming, outgoing = self._streams
        outgoing.write(f"GET {path} HTTP/1.1\r\nhost: {self._where.netloc}\r\naccept-encoding: gzip\r\n\r\n".encode())
        head = (await incoming.readuntil(b"\r\n\r\n")).lower()
        found = re.search(rb"content-length: (\d+)", head)
        body = b""
        if found:
            body = await incoming.readexactly(int(found[1]))
        else:
            while size := int(await incoming.readline(), 16):
                body += await incoming.readexactly(size)
                await incoming.readline()
            await incoming.readline()
        if not head.startswith(b"http/1.1 200 "):
            raise ValueError(f"{head.split(bytes([13]))[0].decode()} for {path[:80]}")
        return body

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


class Viewer:
    """One reader."""

    def __init__(self, number: int, plan: Plan, came: Came) -> None:
        self.number, self.plan, self.came = number, plan, came
        self.address = plan.addresses[number % len(plan.addresses)]
        self.alike = number % 100 < plan.alike * 100
        self._http = Http(self.address)
        self._socket: ClientConnection | None = None
        self._query = ""
        self._widget = ""
        self._count = 0
        self._linked: dict[str, Any] = {}

    async def arrive(self) -> None:
        """Open the page."""
        begun = time.perf_counter()
        with self._errors():
            await self._http.get("/")
            self._socket = await connect(
                f"ws://{urlsplit(self.address).netloc}/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                compression="deflate",
                open_timeout=PATIENCE,
                max_size=None,
                ping_interval=None,
            )
            messages = await self._run(BackMsg())
            for path in dict.fromkeys(found.group().decode() for data in messages for found in _ROWS.finditer(data)):
                await self._http.get(f"/{path}")
            self.came.first.append((time.perf_counter() - begun) * 1000)

    async def change(self, until: float) -> None:
        """Change the window again and again."""
        step = self.plan.every
        # Spread over the time between two changes, whenever the reader came.
        await asyncio.sleep(step * (self.number * 0.618 % 1))
        while (begun := time.perf_counter()) < until:
            with self._errors():
                size = await self._change()
                (self.came.hot if self.alike else self.came.changes).append((time.perf_counter() - begun) * 1000)
                self.came.bytes += size
            await asyncio.sleep(max(0.0, begun + step - time.perf_counter()))

    async def leave(self) -> None:
        """Close the page."""
        self._http.close()
        if self._socket:
            await self._socket.close()

    async def _change(self) -> int:
        self._count += 1
        if isinstance(self._linked.get("link"), str):  # as panels/assets/navigation.js does
            start, end = self._window()
            query = {**dict(parse_qsl(self._linked["link"])), "from": start, "to": end}
            asked = urlencode({**dict(sorted(query.items())), "stamp": self._linked["stamp"]})
            return len(await self._http.get(f"/panel/page.json?{asked}"))
        return sum(map(len, await self._run(self._pressed())))

    def _pressed(self) -> BackMsg:
        """Return the message of a widget that has changed."""
        message = BackMsg()
        state: WidgetState = message.rerun_script.widget_states.widgets.add()
        state.id = self._widget
        if self.plan.bare:
            state.double_array_value.data.append(float(self._count))
        else:
            state.json_value = json.dumps({"last_active_drawing": self._report()})
        return message

    def _window(self) -> tuple[date, date]:
        """Return the next window: one that nobody has asked for, or one of those that many look at."""
        n = self._count % HOT if self.alike else HOT + self.number + 1000 * self._count
        start = FIRST + timedelta(days=n * 7 % STARTS)
        return start, start + timedelta(days=7 + n // 3 % LENGTHS)

    def _report(self) -> dict[str, Any]:
        """Return what the map's frame reports (map/protocol.py)."""
        start, end = ((day - date(1970, 1, 1)).days for day in self._window())
        rest = {"facets": {}, "selected": "", "base": "vector", "lang": "", "alike": "", "compare": None}
        address = f"{self.address}/?{self._query}"
        return {
            "start": start,
            "end": end,
            **rest,
            "playing": False,
            "cleared": False,
            "address": address,
            "count": self._count,
        }

    async def _run(self, message: BackMsg) -> list[bytes]:
        """Have the script run; return all that it sends."""
        assert self._socket is not None
        message.rerun_script.query_string = self._query
        await self._socket.send(message.SerializeToString())
        messages: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while True:
                data = await self._socket.recv(decode=False)
                messages.append(data)
                told = ForwardMsg.FromString(data)
                kind = told.WhichOneof("type")
                if kind == "script_finished":
                    return messages
                if kind == "page_info_changed":
                    self._query = told.page_info_changed.query_string
                elif kind == "delta" and not self._widget:
                    element = told.delta.new_element
                    if element.bidi_component.id.endswith("-dates"):
                        self._linked = json.loads(element.bidi_component.json)
                    self._widget = element.slider.id if self.plan.bare else element.component_instance.id

    def _errors(self) -> "_Counted":
        return _Counted(self.came)


class _Counted(suppress):
    """Counts what goes wrong, and goes on."""

    def __init__(self, came: Came) -> None:
        super().__init__(OSError, EOFError, ValueError, WebSocketException)  # a timeout is an OSError
        self._came = came

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if kind and issubclass(kind, Exception):
            self._came.errors += 1
            self._came.said = [*self._came.said, f"{kind.__name__}: {error}"][:3]
        return bool(super().__exit__(kind, error, trace))


async def follow(plan: Plan) -> None:
    """Do as planned."""
    came = Came()
    viewers = [Viewer(number, plan, came) for number in range(plan.viewers)]

    async def arrive(viewer: Viewer) -> None:
        await asyncio.sleep(viewer.number / plan.arrivals)
        await viewer.arrive()

    async def visit(viewer: Viewer) -> None:
        await arrive(viewer)
        await viewer.change(time.perf_counter() + plan.stay)
        await viewer.leave()

    if not plan.stay:
        await asyncio.gather(*map(arrive, viewers))
    print("arrived", flush=True)
    used = time.process_time()
    until = time.perf_counter() + plan.seconds
    await asyncio.gather(*(visit(viewer) if plan.stay else viewer.change(until) for viewer in viewers))
    came.cpu_ms = (time.process_time() - used) * 1000
    print(json.dumps(asdict(came)), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.gather(*(viewer.leave() for viewer in viewers))


if __name__ == "__main__":
    asyncio.run(follow(Plan(**json.loads(sys.stdin.readline()))))
