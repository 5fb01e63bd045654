"""Claims: which were public, contradict each other, and are about what is on view; and what became of a forecast."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, NamedTuple

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.derived import derived
from components.catalog.records import records
from components.catalog.tables import ROW_TABLES
from components.view.on_view import OnView
from components.view.public import out_by, public_of
from components.view.selection import select_rows
from components.view.wording import date_text, sentence

UNTOLD: Final = "its day has passed; what became of it is not on record"
"""What is said of a forecast whose day has passed and of which no one has said what became of it."""


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


class Disagreement(NamedTuple):
    """Claims that contradict each other."""

    topic: str
    aspect: str
    """What they are about, in a word or two; "" of all that is claimed on a topic."""
    claims: list[Any]
    """Rows of the claims table, each with the sources that were public."""


def aspect(claim: Any) -> str:
    """Return what a claim is about, in a word or two."""
    field: str = claim.field
    if field == "summary" and claim.row.startswith("site:"):
        return "what it is"
    return ASPECTS.get(field, field.replace("_", " "))


def known_claims(catalog: Catalog, known: int | None) -> pd.DataFrame:
    """Return the claims that were public on day number ``known`` (None: all), each with the sources that were."""
    claims = catalog.claims
    if known is None:
        return claims
    out = out_by(catalog)
    public = pd.Series(
        [tuple(source for source in cited if out[source] <= known) for cited in claims["sources"]],
        index=claims.index,
        dtype=object,
    )
    return claims.assign(sources=public)[public.map(len).astype(bool)]


def rows_of_site(catalog: Catalog, site: str) -> set[str]:
    """Return the rows whose claims are about ``site``: itself, who held it, and how many were there."""
    held, counted = catalog.presence, catalog.strengths
    return {
        f"site:{site}",
        *(f"presence:{id_}" for id_ in held["id"][held["site"] == site]),
        *(f"strength:{id_}" for id_ in counted["id"][counted["site"] == site]),
    }


def shown_rows(on_view: OnView, rows: Iterable[str]) -> frozenset[str]:
    """Return those of ``rows``, such as ``site:al-tanf``, that are on view: by themselves, or by their site.

    A count of a country is on view where no filter rules it out; it is not on the map, so of the disputed only those
    rows are on view that are.
    """
    catalog, selection = on_view.catalog, on_view.selection
    strengths = select_rows(catalog, replace(on_view.view, disputed=False), "strengths")
    on_the_map = not on_view.view.disputed
    shown = {"incident": selection.incidents, "movement": selection.movements, "strength": strengths}

    def is_shown(row: str) -> bool:
        prefix, _, id_ = row.partition(":")
        table = catalog.tables[ROW_TABLES[prefix]]
        site = id_ if prefix == "site" else table.at[id_, "site"] if prefix in ("presence", "strength") else None
        if site:
            return site in selection.states
        return bool(shown[prefix].mask[table.index.get_loc(id_)]) and (prefix != "strength" or on_the_map)

    return frozenset(filter(is_shown, rows))


def claims_on_view(on_view: OnView) -> pd.DataFrame:
    """Return the claims on what is on view, as public; one that stood alone by then was no disagreement yet."""
    claims = _rival(known_claims(on_view.catalog, on_view.known), on_view.known)
    return claims[claims["row"].isin(shown_rows(on_view, claims["row"].unique()))]


def disagreements(on_view: OnView) -> tuple[list[Disagreement], list[Disagreement]]:
    """Return the claims by topic, in the order of claims.csv: those with a row on view, and the others."""
    claims = _rival(known_claims(on_view.catalog, on_view.known), on_view.known)
    shown = shown_rows(on_view, claims["row"].unique())
    topics: dict[str, list[Any]] = {}
    for claim in records(claims):
        topics.setdefault(claim.topic, []).append(claim)
    near: list[Disagreement] = []
    far: list[Disagreement] = []
    for topic, sides in topics.items():
        (near if any(claim.row in shown for claim in sides) else far).append(Disagreement(topic, "", sides))
    return near, far


def disagreements_about(on_view: OnView, row: str) -> list[Disagreement]:
    """Return what sources disagree on of a row with a card, such as ``site:al-tanf``; see ``rows_of_site``."""
    prefix, _, id_ = row.partition(":")
    rows = rows_of_site(on_view.catalog, id_) if prefix == "site" else {row}
    if rows.isdisjoint(_claimed(on_view.catalog)):
        return []
    public = known_claims(on_view.catalog, on_view.known)
    of_rows = public["row"].isin(rows)
    own: dict[str, list[Any]] = {}
    for claim in records(public[of_rows]):
        own.setdefault(claim.topic, []).append(claim)
    return [
        Disagreement(topic, about, rivals)
        for topic, claims in own.items()
        for about, rivals in _rivals(claims, list(records(public[(public["topic"] == topic) & ~of_rows])))
        if on_view.known is None or len(rivals) > 1  # one that stood alone by then was no disagreement yet
    ]


@derived()  # each card asks for it
def _claimed(catalog: Catalog) -> frozenset[str]:
    """Return the rows that claims are about."""
    return frozenset(catalog.claims["row"])


def _rivals(own: Iterable[Any], others: list[Any]) -> list[tuple[str, list[Any]]]:
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


def _rival(claims: pd.DataFrame, known: int | None) -> pd.DataFrame:
    """Return the claims on topics that had two sides on day ``known``."""
    if known is None:
        return claims
    return claims[claims["topic"].map(claims["topic"].value_counts()) > 1]


def forecast_text(catalog: Catalog, claim: Any, known: int | None) -> str:
    """Return what is to be said of a claim that is a forecast: by when, and what became of it; "" where it is none.

    Its day has passed when the curators looked for what came after it, and as known on a day when that has passed too.
    What became of it is told as known only where all that the claim rests on was public.
    """
    if claim.expected is None:
        return ""
    expected = f"Expected by {date_text(claim.expected)}."
    cited: Any = catalog.claims.at[claim.id, "sources"]
    if known is not None and known <= claim.expected.last:
        return expected
    if set(public_of(cited, catalog, known)) != set(cited):
        return expected
    if claim.outcome:
        return f"{expected} {_sentence(claim.outcome)}"
    checked = catalog.dataset.checked
    passed = checked is not None and claim.expected.last < day_number(checked)
    return f"{expected} {_sentence(UNTOLD)}" if passed else expected


def _sentence(text: str) -> str:
    return sentence(text.rstrip("."))
