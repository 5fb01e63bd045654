"""Rival claims: what each side says, side by side, on whose word."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate, day_of
from components.catalog.tables import ROW_TABLES
from components.panels.elements import SELECT, Node, el
from components.panels.sources import archived_copy, source_link, source_tags
from components.view.claims import forecast_text, known_claims
from components.view.on_view import OnView
from components.view.sourcing import sourcing
from components.view.view import SELECTABLE
from components.view.wording import date_text, short_day

ASPECTS: Final = {
    "admin1": "governorate",
    "aliases": "names",
    "country": "country",
    "destination": "destination",
    "end": "when",
    "force": "who",
    "forces": "who",
    "high": "how many",
    "killed": "killed and wounded",
    "lat": "where",
    "lon": "where",
    "low": "how many",
    "name": "name",
    "origin": "origin",
    "place": "where",
    "start": "when",
    "status": "how it was held",
    "summary": "what happened",
    "wounded": "killed and wounded",
}
"""What a column in question is about: claims on columns of one aspect are rivals. Others speak for themselves."""


def aspect(claim: Any) -> str:
    """Return what a claim is about, in a word or two."""
    field: str = claim.field
    if field == "summary" and claim.row.startswith("site:"):
        return "what it is"
    return ASPECTS.get(field, field.replace("_", " "))


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


def rows_of_site(catalog: Catalog, site: str) -> set[str]:
    """Return the rows whose claims are about ``site``: itself, who held it, and how many were there."""
    held, counted = catalog.presence, catalog.strengths
    return {
        f"site:{site}",
        *(f"presence:{id_}" for id_ in held["id"][held["site"] == site]),
        *(f"strength:{id_}" for id_ in counted["id"][counted["site"] == site]),
    }


def sides(catalog: Catalog, claims: Iterable[Any], known: date | None, about: str = "") -> Node:
    """Return ``claims`` side by side, as known, with their sources; those on another row than ``about`` name it."""
    return el("ul", {"class": "sides"}, *(_side(catalog, claim, known, about) for claim in claims))


def _side(catalog: Catalog, claim: Any, known: date | None, about: str) -> Node:
    forecast = forecast_text(catalog, claim, known)
    told = sourcing(catalog, claim.sources)
    word: list[Node] = [el("li", {}, *_source(source)) for source in told.sources]
    word += [el("li", {"class": "quiet"}, caveat) for caveat in told.caveats]
    return el(
        "li",
        {"class": "side"},
        el("strong", {}, claim.value),
        el("p", {"class": "small"}, claim.claimant) if claim.claimant else None,
        el("p", {"class": "small"}, forecast) if forecast else None,
        el("p", {"class": "quiet small"}, claim.note) if claim.note else None,
        _other(catalog, claim.row, about) if claim.row != about else None,
        el("ul", {"class": "word small"}, *word),
    )


def _other(catalog: Catalog, row: str, about: str) -> Node:
    name, target = claimed_row(catalog, row)
    told = el("button", {"class": "other", "act": [SELECT, target]}, name) if target not in ("", about) else name
    return el("p", {"class": "small"}, "On: ", told)


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


def rival_claims(shown: OnView, about: str, rows: set[str]) -> Node | None:
    """Return what is said of ``rows`` side by side, each disagreement by itself."""
    known = shown.view.known
    public = known_claims(shown.catalog, known)
    of_rows = public["row"].isin(rows)
    own: dict[str, list[Any]] = {}
    for claim in _records(public[of_rows]):
        own.setdefault(claim.topic, []).append(claim)
    told: list[Node] = []
    for topic, claims in own.items():
        others = list(_records(public[(public["topic"] == topic) & ~of_rows]))
        for subject, rivals in _disagreements(claims, others):
            if known and len(rivals) < 2:
                continue  # no disagreement yet
            told.append(el("p", {"class": "topic"}, topic, el("span", {"class": "quiet small"}, f" ({subject})")))
            told.append(sides(shown.catalog, rivals, known, about))
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


def _records(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)
