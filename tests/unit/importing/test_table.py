"""Any table: its columns by their names in five languages, by HXL tags, or as the user says."""

import io
import json
from datetime import date, datetime

import openpyxl
import pytest

from components.cli import main
from components.importing.importing import interpret
from components.importing.limits import RefusedError

ROW = ("2026-02-11", "Attack on a post", "Syria", "34.5", "38.25", "Ambush", "3", "SOHR")
HEADERS = {
    "English": "Date,Title,Country,Latitude,Longitude,Type,Killed,Source",
    "English, written otherwise": "Date of event,Headline,Country name,lat,lng,Incident type,Fatalities,Outlet",
    "French": "Date début,Titre,Pays,Latitude,Longitude,Catégorie,Tués,Sources",
    "Arabic": "التاريخ,العنوان,الدولة,خط العرض,خط الطول,النوع,القتلى,المصدر",
    "Spanish": "Fecha,Título,País,Latitud,Longitud,Tipo,Muertos,Fuente",
    "Turkish": "Tarih,Başlık,Ülke,Enlem,Boylam,Tür,Ölü,Kaynak",
}


def table(header: str, *rows: tuple[str, ...], separator: str = ",", encoding: str = "utf-8") -> bytes:
    lines = [header.replace(",", separator), *(separator.join(row) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16"), ("|", "utf-16-le")]
)
def test_columns_are_taken_by_their_names(imported, language: str, separator: str, encoding: str) -> None:
    _, catalog = imported(table(HEADERS[language], ROW, separator=separator, encoding=encoding))
    assert catalog.problems == ()
    [incident] = catalog.incidents.itertuples()
    assert (incident.start.text, incident.title, incident.country) == ("2026-02-11", "Attack on a post", ("Syria",))
    assert (incident.lat, incident.lon, incident.precision) == (34.5, 38.25, "town")
    assert catalog.kinds.loc[incident.kind, "label"] == "Ambush"
    assert [tuple(toll) for toll in incident.killed] == [("side-not-stated", 3, 3)]
    assert [catalog.sources.loc[id_, "publisher"] for id_ in incident.sources] == ["SOHR"]
    assert incident.confidence == "medium"
    assert incident.further == ""


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Tarih;Başlık;Ülke;Enlem;Boylam\n11.02.2026;İğne düştü, şoför öldü;Türkiye;37,5;38,25\n", "cp1254"),
     ("Date;Titre;Pays;Latitude;Longitude\n11/02/2026;Événement près de l'école brûlée;Tché;14,5;-16,25\n", "cp1252"),
     ("Date;Title;Country;Lat;Lon\n2026-02-11;هجوم على نقطة عسكرية في البادية السورية;سوريا;34,5;38,25\n", "cp1256")],
)  # fmt: skip
def test_an_encoding_that_is_not_unicode_is_guessed_and_said(imported, text: str, encoding: str) -> None:
    planned, catalog = imported((text + text.split("\n")[1] + "\n").encode(encoding))
    assert any("letters were read as" in sentence for sentence in planned.reports[0].said)
    assert catalog.incidents["start"].iloc[0].text == "2026-02-11"
    assert catalog.incidents["lon"].iloc[0] in (38.25, -16.25)
    assert planned.reports[0].rows == 2


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["03/04/2026", "25/04/2026"], ["2026-04-03", "2026-04-25"]),
        (["03/04/2026", "04/25/2026"], ["2026-03-04", "2026-04-25"]),
        (["3.4.26", "1 avril 2026"], ["2026-04-03", "2026-04-01"]),
        (["11 Şubat 2026", "Mart 2024"], ["2026-02-11", "2024-03"]),
        (["١١ شباط ٢٠٢٦", "11 فبراير 2026"], ["2026-02-11", "2026-02-11"]),
        (["11 de febrero de 2026", "Feb 11, 2026"], ["2026-02-11", "2026-02-11"]),
        (["2026", "2026-02-11T10:00:00Z"], ["2026", "2026-02-11"]),
        (["20260211", "2026-02-01..2026-02-03"], ["2026-02-11", "2026-02-01..2026-02-03"]),
    ],
)
def test_dates_as_people_write_them(dates: list[str], read: list[str]) -> None:
    rows = [(f'"{date}"', "A", "34", "38") for date in dates]
    assert interpret([("a.csv", table("Date,Title,Lat,Lon", *rows))]).events.start.tolist() == read


