"""Beside the map: posture, the selected row, the table of what is on view, and problems in the data."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd
import streamlit as st

from components.catalog.catalog import Catalog
from components.map.symbols import SHAPES
from components.ui import link
from components.ui.cards import card
from components.ui.changes import changes
from components.ui.disputes import disputes
from components.ui.markup import Node, el, render, symbol
from components.ui.strength import strength
from components.ui.table import table
from components.view.posture import HANDED_OVER, POSSIBLE, VACATED, SiteState
from components.view.selection import Selection
from components.view.view import TABS, View
from components.view.wording import count_text, day_text

MAX_PROBLEMS: Final = 1_000


def panels(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the tabs and the panel that ``view`` asks for."""
    st.session_state["tab"] = view.tab
    problems = len(catalog.problems)
    titles = {"problems": f"Problems ({problems})"} if problems else {}
    st.segmented_control(
        "Panel",
        [tab for tab in TABS if tab != "problems" or problems],
        key="tab",
        format_func=lambda tab: titles.get(tab, tab.capitalize()),
        label_visibility="collapsed",
        on_change=lambda: link.change(catalog, tab=st.session_state["tab"] or TABS[0]),
    )
    panel: Mapping[str, Callable[[Catalog, View, Selection], None]] = {
        "changes": changes,
        "posture": _posture,
        "strength": strength,
        "selected": _selected,
        "table": _table,
        "disputes": disputes,
        "problems": _problems,
    }
    panel[view.tab](catalog, view, selection)


def notices(catalog: Catalog, told: list[str]) -> None:
    """Say what of the link is ignored, and that rows are missing, where that is so."""
    lost = len({(problem.file, problem.line) for problem in catalog.problems if not problem.kept})
    nodes: list[Node] = [el("p", {"class": "notice", "role": "alert"}, text) for text in told]
    if lost:
        show = el("button", {"act": ["tab", "problems"]}, "See why")
        nodes.append(el("p", {"class": "notice"}, f"{count_text(lost, 'row')} not shown. ", show))
    if nodes:
        render("notices", *nodes, on_act=lambda _, tab: link.change(catalog, tab=tab))


def _select(catalog: Catalog) -> Callable[[str, str], None]:
    return lambda _, row: link.change(catalog, selected=row, tab="selected")


def _posture(catalog: Catalog, view: View, selection: Selection) -> None:
    """List who holds what as of the window's right edge, by country and force."""
    sites = catalog.sites
    names = dict(zip(catalog.forces["id"], catalog.forces["name"], strict=True))
    colours = dict(zip(catalog.forces["id"], catalog.forces["colour"], strict=True))
    countries: dict[str, tuple[str, ...]] = dict(zip(sites["id"], sites["country"], strict=True))
    groups: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for site, state in selection.states.items():
        for holder in state.holders:
            for country in countries[site]:
                maybe = holder.certainty == POSSIBLE
                groups.setdefault((country, holder.force), []).append((site, maybe))
    changed = [(site, state) for site, state in selection.states.items() if state.status in (HANDED_OVER, VACATED)]
    order = list(names)
    changed.sort(key=lambda pair: order.index(pair[1].previous))
    nodes: list[Node] = [el("h2", {}, f"Posture on {day_text(view.end)}")]
    if not groups:
        nodes.append(el("p", {"class": "quiet"}, "No site on view is held, as far as is known."))
    for (country, force), held in sorted(groups.items(), key=lambda g: (order.index(g[0][1]), g[0][0])):
        possible = sum(maybe for _, maybe in held)
        sure = len(held) - possible
        counted = (count_text(sure, "site") if sure else "", f"{possible} possible" if possible else "")
        told = ", ".join(part for part in counted if part)
        nodes.append(
            el(
                "section",
                {},
                el(
                    "h3",
                    {"class": "row"},
                    symbol(SHAPES["square"], colours[force]),
                    el("strong", {}, f"{names[force]} in {country}"),
                    el("span", {"class": "end"}, told),
                ),
                el("ul", {}, *(_site_line(sites, site, view, end="possible" if maybe else "") for site, maybe in held)),
            )
        )
    if changed:
        since = f"Left or handed over since {day_text(view.start)}"
        lines = [_site_line(sites, site, view, under=_change(state, names)) for site, state in changed]
        nodes[1:1] = [el("section", {}, el("h3", {}, since), el("ul", {}, *lines))]
    render("posture", *nodes, on_act=_select(catalog))


def _change(state: SiteState, names: Mapping[str, str]) -> str:
    to = names.get(state.force, "")
    return f"{names[state.previous]} → {to}" if state.status == HANDED_OVER else f"{names[state.previous]} left"


def _site_line(sites: pd.DataFrame, site: str, view: View, *, end: str = "", under: str = "") -> Node:
    row = f"site:{site}"
    return el(
        "li",
        {},
        el(
            "button",
            {"class": "row", "act": ["select", row], "aria-current": "true" if view.selected == row else "false"},
            el("span", {}, str(sites.loc[site, "name"]), el("span", {"class": "under"}, under) if under else None),
            el("span", {"class": "end"}, end) if end else None,
        ),
    )


def _selected(catalog: Catalog, view: View, selection: Selection) -> None:
    if not view.selected:
        hint = "Nothing is selected. Click a symbol or an arrow on the map, or a row of the table."
        render("selected", el("p", {"class": "quiet"}, hint))
        return
    render("selected", card(catalog, view.selected, selection.states, view), on_act=_select(catalog))


def _table(catalog: Catalog, _: View, selection: Selection) -> None:
    table(catalog, selection)


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
