"""What the marks on the map look like and mean, besides the symbols: one table for its canvas, its key and pictures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from components.view.outcomes import JOINED, LOST, OPENED, REDUCED
from components.view.transitions import REINFORCED

NEUTRAL: Final = "#59626d"
"""The colour of what is no force's."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a movement, by what moved."""

    text: str
    """In the key."""
    colour: str = NEUTRAL
    """#rrggbb; "" for the colour of the force that moved."""
    dash: tuple[float, ...] = ()
    """Dash, gap, dash, … as multiples of the line's width; () for a solid line."""
    weight: float = 0.75
    """Its width, as a part of what WIDTHS says."""


LINES: Final[Mapping[str, Line]] = {
    "troops": Line("troops, in their force's colour", "", (), 1),
    "detainees": Line("detainees", dash=(3.5, 2)),
    "civilians": Line("civilians", dash=(1.2, 1.6)),
    "equipment": Line("equipment without troops", dash=(5, 1.8, 1.2, 1.8)),
}
"""By the values of the column ``moved``. Only troops are solid: so they are told apart without colour too."""

WIDTHS: Final = ((1000, 4.5), (100, 3.2), (0, 2.2))
"""From which number on a line is how many pixels wide; where no number is known it is as for 0."""


def width_text(step: int) -> str:
    """Return which numbers a step of WIDTHS stands for: "100 or more"; "under 100, or unknown"."""
    least, _ = WIDTHS[step]
    return f"{least:,} or more" if least else f"under {WIDTHS[step - 1][0]:,}, or unknown"


Stroke = tuple[tuple[float, float], ...]
_PLUS: Final[tuple[Stroke, ...]] = (((-4, 0), (4, 0)), ((0, -4), (0, 4)))
STROKES: Final[Mapping[str, tuple[Stroke, ...]]] = {
    OPENED: _PLUS,
    JOINED: _PLUS,
    LOST: (((-4, 0), (4, 0)),),
    REINFORCED: (((-4, 2), (0, -2.5), (4, 2)),),
    REDUCED: (((-4, -2), (0, 2.5), (4, -2)),),
}
"""What is drawn upon a site's square by what the window did to it, where the map shows changes, in pixels from its
middle. Who took over, and who left an empty site, the square itself shows."""

SIGNS: Final[Mapping[str, Mapping[str, str]]] = {
    "Sites": {
        "held": "held",
        "possible": "possibly held",
        "handed-over": "handed over: old above new",
        "vacated": "vacated",
        OPENED: "opened, shown by Changes",
        JOINED: "gained a force, by Changes",
        LOST: "lost a force, by Changes",
        REINFORCED: "reinforced, by Changes",
        REDUCED: "drawn down, by Changes",
        "former": "left earlier",
        "unknown": "no holder on record",
    },
    "Movements": {
        **{moved: line.text for moved, line in LINES.items()},
        **{f"width {step}": width_text(step) for step in reversed(range(len(WIDTHS)))},
        "range": "band: number is a range",
        "vague": "faded end: known roughly",
        "bead": "bead: still under way",
    },
    "Incidents and places": {
        "count": "so many incidents here",
        "faint": "possibly within the window",
        "region": "anywhere in this region",
        "area": "somewhere in this circle",
        "undisclosed": "undisclosed, in this circle",
        "disputed": "sources disagree",
    },
}
"""What the key explains, by its headings and the marks' names."""


def drawn_signs() -> dict[str, Any]:
    """Return what the browser needs to draw movements, and the key."""
    return {
        "lines": {moved: asdict(line) for moved, line in LINES.items()},
        "widths": WIDTHS,
        "signs": SIGNS,
        "strokes": STROKES,
    }
