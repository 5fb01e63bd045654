"""How all that is on the map is drawn: the one declaration for the browser's canvas, its key, and pictures.

It is sent with the rows (map/payload.py) and read in the browser as ``data.style``; components/picture reads it here.
Lengths are CSS pixels, strengths are opacities from 0 to 1, and dashes are (dash, gap, …) in pixels, () for a solid
line, where nothing else is said. What only one of the two draws, such as the browser's graticule or a picture's scale
bar, stands where it is drawn.

It is longer than other modules, as it is one declaration: a class of sizes for each kind of mark, and their values.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from components.map.key import CROWDS, CROWDS_TOLD, HEADINGS, LINES, SIGNS, WIDTHS, Line
from components.map.palettes import NEUTRAL, NOBODY, PALETTES, Palette
from components.view.outcomes import JOINED, KINDS, LOST, OPENED, REDUCED, UNCERTAIN, VACATED
from components.view.states import FORMER, UNKNOWN
from components.view.transitions import REINFORCED

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A line about something."""

    width: float
    dash: tuple[float, ...] = ()
    strength: float = 1


@dataclass(frozen=True, slots=True)
class Font:
    """Letters; the family is the page's own."""

    size: float
    weight: int = 400
    italic: bool = False
    spacing: float = 0
    """Between letters."""


Stroke = tuple[Pair, ...]
"""A line drawn upon a square: its points, from the square's middle."""
_PLUS: Final[tuple[Stroke, ...]] = (((-4, 0), (4, 0)), ((0, -4), (0, 4)))
_CORNERS: Final[tuple[Stroke, ...]] = tuple(
    ((x * 10, y * 5.5), (x * 10, y * 10), (x * 5.5, y * 10)) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
)


@dataclass(frozen=True, slots=True)
class SiteStyle:
    """A site: a square in the colour of who holds it."""

    size: float = 14
    """The square's side."""
    small: float = 8
    """The same for what was left before the window, has no holder on record, or did not change (by Changes)."""
    edge: float = 1.5
    """The width of a held square's outline."""
    outlines: Mapping[str, Outline] = field(
        default_factory=lambda: {
            VACATED: Outline(2, (3, 2.5)),
            FORMER: Outline(1.25, (3, 2.5), 0.6),
            UNKNOWN: Outline(1.25, (1, 2), 0.6),
        }
    )
    """The outline of a square that nobody holds, by the site's status."""
    strokes: Mapping[str, tuple[Stroke, ...]] = field(
        default_factory=lambda: {
            OPENED: _PLUS,
            JOINED: _PLUS,
            LOST: (((-4, 0), (4, 0)),),
            REINFORCED: (((-4, 2), (0, -2.5), (4, 2)),),
            REDUCED: (((-4, -2), (0, 2.5), (4, -2)),),
        }
    )
    """Upon a square, by what the window did to the site, where the map shows changes."""
    stroke_width: float = 2
    corners: tuple[Stroke, ...] = _CORNERS
    """About a square, where the map is compared, of a site that the window changed."""
    cornered: tuple[str, ...] = tuple(kind for kind in KINDS if kind != UNCERTAIN)
    """What the window did to such a site: what leaves open whether it changed anything is no change."""
    corner_width: float = 1.75
    corner_halo: float = 3.5
    clear_cornered: float = 4
    """How far about a square with corners no label may come."""
    ring: float = 5
    """How far beyond the square the ring about a selected one lies."""
    clear: float = 1
    """How far about a square no label may come."""
    clear_selected: float = 6
    name_gap: float = 5
    """From a square of full size to its name."""
    stray: float = 64
    """How far a name may lie off that finds no room beside its square: a line leads to it."""
    leader: Outline = Outline(1, (), 0.7)
    named_zoom: float = 8
    """From which zoom on sites that are small are named too."""
    sign: Pair = (4, 3)
    """The middle of the sign of a disagreement, from the square's lower right corner: above it lie incidents."""
    undisclosed_stray: float = 96
    """How far the name of an undisclosed site may lie off."""


@dataclass(frozen=True, slots=True)
class PaleStyle:
    """What steps back behind the subject and what changed (view/levels.py): smaller, and as pale as stays legible.

    Its size tells it from what is only possible, which has its full size and is lighter.
    """

    contrast: float = 3
    """With the land: its colour is mixed with the land's down to this (WCAG 2.2 for symbols), no further."""
    site: float = 9
    """The side of its square."""
    small: float = 6
    """The same for one that was left, or has no holder on record."""
    edge: float = 1
    """The width of the square's outline."""
    incidents: tuple[float, ...] = (8, 9, 11)
    """The sizes of its symbols, by severity."""
    incidents_small: tuple[float, ...] = (6, 7, 9)
    """The same where they are stamped."""
    line: float = 0.5
    """The width of its arrows, as a part of what another has."""
    possible: float = 0.65
    """The strength of what is only possible: of what is pale already."""
    area: float = 0.5
    """The strength of its circle, as a part of what another has."""
    named_zoom: float = 8
    """From which zoom on it is named."""


