"""A View's title: what a browser's tab, a bookmark and a citation call it."""

from components.catalog.catalog import Catalog
from components.catalog.tables import ROW_TABLES
from components.view.view import View, default_view
from components.view.wording import short_day


def view_title(catalog: Catalog, view: View) -> str:
    """Return "Al-Tanf garrison, 1 Dec 2025 – 12 Mar 2026": what is selected, else the dataset, and the window.

    The dataset's own window is left out; an as-known day is said.
    """
    subject, default = catalog.dataset.title, default_view(catalog)
    if view.selected:
        kind, _, id_ = view.selected.partition(":")
        subject = str(catalog.tables[ROW_TABLES[kind]].at[id_, "name" if kind == "site" else "title"])
    window = ""
    if (view.start, view.end) != (default.start, default.end):
        window = short_day(view.end) if view.start == view.end else f"{short_day(view.start)} – {short_day(view.end)}"
    known = f"as known on {short_day(view.known)}" if view.known else ""
    return ", ".join(part for part in (subject, window, known) if part)
