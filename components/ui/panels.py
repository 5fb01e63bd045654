"""Beside the map: posture, the selected row, the table of what is on view, and problems in the data."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from components.catalog.catalog import Catalog
from components.ui import link
from components.ui.cards import card
from components.ui.changes import changes
from components.ui.disputes import disputes
from components.ui.markup import Node, el, render, symbol
from components.ui.posture import posture_panel
from components.ui.strength import strength
from components.ui.table import table
from components.view.absence import absence
from components.view.briefings import step_view
from components.view.record import beyond_text
from components.view.selection import Selection
from components.view.view import TABS, View
from components.view.wording import count_text, listed

MAX_PROBLEMS: Final = 1_000
ARROW: Final = "M7.5 2.5 2 8l5.5 5.5 1.1-1.1L5 8.8h9V7.2H5l3.6-3.6Z"
CROSS: Final = "M4.1 3 3 4.1 6.9 8 3 11.9 4.1 13 8 9.1l3.9 3.9 1.1-1.1L9.1 8 13 4.1 11.9 3 8 6.9Z"
"""Signs in a square of 16 units: drawn, as a character may fall back to another font."""


def panels(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the tabs and the panel that ``view`` asks for."""
    st.session_state["tab"] = view.tab
    problems = len(catalog.problems)
    titles = {"problems": f"Problems ({problems})"} if problems else {}
    st.segmented_control(
        "Panel",
        [tab for tab in TABS if tab != "problems" or problems],
        key="tab",
        format_func=lambda tab: titles.get(tab, _title(tab)),
        label_visibility="collapsed",
        on_change=lambda: link.open_tab(catalog, st.session_state["tab"] or TABS[0]),
    )
    panel: Mapping[str, Callable[[Catalog, View, Selection], None]] = {
        "changes": changes,
        "posture": posture_panel,
        "strength": strength,
        "selected": _selected,
        "table": _table,
        "disputes": disputes,
        "problems": _problems,
    }
    panel[view.tab](catalog, view, selection)


def notices(catalog: Catalog, view: View, told: list[str]) -> None:
    """Say what of the link is ignored, that the window ends after the record, and that rows are missing, if so."""
    broken = {(problem.file, problem.line) for problem in catalog.problems if not problem.kept}
    files = [file for file, line in broken if line is None]
    rows = len(broken) - len(files)
    nodes: list[Node] = [el("p", {"class": "notice", "role": "alert"}, text) for text in told]
    show = el("button", {"act": ["tab", "problems"]}, "See why")
    if nothing := absence(catalog):
        why = el("strong", {}, nothing.why)
        nodes.append(el("p", {"class": "notice", "role": "alert"}, why, f" {nothing.mend} ", show if broken else None))
    elif broken:
        lost = [count_text(number, noun) for number, noun in ((len(files), "file"), (rows, "row")) if number]
        nodes.append(el("p", {"class": "notice"}, f"{listed(lost)} not shown. ", show))
    if beyond := beyond_text(catalog, view):
        nodes.append(el("p", {"class": "beyond quiet small"}, beyond))
    if nodes:
        render("notices", *nodes, on_act=lambda _, tab: link.open_tab(catalog, tab))


def _title(tab: str) -> str:
    return tab.capitalize()


def _selected(catalog: Catalog, view: View, selection: Selection) -> None:
    if not view.selected:
        hint = "Nothing is selected. Click a symbol or an arrow on the map, or a row of the table."
        render("selected", el("p", {"class": "quiet"}, hint))
        return

    def act(verb: str, row: str) -> None:
        if verb == "deselect":
            link.deselect(catalog)
        else:
            link.select(catalog, row)

    render("selected", _ways_out(catalog, view), card(catalog, view.selected, selection.states, view), on_act=act)


def _ways_out(catalog: Catalog, view: View) -> Node:
    """Return the card's head: back to where it was opened from, and its cross."""
    deselect = ["deselect", ""]
    # A step of a briefing begins with its own text, whatever it selects.
    own = view.step and step_view(catalog, view.step).selected == view.selected
    return el(
        "div",
        {"class": "ways-out", **({} if own else {"begin": view.selected})},
        el("button", {"class": "back", "act": deselect}, symbol(ARROW, "currentcolor"), _title(view.back)),
        el(
            "button",
            {"class": "cross", "act": deselect, "aria-label": "Close the card", "title": "Select nothing (Esc)"},
            symbol(CROSS, "currentcolor"),
        ),
    )


def _table(catalog: Catalog, view: View, selection: Selection) -> None:
    table(catalog, view, selection)


def _problems(catalog: Catalog, _: View, __: Selection) -> None:
    items: list[Node] = [
        el(
            "li",
            {"class": "problem"},
            el("strong", {}, ":".join(str(part) for part in (problem.file, problem.line) if part is not None)),
            f" {problem.column or ''} ",
            el("p", {}, problem.what),
            el("p", {"class": "quiet small"}, problem.mend),
        )
        for problem in catalog.problems[:MAX_PROBLEMS]
    ]
    more = len(catalog.problems) - len(items)
    render(
        "problems",
        el("h3", {}, count_text(len(catalog.problems), "problem") + " in the data"),
        el("ul", {}, *items),
        el("p", {"class": "quiet"}, f"and {more:,} more: run `laydown check`") if more else None,
    )
