"""/map, the document of the early map's frame."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web.server import middleware, routes


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: root / "data"), middleware=middleware(lambda: root / "data")))


def test_it_holds_the_view_that_the_link_asks_for(client) -> None:
    answer = client.get("/map?from=2025-12-01&to=2026-03-12&utm_source=mail")
    assert answer.status_code == 200
    assert 'id="map_div"' in answer.text, "as in streamlit-folium's frame"
    [command] = re.findall(r"laydown\.show\((.*)\);", answer.text)
    assert '"start":20423' in command
    assert '"end":20524' in command


def test_all_it_fetches_is_kept_for_ever_and_comes_in_order(client) -> None:
    text = client.get("/map").text
    links = re.findall(r'(?:src|href)="((?:assets|map)/[^"]+)"', text)
    for link in links:
        assert "immutable" in client.get(f"/{link}").headers["cache-control"], link
    scripts = re.findall(r'<script src="[^"]*/([^"/]+)">', text)
    assert scripts == ["early.js", "leaflet.js", "boot.js"], "what stands in for streamlit-folium is there first"


def test_only_who_may_frame_the_page_may_frame_it_and_nothing_in_it_is_evaluated(client) -> None:
    policy = client.get("/map").headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self' 'sha256-[^']+';", policy)


def test_whoever_has_it_is_told_that_it_is_unchanged(client) -> None:
    first = client.get("/map?kind=attack")
    again = client.get("/map?kind=attack&ref=other", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/map?kind=battle", headers={"if-none-match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("query", ["q=%3C/script%3E%3Cscript%3E", "sel=%22%3E%3Cscript%3E"])
def test_nothing_in_a_link_becomes_markup(client, query: str) -> None:
    assert client.get(f"/map?{query}").text.count("<script") == 4
