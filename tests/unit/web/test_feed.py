"""/feed.atom: sound by RFC 4287, the newest first, and the same each time it is asked for."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import components
from components.catalog.served import open_catalog
from components.export.atom import ATOM, NEWEST, newest
from components.view.briefings import step_view
from components.view.on_view import on_view
from components.view.selection import select
from components.view.view import FIRST_DAY, LAST_DAY, View, read_checked
from components.web.api import routes

ELEMENTS = {
    "feed": {"id", "title", "subtitle", "updated", "author", "link", "generator", "rights", "entry"},
    "entry": {"id", "title", "updated", "published", "link", "category", "summary"},
    "author": {"name"},
}
"""What of RFC 4287 is used, by what it stands in; all else holds text."""
ATTRIBUTES = {
    "link": {"rel", "type", "href", "title"},
    "generator": {"version"},
    "category": {"term", "label"},
    **{name: {"type"} for name in ("title", "subtitle", "rights", "summary")},
}
ONCE = {
    "feed": ("id", "title", "updated", "author", "generator"),
    "entry": ("id", "title", "updated", "published", "summary"),
}
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")


def client_of(folder) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: folder)))


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return client_of(root / "data")


def tag(element: ET.Element) -> str:
    namespace, _, name = element.tag[1:].partition("}")
    assert namespace == ATOM
    return name


def checked(content: bytes) -> ET.Element:
    """Return a feed, having found no fault in it: RFC 4287, sections 3 and 4.

    No package of the RFC's schema (appendix B) is at hand; these are its rules for what is used here.
    """
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ET.fromstring(content)
    assert tag(root) == "feed"
    for element in root.iter():
        name = tag(element)
        assert {tag(child) for child in element} <= ELEMENTS.get(name, set())
        assert set(element.attrib) <= ATTRIBUTES.get(name, set())
        if name not in ELEMENTS and name not in ("link", "category"):
            assert (element.text or "").strip(), f"an empty {name}"
        if name in ("feed", "entry"):
            _check_parts(element, name)
    entries = root.findall(f"{{{ATOM}}}entry")
    ids = [text(entry, "id") for entry in (root, *entries)]
    assert len(set(ids)) == len(ids), "4.1.1: two entries with one id"
    if entries:
        assert text(root, "updated") == max(text(entry, "updated") for entry in entries)
    assert [link.get("href") for link in links(root, "self")], "4.1.1: a feed should say where it is from"
    return root


def _check_parts(element: ET.Element, name: str) -> None:
    found = [tag(child) for child in element]
    for part in ONCE[name]:
        assert found.count(part) == 1, f"{part} of {name}"
    assert all(found.count(part) <= 1 for part in ("rights", "subtitle"))
    # 4.2.6: an absolute IRI, here a URN of RFC 9562.
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text(element, "id"))
    for part in ("updated", "published"):
        if part in found:
            assert INSTANT.fullmatch(text(element, part)), "3.3: RFC 3339"
            date.fromisoformat(text(element, part)[:10])
    # 4.1.1, 4.1.2: at most one alternate of a type; here exactly one, so that a reader can go there.
    assert [link.get("type") for link in links(element, "alternate")] == ["text/html"]
    for link in element.findall(f"{{{ATOM}}}link"):
        assert re.match(r"https?://[^\s<>\"]+$", link.get("href", "")), "4.2.7.1: an IRI"
        assert link.get("rel") in ("self", "alternate", "via"), "4.2.7.2"
    for construct in ("title", "subtitle", "rights", "summary"):
        assert all(part.get("type") == "text" for part in element.findall(f"{{{ATOM}}}{construct}")), "3.1.1"
    if name == "entry":
        assert text(element, "published") <= text(element, "updated")
        assert all(part.get("term") for part in element.findall(f"{{{ATOM}}}category")), "4.2.2.1"


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{{{ATOM}}}{name}") or ""


def links(element: ET.Element, rel: str) -> list[ET.Element]:
    return [link for link in element.findall(f"{{{ATOM}}}link") if link.get("rel") == rel]


def entries_of(client: TestClient, query: str = "") -> list[ET.Element]:
    answer = client.get(f"/feed.atom{query}")
    assert answer.status_code == 200, answer.text
    return checked(answer.content).findall(f"{{{ATOM}}}entry")


def titles(client: TestClient, query: str = "") -> list[str]:
    return [text(entry, "title") for entry in entries_of(client, query)]


@pytest.mark.parametrize(
    "query",
    ["", "?force=us&known=2026-02-15", "?q=nothing+is+called+so", "?from=2026-02-01", "?step=al-tanf-withdrawal/1"],
)
def test_the_feed_is_sound_and_readers_can_read_it(client, curated, query) -> None:
    answer = client.get(f"/feed.atom{query}")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = checked(answer.content)
    read: Any = feedparser.parse(answer.content)
    assert read.bozo == 0
    assert read.version == "atom10"
    assert read.feed.title == read.feed.author == curated.dataset.title
    assert read.feed.rights == curated.dataset.licence
    assert read.feed.generator_detail == {"name": "Laydown", "version": components.__version__}
    assert [entry.id for entry in read.entries] == [text(entry, "id") for entry in root.iter(f"{{{ATOM}}}entry")]
    assert (len(read.entries) == 0) == ("nothing" in query)
    assert links(root, "self")[0].get("href") == f"http://testserver/feed.atom{query}"
    assert links(root, "alternate")[0].get("href") == f"http://testserver/{query}"


@pytest.mark.parametrize("tables", [{}, {"sources": [{"id": "wire", "published": "2026-02-03"}]}])
def test_a_feed_of_nothing_is_sound(folder, tables) -> None:
    root = checked(client_of(folder(**tables)).get("/feed.atom").content)
    assert text(root, "updated") == ("2026-02-03T00:00:00Z" if tables else "1970-01-01T00:00:00Z")


# Which rows.


@pytest.fixture(scope="module")
def many(folder) -> Any:
    """More rows than a feed has entries, many of one day; their ids tell nothing of their order."""
    incidents = [
        {"id": f"i{n * 37 % 101:03}", "title": f"I{n}", "lat": "34", "lon": "38", "start": day, "end": end}
        for n in range(90)
        for day, end in [("2026-02-01", "") if n % 3 else (f"2026-01-{n % 28 + 1:02}", "2026-02-01" if n % 2 else "")]
    ]
    movements = [{"id": f"m{n}", "origin": "a", "start": "2026-01-30", "end": "2026-02"} for n in range(9)]
    return open_catalog(folder(sites=[{"id": "a"}], incidents=incidents, movements=movements))


@pytest.mark.parametrize("most", [1, 9, 10, NEWEST, 88, 99, 200])
def test_the_newest_are_those_that_ended_last_then_began_last(many, most) -> None:
    frames = [("incident", many.incidents), ("movement", many.movements)]
    every = sorted(
        (
            (row.end_last, row.start_first, row.start_last, f"{kind}:{row.id}")
            for kind, frame in frames
            for row in frame.itertuples()
        ),
        reverse=True,
    )
    shown = on_view(many, View(FIRST_DAY, LAST_DAY))
    assert [entry.name for entry in newest(shown, most)] == [name for *_, name in every[:most]]


def test_a_subscriber_is_told_of_all_days_unless_a_window_is_asked_for(folder) -> None:
    days = {"old": "2001-01-01", "first": "2026-01-10", "second": "2026-01-20", "next": "2030-01-01"}
    incidents = [{"id": i, "title": i, "start": day, "lat": "34", "lon": "38"} for i, day in days.items()]
    client = client_of(folder('title = "T"\n[window]\nfrom = 2026-01-01\nto = 2026-01-31\n', incidents=incidents))
    assert titles(client) == ["next", "second", "first", "old"]
    assert titles(client, "?from=2026-01-15") == ["next", "second"]
    assert titles(client, "?from=2027-01-01") == ["next"], "after the page's own window"
    assert titles(client, "?to=2026-01-15") == ["first", "old"]
    assert titles(client, "?from=2026-01-15&to=2026-01-31") == ["second"]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["out", "bomb", "raid"]),
        ("?kind=ied", ["out", "bomb"]),
        ("?q=raid", ["raid"]),
        ("?known=2026-02-02", ["raid"]),
    ],
)
def test_the_links_keys_choose(folder, query, left) -> None:
    client = client_of(
        folder(
            sources=[{"id": "wire", "published": "2026-02-02"}, {"id": "late", "published": "2026-05-05"}],
            sites=[{"id": "a"}],
            incidents=[
                {"id": "raid", "title": "raid", "site": "a", "sources": "wire; late", "summary": "in full"},
                {"id": "bomb", "title": "bomb", "site": "a", "start": "2026-02-03", "kind": "ied", "sources": "late"},
            ],
            movements=[{"id": "out", "title": "out", "origin": "a", "start": "2026-02-04", "sources": "late"}],
        )
    )
    assert titles(client, query) == left
    if "known" in query:
        (raid,) = entries_of(client, query)
        assert text(raid, "updated") == "2026-02-02T00:00:00Z", "what came later is not told"
        assert "in full" not in text(raid, "summary")
        assert "known=2026-02-02" in links(raid, "alternate")[0].get("href", "")


def test_a_step_of_a_briefing_keeps_its_window(client, curated) -> None:
    window = step_view(curated, "al-tanf-withdrawal/1")
    every = set(on_view(curated, window).selection.incidents.rows()["title"])
    every |= set(on_view(curated, window).selection.movements.rows()["title"])
    assert set(titles(client, "?step=al-tanf-withdrawal/1")) <= every
    assert not set(titles(client)) <= every


def test_a_bad_query_is_refused(client) -> None:
    answer = client.get("/feed.atom?kind=picnic")
    assert answer.status_code == 400
    assert answer.json()["faults"][0]["key"] == "kind"


# What an entry says.


@pytest.mark.parametrize(
    ("start", "end", "sources", "published", "updated"),
    [
        ("2026-02-01", "", "day2", "2026-02-02", "2026-02-02"),
        ("2026-02-01", "", "day2; day9; month", "2026-02-02", "2026-02-09"),
        ("2026-02-01", "", "old; day9", "2026-02-09", "2026-02-09"),
        ("2026-02-02", "", "day2", "2026-02-02", "2026-02-02"),
        ("2026-04", "", "old; day9", "2026-02-09", "2026-02-09"),
        ("2026-02-01", "", "month", "2026-02-01", "2026-02-01"),
        ("2026-02-01", "2026-02-05", "undated", "2026-02-05", "2026-02-05"),
        ("2026-02", "", "undated", "2026-02-28", "2026-02-28"),
        ("2025", "", "month", "2025-12-31", "2025-12-31"),
    ],
)
def test_an_entry_is_as_new_as_its_sources_never_as_the_asking(folder, start, end, sources, published, updated) -> None:
    dates = {"old": "2020-01-01", "day2": "2026-02-02", "day9": "2026-02-09", "month": "2026-03", "undated": ""}
    client = client_of(
        folder(
            sources=[{"id": id_, "published": day} for id_, day in dates.items()],
            incidents=[{"id": "a", "start": start, "end": end, "sources": sources, "lat": "34", "lon": "38"}],
        )
    )
    (entry,) = entries_of(client)
    assert text(entry, "published") == f"{published}T00:00:00Z"
    assert text(entry, "updated") == f"{updated}T00:00:00Z"


def test_an_entry_says_when_where_how_sure_and_on_whose_word(folder) -> None:
    client = client_of(
        folder(
            sources=[
                {"id": "paper", "publisher": "Paper", "title": "Story", "kind": "press", "url": ""},
                {"id": "wire"},
                {"id": "none", "publisher": "Nobody", "kind": "memory", "url": ""},
            ],
            sites=[{"id": "base", "name": "Base"}],
            incidents=[
                {
                    "id": "a",
                    "site": "base",
                    "start": "2026-02",
                    "confidence": "low",
                    "summary": "It burnt.",
                    "sources": "none; paper; wire",
                }
            ],
            movements=[{"id": "a", "origin": "base", "start": "2026-01-01", "end": "2026-01-03"}],
            claims=[{"id": "c", "row": "movement:a"}],
        )
    )
    incident, movement = entries_of(client)
    assert text(incident, "summary") == (
        "February 2026. Base (precision: site). Confidence: low. Sources: Wire, Paper. "
        "No source: from the curators' own knowledge, unverified. It burnt."
    )
    assert text(movement, "summary") == (
        "1 January 2026 – 3 January 2026. United States: Base (precision: site) → not stated. "
        "Confidence: high; sources disagree. Sources: Wire."
    )
    kinds = [entry.find(f"{{{ATOM}}}category").attrib for entry in (incident, movement)]
    assert kinds == [{"term": "attack", "label": "Attack"}, {"term": "withdrawal", "label": "Withdrawal"}]
    via = [(link.get("href"), link.get("title")) for link in links(incident, "via")]
    assert via == [("https://example.org/report", "Wire: Report")], "a source without an address has no link"
    assert text(incident, "id") != text(movement, "id"), "of one slug, but not one row"


HOSTILE = "</title><script>alert('x')</script> & \" ]]> <!-- ${1} التنف \u202e \U0001f4a5"


def test_hostile_text_stays_text(folder) -> None:
    toml = (
        f"title = {quoted(HOSTILE + chr(0) + chr(0xFFFE))}\nlicence = {quoted(HOSTILE)}\nsubtitle = {quoted(HOSTILE)}\n"
    )
    row = {"id": "a", "lat": "34", "lon": "38", "title": f"{HOSTILE}\ufffe", "summary": HOSTILE}
    client = client_of(
        folder(
            toml,
            sources=[{"id": "wire", "publisher": HOSTILE, "url": "https://example.org/?a=1&b=2"}],
            kinds=[{"id": "attack", "label": HOSTILE}],
            incidents=[row],
        )
    )
    answer = client.get("/feed.atom", params={"q": "<script>alert('x')"}, headers={"host": 'a"><b>'})
    content = client.get("/feed.atom").content
    assert b"<script" not in content + answer.content
    root = checked(content)
    entry = root.find(f"{{{ATOM}}}entry")
    assert text(root, "title") == f"{HOSTILE}\ufffd\ufffd", "what XML cannot hold is replaced"
    assert text(entry, "title") == f"{HOSTILE}\ufffd"
    assert HOSTILE in text(entry, "summary")
    assert links(entry, "via")[0].get("title") == f"{HOSTILE}: Report"


def quoted(value: str) -> str:
    """Return a TOML string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'


