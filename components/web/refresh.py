"""Newer data without a restart: the data folder is looked at from time to time, and read once changes rest."""

import logging
import threading
from functools import partial
from typing import Final

import anyio
from anyio import to_thread

from components.catalog.catalog import Catalog
from components.catalog.live import LiveCatalog
from components.map.payload import rows_payload
from components.view.absence import absence
from components.view.on_view import on_view
from components.view.view import default_view


async def keep_fresh(live: LiveCatalog, seconds: float) -> None:
    """Read the data, and then have newer ones served until cancelled; look every ``seconds``, 0: never again.

    A folder that has changed is read when it is the same at two looks, for its files are written one after another. It
    is read in a thread, beside those that answer.
    """
    check = partial(to_thread.run_sync, partial(live.check, prepare), abandon_on_cancel=True)
    await check()
    if (serving := live.serving) and (nothing := absence(serving.catalog)):
        _LOG.warning("%s: %s", serving.catalog.folder, nothing)
    live.watch(True)
    try:
        if not seconds:
            await anyio.sleep_forever()
        before = None
        while True:
            await anyio.sleep(seconds)
            found = await to_thread.run_sync(live.changed)
            if found is not None and found == before:
                await check()
            before = found
    finally:
        live.watch(False)


def prepare(catalog: Catalog) -> None:
    """Make what the first reader would wait for: the rows for the browser, and what is on view at first.

    The rows are compressed meanwhile, which needs no lock of the interpreter.
    """
    rows = rows_payload(catalog).parts["bin"]
    threading.Thread(target=lambda: rows.zipped, name="compress", daemon=True).start()
    on_view(catalog, default_view(catalog))


_LOG: Final = logging.getLogger(__name__)
