"""/map, the document of the early map's frame: ui/assets/early.js opens it in the page, at the page's own query."""

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.served import open_catalog
from components.map.early import early_map
from components.map.payload import Blob
from components.settings import frame_ancestors
from components.view.citation import view_link
from components.view.link import read_link
from components.view.view import View
from components.web.conditional import conditional
from components.web.embed import html_blob, policy
from components.web.endpoint import ReadOnlyEndpoint
from components.web.immutable import blob_response
from components.web.query import own_params


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return /map of a data folder."""

    def early(request: Request) -> Response:
        catalog = open_catalog(folder())
        view, _ = read_link(own_params(request), catalog)

        def build() -> Response:
            blob, script = _document(catalog, view)
            answer = blob_response(blob, request)
            answer.headers["content-security-policy"] = policy(script, frame_ancestors())
            return answer

        return conditional(request, catalog, build, asked=view_link(catalog, view, ""))

    return [Route("/map", ReadOnlyEndpoint(early))]


@derived(128)
def _document(catalog: Catalog, view: View) -> tuple[Blob, str]:
    """Return the document of a view, and its inline script."""
    html, script = early_map(catalog, view)
    return html_blob(html), script
