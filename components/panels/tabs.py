"""The tabs above the panels."""

from collections.abc import Mapping
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.served import refused
from components.panels.elements import Document, el
from components.view.view import CARD, View, offered

_TITLES: Final[Mapping[str, str]] = {
    "changes": "Changes",
    "happened": "What happened",
    "trends": "Trends",
    "strength": "Strength",
    "disputes": "Disputes",
    "table": "Table",
    "problems": "Problems",
}


def titles(catalog: Catalog) -> Mapping[str, str]:
    """Return what the panels are called, by their names in the link."""
    return {**_TITLES, "posture": catalog.dataset.posture}


def open_tab(view: View) -> str:
    """Return the tab that is open; below a card the one that it leads back to."""
    return view.back if view.tab == CARD else view.tab


def tabs(catalog: Catalog, view: View) -> Document:
    """Return the panels to choose from, that of the problems only where there are any."""
    problems = len(catalog.problems) + len(refused(catalog))
    called = {**titles(catalog), "problems": f"Problems ({problems})"}
    chosen = open_tab(view)
    buttons = [
        el(
            "button",
            {"role": "radio", "aria-checked": "true" if name == chosen else "false", "act": ["tab", name]},
            called[name],
        )
        for name in offered(catalog)
        if name != "problems" or problems
    ]
    return Document([el("div", {"class": "tabs", "role": "radiogroup", "aria-label": "Panel"}, *buttons)])
