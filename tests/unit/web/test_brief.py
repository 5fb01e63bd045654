"""/brief.md and /brief.txt, /trends.md and /trends.txt: the brief and the trends of a link."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web.headers import security_headers
from components.web.server import middleware, routes
from tests.curated import FROM, TO, told


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: root / "data"), middleware=middleware(lambda: root / "data")))


QUERY = "?from=2025-12-01&to=2026-03-12&country=Jordan"


@pytest.mark.parametrize(
    ("ending", "kind", "first"), [("md", "text/markdown", "# Changes"), ("txt", "text/plain", "Changes")]
)
def test_the_brief_of_a_link_is_answered_as_text(client, ending, kind, first) -> None:
    answer = client.get(f"/brief.{ending}{QUERY}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["content-security-policy"] == security_headers("'self'")["content-security-policy"]
    assert answer.text.startswith(f"{first}, 1 December 2025 to 12 March 2026")
    assert answer.text.splitlines()[2].startswith("Checked to ")
    assert "Muwaffaq Salti" in answer.text
    assert "Al-Tanf garrison: " not in answer.text.replace("**", ""), "the filters hold"
    assert "http://testserver/?country=Jordan&from=2025-12-01&to=2026-03-12" in answer.text


@pytest.mark.parametrize(
    ("ending", "kind", "first"), [("md", "text/markdown", "# Trends"), ("txt", "text/plain", "Trends")]
)
def test_the_trends_of_a_link_are_answered_as_text(client, ending, kind, first) -> None:
    answer = client.get(f"/trends.{ending}{QUERY}&measure=killed&by=force")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.text.startswith(f"{first}, 1 December 2025 to 12 March 2026")
    assert "Only Jordan" in answer.text
    assert "by=force" in answer.text
    assert client.get(f"/trends.{ending}?by=nobody").status_code == 400


def test_the_short_brief_is_eight_lines_with_the_link(client) -> None:
    answer = client.get("/brief-short.txt?from=2025-12-01&to=2026-03-12")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert len(lines) == 8
    assert lines[0] == "Changes, 1 December 2025 to 12 March 2026"
    assert lines[1].startswith("Between 1 December 2025 and 12 March 2026, US forces left ")
    assert lines[4].startswith("Al-Shaddadi base: ")
    assert lines[6].startswith("Checked to ")
    assert lines[7] == "http://testserver/?from=2025-12-01&to=2026-03-12"
    nothing = client.get("/brief-short.txt?from=2026-10-02&to=2026-10-03&q=nowhere").text.splitlines()
    assert nothing[1] == "No site is on view with these filters."
    assert len(nothing) <= 8


def test_a_value_that_is_not_understood_is_refused_by_name(client) -> None:
    answer = client.get("/brief.md?from=yesterday&kind=picnic")
    assert answer.status_code == 400
    assert "from" in answer.text
    assert "picnic" in answer.text


def test_the_bare_brief_is_of_the_datasets_window(client) -> None:
    assert f"{told(FROM)} to {told(TO)}" in client.get("/brief.txt").text
    assert client.get("/brief.doc").status_code == 404


def test_what_a_chat_adds_to_the_pages_link_is_no_fault(client) -> None:
    assert client.get("/brief.txt?utm_source=mail&country=Jordan").text == client.get("/brief.txt?country=Jordan").text
