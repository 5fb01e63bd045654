"""The brief: changes told in sentences that a newspaper could print, with their sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate
from components.catalog.derived import derived
from components.view.changes import (
    CONFIDENCE,
    CONTINUING,
    Change,
    Event,
    Lasting,
    Part,
    changes,
    continuing,
    site_names,
)
from components.view.on_view import OnView
from components.view.outcomes import HANDED_OVER, JOINED, KINDS, LOST, OPENED, REDUCED, UNCERTAIN, VACATED
from components.view.posture import POSSIBLE, Held
from components.view.record import record_text
from components.view.subject import subject
from components.view.title import scope_text
from components.view.transitions import REINFORCED, RENAMED
from components.view.wording import (
    capital,
    date_text,
    day_text,
    listed,
    on_text,
    sentence,
    stretch_text,
    unreported_text,
)

TEMPLATES: Final[Mapping[str, str]] = {
    "left": "{who} left {when}",
    "left, then only reported": "{who}, by then only reported there, left {when}",
    "left, only ever reported": "{who}, whose presence was only ever reported, left {when}",
    "took over": "{who} took over {when}",
    "came": "{who} arrived {when}",
    "came, reported": "{who} are reported to have arrived {when}",
    "role": "what is reported of {who} there: {role}",
    "seen": "{who} were reported there {when}",
    "stayed": "{who} stayed",
    "reduced": "{who} drew down {stretch}",
    "being reduced": "{who} have been drawing down since {since}",
    "began to be reduced": "{who} began to draw down {when}",
    "reinforced": "{who} were reinforced {stretch}",
    "being reinforced": "{who} have been reinforced since {since}",
    "renamed": "{who} there, until then called {old}, took the name {new} {when}",
    "last seen": "{who} were last confirmed there {when}",
    "last reported": "{who} were last reported there {when}",
    "doubted": "from {since} on it is only reported, not confirmed, that {who} were there",
    "perhaps before": "{clause}, perhaps before this window",
    "perhaps after": "{clause}, perhaps after this window",
}
"""Every clause a brief is made of. Whoever is told of is named in the plural, so that the verbs are."""

OTHERS: Final = "Other forces"
NOTHING: Final = "No site on view changed hands between these two dates, as far as is known."
NO_SITES: Final = "No sites are on record here, so nothing is told of who holds what."
NOTHING_SURE: Final = "No site on view is known for certain to have changed hands between these two dates."

TOTALS: Final[Mapping[str, tuple[str, str]]] = {
    HANDED_OVER: ("1 site was handed over", "{n} sites were handed over"),
    VACATED: ("1 site was vacated", "{n} sites were vacated"),
    LOST: ("1 site lost one of its forces", "{n} sites lost one of their forces"),
    OPENED: ("1 site was opened", "{n} sites were opened"),
    JOINED: ("1 site gained another force", "{n} sites gained another force"),
    REDUCED: ("1 site was drawn down", "{n} sites were drawn down"),
    REINFORCED: ("1 site was reinforced", "{n} sites were reinforced"),
    RENAMED: ("at 1 site a unit was renamed", "at {n} sites units were renamed"),
    UNCERTAIN: ("1 site may have changed", "{n} sites may have changed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A change in a sentence."""

    change: Change
    name: str
    """The site's."""
    where: str
    """The country it is in; of one on a border both."""
    text: str
    """What happened there, without the site's name: it begins in lower case and has no full stop."""

    @property
    def sentence(self) -> str:
        """The whole sentence, without its sources."""
        return f"{self.name}: {sentence(self.text)}"


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that are told together, the most important first."""

    title: str
    lines: tuple[Line, ...]
    total: str
    """How many sites changed and how: one sentence."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What changed between a window's two edges."""

    title: str
    groups: tuple[Group, ...]
    """What changed: of the force that is told of first, then of the others."""
    continuing: tuple[Line, ...]
    """What went on through the whole window: no change."""
    uncertain: tuple[Line, ...]
    """What may have changed: the record leaves open whether, or whether within the window."""
    silent: tuple[Line, ...]
    """Of whom no later report was found: no change."""
    record: str
    """How old the record is, and whether the window ends after it."""
    nothing: str
    """What to say where nothing surely changed, else ""."""

    @property
    def changed(self) -> tuple[Line, ...]:
        """All changes, and what may be one."""
        return (*chain.from_iterable(group.lines for group in self.groups), *self.uncertain)

    @property
    def doubts(self) -> tuple[Line, ...]:
        """What the record does not say."""
        return (*self.uncertain, *self.silent)


