"""CORS: pages of any origin may read the data, the files, the assets, and the errors. Nothing of it is secret.

What a visitor opened for themselves is: it is answered by a cookie (web/chosen_set.py), with which no other site's page
can ask (SameSite).

Starlette's CORSMiddleware is not used for it. It sends ``Access-Control-Allow-Origin`` only where a request has an
``Origin``, and ``Vary: Origin`` with every answer, so that a cache keeps a copy for each site that shows the map. Where
any origin may read, the Fetch standard wants the header always, and no Vary ("CORS protocol and HTTP caches").
"""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

METHODS: Final = "GET, HEAD, OPTIONS"
ANY_ORIGIN: Final[Mapping[str, str]] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag",
}
"""The headers of an answer that a page of any origin may read, a sandboxed frame (whose origin is "null") too."""


def preflight() -> Response:
    """Return the answer to OPTIONS: any origin may read, and ask whether what it has is still so (If-None-Match)."""
    headers = {
        "allow": METHODS,
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": "If-None-Match",
        "access-control-max-age": "86400",
    }
    return Response(status_code=204, headers={**ANY_ORIGIN, **headers})
