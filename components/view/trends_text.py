"""Trends in words: of a number what was before it, what is counted and what is not, and all of it as a text to copy."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import numpy as np

from components.catalog.catalog import Catalog
from components.catalog.dates import day_of
from components.view.brief_text import escaped, folded
from components.view.on_view import OnView
from components.view.record import record_text
from components.view.title import filters_text, scope_text
from components.view.trends import Amount, Line, Trends, trends
from components.view.view import MEASURES, View
from components.view.wording import (
    capital,
    census_text,
    count_text,
    day_text,
    period_text,
    range_text,
    sentence,
)

KILLED: Final = MEASURES[1]
MOST_CHARTS: Final = 12
"""Charts that are drawn; those of fewer are listed in the copied text and the files."""
UPPER: Final = 0.35
"""How strong the part of a bar is filled that is only the upper bound of a toll; as in panels/assets/trends.css."""
NOTHING: Final = "No incident on view lies wholly within these dates. Widen them, or clear a filter."
PLURAL: Final = {"kind": "kinds", "force": "forces", "country": "countries"}
"""What the values are called of what is counted by, of GROUPINGS."""


def title_text(view: View) -> str:
    """Return "Trends, 1 January 2026 to 31 March 2026"; an as-known day is said."""
    window = f"{day_text(view.start)} to {day_text(view.end)}" if view.start < view.end else day_text(view.start)
    return f"Trends, {window}{scope_text(view)}"


def charted(told: Trends, measure: str) -> list[Line]:
    """Return the lines that have a chart: those that have anything, up to ``MOST_CHARTS``."""
    return [line for line in told.lines if not line.now.is_nothing(measure == KILLED)][:MOST_CHARTS]


def chart_heights(line: Line, measure: str) -> list[tuple[list[int], float]]:
    """Return the heights of a chart's bars and how strong they are filled; of tolls the upper bounds come first."""
    if line.bars is None:
        return []
    if measure == KILLED:
        return [(line.bars.high.tolist(), UPPER), (line.bars.low.tolist(), 1.0)]
    return [(line.bars.incidents.tolist(), 1.0)]


def highest(lines: Sequence[Line], measure: str) -> int:
    """Return the height to which charts of these lines are drawn, all to one scale: that of their highest bar."""
    return (
        max((height for line in lines for bars, _ in chart_heights(line, measure) for height in bars), default=0) or 1
    )


def amount_text(amount: Amount, measure: str) -> str:
    """Return a number of what is counted.

    >>> amount_text(Amount(1204, 3, None), "incidents"), amount_text(Amount(1204, 3, None), "killed")
    ('1,204', '3 or more')
    >>> amount_text(Amount(2, 0, 0), "killed"), amount_text(Amount(2, 0, 0, unstated=1), "killed")
    ('0', 'not stated')
    """
    if measure == KILLED and amount.not_stated:
        return "not stated"
    return range_text(amount.low, amount.high) if measure == KILLED else f"{amount.incidents:,}"


def before_text(line: Line, measure: str) -> str:
    """Return what there was in the window before, and by how much it differs where both are exact: "9 before (+3)".

    Of the killed they are where every incident says how many. "" where there is no window before to compare with.
    """
    if line.before is None:
        return ""
    then = f"{amount_text(line.before, measure)} before"
    if measure == KILLED and (line.before.unstated or line.now.unstated):
        return then
    low, high = (_bounds(amount, measure) for amount in (line.before, line.now))
    if low[0] != low[1] or high[0] != high[1] or low[0] is None or high[0] is None:
        return then
    return f"{then} ({_signed(high[0] - low[0])})" if high != low else f"{then} (no change)"


def _signed(number: int) -> str:
    return f"{number:+,}".replace("-", "\N{MINUS SIGN}")


def _bounds(amount: Amount, measure: str) -> tuple[int | None, int | None]:
    return (amount.low, amount.high) if measure == KILLED else (amount.incidents, amount.incidents)


def peak_text(told: Trends, line: Line, measure: str) -> str:
    """Return a line's highest bar, "most in the week of 9 Feb 2026: 41", or bars, "most in 2 weeks: 3 each".

    "" without bars.
    """
    if line.bars is None or len(told.periods) < 2:
        return ""
    tops = (line.bars.high, line.bars.low) if measure == KILLED else (line.bars.incidents,)
    if not tops[0].any():
        return ""
    highest = np.arange(len(told.periods))
    for heights in tops:
        highest = highest[heights[highest] == heights[highest].max()]
    amount, *others = (amount_text(line.bars.at(at), measure) for at in highest.tolist())
    if others and set(others) == {amount}:
        return f"most {'on' if told.unit == 'day' else 'in'} {count_text(len(highest), told.unit)}: {amount} each"
    word = {"day": "on ", "week": "in the "}.get(told.unit, "in ")
    return f"most {word}{period_text(told.unit, _begin(told, int(highest[0])))}: {amount}"


def undated_text(told: Trends, line: Line, measure: str) -> str:
    """Return what of a line is in no bar: "1,000 not dated to a week"; "" where that is nothing."""
    rest = line.undated
    if rest.is_nothing(measure == KILLED):
        return ""
    return f"{amount_text(rest, measure)} not dated to a {told.unit}"


