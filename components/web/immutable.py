"""What never changes under its address: scripts, styles, and a dataset's rows. Kept for ever by whoever fetched it."""

import gzip
import mimetypes
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.map.documents import Blob

FOREVER: Final = "public, max-age=31536000, immutable"
_SERVED: Final = (".js", ".css", ".svg", ".png")


def files(prefix: str, folder: Path, **more: bytes) -> Route:
    """Return the route of a folder's files and of ``more``, by their names; read and compressed once."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    bodies = {name: path.read_bytes() for name, path in found.items() if path.suffix in _SERVED}
    blobs = {name: _blob(name, body) for name, body in (bodies | more).items()}

    async def file(request: Request) -> Response:
        blob = blobs.get(request.path_params["name"])
        return sent(blob, request) if blob else PlainTextResponse("No such file.", 404)

    return Route(f"/{prefix}/{{name:path}}", file)


def _blob(name: str, body: bytes) -> Blob:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Blob(body, gzip.compress(body, mtime=0), media_type)


def sent(blob: Blob, request: Request) -> Response:
    """Return ``blob``, compressed where it may be. An embed in a sandbox, whose origin is none, may read it too."""
    headers = {"cache-control": FOREVER, "vary": "accept-encoding", "access-control-allow-origin": "*"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(blob.zipped, media_type=blob.media_type, headers=headers)
    return Response(blob.body, media_type=blob.media_type, headers=headers)
