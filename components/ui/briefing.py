"""Briefings as a guided tour: a list to choose from, and the step on view."""

from components.catalog.catalog import Catalog
from components.panels.briefing import step_card
from components.panels.elements import Node, el
from components.ui.acts import acts
from components.ui.mount import render
from components.view.briefings import find_step
from components.view.view import View
from components.view.wording import count_text


def briefing_list(catalog: Catalog, view: View) -> None:
    """Draw the briefings to choose from, where there are any. For the sidebar."""
    if not catalog.briefings:
        return
    current, _, _ = view.step.partition("/")
    items: list[Node] = [
        el(
            "li",
            {},
            el(
                "button",
                {
                    "class": "row",
                    "act": ["step", f"{briefing.id}/1"],
                    "enter": "",
                    "aria-current": "true" if briefing.id == current else "false",
                    "title": briefing.summary,
                },
                el("span", {}, briefing.title),
            ),
        )
        for briefing in catalog.briefings
    ]
    heading = el("summary", {}, count_text(len(items), "briefing"))
    folded = el("details", {"class": "briefings", **({"open": ""} if view.step else {})}, heading, el("ul", {}, *items))
    render("briefings", folded, on_act=acts(catalog))


def briefing_step(catalog: Catalog, view: View) -> None:
    """Draw the step on view, where there is one, above the panels."""
    found = find_step(catalog, view.step)
    if found is None:
        return
    render("briefing", step_card(catalog, *found), on_act=acts(catalog))
