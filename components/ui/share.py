"""Share: the view's link, to copy or to scan, and how to cite it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import segno
import streamlit as st

from components.catalog.catalog import Catalog
from components.ui.markup import Node, el, render, symbol
from components.view.citation import citations, view_link
from components.view.title import view_title
from components.view.view import View

STYLES: Final = {"plain": "Plain", "chicago": "Chicago", "bibtex": "BibTeX"}


def share_button(catalog: Catalog, view: View) -> None:
    """Draw the button that opens the Share dialog."""
    if st.button("Share", key="share", icon=":material/share:"):
        _dialog(catalog, view)


@st.dialog("Share this view")
def _dialog(catalog: Catalog, view: View) -> None:
    base = urlunsplit(urlsplit(st.context.url or "")._replace(query="", fragment=""))
    base = base if base.endswith("/") else f"{base}/"
    render("shared", *shared(catalog, view, base))


def shared(catalog: Catalog, view: View, base: str) -> list[Node]:
    """Return the link of ``view`` at ``base``, as text and as a code to scan, and its citations."""
    view = replace(view, cited="")
    link = view_link(catalog, view, base)
    cited = citations(catalog, view, base, datetime.now(UTC).date())
    told = "A cited link holds the data's version: who follows it is told where the data has changed since."
    return [
        el("p", {"class": "quiet"}, view_title(catalog, view)),
        _copied(link, "Copy link"),
        el("div", {"class": "code"}, _qr(link)),
        el("h3", {}, "Cite"),
        *(_copied(cited[style], label) for style, label in STYLES.items()),
        el("p", {"class": "quiet small"}, told),
    ]


def _copied(text: str, label: str) -> Node:
    return el(
        "div",
        {"class": "copied"},
        el("p", {}, text),
        el("button", {"class": "chip", "say": text, "title": "Copy this"}, label),
    )


def _qr(text: str) -> Node:
    """Return a QR code as one path, a module a unit."""
    code = segno.make(text, error="m", micro=False)
    size = int(code.symbol_size(border=2)[0])
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix_iter(border=2)) for x, dark in enumerate(row) if dark
    )
    return symbol(path, "#000000", box=size)
