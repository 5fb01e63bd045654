"""Strength: reported numbers of people over time."""

from components.catalog.catalog import Catalog
from components.ui.markup import el, render
from components.view.selection import Selection
from components.view.view import View


def strength(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the reported strengths of a force in a country or at a site, with the window shaded."""
    del catalog, view, selection
    render("strength", el("p", {"class": "quiet"}, "Not yet."))
