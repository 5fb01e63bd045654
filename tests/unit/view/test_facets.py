import sys
from dataclasses import replace

import pytest

from components.catalog.catalog import Catalog
from components.catalog.tables import TABLES
from components.map.protocol import command
from components.map.symbols import SHAPES
from components.view import view as view_module
from components.view.claims import claims_on_view
from components.view.facets import FACETS, NO_VALUE, Facet, Option
from components.view.on_view import on_view
from components.view.selection import select
from components.view.strength import strengths_on_view
from components.view.title import filters_text
from components.view.totals import totals_on_view
from components.view.view import default_view, read_view, write_query

EACH = pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.key)


def held(catalog: Catalog, facet: Facet) -> set[str]:
    """Every value that a row holds of ``facet``."""
    columns = [(table, column) for table, column in facet.columns.items() if column != NO_VALUE]
    cells = [cell for table, column in columns for cell in catalog.tables[table][column]]
    return {value for cell in cells for value in (cell if isinstance(cell, tuple) else (cell,))}


@EACH
def test_its_columns_exist_even_in_empty_tables(facet, catalog_of) -> None:
    catalog = catalog_of(**{table.name: [] for table in TABLES})
    assert facet.columns
    for table, column in facet.columns.items():
        assert column == NO_VALUE or column in catalog.tables[table].columns


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
def test_nothing_of_it_is_chosen_by_default(facet, curated) -> None:
    view = default_view(curated)
    assert view.chosen(facet) == ()
    for option in facet.options(curated):
        chosen = view.choosing(facet, [option.value])
        assert chosen != view
        assert chosen.chosen(facet) == (option.value,)
        assert chosen.choosing(facet, []) == view


def test_a_country_that_only_a_movement_passes_is_offered(catalog_of) -> None:
    country = next(facet for facet in FACETS if facet.key == "country")
    catalog = catalog_of(
        movements=[{"id": "out", "origin": "Erbil, Iraq", "destination": "Jordan"}],
        places=[{"query": "Erbil, Iraq"}, {"query": "Jordan", "precision": "country"}],
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
    assert promised["only"] == len(select(curated, replace(view, disputed=True)).incidents) > 0


def test_where_nothing_is_disputed_the_filter_is_not_offered(catalog_of) -> None:
    catalog = catalog_of(incidents=[{"id": "raid", "place": "Town"}], places=[{"query": "Town"}])
    disputed = next(facet for facet in FACETS if facet.key == "disputed")
    assert not disputed.options(catalog)
    assert select(catalog, default_view(catalog)).counts["disputed"] == {}


@EACH
def test_its_options_are_built_once_of_a_version_of_the_data(facet, curated) -> None:
    assert facet.options(curated) is facet.options(curated)


def test_a_filter_is_added_by_a_row_of_facets_alone(catalog_of, monkeypatch) -> None:
    """A facet of no field of the View filters all tables that it names, and stands in the link and the caption."""
    sort = Facet(
        "sort",
        "Sort",
        {"incidents": "kind", "strengths": "measure", "counts": "unit"},
        lambda _: [Option("plan", "Plans"), Option("attack", "Attacks"), Option("rockets", "Rockets")],
        phrase=lambda names: f"{names.lower()} and the like",
    )
    for name, module in list(sys.modules.items()):
        if name.startswith("components.") and getattr(module, "FACETS", None) is FACETS:
            monkeypatch.setattr(module, "FACETS", (*FACETS, sort))
    monkeypatch.setattr(view_module, "FIELDS", (*view_module.FIELDS, view_module._facet(sort)))
    catalog = catalog_of(
        sites=[{"id": "base"}],
        incidents=[{"id": "raid", "site": "base", "kind": "attack"}, {"id": "bomb", "site": "base", "kind": "ied"}],
        strengths=[
            {"id": "planned", "country": "Syria", "measure": "plan"},
            {"id": "counted", "country": "Syria", "measure": "count"},
        ],
        counts=[
            {"id": "fired", "unit": "rockets", "date": "2026-01"},
            {"id": "flown", "unit": "drones", "date": "2026"},
        ],
        claims=[
            {"id": row.replace(":", "-"), "topic": row, "row": row}
            for row in ("incident:raid", "incident:bomb", "strength:planned", "strength:counted")
        ],
    )
    view, notices = read_view({"from": ["2026-01-01"], "to": ["2026-12-31"], "sort": ["attack", "plan"]}, catalog)
    assert notices == []
    assert view.chosen(sort) == ("attack", "plan")
    assert write_query(view, catalog)["sort"] == ["attack", "plan"]
    assert read_view(write_query(view, catalog), catalog) == (view, [])
    shown = on_view(catalog, view)
    assert list(shown.selection.incidents.rows()["id"]) == ["raid"]
    assert shown.selection.counts["sort"] == {"attack": 1, "ied": 1}
    assert list(strengths_on_view(shown)["id"]) == ["planned"]
    assert list(totals_on_view(shown)["id"]) == []
    assert list(claims_on_view(shown)["row"]) == ["incident:raid", "strength:planned"]
    assert filters_text(catalog, view) == "Only attacks, plans and the like"
    assert command(catalog, view, "")["facets"] == {"sort": ("attack", "plan")}
    assert read_view({"sort": ["other"]}, catalog)[1], "what it does not offer is refused"
    assert view.choosing(sort, []).more == ()
