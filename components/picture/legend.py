"""The legend: what the marks on a drawn map mean, and how many there are of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from components.map.palettes import LIGHT
from components.map.style import STYLE, Outline, Style
from components.picture.canvas import Canvas
from components.picture.movements import draw_bead, draw_line
from components.picture.palette import legible, pale
from components.picture.scene import Scene, draw_sign
from components.picture.sites import draw_corners, draw_square
from components.picture.text import TextStyle, styled, width, wrapped
from components.view.outcomes import HANDED_OVER, VACATED
from components.view.posture import CERTAIN, POSSIBLE, Holder
from components.view.states import FORMER, HELD, UNKNOWN, SiteState
from components.view.wording import count_text, day_text

Mark = Callable[[Canvas, float, float], None]
"""Draws a sample about a point."""

SIZES: Final = (12.5, 12, 11.5, 11, 10.5, 10, 9.5)
"""CSS pixels of its letters."""
LINE: Final = 1.2
"""From one line of an entry to the next, as the next three in the letters' size."""
GAP: Final = 0.36
"""From one entry to the next, besides."""
HEADING: Final = 1.9
"""From a heading to its entries."""
APART: Final = 0.8
"""From a section to the next heading."""
INDENT: Final = 30
"""CSS pixels from a mark's left to its words."""
THEN: Final = "#a39b88"
"""The colour of a sample's second force: the first is neutral."""
_SQUARE: Final = 6.25
"""Half the side of a sample of a force's colour."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend."""

    mark: Mark
    text: str
    count: str = ""
    short: str = ""
    """The text where there is little room."""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading."""

    title: str
    entries: Sequence[Entry]


def sections(scene: Scene) -> list[Section]:
    """Return the legend of what was drawn: forces by colour, kinds of incidents, and signs, each only if on view."""
    found = [
        Section(f"Sites on {day_text(scene.view.end)}", forces(scene)),
        Section(scene.style.headings["incidents"], kinds(scene)),
        Section(scene.style.headings["key"], signs(scene)),
    ]
    return [section for section in found if section.entries]


def forces(scene: Scene) -> list[Entry]:
    """Return who holds, left or moves what is on view, by colour, with the number of sites (not areas) it holds."""
    states = [scene.selection.states[id_] for id_ in scene.selection.sites["id"]]
    held = [state.force for state in states if state.force]
    areas = scene.catalog.areas.loc[list(scene.selection.areas), "force"]
    seen = {*held, *areas, *(state.previous for state in states), *scene.selection.movements.rows()["force"]}
    by_colour: dict[str, list[str]] = {}
    for id_, colour in scene.forces.items():
        if id_ in seen:
            by_colour.setdefault(colour, []).append(id_)
    names = scene.catalog.forces["name"]
    entries = []
    for colour, ids in by_colour.items():
        ids.sort(key=lambda id_: -held.count(id_))  # those that hold most are named first
        number = sum(held.count(id_) for id_ in ids)
        short = names[ids[0]] + (f" and {count_text(len(ids) - 1, 'other')}" if len(ids) > 1 else "")
        text = ", ".join(names[id_] for id_ in ids)
        entries.append(Entry(_square(colour), text, f"{number:,}" if number else "", short))
    return entries


def kinds(scene: Scene) -> list[Entry]:
    """Return the kinds of the incidents on view, and how many there are of each."""
    if scene.compared:  # which draws none
        return []
    shown = scene.selection.incidents
    counts = scene.index.incidents.facets["kind"].counts(shown.mask)
    labels = zip(scene.catalog.kinds["id"], scene.catalog.kinds["label"], scene.kinds, strict=True)
    return [
        Entry(_symbol(scene.style, shape, colour), label, f"{counts[id_]:,}")
        for id_, label, (shape, colour) in labels
        if counts.get(id_)
    ]


def signs(scene: Scene) -> list[Entry]:
    """Return the other marks that were drawn, and what each means."""
    # Troops wear a force's colour: that of the first that moved any.
    moves = scene.selection.movements.rows()
    forces = moves.loc[moves["moved"] == "troops", "force"]
    colour = scene.force_colour(forces.iloc[0]) if len(forces) else scene.palette.label
    marks = {**samples(scene.style), "troops": _line(scene.style, "troops", colour=colour)}
    texts = {sign: text for group in scene.style.signs.values() for sign, text in group.items()}
    return [Entry(marks[sign], text) for sign, text in texts.items() if sign in scene.signs]


def draw_legend(canvas: Canvas, found: Sequence[Section], left: float, top: float, wide: float, bottom: float) -> None:
    """Draw a legend from ``top`` down, in the largest letters of SIZES in which there is room for all of it.

    What would lie below ``bottom`` even so is left out, and "…" stands for it.
    """
    sizes = (size for size in SIZES if _height(found, wide, size) <= bottom - top)
    size = next(sizes, SIZES[-1])
    heading, plain = TextStyle(size, LIGHT.strong, 600), TextStyle(size, LIGHT.strong)
    quiet = TextStyle(size, LIGHT.quiet)
    y = top
    for section in found:
        canvas.write(section.title, left, y + size * 0.6, heading)
        y += size * HEADING
        for entry in section.entries:
            lines = _lines(entry, wide, size)
            if y + size * LINE * len(lines) > bottom:
                canvas.write("…", left + INDENT, y, plain)
                return
            middle = y + size * 0.6
            entry.mark(canvas, left + 9, middle)
            for n, line in enumerate(lines):
                canvas.write(line, left + INDENT, middle + n * size * LINE, plain)
            canvas.write(entry.count, left + wide - width(entry.count, quiet), middle, quiet)
            y += size * (LINE * len(lines) + GAP)
        y += size * APART


def _lines(entry: Entry, wide: float, size: float) -> Sequence[str]:
    """Return an entry's text as it is broken in a legend of that width."""
    aside = width(entry.count, TextStyle(size, LIGHT.quiet)) + 10 if entry.count else 0
    return wrapped(entry.text, wide - INDENT - aside, TextStyle(size, LIGHT.strong), 3)


