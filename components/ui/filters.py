"""The sidebar: what to show."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.method import ON_CONFIDENCE
from components.map.symbols import SHAPES
from components.panels.elements import Node, el, symbol
from components.panels.method import TITLE, how
from components.ui.acts import acts
from components.ui.mount import render
from components.ui.search import search_field
from components.view.extent import FIRST_DAY, LAST_DAY, reach
from components.view.facets import FACETS, Facet, Option
from components.view.record import age_text
from components.view.selection import Selection
from components.view.title import view_description
from components.view.view import View
from components.view.wording import PUBLIC_BY, capital, census_text

MANY: Final = 8
FEW: Final = 4
"""Options of a list beyond these are shown as chips, and only where an incident on view or a choice has them."""


def title(catalog: Catalog, view: View) -> None:
    """Say what dashboard this is and how old its record, and in the page's head what it shows."""
    dataset, description = catalog.dataset, view_description(catalog, view)
    # Where it takes two lines, each part stays whole.
    parts = [el("span", {}, part) for part in age_text(catalog, view.known).split("; ") if part]
    age = [node for part in parts for node in ("; ", part)][1:]
    render(
        "title",
        el("h1", {"describe": description}, dataset.title),
        el("p", {"class": "quiet"}, dataset.subtitle),
        el("p", {"class": "age quiet small"}, *age) if age else None,
        _trust(catalog),
        on_act=acts(catalog),
    )


def _trust(catalog: Catalog) -> Node | None:
    """Return that the incidents are a choice, and the way to how they were chosen; None where there is neither."""
    number = len(catalog.incidents)
    parts = [el("span", {}, census_text(number))] if number else []
    parts += [how(catalog, catalog.method.ids[0], TITLE)] if catalog.method else []
    spaced = [node for part in parts for node in (". ", part)][1:]
    return el("p", {"class": "age quiet small"}, *spaced) if parts else None


def chosen(view: View) -> int:
    """Return how many filters are set: values of facets, the search, the day of knowledge."""
    return sum(len(view.chosen(facet)) for facet in FACETS) + bool(view.search) + bool(view.known)


def filters(catalog: Catalog, view: View, selection: Selection) -> None:
    """Draw the sidebar's controls for ``view``; each changes the link."""
    search_field(catalog, view, selection)
    _dates(catalog, view)
    clear = el("button", {"class": "clear", "act": ["clear", ""]}, "Clear filters") if chosen(view) else None
    groups = [_group(catalog, facet, view, selection.counts.get(facet.key, {})) for facet in FACETS]
    render("facets", *groups, clear, on_act=acts(catalog))


def _dates(catalog: Catalog, view: View) -> None:
    first, last = reach(catalog)
    window = (min(first, view.start), max(last, view.end))
    render(
        "dates",
        el("div", {"class": "dates"}, _date("start", "From", window), _date("end", "To", window)),
        _date(
            "known",
            capital(PUBLIC_BY),
            (FIRST_DAY, LAST_DAY),
            el("p", {"class": "quiet small", "id": "known-hint"}, "Hides what was published later."),
            el("button", {"class": "chip", "aria-label": f"Clear “{PUBLIC_BY}”"}, "Clear"),
        ),
        on_act=acts(catalog),
        script="panels/assets/dates.js",
        days={
            "start": view.start.isoformat(),
            "end": view.end.isoformat(),
            "known": view.known.isoformat() if view.known else "",
        },
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
        el("legend", {}, how(catalog, ON_CONFIDENCE, facet.label) if facet.key == "confidence" else facet.label),
        el("div", {"class": "list"}, *(button(option, True) for option in listed)) if listed else None,
        el("div", {"class": "chips"}, *(button(option, False) for option in others)) if others else None,
    )
