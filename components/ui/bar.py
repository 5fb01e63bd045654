"""The bar above the map, where the sidebar is folded away: which dashboard, how old, and the way to its filters."""

from typing import Final

from components.catalog.catalog import Catalog
from components.panels.elements import el, symbol
from components.panels.sidebar import chosen
from components.ui.mount import render
from components.view.record import age_text
from components.view.view import View

LENS: Final = (
    "M6.8 1.5a5.3 5.3 0 1 0 3.2 9.5l3.5 3.5 1.1-1.1-3.5-3.5A5.3 5.3 0 0 0 6.8 1.5Z"
    "m0 1.6a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4Z"
)
"""A magnifying glass, in a square of 16 units."""


def bar(catalog: Catalog, view: View) -> None:
    """Draw the bar; page.css shows it where the screen is small or the sidebar folded away."""
    number = chosen(view)
    label = f"Filters ({number})" if number else "Filters"
    title, age = catalog.dataset.title, age_text(catalog, view.known)
    lines = [
        el("p", {"title": title}, title),
        el("p", {"class": "age quiet small", "title": age}, age) if age else None,
    ]
    render(
        "bar",
        el("div", {"class": "bar-title"}, *lines),
        el("button", {"class": "find", "aria-label": "Find", "title": "Find"}, symbol(LENS, "currentcolor")),
        el("button", {"class": "unfold"}, label),
        script="ui/assets/bar.js",
    )
