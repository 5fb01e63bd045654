"""Elements as plain data, built in the browser by elements.js: text from data stays text, whatever it holds."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import streamlit as st

from components.static import FOLDERS, root
from components.ui import link

Node = str | list[Any]
"""Text, or an element as [tag, attributes, *children]. elements.js knows which tags and attributes there are."""

SIZE: Final = 16
"""The units of a map symbol's outline."""

EXPLAIN: Final = "explain"
"""The verb of what opens the folder's method at a heading, in whatever part of the page; "" closes it."""

Act = Callable[[str, str], None]
"""What a press does: it is given the verb and the object of the element's ``act`` attribute."""


class Press(NamedTuple):
    """What was pressed: the verb and the object of its ``act``, and the page's address at that moment."""

    verb: str
    value: str
    address: str


_component = st.components.v2.component(
    "laydown_markup",
    js=(FOLDERS["panels"] / "mount.js").read_text(encoding="utf-8"),
)


def el(tag: str, attributes: Mapping[str, Any] | None = None, *children: Node | None) -> Node:
    """Return an element; children that are None are left out.

    Besides the usual attributes there are ``act`` (a verb and an object, sent when it is pressed), ``colour``
    (the CSS variable --colour), ``span`` (--from and --to in percent, such as "12.5 40") and ``begin``: where it is
    another than before, what scrolls is scrolled to the element. Of a briefing, ``enter`` keeps the address as it is,
    and ``leave`` acts with the one that was kept, and is the element's text where there is one.
    """
    return [tag, dict(attributes or {}), *(child for child in children if child is not None)]


def symbol(path: str, colour: str, box: int = SIZE) -> Node:
    """Return a map symbol, from its SVG path data in a square of ``box`` units."""
    return el("symbol", {"d": path, "colour": colour, **({} if box == SIZE else {"box": str(box)})})


def render(
    key: str, *nodes: Node | None, on_act: Act | None = None, script: str = "panels/assets/elements.js", **more: Any
) -> Press | None:
    """Put ``nodes`` on the page as one component; another ``script`` than elements.js is given ``more`` beside them.

    Return what was pressed in it, in the run that the press has brought about; by then ``on_act`` is done.
    """

    def acted() -> None:
        if press := _press(st.session_state[key].get("act")):
            link.hear(press.address)
            if press.verb == EXPLAIN:
                link.explain(press.value)
            elif on_act:
                on_act(press.verb, press.value)

    data = {"at": f"{root()}/{script}", "nodes": [node for node in nodes if node is not None], **more}
    return _press(getattr(_component(key=key, data=data, on_act_change=acted), "act", None))


def _press(act: object) -> Press | None:
    match act:
        case [str(verb), str(value), str(where)]:
            return Press(verb, value, where)
    return None
