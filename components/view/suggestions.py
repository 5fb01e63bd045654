"""What a search may mean, suggested while it is typed: sites, places, forces, kinds, briefings, rows by title."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.names import fold
from components.view.index import Columns, index
from components.view.search import found_in, places, search
from components.view.wording import capital, place_text, span_text

MOST: Final = 10
"""Suggestions in all."""
_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of them: what is shown, and what choosing it asks for."""

    verb: str
    """``find`` a row, ``search`` for a text, go to a ``step``, or ``choose`` a facet's value, such as ``force:one``."""
    value: str
    text: str
    note: str
    """What it is, such as "Air base, Anbar, Iraq"."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A suggestion, with what it is found by: folded, each word after a space."""

    line: str
    suggestion: Suggestion
    public: int | None = None
    """The first day on which its row was public; None: it is no row."""


def suggestions(catalog: Catalog, text: str, known: int | None = None) -> list[Suggestion]:
    """Return what ``text`` may mean, at most MOST; with ``known`` no row that was not public on that day.

    >>> [one.value for one in suggestions(catalog, "Ain Ass")][:1]
    ['site:ain-al-asad']
    """
    terms = search(catalog, text).terms
    if not terms:
        return []
    found: list[Suggestion] = []
    for most, group in _groups(catalog):
        public = (one for one in group if known is None or one.public is None or one.public <= known)
        holding = (one for one in public if found_in((one.line,), terms))
        # A site whose name begins with the words comes first; else all are in their group's order.
        begun = f" {' '.join(terms)}"
        first = sorted(holding, key=lambda one: not one.line.startswith(begun)) if most > _FEW else holding
        found += [one.suggestion for one in islice(first, most)]
    return found[:MOST]


@derived()
def _groups(catalog: Catalog) -> tuple[tuple[int, tuple[_Found, ...]], ...]:
    """Return what can be suggested, by groups in their order, each with how many of it are at most."""
    forces, kinds = catalog.forces, dict(zip(catalog.kinds["id"], catalog.kinds["label"], strict=True))
    named = zip(*(forces[name] for name in ("id", "name", "called", "name_ar", "aliases")), strict=True)
    groups: Iterable[tuple[int, Iterable[_Found]]] = (
        (4, _sites(catalog)),
        (_FEW, _values("choose", "Force", ((f"force:{id_}", *names, *aliases) for id_, *names, aliases in named))),
        (_FEW, _values("choose", "Kind of incident", ((f"kind:{id_}", label) for id_, label in kinds.items()))),
        (_FEW, _values("search", "Place", ((place, place) for place in places(catalog)))),
        (_FEW, _values("step", "Briefing", ((f"{one.id}/1", one.title, one.summary) for one in catalog.briefings))),
        (4, _rows(catalog, "incident", kinds)),
        (_FEW, _rows(catalog, "movement", {})),
    )
    return tuple((most, tuple(group)) for most, group in groups)


def _values(verb: str, note: str, named: Iterable[Sequence[str]]) -> Iterator[_Found]:
    """Yield what has a value and names, of which the first is shown."""
    for value, text, *others in named:
        yield _Found(_line(text, *others), Suggestion(verb, value, text, note))


def _sites(catalog: Catalog) -> Iterator[_Found]:
    columns = ("id", "name", "name_ar", "aliases", "kind", "admin1", "country")
    rows = zip(*(catalog.sites[name] for name in columns), index(catalog).sites.public, strict=True)
    for id_, name, arabic, aliases, kind, admin1, country, public in rows:
        note = f"{capital(catalog.dataset.vocabulary.site(kind))}, {place_text(admin1, country)}"
        yield _Found(_line(name, arabic, *aliases), Suggestion("find", f"site:{id_}", name, note), int(public))


def _rows(catalog: Catalog, prefix: str, kinds: dict[str, str]) -> Iterator[_Found]:
    """Yield incidents or movements, newest first, found by their title and what kind of thing they are."""
    frame = catalog.tables[f"{prefix}s"]
    columns: Columns = getattr(index(catalog), f"{prefix}s")
    rows = list(zip(*(frame[name] for name in ("id", "title", "kind", "start", "end")), columns.public, strict=True))
    for id_, title, kind, start, end, public in reversed(rows):
        label = kinds.get(kind, capital(kind))
        suggestion = Suggestion("find", f"{prefix}:{id_}", title, f"{label}, {span_text(start, end)}")
        yield _Found(_line(title, label), suggestion, int(public))


def _line(*names: str) -> str:
    return f" {fold(' '.join(names))}"
