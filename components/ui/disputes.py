"""Disputes: all disagreements in the data, each with its sides and their sources."""

from components.catalog.catalog import Catalog
from components.ui.markup import el, render
from components.view.selection import Selection
from components.view.view import View


def disputes(catalog: Catalog, view: View, selection: Selection) -> None:
    """List the disagreements about what is on view, then the others."""
    del catalog, view, selection
    render("disputes", el("p", {"class": "quiet"}, "Not yet."))
