"""The attacks, each bounded: what is done to a server, and what came of it."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpx2
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets import Origin, Subprotocol
from websockets.asyncio.client import connect as connect_async
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.e2e.conftest import FLAGS, find_chromium
from tests.e2e.test_doors import COMPONENT, HEARD, begin, hostile_site, pwned, stream

HOSTILE_SECONDS: Final = 10
HANDSHAKES: Final = 10
UPLOADS: Final = 8
UPLOAD_BYTES: Final = 50_000_000
CHUNK: Final = b"\0" * 1_000_000
SOCKETS: Final = 4
MOST_CHUNKS: Final = 200
ABANDONED: Final = 80
KINDS: Final = "&".join(["kind=x"] * 1130)
QUERIED: Final = ("/", "/embed", "/preview.png", "/api/v1/incidents", "/export/incidents.csv")
PICTURES: Final = 30
FLOODS: Final = 10
PER_SECOND: Final = 100
FLOOD_SECONDS: Final = 10


class Came(NamedTuple):
    """What came of an attack, and whether it is as it should be."""

    told: str
    held: bool


def foreign_page(address: str) -> Came:
    """1. A page of another origin opens ours, its component, and frames both, and posts streamlit:render to all."""
    with stream(address) as first:
        begin(first)  # Streamlit knows the component from the page's first run on
    ran: list[str] = []
    shown = f'<iframe src="{address}/"></iframe><iframe src="{address}/{COMPONENT}"></iframe>'
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=FLAGS)
        context = browser.new_context()
        context.add_init_script(HEARD)
        for path in ("", COMPONENT):
            with hostile_site(f"{address}/{path}", shown) as site:
                page = context.new_page()
                page.goto(site)
                page.get_by_role("button", name="Win").click()
                page.wait_for_timeout(HOSTILE_SECONDS * 1000)  # all the time it posts
                ran += pwned(page)
        heard = sum(frame.evaluate("() => window.heard ?? 0") for tab in context.pages for frame in tab.frames)
        browser.close()
    return Came(f"{heard:,} messages heard, {len(ran)} frames ran them", heard > 0 and not ran)


def foreign_sockets(address: str) -> Came:
    """2. A page of another site opens websockets."""
    refused = 0
    for _ in range(HANDSHAKES):
        try:
            with stream(address, origin=Origin("https://evil.example")):
                pass
        except InvalidStatus as error:
            refused += error.response.status_code == 403
    return Came(f"{refused} of {HANDSHAKES} refused", refused == HANDSHAKES)


def uploads(address: str) -> Came:
    """3. A session uploads files: half of them say how long they are, half do not."""
    where = urlsplit(address)
    with stream(address) as session, httpx2.Client() as client:
        id_ = begin(session)[0].initialize.session_id
        token = client.get(f"{address}/_stcore/health").cookies.get("_streamlit_xsrf", "")
        head = b'--b\r\ncontent-disposition: form-data; name="file"; filename="one.bin"\r\n\r\n'

        def body() -> Iterator[bytes]:
            yield head
            for _ in range(UPLOAD_BYTES // len(CHUNK)):
                yield CHUNK
            yield b"\r\n--b--\r\n"

        def put(number: int) -> int:
            connection = HTTPConnection(where.hostname or "", where.port, timeout=30)
            headers = {"content-type": "multipart/form-data; boundary=b", "x-xsrftoken": token}
            headers |= {"cookie": f"_streamlit_xsrf={token}"}
            if number % 2:
                headers["content-length"] = str(sum(map(len, body())))
            try:
                path = f"/_stcore/upload_file/{id_}/file-{number}"
                connection.request("PUT", path, body(), headers, encode_chunked=not number % 2)
                return connection.getresponse().status
            except (OSError, HTTPException):
                return 0  # cut off in the middle
            finally:
                connection.close()

        with ThreadPoolExecutor(UPLOADS) as pool:
            answers = list(pool.map(put, range(UPLOADS)))
    kept = sum(200 <= status < 300 for status in answers)
    return Came(f"{kept} of {UPLOADS} kept, answers {sorted(set(answers))}", kept == 0)


def endless_messages(address: str) -> Came:
    """4. Compressed messages that do not end: a megabyte on the wire would be a gigabyte in memory."""

    def send(_: int) -> int:
        sent = 0

        def parts() -> Iterator[bytes]:
            nonlocal sent
            for _ in range(MOST_CHUNKS):
                sent += 1
                yield CHUNK
                time.sleep(0.01)

        with stream(address) as open_socket, suppress(ConnectionClosed):
            open_socket.send(parts())
        return sent

    with ThreadPoolExecutor(SOCKETS) as pool:
        taken = list(pool.map(send, range(SOCKETS)))
    told = f"{sum(sent < MOST_CHUNKS for sent in taken)} of {SOCKETS} cut off, after {max(taken)} MB at most"
    return Came(told, max(taken) < MOST_CHUNKS)


def _abandon(address: str, path: str) -> None:
    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 80), timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: {where.netloc}\r\n\r\n".encode())
        time.sleep(0.02)


def long_queries(address: str) -> Came:
    """5. Queries with 1,130 values, whose asker leaves at once."""
    for number in range(ABANDONED):
        _abandon(address, f"{QUERIED[number % len(QUERIED)]}?{KINDS}")
    return Came(f"{ABANDONED} asked and left", True)


def pictures(address: str) -> Came:
    """6. Pictures for print, each another view's, whose asker leaves at once."""
    for number in range(PICTURES):
        _abandon(address, f"/export/view.png?map=6/34.{number:02}/40")
    time.sleep(FLOOD_SECONDS)  # the reader goes on while they are drawn, if they are
    return Came(f"{PICTURES} asked and left", True)


