"""The sidebar's parts that follow the link: what a search has found, the dates, and the filters with their counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.method import ON_CONFIDENCE
from components.map.symbols import SHAPES
from components.panels.elements import Document, Node, el, present, symbol
from components.panels.method import how
from components.view.extent import FIRST_DAY, LAST_DAY, extent, reach
from components.view.facets import FACETS, Facet, Option, ranked
from components.view.on_view import OnView
from components.view.search import search
from components.view.selection import select_rows
from components.view.view import View
from components.view.wording import IN_VIEW, ONLY_IN_VIEW, PUBLIC_BY, capital, count_text, listed

MANY: Final = 8
FEW: Final = 4
"""Options of a list beyond these are shown as chips, and only where an incident on view or a choice has them."""
IN_VIEW_HINT: Final = "Timeline, counts and lists follow the map"
NONE_CALLED: Final = "None is called that."
"""What is said of a search in a filter's others that finds nothing."""


def chosen(view: View) -> int:
    """Return how many filters are set: values of facets, the search, the day of knowledge, what is in view."""
    return sum(len(view.chosen(facet)) for facet in FACETS) + bool(view.search) + bool(view.known) + bool(view.box)


def found(on_view: OnView) -> Document:
    """Return what is said below the search field: which spelling is looked for, what was found, the way out of nothing.

    Field: ``search``, what stands in the field.
    """
    return Document(_found(on_view) if on_view.view.search else [], {"search": on_view.view.search})


def dates(on_view: OnView) -> Document:
    """Return the fields for the window's days and the as-known day, which dates.js fills in.

    Field: ``days``, by the fields' names, as ISO dates.
    """
    catalog, view = on_view.catalog, on_view.view
    first, last = reach(catalog)
    window = (min(first, view.start), max(last, view.end))
    nodes = [
        el("div", {"class": "dates"}, _date("start", "From", window), _date("end", "To", window)),
        _date(
            "known",
            capital(PUBLIC_BY),
            (FIRST_DAY, LAST_DAY),
            el("p", {"class": "quiet small", "id": "known-hint"}, "Hides what was published later."),
            el("button", {"class": "chip", "aria-label": f"Clear “{PUBLIC_BY}”"}, "Clear"),
        ),
    ]
    days = {
        "start": view.start.isoformat(),
        "end": view.end.isoformat(),
        "known": view.known.isoformat() if view.known else "",
    }
    return Document(nodes, {"days": days})


def facets(on_view: OnView) -> Document:
    """Return the filters, each option with how many incidents it would leave on view."""
    catalog, view, counts = on_view.catalog, on_view.view, on_view.selection.counts
    clear = el("button", {"class": "clear", "act": ["clear", ""]}, "Clear filters") if chosen(view) else None
    groups = (_group(catalog, facet, view, counts.get(facet.key, {})) for facet in FACETS)
    return Document(present(_in_view(view), *groups, clear))


def _in_view(view: View) -> Node:
    """Return the switch that has lists and counts keep to what is in view. The map answers it, which knows what is."""
    pressed, asked = ("true", "off") if view.box else ("false", "on")
    attributes = {"class": "chip", "aria-pressed": pressed, "act": ["box", asked], "title": IN_VIEW_HINT}
    return el("p", {"class": "in-view"}, el("button", attributes, ONLY_IN_VIEW))


def _found(on_view: OnView) -> list[Node]:
    catalog, view, selection = on_view.catalog, on_view.view, on_view.selection
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
    if view.box:
        texts[-1] += f", {IN_VIEW}"
    days = everywhere.day_numbers
    return present(
        el("p", {"class": "small"}, "Showing results for ", el("strong", {}, shown)) if shown else None,
        el("p", {"class": "quiet small"}, f"Found: {'; '.join(texts)}."),
        el("button", {"class": "clear", "act": ["window", f"{days.start}/{days.end}"]}, f"All dates ({elsewhere:,})")
        if elsewhere
        else None,
    )


def _date(
    name: str, label: str, limits: tuple[date, date], hint: Node | None = None, clear: Node | None = None
) -> Node:
    """Return a field for a day, which dates.js fills in; one without a hint must not be left empty."""
    first, last = limits
    about = {"type": "date", "name": name, "min": first.isoformat(), "max": last.isoformat()}
    described = f"{name}-wrong" if hint is None else f"{name}-wrong {name}-hint"
    needed = {"required": ""} if hint is None else {}
    return el(
        "div",
        {"class": "date"},
        el(
            "div",
            {"class": "entry"},
            el("label", {}, el("span", {}, label), el("input", {**about, **needed, "aria-describedby": described})),
            clear,
        ),
        el("p", {"class": "wrong small", "id": f"{name}-wrong", "role": "alert"}),
        hint,
    )


def _group(catalog: Catalog, facet: Facet, view: View, counts: Mapping[str, int]) -> Node:
    chosen = view.chosen(facet)
    options = facet.options(catalog)
    shown, rest, unlisted = ranked(options, counts, chosen)
    first = 0 if facet.chips else FEW if len(options) > MANY else len(options)
    listed, others = shown[:first], shown[first:]
    if not rest:
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
        el("legend", {}, how(catalog, ON_CONFIDENCE, facet.label) if facet.key == "confidence" else facet.label),
        el("div", {"class": "list"}, *(button(option, True) for option in listed)) if listed else None,
        el("div", {"class": "chips"}, *(button(option, False) for option in others)) if others else None,
        _others(facet, [button(option, False) for option in rest], unlisted) if rest else None,
    )


def _others(facet: Facet, buttons: Sequence[Node], unlisted: int) -> Node:
    """Return what is folded behind how many more there are, with a search in it."""
    label = f"Search in {facet.label.lower()}"
    field = {"type": "search", "aria-label": label, "placeholder": label, "sift": NONE_CALLED}
    return el(
        "details",
        {"class": "rest", "keep": facet.key},
        el("summary", {"class": "small"}, f"{len(buttons) + unlisted:,} more"),
        el("input", field),
        el("p", {"class": "quiet small", "role": "status"}),
        el("div", {"class": "chips"}, *buttons),
        el("p", {"class": "quiet small"}, f"and {unlisted:,} that are found by the search above the dates")
        if unlisted
        else None,
    )
