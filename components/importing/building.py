"""Events → the rows of Laydown's tables: ids for names, kinds with shapes, forces with colours, sources, incidents.

What a folder knows already keeps its id, look and spelling: a kind by its label, a force by its name or an alias.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.columns import objects
from components.catalog.names import plain
from components.catalog.tables import BY_NAME
from components.importing.actors import alike, stands_for
from components.importing.cells import item, line
from components.importing.events import NOT_STATED, Events, People, Source
from components.importing.format import lines_of, stacked
from components.importing.palette import GREY, MOST_FORCES, MOST_KINDS, free_colours, free_looks
from components.importing.progress import tell
from components.importing.report import Report
from components.importing.sheet import Values

Tables = dict[str, pd.DataFrame]
"""Rows by table, every cell a text."""
OTHER: Final = "Other"
SIDE_NOT_STATED: Final = "Side not stated"
LONGEST_ID: Final = 80
OFFERED: Final = 20
"""Pairs of names that may be one that are told."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a folder has already, by what it is called."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    """Ids by label."""
    forces: Mapping[str, str] = field(default_factory=dict)
    """Ids by name and by alias."""
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """All ids by table."""
    looks: frozenset[tuple[str, str]] = frozenset()
    """Shapes and colours of kinds."""
    colours: frozenset[str] = frozenset()
    """Of forces, in small letters, without grey."""


def slug(text: str) -> str:
    """Return an id made of a text: of letters of other scripts a hash stands in for them.

    >>> slug("Hay'at Tahrir al-Sham"), slug("SYR1234")
    ('hayat-tahrir-al-sham', 'syr1234')
    """
    if text.isascii() and text.isalnum() and len(text) <= LONGEST_ID:
        return text.lower()
    found = "-".join(re.findall(r"[a-z0-9]+", plain(text).lower().encode("ascii", "ignore").decode()))
    foreign = any(
        c.isalpha() and not c.isascii() for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    )
    if found and not foreign and len(found) <= LONGEST_ID:
        return found
    return "-".join(filter(None, (found[:60].strip("-"), _hash(text)[:8])))


def tables_of(events: Events, lines: Values, prefix: str, known: Known, report: Report) -> Tables:
    """Return the rows of sources, forces, kinds and incidents; ``lines`` are where events stand, for the report.

    What cannot be an incident (no date, no place at all, an id that was there before) is left out, and the report says
    so. Of forces, kinds and sources only those that ``known`` has not are returned.
    """
    tell("Making rows of the events")
    ids = _ids(events, prefix, report)
    left_out = (
        ("left out: no date", ~events.start.astype(bool)),
        ("left out: no coordinates, no place and no country", _nowhere(events)),
        ("left out: its id stands in the file before", pd.Series(ids).duplicated().to_numpy()),
    )
    kept = np.ones(len(events), dtype=bool)
    for reason, rows in left_out:
        found = kept & rows
        report.note(reason, lines[found].tolist())
        kept &= ~rows
    events, ids, lines = events.of_rows(kept), ids[kept], lines[kept]
    report.note("without coordinates: its place is to be located", lines[np.isnan(events.lat)].tolist())
    kinds, kind_ids, detail = _kinds(events.kind, known)
    forces, force_ids = _forces(events, known, report)
    sources, source_ids = _sources(events.sources, prefix, known)
    located = ~np.isnan(events.lat)
    incidents = {
        "id": ids,
        "lat": _each(_number, events.lat),
        "lon": _each(_number, events.lon),
        "precision": events.precision,
        "radius_km": np.where(located, events.radius_km, ""),
        "title": _each(lambda text: text or "Event", events.title),
        "kind": kind_ids,
        "start": events.start,
        "end": events.end,
        "place": objects([place or country for place, country in zip(events.place, events.country, strict=True)]),
        "country": events.country,
        "forces": _each(lambda names: "; ".join(dict.fromkeys(force_ids[name] for name in names)), events.actors),
        "killed": _each(lambda people: _tolls(people, force_ids), events.killed),
        "wounded": _each(lambda people: _tolls(people, force_ids), events.wounded),
        "confidence": events.confidence,
        "summary": events.summary,
        "further": stacked([lines_of("Kind", detail), events.further], len(events)),
        "sources": _each(lambda cited: "; ".join(dict.fromkeys(source_ids[one] for one in cited)), events.sources),
    }
    return {
        "sources": sources,
        "forces": forces,
        "kinds": kinds,
        "sites": frame("sites", []),
        "incidents": pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in incidents.items()}),
    }


