"""Areas in Posture: each with its holder, its dates, how sure it is and on whose word; only those on view."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.catalog.catalog import Catalog
from components.panels.posture import MAX_AREAS, posture
from components.view.box import Box
from components.view.on_view import on_view
from components.view.view import View, offered

WINDOW = View(date(2025, 1, 1), date(2025, 6, 1))
AREAS = [
    {"id": "bank", "name": "The bank", "force": "sdf", "start": "2025-03", "last_confirmed": "2025-05-20"},
    {"id": "zone", "name": "The zone", "start": "2025-01-01", "end": "2025-12-31", "note": "Agreed on."},
    {"id": "far", "name": "Far away", "start": "2025-06", "end": "2025-07", "confidence": "low", "sources": "later"},
]
PLACES = {"far": "POLYGON ((10 10, 11 10, 11 11, 10 10))"}
SOURCES = [{"id": "wire"}, {"id": "later", "publisher": "Later", "published": "2025-09-01"}]


@pytest.fixture(scope="module")
def catalog(catalog_of: Callable[..., Catalog]) -> Catalog:
    rows = [{**row, **({"geometry": PLACES[row["id"]]} if row["id"] in PLACES else {})} for row in AREAS]
    return catalog_of(sites=[{"id": "base"}], areas=rows, sources=SOURCES)


@pytest.fixture
def told(texts_of: Callable[[Any], list[str]]) -> Callable[..., str]:
    return lambda catalog, view=WINDOW: " ".join(" ".join(texts_of(posture(on_view(catalog, view)).nodes)).split())


def test_each_area_is_told_with_holder_dates_sureness_and_source(catalog, told) -> None:
    assert told(catalog).partition("as far as is known. ")[2] == (
        "Areas held by United States 1 area, 1 possible "
        "The zone From 1 January 2025 to 31 December 2025. High confidence . Agreed on. Wire (wire) "
        "Far away ( possibly ) From June 2025 to July 2025. Low confidence . Later (wire) "
        "Areas held by SDF 1 area "
        "The bank ( as far as known ) From March 2025, last confirmed 20 May 2025. High confidence . Wire (wire)"
    )


@pytest.mark.parametrize(
    ("view", "areas"),
    [
        (WINDOW, {"The bank", "The zone", "Far away"}),
        (replace(WINDOW, box=Box(9, 9, 10, 10)), {"Far away"}),
        (replace(WINDOW, box=Box(37, 33, 38, 34)), {"The bank", "The zone"}),
        (replace(WINDOW, force=("sdf",)), {"The bank"}),
        (replace(WINDOW, known=date(2025, 6, 1)), {"The bank", "The zone"}),
        (View(date(2024, 1, 1), date(2024, 2, 1)), set()),
    ],
)
def test_they_are_those_on_view(catalog, told, view, areas) -> None:
    text = told(catalog, view)
    assert {row["name"] for row in AREAS if row["name"] in text} == areas


def test_of_very_many_as_many_are_listed_as_can_be_read(catalog_of, texts_of) -> None:
    rows = [{"id": f"a{n}", "name": f"Area {n}", "start": "2025", "end": "2026"} for n in range(MAX_AREAS + 5)]
    texts = texts_of(posture(on_view(catalog_of(areas=rows), WINDOW)).nodes)
    assert sum(text.startswith("Area ") for text in texts) == MAX_AREAS
    assert {f"{MAX_AREAS + 5} possible", "and 5 more, in the files and the API"} <= set(texts)


def test_without_sites_posture_is_offered_where_areas_are(catalog_of, told) -> None:
    assert "posture" not in offered(catalog_of())
    bare = catalog_of(areas=[AREAS[1]])
    assert "posture" in offered(bare)
    assert "changes" not in offered(bare)
    assert "No site" not in told(bare)