def test_a_date_that_may_be_two_is_said() -> None:
    found = interpret([("a.csv", table("Date,Title,Lat,Lon", ("03/04/2026", "A", "34", "38")))])
    assert found.events.start.tolist() == ["2026-04-03"]
    assert any("3 April or 4 March" in sentence for sentence in found.reports[0].said)


def test_map_says_what_a_guess_has_wrong(tmp_path, capsys) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(table("Datum,Ereignis, Ort,Type", ("2026-02-11", "Vorfall", "Homs", "x")))
    into = tmp_path / "mine"
    assert main(["import", str(path), "--into", str(into)]) == 1
    assert "--map lat=COLUMN,lon=COLUMN or place=COLUMN" in capsys.readouterr().out
    assert main(["import", str(path), "--into", str(into), "--map", 'start=Datum,title="Ereignis",place=Ort']) == 0
    said = capsys.readouterr().out
    assert "  Ereignis  →  title\n" in said
    assert "0 places located, 1 not" in said
    for wrong, why in (("start=Nosuch", "no such column"), ("nosuch=Datum", "what may stand before =")):
        assert main(["import", str(path), "--into", str(into), "--map", wrong]) == 1
        assert why in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["import", str(path), "--into", str(into), "--map", "start"])


@pytest.mark.parametrize("header", ["Title,Lat,Lon", "Number,Lat,Lon"])
def test_a_table_without_dates_is_refused_with_what_to_do(header: str) -> None:
    with pytest.raises(RefusedError, match="--map start=COLUMN"):
        interpret([("a.csv", table(header, ("A", "34", "38")))])


def test_columns_of_some_people_are_told_apart_and_a_total_goes_before_them(imported) -> None:
    rows = ("2026-02-11", "34", "38", "2", "1-4", "x")
    _, catalog = imported(table("Date,Lat,Lon,Civilians killed,Soldiers killed,Injured", rows))
    [incident] = catalog.incidents.itertuples()
    assert [tuple(toll) for toll in incident.killed] == [("civilians", 2, 2), ("soldiers", 1, 4)]
    assert incident.wounded == ()
    assert "Injured: x" in incident.further
    assert catalog.forces["stands_for"].to_dict() == {"civilians": "unarmed", "soldiers": None}


def test_addresses_become_sources_and_what_is_no_address_does_not(imported) -> None:
    row = ("2026-02-11", "34", "38", '"https://example.org/a?b=1, javascript:alert(1)"', "-1")
    _, catalog = imported(table("Date,Lat,Lon,Link,Spalte", row))
    assert catalog.problems == ()
    [source] = catalog.sources.itertuples()
    assert (source.url, source.publisher, source.via) == ("https://example.org/a?b=1", "example.org", "file.csv")


def test_an_excel_file_with_a_title_above_its_header_and_real_dates_and_numbers(imported) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Incidents of February"])
    sheet.append([])
    sheet.append(["Date", "Title", "Lat", "Lon", "Killed", "Formula"])
    sheet.append([date(2026, 2, 11), "One\nTwo", 34.5, 38, 3, "=1+1"])
    sheet.append(
        [
            datetime(2026, 2, 12, 10, 30),  # noqa: DTZ001 (Excel has no zones)
            "Three",
            34.5,
            38.25,
            None,
            None,
            "beyond",
        ]
    )
    file = io.BytesIO()
    book.save(file)
    planned, catalog = imported(file.getvalue(), "a.xlsx")
    assert catalog.problems == ()
    assert planned.reports[0].rows == 2
    assert [date.text for date in catalog.incidents["start"]] == ["2026-02-11", "2026-02-12"]
    assert catalog.incidents["killed"].iloc[0][0].low == 3
    assert "column 7: beyond" in catalog.incidents["further"].iloc[1].lower()


def test_rows_that_are_none_are_counted_with_their_lines(imported) -> None:
    planned, catalog = imported(b"Date,Title,Lat,Lon\n2026,A,34,38\n2026,B,34\n\n2026,C,34,38,5\n2026,D,34,38\n")
    assert len(catalog.incidents) == 2
    assert planned.reports[0].reasons["left out: more or fewer cells than the header has names"].lines == [
        "file.csv:3",
        "file.csv:5",
    ]


HXL = (
    "When,Where,Country,North,East,What,Dead,Teachers dead,Note,Source,Bare\n"
    "#date +occurred,#adm1+name,#country,#lat,#lon,#event +type,#affected +killed,#affected +teacher +killed,"
    "#description,#meta +source,\n"
    "2026-02-11,Homs,Syria,34.5,38.25,Ambush,3,-1,What happened,SOHR,left\n"
)


