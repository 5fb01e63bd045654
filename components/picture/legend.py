"""The legend: what the marks on a drawn map mean, and how many there are of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from components.map.style import LINES, SIGNS, STROKES, WIDTHS
from components.picture.canvas import Canvas, capsule, ring
from components.picture.movements import draw_line
from components.picture.palette import LABEL, LAND, PAPER, QUIET, STRONG, legible
from components.picture.scene import Scene
from components.picture.shapes import sprite
from components.picture.sites import LIGHT, SITE, draw_square
from components.picture.text import Style, width, wrapped
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
_NEUTRAL: Final = {"now": "#59626d", "then": "#a39b88"}
"""The colours of squares that stand for no force."""


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
        Section("Incidents", kinds(scene)),
        Section("Signs", signs(scene)),
    ]
    return [section for section in found if section.entries]


def forces(scene: Scene) -> list[Entry]:
    """Return who holds, left or moves what is on view, by colour, with the number of sites each colour holds."""
    states = [scene.selection.states[id_] for id_ in scene.selection.sites["id"]]
    held = [state.force for state in states if state.force]
    seen = {*held, *(state.previous for state in states), *scene.selection.movements.rows()["force"]}
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
    shown = scene.selection.incidents
    counts = scene.index.incidents.facets["kind"].counts(shown.mask)
    labels = zip(scene.catalog.kinds["id"], scene.catalog.kinds["label"], scene.kinds, strict=True)
    return [
        Entry(_symbol(shape, colour), label, f"{counts[id_]:,}")
        for id_, label, (shape, colour) in labels
        if counts.get(id_)
    ]


def signs(scene: Scene) -> list[Entry]:
    """Return the other marks that were drawn, and what each means."""
    # Troops wear a force's colour: that of the first that moved any.
    moves = scene.selection.movements.rows()
    forces = moves.loc[moves["moved"] == "troops", "force"]
    marks = {**_MARKS, "troops": _line("troops", colour=scene.forces[forces.iloc[0]] if len(forces) else LABEL)}
    texts = {sign: text for group in SIGNS.values() for sign, text in group.items()}
    return [Entry(marks[sign], text) for sign, text in texts.items() if sign in scene.signs]


def draw_legend(canvas: Canvas, found: Sequence[Section], left: float, top: float, wide: float, bottom: float) -> None:
    """Draw a legend from ``top`` down, in the largest letters of SIZES in which there is room for all of it.

    What would lie below ``bottom`` even so is left out, and "…" stands for it.
    """
    sizes = (size for size in SIZES if _height(found, wide, size) <= bottom - top)
    size = next(sizes, SIZES[-1])
    heading, plain, quiet = Style(size, STRONG, 600), Style(size, STRONG), Style(size, QUIET)
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
    aside = width(entry.count, Style(size, QUIET)) + 10 if entry.count else 0
    return wrapped(entry.text, wide - INDENT - aside, Style(size, STRONG), 3)


def _height(found: Sequence[Section], wide: float, size: float) -> float:
    """Return how high a legend is, in CSS pixels."""
    entries = [entry for section in found for entry in section.entries]
    lines = sum(len(_lines(entry, wide, size)) for entry in entries)
    return size * (LINE * lines + GAP * len(entries) + (HEADING + APART) * len(found))


def _square(colour: str) -> Mark:
    return lambda canvas, x, y: canvas.box(x - 6.25, y - 6.25, x + 6.25, y + 6.25, colour)


def _symbol(shape: str, colour: str, strength: float = 1) -> Mark:
    return lambda canvas, x, y: canvas.paste(sprite(shape, colour, 14, strength, canvas.unit), x, y)


def _site(status: str, certainty: str = CERTAIN, change: str = "") -> Mark:
    holders = (Holder("", "now", certainty),) if status in (HELD, HANDED_OVER) else ()
    state = SiteState(status, holders, "" if status in (HELD, UNKNOWN) else "then" if holders else "now")
    half = 4 if status in (FORMER, UNKNOWN) else SITE / 2
    return lambda canvas, x, y: draw_square(canvas, state, x, y, half, _NEUTRAL, STROKES.get(change, ()))


def _word(text: str) -> Mark:
    style = Style(12.5, STRONG, 600)
    return lambda canvas, x, y: canvas.write(text, x - width(text, style) / 2, y, style)


def _area(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y, 7, LABEL, 0.14)
    canvas.circle(x, y, 7, 1, LABEL, 0.6)


def _undisclosed(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y, 7.5, LABEL, 0.14)
    canvas.dashes(ring(x, y, 7.5), 1.5, LABEL, (3.5, 2.4))


def _region(canvas: Canvas, x: float, y: float) -> None:
    frame = capsule(x - 10, y - 6.5, 20, 13)
    canvas.area(frame, LAND)
    canvas.dashes(frame, 1, LABEL, (2, 3))


def _line(
    moved: str,
    width: float = WIDTHS[-1][1],
    colour: str = _NEUTRAL["now"],
    vague: tuple[bool, bool] = (False, False),
    *,
    ranged: bool = False,
) -> Mark:
    line = LINES[moved]
    ink = legible(line.colour) if line.colour else colour

    def mark(canvas: Canvas, x: float, y: float) -> None:
        points = np.stack((np.linspace(x - 12, x + 12, 25), np.full(25, y)), axis=-1)
        draw_line(canvas, points, width * line.weight, line, ink, vague, ranged=ranged)

    return mark


def _bead(canvas: Canvas, x: float, y: float) -> None:
    canvas.ribbon([(x - 12, y), (x + 12, y)], 2.2, _NEUTRAL["now"])
    canvas.disc(x, y, 5, LAND)
    canvas.disc(x, y, 3.5, _NEUTRAL["now"])


def _count(canvas: Canvas, x: float, y: float) -> None:
    _symbol("circle", _NEUTRAL["now"])(canvas, x - 4, y)
    canvas.write("12", x + 2, y + 5, Style(10.5, STRONG, 600, halo=PAPER))


_MARKS: Final[Mapping[str, Mark]] = {
    HELD: _site(HELD),
    POSSIBLE: _site(HELD, POSSIBLE),
    **{change: _site(HELD, change=change) for change in STROKES},
    HANDED_OVER: _site(HANDED_OVER),
    VACATED: _site(VACATED),
    FORMER: _site(FORMER),
    UNKNOWN: _site(UNKNOWN),
    **{moved: _line(moved) for moved in LINES},
    **{f"width {step}": _line("troops", width) for step, (_, width) in enumerate(WIDTHS)},
    "range": _line("troops", 3.2, ranged=True),
    "vague": _line("troops", vague=(True, True)),
    "bead": _bead,
    "count": _count,
    "faint": _symbol("circle", _NEUTRAL["now"], LIGHT),
    "region": _region,
    "area": _area,
    "undisclosed": _undisclosed,
    "disputed": _word("≠"),
}
"""A sample of each of what the key explains."""
