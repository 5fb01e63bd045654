"""Who takes part: names without years, what stands for no force, and the same name spelt in two ways."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from components.catalog.names import fold

_YEARS: Final = re.compile(r"\s*\(\s*\d{4}\s*-\s*(\d{4}|present)?\s*\)")
_STANDS_FOR: Final = (
    ("unidentified", re.compile(r"(unidentified|unknown|unnamed|not stated|no information|unspecified)\b", re.I)),
    (
        "unarmed",
        re.compile(r"(civilians?|protest[eo]rs?|rioters?|demonstrators?|students?|educators?|teachers?|refugees?"
                   r"|journalists?|women|children|aid workers?|health workers?|labou?r group|prisoners?)\b", re.I),
    ),
)  # fmt: skip
COMPARED: Final = 1500
"""Names that are compared with one another, those with most events first."""
ALIKE: Final = 0.95
"""From which likeness (Jaro-Winkler, 1 is the same) two names are offered as one."""


def bare(name: str) -> str:
    """Return an actor's name without the years of its rule.

    >>> bare("Military Forces of Mali (2000-2024)"), bare("Protesters (Mali)")
    ('Military Forces of Mali', 'Protesters (Mali)')
    """
    return " ".join(_YEARS.sub("", name).split())


def stands_for(name: str) -> str:
    """Return what a name stands for that is none of a force; "" for that of a force.

    >>> stands_for("Unidentified Armed Group (Mali)"), stands_for("Civilians (Mali)"), stands_for("QSD")
    ('unidentified', 'unarmed', '')
    """
    return next((what for what, begins in _STANDS_FOR if begins.match(name)), "")


def alike(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return pairs of names that may be one actor spelt in two ways, the more frequent first.

    Names that differ in a number, or only in the country in brackets, are two.

    >>> alike({"Hayat Tahrir al-Sham": 9, "Hay'at Tahrir al Sham": 2, "1st Corps": 3, "2nd Corps": 3})
    [('Hayat Tahrir al-Sham', "Hay'at Tahrir al Sham")]
    """
    names = sorted(counts, key=lambda name: (-counts[name], name))[:COMPARED]
    folded = [fold(name) for name in names]
    found: list[tuple[str, str]] = []
    table = process.cdist(folded, folded, scorer=JaroWinkler.normalized_similarity, score_cutoff=ALIKE, workers=1)
    for one, other in zip(*table.nonzero(), strict=True):
        if one < other and _may_be_one(names, folded, int(one), int(other)):
            found.append((names[one], names[other]))
    return found


def _may_be_one(names: Sequence[str], folded: Sequence[str], one: int, other: int) -> bool:
    for pattern in (r"\d+|\b[IVX]+\b", r"\([^)]*\)"):
        if re.findall(pattern, names[one]) != re.findall(pattern, names[other]):
            return False
    # Long names that begin alike are alike as a whole: word by word they may be two.
    words = [folded[at].split() for at in (one, other)]
    if len(words[0]) != len(words[1]):
        words = [["".join(part)] for part in words]
    return all(Levenshtein.distance(a, b) <= len(a) // 4 for a, b in zip(*words, strict=True))
