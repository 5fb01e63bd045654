"""/api/v1: rows, pages, errors, what is kept and who may read."""

import asyncio
import csv
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from components.catalog.vocabulary import DEFAULT
from components.export.resources import RESOURCES
from components.export.rows import SINGLE
from components.view.sourcing import ranked
from components.web import api
from components.web.openapi import OPENAPI, ROOT
from components.web.query import pairs_of

WHOLE = "from=1900-01-01&to=2100-12-31"
ADDRESSES = (ROOT, OPENAPI, *(f"{ROOT}/{name}" for name in RESOURCES), f"{ROOT}/sites/al-tanf", "/feed.atom")


def client_of(folder) -> TestClient:
    return TestClient(Starlette(routes=api.routes(lambda: folder)))


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return client_of(root / "data")


@pytest.fixture(scope="module")
def full(counting) -> TestClient:
    """Of data that has rows in each table."""
    return client_of(counting)


@pytest.fixture(scope="module")
def small(folder) -> TestClient:
    """Three incidents: one of 2020, one of 2026 that only a later source told of, one placed by a whole country."""
    path = folder(
        'title = "Small"\n[window]\nfrom = 2026-01-01\nto = 2026-03-01\n',
        sources=[
            {"id": "wire", "published": "2026-02-02", "url": ""},
            {"id": "late", "published": "2026-05-05", "url": "https://example.org/late"},
        ],
        sites=[{"id": "base", "name": "Base"}, {"id": "camp", "name": "Camp", "sources": "late"}],
        presence=[
            {"id": "old", "site": "base", "force": "us", "start": "2020", "end": "2026-02-01"},
            {"id": "new", "site": "base", "force": "syria", "start": "2026-02-02"},
        ],
        incidents=[
            {"id": "early", "start": "2020-05-01", "site": "base", "kind": "ied", "confidence": "low"},
            {
                "id": "raid",
                "site": "base",
                "sources": "wire; late",
                "summary": "Told in full",
                "killed": "us 3; sdf 2+",
            },
            {"id": "quiet", "site": "camp", "sources": "late"},
        ],
        movements=[{"id": "out", "origin": "base", "low": "3", "force": "us"}],
    )
    return client_of(path)


def got(client: TestClient, path: str) -> Any:
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("name", RESOURCES)
@pytest.mark.parametrize("query", [WHOLE, f"{WHOLE}&known=2026-02-01", ""])
def test_rows_hold_the_declared_fields_and_no_other(full, name, query) -> None:
    rows = got(full, f"{name}?size=1000&{query}")["rows"]
    assert rows
    assert {tuple(sorted(row)) for row in rows} == {tuple(sorted(field.name for field in RESOURCES[name].fields))}


@pytest.mark.parametrize("name", [name for name in RESOURCES if name not in ("counts", "areas")])  # of no force; none
@pytest.mark.parametrize("size", [11, 23, 46, 100])
def test_the_pages_joined_are_the_whole_listing_in_its_order(client, name, size) -> None:
    whole = got(client, f"{name}?size=1000&force=us&force=syria")
    assert whole["next"] is None
    joined, path, number = [], f"{name}?force=us&size={size}&force=syria", 0
    while path:
        page = got(client, path)
        number += 1
        assert (page["page"], page["size"], page["total"]) == (number, size, whole["total"])
        assert page["laydown"] == whole["laydown"]
        assert 0 < len(page["rows"]) <= size
        joined += page["rows"]
        path = page["next"] and page["next"].removeprefix(f"http://testserver{ROOT}/")
        if path:
            assert parse_qs(urlsplit(path).query) == {
                "force": ["us", "syria"],
                "page": [str(number + 1)],
                "size": [str(size)],
            }
    assert joined == whole["rows"]
    assert page["pages"] == number
    assert len(joined) == whole["total"]


