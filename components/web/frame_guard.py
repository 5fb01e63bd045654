"""An origin check of postMessage in the frames of Streamlit's components: only the page around them is heard.

streamlit-folium evaluates what a message holds and checks neither its source nor its origin: see
.github/streamlit-folium-messages.md.
"""

import re
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from components.web.rewrite import rewrite_html

GUARD: Final = (
    '<script>addEventListener("message", (event) => { if (parent === window || event.source !== parent || '
    "event.origin !== location.origin) event.stopImmediatePropagation(); }, true);</script>"
)
"""Stands before every script of the document's, so that it hears a message first."""
_HEAD: Final = re.compile("<head[^>]*>", re.IGNORECASE)
_FILES: Final = (".js", ".css", ".map", ".txt", ".json")
"""Endings of static files, which are passed on as they are."""


class FrameGuard:
    """Middleware that puts GUARD into the documents of Streamlit's components."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and a component's document back with its guard."""
        if scope["type"] != "http" or "/component/" not in scope["path"] or scope["path"].endswith(_FILES):
            await self._app(scope, receive, send)
        else:
            await rewrite_html(self._app, scope, receive, send, guarded)


def guarded(text: str) -> str:
    """Return a document that obeys none but the page around it, if that is of its own origin."""
    head = _HEAD.search(text)
    at = head.end() if head else 0
    return text[:at] + GUARD + text[at:]
