"""Many incidents: squares from afar that tell how many they stand for, symbols nearer by, whatever the window."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.benchmarks.events import write_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    return write_folder(tmp_path_factory.mktemp("many") / "data", 6_000, ROOT / "data")


def test_squares_from_afar_say_how_many_and_symbols_come_nearer_by(open_map, many) -> None:
    dashboard = open_map(many)
    dashboard.open(map="5/34.75/40.5")
    page, tip = dashboard.page, dashboard.page.locator(".tip")

    def hover() -> None:
        x, y = dashboard.point(36, 41.2)
        page.mouse.move(x + 30, y + 30)
        page.mouse.move(x, y)

    hover()
    expect(tip).to_contain_text("in this square: zoom in to tell them apart")
    afar = int(tip.locator("strong").inner_text().split()[0].replace(",", ""))
    assert 1 < afar < 6_000
    # Fewer days are fewer incidents in it, and no other kind of mark.
    dashboard.open(map="5/34.75/40.5", to="2018-12-31")
    hover()
    expect(tip).to_contain_text("in this square")
    assert 0 < int(tip.locator("strong").inner_text().split()[0]) < afar
    page.get_by_text("Key", exact=True).click()
    expect(page.get_by_text("incidents in a square: 1 · 10 · 100 · 1,000")).to_be_visible()
    page.keyboard.press("Escape")
    dashboard.open(map="9/36/41.2")
    hover()
    expect(page.get_by_text("in this square")).to_have_count(0)
