"""The resources, sets of rows that files and the API offer: each with its fields, and where its rows come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from components.catalog.tables import BY_NAME, DERIVED, PRECISIONS, Confidence, Status
from components.export.area_rows import FIELDS as AREA_FIELDS
from components.export.area_rows import listed_areas
from components.export.fields import Field, own_fields
from components.export.named import named_fields
from components.export.rows import (
    Listing,
    listed_changes,
    listed_claims,
    listed_counts,
    listed_incidents,
    listed_movements,
    listed_posture,
    listed_sites,
    listed_sources,
    listed_strengths,
)
from components.export.trend_rows import FIELDS as TREND_FIELDS
from components.export.trend_rows import listed_trends
from components.view.on_view import OnView
from components.view.outcomes import HANDED_OVER, KINDS, VACATED
from components.view.posture import CERTAIN, KNOWN, POSSIBLE
from components.view.states import FORMER, HELD, UNKNOWN

_STATUSES: Final = (HELD, HANDED_OVER, VACATED, FORMER, UNKNOWN)
_CERTAINTIES: Final = (CERTAIN, KNOWN, POSSIBLE)
_CITED: Final = Field("cited", "its sources in words: publisher, title, date, address, archived copy", "texts")
_DISPUTED: Final = Field("disputed", "whether there are rival claims about it", "flag")
_PLACED: Final = (
    Field("site", "site id"),
    Field("name", "the site's name"),
    Field("country", "its country; two where it lies on a border", "texts"),
    Field("lat", "degrees north", "number"),
    Field("lon", "degrees east", "number"),
    Field("precision", "how precise the point is", words=PRECISIONS),
    Field("radius_km", "how far off the point may be", "number"),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A set of rows that files and the API offer."""

    name: str
    doc: str
    fields: tuple[Field, ...]
    listing: Callable[[OnView], Listing]

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields' names in CSV; beside a file's own columns the derived are marked, for the loader to leave."""
        marked = any(field.own for field in self.fields)
        return tuple(DERIVED + field.name if marked and not field.own else field.name for field in self.fields)


def _in_time(*more: Field) -> tuple[Field, ...]:
    return (
        *more,
        Field("earliest", "the first day on which it may have begun", "date"),
        Field("latest", "the last day on which it may have ended; null: not known", "date"),
        Field("certain", "whether it certainly falls in the window, not only possibly", "flag"),
        Field("whole", "the title of the whole that it is a part of"),
        Field("in_whole", "whether that is on view too: its numbers are in the whole's, not to be added up", "flag"),
        _DISPUTED,
        _CITED,
    )


def _toll_fields(column: str) -> tuple[Field, ...]:
    return (
        Field(f"{column}_low", f"at least so many {column}, of all sides; null: none stated", "integer"),
        Field(f"{column}_high", f"at most so many {column}; null: none stated, or no upper bound", "integer"),
    )


def _end_fields(end: str) -> tuple[Field, ...]:
    return (
        Field(f"{end}_name", f"the {end} in words"),
        Field(f"{end}_lat", f"degrees north of the {end}", "number"),
        Field(f"{end}_lon", f"degrees east of the {end}", "number"),
        Field(f"{end}_precision", f"how precise the {end}'s point is", words=PRECISIONS),
        Field(f"{end}_radius_km", f"how far off the {end}'s point may be", "number"),
    )


RESOURCES: Final[Mapping[str, Resource]] = {
    resource.name: resource
    for resource in (
        Resource(
            "sites",
            "The sites on view, with who holds them as of the window's last day.",
            (
                *own_fields(BY_NAME["sites"]),
                Field("status", "its state as of the window's last day", words=_STATUSES),
                Field("held_by", "force ids, the surest first", "texts"),
                Field("certainty", "how surely each of them holds it", "texts", _CERTAINTIES),
                Field("since", "since when each of them does: a date, or unknown", "texts"),
                Field("leaving", "of whose leaving no report was found, and up to when: in sentences", "texts"),
                Field("previous", "the force that left, where it was handed over or vacated"),
                Field("opened", "whether its holder came within the window and no one was there before", "flag"),
                Field("change", "what the window did to it; null: nothing", words=KINDS),
                *named_fields("sites"),
                _DISPUTED,
                _CITED,
            ),
            listed_sites,
        ),
        Resource(
            "incidents",
            "The incidents on view.",
            (
                *own_fields(BY_NAME["incidents"]),
                *_in_time(*named_fields("incidents"), *_toll_fields("killed"), *_toll_fields("wounded")),
            ),
            listed_incidents,
        ),
        Resource(
            "movements",
            "The movements on view.",
            (
                *own_fields(BY_NAME["movements"]),
                *_in_time(
                    *named_fields("movements"),
                    Field("country", "the countries it touches", "texts"),
                    *_end_fields("origin"),
                    *_end_fields("destination"),
                ),
            ),
            listed_movements,
        ),
        Resource(
            "areas",
            "The areas held on the window's last day, each with its outline.",
            AREA_FIELDS,
            listed_areas,
        ),
        Resource(
            "strengths",
            "The numbers of people that are dated in the window.",
            (*own_fields(BY_NAME["strengths"]), *named_fields("strengths"), _DISPUTED, _CITED),
            listed_strengths,
        ),
        Resource(
            "counts",
            "The statements of running totals that are dated in the window: such a number never falls.",
            (*own_fields(BY_NAME["counts"]), _CITED),
            listed_counts,
        ),
        Resource(
            "claims",
            "The rival claims on what is on view.",
            (
                *own_fields(BY_NAME["claims"]),
                Field("forecast", "of a forecast, by when and what became of it, in words"),
                _CITED,
            ),
            listed_claims,
        ),
        Resource("sources", "The sources of all that is on view.", own_fields(BY_NAME["sources"]), listed_sources),
        Resource(
            "posture",
            "Who holds the sites on view as of the window's last day.",
            (
                *_PLACED,
                Field("force", "force id"),
                *named_fields("posture"),
                Field("role", "what it does there"),
                Field("status", "as of that day", words=get_args(Status)),
                Field("certainty", "how surely it is there", words=_CERTAINTIES),
                Field("since", "when it came; null: not known", "date"),
                Field("last_confirmed", "when it was last confirmed, where no end is on record", "date"),
                Field("silent_days", "how long before the window's last day that was", "integer"),
                Field("searched", "up to when a report of its leaving was looked for, and none found", "date"),
                Field("ends", "when it left, where that is on record", "date"),
                Field("confidence", "how sure", words=get_args(Confidence)),
                Field("sources", "source ids", "texts"),
                _CITED,
            ),
            listed_posture,
        ),
        Resource(
            "changes",
            "What differs between the posture on the window's first day and on its last.",
            (
                *_PLACED,
                Field("kind", "what the window did to the site", words=KINDS),
                Field("sentence", "the change in a sentence"),
                Field("left", "ids of the forces that left", "texts"),
                Field("came", "ids of the forces that came", "texts"),
                *named_fields("changes"),
                Field("movements", "ids of the movements that explain it", "texts"),
                Field("incidents", "ids of the incidents there", "texts"),
                Field("confidence", "the lowest of the rows that tell of it", words=get_args(Confidence)),
                _DISPUTED,
                Field("sources", "source ids", "texts"),
                _CITED,
            ),
            listed_changes,
        ),
        Resource(
            "trends",
            "What the incidents on view add up to, by kind, force or country, and per day, week or month.",
            TREND_FIELDS,
            listed_trends,
        ),
    )
}
"""By name, in the order in which they are listed."""
