"""The View: all that a link must restore, and the one table of how it is written in a URL.

It is longer than other modules, as its fields, the table of their keys (FIELDS) and how each key's value is read and
written are one declaration.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final, NamedTuple

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.derived import derived
from components.catalog.opened import PREFIX
from components.catalog.sets import SET, data_sets, set_name
from components.catalog.tables import ROW_TABLES
from components.view.box import FORM as BOX_FORM
from components.view.box import Box, read_box, write_box
from components.view.extent import FIRST_DAY, LAST_DAY, extent, within
from components.view.facets import FACETS, Facet

TABS: Final = ("changes", "happened", "trends", "posture", "strength", "disputes", "table", "problems")
"""The panels that have a tab on the page, in its order; see ``offered``."""
OF_SITES: Final = ("changes",)
"""Those that tell of sites alone."""
OF_HOLDERS: Final = ("posture",)
"""Those that tell of sites and of held areas."""
WITHOUT_SITES: Final = "trends"
"""What opens where there are no sites."""
CARD: Final = "selected"
"""The panel that holds the selected row's card: it has no tab, but opens over them."""
ORDERS: Final = ("newest", "oldest")
"""Which of what happened is told first."""
BASES: Final = ("vector", "osm", "carto-positron", "carto-dark-matter", "esri-imagery", "opentopomap")
"""The basemaps: the built-in one, and the online ones of map/basemaps.py."""
MEASURES: Final = ("incidents", "killed")
"""What Trends counts."""
GROUPINGS: Final = ("kind", "force", "country")
"""By which facet it does."""
UNITS: Final = ("day", "week", "month")
"""Of what its bars are."""
SHOWN: Final = ("status", "changes")
"""What the sites' squares on the map say: how each stands at the window's end, or what the window did to it."""
LANGUAGES: Final = ("", "en", "ar")
"""In which places are named on the map; "": in both, where there is room."""
ON: Final = "1"
"""The value of a switch that is on."""
SELECTABLE: Final = ("site", "incident", "movement")
MAX_SEARCH: Final = 200

Params = Mapping[str, Sequence[str]]
"""A query string as repeatable values by key."""


class Camera(NamedTuple):
    """Where the map looks."""

    zoom: float
    lat: float
    lon: float


class DayNumbers(NamedTuple):
    """The days of a View by their numbers, in which days are compared; see catalog/dates.py."""

    start: int
    end: int
    known: int | None


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
    disputed: bool = False
    """Whether only what rival claims are about is shown."""
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What is chosen of facets that have no field of their own, each by its key, in the order of FACETS."""
    order: str = ORDERS[0]
    """What of what happened is told first."""
    lang: str = ""
    """One of LANGUAGES."""
    alike: str = ""
    """ON where the map draws everything alike, "" where only what matters most stands out (view/levels.py)."""
    wide: str = ""
    """ON where the table stands under the map, as wide as both; "" where it stands beside it."""
    compare: int | None = None
    """Where the map is divided into the window's two days (view/compare.py), per cent from the left; None: nowhere."""
    back: str = TABS[0]
    """The panel that the selected row's card leads back to."""
    measure: str = MEASURES[0]
    """What Trends counts."""
    by: str = GROUPINGS[0]
    """The facet by which it does."""
    per: str = ""
    """One of UNITS; "": by the window's length."""
    method: str = ""
    """A heading of the folder's method, such as ``confidence``, that lies over the panel; "" for none."""
    box: Box | None = None
    """The part of the map that lists and counts keep to; None: they tell of all of it."""
    dataset: str = ""
    """The name of its data set, of several that a server has; "" for the first."""

    @property
    def day_numbers(self) -> DayNumbers:
        """The window's days and the as-known day by their numbers; who has an OnView asks that."""
        known = None if self.known is None else day_number(self.known)
        return DayNumbers(day_number(self.start), day_number(self.end), known)

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """Return the values that are chosen of a facet; none means all."""
        value: Any = getattr(self, facet.key) if facet.key in OWN_FACETS else dict(self.more).get(facet.key, ())
        if facet.switch:
            return (facet.switch,) if value else ()
        return tuple(value)

    def choosing(self, facet: Facet, values: Sequence[str]) -> "View":
        """Return the View with ``values`` chosen of a facet."""
        if facet.key in OWN_FACETS:
            own: dict[str, Any] = {facet.key: bool(values) if facet.switch else tuple(values)}
            return replace(self, **own)
        chosen = {**dict(self.more), facet.key: tuple(values)}
        more = tuple((other.key, chosen[other.key]) for other in FACETS if chosen.get(other.key))
        return replace(self, more=more)


