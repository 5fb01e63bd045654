"""How old the record is, in words: what was looked for, what was found, and what a later window is told."""

from datetime import date

import pytest

from components.catalog.served import open_catalog
from components.view.brief import brief
from components.view.brief_text import brief_text
from components.view.on_view import on_view
from components.view.record import after_text, age_text, beyond_text, newest_report, record_text
from components.view.view import View

CHECKED = date(2026, 11, 24)
AFTER = "The record was checked to 24 November 2026: what came after is not in it."


def recorded(folder, checked: str = "2026-11-24", published: tuple[str, ...] = ("2026-09-30",)):
    """A catalog whose one incident rests on sources of the dates ``published``, checked to a day or "" for none."""
    sources = [{"id": f"s{n}", "published": day} for n, day in enumerate(published)]
    return open_catalog(
        folder(
            toml=f'title = "Test"\n{f"checked = {checked}" if checked else ""}\n',
            sources=[{"id": "map", "published": "2026-11-01"}, *sources],
            sites=[{"id": "base", "sources": "map"}],
            presence=[{"id": "ever", "site": "base", "force": "us", "sources": "map"}],
            incidents=[{"id": "one", "site": "base", "start": "2025", "sources": "; ".join(s["id"] for s in sources)}],
        )
    )


@pytest.mark.parametrize(
    ("checked", "published", "told"),
    [
        ("2026-11-24", ("2026-09-30",), "Checked to 24 November 2026; newest report 30 September"),
        ("2026-11-24", ("2026-09-30", "2026-02-11", ""), "Checked to 24 November 2026; newest report 30 September"),
        # The year is said where it is another.
        ("2026-01-10", ("2025-12-30",), "Checked to 10 January 2026; newest report 30 December 2025"),
        # As precise as the source is dated.
        ("2026-11-24", ("2026-09",), "Checked to 24 November 2026; newest report September"),
        ("2026-11-24", ("2026",), "Checked to 24 November 2026; newest report 2026"),
        ("2026-11-24", ("2025-09",), "Checked to 24 November 2026; newest report September 2025"),
        # What may have been out on the first day of a year is not newer than what was out later in it.
        ("2026-11-24", ("2026", "2026-03-13"), "Checked to 24 November 2026; newest report 13 March"),
        ("2026-11-24", ("2026-03", "2026-03-01"), "Checked to 24 November 2026; newest report March"),
        ("2026-11-24", ("2026-03", "2026-03-02"), "Checked to 24 November 2026; newest report 2 March"),
        # Without one of the two, or both.
        ("2026-11-24", ("",), "Checked to 24 November 2026"),
        ("", ("2026-09-30",), "Newest report 30 September 2026"),
        ("", ("2026-09",), "Newest report September 2026"),
        ("", ("",), ""),
    ],
)
def test_the_age_in_words(folder, checked: str, published: tuple[str, ...], told: str) -> None:
    catalog = recorded(folder, checked, published)
    assert not [problem for problem in catalog.problems if problem.column != "checked"]
    assert age_text(catalog) == told


def test_what_only_says_where_a_site_lies_is_no_report(folder) -> None:
    assert newest_report(recorded(folder)).text == "2026-09-30", "the source of the site and the undated row is newer"


@pytest.mark.parametrize(
    ("known", "told"),
    [
        # Nobody had looked so far, and of the reports only those that were out are told.
        (date(2026, 2, 10), ""),
        (date(2026, 2, 11), "Newest report 11 February 2026"),
        (date(2026, 9, 29), "Newest report 11 February 2026"),
        (date(2026, 9, 30), "Newest report 30 September 2026"),
        (date(2026, 11, 23), "Newest report 30 September 2026"),
        (CHECKED, "Checked to 24 November 2026; newest report 30 September"),
        (date(2027, 1, 1), "Checked to 24 November 2026; newest report 30 September"),
    ],
)
def test_the_age_as_known_on_a_day(folder, known: date, told: str) -> None:
    catalog = recorded(folder, published=("2026-02-11", "2026-09-30"))
    assert age_text(catalog, known) == told
    view = View(date(2026, 1, 1), date(2026, 12, 31), known=known)
    assert bool(beyond_text(catalog, view)) == (known >= CHECKED)


@pytest.mark.parametrize(
    ("end", "checked", "told"),
    [
        (CHECKED, "2026-11-24", ""),
        (date(2026, 11, 25), "2026-11-24", AFTER),
        (date(2100, 1, 1), "2026-11-24", AFTER),
        (date(2100, 1, 1), "", ""),
        # A report that is newer than the last look at all sources is in it.
        (
            date(2026, 9, 2),
            "2026-09-01",
            AFTER.replace("24 November", "1 September").replace("is not in", "may be missing from"),
        ),
    ],
)
def test_a_window_that_ends_after_the_record_is_told_so(folder, end: date, checked: str, told: str) -> None:
    assert beyond_text(recorded(folder, checked), View(date(2026, 1, 1), end)) == told


@pytest.mark.parametrize(
    ("end", "checked", "told"),
    [
        (CHECKED, "2026-11-24", "Checked to 24 November 2026; newest report 30 September."),
        (
            date(2026, 12, 31),
            "2026-11-24",
            "Checked to 24 November 2026: what came after is not in it. Newest report 30 September 2026.",
        ),
        (date(2026, 12, 31), "", "Newest report 30 September 2026."),
    ],
)
@pytest.mark.parametrize("markdown", [True, False])
def test_the_brief_says_it_and_so_does_its_copy(folder, markdown: bool, end: date, checked: str, told: str) -> None:
    catalog, view = recorded(folder, checked), View(date(2026, 1, 1), end)
    assert record_text(catalog, view) == told
    found = brief(on_view(catalog, view))
    assert found.record == told
    assert brief_text(catalog, found, "https://example.org/", markdown).splitlines()[1:4] == ["", told, ""]


def test_where_nothing_is_known_nothing_is_said(folder) -> None:
    catalog, view = recorded(folder, "", ("",)), View(date(2026, 1, 1), date(2026, 12, 31))
    assert (record_text(catalog, view), after_text(catalog), beyond_text(catalog, view)) == ("", "", "")
    text = brief_text(catalog, brief(on_view(catalog, view)), "https://example.org/", markdown=False)
    assert text.splitlines()[1:3] == [
        "",
        "No site on view changed hands between these two dates, as far as is known.",
    ]
