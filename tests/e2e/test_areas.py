"""Held areas and many sites in a real browser: on the map's own page."""

import base64
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

READY = "() => window.laydown?.state().ready"
AREAS = """async () => {
    const canvas = document.querySelector("canvas.scene");
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    for (let last = ""; ; ) {
        const now = canvas.toDataURL();
        if (now === last) return now; // the frame of the state is painted, and nothing moves
        last = now;
        await frame();
        await frame();
    }
}"""
"""The lowest of the map's canvases."""
SMOOTHED = 8
STYLED = {"viewport": {"width": 1000, "height": 800}}
SQUARES = (
    # id, from, to or last confirmed, west, south, east, north
    ("one", "us", "2025-01-01", "2025-06-30", 37.0, 33.0, 39.0, 35.0),
    ("two", "sdf", "2025-03-01", "2025-09-30", 38.0, 34.0, 40.0, 36.0),
    ("three", "syria", "2025-05-01", "2025-12-31", 38.5, 33.5, 39.5, 34.5),
)


@pytest.fixture(scope="module")
def address(folder: Callable[..., Path], serve: Callable[..., str]) -> str:
    areas = [
        {
            "id": id_,
            "name": f"Area {id_}",
            "force": force,
            "start": start,
            "end": end,
            "geometry": f"POLYGON (({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))",
        }
        for id_, force, start, end, w, s, e, n in SQUARES
    ]
    sites = [
        {"id": f"s{n}", "name": f"Village {n}", "lat": f"{33 + n % 30 / 100}", "lon": f"{42 + n // 30 / 100}"}
        for n in range(600)
    ]
    presence = [{"id": f"p{n}", "site": f"s{n}", "force": "us", "start": "2025-01-01"} for n in range(600)]
    incidents = [{"id": "i", "lat": "36.5", "lon": "41", "start": "2025-01-01", "end": "2025-12-31"}]
    return serve(folder(areas=areas, sites=sites, presence=presence, incidents=incidents))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**STYLED)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def pixels(address: str) -> npt.NDArray[np.int64]:
    """The pixels of an image that is its own address."""
    picture = Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))
    return np.asarray(picture.convert("RGBA")).astype(np.int64)


def opened(page: Page, address: str, query: str) -> Page:
    page.goto(f"{address}/embed?map=7/34.5/39.5&{query}")
    page.wait_for_function(READY)
    return page


def test_areas_drawn_bit_by_bit_are_those_drawn_at_once(page: Page, address: str) -> None:
    opened(page, address, "from=2025-01-01&to=2025-02-01")
    first = page.evaluate(AREAS)
    handle = page.get_by_role("slider", name="Window end")
    handle.focus()
    for _ in range(6):
        handle.press("PageUp")
    page.wait_for_function("() => laydown.state().window.to === '2025-08-01'")
    stepped = page.evaluate(AREAS)
    assert np.abs(pixels(stepped) - pixels(first)).max() > 10 * SMOOTHED
    opened(page, address, "from=2025-01-01&to=2025-08-01")
    # Edges are smoothed a little otherwise where only a part is drawn.
    assert np.abs(pixels(page.evaluate(AREAS)) - pixels(stepped)).max() <= SMOOTHED


def test_an_area_is_told_where_nothing_else_is(page: Page, address: str) -> None:
    opened(page, address, "from=2025-01-01&to=2025-05-15")
    tip, box = page.locator(".tip"), page.locator(".leaflet-container").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 - 182 * 1.5 / 2, box["y"] + box["height"] / 2 + 60)
    expect(tip).to_contain_text("Area one")
    expect(tip).to_contain_text("United States")
    expect(tip).to_contain_text("from 1 January 2025 to 30 June 2025")
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 200)
    expect(tip).to_be_hidden()


def test_the_key_names_who_holds_areas_in_view_where_only_that_is_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}/embed?map=9/33.15/42.1&from=2025-01-01&to=2025-05-15")
    page.wait_for_function(READY)
    page.get_by_text("Key", exact=True).click()
    forces, switch = page.locator(".legend .forces"), page.get_by_role("button", name="Only what is in view")
    expect(forces).to_contain_text("SDF")
    switch.click()
    expect(forces).not_to_contain_text("SDF")
    expect(forces).to_contain_text("United States")
    page.keyboard.press("Escape")  # closes the key, which still tells
    page.get_by_role("button", name="Zoom out").click()
    expect(forces).to_contain_text("SDF")


def test_a_press_on_a_crowd_goes_nearer_until_its_sites_are_symbols(page: Page, address: str) -> None:
    opened(page, address, "from=2025-01-01&to=2025-05-15")
    page.goto(f"{address}/embed?map=8/33.15/42.1&from=2025-01-01&to=2025-05-15")
    page.wait_for_function(READY)
    box = page.locator(".leaflet-container").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".tip")).to_contain_text("more here: press to go nearer")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => laydown.state().camera.zoom === 10")
