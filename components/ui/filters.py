"""The sidebar: what to show."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from components.catalog.catalog import Catalog
from components.map.symbols import SHAPES
from components.ui import link
from components.ui.markup import Node, el, render, symbol
from components.view.extent import FIRST_DAY, LAST_DAY, reach
from components.view.facets import FACETS, Facet, Option
from components.view.selection import Selection
from components.view.title import view_description
from components.view.view import MAX_SEARCH, View

MANY: Final = 8
FEW: Final = 4
"""Options of a list beyond these are shown as chips, and only where an incident on view or a choice has them."""


def title(catalog: Catalog, view: View) -> None:
    """Say what dashboard this is, and in the page's head what it shows."""
    dataset, told = catalog.dataset, view_description(catalog, view)
    render("title", el("h1", {"describe": told}, dataset.title), el("p", {"class": "quiet"}, dataset.subtitle))


def chosen(view: View) -> int:
    """Return how many filters are set: values of facets, the search, the day of knowledge."""
    return sum(len(getattr(view, facet.key)) for facet in FACETS) + bool(view.search) + bool(view.known)


def filters(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the sidebar's controls for ``view``; each changes the link."""
    _search(catalog, view)
    _window(catalog, view)
    _known(catalog, view)

    def act(verb: str, value: str) -> None:
        if verb == "clear":
            link.change(catalog, **link.NO_OTHER_FILTER, **{facet.key: () for facet in FACETS})
        else:
            link.toggle(catalog, verb, value)

    clear = el("button", {"class": "clear", "act": ["clear", ""]}, "Clear filters") if chosen(view) else None
    groups = [_group(catalog, facet, view, selection.counts.get(facet.key, {})) for facet in FACETS]
    render("facets", *groups, clear, on_act=act)


def _search(catalog: Catalog, view: View) -> None:
    st.session_state["search"] = view.search
    st.text_input(
        "Search",
        key="search",
        max_chars=MAX_SEARCH,
        placeholder="Places, titles, التنف",
        label_visibility="collapsed",
        on_change=lambda: link.change(catalog, search=st.session_state["search"].strip()),
    )


def _window(catalog: Catalog, view: View) -> None:
    def changed(edge: str) -> None:
        start, end = st.session_state["from"] or view.start, st.session_state["to"] or view.end
        if start > end:  # an edge moved past the other takes it along
            start, end = (start, start) if edge == "from" else (end, end)
        link.change(catalog, start=start, end=end)

    first, last = reach(catalog)
    st.session_state["from"], st.session_state["to"] = view.start, view.end
    for column, label, key in zip(st.columns(2), ("From", "To"), ("from", "to"), strict=True):
        column.date_input(
            label,
            key=key,
            min_value=min(first, view.start),
            max_value=max(last, view.end),
            format="YYYY-MM-DD",
            on_change=changed,
            args=(key,),
        )


def _known(catalog: Catalog, view: View) -> None:
    st.session_state["known"] = view.known
    st.date_input(
        "As known on",
        key="known",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        help="Hides what no source had published by this day. Blank: all that is known.",
        on_change=lambda: link.change(catalog, known=st.session_state["known"]),
    )


def _group(catalog: Catalog, facet: Facet, view: View, counts: Mapping[str, int]) -> Node:
    chosen: tuple[str, ...] = getattr(view, facet.key)
    options = facet.options(catalog)
    first = 0 if facet.chips else FEW if len(options) > MANY else len(options)
    listed, others = options[:first], options[first:]
    # A switch is always there; of many values those that nothing has are left out.
    others = [o for o in others if counts.get(o.value) or o.value in chosen or len(options) == 1]

    def button(option: Option, mark: bool) -> Node:
        return el(
            "button",
            {
                "class": "option" if counts.get(option.value) else "option none",
                "aria-pressed": "true" if option.value in chosen else "false",
                "act": [facet.key, option.value],
            },
            symbol(SHAPES[option.shape], option.colour) if option.shape and mark else None,
            el("span", {}, option.label),
            el("span", {}, f"{counts.get(option.value, 0):,}"),
        )

    return el(
        "fieldset",
        {},
        el("legend", {}, facet.label),
        el("div", {"class": "list"}, *(button(option, True) for option in listed)) if listed else None,
        el("div", {"class": "chips"}, *(button(option, False) for option in others)) if others else None,
    )
