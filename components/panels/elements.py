"""Elements as plain data, built in the browser by assets/elements.js: text from data stays text, whatever it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import bidirectional

Node = str | list[Any]
"""Text, or an element as [tag, attributes, *children]. elements.js knows which tags and attributes there are."""

SIZE: Final = 16
"""The units of a map symbol's outline."""

EXPLAIN: Final = "explain"
"""The verb that opens the folder's method at a heading; with "" it closes it."""
SELECT: Final = "select"
"""The verb that selects a row, such as ``site:al-tanf``."""
SEARCH: Final = "search"
"""The verb that searches for a text; with "" it searches for nothing."""
FIND: Final = "find"
"""The verb that selects a row and brings it on view, whatever dates and filters hid it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A panel as data: what the page mounts, and what ``/panel/<name>.json`` answers."""

    nodes: Sequence[Node]
    fields: Mapping[str, Any] = field(default_factory=dict)
    """What stands beside the nodes, such as the charts' data: values that JSON knows."""
    script: str = ""
    """The module that draws it where elements alone are not enough, by its path in components/."""

    def as_json(self) -> dict[str, Any]:
        """Return it as it is answered: the nodes, and each field by its name."""
        return {"nodes": list(self.nodes), **self.fields}


def el(tag: str, attributes: Mapping[str, Any] | None = None, *children: Node | None) -> Node:
    """Return an element; children that are None are left out.

    Besides the usual attributes there are ``act`` (a verb and an object: what a press asks for), ``colour`` (the CSS
    variable --colour), ``span`` (--from and --to in percent, such as "12.5 40") and ``begin``: where it is another than
    before, what scrolls is scrolled to the element. ``copy`` copies what the server answers at an address, ``say`` a
    text. ``lights`` names rows, such as "site:al-tanf site:qasrak": while the element is pointed at, the map lights
    them, and while one of them is, the element is lit. Of a briefing, ``enter`` keeps the page's address as it is, and
    ``leave`` acts with the one that was kept, and is the element's text where there is one. ``keep`` names a
    fold that stays as it is when the elements are made anew, ``sift`` makes a field search among the options of its
    fold, and is what it says where it finds none. ``page`` links to a page beside the one that shows the element, by
    its relative address: of a static site, or of another data set. ``summon`` is an event that a press has the window
    hear, such as "laydown:open".

    >>> el("p", {"class": "quiet"}, "No source. ", None, el("em", {}, "yet"))
    ['p', {'class': 'quiet'}, 'No source. ', ['em', {}, 'yet']]
    """
    return [tag, dict(attributes or {}), *(child for child in children if child is not None)]


def symbol(path: str, colour: str, box: int = SIZE) -> Node:
    """Return a map symbol, from its SVG path data in a square of ``box`` units."""
    return el("symbol", {"d": path, "colour": colour, **({} if box == SIZE else {"box": str(box)})})


def plot(path: str, width: int, height: int, name: str = "") -> Node:
    """Return an outline that fills its element, from SVG path data in ``width`` by ``height`` units.

    It has the colour of the element around it, ``colour``; ``name`` is its class.
    """
    return el("plot", {"d": path, "box": f"{width} {height}", "class": name})


def script_of(text: str) -> dict[str, str]:
    """Return the attributes that say how ``text`` is read, by its first letter: those of Arabic, or none.

    >>> script_of("القائم"), script_of("Al-Qaim")
    ({'lang': 'ar', 'dir': 'rtl'}, {})
    """
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "")
    return {"lang": "ar", "dir": "rtl"} if first == "AL" else {}


def present(*nodes: Node | None) -> list[Node]:
    """Return ``nodes`` without those that are None."""
    return [node for node in nodes if node is not None]


def selected_by(node: Node) -> Iterator[str]:
    """Yield the rows that an element's buttons select, and those of the elements in it."""
    if isinstance(node, str):
        return
    _, attributes, *children = node
    match attributes.get("act"):
        case [verb, row] if verb == SELECT:
            yield row
    for child in children:
        yield from selected_by(child)


def section(title: str, items: Sequence[Node], above: Node | None = None) -> Node | None:
    """Return a list under a heading; None where it has no items."""
    return el("section", {}, el("h3", {}, title), above, el("ul", {}, *items)) if items else None
