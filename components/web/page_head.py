"""The page's head: what browsers and link previews must know before Streamlit's script runs.

Link previews: the page's title, description and picture as its link asks, as Open Graph tags. Streamlit sends one and
the same document for every link. Chats, search engines and citation tools run no script: what they show of a link is
what the document's head says.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from components.catalog.served import open_catalog
from components.export.jsonld import dataset_script
from components.export.open_graph import link_preview
from components.map.comments import without_comments
from components.static import FOLDERS, root
from components.view.link import read_link
from components.web.endpoint import base_of
from components.web.query import own_params
from components.web.rewrite import rewrite_html

MODULES: Final = (
    "panels/assets/mount.js",
    "panels/assets/behaviours.js",
    "panels/assets/dialogs.js",
    "panels/assets/elements.js",
    "panels/assets/lights.js",
    "panels/assets/dates.js",
    "map/assets/sync.js",
    "map/assets/time/days.js",
)
"""The modules of the page's parts, each of which is found in another: asked for at once, not one after another."""
STYLES: Final = ("page.css", "skip.css", "print.css")
"""Of ui/assets, the page's own style sheets."""
SKIPS: Final = {"map": "Skip to the map", "timeline": "Skip to the timeline", "panel": "Skip to the panel"}
"""The page's parts and the buttons that lead to them: the Tab key's first stops, seen when they have the focus."""
_TITLE: Final = re.compile(r"<title>[^<]*</title>")
_SCRIPTS: Final = re.compile(r'<script type="module"[^>]*></script>|<link rel="modulepreload"[^>]*>')
"""Streamlit's own scripts, and what is fetched for them."""
_ROOT: Final = '<div id="root"></div>'


class PageHead:
    """Middleware that writes these tags, and the data set as JSON-LD, into the document at the server's root."""

    def __init__(self, app: ASGIApp, folder: Callable[[], Path], base: str = "", text_size: int | None = None) -> None:
        self._app = app
        self._text_size = text_size
        self._folder = folder
        self._base = f"/{base.strip('/')}".rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; of the page's document, buffer the answer and write its head."""
        root = scope.get("root_path", "") + self._base
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"] != f"{root}/":
            await self._app(scope, receive, send)
            return
        head = await run_in_threadpool(self._head, Request({**scope, "root_path": root}))
        await rewrite_html(
            self._app,
            scope,
            receive,
            send,
            lambda text: _TITLE.sub(lambda _: head, _skipping(_early(text)), count=1),
        )

    def _head(self, request: Request) -> str:
        catalog = open_catalog(self._folder())
        view, _ = read_link(own_params(request), catalog)
        card = link_preview(catalog, view, base_of(request))
        feed = '<link rel="alternate" type="application/atom+xml" title="Newest rows" href="feed.atom">'
        data = dataset_script(catalog, base_of(request))
        head = f"<title>{escape(card.title)} · Laydown</title>\n{card.meta()}\n{feed}\n{data}"
        modules = "".join(f'<link rel="modulepreload" href="{root()}/{module}">\n' for module in MODULES)
        size = f":root:root {{ font-size: {self._text_size}px }}\n" if self._text_size else ""
        return f"{head}\n{modules}<style>{size}{page_style()}</style>"


def _skipping(document: str) -> str:
    """Return the page's document with the skip links as its first elements; ui/assets/start.js follows them."""
    buttons = "".join(f'<button type="button" data-to="{to}">{text}</button>' for to, text in SKIPS.items())
    script = f'<script type="module" src="{root()}/ui/assets/start.js"></script>'
    return document.replace("<body>", f'<body>\n<nav class="skips" aria-label="Skip">{buttons}</nav>{script}', 1)


def _early(document: str) -> str:
    """Return the page's document with the early map, before which Streamlit's scripts wait; see ui/assets/early.js."""
    if _ROOT not in document:
        return document
    scripts = "".join(_SCRIPTS.findall(document))
    early = f'<template id="streamlit">{scripts}</template><script>{_early_script()}</script>'
    return _SCRIPTS.sub("", document).replace(_ROOT, f"{_ROOT}\n{early}", 1)


@lru_cache(maxsize=1)
def _early_script() -> str:
    return without_comments((FOLDERS["ui"] / "early.js").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def page_style() -> str:
    """Return the page's style as it stands in the head: there before Streamlit paints, so nothing jumps (layout shift).

    Streamlit's own rules come later, and would win: these are nested in a selector that outweighs one of their classes.
    """
    text = "\n".join((FOLDERS["ui"] / name).read_text(encoding="utf-8") for name in STYLES)
    return f":root:root {{\n{text.replace(':root', '&')}}}"
