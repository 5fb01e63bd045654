"""Parts of a whole: rows whose numbers are in those of another row already, so that no sum may hold both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import PART_OF, Catalog, ways_up
from components.catalog.derived import derived
from components.view.as_known import as_public
from components.view.index import Mask

Numbers = npt.NDArray[np.intp]

TABLES: Final = ("incidents", "movements")
"""The tables whose rows may be parts of one another."""
PART_OF_ABOVE: Final = "part of the one above"
"""What a list says of a part that stands behind its whole."""


@derived(4)
def wholes_of(catalog: Catalog, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return by id what each part among the rows of a table is a part of, the nearest whole first."""
    frame = catalog.tables[name]
    parts = {str(id_): whole for id_, whole in zip(frame["id"], frame[PART_OF], strict=True) if whole is not None}
    return {id_: tuple(ways_up(parts, id_)) for id_ in parts}


def whole_of(catalog: Catalog, name: str, id_: str, known: int | None = None) -> str:
    """Return the row that another is straight a part of; "" where it is none, or its whole was not public."""
    way = wholes_of(catalog, name).get(id_)
    return way[0] if way and len(as_public(catalog.tables[name].loc[[way[0]]], catalog, known)) else ""


def whole_title(catalog: Catalog, name: str, id_: str, known: int | None = None) -> str:
    """Return the title of the row that another is straight a part of; "" as for ``whole_of``."""
    whole = whole_of(catalog, name, id_, known)
    return str(catalog.tables[name].at[whole, "title"]) if whole else ""


def parts_of(catalog: Catalog, name: str, id_: str) -> tuple[str, ...]:
    """Return the rows that are straight parts of one, in order of time."""
    return tuple(_parts(catalog, name).get(id_, ()))


@derived(8)  # each card asks for it
def _parts(catalog: Catalog, name: str) -> Mapping[str, Sequence[str]]:
    """Return the parts of each row that has any."""
    frame = catalog.tables[name]
    parts: dict[str, list[str]] = {}
    for id_, whole in zip(frame["id"], frame[PART_OF], strict=True):
        if whole is not None:
            parts.setdefault(whole, []).append(str(id_))
    return parts


def in_wholes(catalog: Catalog, name: str, ids: Iterable[str]) -> frozenset[str]:
    """Return those of ``ids`` that a sum of their numbers leaves out, as ``parts_in_wholes`` does of rows."""
    if not wholes_of(catalog, name):
        return frozenset()
    own = catalog.tables[name]["id"]
    return frozenset(map(str, own[parts_in_wholes(catalog, name, own.isin(set(ids)).to_numpy())]))


def parts_in_wholes(catalog: Catalog, name: str, rows: Mask) -> Mask:
    """Return which of ``rows`` of a table a sum of their numbers leaves out, as one of ``rows`` is their whole.

    A part whose whole is not among them counts: of a window that holds no more than the part, it is all there is.
    """
    parts, wholes = _pairs(catalog, name)
    within = np.zeros(len(rows), dtype=bool)
    within[parts[rows[parts] & rows[wholes]]] = True
    return within


@derived(8)
def _pairs(catalog: Catalog, name: str) -> tuple[Numbers, Numbers]:
    """Return the numbers of each part's row and of each of its wholes', pair by pair."""
    at = catalog.tables[name].index
    pairs = [(part, whole) for part, wholes in wholes_of(catalog, name).items() for whole in wholes]
    parts, wholes = (
        at.get_indexer(pd.Index([pair[side] for pair in pairs], dtype=object)).astype(np.intp) for side in (0, 1)
    )
    return parts, wholes


def nested(catalog: Catalog, name: str, ids: Sequence[str]) -> list[tuple[str, int]]:
    """Return ``ids`` in their order, but each part behind its whole where that is among them; and how deep it lies."""
    wholes = wholes_of(catalog, name)
    held = set(ids)
    under: dict[str, list[str]] = {}
    for id_ in ids:
        above = next((whole for whole in wholes.get(id_, ()) if whole in held), "")
        under.setdefault(above, []).append(id_)

    def rows_under(above: str, depth: int) -> list[tuple[str, int]]:
        return [one for id_ in under.get(above, ()) for one in ((id_, depth), *rows_under(id_, depth + 1))]

    return rows_under("", 0)
