"""/panel/<name>.json: a panel of a link as JSON, for the embed and other pages, by the query keys of the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.catalog.catalog import open_catalog, refused
from components.panels.panel import PANELS, panel
from components.view.citation import view_link
from components.view.link import read_link
from components.view.on_view import on_view
from components.web.conditional import conditional
from components.web.embed import SHARED_CACHE
from components.web.endpoint import ReadOnlyEndpoint, error_response
from components.web.query import own_params

ROOT: Final = "/panel"
"""Under which the panels are, from this server's root."""


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return /panel/<name>.json for each of PANELS; another name is answered with 404."""

    def answer(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in PANELS:
            return error_response(f"there is no such panel; there are {', '.join(PANELS)}", 404)
        catalog = open_catalog(folder())
        # As of a page's link: what of it is wrong, or not a key of the View, is left out.
        view, _ = read_link(own_params(request), catalog)

        def build() -> Response:
            return JSONResponse(panel(name, on_view(catalog, view)).as_json())

        # Of problems, those of newer data that is not taken are no part of the data's version.
        asked = view_link(catalog, view, "") + "".join(map(str, refused(catalog)))
        return conditional(request, catalog, build, SHARED_CACHE, asked, linked=False)

    return [Route(f"{ROOT}/{{name}}.json", ReadOnlyEndpoint(answer))]
