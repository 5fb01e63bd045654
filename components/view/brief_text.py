"""The brief as a text to copy, in Markdown or plain, with its sources numbered."""

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from components.catalog.catalog import Catalog
from components.view.brief import Brief, Line
from components.view.lede import Lede
from components.view.sourcing import ARCHIVED, marks, read_on, source_rows, sourcing
from components.view.wording import DISAGREE, UNSAID, capital, date_text, sentence

MAX_SHORT: Final = 8
"""Lines of the short brief."""


def brief_text(catalog: Catalog, content: Brief, link: str, markdown: bool, opening: str = "") -> str:
    """Return the brief as Markdown or plain text, with its sources numbered and the view's ``link``.

    ``opening`` is the text of the lede.
    """
    escape, address = (escaped, _address) if markdown else (folded, str)
    cited: dict[str, int] = {}

    def line_of(line: Line) -> str:
        rests = sourcing(catalog, line.change.sources)
        numbers = [cited.setdefault(source.id, len(cited) + 1) for source in rests.sources]
        disputed = f" {capital(DISAGREE)} about this site." if line.change.disputed else ""
        name, told = escape(line.name), escape(line.sentence.removeprefix(line.name))
        mark = f"- **{name}**" if markdown else f"- {name}"
        refs = f" [{', '.join(map(str, numbers))}]" if numbers else ""
        about = [escape(line.where), f"{line.change.confidence} confidence", *rests.caveats]
        return f"{mark}{told}{disputed}{refs} ({'; '.join(about)})"

    def heading(text: str) -> str:
        return f"## {escape(text)}" if markdown else text.upper()

    lines = [f"# {escape(content.title)}" if markdown else content.title, ""]
    if content.record:
        lines += [content.record, ""]
    if opening:
        lines += [escape(opening), ""]
    if content.nothing:
        lines += [content.nothing, ""]
    for group in content.groups:
        lines += [heading(group.title), "", *map(line_of, group.lines), "", group.total, ""]
    if content.continuing:
        lines += [heading("Continuing"), "", *map(line_of, content.continuing), ""]
    if content.doubts:
        lines += [heading(UNSAID), "", *map(line_of, content.doubts), ""]
    if cited:
        lines += [heading("Sources"), ""]
        lines += [f"{number}. {_source(source_rows(catalog)[id_], escape, address)}" for id_, number in cited.items()]
        lines.append("")
    dataset = catalog.dataset
    lines += [f"{escape(dataset.title)}, data {catalog.version}, {escape(dataset.licence)}: {address(link)}", ""]
    return "\n".join(lines)


def short_text(content: Brief, opening: Lede, link: str) -> str:
    """Return the brief in at most MAX_SHORT lines of plain text: lede, what changed most, record, link."""
    told = [content.title, *(sentence.text for sentence in opening.sentences)]
    last = [line for line in (content.record, link) if line]
    changed = [line.sentence for group in content.groups for line in group.lines]
    nothing = [content.nothing] if content.nothing else []
    lines = [*told, *nothing, *changed][: MAX_SHORT - len(last)] + last
    return "\n".join([*map(folded, lines), ""])


def _source(source: Any, escape: Callable[[str], str], address: Callable[[str], str]) -> str:
    date = date_text(source.published) if source.published else "undated"
    about = f"{escape(source.publisher)}, {escape(source.title)}, {date} ({source.called})."
    said = [sentence(mark) for mark in (*marks(source)[1:], read_on(source)) if mark]
    where = [address(source.url)] if source.url else []
    copy = [f"{capital(ARCHIVED)}: {address(source.archived)}"] if source.archived else []
    return " ".join([about, *where, *map(escape, said), *copy])


def folded(text: str) -> str:
    """Return text on one line: a break in a name would begin a line of the brief's own."""
    return " ".join(text.split())


def escaped(text: str) -> str:
    """Return text on one line, as it is where Markdown would read marks in it."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!]|&(?=#?\w+;))", r"\\\1", folded(text))


def _address(url: str) -> str:
    """Return a URL as Markdown reads nothing else in it (CommonMark, 6.5): in angle brackets, with none inside."""
    return "<" + re.sub(r"[\s<>]", lambda mark: quote(mark[0]), url) + ">"