@pytest.mark.parametrize(("page", "rows", "more"), [(1, 1, True), (2, 1, False), (3, 0, False), (10**9, 0, False)])
def test_a_page_beyond_the_last_has_no_rows_and_no_next(small, page, rows, more) -> None:
    found = got(small, f"incidents?size=1&page={page}")
    assert (len(found["rows"]), found["next"] is not None) == (rows, more)
    assert (found["total"], found["pages"]) == (2, 2)


def test_nothing_on_view_is_an_empty_page(small) -> None:
    found = got(small, "incidents?q=nothing+is+called+so")
    assert (found["rows"], found["total"], found["pages"], found["next"]) == ([], 0, 0, None)


def test_an_answer_says_what_it_shows_and_from_which_data(small) -> None:
    told = got(small, "incidents?kind=attack&known=2026-02-10")["laydown"]
    assert told == {
        "title": "Small, only what was public by 10 Feb 2026",
        "window": "1 January 2026 – 1 March 2026, only what was public by 10 February 2026",
        "dataset": "Small",
        "data": told["data"],
        "checked": None,
        "newest_report": "2026-02-02",
        "record": "Newest report 2 February 2026.",
        "licence": "no licence stated",
        "credits": [],
        "link": "http://testserver/?kind=attack&known=2026-02-10",
    }
    assert len(told["data"]) == 12


def test_an_answer_says_how_old_the_record_is(client, curated) -> None:
    checked, after = curated.dataset.checked.isoformat(), curated.dataset.checked + timedelta(days=1)
    told = got(client, "incidents")["laydown"]
    assert told["checked"] == checked
    assert told["newest_report"] <= checked
    assert told["record"].startswith("Checked to ")
    assert "what came after" not in told["record"]
    assert "what came after" in got(client, f"incidents?to={after}")["laydown"]["record"]
    before = got(client, "incidents?known=2026-02-10")["laydown"]
    assert (before["checked"], before["newest_report"] <= "2026-02-10") == (None, True)


def test_the_index_names_every_resource_and_each_address_answers(client) -> None:
    told = client.get(ROOT).json()
    assert [resource["name"] for resource in told["resources"]] == list(RESOURCES)
    for url in (told["openapi"], told["feed"], *(resource["url"] for resource in told["resources"])):
        assert client.get(url).status_code == 200


def test_a_search_may_stand_in_plain_utf8(client) -> None:
    scope = {"type": "http", "method": "GET", "query_string": "q=التنف&q=%D8%A7".encode(), "headers": []}
    assert pairs_of(Request(scope)) == [("q", "التنف"), ("q", "ا")]
    assert got(client, f"sites?q=التنف&{WHOLE}")["total"] > 0


def test_a_step_of_a_briefing_is_its_own_view_on_whatever_page(client, curated) -> None:
    step = f"{curated.briefings[0].id}/1"
    alone, paged = (got(client, f"incidents?step={step}{more}") for more in ("", "&size=1"))
    assert paged["laydown"] == alone["laydown"]
    assert paged["laydown"]["window"] != got(client, "incidents")["laydown"]["window"]


# What is wrong in a query.

WRONG = [
    ("from=yesterday", "from", "a day such as"),
    ("to=2026-02-30", "to", "a day such as"),
    ("to=1850-01-01", "to", "1900"),
    ("from=2026-03-01&to=2026-02-01", "to", "from 2026-03-01 on"),
    ("kind=picnic", "kind", "attack"),
    ("confidence=HIGH", "confidence", "high"),
    ("country=", "country", "Syria"),
    ("sel=site:nowhere", "sel", "site:…"),
    ("colour=red", "colour", "kind"),
    ("q=" + "x" * 201, "q", "200"),
    ("q=caf%e9", "q", "UTF-8"),
    ("q=%00", "q", "UTF-8"),
    ("%ff=1", "\ufffd", "kind"),
    ("from=2026-01-01&from=2026-01-02", "from", "one value"),
    ("q=a&q=b", "q", "one value"),
    ("page=1&page=2", "page", "one value"),
    ("size=5&size=5", "size", "one value"),
    *((f"page={text}", "page", "from 1 to 1,000,000,000") for text in ("1000000001", "9" * 5000)),
    *(
        (f"{key}={text}", key, "a whole number from 1")
        for key in ("page", "size")
        for text in ("0", "-1", "1.0", "1e2", "", "one", "١", "1_0", "%201", "1%20", "%2B1", "01", "0x1", "1001%00")
    ),
    ("size=1001", "size", "from 1 to 1,000"),
]


