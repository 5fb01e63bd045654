"""Posture: who holds what as of the window's right edge: sites by force and country, and areas by force."""

from collections.abc import Iterator
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.method import ON_CONFIDENCE, ON_KNOWN
from components.map.symbols import SHAPES
from components.panels.elements import SELECT, Document, Node, el, symbol
from components.panels.method import how
from components.panels.sources import cited_line
from components.view.held_areas import HeldArea, held_area
from components.view.on_view import OnView
from components.view.posture import CERTAIN, POSSIBLE, Held
from components.view.posture import posture as holders
from components.view.title import scope_text
from components.view.view import View
from components.view.wording import (
    CERTAINTY,
    capital,
    count_text,
    date_text,
    day_text,
    on_text,
    sentence,
    since_text,
    unreported_text,
)

MAX_AREAS: Final = 100
"""Areas that are listed; the files and the API have all."""


def posture(on_view: OnView) -> Document:
    """List the sites and the areas on view that are held, each with since when and how surely."""
    catalog, view = on_view.catalog, on_view.view
    forces, sites = catalog.forces, catalog.sites
    names = dict(zip(forces["id"], forces["name"], strict=True))
    colours = dict(zip(forces["id"], forces["colour"], strict=True))
    countries: dict[str, tuple[str, ...]] = dict(zip(sites["id"], sites["country"], strict=True))
    groups: dict[tuple[str, str], list[Held]] = {}
    held_by = holders(catalog, on_view.end, on_view.known)
    for site in on_view.selection.states:
        for held in held_by[site]:
            for country in countries[site]:
                groups.setdefault((held.force, country), []).append(held)
    nodes: list[Node] = [el("h2", {}, f"{catalog.dataset.posture} on {day_text(view.end)}{scope_text(view)}")]
    held_areas = on_view.selection.areas
    if catalog.method and (groups or held_areas):
        words = "What “certain”, “as far as known” and “possible” mean"
        nodes.append(el("p", {"class": "quiet small"}, how(catalog, ON_KNOWN, words)))
    if not groups and (len(sites) or not held_areas):
        nodes.append(el("p", {"class": "quiet"}, "No site on view is held, as far as is known."))
    order = list(names)
    for (force, country), there in sorted(groups.items(), key=lambda group: (order.index(group[0][0]), group[0][1])):
        heading = el(
            "h3",
            {"class": "row"},
            symbol(SHAPES["square"], colours[force]),
            el("strong", {}, f"{names[force]} in {country}"),
            el("span", {"class": "end"}, _counted([held.certainty for held in there], "site")),
        )
        lines = [_line(catalog, str(sites.loc[one.site, "name"]), one, view) for one in there]
        nodes.append(el("section", {}, heading, el("ul", {}, *lines)))
    return Document([*nodes, *_areas(on_view)])


def _areas(on_view: OnView) -> Iterator[Node]:
    """Yield the areas on view that are held, a section for each force, each area with all that is known of it."""
    catalog, held = on_view.catalog, on_view.selection.areas
    rows, room = catalog.areas.loc[list(held)], MAX_AREAS
    for force, name, colour in zip(*(catalog.forces[column] for column in ("id", "name", "colour")), strict=True):
        there = list(rows["id"][rows["force"] == force])
        if not there:
            continue
        heading = el(
            "h3",
            {"class": "row"},
            symbol(SHAPES["square"], colour),
            el("strong", {}, f"Areas held by {name}"),
            el("span", {"class": "end"}, _counted([held[id_] for id_ in there], "area")),
        )
        listed = [_area(catalog, held_area(catalog, id_, held[id_], on_view.known)) for id_ in there[:room]]
        room -= len(listed)
        more = len(there) - len(listed)
        rest = el("li", {"class": "area quiet small"}, f"and {more:,} more, in the files and the API") if more else None
        yield el("section", {}, heading, el("ul", {}, *listed, rest))


def _area(catalog: Catalog, area: HeldArea) -> Node:
    sure = CERTAINTY[area.certainty]
    return el(
        "li",
        {"class": "area"},
        el("strong", {}, area.name),
        *([" (", how(catalog, ON_KNOWN, sure), ")"] if sure else []),
        el(
            "p",
            {"class": "quiet small"},
            sentence(area.stay),
            " ",
            how(catalog, ON_CONFIDENCE, capital(f"{area.confidence} confidence")),
            ".",
        ),
        el("p", {"class": "small"}, area.note) if area.note else None,
        cited_line(catalog, area.sources),
    )


def _counted(certainties: list[str], noun: str) -> str:
    """Return "7 sites, 2 possible"."""
    possible = certainties.count(POSSIBLE)
    sure = len(certainties) - possible
    parts = (count_text(sure, noun) if sure else "", f"{possible} possible" if possible else "")
    return ", ".join(part for part in parts if part)


def _line(catalog: Catalog, name: str, held: Held, view: View) -> Node:
    row = f"site:{held.site}"
    current = "true" if view.selected == row else "false"
    return el(
        "li",
        {"class": "standing"},
        el(
            "button",
            {"class": "row", "act": [SELECT, row], "aria-current": current},
            el("span", {}, name, el("span", {"class": "under"}, standing_text(held))),
        ),
        el("span", {"class": "end"}, how(catalog, ON_KNOWN, "possible")) if held.certainty == POSSIBLE else None,
    )


def standing_text(held: Held) -> str:
    """Return since when and how surely: "since March 2016, last confirmed 41 days before"."""
    since = since_text("since", held.since, held.first_confirmed)
    status = {"drawing-down": "drawing down", "reported": "reported"}.get(held.status, "")
    if held.certainty == CERTAIN:
        sure = ""
    elif held.ends:
        sure = f"until {date_text(held.ends)}, the day is not known"
    elif held.confirmed and held.silent_days > held.known_days:
        sure = f"last confirmed {on_text(held.confirmed)}"
    elif held.confirmed and held.silent_days:
        sure = f"last confirmed {count_text(held.silent_days, 'day')} before"
    else:
        sure = "no later word" if held.silent_days else ""
    unreported = unreported_text(held.searched) if held.searched else ""
    return ", ".join(part for part in (status, since, sure, unreported) if part)
