"""The table of what can leave."""

import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from components.export import files
from components.export.files import FILES, MAX_ROWS, TooManyRowsError
from components.export.resources import RESOURCES


@pytest.mark.e2e
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_made_of_anything_on_view(name: str, shown, origin) -> None:
    assert FILES[name].made(shown, origin(shown))


def test_a_file_has_a_name_and_a_label_of_its_own() -> None:
    assert len({kind.label for kind in FILES.values()}) == len(FILES)
    for name, kind in FILES.items():
        assert name.endswith(f".{kind.ending}")
        assert name.startswith((f"{kind.what}.", "view."))
        assert set(kind.resources) <= set(RESOURCES)
        assert kind.most <= MAX_ROWS


def test_every_resource_leaves_as_csv_and_all_that_lies_somewhere_as_geojson() -> None:
    assert {name for name in RESOURCES if f"{name}.csv" in FILES} == set(RESOURCES)
    assert {name for name in RESOURCES if f"{name}.geojson" not in FILES} == {
        "strengths",
        "counts",
        "claims",
        "sources",
        "trends",
    }


@pytest.mark.parametrize("name", [name for name, kind in FILES.items() if kind.resources])
def test_more_rows_than_a_file_may_hold_are_refused_with_what_to_do(name: str, whole, curated, origin) -> None:
    shown, kind = whole(curated), FILES[name]
    rows = sum(RESOURCES[resource].listing(shown).total for resource in kind.resources)
    assert replace(kind, most=rows).made(shown, origin(shown))
    with pytest.raises(TooManyRowsError) as raised:
        replace(kind, most=rows - 1).made(shown, origin(shown))
    assert str(raised.value) == (
        f"{rows:,} rows are too many: this file holds at most {rows - 1:,}. "
        "Narrow the window or add a filter, or page through the API."
    )


@pytest.mark.e2e
def test_the_page_for_a_disk_is_refused_where_all_rows_are_too_many(whole, curated, origin, monkeypatch) -> None:
    shown = whole(curated)
    rows = len(curated.sites) + len(curated.incidents) + len(curated.movements)
    monkeypatch.setattr(files, "MAX_STANDALONE", rows)
    assert FILES["view.html"].made(shown, origin(shown)).startswith(b"<!DOCTYPE html>")
    monkeypatch.setattr(files, "MAX_STANDALONE", rows - 1)
    with pytest.raises(TooManyRowsError, match="share the link or the embed instead"):
        FILES["view.html"].made(shown, origin(shown))


@pytest.mark.e2e
def test_the_page_for_a_disk_says_where_it_is_from_and_asks_nobody(whole, curated, origin) -> None:
    shown = whole(curated)
    told = origin(shown)
    page = FILES["view.html"].made(shown, told).decode()
    assert curated.version in page
    assert told.licence in page
    assert told.link.partition("?")[0] in page
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "http" not in policy[1]
    assert "'self'" not in policy[1].replace("&#39;", "'")
    sources = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]{0,12})', page)
    assert sources
    assert all(source.startswith("data:") for source in sources)
    assert "connect-src data:;" in policy[1]
    assert "tile.openstreetmap.org" not in page, "no online basemap is offered where there is no network"
    osm = FILES["view.html"].made(replace(shown, view=replace(shown.view, base="osm")), told).decode()
    assert '"base":"vector"' in osm
    assert '"base":"osm"' not in osm


@pytest.mark.e2e
def test_the_picture_for_print_is_one(whole, curated, origin) -> None:
    shown = whole(curated)
    picture = Image.open(io.BytesIO(FILES["view.png"].made(shown, origin(shown))))
    assert picture.size == (2339, 1654)
    assert origin(shown).link in picture.info["Source"]
