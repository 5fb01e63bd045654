"""What every answer passes through."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.settings import frame_ancestors, public_url
from components.web.headers import middleware, page_policy, security_headers
from components.web.query import MAX_QUERY


def client(ancestors: str = "'self'") -> TestClient:
    own = {"content-security-policy": "default-src 'none'"}
    routes = [
        Route("/", lambda _: PlainTextResponse("the page")),
        Route("/own", lambda _: PlainTextResponse("its own", headers=own)),
    ]
    return TestClient(Starlette(routes=routes, middleware=middleware(lambda: ancestors)))


def test_who_may_frame_the_page_is_for_the_deployment_to_say() -> None:
    policy = client("'self' https://news.example.org").get("/").headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'self' https://news.example.org")


def test_an_answers_own_policy_stands_alone() -> None:
    answer = client().get("/own")
    assert answer.headers.get_list("content-security-policy") == ["default-src 'none'"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_error_that_nobody_caught_has_the_headers_too_and_is_raised_for_the_log() -> None:
    def broken(_: Request) -> Response:
        raise RuntimeError("/srv/secret/path")

    async def half(_: object) -> AsyncIterator[str]:
        yield "begun"
        raise RuntimeError("half-way")

    routes = [
        Route("/broken", broken),
        Route("/half", lambda request: StreamingResponse(half(request), headers={"x-own": "1"})),
    ]
    app = Starlette(routes=routes, middleware=middleware(lambda: "'self'"))
    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    for name, value in security_headers("'self'").items():
        assert answer.headers.get_list(name) == [value]
    assert TestClient(app, raise_server_exceptions=False).get("/half").headers["x-own"] == "1"
    for path in ("/broken", "/half"):
        with pytest.raises(RuntimeError):
            TestClient(app).get(path)


@pytest.mark.parametrize("ancestors", ["'self'; script-src *", "'self',x", "", 'x"y', "a\nb"])
def test_what_is_no_list_of_sites_stops_the_server(ancestors: str) -> None:
    with pytest.raises(ValueError, match="LAYDOWN_FRAME_ANCESTORS"):
        page_policy(ancestors)


@pytest.mark.parametrize(("length", "status"), [(MAX_QUERY, 200), (MAX_QUERY + 1, 414)])
def test_a_query_has_its_limit_and_says_so(length: int, status: int) -> None:
    answer = client().get(f"/?{'a' * length}")
    assert answer.status_code == status
    assert ("8,000 characters" in answer.text) == (status == 414)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("given", "expected"),
    [("", ""), ("https://map.example.org", "https://map.example.org/"), (" https://x.org/a// ", "https://x.org/a/")],
)
def test_the_public_address_ends_with_a_slash(monkeypatch, given: str, expected: str) -> None:
    monkeypatch.setenv("LAYDOWN_URL", given)
    assert public_url() == expected


def test_without_a_word_only_the_page_itself_may_frame_it(monkeypatch) -> None:
    monkeypatch.delenv("LAYDOWN_FRAME_ANCESTORS", raising=False)
    assert frame_ancestors() == "'self'"
    monkeypatch.setenv("LAYDOWN_FRAME_ANCESTORS", "https://a.example")
    assert frame_ancestors() == "https://a.example"
