"""/panel/<name>.json: a panel of a link as JSON, and /panel/page.json, all that the page shows of it.

With ``stamp``, which the page knows (panels/page.py), an answer is that of one version of the data and the program, and
stays as it is: any cache in between may keep it. Of another version there is none any more.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.catalog.served import open_catalog, refused
from components.panels.page import page, stamp
from components.panels.panel import PANELS, panel
from components.view.citation import view_link
from components.view.link import read_link
from components.view.on_view import on_view
from components.web.conditional import conditional
from components.web.embed import SHARED_CACHE
from components.web.endpoint import ConcurrencyLimit, ReadOnlyEndpoint, error_response
from components.web.immutable import FOREVER
from components.web.query import own_params

ROOT: Final = "/panel"
"""Under which the panels are, from this server's root."""
PAGE: Final = "page"
AT_ONCE: Final = 1
"""Documents that are made at the same time: they share one interpreter, and side by side each is done late."""


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return /panel/<name>.json for each of PANELS and for the page; another name is answered with 404."""

    def answer(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in PANELS and name != PAGE:
            return error_response(f"there is no such panel; there are {', '.join((*PANELS, PAGE))}", 404)
        catalog = open_catalog(folder())
        asked = request.query_params.get("stamp")
        if asked is not None and asked != stamp(catalog):
            return error_response("the data or the program is another by now; load the page anew", 404)
        # As of a page's link: what of it is wrong, or not a key of the View, is left out.
        view, faults = read_link(own_params(request), catalog)

        def build() -> Response:
            shown = on_view(catalog, view)
            if name == PAGE:
                return JSONResponse(page(shown, [fault.notice for fault in faults]))
            return JSONResponse(panel(name, shown).as_json())

        # Of problems, those of newer data that is not taken are no part of the data's version. The page tells faults.
        told = (view_link(catalog, view, ""), *refused(catalog), *(faults if name == PAGE else ()))
        control = SHARED_CACHE if asked is None else FOREVER
        return conditional(request, catalog, build, control, "".join(map(str, told)), linked=False)

    return [Route(f"{ROOT}/{{name}}.json", ReadOnlyEndpoint(answer, ConcurrencyLimit(AT_ONCE)))]
