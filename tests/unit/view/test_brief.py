"""Sentences that a newspaper could print."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest

from components.catalog.dates import day_number, day_of, parse_date
from components.catalog.records import records
from components.view.brief import TEMPLATES, TOTALS, brief
from components.view.brief_text import brief_text
from components.view.on_view import on_view
from components.view.view import View
from components.view.wording import date_text, listed, on_text, stretch_text

WINDOW = View(date(2025, 12, 1), date(2026, 3, 12))
FORCES = [
    {"id": "us", "name": "United States", "called": "US forces"},
    {"id": "uk", "name": "United Kingdom", "called": "British forces"},
    {"id": "syria", "name": "Syrian government"},
    {"id": "sdf", "name": "SDF", "called": "the SDF"},
]


def lines(catalog_of, presence, movements=()) -> list[str]:
    catalog = catalog_of(
        forces=FORCES,
        sites=[{"id": "base", "name": "Al-Tanf"}],
        presence=[
            {"id": f"p{n}", "site": "base", "last_confirmed": "" if cells.get("end") else "2026-03-01", **cells}
            for n, cells in enumerate(presence)
        ],
        movements=[{"id": f"m{n}", **cells} for n, cells in enumerate(movements)],
    )
    found = brief(on_view(catalog, WINDOW))
    return [line.sentence for line in found.changed]


def us(end: str, start: str = "2016", **cells: str) -> dict[str, str]:
    return {"force": "us", "start": start, "end": end, **cells}


@pytest.mark.parametrize(
    ("presence", "sentence"),
    [
        ([us("2026-02-11")], "Al-Tanf: US forces left on 11 February 2026."),
        ([us("2026-02")], "Al-Tanf: US forces left in February 2026."),
        (
            [us("2026-02-11"), {"force": "syria", "start": "2026-02-12"}],
            "Al-Tanf: US forces left on 11 February 2026; Syrian government forces took over on 12 February 2026.",
        ),
        (
            [us("2026-02-15"), {"force": "syria", "start": "2026-02-15"}],
            "Al-Tanf: US forces left on 15 February 2026; Syrian government forces took over the same day.",
        ),
        # A month that is said twice is no day.
        (
            [us("2026-01"), {"force": "syria", "start": "2026-01"}],
            "Al-Tanf: US forces left in January 2026; Syrian government forces took over in January 2026.",
        ),
        (
            [us("2026-02-11"), {"force": "uk", "start": "2016", "end": "2026-02-11"}],
            "Al-Tanf: US forces and British forces left on 11 February 2026.",
        ),
        (
            [us("2026-02-11"), {"force": "uk", "start": "2016", "end": "2026-02-11", "status": "reported"}],
            "Al-Tanf: US forces left on 11 February 2026; British forces, whose presence was only ever reported, "
            "left the same day.",
        ),
        (
            [us("2026-02-11"), {"force": "sdf", "start": "2016"}],
            "Al-Tanf: US forces left on 11 February 2026; the SDF stayed.",
        ),
        ([{"force": "sdf", "start": "2026-02"}], "Al-Tanf: The SDF arrived in February 2026."),
        (
            [{"force": "us", "start": "2026-02-11", "status": "reported"}],
            "Al-Tanf: US forces are reported to have arrived on 11 February 2026.",
        ),
        (
            [{"force": "us", "start": "2026-02-11", "status": "reported", "role": "new home, still coordinating"}],
            "Al-Tanf: US forces are reported to have arrived on 11 February 2026; what is reported of US forces there: "
            "new home, still coordinating.",
        ),
        (
            [{"force": "us", "start": "2026-02-11"}, {"force": "sdf", "start": "2019"}],
            "Al-Tanf: US forces arrived on 11 February 2026; the SDF stayed.",
        ),
        (
            [
                us("2026-02-20"),
                us("2026-03-11", "2026-02-21", status="drawing-down"),
                {"force": "us", "start": "2026-03-12"},
            ],
            "Al-Tanf: US forces drew down from 21 February to 11 March 2026.",
        ),
        (
            [us("2026-02-20"), {"force": "us", "start": "2026-02-21", "status": "drawing-down"}],
            "Al-Tanf: US forces have been drawing down since 21 February 2026.",
        ),
        # Whether it still goes on is not known where they were last confirmed there long ago.
        (
            [
                us("2025-12-02"),
                us("", "2025-12-03", status="drawing-down", last_confirmed="2025-12-04"),
            ],
            "Al-Tanf: US forces began to draw down on 3 December 2025.",
        ),
        # Who may have been there before, or not, has not surely stayed.
        (
            [us("2026-02-11"), {"force": "sdf", "start": "", "first_confirmed": "2026-02-01"}],
            "Al-Tanf: US forces left on 11 February 2026.",
        ),
        # Of two who came, the one whose day is known took over.
        (
            [us("2026-02-11"), {"force": "uk", "start": "2026-02"}, {"force": "syria", "start": "2026-02-11"}],
            "Al-Tanf: British forces arrived in February 2026; US forces left on 11 February 2026; Syrian government "
            "forces took over the same day.",
        ),
        # The record's own silence is no change, nor that a force is named for the first time.
        ([{"force": "us", "start": "2016", "last_confirmed": "2025-03-01"}], None),
        ([{"force": "us", "start": "", "last_confirmed": "2026-02-13"}], None),
        ([{"force": "us", "start": "", "first_confirmed": "2026-02-01", "last_confirmed": "2026-02-13"}], None),
        # Dated by month or year: told as such where that reaches beyond the window.
        ([us("2026")], "Al-Tanf: US forces left in 2026, perhaps after this window."),
        # One day of a stretch is told as such, too.
        ([us("2026-01-20..2026-02-11")], "Al-Tanf: US forces left between 20 January and 11 February 2026."),
        ([us("2026-02-10..2026-02-11")], "Al-Tanf: US forces left on 10 or 11 February 2026."),
        (
            [us("2025-06..2026-01")],
            "Al-Tanf: US forces left between June 2025 and January 2026, perhaps before this window.",
        ),
        ([us("2025")], "Al-Tanf: US forces left in 2025, perhaps before this window."),
        ([us("2026-03-12")], None),
        ([us("2026-03")], "Al-Tanf: US forces left in March 2026, perhaps after this window."),
        ([us("2025-12")], "Al-Tanf: US forces left in December 2025."),
        (
            [us("2026-02-11"), {"force": "syria", "start": "2026-03"}],
            "Al-Tanf: US forces left on 11 February 2026.",
        ),
        # Rows of one force that abut are one stay: nobody came in between.
        ([us("2025-12", "2025-06"), us("", "2025-12", last_confirmed="2026-03-01")], None),
        # A report without a known arrival is neither an arrival nor a taking over.
        (
            [us("2026-01", "2019"), {"force": "syria", "start": "2026-02", "end": "2026-02", "status": "reported"}],
            "Al-Tanf: US forces left in January 2026; Syrian government forces were reported there in February 2026.",
        ),
        (
            [us("2026-02-11"), {"force": "syria", "start": "2026-02-12", "status": "reported"}],
            "Al-Tanf: US forces left on 11 February 2026; Syrian government forces are reported to have arrived on "
            "12 February 2026.",
        ),
        # Who comes months after another left has not taken over from it; nor is a guest's earlier role the taking over.
        (
            [us("2025-12-10"), {"force": "syria", "start": "2026-02-12"}],
            "Al-Tanf: US forces left on 10 December 2025; Syrian government forces arrived on 12 February 2026.",
        ),
        (
            [
                us("2026-02-11"),
                {"force": "syria", "start": "2025-06", "end": "2025-12-20"},
                {"force": "syria", "start": "2025-12-20", "end": "2026-02-12"},
                {"force": "syria", "start": "2026-02-12"},
            ],
            "Al-Tanf: US forces left on 11 February 2026; Syrian government forces took over on 12 February 2026.",
        ),
        (
            [us("2026-01-10"), us("2026-02-11", "2026-01-10", status="reported")],
            "Al-Tanf: US forces, by then only reported there, left on 11 February 2026.",
        ),
        (
            [us("2026-02-11"), {"force": "us", "start": "2026-02-12", "status": "reported"}],
            "Al-Tanf: From 12 February 2026 on it is only reported, not confirmed, that US forces were there.",
        ),
    ],
)
def test_a_change_in_a_sentence(catalog_of, presence, sentence) -> None:
    assert lines(catalog_of, presence) == ([sentence] if sentence else [])


def test_a_unit_that_takes_another_name_stays(catalog_of) -> None:
    rows = [
        {"force": "sdf", "start": "2016", "end": "2026-01", "unit": "First Army"},
        {"force": "sdf", "start": "2026-01", "unit": "Second Army"},
    ]
    assert lines(catalog_of, rows) == [
        "Al-Tanf: The SDF there, until then called First Army, took the name Second Army in January 2026."
    ]
    assert lines(catalog_of, [rows[0], {**rows[1], "unit": ""}]) == []
    assert lines(catalog_of, [rows[0], {**rows[1], "unit": "First Army"}]) == []


def test_what_moved_is_told_of_who_stays(catalog_of) -> None:
    away = {"kind": "withdrawal", "origin": "base", "force": "us", "start": "2026-02-23"}
    back = {"kind": "reinforcement", "destination": "base", "force": "us", "start": "2026-03-11"}
    there = [{"force": "us", "start": "2016"}]
    assert lines(catalog_of, there, [back]) == ["Al-Tanf: US forces were reinforced on 11 March 2026."]
    assert lines(catalog_of, there, [away]) == ["Al-Tanf: US forces drew down on 23 February 2026."]
    assert lines(catalog_of, there, [away, back]) == [
        "Al-Tanf: US forces drew down on 23 February 2026 and were reinforced on 11 March 2026."
    ]


OPEN = us("", "2025-08-17", status="drawing-down", last_confirmed="2026-03-01")
DRAWN = [us("2025-08-17"), us("2026-03-20", "2025-08-17", status="drawing-down")]


@pytest.mark.parametrize(
    ("presence", "movements", "sentences"),
    [
        (DRAWN, [], ["Al-Tanf: US forces have been drawing down since 17 August 2025."]),
        ([DRAWN[0], OPEN], [], ["Al-Tanf: US forces have been drawing down since 17 August 2025."]),
        ([us("2025-12-05"), us("2026-03-20", "2025-12-05", status="drawing-down")], [], []),
        ([us("2025-08-17"), us("2026-03-01", "2025-08-17", status="drawing-down"), us("", "2026-03-01")], [], []),
        (
            [us("", last_confirmed="2026-03-01")],
            [{"kind": "reinforcement", "destination": "base", "force": "us", "start": "2025-11", "end": "2026-04"}],
            ["Al-Tanf: US forces have been reinforced since November 2025."],
        ),
        # Long after the last word nobody knows that it still goes on.
        ([DRAWN[0], OPEN | {"last_confirmed": "2025-12-01"}], [], []),
        ([us("", "2024-01-01", status="drawing-down", last_confirmed="2024-06-01")], [], []),
    ],
)
def test_what_began_before_and_ended_after_goes_on_and_is_no_change(catalog_of, presence, movements, sentences) -> None:
    catalog = catalog_of(
        forces=FORCES,
        sites=[{"id": "base", "name": "Al-Tanf"}],
        presence=[{"id": f"p{n}", "site": "base", **cells} for n, cells in enumerate(presence)],
        movements=[{"id": f"m{n}", **cells} for n, cells in enumerate(movements)],
    )
    found = brief(on_view(catalog, WINDOW))
    assert [line.sentence for line in found.continuing] == sentences
    if sentences:
        assert not found.changed
        text = brief_text(catalog, found, "https://example.org/", markdown=False)
        assert f"CONTINUING\n\n- {sentences[0]} [1]" in text


def weeks(first: date, last: date) -> list[tuple[date, date]]:
    return [(first + timedelta(days), first + timedelta(days + 7)) for days in range(0, (last - first).days, 7)]


WINDOWS = [
    *weeks(date(2025, 10, 1), date(2026, 4, 1)),
    *((date(2025, month, 1), date(2025, month, monthrange(2025, month)[1])) for month in range(1, 13)),
    *((date(year, 1, 1), date(year, 12, 31)) for year in range(2003, 2027)),
]


@pytest.mark.parametrize(("start", "end"), WINDOWS)
def test_a_sentence_of_the_curated_brief_rests_on_a_date_within_its_window(curated, start, end) -> None:
    rests_on_its_window(curated, start, end)


@pytest.mark.e2e
def test_so_does_one_of_a_window_that_begins_or_ends_within_a_month_or_a_year(curated) -> None:
    dates = {date for column in ("start", "end") for date in curated.presence[column] if date}
    middles = {day_of((date.first + date.last) // 2) for date in dates if date.first < date.last}
    assert len(middles) > 10
    for middle in middles:
        for days in (7, 75):
            rests_on_its_window(curated, middle, middle + timedelta(days))
            rests_on_its_window(curated, middle - timedelta(days), middle)


@lru_cache(maxsize=1)
def presence_of(catalog) -> dict[str, list]:
    """The rows of presence, by site."""
    found: dict[str, list] = {}
    for row in records(catalog.presence):
        found.setdefault(row.site, []).append(row)
    return found


@lru_cache(maxsize=4)
def by_id(catalog, table: str) -> dict[str, Any]:
    """The rows of a table, by their ids: plain objects, as a table answers slowly to many small questions."""
    return {row.id: row for row in records(catalog.tables[table])}


def rests_on_its_window(curated, start: date, end: date) -> None:
    """Who is told of left, came or changed by a row that begins or ends in the window, and that is cited.

    Of a date that reaches beyond the window it is said that it may.
    """
    first, last = day_number(start), day_number(end)
    found = curated_brief(curated, View(start, end))
    for line in found.changed:
        change = line.change
        moves = [by_id(curated, "movements")[id_] for id_ in change.movements]
        rows = [*presence_of(curated).get(change.site, ()), *moves]
        for part in change.parts:
            of = [row for row in rows if row.force == part.force]
            dates = [(date, row) for row in of for date in (row.start, row.end) if date]
            within = [row for date, row in dates if date.first <= last and date.last >= first]
            if part.rests_on:
                assert within, f"{line.sentence}: {part.force}"
                assert any(set(row.sources) & set(change.sources) for row in within), f"{line.sentence}: {part.force}"
            for event in (part.left, part.came):
                beyond = event and (event.date.first < first or event.date.last > last)
                assert not event or event.sure == (not beyond), line.sentence
        assert ("perhaps" in line.sentence) == any(
            event and not event.sure for part in change.parts for event in (part.left, part.came)
        )
        reported = [part for part in change.parts if part.came and part.came.reported and part.after]
        roles = [part.after.role for part in reported if part.after.role]
        # What is reported of a force is told of each that is only reported to have come in the window, and of no other.
        assert line.sentence.count("what is reported of ") == len(roles), line.sentence
        assert all(f" there: {role}" in line.sentence for role in roles), line.sentence
        assert "on record" not in line.sentence
    for line in (*found.continuing, *found.silent):
        rests_on_what_goes_on(curated, line, first, last)


def rests_on_what_goes_on(curated, line, first: int, last: int) -> None:
    """It began before the window and has not ended; or nobody reported its end, and the sentence says since when."""
    rows = by_id(curated, "presence")
    for part in line.change.parts:
        lasts = part.reduced or part.reinforced
        if lasts:
            since, until = lasts
            assert since.last < first, line.sentence
            assert until is None, line.sentence
            continue
        row = rows[part.after.row]
        assert row.end is None, line.sentence
        assert part.before is not None, line.sentence
        assert part.unreported == row.searched, line.sentence
        assert f"up to {date_text(row.searched)}" in line.sentence
        assert set(row.sources) <= set(line.change.sources), line.sentence
        # Silence is told only from the last report on, and of a mere report it is not said that it confirmed anything.
        assert row.last_confirmed.first <= last, line.sentence
        word = "reported" if row.status == "reported" else "confirmed"
        assert f"last {word} there {on_text(row.last_confirmed)}" in line.sentence


@pytest.mark.parametrize(
    ("text", "on"), [("2026-02-11", "on 11 February 2026"), ("2026-02", "in February 2026"), ("2026", "in 2026")]
)
def test_a_date_takes_the_word_that_its_precision_asks(text, on) -> None:
    assert on_text(parse_date(text)) == on


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-02-21", "2026-03-11", "from 21 February to 11 March 2026"),
        ("2025-12-21", "2026-03-11", "from 21 December 2025 to 11 March 2026"),
        ("2026-02", "2026-03", "from February to March 2026"),
        ("2025", "2026", "from 2025 to 2026"),
        ("2026", "2026-03", "from 2026 to March 2026"),
        ("2026-03-11", "2026-03-11", "on 11 March 2026"),
        ("2026-02-15", "2026-02-20", "from 15 to 20 February 2026"),
    ],
)
def test_a_stretch_says_the_year_once(start, end, text) -> None:
    assert stretch_text(parse_date(start), parse_date(end)) == text


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_in_words(items, text) -> None:
    assert listed(items) == text


def test_none_one_and_many_are_counted_in_words(catalog_of) -> None:
    sites = [{"id": id_, "name": id_.upper()} for id_ in "abc"]

    def total(*left: str) -> dict[str, str]:
        rows = [{"id": f"p-{site}", "site": site, "force": "us", "start": "2016", "end": "2026-02-11"} for site in left]
        catalog = catalog_of(sites=sites, presence=rows)
        return {group.title: group.total for group in brief(on_view(catalog, WINDOW)).groups}

    assert total() == {}
    assert total("a") == {"United States forces": "1 site was vacated."}
    assert total("a", "b") == {"United States forces": "2 sites were vacated."}


def test_what_the_subject_did_is_told_first_then_by_how_much(catalog_of) -> None:
    left, came = {"start": "2016", "end": "2026-02-11"}, {"start": "2026-02-11"}
    sites = {
        "doubted": [{"force": "us", "start": "2026-02", "status": "reported"}],
        "theirs": [{"force": "syria", **left}, {"force": "sdf", **came}],
        "seen": [
            {"force": "syria", **left},
            {"force": "us", "start": "2026-02", "end": "2026-02", "status": "reported"},
        ],
        "reinforced": [{"force": "us", "start": "2016", "last_confirmed": "2026-03-01"}],
        "low": [{"force": "us", "confidence": "low", **left}],
        "left": [{"force": "us", **left}],
        "opened": [{"force": "us", **came}],
        "handed": [{"force": "us", **left}, {"force": "sdf", **came}],
        "three": [{"force": "us", **left}, {"force": "uk", **left}, {"force": "sdf", **came}],
    }
    catalog = catalog_of(
        toml='title = "Test"\nsubject = "us"\n',
        forces=FORCES,
        sites=[{"id": id_, "name": id_, "country": "Iraq" if id_ == "low" else "Syria"} for id_ in sites],
        presence=[
            {"id": f"{site}-{n}", "site": site, **row} for site, rows in sites.items() for n, row in enumerate(rows)
        ],
        movements=[{"id": "m", "kind": "reinforcement", "destination": "reinforced", "force": "us"}],
    )

    def told(**chosen) -> dict[str, list[str]]:
        found = brief(on_view(catalog, replace(WINDOW, **chosen)))
        assert [line.name for line in found.uncertain] == ["doubted"] * (len(found.uncertain))
        return {group.title: [line.name for line in group.lines] for group in found.groups}

    assert told() == {
        "US forces": ["three", "handed", "left", "low", "opened", "reinforced", "seen"],
        "Other forces": ["theirs"],
    }
    assert told(search="theirs") == {"Other forces": ["theirs"]}
    assert next(iter(told(force=("sdf",)))) == "The SDF"


def test_what_may_have_changed_stands_apart_and_is_counted_as_no_change(catalog_of) -> None:
    catalog = catalog_of(
        forces=FORCES,
        sites=[{"id": "base", "name": "Base"}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2016", "end": "2026"}],
    )
    found = brief(on_view(catalog, WINDOW))
    assert (found.groups, len(found.uncertain), found.changed) == ((), 1, found.uncertain)
    assert "for certain" in found.nothing
    text = brief_text(catalog, found, "x", markdown=False, opening="The lede.")
    assert re.search("The lede.\n\nNo site .*\n\nWHAT THE RECORD DOES NOT SAY\n\n- Base: .* perhaps", text)


def test_where_nothing_changed_the_brief_says_so(catalog_of) -> None:
    catalog = catalog_of(sites=[{"id": "base"}])
    found = brief(on_view(catalog, WINDOW))
    assert not found.changed
    assert "as far as is known" in found.nothing
    assert found.nothing in brief_text(catalog, found, "https://example.org/", markdown=False)


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_a_line_says_its_confidence_and_its_country(catalog_of, confidence: str) -> None:
    catalog = catalog_of(
        sites=[{"id": "base", "name": "Base"}],
        forces=FORCES,
        presence=[{"id": "p", "site": "base", "confidence": confidence} | us("2026-02-11")],
    )
    text = brief_text(catalog, brief(on_view(catalog, WINDOW)), "https://example.org/", markdown=False)
    [line] = [line for line in text.splitlines() if line.startswith("- Base")]
    assert line == f"- Base: US forces left on 11 February 2026. [1] (Syria; {confidence} confidence)"


def test_only_the_sites_on_view_are_told_of(catalog_of) -> None:
    catalog = catalog_of(
        sites=[{"id": "a", "name": "Ayn"}, {"id": "b", "name": "Bravo"}],
        presence=[
            {"id": f"p-{site}", "site": site, "force": "us", "start": "2016", "end": "2026-02-11"} for site in "ab"
        ],
    )
    [line] = brief(on_view(catalog, replace(WINDOW, search="bravo"))).changed
    assert line.change.site == "b"


def curated_brief(curated, view=WINDOW):
    return brief(on_view(curated, view))


def test_the_curated_briefs_name_the_date_and_cite_by_number(curated) -> None:
    text = brief_text(curated, curated_brief(curated), "https://example.org/?from=2025-12-01", markdown=True)
    body, _, sources = text.partition("## Sources")
    numbers = {int(number) for refs in re.findall(r"\[([\d, ]+)\]", body) for number in refs.split(", ")}
    listed_numbers = [int(number) for number in re.findall(r"^(\d+)\. ", sources, re.MULTILINE)]
    assert listed_numbers == list(range(1, len(listed_numbers) + 1))
    assert numbers == set(listed_numbers)
    assert text.startswith("# Changes, 1 December 2025 to 12 March 2026\n")
    assert curated.version in sources
    assert "<https://example.org/?from=2025-12-01>" in sources


def test_text_of_the_data_is_text_in_markdown(catalog_of) -> None:
    catalog = catalog_of(
        sites=[{"id": "base", "name": "[x](javascript:y) <b>*z*</b>"}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2016", "end": "2026-02-11"}],
    )
    found = brief(on_view(catalog, WINDOW))
    text = brief_text(catalog, found, "https://example.org/", markdown=True)
    assert r"**\[x\](javascript:y) \<b\>\*z\*\</b\>**" in text
    assert "[x](javascript:y) <b>*z*</b>" in brief_text(catalog, found, "https://example.org/", markdown=False)


@pytest.mark.parametrize("markdown", [True, False])
def test_an_address_is_an_address_and_a_name_is_on_one_line(catalog_of, markdown: bool) -> None:
    address = "https://a.example/![x](https://evil.example/x.png)_*~"
    catalog = catalog_of(
        sources=[{"id": "wire", "url": address, "title": "Two\n\n# lines\u2028&lt;b&gt; & more"}],
        sites=[{"id": "base", "name": "Base\n- another"}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2016", "end": "2026-02-11"}],
    )
    found = brief(on_view(catalog, WINDOW))
    text = brief_text(catalog, found, "https://example.org/ x>/?q=a", markdown=markdown)
    lines = text.splitlines()
    source = next(line for line in lines if line.startswith("1. "))
    site = next(line for line in lines if line.startswith("- "))
    if markdown:
        assert source.endswith(f" <{address}>")
        assert r"Two \# lines \&lt;b\&gt; & more," in source
        assert lines[-1].endswith(": <https://example.org/%20x%3E/?q=a>")
        assert site.startswith("- **Base - another**: ")
    else:
        assert source.endswith(f" {address}")
        assert "Two # lines &lt;b&gt; & more," in source
        assert site.startswith("- Base - another: ")


@pytest.mark.parametrize("template", [*TEMPLATES.values(), *(text for pair in TOTALS.values() for text in pair)])
def test_a_template_is_a_clause(template) -> None:
    assert not template.endswith(".")
    assert template == template.strip()
    assert set(re.findall(r"{(\w+)}", template)) <= {
        "who",
        "when",
        "since",
        "stretch",
        "day",
        "days",
        "n",
        "old",
        "new",
        "clause",
        "role",
    }
