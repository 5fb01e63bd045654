"""Who was where as known on a day: a presence whose sources were all still to be published is left out.

The end of a presence is public from the first source that may have told of it; until then the presence goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import EVER, NEVER, Catalog, disputed_ids
from components.catalog.dates import PartialDate
from components.catalog.derived import derived
from components.catalog.records import records
from components.view.index import Coded, Columns, Days, Index, Mask, index, numbers_of
from components.view.public import public_days, public_of

DISPUTABLE: Final = ("sites", "incidents", "movements", "strengths")
"""The tables whose rows are said to be disputed."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was where, as known on a day: columns in the order of the catalog's presence."""

    ids: tuple[str, ...]
    site: npt.NDArray[np.intp]
    force: npt.NDArray[np.intp]
    status: npt.NDArray[np.object_]
    real: Mask
    """Whether it counts: it was public, and is more than a plan."""
    open: Mask
    """Whether its end was not public yet."""
    start_first: Days
    start_last: Days
    end_first: Days
    end_last: Days
    known_days: Days
    """For how many days of silence one without an end is there as far as known; after that only possibly."""


AREA_STATUS: Final = "present"
"""As which status of a presence the silence about an area is borne."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Who held which area, as known on a day: columns in the order of the catalog's areas, as those of Presence."""

    force: npt.NDArray[np.intp]
    status: npt.NDArray[np.object_]
    real: Mask
    start_first: Days
    start_last: Days
    end_first: Days
    end_last: Days
    known_days: Days


@derived(64)
def presence(catalog: Catalog, known: int | None) -> Presence:
    """Return the presence of ``catalog`` as known on day ``known``; None: all that is known."""
    columns: Index = index(catalog)
    frame, span = catalog.presence, columns.presence.span
    status = frame["status"].to_numpy(dtype=object)
    real = np.asarray(status != "planned", dtype=bool)
    if known is not None:
        real = real & (columns.presence.public <= known)
    unended, end_first, end_last = _ends(frame, span, catalog, known)
    start_last = span["start_last"].copy()
    end_first = end_first.copy()
    firm = np.flatnonzero(real & np.asarray(status != "reported", dtype=bool))
    _join(firm, columns, span["start_first"], start_last, end_first, end_last)
    return Presence(
        ids=columns.presence.ids,
        site=columns.presence_site,
        force=columns.presence_force,
        status=status,
        real=real,
        open=unended,
        start_first=span["start_first"],
        start_last=start_last,
        end_first=end_first,
        end_last=end_last,
        known_days=np.fromiter(map(catalog.dataset.confirmation.days, status), np.int64, len(status)),
    )


@derived(64)
def areas(catalog: Catalog, known: int | None) -> Areas:
    """Return the areas of ``catalog`` as known on day ``known``; None: all that is known."""
    columns, frame = index(catalog).areas, catalog.areas
    _, end_first, end_last = _ends(frame, columns.span, catalog, known)
    real = np.ones(len(frame), dtype=bool) if known is None else np.asarray(columns.public <= known)
    return Areas(
        force=numbers_of(frame["force"], catalog.forces),
        status=np.full(len(frame), AREA_STATUS, dtype=object),
        real=real,
        start_first=columns.span["start_first"],
        start_last=columns.span["start_last"],
        end_first=end_first,
        end_last=end_last,
        known_days=np.full(len(frame), catalog.dataset.confirmation.days(AREA_STATUS), dtype=np.int64),
    )


def _ends(
    frame: pd.DataFrame, span: Mapping[str, Days], catalog: Catalog, known: int | None
) -> tuple[Mask, Days, Days]:
    """Return of which rows the end was not public yet, and when each ended as known on a day."""
    end_first, end_last = span["end_first"], span["end_last"]
    if known is None:
        return np.zeros(len(frame), dtype=bool), end_first, end_last
    unended: Mask = (end_last < EVER) & (_end_public(frame, catalog.sources) > known)
    # Looking back, it was there until it ended: nobody is made less sure of it than the record is.
    end_first = np.where(unended | (end_last == EVER), np.minimum(end_first, known), end_first)
    end_first = np.maximum(end_first, np.where(span["start_first"] == NEVER, end_first, span["start_first"]))
    return unended, end_first, np.where(unended, EVER, end_last)


def _join(
    rows: npt.NDArray[np.intp], columns: Index, start_first: Days, start_last: Days, end_first: Days, end_last: Days
) -> None:
    """Make rows of one force at one site that follow one another without a gap surely so: they are one stay.

    A row to June and a row from June leave no day of June on which the force may have been away. ``start_last`` and
    ``end_first`` are changed in place.
    """
    site, force = columns.presence_site, columns.presence_force
    order = sorted(rows.tolist(), key=lambda n: (site[n], force[n], start_first[n], end_last[n], n))
    for before, after in pairwise(order):
        if (site[before], force[before]) != (site[after], force[after]):
            continue
        if start_first[after] <= end_last[before] + 1 and end_last[before] < EVER:
            end_first[before] = max(end_first[before], min(end_last[before], start_last[after]))
            start_last[after] = min(start_last[after], max(start_first[after], end_last[before] + 1))


def as_public(rows: pd.DataFrame, catalog: Catalog, known: int | None) -> pd.DataFrame:
    """Return those of ``rows`` that were public on day ``known`` (None: all), each with the sources that were."""
    if known is None:
        return rows
    public = rows[public_days(rows, catalog) <= known]
    cited = [public_of(sources, catalog, known) for sources in public["sources"]]
    return public.assign(sources=pd.Series(cited, index=public.index, dtype=object))


