"""The lede: up to three sentences that open the story of a window, made of the changes that the brief tells.

They are of one force, the dataset's subject (or the one that the filters leave), and hold only what is firm: what is
"perhaps" within the window, only reported, or of low confidence is left to the lines below.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from components.catalog.dates import PartialDate, day_of
from components.view.brief import called_forces, changes_on_view, importance, part_of, told_first
from components.view.changes import Change, Event, Part, movement_rows
from components.view.claims import known_claims
from components.view.facets import FACETS
from components.view.on_view import OnView
from components.view.posture import CERTAIN, Held, posture
from components.view.selection import Shown, select_rows
from components.view.sentences import Name, Pieces, Sentence, Told, clauses_joined, enumerated, joined, plain
from components.view.transitions import CAME, SEEN, Transition, transitions
from components.view.transitions import LEFT as LEFT_FOR_GOOD
from components.view.view import NO_CHOICE
from components.view.wording import (
    between_text,
    brief_name,
    capital,
    date_text,
    day_text,
)

MOST_NAMES: Final = 5
"""Sites that one clause names; of more it says how many."""
MOST_OF_SEVERAL: Final = 3
"""The same where the sentence has several clauses, and of the places of a last report."""
MOST_MOVES: Final = 4
"""Movements that are told."""
LONG_SILENT: Final = 365
"""Days after which a last report is not told where there are newer ones."""

LEFT: Final = "left"
TOOK_OVER: Final = "took over"
ARRIVED: Final = "arrived at"
DREW_DOWN: Final = "drew down at"
BEGAN: Final = "began to draw down at"
REINFORCED: Final = "were reinforced at"
MOVED: Final = "moved"
REPORTED: Final = "are reported to have moved"
AT: Final = "were at"
LAST: Final = "were last reported at"
MOVES: Final[tuple[str, ...]] = (LEFT, TOOK_OVER, ARRIVED)
LESSER: Final[tuple[str, ...]] = (DREW_DOWN, BEGAN, REINFORCED)
"""The verbs, in the order of a sentence; of the lesser ones only where there is nothing else to tell."""


@dataclass(frozen=True, slots=True)
class Lede:
    """The opening of a window's story."""

    force: str
    """Of whom it tells; "" for nobody."""
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return " ".join(one.text for one in self.sentences)


def lede(on_view: OnView) -> Lede:
    """Return the lede of a View's window, of the sites and movements that its filters let through."""
    # Without sites there is nothing to gain or to lose.
    force = told_first(on_view) if len(on_view.catalog.sites) else ""
    return Lede(force, tuple(_Telling(on_view, force).sentences())) if force else Lede("", ())