def _height(found: Sequence[Section], wide: float, size: float) -> float:
    """Return how high a legend is, in CSS pixels."""
    entries = [entry for section in found for entry in section.entries]
    lines = sum(len(_lines(entry, wide, size)) for entry in entries)
    return size * (LINE * lines + GAP * len(entries) + (HEADING + APART) * len(found))


def _square(colour: str) -> Mark:
    return lambda canvas, x, y: canvas.box(x - _SQUARE, y - _SQUARE, x + _SQUARE, y + _SQUARE, colour)


def _symbol(style: Style, shape: str, colour: str, strength: float = 1) -> Mark:
    size, edge = style.incidents.sizes[1], style.incidents.edge
    return lambda canvas, x, y: canvas.symbol(shape, colour, size, edge, strength, x, y)


def _site(style: Style, status: str, certainty: str = CERTAIN, change: str = "") -> Mark:
    holders = (Holder("", "now", certainty),) if status in (HELD, HANDED_OVER) else ()
    state = SiteState(status, holders, "" if status in (HELD, UNKNOWN) else "then" if holders else "now")
    half = (style.sites.small if status in (FORMER, UNKNOWN) else style.sites.size) / 2
    colours = {"now": style.neutral, "then": THEN}
    strokes = style.sites.strokes.get(change, ())
    return lambda canvas, x, y: draw_square(canvas, state, x, y, half, colours.__getitem__, style, strokes)


def _pale(style: Style) -> Mark:
    state = SiteState(HELD, (Holder("", "now", CERTAIN),))
    colour = pale(style.neutral, LIGHT.land, style.pale.contrast)
    return lambda canvas, x, y: draw_square(
        canvas, state, x, y, style.pale.site / 2, lambda _: colour, style, full=False
    )


def _held_area(style: Style, look: str) -> Mark:
    def mark(canvas: Canvas, x: float, y: float) -> None:
        box = (x - 7, y - 6, x + 7, y + 6)
        canvas.box(*box, style.neutral, style.held_areas.fills[look])
        canvas.frame(*box, style.held_areas.outlines[look], style.neutral)

    return mark


