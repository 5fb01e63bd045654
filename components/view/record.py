"""How old the record is: up to which day the curators looked, and when the newest report in it was published."""

from datetime import date
from itertools import chain
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.columns import Column
from components.catalog.dates import PartialDate, day_number
from components.catalog.derived import derived
from components.view.public import public_of
from components.view.view import View
from components.view.wording import date_text, day_text

_REPORTED: Final = ("incidents", "movements", "strengths", "counts", "claims")
"""The tables whose rows all tell of something that was reported; of presence do those that have a date."""
_DATES: Final = ("start", "end", "first_confirmed", "last_confirmed")


@derived(64)
def newest_report(catalog: Catalog, known_on: date | None = None) -> PartialDate | None:
    """Return when the newest report that a row rests on was published, of those out by day ``known_on`` (None: of all).

    What is cited for no more than where a site lies and whose it is, such as a gazetteer, is no report. Of dates that
    begin on one day the wider counts, so that none is told more precisely than it is known.
    """
    day = day_number(known_on) if known_on else None
    dated = catalog.presence[catalog.presence[list(_DATES)].notna().any(axis=1)]
    frames = [dated, *(catalog.tables[name] for name in _REPORTED)]
    cited = set(chain.from_iterable(chain.from_iterable(Column.of(frame["sources"]).values for frame in frames)))
    published = (catalog.sources["published"][id_] for id_ in public_of(cited, catalog, day))
    return max((date for date in published if date), key=lambda date: (date.first, date.last), default=None)


def checked_on(catalog: Catalog, known_on: date | None) -> date | None:
    """Return the day up to which the curators looked for reports, None where that is not on record.

    Nor of a record as it was known on an earlier day: nobody had looked so far then.
    """
    checked = catalog.dataset.checked
    return checked if checked and (known_on is None or known_on >= checked) else None


def age_text(catalog: Catalog, known_on: date | None = None) -> str:
    """Return "Checked to 24 November 2026; newest report 30 September", as known on a day; "" where neither is known.

    The year that both have is said once.
    """
    checked = checked_on(catalog, known_on)
    newest = newest_report(catalog, known_on)
    if newest is None:
        return f"Checked to {day_text(checked)}" if checked else ""
    published = date_text(newest)
    if checked is None:
        return f"Newest report {published}"
    return f"Checked to {day_text(checked)}; newest report {published.removesuffix(f' {checked.year}')}"


def after_text(catalog: Catalog, known_on: date | None = None, subject: str = "The record was checked") -> str:
    """Return what is said of a view whose window ends after ``checked_on``; "" where it is not on record."""
    checked = checked_on(catalog, known_on)
    newest = newest_report(catalog, known_on)
    if checked is None:
        return ""
    # Who adds a report from after the last look at all sources has not looked at all of them again.
    missing = "may be missing from it" if newest and newest.last > day_number(checked) else "is not in it"
    return f"{subject} to {day_text(checked)}: what came after {missing}."


def beyond_text(catalog: Catalog, view: View) -> str:
    """Return ``after_text`` of a view whose window ends after that day, "" of another."""
    checked = checked_on(catalog, view.known)
    return after_text(catalog, view.known) if checked and view.end > checked else ""


def record_text(catalog: Catalog, view: View) -> str:
    """Return how old the record is, and of a window that ends after it that it does, in sentences; "" for nothing."""
    if not beyond_text(catalog, view):
        age = age_text(catalog, view.known)
        return f"{age}." if age else ""
    newest = newest_report(catalog, view.known)
    newest_text = f" Newest report {date_text(newest)}." if newest else ""
    return f"{after_text(catalog, view.known, 'Checked')}{newest_text}"
