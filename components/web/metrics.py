"""Metrics for the operator of the server alone: /metrics for Prometheus, and Streamlit's own.

They tell of routes, never of addresses: nothing of a visitor is in them.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.catalog.catalog import live
from components.catalog.sets import disk_folder
from components.settings import metrics_open
from components.web.embed import previews_drawn

METRICS: Final = "/metrics"
STREAMLITS: Final = "/_stcore/metrics"
PAGE: Final = "/"
OTHERS: Final = "other"
"""The route of what has none: most files of Streamlit's, and what is not there."""
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""The histogram's upper bounds."""


class Metrics:
    """Middleware that counts requests by route, and answers /metrics, where LAYDOWN_METRICS is set; else 404."""

    def __init__(self, app: ASGIApp, folder: Callable[[], Path], base: str = "") -> None:
        self._app = app
        self._base = f"/{base.strip('/')}".rstrip("/")
        # A registry of its own: what is counted belongs to this server, not to the process.
        self._registry = CollectorRegistry(auto_describe=True)
        self._seconds = Histogram(
            "laydown_request_seconds",
            "Requests and what they took, by route.",
            ("route", "status"),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._registry.register(_OfData(folder))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for metrics; pass others on, and count them."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path.endswith(STREAMLITS):
            await (self._app if metrics_open() else PlainTextResponse("Not found.", 404))(scope, receive, send)
        elif path == f"{scope.get('root_path', '')}{self._base}{METRICS}":
            await (await self._answer())(scope, receive, send)
        elif metrics_open():
            await self._counted(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self) -> Response:
        if not metrics_open():
            return PlainTextResponse("Not found.", 404)
        body = await run_in_threadpool(generate_latest, self._registry)
        return Response(body, headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"})

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        page = scope["path"] == f"{scope.get('root_path', '')}{self._base}/"
        begun = time.perf_counter()
        try:
            await self._app(scope, receive, sent)
        finally:
            # The router has left there which route has answered.
            route = PAGE if page else getattr(scope.get("route"), "path", "") or OTHERS
            self._seconds.labels(route, str(status)).observe(time.perf_counter() - begun)


class _OfData(Collector):
    """What is served, as it is when it is asked for."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder

    def collect(self) -> Iterator[Metric]:
        """Yield the data's version and problems, whether newer data are not taken, and the pictures drawn."""
        info = GaugeMetricFamily("laydown_data_info", "The data served, by its version.", labels=["version"])
        problems = GaugeMetricFamily("laydown_data_problems", "Problems in the data served.")
        refused = GaugeMetricFamily("laydown_data_refused", "Reasons for which newer data in the folder is not taken.")
        if serving := live(disk_folder(self._folder())).serving:
            info.add_metric([serving.catalog.version], 1)
            problems.add_metric([], len(serving.catalog.problems))
            refused.add_metric([], len(serving.refused))
        # Those for print are the answers of /export/view.png: each is drawn.
        pictures = CounterMetricFamily("laydown_previews_drawn", "Pictures drawn for link previews.")
        pictures.add_metric([], previews_drawn())
        yield from (info, problems, refused, pictures)
