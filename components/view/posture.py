"""Posture: who is at each site as of a date, and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import EVER, NEVER, Catalog
from components.catalog.dates import PartialDate
from components.catalog.derived import derived
from components.catalog.records import records
from components.view.as_known import Areas, Presence, presence, searched_by
from components.view.index import Mask
from components.view.public import public_of

CERTAIN: Final = "certain"
KNOWN: Final = "known"
POSSIBLE: Final = "possible"


class Holder(NamedTuple):
    """A force at a site on a date.

    certainty: ``certain``; ``known`` (still there as far as known: it has no end, and was last confirmed
    before the date, by no more days than the dataset's ``confirmation`` has for its status); ``possible`` (its dates,
    its reports or the silence since leave it open: last seen is neither left nor still there).
    """

    presence: str
    force: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Held:
    """A force at a site on a day, and how that is known."""

    site: str
    force: str
    role: str
    status: str
    """As of the day: present, drawing-down or reported."""
    certainty: str
    """CERTAIN, KNOWN or POSSIBLE; see Holder."""
    since: PartialDate | None
    """When it came; None: not known."""
    first_confirmed: PartialDate | None
    """When it was first on record, where that is not known but this is."""
    confirmed: PartialDate | None
    """When it was last confirmed, where no end is on record."""
    silent_days: int
    """How long before the day that was; 0 where the record covers the day."""
    known_days: int
    """For how many such days it is still there as far as known."""
    searched: PartialDate | None
    """Up to when a report of its leaving was looked for, and none found; where the record does not cover the day."""
    latest: PartialDate | None
    """When the row that tells of the day began."""
    ends: PartialDate | None
    """When it left, where that is on record and was public."""
    confidence: str
    sources: tuple[str, ...]
    rows: tuple[str, ...]
    """The presence rows that tell of its stay, in order of time."""
    row: str
    """The one that tells of the day."""


@derived(64)  # of a window both days are asked for again and again, and so are the days of movements
def posture(catalog: Catalog, day: int, known: int | None = None) -> Mapping[str, tuple[Held, ...]]:
    """Return who is at each site on day number ``day``, as known on day ``known``: sites by id, surest first.

    A force's rows that follow one another without a gap are one stay. Who was last seen before the day is still
    there as far as known, for the days that the dataset has for its status (catalog/dataset.py, Confirmation); after
    that only possibly: it never counts as gone without a report.

    >>> [held.certainty for held in posture(catalog, parse_date("2026-02-10").first)["al-tanf"]][0]
    'certain'
    """
    spans = presence(catalog, known)
    there, certainty = here_on(spans, day)
    here = there.tolist()  # asked row by row, where an array answers slowly
    found: dict[str, list[tuple[int, Held]]] = {site: [] for site in catalog.sites["id"]}
    for stay in stays(catalog, known):
        now = [n for n in stay if here[n]]
        if now:
            # Of two rows of one force the surer tells of the day, and the later one.
            number = max(now, key=lambda n: (certainty[n] != POSSIBLE, spans.start_first[n], n))
            held = _held(catalog, spans, stay, number, day, str(certainty[number]), known)
            found[held.site].append((spans.force[number], held))
    standing = {
        site: tuple(held for _, held in sorted(holders, key=lambda pair: (pair[1].certainty == POSSIBLE, pair[0])))
        for site, holders in found.items()
    }
    return MappingProxyType(standing)


@derived(64)
def stays(catalog: Catalog, known: int | None = None) -> tuple[tuple[int, ...], ...]:
    """Return the presence rows, by number, that follow one another without a gap: a tuple a stay of one force."""
    spans = presence(catalog, known)
    order = sorted(
        np.flatnonzero(spans.real).tolist(),
        key=lambda n: (spans.site[n], spans.force[n], spans.start_first[n], spans.end_last[n], n),
    )
    found: list[list[int]] = []
    reach = NEVER
    for n in order:
        last = found[-1][-1] if found else None
        same = last is not None and (spans.site[last], spans.force[last]) == (spans.site[n], spans.force[n])
        if same and spans.start_first[n] <= reach + 1:
            found[-1].append(n)
            reach = max(reach, int(spans.end_last[n]))
        else:
            found.append([n])
            reach = int(spans.end_last[n])
    return tuple(map(tuple, found))


def _held(
    catalog: Catalog,
    spans: Presence,
    stay: tuple[int, ...],
    number: int,
    day: int,
    certainty: str,
    known: int | None,
) -> Held:
    presences = presence_rows(catalog)
    rows = [n for n in stay if spans.start_first[n] <= day]
    row, first, last = presences[number], presences[stay[0]], presences[stay[-1]]
    ends = last.end if not spans.open[stay[-1]] and spans.end_last[stay[-1]] < EVER else None
    confirmed = None if ends or spans.open[number] else row.last_confirmed
    if confirmed and known is not None and confirmed.first > known:
        confirmed = None
    first_confirmed = None if first.start else first.first_confirmed
    if first_confirmed and known is not None and first_confirmed.first > known:
        first_confirmed = None
    searched = searched_by(row, bool(spans.open[number]), known)
    covered = certainty == CERTAIN or spans.end_last[number] < EVER
    silent_days = 0 if covered else max(0, day - int(spans.end_first[number]))
    return Held(
        site=row.site,
        force=row.force,
        role=row.role,
        status=row.status,
        certainty=certainty,
        since=first.start,
        first_confirmed=first_confirmed,
        confirmed=confirmed,
        silent_days=silent_days,
        known_days=int(spans.known_days[number]),
        searched=searched if silent_days else None,
        latest=row.start,
        ends=ends,
        confidence=row.confidence,
        sources=public_of(chain.from_iterable(presences[n].sources for n in rows), catalog, known),
        rows=tuple(spans.ids[n] for n in stay),
        row=spans.ids[number],
    )


@derived()
def presence_rows(catalog: Catalog) -> tuple[Any, ...]:
    """Return the presence rows by number, as plain objects: a table answers slowly to many small questions."""
    return tuple(records(catalog.presence))


def here_on(spans: Presence | Areas, day: int) -> tuple[Mask, npt.NDArray[np.str_]]:
    """Return which rows are possibly there on a day, and how surely each would be.

    A presence holds its site, and an area is held, possibly from start_first to end_last and certainly from
    start_last to end_first; one that is only reported never certainly, one that is planned not at all.
    """
    here: Mask = spans.real & (spans.start_first <= day) & (spans.end_last >= day)
    settled = here & (spans.start_last <= day) & (spans.status != "reported")
    certainty = np.select(
        [
            settled & (spans.end_first >= day),
            settled & (spans.end_last == EVER) & (day - spans.end_first <= spans.known_days),
        ],
        [CERTAIN, KNOWN],
        default=POSSIBLE,
    )
    return here, certainty
