"""The rules of `laydown check`: they find valid rows that say too much, too little, or what is out of date.

A rule is a function that finds such rows in the record; to add one, add a row of RULES.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Final, NamedTuple

from geopy.distance import great_circle

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.gazetteer import Entry, read_entries
from components.catalog.names import fold
from components.catalog.problems import excerpt
from components.catalog.records import records
from components.catalog.tables import NO_DOCUMENT, Toll


class Finding(NamedTuple):
    """A row that a rule finds, and why."""

    table: str
    id: str
    column: str
    what: str


class Record:
    """A catalog as the rules read it."""

    def __init__(self, catalog: Catalog) -> None:
        self.tables: Mapping[str, Mapping[str, Any]] = {
            name: {row.id: row for row in records(frame)} for name, frame in catalog.tables.items() if name != "places"
        }
        self.confirmation = catalog.dataset.confirmation
        self.kinds = catalog.dataset.vocabulary
        checked = catalog.dataset.checked
        self.checked = None if checked is None else day_number(checked)
        self.checked_text = str(checked)
        self._folder = catalog.folder

    @cached_property
    def airfields(self) -> tuple[tuple[Entry, set[str]], ...]:
        """The airfields of the gazetteer, each with its names as they are compared."""
        entries, _ = read_entries(self._folder)
        return tuple((entry, _bare(*entry.names)) for entry in entries if entry.kind == "airfield")

    def rows(self, table: str) -> Iterable[Any]:
        """Return the rows of a table."""
        return self.tables[table].values()

    def passed(self, day: int) -> bool:
        """Return whether the curators looked beyond ``day``."""
        return self.checked is not None and day < self.checked

    def sources(self, row: Any) -> list[Any]:
        """Return the sources of a row."""
        return [self.tables["sources"][id_] for id_ in row.sources]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that a curator should look at again."""

    id: str
    tells: str
    """What it finds, as the table in data/README.md says it."""
    mend: str
    find: Callable[[Record], Iterable[Finding]]


_CITED: Final = ("incidents", "movements", "presence", "strengths", "counts")
"""The tables whose rows have a confidence."""


def _memory(record: Record) -> Iterator[Finding]:
    for table in ("sites", *_CITED, "claims"):
        for row in record.rows(table):
            if {source.kind for source in record.sources(row)} == {NO_DOCUMENT}:
                yield Finding(table, row.id, "sources", "rests on memory alone")


def _partisan_attack(record: Record) -> Iterator[Finding]:
    for row in record.rows("incidents"):
        kinds = {source.kind for source in record.sources(row)} - {NO_DOCUMENT}
        if row.kind == "attack" and kinds and all(record.kinds.source_kinds[kind].partisan for kind in kinds):
            yield Finding("incidents", row.id, "sources", "is an attack that only partisan sources tell of")


def _weak_high(record: Record) -> Iterator[Finding]:
    for table in _CITED:
        for row in record.rows(table):
            read = [source for source in record.sources(row) if _was_read(record, source)]
            if row.confidence == "high" and not _is_firm(record, read):
                named = ", ".join(f"{source.publisher} ({source.kind})" for source in read) or "no page that was read"
                yield Finding(table, row.id, "confidence", f"is high and rests on {excerpt(named, 120)}")


def _was_read(record: Record, source: Any) -> bool:
    """Return whether a source counts: a page that no curator has read tells only what an official released."""
    return not source.via or record.kinds.source_kinds[source.kind].releases


def _is_firm(record: Record, sources: Collection[Any]) -> bool:
    trust = [record.kinds.source_kinds[source.kind].trust for source in sources]
    if "firm" in trust:
        return True
    voices = [_voices(one.publisher) for one, how in zip(sources, trust, strict=True) if how == "independent"]
    return any(not one & other for one, other in combinations(voices, 2))


def _voices(publisher: str) -> set[str]:
    """Return who speaks in a source: "Turkiye Today (AFP)" is AFP in Turkiye Today."""
    name, _, origin = publisher.partition("(")
    name, _, carrier = name.partition(" via ")
    parts = (name.removesuffix(" Arabic"), carrier, *re.split(r"[/,;]", origin.removeprefix("citing ")))
    return {fold(part) for part in parts} - {""}