def workbooks(address: str) -> Came:
    """6. Two Excel files of many rows at once, beside a light CSV."""

    def ask(query: str) -> int:
        return httpx2.get(f"{address}/export/view.xlsx?{query}", timeout=120).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, ("from=2012-01-01&to=2026-10-31", "from=2012-01-02&to=2026-10-31")))
    return Came(f"answers {answers}", answers == [200, 200])


def reruns(address: str) -> Came:
    """7. Sockets that ask for the page to be run again without end."""

    async def flood(number: int) -> int:
        message = BackMsg()
        sent = 0
        end = time.monotonic() + FLOOD_SECONDS
        url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        async with connect_async(url, subprotocols=[Subprotocol("streamlit")], max_size=None) as open_socket:

            async def drain() -> None:
                async for _ in open_socket:
                    pass

            reading = asyncio.create_task(drain())
            with suppress(ConnectionClosed, TimeoutError):
                while time.monotonic() < end:
                    message.rerun_script.query_string = (
                        f"to=2026-02-{sent % 28 + 1:02}&map=6/34/{number}.{sent % 90:02}"
                    )
                    await asyncio.wait_for(
                        open_socket.send(message.SerializeToString()), max(end - time.monotonic(), 0.01)
                    )
                    sent += 1
                    await asyncio.sleep(1 / PER_SECOND)
            reading.cancel()
        return sent

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(flood(number) for number in range(FLOODS)))

    return Came(f"{sum(asyncio.run(all_of_them())):,} reruns sent", True)


ATTACKS: Final[Mapping[str, Callable[[str], Came]]] = {
    "1 foreign page": foreign_page,
    "2 foreign sockets": foreign_sockets,
    "3 uploads": uploads,
    "4 endless messages": endless_messages,
    "5 long queries": long_queries,
    "6 pictures": pictures,
    "6 workbooks": workbooks,
    "7 reruns": reruns,
}
GENERATED: Final = ("6 workbooks",)
"""Those on a folder of many rows; the others on the curated data."""
