"""/suggest.json?q=…: what a search may mean while it is typed, and the terms that the map is to look for meanwhile."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.catalog.served import open_catalog
from components.view.citation import view_link
from components.view.link import read_link
from components.view.search import search
from components.view.suggestions import suggestions
from components.web.conditional import conditional
from components.web.embed import SHARED_CACHE
from components.web.endpoint import AT_ONCE, MOST_WAITING, ConcurrencyLimit, ReadOnlyEndpoint
from components.web.query import own_params

PATH: Final = "/suggest.json"


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return the route: ``q`` is what is typed; with ``known`` only what was public on that day is suggested."""

    def answer(request: Request) -> Response:
        catalog = open_catalog(folder())
        params = {key: texts for key, texts in own_params(request).items() if key in ("q", "known")}
        # As of a page's link: what of it is wrong is left out.
        view, _ = read_link(params, catalog)

        def build() -> Response:
            found = search(catalog, view.search)
            offered = suggestions(catalog, view.search, view.day_numbers.known)
            return JSONResponse(
                {"shown": found.shown, "terms": found.terms, "suggestions": [asdict(one) for one in offered]}
            )

        return conditional(request, catalog, build, SHARED_CACHE, view_link(catalog, view, ""), linked=False)

    return [Route(PATH, ReadOnlyEndpoint(answer, ConcurrencyLimit(AT_ONCE, MOST_WAITING)))]