def _twice(record: Record) -> Iterator[Finding]:
    open_: dict[tuple[str, str], list[Any]] = {}
    for row in record.rows("presence"):
        if row.end is None and row.status != "planned":
            open_.setdefault((row.site, row.force), []).append(row)
    for (site, force), rows in open_.items():
        for row in rows[1:]:
            what = f"has {force} at {site} without an end, as {rows[0].id} has"
            yield Finding("presence", row.id, "end", what)


def _forecast(record: Record) -> Iterator[Finding]:
    for row in record.rows("claims"):
        if row.expected and not row.outcome and record.passed(row.expected.last):
            what = f"was expected by {row.expected.text}, and the record is checked to {record.checked_text}"
            yield Finding("claims", row.id, "outcome", what)


def _plan(record: Record) -> Iterator[Finding]:
    """Find plans whose day has passed: of a number until a later count of the same, of a presence until it came."""
    answered = {claim.row for claim in record.rows("claims") if claim.outcome}
    counted: dict[tuple[str, str, str | None], int] = {}
    for row in record.rows("strengths"):
        if row.measure != "plan":
            of = (row.force, row.country, row.site)
            counted[of] = max(row.date.last, counted.get(of, row.date.last))
    for row in record.rows("strengths"):
        followed = counted.get((row.force, row.country, row.site), row.date.first) > row.date.first
        open_ = row.measure == "plan" and not followed and f"strength:{row.id}" not in answered
        if open_ and record.passed(row.date.last):
            yield Finding("strengths", row.id, "measure", f"is a plan of {row.date.text} that no later count follows")
    for row in record.rows("presence"):
        if row.status == "planned" and row.end is None and row.start and record.passed(row.start.last):
            yield Finding("presence", row.id, "status", f"is planned for {row.start.text}, and that day has passed")


def _silent(record: Record) -> Iterator[Finding]:
    for row in record.rows("presence"):
        if row.end is not None or row.status == "planned" or record.checked is None:
            continue
        seen = row.last_confirmed or row.first_confirmed or row.start
        days = record.confirmation.days(row.status)
        last = max((date.last for date in (seen, row.searched) if date), default=None)
        if last is not None and record.checked - last <= days:
            continue
        searched = f", its end looked for up to {row.searched.text}" if row.searched else ""
        long = f", more than {days} days before {record.checked_text}"
        confirmed = f"was last confirmed {seen.text}{searched}{long}" if seen else f"was never confirmed{searched}"
        what = f"has no end and {confirmed}"
        yield Finding("presence", row.id, "last_confirmed", what)


_GENERIC: Final = re.compile(
    r"\b(air|airbase|airfield|airport|airstrip|army|base|field|garrison|heliport|helipad|highway|international|landing"
    r"|military|site|strip|zone|قاعده|مطار|جويه|عسكري|دولي)\b"
)
"""Words, folded, that tell what a place is and not which."""
AT_KM: Final = 1.0
"""A site no farther from the airfield is drawn at it."""
NEAR_KM: Final = 50.0
"""An airfield of the same name that is farther off than a site may lie is another one."""


def _airfield(record: Record) -> Iterator[Finding]:
    for site in record.rows("sites"):
        kind = record.kinds.site_kinds[site.kind]
        if not (kind.base or kind.airstrip) or site.precision not in ("town", "district"):
            continue
        names = _bare(site.name, site.name_ar, *site.aliases)
        for entry, entry_names in record.airfields:
            if set(entry.countries).isdisjoint(site.country):
                continue
            far = great_circle((site.lat, site.lon), (entry.lat, entry.lon)).km
            within = kind.airstrip and far <= site.radius_km
            named = far <= NEAR_KM and not names.isdisjoint(entry_names)
            if far > AT_KM and (within or named):
                airfield = f"{entry.name} ({entry.lat:g}, {entry.lon:g})"
                what = f"is known to a {site.precision} only, and {airfield} is {far:.0f} km off"
                yield Finding("sites", site.id, "lat", what)
                break


