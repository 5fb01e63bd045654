"""The sources of all that is on view."""

from dataclasses import replace
from datetime import date

from components.view.box import Box
from components.view.cited import cited_on_view
from components.view.on_view import on_view
from components.view.view import View, default_view


def test_data_without_strengths_counts_and_claims_cites_what_it_has(catalog_of) -> None:
    catalog = catalog_of(sites=[{"id": "base"}])
    assert cited_on_view(on_view(catalog, default_view(catalog))) == ["wire"]
    assert cited_on_view(on_view(catalog_of(), default_view(catalog_of()))) == []


def test_areas_on_view_cite_theirs(catalog_of) -> None:
    area = {"id": "zone", "start": "2026-01-01", "end": "2026-03-31", "sources": "map"}
    catalog = catalog_of(areas=[area], sources=[{"id": "wire"}, {"id": "map"}])
    window = View(date(2026, 1, 1), date(2026, 2, 1))
    assert cited_on_view(on_view(catalog, window)) == ["map"]
    assert cited_on_view(on_view(catalog, replace(window, box=Box(0, 0, 1, 1)))) == []
    assert cited_on_view(on_view(catalog, replace(window, end=date(2026, 4, 1)))) == []
