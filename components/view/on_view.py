"""What a View shows of a catalog: the one argument of all that tells of it, such as panels, files and pictures."""

from dataclasses import dataclass

from components.catalog.catalog import Catalog
from components.view.selection import Selection, select
from components.view.view import View


@dataclass(frozen=True, slots=True)
class OnView:
    """A View, what it was asked of, and what it shows of that."""

    catalog: Catalog
    view: View
    selection: Selection

    @property
    def start(self) -> int:
        """The window's first day, by its number."""
        return self.view.day_numbers.start

    @property
    def end(self) -> int:
        """The window's last day, by its number: sites show their posture as of it."""
        return self.view.day_numbers.end

    @property
    def known(self) -> int | None:
        """The day of which only what was public counts, by its number; None: all."""
        return self.view.day_numbers.known


def on_view(catalog: Catalog, view: View) -> OnView:
    """Select what ``view`` shows.

    >>> on_view(catalog, View(date(2026, 2, 1), date(2026, 2, 28))).end
    20512
    """
    return OnView(catalog, view, select(catalog, view))
