"""A folder of another continent without a base map, and one across 180°, as a browser draws them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT

PIXEL = """(frame, [lat, lon]) => {
    const canvas = frame.document.querySelector(".leaflet-basemap-pane canvas:not(.graticule)");
    const at = frame.map.latLngToContainerPoint([lat, lon]);
    const [box, map] = [canvas, frame.map.getContainer()].map((one) => one.getBoundingClientRect());
    const scale = canvas.width / box.width;
    const place = [(at.x + map.x - box.x) * scale, (at.y + map.y - box.y) * scale].map(Math.round);
    return [...canvas.getContext("2d").getImageData(...place, 1, 1).data];
}"""
LAND = [246, 244, 238, 255]
PACIFIC = {
    "toml": 'title = "Pacific"\nsubject = "us"\n',
    "sites": [
        {"id": "suva", "name": "Suva", "lat": "-17.7", "lon": "178.2", "country": "Fiji"},
        {"id": "apia", "name": "Apia", "lat": "-13.8", "lon": "-171.8", "country": "Samoa"},
    ],
    "presence": [
        {"id": name, "site": name, "force": "us", "start": "2025", "last_confirmed": "2026"}
        for name in ("suva", "apia")
    ],
    "movements": [{"id": "over", "origin": "suva", "destination": "apia"}],
}


def test_a_theatre_without_a_base_map_lies_on_the_worlds(open_map: Callable) -> None:
    theatre = open_map(ROOT / "tests/theatre").open()
    assert theatre.state()["shown"] == {"sites": 11, "incidents": 6, "movements": 6}
    assert theatre.in_map(PIXEL, [20, 13]) == LAND, "the Ténéré"
    theatre.open(map="5/4/4")
    assert theatre.in_map(PIXEL, [2, 3])[3] == 0, "the Gulf of Guinea: the page's water shows through"
    assert theatre.in_map(PIXEL, [8, 4]) == LAND


def test_across_180_degrees_home_holds_both_sides_and_the_link_leads_to_either(
    open_map: Callable, folder: Callable[..., Path]
) -> None:
    pacific = open_map(folder(**PACIFIC)).open()
    camera = pacific.state()["camera"]
    assert camera["lon"] == pytest.approx(183.2, abs=0.1)
    assert camera["zoom"] > 5
    assert pacific.in_map(PIXEL, [-16.6, 179.3]) == LAND, "Vanua Levu, west of 180°"
    assert pacific.in_map(PIXEL, [-13.6, 187.6]) == LAND, "Savai'i, east of it"
    pacific.open(map="7/-13.8/-172")
    assert pacific.state()["camera"]["lon"] == pytest.approx(188, abs=0.01)
    pacific.in_map("(frame) => frame.map.setView([-14, -175], 7, { animate: false }) && null")
    pacific.wait("Math.abs(state.camera.lon - 185) < 0.01")


def test_on_a_phone_home_holds_data_of_all_the_world(open_map: Callable, folder: Callable[..., Path]) -> None:
    ends = {"bogota": (4.6, -74.1), "oslo": (59.9, 10.8), "manila": (14.6, 121.0)}
    incidents = [
        {"id": name, "lat": str(lat), "lon": str(lon), "start": "2026-01"} for name, (lat, lon) in ends.items()
    ]
    world = open_map(folder(incidents=incidents), width=390, height=844).open()
    assert world.in_map(
        "(frame, ends) => ends.map((end) => frame.map.getBounds().contains(end))", [*ends.values()]
    ) == [True] * len(ends)
