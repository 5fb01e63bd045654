"""Posture: who holds what as of the window's right edge, by force and country."""

from components.catalog.catalog import Catalog
from components.catalog.method import ON_KNOWN
from components.map.symbols import SHAPES
from components.panels.elements import SELECT, Document, Node, el, symbol
from components.panels.method import how
from components.view.on_view import OnView
from components.view.posture import CERTAIN, POSSIBLE, Held
from components.view.posture import posture as holders
from components.view.title import scope_text
from components.view.view import View
from components.view.wording import count_text, date_text, day_text, on_text, since_text, unreported_text


def posture(on_view: OnView) -> Document:
    """List the sites on view that are held, each with since when and how surely."""
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
    nodes: list[Node] = [el("h2", {}, f"Posture on {day_text(view.end)}{scope_text(view)}")]
    if catalog.method and groups:
        words = "What “certain”, “as far as known” and “possible” mean"
        nodes.append(el("p", {"class": "quiet small"}, how(catalog, ON_KNOWN, words)))
    if not groups:
        nodes.append(el("p", {"class": "quiet"}, "No site on view is held, as far as is known."))
    order = list(names)
    for (force, country), there in sorted(groups.items(), key=lambda group: (order.index(group[0][0]), group[0][1])):
        heading = el(
            "h3",
            {"class": "row"},
            symbol(SHAPES["square"], colours[force]),
            el("strong", {}, f"{names[force]} in {country}"),
            el("span", {"class": "end"}, _counted(there)),
        )
        lines = [_line(catalog, str(sites.loc[one.site, "name"]), one, view) for one in there]
        nodes.append(el("section", {}, heading, el("ul", {}, *lines)))
    return Document(nodes)


def _counted(held: list[Held]) -> str:
    """Return "7 sites, 2 possible"."""
    possible = sum(one.certainty == POSSIBLE for one in held)
    sure = len(held) - possible
    parts = (count_text(sure, "site") if sure else "", f"{possible} possible" if possible else "")
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
