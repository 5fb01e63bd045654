"""What a map's parts share while it is drawn: the sheet, the frame, the rows on view, and what was drawn so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from components.catalog.catalog import Catalog
from components.map.palettes import Palette
from components.map.style import STYLE, Outline, Style
from components.picture.canvas import Canvas
from components.picture.labels import Labels
from components.picture.palette import legible, pale
from components.picture.projection import Frame
from components.picture.text import TextStyle, styled
from components.view.as_known import index_as_known
from components.view.index import Index
from components.view.levels import Levels, levels
from components.view.on_view import OnView
from components.view.selection import Selection
from components.view.view import View


def grain(lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return a number for each place, the same for those that are one; they must have degrees."""
    row, column = (
        np.rint((np.asarray(degrees, dtype=float) + half) * STYLE.grain).astype(np.int64)
        for degrees, half in ((lat, 90), (lon, 180))
    )
    places: npt.NDArray[np.int64] = row * 1_000_000 + column
    return places


@dataclass(slots=True)
class Scene:
    """A map being drawn."""

    canvas: Canvas
    frame: Frame
    labels: Labels
    on_view: OnView
    plain: bool = False
    """Whether counts and the sign of a disagreement are left out: of a small picture that is seen for a moment."""
    style: Style = STYLE
    marked: set[int] = field(default_factory=set)
    """The places, by grain, where a site's square stands."""
    signs: set[str] = field(default_factory=set)
    """What was drawn, by the legend's names for it."""
    areas: set[tuple[int, int, int]] = field(default_factory=set)
    """The circles that were drawn: their middles and radii, in whole CSS pixels."""
    palette: Palette = field(init=False)
    forces: Mapping[str, str] = field(init=False)
    """The forces' colours on the map, by id."""
    levels: Levels = field(init=False)
    """Which rows are told in full."""
    pales: Mapping[str, str] = field(init=False)
    """The forces' colours where they step back."""
    kinds: Sequence[tuple[str, str]] = field(init=False)
    """The kinds' shapes and colours on the map, in their order."""
    pale_kinds: Sequence[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        forces, kinds = self.catalog.forces, self.catalog.kinds
        self.palette = self.style.palettes["light"]
        land = self.palette.land
        self.forces = {id_: legible(colour, land) for id_, colour in zip(forces["id"], forces["colour"], strict=True)}
        self.pales = {id_: self.ink(colour, False) for id_, colour in zip(forces["id"], forces["colour"], strict=True)}
        shapes = list(zip(kinds["shape"], kinds["colour"], strict=True))
        self.kinds = [(shape, legible(colour, land)) for shape, colour in shapes]
        self.pale_kinds = [(shape, self.ink(colour, False)) for shape, colour in shapes]
        self.levels = levels(self.on_view)

    @property
    def catalog(self) -> Catalog:
        """What the view was asked of."""
        return self.on_view.catalog

    @property
    def view(self) -> View:
        """The view that is drawn."""
        return self.on_view.view

    @property
    def selection(self) -> Selection:
        """The rows on view."""
        return self.on_view.selection

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

    def ink(self, colour: str, full: bool) -> str:
        """Return a colour as it is on the land: of what steps back as pale as it may be."""
        land = self.palette.land
        return legible(colour, land) if full else pale(colour, land, self.style.pale.contrast)

    def strength(self, sure: bool, full: bool) -> float:
        """Return the strength of what is sure, or only possible."""
        return 1 if sure else self.style.possible if full else self.style.pale.possible

    def force_colour(self, force: str, full: bool = True) -> str:
        """Return a force's colour on the land; of one that the tables do not name, the style's for nobody."""
        return (self.forces if full else self.pales).get(force) or self.ink(self.style.nobody, full)

    def text(self, font: str, colour: str) -> TextStyle:
        """Return how a text on the map looks, by the style's name for its font."""
        return styled(self.style.labels.fonts[font], colour, self.palette.halo)

    def on_screen(self, x: float, y: float, margin: float | None = None) -> bool:
        """Return whether a point is in the picture, or within ``margin`` of it; the style's where none is given."""
        return self.frame.holds(x, y, self.style.margin if margin is None else margin)

    def ring(self, x: float, y: float, reach: float) -> None:
        """Draw the ring about what is selected."""
        width, halo = self.style.ring
        self.canvas.circle(x, y, reach, Outline(halo), self.palette.halo)
        self.canvas.circle(x, y, reach, Outline(width), self.palette.outline)

    def dispute(self, x: float, y: float) -> None:
        """Draw the sign that sources disagree about a point."""
        if self.plain:
            return
        self.signs.add("disputed")
        draw_sign(self.canvas, x, y, self.style)
        self.labels.reserve_about(x, y, self.style.sign.reach)

    def badge(self, count: int, x: float, y: float) -> None:
        """Write how many a symbol stands for."""
        if self.plain:
            return
        self.signs.add("count")
        self.canvas.write(f"{count:,}", x, y, self.text("count", self.palette.strong))

    def dot(self, x: float, y: float) -> None:
        """Draw the dot of a town, or of a site that filters hide."""
        self.canvas.disc(x, y, self.style.basemap.dot, self.palette.label)

    def rimmed(self, x: float, y: float, reach: float) -> bool:
        """Return whether that circle was drawn."""
        return (round(x), round(y), round(reach)) in self.areas


def draw_sign(canvas: Canvas, x: float, y: float, style: Style) -> None:
    """Draw the sign that sources disagree, a fork upon a disc, about a point."""
    palette, sign = style.palettes["light"], style.sign
    canvas.disc(x, y, sign.reach, palette.label)
    canvas.circle(x, y, sign.reach, Outline(sign.halo), palette.halo)
    for stroke in sign.strokes:
        canvas.ribbon([(x + dx, y + dy) for dx, dy in stroke], sign.width, palette.halo)
