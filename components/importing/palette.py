"""Shapes and colours for kinds, colours for forces: told apart by people with any colour vision."""

from collections.abc import Container, Iterator
from itertools import count
from typing import Final

SHAPES: Final = ("triangle-up", "cross", "triangle-down", "diamond", "plus", "circle", "ring")
"""The shapes of tables.Shape, so that those that are told apart best come first."""
COLOURS: Final = (
    "#d55e00",
    "#0072b2",
    "#009e73",
    "#cc79a7",
    "#e69f00",
    "#56b4e9",
    "#882255",
    "#332288",
    "#117733",
    "#999933",
    "#aa4499",
    "#661100",
)
"""Okabe and Ito's, then Tol's muted ones."""
GREY: Final = "#6b7580"
"""Of all that has no colour of its own."""
MOST_KINDS: Final = 12
MOST_FORCES: Final = 8
"""Forces with a colour of their own; the others are grey."""


def look(number: int) -> tuple[str, str]:
    """Return shape and colour of the kind that is ``number``th by its events; no two of twelve have the same.

    >>> look(0), look(7)
    (('triangle-up', '#d55e00'), ('triangle-up', '#332288'))
    """
    return SHAPES[number % len(SHAPES)], COLOURS[number % len(COLOURS)]


def free_looks(taken: Container[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield looks that no kind has, the best first; once all are had, all again."""
    every = [look(number) for number in range(len(SHAPES) * len(COLOURS))]
    yield from (one for one in every if one not in taken)
    yield from (every[number % len(every)] for number in count())


def free_colours(taken: Container[str]) -> Iterator[str]:
    """Yield colours that no force has, then grey without end.

    >>> colours = free_colours({colour for colour in COLOURS if colour != "#0072b2"})
    >>> next(colours), next(colours)
    ('#0072b2', '#6b7580')
    """
    yield from (colour for colour in COLOURS if colour not in taken)
    while True:
        yield GREY
