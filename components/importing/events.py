"""What a format's rows tell, before it is put into Laydown's tables: events with names where the tables have ids."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.columns import objects
from components.importing.sheet import Values


class Source(NamedTuple):
    """A document, or whoever is named as the source."""

    publisher: str
    title: str
    url: str = ""
    published: str = ""
    """A date as the tables have it."""
    kind: str = "secondary"
    via: str = ""
    """Who cites it."""
    note: str = ""


class People(NamedTuple):
    """Killed or wounded: of whom ("" is not stated), at least and at most (None: no upper limit)."""

    of: str
    low: int
    high: int | None


class Terms(NamedTuple):
    """Who made the data, and what may be done with it."""

    publisher: str
    licence: str
    credits: tuple[str, ...]
    confidence: str
    """A sentence for method.md: how the confidence of rows was chosen."""
    precision: str
    dates: str


@dataclass(frozen=True, slots=True)
class Events:
    """Events by columns, a value a row; texts are "" and lists () where nothing is known."""

    id: Values
    title: Values
    kind: Values
    """In words: "Armed clash"."""
    start: Values
    """A date as the tables have it."""
    end: Values
    lat: npt.NDArray[np.float64]
    """NaN where not known."""
    lon: npt.NDArray[np.float64]
    precision: Values
    radius_km: Values
    """As text."""
    place: Values
    country: Values
    """Names, with ; between."""
    actors: Values
    """A tuple of names each."""
    killed: Values
    """A tuple of People each."""
    wounded: Values
    confidence: Values
    summary: Values
    sources: Values
    """A tuple of Source each."""
    further: Values
    """Lines ``Label: value``."""

    def __len__(self) -> int:
        return len(self.id)

    def of_rows(self, rows: Any) -> "Events":
        """Return some of the events."""
        return Events(*(getattr(self, one.name)[rows] for one in fields(self)))


def joined(parts: Iterable[Events]) -> Events:
    """Return the events of several files as one; at least one file."""
    every = list(parts)
    return Events(*(np.concatenate([getattr(part, one.name) for part in every]) for one in fields(Events)))


def same(value: Any, count: int) -> Values:
    """Return ``value`` for each of ``count`` rows."""
    return objects([value] * count)


NOT_STATED: Final = ""
"""Of whom people were, where that is not stated."""
