"""The routes beside Streamlit's page: what the map's frame fetches, and health."""

from pathlib import Path
from typing import Final

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from xstatic.pkg import leaflet

import components
from components.catalog.catalog import open_catalog
from components.map.basemaps import tile_hosts
from components.map.documents import Blob, Document, basemap_document, incident_texts, rows_document
from components.map.figure import LEAFLET
from components.static import FOLDERS, address
from components.view.brief import brief, brief_text
from components.view.selection import select
from components.view.view import read_view

PAGE: Final = Path(__file__).parent.parent / "page.py"
MAX_TEXTS: Final = 500
FOREVER: Final = "public, max-age=31536000, immutable"
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    # streamlit-folium runs the map's script by eval and as inline script; nothing may come from or go elsewhere, but
    # the images of an online basemap that the visitor chooses.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        f"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: {' '.join(tile_hosts())}; "
        "connect-src 'self' ws: wss:; "
        "worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'"
    ),
}


def middleware() -> list[Middleware]:
    """Return what every answer passes through."""
    return [Middleware(SecurityHeaders)]


def routes(folder: Path) -> list[Route | Mount]:
    """Return the routes beside the page: /healthz, /map/<hash>… and /assets/."""

    # Plain functions, which Starlette runs in a thread: building a document must not hold up the event loop.
    def healthz(_: Request) -> Response:
        catalog = open_catalog(folder)
        return JSONResponse(
            {
                "status": "ok",
                "version": components.__version__,
                "dataset": catalog.version,
                "rows": {name: len(frame) for name, frame in catalog.tables.items()},
                "problems": len(catalog.problems),
            }
        )

    def found(name: str) -> Document | None:
        documents = (rows_document(open_catalog(folder)), basemap_document(folder))
        return next((document for document in documents if document.name == name), None)

    def document(request: Request) -> Response:
        document = found(request.path_params["name"])
        part = document and document.parts.get(request.path_params["ending"])
        return _sent(part, request) if part else _GONE

    def texts(request: Request) -> Response:
        """Answer with [[id, title], …] of the incidents whose numbers are asked for."""
        catalog = open_catalog(folder)
        if rows_document(catalog).name != request.path_params["name"]:
            return _GONE
        try:
            numbers = [int(number) for number in request.query_params.get("rows", "").split(",")]
            if len(numbers) > MAX_TEXTS:
                return PlainTextResponse(f"At most {MAX_TEXTS} rows at a time.", 400)
            rows = incident_texts(catalog, numbers)
        except (ValueError, IndexError):
            return PlainTextResponse("rows must be numbers of incidents, separated by commas.", 400)
        return JSONResponse(rows, headers={"cache-control": FOREVER})

    def told(request: Request) -> Response:
        """Answer with the brief of a link: the same query string as the page's."""
        catalog = open_catalog(folder)
        params = {key: request.query_params.getlist(key) for key in request.query_params}
        view, notices = read_view(params, catalog)
        if notices:
            return PlainTextResponse("\n".join(notices), 400)
        link = str(request.base_url) + (f"?{request.url.query}" if request.url.query else "")
        markdown = request.url.path.endswith(".md")
        text = brief_text(catalog, brief(catalog, view, list(select(catalog, view).states)), link, markdown)
        media_type = "text/markdown" if markdown else "text/plain"
        return PlainTextResponse(text, media_type=media_type, headers={"cache-control": "no-cache"})

    return [
        Route("/healthz", healthz),
        *(Route(f"/brief.{ending}", told) for ending in ("md", "txt")),
        Route("/map/{name}/texts", texts),
        Route("/map/{name}.{ending}", document),
        Mount(f"/{LEAFLET}", Immutable(directory=leaflet.BASE_DIR)),
        *(Mount(f"/{address(room)}", Immutable(directory=folder)) for room, folder in FOLDERS.items()),
    ]


def _sent(blob: Blob, request: Request) -> Response:
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(blob.zipped, media_type=blob.media_type, headers=headers)
    return Response(blob.body, media_type=blob.media_type, headers=headers)


_GONE: Final = PlainTextResponse("No such data: it has changed since. Reload the page.", 404)


class Immutable(StaticFiles):
    """Files whose address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file with leave to keep it."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOREVER
        return response


class SecurityHeaders:
    """Middleware that adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)