@dataclass(frozen=True, slots=True)
class CrowdStyle:
    """Sites that would lie on one another: small squares, one a cell of a grid, by who holds most of the cell's sites.

    The grid lies on the world and not on the screen, so that squares stand still while the map is moved.
    """

    few: int = 200
    """So many sites in sight, or fewer, are always symbols."""
    most: int = 600
    """More than so many never are."""
    share: float = 0.1
    """Between the two: symbols where no larger part of the sites would share a cell as large as a symbol."""
    cell: float = 6
    """The side of a cell."""
    square: float = 5
    """The side of its square."""
    empty: Outline = Outline(1, (), 0.8)
    """The line of the square of a cell of which nobody holds a site."""


@dataclass(frozen=True, slots=True)
class SignStyle:
    """The sign that sources disagree: a fork upon a disc. It stands only beside what is told in full, or selected."""

    reach: float = 4.5
    """The radius of its disc."""
    halo: float = 2
    """The width of the line about it."""
    strokes: tuple[Stroke, ...] = (((0, 3), (0, 0.2), (-2.2, -2.4)), ((0, 0.2), (2.2, -2.4)))
    """Upon the disc, from its middle."""
    width: float = 1.3
    """Of the strokes."""


@dataclass(frozen=True, slots=True)
class AreaStyle:
    """The circle within which a place lies that is known no better."""

    least: float = 2
    """A circle that ends nearer to its square than this is not drawn."""
    wide: float = 60
    """From this radius on a circle covers much of the map, and must not weigh on it."""
    fills: Mapping[str, float] = field(
        default_factory=lambda: {
            "plain": 0.07,
            "wide": 0.02,
            "held": 0.1,
            "selected": 0.16,
            "selected wide": 0.06,
        }
    )
    """The strength of its ground; ``held`` is an undisclosed place that somebody holds."""
    outlines: Mapping[str, Outline] = field(
        default_factory=lambda: {
            "plain": Outline(1, (), 0.35),
            "wide": Outline(1, (2, 5), 0.35),
            "undisclosed": Outline(1.5, (6, 4), 0.8),
        }
    )
    selected: Outline = Outline(1.5, (), 0.9)
    """The width and strength of a selected one's line; its dashes stay."""


@dataclass(frozen=True, slots=True)
class HeldAreaStyle:
    """An area that a force holds: a light ground in its colour under all else, and an outline."""

    fills: Mapping[str, float] = field(default_factory=lambda: {"sure": 0.18, "possible": 0.09})
    """The strength of its ground, by whether it is held surely, or as far as known, or only possibly."""
    outlines: Mapping[str, Outline] = field(
        default_factory=lambda: {"sure": Outline(1.5, (), 0.8), "possible": Outline(1.5, (5, 4), 0.8)}
    )
    fine: float = 1
    """Of points of its outline that are nearer than this only the first is drawn."""


@dataclass(frozen=True, slots=True)
class MovementStyle:
    """A movement: an arrow whose line tells what moved, its width how many; no surer of its ends than its source."""

    lines: Mapping[str, Line] = field(default_factory=lambda: LINES)
    widths: tuple[Pair, ...] = WIDTHS
    stub: float = 44
    """The length of an arrow of which only one end can be shown."""
    part: float = 1 / 3
    """How much of its way an arrow goes into an area that holds both its ends: clear of where it set out, no place."""
    short: float = 30
    """Between two areas' rims that are nearer than this there is no arrow to be seen."""
    least: float = 18
    """An arrow between ends that are nearer than this is not drawn."""
    steps: int = 24
    """The stretches of its line."""
    clear: Pair = (11, 12)
    """How far off the symbols at its ends it begins and ends."""
    bend: Pair = (0.12, 0.05)
    """How far it bends, as a part of its length, and how much more each rival between the same ends does."""
    fan: float = 0.18
    """Radians between two stubs of rivals."""
    rivals: int = 4
    """How many arrows between the same ends are set apart."""
    halo: float = 3
    """By how much the halo is broader than the line."""
    halo_selected: float = 6
    halo_strength: float = 0.8
    band: float = 2.4
    """The width of the band that says that the number is a range, as a multiple of the line's."""
    band_strength: float = 0.25
    broader: float = 1.5
    """By how much a selected line is broader."""
    dimmed: float = 0.5
    """The strength of the others where a movement is selected."""
    head: Pair = (1.6, 5)
    """The head's length: a multiple of the line's width, and pixels besides."""
    barb: float = 0.42
    """Radians between the line and each side of the head."""
    neck: float = 0.8
    """Where the line ends under a filled head, as a part of the head's length; under an open one at its foot."""
    open_head: float = 1.5
    """The width of an open head's line."""
    faded: float = 0.15
    """The strength of the line at an end that is known only roughly."""
    fade: float = 48
    """How far from such an end the line is at full strength."""
    fade_part: float = 0.4
    """As which part of the whole at most."""
    bead: float = 2
    """By how much the bead of a movement under way is larger in radius than the line is wide."""
    bead_edge: float = 2
    signed: tuple[int, ...] = (12, 10, 14, 8, 16, 6, 18, 4, 20, 2, 22)
    """The points of its line where the sign of a disagreement may stand: the first that is free."""
    sign: Pair = (7, -7)
    """The middle of that sign, from the point."""
    head_room: float = 6
    """Half the side of the room about its tip."""
    end_gap: float = 6
    """From the dot of a site that filters hide to its name."""
    end_below: float = 14
    """From where an arrow ends in an area to that area's name."""
    end_stray: float = 112
    """How far that name may lie off."""


