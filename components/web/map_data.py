"""/map/…: what the map fetches, under the hash of its content; and /newest.json, which data a page fetched now has."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from components.catalog.catalog import Catalog, live
from components.catalog.opened import is_opened, opened_data
from components.catalog.served import open_catalog
from components.catalog.sets import data_sets
from components.map.folium_map import NEWEST
from components.map.payload import Payload, basemap_payload, incident_texts, rows_payload
from components.web.chosen_set import PRIVATE
from components.web.cors import ANY_ORIGIN
from components.web.immutable import FOREVER, blob_response

MAX_TEXTS: Final = 500
BASEMAPS: Final = 3
"""Base maps of a folder that are answered: its own, and those that were it before."""
BRIEFLY: Final = "public, max-age=10"
_GONE: Final = PlainTextResponse("No such data: it has changed since. Reload the page.", 404, ANY_ORIGIN)


def routes(folder: Callable[[], Path]) -> list[Route]:
    """Return the routes over the data in ``folder``."""
    data = MapData(folder)
    # Starlette runs plain methods in a thread: building a payload must not hold up the event loop.
    return [
        Route(f"/{NEWEST}", data.newest),
        Route("/map/{name}/texts", data.texts),
        Route("/map/{name}.{ending}", data.part),
    ]


class MapData:
    """What is served of a folder, and what was before it, for readers who have begun with that."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._basemaps: dict[str, Payload] = {}

    def newest(self, _: Request) -> Response:
        """Answer with the version of what is served now."""
        content = {"dataset": open_catalog(self._folder()).version}
        return JSONResponse(content, headers={"cache-control": BRIEFLY, **ANY_ORIGIN})

    def part(self, request: Request) -> Response:
        """Answer with a part of a payload."""
        name = request.path_params["name"]
        catalog = self._catalog(name)
        payload = rows_payload(catalog) if catalog else self._basemap(name)
        part = payload and payload.parts.get(request.path_params["ending"])
        if not part:
            return _GONE
        response = blob_response(part, request)
        if catalog and is_opened(catalog.folder):
            response.headers["cache-control"] = PRIVATE
        return response

    def texts(self, request: Request) -> Response:
        """Answer with [[id, title], …] of the incidents whose numbers are asked for."""
        catalog = self._catalog(request.path_params["name"])
        if catalog is None:
            return _GONE
        try:
            numbers = [int(number) for number in request.query_params.get("rows", "").split(",")]
            if len(numbers) > MAX_TEXTS:
                return PlainTextResponse(f"At most {MAX_TEXTS} rows at a time.", 400)
            rows = incident_texts(catalog, numbers)
        except (ValueError, IndexError):
            return PlainTextResponse("rows must be numbers of incidents, separated by commas.", 400)
        control = PRIVATE if is_opened(catalog.folder) else FOREVER
        return JSONResponse(rows, headers={"cache-control": control, **ANY_ORIGIN})

    def _catalog(self, name: str) -> Catalog | None:
        """Return the catalog whose rows are the payload of a name, None for none."""
        served = [live(folder).read() for folder in self._folders() if not is_opened(folder)]
        catalogs = [one for serving in served for one in (serving.catalog, *serving.former)]
        catalogs += [opened.catalog for opened in opened_data().all()]  # whose hash nobody knows but who opened it
        return next((one for one in catalogs if rows_payload(one).name == name), None)

    def _folders(self) -> list[Path]:
        """Return the folder, and those of the other sets on this server: an address of content names none."""
        own, sets = self._folder(), data_sets().values()
        return [own, *(folder for folder in sets if folder != own)] if own in sets else [own]

    def _basemap(self, name: str) -> Payload | None:
        opened = [one.catalog.folder for one in opened_data().all()[:1]]  # one base map for all of them
        for folder in [*self._folders(), *opened]:
            now = basemap_payload(folder)
            self._basemaps[now.name] = now
        for old in list(self._basemaps)[: -BASEMAPS * len(self._folders())]:
            self._basemaps.pop(old, None)
        return self._basemaps.get(name)
