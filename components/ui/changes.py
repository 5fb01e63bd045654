"""Changes: what the window did to the sites, as a brief."""

from components.catalog.catalog import Catalog
from components.ui.markup import el, render
from components.view.selection import Selection
from components.view.view import View


def changes(catalog: Catalog, view: View, selection: Selection) -> None:
    """Tell what changed between the window's two edges."""
    del catalog, view, selection
    render("changes", el("p", {"class": "quiet"}, "Not yet."))
