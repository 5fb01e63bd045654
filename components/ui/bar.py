"""The bar above the map, where the sidebar is folded away: what dashboard this is, and the way to its filters."""

from components.catalog.catalog import Catalog
from components.ui.filters import chosen
from components.ui.markup import el, render
from components.view.view import View


def bar(catalog: Catalog, view: View) -> None:
    """Draw the bar; page.css shows it only while Streamlit offers to unfold the sidebar."""
    number = chosen(view)
    label = f"Filters ({number})" if number else "Filters"
    title = catalog.dataset.title
    render("bar", el("button", {"class": "unfold"}, label), el("p", {"title": title}, title), script="bar")
