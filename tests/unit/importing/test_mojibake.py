"""Letters that were encoded twice, or escaped by Excel, are read as they were meant, and that is said."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.columns import Column, objects
from components.importing.importing import interpret
from components.importing.mojibake import decoded_once, mended, unescaped
from components.importing.report import Report
from components.importing.sheet import sheet_of

MEANT = (
    "RAP Pacífico",
    "Forces armées de la République",
    "İstanbul",
    "Türkiye’nin",
    "سوريا",
    "Đăk Lăk",
    "Łódź — Žilina",
)


@pytest.mark.parametrize("text", MEANT)
def test_what_was_encoded_twice_is_read_as_it_was_meant(text: str) -> None:
    as_latin = text.encode().decode("latin-1")
    as_windows = "".join(byte.to_bytes().decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())
    assert (decoded_once(as_windows), decoded_once(as_latin)) == (text, text)


@pytest.mark.parametrize(
    "text", [*MEANT, "SÃO PAULO", "« blessé »", "él… «à »", "Ã", "naïve “à l’heure”", "Ambush in Â"]
)
def test_what_was_not_stays_as_it_is(text: str) -> None:
    assert decoded_once(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("one_x000D_\ntwo", "one\ntwo"),
        ("one_x000A_two", "one\ntwo"),
        ("a_x0041_b", "a_x0041_b"),
        ("_x000d_", "_x000d_"),
    ],
)
def test_excels_escapes_of_ends_of_lines_are_taken_out(text: str, meant: str) -> None:
    assert unescaped(text) == meant


@given(st.text(st.characters(max_codepoint=0x24F), max_size=40))
def test_no_cell_is_refused(text: str) -> None:
    assert isinstance(decoded_once(unescaped(text)), str)


def test_rows_and_names_of_columns_are_mended_and_each_told_with_an_example(imported) -> None:
    planned, catalog = imported(
        "Fecha,TÃ­tulo,Lat,Lon,Actor\n"
        "2026-02-11,Ataque_x000D_,34,38,PacÃ­fico\n"
        "2026-02-12,Otro,34,38,Pacífico\n2026-02-13,Otro mÃ¡s,34,38,\n".encode()
    )
    assert [row.title for row in catalog.incidents.itertuples()] == ["Ataque", "Otro", "Otro más"]
    assert catalog.forces["name"].tolist() == ["Pacífico"]
    reasons = {reason: found.lines for reason, found in planned.reports[0].reasons.items()}
    assert reasons["“_x000D_”, Excel's end of a line, is taken out"] == ["file.csv:2"]
    said = "letters encoded twice are read as they were meant: “más”, not “mÃ¡s”"
    assert reasons[said] == ["file.csv:2", "file.csv:4"]


def test_cells_that_are_the_same_once_mended_are_one_value() -> None:
    actors = Column(objects(["Pacífico", "Pacífico".encode().decode("latin-1")]), np.array([0, 1], dtype=np.int32))
    sheet = sheet_of("a.csv", ["Actor"], [actors], np.array([2, 3]))
    assert mended(sheet, Report("a.csv")).distinct("Actor") == ["Pacífico"]


def test_a_column_whose_mended_name_is_anothers_keeps_its_own() -> None:
    sheet = interpret([("a.csv", "Date,Title,Lat,Lon,AÃ±o,Año\n2026-02-11,A,34,38,one,two\n".encode())])
    assert sheet.reports[0].text().count("Año") == 1


def test_the_curated_data_has_none(root) -> None:
    for path in (root / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = {cell for row in csv.reader(file) for cell in row}
        assert {cell for cell in cells if decoded_once(unescaped(cell)) != cell} == set()
