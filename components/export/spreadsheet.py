"""A resource's rows as CSV, safe from CSV injection in a spreadsheet; the loader reads them back as they were.

RFC 4180: commas, CRLF, quotes doubled. It begins with a byte order mark, as Excel takes a file without one for the
machine's own code page and shows Arabic as something else; the loader reads either. Each row says which data it is
from, up to which day that was checked, on what terms, and the link of the view, so that a row cut out of the file does.
"""

import csv
import io
from typing import Final

from components.catalog.formulas import neutralised
from components.catalog.tables import DERIVED
from components.export.fields import cell
from components.export.resources import Resource
from components.view.on_view import OnView
from components.view.provenance import Provenance

ORIGIN: Final = (f"{DERIVED}data", f"{DERIVED}checked", f"{DERIVED}licence", f"{DERIVED}link")
"""The last columns: the data's version, the day up to which it was checked, its licence, the view's link."""


def csv_of(resource: Resource, on_view: OnView, about: Provenance) -> bytes:
    """Return what is on view of ``resource`` as CSV. Without rows there is still the header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*resource.columns, *ORIGIN])
    origin = [neutralised(part) for part in (about.data, about.checked or "", about.licence, about.link)]
    names = [field.name for field in resource.fields]
    for row in resource.listing(on_view).each():
        writer.writerow([*(neutralised(cell(row[name])) for name in names), *origin])
    return text.getvalue().encode("utf-8-sig")
