"""Several data sets on one server: what a request is about is the set that its link names."""

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from components.catalog.sets import SET, choosing


class ChosenSet:
    """Middleware: while a request is answered, ``chosen_folder()`` is the folder of the set in its query."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        query = parse_qs(scope.get("query_string", b"").decode(errors="replace"))
        with choosing(query.get(SET, [""])[-1]):
            await self._app(scope, receive, send)
