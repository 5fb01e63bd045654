"""The box of what is in view, by the cases that tests/javascript/box.test.js puts to the browser's rules."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from components.view.box import Bounds, Box, read_box, write_box
from components.view.on_view import on_view
from components.view.selection import select
from components.view.title import filters_text, view_title
from components.view.trends import trends
from components.view.view import default_view, read_view, write_query
from tests.curated import CATALOG

CASES = json.loads((Path(__file__).parents[2] / "cases" / "boxes.json").read_text(encoding="utf-8"))
HOME = default_view(CATALOG)
JORDAN = Box(34.9, 29.1, 38.0, 32.4)


@pytest.mark.parametrize(("box", "lat", "lon", "expected"), [case[1:] for case in CASES["holds"]])
def test_what_a_box_holds(box: list[float], lat: float | None, lon: float | None, expected: bool) -> None:
    point = tuple(np.array([np.nan if one is None else one]) for one in (lat, lon))
    assert Box(*box).holds((point[0], point[1])).tolist() == [expected]


@pytest.mark.parametrize(("box", "area", "expected"), [case[1:] for case in CASES["meets"]])
def test_which_areas_a_box_meets(box: list[float], area: list[float], expected: bool) -> None:
    assert Box(*box).meets(Bounds(*np.array([area]).T)).tolist() == [expected]
    assert Box(*area).meets(Bounds(*np.array([box]).T)).tolist() == [expected], "and the other way round"


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("35.5,31,44.25,37", Box(35.5, 31, 44.25, 37)),
        ("170,-20,-170,20", Box(170, -20, -170, 20)),
        ("-180,-90,180,90", Box(-180, -90, 180, 90)),
        ("-0,0,0,0", Box(0, 0, 0, 0)),
    ],
)
def test_a_box_is_read_and_written_in_the_link(text: str, box: Box) -> None:
    assert read_box(text) == box
    assert read_box(write_box(box)) == box
    view, notices = read_view({"box": [text]}, CATALOG)
    assert (view.box, notices) == (box, [])
    assert write_query(view, CATALOG) == {"box": [write_box(box)]}


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,0,1,1", "181,0,1,1", "0,40,1,30", "0,0,1,91", "1e1,0,1,1", "１,0,1,1"],
)
def test_what_is_no_box_is_told_and_ignored(text: str) -> None:
    view, notices = read_view({"box": [text]}, CATALOG)
    assert view.box is None
    assert len(notices) == 1


def test_what_a_view_shows_lies_in_its_box() -> None:
    whole, part = select(CATALOG, HOME), select(CATALOG, replace(HOME, box=JORDAN))

    def inside(row: Any, prefix: str = "") -> bool:
        lat, lon = row[f"{prefix}lat"], row[f"{prefix}lon"]
        return bool(JORDAN.south <= lat <= JORDAN.north and JORDAN.west <= lon <= JORDAN.east)

    for name in ("incidents", "sites"):
        rows, found = (one if name == "sites" else one.rows() for one in (getattr(whole, name), getattr(part, name)))
        assert list(found["id"]) == [row["id"] for _, row in rows.iterrows() if inside(row)]
        assert 0 < len(found) < len(rows)
    moved = [r["id"] for _, r in whole.movements.rows().iterrows() if inside(r, "origin_") or inside(r, "destination_")]
    assert list(part.movements.rows()["id"]) == moved
    assert {*part.states} == {*part.sites["id"]}
    kinds = part.incidents.rows()["kind"].value_counts().to_dict()
    assert {kind: n for kind, n in part.counts["kind"].items() if n} == kinds


def test_lists_and_words_keep_to_it() -> None:
    view = replace(HOME, box=JORDAN)
    assert view_title(CATALOG, view).endswith("in this part of the map")
    assert filters_text(CATALOG, view) == "Only what is in this part of the map"
    there, everywhere = trends(on_view(CATALOG, view)), trends(on_view(CATALOG, HOME))
    assert 0 < there.total.now.incidents < everywhere.total.now.incidents
