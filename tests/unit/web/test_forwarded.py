"""Behind a proxy links have the public address; a forged one reaches nobody but who forges it."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.settings import trusted_proxies
from components.web.forwarded import addressed
from components.web.server import lifespan, middleware, routes

LINKED = (
    "/?sel=site:base",
    "/embed",
    "/feed.atom",
    "/brief.md",
    "/brief.txt",
    "/brief-short.txt",
    "/export/sites.csv",
    "/export/sites.geojson",
    "/export/view.kml",
    "/api/v1",
    "/api/v1/sites",
    "/api/v1/openapi.json",
    "/datapackage.json",
    "/robots.txt",
    "/sitemap.xml",
)
"""Where links with the server's address stand."""
FREE = ("/panel/changes.json", "/suggest.json?q=base", "/preview.png")
"""What a proxy may keep whatever it was asked by: there are none."""
FORGED = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}


@pytest.fixture(scope="module")
def ask(folder):
    """Ask for a path as a peer, by an address and with headers."""
    data = folder(sites=[{"id": "base"}], toml='title = "Test"\n[window]\nfrom = 2026-01-01\nto = 2026-02-01\n')
    page = Route("/", lambda _: HTMLResponse("<head><title>Streamlit</title></head><body></body>"))
    app = Starlette(routes=[*routes(lambda: data), page], middleware=middleware(lambda: data))

    def asked(path: str, peer: str = "198.51.100.9", port: int = 4711, host: str = "map.example", **headers: str):
        client = TestClient(app, f"http://{host}", client=(peer, port))
        return client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return asked


def forged(**more: str) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in (FORGED | more).items()}


@pytest.mark.parametrize("path", LINKED)
def test_the_public_address_stands_in_every_link_whoever_asks_by_whatever_name(ask, monkeypatch, path: str) -> None:
    monkeypatch.setenv("LAYDOWN_URL", "https://public.example/posture")
    plain = ask(path)
    assert "https://public.example/posture" in plain.text
    monkeypatch.setenv("LAYDOWN_TRUSTED_PROXIES", "10.0.0.0/8")
    for answer in (ask(path, host="evil.example", **forged()), ask(path, peer="10.1.2.3", **forged())):
        assert answer.content == plain.content
        assert answer.headers.get("etag") == plain.headers.get("etag")


@pytest.mark.parametrize("path", LINKED)
def test_without_it_a_trusted_proxy_is_believed_and_nobody_else(ask, monkeypatch, path: str) -> None:
    monkeypatch.setenv("LAYDOWN_TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1")
    proxied = {"x_forwarded_host": "public.example", "x_forwarded_proto": "https"}
    assert "https://public.example" in ask(path, peer="10.1.2.3", host="inner:8501", **proxied).text
    # uvicorn has taken over the visitor's address from a proxy of this machine.
    assert "https://public.example" in ask(path, peer="203.0.113.7", port=0, host="inner:8501", **proxied).text
    answer = ask(path, **forged())
    assert "http://map.example" in answer.text
    assert "evil" not in answer.text
    # The proxy's own word is the last one.
    twice = {"x_forwarded_host": "evil.example, public.example", "x_forwarded_proto": "http, https"}
    assert "https://public.example" in ask(path, peer="10.1.2.3", **twice).text
    assert "public" not in answer.headers.get("cache-control", ""), "no shared cache keeps what a Host stands in"


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3"])
def test_without_a_word_no_proxy_is_believed(ask, monkeypatch, peer: str) -> None:
    monkeypatch.delenv("LAYDOWN_TRUSTED_PROXIES", raising=False)
    assert "http://map.example" in ask("/robots.txt", peer=peer, **forged()).text


@pytest.mark.parametrize("path", FREE)
def test_what_no_link_stands_in_is_the_same_for_all(ask, path: str) -> None:
    one, other = ask(path), ask(path, host="evil.example", **forged())
    assert one.content == other.content
    assert one.headers["etag"] == other.headers["etag"]
    assert "public" in one.headers["cache-control"]


