"""The brief: changes told in sentences that a newspaper could print, with their sources."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.catalog.catalog import NEVER, Catalog
from components.catalog.dates import PartialDate, day_number
from components.view.changes import (
    CONFIRMED,
    HANDED_OVER,
    JOINED,
    LEFT,
    OPENED,
    REDUCED,
    REINFORCED,
    RENAMED,
    UNKNOWN,
    VACATED,
    Change,
    Part,
    changes,
)
from components.view.posture import POSSIBLE, Held
from components.view.sourcing import NO_ADDRESS, UNSOURCED, sourcing
from components.view.view import View
from components.view.wording import count_text, date_text, day_text, listed, on_text, stretch_text

TEMPLATES: Final[Mapping[str, str]] = {
    "left": "{who} left {when}",
    "left, undated": "{who} left; the day is not known",
    "left, reported": "{who}, whose presence was only ever reported, left {when}",
    "left, reported and undated": "{who}, whose presence was only ever reported, are no longer on record",
    "took over": "{who} took over {when}",
    "took over, undated": "{who} took over; the day is not known",
    "took over, reported": "{who} are reported to have taken over {when}",
    "took over, reported and undated": "{who} are reported to have taken over",
    "came": "{who} arrived {when}",
    "came, undated": "{who} arrived; the day is not known",
    "came, reported": "{who} are reported to have arrived {when}",
    "came, reported and undated": "{who} are reported to have arrived",
    "stayed": "{who} stayed",
    "reduced": "{who} drew down {stretch}",
    "being reduced": "{who} have been drawing down since {since}",
    "reinforced": "{who} were reinforced {when}",
    "reduced, then reinforced": "{who} drew down {stretch} and were reinforced {when}",
    "renamed": "{who} there, until then called {old}, took the name {new} {when}",
    "unknown, silent": "whether {who} were still there on {day} is not known: they were last confirmed {when}, "
    "{days} before",
    "unknown, leaving": "{who} may have left: the end of their stay is dated only {when}",
    "unknown, reported": "from {since} on it is only reported, not confirmed, that {who} were there",
    "unknown": "whether {who} were still there on {day} is not known",
    "confirmed": "{who} were on record there {when}; when they came is not known",
    "confirmed, undated": "{who} are on record there; when they came is not known",
}
"""Every clause a brief is made of. Whoever is told of is named in the plural, so that the verbs are."""

TOTALS: Final[Mapping[str, tuple[str, str]]] = {
    HANDED_OVER: ("1 site was handed over", "{n} sites were handed over"),
    VACATED: ("1 site was vacated", "{n} sites were vacated"),
    LEFT: ("1 site lost one of its forces", "{n} sites lost one of their forces"),
    OPENED: ("1 site was opened", "{n} sites were opened"),
    JOINED: ("1 site gained another force", "{n} sites gained another force"),
    REDUCED: ("1 site was drawn down", "{n} sites were drawn down"),
    REINFORCED: ("1 site was reinforced", "{n} sites were reinforced"),
    RENAMED: ("at 1 site a unit was renamed", "at {n} sites units were renamed"),
    UNKNOWN: ("who holds 1 site is no longer certain", "who holds {n} sites is no longer certain"),
    CONFIRMED: ("1 site came on record", "{n} sites came on record"),
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
        return f"{self.name}: {self.text[:1].upper()}{self.text[1:]}."


@dataclass(frozen=True, slots=True)
class Brief:
    """What changed between a window's two edges."""

    title: str
    countries: Mapping[str, tuple[Line, ...]]
    """Lines by country; a site on a border stands under both its names."""
    totals: Mapping[str, str]
    """By country, how many sites changed and how: one sentence."""
    nothing: str
    """What to say where there is none, else ""."""


