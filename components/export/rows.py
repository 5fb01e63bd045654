"""The rows of what is on view, made page by page (lazily): what every file and the API consist of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd

from components.catalog.catalog import EVER, Catalog, disputed_ids
from components.catalog.dates import day_of
from components.catalog.tables import BY_NAME, NO_DOCUMENT, ROW_TABLES, Toll
from components.export.fields import Value, json_value
from components.export.named import names
from components.view.as_known import as_public, disputed_rows
from components.view.brief import Line, brief, called_forces
from components.view.cited import cited_on_view
from components.view.claims import claims_on_view, forecast_text
from components.view.on_view import OnView, on_view
from components.view.outcomes import OPENED
from components.view.parts import in_wholes, whole_title
from components.view.posture import Held, posture
from components.view.public import public_days, public_of
from components.view.selection import Numbers, Shown
from components.view.sourcing import ARCHIVED, UNSOURCED, marks, ranked, read_on
from components.view.sourcing import source_rows as sources_by_id
from components.view.strength import strengths_on_view
from components.view.totals import totals_on_view
from components.view.view import View
from components.view.wording import date_text, sentence, unreported_text

Row = dict[str, Value]
"""A row by its fields' names."""

_DISPUTABLE: Final = frozenset(ROW_TABLES.values())
"""The tables whose rows claims can be about."""

ROWS_AT_ONCE: Final = 1000
"""Rows that are made at a time where many leave."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A resource's rows on a view, in their order; made only when a page of them is asked for."""

    total: int
    _rows: Callable[[int, int], list[Row]]

    def page(self, start: int, stop: int) -> list[Row]:
        """Return the rows from ``start`` to before ``stop``."""
        return self._rows(start, min(stop, self.total)) if start < self.total else []

    def all(self) -> list[Row]:
        """Return all rows."""
        return self.page(0, self.total)

    def each(self) -> Iterator[Row]:
        """Return all rows one by one; no more than a page of them is in memory."""
        for start in range(0, self.total, ROWS_AT_ONCE):
            yield from self.page(start, start + ROWS_AT_ONCE)


def listed_sites(on_view: OnView) -> Listing:
    """Return the sites on view, each with who holds it as of the window's last day."""
    held_by = _held_by(on_view)
    states = on_view.selection.states
    called = called_forces(on_view.catalog)

    def derived(row: Any) -> Row:
        state, holders = states[row.id], held_by[row.id]
        return {
            "status": state.status,
            "held_by": [held.force for held in holders],
            "certainty": [held.certainty for held in holders],
            "since": [held.since.text if held.since else "unknown" for held in holders],
            "leaving": [
                sentence(unreported_text(held.searched, called[held.force])) for held in holders if held.searched
            ],
            "previous": state.previous or None,
            "opened": state.change == OPENED,
            "change": state.change or None,
        }

    return listed_rows(on_view, "sites", on_view.selection.sites, derived)


def listed_incidents(on_view: OnView, among: Shown | None = None) -> Listing:
    """Return the incidents on view; ``among``: those on view, where only some of them or others are listed."""
    rows = on_view.selection.incidents
    return _shown(
        on_view, "incidents", rows, among or rows, lambda row: {**_total("killed", row), **_total("wounded", row)}
    )


def _total(column: str, row: Any) -> Row:
    """Return all sides' people in a column of tolls as two numbers, None where none, or no upper one, is stated."""
    tolls: Sequence[Toll] = getattr(row, column)
    highs = [toll.high for toll in tolls if toll.high is not None]
    low = sum(toll.low for toll in tolls) if tolls else None
    return {f"{column}_low": low, f"{column}_high": sum(highs) if tolls and len(highs) == len(tolls) else None}


def listed_movements(on_view: OnView, among: Shown | None = None) -> Listing:
    """Return the movements on view, each with its ends as they were located; ``among`` as for the incidents."""
    called = _site_names(on_view.catalog)

    def derived(row: Any) -> Row:
        ends: Row = {"country": json_value(row.country)}
        for end in ("origin", "destination"):
            place = getattr(row, end)
            ends[f"{end}_name"] = called.get(place, place) or None
            for column in ("lat", "lon", "precision", "radius_km"):
                ends[f"{end}_{column}"] = json_value(getattr(row, f"{end}_{column}"))
        return ends

    rows = on_view.selection.movements
    return _shown(on_view, "movements", rows, among or rows, derived)


