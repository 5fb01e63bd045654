"""/embed, the map as a page for other sites' frames, and /preview.png, the picture in a link preview (Open Graph)."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.export.open_graph import link_preview
from components.map.basemaps import tile_hosts
from components.map.bundle import NAME
from components.map.embed import SHEETS, STYLE, PageConfig, Shape, map_page, script_hash
from components.map.folium_map import Addresses, served
from components.map.payload import Blob, basemap_payload, rows_payload
from components.picture.picture import preview as preview_png
from components.settings import public_url
from components.static import address
from components.view.citation import view_link
from components.view.link import outdated, read_link
from components.view.on_view import on_view
from components.view.view import BASES, View
from components.web.conditional import conditional
from components.web.endpoint import MOST_WAITING, ConcurrencyLimit, ReadOnlyEndpoint, base_of
from components.web.immutable import blob_response
from components.web.query import own_params

SHARED_CACHE: Final = "public, max-age=60, stale-while-revalidate=86400"
"""Stale-while-revalidate: a cache may answer at once and fetch anew behind it; changed data shows within a minute."""
PRIVATE_CACHE: Final = SHARED_CACHE.replace("public", "private")
"""The same for browsers' caches alone: links are made of the Host header, and a forged one must not be cached for all
(cache poisoning)."""
DRAWN_AT_ONCE: Final = 2
"""Pictures that are drawn at the same time; others wait their turn, and hold up nothing else."""
_SHAPES: Final = ("timeline", "filters")


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return /embed and /preview.png of a data folder."""

    def embed(request: Request) -> Response:
        catalog = open_catalog(folder())

        def build() -> Response:
            blob, policy = _page(catalog, request.url.query, base_of(request))
            answer = blob_response(blob, request)
            answer.headers["content-security-policy"] = policy
            return answer

        # Its own address and its picture's stand in it.
        return conditional(request, catalog, build, SHARED_CACHE if public_url() else PRIVATE_CACHE)

    def picture(request: Request) -> Response:
        catalog = open_catalog(folder())
        view, _ = read_link(own_params(request), catalog)

        def build() -> Response:
            return Response(_preview(catalog, view), media_type="image/png")

        return conditional(request, catalog, build, SHARED_CACHE, view_link(catalog, view, ""), linked=False)

    return [
        Route("/embed", ReadOnlyEndpoint(embed)),
        Route("/preview.png", ReadOnlyEndpoint(picture, ConcurrencyLimit(DRAWN_AT_ONCE, MOST_WAITING))),
    ]


@lru_cache(maxsize=128)
def _page(catalog: Catalog, query: str, base: str) -> tuple[Blob, str]:
    """Return the page that a query asks for, and its Content-Security-Policy."""
    request = Request({"type": "http", "query_string": query.encode(), "headers": []})
    view, faults = read_link(own_params(request), catalog)
    # A reader of another site's page has not agreed to requests to a tile server.
    view = replace(view, base=BASES[0])
    shape = Shape(**{key: request.query_params.get(key) != "off" for key in _SHAPES})
    newer = outdated(catalog, view)
    preview = link_preview(catalog, view, base)
    html, script = map_page(
        catalog,
        view,
        shape,
        _addresses(catalog),
        PageConfig(
            page="./",
            panels="panel",
            sheets=[f"{address('panels')}/{name}" for name in SHEETS],
            addressed=True,
            picture="preview.png",
            module=f"{address('map')}/{NAME}",
            title=preview.title,
            meta=preview.meta(),
        ),
        [*(fault.notice for fault in faults), *([newer] if newer else [])],
    )
    return html_blob(html), policy(script)


def html_blob(html: str) -> Blob:
    """Return an HTML document as it is sent."""
    body = html.encode()
    return Blob(lambda: body, "text/html; charset=utf-8")


def _addresses(catalog: Catalog) -> Addresses:
    addresses = served(rows_payload(catalog), basemap_payload(catalog.folder), root="")
    style = (f"{STYLE}_css", f"{address('map')}/{STYLE}/{STYLE}.css")
    return replace(addresses, styles=(*addresses.styles, style))


def policy(script: str, ancestors: str = "*") -> str:
    """Return a map's Content-Security-Policy: its one inline script by its hash, and no eval.

    ``ancestors`` may show it in a frame.
    """
    return (
        f"default-src 'none'; script-src 'self' {script_hash(script)}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: {' '.join(tile_hosts())}; connect-src 'self'; font-src 'self'; "
        f"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )


@lru_cache(maxsize=64)
def _preview(catalog: Catalog, view: View) -> bytes:
    return preview_png(on_view(catalog, view))


def previews_drawn() -> int:
    """Return how many pictures this process has drawn for link previews: not those that it still had."""
    return _preview.cache_info().misses
