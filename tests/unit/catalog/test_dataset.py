from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.dataset import FILE, Dataset, read_dataset


def test_a_dataset_is_read_whole(tmp_path) -> None:
    (tmp_path / FILE).write_text(
        """
        title = "Posture"
        subtitle = "Who holds what"
        licence = "CC BY 4.0"
        credits = ["A", "B"]
        [home]
        lat = 34.2
        lon = 39.9
        zoom = 6.5
        [window]
        from = 2025-11-10
        to = 2026-03-12
        [[periods]]
        name = "Withdrawal"
        from = 2026-01-27
        to = 2026-02-15
        """,
        encoding="utf-8",
    )
    dataset, problems = read_dataset(tmp_path)
    assert problems == []
    assert (dataset.title, dataset.subtitle, dataset.licence) == ("Posture", "Who holds what", "CC BY 4.0")
    assert dataset.credits == ("A", "B")
    assert (dataset.home.lat, dataset.home.lon, dataset.home.zoom) == (34.2, 39.9, 6.5)
    assert dataset.window is not None
    assert (dataset.window.first, dataset.window.last) == (date(2025, 11, 10), date(2026, 3, 12))
    assert [(p.name, p.first, p.last) for p in dataset.periods] == [
        ("Withdrawal", date(2026, 1, 27), date(2026, 2, 15))
    ]


def test_an_empty_dataset_has_defaults_and_shows_all_the_data(tmp_path) -> None:
    (tmp_path / FILE).write_text("", encoding="utf-8")
    dataset, problems = read_dataset(tmp_path)
    assert (dataset, problems) == (Dataset(), [])
    assert (dataset.title, dataset.window, dataset.periods) == ("Laydown", None, ())


def test_a_missing_dataset_is_told_and_the_defaults_are_used(tmp_path) -> None:
    dataset, [problem] = read_dataset(tmp_path)
    assert dataset == Dataset()
    assert (problem.file, problem.what, problem.kept) == (FILE, "is missing", True)
    assert "add one" in problem.mend


def test_a_dataset_that_cannot_be_read_is_told_and_the_defaults_are_used(tmp_path) -> None:
    (tmp_path / FILE).mkdir()
    dataset, [problem] = read_dataset(tmp_path)
    assert dataset == Dataset()
    assert (problem.what, problem.kept) == ("cannot be read: Is a directory", True)


def test_a_folder_that_is_a_file_is_told(tmp_path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    dataset, [problem] = read_dataset(file)
    assert dataset == Dataset()
    assert problem.what.startswith("cannot be read")


@pytest.mark.parametrize(
    "content",
    [
        b"title = ",
        b"title = Posture",
        b"\xff\xfe",
        b'title = "Caf\xe9"',
        b"a = 1\na = 2",
        b"n = " + b"9" * 5000,
        b"\x00",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_not_toml_is_told_and_the_defaults_are_used(tmp_path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    dataset, [problem] = read_dataset(tmp_path)
    assert dataset == Dataset()
    assert problem.what.startswith("is not valid TOML: ")
    assert problem.kept


@pytest.mark.parametrize(
    ("text", "column", "value", "what"),
    [
        ("title = 5", "title", "5", "valid string"),
        ('tilte = "x"', "tilte", "x", "not permitted"),
        ("[home]\nlat = 95", "home.lat", "95", "less than or equal to 90"),
        ("[home]\nlon = -181.0", "home.lon", "-181.0", "greater than or equal to -180"),
        ("[home]\nzoom = 20", "home.zoom", "20", "less than or equal to 19"),
        ("[home]\nlat = nan", "home.lat", "nan", "less than or equal to 90"),
        ("[window]\nfrom = 2025-11-10", "window.to", "", "required"),
        ('[window]\nfrom = "2025-13-40"\nto = 2026-01-01', "window.from", "2025-13-40", "valid date"),
        ('credits = "A"', "credits", "A", "valid tuple"),
        ("[[periods]]\nfrom = 2025-01-01", "periods.0.to", "", "required"),
    ],
)
def test_a_wrong_value_is_told_and_the_defaults_are_used(
    tmp_path, text: str, column: str, value: str, what: str
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    dataset, [problem] = read_dataset(tmp_path)
    assert dataset == Dataset()
    assert problem.column == column
    assert value in problem.value
    assert what in problem.what
    assert problem.mend
    assert problem.kept


def test_every_wrong_value_is_told(tmp_path) -> None:
    (tmp_path / FILE).write_text("title = 5\n[home]\nlat = 95\nlon = 200\n", encoding="utf-8")
    assert {p.column for p in read_dataset(tmp_path)[1]} == {"title", "home.lat", "home.lon"}


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=100), st.text('[]{}="\n.,-0123456789 homelatwindowfromperiods', max_size=60)))
def test_no_content_raises(scratch, content: bytes | str) -> None:
    (scratch.path / FILE).write_bytes(content if isinstance(content, bytes) else content.encode())
    dataset, problems = read_dataset(scratch.path)
    assert problems or dataset


def test_a_period_that_ends_before_its_start_is_a_problem(tmp_path) -> None:
    (tmp_path / "dataset.toml").write_text("[window]\nfrom = 2026-03-01\nto = 2026-02-01\n", encoding="utf-8")
    dataset, problems = read_dataset(tmp_path)
    assert dataset.window is None
    assert "ends on 2026-02-01, before its start 2026-03-01" in problems[0].what