def brief(catalog: Catalog, view: View, sites: Sequence[str]) -> Brief:
    """Return the brief of ``view``'s window, of the ``sites`` that its filters let through."""
    start, end = day_number(view.start), day_number(view.end)
    known = day_number(view.known) if view.known else None
    wanted = set(sites)
    called = _called(catalog)
    countries: dict[str, list[Line]] = {}
    for change in changes(catalog, start, end, known):
        if change.site in wanted:
            site = catalog.sites.loc[change.site]
            line = Line(change, str(site["name"]), _told(change, called, view))
            countries.setdefault(" / ".join(site["country"]), []).append(line)
    window = f"{day_text(view.start)} to {day_text(view.end)}" if start < end else day_text(view.start)
    as_known = f", as known on {day_text(view.known)}" if view.known else ""
    return Brief(
        title=f"Changes, {window}{as_known}",
        countries={country: tuple(lines) for country, lines in countries.items()},
        totals={country: _total(lines) for country, lines in countries.items()},
        nothing=""
        if countries
        else "No site on view changed hands between the window's two edges, as far as is known.",
    )


def _called(catalog: Catalog) -> dict[str, str]:
    forces = catalog.forces
    named = zip(forces["id"], forces["called"], forces["name"], strict=True)
    return {id_: called or f"{name} forces" for id_, called, name in named}


def _total(lines: Sequence[Line]) -> str:
    counted = []
    for kind, (one, many) in TOTALS.items():
        number = sum(line.change.kind == kind for line in lines)
        if number:
            counted.append(one if number == 1 else many.format(n=f"{number:,}"))
    text = listed(counted)
    return f"{text[:1].upper()}{text[1:]}."


def _told(change: Change, called: Mapping[str, str], view: View) -> str:
    gone = [part for part in change.parts if part.after is None]
    arrived = [part for part in change.parts if part.before is None]
    heirs = [part for part in change.parts if part.before and part.after and part.came] if gone else []
    stayed = [part for part in change.parts if part.before and part.after and part not in heirs]
    came = "took over" if gone else "came"
    steps = [
        *_together(gone, called, _left, lambda part: part.left),
        *_together([*arrived, *heirs], called, lambda part: _came(part, came), lambda part: part.came),
    ]
    clauses = _in_order(steps)
    told = [(part, _standing(part, change.kind, called, view)) for part in stayed]
    telling = [clause for _, clause in told if clause]
    if change.kind in (LEFT, JOINED):
        quiet = [part for part, clause in told if not clause and part.after and part.after.certainty != POSSIBLE]
        telling += [TEMPLATES["stayed"].format(who=listed([called[part.force] for part in quiet]))] if quiet else []
    return "; ".join([*clauses, *telling])


def _left(part: Part) -> str:
    reported = part.before is not None and part.before.status == "reported"
    if part.left is None:
        return "left, reported and undated" if reported else "left, undated"
    return "left, reported" if reported else "left"


def _came(part: Part, verb: str) -> str:
    reported = part.after is not None and part.after.status == "reported"
    if part.came is None:
        return f"{verb}, reported and undated" if reported else f"{verb}, undated"
    return f"{verb}, reported" if reported else verb


def _together(
    parts: Sequence[Part],
    called: Mapping[str, str],
    template: Callable[[Part], str],
    date: Callable[[Part], PartialDate | None],
) -> list[tuple[PartialDate | None, str]]:
    """Return a clause, with its date, for those who did the same at the same time."""
    groups: dict[tuple[str, PartialDate | None], list[str]] = {}
    for part in parts:
        groups.setdefault((template(part), date(part)), []).append(called[part.force])
    return [
        (when, TEMPLATES[name].format(who=listed(who), when=on_text(when) if when else ""))
        for (name, when), who in groups.items()
    ]


def _in_order(steps: Sequence[tuple[PartialDate | None, str]]) -> list[str]:
    """Return the clauses in order of time; a day that was just said is "the same day"."""
    told: list[str] = []
    before: PartialDate | None = None
    for when, clause in sorted(steps, key=lambda step: step[0].first if step[0] else NEVER):
        said = f" {on_text(when)}" if when else ""
        if when and when == before and when.first == when.last and clause.endswith(said):
            clause = f"{clause.removesuffix(said)} the same day"
        told.append(clause)
        before = when
    return told


