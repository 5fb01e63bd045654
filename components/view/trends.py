"""Trends: how many incidents there were, or were killed in them, by kind, force or country, and per day, week or month.

One rule of time holds for all its numbers: an incident counts in a stretch of days (the window, the one before it, a
week) where all the days that it may mean lie in that stretch. So none counts twice, and one that is dated by month, or
went on for some days, is in no day's bar; the totals have it, and ``Trends`` says how many such there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.catalog.columns import Column
from components.catalog.dates import day_number, day_of
from components.catalog.derived import derived
from components.view.as_known import index_as_known
from components.view.extent import extent
from components.view.facets import FACETS, Option
from components.view.index import Mask, index
from components.view.on_view import OnView
from components.view.parts import parts_in_wholes
from components.view.record import checked_on
from components.view.selection import select_rows
from components.view.view import MEASURES, UNITS, View
from components.view.wording import brief_name

Ints = npt.NDArray[np.int64]

MOST_BARS: Final = 366
"""Bars of a chart; where there were more, they are of longer stretches."""
YEAR: Final = "year"
"""What the bars are of where even months are too many."""
TOP: Final = 10
"""Places and forces that are listed."""
DAILY: Final = 45
WEEKLY: Final = 366
"""Days of a window up to which its bars are of days, and of weeks, where the View does not say."""
FORCE: Final = "force"
PLACE: Final = "place"


class Stretch(NamedTuple):
    """Some days, both ends inclusive, by their numbers."""

    first: int
    last: int


class Amount(NamedTuple):
    """What is counted of some incidents."""

    incidents: int
    low: int
    """At least so many killed."""
    high: int | None
    """At most so many; None where a row has no upper bound."""
    unstated: int = 0
    """Incidents that say nothing of how many were killed: both numbers are of the others."""

    @property
    def not_stated(self) -> bool:
        """Return whether nothing is said of how many were killed: that is not the same as none."""
        return self.unstated > 0 and self.high == 0

    def is_nothing(self, killed: bool) -> bool:
        """Return whether it is none: none killed, or no incident."""
        return not self.low and self.high == 0 if killed else not self.incidents


@dataclass(frozen=True, slots=True)
class Tally:
    """Amounts of values (lines) in periods (columns): arrays of one shape."""

    incidents: Ints
    low: Ints
    high: Ints
    """Where ``open``, only what is stated."""
    open: npt.NDArray[np.bool_]
    unstated: Ints

    def at(self, *place: int) -> Amount:
        """Return one of the amounts."""
        high = None if self.open[place] else int(self.high[place])
        return Amount(int(self.incidents[place]), int(self.low[place]), high, int(self.unstated[place]))

    def row(self, number: int) -> "Tally":
        """Return those of one value."""
        return Tally(
            self.incidents[number], self.low[number], self.high[number], self.open[number], self.unstated[number]
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A kind, a force, a country or a place."""

    option: Option
    now: Amount
    before: Amount | None
    """In the window before; None where the record does not reach back so far."""
    bars: Tally | None = None
    """By period."""

    @property
    def undated(self) -> Amount:
        """What of ``now`` lies in no one period."""
        if self.bars is None:
            return Amount(0, 0, 0)
        low, high = (int(part.sum()) for part in (self.bars.low, self.bars.high))
        rest = None if self.now.high is None or self.bars.open.any() else self.now.high - high
        incidents, unstated = int(self.bars.incidents.sum()), int(self.bars.unstated.sum())
        return Amount(self.now.incidents - incidents, self.now.low - low, rest, self.now.unstated - unstated)


@dataclass(frozen=True, slots=True)
class Trends:
    """What the incidents on view add up to."""

    unit: str
    """What a bar is of: one of UNITS, or YEAR."""
    asked: str
    """The unit that the View asks for, where that would be too many bars; else ""."""
    periods: tuple[Stretch, ...]
    """In order of time; the first and the last are cut by the window."""
    days: int
    """The window's length, and that of the window before it."""
    total: Line
    lines: tuple[Line, ...]
    """Those with most first; those with nothing, now and before, are left out."""
    places: tuple[Line, ...]
    forces: tuple[Line, ...]
    """TOP of them at most, those with most first."""
    beyond: int
    """Incidents on view that may lie outside the window, or reach beyond it: they are not counted."""
    stated: int
    """Incidents that say how many were killed."""
    stated_before: int
    """The same of the window before."""
    parts: int
    """Of these, parts of another one that is counted: what they say is not added to it."""
    unnamed: int
    """Incidents that have no value of what they are told by."""
    placeless: int
    """Incidents that name no place."""
    first: int | None
    """The first day on record, by its number, where the window before begins ahead of it."""
    last: int | None
    """The last day that the record covers, where the window ends after it: it is not over, so nothing is compared."""
    cut: bool
    """Whether the first or the last period is shorter than others, as the window begins or ends within it."""


