"""What is on view, as rows that can leave: each resource's fields, and its rows a page at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, get_args

import numpy as np
import pandas as pd

from components.catalog.catalog import Catalog, disputed_ids
from components.catalog.dates import day_number
from components.catalog.tables import DERIVED, PRECISIONS, TABLES, Confidence, Status, Table
from components.export.fields import Field, Value, json_value, own_fields
from components.view.brief import Line, brief
from components.view.changes import KINDS
from components.view.known import as_public, disputed_rows
from components.view.posture import CERTAIN, FORMER, HANDED_OVER, HELD, KNOWN, POSSIBLE, UNKNOWN, VACATED, Held, posture
from components.view.publication import public_days, public_of
from components.view.selection import Numbers, Selection, Shown, select
from components.view.view import View
from components.view.wording import date_text

Row = dict[str, Value]
"""A row by its fields' names."""

PAGE: Final = 1000
"""Rows that are made at a time where many leave."""
_TABLES: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}
_STATUSES: Final = (HELD, HANDED_OVER, VACATED, FORMER, UNKNOWN)
_CERTAINTIES: Final = (CERTAIN, KNOWN, POSSIBLE)
_CITED: Final = Field("cited", "its sources in words: publisher, title, date, address", "texts")
_DISPUTED: Final = Field("disputed", "whether there are rival claims about it", "flag")
_PLACED: Final = (
    Field("site", "site id"),
    Field("name", "the site's name"),
    Field("country", "its country; two where it lies on a border", "texts"),
    Field("lat", "degrees north", "number"),
    Field("lon", "degrees east", "number"),
    Field("precision", "how precise the point is", words=PRECISIONS),
    Field("radius_km", "how far off the point may be", "number"),
)


@dataclass(frozen=True, slots=True)
class OnView:
    """What a View shows of a catalog: what every resource's rows are drawn from."""

    catalog: Catalog
    view: View
    selection: Selection

    @property
    def known(self) -> int | None:
        """The day of which only what was public counts; None: all."""
        return day_number(self.view.known) if self.view.known else None


def on_view(catalog: Catalog, view: View) -> OnView:
    """Select what ``view`` shows."""
    return OnView(catalog, view, select(catalog, view))


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
        for start in range(0, self.total, PAGE):
            yield from self.page(start, start + PAGE)


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of row that can leave."""

    name: str
    doc: str
    fields: tuple[Field, ...]
    listing: Callable[[OnView], Listing]

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields' names in CSV; beside a file's own columns the derived are marked, for the loader to leave."""
        marked = any(field.own for field in self.fields)
        return tuple(DERIVED + field.name if marked and not field.own else field.name for field in self.fields)


def _sites(shown: OnView) -> Listing:
    held_by = _held_by(shown)
    states = shown.selection.states

    def derived(row: Any) -> Row:
        state, holders = states[row.id], held_by[row.id]
        return {
            "status": state.status,
            "held_by": [held.force for held in holders],
            "certainty": [held.certainty for held in holders],
            "since": [held.since.text if held.since else "unknown" for held in holders],
            "previous": state.previous or None,
            "opened": state.opened,
        }

    return _listed(shown, "sites", shown.selection.sites, derived)


def _incidents(shown: OnView) -> Listing:
    names = _site_names(shown.catalog)
    return _shown(shown, "incidents", shown.selection.incidents, lambda row: {"site_name": names.get(row.site)})


def _movements(shown: OnView) -> Listing:
    names = _site_names(shown.catalog)

    def derived(row: Any) -> Row:
        ends: Row = {"country": json_value(row.country)}
        for end in ("origin", "destination"):
            place = getattr(row, end)
            ends[f"{end}_name"] = names.get(place, place) or None
            for column in ("lat", "lon", "precision", "radius_km"):
                ends[f"{end}_{column}"] = json_value(getattr(row, f"{end}_{column}"))
        return ends

    return _shown(shown, "movements", shown.selection.movements, derived)


def _shown(shown: OnView, name: str, rows: Shown, derived: Callable[[Any], Row]) -> Listing:
    """Return the listing of a table in time: of a page no more is taken from the table than the page."""
    numbers = rows.numbers
    certain = rows.certain

    def page(start: int, stop: int) -> list[Row]:
        some = numbers[start:stop]
        frame = rows.table.iloc[some].assign(certain=certain[start:stop])
        return _rows(shown, name, frame, lambda row: {**derived(row), "certain": bool(row.certain)})

    return Listing(len(numbers), page)


def _listed(shown: OnView, name: str, frame: pd.DataFrame, derived: Callable[[Any], Row]) -> Listing:
    return Listing(len(frame), lambda start, stop: _rows(shown, name, frame.iloc[start:stop], derived))