@pytest.mark.parametrize(("query", "key", "may"), WRONG)
def test_a_wrong_value_is_refused_with_its_key_and_what_may_stand_there(client, query, key, may) -> None:
    answer = client.get(f"{ROOT}/incidents?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"] == "bad query"
    fault = next(fault for fault in answer.json()["faults"] if fault["key"] == key)
    assert may in str(fault.get("allowed", "")) + fault.get("form", "")
    assert len(answer.content) < 3000, "what is refused is told in short"


@pytest.mark.parametrize("path", [f"{ROOT}/sites/al-tanf", "/feed.atom"])
def test_the_other_addresses_refuse_alike_and_have_no_pages(client, path) -> None:
    faults = client.get(f"{path}?kind=picnic&page=1").json()["faults"]
    assert {fault["key"] for fault in faults} == {"kind", "page"}


def test_all_that_is_wrong_is_told_at_once(client) -> None:
    faults = client.get(f"{ROOT}/sites?page=0&size=x&kind=a&kind=attack&kind=b&from=c&zz=1").json()["faults"]
    assert sorted((fault["key"], fault["value"]) for fault in faults) == [
        ("from", "c"),
        ("kind", "a"),
        ("kind", "b"),
        ("page", "0"),
        ("size", "x"),
        ("zz", "zz"),
    ]


@pytest.mark.parametrize(
    "path", ["", "/", "/nowhere", "/sites/", "/posture/al-tanf", "/sites/al-tanf/x", "/%ff%00", "/x" * 500]
)
@pytest.mark.parametrize("query", ["", "?kind=picnic"])
def test_where_there_is_nothing_an_error_says_what_there_is(client, path, query) -> None:
    answer = client.get(f"{ROOT}{path}{query}")
    if path:
        assert answer.status_code == 404
        assert set(answer.json()) == {"error", "faults"}
        assert all(f"{ROOT}/{name}" in answer.json()["error"] for name in RESOURCES)
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "raw", "host", "status"),
    [
        ("incidents", b"q=\xff\xfe", b"testserver", 400),
        ("incidents", b"\xd9\xa1=\x00", b"testserver", 400),
        ("incidents", "q=التنف".encode(), b"testserver", 200),
        ("incidents", b"&&&==&", b"testserver", 400),
        ("incidents", b"q=" + b"%" * 9000, b"testserver", 400),
        ("incidents", b"size=1", b"[::", 200),
        ("incidents", b"size=1", b'"><script>', 200),
        ("incidents", b"size=1", b"a b\xff", 200),
        ("sites/al-tanf\x00", b"", b"testserver", 404),
        ("sites/\ufffd", b"", b"testserver", 404),
    ],
)
def test_bytes_that_no_client_sends_are_answered_too(client, path, raw, host, status) -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("testserver", 80),
        "path": f"{ROOT}/{path}",
        "root_path": "",
        "query_string": raw,
        "headers": [(b"host", host)],
    }
    asyncio.run(client.app(scope, receive, send))
    assert sent[0]["status"] == status


# One row.


@pytest.mark.parametrize("name", SINGLE)
def test_a_row_alone_is_the_same_as_in_its_listing(client, name) -> None:
    for row in got(client, f"{name}?{WHOLE}")["rows"][::9]:
        assert got(client, f"{name}/{row['id']}?{WHOLE}")["row"] == row


