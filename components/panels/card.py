"""A row in full: what it says, how sure it is, on whose word, and who says otherwise."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.method import ON_CONFIDENCE, ON_KNOWN, ON_PRECISION
from components.catalog.tables import ROW_TABLES
from components.map.symbols import SHAPES
from components.panels.claims import rival_claims, rows_of_site
from components.panels.elements import Document, Node, el, section, symbol
from components.panels.history import history
from components.panels.method import how
from components.panels.rows import parts_section, row_links, site_link, whole_link
from components.panels.sources import cited_line, source_section
from components.view.as_known import as_public, presence_at
from components.view.on_view import OnView
from components.view.public import public_of
from components.view.states import SiteState
from components.view.wording import (
    capital,
    date_text,
    day_text,
    moved_text,
    range_text,
    sentence,
    span_text,
    stay_text,
    tolls_text,
    unreported_text,
)

HINT: Final = "Nothing is selected. Click a symbol or an arrow on the map, or a row of the table."
PRECISION: Final = {
    "site": "exact site",
    "town": "town, the point is not the place itself",
    "district": "district, somewhere within the circle",
    "country": "whole country or region, no place within it is known",
    "undisclosed": "undisclosed, somewhere within the dashed area",
}
CERTAINTY: Final = {"certain": "", "known": "as far as known", "possible": "possibly"}
SITE_KINDS: Final = {"air-base": "air base", "landing-zone": "landing zone", "detention": "detention facility"}


def selected(shown: OnView) -> Document:
    """Return the card of what is selected; a hint where nothing is."""
    row = shown.view.selected
    return Document([card(shown, row) if row else el("p", {"class": "quiet"}, HINT)])


def card(shown: OnView, row: str) -> Node:
    """Return the card of ``row``, such as ``site:al-tanf``, as of the window's last day and as known then."""
    catalog = shown.catalog
    kind, _, id_ = row.partition(":")
    one = catalog.tables[ROW_TABLES[kind]].loc[[id_]]
    if shown.view.known and as_public(one, catalog, shown.known).empty:
        return el("p", {"class": "quiet"}, f"What is selected was not public yet on {day_text(shown.view.known)}.")
    build: Callable[[OnView, Any], list[Node | None]] = {
        "site": _site,
        "incident": _incident,
        "movement": _movement,
    }[kind]
    return el("article", {"class": "card"}, *build(shown, next(_records(one))))


def _site(shown: OnView, site: Any) -> list[Node | None]:
    catalog, known = shown.catalog, shown.known
    presence = presence_at(catalog, site.id, known).sort_values("start_first", ascending=False)
    names = _names(catalog)
    strengths = as_public(catalog.strengths[catalog.strengths["site"] == site.id], catalog, known)
    counted = [
        el(
            "li",
            {},
            f"{names[row.force]}: {range_text(row.low, row.high)}, {date_text(row.date)}. ",
            el("span", {"class": "quiet small"}, row.note),
            cited_line(catalog, row.sources),
        )
        for row in _records(strengths)
    ]
    moved = (catalog.movements["origin"] == site.id) | (catalog.movements["destination"] == site.id)
    state = shown.selection.states.get(site.id)
    return [
        el("h2", {}, site.name),
        el("p", {"class": "arabic", "lang": "ar", "dir": "rtl"}, site.name_ar) if site.name_ar else None,
        _facts(
            ("Status", el("span", {}, *_standing(catalog, state, names)) if state else ""),
            ("Kind", SITE_KINDS.get(site.kind, site.kind)),
            ("Where", ", ".join(part for part in (site.admin1, " / ".join(site.country)) if part)),
            (how(catalog, ON_PRECISION, "Precision"), _precision(site)),
            ("Also called", "; ".join(site.aliases)),
        ),
        _summary(shown, site),
        section("Who held it", [_held(catalog, row, names) for row in _records(presence)], history(shown, presence)),
        section("Strength", counted),
        section("Incidents here", row_links(shown, "incident", catalog.incidents["site"] == site.id)),
        section("Movements", row_links(shown, "movement", moved)),
        rival_claims(shown, f"site:{site.id}", rows_of_site(catalog, site.id)),
        source_section(catalog, public_of(site.sources, catalog.sources, known)),
    ]


def _held(catalog: Catalog, row: Any, names: Mapping[str, str]) -> Node:
    """Return one force's stay at a site: what it did there, from when to when, and on whose word."""
    colour = str(catalog.forces.loc[row.force, "colour"])
    return el(
        "li",
        {"class": "held"},
        el(
            "p",
            {"class": "row"},
            symbol(SHAPES["square"], colour),
            el("strong", {}, names[row.force]),
            el("span", {}, _doing(row)),
        ),
        el(
            "p",
            {"class": "quiet small"},
            capital(stay_text(row.start, row.end, row.last_confirmed, row.first_confirmed)),
        ),
        el("p", {"class": "small"}, sentence(unreported_text(row.searched))) if row.searched else None,
        el("p", {"class": "small"}, row.note) if row.note else None,
        cited_line(catalog, row.sources),
    )


