"""Claims: which were public, which are about what is on view, and what is to be said of one that is a forecast."""

from datetime import date
from typing import Any, Final

import pandas as pd

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.tables import ROW_TABLES
from components.view.public import out_by, public_of
from components.view.selection import Selection
from components.view.strength import is_on_view
from components.view.view import View
from components.view.wording import date_text

UNTOLD: Final = "its day has passed; what became of it is not on record"
"""What is said of a forecast whose day has passed and of which no one has said what became of it."""


def known_claims(catalog: Catalog, known: date | None) -> pd.DataFrame:
    """Return the claims that were public on day ``known`` (None: all), each with the sources that were."""
    claims = catalog.claims
    if known is None:
        return claims
    out, day = out_by(catalog.sources), day_number(known)
    public = pd.Series(
        [tuple(source for source in cited if out[source] <= day) for cited in claims["sources"]],
        index=claims.index,
        dtype=object,
    )
    return claims.assign(sources=public)[public.map(len).astype(bool)]


def is_shown(catalog: Catalog, view: View, selection: Selection, row: str) -> bool:
    """Return whether a row is on view: by itself, by its site, or as a count that no filter rules out."""
    prefix, _, id_ = row.partition(":")
    table = ROW_TABLES[prefix]
    if prefix in ("incident", "movement"):
        shown = selection.incidents if prefix == "incident" else selection.movements
        return bool(shown.mask[catalog.tables[table].index.get_loc(id_)])
    if prefix == "site":
        return id_ in selection.states
    record: Any = catalog.tables[table].loc[id_]
    if record["site"]:
        return record["site"] in selection.states
    return is_on_view(record, view)


def claims_on_view(catalog: Catalog, view: View, selection: Selection) -> pd.DataFrame:
    """Return the claims on what is on view, as public; one that stood alone by then was no disagreement yet."""
    claims = known_claims(catalog, view.known)
    if view.known:
        sides = claims["topic"].value_counts()
        claims = claims[claims["topic"].map(sides) > 1]
    shown = {row: is_shown(catalog, view, selection, row) for row in claims["row"].unique()}
    return claims[claims["row"].map(shown).astype(bool)]


def forecast_text(catalog: Catalog, claim: Any, known: date | None) -> str:
    """Return what is to be said of a claim that is a forecast: by when, and what became of it; "" where it is none.

    Its day has passed when the curators looked for what came after it, and as known on a day when that has passed too.
    What became of it is told as known only where all that the claim rests on was public.
    """
    if claim.expected is None:
        return ""
    told = f"Expected by {date_text(claim.expected)}."
    cited: Any = catalog.claims.at[claim.id, "sources"]
    day = day_number(known) if known else None
    if day is not None and (day <= claim.expected.last or set(public_of(cited, catalog.sources, day)) != set(cited)):
        return told
    if claim.outcome:
        return f"{told} {_sentence(claim.outcome)}"
    checked = catalog.dataset.checked
    passed = checked is not None and claim.expected.last < day_number(checked)
    return f"{told} {_sentence(UNTOLD)}" if passed else told


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
