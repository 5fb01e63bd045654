"""What every file that leaves says of itself: what it shows, from which data, on what terms, and where it came from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final

from pydantic import ConfigDict, Field

from components.catalog.catalog import Catalog
from components.catalog.dates import PATTERN
from components.view.record import checked_on, newest_report, record_text
from components.view.title import scope_text, view_title
from components.view.view import View, default_view
from components.view.wording import day_text

MAX_SUBJECT: Final = 180
"""Bytes of a file's name that say of what it is."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """A file's origin. Its fields stand under these names in the API too, whose description has their docstrings."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    title: str
    """The view's: what is selected, the dataset, the window."""
    window: str
    """The window in words, and the as-known day where there is one."""
    dataset: str
    """The dataset's title."""
    data: Annotated[str, Field(json_schema_extra={"pattern": "^[0-9a-f]{12}$"})]
    """The data's version, twelve hexadecimal digits."""
    checked: Annotated[str | None, Field(json_schema_extra={"format": "date"})]
    """The day up to which the curators looked for reports, as ISO 8601 has it; None where that is not on record."""
    newest_report: Annotated[str | None, Field(json_schema_extra={"pattern": PATTERN})]
    """When the newest report that a row rests on was published, as precise as that is known; None for none."""
    record: str
    """The same in words, and whether the window ends after it; "" where neither is known."""
    licence: str
    """The data's."""
    credits: Sequence[str]
    """The data's."""
    link: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    """The view's, on the page it came from."""


def provenance(catalog: Catalog, view: View, link: str) -> Provenance:
    """Return what a file of ``view``, whose address is ``link``, says of itself."""
    dataset = catalog.dataset
    days = dict.fromkeys((day_text(view.start), day_text(view.end)))
    checked = checked_on(catalog, view.known)
    newest = newest_report(catalog, view.known)
    return Provenance(
        title=view_title(catalog, view),
        window=f"{' – '.join(days)}{scope_text(view)}",
        dataset=dataset.title,
        data=catalog.version,
        checked=checked.isoformat() if checked else None,
        newest_report=newest.text if newest else None,
        record=record_text(catalog, view),
        licence=dataset.licence or "no licence stated",
        credits=dataset.credits,
        link=link,
    )


def file_name(catalog: Catalog, view: View, what: str, ending: str) -> str:
    """Return a name that says what is inside: "Al-Tanf garrison, incidents, 2025-12-01 to 2026-03-12.csv".

    Letters of any script stay; what a file system or a shell takes for more than a letter becomes a space. A long
    subject is cut, so that the whole is no longer than a file system's name may be (255 bytes).
    """
    subject = view_title(catalog, replace(default_view(catalog), selected=view.selected))
    rest = ", ".join(part for part in (what, f"{view.start} to {view.end}") if part)
    cut = _plain(subject).encode()[:MAX_SUBJECT].decode(errors="ignore").strip(". ")
    return f"{', '.join(part for part in (cut, _plain(rest)) if part)}.{ending}"


def whole_name(catalog: Catalog, what: str, ending: str) -> str:
    """Return the name of a file of all the data, cut as above: "Missions in the Sahel, data 0123456789ab.zip"."""
    cut = _plain(catalog.dataset.title).encode()[:MAX_SUBJECT].decode(errors="ignore").strip(". ")
    return f"{', '.join(part for part in (cut, f'{what} {catalog.version}') if part)}.{ending}"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w .,()–-]+", " ", text).split()).strip(". ")
