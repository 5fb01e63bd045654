"""A source as panels and cards tell it: where it is to be read, its archived copy, and what kind of source it is."""

from typing import Any

from components.ui.markup import Node, el
from components.view.sourcing import ARCHIVED, marks


def source_link(row: Any, text: str, **attributes: str) -> Node:
    """Return ``text`` as a link to a source; as it is where that has no address."""
    return el("a", {"href": row.url, **attributes}, text) if row.url else el("span", attributes, text)


def archived_copy(row: Any) -> list[Node]:
    """Return the link to a source's archived copy, after a space; nothing where there is none."""
    return [" ", el("a", {"href": row.archived, "class": "copy small"}, ARCHIVED)] if row.archived else []


def source_tags(row: Any) -> list[Node]:
    """Return what kind of source it is, and what else is to be said of it, as tags with a space between them."""
    nodes: list[Node] = []
    for mark in marks(row):
        nodes += [*([" "] if nodes else []), el("span", {"class": "tag"}, mark)]
    return nodes