def trends(on_view: OnView, *, both: bool = False) -> Trends:
    """Return what the incidents on view add up to, by what the View asks; of the killed, where it or ``both`` does.

    >>> told = trends(on_view(catalog, View(date(2026, 2, 1), date(2026, 2, 28), by="country")))
    >>> told.unit, len(told.periods)
    ('day', 28)
    """
    catalog, view, start, end = on_view.catalog, on_view.view, on_view.start, on_view.end
    days = end - start + 1
    unit, asked = unit_of(view)
    period_of, periods, cut = _periods(start, end, unit)
    first_on_record = _first_on_record(catalog)
    covered = _covered(catalog, view)
    compared = first_on_record is not None and start - days >= first_on_record and end <= covered
    earlier = replace(view, start=day_of(start - days), end=day_of(start - 1))
    span = index_as_known(catalog, on_view.known).incidents.span
    first, last = span["start_first"], span["end_last"]

    def wholly(mask: Mask, low: int, high: int) -> Mask:
        return np.asarray(mask & (first >= low) & (last <= high))

    shown = on_view.selection.incidents.mask
    now = wholly(shown, start, end)
    before = wholly(select_rows(catalog, earlier, "incidents").mask, start - days, start - 1) if compared else None
    rows = np.flatnonzero(now)
    period = np.full(len(now), -1, dtype=np.int32)
    begun, ended = period_of[first[rows] - start], period_of[last[rows] - start]
    period[rows] = np.where(begun == ended, begun, -1)
    counting = _Counting(catalog, now, before, view.measure == MEASURES[1], both)
    options = {facet.key: facet.options(catalog) for facet in FACETS}
    lines, unnamed = counting.lines(view.by, options[view.by], period, len(periods))
    everything = _Flat(np.arange(len(now), dtype=np.int32), np.zeros(len(now), dtype=np.int32), 1)
    forces, _ = counting.lines(FORCE, options[FORCE])
    places, placeless = counting.lines(PLACE, [Option(name, name) for name in _places(catalog).names])
    return Trends(
        unit=unit,
        asked=asked,
        periods=periods,
        days=days,
        total=counting.total(everything, period, len(periods)),
        lines=lines,
        places=places[:TOP],
        forces=forces[:TOP],
        beyond=int(np.count_nonzero(shown)) - len(rows),
        stated=int(np.count_nonzero(now & counting.killed.stated)),
        stated_before=0 if before is None else int(np.count_nonzero(before & counting.killed.stated)),
        parts=int(np.count_nonzero(now & ~counting.summed_now & counting.killed.stated)),
        unnamed=unnamed,
        placeless=placeless,
        first=first_on_record if first_on_record is not None and start - days < first_on_record else None,
        last=covered if end > covered else None,
        cut=cut,
    )


def unit_of(view: View) -> tuple[str, str]:
    """Return what a bar is of, and the unit asked for where that is another: else "".

    >>> unit_of(View(date(2026, 1, 1), date(2026, 1, 31))), unit_of(View(date(2000, 1, 1), date(2009, 1, 1), per="day"))
    (('day', ''), ('month', 'day'))
    """
    start, end, _ = view.day_numbers
    days = end - start + 1
    wanted = view.per or (UNITS[0] if days <= DAILY else UNITS[1] if days <= WEEKLY else UNITS[2])
    units = (*UNITS, YEAR)
    fitting = (unit for unit in units[units.index(wanted) :] if len(_periods(start, end, unit)[1]) <= MOST_BARS)
    unit = next(fitting, YEAR)
    return unit, view.per if view.per and unit != view.per else ""


@lru_cache(maxsize=64)
def _periods(start: int, end: int, unit: str) -> tuple[Ints, tuple[Stretch, ...], bool]:
    """Return per day of a window the number of its period, the periods, and whether the window cuts one short.

    Weeks begin on Monday.
    """
    days = np.arange(start - 1, end + 2)
    dates = days.astype("datetime64[D]")
    by_unit: Mapping[str, Ints] = {
        UNITS[0]: days,
        UNITS[1]: (days + 3) // 7,  # day 0 was a Thursday
        UNITS[2]: dates.astype("datetime64[M]").astype(np.int64),
        YEAR: dates.astype("datetime64[Y]").astype(np.int64),
    }
    keys = by_unit[unit]
    cut = bool(keys[0] == keys[1] or keys[-1] == keys[-2])
    number = keys[1:-1] - keys[1]
    firsts = np.flatnonzero(np.diff(number, prepend=-1)) + start
    lasts = np.append(firsts[1:] - 1, end)
    return number, tuple(map(Stretch, firsts.tolist(), lasts.tolist())), cut


