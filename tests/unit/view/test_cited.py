"""The sources of all that is on view."""

from components.view.cited import cited_on_view
from components.view.on_view import on_view
from components.view.view import default_view


def test_data_without_strengths_counts_and_claims_cites_what_it_has(catalog_of) -> None:
    catalog = catalog_of(sites=[{"id": "base"}])
    assert cited_on_view(on_view(catalog, default_view(catalog))) == ["wire"]
    assert cited_on_view(on_view(catalog_of(), default_view(catalog_of()))) == []