OWN_FACETS: Final = ("kind", "force", "country", "confidence", "disputed")
"""The facets whose choice is a field of the View."""
NO_CHOICE: Final[Mapping[str, Any]] = {
    field.name: field.default for field in fields(View) if field.name in (*OWN_FACETS, "more")
}
"""The View's fields that hold the facets' choices, with nothing chosen."""


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
    allowed: Callable[[Catalog], Collection[str]] | None = None
    """The values it may have, where they can be counted."""
    form: str = ""
    """What its values look like, where they cannot."""
    facet: Facet | None = None
    """The facet whose choice it is; None for another field."""

    def values(self, view: View) -> tuple[Any, ...]:
        """Return what ``view`` has of it: several values of one that is repeatable."""
        return view.chosen(self.facet) if self.facet else (getattr(view, self.field),)

    def reading(self, view: View, values: Sequence[Any]) -> View:
        """Return ``view`` with the values that a link has of it, of which the last counts where there is one."""
        return view.choosing(self.facet, values) if self.facet else replace(view, **{self.field: values[-1]})


@dataclass(frozen=True, slots=True)
class Fault:
    """A value of a link that does not parse or names nothing."""

    key: str
    value: str
    what: str
    """Such as "is not known here"."""
    allowed: tuple[str, ...] = ()
    form: str = ""

    @property
    def notice(self) -> str:
        """What a visitor is told, whose view does without the value."""
        return f"The link's {self.key} “{_shown(self.value)}” {self.what}, so it is ignored."


def _day(text: str, _: Catalog) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a date like 2026-02-11") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"is not between {FIRST_DAY.year} and {LAST_DAY.year}")
    return day


def _chosen(
    key: str, field: str, doc: str, values: Callable[[Catalog], Collection[str]], repeatable: bool = False
) -> UrlField:
    """Return a field whose values can be counted."""

    def read(text: str, catalog: Catalog) -> str:
        if text not in values(catalog):
            raise ValueError("is not known here")
        return text

    return UrlField(key, field, doc, read, str, repeatable, allowed=values)


def _facet(facet: Facet) -> UrlField:
    doc = facet.doc or f"{facet.key}s to show; none: all"

    @derived()
    def values(catalog: Catalog) -> Collection[str]:
        return dict.fromkeys(option.value for option in facet.options(catalog))

    return replace(_chosen(facet.key, facet.key, doc, values, repeatable=True), facet=facet)


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


def _dataset(text: str, catalog: Catalog) -> str:
    sets = data_sets()
    if text.startswith(PREFIX):
        if text != set_name(catalog.folder):
            raise ValueError("is of data that somebody opened for themselves, and is not to be had")
        return text
    if text not in sets:
        raise ValueError("is not known here")
    return set_name(sets[text])


def _percent(text: str, _: Catalog) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > 100:
        raise ValueError("is not a whole number from 0 to 100")
    return int(text)


def _camera(text: str, _: Catalog) -> Camera:
    try:
        camera = Camera(*(float(part) for part in text.split("/")))
    except (TypeError, ValueError):
        raise ValueError("is not zoom/latitude/longitude") from None
    if not (0 <= camera.zoom <= 19 and abs(camera.lat) <= 90 and abs(camera.lon) <= 360):  # nor is NaN
        raise ValueError("is not a place on the map")
    return camera


