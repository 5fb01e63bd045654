"""Names as people type them: folded so that "At Tanf", "al-tanf" and "التنف" can meet."""

import re
import unicodedata
from functools import lru_cache

# The Arabic article and its assimilated forms, at the start of a word; in Latin letters written apart.
_ARTICLE = re.compile(r"\b(?:(?:al|ar|as|ash|at|ath|ad|adh|an|az|el) (?=\w)|ال(?=\w{2}))+")
_APOSTROPHES = re.compile(r"['’‘ʼʻʿʾ`´]")
_OTHER = re.compile(r"[\W_]+")
# Letters that NFKD leaves alone and that people write either way.
_ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ı": "i", "ø": "o"}
)
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else None if chr(code) in "'`" else " " for code in range(128)}
"""What ``_bare`` makes of each ASCII character, of which most texts are."""

ARABIC = re.compile(r"[\u0600-\u06ff]")
"""A letter of the Arabic script."""


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Fold a name for comparison: no diacritics, case, punctuation or Arabic article; words kept apart.

    >>> fold("At-Tanf") == fold("al tanf") == fold("Al-Ṭanf")
    True
    """
    bare = text.translate(_ASCII) if text.isascii() else _bare(text)
    # Any dash, dot or space may follow an article, so they are made alike first.
    return _ARTICLE.sub("", " ".join(bare.split()))


def _bare(text: str) -> str:
    """Return a text in small letters, of which only letters and digits are left, with blanks between."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.translate(_ALIKE)))
    # Format characters (direction marks, joiners) are invisible: two names that look alike must fold alike.
    bare = "".join(
        c for c in decomposed if not unicodedata.combining(c) and c != "ـ" and unicodedata.category(c) != "Cf"
    )
    bare = _APOSTROPHES.sub("", bare.casefold().translate(_ALIKE))
    return _OTHER.sub(" ", bare)


def plain(text: str) -> str:
    """Return ``text`` without the diacritics of a transliteration.

    >>> plain("Al Ḩasakah")
    'Al Hasakah'
    """
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
