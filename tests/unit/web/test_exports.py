"""/export/…: files of what is on view."""

import csv
import io
import json
from dataclasses import replace
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import components
from components.export.files import FILES
from components.web.exports import attachment, routes


def client_of(folder) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: folder)))


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return client_of(root / "data")


QUERY = "?from=2025-12-01&to=2026-03-12&country=Jordan"


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_answered_with_its_type_and_name(client, curated, name: str) -> None:
    answer = client.get(f"/export/{name}{QUERY}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FILES[name].media_type
    assert answer.headers["cache-control"] == "no-cache"
    given = unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])
    assert given.startswith("US posture in Syria, Jordan and Iraq, ")
    of = f"data {curated.version}" if FILES[name].whole else "2025-12-01 to 2026-03-12"
    assert given.endswith(f"{of}.{FILES[name].ending}")
    assert int(answer.headers["content-length"]) == len(answer.content) > 100


def test_a_file_holds_what_is_on_view_and_its_link(client, curated) -> None:
    content = client.get(f"/export/sites.csv{QUERY}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert 0 < len(rows) < len(curated.sites)
    assert all("Jordan" in row["country"] for row in rows)
    assert {row["laydown_data"] for row in rows} == {curated.version}
    link = "http://testserver/?country=Jordan&from=2025-12-01&to=2026-03-12"
    assert {row["laydown_link"] for row in rows} == {link}, "what is as by default is left out"
    collection = json.loads(client.get("/export/sites.geojson?to=2026-03-12&country=Jordan&from=2025-12-01").content)
    assert collection["laydown"]["link"] == link, "however it was asked for"
    assert [feature["id"] for feature in collection["features"]] == [row["id"] for row in rows]


def test_a_file_is_not_sent_again_to_who_has_it(client) -> None:
    address = f"/export/incidents.csv{QUERY}"
    first = client.get(address)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(address, headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "no-cache"
    other = client.get(address, headers={"if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_a_file_that_is_there_already_is_not_made(client, monkeypatch) -> None:
    address = f"/export/view.xlsx{QUERY}"
    tag = client.get(address).headers["etag"]

    def build(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setitem(FILES, "view.xlsx", replace(FILES["view.xlsx"], build=build))
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304


def test_the_tag_is_of_the_file_the_view_the_data_the_code_and_the_address(client, folder, monkeypatch) -> None:
    def tag(address: str, of: TestClient = client, **headers: str) -> str:
        return of.get(address, headers=headers).headers["etag"]

    base = tag("/export/sites.csv?country=Jordan")
    assert tag("/export/sites.csv?country=Jordan&from=2025-11-10") == base, "the default, said"
    assert tag("/export/sites.csv?country=Jordan&from=2025-11-11") != base
    assert tag("/export/sites.geojson?country=Jordan") != base
    assert tag("/export/sites.csv?country=Jordan", host="example.org") != base, "the link in it is another"
    one, other = (client_of(folder(toml=f'title = "Test"\nsubtitle = "{n}"\n')) for n in range(2))
    assert tag("/export/sites.csv", one) != tag("/export/sites.csv", other)
    monkeypatch.setattr(components, "__version__", "next")
    assert tag("/export/sites.csv?country=Jordan") != base


def test_what_is_asked_for_wrongly_is_refused_by_name(client) -> None:
    answer = client.get("/export/sites.csv?from=yesterday&colour=red")
    assert answer.status_code == 400
    assert {fault["key"] for fault in answer.json()["faults"]} == {"from", "colour"}


@pytest.mark.parametrize("name", ["sites", "sites.doc", "view.csv", "SITES.CSV", "sites.csv%2F.."])
def test_a_file_that_is_none_is_refused_with_those_that_are(client, name: str) -> None:
    answer = client.get(f"/export/{name}")
    assert answer.status_code == 404
    if "%" not in name:
        assert all(known in answer.text for known in FILES)


def test_too_many_rows_are_refused_with_what_to_do(client, monkeypatch) -> None:
    monkeypatch.setitem(FILES, "incidents.csv", replace(FILES["incidents.csv"], most=3))
    answer = client.get("/export/incidents.csv")
    assert answer.status_code == 413
    assert "holds at most 3. Narrow the window or add a filter, or page through the API." in answer.text
    assert "etag" not in answer.headers


def test_only_to_look_is_answered_too_and_only_to_look(client) -> None:
    address = f"/export/sites.csv{QUERY}"
    looked, got = client.head(address), client.get(address)
    assert looked.status_code == 200
    assert {key: looked.headers[key] for key in ("etag", "content-length", "content-disposition")} == {
        key: got.headers[key] for key in ("etag", "content-length", "content-disposition")
    }
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Al-Tanf, sites, 2025 to 2026.csv", "Al-Tanf, sites, 2025 to 2026.csv"),
        ("قاعدة التنف.kml", "laydown.kml"),
        ("قاعدة, sites.kml", "sites.kml"),
        ("Été – Ain al-Asad.csv", "Ete - Ain al-Asad.csv"),
    ],
)
def test_a_name_is_sent_in_full_and_as_ascii(name: str, plain: str) -> None:
    header = attachment(name)
    assert header.isascii()
    assert header.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert unquote(header.partition("UTF-8''")[2]) == name


def test_a_folder_with_a_title_in_arabic_names_its_files_so(folder) -> None:
    answer = client_of(folder(toml='title = "قاعدة التنف"\n')).get("/export/sites.csv")
    assert "قاعدة التنف, sites" in unquote(answer.headers["content-disposition"])
