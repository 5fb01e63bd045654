"""Share: the view's link, to copy or to scan; its frame for another site; its files; and how to cite it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Final

import segno
import streamlit as st

from components.catalog.catalog import Catalog
from components.export.files import FILES
from components.map.embed import Shape
from components.panels.elements import Node, el, symbol
from components.ui.acts import acts
from components.ui.link import base_of
from components.ui.mount import render
from components.view.citation import citations, view_link
from components.view.title import view_title
from components.view.view import View

STYLES: Final = {"plain": "Plain", "chicago": "Chicago", "bibtex": "BibTeX"}
HEIGHTS: Final = (400, 500, 600, 720)
ICON: Final = (
    "M18 16.1c-.8 0-1.5.3-2 .8l-7.1-4.2a3 3 0 0 0 0-1.4l7-4.1A3 3 0 1 0 15 5q0 .4.1.7L8 9.8a3 3 0 1 0 0 4.4l7.1 4.2"
    "-.1.6a2.9 2.9 0 1 0 3-2.9z"
)
"""Three dots joined, in a square of 24 units."""
NAMES: Final = {"": "Both", "en": "Latin", "ar": "Arabic"}


def share_button(catalog: Catalog, view: View, public: str) -> None:
    """Draw the button that opens the Share dialog; ``public`` is where the public reaches the page, if it is set.

    Else it is where the browser is: only that knows of a path before the server's own.
    """
    button = el("button", {"class": "share", "act": ["share", ""]}, symbol(ICON, "currentColor", 24), "Share")
    press = render("share", button, on_act=acts(catalog))
    if press:
        _dialog(catalog, view, public or base_of(press.address))


@st.dialog("Share this view")
def _dialog(catalog: Catalog, view: View, base: str) -> None:
    view = replace(view, cited="")
    link, frame, files, cite = st.tabs(["Link", "Embed", "Files", "Cite"])
    with link:
        render("linked", *linked(catalog, view, base))
    with frame:
        _embedded(catalog, view, base)
    with files:
        render("filed", *filed(catalog, view, base))
    with cite:
        render("cited", *cited(catalog, view, base))


def linked(catalog: Catalog, view: View, base: str) -> list[Node]:
    """Return the link of ``view`` at ``base``, as text and as a code to scan."""
    link = view_link(catalog, view, base)
    return [
        el("p", {"class": "quiet"}, view_title(catalog, view)),
        _copied(link, "Copy link"),
        _scanned(link),
    ]


def _embedded(catalog: Catalog, view: View, base: str) -> None:
    left, right = st.columns(2)
    with left:
        height = st.selectbox("Height in pixels", HEIGHTS, index=2, key="embed-height")
        named = list(NAMES).index(view.lang)
        lang = st.selectbox("Names on the map", list(NAMES), named, format_func=NAMES.__getitem__, key="embed-names")
    with right:
        timeline = st.toggle("Timeline", value=True, key="embed-timeline")
        filters = st.toggle("Key and filters", value=True, key="embed-filters")
    render("framed", *framed(catalog, replace(view, lang=lang), base, Shape(timeline, filters), height))


def framed(catalog: Catalog, view: View, base: str, shape: Shape, height: int) -> list[Node]:
    """Return the HTML that shows ``view`` in another site, ``height`` pixels high, and a link to what it shows."""
    address = view_link(catalog, view, f"{base}embed", **shape.query)
    code = (
        f'<iframe src="{escape(address)}" title="{escape(view_title(catalog, view))}" width="100%" height="{height}" '
        'style="border:0" loading="lazy" allowfullscreen></iframe>'
    )
    hint = "It sets no cookie, and whoever reads it asks only this server."
    return [
        _copied(code, "Copy code"),
        el("p", {"class": "small"}, el("a", {"href": address}, "Open the embed")),
        el("p", {"class": "quiet small"}, hint),
    ]


def filed(catalog: Catalog, view: View, base: str) -> list[Node]:
    """Return links to the files of what ``view`` shows, by what is in them."""
    kinds: dict[str, list[Node]] = {}
    for name, file in FILES.items():
        address = view_link(catalog, view, f"{base}export/{name}")
        subject, _, form = file.label.rpartition(", ")
        kinds.setdefault(subject, []).append(el("a", {"href": address, "class": "chip"}, form))
    rows = [el("li", {"class": "row"}, el("span", {}, subject), *links) for subject, links in kinds.items()]
    hint = (
        "Each holds exactly what is on view, with its sources, its licence, the data's version and this link. The data "
        "folder is whole, whatever is on view, with its description for programs."
    )
    return [el("ul", {"class": "files"}, *rows), el("p", {"class": "quiet small"}, hint)]


def cited(catalog: Catalog, view: View, base: str) -> list[Node]:
    """Return the citations of ``view``."""
    texts = citations(catalog, view, base, datetime.now(UTC).date())
    hint = "A cited link holds the data's version: who follows it is told where the data has changed since."
    return [*_each(texts, list(STYLES)), el("p", {"class": "quiet small"}, hint)]


def _each(texts: Mapping[str, str], styles: Sequence[str]) -> list[Node]:
    return [_copied(texts[style], STYLES[style]) for style in styles]


def _copied(text: str, label: str) -> Node:
    return el(
        "div",
        {"class": "copied"},
        el("p", {}, text),
        el("button", {"class": "chip", "say": text, "title": "Copy this"}, label),
    )


def _scanned(text: str) -> Node:
    """Return a QR code as one path, a module a unit; of a text that is too long for one, a word on that."""
    try:
        code = segno.make(text, error="m", micro=False)
    except segno.DataOverflowError:
        return el("p", {"class": "quiet small"}, "The link is too long for a code to scan.")
    size = int(code.symbol_size(border=2)[0])
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix_iter(border=2)) for x, dark in enumerate(row) if dark
    )
    return el("div", {"class": "code"}, symbol(path, "#000000", box=size))
