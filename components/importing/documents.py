"""dataset.toml and method.md of what was imported: title, terms, first window and home from the data."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from components.catalog.dates import day_of, parse_date
from components.importing.events import Terms

FIRST_WINDOW_DAYS: Final = 365
"""Of the window that opens, where the data are longer: their last days."""
_MAP: Final = 700
"""CSS pixels of a map that the home view fits into."""


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
        *_home(incidents),
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
    begin = max(first, last - timedelta(days=FIRST_WINDOW_DAYS))
    return ["", "[window]", f"from = {begin.isoformat()}", f"to = {last.isoformat()}"]


def _home(incidents: pd.DataFrame) -> list[str]:
    """Return the camera that holds nearly all points; across 180° where they are nearer together that way."""
    lat = pd.to_numeric(incidents["lat"], errors="coerce").dropna().to_numpy()
    lon = pd.to_numeric(incidents["lon"], errors="coerce").dropna().to_numpy()
    if not len(lat):
        return []
    south, north = np.quantile(lat, (0.01, 0.99))
    ordered = np.unique(lon)
    gaps = np.diff(ordered, append=ordered[0] + 360)
    begin = float(ordered[(int(gaps.argmax()) + 1) % len(ordered)])
    west, east = np.quantile((lon - begin) % 360, (0.01, 0.99))
    spans = (float(east - west), float(north - south) / max(0.2, math.cos(math.radians(float(south + north) / 2))))
    zoom = min(math.log2(_MAP * 360 / 256 / max(span, 0.05)) for span in spans)
    middle = (begin + float(east + west) / 2 + 180) % 360 - 180
    zoom = min(12.0, max(1.0, math.floor(zoom * 4) / 4))
    return ["", "[home]", f"lat = {float(south + north) / 2:.3f}", f"lon = {middle:.3f}", f"zoom = {zoom:g}"]


def _publishers(terms: Sequence[Terms]) -> str:
    return _and([one.publisher for one in terms if one.publisher])


def _and(names: Sequence[str]) -> str:
    """Return "Syria, Iraq and Jordan"."""
    unique = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(unique[:-1]), unique[-1]))) if unique else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
