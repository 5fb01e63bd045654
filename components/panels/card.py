"""A row in full: what it says, how sure it is, on whose word, and who says otherwise."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.method import ON_CONFIDENCE
from components.catalog.records import records
from components.catalog.tables import ROW_TABLES
from components.map.symbols import SHAPES
from components.panels.claims import rival_claims
from components.panels.elements import SELECT, Document, Node, el, script_of, section, selected_by, symbol
from components.panels.history import history
from components.panels.method import how
from components.panels.rows import parts_section, row_links
from components.panels.sources import cited_line, source_section
from components.view.as_known import as_public, presence_at
from components.view.facts import Fact, facts_of
from components.view.index import numbers_of
from components.view.on_view import OnView
from components.view.public import public_of
from components.view.view import SELECTABLE
from components.view.wording import (
    capital,
    date_text,
    day_text,
    doing_text,
    range_text,
    sentence,
    stay_text,
    unreported_text,
)

HINT: Final = "Nothing is selected. Click a symbol or an arrow on the map, or a row of the table."


def selected(on_view: OnView) -> Document:
    """Return the card of what is selected; a hint where nothing is.

    Field: ``numbers``, by the name of each incident that the card offers to select, its number in the catalog, by which
    alone the map knows incidents.
    """
    row = on_view.view.selected
    return _document(on_view, card(on_view, row)) if row else Document([el("p", {"class": "quiet"}, HINT)])


def cards(on_view: OnView) -> Iterator[tuple[str, Document]]:
    """Yield the card of every row there is, on view or not, with the row's name in a link."""
    catalog = on_view.catalog
    for kind in SELECTABLE:
        table = ROW_TABLES[kind]
        frame = catalog.tables[table]
        public = set(as_public(frame, catalog, on_view.known)["id"])
        tell = facts_of(on_view, table)
        for row in records(frame):
            node = _card(on_view, kind, row, tell) if row.id in public else _unpublished(on_view)
            yield f"{kind}:{row.id}", _document(on_view, node)


def card(on_view: OnView, row: str) -> Node:
    """Return the card of ``row``, such as ``site:al-tanf``, as of the window's last day and as known then."""
    catalog = on_view.catalog
    kind, _, id_ = row.partition(":")
    table = ROW_TABLES[kind]
    one = catalog.tables[table].loc[[id_]]
    if on_view.view.known and as_public(one, catalog, on_view.known).empty:
        return _unpublished(on_view)
    return _card(on_view, kind, records(one)[0], facts_of(on_view, table))


Facts = Callable[[Any], list[Fact]]
"""What tells the facts of a row of a table."""


def _card(on_view: OnView, kind: str, row: Any, tell: Facts) -> Node:
    build: Callable[[OnView, Any, Facts], list[Node | None]] = {
        "site": _site,
        "incident": _incident,
        "movement": _movement,
    }[kind]
    return el("article", {"class": "card"}, *build(on_view, row, tell))


def _unpublished(on_view: OnView) -> Node:
    day = day_text(on_view.view.known) if on_view.view.known else ""
    return el("p", {"class": "quiet"}, f"What is selected was not public yet on {day}.")


def _document(on_view: OnView, node: Node) -> Document:
    incidents = sorted({name for name in selected_by(node) if name.startswith("incident:")})
    if not incidents:
        return Document([node], {"numbers": {}})
    numbers = numbers_of([name.partition(":")[2] for name in incidents], on_view.catalog.incidents)
    return Document([node], {"numbers": dict(zip(incidents, numbers.tolist(), strict=True))})


def _site(on_view: OnView, site: Any, tell: Facts) -> list[Node | None]:
    catalog, known = on_view.catalog, on_view.known
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
        for row in records(strengths)
    ]
    moved = (catalog.movements["origin"] == site.id) | (catalog.movements["destination"] == site.id)
    return [
        el("h2", {}, site.name),
        el("p", {"class": "arabic", **script_of(site.name_ar)}, site.name_ar) if site.name_ar else None,
        _facts(on_view.catalog, tell(site)),
        _summary(on_view, site),
        section("Who held it", [_held(catalog, row, names) for row in records(presence)], history(on_view, presence)),
        section("Strength", counted),
        section("Incidents here", row_links(on_view, "incident", catalog.incidents["site"] == site.id)),
        section("Movements", row_links(on_view, "movement", moved)),
        rival_claims(on_view, f"site:{site.id}"),
        source_section(catalog, public_of(site.sources, catalog, known)),
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
            el("span", {}, doing_text(row.status, row.role, row.unit)),
        ),
        el(
            "p",
            {"class": "quiet small"},
            sentence(stay_text(row.start, row.end, row.last_confirmed, row.first_confirmed)),
            " ",
            how(catalog, ON_CONFIDENCE, capital(f"{row.confidence} confidence")),
            ".",
        ),
        el("p", {"class": "small"}, sentence(unreported_text(row.searched))) if row.searched else None,
        el("p", {"class": "small"}, row.note) if row.note else None,
        cited_line(catalog, row.sources),
    )


def _incident(on_view: OnView, incident: Any, tell: Facts) -> list[Node | None]:
    catalog = on_view.catalog
    kind = catalog.kinds.loc[incident.kind]
    return [
        el("h2", {}, incident.title),
        el("p", {"class": "row quiet"}, symbol(SHAPES[kind["shape"]], kind["colour"]), el("span", {}, kind["label"])),
        _facts(on_view.catalog, tell(incident)),
        _summary(on_view, incident),
        parts_section(on_view, "incident", incident.id),
        rival_claims(on_view, f"incident:{incident.id}"),
        source_section(catalog, public_of(incident.sources, catalog, on_view.known)),
    ]


def _movement(on_view: OnView, movement: Any, tell: Facts) -> list[Node | None]:
    catalog = on_view.catalog
    return [
        el("h2", {}, movement.title),
        _facts(on_view.catalog, tell(movement)),
        _summary(on_view, movement),
        parts_section(on_view, "movement", movement.id),
        rival_claims(on_view, f"movement:{movement.id}"),
        source_section(catalog, public_of(movement.sources, catalog, on_view.known)),
    ]


def _summary(on_view: OnView, row: Any) -> Node:
    """Return a row's summary; as known on a day only where all it rests on was public."""
    view = on_view.view
    if view.known and len(public_of(row.sources, on_view.catalog, on_view.known)) < len(row.sources):
        hidden = f"Its summary rests on sources of after {day_text(view.known)} too, so it is not shown."
        return el("p", {"class": "quiet"}, hidden)
    return el("p", {}, row.summary)


def _names(catalog: Catalog) -> dict[str, str]:
    return dict(zip(catalog.forces["id"], catalog.forces["name"], strict=True))


def _facts(catalog: Catalog, facts: list[Fact]) -> Node:
    """Return what view/facts.py tells of a row, as terms and what is said of each."""
    return el("dl", {"class": "facts"}, *(part for fact in facts for part in fact_nodes(catalog, fact)))


def fact_nodes(catalog: Catalog, fact: Fact) -> tuple[Node, Node]:
    """Return a fact's term and text: what the method explains leads there, a row that it names selects it."""
    explained = fact.method and not fact.explained
    term = el("dt", {}, how(catalog, fact.method, fact.label) if explained else fact.label)
    if fact.row:
        return term, el("dd", {}, el("button", {"class": "other", "act": [SELECT, fact.row]}, fact.text))
    if fact.explained:
        pieces = [how(catalog, fact.method, text) if marked else text for text, marked in fact.pieces]
        return term, el("dd", {}, el("span", {}, *pieces))
    return term, el("dd", {}, fact.text)
