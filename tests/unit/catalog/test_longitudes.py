"""Longitudes across 180°, by the cases that the browser's are held to."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.longitudes import seam, turns, unrolled

CASES = json.loads((Path(__file__).parents[2] / "cases" / "longitudes.json").read_text(encoding="utf-8"))
LONGITUDES = st.lists(st.floats(-180, 180).map(lambda lon: round(lon, 5)), min_size=1, max_size=20)


@pytest.mark.parametrize(("places", "expected"), CASES["seams"])
def test_the_world_is_cut_opposite_the_data(places, expected) -> None:
    assert seam([math.nan if place is None else place for place in places]) == expected


@pytest.mark.parametrize(("lon", "cut", "expected"), CASES["unrolled"])
def test_a_longitude_lies_from_the_cut_on(lon, cut, expected) -> None:
    assert unrolled(lon, cut) == expected


@pytest.mark.parametrize(("west", "east", "first", "last", "expected"), CASES["turns"])
def test_what_is_seen_of_it(west, east, first, last, expected) -> None:
    assert list(turns(west, east, first, last)) == list(range(expected[0], expected[1] + 1))


@given(LONGITUDES)
def test_unrolled_they_are_the_same_places_in_a_stretch_no_wider_than_before(places) -> None:
    cut = seam(places)
    there = unrolled(places, cut)
    assert np.allclose(np.mod(there - places, 360), 0) or np.allclose(np.mod(there - places + 1, 360), 1)
    assert (there >= cut).all()
    assert (there <= cut + 360).all()
    assert np.ptp(there) <= max(places) - min(places) + 1e-4


@given(LONGITUDES)
def test_where_they_lie_in_one_piece_as_they_are_nothing_changes(places) -> None:
    if max(places) - min(places) < 180:
        assert unrolled(places, seam(places)).tolist() == places
