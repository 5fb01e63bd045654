"""The link is the state: the View is read from the page's URL, and every act of the visitor rewrites it."""

import re
from dataclasses import replace
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, urlsplit

import streamlit as st

from components.catalog.catalog import Catalog
from components.catalog.dates import day_of
from components.catalog.tables import ROW_TABLES
from components.map.protocol import read_report, read_window
from components.view.extent import within
from components.view.facets import FACETS
from components.view.index import Columns, index
from components.view.link import outdated, read_link
from components.view.selection import select as select_view
from components.view.view import CARD, FIELDS, NO_CHOICE, View, at_tab, deselected, read_view, write_query

MAP: Final = "map"
"""The key of the map's frame."""
WINDOW: Final = ("start", "end")
"""The View's fields that are the window."""
METHOD: Final = next(field.key for field in FIELDS if field.field == "method")
CAMERA: Final = next(field.key for field in FIELDS if field.field == "camera")


def current(catalog: Catalog) -> tuple[View, list[str]]:
    """Return the View of the page's URL, and a notice for each value in it that is ignored."""
    params = {field.key: st.query_params.get_all(field.key) for field in FIELDS}
    view, faults = read_link(params, catalog)
    warning = outdated(catalog, view)
    return view, [*(fault.notice for fault in faults), *([warning] if warning else [])]


def report() -> object:
    """Return what the map's frame has reported last; None for nothing."""
    return (st.session_state.get(MAP) or {}).get("last_active_drawing")


def played(catalog: Catalog, view: View, report: object) -> View:
    """Return ``view`` with the window that the map's frame is playing, where it is.

    Each write of the link from here is a step in the history, so the frame keeps the link while it plays.
    """
    reported = read_report(report, catalog)
    if not reported or not reported.playing:
        return view
    return replace(view, start=reported.changes["start"], end=reported.changes["end"])


def hear(catalog: Catalog, address: str, *, ahead: bool = False) -> None:
    """Take over from the page's ``address`` where the map looks, and where the browser is ``ahead``, window and box.

    For callbacks, before they change anything else. The browser writes both there by itself (map/assets/bridge.js,
    panels/assets/navigation.js), and Streamlit does not hear of it. Nothing else: of two presses in a row the address
    of the second may not have what the first has changed.
    """
    parts = _split(address)
    if parts is None:
        return
    asked = parse_qs(parts.query)
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    if ahead:
        view, _ = current(catalog)
        there, _ = read_link(asked, catalog)
        query = write_query(replace(view, start=there.start, end=there.end, box=there.box, cited=""), catalog)
    query = {**{key: texts for key, texts in query.items() if key != CAMERA}, CAMERA: asked.get(CAMERA, [])}
    # In the order of the address: what it says already is no step in the history.
    ordered = {key: query[key] for key in (*asked, *query) if query.get(key)}
    if ordered != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.query_params.from_dict(ordered)


def base_of(address: str) -> str:
    """Return the page's ``address`` without its query, with a slash at its end; "" for what is no address."""
    parts = _split(address)
    return f"{parts._replace(query='', fragment='').geturl().rstrip('/')}/" if parts else ""


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.netloc else None


def change(catalog: Catalog, **fields: Any) -> None:
    """Change fields of the View: one new URL, one step in the history. For callbacks."""
    view, _ = current(catalog)
    go(catalog, replace(view, **{"cited": "", **fields}))


def go(catalog: Catalog, view: View) -> None:
    """Go to another View: one new URL, one step in the history. For callbacks."""
    st.query_params.from_dict(write_query(view, catalog))


def open_tab(catalog: Catalog, tab: str) -> None:
    """Open another panel. For callbacks."""
    view, _ = current(catalog)
    go(catalog, replace(at_tab(view, tab), cited=""))


def select(catalog: Catalog, row: str) -> None:
    """Select a row, such as ``site:al-tanf``, and open its card. For callbacks."""
    view, _ = current(catalog)
    go(catalog, replace(at_tab(view, CARD), selected=row, cited=""))


def find(catalog: Catalog, row: str) -> None:
    """Select a row that was searched for, and bring it on view. For callbacks; what is none is left alone.

    The window grows to hold it, filters that hide it are cleared, and so is the search, which has done its work. Where
    only what is in view is told, the map brings it there.
    """
    view, _ = current(catalog)
    asked, faults = read_view({"sel": [row]}, catalog)
    if faults or not asked.selected:
        return
    view = replace(at_tab(view, CARD), selected=row, search="", cited="")
    prefix, _, id_ = row.partition(":")
    if prefix != "site":
        table: Columns = getattr(index(catalog), ROW_TABLES[prefix])
        at = table.ids.index(id_)
        first, last = (within(day_of(int(table.span[name][at]))) for name in ("start_first", "end_last"))
        if first > view.end or last < view.start:
            view = replace(view, start=min(first, view.start), end=max(last, view.end))
    shown = select_view(catalog, replace(view, box=None))
    rows = shown.sites if prefix == "site" else getattr(shown, ROW_TABLES[prefix]).rows()
    go(catalog, view if id_ in rows.index else replace(view, **NO_CHOICE))


def deselect(catalog: Catalog) -> None:
    """Select nothing, and leave a card for the panel that it leads back to. For callbacks."""
    view, _ = current(catalog)
    go(catalog, replace(deselected(view), cited=""))


def explain(section: str) -> None:
    """Open the folder's method at a heading; "" closes it. One step in the history. For callbacks.

    All else stays as it is: what lies under it is seen again when it is closed.
    """
    if section:
        st.query_params[METHOD] = section
    elif METHOD in st.query_params:
        del st.query_params[METHOD]


def move_window(catalog: Catalog, days: str) -> None:
    """Set the window, as day numbers: "20480/20499". For callbacks; what is none is left alone."""
    edges = re.fullmatch(r"(-?\d{1,9})/(-?\d{1,9})", days, re.ASCII)
    # It comes from the visitor's browser: its word is checked like any link's.
    window = read_window(int(edges[1]), int(edges[2]), catalog) if edges else None
    if window:
        change(catalog, start=window[0], end=window[1])


def know(catalog: Catalog, day: str) -> None:
    """Show only what was public on a day; "" shows all. For callbacks; what is no day is left alone."""
    asked, faults = read_view({"known": [day] if day else []}, catalog)
    if not faults:
        change(catalog, known=asked.known)


def toggle(catalog: Catalog, facet: str, value: str) -> None:
    """Choose a value of a facet, or no longer."""
    view, _ = current(catalog)
    wanted = next(one for one in FACETS if one.key == facet)
    chosen = view.chosen(wanted)
    others = tuple(other for other in chosen if other != value)
    go(catalog, replace(view.choosing(wanted, others if value in chosen else (*chosen, value)), cited=""))


def follow(catalog: Catalog, report: object) -> None:
    """Do what the map's frame reports; see map/protocol.py. What is malformed is left alone.

    A new selection opens its card, and one that is let go closes it. A window that is being played goes into the link
    when it pauses.
    """
    reported = read_report(report, catalog)
    if not reported:
        return
    hear(catalog, reported.address)
    view, _ = current(catalog)
    held = WINDOW if reported.playing else ()
    changes = {name: value for name, value in reported.changes.items() if name not in held}
    if all(getattr(view, name) == value for name, value in changes.items()):
        return
    selected = changes["selected"]
    if selected != view.selected:
        view = at_tab(view, CARD) if selected else deselected(view)
    go(catalog, replace(view, cited="", **changes))
