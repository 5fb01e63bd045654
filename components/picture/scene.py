"""What a map's parts share while it is drawn: the sheet, the frame, the rows on view, and what was drawn so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.picture.canvas import Canvas, ring
from components.picture.labels import Labels
from components.picture.palette import LABEL, LAND, STRONG, legible
from components.picture.projection import Frame
from components.picture.text import Style
from components.view.as_known import index_as_known
from components.view.index import Index
from components.view.selection import Selection
from components.view.view import View

STEP: Final = 16
"""CSS pixels between symbols that share a place."""
GRAIN: Final = 1000
"""Places nearer than a thousandth of a degree, some 100 m, are one: their symbols would hide one another."""


def grain(lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return a number for each place, the same for those that are one; they must have degrees."""
    rows = np.rint((np.asarray(lat, dtype=float) + 90) * GRAIN).astype(np.int64)
    places: npt.NDArray[np.int64] = rows * 1_000_000 + np.rint((np.asarray(lon, dtype=float) + 180) * GRAIN).astype(int)
    return places


@dataclass(slots=True)
class Scene:
    """A map being drawn."""

    canvas: Canvas
    frame: Frame
    labels: Labels
    catalog: Catalog
    view: View
    selection: Selection
    plain: bool = False
    """Whether counts and the sign of a disagreement are left out: of a small picture that is seen for a moment."""
    marked: set[int] = field(default_factory=set)
    """The places, by grain, where a site's square stands."""
    signs: set[str] = field(default_factory=set)
    """What was drawn, by the legend's names for it."""
    areas: set[tuple[int, int, int]] = field(default_factory=set)
    """The circles that were drawn: their middles and radii, in whole CSS pixels."""
    forces: Mapping[str, str] = field(init=False)
    """The forces' colours on the map, by id."""
    kinds: Sequence[tuple[str, str]] = field(init=False)
    """The kinds' shapes and colours on the map, in their order."""

    def __post_init__(self) -> None:
        forces, kinds = self.catalog.forces, self.catalog.kinds
        self.forces = {id_: legible(colour) for id_, colour in zip(forces["id"], forces["colour"], strict=True)}
        self.kinds = [(shape, legible(colour)) for shape, colour in zip(kinds["shape"], kinds["colour"], strict=True)]

    @property
    def selected(self) -> tuple[str, str]:
        """The selected row's type and id."""
        kind, _, id_ = self.view.selected.partition(":")
        return kind, id_

    @property
    def index(self) -> Index:
        """The columns of the catalog, with the disagreements that were public."""
        return index_as_known(self.catalog, self.view.day_numbers.known)

    def disputed(self, table: str, numbers: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Return on which rows of a table sources disagree."""
        coded = getattr(self.index, table).facets["disputed"]
        rival = np.array([bool(combo) for combo in coded.combos], dtype=bool)
        return rival[coded.codes[numbers]] if len(rival) else np.zeros(len(numbers), dtype=bool)

    def ring(self, x: float, y: float, reach: float) -> None:
        """Draw the ring about what is selected."""
        self.canvas.circle(x, y, reach, 4, LAND)
        self.canvas.circle(x, y, reach, 2, STRONG)

    def dispute(self, x: float, y: float) -> None:
        """Write the sign that sources disagree."""
        if self.plain:
            return
        self.signs.add("disputed")
        self.canvas.write("≠", x, y, Style(12.5, STRONG, 600, halo=LAND))

    def badge(self, count: int, x: float, y: float) -> None:
        """Write how many a symbol stands for."""
        if self.plain:
            return
        self.signs.add("count")
        self.canvas.write(f"{count:,}", x, y, Style(10.5, STRONG, 600, halo=LAND))

    def rimmed(self, x: float, y: float, reach: float) -> bool:
        """Return whether that circle was drawn."""
        return (round(x), round(y), round(reach)) in self.areas

    def area(
        self,
        x: float,
        y: float,
        reach: float,
        colour: str = LABEL,
        *,
        secret: bool,
        wide: bool,
        held: bool,
        wanted: bool,
    ) -> None:
        """Draw the circle within which a place lies; of a ``secret`` one, that nobody gives away, dashed."""
        self.areas.add((round(x), round(y), round(reach)))
        light = wide and not secret
        alpha = (0.06 if light else 0.16) if wanted else 0.1 if secret and held else 0.02 if light else 0.07
        self.canvas.disc(x, y, reach, colour, alpha)
        width = 1.5 if wanted or secret else 1
        line = 0.9 if wanted else 0.8 if secret else 0.35
        if secret or wide:
            dotted = ring(x, y, reach)
            self.canvas.dashes(dotted, width, colour, (6, 4) if secret else (2, 5), line)
        else:
            self.canvas.circle(x, y, reach, width, colour, line)
        self.signs.add("undisclosed" if secret else "area")
