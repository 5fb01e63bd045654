import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from components.catalog.tables import (
    GAZETTEER,
    MAX_CELL,
    PRECISION_RADIUS_KM,
    PRECISIONS,
    ROW_TABLES,
    TABLES,
    IncidentRow,
    SourceRow,
    StrengthRow,
    Toll,
    refs,
    vocabulary,
)

ALL = {table.name: table for table in (*TABLES, GAZETTEER)}
COLUMNS = [(name, column) for name, table in ALL.items() for column in table.row.model_fields]
INCIDENT = {
    "id": "a",
    "title": "A",
    "kind": "attack",
    "start": "2026",
    "site": "s",
    "confidence": "low",
    "sources": "x",
}
SOURCE = {"id": "a", "publisher": "P", "title": "T", "kind": "wire"}
STRENGTH = {"id": "a", "force": "us", "date": "2026", "confidence": "low", "sources": "x"}


def reasons(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return "; ".join(fault["msg"] for fault in error.value.errors())


@pytest.mark.parametrize("table", ALL.values(), ids=list(ALL))
def test_every_table_says_what_its_rows_are(table) -> None:
    assert table.doc
    assert table.file == f"{table.name}.csv"
    assert table.key in table.row.model_fields


def test_every_column_says_what_it_holds() -> None:
    assert [(table, column) for table, column in COLUMNS if not ALL[table].row.model_fields[column].description] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_refers_only_to_tables_read_before_it_or_to_itself(table) -> None:
    names = [other.name for other in TABLES]
    before = {*names[: names.index(table.name) + 1], "rows"}
    assert {ref.table for ref in refs(table).values()} <= before


def test_every_table_that_claims_something_cites_sources() -> None:
    citing = {table.name for table in TABLES if "sources" in refs(table)}
    assert citing == {"sites", "presence", "areas", "incidents", "movements", "strengths", "counts", "claims"}


def test_rows_of_all_claimable_tables_can_be_named() -> None:
    assert set(ROW_TABLES.values()) == {"sites", "presence", "incidents", "movements", "strengths"}
    assert set(ROW_TABLES.values()) <= set(ALL)


def test_the_precisions_run_from_the_finest_to_the_coarsest() -> None:
    assert PRECISIONS == ("site", "town", "district", "country", "undisclosed")
    assert [PRECISION_RADIUS_KM[name] for name in PRECISIONS] == sorted(PRECISION_RADIUS_KM.values())


@pytest.mark.parametrize(
    ("table", "column", "some"),
    [
        ("incidents", "confidence", {"high", "medium", "low"}),
        ("sites", "precision", set(PRECISIONS)),
        ("sites", "kind", {"garrison", "air-base"}),
        ("presence", "status", {"present", "drawing-down"}),
        ("movements", "kind", {"withdrawal", "handover"}),
        ("sources", "kind", {"wire", "partisan", "memory"}),
        ("kinds", "shape", {"triangle-up", "ring"}),
    ],
)
def test_a_column_with_known_values_tells_them(table: str, column: str, some: set[str]) -> None:
    assert some <= set(vocabulary(ALL[table], column))


@pytest.mark.parametrize(("table", "column"), [("incidents", "title"), ("incidents", "start"), ("sites", "lat")])
def test_a_column_of_free_values_has_no_vocabulary(table: str, column: str) -> None:
    assert vocabulary(ALL[table], column) == ()


@pytest.mark.parametrize(
    ("cell", "tolls"),
    [
        ("", ()),
        ("us 3", (Toll("us", 3, 3),)),
        ("us 0", (Toll("us", 0, 0),)),
        ("is 241-300", (Toll("is", 241, 300),)),
        ("sdf 20+", (Toll("sdf", 20, None),)),
        ("us 3; is 5-5 ;; sdf  1+ ", (Toll("us", 3, 3), Toll("is", 5, 5), Toll("sdf", 1, None))),
    ],
)
def test_a_toll_is_a_force_and_a_number_a_range_or_at_least(cell: str, tolls: tuple[Toll, ...]) -> None:
    assert IncidentRow.model_validate({**INCIDENT, "killed": cell}).killed == tolls


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("3", "'3' is not a toll"),
        ("us", "'us' is not a toll"),
        ("us three", "'us three' is not a toll"),
        ("us -3", "'us -3' is not a toll"),
        ("us 3, is 5", "is not a toll"),
        ("us 3; 5", "'5' is not a toll"),
        ("us 5-3", "5 is more than 3"),
        ("us 3-5+", "is not a toll"),
        ("us ٣", "is not a toll"),
    ],
)
def test_what_is_no_toll_is_refused(cell: str, why: str) -> None:
    with pytest.raises(ValidationError) as error:
        IncidentRow.model_validate({**INCIDENT, "wounded": cell})
    assert why in reasons(error)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=c&d=%20#e", "http://example.org", "https://ar.example.org/التنف", "https://[::1]:8080/x"],
)
def test_a_web_address_is_kept_as_it_is(url: str) -> None:
    assert SourceRow.model_validate({**SOURCE, "url": f" {url} "}).url == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("javascript:alert(1)", "not a web address"),
        ("JaVaScRiPt:alert(1)//http://x", "not a web address"),
        (" javascript:alert(1)", "not a web address"),
        ("data:text/html,x", "not a web address"),
        ("//example.org", "not a web address"),
        ("example.org", "not a web address"),
        ("ftp://example.org", "not a web address"),
        ("https://", "not a web address"),
        ("https://example.org/a b", "not a web address"),
        ("https://example.org/\nx", "not a web address"),
        ('https://example.org/"onclick=x', "not a web address"),
        ("https://example.org/<script>", "not a web address"),
        ("https://example.org/`${x}`", "not a web address"),
        ("https://example.org/\x00", "control character"),
        ("https://example.org/\udce9", "not UTF-8"),
        ("https://example.org/" + "x" * MAX_CELL, "characters"),
    ],
)
def test_only_a_safe_web_address_is_an_address(url: str, why: str) -> None:
    with pytest.raises(ValidationError) as error:
        SourceRow.model_validate({**SOURCE, "url": url})
    assert why in reasons(error)


