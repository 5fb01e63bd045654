"""What a row rests on, as people are told it: its sources in one order, and whether some of it has none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.records import records
from components.catalog.tables import NO_DOCUMENT
from components.view.wording import count_text, on_text

UNSOURCED: Final = "no source: from the curators' own knowledge, unverified"
"""What is said after the sources of a row that cites what is no document."""
NO_ADDRESS: Final = "no address"
"""What is said of a source that has none."""
ARCHIVED: Final = "archived copy"
"""What the link to a source's archived copy is called."""
UNREAD: Final = "page not read; cited by {via}"
"""What is said of a source that no curator has read, beside it in a list; ``named`` says it shorter."""
COMPILED: Final = "known only through a compilation"
"""What is said once of a row all whose sources are such."""


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The sources that a row, or several together, rest on."""

    sources: tuple[Any, ...]
    """Rows of the sources table, each once, in the order of their kinds, and as cited within a kind."""
    unsourced: bool
    """Whether some of it is from no document."""

    @property
    def counted(self) -> str:
        """Return "3 sources"; "no source" where there is none."""
        return count_text(len(self.sources), "source") if self.sources else "no source"

    @property
    def compiled(self) -> bool:
        """Whether no curator has read any of them: all are known through those who cite them."""
        return bool(self.sources) and not self.unsourced and all(source.via for source in self.sources)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What is to be said once, after the sources."""
        return (*([UNSOURCED] if self.unsourced else []), *([COMPILED] if self.compiled else []))

    @property
    def publishers(self) -> tuple[str, ...]:
        """The publishers' names, each once."""
        return tuple(dict.fromkeys(str(source.publisher) for source in self.sources))


def sourcing(catalog: Catalog, cited: Iterable[str]) -> Sourcing:
    """Return what the ids ``cited`` tell: what marks that there is no source is none."""
    rows = source_rows(catalog)
    rested_on = [rows[id_] for id_ in ranked(catalog, cited)]
    documents = tuple(source for source in rested_on if source.kind != NO_DOCUMENT)
    return Sourcing(documents, len(documents) < len(rested_on))


def ranked(catalog: Catalog, cited: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of sources ``cited``, each once, in the order in which they are told."""
    rows, order = source_rows(catalog), catalog.dataset.vocabulary.ids("source_kinds")
    return tuple(sorted(dict.fromkeys(cited), key=lambda id_: order.index(rows[id_].kind)))


def named(source: Any) -> str:
    """Return a source in few words: "Reuters (wire)", "Wire (wire, no address)", "AFP (wire, cited by METracker)"."""
    said = (source.called, "" if source.url else NO_ADDRESS, f"cited by {source.via}" if source.via else "")
    return f"{source.publisher} ({', '.join(part for part in said if part)})"


def marks(source: Any) -> tuple[str, ...]:
    """Return what is said beside a source in a list: its kind, then what a reader must know before trusting it."""
    said = (source.called, "" if source.url else NO_ADDRESS, UNREAD.format(via=source.via) if source.via else "")
    return tuple(part for part in said if part)


def read_on(source: Any) -> str:
    """Return when a curator last read a source: "read on 24 November 2026"; "" where that is not on record."""
    return f"read {on_text(source.accessed)}" if source.accessed else ""


@derived()
def source_rows(catalog: Catalog) -> Mapping[str, Any]:
    """Return the rows of the sources by id, with what their kind is called: ``called``.

    A panel cites hundreds, and asking the table for each takes its time.
    """
    called = [catalog.dataset.vocabulary.source(kind) for kind in catalog.sources["kind"]]
    return {row.id: row for row in records(catalog.sources.assign(called=called))}
