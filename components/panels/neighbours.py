"""The ways from a row to the one before and after it: in time, of a site by name, among what is on view."""

import numpy as np

from components.panels.elements import SELECT, Node, el
from components.view.index import numbers_of
from components.view.on_view import OnView
from components.view.wording import count_text


def neighbours(on_view: OnView, row: str) -> Node | None:
    """Return the buttons to the neighbours of ``row``, such as ``site:al-tanf``; None where it is not on view."""
    kind, _, id_ = row.partition(":")
    selection = on_view.selection
    if kind == "site":
        frame = selection.sites.sort_values("name", kind="stable")
        ids, titles = frame["id"], frame["name"]
        at = list(ids).index(id_) if id_ in frame.index else -1
    else:
        shown = selection.incidents if kind == "incident" else selection.movements
        numbers, own = shown.numbers, int(numbers_of([id_], shown.table)[0])
        ids, titles = shown.table["id"].iloc[numbers], shown.table["title"]
        at = int(np.searchsorted(numbers, own)) if shown.mask[own] else -1
    if at < 0:
        return None

    def way(label: str, to: int) -> Node:
        if not 0 <= to < len(ids):
            return el("button", {"class": "chip", "aria-disabled": "true"}, label)
        other = str(ids.iloc[to])
        title = str(titles[other])
        words = {"aria-label": f"{label}: {title}", "title": title}
        return el("button", {"class": "chip", "act": [SELECT, f"{kind}:{other}"], **words}, label)

    place = el("span", {"class": "quiet small"}, f"{at + 1:,} of {count_text(len(ids), kind)}")
    order = "Sites by name" if kind == "site" else f"{kind.capitalize()}s in time"
    ways = (way("Previous", at - 1), place, way("Next", at + 1))
    return el("div", {"class": "neighbours", "role": "group", "aria-label": order}, *ways)
