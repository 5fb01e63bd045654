"""The tables of a data folder, declared once: for the loader, the locator, data/README.md's table and the tests.

A table is a pydantic model: a field is a column, its type says what a cell may hold, its description is
its documentation. Blank cells are None where a column may be blank.

It is longer than other modules, as it is one declaration: the types of cells, and the tables that are made of them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from components.catalog.dates import PartialDate, parse_date
from components.catalog.polygons import PolygonsError, read_polygons, write_polygons
from components.catalog.problems import excerpt
from components.catalog.vocabulary import DEFAULT, KIND_ID, Vocabulary

Confidence = Literal["high", "medium", "low"]
Precision = Literal["site", "town", "district", "country", "undisclosed"]
Status = Literal["present", "drawing-down", "reported", "planned"]
Moved = Literal["troops", "detainees", "civilians", "equipment"]
Measure = Literal["count", "part", "plan", "usual"]
StandsFor = Literal["unarmed", "unidentified"]
Shape = Literal["triangle-up", "triangle-down", "diamond", "circle", "ring", "plus", "cross"]

NO_DOCUMENT: Final = "memory"
"""The kind of what is no source, but marks that none was found."""

PRECISION_RADIUS_KM: Final[Mapping[str, float]] = {
    "site": 0.5,
    "town": 5.0,
    "district": 25.0,
    "country": 100.0,
    "undisclosed": 100.0,
}
"""The radius within which a place of each precision may lie, unless the gazetteer gives its own. Finest first."""

PRECISIONS: Final = tuple(PRECISION_RADIUS_KM)
DERIVED: Final = "laydown_"
"""What a column's name begins with that an export has added: the loader leaves it alone."""
MAX_RADIUS_KM: Final = 5000.0
"""The radius of the largest place there may be: about half a hemisphere."""
MAX_CELL: Final = 10_000
"""Characters a cell may hold; more is a paste gone wrong."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a column whose cell names rows of another table; ``ids`` draws their ids from the cell's value."""

    table: str
    ids: Callable[[Any], Iterable[str]] = lambda value: (value,) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Word:
    """Marks a column whose cell is a kind that the folder's vocabulary has (vocabulary.py)."""

    kinds: str
    """``site_kinds``, ``movement_kinds`` or ``source_kinds``."""


class Toll(NamedTuple):
    """People of one side killed or wounded: from ``low`` to ``high``, which is None for "at least"."""

    force: str
    low: int
    high: int | None


ROW_TABLES: Final[Mapping[str, str]] = {
    "site": "sites",
    "presence": "presence",
    "incident": "incidents",
    "movement": "movements",
    "strength": "strengths",
}
"""How a row of a table is named where rows of several tables are meant: ``site:al-tanf``."""

_TOLL = re.compile(r"(?P<force>[a-z0-9-]+) +(?P<low>\d+)(?:(?P<more>\+)|-(?P<high>\d+))?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_UTF8 = re.compile(r"[\ud800-\udfff]")  # how the reader's surrogateescape marks such bytes


def _wrong(what: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("laydown", "{what}", {"what": what, "mend": mend})


def _clean(value: str) -> str:
    if len(value) > MAX_CELL:
        raise _wrong(f"holds {len(value):,} characters", f"keep a cell under {MAX_CELL:,} characters")
    if value.isprintable():  # most are, and this says so ten times as fast
        return value.strip()
    if _CONTROL.search(value):
        raise _wrong("holds a control character (such as NUL)", "delete the character and type the text again")
    if _NOT_UTF8.search(value):
        raise _wrong("holds bytes that are not UTF-8", "save the file as UTF-8 (in Excel: CSV UTF-8)")
    return value.strip()


def _blank_is_none(value: str) -> str | None:
    return value.strip() or None


def _date(value: str) -> PartialDate | None:
    if not value.strip():
        return None
    try:
        return parse_date(value.strip())
    except ValueError as error:
        mend = "write YYYY-MM-DD, YYYY-MM or YYYY, as precise as the source; or the first and the last it may be, a..b"
        raise _wrong(str(error), mend) from error


def _day(value: str) -> PartialDate:
    date = _date(value)
    if date is None:
        raise _wrong("is blank", "write YYYY-MM-DD, YYYY-MM or YYYY, as precise as the source")
    return date


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in _clean(value).split(";")) if part)


