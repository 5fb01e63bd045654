"""What a file says of itself, and its name."""

from datetime import date

import pytest

from components.catalog.served import open_catalog
from components.view.provenance import file_name, provenance
from components.view.view import View

WINDOW = (date(2025, 12, 1), date(2026, 3, 12))


@pytest.mark.parametrize(
    ("view", "what", "name"),
    [
        (View(*WINDOW), "incidents", "US posture in Syria, Jordan and Iraq, incidents, 2025-12-01 to 2026-03-12.csv"),
        (View(*WINDOW), "", "US posture in Syria, Jordan and Iraq, 2025-12-01 to 2026-03-12.csv"),
        (View(*WINDOW, selected="site:al-tanf"), "sites", "Al-Tanf garrison, sites, 2025-12-01 to 2026-03-12.csv"),
    ],
)
def test_a_files_name_says_what_is_inside(curated, view: View, what: str, name: str) -> None:
    assert file_name(curated, view, what, "csv") == name


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("قاعدة التنف", "قاعدة التنف, "),
        ("Données: l’Été/2026", "Données l Été 2026, "),
        ("../../etc/passwd", "etc passwd, "),
        ('a"b\\\\c\\nd;e|f*g?h<i>j', "a b c d e f g h i j, "),
        ("…", ""),
        ("北" * 100, "北" * 60 + ", "),
        ("a\\u202Egpj.exe", "a gpj.exe, "),
    ],
)
def test_a_files_name_is_one_that_every_file_system_takes(catalog_of, title: str, subject: str) -> None:
    escaped = title.replace('"', '\\"')
    name = file_name(catalog_of(toml=f'title = "{escaped}"\n'), View(*WINDOW), "sites", "geojson")
    assert name == f"{subject}sites, 2025-12-01 to 2026-03-12.geojson"
    assert len(name.encode()) <= 255


def test_a_file_says_where_it_is_from(curated) -> None:
    told = provenance(curated, View(*WINDOW, known=date(2026, 2, 1)), "https://example.org/?a=1")
    assert told.window == "1 December 2025 – 12 March 2026, only what was public by 1 February 2026"
    assert (told.data, told.licence) == (curated.version, "CC BY 4.0")
    assert told.link == "https://example.org/?a=1"
    assert len(told.credits) == 3


@pytest.mark.parametrize(
    ("end", "known", "checked", "record"),
    [
        (date(2026, 11, 24), None, "2026-11-24", "Checked to 24 November 2026; newest report"),
        (date(2026, 11, 25), None, "2026-11-24", "Checked to 24 November 2026: what came after"),
        (date(2026, 11, 25), date(2026, 2, 1), None, "Newest report"),
    ],
)
def test_a_file_says_how_old_the_record_is(folder, end, known, checked, record: str) -> None:
    path = folder(
        toml='title = "Test"\nchecked = 2026-11-24\n',
        sources=[{"id": "wire", "published": "2026-01-30"}],
        incidents=[{"id": "one", "place": "Syria", "start": "2026-01-29"}],
    )
    told = provenance(open_catalog(path), View(date(2025, 12, 1), end, known=known), "")
    assert (told.checked, told.newest_report) == (checked, "2026-01-30")
    assert told.record.startswith(record)


def test_a_window_of_a_day_is_that_day(curated) -> None:
    day = date(2025, 12, 13)
    assert provenance(curated, View(day, day), "").window == "13 December 2025"
