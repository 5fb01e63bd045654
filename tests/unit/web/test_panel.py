"""/panel/<name>.json: what it answers, and that nobody is sent it twice."""

import json
from datetime import date
from urllib.parse import parse_qs

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.dates import day_number
from components.panels.page import parts, stamp
from components.panels.panel import PANELS
from components.view.on_view import on_view
from components.view.title import page_title
from components.view.view import TABS, read_view
from components.web.server import middleware, routes

SITE = "sel=site:al-tanf"


def client_of(folder) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: folder), middleware=middleware(lambda: folder)))


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return client_of(root / "data")


@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize("query", ["", SITE, "from=1990-01-01&to=1990-12-31", "known=2026-02-10&q=tanf&kind=attack"])
def test_every_panel_is_answered_as_elements_the_browser_can_build(client, texts_of, name: str, query: str) -> None:
    answer = client.get(f"/panel/{name}.json?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert texts_of(answer.json()["nodes"]) or name == "table"


def test_every_tab_of_the_page_is_a_panel() -> None:
    assert set(TABS) <= set(PANELS)


@pytest.mark.parametrize("path", ["/panel/nothing.json", "/panel/Selected.json", "/panel/a%2Fb.json", "/panel/.json"])
def test_another_name_is_answered_with_404(client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404


def test_what_is_said_where_there_is_no_such_panel(client) -> None:
    told = client.get("/panel/nothing.json").json()
    assert told["faults"] == []
    assert all(name in told["error"] for name in PANELS)


def test_the_card_is_that_of_the_row_that_the_link_selects(client, curated, texts_of) -> None:
    told = client.get(f"/panel/selected.json?{SITE}").json()
    assert curated.sites.loc["al-tanf", "name"] in texts_of(told["nodes"])
    hint = client.get("/panel/selected.json").json()
    assert "Nothing is selected." in texts_of(hint["nodes"])[0]


def test_incidents_that_a_card_offers_are_told_by_their_number(client, curated) -> None:
    numbers = client.get(f"/panel/selected.json?{SITE}").json()["numbers"]
    here = curated.incidents[curated.incidents["site"] == "al-tanf"]
    assert len(here)
    assert {f"incident:{id_}" for id_ in here["id"]} <= set(numbers)
    for name, number in numbers.items():
        assert f"incident:{curated.incidents['id'].iloc[number]}" == name


def test_what_stands_beside_the_elements_goes_with_them(client) -> None:
    strength = client.get("/panel/strength.json?from=2026-01-01&to=2026-03-01").json()
    assert strength["charts"]
    days = {"start": day_number(date(2026, 1, 1)), "end": day_number(date(2026, 3, 1))}
    assert strength["window"] == days
    table = client.get("/panel/table.json").json()
    assert len(table["columns"]) == len(table["rows"][0])


def test_the_sources_are_those_of_what_is_on_view(client, curated, texts_of) -> None:
    whole = texts_of(client.get("/panel/sources.json").json()["nodes"])
    some = texts_of(client.get("/panel/sources.json?country=Jordan").json()["nodes"])
    assert curated.dataset.title in some
    assert {*curated.dataset.credits, f"{curated.dataset.licence} · data {curated.version}"} <= set(some)
    assert set(some) & set(curated.sources["title"]) < set(whole) & set(curated.sources["title"])


def test_what_is_wrong_in_a_link_is_ignored_as_on_the_page(client) -> None:
    told = client.get("/panel/posture.json?kind=picnic&from=never&fbclid=abc&sel=site:nowhere")
    assert told.status_code == 200
    assert told.json() == client.get("/panel/posture.json").json()


def test_a_panel_is_not_sent_again_to_who_has_it(client) -> None:
    first = client.get(f"/panel/selected.json?{SITE}&from=2026-01-01")
    tag = first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]
    assert "public" in first.headers["cache-control"]
    again = client.get(f"/panel/selected.json?{SITE}&from=2026-01-01", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    same = client.get(f"/panel/selected.json?from=2026-01-01&{SITE}&utm_source=x", headers={"if-none-match": tag})
    assert same.status_code == 304, "the same view, however it is written"
    for other in ("/panel/sources.json?from=2026-01-01&sel=site:al-tanf", "/panel/selected.json?sel=site:al-tanf"):
        assert client.get(other, headers={"if-none-match": tag}).status_code == 200


def test_pages_of_any_origin_may_read_it_and_nobody_may_write(client) -> None:
    asked = {"origin": "null", "access-control-request-method": "GET"}
    assert client.get("/panel/sources.json", headers=asked).headers["access-control-allow-origin"] == "*"
    assert client.options("/panel/sources.json", headers=asked).status_code in (200, 204)
    assert client.post("/panel/sources.json").status_code == 405


HOSTILE = "</script><img src=x onerror=alert(1)>`${alert(1)}`"


@pytest.mark.parametrize("name", PANELS)
def test_hostile_text_stays_text(folder, texts_of, name: str) -> None:
    path = folder(
        toml=f"title = '''{HOSTILE}'''\n",
        sources=[{"id": "wire", "publisher": HOSTILE, "title": HOSTILE, "url": "javascript:alert(1)"}],
        sites=[{"id": "base", "name": HOSTILE}],
        incidents=[{"id": "one", "title": HOSTILE, "site": "base"}],
    )
    answer = client_of(path).get(f"/panel/{name}.json", params={"sel": "site:base", "q": HOSTILE})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert isinstance(texts_of(answer.json()["nodes"]), list)


# All that the page shows of a link


def test_the_pages_documents_are_those_that_its_script_puts_on_it(client, curated) -> None:
    query = "from=2026-01-01&to=2026-02-12&kind=attack&tab=posture"
    told = client.get(f"/panel/page.json?{query}").json()
    view, _ = read_view(parse_qs(query), curated)
    shown = on_view(curated, view)
    made = {key: document.as_json() for key, document in parts(shown, []).items()}
    assert told["parts"] == json.loads(json.dumps(made))
    assert list(told["parts"]) == ["search", "dates", "facets", "notices", "posture"]
    assert (told["title"], told["link"]) == (page_title(curated, view), query)
    assert (told["command"]["start"], told["command"]["end"]) == (day_number(view.start), day_number(view.end))


@pytest.mark.parametrize("query", ["", "tab=selected&back=strength&sel=site:al-tanf", "known=2026-02-10&q=tanf&sel=x"])
def test_the_pages_documents_are_elements_the_browser_can_build(client, texts_of, query: str) -> None:
    for document in client.get(f"/panel/page.json?{query}").json()["parts"].values():
        texts_of(document["nodes"])


def test_where_the_map_looks_and_what_is_cited_are_not_the_documents(client, curated) -> None:
    link = client.get(f"/panel/page.json?to=2026-02-12&map=8/34/38&data={curated.version}").json()["link"]
    assert link == "to=2026-02-12"


def test_the_table_needs_a_run_and_its_documents_say_so(client) -> None:
    assert client.get("/panel/page.json?tab=table").json()["parts"]["dates"]["link"] is None


def test_with_its_stamp_a_document_lasts_and_with_another_there_is_none(client, curated) -> None:
    known = client.get("/panel/page.json").json()["parts"]["dates"]["stamp"]
    assert known == stamp(curated)
    answer = client.get(f"/panel/page.json?stamp={known}&to=2026-02-12")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = client.get(
        f"/panel/page.json?to=2026-02-12&stamp={known}", headers={"if-none-match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    gone = client.get("/panel/page.json?stamp=0123456789ab")
    assert gone.status_code == 404
    assert "load the page anew" in gone.json()["error"]