def test_hxl_is_read_by_its_tags_with_their_blanks_taken_out(imported) -> None:
    planned, catalog = imported(HXL.encode())
    assert planned.reports[0].format.startswith("HXL")
    assert catalog.problems == ()
    [incident] = catalog.incidents.itertuples()
    assert (incident.start.text, incident.lat, incident.place) == ("2026-02-11", 34.5, "Homs, Syria")
    assert [tuple(toll) for toll in incident.killed] == [("side-not-stated", 3, 3)]
    assert incident.summary == "What happened"
    assert "Bare: left" in incident.further
    assert incident.kind == "ambush"


ROWS = [
    ["Events of 2026", "", "", "", ""],
    ["When", "Where", "North", "East", "Dead"],
    ["#Date +start", "#LOC+name", "#geo+lat", "#geo +lon", "#affected+killed"],
    ["2026-02-11", "Homs", "34.5", "38.25", "3"],
]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(map(",".join, ROWS)),
        "\n".join(map(";".join, [["Events of 2026"], *ROWS[1:]])),
        "\n".join(map(",".join, [['"Events\nof 2026"'], [], *ROWS[2:]])),
        json.dumps(ROWS),
        json.dumps({"data": ROWS[2:]}),
        json.dumps([dict(zip(ROWS[2], ROWS[3], strict=True))]),
    ],
    ids=["title above", "semicolons", "tags alone", "rows in JSON", "an answer's rows", "objects"],
)
def test_hxl_is_read_in_each_of_its_forms(imported, content) -> None:
    planned, catalog = imported(content.encode())
    assert planned.reports[0].format.startswith("HXL")
    [incident] = catalog.incidents.itertuples()
    assert (incident.start.text, incident.lat, incident.lon, incident.place) == ("2026-02-11", 34.5, 38.25, "Homs")
    assert [tuple(toll) for toll in incident.killed] == [("side-not-stated", 3, 3)]


def test_what_stands_above_a_header_is_left_out_and_said(imported) -> None:
    planned, catalog = imported(b'Events\n"as of\nMay"\n\nDate,Title,Lat,Lon\n2026-02-11,A,34,38\n2026-02-12,B\n')
    assert [row.title for row in catalog.incidents.itertuples()] == ["A"]
    reasons = {reason: found.lines for reason, found in planned.reports[0].reasons.items()}
    assert reasons["left out: it stands above the names of the columns"] == [f"file.csv:{n}" for n in (1, 2, 3, 4)]
    assert reasons["left out: more or fewer cells than the header has names"] == ["file.csv:7"]


def _workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("written", [_workbook, lambda rows: json.dumps(rows).encode()], ids=["Excel", "JSON"])
def test_nor_is_it_lost_without_a_word_in_other_formats(imported, written) -> None:
    rows = [["Events of 2026", "", "", ""], ["", "", "", ""], ["Date", "Title", "Lat", "Lon"]]
    planned, catalog = imported(written([*rows, ["2026-02-11", "A", "34", "38"]]))
    assert [row.title for row in catalog.incidents.itertuples()] == ["A"]
    assert planned.reports[0].reasons["left out: it stands above the names of the columns"].lines == ["file.csv:1"]


def test_rows_without_ids_keep_theirs_with_the_next_import(imported) -> None:
    content = table(
        "Date,Title,Lat,Lon", ("2026", "A", "34", "38"), ("2026", "A", "34", "38"), ("2026", "B", "34", "38")
    )
    imported(content)
    planned, catalog = imported(content)
    assert planned.text().count("nothing to change") == 1
    assert len(catalog.incidents) == 3


def test_a_code_book_beside_the_table_is_left_out_and_said(imported) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Code", "Meaning"])
    book.active.append(["1", "The first"])
    sheet = book.create_sheet("Events")
    for row in (["Date", "Title", "Lat", "Lon"], ["2026-02-11", "A", 34, 38]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    planned, catalog = imported(file.getvalue(), "a.xlsx")
    assert list(catalog.incidents["title"]) == ["A"]
    assert planned.reports[1].said == ["Not imported: no events were found in it."]


def test_files_of_two_formats_are_not_mixed(csv_of) -> None:
    from .acled_rows import AFTER, CLASH

    files = [("a.csv", csv_of([CLASH], AFTER)), ("b.csv", table("Date,Lat,Lon", ("2026", "34", "38")))]
    with pytest.raises(RefusedError, match="one format at a time: a"):
        interpret(files)
