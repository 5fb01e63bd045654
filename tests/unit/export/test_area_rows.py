"""Areas as they leave: a CSV that loads again, KML with its hole, and nothing that was not public yet."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest

from components.catalog.catalog import load
from components.export.kml import NAMESPACE, kml_of
from components.export.resources import RESOURCES
from components.export.spreadsheet import csv_of
from components.export.workbook import workbook_of
from components.importing.importing import carry_out, interpret, plan
from components.view.on_view import on_view
from components.view.view import View

HOLED = "POLYGON ((38 34, 39 34, 39 35, 38 35, 38 34), (38.2 34.2, 38.6 34.2, 38.6 34.6, 38.2 34.2))"
ROWS = [
    {"id": "zone", "start": "2026-01-01", "end": "2026-02-20", "geometry": HOLED, "note": "Left.", "sources": "a; b"},
    {"id": "open", "force": "sdf", "start": "2025", "last_confirmed": "2026-01-15"},
]
SOURCES = [{"id": "wire"}, {"id": "a", "published": "2026-01-02"}, {"id": "b", "published": "2026-02-25"}]
JANUARY = View(date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture(scope="module")
def catalog(folder):
    found = load(folder(areas=ROWS, sources=SOURCES))
    assert not found.problems
    return found


def test_a_csv_of_areas_loads_as_it_left(catalog, folder, origin) -> None:
    shown = on_view(catalog, JANUARY)
    text = csv_of(RESOURCES["areas"], shown, origin(shown)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == ["zone", "open"]
    own = [{name: value for name, value in row.items() if not name.startswith("laydown_")} for row in rows]
    again = load(folder(areas=own, sources=SOURCES))
    assert not again.problems
    assert again.areas.equals(catalog.areas)


def test_areas_of_a_workbook_come_back(catalog, origin, tmp_path) -> None:
    shown = on_view(catalog, JANUARY)
    planned = plan(interpret([("view.xlsx", workbook_of(shown, origin(shown)))]), tmp_path / "back")
    carry_out(planned)
    again = load(tmp_path / "back")
    assert [problem for problem in again.problems if not problem.kept] == []
    for column in ("geometry", "force", "start", "end", "note"):
        assert list(again.areas[column]) == list(catalog.areas[column]), column


def test_kml_has_areas_with_their_holes_and_times(catalog, origin) -> None:
    shown = on_view(catalog, JANUARY)
    root = ElementTree.fromstring(kml_of(shown, origin(shown)))
    names = {"k": NAMESPACE}
    marks = {mark.get("id"): mark for mark in root.iterfind(".//k:Placemark", names)}
    zone = marks["area-zone"]
    assert len(zone.findall(".//k:innerBoundaryIs", names)) == 1
    assert zone.findtext("k:TimeSpan/k:end", namespaces=names) == "2026-02-20"
    assert "Held by: United States" in (zone.findtext("k:description", namespaces=names) or "")
    assert "area-open" in marks


def test_what_was_not_public_is_not_told(catalog, origin) -> None:
    known = View(JANUARY.start, JANUARY.end, known=date(2026, 1, 31))
    shown = on_view(catalog, known)
    rows = {row["id"]: row for row in RESOURCES["areas"].listing(shown).all()}
    assert (rows["zone"]["end"], rows["zone"]["note"], rows["zone"]["sources"]) == (None, None, ["a"])
    assert rows["open"]["last_confirmed"] == "2026-01-15"
    text = kml_of(shown, origin(shown)).decode()
    assert "2026-02-20" not in text
    assert "February" not in text
