"""/export/…: what is on view as a file, by the page's own query string."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.catalog.served import open_catalog
from components.export.datapackage import TooLargeError, folder_signature
from components.export.files import FILES, TooManyRowsError
from components.view.citation import view_link
from components.view.on_view import on_view
from components.view.provenance import file_name, provenance, whole_name
from components.web.conditional import conditional, shared_briefly
from components.web.endpoint import MOST_WAITING, ConcurrencyLimit, ReadOnlyEndpoint, base_of
from components.web.query import view_of

HEAVY: Final = tuple(name for name, kind in FILES.items() if name.startswith("view.") or kind.whole)
"""The files of all there is: a large one takes seconds and hundreds of megabytes, and no other waits for it."""
HEAVY_AT_ONCE: Final = 2
LIGHT_AT_ONCE: Final = 4


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return the routes of the files of ``folder``'s data."""

    def export(request: Request) -> Response:
        name = request.scope["path"].rpartition("/")[2]
        kind = FILES.get(name)
        if kind is None:
            return PlainTextResponse(f"There is no such file. There are: {', '.join(FILES)}.", 404)
        catalog = open_catalog(folder())
        view = view_of(request, catalog)
        link = view_link(catalog, view, base_of(request))

        def build() -> Response:
            try:
                body = kind.made(on_view(catalog, view), provenance(catalog, view, link))
            except (TooManyRowsError, TooLargeError) as error:
                return PlainTextResponse(str(error), 413)
            name = whole_name(catalog, kind.what, kind.ending) if kind.whole else None
            disposition = attachment(name or file_name(catalog, view, kind.what, kind.ending))
            return Response(body, media_type=kind.media_type, headers={"content-disposition": disposition})

        asked = repr(folder_signature(catalog.folder)) if kind.whole else link
        return conditional(request, catalog, build, shared_briefly(), asked)

    heavy, light = (
        ReadOnlyEndpoint(export, ConcurrencyLimit(most, MOST_WAITING)) for most in (HEAVY_AT_ONCE, LIGHT_AT_ONCE)
    )
    return [*(Route(f"/export/{name}", heavy) for name in HEAVY), Route("/export/{name}", light)]


def attachment(name: str) -> str:
    """Return the Content-Disposition of a file (RFC 6266): its name in UTF-8 (RFC 8187), and what ASCII has of it."""
    plain = unicodedata.normalize("NFKD", name.replace("–", "-")).encode("ascii", "ignore").decode()
    stem, _, ending = plain.rpartition(".")
    stem = " ".join(stem.split()).strip(" ,.") or "laydown"
    return f"attachment; filename=\"{stem}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
