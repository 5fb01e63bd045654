"""Data that visitors opened for themselves: each is theirs alone, in memory, for as long as they look at it."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final
from weakref import WeakValueDictionary

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
WAIT_SECONDS: Final = 600.0
"""How long data are held that were opened and have not been looked at yet."""


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
    """All that visitors opened and still look at.

    It holds none of it: whoever looks at it does (a Streamlit session), and when the last has gone, so is the data.
    Only what nobody has looked at yet is held here, for ``WAIT_SECONDS``.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._held: WeakValueDictionary[str, Opened] = WeakValueDictionary()
        self._waiting: OrderedDict[str, tuple[float, Opened]] = OrderedDict()

    def open(self, visitor: str, archive: bytes, validated: Validated) -> Opened:
        """Take what a visitor opened; raise FullError where there is no room for it."""
        name = PREFIX + secrets.token_hex(16)
        opened = Opened(name, visitor, packed_catalog(archive, validated, _NOWHERE / name), archive)
        with self._lock:
            self.let_go()
            if self.full:
                raise FullError
            self._held[name] = opened
            self._waiting[name] = (self._clock(), opened)
        return opened

    @property
    def full(self) -> bool:
        """Whether no more can be opened now."""
        return len(self._held) >= MOST

    def let_go(self) -> None:
        """Hold no longer what nobody came to look at."""
        oldest = self._clock() - WAIT_SECONDS
        for name, (since, _) in list(self._waiting.items()):
            if since < oldest:
                self._waiting.pop(name, None)

    def find(self, name: str, visitor: str | None) -> Opened | None:
        """Return what is opened under a name, for the visitor who opened it; for anybody else there is nothing."""
        opened = self._held.get(name)
        if opened is None or not secrets.compare_digest(opened.visitor.encode(), (visitor or "").encode()):
            return None
        return opened

    def looked_at(self, opened: Opened) -> None:
        """Leave it to whoever calls to hold it from now on."""
        self._waiting.pop(opened.name, None)

    def of(self, folder: Path) -> Opened | None:
        """Return what is opened in place of a data folder; None for a folder on a disk."""
        return self._held.get(folder.name) if folder.parent == _NOWHERE else None

    def all(self) -> list[Opened]:
        """Return all that is open."""
        return list(self._held.values())


def is_opened(folder: Path) -> bool:
    """Say whether a folder stands for data that a visitor opened."""
    return folder.parent == _NOWHERE


@lru_cache(maxsize=1)
def opened_data() -> OpenedData:
    """Return what visitors of this server opened."""
    return OpenedData()
