"""What the marks on the map mean: the lines of movements and the words of the key. Part of the style (map/style.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from components.map.palettes import NEUTRAL
from components.view.outcomes import JOINED, LOST, OPENED, REDUCED
from components.view.transitions import REINFORCED
from components.view.wording import DISAGREE, POSSIBLY, SITE_STATES


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


CROWDS: Final = (1, 3, 10, 30, 100, 300, 1_000, 3_000)
"""From how many incidents on a square of the map is in which of the palette's colours for density."""
CROWDS_TOLD: Final = (1, 10, 100, 1_000)
"""Those of them that the key shows."""

SIGNS: Final[Mapping[str, Mapping[str, str]]] = {
    "Sites": {
        "held": "held",
        "possible": POSSIBLY,
        "handed-over": "handed over: old above new",
        "vacated": "vacated",
        OPENED: "opened, shown by Changes",
        JOINED: "gained a force, by Changes",
        LOST: "lost a force, by Changes",
        REINFORCED: "reinforced, by Changes",
        REDUCED: "drawn down, by Changes",
        "compared": "corners: changed, by Compare",
        "former": "left earlier",
        "unknown": SITE_STATES["unknown"].short,
        "pale": "small and pale: in the background",
        "held-area": "area that a force holds",
        "possible-area": f"area {POSSIBLY}",
        "crowd": "many sites: who holds most of those here",
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
        "density": f"incidents in a square: {' · '.join(f'{number:,}' for number in CROWDS_TOLD)}",
        "faint": "possibly within the window",
        "region": "anywhere in this region",
        "area": "somewhere in this circle",
        "undisclosed": "undisclosed, in this circle",
        "disputed": DISAGREE,
    },
}
"""What the key explains, by its headings and the marks' names."""

HEADINGS: Final[Mapping[str, str]] = {"key": "How to read the symbols", "incidents": "Incidents in these dates"}
"""Above all of it, and above the kinds of incidents."""
