"""A row in full: what it says, how sure it is, on whose word, and who says otherwise."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.method import ON_CONFIDENCE, ON_KNOWN, ON_PRECISION
from components.catalog.tables import ROW_TABLES
from components.map.symbols import SHAPES
from components.ui.claims import aspect, rows_of_site, sides
from components.ui.history import history
from components.ui.markup import Node, el, symbol
from components.ui.method import how
from components.ui.sources import archived_copy, source_link, source_tags
from components.view.as_known import as_public, presence_at
from components.view.claims import known_claims
from components.view.parts import PART_OF_ABOVE, nested, parts_of, whole_of, whole_title
from components.view.public import public_of
from components.view.sourcing import UNSOURCED, named, sourcing
from components.view.states import SiteState
from components.view.view import View
from components.view.wording import (
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

PRECISION: Final = {
    "site": "exact site",
    "town": "town, the point is not the place itself",
    "district": "district, somewhere within the circle",
    "country": "whole country or region, no place within it is known",
    "undisclosed": "undisclosed, somewhere within the dashed area",
}
CERTAINTY: Final = {"certain": "", "known": "as far as known", "possible": "possibly"}
PUBLISHERS: Final = 2
"""How many of a line's publishers are named."""
SITE_KINDS: Final = {"air-base": "air base", "landing-zone": "landing zone", "detention": "detention facility"}


def card(catalog: Catalog, row: str, states: Mapping[str, SiteState], view: View) -> Node:
    """Return the card of ``row``, such as ``site:al-tanf``; ``states`` are the sites' on ``view``."""
    kind, _, id_ = row.partition(":")
    frame = catalog.tables[ROW_TABLES[kind]]
    build: Callable[..., list[Node | None]] = {"site": _site, "incident": _incident, "movement": _movement}[kind]
    known = day_number(view.known) if view.known else None
    shown = as_public(frame.loc[[id_]], catalog, known)
    if view.known and shown.empty:
        return el("p", {"class": "quiet"}, f"What is selected was not public yet on {day_text(view.known)}.")
    record = next(_records(frame.loc[[id_]]))
    return el("article", {"class": "card"}, *build(catalog, record, states, view))


def _site(catalog: Catalog, site: Any, states: Mapping[str, SiteState], view: View) -> list[Node | None]:
    known = day_number(view.known) if view.known else None
    presence = presence_at(catalog, site.id, known).sort_values("start_first", ascending=False)
    names = _names(catalog)
    colours = dict(zip(catalog.forces["id"], catalog.forces["colour"], strict=True))
    held: list[Node] = [
        el(
            "li",
            {"class": "held"},
            el(
                "p",
                {"class": "row"},
                symbol(SHAPES["square"], colours[row.force]),
                el("strong", {}, names[row.force]),
                el("span", {}, _doing(row)),
            ),
            el(
                "p",
                {"class": "quiet small"},
                _sentence(_stay(row)),
            ),
            el("p", {"class": "small"}, sentence(unreported_text(row.searched))) if row.searched else None,
            el("p", {"class": "small"}, row.note) if row.note else None,
            _cited(catalog, row.sources),
        )
        for row in _records(presence)
    ]
    strengths = as_public(catalog.strengths[catalog.strengths["site"] == site.id], catalog, known)
    counted: list[Node] = [
        el(
            "li",
            {},
            f"{names[row.force]}: {range_text(row.low, row.high)}, {date_text(row.date)}. ",
            el("span", {"class": "quiet small"}, row.note),
            _cited(catalog, row.sources),
        )
        for row in _records(strengths)
    ]
    state = states.get(site.id)
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
        _summary(catalog, site, view),
        _section("Who held it", held, history(catalog, presence, view)),
        _section("Strength", counted),
        _section("Incidents here", _links(catalog, "incident", catalog.incidents["site"] == site.id, known)),
        _section(
            "Movements",
            _links(
                catalog,
                "movement",
                (catalog.movements["origin"] == site.id) | (catalog.movements["destination"] == site.id),
                known,
            ),
        ),
        _claims(catalog, view, f"site:{site.id}", rows_of_site(catalog, site.id)),
        _sources(catalog, site.sources, known),
    ]


def _doing(row: Any) -> str:
    """Return what a force does at a site, and under what name."""
    doing = row.status.replace("-", " ") if row.status != "present" else row.role
    return f"{doing} ({row.unit})" if row.unit else str(doing)


