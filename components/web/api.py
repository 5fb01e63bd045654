"""/api/v1: what is on view as JSON, by the same query keys as the page's link; and its feed."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.catalog.tables import ROW_TABLES
from components.export.resources import RESOURCES
from components.export.rows import SINGLE, row, source_rows
from components.view.citation import view_link
from components.view.on_view import on_view
from components.view.provenance import Provenance, provenance
from components.view.sourcing import ranked
from components.view.view import SELECTABLE, View, default_view
from components.view.wording import PUBLIC_BY
from components.web import answers
from components.web.conditional import conditional
from components.web.endpoint import AT_ONCE, MOST_WAITING, ConcurrencyLimit, ReadOnlyEndpoint, base_of, error_response
from components.web.feed import FEED, feed
from components.web.openapi import OPENAPI, ROOT, document
from components.web.paging import PAGE_NUMBER, PAGE_SIZE, PAGING, Page, page_of
from components.web.query import BadQueryError, pairs_of, params_of, view_of

_SELECTABLE: Final = {ROW_TABLES[prefix]: prefix for prefix in SELECTABLE}
"""By table, how a View names a row of it."""


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return the routes of the API over the data in ``folder``, and of the feed."""
    limit = ConcurrencyLimit(AT_ONCE, MOST_WAITING)

    def read(path: str, answer: Callable[[Request, Catalog], Response]) -> Route:
        return Route(path, ReadOnlyEndpoint(lambda request: answer(request, open_catalog(folder())), limit))

    return [
        read(ROOT, _index),
        read(OPENAPI, _described),
        read(f"{ROOT}/{{resource}}", _listing),
        read(f"{ROOT}/{{resource}}/{{id}}", _single),
        read(f"{ROOT}/{{rest:path}}", _nothing),
        read(FEED, feed),
    ]


def _index(request: Request, catalog: Catalog) -> Response:
    base = base_of(request)
    index = answers.Index(
        laydown=_provenance(catalog, default_view(catalog), base),
        openapi=_address(base, OPENAPI),
        feed=_address(base, FEED),
        resources=[
            answers.ResourceLink(name=one.name, doc=one.doc, url=_address(base, f"{ROOT}/{one.name}"))
            for one in RESOURCES.values()
        ],
    )
    return conditional(request, catalog, lambda: answers.AnswerResponse(index))


def _described(request: Request, catalog: Catalog) -> Response:
    return conditional(request, catalog, lambda: JSONResponse(document(catalog, base_of(request))))


def _listing(request: Request, catalog: Catalog) -> Response:
    name = request.path_params["resource"]
    if name not in RESOURCES:
        return _nothing(request, catalog)
    view, page = _asked(request, catalog)
    return conditional(request, catalog, lambda: answers.AnswerResponse(_page(request, catalog, name, view, page)))


def _single(request: Request, catalog: Catalog) -> Response:
    name, id_ = request.path_params["resource"], request.path_params["id"]
    if name not in SINGLE:
        return _nothing(request, catalog)
    view = view_of(request, catalog)

    def build() -> Response:
        found = row(catalog, view, name, id_)
        if found is None:
            as_known = f", {PUBLIC_BY} {view.known}" if view.known else ""
            return error_response(f"there is no “{id_[:100]}” among the {name}{as_known}", 404)
        # The page's link has the row selected; a source is not.
        linked = replace(view, selected=f"{_SELECTABLE[name]}:{id_}") if name in _SELECTABLE else view
        cited: Any = found.get("sources", [])
        one = answers.One(
            laydown=_provenance(catalog, linked, base_of(request)),
            row=found,
            source_rows=source_rows(catalog, ranked(catalog, cited)),
        )
        return answers.AnswerResponse(one)

    return conditional(request, catalog, build)


def _nothing(_: Request, __: Catalog) -> Response:
    single = (f"{ROOT}/{name}/{{id}}" for name in SINGLE)
    listed = (f"{ROOT}/{name}" for name in RESOURCES)
    return error_response(f"there is nothing here; there are {', '.join((*listed, *single, OPENAPI))}", 404)


def _asked(request: Request, catalog: Catalog) -> tuple[View, Page]:
    """Return the view and its page that a request asks for; raise BadQueryError with all that is wrong in both."""
    page, faults = page_of(params_of(request))
    try:
        view = view_of(request, catalog, [count.key for count in PAGING])
    except BadQueryError as error:
        raise BadQueryError((*error.faults, *faults)) from None
    if faults:
        raise BadQueryError(tuple(faults))
    return view, page


def _page(request: Request, catalog: Catalog, name: str, view: View, page: Page) -> answers.Page:
    listing = RESOURCES[name].listing(on_view(catalog, view))
    pages = ceil(listing.total / page.size)
    return answers.Page(
        laydown=_provenance(catalog, view, base_of(request)),
        total=listing.total,
        page=page.number,
        pages=pages,
        size=page.size,
        next=_next(request, name, page) if page.number < pages else None,
        rows=listing.page(page.start, page.start + page.size),
    )


def _next(request: Request, name: str, page: Page) -> str:
    """Return the next page's address: the same query, its own keys last."""
    own = {PAGE_NUMBER.key: str(page.number + 1), PAGE_SIZE.key: str(page.size)}
    query = [*((key, text) for key, text in pairs_of(request) if key not in own), *own.items()]
    return f"{_address(base_of(request), f'{ROOT}/{name}')}?{urlencode(query, safe='/:')}"


def _provenance(catalog: Catalog, view: View, base: str) -> Provenance:
    return provenance(catalog, view, view_link(catalog, view, base))


def _address(base: str, path: str) -> str:
    return base.rstrip("/") + path
