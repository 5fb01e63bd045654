"""The page's parts that follow the link, by the key of each, and all of them as one document for its browser.

The page's script puts them on the page, ``/panel/page.json?<link>`` answers with them: for another window the browser
asks for that, and no script runs (panels/assets/navigation.js).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

import components
from components.catalog.catalog import Catalog
from components.catalog.served import refused
from components.map.protocol import command
from components.panels.elements import SELECT, Document, Node, el, present, symbol
from components.panels.neighbours import neighbours
from components.panels.notices import notices
from components.panels.panel import panel
from components.panels.sidebar import dates, facets, found
from components.panels.tabs import open_tab, titles
from components.static import root
from components.view.briefings import step_view
from components.view.on_view import OnView
from components.view.title import page_title, row_title, view_description
from components.view.view import CARD, View, on_offer, write_query

TABLE: Final = "table"
"""The panel that is a widget of Streamlit's own, and so needs a run of the script for another window."""
ARROW: Final = "M7.5 2.5 2 8l5.5 5.5 1.1-1.1L5 8.8h9V7.2H5l3.6-3.6Z"
CROSS: Final = "M4.1 3 3 4.1 6.9 8 3 11.9 4.1 13 8 9.1l3.9 3.9 1.1-1.1L9.1 8 13 4.1 11.9 3 8 6.9Z"
"""Signs in a square of 16 units: drawn, as a character may fall back to another font."""


def stamp(catalog: Catalog) -> str:
    """Return what tells documents of other data, or of another version of the program, apart.

    That newer data is not taken is told on the page too.
    """
    parts = (catalog.version, components.__version__, root(), *refused(catalog))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def link(on_view: OnView) -> str:
    """Return the query string of the link, without where the map looks and which data it cites."""
    view = replace(on_view.view, camera=None, cited="")
    return urlencode(write_query(view, on_view.catalog), doseq=True)  # as Streamlit writes it into the address


def page(on_view: OnView, warnings: Sequence[str]) -> Mapping[str, Any]:
    """Return all that the page shows of a link, as plain data; ``warnings`` are what of it is ignored.

    ``parts`` are the documents by key, ``command`` is what the map is told, ``link`` the link as the page writes it.
    """
    catalog, view = on_view.catalog, on_view.view
    return {
        "link": link(on_view),
        "title": page_title(catalog, view),
        "description": view_description(catalog, view),
        "command": command(catalog, view, link(on_view)),
        "parts": {key: document.as_json() for key, document in parts(on_view, warnings).items()},
    }


def parts(on_view: OnView, warnings: Sequence[str]) -> dict[str, Document]:
    """Return the parts of the page that are others in another window, by key; the last is the panel that is open.

    The dates have the link too, whose window they change: ``link``, None where that needs a run of the script, and
    ``stamp``.
    """
    catalog, view = on_view.catalog, on_view.view
    name, shown = opened(on_view)
    where = {"link": None if name == TABLE else link(on_view), "stamp": stamp(catalog)}
    days = dates(on_view)
    return {
        "search": found(on_view),
        "dates": replace(days, fields={**days.fields, **where}),
        "facets": facets(on_view),
        "notices": notices(catalog, view, warnings),
        name: shown,
    }


def opened(on_view: OnView) -> tuple[str, Document]:
    """Return the panel that is open, by name, with what stands above it; a card lies over all but a wide table."""
    view = on_offer(on_view.view, on_view.catalog)
    name = open_tab(view)
    if view.tab == CARD and view.selected and not (name == TABLE and view.wide):
        return CARD, card(on_view)
    shown = panel(name, on_view)
    return name, _below(shown, _selected(on_view)) if view.selected and name != TABLE else shown


def card(on_view: OnView) -> Document:
    """Return the selected row's card with the ways out of it and on from it."""
    catalog, view = on_view.catalog, on_view.view
    return _below(panel(CARD, on_view), _ways_out(catalog, view), neighbours(on_view, view.selected))


def _below(document: Document, *head: Node | None) -> Document:
    return replace(document, nodes=[*present(*head), *document.nodes])


def _selected(on_view: OnView) -> Node:
    """Return what is selected while another panel is open: its name opens the card again, its cross lets it go."""
    row = on_view.view.selected
    name = row_title(on_view.catalog, row)
    cross = symbol(CROSS, "currentcolor")
    return el(
        "p",
        {"class": "selected quiet small"},
        "Selected: ",
        el("button", {"class": "other", "act": [SELECT, row]}, name),
        el("button", {"class": "cross", "act": ["deselect", ""], "aria-label": f"Let go of {name}"}, cross),
    )


def _ways_out(catalog: Catalog, view: View) -> Node:
    """Return the card's head: back to where it was opened from, and its cross."""
    deselect, back = ["deselect", ""], titles(catalog)[on_offer(view, catalog).back]
    # A step of a briefing begins with its own text, whatever it selects.
    own = view.step and step_view(catalog, view.step).selected == view.selected
    return el(
        "div",
        {"class": "ways-out", **({} if own else {"begin": view.selected})},
        el("button", {"class": "back", "act": deselect}, symbol(ARROW, "currentcolor"), back),
        el(
            "button",
            {"class": "cross", "act": deselect, "aria-label": "Close the card", "title": "Select nothing (Esc)"},
            symbol(CROSS, "currentcolor"),
        ),
    )
