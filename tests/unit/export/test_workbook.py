"""The Excel workbook, by a reader that no one here wrote."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from components.export.fields import cell
from components.export.resources import RESOURCES
from components.export.workbook import MAX_TEXT, SHEETS, workbook_of
from components.view.on_view import OnView, on_view
from components.view.view import View, read_view


@pytest.fixture(scope="module")
def read(origin) -> Callable[[OnView], openpyxl.Workbook]:
    """The workbook of a view, read."""
    return lambda shown: openpyxl.load_workbook(io.BytesIO(workbook_of(shown, origin(shown))))


@pytest.fixture(scope="module")
def workbook(shown: OnView, read) -> openpyxl.Workbook:
    return read(shown)


def test_there_is_a_sheet_a_resource_and_one_on_where_it_is_from(workbook, shown, origin) -> None:
    assert workbook.sheetnames == ["About", *(name.capitalize() for name in SHEETS), "Columns"]
    about = origin(shown)
    told = {(label.value, text.value) for label, text in workbook["About"].iter_rows()}
    assert told == {
        ("On view", about.title),
        ("Window", about.window),
        ("Filters", "None"),
        ("Data set", about.dataset),
        ("Version of the data", about.data),
        *([("Record", about.record)] if about.record else []),
        ("Licence", about.licence),
        ("Link", about.link),
        *(("Credits", credit) for credit in about.credits),
    }


def test_no_cell_is_a_formula_or_a_link(workbook) -> None:
    for sheet in workbook:
        for row in sheet.iter_rows():
            for one in row:
                assert one.data_type in ("s", "n", "inlineStr"), one.value
                assert one.hyperlink is None


@pytest.mark.parametrize("name", SHEETS)
def test_a_row_is_told_as_it_is_numbers_as_numbers(workbook, shown, name: str) -> None:
    sheet = workbook[name.capitalize()]
    header, *rows = sheet.iter_rows(values_only=True)
    fields = RESOURCES[name].fields
    assert header == RESOURCES[name].columns, "the names that the CSV has"
    assert all(one.font.bold for one in sheet[1])
    assert sheet.freeze_panes == "B2"
    values = RESOURCES[name].listing(shown).all()
    assert len(rows) == len(values)
    assert sheet.auto_filter.ref == sheet.dimensions
    for row, value in zip(rows, values, strict=True):
        for field, one in zip(fields, row, strict=True):
            wanted = value[field.name]
            if field.type in ("number", "integer"):
                assert one == wanted
            elif wanted not in (None, []):
                assert unescape(one) == cell(wanted).replace("\r\n", "\n"), field.name
            else:
                assert one in (None, "")


def test_a_date_is_as_precise_as_it_is_written(read, catalog_of) -> None:
    catalog = catalog_of(incidents=[{"id": "month", "lat": "1", "lon": "2", "start": "2026-02", "end": "2026"}])
    sheet = read(on_view(catalog, View(date(2026, 1, 1), date(2026, 3, 1))))["Incidents"]
    told = dict(zip(*sheet.iter_rows(values_only=True), strict=True))
    assert (told["start"], told["end"], told["lat"]) == ("2026-02", "2026", 1)


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(read, catalog_of) -> None:
    sources = [{"id": f"s{n}", "title": "x" * 9_000} for n in range(4)]
    site = {"id": "much", "sources": "; ".join(source["id"] for source in sources)}
    sheet = read(on_view(catalog_of(sources=[{"id": "wire"}, *sources], sites=[site]), View(*[date(2026, 1, 1)] * 2)))
    told = dict(zip(*sheet["Sites"].iter_rows(values_only=True), strict=True))
    assert len(told["laydown_cited"]) == MAX_TEXT
    assert told["laydown_cited"].endswith("xxx … (cut: Excel holds no more in a cell)")


def test_columns_are_as_wide_as_what_they_hold_up_to_a_bound(read, whole, curated) -> None:
    widths = {name: one.width for name, one in read(whole(curated))["Incidents"].column_dimensions.items()}
    assert len(set(widths.values())) > 5
    assert max(widths.values()) < 65


@pytest.mark.e2e
def test_the_same_view_gives_the_same_bytes(shown, origin, read) -> None:
    assert workbook_of(shown, origin(shown)) == workbook_of(shown, origin(shown))
    properties = read(shown).properties
    assert properties.created.year == properties.modified.year == 1980, "not of the clock"


def test_each_column_of_each_sheet_is_explained(workbook) -> None:
    _, *lines = workbook["Columns"].iter_rows(values_only=True)
    columns = [(name.capitalize(), column) for name in SHEETS for column in RESOURCES[name].columns]
    assert [line[:2] for line in lines] == columns
    assert all(line[2] for line in lines)


def test_the_filters_of_the_view_are_said(read, curated) -> None:
    view, _ = read_view({"kind": ["attack"], "country": ["Syria"], "q": ["tanf"]}, curated)
    about = dict(read(on_view(curated, view))["About"].iter_rows(values_only=True))
    assert about["Filters"] == "Only Attack; Syria; “tanf”"


def test_tolls_are_numbers_dates_are_days_and_ids_have_their_names(read, catalog_of) -> None:
    catalog = catalog_of(
        forces=[{"id": "us", "name": "United States"}, {"id": "is", "name": "Islamic State"}],
        incidents=[
            {
                "id": "a",
                "lat": "1",
                "lon": "2",
                "start": "2026-02",
                "forces": "us; is",
                "killed": "us 3; is 20+",
                "wounded": "us 1-4",
            }
        ],
    )
    sheet = read(on_view(catalog, View(date(2026, 1, 1), date(2026, 3, 1))))["Incidents"]
    told = dict(zip(*sheet.iter_rows(values_only=True), strict=True))
    assert (told["laydown_earliest"], told["laydown_latest"]) == ("2026-02-01", "2026-02-28")
    assert (told["laydown_killed_low"], told["laydown_killed_high"]) == (23, None), "no upper bound"
    assert (told["laydown_wounded_low"], told["laydown_wounded_high"]) == (1, 4)
    assert told["laydown_forces_name"] == "United States; Islamic State"
