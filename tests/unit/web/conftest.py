"""One event loop for the requests of a file's tests."""

from collections.abc import Iterator

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient


@pytest.fixture(scope="module", autouse=True)
def loop() -> Iterator[None]:
    """Have clients ask in one event loop, as a server answers in one: each request would start a thread and a loop."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield
