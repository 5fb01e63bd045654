"""Open your own data: for one visitor, in memory, and harmless whatever is sent."""

import gc
import io
import json
import re
import weakref
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.catalog import load
from components.catalog.kept import unpacked
from components.catalog.opened import COOKIE, MOST, WAIT_SECONDS, FullError, Opened, OpenedData, opened_data
from components.catalog.sets import chosen_folder
from components.importing.message import Message
from components.importing.worker import Asked, answer
from components.panels.opening import MAX_BYTES, MAX_FILES
from components.web.server import middleware, routes

pytestmark = pytest.mark.e2e  # each imports in a process of its own

EVENTS = b"date,lat,lon,title,place\n2026-02-11,33.5,38.6,Convoy leaves,Al-Tanf\n,,,No date,Nowhere\n"
ODD = b"Quand,Ou,Quoi\n2026-02-11,Palmyra,Strike\n"


@pytest.fixture(autouse=True)
def nothing_open():
    yield
    opened_data.cache_clear()


@pytest.fixture
def client(folder, monkeypatch) -> TestClient:
    monkeypatch.setenv("LAYDOWN_DATA", str(folder('title = "Served set"\n', sites=[{"id": "a"}])))
    app = Starlette(routes=routes(chosen_folder), middleware=middleware(chosen_folder))
    return TestClient(app, base_url="https://laydown.example", headers={"origin": "https://laydown.example"})


def chosen_in(nodes: Any) -> dict[str, str]:
    """What columns are taken for, by the lists that offer it."""
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, list):
            tag, attributes, *children = node
            if tag == "select":
                [found[attributes["name"]]] = [one[1]["value"] for one in children if "selected" in one[1]]
            found |= chosen_in(children)
    return found


def message(*files: tuple[str, bytes], chosen: dict[str, list[str]] | None = None) -> bytes:
    return Message(
        {"names": [name for name, _ in files], "chosen": chosen or {}}, [body for _, body in files]
    ).written()


def came(*files: tuple[str, bytes], chosen: dict[str, list[str]] | None = None, most: int = 1000) -> Message:
    """What the worker answers, without a process of its own."""
    names = tuple(name for name, _ in files)
    return answer(Asked(names, chosen or {}, most), [body for _, body in files])


def opened_by(data: OpenedData, visitor: str = "me") -> Opened:
    found = came(("events.csv", EVENTS))
    return data.open(visitor, found.parts[0], unpacked(found.parts[1]))


def test_files_become_a_map_for_their_visitor_alone(client) -> None:
    answered = client.post("/open", content=message(("events.csv", EVENTS)))
    assert answered.status_code == 200, answered.text
    name = answered.json()["set"]
    assert re.fullmatch(r"own-[0-9a-f]{32}", name)
    cookie = answered.headers["set-cookie"]
    assert all(part in cookie for part in (COOKIE, "HttpOnly", "SameSite=strict", "Secure"))
    assert "Max-Age" not in cookie, "it is gone with the browser"
    told = json.dumps(answered.json()["nodes"])
    assert "left out: no date" in told
    assert f"?set={name}" in told
    for path in (
        "api/v1/incidents",
        "panel/page.json",
        "embed",
        "map",
        "feed.atom",
        "suggest.json",
        "export/view.html",
    ):
        mine = client.get(f"/{path}?set={name}&q=convoy")
        assert mine.status_code == 200, path
        assert mine.headers["cache-control"] == "private, no-store", path
        stranger = TestClient(client.app, base_url="https://laydown.example").get(f"/{path}?set={name}")
        assert (stranger.status_code, "Convoy" in stranger.text) == (404, False), path
    assert client.get(f"/api/v1/incidents?set={name}").json()["rows"][0]["title"] == "Convoy leaves"
    assert "Served set" in client.get("/embed").text


def test_what_was_opened_can_be_saved_as_a_data_folder(client, tmp_path) -> None:
    name = client.post("/open", content=message(("events.csv", EVENTS))).json()["set"]
    saved = client.get(f"/export/data.zip?set={name}")
    assert saved.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(saved.content)) as archive:
        archive.extractall(tmp_path / "saved")
    catalog = load(tmp_path / "saved")
    assert catalog.problems == ()
    assert list(catalog.incidents["title"]) == ["Convoy leaves"]
    assert (tmp_path / "saved" / ".imported" / "table" / "incidents.csv").is_file(), "a newer file can update it"


def test_columns_that_are_not_recognised_are_asked_for(client) -> None:
    asked = client.post("/open", content=message(("odd.csv", ODD))).json()
    assert asked["set"] is None
    assert "no column was taken for places" in json.dumps(asked["nodes"])
    assert "--map" not in json.dumps(asked["nodes"]), "there is no command line here"
    chosen = {"start": ["Quand"], "place": ["Ou"], "title": ["Quoi"]}
    answered = client.post("/open", content=message(("odd.csv", ODD), chosen=chosen)).json()
    assert answered["set"]
    assert chosen_in(answered["nodes"]) == {"Quand": "start", "Ou": "place", "Quoi": "title"}


def test_a_column_can_be_taken_for_nothing() -> None:
    chosen = {"start": ["date"], "lat": ["lat"], "lon": ["lon"], "title": [], "place": []}
    found = came(("events.csv", EVENTS), chosen=chosen)
    taken = {column: role for column, _, role in found.head["reports"][0]["taken"]}
    assert taken == {"date": "start", "lat": "lat", "lon": "lon", "title": "", "place": ""}


@pytest.mark.parametrize(
    ("body", "headers", "status", "said"),
    [
        (b"", {}, 400, "not how files are sent"),
        (b"{}\n", {}, 400, "names no sizes"),
        (b"[" * 10_000 + b"\n", {}, 400, "not how files are sent"),
        (b'{"sizes": [5]}\nabc', {}, 400, "not as long"),
        (b'{"sizes": [3], "names": [1]}\nabc', {}, 400, "names no files"),
        (b'{"sizes": [3], "names": ["a"], "chosen": {"start": "x"}}\nabc', {}, 400, "names no files"),
        (message(), {}, 400, f"one to {MAX_FILES}"),
        (message(*[("a.csv", b"")] * (MAX_FILES + 1)), {}, 400, f"one to {MAX_FILES}"),
        (b"x", {"content-length": str(MAX_BYTES * 2)}, 413, "50 MB"),
        (message(("a.csv", EVENTS)), {"origin": "https://evil.example"}, 403, "own page"),
        (message(("a.bin", b"\x00\x01\x02")), {}, 422, "a.bin is"),
        (message(("a.zip", b"PK\x03\x04broken")), {}, 422, "a.zip"),
        (message(("a.csv", b"a,b\n1,2\n"), chosen={"no-role": ["a"]}), {}, 422, "no-role"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_refused_with_a_sentence(client, body, headers, status: int, said: str) -> None:
    answered = client.post("/open", content=body, headers=headers)
    assert answered.status_code == status, answered.text
    assert said in answered.json()["refused"]
    assert opened_data().all() == []


def test_it_is_asked_by_post_and_can_be_switched_off(client, monkeypatch) -> None:
    assert client.get("/open").status_code == 405
    monkeypatch.setenv("LAYDOWN_OPEN", "off")
    assert client.post("/open", content=message(("events.csv", EVENTS))).status_code == 404


def test_where_too_many_are_at_it_none_is_taken(client, monkeypatch) -> None:
    monkeypatch.setattr("components.web.opening.MOST_TAKEN", 0)
    answered = client.post("/open", content=message(("events.csv", EVENTS)))
    assert (answered.status_code, answered.headers["retry-after"]) == (503, "30")


def test_too_many_rows_are_refused() -> None:
    rows = b"date,lat,lon\n" + b"2026-02-11,33.5,38.6\n" * 20
    assert "10 can be opened" in came(("events.csv", rows), most=10).head["refused"]


@pytest.mark.parametrize(
    "files",
    [
        [("bomb.csv", b",".join(b"c%d" % n for n in range(100_000)))],
        [("xxe.kml", b'<!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>')],
        [("laughs.gpx", b'<!DOCTYPE g [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><gpx><wpt>&b;</wpt></gpx>')],
    ],
)
def test_hostile_files_are_refused(files) -> None:
    assert came(*files).head["refused"]


def test_formulas_and_scripts_are_only_text() -> None:
    rows = b"date,lat,lon,title\n2026-02-11,33.5,38.6,=cmd\n2026-02-12,33.5,38.6,<script>alert(1)</script>\n"
    with zipfile.ZipFile(io.BytesIO(came(("events.csv", rows)).parts[0])) as archive:
        assert b"'=cmd" in archive.read("incidents.csv")


class TestOpenedData:
    """How long what was opened is held, and for whom."""

    def test_it_is_there_while_its_visitor_is_and_a_while_after(self) -> None:
        now = [0.0]
        data = OpenedData(lambda: now[0])
        opened = opened_by(data)
        assert data.find(opened.name, "me") is opened
        assert data.find(opened.name, "you") is data.find(opened.name, None) is data.find(opened.name, "") is None
        with data.present("me"), data.present("me"):
            now[0] = 10 * WAIT_SECONDS
            data.let_go()
            assert data.find(opened.name, "me")
        now[0] += WAIT_SECONDS
        data.let_go()
        assert data.find(opened.name, "me"), "a page is loaded anew"
        now[0] += 1
        data.let_go()
        assert data.find(opened.name, "me") is None
        kept, name = weakref.ref(opened.catalog), opened.name
        del opened
        gc.collect()
        assert kept() is None, name

    def test_what_nobody_comes_to_look_at_is_let_go(self) -> None:
        now = [0.0]
        data = OpenedData(lambda: now[0])
        opened_by(data)
        now[0] = WAIT_SECONDS + 1
        assert not data.full
        assert data.all() == []

    def test_there_is_room_for_so_many(self) -> None:
        data = OpenedData()
        held = [opened_by(data) for _ in range(MOST)]
        assert data.full
        with pytest.raises(FullError):
            opened_by(data)
        assert len({one.name for one in held}) == MOST


def test_nothing_is_written(client, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("LAYDOWN_CACHE", str(tmp_path / "cache"))
    before = set(Path(tmp_path).rglob("*"))
    assert client.post("/open", content=message(("events.csv", EVENTS))).json()["set"]
    assert set(Path(tmp_path).rglob("*")) == before
