"""/suggest.json: what the search field asks while it is typed in."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.web import suggest


@pytest.fixture
def client(curated) -> TestClient:
    return TestClient(Starlette(routes=suggest.routes(lambda: curated.folder)))


def test_it_answers_with_terms_and_suggestions_once(client) -> None:
    answer = client.get("/suggest.json", params={"q": "Ain Assad"})
    found = answer.json()
    assert (found["shown"], found["terms"]) == ("Ain al-Asad", ["ain asad"])
    assert found["suggestions"][0] == {
        "verb": "find",
        "value": "site:ain-al-asad",
        "text": "Ain al-Asad air base",
        "note": "Air base, Anbar, Iraq",
    }
    again = client.get("/suggest.json", params={"q": "Ain Assad"}, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("query", ["", "q=", "q=" + "a" * 5000, "q=%00", "kind=no", "q=tanf&known=x", "q=%F0%9F%92%A5"])
def test_whatever_is_asked_is_answered(client, query: str) -> None:
    answer = client.get(f"/suggest.json?{query}")
    assert answer.status_code == 200
    assert len(answer.json()["suggestions"]) <= 10


def test_only_what_was_public_is_suggested(client) -> None:
    values = [
        [one["value"] for one in client.get("/suggest.json", params={"q": "tanf", "known": day}).json()["suggestions"]]
        for day in ("2026-02-01", "2026-06-01")
    ]
    row = "incident:al-tanf-handover-2026-02-12"
    assert [row in found for found in values] == [False, True]