def _write_camera(camera: Camera) -> str:
    return f"{camera.zoom:g}/{camera.lat:.4f}/{camera.lon:.4f}"


@derived()
def offered(catalog: Catalog) -> tuple[str, ...]:
    """Return the panels of TABS that there are of ``catalog``, in the page's order; the first is what opens."""
    if len(catalog.sites):
        return TABS
    counted = len(catalog.strengths) or len(catalog.counts)
    unheld = () if len(catalog.areas) else OF_HOLDERS
    unclaimed = () if len(catalog.claims) else ("disputes",)
    without = (*OF_SITES, *unheld, *(() if counted else ("strength",)), *unclaimed, WITHOUT_SITES)
    return (WITHOUT_SITES, *(tab for tab in TABS if tab not in without))


_DAY_FORM: Final = f"a day such as 2026-02-11, from {FIRST_DAY.year} to {LAST_DAY.year}"
FIELDS: Final = (
    UrlField("from", "start", "first day of the window", _day, date.isoformat, form=_DAY_FORM),
    UrlField("to", "end", "last day of the window", _day, date.isoformat, form=_DAY_FORM),
    *map(_facet, FACETS),
    UrlField(
        "q", "search", "text to find in titles and names", _search, str, form=f"up to {MAX_SEARCH} characters of text"
    ),
    UrlField(
        "sel", "selected", "selected row, such as site:al-tanf", _selected, str, form="site:…, incident:… or movement:…"
    ),
    UrlField("map", "camera", "zoom/latitude/longitude of the map", _camera, _write_camera, form="zoom/lat/lon"),
    UrlField(
        "box",
        "box",
        "only what is in view: west,south,east,north of the map; without it all of the map",
        lambda text, _: read_box(text),
        write_box,
        form=BOX_FORM,
    ),
    _chosen("base", "base", "basemap; without it the built-in one", lambda _: BASES),
    _chosen(
        "tab",
        "tab",
        "panel beside the map; selected is the selected row's card",
        lambda catalog: (*offered(catalog), CARD),
    ),
    _chosen("back", "back", "panel that the card leads back to", offered),
    _chosen(
        "method",
        "method",
        "heading of “How we know” that is open over the panel, such as confidence",
        lambda catalog: catalog.method.ids if catalog.method else (),
    ),
    _chosen("order", "order", "what of what happened is told first: newest or oldest", lambda _: ORDERS),
    _chosen("measure", "measure", "what trends count: incidents or killed", lambda _: MEASURES),
    _chosen("by", "by", "by what they do: kind, force or country", lambda _: GROUPINGS),
    _chosen(
        "per",
        "per",
        "what a bar of theirs is of: day, week or month; without it by the window's length",
        lambda _: UNITS,
    ),
    _chosen("show", "show", "what the sites on the map say: status or changes", lambda _: SHOWN),
    UrlField("known", "known", "only what was public on this day", _day, date.isoformat, form=_DAY_FORM),
    _chosen("lang", "lang", "language of the names on the map: en or ar; without it both", lambda _: LANGUAGES[1:]),
    _chosen("alike", "alike", "1: all on the map is drawn alike; without it most steps back", lambda _: (ON,)),
    _chosen("wide", "wide", "1: the table stands under the map, as wide as the page", lambda _: (ON,)),
    UrlField(
        "compare",
        "compare",
        "the map in halves, as of the first and the last day: where they meet, in per cent of its width",
        _percent,
        str,
        form="a whole number from 0 to 100",
    ),
    UrlField(
        "data",
        "cited",
        "version of the data that a citation was made with",
        _version,
        str,
        form="twelve hexadecimal digits",
    ),
    UrlField(
        "step", "step", "step of a briefing, such as al-tanf-withdrawal/2", _step, str, form="a briefing's id/number"
    ),
    UrlField(
        SET,
        "dataset",
        "data set, of several that a server has (LAYDOWN_DATA); without it the first",
        _dataset,
        str,
        allowed=lambda _: data_sets(),
    ),
)
"""A public contract: links in the wild hold these keys."""