def _tolls(value: str) -> tuple[Toll, ...]:
    tolls = []
    for part in _parts(value):
        match = _TOLL.fullmatch(part)
        if not match:
            raise _wrong(f"'{excerpt(part, 40)}' is not a toll", "write force and number: a 3; b 241-300; c 20+")
        low = int(match["low"])
        high = int(match["high"]) if match["high"] else None if match["more"] else low
        if high is not None and low > high:
            raise _wrong(f"{low} is more than {high}", "write the lower number first")
        tolls.append(Toll(match["force"], low, high))
    return tuple(tolls)


def _url(value: str) -> str | None:
    address = _clean(value)
    if not address:
        return None
    if not re.fullmatch(r"https?://[^\s<>\"'`\\]+", address):
        raise _wrong("is not a web address", "give the whole address, beginning with http:// or https://")
    return address


def _polygons(value: str) -> str:
    try:
        return write_polygons(read_polygons(value))
    except PolygonsError as error:
        raise _wrong(error.what, error.mend) from error


SLUG = KIND_ID
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=100, strip_whitespace=True)]
Text = Annotated[str, BeforeValidator(_clean)]
Name = Annotated[str, StringConstraints(min_length=1), BeforeValidator(_clean)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_parts)]
SomeTexts = Annotated[tuple[str, ...], BeforeValidator(_parts), Field(min_length=1)]
Day = Annotated[PartialDate, BeforeValidator(_day)]
MaybeDay = Annotated[PartialDate | None, BeforeValidator(_date)]
Count = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_blank_is_none)]
Degrees = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90)] | None, BeforeValidator(_blank_is_none)]
Longitude = Annotated[Degrees | None, BeforeValidator(_blank_is_none)]
Kilometres = Annotated[Annotated[float, Field(gt=0, le=MAX_RADIUS_KM)] | None, BeforeValidator(_blank_is_none)]
MaybePrecision = Annotated[Precision | None, BeforeValidator(_blank_is_none)]
Force = Annotated[Slug, Ref("forces")]
Forces = Annotated[tuple[Slug, ...], BeforeValidator(_parts), Ref("forces")]
Site = Annotated[Slug, Ref("sites")]
MaybeSite = Annotated[Slug | None, BeforeValidator(_blank_is_none), Ref("sites")]
Sources = Annotated[tuple[Slug, ...], BeforeValidator(_parts), Field(min_length=1), Ref("sources")]
Polygons = Annotated[str, BeforeValidator(_polygons)]
Tolls = Annotated[
    tuple[Toll, ...], BeforeValidator(_tolls), Ref("forces", lambda tolls: (toll.force for toll in tolls))
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$", to_lower=True, strip_whitespace=True)]


class Row(BaseModel):
    """A row of any table. Unknown columns are reported by the loader and ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Dated(Row):
    """A row with a span in time, both ends inclusive."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        start, end = getattr(self, "start", None), getattr(self, "end", None)
        if start and end and end.last < start.first:
            raise _wrong(f"end {end.text} is before start {start.text}", "swap them, or mend the wrong one")
        return self


class Counted(Dated):
    """A row with a number of something, as a low–high range."""

    low: Count = Field(None, description="at least so many")
    high: Count = Field(None, description="at most so many; the same as low where one number is given")

    @model_validator(mode="after")
    def _low_first(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise _wrong(f"low {self.low} is more than high {self.high}", "write the lower number in low")
        return self


class Placed(Row):
    """A row with a point of its own, where one is known."""

    lat: Latitude = Field(None, description="degrees north, where surveyed")
    lon: Longitude = Field(None, description="degrees east, where surveyed")
    precision: MaybePrecision = Field(None, description="the finest the row claims; blank: as found")
    radius_km: Kilometres = Field(None, description="how far off lat/lon it may be; blank: as its precision says")

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise _wrong("has one of lat and lon", "give both, or neither and a place")
        if self.radius_km is not None and self.lat is None:
            raise _wrong("has a radius_km and no lat/lon", "give the point that it is about, or leave it out")
        return self


class SourceRow(Row):
    """A document that rows rest on."""

    id: Slug = Field(description="slug, such as reuters-2026-02-12")
    publisher: Name = Field(description="who published it")
    title: Name = Field(description="its title")
    url: Annotated[str | None, BeforeValidator(_url)] = Field(None, description="web address")
    published: MaybeDay = Field(None, description="date of publication")
    kind: Annotated[Slug, Word("source_kinds")] = Field(description="what kind of source")
    language: Text = Field("", description="language code")
    via: Text = Field("", description="who cites it, where no curator has read the page itself")
    archived: Annotated[str | None, BeforeValidator(_url)] = Field(None, description="web address of an archived copy")
    accessed: MaybeDay = Field(None, description="when a curator last read it")
    note: Text = Field("", description="how far to trust it")


class ForceRow(Row):
    """Who can hold a site."""

    id: Slug = Field(description="slug")
    name: Name = Field(description="name")
    name_ar: Text = Field("", description="Arabic name")
    called: Text = Field("", description="its people in a sentence, in the plural: French forces")
    aliases: Texts = Field((), description="other names, and groups that belong to it, by which it is searched for")
    parent: Annotated[Slug | None, BeforeValidator(_blank_is_none), Ref("forces")] = Field(
        None, description="the force it belongs to"
    )
    stands_for: Annotated[StandsFor | None, BeforeValidator(_blank_is_none)] = Field(
        None, description="what it stands for that is no force: unarmed people, such as civilians, or the unidentified"
    )
    colour: Colour = Field(description="#rrggbb, colour-blind checked")


class KindRow(Row):
    """A kind of incident, told by shape and colour. Squares are kept for sites."""

    id: Slug = Field(description="slug, the value in incidents.kind and in links")
    label: Name = Field(description="name in the filter and the legend")
    shape: Shape = Field(description="shape of its symbol")
    colour: Colour = Field(description="#rrggbb")


class PlaceRow(Row):
    """What geopy answered, written by `laydown locate` and reviewed."""

    query: Name = Field(description="what was asked")
    lat: Annotated[float, Field(ge=-90, le=90)] = Field(description="degrees north")
    lon: Degrees = Field(description="degrees east")
    precision: Precision = Field(description="how precise the answer is")
    radius_km: Kilometres = Field(None, description="radius of the place; blank: as its precision says")
    geocoder: Name = Field(description="which geocoder answered")
    matched: Name = Field(description="the name it matched")
    located_on: Day = Field(description="when it was asked")


class SiteRow(Placed):
    """A place a force can hold."""

    id: Slug = Field(description="slug, such as al-tanf")
    name: Name = Field(description="name")
    name_ar: Text = Field("", description="Arabic name")
    aliases: Texts = Field((), description="other names and spellings")
    kind: Annotated[Slug, Word("site_kinds")] = Field(description="kind of site")
    country: SomeTexts = Field(description="country; two where it lies on a border or sources differ")
    admin1: Text = Field("", description="governorate")
    place: Text = Field("", description="what the geocoder is asked where lat/lon are blank")
    summary: Text = Field("", description="what it is, in a sentence or two")
    sources: Sources = Field(description="source ids")


class PresenceRow(Dated):
    """A force at a site for an interval."""

    id: Slug = Field(description="slug")
    site: Site = Field(description="site id")
    force: Force = Field(description="force id")
    role: Text = Field("", description="what it does there")
    unit: Text = Field("", description="the unit's name at the time, where it changed while the force stayed")
    status: Status = Field(description="status")
    start: MaybeDay = Field(None, description="first day, month or year; blank: unknown")
    end: MaybeDay = Field(None, description="last day, month or year; blank: still there as far as known")
    first_confirmed: MaybeDay = Field(None, description="when it was first on record, where the start is unknown")
    last_confirmed: MaybeDay = Field(None, description="when an open presence was last confirmed")
    searched: MaybeDay = Field(
        None, description="the day up to which a report of its end was looked for, and none was found"
    )
    confidence: Confidence = Field(description="how sure")
    note: Text = Field("", description="what to know")
    sources: Sources = Field(description="source ids")


class AreaRow(Dated):
    """An area that a force holds for an interval."""

    id: Slug = Field(description="slug")
    name: Name = Field(description="what it is called")
    force: Force = Field(description="force id")
    start: MaybeDay = Field(None, description="first day, month or year; blank: unknown")
    end: MaybeDay = Field(None, description="last day, month or year; blank: held still as far as known")
    last_confirmed: MaybeDay = Field(None, description="when an area without an end was last confirmed")
    confidence: Confidence = Field(description="how sure")
    note: Text = Field("", description="what to know")
    geometry: Polygons = Field(
        description="its outline: POLYGON or MULTIPOLYGON as well-known text (WKT), longitude before latitude, "
        "holes allowed, 2,000 points at most"
    )
    sources: Sources = Field(description="source ids")


class IncidentRow(Dated, Placed):
    """Something that happened."""

    id: Slug = Field(description="slug")
    title: Name = Field(description="title")
    kind: Annotated[Slug, Ref("kinds")] = Field(description="kind id")
    start: Day = Field(description="day, month or year")
    end: MaybeDay = Field(None, description="last day; blank: as start")
    site: MaybeSite = Field(None, description="site id, or")
    place: Text = Field("", description="what the geocoder is asked")
    country: Texts = Field((), description="country; blank: the site's")
    forces: Forces = Field((), description="force ids of all sides")
    killed: Tolls = Field((), description="by side, each a force id and a number: navy 3; militia 20+; rebels 241-300")
    wounded: Tolls = Field((), description="as killed")
    part_of: Annotated[Slug | None, BeforeValidator(_blank_is_none), Ref("incidents")] = Field(
        None, description="the incident that this one is a part of: its tolls are in the whole's already"
    )
    confidence: Confidence = Field(description="how sure")
    summary: Text = Field("", description="what happened")
    further: Text = Field("", description="what else the source's file tells, a line each: Label: value")
    sources: Sources = Field(description="source ids")

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not self.site and not self.place and self.lat is None:
            raise _wrong("has no site, no place and no lat/lon", "give one; a whole country is a place too")
        return self


class MovementRow(Counted):
    """From a site to a site."""

    id: Slug = Field(description="slug")
    title: Name = Field(description="title")
    kind: Annotated[Slug, Word("movement_kinds")] = Field(description="kind of movement")
    start: Day = Field(description="day, month or year")
    end: MaybeDay = Field(None, description="last day; blank: as start")
    origin: Text = Field("", description="site id, or a place the geocoder is asked; blank: not stated")
    destination: Text = Field("", description="as origin")
    force: Force = Field(description="force id")
    moved: Annotated[Moved, BeforeValidator(lambda value: value.strip() or "troops")] = Field(
        "troops",
        description="what moved: troops, with their equipment or without; equipment, where no troops are reported; "
        "detainees; civilians. Blank: troops",
    )
    what: Text = Field("", description="the same in the sources' words: camp guards, trucks with armour")
    unit: Text = Field("", description="what low and high count: people, vehicles, aircraft")
    part_of: Annotated[Slug | None, BeforeValidator(_blank_is_none), Ref("movements")] = Field(
        None, description="the movement that this one is a part of: its number is in the whole's already"
    )
    confidence: Confidence = Field(description="how sure")
    summary: Text = Field("", description="what is known")
    sources: Sources = Field(description="source ids")

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not self.origin and not self.destination:
            raise _wrong("has neither origin nor destination", "give at least one")
        return self


class StrengthRow(Counted):
    """A count of people on a date, as reported."""

    id: Slug = Field(description="slug")
    force: Force = Field(description="force id")
    country: Text = Field("", description="country")
    site: MaybeSite = Field(None, description="site id, where the count is of one site")
    date: Day = Field(description="day, month or year the count speaks of")
    measure: Annotated[Measure, BeforeValidator(lambda value: value.strip() or "count")] = Field(
        "count", description="of all who are there (count), only a part, a plan or the usual size; blank: count"
    )
    confidence: Confidence = Field(description="how sure")
    note: Text = Field("", description="what the figure is")
    sources: Sources = Field(description="source ids")


class CountRow(Counted):
    """A running total of something, as stated on a date; the rows of one series are told together."""

    id: Slug = Field(description="slug")
    series: Name = Field(description="what is counted since when, the same on all its rows: Attacks on convoys")
    unit: Name = Field(description="what low and high count, in the plural: attacks")
    since: Day = Field(description="the first day that is counted")
    date: Day = Field(description="day, month or year up to which is counted")
    country: Texts = Field((), description="where; several where it is of them together")
    claimant: Text = Field("", description="whose claim it is, where it is no more than that")
    confidence: Confidence = Field(description="how sure")
    note: Text = Field("", description="what the figure is")
    sources: Sources = Field(description="source ids")


class ClaimRow(Row):
    """One side of a disagreement; rival values stand side by side, none is dropped."""

    id: Slug = Field(description="slug")
    topic: Name = Field(description="the disagreement in one line, the same on all its rows")
    row: Annotated[str, BeforeValidator(_clean), Ref("rows")] = Field(
        description="the row in question, such as site:al-tanf"
    )
    field: Name = Field(description="the column in question")
    value: Name = Field(description="what this side says")
    claimant: Text = Field("", description="who says so")
    expected: MaybeDay = Field(None, description="by when, where it is a forecast")
    outcome: Text = Field("", description="what became of a forecast, once its day has passed")
    note: Text = Field("", description="what to know")
    sources: Sources = Field(description="source ids")


class GazetteerRow(Row):
    """A named place of the offline gazetteer."""

    id: Slug = Field(description="slug, with the gazetteer it is from")
    name: Name = Field(description="name")
    aliases: Texts = Field((), description="other names and spellings, Arabic included")
    kind: Literal["town", "airfield", "governorate", "country"] = Field(description="kind of place")
    country: Name = Field(description="country")
    admin1: Text = Field("", description="governorate")
    lat: Annotated[float, Field(ge=-90, le=90)] = Field(description="degrees north")
    lon: Degrees = Field(description="degrees east")
    precision: Precision = Field(description="precision of the point")
    radius_km: Kilometres = Field(None, description="radius of the place; blank: as its precision says")
    population: Count = Field(None, description="people, where known")
    source: Name = Field(description="geonames, ourairports or curated")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the data folder and the model of its rows."""

    name: str
    row: type[Row]
    key: str = "id"
    required: bool = True

    @property
    def file(self) -> str:
        """The file's name in the data folder."""
        return f"{self.name}.csv"

    @property
    def doc(self) -> str:
        """One line on what a row is."""
        return (self.row.__doc__ or "").strip()


TABLES: Final = (
    Table("sources", SourceRow),
    Table("forces", ForceRow),
    Table("kinds", KindRow),
    Table("sites", SiteRow),
    Table("presence", PresenceRow, required=False),
    Table("areas", AreaRow, required=False),
    Table("incidents", IncidentRow),
    Table("movements", MovementRow, required=False),
    Table("strengths", StrengthRow, required=False),
    Table("counts", CountRow, required=False),
    Table("claims", ClaimRow, required=False),
    Table("places", PlaceRow, key="query", required=False),
)
"""In the order in which they refer to one another."""

BY_NAME: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}

GAZETTEER: Final = Table("gazetteer", GazetteerRow, required=False)


def refs(table: Table) -> dict[str, Ref]:
    """Return the columns of ``table`` that name rows of other tables.

    >>> {column: ref.table for column, ref in refs(BY_NAME["presence"]).items()}
    {'site': 'sites', 'force': 'forces', 'sources': 'sources'}
    """
    return {
        name: meta for name, field in table.row.model_fields.items() for meta in field.metadata if isinstance(meta, Ref)
    }


def words(table: Table) -> dict[str, str]:
    """Return the columns of ``table`` that hold kinds, and of what.

    >>> words(BY_NAME["sites"])
    {'kind': 'site_kinds'}
    """
    fields = table.row.model_fields.items()
    return {name: meta.kinds for name, field in fields for meta in field.metadata if isinstance(meta, Word)}


def vocabulary(table: Table, column: str, kinds: Vocabulary = DEFAULT) -> tuple[str, ...]:
    """Return the values a column may hold in a folder of those ``kinds``, or () where it is free text.

    >>> vocabulary(BY_NAME["presence"], "confidence")
    ('high', 'medium', 'low')
    """

    def literals(annotation: object) -> tuple[str, ...]:
        found: list[str] = []
        for arg in get_args(annotation):
            found += [arg] if isinstance(arg, str) else literals(arg)
        return tuple(found)

    if column in (held := words(table)):
        return kinds.ids(held[column])
    return literals(table.row.model_fields[column].annotation)