def found_by(catalog: Any, href: str) -> Iterator[str]:
    """Return the rows that the page shows at a link."""
    view, faults = read_checked(parse_qs(urlsplit(href).query), catalog)
    assert not faults
    shown = select(catalog, view)
    yield from (f"incident:{id_}" for id_ in shown.incidents.rows()["id"])
    yield from (f"movement:{id_}" for id_ in shown.movements.rows()["id"])
    assert view.selected


def test_an_entrys_link_shows_it_selected(client, curated) -> None:
    entries = [*entries_of(client), *entries_of(client, "?to=2020-01-01"), *entries_of(client, "?to=2016-01-01")]
    assert len(entries) > NEWEST
    for entry in entries:
        href = links(entry, "alternate")[0].get("href", "")
        selected = parse_qs(urlsplit(href).query)["sel"][0]
        assert selected in set(found_by(curated, href))
        kind, _, id_ = selected.partition(":")
        assert text(entry, "title") == curated.tables[f"{kind}s"].at[id_, "title"]


@pytest.mark.parametrize("day", ["1900-01-01", "2100-12-31", "2026-02", "2050"])
def test_the_link_of_a_row_at_the_edge_of_time_is_sound_too(folder, day) -> None:
    path = folder(
        'title = "T"\n[window]\nfrom = 2026-01-01\nto = 2026-01-31\n',
        incidents=[{"id": "a", "start": day, "lat": "1", "lon": "1"}],
    )
    (entry,) = entries_of(client_of(path))
    assert list(found_by(open_catalog(path), links(entry, "alternate")[0].get("href", ""))) == ["incident:a"]


