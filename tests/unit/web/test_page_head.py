"""The page's head, as those read it who do not run the page."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from components.web.server import middleware

PAGE = "<!doctype html><html><head><title>Streamlit</title></head><body>التنف</body></html>"


def page(request: Request) -> Response:
    """The same document for every link, as Streamlit sends it."""
    if request.headers.get("if-none-match") == '"one"':
        return Response(status_code=304)
    return HTMLResponse(PAGE, headers={"etag": '"one"'})


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    routes = [
        Route("/", page),
        Route("/other", lambda _: HTMLResponse(PAGE)),
        Route("/text", lambda _: PlainTextResponse("<title>Streamlit</title>")),
    ]
    return TestClient(Starlette(routes=routes, middleware=middleware(lambda: root / "data")))


def test_the_head_follows_the_link(client) -> None:
    answer = client.get("/?from=2025-12-01&to=2026-03-12&sel=site:al-tanf&utm_source=mail")
    assert "<title>Al-Tanf garrison, 1 Dec 2025 – 12 Mar 2026 · Laydown</title>" in answer.text
    assert 'property="og:title" content="Al-Tanf garrison, 1 Dec 2025 – 12 Mar 2026"' in answer.text
    assert 'name="description"' in answer.text
    assert "1 December 2025 to 12 March 2026" in answer.text
    picture = "http://testserver/preview.png?from=2025-12-01&amp;sel=site:al-tanf&amp;to=2026-03-12"
    assert f'property="og:image" content="{picture}"' in answer.text
    assert answer.text.endswith("</script>التنف</body></html>")
    assert answer.text.index("Skip to the map") < answer.text.index("التنف"), "the first stop of the Tab key"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "etag" not in answer.headers, "it is of the document before its head was written"


STREAMLIT = (
    "<html><head><title>Streamlit</title><script>window.prerenderReady = false</script>"
    '<script type="module" crossorigin src="./static/js/index.js"></script>'
    '<link rel="modulepreload" crossorigin href="./static/js/a.js"></head><body><div id="root"></div></body></html>'
)


def test_streamlits_scripts_wait_for_the_early_map(root) -> None:
    app = Starlette(
        routes=[Route("/", lambda _: HTMLResponse(STREAMLIT))],
        middleware=middleware(lambda: root / "data", text_size=14),
    )
    text = TestClient(app).get("/").text
    waiting = (
        '<template id="streamlit"><script type="module" crossorigin src="./static/js/index.js"></script>'
        '<link rel="modulepreload" crossorigin href="./static/js/a.js"></template>'
    )
    assert text.count("static/js/") == 2, "nowhere else"
    assert text.index('<div id="root"></div>') < text.index(waiting) < text.index("laydownEarly")
    assert "window.prerenderReady" in text
    assert ":root:root { font-size: 14px }" in text


def test_two_links_have_two_heads(client) -> None:
    first, second = client.get("/").text, client.get("/?known=2026-02-10").text
    assert first != second
    assert "only what was public by 10 February 2026" in second


@pytest.mark.parametrize(
    "query", ["q=%3C/title%3E%3Cscript%3E", "sel=%22%3E%3Cscript%3E", "from=%22onload=%22", "%ff=%ff"]
)
def test_nothing_in_a_link_becomes_markup(client, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 200
    assert answer.text.count("<script") == 2, "those of the data set and the skip links, which are of no link"
    assert answer.text.count('<script type="application/ld+json">') == 1
    assert "onload=" not in answer.text


def test_no_other_document_is_touched(client) -> None:
    assert client.get("/other").text == PAGE
    assert client.get("/text").text == "<title>Streamlit</title>"


def test_what_is_no_document_is_passed_on_as_it_is(root) -> None:
    text = "<title>Streamlit</title>"
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse(text))], middleware=middleware(lambda: root / "data")
    )
    assert TestClient(app).get("/").text == text


def test_whoever_has_an_older_head_is_sent_the_new_one(client) -> None:
    assert client.get("/", headers={"if-none-match": '"one"'}).status_code == 200
    assert client.head("/").status_code == 200
