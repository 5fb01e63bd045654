"""What the view's tests ask of a catalog: a few named rows, in no real place."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st

from components.catalog.catalog import Catalog
from components.view.box import Box
from components.view.facets import FACETS, Facet
from components.view.view import (
    BASES,
    CARD,
    FIRST_DAY,
    GROUPINGS,
    LANGUAGES,
    LAST_DAY,
    MAX_SEARCH,
    MEASURES,
    TABS,
    UNITS,
    Camera,
    View,
)

DATED = 'title = "Test"\n[window]\nfrom = 2025-11-10\nto = 2026-03-12\n'


@pytest.fixture(scope="session")
def named(catalog_of: Callable[..., Catalog]) -> Catalog:
    """The catalog whose rows the pinned links name."""
    return catalog_of(
        toml=DATED,
        sites=[
            {
                "id": "al-tanf",
                "name": "Al-Tanf garrison",
                "name_ar": "قاعدة التنف",
                "aliases": "At Tanf",
                "admin1": "Homs",
            },
            {"id": "tower-22", "name": "Tower 22", "country": "Jordan; Syria"},
        ],
        incidents=[{"id": "palmyra-attack-2025-12-13", "site": "al-tanf", "start": "2025-12-13"}],
        movements=[{"id": "al-tanf-withdrawal", "origin": "al-tanf"}],
        claims=[{"id": "homs", "row": "site:al-tanf"}],
        method="# How we know\n\n## Confidence\n\nAs sure as its sources.\n",
    )


def _choices(catalog: Catalog, facet: Facet, most: int | None = None) -> st.SearchStrategy[Any]:
    """Return what the View's field of a facet may hold."""
    values = st.sampled_from([option.value for option in facet.options(catalog)])
    return st.lists(values, unique=True, max_size=most).map(bool if facet.switch else tuple)


def views(catalog: Catalog) -> st.SearchStrategy[View]:
    """Return every View that a link may hold."""
    rows = [
        f"{kind}:{id_}"
        for kind, frame in (
            ("site", catalog.sites),
            ("incident", catalog.incidents),
            ("movement", catalog.movements),
        )
        for id_ in frame["id"]
    ]
    days = st.tuples(st.dates(FIRST_DAY, LAST_DAY), st.dates(FIRST_DAY, LAST_DAY)).map(sorted)
    chosen = {facet.key: _choices(catalog, facet) for facet in FACETS}
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=MAX_SEARCH).map(str.strip)
    camera = st.builds(
        lambda zoom, lat, lon: Camera(zoom / 100, lat / 10_000, lon / 10_000),
        st.integers(0, 1_900),
        st.integers(-900_000, 900_000),
        st.integers(-3_600_000, 3_600_000),
    )
    box = st.builds(
        lambda west, east, sides: Box(west / 1000, min(sides) / 1000, east / 1000, max(sides) / 1000),
        *[st.integers(-180_000, 180_000)] * 2,
        st.tuples(*[st.integers(-90_000, 90_000)] * 2),
    )
    others = st.fixed_dictionaries(
        {
            **chosen,
            "search": text | st.sampled_from(["tanf", "palmyra", "attack", "base", "التنف"]),
            "selected": st.sampled_from(["", *rows]),
            "camera": st.none() | camera,
            "box": st.none() | box,
            "base": st.sampled_from(BASES),
            "lang": st.sampled_from(LANGUAGES),
            "tab": st.sampled_from(TABS),
            "measure": st.sampled_from(MEASURES),
            "by": st.sampled_from(GROUPINGS),
            "per": st.sampled_from(["", *UNITS]),
            "back": st.sampled_from([tab for tab in TABS if tab != CARD]),
            "method": st.sampled_from(["", *(catalog.method.ids if catalog.method else ())]),
        }
    )
    return st.builds(lambda window, rest: View(*window, **rest), days, others)


@pytest.fixture(scope="session")
def view_strategy(curated: Catalog) -> st.SearchStrategy[View]:
    """Every View of the curated data."""
    return views(curated)


@pytest.fixture(scope="session")
def near_strategy(curated: Catalog) -> st.SearchStrategy[View]:
    """Views of the years the curated data speaks of, with few choices, so that most show something."""
    days = st.tuples(*[st.dates(date(2014, 1, 1), date(2026, 6, 1))] * 2).map(sorted)
    chosen = {facet.key: _choices(curated, facet, most=3) for facet in FACETS}
    search = st.sampled_from(["", "", "", "a", "al-", "tanf", "base", "attack", "التنف", "us drone"])
    return st.builds(
        lambda window, search, chosen: View(*window, search=search, **chosen),
        days,
        search,
        st.fixed_dictionaries(chosen),
    )
