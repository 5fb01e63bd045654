"""Data that change while a page is open: it offers what is newer, and loads it with the view kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from components.catalog.catalog import load

SEEN = "({ document }) => void document.dispatchEvent(new Event('visibilitychange'))"
ROWS = {"sites": [{"id": "base", "name": "Old base"}]}
NEWER = {"sites": [{"id": "base", "name": "Old base"}, {"id": "new", "name": "New base"}]}


@pytest.fixture
def serve(serve: Callable[..., str]) -> Callable[..., str]:
    """Serve a folder at which the server looks often."""
    return lambda folder, **settings: serve(folder, LAYDOWN_REFRESH="0.1", **settings)


def replaced(address: str, path: Path, newer: Path) -> None:
    """Put newer data into a folder, and wait until its server has taken them over."""
    (path / "sites.csv").write_bytes((newer / "sites.csv").read_bytes())
    version = load(path).version
    while True:
        with urlopen(f"{address}/newest.json") as answer:  # it waits by itself for nothing: each is an answer
            if json.load(answer) == {"dataset": version}:
                return


@pytest.mark.parametrize("kind", ["page", "embed"])
def test_an_open_page_offers_newer_data_and_loads_it_with_the_view_kept(
    open_dashboard: Any, open_map: Any, folder: Callable[..., Path], kind: str
) -> None:
    path = folder(**ROWS)
    opened = (open_dashboard if kind == "page" else open_map)(path)
    address = opened.address
    opened.open(from_="2026-01-01", to="2026-02-01", map_="7/34.5000/38.2500")
    offer = opened.frame.locator(".offer")
    opened.in_map(SEEN)
    replaced(address, path, folder(**NEWER))
    opened.in_map(SEEN)
    expect(offer).to_contain_text("Newer data is here.")
    assert opened.state()["shown"]["sites"] == 1, "nothing changes under its reader"
    offer.get_by_role("button", name="Later").click()
    expect(offer).to_have_count(0)
    opened.in_map(SEEN)
    replaced(address, path, folder(sites=[*NEWER["sites"], {"id": "third", "name": "Third base"}]))
    opened.in_map(SEEN)
    with opened.page.expect_event("load"):
        offer.get_by_role("button", name="Load it").click()
    there = opened.window.replace(").", ")?.")
    opened.page.wait_for_function(f"() => {there}?.laydown?.state().shown?.sites === 3")
    assert opened.query() == {"from": ["2026-01-01"], "to": ["2026-02-01"], "map": ["7/34.5000/38.2500"]}
    assert opened.state()["camera"]["zoom"] == 7


def test_a_page_whose_data_have_gone_meanwhile_loads_itself_anew_once(open_map: Any) -> None:
    opened = open_map()
    asked: list[str] = []

    def gone(route: Any) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=404, body="No such data: it has changed since.")
        else:
            route.continue_()

    opened.page.route("**/map/*.json", gone)
    opened.open(sel="site:al-tanf")
    assert opened.query()["sel"] == ["site:al-tanf"]
    assert len(asked) > 2
    opened.errors.clear()  # the browser tells of the 404 itself
