"""Data that visitors opened for themselves: each is theirs alone, in memory, for as long as they look at it."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from components.catalog.catalog import Catalog, packed_catalog
from components.catalog.kept import Validated

PREFIX: Final = "own-"
"""What the names begin with that links have for such data."""
COOKIE: Final = "laydown_opened"
"""The cookie by which a visitor is known again who opened some."""
GONE: Final = "This is only for whoever opened it, and only while they look at it. Open the files again."
_NOWHERE: Final = Path("(opened)")
"""Where their folders would lie, if they were on a disk."""
MOST: Final = 20
"""How many are held at once, of all visitors."""
WAIT_SECONDS: Final = 180.0
"""How long data are held whose visitor has left, or has not come yet: a page that is loaded anew finds them."""


class FullError(Exception):
    """As many data are open as may be at once."""


@dataclass(frozen=True, eq=False)
class Opened:
    """What a visitor opened."""

    name: str
    """In the link; it cannot be guessed."""
    visitor: str
    """Who opened it, by a secret that only their browser has."""
    catalog: Catalog
    archive: bytes
    """The data folder as a ZIP file."""


class OpenedData:
    """All that visitors opened, each for as long as its visitor is here, and for ``WAIT_SECONDS`` after that.

    A visitor is here while a page of theirs is connected. (Streamlit's sessions are no measure: of pages that were left
    it keeps the last 128 until others come.)
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._opened: dict[str, Opened] = {}
        self._here: Counter[str] = Counter()
        self._seen: dict[str, float] = {}
        """When each visitor opened something, or left."""

    def open(self, visitor: str, archive: bytes, validated: Validated) -> Opened:
        """Take what a visitor opened; raise FullError where there is no room for it."""
        name = PREFIX + secrets.token_hex(16)
        opened = Opened(name, visitor, packed_catalog(archive, validated, _NOWHERE / name), archive)
        with self._lock:
            self._let_go()
            if len(self._opened) >= MOST:
                raise FullError
            self._opened[name] = opened
            self._seen[visitor] = self._clock()
        return opened

    @property
    def full(self) -> bool:
        """Whether no more can be opened now."""
        self.let_go()
        return len(self._opened) >= MOST

    @contextmanager
    def present(self, visitor: str) -> Iterator[None]:
        """Within it a page of a visitor's is connected."""
        with self._lock:
            self._here[visitor] += 1
        try:
            yield
        finally:
            with self._lock:
                self._here[visitor] -= 1
                if not self._here[visitor]:
                    del self._here[visitor]
                    self._seen[visitor] = self._clock()

    def let_go(self) -> None:
        """Hold no longer what is of visitors who have left."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        oldest = self._clock() - WAIT_SECONDS
        gone = {visitor for visitor, since in self._seen.items() if since < oldest and visitor not in self._here}
        for name in [name for name, one in self._opened.items() if one.visitor in gone]:
            del self._opened[name]
        for visitor in gone:
            del self._seen[visitor]

    def find(self, name: str, visitor: str | None) -> Opened | None:
        """Return what is opened under a name, for the visitor who opened it; for anybody else there is nothing."""
        opened = self._opened.get(name)
        if opened is None or not secrets.compare_digest(opened.visitor.encode(), (visitor or "").encode()):
            return None
        return opened

    def of(self, folder: Path) -> Opened | None:
        """Return what is opened in place of a data folder; None for a folder on a disk."""
        return self._opened.get(folder.name) if folder.parent == _NOWHERE else None

    def all(self) -> list[Opened]:
        """Return all that is open."""
        return list(self._opened.values())


def is_opened(folder: Path) -> bool:
    """Say whether a folder stands for data that a visitor opened."""
    return folder.parent == _NOWHERE


@lru_cache(maxsize=1)
def opened_data() -> OpenedData:
    """Return what visitors of this server opened."""
    return OpenedData()
