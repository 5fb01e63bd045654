"""The routes beside Streamlit's page: what the map's frame fetches, the brief, and whether all is well."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from anyio import create_task_group, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope
from xstatic.pkg import leaflet

from components.catalog.catalog import live
from components.catalog.served import open_catalog
from components.map.bundle import NAME, bundle
from components.map.folium_map import LEAFLET
from components.settings import data_folders, frame_ancestors, refresh_seconds, trusted_proxies
from components.static import SERVED, assets, root, sheets
from components.view.brief import brief
from components.view.brief_text import brief_text, short_text
from components.view.citation import view_link
from components.view.lede import lede
from components.view.on_view import OnView, on_view
from components.view.trends_text import trends_text
from components.web import (
    api,
    discovery,
    early,
    embed,
    exports,
    headers,
    health,
    logs,
    map_data,
    memory,
    opening,
    panel,
    suggest,
)
from components.web.chosen_set import ChosenSet
from components.web.endpoint import base_of
from components.web.forwarded import AllowedHosts, ForwardedAddress
from components.web.frame_guard import FrameGuard
from components.web.immutable import files_route, read_files
from components.web.metrics import Metrics
from components.web.page_head import PageHead
from components.web.query import BadQueryError, bad_query_as_text, own_params, view_asked
from components.web.refresh import keep_fresh
from components.web.shared_cache import SharedCache
from components.web.sockets import WebSocketGuard

PAGE_SCRIPT: Final = Path(__file__).parent.parent / "page.py"


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Read the settings as the server starts, when all are there; read the data meanwhile, and again as they change.

    Raise ValueError for a setting that cannot be, which stops the server; where there is no data, log why.
    """
    headers.page_policy(frame_ancestors())
    trusted_proxies()
    seconds = refresh_seconds()
    memory.release_freed_memory()
    async with create_task_group() as group:
        for folder in data_folders():
            group.start_soon(keep_fresh, live(folder), seconds)
        # The page's first run imports it, by way of streamlit-folium: the first reader need not wait for it.
        group.start_soon(to_thread.run_sync, partial(import_module, "folium.plugins"))
        group.start_soon(memory.keep_trimmed)
        yield
        group.cancel_scope.cancel()


def middleware(
    folder: Callable[[], Path], base: str = "", hosts: Sequence[str] = (), text_size: int | None = None
) -> list[Middleware]:
    """Return what every answer passes through.

    ``base``: as of ``routes``; ``hosts``: as of ``AllowedHosts``; ``text_size``: Streamlit's, in pixels.
    """
    logs.limit()
    return [
        Middleware(ForwardedAddress, trusted=trusted_proxies),
        *headers.middleware(frame_ancestors),
        Middleware(AllowedHosts, hosts=hosts),
        Middleware(ChosenSet, base=base),
        Middleware(WebSocketGuard, page=PAGE_SCRIPT),
        Middleware(Metrics, folder=folder, base=base),
        Middleware(SharedCache, path=panel.ROOT),
        Middleware(FrameGuard),
        Middleware(PageHead, folder=folder, base=base, text_size=text_size),
    ]


def routes(folder: Callable[[], Path], base: str = "") -> Sequence[BaseRoute]:
    """Return the routes beside the page; ``base`` is the path under which all is served, such as ``laydown``.

    ``folder`` is called at each request: a host's secrets are in the environment only after all modules have been
    imported.
    """
    own = _routes(folder)
    return [Under(f"/{base.strip('/')}", routes=own)] if base.strip("/") else own


class Under(Mount):
    """Routes mounted under a path; what none of them matches falls through to Streamlit's page and files."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether one of the routes answers."""
        match, inner = super().matches(scope)
        if all(route.matches({**scope, **inner})[0] is Match.NONE for route in self.routes):
            return Match.NONE, {}
        return match, inner


def _routes(folder: Callable[[], Path]) -> list[Route]:

    def brief_route(request: Request) -> Response:
        """Answer with the brief of a link, as text or Markdown: the same query string as the page's."""
        return text_of(request, _brief_of)

    def trends_route(request: Request) -> Response:
        """Answer with the trends of a link, as ``brief_route`` with its brief."""
        return text_of(request, lambda shown, link, path: trends_text(shown, link, path.endswith(".md")))

    def text_of(request: Request, told: Callable[[OnView, str, str], str]) -> Response:
        catalog = open_catalog(folder())
        try:
            view = view_asked(own_params(request), catalog)  # the page's own link, with what a site has added to it
        except BadQueryError as error:
            return bad_query_as_text(error.faults)
        path = request.url.path
        text = told(on_view(catalog, view), view_link(catalog, view, base_of(request)), path)
        media_type = "text/markdown" if path.endswith(".md") else "text/plain"
        return PlainTextResponse(text, media_type=media_type, headers={"cache-control": "no-cache"})

    return [
        *health.routes(folder),
        *(Route(f"/{name}", brief_route) for name in ("brief.md", "brief.txt", "brief-short.txt")),
        *(Route(f"/{name}", trends_route) for name in ("trends.md", "trends.txt")),
        *embed.routes(folder),
        *early.routes(folder),
        *panel.routes(folder),
        *suggest.routes(folder),
        *exports.routes(folder),
        *api.routes(folder),
        *discovery.routes(folder),
        *map_data.routes(folder),
        *opening.routes(),
        files_route(LEAFLET, read_files(_leaflet())),
        files_route(root(), {**read_files(assets()), **sheets(), f"map/assets/{NAME}": bundle()}),
    ]


def _brief_of(shown: OnView, link: str, path: str) -> str:
    """Return the brief that a path asks for."""
    content, opening = brief(shown), lede(shown)
    if path.endswith("/brief-short.txt"):
        return short_text(content, opening, link)
    return brief_text(shown.catalog, content, link, path.endswith(".md"), opening.text)


def _leaflet() -> dict[str, Path]:
    folder = Path(leaflet.BASE_DIR)
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in SERVED}
