"""The documents of panels as HTML, for pages that are written beforehand.

What a press does on the served page is a link here, or is left out: a page without a script has nothing to press. It is
written short, as HTML allows it (no quotes where none are needed, no end tags where the next element ends them): a site
has a hundred such pages.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup, escape

from components.panels.elements import EXPLAIN, SEARCH, SELECT, SIZE, Node
from components.view.view import GROUPINGS

Way = Callable[[str, str], str]
"""The address of what an act asks for, by its verb and its object; "" where a page has nothing for it."""

KEPT: Final = ("class", "datetime", "dir", "id", "lang")
"""The attributes that an element keeps; the others are for who presses or points, or say again what is read anyway."""
DROPPED: Final = frozenset({"tools", "briefings"})
"""The classes of elements that only hold what is pressed."""
_READ: Final = (SELECT, EXPLAIN, SEARCH, *GROUPINGS)
"""The verbs of buttons whose text is read with the text around it, so that it stays without an address."""
_BARE: Final = re.compile(r"[^\s\"'=<>`]+")
_ENDED: Final = ("li", "dt", "dd")
"""Elements that end where the next begins, or where what holds them ends."""


def html_of(nodes: Iterable[Node], way: Way) -> Markup:
    """Return the nodes of a panel as HTML; their texts are escaped.

    >>> html_of([["p", {}, "a < b ", ["button", {"act": ["select", "site:x"]}, "X"]]], lambda verb, row: f"{row}.html")
    Markup('<p>a &lt; b <a href=site:x.html>X</a></p>')
    """
    return Markup("").join(_html(node, way) for node in nodes)


def element(tag: str, attributes: Mapping[str, str], inner: str | Markup = "") -> Markup:
    """Return an element, its attributes escaped; ``inner`` too, where it is no markup."""
    written = "".join(f" {name}={_value(str(value))}" for name, value in attributes.items())
    end = "" if tag in _ENDED else f"</{tag}>"
    return Markup(f"<{tag}{written}>{escape(inner)}{end}")  # noqa: S704  # a tag of our own, all else escaped


def _value(text: str) -> str:
    escaped = str(escape(text))
    return escaped if _BARE.fullmatch(text) and not text.endswith("/") else f'"{escaped}"'


def _html(node: Node, way: Way) -> Markup:
    if isinstance(node, str):
        return escape(node)
    tag, attributes, *children = node
    if tag == "symbol":
        return _symbol(attributes)
    if tag == "plot":
        return _plot(attributes)
    if DROPPED & set(str(attributes.get("class", "")).split()):
        return Markup("")
    inner = Markup("").join(_html(child, way) for child in children)
    kept = {name: attributes[name] for name in KEPT if name in attributes} | _style(attributes)
    if tag == "button":
        return _pressed(attributes.get("act"), kept, inner, way)
    if tag == "a":
        address = str(attributes.get("href", ""))
        own = str(attributes.get("page", ""))
        kept = ({"href": own or address} if own or address.startswith(("https://", "http://")) else {}) | kept
    return element(tag, kept, inner)


def _pressed(act: list[str] | None, kept: dict[str, str], inner: Markup, way: Way) -> Markup:
    """Return a button as a link to what it asks for."""
    if not act:
        return Markup("")
    if address := way(*act):
        return element("a", {"href": address} | kept, inner)
    return element("span", kept, inner) if act[0] in _READ else Markup("")


def _style(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Return the element's place along its parent and its colour, as elements.js sets them."""
    parts = []
    if "span" in attributes:
        start, end = str(attributes["span"]).split()
        parts += [f"--from:{start}%", f"--to:{end}%"]
    if "colour" in attributes:
        parts.append(f"--colour:{attributes['colour']}")
    return {"style": ";".join(parts)} if parts else {}


def _symbol(attributes: Mapping[str, Any]) -> Markup:
    box, outline = attributes.get("box", SIZE), str(attributes["d"])
    rule = {"fill-rule": "evenodd"} if outline.count("M") > 1 else {}
    path = element("path", {"d": outline, "style": f"fill:{attributes['colour']}"} | rule)
    return element("svg", {"viewBox": f"0 0 {box} {box}", "aria-hidden": "true"}, path)


def _plot(attributes: Mapping[str, Any]) -> Markup:
    own = {"viewBox": f"0 0 {attributes['box']}", "preserveAspectRatio": "none", "aria-hidden": "true"}
    path = element("path", {"d": str(attributes["d"])})
    return element("svg", own | {"class": f"plot {attributes['class']}"}, path)
