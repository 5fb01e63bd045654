"""Distances measured on the map, by mouse, keyboard and finger."""

import re
from collections.abc import Callable

import pytest
from geopy.distance import geodesic
from playwright.sync_api import expect


def test_a_distance_is_measured_along_the_clicked_points(the_map):
    """From Al-Tanf to Palmyra and on to Deir ez-Zor, as geopy measures it on the ellipsoid."""
    the_map.open(map="7/34.2/39.2")
    places = [(33.50583, 38.61778), (34.5573, 38.2668), (35.3333, 40.15)]
    expected = geodesic(*places).km
    the_map.control("Measure distance").click()
    expect(the_map.control("Measure distance")).to_have_attribute("aria-pressed", "true")
    for place in places[:-1]:
        the_map.page.mouse.click(*the_map.point(*place))
    the_map.page.mouse.dblclick(*the_map.point(*places[-1]))
    told = the_map.frame.locator(".measure-total")
    expect(told).to_have_text(re.compile(r"^\d+ km in 2 legs$"))
    assert int(told.inner_text().split(" km")[0]) == pytest.approx(expected, rel=0.01)
    assert the_map.state()["selected"] == "", "a measured point selects nothing"
    assert the_map.state()["camera"]["zoom"] == 7, "a double-click ends and does not zoom"
    expect(the_map.control("Measure distance")).to_have_attribute("aria-pressed", "false")
    the_map.frame.get_by_role("button", name="Clear the measurement").click()
    expect(told).to_be_hidden()
    assert the_map.in_map("(frame) => frame.document.querySelectorAll('.leaflet-measure-pane path').length") == 0


def test_escape_ends_a_measurement_and_then_clears_it(the_map):
    the_map.open(map="7/34.2/39.2")
    the_map.control("Measure distance").click()
    for place in ((33.5, 38.6), (34.5, 38.6)):
        the_map.page.mouse.click(*the_map.point(*place))
    the_map.page.keyboard.press("Escape")
    told = the_map.frame.locator(".measure-total")
    expect(told).to_have_text("111 km")
    the_map.page.mouse.click(*the_map.point(33.50583, 38.61778))
    the_map.wait_query(sel="site:al-tanf")  # clicks select again
    the_map.page.keyboard.press("Escape")
    expect(told).to_be_hidden()


def test_a_distance_is_measured_by_keyboard(the_map):
    the_map.open(map="7/34.2/39.2")
    ruler = the_map.control("Measure distance")
    ruler.press("Enter")
    keys = the_map.page.keyboard
    for key in ("Enter", *["ArrowRight"] * 3, "Enter"):
        keys.press(key)
    before, after = (the_map.point(34.2, 39.2), the_map.state()["camera"])
    middle = the_map.point(after["lat"], after["lon"])
    assert middle[0] - before[0] == pytest.approx(120, abs=2), "three strides of forty pixels"
    expected = geodesic((34.2, 39.2), (after["lat"], after["lon"])).km
    told = the_map.frame.locator(".measure-total")
    assert int(told.inner_text().split(" km")[0]) == pytest.approx(expected, rel=0.01)
    keys.press("Escape")
    expect(ruler).to_be_focused()
    expect(ruler).to_have_attribute("aria-pressed", "false")
    assert the_map.state()["selected"] == ""


def test_a_distance_is_measured_with_a_finger(open_map: Callable):
    the_map = open_map(width=390, height=844, has_touch=True, is_mobile=True).open(map="6/34.2/40.5")
    the_map.control("Map tools").tap()
    the_map.control("Measure distance").tap()
    for place in ((34, 40), (35, 40)):
        the_map.page.touchscreen.tap(*the_map.point(*place))
    expect(the_map.frame.locator(".measure-total")).to_contain_text("11")
    the_map.control("Map tools").tap()
    the_map.control("Measure distance").tap()
    expect(the_map.frame.locator(".measure-total")).to_have_text(re.compile(r"^1[01]\d km$"))
