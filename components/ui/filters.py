"""The sidebar: which dashboard this is, and what to show."""

from collections.abc import Mapping

from components.catalog.catalog import Catalog
from components.catalog.opened import is_opened
from components.catalog.served import open_catalog
from components.catalog.sets import SET, data_sets
from components.panels.elements import Document, Node, el
from components.panels.method import TITLE as METHOD
from components.panels.method import how
from components.panels.opening import TITLE
from components.settings import opening_allowed
from components.ui.acts import acts
from components.ui.mount import render, show
from components.view.record import age_text
from components.view.title import view_description
from components.view.view import MAX_SEARCH, View
from components.view.wording import census_text


def title(catalog: Catalog, view: View) -> None:
    """Say what dashboard this is and how old its record, and in the page's head what it shows."""
    dataset, description = catalog.dataset, view_description(catalog, view)
    # Where it takes two lines, each part stays whole.
    parts = [el("span", {}, part) for part in age_text(catalog, view.known).split("; ") if part]
    age = [node for part in parts for node in ("; ", part)][1:]
    render(
        "title",
        el("h1", {"describe": description}, dataset.title),
        el("p", {"class": "quiet"}, dataset.subtitle),
        el("p", {"class": "age quiet small"}, *age) if age else None,
        _trust(catalog),
        _others(catalog),
        _own() if opening_allowed() else None,
        on_act=acts(catalog),
    )


def _others(catalog: Catalog) -> Node | None:
    """Return the ways to the other data sets on this server, by their titles; None where there are none."""
    sets = data_sets()
    if len(sets) == 1 and not is_opened(catalog.folder):
        return None
    titles = {name: open_catalog(folder).dataset.title or name for name, folder in sets.items()}
    links = [
        el("li", {}, el("a", {"page": f"?{SET}={name}"}, titles[name]))
        for name, folder in sets.items()
        if folder != catalog.folder
    ]
    heading = el("p", {"class": "quiet"}, "Other data here")
    return el("section", {"class": "sets small", "aria-label": "Other data"}, heading, el("ul", {}, *links))


def _own() -> Node:
    """Return the way to a map of the visitor's own files."""
    return el("p", {"class": "own small"}, el("button", {"class": "other", "summon": "laydown:open"}, f"{TITLE}…"))


def _trust(catalog: Catalog) -> Node | None:
    """Return that the incidents are a choice, and the way to how they were chosen; None where there is neither."""
    number = len(catalog.incidents)
    parts = [el("span", {}, census_text(number, catalog.dataset.incidents))] if number else []
    parts += [how(catalog, catalog.method.ids[0], METHOD)] if catalog.method else []
    spaced = [node for part in parts for node in (". ", part)][1:]
    return el("p", {"class": "age quiet small"}, *spaced) if parts else None


def filters(catalog: Catalog, parts: Mapping[str, Document]) -> None:
    """Draw the sidebar's controls, of the page's parts by key; each changes the link."""
    act = acts(catalog)
    field = {"label": "Search", "placeholder": "Places, forces, what happened", "most": MAX_SEARCH}
    show("search", parts["search"], act, "ui/assets/search.js", **field)
    show("dates", parts["dates"], act, "panels/assets/dates.js")
    show("facets", parts["facets"], act)