@pytest.mark.parametrize(
    "query", ["", "kind=attack&q=nothing", "force=sdf", "from=2026-02-20&to=2026-02-28", "confidence=high"]
)
def test_neither_window_nor_filter_hides_a_row(small, query) -> None:
    assert all(row["id"] != "early" for row in got(small, f"incidents?{query}")["rows"])
    found = got(small, f"incidents/early?{query}")
    assert found["row"]["id"] == "early"
    assert found["row"]["certain"] is False, "it does not fall in the window"
    assert "sel=incident:early" in found["laydown"]["link"]
    assert got(small, f"sites/base?{query}")["row"]["id"] == "base"


@pytest.mark.parametrize(
    ("path", "known", "there"),
    [
        ("incidents/raid", "2026-02-01", False),
        ("incidents/raid", "2026-02-02", True),
        ("incidents/quiet", "2026-05-04", False),
        ("incidents/quiet", "2026-05-05", True),
        ("sites/camp", "2026-05-04", False),
        ("sites/camp", "2026-05-05", True),
        ("movements/out", "2026-02-01", False),
        ("sources/late", "2026-05-04", False),
        ("sources/late", "2026-05-05", True),
        ("sources/none", "2026-05-05", False),
    ],
)
def test_only_what_was_public_is_found(small, path, known, there) -> None:
    answer = small.get(f"{ROOT}/{path}?known={known}")
    assert answer.status_code == (200 if there else 404)
    if not there:
        assert path.split("/")[1] in answer.json()["error"]
        assert known in answer.json()["error"]


@pytest.mark.parametrize(
    ("known", "cited", "summary"), [("", ["wire", "late"], "Told in full"), ("2026-03-01", ["wire"], None)]
)
def test_a_row_comes_with_its_sources_in_full_as_known(small, known, cited, summary) -> None:
    found = got(small, f"incidents/raid{'?known=' if known else ''}{known}")
    assert [source["id"] for source in found["source_rows"]] == found["row"]["sources"] == cited
    assert found["source_rows"][0] == {
        "id": "wire",
        "publisher": "Wire",
        "title": "Report",
        "url": None,
        "published": "2026-02-02",
        "kind": "wire",
        "language": None,
        "via": None,
        "archived": None,
        "accessed": None,
        "note": None,
    }
    assert found["row"]["summary"] == summary
    assert found["row"]["killed"] == [
        {"force": "us", "low": 3, "high": 3},
        {"force": "sdf", "low": 2, "high": None},
    ]


def test_the_sources_in_full_stand_by_their_kind_and_the_rows_own_cell_as_it_is(client, curated) -> None:
    for row in curated.incidents.tail(30).itertuples():
        found = got(client, f"incidents/{row.id}")
        assert found["row"]["sources"] == list(row.sources)
        assert [source["id"] for source in found["source_rows"]] == list(ranked(curated, row.sources))
        kinds = [DEFAULT.ids("source_kinds").index(source["kind"]) for source in found["source_rows"]]
        assert kinds == sorted(kinds)


def test_a_site_alone_is_told_as_of_the_windows_end(small) -> None:
    held = [got(small, f"sites/base?to={day}")["row"]["held_by"] for day in ("2026-01-31", "2026-02-10")]
    assert held == [["us"], ["syria"]]


def test_the_sources_of_what_is_on_view_are_those_that_were_public(small) -> None:
    listed = [[row["id"] for row in got(small, f"sources?known={day}")["rows"]] for day in ("2026-03-01", "2026-06-01")]
    assert listed == [["wire"], ["wire", "late"]]


