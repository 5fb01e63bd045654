"""Sources: one as panels and cards tell it, those that a row rests on, and those of all that is on view."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.panels.elements import Document, Node, el, script_of
from components.view.cited import cited_on_view
from components.view.on_view import OnView
from components.view.record import age_text
from components.view.sourcing import ARCHIVED, UNSOURCED, Sourcing, marks, named, sourcing
from components.view.wording import capital, date_text

PUBLISHERS: Final = 2
"""How many of a line's publishers are named."""
MAX_SOURCES: Final = 1_000
"""Sources that the list of those on view has; the API and the files have all."""


def sources(on_view: OnView) -> Document:
    """Return what all that is on view rests on: the record's title, licence, age and credits, then the sources."""
    return _document(on_view.catalog, cited_on_view(on_view))


def all_sources(catalog: Catalog) -> Document:
    """Return all sources of the record, as ``sources`` tells those on view."""
    return _document(catalog, list(catalog.sources["id"]))


def _document(catalog: Catalog, cited: Sequence[str]) -> Document:
    dataset = catalog.dataset
    terms = " · ".join(part for part in (dataset.licence, f"data {catalog.version}") if part)
    age = age_text(catalog)
    more = len(cited) - MAX_SOURCES
    sourced = sourcing(catalog, cited[:MAX_SOURCES])
    return Document(
        [
            el(
                "article",
                {"class": "card"},
                el("h2", {}, dataset.title),
                el("p", {}, terms) if terms else None,
                el("p", {}, age) if age else None,
                *(el("p", {"class": "quiet"}, credit) for credit in dataset.credits),
                el("p", {"class": "quiet"}, f"and {more:,} more, in the files and the API") if more > 0 else None,
                _listed(sourced, [UNSOURCED] if sourced.unsourced else []),
            )
        ]
    )


def source_section(catalog: Catalog, cited: Iterable[str]) -> Node:
    """Return the sources that a row rests on, by their ids, each with what kind it is."""
    sourced = sourcing(catalog, cited)
    return _listed(sourced, sourced.caveats)


def _listed(sourced: Sourcing, caveats: Sequence[str]) -> Node:
    heading = "Source" if len(sourced.sources) == 1 else capital(sourced.counted)
    items = [_item(row) for row in sourced.sources]
    items += [el("li", {"class": "source quiet"}, capital(caveat)) for caveat in caveats]
    return el("section", {}, el("h3", {}, heading), el("ul", {}, *items))


def _item(row: Any) -> Node:
    """Return a source in a list: its title, who published it and when, what kind it is, and a note."""
    published = ", ".join(part for part in (row.publisher, date_text(row.published) if row.published else "") if part)
    return el(
        "li",
        {"class": "source"},
        source_link(row, row.title),
        *archived_copy(row),
        el("p", {"class": "quiet small"}, published, " ", *source_tags(row)),
        el("p", {"class": "small"}, row.note) if row.note else None,
    )


def source_link(row: Any, text: str, **attributes: str) -> Node:
    """Return ``text`` as a link to a source; as it is where that has no address."""
    attributes |= script_of(text)
    return el("a", {"href": row.url, **attributes}, text) if row.url else el("span", attributes, text)


def archived_copy(row: Any) -> list[Node]:
    """Return the link to a source's archived copy, after a space; nothing where there is none."""
    return [" ", el("a", {"href": row.archived, "class": "copy small"}, ARCHIVED)] if row.archived else []


def source_tags(row: Any) -> list[Node]:
    """Return what kind of source it is, and what else is to be said of it, as tags with a space between them."""
    nodes: list[Node] = []
    for mark in marks(row):
        nodes += [*([" "] if nodes else []), el("span", {"class": "tag"}, mark)]
    return nodes


def publishers(catalog: Catalog, sources: tuple[str, ...]) -> str:
    """Return "Reuters, AFP: 3 sources": who says so, the first few by name."""
    sourced = sourcing(catalog, sources)
    names = sourced.publishers
    if not names:
        return capital(UNSOURCED)
    more = " and others" if len(names) > PUBLISHERS else ""
    return f"{', '.join(names[:PUBLISHERS])}{more}: {sourced.counted}"


def cited_line(catalog: Catalog, sources: Iterable[str]) -> Node:
    """Return a line of sources, each a link with its kind."""
    sourced = sourcing(catalog, sources)
    cited: list[Node] = []
    for row in sourced.sources:
        cited += [*([", "] if cited else []), source_link(row, named(row)), *archived_copy(row)]
    for caveat in sourced.caveats:
        cited += ["; ", caveat] if cited else [capital(caveat)]
    return el("p", {"class": "quiet small"}, *cited)