def unpublished_of_area(area: Any, catalog: Catalog, known: int) -> dict[str, None]:
    """Return what of an area was not public on day ``known``: its end, its confirmation, and a note that may tell."""
    number = catalog.areas.index.get_loc(area.id)
    unended = area.end is not None and int(areas(catalog, known).end_last[number]) == EVER
    later = area.last_confirmed is not None and area.last_confirmed.first > known
    hidden = {"end": unended, "last_confirmed": later, "note": unended or later}
    return {name: None for name, is_hidden in hidden.items() if is_hidden}


def searched_by(row: Any, open_: bool, known: int | None) -> PartialDate | None:
    """Return up to when a report of a presence's end was looked for, and none found, as known on day ``known``.

    None where its end is on record: ``open_`` says that it was not public yet.
    """
    searched: PartialDate | None = row.searched
    if searched is None or (row.end is not None and not open_) or (known is not None and searched.last > known):
        return None
    return searched


def presence_at(catalog: Catalog, site: str, known: int | None) -> pd.DataFrame:
    """Return the presence rows of a site as known on day ``known``: without what came later.

    That may be an end, a confirmation, a search, and so a note that may speak of it.
    """
    numbers = np.flatnonzero(catalog.presence["site"].to_numpy() == site)
    rows = catalog.presence.iloc[numbers]
    then = presence(catalog, known)
    pairs: Any = zip(records(rows), then.open[numbers].tolist(), strict=True)
    searched = [searched_by(row, open_, known) for row, open_ in pairs]
    rows = rows.assign(searched=pd.Series(searched, index=rows.index, dtype=object))
    if known is None:
        return rows
    confirmed: list[Any] = list(rows["last_confirmed"])
    later = np.array([date is not None and date.first > known for date in confirmed], dtype=bool)
    sought: list[Any] = list(catalog.presence["searched"].iloc[numbers])
    unsearched = np.array([date is not None and date.last > known for date in sought], dtype=bool)
    begun: list[Any] = list(rows["first_confirmed"])
    unheard = np.array([date is not None and date.first > known for date in begun], dtype=bool)
    unended = then.open[numbers]
    rows = rows.assign(
        end=rows["end"].mask(unended, None),
        first_confirmed=rows["first_confirmed"].mask(unheard, None),
        last_confirmed=rows["last_confirmed"].mask(later, None),
        note=rows["note"].mask(unended | later | unsearched, ""),
        end_first=then.end_first[numbers],
        end_last=then.end_last[numbers],
    )
    return as_public(rows, catalog, known)


def disputed_rows(catalog: Catalog, known: int | None) -> frozenset[str]:
    """Return the rows, such as ``site:al-tanf``, on which two sides of a disagreement were public on day ``known``."""
    claims = catalog.claims
    if known is None:
        return frozenset(claims["row"])
    was_public = [bool(public_of(cited, catalog, known)) for cited in claims["sources"]]
    public = claims[np.array(was_public, dtype=bool)]
    sides = public["topic"].value_counts()
    return frozenset(public["row"][public["topic"].map(sides) > 1])


@derived(8)
def settled(catalog: Catalog, known: int | None) -> Mapping[str, tuple[int, ...]]:
    """Return by table the numbers of the rows that are disputed, but were not yet on day ``known``."""
    still = disputed_ids(catalog.tables, disputed_rows(catalog, known))
    columns = index(catalog)
    return {
        name: tuple(n for n in _disputed(table).tolist() if table.ids[n] not in still[name])
        for name in DISPUTABLE
        for table in [getattr(columns, name)]
    }


def _disputed(table: Columns) -> npt.NDArray[np.intp]:
    coded = table.facets["disputed"]
    flags = np.array([bool(combo) for combo in coded.combos], dtype=bool)
    return np.flatnonzero(flags[coded.codes]) if len(flags) else np.zeros(0, dtype=np.intp)


@derived(4)
def index_as_known(catalog: Catalog, known: int | None) -> Index:
    """Return the index of ``catalog`` with only those disagreements that were public on day ``known``."""
    columns = index(catalog)
    if known is None:
        return columns

    def then(name: str) -> Columns:
        table: Columns = getattr(columns, name)
        coded = table.facets["disputed"]
        combos = coded.combos if () in coded.combos else (*coded.combos, ())
        codes = coded.codes.copy()
        codes[list(settled(catalog, known)[name])] = combos.index(())
        return replace(table, facets={**table.facets, "disputed": Coded(codes, combos)})

    changed: dict[str, Any] = {name: then(name) for name in DISPUTABLE}
    return replace(columns, **changed)


def _end_public(frame: pd.DataFrame, sources: pd.DataFrame) -> Days:
    """Return per presence the first day on which its end was public, EVER where it has none.

    Only a source that may have been written after the end can have told of it.
    """
    published = dict(zip(sources["id"], sources["published"], strict=True))
    days = np.full(len(frame), EVER, dtype=np.int64)
    for number, (end, cited) in enumerate(zip(frame["end"], frame["sources"], strict=True)):
        if end is not None:
            dates = [published[source] for source in cited]
            # Of one day of a stretch a source can tell once the stretch is over: "gone by 30 September".
            first = end.ends[1].first if end.ends else end.first
            reported = [date.last for date in dates if date and date.last >= first]
            days[number] = max(first, min(reported, default=first))
    return days
