"""The filters, one row of one table each: to add a filter, add a row.

The link, the sidebar, the counts, the map, the panels, the files and the pictures' captions follow.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.view.wording import DISAGREE

NO_VALUE: Final = ""
"""In place of a column: the table's rows have none of a facet's values, so any choice leaves them out."""


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
    """Its key in the URL. The View's field of this name holds the choice; where there is none, ``View.more`` does."""
    label: str
    columns: Mapping[str, str]
    """For each table it applies to, the column that holds one value or a tuple of values, or NO_VALUE.

    Of a table that it does not name, it hides nothing.
    """
    options: Callable[[Catalog], Sequence[Option]]
    """Built once of a version of the data."""
    chips: bool = False
    """Shown as a row of chips instead of a list."""
    doc: str = ""
    """What its key in the URL holds; "": values of its key, as many as there are."""
    phrase: Callable[[str], str] = str
    """The chosen options' labels, such as "High, Low", as a caption says them after "Only"."""
    switch: str = ""
    """Its one value, of a facet that is on or off: the View's field is a bool. "" for another."""
    of_series: bool = False
    """Whether it chooses among whole series of numbers over time too, not only among their dated rows."""


MOST: Final = 12
"""Options of a filter that are shown; of more, those that most rows have, and whatever is chosen."""
MOST_OTHERS: Final = 300
"""Options that are listed besides."""


class Ranked(NamedTuple):
    """The options of a filter as they are listed."""

    shown: Sequence[Option]
    others: Sequence[Option]
    """Those that are folded away."""
    unlisted: int
    """How many there are besides."""


def ranked(options: Sequence[Option], counts: Mapping[str, int], chosen: Collection[str] = ()) -> Ranked:
    """Return a filter's options as they are listed: all in their order where they are few, else by their counts.

    Of as many the data's order stays. What is chosen is always shown.

    >>> many = [Option(str(n), str(n)) for n in range(20)]
    >>> shown, others, unlisted = ranked(many, {"7": 3, "9": 5}, ["19"])
    >>> [option.value for option in shown[:3]], "19" in [option.value for option in shown], len(others), unlisted
    (['9', '7', '0'], True, 7, 0)
    """
    if len(options) <= MOST:
        return Ranked(options, (), 0)
    order = sorted(options, key=lambda option: -counts.get(option.value, 0))
    first = {option.value for option in order[:MOST]}.union(chosen)
    others = [option for option in order if option.value not in first]
    return Ranked(
        [option for option in order if option.value in first], others[:MOST_OTHERS], len(others[MOST_OTHERS:])
    )


@derived()  # a link's every reading asks for it
def _kinds(catalog: Catalog) -> tuple[Option, ...]:
    frame = catalog.kinds
    rows = zip(frame["id"], frame["label"], frame["shape"], frame["colour"], strict=True)
    return tuple(Option(*row) for row in rows)


@derived()
def _forces(catalog: Catalog) -> tuple[Option, ...]:
    frame = catalog.forces
    rows = zip(frame["id"], frame["name"], frame["colour"], strict=True)
    return tuple(Option(id_, name, "square", colour) for id_, name, colour in rows)


@derived()
def _countries(catalog: Catalog) -> tuple[Option, ...]:
    tables = (catalog.sites, catalog.incidents, catalog.movements)
    return tuple(Option(name, name) for name in sorted({c for t in tables for names in t["country"] for c in names}))


@derived()
def _disputed(catalog: Catalog) -> tuple[Option, ...]:
    return (Option("only", "Disputed only"),) if len(catalog.claims) else ()


@derived()
def _confidences(_: Catalog) -> tuple[Option, ...]:
    return Option("high", "High"), Option("medium", "Medium"), Option("low", "Low")


FACETS: Final = (
    Facet("kind", "Incidents", {"incidents": "kind"}, _kinds),
    Facet(
        "force",
        "Force",
        {
            "incidents": "forces",
            "movements": "force",
            "presence": "force",
            "areas": "force",
            "strengths": "force",
            "counts": NO_VALUE,
        },
        _forces,
        of_series=True,
    ),
    Facet(
        "country",
        "Country",
        {
            "incidents": "country",
            "movements": "country",
            "sites": "country",
            "strengths": "countries",
            "counts": "country",
        },
        _countries,
        chips=True,
        doc="countries to show; none: all",
        of_series=True,
    ),
    Facet(
        "confidence",
        "Confidence",
        dict.fromkeys(("incidents", "movements", "presence", "areas", "strengths", "counts"), "confidence"),
        _confidences,
        chips=True,
        phrase=lambda names: f"{names.lower()} confidence",
    ),
    Facet(
        "disputed",
        "Rival claims",
        {**dict.fromkeys(("incidents", "movements", "sites", "strengths"), "disputed"), "counts": NO_VALUE},
        _disputed,
        chips=True,
        doc="only: rows that rival claims are about",
        phrase=lambda _: f"what {DISAGREE} on",
        switch="only",
    ),
)
"""In the sidebar's order: kinds and forces as lists with their symbols, the others as chips."""