def _rows(shown: OnView, name: str, frame: pd.DataFrame, derived: Callable[[Any], Row]) -> list[Row]:
    """Return a table's rows with its own columns, what is ``derived`` of each, and its sources in words."""
    columns = list(_TABLES[name].row.model_fields)
    cited = citing(shown.catalog)
    disputed = disputed_ids(shown.catalog.tables, disputed_rows(shown.catalog, shown.known)).get(name, set())
    public = as_public(frame, shown.catalog, shown.known)
    told = dict(zip(public["id"], public["sources"], strict=True)) if "sources" in columns else {}
    rows = []
    records: Iterable[Any] = frame.itertuples(index=False)
    for row in records:
        values: Row = {column: json_value(getattr(row, column)) for column in columns}
        if "sources" in columns:
            sources = told.get(row.id, ())
            values["sources"] = list(sources)
            if values.get("summary") and not set(row.sources) <= set(sources):
                values["summary"] = None  # what it says in words may rest on what came out later
            values["cited"] = [cited(source) for source in sources]
            values["disputed"] = row.id in disputed
        rows.append({**values, **derived(row)})
    return rows


def _sources(shown: OnView) -> Listing:
    """List the sources of all that is on view, in the order of their file."""
    selection, catalog = shown.selection, shown.catalog
    tables = [selection.sites, *(one.table.iloc[one.numbers] for one in (selection.incidents, selection.movements))]
    cited = set(chain.from_iterable(chain.from_iterable(frame["sources"] for frame in tables)))
    cited.update(source for held in _holders(shown) for source in held.sources)
    cited.update(source for line in _lines(shown) for source in line.change.sources)
    public = set(public_of(cited, catalog.sources, shown.known))
    ids = [id_ for id_ in catalog.sources["id"] if id_ in public]
    return Listing(len(ids), lambda start, stop: source_rows(catalog, ids[start:stop]))


def _posture(shown: OnView) -> Listing:
    holders = list(_holders(shown))
    cited = citing(shown.catalog)

    def page(start: int, stop: int) -> list[Row]:
        return [
            {
                **_place(shown.catalog, held.site),
                "force": held.force,
                "role": held.role or None,
                "status": held.status,
                "certainty": held.certainty,
                "since": json_value(held.since),
                "last_confirmed": json_value(held.confirmed),
                "silent_days": held.silent_days,
                "ends": json_value(held.ends),
                "confidence": held.confidence,
                "sources": list(held.sources),
                "cited": [cited(source) for source in held.sources],
            }
            for held in holders[start:stop]
        ]

    return Listing(len(holders), page)


def _changes(shown: OnView) -> Listing:
    lines = _lines(shown)
    cited = citing(shown.catalog)

    def page(start: int, stop: int) -> list[Row]:
        return [
            {
                **_place(shown.catalog, line.change.site),
                "kind": line.change.kind,
                "sentence": line.sentence,
                "left": [part.force for part in line.change.parts if part.after is None],
                "came": [part.force for part in line.change.parts if part.before is None],
                "movements": list(line.change.movements),
                "incidents": list(line.change.incidents),
                "confidence": line.change.confidence,
                "disputed": line.change.disputed,
                "sources": list(line.change.sources),
                "cited": [cited(source) for source in line.change.sources],
            }
            for line in lines[start:stop]
        ]

    return Listing(len(lines), page)


def _held_by(shown: OnView) -> Mapping[str, Sequence[Held]]:
    return posture(shown.catalog, day_number(shown.view.end), shown.known)


def _holders(shown: OnView) -> Iterable[Held]:
    held_by = _held_by(shown)
    return chain.from_iterable(held_by[site] for site in shown.selection.states)


def _lines(shown: OnView) -> list[Line]:
    told = brief(shown.catalog, shown.view, list(shown.selection.states))
    return list(chain.from_iterable(told.countries.values()))


def _place(catalog: Catalog, site: str) -> Row:
    row = catalog.sites.loc[site]
    columns = ("name", "country", "lat", "lon", "precision", "radius_km")
    return {"site": site, **{column: json_value(row[column]) for column in columns}}


def _site_names(catalog: Catalog) -> Mapping[str | None, str]:
    return dict(zip(catalog.sites["id"], catalog.sites["name"], strict=True))


def citing(catalog: Catalog) -> Callable[[str], str]:
    """Return what tells a source, by its id, in words: publisher, title, date and address."""
    known: dict[str, str] = {}

    def told(id_: str) -> str:
        if id_ not in known:
            source = catalog.sources.loc[id_]
            date = date_text(source["published"]) if source["published"] else "undated"
            parts = (source["publisher"], source["title"], date, source["url"])
            known[id_] = ", ".join(part for part in parts if part)
        return known[id_]

    return told


def _in_time(*more: Field) -> tuple[Field, ...]:
    return (
        *more,
        Field("certain", "whether it certainly falls in the window, not only possibly", "flag"),
        _DISPUTED,
        _CITED,
    )


