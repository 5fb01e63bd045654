"""The stretches of time that have a page of their own: the dataset's periods, and the years."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from components.catalog.catalog import Catalog
from components.view.extent import extent, within
from components.view.view import DayNumbers, View


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with a page."""

    name: str
    page: str
    """The page's address from the site's root."""
    view: View

    @property
    def days(self) -> DayNumbers:
        """Its first and its last day by their numbers."""
        return self.view.day_numbers


def periods(catalog: Catalog) -> Sequence[Period]:
    """Return the dataset's periods in its order, then the years from the newest back."""
    named = [
        Period(one.name, f"periods/{slug(one.name)}.html", View(within(one.first), within(one.last)))
        for one in catalog.dataset.periods
    ]
    first, last = extent(catalog)
    years = [
        Period(str(year), f"years/{year}.html", View(date(year, 1, 1), date(year, 12, 31)))
        for year in range(last.year, first.year - 1, -1)
    ]
    return [*named, *years]


def slug(name: str) -> str:
    """Return a name as it stands in an address.

    >>> slug("Attacks of 2023–24")
    'attacks-of-2023-24'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore" if name.isascii() else "replace").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "period"
