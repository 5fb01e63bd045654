"""The rows of Trends: of each kind, force or country a row a bar, and one of the window and of the window before."""

from collections.abc import Iterator
from typing import Final

from components.catalog.dates import day_of
from components.export.fields import Field
from components.export.rows import Listing, Row
from components.view.on_view import OnView
from components.view.trends import YEAR, Amount, Line, Trends, trends
from components.view.view import GROUPINGS, UNITS

WINDOW: Final = "window"
BEFORE: Final = "before"
UNDATED: Final = "undated"

FIELDS: Final = (
    Field("by", "what the row is of", words=("all", *GROUPINGS)),
    Field("value", "its id in the data; null: of all incidents"),
    Field("name", "what it is called"),
    Field(
        "period",
        "what its dates are: of a bar, the whole window, the one before it, or the window for what is of no one bar",
        words=(*UNITS, YEAR, WINDOW, BEFORE, UNDATED),
    ),
    Field("first", "their first day", "date"),
    Field("last", "their last day", "date"),
    Field(
        "incidents", "incidents that lie wholly within them; one of several forces or countries is in each", "integer"
    ),
    Field(
        "killed_low",
        "at least so many killed in them, parts of a whole left out; by force, of that force alone",
        "integer",
    ),
    Field("killed_high", "at most so many; null: no upper bound is stated", "integer"),
    Field(
        "killed_unstated",
        "of the incidents, those that say nothing of how many were killed: both numbers are of the others",
        "integer",
    ),
)


def listed_trends(on_view: OnView) -> Listing:
    """Return what the incidents on view add up to."""
    told = trends(on_view, both=True)
    start = on_view.start
    rows = [
        {
            "by": by,
            "value": line.option.value or None,
            "name": line.option.label,
            **_dated(period, *days),
            **_of(amount),
        }
        for by, lines in (("all", (told.total,)), (on_view.view.by, told.lines))
        for line in lines
        for period, days, amount in _amounts(told, line, start, on_view.end)
    ]
    return Listing(len(rows), lambda first, last: rows[first:last])


def _amounts(told: Trends, line: Line, start: int, end: int) -> Iterator[tuple[str, tuple[int, int], Amount]]:
    yield WINDOW, (start, end), line.now
    if line.before is not None:
        yield BEFORE, (start - told.days, start - 1), line.before
    if line.undated.incidents or not line.undated.is_nothing(killed=True):
        yield UNDATED, (start, end), line.undated
    if line.bars is not None:
        for number, days in enumerate(told.periods):
            yield told.unit, days, line.bars.at(number)


def _dated(period: str, first: int, last: int) -> Row:
    return {"period": period, "first": day_of(first).isoformat(), "last": day_of(last).isoformat()}


def _of(amount: Amount) -> Row:
    return {
        "incidents": amount.incidents,
        "killed_low": amount.low,
        "killed_high": amount.high,
        "killed_unstated": amount.unstated,
    }
