"""A link restores what its sender saw; Back goes back; a bad value is said and ignored."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.curated import TO, shifted
from tests.e2e.conftest import FRAME, JOINED

VIEWS = [
    {"from_": "2025-12-01", "to": "2026-01-31"},
    {"kind": ["attack", "battle"], "country": "Syria"},
    {"q": "القامشلي", "sel": "site:qamishli-airport", "tab": "selected"},
    {"sel": "incident:palmyra-attack-2025-12-13", "tab": "selected", "map": "8.5/34.6000/38.3000"},
    {"sel": "movement:al-tanf-to-jordan-2026-01", "tab": "table", "map": "7/32.5000/37.5000"},
    {"from_": "2019-10-01", "to": "2019-11-30", "force": "us", "confidence": ["high", "medium"]},
    {"known": "2026-02-10", "show": "changes", "tab": "posture", "lang": "ar"},
    {"step": "al-tanf-withdrawal/2", "map": "9/33.4200/38.6600"},
    {"disputed": "only", "tab": "disputes", "from_": "2014-01-01"},
]


@pytest.mark.parametrize("query", VIEWS, ids=lambda query: "-".join(query))
def test_a_link_opens_the_same_view_in_another_browser(dashboard, open_dashboard: Callable, query: dict):
    first = dashboard.open(**query)
    seen, link = first.state(), first.page.url
    camera = seen.pop("camera")
    second = open_dashboard()
    second.page.goto(link)
    second.page.wait_for_function(JOINED)
    second.settle()
    there = second.state()
    # Leaflet rounds to pixels where it has been somewhere else before.
    assert there.pop("camera") == pytest.approx(camera, abs=0.01)
    assert there == seen
    assert second.query() == first.query()
    if "map" in query:
        zoom, lat, lon = (float(part) for part in query["map"].split("/"))
        assert camera["zoom"] == zoom
        assert camera["lat"] == pytest.approx(lat, abs=0.01)
        assert camera["lon"] == pytest.approx(lon, abs=0.01)
        assert second.query()["map"] == [query["map"]], "opening a link leaves it as it was"


def test_back_and_forward_go_through_the_views(dashboard):
    dashboard.open()
    whole = dashboard.state()["shown"]["incidents"]
    dashboard.page.get_by_role("group", name="Incidents", exact=True).get_by_role("button", name="Attack").click()
    dashboard.wait_query(kind="attack")
    dashboard.frame.get_by_role("slider", name="Window end").press("PageDown")
    dashboard.wait_query(to=shifted(TO, months=-1))
    dashboard.page.go_back()
    dashboard.wait_query(to=None, kind="attack")
    dashboard.wait(f"state.window.to === '{TO}'")
    dashboard.page.go_back()
    dashboard.wait_query(kind=None)
    dashboard.wait(f"state.shown.incidents === {whole}")
    dashboard.page.go_forward()
    dashboard.wait_query(kind="attack")
    dashboard.wait(f"state.shown.incidents < {whole}")


def test_panning_enters_the_link_without_a_step_in_the_history(dashboard):
    dashboard.open()
    steps = dashboard.page.evaluate("history.length")
    box = dashboard.page.locator(FRAME).bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + 200, box["y"] + 300)
    mouse.down()
    mouse.move(box["x"] + 300, box["y"] + 350, steps=5)
    mouse.up()
    dashboard.rest()
    assert dashboard.page.evaluate("history.length") == steps
    camera = dashboard.query()["map"]
    dashboard.page.get_by_role("group", name="Incidents", exact=True).get_by_role("button", name="Attack").click()
    dashboard.wait_query(kind="attack", map=camera[0])
    dashboard.page.go_back()
    dashboard.wait_query(kind=None, map=camera[0])


def test_a_bad_link_is_told_and_the_rest_of_it_kept(fresh):
    fresh.open(from_="2025-12-01", to="2026-13-40", kind=["attack", "parade"], sel="site:atlantis", map="x", tab="y")
    alerts = fresh.page.get_by_role("alert")
    expect(alerts).to_have_count(5)
    for key, value in (("to", "2026-13-40"), ("kind", "parade"), ("sel", "site:atlantis"), ("map", "x"), ("tab", "y")):
        expect(alerts.filter(has_text=f"The link's {key} “{value}”")).to_have_count(1)
    assert fresh.state()["window"] == {"from": "2025-12-01", "to": TO}


def test_a_link_that_comes_while_the_map_zooms_is_shown_after(dashboard):
    home = dashboard.open().state()["camera"]
    dashboard.open(map="8/33.5000/38.6000")
    # Leaflet hears nothing while it glides.
    dashboard.in_map("({ map, parent }) => map.once('zoomanim', () => parent.history.back()).setZoom(9) && null")
    dashboard.wait_query(map=None)
    dashboard.wait(f"state.camera.zoom === {home['zoom']} && Math.abs(state.camera.lat - {home['lat']}) < 0.01")
    dashboard.settle()
    assert dashboard.query() == {}