@dataclass(frozen=True, slots=True)
class RivalStyle:
    """Where another source says that what is selected led, or lies: a ghost, as pale as what steps back."""

    line: Outline = Outline(1.75, (5, 4))
    least: float = 9
    """The least radius of a place's circle."""
    below: float = 16
    """From the place to who says so."""
    stray: float = 160
    """How far these words may lie off."""
    short: float = 16
    """Of an arrow that would be shorter a circle stands at its end."""


@dataclass(frozen=True, slots=True)
class IncidentStyle:
    """An incident: a symbol in its kind's shape and colour."""

    sizes: tuple[float, ...] = (12, 14, 17)
    """By severity: no one hurt, someone, ten or more killed."""
    small_sizes: tuple[float, ...] = (8, 10, 13)
    """The same where they are many and stamped."""
    edge: float = 3
    """The width of the line about a symbol, half of it beyond its outline."""
    few: int = 1500
    """Symbols: beyond this they are stamped."""
    fine: float = 3
    """Of single incidents nearer than this only the newest is drawn."""
    coarse: float = 5
    """The same where they are stamped: half a symbol's width."""
    margin: float = 60
    """About the map: a symbol off its edge still shows, and so does a region's frame."""
    ring: float = 4
    """How far beyond a symbol the ring about a selected one lies."""
    ring_stamped: float = 11
    """The radius of that ring where symbols are stamped."""
    count: Pair = (-1, -1)
    """Where the number of incidents begins, from the symbol's lower right corner."""
    count_room: Pair = (4, 5)
    """How far right of that the middle of its room lies, and half the room's side."""
    digit: float = 6
    """How much further the next symbol of a row lies for each digit of that number after its first."""
    sign: Pair = (3, -2)
    """The middle of the sign of a disagreement, from the symbol's upper right corner."""


@dataclass(frozen=True, slots=True)
class DensityStyle:
    """Where incidents lie too thick for symbols: squares of the map, coloured by how many lie in each."""

    cell: int = 8
    """A square's side."""
    gap: int = 1
    """Between two of them."""
    least: int = 5_000
    """Incidents that the filters let through; of fewer there are symbols at any zoom."""
    crowd: float = 4
    """Incidents to each square that holds any: from which on there are no symbols."""
    steps: tuple[int, ...] = CROWDS
    """From which number on a square has which of the palette's colours for density."""
    told: tuple[int, ...] = CROWDS_TOLD
    """Those of the steps that the key shows."""
    strength: float = 0.9


@dataclass(frozen=True, slots=True)
class RegionStyle:
    """The frame about the symbols of what happened somewhere in a country or region."""

    wider: float = 14
    """Than its symbols, of which each takes ``step``."""
    height: float = 26
    above: float = 22
    """From its top to the point."""
    symbols: float = 9
    """From the middle of its symbols down to the point."""
    outline: Outline = Outline(1, (2, 3))
    ground: float = 0.75
    """The strength of its ground."""
    room: tuple[float, float, float] = (14, 10, 8)
    """Half the height of its room: without its words, what they add; and how far the room is wider than the symbols."""
    words: Pair = (4, 10)
    """From the point down to its words: pixels, and pixels that grow with the text."""
    lower: float = 9
    """How much lower than the middle of its room the point is, where it has no words."""
    stray: Pair = (150, 260)
    """How far it may lie off: at least, where it has its words, and at most."""
    within: float = 0.8
    """As which part of the area's radius, where it has no words."""


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """Names and other words upon the map."""

    fonts: Mapping[str, Font] = field(
        default_factory=lambda: {
            "strong": Font(12.5, 600),
            "plain": Font(11.5),
            "area": Font(11.5, italic=True),
            "country": Font(13, 600, spacing=4),
            "count": Font(10, 600),
        }
    )
    halo: float = 3
    """The width of the line about letters, half of it beyond them."""
    line: float = 13
    """From one line of a label to the next."""
    half: float = 7
    """Half a line's height."""
    gap: float = 9
    """From a point to the name beside it."""
    corner: float = 0.7
    """As which part of the gap a name at a corner stands off, on either axis."""
    further: float = 8
    """How much further off a name may be: past a symbol that stands on the very point."""
    margin: float = 2
    """About what is written, and at the map's edge."""
    stray_step: int = 16
    """In which steps a room is looked for further off."""
    stray_turns: int = 16
    """In how many directions."""
    contrast: float = 4.5
    """The least contrast of text in a colour of its own, and of lines that are thin and broken (WCAG 2.2, text)."""