# What is kept.


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_has_not_changed_is_not_sent_again(client, path) -> None:
    first = client.get(path)
    etag = first.headers["etag"]
    assert etag.startswith('"')
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Accept-Encoding"
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(path, headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    twice = client.get(path, headers=[("if-none-match", '"other"'), ("if-none-match", etag)])
    assert twice.status_code == 304
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.head(path).headers["etag"] == etag


def test_what_has_not_changed_is_not_made_either(client, monkeypatch) -> None:
    path = f"{ROOT}/incidents?size=3"
    etag = client.get(path).headers["etag"]
    monkeypatch.setattr(api, "on_view", None)
    assert client.get(path, headers={"if-none-match": etag}).status_code == 304


def test_another_question_has_another_etag(client) -> None:
    paths = [
        *ADDRESSES,
        f"{ROOT}/sites?size=5",
        f"{ROOT}/sites?page=2",
        f"{ROOT}/sites?kind=attack",
        f"{ROOT}/sites/qasrak",
    ]
    tags = [
        client.get(path, headers={"accept-encoding": coding}).headers["etag"]
        for path in paths
        for coding in ("gzip", "br")
    ]
    tags.append(client.get(f"{ROOT}/sites", headers={"host": "other.example"}).headers["etag"])
    assert len(set(tags)) == len(tags)


def test_a_bad_query_is_refused_though_its_asker_holds_something(client) -> None:
    for path, status in ((f"{ROOT}/sites?kind=picnic", 400), (f"{ROOT}/sites/nowhere", 404), (f"{ROOT}/x", 404)):
        answer = client.get(path, headers={"if-none-match": "*"})
        assert answer.status_code == status
        assert "etag" not in answer.headers


def test_changed_data_has_another_etag(folder) -> None:
    path = folder(incidents=[{"id": "a", "lat": "34", "lon": "38"}])
    client = client_of(path)
    first = client.get(f"{ROOT}/incidents")
    with (path / "forces.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["more", "More", "", "", "", "#123456"])
    second = client.get(f"{ROOT}/incidents", headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.headers["etag"] != first.headers["etag"]


# Who may read.

ASKED: list[tuple[str, Callable[[TestClient], Any], int]] = [
    ("an answer", lambda client: client.get(f"{ROOT}/sites"), 200),
    ("a head", lambda client: client.head(f"{ROOT}/sites"), 200),
    ("nothing new", lambda client: client.get(f"{ROOT}/sites", headers={"if-none-match": "*"}), 304),
    ("a bad query", lambda client: client.get(f"{ROOT}/sites?kind=picnic"), 400),
    ("no such row", lambda client: client.get(f"{ROOT}/sites/nowhere"), 404),
    ("no such address", lambda client: client.get(f"{ROOT}/nowhere"), 404),
    ("the feed", lambda client: client.get("/feed.atom"), 200),
    *((method, lambda client, m=method: client.request(m, f"{ROOT}/sites"), 405) for method in ("POST", "PUT", "ODD")),
    ("a preflight", lambda client: client.options(f"{ROOT}/sites"), 204),
]


@pytest.mark.parametrize(("ask", "status"), [case[1:] for case in ASKED], ids=[case[0] for case in ASKED])
def test_a_page_of_any_origin_may_read_every_answer(client, ask, status) -> None:
    answer = ask(client)
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-expose-headers"] == "ETag"
    assert "access-control-allow-credentials" not in answer.headers
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert set(answer.json()) == {"error", "faults"}


@pytest.mark.parametrize("path", [*ADDRESSES, f"{ROOT}/nowhere"])
def test_a_preflight_allows_reading_what_is_held_already(client, path) -> None:
    asked = {"origin": "https://example.org", "access-control-request-method": "GET"}
    answer = client.options(path, headers={**asked, "access-control-request-headers": "if-none-match"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "If-None-Match"


@pytest.fixture(scope="module")
def parts(folder) -> TestClient:
    """A movement and its parts, a count of each kind, and a forecast with its outcome."""
    path = folder(
        'title = "Parts"\nchecked = 2026-11-01\n[window]\nfrom = 2026-01-01\nto = 2026-03-01\n',
        sources=[{"id": "wire", "published": "2026-01-22"}, {"id": "late", "published": "2026-06-01"}],
        sites=[{"id": "camp", "name": "Camp"}],
        movements=[
            {"id": "all", "title": "All of them", "origin": "camp", "start": "2026-02-01", "end": "2026-02-13"},
            {"id": "first", "origin": "camp", "start": "2026-01-21", "part_of": "all"},
            {"id": "last", "origin": "camp", "start": "2026-02-13", "part_of": "all"},
        ],
        strengths=[
            {"id": "in-iraq", "country": "Iraq", "date": "2026-01-22", "note": "As told.", "sources": "wire; late"},
            {"id": "in-camp", "site": "camp", "date": "2026-02", "confidence": "high"},
            {"id": "sdf", "country": "Iraq", "force": "sdf", "date": "2026-01-22"},
            {"id": "before", "country": "Iraq", "date": "2025"},
        ],
        claims=[
            {
                "id": "soon",
                "row": "strength:in-iraq",
                "expected": "2026-04",
                "outcome": "It was met.",
                "sources": "wire; late",
            },
            {"id": "never", "row": "strength:in-iraq"},
        ],
    )
    return client_of(path)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"all": (None, False), "first": ("All of them", True), "last": ("All of them", True)}),
        # Without its whole a part is all there is.
        ("from=2026-01-20&to=2026-01-31", {"first": ("All of them", False)}),
        ("from=2026-02-13&to=2026-02-13", {"all": (None, False), "last": ("All of them", True)}),
    ],
)
def test_a_part_is_in_its_whole_where_that_is_on_view(parts, query: str, expected) -> None:
    rows = got(parts, f"movements?{query}")["rows"]
    assert {row["id"]: (row["whole"], row["in_whole"]) for row in rows} == expected


def test_a_part_that_is_asked_for_by_itself_is_told_as_of_the_window(parts) -> None:
    assert got(parts, "movements/first")["row"]["in_whole"] is True
    assert got(parts, "movements/first?from=2026-01-20&to=2026-01-31")["row"]["in_whole"] is False


def test_the_feed_names_the_whole_of_a_part(parts) -> None:
    assert parts.get("/feed.atom").text.count("Part of: All of them") == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["in-iraq", "in-camp", "sdf"]),
        ("from=2025-06-01", ["in-iraq", "in-camp", "sdf", "before"]),
        ("to=2026-01-31", ["in-iraq", "sdf"]),
        ("country=Syria", ["in-camp"]),
        ("force=sdf", ["sdf"]),
        ("confidence=high", []),  # who held the site is not on record
        ("confidence=low", ["in-iraq", "sdf"]),
        ("q=camp", ["in-camp"]),
        ("disputed=only", ["in-iraq"]),
        ("known=2026-01-21", []),
    ],
)
def test_the_strengths_on_view_are_those_of_the_window_and_the_filters(parts, query: str, expected) -> None:
    assert [row["id"] for row in got(parts, f"strengths?{query}")["rows"]] == expected


def test_words_that_may_rest_on_what_came_later_are_left_out(parts) -> None:
    notes = [got(parts, f"strengths?{query}")["rows"][0]["note"] for query in ("", "known=2026-02-01")]
    assert notes == ["As told.", None]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ("Expected by April 2026. It was met.", "It was met.")),
        ("known=2026-05-10", ("Expected by April 2026.", None)),
        ("known=2026-04-01", ("Expected by April 2026.", None)),
        ("known=2026-06-01", ("Expected by April 2026. It was met.", "It was met.")),
    ],
)
def test_a_forecast_leaves_with_what_became_of_it(parts, query: str, told) -> None:
    rows = {row["id"]: row for row in got(parts, f"claims?{query}")["rows"]}
    assert (rows["soon"]["forecast"], rows["soon"]["outcome"]) == told
    assert (rows["never"]["forecast"], rows["never"]["outcome"]) == (None, None)


def test_the_sources_of_all_that_leaves_are_listed(parts) -> None:
    assert [row["id"] for row in got(parts, "sources?from=2026-01-22&to=2026-01-22")["rows"]] == ["wire", "late"]
