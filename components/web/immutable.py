"""Files under an address with a hash, which caches keep for ever: scripts, styles, and a dataset's rows."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.map.payload import Blob
from components.web.cors import ANY_ORIGIN

FOREVER: Final = "public, max-age=31536000, immutable"


def read_files(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Return what is in files, by their names."""
    return {name: path.read_bytes() for name, path in files.items()}


def files_route(prefix: str, bodies: Mapping[str, bytes]) -> Route:
    """Return the route of files under an address, by their names there; compressed once."""
    blobs = {name: _blob(name, body) for name, body in bodies.items()}

    async def file(request: Request) -> Response:
        blob = blobs.get(request.path_params["name"])
        return blob_response(blob, request) if blob else PlainTextResponse("No such file.", 404)

    return Route(f"/{prefix}/{{name:path}}", file)


def _blob(name: str, body: bytes) -> Blob:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Blob(lambda: body, media_type)


def blob_response(blob: Blob, request: Request) -> Response:
    """Return ``blob``, compressed where the client accepts that; pages of any origin may read it."""
    headers = {"cache-control": FOREVER, "vary": "accept-encoding", **ANY_ORIGIN}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(blob.zipped, media_type=blob.media_type, headers=headers)
    return Response(blob.body, media_type=blob.media_type, headers=headers)
