"""Puts elements on the page: the one Streamlit component by which all parts that panels/ describes are shown."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import streamlit as st

from components.map.comments import without_comments
from components.panels.elements import Document, Node
from components.static import FOLDERS, root

SCRIPT: Final = "panels/assets/mount.js"
"""The module that shows a part, unless the part names its own; by its path in components/."""


class Press(NamedTuple):
    """What was pressed: the verb and the object of its ``act``, and the page's address at that moment."""

    verb: str
    value: str
    address: str
    ahead: bool
    """Whether the address has another window than Python knows (panels/assets/navigation.js)."""


Act = Callable[[Press], None]
"""What a press does."""


_component = st.components.v2.component(
    "laydown_elements",
    # It is sent with each part of the page, whenever that changes.
    js=without_comments((FOLDERS["panels"] / "component.js").read_text(encoding="utf-8")),
)


def render(
    key: str, *nodes: Node | None, on_act: Act | None = None, script: str = SCRIPT, **fields: Any
) -> Press | None:
    """Put ``nodes`` on the page as one component; another ``script`` than SCRIPT is given ``fields`` beside them.

    Return what was pressed in it, in the run that the press has brought about; by then ``on_act`` is done.
    """

    def acted() -> None:
        if on_act and (press := _press(st.session_state[key].get("act"))):
            on_act(press)

    data = {"at": f"{root()}/{script}", "key": key, "nodes": [node for node in nodes if node is not None], **fields}
    return _press(getattr(_component(key=key, data=data, on_act_change=acted), "act", None))


def show(key: str, document: Document, on_act: Act, script: str = "", **fields: Any) -> None:
    """Put a document on the page as ``render`` does, by the script that it names or another, with more ``fields``."""
    script = script or document.script or SCRIPT
    render(key, *document.nodes, on_act=on_act, script=script, **{**document.fields, **fields})


def _press(act: object) -> Press | None:
    match act:
        case [str(verb), str(value), str(where), str(ahead)]:
            return Press(verb, value, where, bool(ahead))
    return None
