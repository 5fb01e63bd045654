"""What is known of a row as facts, in the words people read: cards, files and the API only render them.

To add a fact, add a function to FACTS. Its words stand in wording.py.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.method import ON_CONFIDENCE, ON_KNOWN, ON_PRECISION
from components.catalog.records import records
from components.catalog.tables import ROW_TABLES
from components.view.as_known import as_public, presence_at
from components.view.held_areas import areas_at
from components.view.on_view import OnView
from components.view.parts import whole_of, whole_title
from components.view.posture import CERTAIN
from components.view.sourcing import UNSOURCED, sourcing
from components.view.states import SiteState
from components.view.wording import (
    AREA,
    CERTAINTY,
    IN_AREA,
    NOT_STATED,
    PERHAPS,
    PERHAPS_IN_AREA,
    SITE_STATES,
    capital,
    confidence_text,
    listed,
    moved_text,
    number_text,
    place_text,
    precision_text,
    stay_text,
    tolls_text,
    when_text,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a row."""

    label: str
    text: str
    """It begins with a capital, unless it is another row's name."""
    method: str = ""
    """The section of the folder's method that says what this means; "" for none."""
    row: str = ""
    """The row that the text names, such as ``site:al-tanf``; "" for none."""
    explained: tuple[str, ...] = ()
    """The words of the text that the method's section is about; none: all of the fact, which its label stands for."""

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text in pieces, each with whether it is one of the words that are ``explained``."""
        if not self.explained:
            return [(self.text, False)]
        words = "|".join(map(re.escape, self.explained))
        return [(piece, piece in self.explained) for piece in re.split(f"({words})", self.text) if piece]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the facts of a row are told from, beside the row."""

    catalog: Catalog
    known: int | None
    end: int
    """The window's last day."""
    states: Mapping[str, SiteState]
    """The sites' on view, by id."""
    forces: Mapping[str, str]
    """Names by id."""
    sites: Mapping[str, str]
    """Names by id."""
    areas: Mapping[str, str]
    """How surely each of those on view is held."""


def facts(on_view: OnView, table: str, id_: str) -> list[Fact]:
    """Return what is known of a row of ``table`` (sites, incidents or movements), in the order of a card.

    As known on the View's day: none of a row that was not public by then. A site that no filter lets through has no
    status; other filters and the window hide nothing.

    >>> february = on_view(catalog, View(date(2026, 2, 1), date(2026, 2, 28)))
    >>> [fact.text for fact in facts(february, "sites", "al-tanf") if fact.label in ("Kind", "Precision")]
    ['Garrison', 'Exact site']
    """
    public = as_public(on_view.catalog.tables[table].loc[[id_]], on_view.catalog, on_view.known)
    tell = facts_of(on_view, table)
    return [fact for row in records(public) for fact in tell(row)]


def facts_of(on_view: OnView, table: str) -> Callable[[Any], list[Fact]]:
    """Return what tells the facts of a row of ``table``, given as a named tuple: for many rows, one after another."""
    catalog = on_view.catalog
    forces, sites = (dict(zip(frame["id"], frame["name"], strict=True)) for frame in (catalog.forces, catalog.sites))
    selection = on_view.selection
    asked = Asked(catalog, on_view.known, on_view.end, selection.states, forces, sites, selection.areas)
    tells = FACTS[table]
    return lambda row: [fact for tell in tells for fact in _several(tell(asked, row)) if fact.text]


def _several(told: Fact | Sequence[Fact]) -> Sequence[Fact]:
    return (told,) if isinstance(told, Fact) else told


def further_facts(text: str) -> list[Fact]:
    """Return what a source's file tells besides, each line of ``further`` a fact; one without a label is a note.

    >>> [(fact.label, fact.text) for fact in further_facts("tags: crowd size=no report")]
    [('Tags', 'Crowd size=no report')]
    """
    found = []
    for line in text.splitlines():
        label, colon, value = line.partition(":")
        label, value = (label.strip(), value.strip()) if colon and label.strip() else ("Note", line.strip())
        if value:
            found.append(Fact(capital(label), capital(value)))
    return found


