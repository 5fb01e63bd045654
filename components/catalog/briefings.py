"""Briefings: guided tours through the data, written as Markdown in ``briefings/*.md``."""

from dataclasses import dataclass
from pathlib import Path

from components.catalog.problems import Problem


@dataclass(frozen=True, slots=True)
class BriefingStep:
    """A view and what is to be seen in it."""

    heading: str
    query: str
    """The view, as a query string."""
    paragraphs: tuple[str, ...]
    """Plain text; a source is cited as [source-id]."""
    line: int
    """Where it stands in its file."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """An ordered list of steps."""

    id: str
    """The file's name without its ending."""
    title: str
    summary: str
    steps: tuple[BriefingStep, ...]


def read_briefings(folder: Path) -> tuple[tuple[Briefing, ...], list[Problem]]:
    """Return the briefings of ``folder``, by title, and what is wrong with them."""
    del folder
    return (), []
