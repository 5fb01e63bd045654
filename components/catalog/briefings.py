"""Briefings: guided tours through the data, written as Markdown in ``briefings/*.md``.

A file is a title, a summary, and steps: a heading, the view as a line of code, and paragraphs that cite sources::

    # The Al-Tanf withdrawal

    How a desert garrison was left.

    ## Fifteen days of moving out

    `?from=2026-01-27&to=2026-02-11&sel=site:al-tanf`

    The last troops left on 11 February [afp-2026-02-11; reuters-2026-02-12].
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from components.catalog.problems import Problem, excerpt
from components.catalog.tables import SLUG

FOLDER: Final = "briefings"
MAX_HEADING: Final = 100
MAX_PARAGRAPH: Final = 1_000
MAX_PARAGRAPHS: Final = 4
MAX_QUERY: Final = 1_000
MAX_STEPS: Final = 12
"""Steps of a briefing; more is a paste gone wrong."""
MAX_BYTES: Final = 200_000

_VIEW = re.compile(r"`\s*\??(?P<code>[^`\n]*?)\s*`|\[[^\]\n]*\]\((?:[^()\s]*/)?\?(?P<link>[^()\s]*)\)")
_CITATION = re.compile(r"\s*\[([^\[\]]*)\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LIST = re.compile(r"\d{1,2}[.)]\s")
_BLOCK = re.compile(r"#|>|\||[-*+]\s|```|~~~|-{3,}$|\*{3,}$|={3,}$|!\[|<[a-zA-Z!/]|\[[^\]]*\]:")
"""How a line begins that is Markdown of another kind than a heading, a view or a paragraph."""
_INLINE = re.compile(r"\*\*|__|`|\]\(|\bhttps?://")


@dataclass(frozen=True, slots=True)
class BriefingStep:
    """A view and what is to be seen in it."""

    heading: str
    query: str
    """The view, as a query string without its question mark."""
    paragraphs: tuple[str, ...]
    """Plain text; a source is cited as [source-id]."""
    line: int
    """Where it stands in its file."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """An ordered list of steps."""

    id: str
    """The file's name without its ending."""
    title: str
    summary: str
    steps: tuple[BriefingStep, ...]

    @property
    def file(self) -> str:
        """The file in the data folder."""
        return f"{FOLDER}/{self.id}.md"


def briefing_files(folder: Path) -> list[Path]:
    """Return the briefings' files in ``folder``, by name."""
    return sorted((folder / FOLDER).glob("*.md"))


def read_briefings(folder: Path, sources: Collection[str]) -> tuple[tuple[Briefing, ...], list[Problem]]:
    """Return the briefings of ``folder``, by title, and what is wrong with them.

    They may cite ``sources``. A step that has a fault is left out, the others are kept; nothing raises.
    """
    briefings: list[Briefing] = []
    problems: list[Problem] = []
    for path in briefing_files(folder):
        reader = _Reader(f"{FOLDER}/{path.name}", sources)
        briefing = reader.read(path)
        problems += reader.problems
        if briefing:
            briefings.append(briefing)
    return tuple(sorted(briefings, key=lambda briefing: (briefing.title.casefold(), briefing.id))), problems


def pieces(paragraph: str) -> Iterator[str | tuple[str, ...]]:
    """Yield a paragraph's texts and, as tuples of ids, its citations, in order.

    >>> list(pieces("They left on 11 February [afp; reuters]."))
    ['They left on 11 February', ('afp', 'reuters'), '.']
    """
    for i, piece in enumerate(_CITATION.split(paragraph)):
        if i % 2:
            yield tuple(id_ for id_ in (part.strip() for part in piece.split(";")) if id_)
        elif piece:
            yield piece


class _Block(NamedTuple):
    """Lines between blank lines."""

    line: int
    text: str


