"""Who holds what, many places: a table of place, date and holder → sites and presence.

One row a date is what was seen on that day: a force that holds a place from one row to the next is there in between;
where another is told next, it changed on some day between the two. Rows with from and to say it themselves.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

import numpy as np

from components.catalog.dates import day_of, parse_date
from components.catalog.names import fold
from components.importing.actors import stands_for
from components.importing.building import Known, Tables, frame, free_id, slug
from components.importing.cells import between, date_of, day_first, item, known, line, point
from components.importing.events import Terms
from components.importing.limits import RefusedError
from components.importing.palette import GREY, MOST_FORCES, free_colours
from components.importing.report import Report, Taken
from components.importing.roles import Chosen, bare_name, roles_of
from components.importing.sheet import Sheet

ORIGIN: Final = "control"
LABEL: Final = "who holds what: a table of place, date and holder"
SOURCE: Final = "control-table"
NO_COUNTRY: Final = "Not stated"
"""The country of a site of which none is given: a site must have one."""
_HOLDER: Final = (
    "holder|control|controller|controlled by|held by|in control|territorial control|control status|controlling force"
    "|controle|controle par|tenu par|controlado por|kontrol|kontrol eden|السيطرة|القوة المسيطرة|الجهة المسيطرة"
)
HOLDERS: Final = frozenset(fold(word) for word in _HOLDER.split("|"))
TERMS: Final = Terms(
    publisher="",
    licence="",
    credits=(),
    confidence="The imported table does not rate how sure it is who held a place, so each has medium confidence.",
    precision="Places have the point that the table gives, drawn as that of a town, within 5 km.",
    dates="A row tells who held a place on its date. Between two rows of one force it is there all the time; between "
    "rows of two it changed hands on some day between them, which is not known.",
)


class Stay(NamedTuple):
    """A force at a place: dates as the tables have them, "" where they are not known."""

    holder: str
    start: str
    end: str
    first: str
    last: str


def is_holder(column: str) -> bool:
    """Say whether a column's name is one of those that say who holds a place."""
    return bare_name(column) in HOLDERS


def holder_of(sheet: Sheet) -> str:
    """Return the column that says who holds a place; "" where there is none."""
    return next(filter(is_holder, sheet.columns), "")


def control_tables(sheet: Sheet, report: Report, known_there: Known, chosen: Chosen) -> Tables:
    """Return sites, presence, and what they refer to; RefusedError where the table has no places or dates."""
    column = {key: names[0] for key, names in roles_of(sheet, chosen).items()}
    holder = holder_of(sheet)
    place = column.get("place") or column.get("title", "")
    if not place or "start" not in column:
        raise RefusedError(f"{sheet.file}: {LABEL} needs both. Say which they are: --map place=COLUMN,start=COLUMN")
    used = {place: "sites, name", holder: "forces; presence, force", column["start"]: "presence, dates"}
    used |= {column[key]: f"sites, {key}" for key in ("lat", "lon", "country", "admin1") if key in column}
    used |= {column["end"]: "presence, end"} if "end" in column else {}
    report.format, report.rows = LABEL, len(sheet)
    report.taken += [Taken(name, used.get(name, "nothing: sites have no further fields")) for name in sheet.columns]
    first = day_first(sheet.distinct(column["start"])) is not False
    rows = {
        "name": sheet.each(lambda text: line(known(text), 300), place),
        "admin1": sheet.each(lambda text: line(known(text), 300), column.get("admin1", "")),
        "country": sheet.each(lambda text: item(known(text)), column.get("country", "")),
        "holder": sheet.each(lambda text: line(known(text), 300), holder),
        "start": sheet.each(lambda text: date_of(text, first), column["start"], report=report),
        "end": sheet.each(lambda text: date_of(text, first), column.get("end", ""), report=report),
        "point": sheet.each(
            point, column.get("lat", ""), column.get("lon", ""), report=report, blank=(float("nan"),) * 2
        ),
    }
    complete = rows["name"].astype(bool) & rows["holder"].astype(bool) & rows["start"].astype(bool)
    report.note("left out: no place, no holder or no date", sheet.numbers[~complete].tolist())
    seen: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {}
    points: dict[tuple[str, str, str], tuple[float, float]] = {}
    for name, admin1, country, who, start, end, where in zip(
        *(values[complete].tolist() for values in rows.values()), strict=True
    ):
        key = (name, admin1, country)
        seen.setdefault(key, []).append((start, end, who))
        points.setdefault(key, where)
    return _tables(seen, points, known_there, sheet.file)


