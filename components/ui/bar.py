"""The bar above the map, where the sidebar is folded away: which dashboard, how old, and the way to its filters."""

from components.catalog.catalog import Catalog
from components.panels.elements import el
from components.ui.filters import chosen
from components.ui.mount import render
from components.view.record import age_text
from components.view.view import View


def bar(catalog: Catalog, view: View) -> None:
    """Draw the bar; page.css shows it only while Streamlit offers to unfold the sidebar."""
    number = chosen(view)
    label = f"Filters ({number})" if number else "Filters"
    title, age = catalog.dataset.title, age_text(catalog, view.known)
    lines = [
        el("p", {"title": title}, title),
        el("p", {"class": "age quiet small", "title": age}, age) if age else None,
    ]
    render("bar", el("button", {"class": "unfold"}, label), el("div", {}, *lines), script="ui/assets/bar.js")
