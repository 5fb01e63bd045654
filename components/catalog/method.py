"""How we know: what a data folder says of its own making, written as Markdown in ``method.md``.

A title, and headings with paragraphs and lists under them; in these *emphasis* and **strong emphasis**, and no other
Markdown. A heading is linked to by its words: ``## As far as known`` as ``as-far-as-known``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from components.catalog.files import Folder
from components.catalog.problems import Problem, excerpt

FILE: Final = "method.md"
ON_CONFIDENCE: Final = "confidence"
ON_PRECISION: Final = "precision"
ON_KNOWN: Final = "as-far-as-known"
"""The headings that words on the page and in the embed lead to; where there is no such heading, to the beginning."""
MAX_BYTES: Final = 100_000
"""What a reader may be expected to read; more is a paste gone wrong."""

_EMPHASIS: Final = re.compile(r"\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLOCK: Final = re.compile(r"#|>|\||[*+]\s|\d{1,3}[.)]\s|```|~~~|-{3,}$|={3,}$|!\[|<[a-zA-Z!/]|\[[^\]]*\]:")
"""How a line of Markdown begins that is none of what may stand here."""
_INLINE: Final = re.compile(r"\*|__|`|\]\(|<[a-zA-Z!/]")
"""What is left over where a text holds more than emphasis."""


class Span(NamedTuple):
    """A piece of text, and how it is emphasised."""

    text: str
    tag: Literal["", "em", "strong"] = ""


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list of items."""

    texts: tuple[Text, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; the first is the page's title."""

    id: str
    """How a link names it."""
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """How a data folder's curators know what is in it."""

    sections: tuple[Section, ...]
    """At least one."""

    @property
    def ids(self) -> tuple[str, ...]:
        """What a link may name, the title first."""
        return tuple(section.id for section in self.sections)

    def find(self, wanted: str) -> Section:
        """Return the section of an id; where another folder's method has no such heading, its beginning."""
        return next((section for section in self.sections if section.id == wanted), self.sections[0])


def read_method(folder: Folder) -> tuple[Method | None, list[Problem]]:
    """Return the method of ``folder``, None where it has none, and what is wrong with it; nothing raises.

    What is written in Markdown that is not known here is shown as it is written.
    """
    problems: list[Problem] = []

    def fault(line: int | None, what: str, mend: str, value: str = "") -> None:
        problems.append(Problem(FILE, line, None, excerpt(value), what, mend, kept=True))

    text = _text(folder / FILE, problems)
    if text is None:
        return None, problems
    sections: list[tuple[str, list[Block]]] = []
    for line, block in _blocks(text):
        if _CONTROL.search(block):
            fault(line, "holds a control character", "delete the character and type the text again", block)
            block = _CONTROL.sub(" ", block)
        if heading := re.fullmatch(r"##?[ \t]+(\S.*)", block):
            if block.startswith("##") == (not sections):
                what = "does not begin with a title" if block.startswith("##") else "has a second title"
                fault(line, what, "begin it with one line such as # How we know, and the others with ##", block)
            sections.append((heading[1].strip(), []))
            continue
        if not sections:
            fault(line, "does not begin with a title", "begin it with a line such as # How we know", block)
            sections.append(("How we know", []))
        sections[-1][1].append(_block(block))
        if _BLOCK.match(block) or any(_INLINE.search(span.text) for text in sections[-1][1][-1].texts for span in text):
            what = f"'{excerpt(block, 40)}' holds Markdown that is not known here"
            fault(line, what, "write headings (##), paragraphs, lists (-) and *emphasis* only", block)
    if not sections:
        fault(None, "is empty", "begin it with a title, such as # How we know, or remove the file")
        return None, problems
    return Method(tuple(_named(sections))), problems


def _text(path: Folder, problems: list[Problem]) -> str | None:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            what, mend = f"holds {len(content):,} bytes", f"keep it under {MAX_BYTES:,} bytes"
        else:
            return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        what, mend = f"cannot be read: {error.strerror}", "check the file"
    except UnicodeDecodeError:
        what, mend = "holds bytes that are not UTF-8", "save the file as UTF-8"
    problems.append(Problem(FILE, None, None, "", what, mend, kept=True))
    return None


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the headings, and what stands between blank lines, each with the line it begins on."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        heading = line.startswith("#")
        if lines and (heading or not line.strip()):
            yield number - len(lines), "\n".join(lines)
            lines = []
        if heading:
            yield number, line.strip()
        elif line.strip():
            lines.append(line.rstrip())


def _block(block: str) -> Block:
    listed = block.startswith("- ")
    items = re.split(r"\n- ", block.removeprefix("- ")) if listed else [block]
    return Block(tuple(tuple(_spans(" ".join(item.split()))) for item in items), listed)


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for found in _EMPHASIS.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()])
        yield Span(found["strong"], "strong") if found["strong"] else Span(found["em"], "em")
        at = found.end()
    if at < len(text):
        yield Span(text[at:])


def _named(sections: list[tuple[str, list[Block]]]) -> Iterator[Section]:
    """Yield sections with ids of their own: of two with the same words the second is named by its number as well."""
    taken: set[str] = set()
    for number, (heading, blocks) in enumerate(sections, start=1):
        id_ = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")[:80].strip("-") or f"section-{number}"
        while id_ in taken:
            id_ = f"{id_}-{number}"
        taken.add(id_)
        yield Section(id_, heading, tuple(blocks))
