"""A second theatre, tests/theatre: another continent, other years, forces and kinds, drawn and told right everywhere.

No module knows what the first dataset is about.
"""

import base64
import csv
import gzip
import io
import json
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.catalog import Catalog, load
from components.catalog.dataset import Dataset
from components.map.palettes import LIGHT
from components.map.payload import basemap_payload
from components.panels.posture import posture
from components.panels.tabs import tabs
from components.picture.canvas import Canvas
from components.picture.drawing import draw_map
from components.picture.palette import rgb
from components.site.build import site_files
from components.view.brief import brief
from components.view.home import home_box
from components.view.lede import lede
from components.view.on_view import on_view
from components.view.title import view_title
from components.view.view import default_view
from components.web.server import middleware, routes


@pytest.fixture(scope="module")
def theatre(root) -> Catalog:
    return load(root / "tests/theatre")


@pytest.fixture(scope="module")
def shown(theatre):
    return on_view(theatre, default_view(theatre))


@pytest.fixture(scope="module")
def client(theatre) -> TestClient:
    app = Starlette(routes=routes(lambda: theatre.folder), middleware=middleware(lambda: theatre.folder))
    return TestClient(app)


def test_its_rows_are_sound_and_say_that_nothing_was_looked_up(theatre: Catalog) -> None:
    assert theatre.problems == ()
    assert set(theatre.sources["kind"]) == {"memory"}
    assert (len(theatre.sites), len(theatre.movements), len(theatre.incidents)) == (11, 6, 6)


def test_who_holds_what_is_called_as_the_folder_says(theatre, shown) -> None:
    page = json.dumps(tabs(theatre, shown.view).nodes)
    assert '"Presence"' in page
    assert "Posture" not in page + json.dumps(posture(shown).nodes)
    assert "Presence on 31 December 2023" in json.dumps(posture(shown).nodes)
    assert theatre.dataset.posture != Dataset().posture == "Posture"


def test_it_is_told_as_what_it_is(shown) -> None:
    told = " ".join(sentence.text for sentence in lede(shown).sentences)
    assert told.startswith(
        "Between 17 February 2022 and 31 December 2023, French forces left Gossi, Ménaka, Gao airport,"
    )
    assert "N'Djamena (December 2023)" in told
    changed = {line.sentence for group in brief(shown).groups for line in group.lines}
    assert "Gossi: French forces left on 19 April 2022; Malian forces took over the same day." in changed
    assert view_title(shown.catalog, shown.view) == "French forces in the Sahel"


def test_home_holds_its_continent(theatre: Catalog) -> None:
    box = home_box(theatre)
    assert box
    assert (12 < box.south < 13, -5 < box.west < -4, 17 < box.north < 19, 19 < box.east < 20) == (True,) * 4


def test_its_map_stands_on_land(theatre: Catalog, shown) -> None:
    content = json.loads(basemap_payload(theatre.folder).parts["json"].body)
    assert content["world"]
    assert {"Mali", "Niger", "Chad", "Burkina Faso"} <= {label["name"] for label in content["labels"]}
    canvas = Canvas(900, 600, 1, LIGHT.nowhere)
    scene = draw_map(shown, canvas)
    picture = canvas.finished()

    def colour(lat: float, lon: float) -> tuple[int, ...]:
        return picture.getpixel(tuple(round(n) for n in scene.frame.point(lat, lon)))

    assert colour(20, 13) == rgb(LIGHT.land), "the Ténéré"
    assert colour(17.92, 19.11) == rgb("#1f6fb2"), "Faya-Largeau is held by France"


def test_its_embed_and_what_that_fetches_are_served(client: TestClient) -> None:
    page = client.get("/embed")
    assert page.status_code == 200
    assert "French forces in the Sahel" in page.text
    assert client.get("/preview.png").headers["content-type"] == "image/png"


def test_its_files_hold_its_rows(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/export/sites.csv").text)))
    assert {row["kind"] for row in rows} == {"outpost", "garrison", "air-base", "river-base", "camp"}
    moved = client.get("/export/movements.geojson").json()["features"]
    assert {one["properties"]["kind"] for one in moved} == {"withdrawal", "rotation"}
    west = [x for one in moved for x, _ in one["geometry"]["coordinates"] if one["geometry"]["type"] == "LineString"]
    assert min(west) < -4
    assert max(west) > 15
    assert "Gao airport" in client.get("/export/view.kml").text
    kinds = next(
        field["constraints"]["enum"]
        for table in client.get("/datapackage.json").json()["resources"]
        if table["name"] == "sites"
        for field in table["schema"]["fields"]
        if field["name"] == "kind"
    )
    assert kinds[-1] == "river-base"


@pytest.mark.e2e
def test_its_one_file_page_and_static_site_hold_land_and_rows(client: TestClient, theatre: Catalog) -> None:
    whole = client.get("/export/view.html").text
    assert "French forces in the Sahel" in whole
    [basemap] = re.findall(r'"basemap":\s*"data:application/json;base64,([^"]+)"', whole)
    assert b"Burkina Faso" in base64.b64decode(basemap)
    files = site_files(theatre)
    [packed] = re.findall(rb"data:application/gzip;base64,([^\"]+)", files["data/basemap.js"])
    assert b"Burkina Faso" in gzip.decompress(base64.b64decode(packed))
    assert "French forces in the Sahel" in files["index.html"].decode()
    assert sum(map(len, files.values())) < 5_000_000
