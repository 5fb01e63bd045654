"""How we know: the folder's method as a page over the panel, and the words on the page that lead to it."""

from typing import Final

import streamlit as st

from components.catalog.catalog import Catalog
from components.catalog.method import Block, Section, Text
from components.ui.markup import EXPLAIN, Node, el, render
from components.view.view import View

TITLE: Final = "How we know"


def method_page(catalog: Catalog, view: View) -> None:
    """Draw the method over the panel where the link asks for it; the panel stays behind it as it was."""
    if catalog.method is None or not view.method:
        return
    with st.container(key="method"):
        render("explained", document(catalog.method.sections, view.method))


def document(sections: tuple[Section, ...], wanted: str) -> Node:
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
    return {"begin": section.id} if section.id == wanted else {}


def _block(block: Block) -> Node:
    if block.listed:
        return el("ul", {}, *(el("li", {}, *_text(text)) for text in block.texts))
    return el("p", {}, *(node for text in block.texts for node in _text(text)))


def _text(text: Text) -> list[Node]:
    return [el(span.tag, {}, span.text) if span.tag else span.text for span in text]
