"""What pages of any origin may read, by headers that stand in one place."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import components
from components.map.folium_map import LEAFLET
from components.map.payload import rows_payload
from components.static import address
from components.web.cors import ANY_ORIGIN
from components.web.query import MAX_QUERY
from components.web.server import middleware, routes


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    page = Route("/", lambda _: PlainTextResponse("the page"))
    served = [*routes(lambda: root / "data"), page]
    return TestClient(Starlette(routes=served, middleware=middleware(lambda: root / "data")))


@pytest.fixture(scope="module")
def rows(curated) -> str:
    return f"/map/{rows_payload(curated).name}"


OPEN = {
    "/api/v1/sites": 200,
    "/api/v1/sites?kind=nonsense": 400,
    "/embed": 200,
    "/export/sites.csv": 200,
    "/export/nothing.csv": 404,
    "/feed.atom": 200,
    "/datapackage.json": 200,
    "/data/sites.csv": 200,
    f"/{address('map')}/app.js": 200,
    f"/{LEAFLET}/leaflet.js": 200,
    "{rows}.json": 200,
    "{rows}/texts?rows=0": 200,
    f"/?{'a' * (MAX_QUERY + 1)}": 414,
}


@pytest.mark.parametrize("origin", [None, "null", "https://example.org"])
@pytest.mark.parametrize(("path", "status"), OPEN.items(), ids=[path[:40] for path in OPEN])
def test_any_origin_may_read_it_by_the_same_headers_as_every_other(client, rows, path, status, origin) -> None:
    answer = client.get(path.replace("{rows}", rows), headers={"origin": origin} if origin else {})
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ANY_ORIGIN} == ANY_ORIGIN
    assert "origin" not in answer.headers.get("vary", "").lower(), "a cache keeps one copy for all"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/brief.md", "/nowhere"])
def test_no_other_origin_may_read_the_page(client, path: str) -> None:
    assert not set(ANY_ORIGIN) & set(client.get(path, headers={"origin": "https://example.org"}).headers)


def test_its_headers_are_written_in_one_module() -> None:
    folder = Path(components.__file__).parent
    written = [path.name for path in folder.rglob("*.py") if "access-control-" in path.read_text(encoding="utf-8")]
    assert written == ["cors.py"]