def _shown(on_view: OnView, name: str, rows: Shown, among: Shown, derived: Callable[[Any], Row]) -> Listing:
    """Return the listing of a table in time: of a page no more is taken from the table than the page.

    A part is said to be in its whole where that is ``among`` what is on view.
    """
    numbers = rows.numbers
    certain = rows.certain
    ids = rows.table["id"]
    parts = in_wholes(on_view.catalog, name, ids[rows.mask | among.mask])

    def derived_in_time(row: Any) -> Row:
        whole = whole_title(on_view.catalog, name, row.id, on_view.known) or None
        return {
            **derived(row),
            "earliest": day_of(row.start_first).isoformat(),
            "latest": day_of(row.end_last).isoformat() if row.end_last < EVER else None,
            "certain": bool(row.certain),
            "whole": whole,
            "in_whole": row.id in parts,
        }

    def page(start: int, stop: int) -> list[Row]:
        some = numbers[start:stop]
        return _rows(on_view, name, rows.table.iloc[some].assign(certain=certain[start:stop]), derived_in_time)

    return Listing(len(numbers), page)


def listed_rows(on_view: OnView, name: str, frame: pd.DataFrame, derived: Callable[[Any], Row]) -> Listing:
    """Return the listing of rows of a table, with what is ``derived`` of each."""
    return Listing(len(frame), lambda start, stop: _rows(on_view, name, frame.iloc[start:stop], derived))


def _rows(on_view: OnView, name: str, frame: pd.DataFrame, derived: Callable[[Any], Row]) -> list[Row]:
    """Return a table's rows with its own columns, what is ``derived`` of each, and its sources in words."""
    columns = list(BY_NAME[name].row.model_fields)
    cited = citing(on_view.catalog)
    disputed = disputed_ids(on_view.catalog.tables, disputed_rows(on_view.catalog, on_view.known)).get(name, set())
    public = as_public(frame, on_view.catalog, on_view.known)
    public_sources = dict(zip(public["id"], public["sources"], strict=True)) if "sources" in columns else {}
    cited_in_all: Any = on_view.catalog.tables[name]["sources"] if "sources" in columns else {}
    rows = []
    records: Iterable[Any] = frame.itertuples(index=False)
    for row in records:
        values: Row = {column: json_value(getattr(row, column)) for column in columns}
        if "sources" in columns:
            sources = public_sources.get(row.id, ())
            values["sources"] = list(sources)
            if on_view.known is not None and not set(cited_in_all[row.id]) <= set(sources):
                values |= {text: None for text in ("summary", "note") if text in values}  # may rest on what came later
            values["cited"] = [cited(source) for source in ranked(on_view.catalog, sources)]
        if name in _DISPUTABLE:
            values["disputed"] = row.id in disputed
        values |= derived(row)
        rows.append(values | names(on_view.catalog, name, values))
    return rows


def listed_strengths(on_view: OnView) -> Listing:
    """Return the numbers of people that are dated in the window."""
    return listed_rows(on_view, "strengths", strengths_on_view(on_view), lambda _: {})


def listed_counts(on_view: OnView) -> Listing:
    """Return the statements of running totals that are dated in the window."""
    return listed_rows(on_view, "counts", totals_on_view(on_view), lambda _: {})


def listed_claims(on_view: OnView) -> Listing:
    """Return the rival claims on what is on view, those of a disagreement that was none yet left out."""
    catalog, known = on_view.catalog, on_view.known

    def derived(row: Any) -> Row:
        then = known is None or row.expected is None or row.expected.last < known
        cited: Any = catalog.claims.at[row.id, "sources"]
        whole = set(row.sources) >= set(cited)
        outcome = row.outcome if then and whole else ""
        return {"forecast": forecast_text(catalog, row, known) or None, "outcome": outcome or None}

    return listed_rows(on_view, "claims", claims_on_view(on_view), derived)


def listed_sources(on_view: OnView) -> Listing:
    """List the sources of all that is on view, in the order of their file."""
    ids, catalog = cited_on_view(on_view), on_view.catalog
    return Listing(len(ids), lambda start, stop: source_rows(catalog, ids[start:stop]))


def listed_posture(on_view: OnView) -> Listing:
    """Return who holds the sites on view as of the window's last day: a row a force at a site."""
    holders = list(_holders(on_view))
    cited = citing(on_view.catalog)

    def page(start: int, stop: int) -> list[Row]:
        return [
            {
                **_place(on_view.catalog, held.site),
                "force": held.force,
                **names(on_view.catalog, "posture", {"force": held.force}),
                "role": held.role or None,
                "status": held.status,
                "certainty": held.certainty,
                "since": json_value(held.since),
                "last_confirmed": json_value(held.confirmed),
                "silent_days": held.silent_days,
                "searched": json_value(held.searched),
                "ends": json_value(held.ends),
                "confidence": held.confidence,
                "sources": list(sources),
                "cited": [cited(source) for source in sources],
            }
            for held in holders[start:stop]
            for sources in [ranked(on_view.catalog, held.sources)]
        ]

    return Listing(len(holders), page)


