"""Disputes: all disagreements in the data, each with its sides and their sources."""

from typing import Any, Final

from components.catalog.catalog import Catalog
from components.panels.claims import claimed_row, sides
from components.panels.elements import SELECT, Document, Node, el
from components.view.claims import Disagreement, aspect, disagreements
from components.view.on_view import OnView
from components.view.view import View
from components.view.wording import count_text, day_text

MAX_TOPICS: Final = 100
"""Disagreements the panel lists; more would travel with every change of the window."""


def disputes(on_view: OnView) -> Document:
    """List the disagreements about what is on view, then the others."""
    view = on_view.view
    near, far = disagreements(on_view)
    if not near and not far:
        when = f"was public on {day_text(view.known)}" if view.known else "is on record in this data"
        return Document([el("p", {"class": "quiet"}, f"No disagreement between sources {when}.")])
    total = count_text(len(near) + len(far), "disagreement")
    nodes: list[Node] = [el("h2", {}, f"{total}, {len(near):,} on view" if far else f"{total}, all on view")]
    if view.known:
        nodes.append(el("p", {"class": "quiet"}, f"As public on {day_text(view.known)}."))
    nodes += [_topic(on_view, one) for one in near[:MAX_TOPICS]]
    if near and far:
        nodes.append(el("h2", {"class": "elsewhere"}, "Elsewhere in the data"))
    nodes += [_topic(on_view, one) for one in far[: max(0, MAX_TOPICS - len(near))]]
    if len(near) + len(far) > MAX_TOPICS:
        nodes.append(el("p", {"class": "quiet"}, f"The first {MAX_TOPICS}. Narrow the window to see others."))
    return Document(nodes)


def _topic(on_view: OnView, found: Disagreement) -> Node:
    catalog, view = on_view.catalog, on_view.view
    groups: dict[tuple[str, str], list[Any]] = {}
    for claim in found.claims:
        groups.setdefault((claim.row, aspect(claim)), []).append(claim)
    nodes = [
        node
        for (row, about), said in groups.items()
        for node in (_heading(catalog, view, row, about), sides(catalog, said, on_view.known, about=row))
    ]
    return el("section", {"class": "dispute"}, el("h3", {}, found.topic), *nodes)


def _heading(catalog: Catalog, view: View, row: str, about: str) -> Node:
    name, target = claimed_row(catalog, row)
    parts = (el("span", {}, name), el("span", {"class": "end"}, about))
    if not target:
        return el("p", {"class": "row"}, *parts)
    current = "true" if view.selected == target else "false"
    return el("button", {"class": "row", "act": [SELECT, target], "aria-current": current}, *parts)
