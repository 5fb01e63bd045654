"""The protocol between this server and the map's frame: the one table of the fields that cross it.

A command takes the View to the frame, a report brings back what the visitor changed on the map. Both hold the fields
of FIELDS by name, and so does the frame's own view state (map/assets/view_state.js). To add a field, add a row: the
command, the check of a report, the frame's reports and an embed's address follow from it; what the map draws of it is
one use of ``app.view.<name>`` in map/assets/.

The frame is the visitor's browser: what it reports is checked like any link's value.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import numpy as np

from components.catalog.catalog import Catalog
from components.catalog.dates import day_of
from components.map.payload import changes_of_record
from components.view import view as url
from components.view.absence import DRAWN
from components.view.as_known import Areas, Presence, areas, presence, settled
from components.view.box import write_degrees
from components.view.extent import FIRST_DAY, LAST_DAY
from components.view.facets import FACETS
from components.view.index import numbers_of
from components.view.search import search
from components.view.view import View, default_view

Out = Callable[[Catalog, View], Any]
"""A View → a field's value, plain data that JSON can hold."""
Read = Callable[[Any, Catalog], Mapping[str, Any]]
"""A reported value, None where there is none → values by name; raises ValueError for what is malformed."""

NO_OTHER_FILTER: Final[Mapping[str, Any]] = {"search": "", "known": None, "box": None}
"""The View's filters beside the facets, cleared."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the protocol."""

    name: str
    """In the command, in the report, and in the frame's view state."""
    doc: str
    out: Out | None = None
    """What the command says; None: it is only reported."""
    read: Read | None = None
    """What a report of it sets, most of it fields of the View; None: it is never reported."""
    keys: tuple[str, ...] = ()
    """The link's keys of which it is the value; in ``facets`` each has a value of its own."""
    link: Literal["", "day", "text", "list", "clear"] = ""
    """How an embed keeps it in its address: a day number as an ISO date, texts as they are, numbers with commas
    between, or only taken out when it is cleared; "": not at all."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the frame reports, checked."""

    changes: Mapping[str, Any]
    """The View's fields as the map shows them now, by name."""
    playing: bool = False
    """Whether the window is being played, and so no step in the history."""
    address: str = ""
    """The page's address, in which the browser keeps the camera; "" where it is not known."""


def _day(name: str) -> Read:
    field = _url_field(name)

    def read(value: Any, catalog: Catalog) -> Mapping[str, Any]:
        if type(value) is not int:
            raise ValueError("is no day number")
        try:
            day = day_of(value)
        except OverflowError:
            raise ValueError("is no day of the calendar") from None
        return {name: field.read(day.isoformat(), catalog)}

    return read


def _text(name: str) -> Read:
    field = _url_field(name)
    default = next(one.default for one in dataclasses.fields(View) if one.name == name)

    def read(value: Any, catalog: Catalog) -> Mapping[str, Any]:
        if not isinstance(value, str):
            raise ValueError("is no text")
        return {name: default if value == default else field.read(value, catalog)}

    return read


def _compare(value: Any, catalog: Catalog) -> Mapping[str, Any]:
    if value is not None and type(value) is not int:
        raise ValueError("is no whole number")
    return {"compare": None if value is None else _url_field("compare").read(str(value), catalog)}


def _box(value: Any, catalog: Catalog) -> Mapping[str, Any]:
    if value is None:
        return {"box": None}
    if not isinstance(value, list) or not all(type(one) in (int, float) for one in value):
        raise ValueError("is no list of numbers")
    return {"box": _url_field("box").read(",".join(map(write_degrees, value)), catalog)}


def _url_field(name: str) -> url.UrlField:
    return next(field for field in url.FIELDS if field.field == name)


def _facets(_: Catalog, view: View) -> Mapping[str, Sequence[str]]:
    return {facet.key: chosen for facet in FACETS for chosen in [view.chosen(facet)] if chosen}


def _read_facets(value: Any, catalog: Catalog) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(chosen, list) for chosen in value.values()):
        raise ValueError("is no object of lists")
    view = View(FIRST_DAY, LAST_DAY)
    for facet in FACETS:
        read = _url_field(facet.key).read
        view = view.choosing(facet, tuple(dict.fromkeys(read(str(one), catalog) for one in value.get(facet.key, ()))))
    return {name: getattr(view, name) for name in url.NO_CHOICE}


def _number(catalog: Catalog, view: View) -> int:
    kind, _, id_ = view.selected.partition(":")
    return int(numbers_of([id_], catalog.incidents)[0]) if kind == "incident" else -1


def _known(catalog: Catalog, view: View) -> Mapping[str, Any] | None:
    """Return what was known on the view's day, as what differs from all that is; None where all that is known counts.

    ``hidden`` are the numbers of the presence rows that were not public, ``spans`` [number, start_last, end_first,
    end_last] of those whose span was thought another, ``areas`` the same of the areas; ``settled`` by table the rows on
    which sources did not disagree yet, ``transitions`` and ``ticks`` as payload.py's changes_of_record() tells.
    """
    day = view.day_numbers.known
    if day is None:
        return None
    return {
        "day": day,
        **_otherwise(presence(catalog, day), presence(catalog, None)),
        "areas": _otherwise(areas(catalog, day), areas(catalog, None)),
        "settled": {name: numbers for name, numbers in settled(catalog, day).items() if name in DRAWN},
        **changes_of_record(catalog, day),
    }


