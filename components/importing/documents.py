"""dataset.toml and method.md of what was imported: title, terms, first window and home from the data."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import pandas as pd

from components.catalog.dates import day_of, parse_date
from components.importing.events import Terms

FIRST_WINDOW_DAYS: Final = 365
"""Of the window that opens, where the data are longer: their last days."""


def dataset_toml(incidents: pd.DataFrame, terms: Sequence[Terms], noun: str = "Events", subtitle: str = "") -> str:
    """Return dataset.toml of a folder with these incidents, which may be none.

    Other rows do as well that have lat, lon, country, start and end as texts; ``noun`` says what they are.
    """
    countries = Counter(name for cell in incidents["country"] for name in cell.split("; ") if name)
    named = [name for name, _ in countries.most_common()]
    where = f" in {_and(named)}" if 0 < len(named) <= 3 else f" in {len(named)} countries" if named else ""
    starts = [parse_date(text) for text in incidents["start"].unique() if text]
    ends = [parse_date(text) for text in incidents["end"].unique() if text]
    publishers = _publishers(terms)
    first = day_of(min(start.first for start in starts)) if starts else None
    last = day_of(max(one.last for one in (*starts, *ends))) if starts else None
    until = f"–{last.year}" if first and last and last.year > first.year else ""
    years = f", {first.year}{until}" if first else ""
    by, told = (f" ({publishers})", publishers) if publishers else ("", "the imported files")
    lines = [
        f"title = {_quoted(f'{noun}{where}{years}{by}')}",
        f"subtitle = {_quoted(subtitle or f'{len(incidents):,} events as {told} have them')}",
        f"licence = {_quoted('; '.join(dict.fromkeys(one.licence for one in terms if one.licence)))}",
        "credits = [",
        *(f"    {_quoted(credit)}," for credit in dict.fromkeys(credit for one in terms for credit in one.credits)),
        "]",
        'incidents = "recorded"',
        *_window(first, last),
    ]
    return "\n".join(lines) + "\n"


def method_md(terms: Sequence[Terms]) -> str:
    """Return method.md: how codes became what the tables hold."""
    parts = [
        "# How we know",
        f"The rows are as files of {_publishers(terms) or 'others'} have them; no curator has read them again.",
    ]
    for heading, texts in (
        ("Confidence", [one.confidence for one in terms]),
        ("Precision", [one.precision for one in terms]),
        ("Dates and numbers", [one.dates for one in terms]),
    ):
        parts += [f"## {heading}", *filter(None, dict.fromkeys(texts))]
    return "\n\n".join(parts) + "\n"


def _window(first: date | None, last: date | None) -> list[str]:
    if not first or not last:
        return []
    begin = max(first, last - min(timedelta(days=FIRST_WINDOW_DAYS), last - date.min))
    return ["", "[window]", f"from = {begin.isoformat()}", f"to = {last.isoformat()}"]


def _publishers(terms: Sequence[Terms]) -> str:
    return _and([one.publisher for one in terms if one.publisher])


def _and(names: Sequence[str]) -> str:
    """Return "Mali, Niger and Chad"."""
    unique = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(unique[:-1]), unique[-1]))) if unique else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
