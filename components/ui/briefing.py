"""Briefings as a guided tour: the way to their list, and the step on view."""

from components.catalog.catalog import Catalog
from components.panels.briefing import step_card
from components.panels.elements import el
from components.ui.acts import acts
from components.ui.mount import render
from components.view.briefings import find_step
from components.view.view import View, offered
from components.view.wording import count_text


def briefings_line(catalog: Catalog) -> None:
    """Draw the way to the list of the briefings, where there are any: it stands in what opens. For the sidebar."""
    if not catalog.briefings:
        return
    many = count_text(len(catalog.briefings), "briefing")
    way = el("button", {"class": "way", "act": ["tab", offered(catalog)[0]]}, many)
    render("briefings", way, on_act=acts(catalog))


def briefing_step(catalog: Catalog, view: View) -> None:
    """Draw the step on view, where there is one, above the panels."""
    found = find_step(catalog, view.step)
    if found is None:
        return
    render("briefing", step_card(catalog, *found), on_act=acts(catalog))
