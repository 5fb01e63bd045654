from dataclasses import fields, replace

import pytest

from components.catalog.catalog import Catalog
from components.catalog.tables import TABLES
from components.map.symbols import SHAPES
from components.view.facets import FACETS, Facet
from components.view.selection import select
from components.view.view import View, default_view, read_view

EACH = pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.key)


def held(catalog: Catalog, facet: Facet) -> set[str]:
    """Every value that a row holds of ``facet``."""
    cells = [cell for table, column in facet.columns.items() for cell in catalog.tables[table][column]]
    return {value for cell in cells for value in (cell if isinstance(cell, tuple) else (cell,))}


@EACH
def test_its_columns_exist_even_in_empty_tables(facet, catalog_of) -> None:
    catalog = catalog_of(**{table.name: [] for table in TABLES})
    assert facet.columns
    for table, column in facet.columns.items():
        assert column in catalog.tables[table].columns


@EACH
def test_it_offers_every_value_that_a_row_holds_once(facet, curated) -> None:
    offered = [option.value for option in facet.options(curated)]
    assert held(curated, facet) <= set(offered)
    assert len(offered) == len(set(offered))


@EACH
def test_its_options_can_be_shown(facet, curated) -> None:
    for option in facet.options(curated):
        assert option.label
        assert option.shape in ("", *SHAPES)
        assert bool(option.shape) == bool(option.colour)


@EACH
def test_it_is_a_field_of_the_view_that_is_empty_by_default(facet) -> None:
    assert {field.name: field.default for field in fields(View)}[facet.key] == ()


def test_a_country_that_only_a_movement_passes_is_offered(catalog_of) -> None:
    country = next(facet for facet in FACETS if facet.key == "country")
    catalog = catalog_of(
        movements=[{"id": "out", "origin": "Erbil, Iraq", "destination": "Jordan"}],
        places=[{"query": "Erbil, Iraq"}, {"query": "Jordan"}],
    )
    assert [option.value for option in country.options(catalog)] == ["Iraq", "Jordan"]


@EACH
def test_an_empty_catalog_has_options_without_an_error(facet, catalog_of) -> None:
    catalog = catalog_of(**{table.name: [] for table in TABLES})
    assert len(facet.options(catalog)) == (3 if facet.key == "confidence" else 0)


def test_disputed_is_what_claims_are_about_and_a_site_also_for_who_held_it_and_how_many(catalog_of) -> None:
    catalog = catalog_of(
        sites=[{"id": id_} for id_ in ("named", "held", "counted", "calm")],
        presence=[{"id": "p", "site": "held", "force": "us"}, {"id": "q", "site": "calm", "force": "us"}],
        incidents=[{"id": "raid", "site": "calm"}, {"id": "quiet", "site": "named", "start": "2025"}],
        movements=[{"id": "out", "origin": "calm"}, {"id": "back", "destination": "calm", "start": "2025"}],
        strengths=[{"id": "s", "site": "counted"}, {"id": "t", "country": "Syria"}],
        claims=[
            {"id": row.replace(":", "-"), "row": row}
            for row in ("site:named", "presence:p", "strength:s", "strength:t", "incident:raid", "movement:out")
        ],
    )
    marked = {
        table: {id_ for id_, value in catalog.tables[table]["disputed"].items() if value == ("only",)}
        for table in ("sites", "incidents", "movements")
    }
    assert marked == {"sites": {"named", "held", "counted"}, "incidents": {"raid"}, "movements": {"out"}}
    view, notices = read_view({"disputed": ["only"]}, catalog)
    shown = select(catalog, view)
    assert notices == []
    assert set(shown.sites["id"]) == marked["sites"]
    assert list(shown.incidents.rows()["id"]) == ["raid"]
    assert list(shown.movements.rows()["id"]) == ["out"]


def test_the_count_beside_disputed_is_what_choosing_it_shows(curated) -> None:
    view = default_view(curated)
    promised = select(curated, view).counts["disputed"]
    assert set(promised) == {"only"}
    assert promised["only"] == len(select(curated, replace(view, disputed=("only",))).incidents) > 0


def test_where_nothing_is_disputed_the_filter_is_not_offered(catalog_of) -> None:
    catalog = catalog_of(incidents=[{"id": "raid", "place": "Town"}], places=[{"query": "Town"}])
    disputed = next(facet for facet in FACETS if facet.key == "disputed")
    assert not disputed.options(catalog)
    assert select(catalog, default_view(catalog)).counts["disputed"] == {}


@EACH
def test_its_options_are_built_once_of_a_version_of_the_data(facet, curated) -> None:
    assert facet.options(curated) is facet.options(curated)
