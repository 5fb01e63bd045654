"""CSV that a spreadsheet opens without harm and the loader reads back as it was."""

import csv
import io
import re
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pytest

from components.catalog.catalog import Catalog, load
from components.catalog.formulas import neutralised
from components.export.fields import cell
from components.export.resources import RESOURCES
from components.export.spreadsheet import ORIGIN, csv_of
from components.view.on_view import OnView


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@pytest.fixture(scope="module", params=RESOURCES)
def written(request: pytest.FixtureRequest, shown: OnView, origin) -> tuple[OnView, str, bytes]:
    """What is on view, the name of a resource, and its CSV."""
    return shown, request.param, csv_of(RESOURCES[request.param], shown, origin(shown))


def test_a_header_a_line_a_row_and_where_each_is_from(written, origin) -> None:
    shown, name, content = written
    resource = RESOURCES[name]
    header, *rows = read(content)
    assert header == [*resource.columns, *ORIGIN]
    assert len(set(header)) == len(header)
    assert [re.fullmatch("[a-z_0-9]+", column) for column in header], "no header is a formula"
    assert len(rows) == resource.listing(shown).total
    about = origin(shown)
    told = [neutralised(text) for text in (about.data, about.checked or "", about.licence, about.link)]
    assert all(row[-4:] == told for row in rows)


def test_it_begins_with_a_mark_and_its_lines_end_as_the_rfc_says(written) -> None:
    content = written[2]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")


def test_another_languages_parser_reads_the_same(written) -> None:
    """Arrow's, which is written in C++."""
    content = written[2]
    header, *rows = read(content)
    if not rows:
        return
    table = pyarrow.csv.read_csv(
        pa.BufferReader(content),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string())),
    )
    assert table.column_names == header
    assert [list(row.values()) for row in table.to_pylist()] == rows


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_the_separator_of_who_opens_it(written, separator: str) -> None:
    content = written[2]
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator):
        for text in row:
            assert not text.lstrip().startswith(("=", "+", "@", "\t", "-")) or re.fullmatch(r"-[\d.e-]+", text)


def test_every_cell_is_its_rows_value(whole, curated: Catalog, origin) -> None:
    shown = whole(curated)
    header, *rows = read(csv_of(RESOURCES["incidents"], shown, origin(shown)))
    for row, values in zip(rows, RESOURCES["incidents"].listing(shown).all(), strict=True):
        told = dict(zip(header, row, strict=True))
        assert told["id"] == values["id"]
        assert told["laydown_cited"] == cell(values["cited"])
        assert told["start"] == values["start"]


@pytest.mark.parametrize("which", ["curated", "hostile"])
def test_what_was_exported_is_loaded_again_without_a_problem_and_the_same(
    which: str, request: pytest.FixtureRequest, root: Path, tmp_path: Path, whole, origin
) -> None:
    folder = root / "data" if which == "curated" else request.getfixturevalue("hostile_folder")
    before = request.getfixturevalue(which)
    copy = shutil.copytree(folder, tmp_path / "data", ignore=shutil.ignore_patterns("basemap"))
    shown = whole(before)
    for name in ("sites", "incidents", "movements", "sources"):
        assert RESOURCES[name].listing(shown).total or name == "sources"
        if name != "sources":  # of those only the cited are on view
            (copy / f"{name}.csv").write_bytes(csv_of(RESOURCES[name], shown, origin(shown)))
    after = load(copy)
    assert after.problems == before.problems == ()
    assert after.version != before.version, "the files are others"
    for name, table in before.tables.items():
        pd.testing.assert_frame_equal(after.tables[name], table, check_exact=True)
