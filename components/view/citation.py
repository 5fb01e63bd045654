"""A View cited: who made what, in which version of the data, where, and when it was looked at."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from components.catalog.catalog import Catalog
from components.catalog.dates import day_of
from components.view.title import view_title
from components.view.view import View, write_query
from components.view.wording import day_text

_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
STYLES = ("plain", "chicago", "bibtex")


def view_link(catalog: Catalog, view: View, base: str, **more: str) -> str:
    """Return ``view``'s address at ``base``: keys in order, what is as by default left out.

    >>> view_link(catalog, View(date(2026, 2, 1), date(2026, 2, 28)), "https://example.org/")
    'https://example.org/?from=2026-02-01&to=2026-02-28'
    """
    query: dict[str, Sequence[str]] = {**write_query(view, catalog), **{key: [text] for key, text in more.items()}}
    text = urlencode(sorted(query.items()), doseq=True, safe="/:")
    return f"{base}?{text}" if text else base


def data_date(catalog: Catalog) -> date | None:
    """Return the day of the newest source: what the data can know of. None where no source is dated to the day."""
    days = [
        published.last for published in catalog.sources["published"] if published and published.first == published.last
    ]
    return day_of(max(days)) if days else None


def citations(catalog: Catalog, view: View, base: str, today: date) -> Mapping[str, str]:
    """Return the citation of ``view`` in each of STYLES; its link carries the data's version as ``data``."""
    title, name = (" ".join(text.split()) for text in (view_title(catalog, view), catalog.dataset.title))
    link = view_link(catalog, view, base, data=catalog.version)
    newest = data_date(catalog)
    version = f"data {catalog.version}" + (f", sources to {day_text(newest)}" if newest else "")
    whole = title if title.startswith(name) else f"{title}, in: {name}"
    key = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    fields = {
        "title": _tex(title),
        "howpublished": f"Laydown, {_tex(name)}, {_tex(version)}",
        "url": link,
        "urldate": today.isoformat(),
        "year": str(today.year),
    }
    lines = ",\n".join(f"  {field} = {{{text}}}" for field, text in fields.items())
    return {
        "plain": f"{whole}. Laydown, {version}. {link} (seen {day_text(today)}).",
        "chicago": f"Laydown. “{title}.” {name}, {version}. Accessed {_american(today)}. {link}.",
        "bibtex": f"@misc{{laydown-{key},\n{lines}\n}}",
    }


def _american(day: date) -> str:
    number, month, year = day_text(day).split(" ")
    return f"{month} {number}, {year}"


def _tex(text: str) -> str:
    """Return text as it is where TeX would read commands in it.

    BibTeX counts braces, whether or not a backslash stands before them: in a title they are words.
    """
    escaped = re.sub(r"([&%$#_])", r"\\\1", text.replace("\\", "/"))
    escaped = re.sub(r"[{}]", lambda brace: _BRACES[brace[0]], escaped)
    escaped = escaped.replace("~", r"\~{}").replace("^", r"\^{}").replace("–", "--")
    return re.sub(r'(^|[\s(\[])"', r"\1``", escaped).replace('"', "''")
