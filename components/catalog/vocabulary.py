"""The words of a subject: what kinds of sites, movements and sources there are, and what follows from a kind.

Those of vocabulary.toml are there without a word; a data folder's dataset.toml adds others. What the program does about
a kind hangs on what is declared of it, never on its name.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

KIND_ID: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Kind(BaseModel):
    """A kind of something."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Annotated[str, StringConstraints(pattern=KIND_ID, max_length=60)]
    """As rows name it."""
    label: str = ""
    """What it is called in a sentence; "": as its id, with blanks for hyphens."""
    before: str = ""
    """The kind before which it is listed; "": after all others."""

    @property
    def called(self) -> str:
        """What it is called."""
        return self.label or self.id.replace("-", " ")


class SiteKind(Kind):
    """A kind of site."""

    base: bool = False
    """Whether it is called by what lies there, so that an airfield of its name is looked for."""
    airstrip: bool = False
    """Whether aircraft land there, so that any airfield near by may be it."""


class MovementKind(Kind):
    """A kind of movement."""

    weakens_origin: bool = False
    """Whether the force is told of as drawn down where it set out."""
    strengthens_destination: bool = False
    """Whether it is told of as reinforced where it arrives."""


class SourceKind(Kind):
    """A kind of source."""

    trust: Literal["", "firm", "independent"] = ""
    """One that is firm is enough for high confidence; of independent ones it takes two that do not retell the same."""
    releases: bool = False
    """Whether it tells what it released itself, so that it counts too where no curator has read the page."""
    partisan: bool = False
    """Whether it takes sides: an attack that only such tell of is doubtful."""


_Kind = TypeVar("_Kind", bound=Kind)


@dataclass(frozen=True)
class Vocabulary:
    """The kinds there are, by id, in the order in which they are listed."""

    site_kinds: Mapping[str, SiteKind]
    movement_kinds: Mapping[str, MovementKind]
    source_kinds: Mapping[str, SourceKind]

    def __reduce__(self) -> tuple[Any, ...]:
        # A mapping that cannot be changed cannot be pickled either.
        return extended, (*(tuple(kinds.values()) for kinds in self._all()), None)

    def _all(self) -> tuple[Mapping[str, Kind], ...]:
        return self.site_kinds, self.movement_kinds, self.source_kinds

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the ids of ``site_kinds``, ``movement_kinds`` or ``source_kinds``."""
        return tuple(getattr(self, name))

    def site(self, kind: str) -> str:
        """Return what a kind of site is called.

        >>> DEFAULT.site("air-base"), DEFAULT.site("detention")
        ('air base', 'detention facility')
        """
        return self.site_kinds[kind].called

    def movement(self, kind: str) -> str:
        """Return what a kind of movement is called."""
        return self.movement_kinds[kind].called

    def source(self, kind: str) -> str:
        """Return what a kind of source is called."""
        return self.source_kinds[kind].called

    @property
    def coming(self) -> frozenset[str]:
        """The kinds of movement that strengthen where they arrive."""
        return frozenset(id_ for id_, kind in self.movement_kinds.items() if kind.strengthens_destination)

    @property
    def going(self) -> frozenset[str]:
        """The kinds of movement that weaken where they set out."""
        return frozenset(id_ for id_, kind in self.movement_kinds.items() if kind.weakens_origin)


def extended(
    sites: Iterable[SiteKind],
    movements: Iterable[MovementKind],
    sources: Iterable[SourceKind],
    base: Vocabulary | None = None,
) -> Vocabulary:
    """Return ``base`` with more kinds; one of an id that is there takes its place, in meaning too."""
    return Vocabulary(
        _with(base.site_kinds if base else {}, sites),
        _with(base.movement_kinds if base else {}, movements),
        _with(base.source_kinds if base else {}, sources),
    )


def _with(kinds: Mapping[str, _Kind], more: Iterable[_Kind]) -> Mapping[str, _Kind]:
    found = dict(kinds)
    for kind in more:
        if kind.before in found and kind.before != kind.id:
            found.pop(kind.id, None)
            at = list(found).index(kind.before)
            listed = list(found.items())
            found = dict([*listed[:at], (kind.id, kind), *listed[at:]])
        else:
            found[kind.id] = kind
    return MappingProxyType(found)


class _Declared(BaseModel):
    """What vocabulary.toml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    site_kinds: Sequence[SiteKind] = Field(min_length=1)
    movement_kinds: Sequence[MovementKind] = Field(min_length=1)
    source_kinds: Sequence[SourceKind] = Field(min_length=1)


def _default() -> Vocabulary:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    declared = _Declared.model_validate(tomllib.loads(text))
    return extended(declared.site_kinds, declared.movement_kinds, declared.source_kinds)


DEFAULT: Final = _default()
"""The kinds that are there without a word."""
