"""/healthz and /readyz: does the process live, and has it data to show, for whoever runs and balances it."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import components
from components.catalog.catalog import live
from components.catalog.sets import disk_folder
from components.view.absence import absence
from components.view.record import newest_report

MAX_REFUSED: Final = 20
"""Reasons that /readyz gives for which newer data are not taken."""
NOT_KEPT: Final = {"cache-control": "no-store"}


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return the two routes over the data in ``folder``."""

    # On the event loop, whatever the threads are at: it must not wait for a place among them.
    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok", "version": components.__version__}, headers=NOT_KEPT)

    def readyz(_: Request) -> Response:
        data = live(disk_folder(folder()))
        serving = data.serving if data.watched else data.read()
        if serving is None:
            return JSONResponse({"status": "loading", "version": components.__version__}, 503, NOT_KEPT)
        catalog = serving.catalog
        nothing = absence(catalog)
        checked, newest = catalog.dataset.checked, newest_report(catalog)
        return JSONResponse(
            {
                "status": "no data" if nothing else "degraded" if serving.refused else "ok",
                **(asdict(nothing) if nothing else {}),
                "version": components.__version__,
                "dataset": catalog.version,
                "checked": checked.isoformat() if checked else None,
                "newest_report": newest.text if newest else None,
                "rows": {name: len(frame) for name, frame in catalog.tables.items()},
                "problems": len(catalog.problems),
                "refused": [str(problem) for problem in serving.refused[:MAX_REFUSED]],
            },
            503 if nothing else 200,
            NOT_KEPT,
        )

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