def _doing(row: Any) -> str:
    """Return what a force does at a site, and under what name."""
    doing = row.status.replace("-", " ") if row.status != "present" else row.role
    return f"{doing} ({row.unit})" if row.unit else str(doing)


def _incident(shown: OnView, incident: Any) -> list[Node | None]:
    catalog = shown.catalog
    names = _names(catalog)
    kind = catalog.kinds.loc[incident.kind]
    return [
        el("h2", {}, incident.title),
        el("p", {"class": "row quiet"}, symbol(SHAPES[kind["shape"]], kind["colour"]), el("span", {}, kind["label"])),
        _facts(
            ("When", _when(incident)),
            ("Where", site_link(catalog, incident.site or incident.place or ", ".join(incident.country))),
            (how(catalog, ON_PRECISION, "Precision"), _precision(incident)),
            ("Forces", ", ".join(names[force] for force in incident.forces)),
            ("Killed", tolls_text(incident.killed, names)),
            ("Wounded", tolls_text(incident.wounded, names)),
            ("Part of", whole_link(shown, "incident", incident.id)),
            (how(catalog, ON_CONFIDENCE, "Confidence"), incident.confidence),
        ),
        _summary(shown, incident),
        parts_section(shown, "incident", incident.id),
        rival_claims(shown, f"incident:{incident.id}", {f"incident:{incident.id}"}),
        source_section(catalog, public_of(incident.sources, catalog.sources, shown.known)),
    ]


def _movement(shown: OnView, movement: Any) -> list[Node | None]:
    catalog = shown.catalog
    number = range_text(movement.low, movement.high)
    return [
        el("h2", {}, movement.title),
        _facts(
            ("Kind", movement.kind),
            ("When", _when(movement)),
            ("From", site_link(catalog, movement.origin or "not stated")),
            ("To", site_link(catalog, movement.destination or "not stated")),
            ("Force", _names(catalog)[movement.force]),
            ("What moved", moved_text(movement.moved, movement.what)),
            ("Number", f"{number} {movement.unit}" if number else "not stated"),
            ("Part of", whole_link(shown, "movement", movement.id)),
            (how(catalog, ON_CONFIDENCE, "Confidence"), movement.confidence),
        ),
        _summary(shown, movement),
        parts_section(shown, "movement", movement.id),
        rival_claims(shown, f"movement:{movement.id}", {f"movement:{movement.id}"}),
        source_section(catalog, public_of(movement.sources, catalog.sources, shown.known)),
    ]


def _standing(catalog: Catalog, state: SiteState, names: Mapping[str, str]) -> list[Node]:
    """Return who holds a site, as a sentence; how surely leads to what that means."""
    held: list[Node] = []
    for holder in state.holders:
        held += [*([", "] if held else []), names[holder.force]]
        if word := CERTAINTY[holder.certainty]:
            held += [" ", how(catalog, ON_KNOWN, f"({word})")]
    left = names.get(state.previous, "")
    told: dict[str, list[Node]] = {
        "held": ["Held: ", *held],
        "handed-over": [f"Handed over: {left} → ", *held],
        "vacated": [f"Vacated: {left} left, no one else is reported there"],
        "former": [f"No holder on record; formerly {left}"],
        "unknown": ["No holder on record"],
    }
    return told[state.status]


def _summary(shown: OnView, row: Any) -> Node:
    """Return a row's summary; as known on a day only where all it rests on was public."""
    view = shown.view
    if view.known and len(public_of(row.sources, shown.catalog.sources, shown.known)) < len(row.sources):
        hidden = f"Its summary rests on sources of after {day_text(view.known)} too, so it is not shown."
        return el("p", {"class": "quiet"}, hidden)
    return el("p", {}, row.summary)


def _precision(row: Any) -> str:
    if row.precision is None:
        return "not located, so not on the map"
    radius = "" if row.precision == "site" else f" (± {row.radius_km:,.0f} km)"
    return PRECISION[row.precision] + radius


def _when(row: Any) -> str:
    partial = row.start.first != row.start.last
    return span_text(row.start, row.end) + (" (the day is not known)" if partial else "")


def _names(catalog: Catalog) -> dict[str, str]:
    return dict(zip(catalog.forces["id"], catalog.forces["name"], strict=True))


def _facts(*pairs: tuple[Node, Node]) -> Node:
    told: list[Node] = []
    for term, fact in pairs:
        if fact:
            told += [el("dt", {}, term), el("dd", {}, capital(fact) if isinstance(fact, str) else fact)]
    return el("dl", {"class": "facts"}, *told)


def _records(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)