def default_view(catalog: Catalog) -> View:
    """Return the view of the bare address: the dataset's window, or all its incidents and movements."""
    window = catalog.dataset.window or extent(catalog)
    first = offered(catalog)[0]
    return View(within(window.first), within(window.last), tab=first, back=first, dataset=set_name(catalog.folder))


def on_offer(view: View, catalog: Catalog) -> View:
    """Return ``view`` with the panel that opens in place of one that ``catalog`` has not."""
    tabs = offered(catalog)
    tab, back = (tab if tab in (*tabs, CARD) else tabs[0] for tab in (view.tab, view.back))
    return replace(view, tab=tab, back=back)


def at_tab(view: View, tab: str) -> View:
    """Return ``view`` with another panel open and nothing over it; a card leads back to the one before it."""
    if tab != CARD:
        return replace(view, tab=tab, back=TABS[0], method="")
    return replace(view, tab=tab, back=view.back if view.tab == CARD else view.tab, method="")


def deselected(view: View) -> View:
    """Return ``view`` with no row selected; a card that was open has been left for the panel it leads back to."""
    left = replace(view, selected="")
    return at_tab(left, view.back) if view.tab == CARD else left


def read_view(params: Params, catalog: Catalog) -> tuple[View, list[str]]:
    """Read a query string; a value that does not parse or names nothing is ignored with a notice.

    >>> read_view({"kind": ["attack", "party"]}, catalog)[1]
    ["The link's kind “party” is not known here, so it is ignored."]
    """
    view, faults = read_checked(params, catalog)
    return view, [fault.notice for fault in faults]


def read_checked(params: Params, catalog: Catalog) -> tuple[View, list[Fault]]:
    """Read a query string, and what in it does not parse or names nothing. Keys that are no view's are left alone."""
    view = default = default_view(catalog)
    faults: list[Fault] = []
    for field in FIELDS:
        values, wrong = _read(field, params.get(field.key, ()), catalog)
        faults += wrong
        if values:
            view = field.reading(view, values)
    if view.start > view.end:
        what = f"is before the window's start, {view.start}"
        faults.append(Fault("to", view.end.isoformat(), what, form=f"a day from {view.start} on"))
        view = replace(view, start=default.start, end=default.end)
    return view, faults


def _read(field: UrlField, given: Sequence[str], catalog: Catalog) -> tuple[list[Any], list[Fault]]:
    """Return the values that a key has, each once, and what in it does not parse or names nothing.

    Of more unknown values than there are known ones only the first is named: nobody reads a thousand faults.
    """
    allowed = tuple(field.allowed(catalog)) if field.allowed else ()
    values, faults = [], []
    for text in dict.fromkeys(given) if field.repeatable else given[-1:]:
        try:
            values.append(field.read(text, catalog))
        except ValueError as error:
            faults.append(Fault(field.key, text, str(error), allowed, field.form))
    if len(faults) > max(1, len(allowed)):
        faults = [replace(faults[0], what=f"{faults[0].what}, nor are {len(faults) - 1:,} others")]
    return values, faults


def write_query(view: View, catalog: Catalog) -> dict[str, list[str]]:
    """Write ``view`` as a query string's values by key; what is as by default is left out.

    >>> write_query(replace(default_view(catalog), kind=("attack",), search="tanf"), catalog)
    {'kind': ['attack'], 'q': ['tanf']}
    """
    default, view = default_view(catalog), on_offer(view, catalog)
    query: dict[str, list[str]] = {}
    for field in FIELDS:
        values = field.values(view)
        if values != (("",) if field.key == SET else field.values(default)):
            query[field.key] = [field.write(value) for value in values]
    return query


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
