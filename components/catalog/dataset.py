"""dataset.toml: what a data folder is, so that another folder is another dashboard."""

import tomllib
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from components.catalog.files import Folder
from components.catalog.problems import Problem, excerpt
from components.catalog.vocabulary import DEFAULT, MovementKind, SiteKind, SourceKind, Vocabulary, extended

FILE = "dataset.toml"


class Home(BaseModel):
    """Where the map opens."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    lat: Annotated[float, Field(ge=-90, le=90)] = 20.0
    lon: Annotated[float, Field(ge=-180, le=180)] = 0.0
    zoom: Annotated[float, Field(ge=0, le=19)] = 2.0


class Period(BaseModel):
    """A span of days, both ends inclusive, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    name: str = ""
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before its start {self.first}")
        return self


class Confirmation(BaseModel):
    """For how many days after it was last confirmed an open presence is still there as far as known, by its status."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    present: Annotated[int, Field(ge=1)] = 365
    drawing_down: Annotated[int, Field(ge=1, alias="drawing-down")] = 90
    """A force that says it is leaving may be gone before anyone reports it."""

    def days(self, status: str) -> int:
        """Return the days for a presence's status; a presence that is only reported is never more than possible.

        >>> Confirmation().days("present"), Confirmation().days("drawing-down")
        (365, 90)
        """
        return self.drawing_down if status == "drawing-down" else self.present


class Accepted(BaseModel):
    """A warning of `laydown check` that a curator has answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rule: str
    row: str
    """As claims name it: ``incident:palmyra-attack-2025-12-13``."""
    why: str


class Dataset(BaseModel):
    """What the folder is: its titles, credits, home view and default window."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str = "Laydown"
    subtitle: str = ""
    licence: str = ""
    credits: tuple[str, ...] = ()
    home: Home = Home()
    window: Period | None = None
    """The window a visitor first sees; None: all the data."""
    periods: tuple[Period, ...] = ()
    checked: date | None = None
    """The day up to which the curators looked for reports."""
    confirmation: Confirmation = Confirmation()
    incidents: Literal["selected", "recorded"] = "selected"
    """What the incidents are: those that curators chose, or all that a recorder has, as in an import."""
    subject: str = ""
    """The force that the dataset is about, by id; "" for none: see view/subject.py."""
    posture: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=24)] = "Posture"
    """What readers see who holds what called, as where it is "Control"."""
    accepted: tuple[Accepted, ...] = ()
    site_kinds: tuple[SiteKind, ...] = ()
    """Kinds beside those of vocabulary.toml, or in place of one of the same id; the same of the next two."""
    movement_kinds: tuple[MovementKind, ...] = ()
    source_kinds: tuple[SourceKind, ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All kinds that its rows may have."""
        return extended(self.site_kinds, self.movement_kinds, self.source_kinds, DEFAULT)


def read_dataset(folder: Folder) -> tuple[Dataset, list[Problem]]:
    """Read ``folder``'s dataset.toml; where it is missing or wrong, say so and use the defaults."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
        return Dataset.model_validate(tomllib.loads(text)), []
    except FileNotFoundError:
        return Dataset(), [
            Problem(FILE, None, None, "", "is missing", "add one with a title, a home view and a window", True)
        ]
    except OSError as error:
        return Dataset(), [
            Problem(FILE, None, None, "", f"cannot be read: {error.strerror}", "check the file", kept=True)
        ]
    except ValidationError as error:
        return Dataset(), [
            Problem(
                FILE,
                None,
                ".".join(str(part) for part in fault["loc"]),
                excerpt(str(fault["input"])),
                fault["msg"],
                "mend it: the defaults are used until then",
                kept=True,
            )
            for fault in error.errors(include_url=False)
        ]
    except ValueError as error:  # not UTF-8, not TOML, or a number beyond all bounds
        mend = "mend it: the defaults are used until then"
        return Dataset(), [Problem(FILE, None, None, "", f"is not valid TOML: {error}", mend, kept=True)]