@dataclass(frozen=True, slots=True)
class _Flat:
    """Values of rows, in order of the rows, one entry each: of a row with two values there are two entries."""

    row: npt.NDArray[np.int32]
    value: npt.NDArray[np.int32]
    size: int
    """How many values there are."""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Killed:
    """The killed of each incident, of all sides together; and by side, as entries."""

    stated: Mask
    """Per row, whether a number is stated."""
    row: npt.NDArray[np.int32]
    side: npt.NDArray[np.int32]
    low: Ints
    high: Ints
    open: npt.NDArray[np.bool_]


class _Counting:
    """The incidents of the window and of the one before it, to be added up by one value or another."""

    def __init__(self, catalog: Catalog, now: Mask, before: Mask | None, killed: bool, both: bool) -> None:
        self.catalog, self.now, self.before = catalog, now, before
        self.by_killed, self.with_killed = killed, killed or both
        self.killed = _killed(catalog)
        self.summed_now = self._summed(now)
        self.summed_before = None if before is None else self._summed(before)

    def _summed(self, rows: Mask) -> Mask:
        """Return the rows whose killed are added up: what is a part of another of them is in that one's already."""
        return np.asarray(rows & ~parts_in_wholes(self.catalog, "incidents", rows))

    def lines(
        self, by: str, options: Sequence[Option], period: npt.NDArray[np.int32] | None = None, size: int = 1
    ) -> tuple[tuple[Line, ...], int]:
        """Return what each option adds up to, the most first, and how many incidents have none of them."""
        flat = _places(self.catalog) if by == PLACE else _flat(self.catalog, by)
        now = self._tally(by, flat, self.now, self.summed_now)
        before = None if self.before is None else self._tally(by, flat, self.before, self.summed_before)
        bars = None if period is None else self._tally(by, flat, period >= 0, self.summed_now, period, size)
        order = np.lexsort((-now.incidents[:, 0], -now.high[:, 0], -now.low[:, 0])) if self.by_killed else None
        order = np.argsort(-now.incidents[:, 0], kind="stable") if order is None else order
        known = {option.value: option for option in options}
        lines = []
        for number in order.tolist():
            amounts = now.at(number, 0), None if before is None else before.at(number, 0)
            if all(amount is None or amount.is_nothing(self.by_killed) for amount in amounts):
                continue
            option = known.get(flat.names[number], Option(flat.names[number], flat.names[number]))
            lines.append(Line(option, *amounts, None if bars is None else bars.row(number)))
        named = np.zeros(len(self.now), dtype=bool)
        named[flat.row] = True
        return tuple(lines), int(np.count_nonzero(self.now & ~named))

    def total(self, flat: _Flat, period: npt.NDArray[np.int32], size: int) -> Line:
        """Return what all of them add up to."""
        now = self._tally("", flat, self.now, self.summed_now).at(0, 0)
        before = None if self.before is None else self._tally("", flat, self.before, self.summed_before).at(0, 0)
        bars = self._tally("", flat, period >= 0, self.summed_now, period, size).row(0)
        return Line(Option("", "All incidents"), now, before, bars)

    def _tally(
        self,
        by: str,
        flat: _Flat,
        counted: Mask,
        summed: Mask | None,
        period: npt.NDArray[np.int32] | None = None,
        size: int = 1,
    ) -> Tally:
        """Return what rows add up to, by value and period; ``summed`` are those whose killed are added."""
        shape = (flat.size, size)

        def cell_of(value: npt.NDArray[np.int32], row: npt.NDArray[np.int32]) -> Ints:
            cells: Ints = value.astype(np.int64) * size
            return cells if period is None else cells + period[row]

        def added(cells: Ints, weights: npt.NDArray[np.generic] | None = None) -> Ints:
            return np.bincount(cells, weights, minlength=flat.size * size).astype(np.int64).reshape(shape)

        chosen = np.flatnonzero(np.take(counted, flat.row, mode="clip"))  # "raise" looks at each number first
        row, value = flat.row[chosen], flat.value[chosen]
        cells = cell_of(value, row)
        incidents = added(cells)
        nothing = np.zeros(shape, dtype=np.int64)
        if not self.with_killed or summed is None:
            return Tally(incidents, nothing, nothing, nothing.astype(bool), nothing)
        killed = self.killed
        silent = summed & ~killed.stated
        if by == FORCE:  # the killed of an incident that says nothing may be of any side
            rows = np.flatnonzero(counted & silent)
            per = np.bincount(np.zeros(len(rows), dtype=np.int64) if period is None else period[rows], minlength=size)
            unstated = np.broadcast_to(per, shape)
        else:
            unstated = added(cells[np.flatnonzero(np.take(silent, row, mode="clip"))])
        holds = (counted & summed)[killed.row]
        entries = np.flatnonzero(holds)
        if by == FORCE:  # each of the killed is of their own side
            where, which = killed.side[entries], entries
        else:
            begin, lengths = (part[entries].astype(np.int64) for part in _killed_in(self.catalog, by))
            which, where = np.repeat(entries, lengths), flat.value[_ranges(begin, lengths)]
        cells = cell_of(where, killed.row[which])
        return Tally(
            incidents,
            added(cells, killed.low[which]),
            added(cells, killed.high[which]),
            added(cells, killed.open[which]) > 0,
            unstated,
        )


