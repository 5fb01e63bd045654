"""/embed and /preview.png."""

import hashlib
import io
import re
from base64 import b64encode
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.view.record import after_text, age_text
from components.web import embed as embedding
from components.web.server import middleware, routes
from tests.curated import FROM, TO, brief

LIMIT = 60_000


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: root / "data"), middleware=middleware(lambda: root / "data")))


def policy_of(answer) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))


def test_the_embed_is_small_and_all_it_fetches_is_kept_for_ever(client) -> None:
    answer = client.get("/embed")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(answer.content) < LIMIT
    links = re.findall(r'(?:src|href)="((?:assets|map)/[^"]+)"', answer.text)
    assert len(links) == 9
    for link in links:
        fetched = client.get(urljoin("http://testserver/embed", link))
        assert fetched.status_code == 200, link
        assert "immutable" in fetched.headers["cache-control"], link
        assert fetched.headers["access-control-allow-origin"] == "*", "a sandboxed frame has no origin"


def test_any_site_may_frame_it_and_nothing_in_it_is_evaluated(client) -> None:
    answer = client.get("/embed")
    policy = policy_of(answer)
    assert policy["frame-ancestors"] == "*"
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy["script-src"]
    [script] = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert not re.search(r"<[^>]*\son\w+=", answer.text), "no inline handlers"


def test_the_same_view_is_the_same_page_and_need_not_be_sent_twice(client) -> None:
    first = client.get("/embed?kind=attack")
    embedding._page.cache_clear()
    second = client.get("/embed?kind=attack")
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"] != client.get("/embed").headers["etag"]
    again = client.get("/embed?kind=attack", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    weak = client.get("/embed?kind=attack", headers={"if-none-match": f'W/"x", W/{first.headers["etag"]}'})
    assert weak.status_code == 304


@pytest.mark.e2e
@pytest.mark.parametrize(("url", "kept"), [("", "private"), ("https://map.example.org", "public")])
def test_a_page_that_a_forged_host_stands_in_is_kept_for_nobody_else(client, monkeypatch, url: str, kept: str) -> None:
    monkeypatch.setenv("LAYDOWN_URL", url)
    answer = client.get("/embed", headers={"host": "evil.example"})
    assert answer.headers["cache-control"].split(", ")[0] == kept
    assert ("evil.example" in answer.text) == (kept == "private")
    again = client.get("/embed", headers={"host": "evil.example", "if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, answer.headers["cache-control"])
    picture = client.get("/preview.png", headers={"host": "evil.example"})
    assert "public" in picture.headers["cache-control"], "no address is in it"


def test_the_view_and_the_shape_are_the_links(client) -> None:
    text = client.get("/embed?from=2025-12-01&sel=site:al-tanf&timeline=off&filters=off").text
    assert '"selected":"site:al-tanf"' in text
    assert 'data-timeline="off"' in text
    assert 'data-filters="off"' in text
    assert "laydown.timeline(" not in text
    assert '<a class="open" href="./?from=2025-12-01&amp;sel=site:al-tanf"' in text.replace("%3A", ":")
    whole = client.get("/embed").text
    assert "laydown.timeline(" in whole
    assert "data-filters" not in whole
    assert "<h1>US posture in Syria, Jordan and Iraq</h1>" in whole


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", f'<span class="window">{brief(FROM)} – {brief(TO)}</span>'),
        ("timeline=off&filters=off", f'<span class="window">{brief(FROM)} – {brief(TO)}</span>'),
        ("from=2026-02-11&to=2026-02-11&timeline=off", '<span class="window">11 Feb 2026</span>'),
        (
            "to=2026-03-12&known=2026-02-10",
            '12 Mar 2026</span><span class="known">, only what was public by 10 Feb 2026</span>',
        ),
    ],
)
def test_its_foot_says_the_date_whatever_else_it_has(client, query: str, told: str) -> None:
    foot = client.get(f"/embed?{query}").text.partition("<footer")[2]
    assert told in foot
    assert "<h1>US posture in Syria, Jordan and Iraq</h1>" in foot


def test_its_foot_says_how_old_the_record_is(client, curated) -> None:
    def age(query: str) -> str:
        [told] = re.findall('<span class="age">(.*?)</span>', client.get(f"/embed?{query}").text)
        return told

    checked = curated.dataset.checked
    assert age("timeline=off&filters=off") == age_text(curated)
    assert age("known=2026-02-10") == age_text(curated, date(2026, 2, 10))
    assert age(f"to={checked}") == age_text(curated)
    assert age(f"to={checked + timedelta(days=1)}") == after_text(curated, subject="Checked")


def test_its_reader_has_not_chosen_to_ask_another_server(client) -> None:
    text = client.get("/embed?base=osm").text
    assert '"base":"vector"' in text
    assert '"base":"osm"' not in text


def test_it_credits_names_its_licence_and_leads_to_laydown(client, curated) -> None:
    text = client.get("/embed").text
    for words in (curated.dataset.licence, *curated.dataset.credits, "Open in Laydown", "Sources"):
        assert words in text


def test_a_browser_without_scripts_is_shown_a_picture(client) -> None:
    [without] = re.findall("<noscript>(.*?)</noscript>", client.get("/embed?kind=attack").text)
    assert '<img src="preview.png?kind=attack"' in without


def test_its_link_shows_its_map_in_a_chat(client) -> None:
    text = client.get("/embed?sel=site:al-tanf").text
    assert 'name="twitter:card" content="summary_large_image"' in text
    assert 'property="og:title" content="Al-Tanf garrison"' in text
    [picture] = re.findall(r'property="og:image" content="([^"]+)"', text)
    assert picture.replace("%3A", ":") == "http://testserver/preview.png?sel=site:al-tanf"
    assert client.get(picture).headers["content-type"] == "image/png"


def test_what_is_not_understood_is_told_and_what_others_add_is_not(client) -> None:
    text = client.get("/embed?kind=picnic&fbclid=abc").text
    assert "The link&#39;s kind “picnic” is not known here, so it is ignored." in text
    assert "fbclid" not in text
    assert 'class="notices"' not in client.get("/embed?fbclid=abc").text
    assert "The data has changed since this was cited" in client.get("/embed?data=0123456789ab").text


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}{% raw %}",
        "${alert(1)}`",
        "<!--",
    ],
)
def test_nothing_in_a_link_or_a_row_becomes_markup_or_code(folder, text: str) -> None:
    path = folder(
        toml=f"title = '''{text}'''\n[[periods]]\nname = '''{text}'''\nfrom = 2026-01-01\nto = 2026-02-01\n",
        sites=[{"id": "base", "name": text}],
        incidents=[{"id": "one", "title": text, "site": "base"}],
    )
    client = TestClient(Starlette(routes=routes(lambda: path), middleware=middleware(lambda: path)))
    answer = client.get("/embed", params={"q": text, "sel": "site:base", "kind": text})
    assert answer.status_code == 200
    markup = re.sub(r"<script>.*?</script>", "", answer.text, flags=re.DOTALL)
    assert (text in markup) == ("<" not in text), "it stands there as text, as it is written"
    assert answer.text.count("<script") == 3, "Leaflet, the map, and the one that is allowed by its hash"
    [script] = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert digest in answer.headers["content-security-policy"]


@pytest.mark.e2e
def test_the_preview_is_a_picture_for_a_chat(client) -> None:
    answer = client.get("/preview.png?sel=site:al-tanf&kind=picnic")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    again = client.get("/preview.png?sel=site:al-tanf", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304, "the same view, however it is written"
    assert client.get("/preview.png").headers["etag"] != answer.headers["etag"]
