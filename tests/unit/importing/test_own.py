"""Laydown's own workbook and CSV files come back."""

from pathlib import Path

import pytest

from components.catalog.catalog import load
from components.catalog.served import open_catalog
from components.export.resources import RESOURCES
from components.export.spreadsheet import csv_of
from components.export.workbook import workbook_of
from components.importing.importing import carry_out, interpret, plan
from components.view.on_view import on_view
from components.view.provenance import provenance
from components.view.view import default_view


@pytest.fixture(scope="module")
def shown(root: Path):
    catalog = open_catalog(root / "data")
    return on_view(catalog, default_view(catalog))


@pytest.fixture(scope="module")
def workbook(shown) -> bytes:
    return workbook_of(shown, provenance(shown.catalog, shown.view, "https://example.org/"))


@pytest.mark.e2e
def test_the_workbook_of_a_view_becomes_a_folder_with_its_rows(shown, workbook, tmp_path: Path) -> None:
    planned = plan(interpret([("view.xlsx", workbook)]), tmp_path / "back")
    carry_out(planned)
    catalog = load(tmp_path / "back")
    assert [problem for problem in catalog.problems if not problem.kept] == []
    selection = shown.selection
    assert set(catalog.sites.index) == set(selection.sites.index)
    for id_, row in catalog.incidents.iterrows():
        before = shown.catalog.incidents.loc[id_]
        for column in ("title", "start", "killed", "confidence", "summary", "forces", "kind"):
            assert row[column] == before[column], (id_, column)
    assert catalog.forces.loc["us", "name"] == "United States"
    assert catalog.kinds.loc["attack", "label"] == "Attack"
    assert catalog.dataset.title == shown.catalog.dataset.title
    assert catalog.dataset.licence == shown.catalog.dataset.licence
    assert any("presence is not imported" in sentence for report in planned.reports for sentence in report.said)


def test_a_csv_of_incidents_comes_back_and_again_changes_nothing(shown, tmp_path: Path) -> None:
    content = csv_of(RESOURCES["incidents"], shown, provenance(shown.catalog, shown.view, "https://example.org/"))
    into = tmp_path / "back"
    carry_out(plan(interpret([("incidents.csv", content)]), into))
    catalog = load(into)
    assert [problem for problem in catalog.problems if not problem.kept] == []
    assert len(catalog.incidents) == RESOURCES["incidents"].listing(shown).total
    again = plan(interpret([("incidents.csv", content)]), into)
    assert not [change for change in again.changes if change.added or change.changed or change.vanished]
