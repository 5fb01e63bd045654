"""Streamlit's metrics, which are for the operator of the server alone."""

from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.settings import metrics_open

METRICS: Final = "/_stcore/metrics"


class MetricsGuard:
    """Middleware that answers 404 to requests for metrics, unless LAYDOWN_METRICS is set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 404."""
        if scope["type"] == "http" and scope["path"].endswith(METRICS) and not metrics_open():
            await PlainTextResponse("Not found.", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