def _otherwise(then: Presence | Areas, now: Presence | Areas) -> dict[str, Any]:
    """Return which rows were not public, and [number, start_last, end_first, end_last] of those thought otherwise."""
    spans = [(getattr(then, name), getattr(now, name)) for name in ("start_last", "end_first", "end_last")]
    other = np.logical_or.reduce([before != after for before, after in spans])
    return {
        "hidden": np.flatnonzero(now.real & ~then.real).tolist(),
        "spans": [[int(n), *(int(before[n]) for before, _ in spans)] for n in np.flatnonzero(then.real & other)],
    }


FIELDS: Final = (
    Field(
        "start",
        "the window's first day, by its number",
        lambda _, view: view.day_numbers.start,
        _day("start"),
        ("from",),
        "day",
    ),
    Field("end", "its last day, by its number", lambda _, view: view.day_numbers.end, _day("end"), ("to",), "day"),
    Field(
        "facets",
        "the chosen values by facet; a facet of which none is chosen is left out",
        _facets,
        _read_facets,
        tuple(facet.key for facet in FACETS),
        "text",
    ),
    Field(
        "terms",
        "what is searched for, folded and in its nearest spelling: see view/search.py",
        lambda catalog, view: search(catalog, view.search).terms,
        keys=("q",),
        link="clear",
    ),
    Field("known", "what was public on a day, or null", _known, keys=("known",), link="clear"),
    Field(
        "selected",
        "the selected row, such as site:al-tanf",
        lambda _, view: view.selected,
        _text("selected"),
        ("sel",),
        "text",
    ),
    Field("number", "the selected incident's: the frame knows incidents by number until it fetches texts", _number),
    Field("camera", "[zoom, lat, lon], or null for the home view", lambda _, view: view.camera, keys=("map",)),
    Field(
        "box",
        "[west, south, east, north] of the part of the map that lists and counts keep to, or null",
        lambda _, view: view.box,
        _box,
        ("box",),
        "list",
    ),
    Field("base", "the basemap", lambda _, view: view.base, _text("base"), ("base",), "text"),
    Field("lang", "the language of the names", lambda _, view: view.lang, _text("lang"), ("lang",), "text"),
    Field("alike", "whether everything is drawn alike", lambda _, view: view.alike, _text("alike"), ("alike",), "text"),
    Field("show", "what the sites' squares say", lambda _, view: view.show, keys=("show",)),
    Field(
        "compare",
        "where the map is divided into the window's two days, in per cent of its width; or null",
        lambda _, view: view.compare,
        _compare,
        ("compare",),
        "text",
    ),
    Field("step", "the briefing's step", lambda _, view: view.step, keys=("step",)),
    Field(
        "cleared",
        "whether all filters were cleared, those too that are no facets",
        read=lambda value, _: NO_OTHER_FILTER if value is True else {},
    ),
    Field("playing", "whether the window is being played", read=lambda value, _: {"playing": value is True}),
    Field("address", "the page's", read=lambda value, _: {"address": value if isinstance(value, str) else ""}),
)
"""In the order in which a report's fields are applied."""
_VIEW_FIELDS: Final = frozenset(field.name for field in dataclasses.fields(View))


def command(catalog: Catalog, view: View, link: str) -> Mapping[str, Any]:
    """Return what the browser needs of ``view``, as plain data by field; ``link`` tells two links apart."""
    values = {field.name: field.out(catalog, view) for field in FIELDS if field.out}
    return {**values, "link": hashlib.sha256(link.encode()).hexdigest()[:12]}


def read_report(report: object, catalog: Catalog) -> Report | None:
    """Return what the frame reports, checked; None for what is malformed or holds anything that is not known here."""
    if not isinstance(report, dict):
        return None
    values: dict[str, Any] = {}
    try:
        for field in FIELDS:
            if field.read:
                values |= field.read(report.get(field.name), catalog)
    except ValueError:
        return None
    if values["start"] > values["end"]:
        return None
    changes = {name: value for name, value in values.items() if name in _VIEW_FIELDS}
    return Report(changes, values["playing"], values["address"])


def read_window(start: object, end: object, catalog: Catalog) -> tuple[date, date] | None:
    """Return the days of a window by their numbers; None for what is no window."""
    try:
        first, last = _day("start")(start, catalog)["start"], _day("end")(end, catalog)["end"]
    except ValueError:
        return None
    return (first, last) if first <= last else None


def reported() -> list[str]:
    """Return the fields that the command says and a report says back: those that can be changed on the map."""
    return [field.name for field in FIELDS if field.out and field.read]


def link_keys(catalog: Catalog) -> list[Mapping[str, Any]]:
    """Return how an embed writes its view into its address: for each key where its value is, by default and how.

    ``path`` leads to the value in the view state, ``default`` is what is left out, ``write`` is as in ``Field.link``.
    """
    home = default_view(catalog)

    def row(field: Field, out: Out, key: str) -> Mapping[str, Any]:
        inner = field.name == "facets"
        return {
            "key": key,
            "path": [field.name, key] if inner else [field.name],
            "default": out(catalog, home).get(key, ()) if inner else out(catalog, home),
            "write": field.link,
        }

    return [row(field, field.out, key) for field in FIELDS if field.link and field.out for key in field.keys]
