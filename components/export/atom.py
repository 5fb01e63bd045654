"""The newest incidents and movements on view as a feed, for subscribers (Atom, RFC 4287)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import numpy as np

import components
from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate, day_number, day_of, parse_date
from components.export.rows import Row, rows_at, source_rows
from components.view.citation import data_date, view_link
from components.view.extent import FIRST_DAY, LAST_DAY
from components.view.on_view import OnView, on_view
from components.view.selection import Numbers, Shown
from components.view.sourcing import ARCHIVED, ranked, sourcing
from components.view.view import View, default_view
from components.view.wording import DISAGREE, NOT_STATED, capital, span_text

FEED: Final = "feed.atom"
"""Its name, from the root of a server or a site."""
MEDIA_TYPE: Final = "application/atom+xml"
NEWEST: Final = 50
"""Entries in a feed."""
ATOM: Final = "http://www.w3.org/2005/Atom"
NAMES: Final = UUID("6f0e6c2e-6b0f-5d0b-9c43-2f6a4c1f7a10")
"""The namespace of the ids (RFC 9562, 5.5). It may never change: a reader knows an entry again by its id, wherever the
feed has moved to (RFC 4287, 4.2.6)."""
AROUND: Final = timedelta(days=15)
"""How much an entry's link shows on either side of it, where the page's first window does not show it."""
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, escaped or not (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as an entry of the feed."""

    kind: str
    """incident or movement."""
    row: Row
    start: PartialDate
    end: PartialDate

    @property
    def name(self) -> str:
        """As a View selects it: ``incident:…``."""
        return f"{self.kind}:{self.row['id']}"

    @property
    def newness(self) -> tuple[int, int, int, str]:
        """By which the newest is known: its end, then its start; then what makes the order the same each time."""
        return self.end.last, self.start.first, self.start.last, self.name


def newest(on_view: OnView, most: int = NEWEST) -> list[Entry]:
    """Return the newest incidents and movements on view, the newest first."""
    entries = [
        *_entries("incident", rows_at(on_view, "incidents", _last(on_view.selection.incidents, most))),
        *_entries("movement", rows_at(on_view, "movements", _last(on_view.selection.movements, most))),
    ]
    return sorted(entries, key=lambda entry: entry.newness, reverse=True)[:most]


def _last(rows: Shown, most: int) -> Numbers:
    """Return the numbers of the newest rows on view, without sorting a million of them."""
    numbers = rows.numbers
    if len(numbers) <= most:
        return numbers
    end = rows.table["end_last"].to_numpy(np.int64)[numbers]
    late = np.flatnonzero(end >= np.partition(end, -most)[-most])
    return numbers[late[np.argsort(end[late], kind="stable")[-most:]]]  # of one end, they are in order of their start


def _entries(kind: str, rows: Iterable[Row]) -> Iterable[Entry]:
    for row in rows:
        start = parse_date(str(row["start"]))
        yield Entry(kind, row, start, parse_date(str(row["end"])) if row["end"] else start)


def feed_of(
    catalog: Catalog, view: View, base: str, query: Sequence[tuple[str, str]] = (), most: int = NEWEST
) -> bytes:
    """Return the feed of what ``view`` shows, of a server or a site at ``base``; ``query`` is as it was asked for."""
    dataset = catalog.dataset
    asked = f"?{urlencode(query, safe='/:')}" if query else ""
    entries = [_element(catalog, view, base, entry) for entry in newest(on_view(catalog, view), most)]
    root = ET.Element("feed", {"xmlns": ATOM})
    # The same question has the same id, however it is written.
    _add(root, "id", _urn(catalog, f"feed?{urlencode(sorted(query))}"))
    _add(root, "title", dataset.title, type="text")
    if dataset.subtitle:
        _add(root, "subtitle", dataset.subtitle, type="text")
    # Of a feed without entries: when the data last learned of anything.
    nothing = data_date(catalog) or day_of(0)
    _add(root, "updated", max((entry.findtext("updated", "") for entry in entries), default=_instant(nothing)))
    _add(ET.SubElement(root, "author"), "name", dataset.title)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=f"{base}{FEED}{asked}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{base}{asked}")
    _add(root, "generator", "Laydown", version=components.__version__)
    if dataset.licence:
        _add(root, "rights", dataset.licence, type="text")
    root.extend(entries)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _element(catalog: Catalog, view: View, base: str, entry: Entry) -> ET.Element:
    row = entry.row
    cited: Any = row["sources"]
    sources = source_rows(catalog, ranked(catalog, cited))
    published, updated = _published(entry, sources)
    element = ET.Element("entry")
    _add(element, "id", _urn(catalog, entry.name))
    _add(element, "title", str(row["title"]), type="text")
    _add(element, "updated", updated)
    _add(element, "published", published)
    _add(element, "link", rel="alternate", type="text/html", href=_link(catalog, view, base, entry))
    for source in sources:
        if source["url"]:
            _add(element, "link", rel="via", href=str(source["url"]), title=f"{source['publisher']}: {source['title']}")
        if source["archived"]:
            title = f"{source['publisher']}: {source['title']} ({ARCHIVED})"
            _add(element, "link", rel="via", href=str(source["archived"]), title=title)
    _add(element, "category", term=str(row["kind"]), label=_kind(catalog, entry))
    _add(element, "summary", _summary(catalog, entry), type="text")
    return element


