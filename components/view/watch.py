"""Watch it: what the opening tells while the first window builds up, of the subject's sites in one country."""

from typing import Any

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.view.as_known import presence
from components.view.index import numbers_of
from components.view.posture import POSSIBLE, here_on
from components.view.strength import series_in
from components.view.subject import subject
from components.view.view import default_view
from components.view.wording import date_text, range_text


def sites_of(catalog: Catalog, force: str, day: int) -> tuple[set[int], set[int]]:
    """Return by number the sites at which ``force`` is on day number ``day``: certainly or as far as known; possibly.

    The browser counts the same while it plays (map/assets/data/posture.js); a test holds the two together.
    """
    spans = presence(catalog, None)
    here, certainty = here_on(spans, day)
    there = here & (spans.force == int(numbers_of([force], catalog.forces)[0]))
    sure = set(spans.site[there & (certainty != POSSIBLE)].tolist())
    return sure, set(spans.site[there].tolist()) - sure


@derived()
def watch(catalog: Catalog) -> dict[str, Any] | None:
    """Return what Watch it shows of the first window, as plain data for the browser; None where nothing changes.

    ``sites`` are the numbers of the sites in the country where the subject's sites changed most between the window's
    days, ``force`` its number, ``strength`` the steps [first, last, low, high, text, since] through which counts of it
    there hold, by day numbers, ``since`` being the date of the step's newest count in words.
    """
    force = subject(catalog)
    if not force or not len(catalog.sites):
        return None
    start, end, _ = default_view(catalog).day_numbers
    before, after = (sites_of(catalog, force, day)[0] for day in (start, end))
    countries = dict.fromkeys(country for row in catalog.sites["country"] for country in row)
    within = {country: {n for n, row in enumerate(catalog.sites["country"]) if country in row} for country in countries}
    changed = {name: abs(len(before & sites) - len(after & sites)) for name, sites in within.items()}
    country = max(changed, key=lambda name: (changed[name], len(before & within[name])))
    if not changed[country]:
        return None
    called = str(catalog.forces.loc[force, "called"]) or str(catalog.forces.loc[force, "name"])
    series = series_in(catalog, force, country)
    steps = [step for step in series.steps if step.first <= end] if series else []
    # As precise as their source: a count of a month is of no day.
    dates = {report.id: date_text(report.date) for report in series.reports} if series else {}
    return {
        "force": int(numbers_of([force], catalog.forces)[0]),
        "colour": str(catalog.forces.loc[force, "colour"]),
        "sites": sorted(within[country]),
        "counted": f"Sites in {country} with {called}",
        "people": f"{called[:1].upper()}{called[1:]} reported in {country}",
        "strength": [
            [step.first, step.last, step.low, step.high, range_text(step.low, step.high), dates[step.reports[-1]]]
            for step in steps
        ],
        "briefing": f"{catalog.briefings[0].id}/1" if catalog.briefings else "",
    }


def counts(catalog: Catalog, day: int) -> tuple[int, int]:
    """Return how many sites the counter of ``watch`` tells on a day: surely, and only possibly."""
    found = watch(catalog)
    if found is None:
        return 0, 0
    wanted = set(found["sites"])
    sure, possible = sites_of(catalog, subject(catalog), day)
    return len(sure & wanted), len(possible & wanted)