def _bare(*names: str) -> set[str]:
    """Return names without the words that tell only what they name."""
    return {" ".join(_GENERIC.sub(" ", fold(name)).split()) for name in names} - {""}


_TOLLS: Final = {
    "killed": r"kill|dead|death|die[ds]?\b|dying|fatal|casualt|losses|lives|toll|victim|bodies|murder|execut|behead",
    "wounded": r"wound|injur|hurt|casualt|losses|toll|victim|harm|maim|concuss|treated",
}
"""How English tells of what a column counts. Their number is not asked for: the card shows it."""
_NUMBERS: Final = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 (shorter to read)
)
_ROUGH: Final = re.compile(r"\b(dozen|score|hundred|thousand|million|pair|couple|both|half)s?\b", re.IGNORECASE)


def _summary(record: Record) -> Iterator[Finding]:
    for row in record.rows("incidents"):
        text = f"{row.title} {row.summary}"
        for column, words in _TOLLS.items():
            hurt = [toll for toll in getattr(row, column) if toll.low or toll.high]
            if hurt and not re.search(rf"\b({words})", text, re.IGNORECASE):
                yield Finding("incidents", row.id, "summary", f"does not say that people were {column}: {_tolls(hurt)}")
    for row in record.rows("movements"):
        numbers = [number for number in (row.low, row.high) if number]
        text = f"{row.title} {row.what} {row.summary}"
        if numbers and not _ROUGH.search(text) and not any(_says(number, text) for number in numbers):
            range_ = " to ".join(f"{number:,}" for number in dict.fromkeys(numbers))
            yield Finding("movements", row.id, "summary", f"does not say how many: {range_} {row.unit}".rstrip())


def _tolls(tolls: Iterable[Toll]) -> str:
    more = {True: "+", False: ""}
    return "; ".join(f"{toll.force} {toll.low}{more[toll.high != toll.low]}" for toll in tolls)


def _says(number: int, text: str) -> bool:
    ways = [f"{number:,}", str(number)] + ([_NUMBERS[number]] if number < len(_NUMBERS) else [])
    return re.search(rf"(?<![\w.,])({'|'.join(ways)})(?![\w]|[.,]\d)", text, re.IGNORECASE) is not None


RULES: Final = (
    Rule(
        "memory",
        "a row that rests on `memory` alone",
        "find a source, or take it out and note in seeds/ what wants one",
        _memory,
    ),
    Rule(
        "partisan-attack",
        "an `attack` that only partisan sources tell of",
        "find a source of another kind, or enter it as a claim",
        _partisan_attack,
    ),
    Rule(
        "weak-high",
        "high confidence without a source of kind wire or official, or two of press, regional, monitor, trade or "
        "analysis that do not retell the same; a source with `via` counts only where it is official",
        "lower the confidence, or cite a wire, an official or a second independent source",
        _weak_high,
    ),
    Rule(
        "two-open",
        "two presences of one force at one site without an end",
        "end the earlier row where the later begins, or make them one",
        _twice,
    ),
    Rule(
        "silent",
        "a presence without an end that was neither confirmed nor, by `searched`, looked for within the days of "
        "`[confirmation]` before `checked`",
        "confirm it, end it, or look for a report of its end and say in searched up to which day",
        _silent,
    ),
    Rule(
        "forecast",
        "a forecast, a claim with `expected`, whose day lies before `checked` and that has no `outcome`",
        "say in outcome what became of it, or that no report was found",
        _forecast,
    ),
    Rule(
        "plan",
        "a plan whose day lies before `checked`: of a strength until there is a later count of that force and place, "
        "or a claim about it with an `outcome`; of a presence until it has another status, or an `end`",
        "enter what came of it; where nothing did, end it and say so in its note",
        _plan,
    ),
    Rule(
        "airfield",
        "a base known only to a town or district though the gazetteer has an airfield of its name or, for an air base "
        "or a landing zone, within its circle",
        "take the airfield's point, or another that a source gives",
        _airfield,
    ),
    Rule(
        "summary",
        "a summary, with its title, that says less than its row: nothing of the killed or the wounded, or no number "
        "where people or vehicles that moved are counted",
        "say it in the summary",
        _summary,
    ),
)
