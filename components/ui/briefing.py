"""Briefings as a guided tour: a list to choose from, and the step on view."""

from components.catalog.catalog import Catalog
from components.view.view import View


def briefing_list(catalog: Catalog, view: View) -> None:
    """Draw the briefings to choose from, where there are any. For the sidebar."""
    del catalog, view


def briefing_step(catalog: Catalog, view: View) -> None:
    """Draw the step on view, where there is one, above the panels."""
    del catalog, view
