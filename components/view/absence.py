"""A data folder that gives nothing to show: why, and what to do about it."""

from dataclasses import dataclass
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.opened import is_opened
from components.catalog.tables import TABLES
from components.view.wording import listed

DRAWN: Final = ("sites", "incidents", "movements")
"""The tables whose rows are on the map."""
AREAS: Final = "areas"
"""The table of what lies under them."""
OPENED_MEND: Final = "The problems say why."


@dataclass(frozen=True, slots=True)
class Absence:
    """Why there is nothing to show, and how to mend it, each in a sentence."""

    why: str
    mend: str = (
        "Mend it, or set LAYDOWN_DATA to a folder that has data. "
        "“uv run laydown check” lists what is wrong and how to mend it."
    )

    def __str__(self) -> str:
        return f"{self.why} {self.mend}"


def absence(catalog: Catalog) -> Absence | None:
    """Return why ``catalog`` has nothing to show, None where it has something. Where it lies is not told."""
    if any(len(catalog.tables[name]) for name in (*DRAWN, AREAS)):
        return None
    if is_opened(catalog.folder):
        return Absence("There is no data: no row of the files can be used.", OPENED_MEND)
    if not catalog.folder.is_dir():
        return Absence("There is no data: the data folder does not exist.")
    required = [table.file for table in TABLES if table.required]
    missing = [file for file in required if not (catalog.folder / file).exists()]
    if missing:
        return Absence(f"There is no data: the data folder has no {listed(missing)}.")
    if any(problem.line is not None and not problem.kept for problem in catalog.problems):
        return Absence("There is no data: no row of the data folder can be used.")
    return Absence("There is no data: the data folder's tables have no rows.")