def brief(on_view: OnView) -> Brief:
    """Return the brief of a View's window, of the sites that its filters let through."""
    catalog, view, wanted = on_view.catalog, on_view.view, on_view.selection.states
    start, end, known = view.day_numbers
    called = called_forces(catalog)
    sites = site_names(catalog)

    def line(change: Change) -> Line:
        name, countries = sites[change.site]
        return Line(change, name, " / ".join(countries), _change_text(change, called, start))

    found = changes_on_view(on_view)
    first = told_first(on_view)
    ordered = sorted(found, key=lambda change: (*importance(change, first), sites[change.site][0]))
    changed = [line(change) for change in ordered if change.kind != UNCERTAIN]
    theirs = [line for line in changed if part_of(line.change, first)]
    others = [line for line in changed if not part_of(line.change, first)]
    titles = (capital(called.get(first, "")), OTHERS)
    lasting = [line(one) for one in continuing(catalog, start, end, known) if one.site in wanted]
    window = f"{day_text(view.start)} to {day_text(view.end)}" if start < end else day_text(view.start)
    return Brief(
        title=f"Changes, {window}{scope_text(view)}",
        groups=tuple(
            Group(title, tuple(lines), _total(lines))
            for title, lines in zip(titles, (theirs, others), strict=True)
            if lines
        ),
        continuing=tuple(line for line in lasting if line.change.goes_on),
        uncertain=tuple(line(change) for change in ordered if change.kind == UNCERTAIN),
        silent=tuple(line for line in lasting if not line.change.goes_on),
        record=record_text(catalog, view),
        nothing="" if changed else NOTHING_SURE if ordered else NOTHING if sites else NO_SITES,
    )


def changes_on_view(on_view: OnView) -> list[Change]:
    """Return the changes of a View's window at the sites that its filters let through."""
    wanted = on_view.selection.states
    found = changes(on_view.catalog, on_view.start, on_view.end, on_view.known)
    return [change for change in found if change.site in wanted]


def told_first(on_view: OnView) -> str:
    """Return the force that is told of first: the subject, or of those chosen instead the one that changed most."""
    first, chosen = subject(on_view.catalog), on_view.view.force
    if not chosen or first in chosen:
        return first
    found = changes_on_view(on_view)
    order = [force for force in on_view.catalog.forces["id"] if force in chosen]
    return max(order, key=lambda force: sum(part_of(change, force) is not None for change in found), default=first)


def part_of(change: Change, force: str) -> Part | None:
    """Return what a change tells of a force; None for nothing."""
    return next((part for part in change.parts if part.force == force and part.rests_on), None)


def importance(change: Change, first: str) -> tuple[int, int, int, int]:
    """Return what changes are ordered by: how much they are about the force ``first``, then how much it did.

    Who left or came is told before who was strengthened or weakened; of one kind, where more forces took part.
    """
    part = part_of(change, first)
    theirs = 3 if part is None else 0 if part.left or part.came else 1 if part.reduced or part.reinforced else 2
    took_part = sum(bool(part.rests_on) for part in change.parts)
    return theirs, KINDS.index(change.kind), -took_part, CONFIDENCE.index(change.confidence)


@derived()
def called_forces(catalog: Catalog) -> Mapping[str, str]:
    """Return what the people of each force are called in a sentence, in the plural, by its id."""
    forces = catalog.forces
    named = zip(forces["id"], forces["called"], forces["name"], strict=True)
    return {id_: called or f"{name} forces" for id_, called, name in named}


def _total(lines: Sequence[Line]) -> str:
    counted = []
    for kind, (one, many) in TOTALS.items():
        number = sum(line.change.kind == kind for line in lines)
        if number:
            counted.append(one if number == 1 else many.format(n=f"{number:,}"))
    return sentence(listed(counted))


def _change_text(change: Change, called: Mapping[str, str], start: int) -> str:
    if change.kind == CONTINUING:
        lasting = [clause for part in change.parts for clause in _lasting(part, called[part.force])]
        seen = [
            TEMPLATES[_last(part.after)].format(who=called[part.force], when=on_text(part.after.confirmed))
            for part in change.parts
            if part.unreported and not part.rests_on and part.after and part.after.confirmed
        ]
        return "; ".join([*lasting, *seen, *_unreported(change.parts, called, len(lasting) + len(seen))])
    gone = [(part, part.left) for part in change.parts if part.left]
    came = [(part, part.came) for part in change.parts if part.came]

    def hedged(event: Event, clause: str) -> str:
        return _hedged(event, clause, start)

    clauses = _in_order([*_together(gone, called, _left, hedged), *_together(came, called, _came, hedged)])
    clauses += [
        TEMPLATES["role"].format(who=called[part.force], role=part.after.role)
        for part, event in came
        if event.reported and part.after and part.after.role
    ]
    stayed = [part for part in change.parts if not part.left and not part.came]
    stories = [(part, [*_lasting(part, called[part.force]), *_also(part, called[part.force])]) for part in stayed]
    clauses += [clause for _, story in stories for clause in story]
    if change.kind in (LOST, JOINED):
        quiet = [
            called[part.force]
            for part, story in stories
            if not story and not part.unreported and _surely_there(part.before) and _surely_there(part.after)
        ]
        clauses += [TEMPLATES["stayed"].format(who=listed(quiet))] if quiet else []
    return "; ".join([*clauses, *_unreported(change.parts, called, len(clauses))])