class _Reader:
    """Reads one file, and notes what is wrong with it."""

    def __init__(self, file: str, sources: Collection[str]) -> None:
        self._file = file
        self._sources = sources
        self.problems: list[Problem] = []

    def _fault(self, line: int | None, what: str, mend: str, value: str = "", *, kept: bool = False) -> None:
        self.problems.append(Problem(self._file, line, None, excerpt(value), what, mend, kept))

    def read(self, path: Path) -> Briefing | None:
        text = self._text(path)
        if text is None:
            return None
        before, *sections = _sections(text)
        if not before and not sections:
            self._fault(None, "is empty", "begin it with a title: # The Al-Tanf withdrawal")
            return None
        title, summary = self._opening(before, path.stem)
        steps = [step for step in map(self._step, sections) if step]
        if not sections:
            self._fault(None, "has no step", "add one: a heading such as ## Where they went, a view and a paragraph")
        for step in steps[MAX_STEPS:]:
            what = f"is step {MAX_STEPS + 1} or later of a briefing"
            self._fault(step.line, what, f"keep a briefing to {MAX_STEPS} steps", step.heading)
        return Briefing(path.stem, title, summary, tuple(steps[:MAX_STEPS])) if steps else None

    def _text(self, path: Path) -> str | None:
        if len(path.stem) > 100 or not re.fullmatch(SLUG, path.stem):
            mend = "rename it with lower-case letters, digits and single hyphens, such as al-tanf-withdrawal.md"
            self._fault(None, "has a name that cannot stand in a link", mend, path.name)
            return None
        try:
            content = path.read_bytes()
        except OSError as error:
            self._fault(None, f"cannot be read: {error.strerror}", "check the file")
            return None
        if len(content) > MAX_BYTES:
            self._fault(None, f"holds {len(content):,} bytes", f"keep a briefing under {MAX_BYTES:,} bytes")
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._fault(line, "holds bytes that are not UTF-8", "save the file as UTF-8")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _opening(self, blocks: list[_Block], name: str) -> tuple[str, str]:
        """Return title and summary; what is wrong with them costs no step."""
        title = ""
        if blocks and blocks[0].text.startswith("# "):
            head, *blocks = blocks
            title = self._short("title", head.line, head.text[2:])
        else:
            self._fault(1, "does not begin with a title", f"begin it with a line such as # {name}", kept=True)
        summary = ""
        if blocks:
            head, *blocks = blocks
            summary = self._short("summary", head.line, head.text, MAX_PARAGRAPH)
        else:
            mend = "say in a sentence under the title what the briefing is about"
            self._fault(None, "has no summary", mend, kept=True)
        for block in blocks:
            mend = "keep the summary to one paragraph; the rest belongs to a step (## …)"
            self._fault(block.line, "is neither the summary nor part of a step", mend, block.text, kept=True)
        return title or name, summary

    def _short(self, what: str, line: int, text: str, most: int = MAX_HEADING, *, kept: bool = True) -> str:
        """Return a text that cites nothing, on one line; "" where it will not do."""
        plain = " ".join(text.split())
        if not plain:
            self._fault(line, f"has a {what} without text", "write it on the same line", kept=kept)
        elif len(plain) > most:
            self._fault(line, f"has a {what} of {len(plain):,} characters", f"keep it under {most}", plain, kept=kept)
        elif _wrong_markup(text.strip()) or "[" in plain or "]" in plain:
            mend = "write it plainly; sources are cited in the steps' paragraphs"
            self._fault(line, f"has a {what} with Markdown or a citation in it", mend, plain, kept=kept)
        else:
            return plain
        return ""

    def _step(self, blocks: list[_Block]) -> BriefingStep | None:
        before = len(self.problems)
        head, *rest = blocks
        heading = self._short("heading", head.line, head.text.removeprefix("##"), kept=False)
        views = [(block, match) for block in rest if (match := _VIEW.fullmatch(block.text))]
        texts = [block for block in rest if not _VIEW.fullmatch(block.text)]
        if len(views) != 1:
            what = f"step '{excerpt(heading, 40)}' has {'more than one view' if views else 'no view'}"
            mend = "give it one, on a line of its own: `?from=2026-01-27&to=2026-02-11&sel=site:al-tanf`"
            self._fault(views[1][0].line if views else head.line, what, mend)
        query = next((match["code"] or match["link"] or "" for _, match in views), "")
        if len(query) > MAX_QUERY:
            what = f"has a view of {len(query):,} characters"
            self._fault(views[0][0].line, what, f"keep it under {MAX_QUERY:,} characters")
        if len(texts) > MAX_PARAGRAPHS:
            what = f"step '{excerpt(heading, 40)}' has {len(texts)} paragraphs"
            self._fault(texts[MAX_PARAGRAPHS].line, what, f"keep it to {MAX_PARAGRAPHS}, or make two steps of it")
        paragraphs = [" ".join(block.text.split()) for block in texts]
        cited = [self._paragraph(block, text) for block, text in zip(texts, paragraphs, strict=True)]
        if not any(cited):
            what = f"step '{excerpt(heading, 40)}' cites no source"
            self._fault(head.line, what, "cite at least one, as [source-id] after what it says")
        if len(self.problems) > before:
            return None
        return BriefingStep(heading, query, tuple(paragraphs), head.line)

    def _paragraph(self, block: _Block, text: str) -> bool:
        """Check a paragraph; return whether it tries to cite anything."""
        if len(text) > MAX_PARAGRAPH:
            what = f"has a paragraph of {len(text):,} characters"
            self._fault(block.line, what, f"keep it under {MAX_PARAGRAPH:,}, or make two of it", text)
        if _wrong_markup(block.text):
            what = f"'{excerpt(text, 40)}' holds Markdown that a briefing does not know, or a control character"
            self._fault(block.line, what, "write plain paragraphs, with citations as [source-id]", text)
            return True
        citing = False
        for piece in pieces(text):
            if isinstance(piece, str):
                if "[" in piece or "]" in piece:
                    what = f"'{excerpt(piece, 40)}' has a bracket without its other half"
                    self._fault(block.line, what, "close it: citations are written [source-id; other-id]", text)
                continue
            citing = True
            if not piece:
                self._fault(block.line, "has an empty citation", "name a source in it, or delete the brackets", text)
            for id_ in piece:
                if id_ not in self._sources:
                    what = f"'{excerpt(id_)}' is not in sources"
                    self._fault(block.line, what, "add it to sources.csv, or mend the spelling", id_)
        return citing


def _sections(text: str) -> list[list[_Block]]:
    """Split a text at its step headings into lists of blocks; the first list is what stands before any step."""
    sections: list[list[_Block]] = [[]]
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.startswith("#") or not line.strip():
            if lines:
                sections[-1].append(_Block(number - len(lines), "\n".join(lines)))
                lines = []
            if re.match(r"##(?!#)", line):
                sections.append([_Block(number, line.strip())])
            elif line.strip():
                sections[-1].append(_Block(number, line.strip()))
        elif _VIEW.fullmatch(line.strip()):
            if lines:
                sections[-1].append(_Block(number - len(lines), "\n".join(lines)))
                lines = []
            sections[-1].append(_Block(number, line.strip()))
        else:
            lines.append(line.strip())
    return sections


def _wrong_markup(text: str) -> bool:
    return bool(_CONTROL.search(text) or _INLINE.search(text) or _LIST.match(text) or _opens_block(text))


def _opens_block(text: str) -> bool:
    return any(map(_BLOCK.match, text.split("\n")))
