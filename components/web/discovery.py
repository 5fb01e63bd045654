"""What crawlers and data catalogues read: datapackage.json and the tables, robots.txt, sitemap.xml."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.catalog.tables import GAZETTEER, TABLES
from components.export import sitemap
from components.export.datapackage import NAME, datapackage, folder_signature, package_text, table_file
from components.view.citation import view_link
from components.view.extent import within
from components.view.view import default_view
from components.web.conditional import conditional
from components.web.endpoint import AT_ONCE, ConcurrencyLimit, ReadOnlyEndpoint, base_of

DATA: Final = "/data"
SITEMAP: Final = f"/{sitemap.SITEMAP}"
NOT_FOR_CRAWLERS: Final = ("export/", "api/", "map/", "brief.", "brief-", "trends.", "_stcore/")
"""Crawler traps: made anew for each of endlessly many queries. Disallowed in robots.txt."""
FOR_CRAWLERS: Final = ("export/data.zip",)
"""Of those, what takes no query: allowed."""
_BY_FILE: Final = {table.file: table for table in (*TABLES, GAZETTEER)}


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return the routes over the data in ``folder``."""
    limit = ConcurrencyLimit(AT_ONCE)

    def read(path: str, answer: Callable[[Request, Catalog], Response]) -> Route:
        return Route(path, ReadOnlyEndpoint(lambda request: answer(request, open_catalog(folder())), limit))

    return [
        read(f"/{NAME}", _package),
        read(f"{DATA}/{{file}}", _table),
        read("/robots.txt", _robots),
        read(SITEMAP, _sitemap),
    ]


def _package(request: Request, catalog: Catalog) -> Response:
    def build() -> Response:
        home = base_of(request)
        return Response(package_text(datapackage(catalog, home, f"{DATA.strip('/')}/")), media_type="application/json")

    return conditional(request, catalog, build, asked=repr(folder_signature(catalog.folder)))


def _table(request: Request, catalog: Catalog) -> Response:
    name = request.path_params["file"]
    table = _BY_FILE.get(name)

    def build() -> Response:
        body = table_file(catalog.folder, table) if table else None
        if body is None:
            return PlainTextResponse(f"There is no such table. There are: {', '.join(_BY_FILE)}.", 404)
        return Response(body, media_type="text/csv; charset=utf-8; header=present")

    return conditional(request, catalog, build, asked=repr(folder_signature(catalog.folder)))


def _robots(request: Request, _: Catalog) -> Response:
    """Answer robots.txt. A link's picture stays allowed: link previews are made by crawlers too."""
    base = base_of(request)
    path = urlsplit(base).path
    lines = [
        "User-agent: *",
        *(f"Allow: {path}{name}" for name in FOR_CRAWLERS),
        *(f"Disallow: {path}{name}" for name in NOT_FOR_CRAWLERS),
        "",
        f"Sitemap: {base.rstrip('/')}{SITEMAP}",
        "",
    ]
    return PlainTextResponse("\n".join(lines), headers={"cache-control": "no-cache"})


def _sitemap(request: Request, catalog: Catalog) -> Response:
    def build() -> Response:
        return Response(
            sitemap.sitemap_of(catalog, _addresses(catalog, base_of(request))), media_type="application/xml"
        )

    return conditional(request, catalog, build)


def _addresses(catalog: Catalog, base: str) -> Iterator[str]:
    """Return the page, the first step of each briefing, and each period."""
    default = default_view(catalog)
    yield base
    for briefing in catalog.briefings:
        yield f"{base}?step={briefing.id}/1"
    for period in catalog.dataset.periods:
        yield view_link(catalog, replace(default, start=within(period.first), end=within(period.last)), base)
