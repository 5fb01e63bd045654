"""What every answer passes through."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.settings import frame_ancestors, public_url
from components.web.headers import middleware, page_policy
from components.web.query import MAX_QUERY


def client(ancestors: str = "'self'") -> TestClient:
    own = {"content-security-policy": "default-src 'none'"}
    routes = [
        Route("/", lambda _: PlainTextResponse("the page")),
        Route("/own", lambda _: PlainTextResponse("its own", headers=own)),
    ]
    return TestClient(Starlette(routes=routes, middleware=middleware(ancestors)))


def test_who_may_frame_the_page_is_for_the_deployment_to_say() -> None:
    policy = client("'self' https://news.example.org").get("/").headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'self' https://news.example.org")


def test_an_answers_own_policy_stands_alone() -> None:
    answer = client().get("/own")
    assert answer.headers.get_list("content-security-policy") == ["default-src 'none'"]
    assert answer.headers["x-content-type-options"] == "nosniff"


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
