"""Running totals: what was stated of a count that only grows, and what lies between two statements.

A running total is stated on a date and never falls. So on a day between two statements it was at least what had been
stated before, and at most what was stated after. After the last statement nothing more is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from components.catalog.dates import PartialDate
from components.catalog.records import records
from components.view.as_known import as_public
from components.view.on_view import OnView
from components.view.public import public_of
from components.view.selection import of_series, select_rows


class Statement(NamedTuple):
    """A row of the counts."""

    id: str
    date: PartialDate
    low: int | None
    high: int | None
    confidence: str
    note: str
    """"" where it may rest on a source that was not public."""
    sources: tuple[str, ...]
    """Those that were public."""


class Band(NamedTuple):
    """The days [first, last] between two statements, and between which figures the total lay on each of them."""

    first: int
    last: int
    low: int
    high: int | None
    """None where the later statement has no upper bound."""


@dataclass(frozen=True, slots=True)
class Total:
    """The statements of one series by one claimant."""

    series: str
    unit: str
    since: PartialDate
    countries: tuple[str, ...]
    claimant: str
    """Whose claim it is; "": it is no mere claim."""
    statements: tuple[Statement, ...]
    """In order of time."""

    @property
    def bands(self) -> tuple[Band, ...]:
        """What is sure of the days between the statements."""
        return bands_of(self.since, self.statements)

    @property
    def top(self) -> int:
        """The greatest figure, with room above it where it is a lower bound."""
        figures = [n for one in self.statements for n in (one.low, one.high) if n is not None]
        open_ended = [one.low for one in self.statements if one.high is None and one.low is not None]
        return max([1, *figures, *(low + low // 4 for low in open_ended)])


def running_totals(on_view: OnView) -> list[Total]:
    """Return the totals that a View asks for, in the order of counts.csv.

    A total names no force: where forces are chosen, there is none. One that names no country is of no chosen one.
    """
    catalog = on_view.catalog
    wanted = of_series(catalog, on_view.view, "counts")
    grouped: dict[tuple[str, str, PartialDate, tuple[str, ...], str], list[Statement]] = {}
    rows = records(catalog.counts)
    for row in rows:
        sources = public_of(row.sources, catalog, on_view.known)
        if row.id not in wanted or not sources or (row.low is None and row.high is None):
            continue
        note = row.note if len(sources) == len(set(row.sources)) else ""
        key = (row.series, row.unit, row.since, row.country, row.claimant)
        statement = Statement(row.id, row.date, row.low, row.high, row.confidence, note, sources)
        grouped.setdefault(key, []).append(statement)
    return [
        Total(*key, tuple(sorted(stated, key=lambda one: (one.date.first, one.date.last, one.id))))
        for key, stated in grouped.items()
    ]


def bands_of(since: PartialDate, statements: Sequence[Statement]) -> tuple[Band, ...]:
    """Return what lies between ``statements``, in order of time, of a total that was 0 before ``since``.

    Statements whose dates overlap are rivals: together they say no more than their whole range. Where a later figure is
    lower than an earlier one they contradict each other, and nothing is drawn between them.
    """
    stated: list[tuple[int, int, int | None, int | None]] = [(since.first, since.first - 1, 0, 0)]
    for one in statements:
        first, last, low, high = stated[-1]
        if len(stated) > 1 and one.date.first <= last:
            low = None if low is None or one.low is None else min(low, one.low)
            high = None if high is None or one.high is None else max(high, one.high)
            stated[-1] = (first, max(last, one.date.last), low, high)
        else:
            stated.append((one.date.first, one.date.last, one.low, one.high))
    bands = []
    for number in range(len(stated) - 1):
        first, last = stated[number][1] + 1, stated[number + 1][0] - 1
        low = next(low for _, _, low, _ in stated[number::-1] if low is not None)
        high = next((high for _, _, _, high in stated[number + 1 :] if high is not None), None)
        if first <= last and (high is None or low <= high):
            bands.append(Band(first, last, low, high))
    return tuple(bands)


def totals_on_view(on_view: OnView) -> pd.DataFrame:
    """Return the rows of the counts that are dated in the window and that no filter rules out, as public."""
    shown = select_rows(on_view.catalog, on_view.view, "counts").rows()
    return as_public(shown, on_view.catalog, on_view.known)
