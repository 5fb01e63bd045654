"""The brief: changes told in sentences that a newspaper could print, with their sources."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from components.catalog.catalog import Catalog
from components.catalog.dates import PartialDate
from components.view.changes import CONTINUING, Change, Event, Lasting, Part, changes, continuing
from components.view.on_view import OnView
from components.view.outcomes import HANDED_OVER, JOINED, LOST, OPENED, REDUCED, UNCERTAIN, VACATED
from components.view.posture import POSSIBLE, Held
from components.view.record import record_text
from components.view.sourcing import ARCHIVED, marks, read_on, source_rows, sourcing
from components.view.transitions import REINFORCED, RENAMED
from components.view.wording import (
    DISAGREE,
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
    text: str
    """What happened there, without the site's name: it begins in lower case and has no full stop."""

    @property
    def sentence(self) -> str:
        """The whole sentence, without its sources."""
        return f"{self.name}: {sentence(self.text)}"


@dataclass(frozen=True, slots=True)
class Brief:
    """What changed between a window's two edges."""

    title: str
    countries: Mapping[str, tuple[Line, ...]]
    """Lines by country; a site on a border stands under both its names."""
    totals: Mapping[str, str]
    """By country, how many sites changed and how: one sentence."""
    continuing: tuple[Line, ...]
    """What went on through the whole window: no change."""
    record: str
    """How old the record is, and whether the window ends after it."""
    nothing: str
    """What to say where nothing changed, else ""."""


def brief(on_view: OnView) -> Brief:
    """Return the brief of a View's window, of the sites that its filters let through."""
    catalog, view, wanted = on_view.catalog, on_view.view, on_view.selection.states
    start, end, known = view.day_numbers
    called = called_forces(catalog)

    def line(change: Change) -> Line:
        return Line(change, str(catalog.sites.at[change.site, "name"]), _change_text(change, called, start))

    countries_of = {id_: " / ".join(names) for id_, names in catalog.sites["country"].items()}
    countries: dict[str, list[Line]] = {}
    for change in changes(catalog, start, end, known):
        if change.site in wanted:
            countries.setdefault(countries_of[change.site], []).append(line(change))
    window = f"{day_text(view.start)} to {day_text(view.end)}" if start < end else day_text(view.start)
    as_known = f", as known on {day_text(view.known)}" if view.known else ""
    return Brief(
        title=f"Changes, {window}{as_known}",
        countries={country: tuple(lines) for country, lines in countries.items()},
        totals={country: _total(lines) for country, lines in countries.items()},
        continuing=tuple(line(one) for one in continuing(catalog, start, end, known) if one.site in wanted),
        record=record_text(catalog, view),
        nothing=""
        if countries
        else "No site on view changed hands between the window's two edges, as far as is known.",
    )


def called_forces(catalog: Catalog) -> dict[str, str]:
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


# The brief as a text to copy


def brief_text(catalog: Catalog, content: Brief, link: str, markdown: bool) -> str:
    """Return the brief as Markdown or plain text, with its sources numbered and the view's ``link``."""
    escape, address = (_escaped, _address) if markdown else (_folded, str)
    cited: dict[str, int] = {}

    def line_of(line: Line) -> str:
        rests = sourcing(catalog, line.change.sources)
        numbers = [cited.setdefault(source.id, len(cited) + 1) for source in rests.sources]
        disputed = f" {capital(DISAGREE)} about this site." if line.change.disputed else ""
        name, rest = escape(line.name), escape(line.sentence.removeprefix(line.name))
        mark = f"- **{name}**" if markdown else f"- {name}"
        refs = f" [{', '.join(map(str, numbers))}]" if numbers else ""
        unsure = ["low confidence"] if line.change.confidence == "low" else []
        refs += "".join(f" ({caveat})" for caveat in [*unsure, *rests.caveats])
        return f"{mark}{rest}{disputed}{refs}"

    lines = [f"# {escape(content.title)}" if markdown else content.title, ""]
    if content.record:
        lines += [content.record, ""]
    if content.nothing:
        lines += [content.nothing, ""]
    for country, changed in content.countries.items():
        lines += [f"## {escape(country)}" if markdown else country.upper(), ""]
        lines += map(line_of, changed)
        lines += ["", content.totals[country], ""]
    if content.continuing:
        lines += ["## Continuing" if markdown else "CONTINUING", "", *map(line_of, content.continuing), ""]
    if cited:
        lines += ["## Sources" if markdown else "SOURCES", ""]
        lines += [f"{number}. {_source(source_rows(catalog)[id_], escape, address)}" for id_, number in cited.items()]
        lines.append("")
    dataset = catalog.dataset
    lines += [f"{escape(dataset.title)}, data {catalog.version}, {escape(dataset.licence)}: {address(link)}", ""]
    return "\n".join(lines)


def _source(source: Any, escape: Callable[[str], str], address: Callable[[str], str]) -> str:
    date = date_text(source.published) if source.published else "undated"
    about = f"{escape(source.publisher)}, {escape(source.title)}, {date} ({source.kind})."
    said = [sentence(mark) for mark in (*marks(source)[1:], read_on(source)) if mark]
    where = [address(source.url)] if source.url else []
    copy = [f"{capital(ARCHIVED)}: {address(source.archived)}"] if source.archived else []
    return " ".join([about, *where, *map(escape, said), *copy])


def _folded(text: str) -> str:
    """Return text on one line: a break in a name would begin a line of the brief's own."""
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Return text on one line, as it is where Markdown would read marks in it."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!]|&(?=#?\w+;))", r"\\\1", _folded(text))


def _address(url: str) -> str:
    """Return a URL as Markdown reads nothing else in it (CommonMark, 6.5): in angle brackets, with none inside."""
    return "<" + re.sub(r"[\s<>]", lambda mark: quote(mark[0]), url) + ">"