def stays(seen: list[tuple[str, str, str]]) -> Iterator[Stay]:
    """Return who held a place, from rows of start, end ("" for one day's sight) and holder, in order of time.

    >>> [stay[:3] for stay in stays([("2026-01-01", "", "A"), ("2026-02-01", "", "A"), ("2026-03-01", "", "B")])]
    [('A', '', '2026-02'), ('B', '2026-02-02..2026-03-01', '')]
    """
    rows = sorted(set(seen))
    if any(end for _, end, _ in rows):
        yield from (Stay(holder, start, end, "", "" if end else start) for start, end, holder in rows)
        return
    begin = 0
    while begin < len(rows):
        holder = rows[begin][2]
        last = begin
        while last + 1 < len(rows) and rows[last + 1][2] == holder:
            last += 1
        before, after = (rows[begin - 1][0] if begin else "", rows[last + 1][0] if last + 1 < len(rows) else "")
        start = change(before, rows[begin][0])[1] if before else ""
        end = change(rows[last][0], after)[0] if after else ""
        yield Stay(holder, start, end, rows[begin][0], "" if end else rows[last][0])
        begin = last + 1


def change(one: str, other: str) -> tuple[str, str]:
    """Return the last day of who was seen on date ``one`` and the first of who was next, on ``other``."""
    seen, next_seen = parse_date(one).first, parse_date(other).last
    if next_seen <= seen:
        return one, other
    days = [day_of(day).isoformat() for day in (seen, next_seen - 1, seen + 1, next_seen)]
    return between(days[0], days[1]), between(days[2], days[3])


def forces_of(holders: Iterable[str], there: Known) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the ids of holders by name, and the rows of those forces that are not ``there``: most frequent first."""
    counts = Counter(holders)
    ids, forces = dict(there.forces), []
    taken = set(there.ids.get("forces", ()))
    # Of who holds what the colours are all: forces of events that were there before leave these only some of them.
    colours = islice(free_colours(there.colours), MOST_FORCES)
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if name in ids:
            continue
        ids[name] = free_id(slug(name), taken)
        forces.append({"id": ids[name], "name": name, "stands_for": stands_for(name), "colour": next(colours, GREY)})
    return ids, forces


def _tables(
    seen: Mapping[tuple[str, str, str], list[tuple[str, str, str]]],
    points: Mapping[tuple[str, str, str], tuple[float, float]],
    there: Known,
    file: str,
) -> Tables:
    held = {key: list(stays(rows)) for key, rows in seen.items()}
    ids, forces = forces_of((stay.holder for found in held.values() for stay in found), there)
    sites, presence = [], []
    used: dict[str, int] = {}
    for key, found in held.items():
        name, admin1, country = key
        id_ = slug(" ".join(filter(None, (name, admin1))))
        used[id_] = used.get(id_, 0) + 1
        id_ = id_ if used[id_] == 1 else f"{id_}-{used[id_]}"
        lat, lon = points[key]
        located = not np.isnan(lat)
        sites.append(
            {
                "id": id_,
                "name": name,
                "kind": "town",
                "admin1": admin1,
                "country": country or NO_COUNTRY,
                "lat": f"{lat:.6f}" if located else "",
                "lon": f"{lon:.6f}" if located else "",
                "precision": "town" if located else "",
                "place": ", ".join(filter(None, key)),
                "sources": SOURCE,
            }
        )
        for number, stay in enumerate(found, start=1):
            presence.append(
                {
                    "id": f"{id_}-{number}",
                    "site": id_,
                    "force": ids[stay.holder],
                    "status": "present",
                    "start": stay.start,
                    "end": stay.end,
                    "first_confirmed": stay.first if not stay.start else "",
                    "last_confirmed": stay.last,
                    "confidence": "medium",
                    "sources": SOURCE,
                }
            )
    source = {"id": SOURCE, "publisher": file, "title": "Imported table of who holds what", "kind": "secondary"}
    return {
        "sources": frame("sources", [source]),
        "forces": frame("forces", forces),
        "kinds": frame("kinds", []),
        "sites": frame("sites", sites),
        "presence": frame("presence", presence),
        "incidents": frame("incidents", []),
    }
