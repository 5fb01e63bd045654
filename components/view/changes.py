"""Changes: what differs between the posture as of a window's two edges, and what explains it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from components.catalog.catalog import NEVER, Catalog
from components.catalog.dates import PartialDate
from components.view.known import presence
from components.view.posture import POSSIBLE, Held, posture
from components.view.publication import public_days, public_of

HANDED_OVER: Final = "handed-over"
VACATED: Final = "vacated"
LEFT: Final = "left"
OPENED: Final = "opened"
JOINED: Final = "joined"
REDUCED: Final = "drawing-down"
REINFORCED: Final = "reinforced"
UNKNOWN: Final = "unknown"
CONFIRMED: Final = "confirmed"

KINDS: Final = (HANDED_OVER, VACATED, LEFT, OPENED, JOINED, REDUCED, REINFORCED, UNKNOWN, CONFIRMED)
"""From what changes a map most to what changes it least. LEFT: others stay. JOINED: others were there before."""

COMING: Final = ("reinforcement",)
GOING: Final = ("withdrawal", "drawdown", "redeployment")
"""The kinds of movement that strengthen where they arrive, and weaken where they set out."""

CONFIDENCE: Final = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Part:
    """One force's part in a change.

    before, after: how it stood at the window's two edges, None where it was not there. Whoever replaces each
    ``before`` by its ``after`` in the posture as of the first edge has the posture as of the last.
    """

    force: str
    before: Held | None
    after: Held | None
    left: PartialDate | None = None
    """When it left, where it did."""
    came: PartialDate | None = None
    """When it came, or took over."""
    reduced: tuple[PartialDate, PartialDate | None] | None = None
    """From when to when it was drawn down; without an end: it still was at the last edge."""
    reinforced: PartialDate | None = None
    """When it was last reinforced."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the window did to a site."""

    site: str
    kind: str
    parts: tuple[Part, ...]
    """Who left, by when; who took over or came; who stays but changed. Those of whom nothing is told come last."""
    movements: tuple[str, ...]
    incidents: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    """The lowest of the rows that tell of it."""
    disputed: bool
    """Whether there are rival claims about the site."""


@lru_cache(maxsize=64)
def changes(catalog: Catalog, start: int, end: int, known: int | None = None) -> tuple[Change, ...]:
    """Return the changes between the postures as of day numbers ``start`` and ``end``, as known on day ``known``.

    One a site at most, by country, then by kind and the site's name. From a date to itself there are none.
    """
    before, after = posture(catalog, start, known), posture(catalog, end, known)
    sites = catalog.sites
    public = _public_sites(catalog, known)
    found = [
        change
        for site in sites["id"]
        if site in public
        for change in [_change(catalog, site, before[site], after[site], start, end, known)]
        if change
    ]
    names = dict(zip(sites["id"], zip(sites["country"], sites["name"], strict=True), strict=True))
    return tuple(sorted(found, key=lambda c: (names[c.site][0], KINDS.index(c.kind), names[c.site][1])))


def _public_sites(catalog: Catalog, known: int | None) -> set[str]:
    days = public_days(catalog.sites, catalog.sources)
    return {site for site, day in zip(catalog.sites["id"], days, strict=True) if known is None or day <= known}


def _change(
    catalog: Catalog,
    site: str,
    before: tuple[Held, ...],
    after: tuple[Held, ...],
    start: int,
    end: int,
    known: int | None,
) -> Change | None:
    then, now = ({held.force: held for held in side} for side in (before, after))
    movements = _within(catalog.movements, catalog, start, end, known)
    here = movements[(movements["origin"] == site) | (movements["destination"] == site)]
    parts = [
        _part(catalog, force, then.get(force), now.get(force), here[here["force"] == force], start, end, known)
        for force in dict.fromkeys([*then, *now])
    ]
    gone = [part for part in parts if part.after is None]
    arrived = [part for part in parts if part.before is None]
    stayed = [part for part in parts if part.before and part.after]
    # Who was there beside the one that left, and has begun to hold the site otherwise, has taken over.
    heirs = [part for part in stayed if part.came] if gone else []
    kind = _kind(gone, arrived, heirs, stayed, bool(before))
    if kind is None:
        return None
    told = [*sorted(gone, key=_left_on), *sorted([*arrived, *heirs], key=_came_on)]
    told += [part for part in stayed if part not in heirs]
    forces = {part.force for part in told if part in gone or part in arrived or part in heirs or _differs(part)}
    involved = here[here["force"].isin(forces)]
    rows = _rows(told, forces, start, catalog, known)
    happened = _within(catalog.incidents[catalog.incidents["site"] == site], catalog, start, end, known)
    cited = [source for frame in (rows, involved) for row in frame["sources"] for source in row]
    if not cited:  # nothing began or ended: the record itself, or the silence since, is what changed
        cited = [source for part in told if part.force in forces for source in _standing(part).sources]
    # Who was only reported there beside others makes their going no less sure.
    firm = rows[rows["status"] != "reported"]
    confidences = [*(firm if len(firm) else rows)["confidence"]] or [held.confidence for held in (*before, *after)]
    return Change(
        site=site,
        kind=kind,
        parts=tuple(told),
        movements=tuple(involved["id"]),
        incidents=tuple(happened["id"]),
        sources=public_of(cited, catalog.sources, known),
        confidence=max(confidences, key=CONFIDENCE.index),
        disputed=bool((catalog.claims["row"] == f"site:{site}").any()),
    )


