"""Polygons as areas.csv has them: what is read, what is refused and how it is mended, and that text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.polygons import MOST_POINTS, PolygonsError, read_polygons, write_polygons

SQUARE = "(36 33, 37 33, 37 34, 36 34, 36 33)"
HOLE = "(36.2 33.2, 36.4 33.2, 36.4 33.4, 36.2 33.2)"


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        (f"POLYGON ({SQUARE})", [[5]]),
        (f"polygon({SQUARE}, {HOLE})", [[5, 4]]),
        (f"MULTIPOLYGON (({SQUARE}, {HOLE}), ({SQUARE}))", [[5, 4], [5]]),
        ("  POLYGON\t((-180 -90,180 -90 , 180 +90.0, -180 9e1, -180 -90))  ", [[5]]),
    ],
)
def test_polygons_are_read(text: str, rings: list[list[int]]) -> None:
    assert [[len(ring) for ring in polygon] for polygon in read_polygons(text)] == rings


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "ends too early"),
        ("POINT (36 33)", "begins with 'POINT'"),
        ("POLYGON EMPTY", "has 'EMPTY' where '(' belongs"),
        ("POLYGON ((36 33, 37 33, 36 33))", "a ring of 3 points"),
        ("POLYGON ((36 33, 37 33, 37 34, 36 34))", "not closed"),
        ("POLYGON ((33 136, 34 136, 34 137, 33 136))", "the point 33 136, which is nowhere"),
        ("POLYGON ((36 33 7, 37 33 7, 37 34 7, 36 33 7))", "has '7' where ')' belongs"),
        ("POLYGON ((nan 33, 37 33, 37 34, nan 33))", "has 'nan' where a number belongs"),
        ("POLYGON ((1e999 33, 37 33, 37 34, 1e999 33))", "has '1e999' where a number belongs"),
        (f"POLYGON ({SQUARE}) and more", "goes on after its last bracket"),
        (f"POLYGON ({SQUARE}", "ends too early"),
        ('{"type": "Polygon"}', 'cannot be read from character 1 on: \'{"type": "Polygon"}\''),
        ("POLYGON\x00\udc80 ((36 33, …", "cannot be read from character 8 on: '((36 33, …'"),
        (f"POLYGON ({SQUARE}) \udc80", "goes on after its last bracket: ''"),
        (f"POLYGON (({', '.join(['36 33'] * (MOST_POINTS + 1))}))", f"has {MOST_POINTS + 1:,} points"),
        ("POLYGON " + "(" * 200_000, "holds 200,008 characters"),
    ],
)
def test_what_is_wrong_is_told_with_how_to_mend_it(text: str, what: str) -> None:
    with pytest.raises(PolygonsError) as raised:
        read_polygons(text)
    assert what in raised.value.what
    assert raised.value.mend


degrees = st.tuples(
    st.floats(-180, 180).map(lambda lon: round(lon, 5) + 0.0), st.floats(-90, 90).map(lambda lat: round(lat, 5) + 0.0)
)
closed = st.lists(degrees, min_size=3, max_size=8).map(lambda points: (*points, points[0]))
polygons = st.lists(st.lists(closed, min_size=1, max_size=3).map(tuple), min_size=1, max_size=4).map(tuple)


@given(polygons)
def test_what_is_written_is_read_again(drawn) -> None:
    assert read_polygons(write_polygons(drawn)) == drawn


@given(
    st.text(st.sampled_from("POLYGON(),. 0123456789-+eMUTI"), max_size=60)
    | st.text(st.characters(exclude_categories=[]), max_size=20)
)
def test_any_text_is_read_or_refused_in_words_that_can_be_printed(text: str) -> None:
    for one in (f"POLYGON ({text}", f"POLYGON ({SQUARE}){text}"):
        assert _refusal(one).isprintable()


def _refusal(text: str) -> str:
    """Return why a text is refused; "" where it is read."""
    try:
        assert read_polygons(text)
    except PolygonsError as error:
        return error.what
    return ""
