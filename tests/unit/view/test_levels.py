"""What the map tells in full, and what steps back."""

from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from components.catalog.catalog import load
from components.view.home import fitted, home_box, world
from components.view.levels import levels
from components.view.on_view import on_view
from components.view.view import read_view

FORCES = [{"id": "us"}, {"id": "syria"}, {"id": "russia"}]
SITES = [
    {"id": id_, "name": id_, "lat": str(33 + n), "lon": str(38 + n)}
    for n, id_ in enumerate(("held", "given", "theirs", "old"))
]
PRESENCE = [
    {"site": "held", "force": "us", "start": "2020"},
    {"site": "given", "force": "russia", "start": "2020", "end": "2026-02-10"},
    {"site": "given", "force": "syria", "start": "2026-02-10"},
    {"site": "theirs", "force": "russia", "start": "2020"},
    {"site": "old", "force": "us", "start": "2020", "end": "2021-05-01"},
]
INCIDENTS = [
    {"id": "ours", "forces": "us", "lat": "35.5", "lon": "39", "start": "2026-02-05"},
    {"id": "at-held", "site": "held", "start": "2026-02-06"},
    {"id": "at-given", "site": "given", "start": "2026-02-07"},
    {"id": "elsewhere", "site": "theirs", "forces": "russia", "start": "2026-02-08"},
]
MOVEMENTS = [
    {"id": "us-move", "force": "us", "origin": "held", "destination": "given", "start": "2026-02-05"},
    {"id": "other", "force": "russia", "origin": "", "destination": "given", "start": "2026-02-06"},
]
WINDOW = "from=2026-02-01&to=2026-02-20"


def full(catalog: Any, query: str) -> set[str]:
    """The ids of what is told in full."""
    view, notices = read_view(parse_qs(f"{WINDOW}&{query}"), catalog)
    assert notices == []
    shown = on_view(catalog, view)
    found = levels(shown)
    ids = {id_ for id_, is_full in found.sites.items() if is_full}
    for rows, told in ((shown.selection.incidents, found.incidents), (shown.selection.movements, found.movements)):
        ids |= set(np.array(rows.table["id"])[rows.numbers][told(rows.numbers)])
    return ids


@pytest.fixture(scope="module")
def catalog(catalog_of):
    presence = [{"id": f"p{n}", **row} for n, row in enumerate(PRESENCE)]
    return catalog_of(
        toml='title = "T"\nsubject = "us"\n',
        forces=FORCES,
        sites=SITES,
        presence=presence,
        incidents=INCIDENTS,
        movements=MOVEMENTS,
    )


EVERYTHING = {*(site["id"] for site in SITES), *(row["id"] for row in (*INCIDENTS, *MOVEMENTS))}


def test_the_subject_and_what_changed_are_told_in_full(catalog) -> None:
    assert full(catalog, "") == {"held", "given", "ours", "at-held", "at-given", "us-move"}


@pytest.mark.parametrize(
    ("query", "shown"), [("alike=1", EVERYTHING), ("q=theirs", {"theirs"})], ids=["alike", "searched for"]
)
def test_nothing_steps_back_where_all_is_alike_or_searched_for(catalog, query: str, shown: set[str]) -> None:
    assert full(catalog, query) >= shown


@pytest.mark.parametrize("query", ["force=russia", "force=russia&force=us"])
def test_what_is_filtered_to_is_told_in_full(catalog, query: str) -> None:
    assert {"theirs", "elsewhere", "other"} <= full(catalog, query)


def test_without_sites_the_home_view_holds_nearly_all_incidents_unless_the_folder_says_where(folder) -> None:
    rows = [{"id": f"n{n}", "lat": f"{10 + n / 100}", "lon": f"{20 + n / 50}"} for n in range(200)]
    wide = {"id": "wide", "lat": "0", "lon": "0", "precision": "country"}
    stray = [{"id": "stray", "lat": "-40", "lon": "170"}, wide]
    box = home_box(load(folder(incidents=[*rows, *stray])))
    assert box
    assert np.allclose(box, (10, 20, 12, 24), atol=0.1)
    assert home_box(load(folder('title = "T"\n[home]\nlat = 1\nlon = 2\nzoom = 3\n', incidents=rows))) is None
    assert np.allclose(home_box(load(folder(incidents=stray))), (-40, 170, -40, 170), atol=0.1)
    assert home_box(load(folder(incidents=[wide]))) is None


@pytest.mark.parametrize("size", [(390, 606), (747, 727), (1650, 907)])
def test_the_home_view_holds_the_sites_told_in_full(curated, size) -> None:
    box = home_box(curated)
    assert box
    camera = fitted(box, *size, 40, 10)
    middle = world(camera.lat, camera.lon)
    corners = world((box.south, box.north), (box.west, box.east))
    offsets = np.abs((corners - middle) * 2**camera.zoom)
    assert (offsets <= np.array(size) / 2 - 40 + 0.01).all()
    assert np.isclose(offsets, np.array(size) / 2 - 40).any(), "as near as it can"