def listed_changes(on_view: OnView) -> Listing:
    """Return what the window did to the sites on view: a row a site that changed."""
    lines = _lines(on_view)
    cited = citing(on_view.catalog)

    def page(start: int, stop: int) -> list[Row]:
        return [
            {
                **_place(on_view.catalog, line.change.site),
                "kind": line.change.kind,
                "sentence": line.sentence,
                **sides,
                **names(on_view.catalog, "changes", sides),
                "movements": list(line.change.movements),
                "incidents": list(line.change.incidents),
                "confidence": line.change.confidence,
                "disputed": line.change.disputed,
                "sources": list(sources),
                "cited": [cited(source) for source in sources],
            }
            for line in lines[start:stop]
            for sources in [ranked(on_view.catalog, line.change.sources)]
            for sides in [_sides(line)]
        ]

    return Listing(len(lines), page)


def _sides(line: Line) -> Row:
    parts = line.change.parts
    return {"left": [part.force for part in parts if part.left], "came": [part.force for part in parts if part.came]}


def _held_by(on_view: OnView) -> Mapping[str, Sequence[Held]]:
    return posture(on_view.catalog, on_view.end, on_view.known)


def _holders(on_view: OnView) -> Iterable[Held]:
    held_by = _held_by(on_view)
    return chain.from_iterable(held_by[site] for site in on_view.selection.states)


def _lines(on_view: OnView) -> list[Line]:
    return list(brief(on_view).changed)


def _place(catalog: Catalog, site: str) -> Row:
    row = catalog.sites.loc[site]
    columns = ("name", "country", "lat", "lon", "precision", "radius_km")
    return {"site": site, **{column: json_value(row[column]) for column in columns}}


def _site_names(catalog: Catalog) -> Mapping[str | None, str]:
    return dict(zip(catalog.sites["id"], catalog.sites["name"], strict=True))


def citing(catalog: Catalog) -> Callable[[str], str]:
    """Return what tells a source, by its id, in words: publisher, title, date, address, and its archived copy."""
    sources = sources_by_id(catalog)
    words: dict[str, str] = {}

    def cite(id_: str) -> str:
        if id_ not in words:
            source = sources[id_]
            date = date_text(source.published) if source.published else "undated"
            copy = f"{ARCHIVED}: {source.archived}" if source.archived else ""
            parts = (source.publisher, source.title, date, source.url, *marks(source)[1:], read_on(source), copy)
            words[id_] = UNSOURCED if source.kind == NO_DOCUMENT else ", ".join(part for part in parts if part)
        return words[id_]

    return cite


SINGLE: Final = ("sites", "incidents", "movements", "sources")
"""Those of them whose rows can be asked for one at a time, by id."""


def row(catalog: Catalog, view: View, name: str, id_: str) -> Row | None:
    """Return the row of one of SINGLE with an id, None where there is none.

    Only ``view.known`` hides a row: what is told of it is told as of the view's window, but neither that nor a filter
    leaves it out, as a card is shown whatever they are.
    """
    table = catalog.tables[name]
    if id_ not in table.index:
        return None
    known = view.day_numbers.known
    if name == "sources":
        return source_rows(catalog, [id_])[0] if public_of([id_], catalog, known) else None
    here = table.loc[[id_]]
    if known is not None and public_days(here, catalog)[0] > known:
        return None
    unfiltered = on_view(catalog, View(view.start, view.end, known=view.known))
    if name == "sites":
        return listed_sites(replace(unfiltered, selection=replace(unfiltered.selection, sites=here))).all()[0]
    return rows_at(unfiltered, name, np.array([table.index.get_loc(id_)]))[0]


def source_rows(catalog: Catalog, ids: Iterable[str]) -> list[Row]:
    """Return sources in full, in the order of ``ids``, with what marks that there is none."""
    columns = list(BY_NAME["sources"].row.model_fields)
    records: Iterable[Any] = catalog.sources.loc[list(ids)].itertuples(index=False)
    return [{column: json_value(getattr(record, column)) for column in columns} for record in records]


def rows_at(on_view: OnView, name: str, numbers: Numbers) -> list[Row]:
    """Return the incidents or movements at ``numbers`` of their table, in its order, on view or not."""
    selection = on_view.selection
    rows = selection.incidents if name == "incidents" else selection.movements
    mask = np.zeros(len(rows.mask), dtype=bool)
    mask[numbers] = True
    only = replace(rows, mask=mask)
    if name == "incidents":
        return listed_incidents(replace(on_view, selection=replace(selection, incidents=only)), among=rows).all()
    return listed_movements(replace(on_view, selection=replace(selection, movements=only)), among=rows).all()
