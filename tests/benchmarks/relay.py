"""A port that passes all on to another, and counts it: what goes over the wire, compressed as it is."""

import asyncio
import socket
from threading import Thread

CHUNK = 1 << 18


class Relay:
    """Listens on a free ``port`` and passes to ``127.0.0.1:<target>``; ``bytes`` counts both ways."""

    def __init__(self, target: int) -> None:
        self.bytes = 0
        self._target = target
        listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = listening.getsockname()[1]
        # A thread and a loop of its own: Playwright has one in the caller's.
        Thread(target=lambda: asyncio.run(self._listen(listening)), daemon=True).start()

    async def _listen(self, listening: socket.socket) -> None:
        await (await asyncio.start_server(self._connect, sock=listening)).serve_forever()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", self._target)
        await asyncio.gather(self._pass(reader, back), self._pass(onward, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                self.bytes += len(chunk)
                writer.write(chunk)
                await writer.drain()
        except ConnectionError:
            pass  # a browser that leaves does not say goodbye
        finally:
            writer.close()