def _covered(catalog: Catalog, view: View) -> int:
    """Return the last day that the record covers: that of its newest row, or up to which the curators looked."""
    checked = checked_on(catalog, view.known)
    days = [extent(catalog).last, *([checked] if checked else [])]
    return day_number(min(max(days), view.known) if view.known else max(days))


@derived()
def _first_on_record(catalog: Catalog) -> int | None:
    first = index(catalog).incidents.span["start_first"]
    return int(first.min()) if len(first) else None


@derived(16)
def _flat(catalog: Catalog, by: str) -> _Flat:
    """Return the incidents' values of a facet as entries."""
    coded = index(catalog).incidents.facets[by]
    facet = next(facet for facet in FACETS if facet.key == by)
    # In the order of the data's own list; of the killed a side may be of no incident's forces.
    names = {option.value: number for number, option in enumerate(facet.options(catalog))}
    numbers = [[names.setdefault(value, len(names)) for value in combo] for combo in coded.combos]
    lengths = np.fromiter(map(len, numbers), np.int64, len(numbers))
    values = np.fromiter(chain.from_iterable(numbers), np.int32)
    per_row = lengths[coded.codes] if len(numbers) else np.zeros(0, dtype=np.int64)
    begins = (np.cumsum(lengths) - lengths)[coded.codes] if len(numbers) else per_row
    rows = np.repeat(np.arange(len(coded.codes), dtype=np.int32), per_row)
    return _Flat(rows, values[_ranges(begins, per_row)], len(names), tuple(names))


@derived(16)
def _killed_in(catalog: Catalog, by: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return per entry of the killed where the entries of ``by`` of the same row begin, and how many they are."""
    row = _killed(catalog).row
    if not by:  # all incidents together: a row is an entry
        return row, np.ones(len(row), dtype=np.int32)
    entries = (_places(catalog) if by == PLACE else _flat(catalog, by)).row
    begin = np.searchsorted(entries, row, "left").astype(np.int32)
    return begin, np.searchsorted(entries, row, "right").astype(np.int32) - begin


def _ranges(begins: Ints, lengths: Ints) -> Ints:
    """Return the numbers from each of ``begins`` on, as many as its length says, one after the other."""
    return np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))


@derived()
def _places(catalog: Catalog) -> _Flat:
    """Return the places that incidents name, by the site's name or else by their own."""
    called = {str(id_): brief_name(str(name)) for id_, name in zip(*_named(catalog), strict=True)}
    names: dict[str, int] = {}

    def number_of(name: str | None) -> int:
        return names.setdefault(name, len(names)) if name else -1

    incidents = catalog.incidents
    sites = Column.of(incidents["site"]).mapped(lambda id_: number_of(called.get(id_) if id_ else None), np.int32)
    texts = Column.of(incidents["place"]).mapped(number_of, np.int32)
    value = np.where(sites >= 0, sites, texts)
    rows = np.flatnonzero(value >= 0).astype(np.int32)
    return _Flat(rows, value[rows], len(names), tuple(names))


def _named(catalog: Catalog) -> tuple[Sequence[str], Sequence[str]]:
    return list(catalog.sites["id"]), list(catalog.sites["name"])


@derived()
def _killed(catalog: Catalog) -> _Killed:
    """Return the killed of all incidents; a side is a number of ``_flat``'s forces."""
    column = Column.of(catalog.incidents["killed"])
    sides = {name: number for number, name in enumerate(_flat(catalog, FORCE).names)}
    lengths = np.fromiter(map(len, column.values), np.int64, len(column.values))[column.codes]
    rows = np.repeat(np.arange(len(column.codes), dtype=np.int32), lengths)
    tolls = list(chain.from_iterable(column.values[code] for code in column.codes[lengths > 0].tolist()))
    size = len(tolls)
    return _Killed(
        stated=lengths > 0,
        row=rows,
        side=np.fromiter((sides[toll.force] for toll in tolls), np.int32, size),
        low=np.fromiter((toll.low for toll in tolls), np.int64, size),
        high=np.fromiter((toll.low if toll.high is None else toll.high for toll in tolls), np.int64, size),
        open=np.fromiter((toll.high is None for toll in tolls), bool, size),
    )
