"""A folder with 30,000 incidents loads, is drawn, and is filtered while the window is dragged."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

N = 30_000


@pytest.fixture(scope="module")
def many(folder: Callable):
    chance = random.Random(7)
    towns = [f"Town {n}, Syria" for n in range(200)]
    places = [
        {"query": town, "lat": f"{chance.uniform(32.5, 37):.4f}", "lon": f"{chance.uniform(36, 45):.4f}"}
        for town in towns
    ]
    incidents = []
    for n in range(N):
        row = {
            "id": f"incident-{n}",
            "title": f"Incident {n}",
            "kind": chance.choice(["attack", "ied"]),
            "start": (date(2015, 1, 1) + timedelta(days=chance.randrange(4000))).isoformat(),
            "forces": chance.choice(["us", "syria", "us; sdf"]),
        }
        if n % 3:
            row |= {"lat": f"{chance.uniform(32.5, 37):.4f}", "lon": f"{chance.uniform(36, 45):.4f}"}
        else:
            row |= {"place": chance.choice(towns)}
        incidents.append(row)
    toml = 'title = "Many"\n[home]\nlat = 34.5\nlon = 40\nzoom = 6\n'
    return folder(toml=toml, incidents=incidents, places=places)


def test_thirty_thousand_incidents_are_shown_and_dragged(open_dashboard: Callable, many):
    dashboard = open_dashboard(many).open()
    assert dashboard.state()["shown"]["incidents"] == N
    slider = dashboard.frame.get_by_role("slider", name="Window start")
    box = slider.bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] + 300, box["y"] + 20, steps=10)
    dashboard.wait(f"state.shown.incidents < {N * 3 // 4}")
    held = dashboard.state()
    mouse.up()
    dashboard.wait_query(from_=held["window"]["from"])
    assert dashboard.state()["shown"] == held["shown"]
    dashboard.page.get_by_role("group", name="Force").get_by_role("button", name="SDF").click()
    dashboard.wait_query(force="sdf")
    dashboard.wait(f"state.shown.incidents < {held['shown']['incidents'] // 2}")


def test_the_table_says_that_it_shows_only_the_newest(open_dashboard: Callable, many):
    dashboard = open_dashboard(many).open(tab="table")
    dashboard.page.get_by_text("The newest 1,000 of 30,000 rows on view").wait_for()
