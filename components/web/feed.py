"""/feed.atom: the newest incidents and movements on view, for subscribers."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from components.catalog.catalog import Catalog
from components.export import atom
from components.view.extent import FIRST_DAY, LAST_DAY
from components.web.conditional import conditional, shared_briefly
from components.web.endpoint import base_of
from components.web.query import pairs_of, params_of, view_asked

FEED: Final = f"/{atom.FEED}"


def feed(request: Request, catalog: Catalog) -> Response:
    """Return the feed of what a request asks for; raise BadQueryError as the API does.

    A subscriber waits for what comes, so without ``from`` and ``to`` it is of all days, not of the window that the page
    begins with; a link to a step of a briefing keeps the step's.
    """
    params = params_of(request)
    window = {} if "step" in params else {"from": [FIRST_DAY.isoformat()], "to": [LAST_DAY.isoformat()]}
    view = view_asked({**window, **params}, catalog)

    def build() -> Response:
        text = atom.feed_of(catalog, view, base_of(request), pairs_of(request))
        return Response(text, media_type=f"{atom.MEDIA_TYPE}; charset=utf-8")

    return conditional(request, catalog, build, shared_briefly())