def _status(asked: Asked, site: Any) -> Fact:
    """Tell who holds a site, and of each how surely."""
    state = asked.states.get(site.id)
    if state is None:
        return Fact("Status", "")
    words = {holder.certainty: f"({CERTAINTY[holder.certainty]})" for holder in state.holders}
    unsure = tuple(word for certainty, word in words.items() if CERTAINTY[certainty])
    holders = ", ".join(
        " ".join([asked.forces[holder.force], *([words[holder.certainty]] if CERTAINTY[holder.certainty] else [])])
        for holder in state.holders
    )
    text = SITE_STATES[state.status].long.format(holders=holders, previous=asked.forces.get(state.previous, ""))
    return Fact("Status", text, method=ON_KNOWN if unsure else "", explained=unsure)


def _site_confidence(asked: Asked, site: Any) -> Fact:
    """Tell how sure the curators are of who holds a site, or of who left it last; of several forces, of each."""
    state = asked.states.get(site.id)
    if state is None:
        return Fact("Confidence", "")
    sure = asked.catalog.presence["confidence"]
    rated = {asked.forces[holder.force]: str(sure[holder.presence]) for holder in state.holders}
    if not rated and state.previous:
        rows = presence_at(asked.catalog, site.id, asked.known)
        theirs = rows[(rows["force"] == state.previous) & (rows["start_first"] <= asked.end)]
        # The row that ended last tells of the leaving.
        levels = list(theirs.sort_values("end_last")["confidence"].astype(str))
        rated |= zip([asked.forces[state.previous]], levels[-1:], strict=False)
    same = set(rated.values())
    text = same.pop() if len(same) == 1 else ", ".join(f"{force} {level}" for force, level in rated.items())
    return Fact("Confidence", capital(text), method=ON_CONFIDENCE)


def _site_areas(asked: Asked, site: Any) -> list[Fact]:
    """Tell in which held areas a site lies: of each that it surely does, and together of the others' holders.

    No filter hides them, as none hides who held it.
    """
    told = areas_at(asked.catalog, site.id, asked.end, asked.known)
    found = []
    for area, _ in (one for one in told if one[1]):
        holder, unsure = _by(asked, area.force, area.certainty)
        text = IN_AREA.format(
            holder=holder,
            area=area.name,
            stay=area.stay,
            confidence=confidence_text(area.confidence),
            publishers=_publishers(asked, area.sources),
        )
        found.append(Fact(AREA, text, method=ON_KNOWN if unsure else "", explained=unsure))
    known_holders = {area.force for area, sure in told if sure}
    perhaps = [area for area, _ in told if area.force not in known_holders]
    if perhaps:
        holders: dict[str, str] = {}
        for area in perhaps:
            holders.setdefault(area.force, area.certainty)  # its surest
        text = PERHAPS_IN_AREA.format(
            perhaps=PERHAPS,
            holders=" or ".join(_by(asked, force, certainty)[0] for force, certainty in holders.items()),
            publishers=_publishers(asked, [source for area in perhaps for source in area.sources]),
        )
        found.append(Fact(AREA, text, method=ON_PRECISION, explained=(PERHAPS,)))
    return found


def _by(asked: Asked, force: str, certainty: str) -> tuple[str, tuple[str, ...]]:
    """Return a holder with how surely it is one, and the words that say so."""
    words = (f"({CERTAINTY[certainty]})",) if CERTAINTY[certainty] else ()
    return " ".join([asked.forces[force], *words]), words


def _publishers(asked: Asked, sources: Sequence[str]) -> str:
    return listed(sourcing(asked.catalog, sources).publishers) or UNSOURCED


def _site_kind(asked: Asked, site: Any) -> Fact:
    return Fact("Kind", capital(asked.catalog.dataset.vocabulary.site(site.kind)))


def _site_place(_: Asked, site: Any) -> Fact:
    return Fact("Where", capital(place_text(site.admin1, site.country)))


def _precision(_: Asked, row: Any) -> Fact:
    return Fact("Precision", capital(precision_text(row.precision, row.radius_km)), method=ON_PRECISION)


def _aliases(_: Asked, site: Any) -> Fact:
    return Fact("Also called", capital("; ".join(site.aliases)))


def _when(_: Asked, row: Any) -> Fact:
    return Fact("When", capital(when_text(row.start, row.end)))