@pytest.mark.parametrize(("peer", "port", "trusted", "headers", "expected"), [
    ("10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-proto": "https"}, ("https", "map.example")),
    ("10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-proto": "gopher"}, ("http", "map.example")),
    ("10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-host": "public.example:8443"}, ("http", "public.example:8443")),
    ("10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-host": "[2001:db8::1]:80"}, ("http", "[2001:db8::1]:80")),
    ("10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-host": "evil.example/x"}, ("http", "map.example")),
    ("10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-host": "a b"}, ("http", "map.example")),
    ("11.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-host": "evil.example"}, ("http", "map.example")),
    ("::ffff:10.0.0.1", 5, "10.0.0.0/8", {"x-forwarded-host": "public.example"}, ("http", "public.example")),
    ("2001:db8::7", 5, "2001:db8::/32", {"x-forwarded-host": "public.example"}, ("http", "public.example")),
    ("a socket", 5, "10.0.0.0/8", {"x-forwarded-host": "evil.example"}, ("http", "map.example")),
    ("203.0.113.7", 0, "127.0.0.1", {"x-forwarded-host": "public.example"}, ("http", "public.example")),
    ("203.0.113.7", 0, "10.0.0.0/8", {"x-forwarded-host": "evil.example"}, ("http", "map.example")),
    # A visitor who says to have come by way of a trusted proxy has a port.
    ("203.0.113.7", 5, "127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, ("http", "map.example")),
])  # fmt: skip
def test_who_is_believed_and_what(monkeypatch, peer, port, trusted, headers, expected) -> None:
    monkeypatch.setenv("LAYDOWN_TRUSTED_PROXIES", trusted)
    raw = [(b"host", b"map.example"), *((name.encode(), value.encode()) for name, value in headers.items())]
    for kind, secure in (("http", "https"), ("websocket", "wss")):
        plain = {"http": "http", "websocket": "ws"}[kind]
        scope = {"type": kind, "scheme": plain, "client": (peer, port), "headers": raw}
        found = addressed(scope, trusted_proxies())
        assert found["scheme"] == (secure if expected[0] == "https" else plain)
        assert dict(found["headers"])[b"host"].decode() == expected[1]
    assert raw[0] == (b"host", b"map.example"), "the scope that came is left as it was"


def test_what_uvicorn_has_believed_of_a_proxy_that_is_not_trusted_is_taken_back(monkeypatch) -> None:
    monkeypatch.delenv("LAYDOWN_TRUSTED_PROXIES", raising=False)
    raw = [(b"host", b"map.example"), (b"x-forwarded-proto", b"https")]
    for client in (("127.0.0.1", 5), ("203.0.113.7", 0)):
        scope = {"type": "http", "scheme": "https", "client": client, "headers": raw}
        assert addressed(scope, trusted_proxies())["scheme"] == "http"
    own = {"type": "http", "scheme": "https", "client": ("203.0.113.7", 5), "headers": raw}
    assert addressed(own, trusted_proxies())["scheme"] == "https", "the server's own TLS"


def test_a_setting_that_is_no_network_stops_the_server(monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_TRUSTED_PROXIES", "nginx")
    with pytest.raises(ValueError, match="LAYDOWN_TRUSTED_PROXIES: 'nginx'"), TestClient(Starlette(lifespan=lifespan)):
        pass


@pytest.mark.parametrize(("host", "path", "status"), [
    ("map.example", "/robots.txt", 200),
    ("MAP.example.:8501", "/robots.txt", 200),
    ("a.below.example", "/robots.txt", 200),
    ("below.example", "/robots.txt", 400),
    ("evil.example", "/robots.txt", 400),
    ("evil.example", "/embed", 400),
    ("map.example@evil.example", "/robots.txt", 400),
    ("10.0.0.7:8501", "/healthz", 200),
    ("10.0.0.7:8501", "/readyz", 200),
    ("10.0.0.7:8501", "/robots.txt", 400),
])  # fmt: skip
def test_a_host_that_is_not_named_is_refused(folder, host: str, path: str, status: int) -> None:
    data = folder(sites=[{"id": "base"}])
    hosts = ["Map.example", "*.below.example"]
    client = TestClient(Starlette(routes=routes(lambda: data), middleware=middleware(lambda: data, "", hosts)))
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