def _end_fields(end: str) -> tuple[Field, ...]:
    return (
        Field(f"{end}_name", f"the {end} in words"),
        Field(f"{end}_lat", f"degrees north of the {end}", "number"),
        Field(f"{end}_lon", f"degrees east of the {end}", "number"),
        Field(f"{end}_precision", f"how precise the {end}'s point is", words=PRECISIONS),
        Field(f"{end}_radius_km", f"how far off the {end}'s point may be", "number"),
    )


RESOURCES: Final[Mapping[str, Resource]] = {
    resource.name: resource
    for resource in (
        Resource(
            "sites",
            "The sites on view, with who holds them as of the window's last day.",
            (
                *own_fields(_TABLES["sites"]),
                Field("status", "its state as of the window's last day", words=_STATUSES),
                Field("held_by", "force ids, the surest first", "texts"),
                Field("certainty", "how surely each of them holds it", "texts", _CERTAINTIES),
                Field("since", "since when each of them does: a date, or unknown", "texts"),
                Field("previous", "the force that left, where it was handed over or vacated"),
                Field("opened", "whether its holder came within the window and no one was there before", "flag"),
                _DISPUTED,
                _CITED,
            ),
            _sites,
        ),
        Resource(
            "incidents",
            "The incidents on view.",
            (*own_fields(_TABLES["incidents"]), *_in_time(Field("site_name", "the site's name"))),
            _incidents,
        ),
        Resource(
            "movements",
            "The movements on view.",
            (
                *own_fields(_TABLES["movements"]),
                *_in_time(
                    Field("country", "the countries it touches", "texts"),
                    *_end_fields("origin"),
                    *_end_fields("destination"),
                ),
            ),
            _movements,
        ),
        Resource("sources", "The sources of all that is on view.", own_fields(_TABLES["sources"]), _sources),
        Resource(
            "posture",
            "Who holds the sites on view as of the window's last day.",
            (
                *_PLACED,
                Field("force", "force id"),
                Field("role", "what it does there"),
                Field("status", "as of that day", words=get_args(Status)),
                Field("certainty", "how surely it is there", words=_CERTAINTIES),
                Field("since", "when it came; null: not known", "date"),
                Field("last_confirmed", "when it was last confirmed, where no end is on record", "date"),
                Field("silent_days", "how long before the window's last day that was", "integer"),
                Field("ends", "when it left, where that is on record", "date"),
                Field("confidence", "how sure", words=get_args(Confidence)),
                Field("sources", "source ids", "texts"),
                _CITED,
            ),
            _posture,
        ),
        Resource(
            "changes",
            "What differs between the posture on the window's first day and on its last.",
            (
                *_PLACED,
                Field("kind", "what the window did to the site", words=KINDS),
                Field("sentence", "the change in a sentence"),
                Field("left", "ids of the forces that left", "texts"),
                Field("came", "ids of the forces that came", "texts"),
                Field("movements", "ids of the movements that explain it", "texts"),
                Field("incidents", "ids of the incidents there", "texts"),
                Field("confidence", "the lowest of the rows that tell of it", words=get_args(Confidence)),
                _DISPUTED,
                Field("sources", "source ids", "texts"),
                _CITED,
            ),
            _changes,
        ),
    )
}
"""By name, in the order in which they are told."""

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
    known = day_number(view.known) if view.known else None
    if name == "sources":
        return source_rows(catalog, [id_])[0] if public_of([id_], catalog.sources, known) else None
    here = table.loc[[id_]]
    if known is not None and public_days(here, catalog.sources)[0] > known:
        return None
    shown = on_view(catalog, View(view.start, view.end, known=view.known))
    if name == "sites":
        return _sites(replace(shown, selection=replace(shown.selection, sites=here))).all()[0]
    return rows_at(shown, name, np.array([table.index.get_loc(id_)]))[0]


def source_rows(catalog: Catalog, ids: Iterable[str]) -> list[Row]:
    """Return sources in full, in the order of ``ids``."""
    columns = list(_TABLES["sources"].row.model_fields)
    records: Iterable[Any] = catalog.sources.loc[list(ids)].itertuples(index=False)
    return [{column: json_value(getattr(record, column)) for column in columns} for record in records]


def rows_at(shown: OnView, name: str, numbers: Numbers) -> list[Row]:
    """Return the incidents or movements at ``numbers`` of their table, in its order, on view or not."""
    selection = shown.selection
    rows = selection.incidents if name == "incidents" else selection.movements
    mask = np.zeros(len(rows.mask), dtype=bool)
    mask[numbers] = True
    only = replace(rows, mask=mask)
    if name == "incidents":
        return _incidents(replace(shown, selection=replace(selection, incidents=only))).all()
    return _movements(replace(shown, selection=replace(selection, movements=only))).all()
