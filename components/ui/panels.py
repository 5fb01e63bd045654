"""Beside the map: the tabs, the panel that is open, and notices of what is not shown."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from components.catalog.catalog import Catalog, refused
from components.panels.elements import SELECT, Node, el, symbol
from components.panels.neighbours import neighbours
from components.panels.panel import panel
from components.panels.problems import NOT_TAKEN
from components.ui import link
from components.ui.acts import acts
from components.ui.mount import SCRIPT, render
from components.ui.table import table
from components.view.absence import absence
from components.view.briefings import step_view
from components.view.on_view import OnView
from components.view.record import beyond_text
from components.view.title import row_title
from components.view.view import CARD, ON, TABS, View
from components.view.wording import PUBLIC_BY, capital, count_text, day_text, listed

TITLES: Final[Mapping[str, str]] = {
    "changes": "Changes",
    "happened": "What happened",
    "posture": "Posture",
    "strength": "Strength",
    "disputes": "Disputes",
    "table": "Table",
    "problems": "Problems",
}
ARROW: Final = "M7.5 2.5 2 8l5.5 5.5 1.1-1.1L5 8.8h9V7.2H5l3.6-3.6Z"
CROSS: Final = "M4.1 3 3 4.1 6.9 8 3 11.9 4.1 13 8 9.1l3.9 3.9 1.1-1.1L9.1 8 13 4.1 11.9 3 8 6.9Z"
"""Signs in a square of 16 units: drawn, as a character may fall back to another font."""


def panels(on_view: OnView) -> None:
    """Draw the tabs and the panel that the View asks for."""
    catalog, view = on_view.catalog, on_view.view
    card = view.tab == CARD and bool(view.selected)
    tab = view.back if view.tab == CARD else view.tab
    st.session_state["tab"] = tab
    problems = len(catalog.problems) + len(refused(catalog))
    titles = {**TITLES, "problems": f"Problems ({problems})"}
    st.segmented_control(
        "Panel",
        [name for name in TABS if name != "problems" or problems],
        key="tab",
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        on_change=lambda: link.open_tab(catalog, st.session_state["tab"] or tab),  # a press of the open one
    )
    if tab == "table":
        _table(on_view, card)
    elif card:
        _card(on_view)
    else:
        _mounted(tab, on_view, _selected(on_view) if view.selected else None)


def _table(on_view: OnView, card: bool) -> None:
    """Draw the table; under the map there is room for the card beside it, elsewhere that lies over it."""
    catalog, view = on_view.catalog, on_view.view
    if card and not view.wide:
        _card(on_view)
        return
    st.session_state["wide"] = bool(view.wide)
    st.toggle(
        "Wide, under the map",
        key="wide",
        on_change=lambda: link.change(catalog, wide=ON if st.session_state["wide"] else ""),
    )
    with st.container(key="wide_panel" if view.wide else "narrow_panel"):
        rows, beside = st.columns([3, 2]) if card else (st.container(), None)
        with rows:
            table(catalog, panel("table", on_view))
        if beside:
            with beside:
                _card(on_view)


def _card(on_view: OnView) -> None:
    _mounted(CARD, on_view, _ways_out(on_view.catalog, on_view.view), neighbours(on_view, on_view.view.selected))


def method_page(on_view: OnView) -> None:
    """Draw the method over the panel where the link asks for it; the panel stays behind it as it was."""
    if on_view.catalog.method is None or not on_view.view.method:
        return
    with st.container(key="method"):
        _mounted("method", on_view, key="explained")


def _mounted(name: str, on_view: OnView, *head: Node | None, key: str = "") -> None:
    """Put a panel on the page, below ``head``."""
    document = panel(name, on_view)
    script = document.script or SCRIPT
    render(key or name, *head, *document.nodes, on_act=acts(on_view.catalog), script=script, **document.fields)


def notices(catalog: Catalog, view: View, warnings: list[str]) -> None:
    """Say what of the link is ignored, that the window ends after the record, and that rows are missing, if so."""
    broken = {(problem.file, problem.line) for problem in catalog.problems if not problem.kept}
    files = [file for file, line in broken if line is None]
    rows = len(broken) - len(files)
    nodes: list[Node] = [el("p", {"class": "notice", "role": "alert"}, text) for text in warnings]
    see_why = el("button", {"act": ["tab", "problems"]}, "See why")
    if refused(catalog):
        nodes.append(el("p", {"class": "notice", "role": "alert"}, f"{NOT_TAKEN}: it is broken. ", see_why))
    if nothing := absence(catalog):
        why = el("strong", {}, nothing.why)
        nodes.append(
            el("p", {"class": "notice", "role": "alert"}, why, f" {nothing.mend} ", see_why if broken else None)
        )
    elif broken:
        lost = [count_text(number, noun) for number, noun in ((len(files), "file"), (rows, "row")) if number]
        nodes.append(el("p", {"class": "notice"}, f"{listed(lost)} not shown. ", see_why))
    if view.known:
        text = f"{capital(PUBLIC_BY)} {day_text(view.known)}. "
        way_out = el("button", {"act": ["known", ""]}, "Show all")
        render("public_by", el("p", {"class": "notice known"}, text, way_out), on_act=acts(catalog))
    if beyond := beyond_text(catalog, view):
        nodes.append(el("p", {"class": "beyond quiet small"}, beyond))
    if nodes:
        render("notices", *nodes, on_act=acts(catalog))


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
    deselect = ["deselect", ""]
    # A step of a briefing begins with its own text, whatever it selects.
    own = view.step and step_view(catalog, view.step).selected == view.selected
    return el(
        "div",
        {"class": "ways-out", **({} if own else {"begin": view.selected})},
        el("button", {"class": "back", "act": deselect}, symbol(ARROW, "currentcolor"), TITLES[view.back]),
        el(
            "button",
            {"class": "cross", "act": deselect, "aria-label": "Close the card", "title": "Select nothing (Esc)"},
            symbol(CROSS, "currentcolor"),
        ),
    )