def _incident(catalog: Catalog, incident: Any, _: Mapping[str, SiteState], view: View) -> list[Node | None]:
    names = _names(catalog)
    kind = catalog.kinds.loc[incident.kind]
    return [
        el("h2", {}, incident.title),
        el("p", {"class": "row quiet"}, symbol(SHAPES[kind["shape"]], kind["colour"]), el("span", {}, kind["label"])),
        _facts(
            ("When", _when(incident)),
            ("Where", _place(catalog, incident.site or incident.place or ", ".join(incident.country))),
            (how(catalog, ON_PRECISION, "Precision"), _precision(incident)),
            ("Forces", ", ".join(names[force] for force in incident.forces)),
            ("Killed", tolls_text(incident.killed, names)),
            ("Wounded", tolls_text(incident.wounded, names)),
            ("Part of", _whole(catalog, "incident", incident.id, view)),
            (how(catalog, ON_CONFIDENCE, "Confidence"), incident.confidence),
        ),
        _summary(catalog, incident, view),
        _parts(catalog, "incident", incident.id, view),
        _claims(catalog, view, f"incident:{incident.id}", {f"incident:{incident.id}"}),
        _sources(catalog, incident.sources, day_number(view.known) if view.known else None),
    ]


def _movement(catalog: Catalog, movement: Any, _: Mapping[str, SiteState], view: View) -> list[Node | None]:
    number = range_text(movement.low, movement.high)
    return [
        el("h2", {}, movement.title),
        _facts(
            ("Kind", movement.kind),
            ("When", _when(movement)),
            ("From", _place(catalog, movement.origin or "not stated")),
            ("To", _place(catalog, movement.destination or "not stated")),
            ("Force", _names(catalog)[movement.force]),
            ("What moved", moved_text(movement.moved, movement.what)),
            ("Number", f"{number} {movement.unit}" if number else "not stated"),
            ("Part of", _whole(catalog, "movement", movement.id, view)),
            (how(catalog, ON_CONFIDENCE, "Confidence"), movement.confidence),
        ),
        _summary(catalog, movement, view),
        _parts(catalog, "movement", movement.id, view),
        _claims(catalog, view, f"movement:{movement.id}", {f"movement:{movement.id}"}),
        _sources(catalog, movement.sources, day_number(view.known) if view.known else None),
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


def _stay(row: Any) -> str:
    return stay_text(row.start, row.end, row.last_confirmed, row.first_confirmed)


def _facts(*pairs: tuple[Node, Node]) -> Node:
    told: list[Node] = []
    for term, fact in pairs:
        if fact:
            told += [el("dt", {}, term), el("dd", {}, _sentence(fact) if isinstance(fact, str) else fact)]
    return el("dl", {"class": "facts"}, *told)


def _section(title: str, items: list[Node], above: Node | None = None) -> Node | None:
    return el("section", {}, el("h3", {}, title), above, el("ul", {}, *items)) if items else None


def _links(catalog: Catalog, kind: str, rows: pd.Series, known: int | None, within: bool = False) -> list[Node]:
    """Return the rows of a table as buttons that select them, each part behind its whole where that is among them.

    ``within``: they are told as the parts of a row already.
    """
    name = ROW_TABLES[kind]
    public = as_public(catalog.tables[name][rows], catalog, known)
    told = {row.id: row for row in _records(public)}
    return [
        el(
            "li",
            {"class": "part"} if depth else {},
            el(
                "button",
                {"class": "row", "act": ["select", f"{kind}:{row.id}"]},
                el(
                    "span",
                    {},
                    row.title,
                    None if within else _part_text(catalog, name, row.id, depth, known),
                    el("span", {"class": "under"}, _publishers(catalog, row.sources)),
                ),
                el("span", {"class": "end"}, span_text(row.start, row.end)),
            ),
        )
        for id_, depth in nested(catalog, name, list(told))
        for row in [told[id_]]
    ]


def _part_text(catalog: Catalog, name: str, id_: str, depth: int, known: int | None) -> Node | None:
    """Return of what a row is a part: of the one above it, or by name of one that is not in the list."""
    if depth:
        return el("span", {"class": "under"}, PART_OF_ABOVE)
    whole = whole_title(catalog, name, id_, known)
    return el("span", {"class": "under"}, f"part of: {whole}") if whole else None


def _whole(catalog: Catalog, kind: str, id_: str, view: View) -> Node:
    """Return the row that another is a part of, as a button that selects it; "" where there is none."""
    name, known = ROW_TABLES[kind], day_number(view.known) if view.known else None
    whole = whole_of(catalog, name, id_, known)
    if not whole:
        return ""
    title = whole_title(catalog, name, id_, known)
    return el("button", {"class": "other", "act": ["select", f"{kind}:{whole}"]}, title)


def _parts(catalog: Catalog, kind: str, id_: str, view: View) -> Node | None:
    """Return the parts of a row; None where it has none."""
    frame, known = catalog.tables[ROW_TABLES[kind]], day_number(view.known) if view.known else None
    rows = frame["id"].isin(parts_of(catalog, ROW_TABLES[kind], id_))
    items = _links(catalog, kind, rows, known, within=True) if rows.any() else []
    told = el("p", {"class": "quiet small"}, "Their numbers are in this one's, and not to be added to it.")
    return _section("Its parts", items, told)


def _summary(catalog: Catalog, row: Any, view: View) -> Node:
    """Return a row's summary; as known on a day only where all it rests on was public."""
    if view.known and len(public_of(row.sources, catalog.sources, day_number(view.known))) < len(row.sources):
        hidden = f"Its summary rests on sources of after {day_text(view.known)} too, so it is not shown."
        return el("p", {"class": "quiet"}, hidden)
    return el("p", {}, row.summary)


def _publishers(catalog: Catalog, sources: tuple[str, ...]) -> str:
    """Return "Reuters, AFP: 3 sources": who says so, the first few by name."""
    told = sourcing(catalog, sources)
    names = told.publishers
    if not names:
        return _sentence(UNSOURCED)
    more = " and others" if len(names) > PUBLISHERS else ""
    return f"{', '.join(names[:PUBLISHERS])}{more}: {told.counted}"


def _claims(catalog: Catalog, view: View, about: str, rows: set[str]) -> Node | None:
    """Return what is said of ``rows`` side by side, each disagreement by itself."""
    public = known_claims(catalog, view.known)
    of_rows = public["row"].isin(rows)
    own: dict[str, list[Any]] = {}
    for claim in _records(public[of_rows]):
        own.setdefault(claim.topic, []).append(claim)
    told: list[Node] = []
    for topic, claims in own.items():
        others = list(_records(public[(public["topic"] == topic) & ~of_rows]))
        for subject, rivals in _disagreements(claims, others):
            if view.known and len(rivals) < 2:
                continue  # no disagreement yet
            told.append(el("p", {"class": "topic"}, topic, el("span", {"class": "quiet small"}, f" ({subject})")))
            told.append(sides(catalog, rivals, view.known, about))
    if not told:
        return None
    warning = el("p", {"class": "quiet small"}, "Sources disagree. Each side is told as its sources tell it.")
    return el("section", {"class": "dispute"}, el("h3", {}, "Rival claims"), warning, *told)


def _disagreements(own: Iterable[Any], others: list[Any]) -> list[tuple[str, list[Any]]]:
    """Return the claims of a topic as rivals, by what they are about.

    A claim that stands alone in that is told with those that other rows have on it, else with the topic's others.
    """
    groups: dict[str, list[Any]] = {}
    for claim in own:
        groups.setdefault(aspect(claim), []).append(claim)
    for subject, claims in groups.items():
        if len(claims) == 1:
            claims += [other for other in others if aspect(other) == subject]
    first, *rest = sorted(groups.items(), key=lambda group: -len(group[1]))
    alone = [claim for _, claims in rest if len(claims) == 1 for claim in claims]
    first[1].extend(alone or (others if len(first[1]) == 1 else ()))
    return [first, *(group for group in rest if len(group[1]) > 1)]


def _cited(catalog: Catalog, sources: Iterable[str]) -> Node:
    """Return a line of sources, each a link with its kind."""
    told = sourcing(catalog, sources)
    cited: list[Node] = []
    for row in told.sources:
        cited += [*([", "] if cited else []), source_link(row, named(row)), *archived_copy(row)]
    for caveat in told.caveats:
        cited += ["; ", caveat] if cited else [_sentence(caveat)]
    return el("p", {"class": "quiet small"}, *cited)


def _sources(catalog: Catalog, cited: Iterable[str], known: int | None) -> Node:
    told = sourcing(catalog, public_of(cited, catalog.sources, known))
    items: list[Node] = [
        el(
            "li",
            {"class": "source"},
            source_link(row, row.title),
            *archived_copy(row),
            el(
                "p",
                {"class": "quiet small"},
                ", ".join(part for part in (row.publisher, date_text(row.published) if row.published else "") if part),
                " ",
                *source_tags(row),
            ),
            el("p", {"class": "small"}, row.note) if row.note else None,
        )
        for row in told.sources
    ]
    items += [el("li", {"class": "source quiet"}, _sentence(caveat)) for caveat in told.caveats]
    heading = "Source" if len(told.sources) == 1 else _sentence(told.counted)
    return el("section", {}, el("h3", {}, heading), el("ul", {}, *items))


def _place(catalog: Catalog, place: str) -> Node:
    """Return where something was: a site's name as a button that selects it, another place as it is."""
    if place not in catalog.sites.index:
        return place
    return el("button", {"class": "other", "act": ["select", f"site:{place}"]}, str(catalog.sites.loc[place, "name"]))


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


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _records(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)
