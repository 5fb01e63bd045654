"""The curated data, read once for all tests, and its own days: tests of the page hold whatever the record grows to."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from components.catalog.served import open_catalog
from components.view.extent import extent

CATALOG: Final = open_catalog(Path(__file__).parents[1] / "data")
_WINDOW = CATALOG.dataset.window
assert _WINDOW is not None

FROM: Final = _WINDOW.first.isoformat()
TO: Final = _WINDOW.last.isoformat()
"""The window that a visitor first sees."""
FIRST: Final = extent(CATALOG).first.isoformat()
LAST: Final = extent(CATALOG).last.isoformat()
"""The days that the data span."""


def shifted(day: str, days: int = 0, months: int = 0) -> str:
    """Return the ISO day so many days or calendar months later: ``shifted("2025-11-10", months=1)`` is 2025-12-10."""
    moved = date.fromisoformat(day) + timedelta(days=days)
    month = moved.year * 12 + moved.month - 1 + months
    return moved.replace(year=month // 12, month=month % 12 + 1).isoformat()


def told(day: str) -> str:
    """Return the ISO day as the page tells it: 12 March 2026."""
    named = date.fromisoformat(day)
    return f"{named.day} {named:%B %Y}"


def brief(day: str) -> str:
    """Return the ISO day as controls tell it: 12 Mar 2026."""
    named = date.fromisoformat(day)
    return f"{named.day} {named:%b %Y}"