@pytest.mark.parametrize("slug", ["al-tanf", "a", "t4", "2026-02-11", " al-tanf "])
def test_an_id_is_a_slug(slug: str) -> None:
    assert SourceRow.model_validate({**SOURCE, "id": slug}).id == slug.strip()


@pytest.mark.parametrize(
    "slug", ["", " ", "Al-Tanf", "al tanf", "al_tanf", "-tanf", "tanf-", "al--tanf", "تنف", "a\n-b", "x" * 101]
)
def test_an_id_that_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        SourceRow.model_validate({**SOURCE, "id": slug})


@pytest.mark.parametrize("low", ["", "0", "5"])
@pytest.mark.parametrize("high", ["", "5", "6"])
def test_a_range_may_be_open_at_either_end(low: str, high: str) -> None:
    row = StrengthRow.model_validate({**STRENGTH, "low": low, "high": high})
    assert (row.low, row.high) == (int(low) if low else None, int(high) if high else None)


@pytest.mark.parametrize(("low", "high"), [("6", "5"), ("1", "0"), ("-1", ""), ("", "-1"), ("1,000", ""), ("some", "")])
def test_a_range_the_wrong_way_or_not_of_whole_numbers_is_refused(low: str, high: str) -> None:
    with pytest.raises(ValidationError):
        StrengthRow.model_validate({**STRENGTH, "low": low, "high": high})


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-02-11", "2026-02-11"),
        ("2026-02-11", "2026-02"),
        ("2026-02", "2026-02-01"),
        ("2026-02-11", "2026"),
        ("2026", "2026-01-01"),
        ("2026-02-11", ""),
    ],
)
def test_an_end_that_may_be_the_start_or_after_it_is_accepted(start: str, end: str) -> None:
    assert IncidentRow.model_validate({**INCIDENT, "start": start, "end": end}).start.text == start


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-02-11", "2026-02-10"), ("2026-02", "2026-01-31"), ("2026-02", "2026-01"), ("2026", "2025")],
)
def test_an_end_that_is_before_the_start_however_read_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValidationError) as error:
        IncidentRow.model_validate({**INCIDENT, "start": start, "end": end})
    assert f"end {end} is before start {start}" in reasons(error)


@pytest.mark.parametrize(
    "where",
    [{"site": "", "place": "Syria"}, {"site": "al-tanf"}, {"site": "", "lat": "33.5", "lon": "38.6"}],
)
def test_an_incident_has_a_site_or_a_place_or_a_point(where: dict[str, str]) -> None:
    assert IncidentRow.model_validate({**INCIDENT, **where})


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "90.001", "-91", "33,5", "33°"])
def test_a_latitude_is_a_finite_number_of_degrees(number: str) -> None:
    with pytest.raises(ValidationError):
        IncidentRow.model_validate({**INCIDENT, "lat": number, "lon": "38"})


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_on_earth_is_accepted(lat: float, lon: float) -> None:
    row = IncidentRow.model_validate({**INCIDENT, "lat": repr(lat), "lon": repr(lon)})
    assert (row.lat, row.lon) == (lat, lon)


@given(st.lists(st.text("abcنف-’ ", min_size=1).map(str.strip).filter(bool)))
def test_a_list_is_cut_at_semicolons_and_blanks_left_out(parts: list[str]) -> None:
    sites = ALL["sites"].row
    cells = {"id": "a", "name": "A", "kind": "base", "country": "Syria", "sources": "x"}
    row = sites.model_validate({**cells, "aliases": " ; ;".join(parts)})
    assert row.aliases == tuple(parts)
