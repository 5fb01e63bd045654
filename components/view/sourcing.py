"""What a row rests on, as people are told it: its sources in one order, and whether some of it has none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.tables import NO_DOCUMENT, SOURCE_KINDS
from components.view.wording import count_text

UNSOURCED: Final = "no source: from the curators' own knowledge, unverified"
"""What is said after the sources of a row that cites what is no document."""
NO_ADDRESS: Final = "no address"
"""What is said of a source that has none."""


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The sources that a row, or several together, rest on."""

    sources: tuple[Any, ...]
    """Rows of the sources table, each once, in the order of SOURCE_KINDS, and as cited within a kind."""
    unsourced: bool
    """Whether some of it is from no document."""

    @property
    def counted(self) -> str:
        """Return "3 sources"; "no source" where there is none."""
        return count_text(len(self.sources), "source") if self.sources else "no source"

    @property
    def publishers(self) -> tuple[str, ...]:
        """The publishers' names, each once."""
        return tuple(dict.fromkeys(str(source.publisher) for source in self.sources))


def sourcing(catalog: Catalog, cited: Iterable[str]) -> Sourcing:
    """Return what the ids ``cited`` tell: what marks that there is no source is none."""
    rows = source_rows(catalog)
    told = [rows[id_] for id_ in ranked(catalog, cited)]
    documents = tuple(source for source in told if source.kind != NO_DOCUMENT)
    return Sourcing(documents, len(documents) < len(told))


def ranked(catalog: Catalog, cited: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of sources ``cited``, each once, in the order in which they are told."""
    rows = source_rows(catalog)
    return tuple(sorted(dict.fromkeys(cited), key=lambda id_: SOURCE_KINDS.index(rows[id_].kind)))


def named(source: Any) -> str:
    """Return a source in few words: "Reuters (wire)", "Wire (wire, no address)"."""
    return f"{source.publisher} ({source.kind if source.url else f'{source.kind}, {NO_ADDRESS}'})"


@lru_cache(maxsize=4)
def source_rows(catalog: Catalog) -> Mapping[str, Any]:
    """Return the rows of the sources by id: a panel cites hundreds, and asking the table for each takes its time."""
    rows: Any = catalog.sources.itertuples(index=False)
    return {row.id: row for row in rows}
