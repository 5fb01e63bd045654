"""/export/…: what is on view as a file, by the page's own query string."""

import hashlib
import unicodedata
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import components
from components.catalog.catalog import open_catalog
from components.export.about import about, file_name
from components.export.files import FILES, TooManyRowsError
from components.export.resources import on_view
from components.view.citation import view_link
from components.web.query import BadQueryError, refused, view_of


def routes(folder: Path) -> list[Route]:
    """Return the route of the files of ``folder``'s data."""

    # A plain function, which Starlette runs in a thread: building a file must not hold up the event loop.
    def export(request: Request) -> Response:
        name = request.path_params["name"]
        kind = FILES.get(name)
        if kind is None:
            return PlainTextResponse(f"There is no such file. There are: {', '.join(FILES)}.", 404)
        catalog = open_catalog(folder)
        try:
            view = view_of(request, catalog)
        except BadQueryError as error:
            return refused(error.faults)
        link = view_link(catalog, view, str(request.base_url))
        etag = _etag(name, catalog.version, components.__version__, link)
        headers = {"etag": etag, "cache-control": "no-cache"}
        if _has(request, etag):
            return Response(status_code=304, headers=headers)
        try:
            body = kind.made(on_view(catalog, view), about(catalog, view, link))
        except TooManyRowsError as error:
            return PlainTextResponse(str(error), 413)
        headers["content-disposition"] = attachment(file_name(catalog, view, kind.what, kind.ending))
        return Response(body, media_type=kind.media_type, headers=headers)

    return [Route("/export/{name}", export)]


def attachment(name: str) -> str:
    """Return the Content-Disposition of a file (RFC 6266): its name in UTF-8 (RFC 8187), and what ASCII has of it."""
    plain = unicodedata.normalize("NFKD", name.replace("–", "-")).encode("ascii", "ignore").decode()
    stem, _, ending = plain.rpartition(".")
    stem = " ".join(stem.split()).strip(" ,.") or "laydown"
    return f"attachment; filename=\"{stem}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"


def _etag(*parts: str) -> str:
    """Return the strong validator of what is made of ``parts`` alone (RFC 9110, 8.8.3)."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:32]}"'


def _has(request: Request, etag: str) -> bool:
    """Return whether the asker has the file with this validator already (RFC 9110, 13.1.2: weakly compared)."""
    given = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in given)
