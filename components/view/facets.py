"""The filters, one row of one table each: to add a filter, add a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from components.catalog.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Option:
    """A value a facet offers, and how it is shown."""

    value: str
    label: str
    shape: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter on a column: none chosen means all, several chosen mean any of them.

    >>> {facet.key: [option.value for option in facet.options(catalog)] for facet in FACETS}["confidence"]
    ['high', 'medium', 'low']
    """

    key: str
    """Its key in the URL, and the View's field."""
    label: str
    columns: Mapping[str, str]
    """For each table it applies to, the column that holds one value or a tuple of values."""
    options: Callable[[Catalog], Sequence[Option]]
    """Built once of a version of the data."""
    chips: bool = False
    """Shown as a row of chips instead of a list."""
    doc: str = ""
    """What its key in the URL holds; "": values of its key, as many as there are."""


@lru_cache(maxsize=4)  # one of a version of the data: a link's every reading asks for it
def _kinds(catalog: Catalog) -> tuple[Option, ...]:
    frame = catalog.kinds
    rows = zip(frame["id"], frame["label"], frame["shape"], frame["colour"], strict=True)
    return tuple(Option(*row) for row in rows)


@lru_cache(maxsize=4)
def _forces(catalog: Catalog) -> tuple[Option, ...]:
    frame = catalog.forces
    rows = zip(frame["id"], frame["name"], frame["colour"], strict=True)
    return tuple(Option(id_, name, "square", colour) for id_, name, colour in rows)


@lru_cache(maxsize=4)
def _countries(catalog: Catalog) -> tuple[Option, ...]:
    tables = (catalog.sites, catalog.incidents, catalog.movements)
    return tuple(Option(name, name) for name in sorted({c for t in tables for names in t["country"] for c in names}))


@lru_cache(maxsize=4)
def _disputed(catalog: Catalog) -> tuple[Option, ...]:
    return (Option("only", "Disputed only"),) if len(catalog.claims) else ()


@lru_cache(maxsize=4)
def _confidences(_: Catalog) -> tuple[Option, ...]:
    return Option("high", "High"), Option("medium", "Medium"), Option("low", "Low")


FACETS: Final = (
    Facet("kind", "Incidents", {"incidents": "kind"}, _kinds),
    Facet("force", "Force", {"incidents": "forces", "movements": "force", "presence": "force"}, _forces),
    Facet(
        "country",
        "Country",
        {"incidents": "country", "movements": "country", "sites": "country"},
        _countries,
        chips=True,
        doc="countries to show; none: all",
    ),
    Facet(
        "confidence",
        "Confidence",
        {"incidents": "confidence", "movements": "confidence", "presence": "confidence"},
        _confidences,
        chips=True,
    ),
    Facet(
        "disputed",
        "Rival claims",
        {"incidents": "disputed", "movements": "disputed", "sites": "disputed"},
        _disputed,
        chips=True,
        doc="only: rows that rival claims are about",
    ),
)
"""In the sidebar's order: kinds and forces as lists with their symbols, the others as chips."""
