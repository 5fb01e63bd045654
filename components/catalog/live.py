"""The catalog of a folder that is being served: newer data replace it whole, once they are whole and sound.

Files are replaced under a running server, one after another, and by people: what lies in the folder may be half
written, or broken. What was good is served until what is newer is good too; why it is not yet, is told as problems.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from components.catalog.problems import Problem
from components.catalog.tables import TABLES

if TYPE_CHECKING:
    from components.catalog.catalog import Catalog, Signature

FORMER: Final = 2
"""Catalogs that were served before and are kept, for readers who have begun with them."""
TRIES: Final = 2
"""How often files that change while they are read are read again at once."""
FOLDER: Final = "the data folder"
"""What a problem is told of that is of no one file."""
LOGGED: Final = 5
"""Reasons that are logged for which newer data are not taken."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served of a folder, and what is not."""

    catalog: Catalog
    found: Signature
    """Of the files that it was read from."""
    whole: bool
    """Whether all files were there that must be. Until they are, whatever there is is served."""
    former: tuple[Catalog, ...] = ()
    """What was served before, the newest first."""
    refused: tuple[Problem, ...] = ()
    """Why what lies in the folder now is not served; () where it is."""
    tried: Signature = ()
    """Of the files that were refused: they are not read again until they change."""


class LiveCatalog:
    """The catalog of a folder, and those that were before it.

    ``load`` reads the folder, ``find`` returns the signature of its files, of which ``needed`` must be there.
    """

    def __init__(self, load: Callable[[], Catalog], find: Callable[[], Signature], needed: frozenset[str]) -> None:
        self._load = load
        self._find = find
        self._needed = needed
        self._loading = threading.Lock()
        self._serving: Serving | None = None  # replaced whole, so that it can be read without the lock
        self._watched = False

    @property
    def serving(self) -> Serving | None:
        """What is served; None until it has been read for the first time."""
        return self._serving

    def read(self) -> Serving:
        """Return what is served. Unless somebody watches the folder, look first whether it has changed."""
        if self._serving is None or not self._watched:
            self.check()
        assert self._serving is not None  # noqa: S101 (check has just read it)
        return self._serving

    @property
    def watched(self) -> bool:
        """Whether somebody calls ``check`` from time to time, so that ``read`` need not."""
        return self._watched

    def watch(self, watched: bool) -> None:
        """Say whether somebody does."""
        self._watched = watched

    def changed(self) -> Signature | None:
        """Return the signature of the folder's files where it is another than when they were last read, else None."""
        now, found = self._serving, self._find()
        if now is None or found != (now.tried or now.found):
            return found
        return None

    def check(self, prepare: Callable[[Catalog], object] = lambda _: None) -> Serving:
        """Read the folder where it has changed, and serve it from now on where it is whole and sound.

        ``prepare`` is called with what is about to be served, so that nobody waits for what it makes. Whoever calls
        meanwhile waits (single flight).
        """
        with self._loading:
            for _ in range(TRIES):
                now, found = self._serving, self._find()
                if now and found == (now.tried or now.found):
                    return now
                if now and now.whole and (missing := self._missing(now, found)):
                    return self._refuse(now, found, missing)
                if now and found == now.found:  # what was refused was taken back
                    return self._serve(replace(now, refused=(), tried=()))
                try:
                    catalog = self._load()
                    if self._find() == found:
                        return self._decide(now, catalog, found, prepare)
                except Exception as error:
                    if now is None:
                        raise
                    _LOG.exception("newer data could not be read")
                    failed = Problem(FOLDER, None, None, "", f"could not be read: {error}", "see the server's log")
                    return self._refuse(now, found, (failed,))
            if now is None:
                return self._serve(Serving(self._load(), (), whole=False))
            changing = Problem(FOLDER, None, None, "", "keeps changing", "it is read as soon as it rests")
            return self._refuse(now, (), (changing,))

    def _decide(
        self, now: Serving | None, catalog: Catalog, found: Signature, prepare: Callable[[Catalog], object]
    ) -> Serving:
        whole = {name for name, *_ in found} >= self._needed
        if now is None or not now.whole:
            prepare(catalog)
            return self._serve(Serving(catalog, found, whole))
        if catalog.version == now.catalog.version:
            # Files were only touched: caches keyed by the catalog stay valid.
            return self._serve(replace(now, found=found, refused=(), tried=()))
        if lost := tuple(losses(now.catalog, catalog)):
            return self._refuse(now, found, lost)
        # What is served once more is the same object, for the same reason.
        known = next((one for one in now.former if one.version == catalog.version), catalog)
        prepare(known)
        former = (now.catalog, *(one for one in now.former if one is not known))[:FORMER]
        _LOG.info("newer data is served: %s, after %s", known.version, now.catalog.version)
        return self._serve(Serving(known, found, whole, former))

    def _missing(self, now: Serving, found: Signature) -> tuple[Problem, ...]:
        """Return a problem for each table that was there and has gone, and each file that must be there and is not."""
        there = {name for name, *_ in found}
        had = {name for name, *_ in now.found}
        gone = sorted((self._needed | (had & {table.file for table in TABLES})) - there)
        mend = "put it back; a table without rows has its header alone"
        return tuple(Problem(file, None, None, "", "has gone", mend) for file in gone)

    def _refuse(self, now: Serving, found: Signature, why: tuple[Problem, ...]) -> Serving:
        if why != now.refused:
            more = f" (and {len(why) - LOGGED} more)" if len(why) > LOGGED else ""
            told = "; ".join(str(problem) for problem in why[:LOGGED])
            _LOG.warning("newer data is not taken, %s is still served: %s%s", now.catalog.version, told, more)
        return self._serve(replace(now, refused=why, tried=found))

    def _serve(self, serving: Serving) -> Serving:
        self._serving = serving
        return serving


def losses(before: Catalog, after: Catalog) -> Iterator[Problem]:
    """Yield the problems by which ``after`` has lost what ``before`` had: it is broken, and not meant so.

    They are new, and of a file as a whole, or of a table that has fewer rows than before; or a table that must have
    rows has none any more. A new row that is wrong is told and left out, as ever: nothing is lost by it.
    """
    known = {_identity(problem) for problem in before.problems}
    rows = {table: (len(before.tables[table.name]), len(after.tables[table.name])) for table in TABLES}
    fewer = {table.file for table, (had, has) in rows.items() if has < had}
    for table, (had, has) in rows.items():
        if table.required and had and not has:
            yield Problem(table.file, None, None, "", "has no rows any more", "put them back, or start the server anew")
    for problem in after.problems:
        of_file = problem.line is None and problem.column is None
        of_row = problem.file in fewer and not problem.kept
        if (of_file or of_row) and _identity(problem) not in known:
            yield problem


def _identity(problem: Problem) -> tuple[str, str | None, str, str]:
    """Return what a problem is, wherever in its file it stands: lines move."""
    return (problem.file, problem.column, problem.value, problem.what)


_LOG: Final = logging.getLogger(__name__)