# The same each time.


def test_an_id_never_changes(folder) -> None:
    rows = {"incidents": [{"id": "a", "title": "A", "lat": "34", "lon": "38"}]}
    path = folder('title = "Pinned"\n', **rows)
    root = checked(client_of(path).get("/feed.atom").content)
    entry = root.find(f"{{{ATOM}}}entry")
    # Pinned: whoever changes these makes every reader show every entry anew.
    assert text(root, "id") == "urn:uuid:6cc58621-9b91-5129-b0f3-53c4a915ac74"
    assert text(entry, "id") == "urn:uuid:f4aa48d2-3165-5401-8187-3e9090c408f9"
    moved = client_of(path).get("/feed.atom?kind=attack", headers={"host": "other.example"}).content
    assert text(checked(moved).find(f"{{{ATOM}}}entry"), "id") == text(entry, "id"), "wherever it is"
    assert text(checked(moved), "id") != text(root, "id"), "another question is another feed"
    changed = folder('title = "Pinned"\n', incidents=[{**rows["incidents"][0], "title": "B", "start": "2026-02-09"}])
    assert text(entries_of(client_of(changed))[0], "id") == text(entry, "id"), "whatever it says"


def test_one_question_is_one_feed_in_whatever_order_it_is_put(client) -> None:
    ids = {text(checked(client.get(f"/feed.atom?{query}").content), "id") for query in ("force=us&q=a", "q=a&force=us")}
    assert len(ids) == 1


def test_the_feed_is_the_same_bytes_until_the_data_changes(client) -> None:
    first, second = client.get("/feed.atom"), client.get("/feed.atom")
    assert first.content == second.content
    assert client.get("/feed.atom", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_an_entry_leads_to_archived_copies_and_says_what_no_curator_has_read(catalog_of) -> None:
    copy = "https://web.archive.org/web/20261124120000/https://example.org/report"
    catalog = catalog_of(
        sources=[{"id": "wire", "via": "METracker", "archived": copy}, {"id": "read"}],
        sites=[{"id": "base"}],
        incidents=[{"id": "a", "site": "base"}, {"id": "b", "site": "base", "sources": "wire; read"}],
    )
    entries = checked(client_of(catalog.folder).get("/feed.atom").content).findall(f"{{{ATOM}}}entry")
    assert len(entries) == 2
    [unread] = [entry for entry in entries if "Known only through a compilation" in text(entry, "summary")]
    told = [(link.get("href"), link.get("title")) for link in links(unread, "via")]
    assert told == [("https://example.org/report", "Wire: Report"), (copy, "Wire: Report (archived copy)")]
