"""How we know: the folder's method as a page over the panel, and the words elsewhere that lead to it."""

from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.method import Block, Section, Text
from components.panels.elements import EXPLAIN, Document, Node, el
from components.view.on_view import OnView

TITLE: Final = "How we know"


def method(on_view: OnView) -> Document:
    """Return the folder's method, to be shown from the section that the View asks for; empty where there is none."""
    text = on_view.catalog.method
    return Document([_page(text.sections, on_view.view.method)] if text else [])


def _page(sections: tuple[Section, ...], wanted: str) -> Node:
    """Return the page of a method, to be shown from the section ``wanted`` on."""
    title, *others = sections
    close = el("button", {"act": [EXPLAIN, ""], "aria-keyshortcuts": "Escape", "aria-label": f"Close {TITLE}"}, "Close")
    return el(
        "article",
        {"class": "method", "aria-label": TITLE, **_begun(title, wanted)},
        el("div", {"class": "head"}, el("h2", {}, title.heading), close),
        *map(_block, title.blocks),
        *(
            el("section", _begun(section, wanted), el("h3", {}, section.heading), *map(_block, section.blocks))
            for section in others
        ),
    )


def how(catalog: Catalog, section: str, text: str) -> Node:
    """Return ``text`` as a button that opens the method at ``section``; as it is in a folder without a method."""
    if catalog.method is None:
        return text
    return el("button", {"class": "how", "act": [EXPLAIN, catalog.method.find(section).id], "title": TITLE}, text)


def _begun(section: Section, wanted: str) -> dict[str, str]:
    return {"id": section.id} | ({"begin": section.id} if section.id == wanted else {})


def _block(block: Block) -> Node:
    if block.listed:
        return el("ul", {}, *(el("li", {}, *_text(text)) for text in block.texts))
    return el("p", {}, *(node for text in block.texts for node in _text(text)))


def _text(text: Text) -> list[Node]:
    return [el(span.tag, {}, span.text) if span.tag else span.text for span in text]
