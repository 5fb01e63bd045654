"""Several data sets on one server: what links call each, and which one a request is about."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from components.settings import data_folders

SET: Final = "set"
"""The link's key of which data set is meant."""
_CHOSEN: Final[ContextVar[str]] = ContextVar("chosen set", default="")


def data_sets() -> Mapping[str, Path]:
    """Return the data folders by the names that links have for them; the first is shown where a link names none.

    A name is made of the folder's own; a second one of the same is numbered.
    """
    sets: dict[str, Path] = {}
    for folder in data_folders():
        own = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "data"
        name, number = own, 1
        while name in sets:
            number += 1
            name = f"{own}-{number}"
        sets[name] = folder
    return sets


def set_name(folder: Path) -> str:
    """Return the name that a link must have for a data folder; "" for the first, and for one that is none of them."""
    first, *others = data_sets().items()
    return "" if folder == first[1] else next((name for name, other in others if other == folder), "")


def chosen_folder(name: str | None = None) -> Path:
    """Return the data folder of a name, else the one that is ``choosing`` now; the first, where there is none of it."""
    sets = data_sets()
    return sets.get(_CHOSEN.get() if name is None else name) or next(iter(sets.values()))


@contextmanager
def choosing(name: str) -> Iterator[None]:
    """Within it, and in threads begun there with its context, ``chosen_folder()`` is the one of ``name``."""
    token = _CHOSEN.set(name)
    try:
        yield
    finally:
        _CHOSEN.reset(token)
