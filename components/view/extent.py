"""The days the data spans: where "all dates", playing and the bare address end, and how far past them a hand may go.

The last is the newest day that is known, not the latest that is named. What lies beyond the newest source is a plan,
and "March 2026" told on the 13th counts by its first day until a source could tell of its last.
"""

from datetime import date
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import EVER, NEVER, Catalog
from components.catalog.columns import Column
from components.catalog.dates import day_number, day_of
from components.catalog.derived import derived
from components.view.index import SPAN

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
"""The days a window may have."""
MARGIN: Final = (7, 31)
"""Days that lie open on either side of the data: a fiftieth of what it spans, at least and at most these."""


class Extent(NamedTuple):
    """A stretch of days, both ends inclusive."""

    first: date
    last: date

    @property
    def numbers(self) -> dict[str, int]:
        """The same for the browser."""
        return {"first": day_number(self.first), "last": day_number(self.last)}


LIMITS: Final = Extent(FIRST_DAY, LAST_DAY)


@derived()
def extent(catalog: Catalog) -> Extent:
    """Return the days of incidents and movements, as far as they were known when their newest source was out.

    Of a catalog without any: those on which somebody is on record to have held a site or an area.

    A row that rests on a source without a date counts with all its days: nobody knows what that source could see.
    """
    frames = [frame for frame in (catalog.incidents, catalog.movements) if len(frame)]
    if not frames:
        return _held(catalog)
    bounds = np.concatenate([frame[list(SPAN)].to_numpy(np.int64) for frame in frames])
    seen = np.concatenate([_seen(frame, catalog.sources) for frame in frames])
    newest = seen[seen < EVER].max(initial=NEVER)
    reported = bounds[bounds <= np.where(seen < EVER, newest, EVER)[:, np.newaxis]]
    last = reported.max() if len(reported) else bounds.max()
    return Extent(within(day_of(int(bounds.min()))), within(day_of(int(last))))


def _held(catalog: Catalog) -> Extent:
    named = [frame[name].to_numpy(np.int64) for frame in (catalog.presence, catalog.areas) for name in SPAN]
    days = np.concatenate(named)
    days = days[(days > NEVER) & (days < EVER)]
    if not len(days):
        return Extent(date(2000, 1, 1), date(2000, 12, 31))
    return Extent(within(day_of(int(days.min()))), within(day_of(int(days.max()))))


def reach(catalog: Catalog) -> Extent:
    """Return how far a window may be dragged and the time on the timeline panned: over the data, and a margin."""
    first, last = extent(catalog).numbers.values()
    margin = int(np.clip((last - first) // 50, *MARGIN))
    return Extent(within(day_of(first - margin)), within(day_of(last + margin)))


def within(day: date) -> date:
    """Return the day nearest to ``day`` that a window may have."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def _seen(frame: pd.DataFrame, sources: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return per row the last day that its sources certainly could see, EVER where one of them is without a date."""
    dated = zip(sources["id"], sources["published"], strict=True)
    seen = {id_: published.first if published else EVER for id_, published in dated}
    return Column.of(frame["sources"]).mapped(lambda cited: max((seen[id_] for id_ in cited), default=EVER), np.int64)
