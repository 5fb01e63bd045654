"""dataset.toml and method.md of what was imported: title, terms and first window, of all imports of a folder."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import pandas as pd

from components.catalog.dates import day_of, parse_date
from components.importing.events import Terms

FIRST_WINDOW_DAYS: Final = 365
"""Of the window that opens, where the data are longer: their last days."""


class Part(NamedTuple):
    """What one sort of import says of the data: events, who holds what, areas, or a file of Laydown's."""

    sort: str
    title: str
    subtitle: str
    licence: str
    credits: tuple[str, ...]
    first: str = ""
    """The first day of its rows; "" where they have none."""
    last: str = ""


def part_of(
    sort: str, rows: pd.DataFrame, terms: Sequence[Terms], noun: str = "Events", subtitle: str = "", title: str = ""
) -> Part:
    """Return what is said of rows that have country, start and end as texts; there may be none.

    ``noun`` says in the title what they are, where no ``title`` is given.
    """
    countries = Counter(name for cell in rows["country"] for name in cell.split("; ") if name)
    named = [name for name, _ in countries.most_common()]
    where = f" in {_and(named)}" if 0 < len(named) <= 3 else f" in {len(named)} countries" if named else ""
    starts = [parse_date(text) for text in rows["start"].unique() if text]
    ends = [parse_date(text) for text in rows["end"].unique() if text]
    first = day_of(min(start.first for start in starts)) if starts else None
    last = day_of(max(one.last for one in (*starts, *ends))) if starts else None
    until = f"–{last.year}" if first and last and last.year > first.year else ""
    years = f", {first.year}{until}" if first else ""
    publishers = _publishers(terms)
    by, told = (f" ({publishers})", publishers) if publishers else ("", "the imported files")
    return Part(
        sort,
        title or f"{noun}{where}{years}{by}",
        subtitle or f"{len(rows):,} events as {told} have them",
        "; ".join(_unique(one.licence for one in terms)),
        _unique(credit for one in terms for credit in one.credits),
        first.isoformat() if first else "",
        last.isoformat() if last else "",
    )


def dataset_blocks(parts: Sequence[Part]) -> Mapping[str, str]:
    """Return the lines of dataset.toml by key, of imports in the order in which each came first: at least one.

    The first gives the title. What the others say stands beside it: none of their terms is lost.
    """
    credits_ = _unique(credit for part in parts for credit in part.credits)
    blocks = {
        "title": f"title = {_quoted(parts[0].title)}\n",
        "subtitle": f"subtitle = {_quoted('; '.join(_unique(part.subtitle for part in parts)))}\n",
        "licence": f"licence = {_quoted('; '.join(_unique(part.licence for part in parts)))}\n",
        "credits": "\n".join(["credits = [", *(f"    {_quoted(credit)}," for credit in credits_), "]"]) + "\n",
        "incidents": 'incidents = "recorded"\n',
    }
    firsts, lasts = (
        [day for day in days if day] for days in zip(*((one.first, one.last) for one in parts), strict=True)
    )
    return blocks | ({"window": _window(min(firsts), max(lasts))} if firsts else {})


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
        parts += [f"## {heading}", *_unique(texts)]
    return "\n\n".join(parts) + "\n"


def _window(first: str, last: str) -> str:
    end = date.fromisoformat(last)
    begin = max(date.fromisoformat(first), end - min(timedelta(days=FIRST_WINDOW_DAYS), end - date.min))
    return f"\n[window]\nfrom = {begin.isoformat()}\nto = {last}\n"


def _publishers(terms: Sequence[Terms]) -> str:
    return _and([one.publisher for one in terms if one.publisher])


def _and(names: Sequence[str]) -> str:
    """Return "Mali, Niger and Chad"."""
    unique = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(unique[:-1]), unique[-1]))) if unique else ""


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
