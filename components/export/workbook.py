"""All that is on view as an Excel workbook: a sheet a resource, one on where it is from, one on the columns.

Text is written as text whatever it begins with, so that none is a formula or a link; numbers as numbers; dates as text,
as Excel has no month or year without a day. The same view gives the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter

from components.export.fields import Value, cell
from components.export.resources import RESOURCES, Resource
from components.view.on_view import OnView
from components.view.provenance import Provenance
from components.view.title import filters_text

SHEETS: Final = ("sites", "areas", "incidents", "movements", "changes", "strengths", "counts", "claims", "sources")
CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The workbook's creation date, fixed like its ZIP members' time stamps: the same view is the same bytes."""
MAX_TEXT: Final = 32_767
"""Characters a cell of Excel can hold."""
_CUT: Final = " … (cut: Excel holds no more in a cell)"
_WIDEST: Final = 60
"""Of a column, in characters."""


def workbook_of(on_view: OnView, about: Provenance) -> bytes:
    """Return a sheet About, and one of each of SHEETS, as an .xlsx file."""
    file = io.BytesIO()
    options = {
        # Streams rows to disk: a hundred thousand of them take gigabytes of memory otherwise.
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"title": about.title, "comments": about.link, "created": CREATED})
        bold = workbook.add_format({"bold": True})
        _write_about(workbook.add_worksheet("About"), on_view, about, bold)
        for name in SHEETS:
            _write_rows(workbook.add_worksheet(name.capitalize()), RESOURCES[name], on_view, bold)
        _write_columns(workbook.add_worksheet("Columns"), bold)
    return file.getvalue()


def _write_about(sheet: Any, on_view: OnView, about: Provenance, bold: Any) -> None:
    lines = (
        ("On view", about.title),
        ("Window", about.window),
        ("Filters", filters_text(on_view.catalog, on_view.view) or "None"),
        ("Data set", about.dataset),
        ("Version of the data", about.data),
        *([("Record", about.record)] if about.record else []),
        ("Licence", about.licence),
        *(("Credits", credit) for credit in about.credits),
        ("Link", about.link),
    )
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for number, (label, text) in enumerate(lines):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, _fitting(text))


def _write_columns(sheet: Any, bold: Any) -> None:
    """Say what each column of each sheet holds, as the API's description does."""
    for column, (label, width) in enumerate(
        (("Sheet", 14), ("Column", 26), ("What it holds", _WIDEST), ("Values", _WIDEST))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, bold)
    sheet.freeze_panes(1, 0)
    lines = (
        (name.capitalize(), column, field.doc, ", ".join(field.words))
        for name in SHEETS
        for column, field in zip(RESOURCES[name].columns, RESOURCES[name].fields, strict=True)
    )
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            sheet.write_string(number, column, _fitting(text))


def _write_rows(sheet: Any, resource: Resource, on_view: OnView, bold: Any) -> None:
    listing = resource.listing(on_view)
    names = [field.name for field in resource.fields]
    first = listing.page(0, 200)
    for column, (name, title) in enumerate(zip(names, resource.columns, strict=True)):
        sheet.set_column(column, column, _width([title, *(cell(row[name]) for row in first)]))
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, listing.total, len(names) - 1)
    for number, row in enumerate(listing.each(), start=1):
        for column, name in enumerate(names):
            _write(sheet, number, column, row[name])


def _write(sheet: Any, number: int, column: int, value: Value) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(number, column, value)
    elif value is not None:
        sheet.write_string(number, column, _fitting(cell(value)))


def _fitting(text: str) -> str:
    """Return text that a cell can hold: a longer one XlsxWriter leaves out, and its lines end as Excel ends them."""
    text = text.replace("\r\n", "\n")
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(_CUT)] + _CUT


def _width(texts: Sequence[str]) -> int:
    return min(_WIDEST, max(map(len, texts)) + 3)