class _Telling:
    """What is told of one force on one view."""

    def __init__(self, on_view: OnView, force: str) -> None:
        self.on_view, self.catalog, self.force = on_view, on_view.catalog, force
        self.start, self.end, self.known = on_view.start, on_view.end, on_view.known
        self.called = called_forces(self.catalog)[force]
        theirs = [(change, part_of(change, force)) for change in changes_on_view(on_view)]
        self.changes: list[tuple[Change, Part]] = sorted(
            ((change, part) for change, part in theirs if part), key=lambda one: importance(one[0], force)
        )
        wanted = on_view.selection.states
        self.day = self.end if self.known is None else min(self.end, self.known)
        """The last day of which anything can be told."""
        after, before = (posture(self.catalog, day, self.known) for day in (self.day, self.start))
        self.held = [held for site in wanted for held in after[site] if held.force == force]
        self.there = bool(self.held) or any(held.force == force for site in wanted for held in before[site])
        claims = known_claims(self.catalog, self.known)
        self.claimed = set(claims["row"][claims["field"].isin(["origin", "destination"])])
        """The movements of which sources say otherwise whence or where to they went."""
        view = on_view.view
        filtered = bool(view.search or view.box) or any(view.chosen(facet) for facet in FACETS)
        self.gone = {change.site for change, part in self.changes if part.left}
        """The sites that it left, or perhaps did: not told of the last day, on which it may still have been there."""
        self.narrowed = filtered and len(wanted) < len(self.catalog.sites)
        """Whether filters hide sites, so that what is told is told of those on view alone."""

    def sentences(self) -> Iterable[Sentence]:
        """Yield what changed, what moved and where they were, each where there is something true to tell."""
        if not self.there and not self.changes:
            if not self.on_view.selection.states:
                yield plain("No site is on view with these filters.")
            elif not self._touching():
                none = "none of the sites on view" if self.narrowed else "no site"
                yield plain(f"{self._window()}, {self.called} are on record at {none}.")
            return
        changed = self._changed()
        told = [one for one in (changed, self._moved(opening=changed is None)) if one]
        yield from told
        if at := self._at(opening=not told):
            yield at

    def _window(self) -> str:
        view = self.on_view.view
        when = f"Between {between_text(view.start, view.end)}" if view.start < view.end else f"On {day_text(view.end)}"
        return f"{when}, by what was public on {day_text(view.known)}" if view.known else when

    def _opening(self) -> str:
        among = ", among the sites on view" if self.narrowed else ""
        return f"{self._window()}{among}, {self.called} "

    def _touching(self) -> list[Transition]:
        """Return the comings and leavings that may have been on a day of the window, its edges included."""
        sites, forces = list(self.catalog.sites["id"]), list(self.catalog.forces["id"])
        return [
            one
            for one in transitions(self.catalog, self.known)
            if forces[one.force] == self.force and one.kind in (CAME, LEFT_FOR_GOOD, SEEN)
            if one.first <= self.end and one.last >= self.start and sites[one.site] in self.on_view.selection.states
        ]

    def _nothing_sure(self) -> Sentence | None:
        """Return what is said where no change is firm: nothing where one may be all the same, such as on an edge."""
        touching = self._touching()
        which = "of the sites on view" if self.narrowed else "site"
        if self.start == self.end:
            return None
        if any(self.start <= one.first and one.last <= self.end for one in touching):
            # It is only reported, of low confidence, or on an edge, where it is no change.
            if not self.changes:
                return None
            text = f"what is on record of {self.called} is told below"
        elif self.changes:
            text = f"it is not certain that {self.called} left or came to any {which}; what is on record is told below"
        elif touching:
            return None
        else:
            none = f"none {which}" if self.narrowed else f"no {which}"
            text = f"{none} is known to have gained or lost {self.called}"
        return plain(f"{self._window()}, {text}.")

    def _changed(self) -> Sentence | None:
        """Tell which sites the force surely left, took over or came to."""
        found: dict[str, list[tuple[int, str]]] = {}
        for change, part in self.changes:
            if change.confidence == "low":
                continue
            for verb, date in _firm(part, self.start, self.end):
                found.setdefault(verb, []).append((date.first, change.site))
        verbs = [verb for verb in MOVES if verb in found] or [verb for verb in LESSER if verb in found]
        if not verbs:
            return self._nothing_sure()
        most = MOST_NAMES if len(verbs) == 1 else MOST_OF_SEVERAL
        clauses: list[Pieces] = []
        told: list[Told] = []
        for verb in verbs:
            # The most important of them, told in order of time.
            sites = [site for _, site in sorted(found[verb][:most], key=lambda one: one[0])]
            told += [Told(verb, f"site:{site}") for site in sites]
            clauses.append((f"{verb} ", *enumerated([self._site(site) for site in sites], len(found[verb]) - most)))
        return Sentence((self._opening(), *clauses_joined(clauses), "."), tuple(told))

    def _moved(self, *, opening: bool) -> Sentence | None:
        """Tell where troops moved to within the window; where that is doubtful, that it is reported."""
        firm: list[Any] = []
        reported: list[Any] = []
        for row in self._movements():
            (reported if self._doubtful(row) else firm).append(row)
        firm = firm[:MOST_MOVES]
        # From where to a site is more than from where to a country.
        reported.sort(key=lambda row: row.destination not in self.catalog.sites.index)
        reported = reported[: max(1, MOST_MOVES - len(firm))]
        ways = [(verb, rows) for verb, rows in ((MOVED, firm), (REPORTED, reported)) if rows]
        if not ways:
            return None
        told = tuple(Told(verb, f"movement:{row.id}") for verb, rows in ways for row in rows)
        begun = self._opening() if opening else "They "
        return Sentence((begun, *clauses_joined([(f"{verb} ", *self._ways(rows)) for verb, rows in ways]), "."), told)

    def _movements(self) -> list[Any]:
        """Return the movements of troops that surely fell in the window, in order of time: of wholes and not of parts.

        One is left out where something came back that way: of the two, one alone would mislead.
        """
        sites = self.catalog.sites.index
        theirs = self._of_force(self.on_view.selection.movements)
        kinds = self.catalog.dataset.vocabulary
        moving = kinds.coming | kinds.going
        # Whatever filters hide of it.
        every = select_rows(self.catalog, replace(self.on_view.view, search="", box=None, **NO_CHOICE), "movements")
        back = {(row.destination, row.origin) for row in self._of_force(every)}
        return [
            row
            for row in theirs
            if row.moved == "troops" and row.kind in moving and not row.part_of
            if self.start <= row.start.first and (row.end or row.start).last <= self.end
            if row.destination and (row.destination in sites or row.origin in sites)
            if (row.origin, row.destination) not in back
        ]

    def _of_force(self, shown: Shown) -> list[Any]:
        rows = movement_rows(self.catalog)
        return [rows[n] for n in shown.numbers if rows[n].force == self.force]

    def _doubtful(self, row: Any) -> bool:
        """Return whether it is not sure that a movement went there: sources differ, or it is only reported there."""
        if row.confidence == "low" or f"movement:{row.id}" in self.claimed:
            return True
        if row.destination not in self.catalog.sites.index:
            return False
        day = (row.end or row.start).last
        there = [held for held in posture(self.catalog, day, self.known)[row.destination] if held.force == self.force]
        return not there or any(held.status == "reported" for held in there)

    def _ways(self, rows: Sequence[Any]) -> Pieces:
        """Return "from A to B and C, and from D to E"."""
        by_origin: dict[str, list[str]] = {}
        for row in rows:
            by_origin.setdefault(row.origin, []).append(row.destination)
        ways: list[Pieces] = []
        for origin, ends in sorted(by_origin.items(), key=lambda one: not one[0]):
            others = {end for other, of in by_origin.items() if other != origin for end in of}
            ends = [end for end in dict.fromkeys(ends) if origin or end not in others]
            if not ends:
                continue
            places = [self._place(end) for end in ends]
            begun: Pieces = ("from ", self._place(origin), " ") if origin else ()
            ways.append((*begun, "to ", *enumerated(places)))
        return clauses_joined(ways)

    def _at(self, *, opening: bool) -> Sentence | None:
        """Tell where the force was on the last day of which anything is told, and where it was last reported."""
        sure = [held.site for held in self.held if held.certainty == CERTAIN and held.site not in self.gone]
        last = [(held.site, on) for held in self.held for on in [self._last_report(held)] if on]
        last.sort(key=lambda one: (-one[1].last, -one[1].first, one[0]))
        recent = [(site, on) for site, on in last if on.last >= self.day - LONG_SILENT]
        older = 0 if sure else len(last) - len(recent)
        if sure or recent:  # what was silent for long would drown what is known
            last = recent
        clauses: list[Pieces] = []
        told: list[Told] = []
        if sure:
            shown = sure[:MOST_OF_SEVERAL]
            told += [Told(AT, f"site:{site}") for site in shown]
            clauses.append((f"{AT} ", *enumerated([self._site(site) for site in shown], len(sure) - len(shown))))
        if last:
            newest, others = last[:MOST_OF_SEVERAL], last[MOST_OF_SEVERAL:]
            told += [Told(LAST, f"site:{site}") for site, _ in newest]
            dated: list[Pieces] = [(self._site(site), f" ({date_text(on)})") for site, on in newest]
            clauses.append((f"{LAST} ", *joined(dated, len(others) + (older if recent else 0))))
        if not clauses:
            return None
        dated_already = self.start == self.end and not opening
        begun = [f"On {day_text(day_of(self.day))}"] if sure and not dated_already else []
        if opening and self.on_view.view.known:
            begun.append(f"by what was public on {day_text(self.on_view.view.known)}")
        if self.narrowed:
            begun.append("among the sites on view")
        who = self.called if opening else "they"
        return Sentence((capital(f"{', '.join([*begun, who])} "), *clauses_joined(clauses), "."), tuple(told))

    def _last_report(self, held: Held) -> PartialDate | None:
        """Return when a force that may still have been there was last reported; None where that does not say it."""
        if held.certainty == CERTAIN or held.ends is not None or held.confirmed is None:
            return None
        return held.confirmed if held.confirmed.first <= self.day else None

    def _site(self, id_: str) -> Name:
        site = self.catalog.sites.loc[id_]
        name = brief_name(str(site["name"]))
        # "an undisclosed base": it is no name.
        if site["precision"] == "undisclosed" and name.startswith("Undisclosed "):
            name = f"an {name[:1].lower()}{name[1:]}"
        return Name(name, f"site:{id_}")

    def _place(self, place: str) -> str | Name:
        """Return a site, or a place as it is written without its country."""
        return self._site(place) if place in self.catalog.sites.index else place.partition(",")[0]


def _firm(part: Part, start: int, end: int) -> Iterable[tuple[str, PartialDate]]:
    """Yield what a force surely did in the window, and when; nothing that is only reported."""

    def sure(event: Event | None) -> bool:
        return event is not None and event.sure and not event.reported and not event.always_reported

    if part.left and sure(part.left):
        yield LEFT, part.left.date
    if part.came and sure(part.came):
        yield TOOK_OVER if part.came.took_over else ARRIVED, part.came.date
    if part.reduced and part.reinforced:  # neither alone would be true of the whole window
        return
    for lasted, name in ((part.reduced, "reduced"), (part.reinforced, "reinforced")):
        if lasted and start <= lasted[0].first and lasted[0].last <= end:
            ended = lasted[1] is not None and lasted[1].last <= end
            yield (REINFORCED if name == "reinforced" else DREW_DOWN if ended else BEGAN), lasted[0]
