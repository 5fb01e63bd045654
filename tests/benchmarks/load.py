"""Many readers at once: ``python -m tests.benchmarks.load <address> <connections> <seconds>``, in a process of its own.

Each connection asks again as soon as it is answered (HTTP/1.1, kept open). Prints {"requests", "errors", "bytes"} as
JSON; an error is any answer that is not a whole 200.
"""

import asyncio
import json
import sys
from time import monotonic
from urllib.parse import urlsplit


async def run(address: str, connections: int, seconds: float) -> dict[str, int]:
    """Ask for ``address`` for some seconds; return what came of it."""
    where = urlsplit(address)
    path = where.path + (f"?{where.query}" if where.query else "")
    request = f"GET {path} HTTP/1.1\r\nhost: {where.netloc}\r\naccept-encoding: gzip\r\n\r\n".encode()
    told = {"requests": 0, "errors": 0, "bytes": 0}
    end = monotonic() + seconds

    async def reader() -> None:
        incoming, outgoing = await asyncio.open_connection(where.hostname, where.port)
        while monotonic() < end:
            outgoing.write(request)
            try:
                head = (await incoming.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
                body = await incoming.readexactly(length)
            except (ValueError, OSError, asyncio.IncompleteReadError):
                told["errors"] += 1
                break
            told["requests"] += 1
            told["errors"] += not head.startswith(b"http/1.1 200 ")
            told["bytes"] += len(head) + len(body)
        outgoing.close()

    await asyncio.gather(*(reader() for _ in range(connections)))
    return told


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))))
