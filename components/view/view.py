"""The View: all that a link must restore, and the one table of how it is written in a URL."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from components.catalog.catalog import Catalog
from components.catalog.dates import day_of
from components.catalog.tables import ROW_TABLES
from components.view.facets import FACETS

TABS: Final = ("changes", "posture", "strength", "selected", "table", "disputes", "problems")
BASES: Final = ("vector", "osm", "carto-positron", "carto-dark-matter", "esri-imagery", "opentopomap")
"""The basemaps: the built-in one, and the online ones of map/basemaps.py."""
SHOWN: Final = ("status", "changes")
"""What the sites' squares on the map say: how each stands at the window's end, or what the window did to it."""
SELECTABLE: Final = ("site", "incident", "movement")
MAX_SEARCH: Final = 200
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
"""The days a window may have."""

Params = Mapping[str, Sequence[str]]
"""A query string as repeatable values by key."""


class Camera(NamedTuple):
    """Where the map looks."""

    zoom: float
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor asks for. The window is [start, end], both ends inclusive."""

    start: date
    end: date
    kind: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    search: str = ""
    selected: str = ""
    """A row as ``site:al-tanf``, ``incident:…`` or ``movement:…``; "" for none."""
    camera: Camera | None = None
    """None: the dataset's home view."""
    tab: str = TABS[0]
    base: str = BASES[0]
    """The basemap."""
    show: str = SHOWN[0]
    known: date | None = None
    """Only what was public on this day; None: all."""
    cited: str = ""
    """The version of the data that a citation's link was made with."""
    step: str = ""
    """A step of a briefing, as ``al-tanf-withdrawal/2``; "" for none."""
    disputed: tuple[str, ...] = ()
    """``only``: what rival claims are about."""


@dataclass(frozen=True, slots=True)
class UrlField:
    """How a field of the View stands in the URL."""

    key: str
    field: str
    doc: str
    read: Callable[[str, Catalog], Any]
    """Text → value; raises ValueError, saying why, for what does not parse or names nothing."""
    write: Callable[[Any], str]
    repeatable: bool = False


def _day(text: str, _: Catalog) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a date like 2026-02-11") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"is not between {FIRST_DAY.year} and {LAST_DAY.year}")
    return day


def _one_of(values: Callable[[Catalog], Sequence[str]]) -> Callable[[str, Catalog], str]:
    def read(text: str, catalog: Catalog) -> str:
        if text not in values(catalog):
            raise ValueError("is not known here")
        return text

    return read


def _search(text: str, _: Catalog) -> str:
    if len(text) > MAX_SEARCH:
        raise ValueError(f"is longer than {MAX_SEARCH} characters")
    return text.strip()


def _selected(text: str, catalog: Catalog) -> str:
    prefix, _, name = text.partition(":")
    if prefix not in SELECTABLE or name not in catalog.tables[ROW_TABLES[prefix]].index:
        raise ValueError("is not a site, incident or movement here")
    return text


def _version(text: str, _: Catalog) -> str:
    if not re.fullmatch(r"[0-9a-f]{12}", text):
        raise ValueError("is not a version of data, of twelve hexadecimal digits")
    return text


def _step(text: str, catalog: Catalog) -> str:
    name, _, number = text.partition("/")
    steps = next((len(briefing.steps) for briefing in catalog.briefings if briefing.id == name), 0)
    if not number.isdecimal() or not 1 <= int(number) <= steps or number != str(int(number)):
        raise ValueError("is not a step of a briefing here")
    return text


def _camera(text: str, _: Catalog) -> Camera:
    try:
        camera = Camera(*(float(part) for part in text.split("/")))
    except (TypeError, ValueError):
        raise ValueError("is not zoom/latitude/longitude") from None
    inside = 0 <= camera.zoom <= 19 and abs(camera.lat) <= 90 and abs(camera.lon) <= 360
    if not inside or not all(map(math.isfinite, camera)):
        raise ValueError("is not a place on the map")
    return camera


def _write_camera(camera: Camera) -> str:
    return f"{camera.zoom:g}/{camera.lat:.4f}/{camera.lon:.4f}"


FIELDS: Final = (
    UrlField("from", "start", "first day of the window", _day, date.isoformat),
    UrlField("to", "end", "last day of the window", _day, date.isoformat),
    *(
        UrlField(
            facet.key,
            facet.key,
            facet.doc or f"{facet.key}s to show; none: all",
            _one_of(lambda catalog, facet=facet: [o.value for o in facet.options(catalog)]),  # type: ignore[misc]
            str,
            repeatable=True,
        )
        for facet in FACETS
    ),
    UrlField("q", "search", "text to find in titles and names", _search, str),
    UrlField("sel", "selected", "selected row, such as site:al-tanf", _selected, str),
    UrlField("map", "camera", "zoom/latitude/longitude of the map", _camera, _write_camera),
    UrlField("base", "base", "basemap; without it the built-in one", _one_of(lambda _: BASES), str),
    UrlField("tab", "tab", "panel beside the map", _one_of(lambda _: TABS), str),
    UrlField("show", "show", "what the sites on the map say: status or changes", _one_of(lambda _: SHOWN), str),
    UrlField("known", "known", "only what was public on this day", _day, date.isoformat),
    UrlField("data", "cited", "version of the data that a citation was made with", _version, str),
    UrlField("step", "step", "step of a briefing, such as al-tanf-withdrawal/2", _step, str),
)
"""A public contract: links in the wild hold these keys."""


def default_view(catalog: Catalog) -> View:
    """Return the view of the bare address: the dataset's window, or all its incidents and movements."""
    window = catalog.dataset.window
    if window is not None:
        return View(_within(window.first), _within(window.last))
    frames = [frame for frame in (catalog.incidents, catalog.movements) if len(frame)]
    if not frames:
        return View(date(2000, 1, 1), date(2000, 12, 31))
    first = min(int(frame["start_first"].min()) for frame in frames)
    last = max(int(frame["end_last"].max()) for frame in frames)
    return View(_within(day_of(first)), _within(day_of(last)))


def _within(day: date) -> date:
    """Return the day nearest to ``day`` that a window may have."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def read_view(params: Params, catalog: Catalog) -> tuple[View, list[str]]:
    """Read a query string; a value that does not parse or names nothing is ignored with a notice."""
    default = default_view(catalog)
    read: dict[str, Any] = {}
    notices: list[str] = []
    for field in FIELDS:
        values = []
        texts = params.get(field.key, ())
        for text in texts if field.repeatable else texts[-1:]:
            try:
                values.append(field.read(text, catalog))
            except ValueError as error:
                notices.append(f"The link's {field.key} “{_shown(text)}” {error}, so it is ignored.")
        if values:
            read[field.field] = tuple(dict.fromkeys(values)) if field.repeatable else values[-1]
    view = replace(default, **read)
    if view.start > view.end:
        notices.append(f"The link's window ends on {view.end}, before its start, so it is ignored.")
        view = replace(view, start=default.start, end=default.end)
    return view, notices


def write_query(view: View, catalog: Catalog) -> dict[str, list[str]]:
    """Write ``view`` as a query string's values by key; what is as by default is left out."""
    default = default_view(catalog)
    query: dict[str, list[str]] = {}
    for field in FIELDS:
        value = getattr(view, field.field)
        if value != getattr(default, field.field):
            query[field.key] = [field.write(v) for v in value] if field.repeatable else [field.write(value)]
    return query


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
