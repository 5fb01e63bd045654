"""The search: a field that suggests while it is typed, and under it what was found."""

from dataclasses import replace

from components.catalog.catalog import Catalog
from components.panels.elements import Node, el
from components.ui.acts import acts
from components.ui.mount import render
from components.view.extent import extent
from components.view.search import search
from components.view.selection import Selection, select_rows
from components.view.view import MAX_SEARCH, View
from components.view.wording import count_text, listed


def search_field(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the search field for ``view``, of which ``selection`` is on view."""
    render(
        "search",
        *_found(catalog, view, selection),
        on_act=acts(catalog),
        script="ui/assets/search.js",
        search=view.search,
        label="Search",
        placeholder="Places, forces, what happened",
        most=MAX_SEARCH,
    )


def _found(catalog: Catalog, view: View, selection: Selection) -> list[Node | None]:
    """Return what is said below the field: which spelling is looked for, what was found, and the way out of nothing."""
    if not view.search:
        return []
    shown = search(catalog, view.search).shown
    number, rows = len(selection.sites), len(selection.incidents) + len(selection.movements)
    named = ((len(selection.incidents), "incident"), (len(selection.movements), "movement"))
    texts = [count_text(number, "site")] if number else []
    texts += [f"{listed([count_text(n, noun) for n, noun in named if n])} in these dates"] if rows else []
    first, last = extent(catalog)
    everywhere = replace(view, start=min(first, view.start), end=max(last, view.end))
    elsewhere = 0 if rows else sum(len(select_rows(catalog, everywhere, name)) for name in ("incidents", "movements"))
    if not rows:
        texts.append("nothing in these dates" if number or elsewhere else "nothing, in any dates")
    days = everywhere.day_numbers
    return [
        el("p", {"class": "small"}, "Showing results for ", el("strong", {}, shown)) if shown else None,
        el("p", {"class": "quiet small"}, f"Found: {'; '.join(texts)}."),
        el("button", {"class": "clear", "act": ["window", f"{days.start}/{days.end}"]}, f"All dates ({elsewhere:,})")
        if elsewhere
        else None,
    ]
