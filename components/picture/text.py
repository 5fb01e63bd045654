"""Words in a picture: in which font, how wide, and cut so that they never run over.

The font is the page's own, Source Sans, from where Streamlit keeps it. What it has no letters for (Arabic) is set in a
font of the system where one is found that has them all; else such words are left out, and "…" stands for them: a
reader must never take an empty box for a name.
"""

import importlib.util
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont, Layout

from components.map.style import Font

SYSTEM: Final = ("DejaVuSans.ttf", "NotoSansArabic-Regular.ttf", "Arial Unicode.ttf", "arial.ttf")
"""Fonts of Linux, macOS and Windows with more scripts; Pillow knows where those systems keep theirs."""
LONGEST: Final = 600
"""Characters of a text that are looked at: more than a picture has room for."""
_NO_LETTER: Final = "\U0010fffd"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text looks: its size in CSS pixels."""

    size: float
    colour: str
    weight: int = 400
    italic: bool = False
    halo: str = ""
    """The colour about its letters; "": none."""
    spacing: float = 0
    """Between letters, in CSS pixels."""


def styled(font: Font, colour: str, halo: str = "") -> TextStyle:
    """Return how a text looks that is set in one of the style's fonts."""
    return TextStyle(font.size, colour, font.weight, font.italic, halo, font.spacing)


@lru_cache(maxsize=2)
def _own(italic: bool) -> str:
    """Return the file of the page's font, "" where Streamlit keeps none (it is looked for, not imported)."""
    spec = importlib.util.find_spec("streamlit")
    for package in (spec.submodule_search_locations or ()) if spec else ():
        media = Path(package) / "static" / "static" / "media"
        for path in sorted(media.glob(f"SourceSansVF-{'Italic' if italic else 'Upright'}*.woff2")):
            return str(path)
    return ""


@lru_cache(maxsize=8)
def _opens(name: str) -> bool:
    try:
        ImageFont.truetype(name, 10)
    except OSError:
        return False
    return True


def _families() -> tuple[str, ...]:
    """Return the fonts there are, the best first; "" is Pillow's own."""
    own = [name for name in (_own(False),) if name and _opens(name)]
    return (*own, *(name for name in SYSTEM if _opens(name)), "")


@lru_cache(maxsize=128)
def _font(name: str, size: float, weight: int, layout: Layout | None = None) -> FreeTypeFont:
    if not name:
        built_in = ImageFont.load_default(size)
        assert isinstance(built_in, FreeTypeFont)  # noqa: S101 (of a size it always is)
        return built_in
    font = ImageFont.truetype(name, size, layout_engine=layout)
    if name in (_own(False), _own(True)):
        font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _has(name: str, letter: str) -> bool:
    """Return whether a font has a letter: what it draws is not what it draws for none."""
    font = _font(name, 20, 400, Layout.BASIC)
    drawn, none = font.getmask(letter), font.getmask(_NO_LETTER)
    return letter == " " or drawn.size != none.size or bytes(drawn) != bytes(none)


def _family(text: str) -> str:
    """Return the first font that has all letters of ``text``; "" also where none has."""
    return next((name for name in _families() if all(_has(name, letter) for letter in set(text))), "")


@lru_cache(maxsize=2048)
def shown(text: str) -> tuple[str, str]:
    """Return what of ``text`` can be drawn, on one line, and the file of the font that can ("": Pillow's own)."""
    line = unicodedata.normalize("NFC", text[:LONGEST])
    # Neither breaks nor marks that turn the direction: they would upset what stands beside the text.
    line = "".join(" " if unicodedata.category(c)[0] == "Z" or c in "\t\n\r" else c for c in line)
    line = "".join(c for c in line if unicodedata.category(c)[0] != "C" or c in "\u200c\u200d")
    line = re.sub(" +", " ", line).strip()
    while line and (unicodedata.category(line[0])[0] == "M" or line[0] in "\u200c\u200d"):
        line = line[1:].lstrip()  # a mark with no letter before it would be set to the left of where the text begins
    family = _family(line)
    if all(_has(family, letter) for letter in set(line)):
        return line, family
    best = max(_families(), key=lambda name: sum(_has(name, letter) for letter in line))
    words = [word if all(_has(best, letter) for letter in word) else "…" for word in line.split(" ")]
    # Pillow's own font has no more than ASCII and "…": what is left is as good as it gets.
    return re.sub("…( …)+", "…", " ".join(words)), best


def font_of(text: str, style: TextStyle, scale: float) -> FreeTypeFont:
    """Return the font for what is ``shown`` of a text, at ``scale`` pixels to a CSS pixel."""
    _, family = shown(text)
    if style.italic and family and family == _own(False):
        family = _own(True) or family
    return _font(family, style.size * scale, style.weight)


def width(text: str, style: TextStyle) -> float:
    """Return how wide a text is, in CSS pixels."""
    # Measured large: hinting at a small size would add up.
    line = shown(text)[0]
    return font_of(text, replace(style, size=style.size * 4), 1).getlength(line) / 4 + style.spacing * len(line)


def fitted(text: str, room: float, style: TextStyle) -> str:
    """Return ``text``, cut with "…" where it is wider than ``room`` CSS pixels."""
    line = shown(text)[0]
    if width(line, style) <= room:
        return line
    return f"{line[: _fitting(line, room, style, '…')].rstrip(' ,.;:–')}…"


def wrapped(text: str, room: float, style: TextStyle, most: int) -> list[str]:
    """Return ``text`` in lines of at most ``room`` CSS pixels, at most ``most`` of them, the last one cut with "…".

    A word that is wider than a line, such as an address, is broken.
    """
    lines: list[str] = []
    rest = shown(text)[0]
    while rest and len(lines) < most - 1:
        count = _fitting(rest, room, style)
        if count < len(rest):
            # At the last space that is not beyond the line's end.
            count = max(rest.rfind(" ", 0, count + 1), 0) or max(count, 1)
        lines.append(rest[:count].rstrip())
        rest = rest[count:].lstrip()
    return [*lines, fitted(rest, room, style)] if rest else lines


def balanced(text: str, room: float, style: TextStyle, most: int) -> list[str]:
    """Return ``text`` in as few lines as ``wrapped`` needs, of about one length: no word stands alone at the end."""
    lines = wrapped(text, room, style, most)
    if lines and lines[-1].endswith("…"):
        return lines  # there is more than fits already
    narrower = (wrapped(text, room * part / 20, style, most + 1) for part in range(10, 20))
    return next((found for found in narrower if len(found) == len(lines)), lines)


def joined(parts: Sequence[str], room: float, style: TextStyle, most: int) -> list[str]:
    """Return ``parts`` with dots between them, broken between two of them, on at most ``most`` lines."""
    lines = [""]
    for part in parts:
        line = f"{lines[-1]} · {part}" if lines[-1] else part
        if lines[-1] and width(line, style) > room and len(lines) < most:
            lines.append(part)
        else:
            lines[-1] = line
    return [fitted(line, room, style) for line in lines]


def _fitting(line: str, room: float, style: TextStyle, tail: str = "") -> int:
    """Return how many letters of a line, with ``tail`` after them, are no wider than ``room``."""
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(line[:middle] + tail, style) <= room else (low, middle - 1)
    return low