def _surely_there(held: Held | None) -> bool:
    """Return whether more than a report or an open date has a force there: of others nobody can say that it stayed."""
    return held is not None and held.certainty != POSSIBLE


def _last(held: Held) -> str:
    """Return how the last word of a force is told: what was only ever a report confirmed nothing."""
    return "last reported" if held.status == "reported" else "last seen"


def _unreported(parts: Sequence[Part], called: Mapping[str, str], clauses: int) -> list[str]:
    """Return of whose leaving no report was found; after the one clause of a force alone, "their" is its own."""
    found = [(part, part.unreported) for part in parts if part.unreported]
    alone = clauses == 1 and len(parts) == 1
    return [unreported_text(until, "their" if alone else called[part.force]) for part, until in found]


def _left(event: Event) -> str:
    if event.always_reported:
        return "left, only ever reported"
    return "left, then only reported" if event.reported else "left"


def _came(event: Event) -> str:
    if event.took_over:
        return "took over"
    return "came, reported" if event.reported else "came"


def _hedged(event: Event, clause: str, start: int) -> str:
    """Return a clause with what it leaves open: whether an event dated by month or year fell in the window."""
    if event.sure:
        return clause
    return TEMPLATES["perhaps before" if event.date.first < start else "perhaps after"].format(clause=clause)


def _together(
    parts: Sequence[tuple[Part, Event]],
    called: Mapping[str, str],
    template: Callable[[Event], str],
    hedged: Callable[[Event, str], str],
) -> list[tuple[PartialDate, str]]:
    """Return a clause, with its date, for those who did the same at the same time."""
    groups: dict[tuple[str, PartialDate], list[tuple[str, Event]]] = {}
    for part, event in parts:
        groups.setdefault((template(event), event.date), []).append((called[part.force], event))
    return [
        (when, hedged(of[0][1], TEMPLATES[name].format(who=listed([who for who, _ in of]), when=on_text(when))))
        for (name, when), of in groups.items()
    ]


def _in_order(steps: Sequence[tuple[PartialDate, str]]) -> list[str]:
    """Return the clauses in order of time; a day that was just said is "the same day"."""
    ordered: list[str] = []
    before: PartialDate | None = None
    for when, clause in sorted(steps, key=lambda step: step[0].first):
        said = f" {on_text(when)}"
        if when == before and when.first == when.last and clause.endswith(said):
            clause = f"{clause.removesuffix(said)} the same day"
        ordered.append(clause)
        before = when
    return ordered


def _lasting(part: Part, who: str) -> list[str]:
    """Return how a force that stayed was drawn down and reinforced."""

    def clause(lasted: Lasting, name: str) -> str:
        since, until = lasted
        if until is None and part.after and part.after.certainty == POSSIBLE and name == "reduced":
            # Nothing has told for long that it goes on, nor that they are still there.
            return TEMPLATES["began to be reduced"].format(who=who, when=on_text(since))
        if until is None:
            return TEMPLATES[f"being {name}"].format(who=who, since=date_text(since))
        return TEMPLATES[name].format(who=who, stretch=stretch_text(since, until))

    stretches = [(part.reduced, "reduced"), (part.reinforced, "reinforced")]
    lasting = sorted(((lasted, name) for lasted, name in stretches if lasted), key=lambda pair: pair[0][0].first)
    clauses = [clause(*one) for one in lasting]
    # Of one force, its name is said once.
    return [" and ".join([clauses[0], *(one.removeprefix(f"{who} ") for one in clauses[1:])])] if clauses else []


def _also(part: Part, who: str) -> list[str]:
    """Return what else there is to tell of a force that stayed, or that was only seen."""
    clauses = []
    if part.renamed:
        old, new, when = part.renamed
        clauses.append(TEMPLATES["renamed"].format(who=who, old=old, new=new, when=on_text(when)))
    if part.doubted:
        clauses.append(TEMPLATES["doubted"].format(who=who, since=date_text(part.doubted)))
    if part.seen:
        clauses.append(TEMPLATES["seen"].format(who=who, when=on_text(part.seen)))
    return clauses
