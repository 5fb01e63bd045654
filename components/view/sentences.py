"""Sentences in pieces: text, and names of places that lead to their rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.view.wording import count_text


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name in a sentence, and the row that it selects."""

    text: str
    row: str


Pieces = tuple[str | Name, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the lede claims: of which row, by which verb. What it is tested by."""

    verb: str
    row: str
    """Such as ``site:al-tanf``; of movements ``movement:…``."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces."""

    pieces: Pieces
    told: tuple[Told, ...] = ()

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it names, and those that it rests on."""
        named = (piece.row for piece in self.pieces if isinstance(piece, Name))
        return tuple(dict.fromkeys([*named, *(told.row for told in self.told)]))


def plain(text: str) -> Sentence:
    """Return a sentence that names no place."""
    return Sentence((text,))


def enumerated(names: Sequence[str | Name], more: int = 0) -> Pieces:
    """Return "A, B and C", or "A, B and 4 more sites"."""
    return joined([(name,) for name in names], more)


def joined(items: Sequence[Pieces], more: int = 0) -> Pieces:
    """Return an enumeration of what is in pieces itself."""
    of = [*items, (count_text(more, "more site"),)] if more > 0 else list(items)
    pieces: list[str | Name] = []
    for at, item in enumerate(of):
        pieces += [*([" and " if at == len(of) - 1 else ", "] if at else []), *item]
    return tuple(pieces)


def clauses_joined(clauses: Sequence[Pieces]) -> Pieces:
    """Return clauses that may be enumerations themselves: "left A and B, took over C, and arrived at D"."""
    pieces: list[str | Name] = []
    for at, clause in enumerate(clauses):
        pieces += [*([", and " if at == len(clauses) - 1 else ", "] if at else []), *clause]
    return tuple(pieces)
