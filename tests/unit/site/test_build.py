"""The site as a folder: whole or not at all, the same for the same data, and as small as it should be."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from components.catalog.catalog import Catalog, load
from components.cli import main
from components.settings import data_folder
from components.site import build
from components.site.folder import MARKER, NotOurFolderError, check_folder, write_folder
from components.site.home import absent
from components.site.pages import pages
from tests.site import URL

pytestmark = pytest.mark.e2e  # of a whole site, which takes seconds to write

MOST = 5_000_000
SAMPLED = 47
"""Of so many pages the picture of one is drawn, to know how large they are."""


def test_all_of_the_curated_data_takes_no_more_than_five_megabytes(site: Path) -> None:
    others = sum(path.stat().st_size for path in site.rglob("*") if path.is_file() and path.suffix != ".webp")
    written = list(pages(load(data_folder())))
    size = {True: build.SITE_WIDTH, False: build.WIDTH}
    drawn = {True: [], False: []}
    for number, page in enumerate(written):
        of_site = page.kind == "site"
        if number % SAMPLED == 0:
            drawn[of_site].append(len(build.thumbnail(page.pictured, size[of_site])))
    pictures = sum(sum(drawn[page.kind == "site"]) / len(drawn[page.kind == "site"]) for page in written)
    assert others + pictures <= MOST


def test_the_same_data_is_the_same_bytes(catalog_of: Callable[..., Catalog]) -> None:
    catalog = catalog_of()
    assert build.site_files(catalog, URL) == build.site_files(catalog, URL)


def test_of_events_without_sites_it_tells_trends_and_of_no_change(catalog_of: Callable[..., Catalog]) -> None:
    catalog = catalog_of(incidents=[{"id": "a", "lat": "34", "lon": "38", "place": "Town"}])
    files = build.site_files(catalog)
    page = files["years/2026.html"].decode()
    assert "1 incident in these dates." in page
    assert "<svg" in page
    assert "changed hands" not in page
    assert "It tells trends for the dates above" in absent(catalog)


def test_without_an_address_what_wants_one_is_left_out_and_said(
    catalog_of: Callable[..., Catalog], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = catalog_of()
    files = build.site_files(catalog)
    assert not {"feed.atom", "sitemap.xml"} & files.keys()
    assert b"og:image" not in files["index.html"]
    assert b"og:title" in files["index.html"]
    assert main(["build", str(tmp_path / "site"), "--data", str(catalog.folder)]) == 0
    said = capsys.readouterr().out
    assert "Without --url it has no feed.atom, no sitemap.xml and no pictures in link previews." in said
    assert "MB (" in said
    assert json.loads((tmp_path / "site" / MARKER).read_text()) == {"data": catalog.version}


def test_a_public_address_is_told_whole(site: Path) -> None:
    page = (site / "sites" / "al-tanf.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{URL}sites/al-tanf.html">' in page
    assert f'<meta property="og:image" content="{URL}pictures/sites/al-tanf.webp">' in page
    node = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert (node["@type"], node["url"]) == ("Place", f"{URL}sites/al-tanf.html")
    assert f"Sitemap: {URL}sitemap.xml" in (site / "robots.txt").read_text()
    assert ET.parse(site / "feed.atom").getroot().tag.endswith("feed")


def test_the_files_are_there_in_every_form(site: Path) -> None:
    names = {path.name for path in (site / "files").iterdir() if path.is_file()}
    assert names == {"everything.xlsx", "everything.kmz", "geojson.zip", "data.zip"}
    with zipfile.ZipFile(site / "files" / "periods" / "al-tanf-withdrawal.zip") as tables:
        assert set(tables.namelist()) == {"incidents.csv", "movements.csv", "changes.csv"}
        assert all(info.date_time[0] == 1980 for info in tables.infolist())


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(NotOurFolderError, match=r"holds files that are no static site of Laydown's"):
        write_folder(tmp_path, {MARKER: b"{}"})
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    with pytest.raises(NotOurFolderError, match="is no folder"):
        check_folder(tmp_path / "thesis.txt")


def test_an_earlier_site_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, {MARKER: b"1", "old.html": b"old"})
    write_folder(folder, {MARKER: b"2", "sites/new.html": b"new"})
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == [MARKER, "sites/new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "nothing is left beside it"


def test_a_run_that_fails_leaves_the_earlier_site(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, {MARKER: b"1"})
    with pytest.raises(OSError, match="sites"):
        write_folder(folder, {MARKER: b"2", "sites": b"a file", "sites/new.html": b"where a folder should be"})
    assert (folder / MARKER).read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org/", "https://example.org/?a=b"])
def test_an_address_that_is_none_is_refused(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", str(tmp_path / "site"), "--url", url])
    assert "is not an address such as" in capsys.readouterr().err
