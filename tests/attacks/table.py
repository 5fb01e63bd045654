"""What the attacks came to, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.table import markdown

MOST_SECONDS: Final = 2.0
"""What another reader may wait."""
MOST_MB: Final = 50.0
"""What the server may hold more than before, once the attack is over."""


@dataclass(frozen=True)
class Result:
    """An attack, and what came of it."""

    name: str
    came: str
    """Of the attack itself: "10 of 10 refused"."""
    held: bool
    """Whether that is as it should be."""
    asked: int
    failed: int
    rest: float
    """The longest wait before the attack, in seconds."""
    worst: float
    """The longest wait during it."""
    path: str
    before_mb: float
    after_mb: float

    @property
    def broken(self) -> list[str]:
        """Which bounds do not hold."""
        found = [] if self.held else ["attack"]
        found += ["answers"] if self.failed or not self.asked else []
        found += ["wait"] if self.worst > MOST_SECONDS else []
        return [*found, "memory"] if self.after_mb - self.before_mb > MOST_MB else found


def table(results: Sequence[Result]) -> str:
    """Return the results as Markdown."""
    head = ["attack", "what came of it", "reader: answers", "at rest, s", "worst wait, s", "RSS before → after, MB", ""]
    rows = [
        [
            one.name,
            one.came,
            f"{one.asked - one.failed} of {one.asked}",
            f"{one.rest:.2f}",
            f"{one.worst:.2f} ({one.path})",
            f"{one.before_mb:.0f} → {one.after_mb:.0f}",
            f"✗ {', '.join(one.broken)}" if one.broken else "✓",
        ]
        for one in results
    ]
    return markdown([head, *rows])
