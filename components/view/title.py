"""A View's title and description: what a browser's tab, a bookmark, a chat and a citation say of it."""

from components.catalog.catalog import Catalog
from components.catalog.tables import ROW_TABLES
from components.view.facets import FACETS
from components.view.view import View, default_view
from components.view.wording import IN_VIEW, PUBLIC_BY, day_text, short_day


def view_title(catalog: Catalog, view: View) -> str:
    """Return "Al-Tanf garrison, 1 Dec 2025 – 12 Mar 2026": what is selected, else the dataset, and the window.

    The dataset's own window is left out; an as-known day is said, and that only a part of the map is told of.

    >>> view_title(catalog, replace(default_view(catalog), selected="site:al-tanf"))
    'Al-Tanf garrison'
    """
    subject, default = catalog.dataset.title, default_view(catalog)
    if view.selected:
        subject = row_title(catalog, view.selected)
    window = ""
    if (view.start, view.end) != (default.start, default.end):
        window = window_text(view)
    as_known = f"{PUBLIC_BY} {short_day(view.known)}" if view.known else ""
    return ", ".join(part for part in (subject, window, as_known, IN_VIEW if view.box else "") if part)


def page_title(catalog: Catalog, view: View) -> str:
    """Return what stands in the browser's tab."""
    return f"{view_title(catalog, view)} · Laydown"


def row_title(catalog: Catalog, row: str) -> str:
    """Return the name or title of a row, such as ``site:al-tanf``.

    >>> row_title(catalog, "site:al-tanf")
    'Al-Tanf garrison'
    """
    kind, _, id_ = row.partition(":")
    return str(catalog.tables[ROW_TABLES[kind]].at[id_, "name" if kind == "site" else "title"])


def window_text(view: View) -> str:
    """Return "1 Dec 2025 – 12 Mar 2026", or the one day that the window is."""
    return short_day(view.end) if view.start == view.end else f"{short_day(view.start)} – {short_day(view.end)}"


def scope_text(view: View) -> str:
    """Return what else narrows a view: ", only what was public by 10 February 2026, in this part of the map"; or ""."""
    as_known = f", {PUBLIC_BY} {day_text(view.known)}" if view.known else ""
    return f"{as_known}, {IN_VIEW}" if view.box else as_known


def view_description(catalog: Catalog, view: View) -> str:
    """Return what ``view`` shows in a sentence or two: the dataset, its window, how many sources."""
    dataset = catalog.dataset
    subject = dataset.subtitle or dataset.title
    window = f"{day_text(view.start)} to {day_text(view.end)}"
    return f"{subject}: {window}{scope_text(view)}. Every claim with its source, every place with its precision."


def filters_text(catalog: Catalog, view: View) -> str:
    """Return what the view is narrowed to: "Only Attack; Mali, Niger; “gao”", "" where all is shown."""
    chosen = []
    for facet in FACETS:
        labels = {option.value: option.label for option in facet.options(catalog)}
        names = [labels.get(value, value) for value in view.chosen(facet)]
        if names:
            chosen.append(facet.phrase(", ".join(names)))
    if view.box:
        chosen.append(f"what is {IN_VIEW}")
    if view.search:
        chosen.append(f"“{view.search}”")
    return f"Only {'; '.join(chosen)}" if chosen else ""
