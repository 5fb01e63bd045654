"""Two letters for each force: told by more than its colour, for whoever cannot tell the colours apart."""

import re
from collections.abc import Iterable
from itertools import chain


def letters(names: Iterable[str]) -> list[str]:
    """Return two letters for each name, no two alike while there are letters: initials, else later letters of the name.

    >>> letters(["United Nations", "Chad's government", "Mali", "Malawi", "UN Development Programme"])
    ['UN', 'CS', 'MA', 'ML', 'UD']
    """
    found: list[str] = []
    for name in names:
        found.append(next((pair for pair in _pairs(name) if pair not in found), name[:2].upper()))
    return found


def _pairs(name: str) -> Iterable[str]:
    """Yield what a name may be shortened to, the best first."""
    words = [word.upper() for word in re.findall(r"\w+", name)] or ["?"]
    if words[0].isascii() and len(words[0]) == 2 and name[:2].isupper():
        yield words[0]  # an abbreviation
    initials = [word[0] for word in words[1:]]
    for second in chain(initials, words[0][1:], *words[1:]):
        yield words[0][0] + second
