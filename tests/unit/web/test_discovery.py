"""What programs that look for data are answered."""

import csv
import io
import zipfile
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.catalog import load
from components.export.sitemap import NAMESPACE
from components.web import exports
from components.web.server import routes
from tests.frictionless_validator import validate


def client_of(folder, base: str = "") -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: folder, base)))


@pytest.fixture(scope="module", params=["", "/laydown"])
def asked(request, root):
    """Ask a server under a path; return it and its page's address."""
    return client_of(root / "data", request.param), f"http://testserver{request.param}/"


@pytest.mark.e2e
def test_every_file_that_is_described_is_there_and_as_described(asked, curated, tmp_path) -> None:
    client, base = asked
    answer = client.get(f"{base}datapackage.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    (tmp_path / "datapackage.json").write_bytes(answer.content)
    package = answer.json()
    assert package["homepage"] == base
    for resource in package["resources"]:
        table = client.get(urljoin(f"{base}datapackage.json", resource["path"]))
        assert table.status_code == 200
        assert table.headers["content-type"] == "text/csv; charset=utf-8; header=present"
        assert len(table.content) == resource["bytes"]
        path = tmp_path / resource["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(table.content)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "data/sites.csv").read_text(encoding="utf-8"))))
    assert [row["id"] for row in rows] == list(curated.sites["id"])
    assert validate(str(tmp_path / "datapackage.json")).valid


@pytest.mark.parametrize("path", ["datapackage.json", "data/sites.csv", "sitemap.xml", "export/data.zip"])
def test_what_has_not_changed_is_not_sent_again_and_what_has_is(folder, path: str) -> None:
    data = folder(sites=[{"id": "base"}])
    client = client_of(data)
    tag = client.get(f"/{path}").headers["etag"]
    assert client.get(f"/{path}", headers={"if-none-match": tag}).status_code == 304
    (data / "dataset.toml").write_text('title = "Another"\n', encoding="utf-8")
    assert client.get(f"/{path}", headers={"if-none-match": tag}).status_code == 200


def test_a_text_that_is_no_table_changes_the_archive_too(folder) -> None:
    data = folder()
    client = client_of(data)
    tag = client.get("/export/data.zip").headers["etag"]
    (data / "method.md").write_text("How we know.", encoding="utf-8")
    answer = client.get("/export/data.zip", headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "method.md" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_the_archive_is_of_all_whatever_is_asked_for(asked) -> None:
    client, base = asked
    whole = client.get(f"{base}export/data.zip")
    assert whole.headers["content-type"] == "application/zip"
    assert client.get(f"{base}export/data.zip?country=Jordan").content == whole.content


def test_an_archive_of_more_than_may_leave_is_refused(folder, monkeypatch) -> None:
    monkeypatch.setattr("components.export.datapackage.MAX_FOLDER", 10)
    answer = client_of(folder()).get("/export/data.zip")
    assert answer.status_code == 413
    assert "one by one" in answer.text


@pytest.mark.parametrize("name", ["nothing.csv", "dataset.toml", "..%2fdataset.toml", "counts.csv.gz", "SITES.CSV"])
def test_what_is_no_table_is_not_sent(root, name: str) -> None:
    assert client_of(root / "data").get(f"/data/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", True),
        ("?step=al-tanf-withdrawal/1", True),
        ("preview.png?sel=site:al-tanf", True),
        ("embed", True),
        ("datapackage.json", True),
        ("data/sites.csv", True),
        ("export/data.zip", True),
        ("export/view.kml?country=Iraq", False),
        ("api/v1/incidents?page=2", False),
        ("brief.md?to=2026-01-01", False),
        ("brief-short.txt", False),
        ("map/0123456789abcdef.json", False),
    ],
)
def test_crawlers_are_asked_to_leave_what_has_no_end(asked, path: str, allowed: bool) -> None:
    client, base = asked
    answer = client.get(f"{base}robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(answer.text.splitlines())
    assert parser.can_fetch("anyone", f"{base}{path}") == allowed
    assert parser.site_maps() == [f"{base}sitemap.xml"]


def test_the_sitemap_names_the_page_the_briefings_and_the_periods(asked, curated) -> None:
    client, base = asked
    answer = client.get(f"{base}sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    root = ET.fromstring(answer.content)
    addresses = [loc.text or "" for loc in root.iter(f"{{{NAMESPACE}}}loc")]
    assert addresses[0] == base
    assert len(addresses) == len(set(addresses))
    assert {f"{base}?step={briefing.id}/1" for briefing in curated.briefings} <= set(addresses)
    for period in curated.dataset.periods:
        if period.first != curated.dataset.window.first and period.last != curated.dataset.window.last:
            assert f"{base}?from={period.first}&to={period.last}" in addresses
    days = {day.text for day in root.iter(f"{{{NAMESPACE}}}lastmod")}
    assert days == {curated.dataset.checked.isoformat()}
    for address in addresses:
        asked_for = urlsplit(address).query
        assert client.get(f"{base}api/v1/sites?size=1&{asked_for}").status_code == 200


def test_addresses_are_where_the_public_reaches_the_server(root, monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_URL", "https://example.org/map")
    client = client_of(root / "data")
    assert client.get("/datapackage.json").json()["homepage"] == "https://example.org/map/"
    told = client.get("/robots.txt").text
    assert "Disallow: /map/export/" in told
    assert "Sitemap: https://example.org/map/sitemap.xml" in told
    assert "<loc>https://example.org/map/</loc>" in client.get("/sitemap.xml").text


def test_the_archive_waits_with_the_large_files() -> None:
    assert "data.zip" in exports.HEAVY


def test_a_readme_beside_the_tables_is_no_part_of_the_data(folder) -> None:
    data = folder(sites=[{"id": "base"}])
    before = load(data)
    (data / "README.md").write_text("# The data\n", encoding="utf-8")
    after = load(data)
    assert (after.version, after.problems) == (before.version, before.problems)
    client = client_of(data)
    assert client.get("/data/README.md").status_code == 404
    with zipfile.ZipFile(io.BytesIO(client.get("/export/data.zip").content)) as archive:
        assert "README.md" not in archive.namelist()
