"""What the operator of a server is told, and nobody else: of routes, not of visitors."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.served import open_catalog
from components.web.server import middleware, routes


def app_of(folder, base: str = "") -> Starlette:
    async def streamlits(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"its own"})

    app = Starlette(routes=routes(lambda: folder, base), middleware=middleware(lambda: folder, base))
    app.router.default = streamlits
    return app


def scraped(client: TestClient, path: str = "/metrics") -> dict[tuple[str, ...], float]:
    """Return samples by their name and their labels' values."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


@pytest.mark.parametrize(("setting", "path", "status"), [
    ("", "/metrics", 404),
    ("", "/posture/metrics", 404),
    ("on", "/posture/metrics", 200),
    ("", "/_stcore/metrics", 404),
    ("", "/posture/_stcore/metrics", 404),
    ("on", "/posture/_stcore/metrics", 200),
    ("", "/posture/_stcore/health", 200),
])  # fmt: skip
def test_metrics_are_for_whoever_runs_the_server(root, monkeypatch, setting: str, path: str, status: int) -> None:
    monkeypatch.setenv("LAYDOWN_METRICS", setting)
    base = "posture" if path.startswith("/posture") else ""
    assert TestClient(app_of(root / "data", base)).get(path).status_code == status


def test_requests_are_counted_by_route_and_nothing_of_a_visitor_is_told(folder, monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_METRICS", "on")
    path = folder(sites=[{"id": "base"}, {"id": "lost", "kind": "Ω", "lat": "far"}])
    client = TestClient(app_of(path), headers={"user-agent": "secret-agent", "x-forwarded-for": "203.0.113.7"})
    for address in ("/?q=private", "/embed?q=private", "/embed?q=private", "/panel/changes.json", "/panel/none.json"):
        client.get(address)
    client.get("/map/private.json")
    client.get("/private/path")
    counted = "laydown_request_seconds_count"
    found = scraped(client)
    assert {sample[1:]: value for sample, value in found.items() if sample[0] == counted} == {
        ("/", "200"): 1,
        ("/embed", "200"): 2,
        ("/panel/{name}.json", "200"): 1,
        ("/panel/{name}.json", "404"): 1,
        ("/map/{name}.{ending}", "404"): 1,
        ("other", "200"): 1,
    }
    assert found["laydown_request_seconds_sum", "/embed", "200"] > 0
    catalog = open_catalog(path)
    assert found["laydown_data_info", catalog.version] == 1
    assert found["laydown_data_problems",] == len(catalog.problems) > 0
    assert found["laydown_data_refused",] == 0
    # The address as a whole: its first number may be part of a time that was measured.
    assert not re.search(r"private|secret|203\.0\.113", client.get("/metrics").text)
    (path / "sites.csv").unlink()
    client.get("/embed")
    assert scraped(client)["laydown_data_refused",] == 1


def test_pictures_are_counted_as_they_are_drawn(folder, monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_METRICS", "on")
    client = TestClient(app_of(folder(sites=[{"id": "base"}])))
    name = ("laydown_previews_drawn_total",)
    before = scraped(client)[name]
    for _ in range(3):
        assert client.get("/preview.png").status_code == 200
    assert scraped(client)[name] == before + 1


def test_each_server_counts_its_own(folder, monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_METRICS", "on")
    path = folder()
    one, other = TestClient(app_of(path)), TestClient(app_of(path))
    one.get("/embed")
    assert not [sample for sample in scraped(other) if "/embed" in sample]
    monkeypatch.setenv("LAYDOWN_METRICS", "")
    one.get("/feed.atom")
    monkeypatch.setenv("LAYDOWN_METRICS", "on")
    assert not [sample for sample in scraped(one) if "/feed.atom" in sample], "off is off"