def _crowd(style: Style) -> Mark:
    half = style.crowd.square / 2
    return lambda canvas, x, y: canvas.box(x - half, y - half, x + half, y + half, style.neutral)


def _compared(style: Style) -> Mark:
    square = _site(style, HELD)

    def mark(canvas: Canvas, x: float, y: float) -> None:
        square(canvas, x, y)
        draw_corners(canvas, x, y, style)

    return mark


def _area(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y, 7, LIGHT.label, 0.14)
    canvas.circle(x, y, 7, Outline(1, (), 0.6), LIGHT.label)


def _density(style: Style) -> Mark:
    told = style.density.told

    def mark(canvas: Canvas, x: float, y: float) -> None:
        for n, number in enumerate(told):
            left = x + (n - len(told) / 2) * 5.5
            colour = LIGHT.density[style.density.steps.index(number)]
            canvas.box(left, y - 5, left + 5, y + 5, colour, style.density.strength)

    return mark


def _undisclosed(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y, 7.5, LIGHT.label, 0.14)
    canvas.circle(x, y, 7.5, Outline(1.5, (3.5, 2.4)), LIGHT.label)


def _region(style: Style) -> Mark:
    return lambda canvas, x, y: canvas.pill(
        x - 10, y - 6.5, 20, 13, (LIGHT.land, 1), style.regions.outline, LIGHT.label
    )


def _line(
    style: Style,
    moved: str,
    step: int = -1,
    colour: str = "",
    vague: tuple[bool, bool] = (False, False),
    *,
    ranged: bool = False,
) -> Mark:
    line, (_, wide) = style.movements.lines[moved], style.movements.widths[step]
    neutral = legible(line.colour, LIGHT.land) if line.colour else style.neutral

    def mark(canvas: Canvas, x: float, y: float) -> None:
        points = np.stack((np.linspace(x - 12, x + 12, 25), np.full(25, y)), axis=-1)
        draw_line(canvas, points, wide * line.weight, line, colour or neutral, vague, style, ranged=ranged)

    return mark


def _bead(style: Style) -> Mark:
    def mark(canvas: Canvas, x: float, y: float) -> None:
        _, wide = style.movements.widths[-1]
        canvas.ribbon([(x - 12, y), (x + 12, y)], wide, style.neutral)
        draw_bead(canvas, x, y, wide, style.neutral, style)

    return mark


def _count(style: Style) -> Mark:
    text = styled(style.labels.fonts["count"], LIGHT.strong, LIGHT.paper)

    def mark(canvas: Canvas, x: float, y: float) -> None:
        _symbol(style, "circle", style.neutral)(canvas, x - 4, y)
        canvas.write("12", x + 2, y + 5, text)

    return mark


def samples(style: Style = STYLE) -> Mapping[str, Mark]:
    """Return a sample of each of what the key explains, drawn as on the map."""
    return {
        HELD: _site(style, HELD),
        POSSIBLE: _site(style, HELD, POSSIBLE),
        **{change: _site(style, HELD, change=change) for change in style.sites.strokes},
        HANDED_OVER: _site(style, HANDED_OVER),
        VACATED: _site(style, VACATED),
        "compared": _compared(style),
        FORMER: _site(style, FORMER),
        UNKNOWN: _site(style, UNKNOWN),
        **{moved: _line(style, moved) for moved in style.movements.lines},
        **{f"width {step}": _line(style, "troops", step) for step in range(len(style.movements.widths))},
        "range": _line(style, "troops", 1, ranged=True),
        "vague": _line(style, "troops", vague=(True, True)),
        "bead": _bead(style),
        "count": _count(style),
        "density": _density(style),
        "faint": _symbol(style, "circle", style.neutral, style.possible),
        "region": _region(style),
        "area": _area,
        "undisclosed": _undisclosed,
        "pale": _pale(style),
        "crowd": _crowd(style),
        "held-area": _held_area(style, "sure"),
        "possible-area": _held_area(style, "possible"),
        "disputed": lambda canvas, x, y: draw_sign(canvas, x, y, style),
    }
