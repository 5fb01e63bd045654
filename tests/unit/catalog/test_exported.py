"""A file that an export wrote and a person put back: what the export added is taken away or left alone."""

import pytest

from components.catalog.reading import read_table


def test_an_apostrophe_that_an_export_wrote_is_taken_away(folder, tables) -> None:
    folder.rows("sources", {"id": "sum", "title": "'=SUM(A1)", "note": "a;'-b"}, {"id": "said", "title": "''=said"})
    lines, problems = read_table(folder.path, tables("sources"))
    assert problems == []
    read = {line.row.id: line.row for line in lines}
    assert (read["sum"].title, read["sum"].note) == ("=SUM(A1)", "a;-b")
    assert read["said"].title == "'=said"


def test_a_cell_is_as_long_as_it_is_without_the_apostrophes(folder, tables) -> None:
    folder.rows("sources", {"id": "long", "note": ";'=" * 3_300})
    lines, problems = read_table(folder.path, tables("sources"))
    assert problems == []
    *_, last = lines
    assert last.row.note == ";=" * 3_300


def test_columns_that_an_export_added_are_left_alone_without_a_problem(folder, tables) -> None:
    header, *rows = folder.read("sources").splitlines()
    added = ["laydown_data,laydown_anything," + header, *(f"0123456789ab,,{row}" for row in rows)]
    folder.text("sources", "\n".join(added) + "\n")
    lines, problems = read_table(folder.path, tables("sources"))
    assert problems == []
    assert [line.row.id for line in lines] == ["wire-1", "memory"]
    folder.text("sources", "\n".join(added).replace("laydown_anything", "anything") + "\n")
    assert [problem.column for problem in read_table(folder.path, tables("sources"))[1]] == ["anything"]


SITE = {"id": "here", "lat": "33.5", "lon": "38.5", "precision": "district"}


def test_a_rows_own_radius_is_the_one_it_lies_within(folder) -> None:
    folder.rows("sites", {**SITE, "radius_km": "12.5"}, {**SITE, "id": "there"})
    folder.rows("incidents", {"id": "own", "site": "", "lat": "33", "lon": "38", "radius_km": "0.25"})
    catalog = folder.load()
    assert catalog.problems == ()
    assert catalog.sites.loc[["here", "there"], "radius_km"].tolist() == [12.5, 25.0]
    assert catalog.incidents.at["own", "radius_km"] == 0.25
    assert catalog.incidents.at["attack-1", "radius_km"] == 5.0, "the place's, where the row has no point"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"lat": "", "lon": "", "radius_km": "5"}, "has a radius_km and no lat/lon"),
        ({"radius_km": "0"}, "greater than 0"),
        ({"radius_km": "-1"}, "greater than 0"),
        ({"radius_km": "5001"}, "less than or equal to 5000"),
        ({"radius_km": "far"}, "is not a number"),
        ({"radius_km": "nan"}, ""),
        ({"radius_km": "inf"}, "less than or equal to 5000"),
    ],
)
def test_a_radius_of_nothing_or_of_no_size_is_a_problem(folder, change: dict[str, str], what: str) -> None:
    folder.rows("sites", {**SITE, "place": "Tadmur, Syria", **change})
    [problem] = folder.load().problems
    assert (problem.file, problem.line) == ("sites.csv", 4)
    assert what in problem.what
