"""What a search looks for: the words as typed, or the nearest spelling of a name where no name is written like that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.names import fold
from components.view.index import index

LONGEST: Final = 3
"""Words of a name that may have been written as one, or otherwise apart: "deirezzor", "al asad air base"."""
LEAST: Final = 4
"""Letters that a word must have for another spelling of it to be looked for."""
BEGUN: Final = 6
"""Letters from which on the beginning of a name may have a slip: "ain ass"."""
SINGLE: Final = 2
"""Words from which on a spelling is looked for although each of them is known: "ain assad" beside "Assad"."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for."""

    terms: tuple[str, ...]
    """Folded; a row is found where each stands in its text at the beginning of a word. One may hold several words."""
    shown: str = ""
    """The spelling that is looked for in place of what was typed; "" where that is looked for as it is."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a search may mean."""

    labels: dict[str, tuple[str, str]]
    """By a name's letters without its spaces: the name folded, and as it is written."""
    lines: tuple[str, ...]
    """Names that belong together, such as those of a site, and titles: folded, each word after a space."""
    texts: tuple[str, ...]
    """All that a search looks in."""


@derived(1024)
def search(catalog: Catalog, text: str) -> Search:
    """Return what a search for ``text`` looks for.

    >>> search(catalog, "al-Tanf").terms, search(catalog, "Deir Ezzor").shown
    (('tanf',), 'Deir ez-Zor')
    """
    words = fold(text).split()
    typed = Search(tuple(dict.fromkeys(words)))
    if not words:
        return typed
    names = _names(catalog)
    if found_in(names.lines, words):
        return typed
    terms, shown, at = [], [], 0
    while at < len(words):
        size, (term, label) = _best(names, words, at)
        terms.append(term)
        shown.append(label)
        at += size
    if terms == words or not found_in(names.texts, terms):
        return typed
    return Search(tuple(dict.fromkeys(terms)), " ".join(shown))


def found_in(texts: Iterable[str], terms: Iterable[str]) -> bool:
    """Return whether one of ``texts``, in which each word stands after a space, holds all of ``terms``."""
    wanted = [f" {term}" for term in terms]
    return any(all(term in text for term in wanted) for text in texts)


def _best(names: Names, words: list[str], at: int) -> tuple[int, tuple[str, str]]:
    """Return how many words from ``at`` on are a name, and that name; one word as it is where none is near."""
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        part = words[at : at + size]
        if size < SINGLE and found_in(names.texts, part):
            break
        last = at + size == len(words)
        if found := _nearest(names, "".join(part), last):
            return size, found
    return 1, (words[at], words[at])


def _nearest(names: Names, letters: str, last: bool) -> tuple[str, str] | None:
    """Return the name that is written like ``letters``, or nearly so; what is typed ``last`` may lack its end."""
    if len(letters) < LEAST:
        return None
    if letters in names.labels:
        return names.labels[letters]
    slips = 1 if len(letters) < 8 else 2
    # Compiled: thousands of names in a fraction of a millisecond.
    if nearest := process.extractOne(letters, names.labels.keys(), scorer=OSA.distance, score_cutoff=slips):
        return names.labels[nearest[0]]
    if not last:
        return None
    begun = [key[: len(letters)] for key in names.labels]
    slips = 0 if len(letters) < BEGUN else 1
    found = process.extractOne(letters, begun, scorer=OSA.distance, score_cutoff=slips)
    return list(names.labels.values())[found[2]] if found else None


@derived()
def _names(catalog: Catalog) -> Names:
    columns = index(catalog)
    rows = [list(names) for names in _named(catalog)]
    labels: dict[str, tuple[str, str]] = {}
    for label in (label for names in rows for label in names):
        _add(labels, label)
    for label in [label for _, label in labels.values()]:
        for word in label.split():
            _add(labels, word.strip(".,;:()"))
    titles = (fold(title) for frame in (catalog.incidents, catalog.movements) for title in frame["title"])
    texts = (*columns.sites.hay, *columns.incidents.hay, *columns.movements.hay)
    lines = (*(" ".join(map(fold, names)) for names in rows), *titles)
    return Names(labels, tuple(f" {line}" for line in lines), texts)


def _add(labels: dict[str, tuple[str, str]], label: str) -> None:
    folded = fold(label)
    if len(folded) >= LEAST:
        labels.setdefault(folded.replace(" ", ""), (folded, label))


def _named(catalog: Catalog) -> Iterator[Iterable[str]]:
    """Yield the names of each thing that has some: sites, forces, kinds of incidents, places."""
    sites, forces = catalog.sites, catalog.forces
    for name, arabic, aliases in zip(*(sites[column] for column in ("name", "name_ar", "aliases")), strict=True):
        yield (name, arabic, *aliases)
    for *names, aliases in zip(*(forces[column] for column in ("name", "name_ar", "called", "aliases")), strict=True):
        yield (*names, *aliases)
    yield from (label.split(", ") for label in catalog.kinds["label"])
    yield from ((place,) for place in places(catalog))


@derived()
def places(catalog: Catalog) -> tuple[str, ...]:
    """Return the names of places that rows are at beside the sites': provinces, and towns without their country."""
    sites, movements = set(catalog.sites["id"]), catalog.movements
    written = (*catalog.incidents["place"], *movements["origin"], *movements["destination"])
    towns = (place.partition(",")[0] for place in written if place and place not in sites)
    return tuple(dict.fromkeys(name for name in (*catalog.sites["admin1"], *towns) if name))