def _place(asked: Asked, label: str, place: str) -> Fact:
    """Tell a place: a site by its name, another as it is written."""
    if place in asked.sites:
        return Fact(label, asked.sites[place], row=f"site:{place}")
    return Fact(label, capital(place))


def _incident_place(asked: Asked, incident: Any) -> Fact:
    return _place(asked, "Where", incident.site or incident.place or ", ".join(incident.country))


def _origin(asked: Asked, movement: Any) -> Fact:
    return _place(asked, "From", movement.origin or NOT_STATED)


def _destination(asked: Asked, movement: Any) -> Fact:
    return _place(asked, "To", movement.destination or NOT_STATED)


def _forces(asked: Asked, incident: Any) -> Fact:
    """Tell the forces that take part; who is no force is told by ``_others``."""
    return Fact("Forces", capital(", ".join(_involved(asked, incident, forces=True))))


def _others(asked: Asked, incident: Any) -> Fact:
    return Fact("Others involved", capital(", ".join(_involved(asked, incident, forces=False))))


def _involved(asked: Asked, incident: Any, forces: bool) -> list[str]:
    stands_for = asked.catalog.forces["stands_for"]
    return [asked.forces[force] for force in incident.forces if (stands_for[force] is None) == forces]


def _force(asked: Asked, movement: Any) -> Fact:
    return Fact("Force", capital(asked.forces[movement.force]))


def _killed(asked: Asked, incident: Any) -> Fact:
    return Fact("Killed", capital(tolls_text(incident.killed, asked.forces)))


def _wounded(asked: Asked, incident: Any) -> Fact:
    return Fact("Wounded", capital(tolls_text(incident.wounded, asked.forces)))


def _movement_kind(asked: Asked, movement: Any) -> Fact:
    return Fact("Kind", capital(asked.catalog.dataset.vocabulary.movement(movement.kind)))


def _moved(_: Asked, movement: Any) -> Fact:
    return Fact("What moved", capital(moved_text(movement.moved, movement.what)))


def _number(_: Asked, movement: Any) -> Fact:
    return Fact("Number", capital(number_text(movement.low, movement.high, movement.unit)))


def _part_of(prefix: str) -> Callable[[Asked, Any], Fact]:
    def tell(asked: Asked, row: Any) -> Fact:
        table = ROW_TABLES[prefix]
        whole = whole_of(asked.catalog, table, row.id, asked.known)
        title = whole_title(asked.catalog, table, row.id, asked.known)
        return Fact("Part of", title, row=f"{prefix}:{whole}") if whole else Fact("Part of", "")

    return tell


def _holder(asked: Asked, area: Any) -> Fact:
    """Tell who held an area, and how surely it still did on the window's last day."""
    text, unsure = _by(asked, area.force, asked.areas.get(area.id, CERTAIN))
    return Fact("Held by", capital(text), method=ON_KNOWN if unsure else "")


def _further(_: Asked, incident: Any) -> list[Fact]:
    return further_facts(incident.further)


def _held(asked: Asked, area: Any) -> Fact:
    """Tell when an area was held, but not what was not public yet on the View's day."""
    if asked.known is not None:
        return Fact("When", "")
    return Fact("When", capital(stay_text(area.start, area.end, area.last_confirmed)))


def _confidence(_: Asked, row: Any) -> Fact:
    return Fact("Confidence", capital(row.confidence), method=ON_CONFIDENCE)


FACTS: Final[dict[str, tuple[Callable[[Asked, Any], Fact | Sequence[Fact]], ...]]] = {
    "sites": (_status, _site_confidence, _site_areas, _site_kind, _site_place, _precision, _aliases),
    "areas": (_holder, _held, _confidence),
    "incidents": (
        _when,
        _incident_place,
        _precision,
        _forces,
        _others,
        _killed,
        _wounded,
        _part_of("incident"),
        _confidence,
        _further,
    ),
    "movements": (
        _movement_kind,
        _when,
        _origin,
        _destination,
        _force,
        _moved,
        _number,
        _part_of("movement"),
        _confidence,
    ),
}
"""By table, what tells each fact, in the order of a card; a fact without text is left out."""
