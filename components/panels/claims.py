"""Rival claims: what each side says, side by side, on whose word."""

from collections.abc import Iterable
from typing import Any

from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate, day_of
from components.catalog.tables import ROW_TABLES
from components.panels.elements import SELECT, Node, el
from components.panels.sources import archived_copy, source_link, source_tags
from components.view.claims import disagreements_about, forecast_text
from components.view.on_view import OnView
from components.view.sourcing import sourcing
from components.view.view import SELECTABLE
from components.view.wording import DISAGREE, capital, date_text, short_day


def claimed_row(catalog: Catalog, row: str) -> tuple[str, str]:
    """Return the name of a row that a claim is about, and the row to select for it, "" where it has no card."""
    prefix, _, id_ = row.partition(":")
    record: Any = catalog.tables[ROW_TABLES[prefix]].loc[id_]
    if prefix in SELECTABLE:
        return str(record["name" if prefix == "site" else "title"]), row
    force = str(catalog.forces.loc[record["force"], "name"])
    site = record["site"]
    where = str(catalog.sites.loc[site, "name"]) if site else record["country"]
    when = date_text(record["date"]) if prefix == "strength" else ""
    return ", ".join(part for part in (force, where, when) if part), f"site:{site}" if site else ""


def sides(catalog: Catalog, claims: Iterable[Any], known: int | None, about: str = "") -> Node:
    """Return ``claims`` side by side, as known, with their sources; those on another row than ``about`` name it."""
    return el("ul", {"class": "sides"}, *(_side(catalog, claim, known, about) for claim in claims))


def _side(catalog: Catalog, claim: Any, known: int | None, about: str) -> Node:
    forecast = forecast_text(catalog, claim, known)
    sourced = sourcing(catalog, claim.sources)
    said_by: list[Node] = [el("li", {}, *_source(source)) for source in sourced.sources]
    said_by += [el("li", {"class": "quiet"}, caveat) for caveat in sourced.caveats]
    return el(
        "li",
        {"class": "side"},
        el("strong", {}, claim.value),
        el("p", {"class": "small"}, claim.claimant) if claim.claimant else None,
        el("p", {"class": "small"}, forecast) if forecast else None,
        el("p", {"class": "quiet small"}, claim.note) if claim.note else None,
        _other(catalog, claim.row, about) if claim.row != about else None,
        el("ul", {"class": "word small"}, *said_by),
    )


def _other(catalog: Catalog, row: str, about: str) -> Node:
    name, target = claimed_row(catalog, row)
    subject = el("button", {"class": "other", "act": [SELECT, target]}, name) if target not in ("", about) else name
    return el("p", {"class": "small"}, "On: ", subject)


def _source(source: Any) -> list[Node]:
    return [
        source_link(source, source.publisher),
        *archived_copy(source),
        " ",
        *source_tags(source),
        " ",
        el("span", {"class": "quiet day"}, _short(source.published) if source.published else "no date"),
    ]


def _short(partial: PartialDate) -> str:
    return short_day(day_of(partial.first)) if partial.first == partial.last else date_text(partial)


def rival_claims(on_view: OnView, about: str) -> Node | None:
    """Return what is said of a row side by side, each disagreement by itself."""
    nodes: list[Node] = []
    for topic, subject, rivals in disagreements_about(on_view, about):
        nodes.append(el("p", {"class": "topic"}, topic, el("span", {"class": "quiet small"}, f" ({subject})")))
        nodes.append(sides(on_view.catalog, rivals, on_view.known, about))
    if not nodes:
        return None
    warning = el("p", {"class": "quiet small"}, f"{capital(DISAGREE)}. Each side is told as its sources tell it.")
    return el("section", {"class": "dispute"}, el("h3", {}, "Rival claims"), warning, *nodes)
