"""The legend: what the marks on a drawn map mean, and how many there are of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from components.export.picture.canvas import Canvas, capsule, ring
from components.export.picture.lettering import Style, width, wrapped
from components.export.picture.palette import LABEL, LAND, QUIET, STRONG
from components.export.picture.scene import Scene
from components.export.picture.shapes import sprite
from components.export.picture.sites import LIGHT, SITE, draw_square
from components.map.symbols import STROKES
from components.view.posture import CERTAIN, POSSIBLE, Holder
from components.view.states import FORMER, HELD, UNKNOWN, SiteState
from components.view.transitions import HANDED_OVER, JOINED, LOST, OPENED, REDUCED, REINFORCED, VACATED
from components.view.wording import count_text, day_text

Mark = Callable[[Canvas, float, float], None]
"""Draws a sample about a point."""

LINE: Final = 15
"""CSS pixels from one line of an entry to the next."""
INDENT: Final = 26
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
        Section("Signs", [Entry(mark, text) for sign, text, mark in _SIGNS if sign in scene.signs]),
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


def draw_legend(canvas: Canvas, found: Sequence[Section], left: float, top: float, wide: float, bottom: float) -> None:
    """Draw a legend from ``top`` down; what would lie below ``bottom`` is left out, and "…" stands for it."""
    heading, plain, quiet = Style(12.5, STRONG, 600), Style(12.5, STRONG), Style(12.5, QUIET)
    y = top
    for section in found:
        canvas.write(section.title, left, y + 8, heading)
        y += 24
        for entry in section.entries:
            room = wide - INDENT - (width(entry.count, quiet) + 10 if entry.count else 0)
            lines = wrapped(entry.text, room, plain, 3)
            if y + LINE * len(lines) > bottom:
                canvas.write("…", left + INDENT, y, plain)
                return
            entry.mark(canvas, left + 9, y + 7)
            for n, line in enumerate(lines):
                canvas.write(line, left + INDENT, y + 7 + n * LINE, plain)
            canvas.write(entry.count, left + wide - width(entry.count, quiet), y + 7, quiet)
            y += LINE * len(lines) + 4.5
        y += 10


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


def _movement(canvas: Canvas, x: float, y: float) -> None:
    colour = _NEUTRAL["now"]
    canvas.ribbon([(x - 10, y), (x + 3, y)], 2.2, colour)
    canvas.area([(x + 10, y), (x + 1.5, y - 4), (x + 1.5, y + 4)], colour)


def _bead(canvas: Canvas, x: float, y: float) -> None:
    canvas.ribbon([(x - 10, y), (x + 10, y)], 2.2, _NEUTRAL["now"])
    canvas.disc(x, y, 5, LAND)
    canvas.disc(x, y, 3.5, _NEUTRAL["now"])


def _vague_movement(canvas: Canvas, x: float, y: float) -> None:
    canvas.dashes([(x - 10, y), (x + 3, y)], 2.2, _NEUTRAL["now"], (4, 2.5))
    canvas.area([(x + 10, y), (x + 1.5, y - 4), (x + 1.5, y + 4)], _NEUTRAL["now"])


_SIGNS: Final[Sequence[tuple[str, str, Mark]]] = (
    (HELD, "site, held", _site(HELD)),
    (POSSIBLE, "possibly held", _site(HELD, POSSIBLE)),
    (OPENED, "opened in the window", _site(HELD, change=OPENED)),
    (JOINED, "another force came in the window", _site(HELD, change=JOINED)),
    (LOST, "one of its forces left in the window", _site(HELD, change=LOST)),
    (REINFORCED, "reinforced in the window", _site(HELD, change=REINFORCED)),
    (REDUCED, "drawn down in the window", _site(HELD, change=REDUCED)),
    (HANDED_OVER, "handed over in the window: who left above, who came below", _site(HANDED_OVER)),
    (VACATED, "vacated in the window", _site(VACATED)),
    (FORMER, "left earlier", _site(FORMER)),
    (UNKNOWN, "no holder on record", _site(UNKNOWN)),
    ("movement", "movement, the wider the more moved", _movement),
    ("vague movement", "movement, an end known only roughly", _vague_movement),
    ("bead", "how far it had come on the last day", _bead),
    ("area", "how far off a place may be", _area),
    ("undisclosed", "undisclosed: somewhere in this area", _undisclosed),
    ("region", "anywhere in a region, not at a point", _region),
    ("faint", "possibly within the window", _symbol("circle", _NEUTRAL["now"], LIGHT)),
    ("count", "number of incidents at a place", _word("2")),
    ("disputed", "sources disagree", _word("≠")),
)
"""What was drawn, by the scene's names for it, what it means, and a sample."""
