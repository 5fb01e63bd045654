"""Several data sets on one server: what links call each, and which one a request is about."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

from components.catalog.opened import is_opened
from components.settings import data_folders

SET: Final = "set"
"""The link's key of which data set is meant."""
_CHOSEN: Final[ContextVar[Path | None]] = ContextVar("chosen folder", default=None)


def data_sets() -> Mapping[str, Path]:
    """Return the data folders by the names that links have for them; the first is shown where a link names none.

    A name is made of the folder's own; a second one of the same is numbered.
    """
    return _named(data_folders())


@lru_cache(maxsize=16)
def _named(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    sets: dict[str, Path] = {}
    for folder in folders:
        own = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "data"
        name, number = own, 1
        while name in sets:
            number += 1
            name = f"{own}-{number}"
        sets[name] = folder
    return sets


def set_name(folder: Path) -> str:
    """Return the name that a link must have for a data folder; "" for the first, and for one that is none of them."""
    if is_opened(folder):
        return folder.name
    first, *others = data_sets().items()
    return "" if folder == first[1] else next((name for name, other in others if other == folder), "")


def chosen_folder() -> Path:
    """Return the data folder that is ``choosing`` now, else the first."""
    return _CHOSEN.get() or folder_of("")


def disk_folder(folder: Path) -> Path:
    """Return a folder, the first in place of what a visitor opened."""
    return folder_of("") if is_opened(folder) else folder


def folder_of(name: str) -> Path:
    """Return the data folder of a name; the first, where there is none of it."""
    sets = data_sets()
    return sets.get(name) or next(iter(sets.values()))


@contextmanager
def choosing(folder: Path) -> Iterator[None]:
    """Within it, and in threads begun there with its context, ``chosen_folder()`` is ``folder``."""
    token = _CHOSEN.set(folder)
    try:
        yield
    finally:
        _CHOSEN.reset(token)