def _standing(part: Part, kind: str, called: Mapping[str, str], view: View) -> str:
    """Return what is to be told of who was there at both edges, "" where nothing is."""
    who, after, before = called[part.force], part.after, part.before
    if after is None or before is None:
        return ""
    if part.reduced or part.reinforced:
        return _moved(part, who)
    if part.renamed:
        old, new, when = part.renamed
        return TEMPLATES["renamed"].format(who=who, old=old, new=new, when=on_text(when))
    if (before.certainty == POSSIBLE) == (after.certainty == POSSIBLE):
        return ""
    if after.certainty == POSSIBLE:
        return _unknown(after, who, view)
    if kind not in (CONFIRMED, UNKNOWN):
        return ""
    if after.confirmed:
        return TEMPLATES["confirmed"].format(who=who, when=on_text(after.confirmed))
    return TEMPLATES["confirmed, undated"].format(who=who)


def _moved(part: Part, who: str) -> str:
    when = on_text(part.reinforced) if part.reinforced else ""
    if part.reduced is None:
        return TEMPLATES["reinforced"].format(who=who, when=when)
    since, until = part.reduced
    if until is None:
        return TEMPLATES["being reduced"].format(who=who, since=date_text(since))
    name = "reduced, then reinforced" if part.reinforced else "reduced"
    return TEMPLATES[name].format(who=who, stretch=stretch_text(since, until), when=when)


def _unknown(after: Held, who: str, view: View) -> str:
    day = day_text(view.end)
    if after.ends:
        return TEMPLATES["unknown, leaving"].format(who=who, when=date_text(after.ends))
    if after.status == "reported" and after.latest:
        return TEMPLATES["unknown, reported"].format(who=who, since=date_text(after.latest))
    if after.confirmed and after.silent_days:
        days = count_text(after.silent_days, "day")
        return TEMPLATES["unknown, silent"].format(who=who, day=day, when=on_text(after.confirmed), days=days)
    return TEMPLATES["unknown"].format(who=who, day=day)


# The brief as a text to copy


def brief_text(catalog: Catalog, told: Brief, link: str, markdown: bool) -> str:
    """Return the brief as Markdown or plain text, with its sources numbered and the view's ``link``."""
    escape = _escaped if markdown else str
    cited: dict[str, int] = {}
    lines = [f"# {escape(told.title)}" if markdown else told.title, ""]
    if told.nothing:
        lines += [told.nothing, ""]
    for country, changed in told.countries.items():
        lines += [f"## {escape(country)}" if markdown else country.upper(), ""]
        for line in changed:
            rests = sourcing(catalog, line.change.sources)
            numbers = [cited.setdefault(source.id, len(cited) + 1) for source in rests.sources]
            disputed = " Sources disagree about this site." if line.change.disputed else ""
            name, rest = escape(line.name), escape(line.sentence.removeprefix(line.name))
            mark = f"- **{name}**" if markdown else f"- {name}"
            refs = f" [{', '.join(map(str, numbers))}]" if numbers else ""
            refs += f" ({UNSOURCED})" if rests.unsourced else ""
            lines.append(f"{mark}{rest}{disputed}{refs}")
        lines += ["", told.totals[country], ""]
    if cited:
        lines += ["## Sources" if markdown else "SOURCES", ""]
        lines += [f"{number}. {_source(catalog.sources.loc[id_], escape)}" for id_, number in cited.items()]
        lines.append("")
    dataset = catalog.dataset
    lines += [f"{escape(dataset.title)}, data {catalog.version}, {escape(dataset.licence)}: {link}", ""]
    return "\n".join(lines)


def _source(source: Any, escape: Callable[[str], str]) -> str:
    date = date_text(source["published"]) if source["published"] else "undated"
    address = source["url"] or f"{NO_ADDRESS[:1].upper()}{NO_ADDRESS[1:]}."
    return f"{escape(source['publisher'])}, {escape(source['title'])}, {date} ({source['kind']}). {address}"


def _escaped(text: str) -> str:
    """Return text as it is where Markdown would read marks in it."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", text)