def details(told: Trends, line: Line, measure: str) -> list[str]:
    """Return what is said of a line beside its amount: what was before, the highest bar, what is in none."""
    said = (before_text(line, measure), peak_text(told, line, measure), undated_text(told, line, measure))
    return [part for part in said if part]


def _begin(told: Trends, at: int) -> date:
    return day_of(told.periods[at].first)


def total_text(told: Trends, measure: str) -> str:
    """Return what all incidents on view add up to, and what the window before did, in one or two sentences."""
    now, before = told.total.now, told.total.before
    length = f"the {count_text(told.days, 'day')} before" if told.days > 1 else "the day before"
    then = f", {amount_text(before, measure)} in {length}" if before else ""
    if measure != KILLED:
        change = before_text(told.total, measure).partition(" before")[2] if before else ""
        return f"{count_text(now.incidents, 'incident')} in these dates{then}{change}."
    number = "No number of killed is stated" if now.not_stated else f"{capital(amount_text(now, measure))} killed"
    says = "says" if now.incidents == 1 else "say"
    said = f"{told.stated:,} of {count_text(now.incidents, 'incident')} {says} how many"
    said += f", {told.stated_before:,} of {before.incidents:,} before" if before and before.incidents else ""
    return f"{number} in these dates{then}. {said}."


def selected_text(catalog: Catalog) -> str:
    """Return what no difference between two windows may be taken for."""
    chosen = catalog.dataset.incidents
    return f"{census_text(len(catalog.incidents), chosen)}: a difference may be one of what was {chosen}."


def notes(told: Trends, view: View) -> list[str]:
    """Return what a reader must know of the numbers, in sentences: how they are counted, what is left out."""
    killed = view.measure == KILLED
    unit = told.unit
    undated = told.total.undated.incidents
    said = [
        f"The record goes up to {day_text(day_of(told.last))}, and these dates further: nothing is compared."
        if told.last is not None
        else "",
        f"Told by {unit}, as there would be too many bars by {told.asked}." if told.asked else "",
        f"The first or the last {unit} is cut short by the dates." if told.cut and len(told.periods) > 1 else "",
        f"{count_text(undated, 'incident')} of no one {unit}, dated less precisely or longer, "
        f"{'is' if undated == 1 else 'are'} in the totals, in no bar."
        if undated
        else "",
        f"{count_text(told.beyond, 'incident')} on view may lie outside these dates or reach beyond them, "
        f"and {'is' if told.beyond == 1 else 'are'} not counted."
        if told.beyond
        else "",
        f"Nothing is on record from before {day_text(day_of(told.first))}: no whole window before this one to compare."
        if told.first is not None
        else "",
        f"{capital(PLURAL[view.by])} add up to more than all where an incident has several of them."
        if view.by != "kind" and not (killed and view.by == "force")
        else "",
        "Each of the killed is counted with their own side." if killed and view.by == "force" else "",
        f"What {count_text(told.parts, 'incident')} say{'s' if told.parts == 1 else ''} is left out: "
        "they are parts of others that are counted."
        if killed and told.parts
        else "",
        f"{count_text(told.unnamed, 'incident')} name{'s' if told.unnamed == 1 else ''} no {view.by}."
        if told.unnamed
        else "",
    ]
    return [one for one in said if one]


def list_titles(view: View) -> tuple[str, str]:
    """Return the headings of the places and of the forces with most."""
    if view.measure == KILLED:
        return "Places with most killed", "Forces with most killed of their own"
    return "Places with most incidents", "Forces with most incidents"


def trends_text(on_view: OnView, link: str, markdown: bool) -> str:
    """Return Trends as Markdown or plain text, with the view's ``link``."""
    catalog, view = on_view.catalog, on_view.view
    told = trends(on_view)
    escape: Callable[[str], str] = escaped if markdown else folded

    def heading(text: str) -> str:
        return f"## {escape(text)}" if markdown else text.upper()

    def item(line: Line) -> str:
        name = escape(line.option.label)
        amount = "; ".join((amount_text(line.now, view.measure), *details(told, line, view.measure)))
        return f"- {f'**{name}**' if markdown else name}: {amount}"

    titles = list_titles(view)
    lists = (
        (f"By {view.by}", told.lines),
        (titles[0], told.places),
        *([(titles[1], told.forces)] if view.by != "force" else []),
    )
    lines = [f"# {escape(title_text(view))}" if markdown else title_text(view), ""]
    for said in (record_text(catalog, view), escape(filters_text(catalog, view))):
        lines += [sentence(said.removesuffix(".")), ""] if said else []
    lines += [
        total_text(told, view.measure),
        "",
        selected_text(catalog),
        "",
        *(line for note in notes(told, view) for line in (note, "")),
    ]
    for title, rows in lists:
        lines += [heading(title), "", *map(item, rows), ""] if rows else []
    dataset = catalog.dataset
    about = ", ".join(part for part in (dataset.title, f"data {catalog.version}", dataset.licence) if part)
    lines += [f"{escape(about)}: {link}", ""]
    return "\n".join(lines)