@dataclass(frozen=True, slots=True)
class BasemapStyle:
    """What lies under the rows: its lines, and the zooms at which its names come."""

    river: Outline = Outline(1)
    governorate: Outline = Outline(1, (3, 3))
    border: Outline = Outline(1.1)
    disputed: Outline = Outline(1.1, (5, 4))
    """A border that is not agreed on, as its makers have it."""
    country_zooms: Pair = (4, 9)
    """From which zoom on, and below which, countries are named."""
    country_stray: float = 64
    """How far its name may lie off, from ``stray_zoom`` on; less from further off, not to stand in another one."""
    stray_zoom: float = 6.5
    governorate_zoom: float = 7.5
    town_zooms: tuple[Pair, ...] = ((300_000, 5), (100_000, 6.5), (40_000, 7.5), (0, 8.5))
    """From which zoom on towns of a population are named, the largest first."""
    arabic_zoom: float = 9
    """From which zoom on names stand in Arabic too."""
    town_gap: float = 5
    dot: float = 1.8
    """The radius of a town's dot."""


LAYERS: Final = (
    "areas",
    "movements",
    "sites",
    "incidents",
    "rivals",
    "site names",
    "end names",
    "movement signs",
    "regions",
    "pale names",
    "place names",
)
"""The order in which things are drawn, and in which names take their room.

Held areas, and on them stamped incidents, lie below all of them.
"""


@dataclass(frozen=True, slots=True)
class Style:
    """The whole of it."""

    palettes: Mapping[str, Palette] = field(default_factory=lambda: PALETTES)
    """By theme; pictures are light."""
    layers: tuple[str, ...] = LAYERS
    neutral: str = NEUTRAL
    nobody: str = NOBODY
    home: Pair = (700, 560)
    """The size of a map that a dataset's home zoom is meant for; a smaller one stands further off, to show as much."""
    home_padding: Pair = (28, 0.07)
    """About what the home view is to hold: CSS pixels at least, and a part of the map's smaller side."""
    home_deepest: float = 10
    """The zoom beyond which the home view goes no nearer."""
    grain: int = 1000
    """Places nearer than a degree's part by this, some 100 m, are one: their symbols would hide one another."""
    step: float = 16
    """Between symbols, and squares, that share a place."""
    possible: float = 0.45
    """The strength of what is only possibly within the window, or held."""
    margin: float = 40
    """About the map: what lies this far off its edge is drawn still."""
    ring: Pair = (2, 4)
    """The width of the ring about what is selected, and of its halo."""
    leader: Outline = Outline(1, (1, 4))
    """The line from a symbol to the place that it belongs to."""
    pale: PaleStyle = PaleStyle()
    sign: SignStyle = SignStyle()
    sites: SiteStyle = SiteStyle()
    crowd: CrowdStyle = CrowdStyle()
    areas: AreaStyle = AreaStyle()
    held_areas: HeldAreaStyle = HeldAreaStyle()
    movements: MovementStyle = MovementStyle()
    rivals: RivalStyle = RivalStyle()
    incidents: IncidentStyle = IncidentStyle()
    density: DensityStyle = DensityStyle()
    regions: RegionStyle = RegionStyle()
    labels: LabelStyle = LabelStyle()
    basemap: BasemapStyle = BasemapStyle()
    signs: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: SIGNS)
    """What the key explains: by heading, the marks' names and what they mean."""
    headings: Mapping[str, str] = field(default_factory=lambda: HEADINGS)
    """The key's own: of all of it, and of the kinds of incidents."""


STYLE: Final = Style()


def drawn_style(style: Style = STYLE) -> dict[str, Any]:
    """Return the style as the browser gets it: fit for JSON, each field under its own name."""
    return asdict(style)
