"""/embed, the map as a page for other sites, and /preview.png, its picture where only its link is shown."""

import gzip
import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.catalog.catalog import Catalog, open_catalog
from components.export.embed import STYLE, Shape, Surroundings, embed_card, map_page
from components.export.picture.picture import preview
from components.map.basemaps import tile_hosts
from components.map.bundle import NAME
from components.map.documents import Blob, basemap_document, rows_document
from components.map.figure import Addresses, served
from components.static import address
from components.view.link import outdated, read_link
from components.view.view import FIELDS, View
from components.web.query import params_of
from components.web.reading import base_of

KEPT: Final = "public, max-age=60, stale-while-revalidate=86400"
"""A change of the data is seen within a minute, or with the next look where a cache answers at once."""
DRAWN_AT_ONCE: Final = 2
"""Pictures that are drawn at the same time; others wait their turn, and hold up nothing else."""
_SHAPES: Final = ("timeline", "filters")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page ready to be sent."""

    blob: Blob
    policy: str
    tag: str


def routes(folder: Path) -> list[Route]:
    """Return /embed and /preview.png of a data folder."""

    def embed(request: Request) -> Response:
        page = _page(open_catalog(folder), request.url.query, base_of(request))
        headers = {
            "cache-control": KEPT,
            "etag": page.tag,
            "vary": "accept-encoding",
            "content-security-policy": page.policy,
            "access-control-allow-origin": "*",
        }
        return _answer(request, page.blob, headers)

    limiters: list[CapacityLimiter] = []

    async def picture(request: Request) -> Response:
        if not limiters:  # made where there is an event loop
            limiters.append(CapacityLimiter(DRAWN_AT_ONCE))
        catalog = await to_thread.run_sync(open_catalog, folder)
        view, _ = read_link(_own_params(request), catalog)
        tag = _tag("preview", catalog.version, repr(view))
        headers = {"cache-control": KEPT, "etag": tag, "access-control-allow-origin": "*"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        body = await to_thread.run_sync(_preview, catalog, view, limiter=limiters[0])
        return Response(body, media_type="image/png", headers=headers)

    return [Route("/embed", embed), Route("/preview.png", picture)]


def _own_params(request: Request) -> Mapping[str, list[str]]:
    """Return the view's keys of a request; what a site or a chat adds to a link is none of ours."""
    params = params_of(request)
    return {field.key: list(params[field.key]) for field in FIELDS if field.key in params}


@lru_cache(maxsize=128)
def _page(catalog: Catalog, query: str, base: str) -> _Page:
    request = Request({"type": "http", "query_string": query.encode(), "headers": []})
    view, faults = read_link(_own_params(request), catalog)
    shape = Shape(**{key: request.query_params.get(key) != "off" for key in _SHAPES})
    told = outdated(catalog, view)
    html, script = map_page(
        catalog,
        view,
        shape,
        _addresses(catalog),
        Surroundings(
            page="./",
            api="api/v1",
            addressed=True,
            picture="preview.png",
            module=f"{address('map')}/{NAME}",
        ),
        embed_card(catalog, view, base),
        [*(fault.notice for fault in faults), *([told] if told else [])],
    )
    body = html.encode()
    blob = Blob(body, gzip.compress(body, mtime=0), "text/html; charset=utf-8")
    return _Page(blob, _policy(script), _tag(html))


def _addresses(catalog: Catalog) -> Addresses:
    addresses = served(rows_document(catalog), basemap_document(catalog.folder), root="")
    style = (f"{STYLE}_css", f"{address('map')}/{STYLE}.css")
    return Addresses(addresses.scripts, (*addresses.styles, style), addresses.rows, addresses.basemap)


def _policy(script: str) -> str:
    """Return the embed's Content-Security-Policy: its one inline script by its hash, and no eval."""
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: {' '.join(tile_hosts())}; connect-src 'self'; font-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    )


@lru_cache(maxsize=64)
def _preview(catalog: Catalog, view: View) -> bytes:
    return preview(catalog, catalog.folder, view)


def _tag(*parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:24]}"'


def _answer(request: Request, blob: Blob, headers: dict[str, str]) -> Response:
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(blob.zipped, media_type=blob.media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(blob.body, media_type=blob.media_type, headers=headers)