def _kind(gone: list[Part], arrived: list[Part], heirs: list[Part], stayed: list[Part], held: bool) -> str | None:
    if gone:
        if arrived or heirs:
            return HANDED_OVER
        return LEFT if stayed else VACATED
    if arrived:
        return JOINED if held else OPENED
    for kind, applies in (
        (REINFORCED, _reinforced_last),
        (REDUCED, lambda part: part.reduced),
        (UNKNOWN, _became_unknown),
        (CONFIRMED, _differs),
    ):
        if any(applies(part) for part in stayed):
            return kind
    return None


def _reinforced_last(part: Part) -> bool:
    if part.reinforced is None or part.reduced is None:
        return part.reinforced is not None
    _, until = part.reduced
    return until is not None and part.reinforced.last >= until.first


def _became_unknown(part: Part) -> bool:
    return _surely(part.before) and not _surely(part.after)


def _differs(part: Part) -> bool:
    return _surely(part.before) != _surely(part.after) or part.reduced is not None or part.reinforced is not None


def _surely(held: Held | None) -> bool:
    return held is not None and held.certainty != POSSIBLE


def _part(
    catalog: Catalog,
    force: str,
    before: Held | None,
    after: Held | None,
    movements: pd.DataFrame,
    start: int,
    end: int,
    known: int | None,
) -> Part:
    frame = catalog.presence
    if after is None:
        return Part(force, before, None, left=before.ends if before else None)
    rows = frame.loc[list(after.rows)]
    within = rows[(rows["start_first"] > start) & (rows["start_first"] <= end)]
    settled = within[within["status"] != "reported"]
    began = settled if len(settled) else within
    came = began["start"].iloc[0] if len(began) else None
    if before is None:
        return Part(force, None, after, came=came or after.since)
    return Part(
        force,
        before,
        after,
        came=came,
        reduced=_reduced(rows, movements, after, start, end, known),
        reinforced=_reinforced(movements, after),
    )


def _reduced(
    rows: pd.DataFrame, movements: pd.DataFrame, after: Held, start: int, end: int, known: int | None
) -> tuple[PartialDate, PartialDate | None] | None:
    """Return from when to when a force that stays was drawn down, by its presence, else by what moved away."""
    horizon = end if known is None else min(end, known)
    drawn = rows[(rows["status"] == "drawing-down") & (rows["start_first"] <= end) & (rows["end_last"] > start)]
    if len(drawn):
        last = drawn.iloc[-1]
        return drawn.iloc[0]["start"], last["end"] if last["end_last"] <= horizon else None
    away = movements[movements["kind"].isin(GOING) & (movements["origin"] == after.site)]
    if not len(away):
        return None
    until = away.iloc[-1]["end"] or away.iloc[-1]["start"]
    return away.iloc[0]["start"], until if until.first <= horizon else None


def _reinforced(movements: pd.DataFrame, after: Held) -> PartialDate | None:
    to = movements[movements["destination"] == after.site]
    to = to[to["kind"].isin(COMING)]
    return to["start"].iloc[-1] if len(to) else None


def _standing(part: Part) -> Held:
    """Return how it stands now, or stood."""
    held = part.after or part.before
    if held is None:
        raise ValueError(f"{part.force} was there at neither edge")
    return held


def _rows(parts: Iterable[Part], forces: set[str], start: int, catalog: Catalog, known: int | None) -> pd.DataFrame:
    """Return the presence rows that tell of a change: those that ended or began in the window, of who took part."""
    spans = presence(catalog, known)
    number = {id_: n for n, id_ in enumerate(spans.ids)}
    told = []
    for part in parts:
        if part.force not in forces:
            continue
        rows = _standing(part).rows
        last = rows[-1]
        told += [id_ for id_ in rows if spans.start_first[number[id_]] > start or (part.after is None and id_ == last)]
    return catalog.presence.loc[told]


def _within(frame: pd.DataFrame, catalog: Catalog, start: int, end: int, known: int | None) -> pd.DataFrame:
    """Return the rows that possibly fall in the window and were public."""
    rows = frame[(frame["start_first"] <= end) & (frame["end_last"] >= start)]
    if known is None:
        return rows
    return rows[public_days(rows, catalog.sources) <= known]


def _left_on(part: Part) -> tuple[int, int]:
    return (part.left.first, part.left.last) if part.left else (NEVER, NEVER)


def _came_on(part: Part) -> tuple[int, int]:
    return (part.came.first, part.came.last) if part.came else (NEVER, NEVER)


def applied(before: dict[str, tuple[Held, ...]], told: Iterable[Change]) -> dict[str, dict[str, Held]]:
    """Return the posture ``before`` with the changes made to it: by site and force, who is there and how surely."""
    result = {site: {held.force: held for held in holders} for site, holders in before.items()}
    for change in told:
        for part in change.parts:
            if part.after is None:
                result[change.site].pop(part.force)
            else:
                result[change.site][part.force] = part.after
    return result
