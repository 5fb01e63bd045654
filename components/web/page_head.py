"""Link previews: the page's title, description and picture as its link asks, as Open Graph tags in its head.

Streamlit sends one and the same document for every link. Chats, search engines and citation tools run no script: what
they show of a link is what the document's head says.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from components.catalog.catalog import open_catalog
from components.export.jsonld import dataset_script
from components.export.open_graph import link_preview
from components.view.link import read_link
from components.web.endpoint import base_of
from components.web.query import own_params
from components.web.rewrite import rewrite_html

_TITLE: Final = re.compile(r"<title>[^<]*</title>")


class PageHead:
    """Middleware that writes these tags, and the data set as JSON-LD, into the document at the server's root."""

    def __init__(self, app: ASGIApp, folder: Callable[[], Path], base: str = "") -> None:
        self._app = app
        self._folder = folder
        self._base = f"/{base.strip('/')}".rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; of the page's document, buffer the answer and write its head."""
        root = scope.get("root_path", "") + self._base
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"] != f"{root}/":
            await self._app(scope, receive, send)
            return
        head = await run_in_threadpool(self._head, Request({**scope, "root_path": root}))
        await rewrite_html(self._app, scope, receive, send, lambda text: _TITLE.sub(lambda _: head, text, count=1))

    def _head(self, request: Request) -> str:
        catalog = open_catalog(self._folder())
        view, _ = read_link(own_params(request), catalog)
        card = link_preview(catalog, view, base_of(request))
        feed = '<link rel="alternate" type="application/atom+xml" title="Newest rows" href="feed.atom">'
        data = dataset_script(catalog, base_of(request))
        return f"<title>{escape(card.title)} · Laydown</title>\n{card.meta()}\n{feed}\n{data}"
