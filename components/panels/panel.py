"""The panels by name: what the page shows beside the map, and what ``/panel/<name>.json`` answers."""

from collections.abc import Callable, Mapping
from typing import Final

from components.panels.card import selected
from components.panels.changes import changes
from components.panels.disputes import disputes
from components.panels.elements import Document
from components.panels.happened import happened
from components.panels.method import method
from components.panels.posture import posture
from components.panels.problems import problems
from components.panels.sources import sources
from components.panels.strength import strength
from components.panels.table import table
from components.panels.trends import trends_panel
from components.view.on_view import OnView

PANELS: Final[Mapping[str, Callable[[OnView], Document]]] = {
    "changes": changes,
    "happened": happened,
    "trends": trends_panel,
    "posture": posture,
    "strength": strength,
    "selected": selected,
    "table": table,
    "disputes": disputes,
    "problems": problems,
    "sources": sources,
    "method": method,
}
"""By name, what makes a panel of what is on view. Those of view.TABS may have a tab on the page."""


def panel(name: str, on_view: OnView) -> Document:
    """Return a panel of PANELS; raise KeyError for a name that is none."""
    return PANELS[name](on_view)