def frame(table: str, rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Return rows of a table with all its columns, blank where a row gives none."""
    columns = list(BY_NAME[table].row.model_fields)
    return pd.DataFrame([{name: row.get(name, "") for name in columns} for row in rows], columns=columns, dtype="str")


def _nowhere(events: Events) -> npt.NDArray[np.bool_]:
    nowhere: npt.NDArray[np.bool_] = np.isnan(events.lat) & ~(events.place.astype(bool) | events.country.astype(bool))
    return nowhere


def _each(make: Callable[[Any], str], values: Iterable[Any]) -> Values:
    """Return ``make`` of each value, asked once for each that differ."""
    made: dict[Any, str] = {}
    found = []
    for value in values:
        if (text := made.get(value)) is None:
            text = made[value] = make(value)
        found.append(text)
    return objects(found)


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6f}".rstrip("0").rstrip(".")


def _tolls(people: Iterable[People], force_ids: Mapping[str, str]) -> str:
    return "; ".join(
        f"{force_ids[one.of]} {one.low}" + ("+" if one.high is None else f"-{one.high}" if one.high != one.low else "")
        for one in people
    )


def _ids(events: Events, prefix: str, report: Report) -> Values:
    """Return ids: the file's own, or of an event without one a hash of where, when and what."""
    unnamed = int((~events.id.astype(bool)).sum())
    if unnamed:
        report.said.append(f"{unnamed:,} rows have no id: when one is changed in the file, it counts as another.")
    again: Counter[str] = Counter()
    found = []
    told = zip(
        events.id, events.start, events.lat.tolist(), events.lon.tolist(), events.title, events.summary, strict=True
    )
    for id_, *what in told:
        if id_:
            found.append(f"{prefix}-{slug(id_)}")
            continue
        hashed = _hash(repr(what))[:12]
        again[hashed] += 1
        found.append(f"{prefix}-{hashed}" + (f"-{again[hashed]}" if again[hashed] > 1 else ""))
    return objects(found)


def _kinds(labels: Values, known: Known) -> tuple[pd.DataFrame, Values, Values]:
    """Return new kinds, each event's, and of those that are gathered as Other what they are."""
    counts = Counter(labels)
    by_count = sorted(counts, key=lambda label: (-counts[label], label))
    room = MOST_KINDS - len(known.kinds)
    new = [label for label in by_count if label not in known.kinds]
    shown = new if len(new) <= room else new[: max(0, room - 1)]
    rows, ids = [], dict(known.kinds)
    taken = set(known.kinds.values())
    for label, (shape, colour) in zip(shown, free_looks(known.looks), strict=False):
        ids[label] = free_id(slug(label), taken)
        grey = label.casefold() in ("other", "not stated")
        rows.append(
            {"id": ids[label], "label": label, "shape": "ring" if grey else shape, "colour": GREY if grey else colour}
        )
    if len(shown) < len(new) and OTHER not in ids:
        ids[OTHER] = free_id("other", taken)
        rows.append({"id": ids[OTHER], "label": OTHER, "shape": "ring", "colour": GREY})
    of_label = {label: ids.get(label, ids.get(OTHER, "")) for label in counts}
    detail = {label: "" if label in ids else label for label in counts}
    return frame("kinds", rows), objects([of_label[one] for one in labels]), objects([detail[one] for one in labels])


def _forces(events: Events, known: Known, report: Report) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return new forces, those with most events first, and all ids by name."""
    counts = _counted(events)
    ids, taken = dict(known.forces), set(known.ids.get("forces", ()))
    colours = islice(free_colours(known.colours), max(0, MOST_FORCES - len(known.colours)))
    rows = []
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if name in ids:
            continue
        called = line(name, 300) or SIDE_NOT_STATED  # as forces.csv has it, by which it is known again
        if called in ids:
            ids[name] = ids[called]
            continue
        what = "unidentified" if name == NOT_STATED else stands_for(name)
        ids[name] = ids[called] = free_id(slug(called), taken)
        colour = GREY if what else next(colours, GREY)
        rows.append({"id": ids[name], "name": called, "stands_for": what, "colour": colour})
    pairs = alike({name: number for name, number in counts.items() if name and not stands_for(name)})
    pairs = [(one, other) for one, other in pairs if ids[one] != ids[other]]
    for one, other in pairs[:OFFERED]:
        report.said.append(
            f"Maybe one: '{one}' ({counts[one]:,}) and '{other}' ({counts[other]:,}). If so, take {ids[other]} out of "
            f"forces.csv, add its name to the aliases of {ids[one]}, and import again."
        )
    if len(pairs) > OFFERED:
        report.said.append(f"{len(pairs) - OFFERED:,} more pairs of names are alike.")
    return frame("forces", rows), ids


def _counted(events: Events) -> Counter[str]:
    """Return how many events each name has; of those that are only named with the killed or wounded, 0."""
    counts: Counter[str] = Counter()
    for names, number in Counter(events.actors.tolist()).items():
        for name in names:
            counts[name] += number
    for column in (events.killed, events.wounded):
        counts.update(dict.fromkeys((one.of for people in set(column.tolist()) for one in people), 0))
    return counts


def _sources(cited: Values, prefix: str, known: Known) -> tuple[pd.DataFrame, dict[Source, str]]:
    """Return new sources and the ids of all; an id is made of what the source is, so that it stays the same."""
    ids: dict[Source, str] = {}
    rows = []
    there = known.ids.get("sources", frozenset())
    for one in dict.fromkeys(source for sources in dict.fromkeys(cited.tolist()) for source in sources):
        ids[one] = "-".join(
            filter(None, (prefix, slug(one.publisher)[:40].strip("-"), one.published, _hash(repr(one))[:8]))
        )
        ids[one] = re.sub(r"[^a-z0-9]+", "-", ids[one])
        if ids[one] not in there:
            rows.append({"id": ids[one], **one._asdict(), "publisher": item(one.publisher) or "Not stated"})
    return frame("sources", rows), ids


def free_id(wanted: str, taken: set[str]) -> str:
    """Return an id that is not taken, and take it."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