def _published(entry: Entry, sources: Iterable[Row]) -> tuple[str, str]:
    """Return when an entry was published and last updated: on the days of its first and its last source.

    Only those that are dated to the day count, and not those from before it began, which are cited for something else;
    of what was only ever foretold, the last to do so. Without any the row's own last day does: never the time of
    asking, which would make all new each time.
    """
    dates = [parse_date(str(source["published"])) for source in sources if source["published"]]
    days = sorted(date.last for date in dates if date.first == date.last)
    reports = [day for day in days if day >= entry.start.first] or days[-1:] or [entry.end.last]
    return _instant(day_of(reports[0])), _instant(day_of(reports[-1]))


def _instant(day: date) -> str:
    """Return a day as RFC 3339 has it."""
    return f"{day.isoformat()}T00:00:00Z"


def _summary(catalog: Catalog, entry: Entry) -> str:
    """Return when, where, how sure and on whose word, then what is known."""
    row = entry.row
    cited: Any = row["sources"]
    rests = sourcing(catalog, cited)
    when = span_text(entry.start, entry.end)
    parts = [
        capital(when),
        _incident_place(row) if entry.kind == "incident" else _movement_places(catalog, row),
        f"Part of: {row['whole']}" if row["whole"] else "",
        f"Confidence: {row['confidence']}" + (f"; {DISAGREE}" if row["disputed"] else ""),
        f"Sources: {', '.join(rests.publishers)}" if rests.publishers else "",
        *(capital(caveat) for caveat in rests.caveats),
    ]
    text = ". ".join(part for part in parts if part)
    return f"{text}. {row['summary']}" if row["summary"] else f"{text}."


def _incident_place(row: Row) -> str:
    countries: Any = row["country"]
    place = row["site_name"] or row["place"] or ", ".join(countries)
    return _placed(place, row["precision"])


def _movement_places(catalog: Catalog, row: Row) -> str:
    ends = [_placed(row[f"{end}_name"] or NOT_STATED, row[f"{end}_precision"]) for end in ("origin", "destination")]
    return f"{catalog.forces['name'][str(row['force'])]}: {' → '.join(ends)}"


def _placed(place: Any, precision: Any) -> str:
    return f"{place} (precision: {precision})" if place and precision else str(place or "")


def _kind(catalog: Catalog, entry: Entry) -> str:
    kind = str(entry.row["kind"])
    return str(catalog.kinds.at[kind, "label"]) if entry.kind == "incident" else kind.capitalize()


def _link(catalog: Catalog, view: View, base: str, entry: Entry) -> str:
    """Return the address of the page with the entry selected, in a window that shows it; as known when the feed is."""
    default = replace(default_view(catalog), selected=entry.name, known=view.known)
    first, last = entry.start.first, entry.end.last
    if first <= day_number(default.end) and last >= day_number(default.start):
        return view_link(catalog, default, base)
    start, end = max(day_of(first), FIRST_DAY + AROUND), min(day_of(last), LAST_DAY - AROUND)
    return view_link(catalog, replace(default, start=start - AROUND, end=end + AROUND), base)


def _urn(catalog: Catalog, name: str) -> str:
    return uuid5(NAMES, f"{catalog.dataset.title}\n{name}").urn


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> None:
    clean = {name: _ILLEGAL.sub("\ufffd", value) for name, value in attributes.items()}
    ET.SubElement(parent, tag, clean).text = _ILLEGAL.sub("\ufffd", text) or None
