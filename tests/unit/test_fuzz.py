"""A short form of `python -m tests.fuzz`, and that it would see what it looks for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from components.catalog.catalog import load
from components.web.headers import middleware
from tests.fuzz.folders import fuzz_folders, mutated, untold
from tests.fuzz.urls import Url, faults_of_url, fuzz_urls


@pytest.mark.e2e
def test_hostile_urls_are_answered_and_run_nothing() -> None:
    assert list(fuzz_urls(seed=7, count=60)) == []


@pytest.mark.e2e
def test_mutated_folders_are_read_told_and_shown() -> None:
    assert list(fuzz_folders(seed=7, count=10)) == []


def test_the_same_seed_is_the_same_folder(root: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert mutated(Random("7 3"), root / "data", tmp_path / name)
    ones, twos = (sorted(path for path in (tmp_path / name).rglob("*") if path.is_file()) for name in ("one", "two"))
    assert [path.read_bytes() for path in ones] == [path.read_bytes() for path in twos]


BROKEN = [
    ("<p onclick=pwned()>", "runs"),
    ("<img src=x>", "runs"),
    ("<a href=' JavaScript:pwned()'>x</a>", "runs"),
    ("<script>pwned()</script>", "runs"),
    ("<p>&lt;img src=x onerror=pwned()></p><script>a = '<img src=x>'</script>", ""),
]


@pytest.mark.parametrize(("html", "told"), BROKEN)
def test_what_runs_in_a_page_is_seen(html: str, told: str) -> None:
    page = Route("/", lambda _: HTMLResponse(html))
    client = TestClient(Starlette(routes=[page], middleware=middleware(lambda: "'self'")))
    faults = faults_of_url(client, Url("/"))
    assert [fault.partition(" ")[0] for fault in faults] == ([told] if told else [])


def test_other_faults_are_seen() -> None:
    def broken(_: Request) -> Response:
        raise RuntimeError

    routes = [Route("/raises", broken), Route("/fails", lambda _: JSONResponse({}, 500))]
    routes.append(Route("/nan", lambda _: Response("NaN", media_type="application/json")))
    client = TestClient(Starlette(routes=routes))
    assert faults_of_url(client, Url("/raises"))[0].startswith("raises RuntimeError()")
    assert "is answered 500" in faults_of_url(client, Url("/fails"))[0]
    told = " ".join(faults_of_url(client, Url("/nan")))
    assert "is no JSON" in told
    assert "has no content-security-policy" in told


def test_a_row_that_is_lost_without_a_word_is_seen(folder: Callable[..., Path]) -> None:
    path = folder(sites=[{"id": "one"}, {"id": "two", "lat": "north"}])
    assert untold(load(path), path) == []
    assert untold(replace(load(path), problems=()), path) == ["sites.csv loses rows and no problem tells of it"]
