"""Trends: what counts in a window, in the one before it, in a bar; parts of a whole are killed once."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import day_number, day_of
from components.view.on_view import on_view
from components.view.trends import MOST_BARS, Trends, trends, unit_of
from components.view.trends_text import before_text, details, notes, peak_text, total_text, trends_text
from components.view.view import GROUPINGS, UNITS, View, default_view, offered, read_view, write_query

HERE = {"lat": "34", "lon": "38"}
FEBRUARY = View(date(2026, 2, 1), date(2026, 2, 28))
OLD = {"id": "old", "start": "2020-01-01", **HERE}
NEW = {"id": "new", "start": "2026-12-01", **HERE}
"""So that the record reaches far enough to compare."""


def told(catalog: Any, view: View = FEBRUARY, **asked: Any) -> Trends:
    return trends(on_view(catalog, replace(view, **asked)))


@pytest.mark.parametrize(
    ("cells", "counted", "bar", "beyond"),
    [
        ({"start": "2026-02-11"}, 1, 1, 0),
        ({"start": "2026-02-01"}, 1, 1, 0),
        ({"start": "2026-02-28"}, 1, 1, 0),
        # Dated by month: in the window, in no one day of it.
        ({"start": "2026-02"}, 1, 0, 0),
        ({"start": "2026-02-09..2026-02-10"}, 1, 0, 0),
        ({"start": "2026-02-09", "end": "2026-02-12"}, 1, 0, 0),
        # On view, and perhaps or partly elsewhere.
        ({"start": "2026"}, 0, 0, 1),
        ({"start": "2026-01-30", "end": "2026-02-03"}, 0, 0, 1),
        ({"start": "2026-02-28..2026-03-01"}, 0, 0, 1),
        ({"start": "2026-01-31"}, 0, 0, 0),
        ({"start": "2026-03-01"}, 0, 0, 0),
    ],
)
def test_an_incident_counts_where_all_its_days_lie(catalog_of, cells, counted: int, bar: int, beyond: int) -> None:
    found = told(catalog_of(incidents=[{"id": "a", **HERE, **cells}]), per="day")
    assert (found.total.now.incidents, found.beyond) == (counted, beyond)
    assert sum(line.bars.incidents.sum() for line in found.lines) == bar
    assert found.total.undated.incidents == counted - bar


@pytest.mark.parametrize(
    ("killed", "low", "high"),
    [
        (["us 3"], 3, 3),
        (["us 3", "is 241-300"], 244, 303),
        (["us 3", "is 20+"], 23, None),
        (["us 3; is 4-5"], 7, 8),
        ([""], 0, 0),
    ],
)
def test_the_killed_keep_their_range(catalog_of, killed: list[str], low: int, high: int | None) -> None:
    incidents = [{"id": f"i{n}", "start": "2026-02-11", "killed": k, **HERE} for n, k in enumerate(killed)]
    forces = [{"id": "us", "name": "US"}, {"id": "is", "name": "IS"}]
    catalog = catalog_of(incidents=incidents, forces=forces)
    total = told(catalog, measure="killed").total
    assert (total.now.low, total.now.high) == (low, high)
    by_side = told(catalog, measure="killed", by="force").lines
    assert sum(line.now.low for line in by_side) == low


def test_a_part_of_a_whole_is_not_added_to_it_but_counts_where_its_whole_does_not(catalog_of) -> None:
    catalog = catalog_of(
        incidents=[
            {"id": "whole", "start": "2026-02", "killed": "us 10", **HERE},
            {"id": "part", "start": "2026-02-11", "killed": "us 4", "part_of": "whole", **HERE},
        ]
    )
    month = told(catalog, measure="killed")
    assert (month.total.now.incidents, month.total.now.low, month.parts) == (2, 10, 1)
    assert month.total.bars.low.sum() == 0
    assert "What 1 incident says is left out: they are parts of others that are counted." in notes(
        month, replace(FEBRUARY, measure="killed")
    )
    day = told(catalog, View(date(2026, 2, 11), date(2026, 2, 11)), measure="killed")
    assert (day.total.now.incidents, day.total.now.low, day.parts) == (1, 4, 0)


def test_the_window_before_is_as_long_and_compared_only_where_the_record_reaches_back(catalog_of) -> None:
    incidents = [
        {"id": "now", "start": "2026-02-11", **HERE},
        {"id": "before", "start": "2026-01-04", **HERE},
        {"id": "earlier", "start": "2026-01-03", **HERE},
    ]
    alone = told(catalog_of(incidents=incidents[:1]))
    assert alone.total.before is None
    assert any(
        note.startswith("Nothing is on record from before 11 February 2026: ") for note in notes(alone, FEBRUARY)
    )
    # Dates that are not over are not compared with such as are.
    unfinished = told(catalog_of(incidents=[OLD, *incidents]))
    assert unfinished.total.before is None
    assert notes(unfinished, FEBRUARY)[0] == (
        "The record goes up to 11 February 2026, and these dates further: nothing is compared."
    )
    checked = 'title = "Test"\nchecked = 2026-02-28\n'
    assert told(catalog_of(incidents=[OLD, *incidents], toml=checked)).total.before.incidents == 1
    found = told(catalog_of(incidents=[OLD, *incidents, NEW]))
    assert (found.days, found.total.before.incidents, found.first) == (28, 1, None)
    assert total_text(found, "incidents") == "1 incident in these dates, 1 in the 28 days before (no change)."


def test_of_several_forces_an_incident_counts_with_each_and_the_killed_with_their_own(catalog_of) -> None:
    catalog = catalog_of(
        incidents=[
            {"id": "a", "start": "2026-02-11", "forces": "us; sdf", "killed": "sdf 2", **HERE},
            {"id": "b", "start": "2026-02-12", "forces": "", "killed": "", **HERE},
        ]
    )
    by_force = told(catalog, by="force")
    assert [(line.option.value, line.now.incidents) for line in by_force.lines] == [("us", 1), ("sdf", 1)]
    assert by_force.unnamed == 1
    killed = told(catalog, by="force", measure="killed")
    assert [(line.option.value, line.now.low) for line in killed.lines] == [("sdf", 2)]


def test_places_are_named_by_their_site_or_as_written_and_those_with_most_come_first(catalog_of) -> None:
    catalog = catalog_of(
        sites=[{"id": "base", "name": "Base (old)"}],
        incidents=[
            {"id": "a", "start": "2026-02-11", "site": "base"},
            {"id": "b", "start": "2026-02-12", "place": "Town", **HERE},
            {"id": "c", "start": "2026-02-13", "place": "Town", **HERE},
            {"id": "d", "start": "2026-02-14", **HERE},
        ],
    )
    found = told(catalog)
    assert [(line.option.label, line.now.incidents) for line in found.places] == [("Town", 2), ("Base", 1)]
    assert found.placeless == 1


@pytest.mark.parametrize(
    ("start", "end", "per", "unit", "bars"),
    [
        ("2026-02-01", "2026-02-28", "", "day", 28),
        ("2026-01-01", "2026-03-31", "", "week", 14),
        ("2024-01-01", "2026-03-31", "", "month", 27),
        ("2026-02-01", "2026-02-28", "month", "month", 1),
        ("2026-02-02", "2026-02-08", "week", "week", 1),
        ("2026-02-08", "2026-02-09", "week", "week", 2),
        ("2024-01-01", "2026-03-31", "day", "week", 118),
        ("1900-01-01", "2100-12-31", "day", "year", 201),
    ],
)
def test_bars_are_of_what_is_asked_but_never_too_many(catalog_of, start, end, per, unit: str, bars: int) -> None:
    view = View(date.fromisoformat(start), date.fromisoformat(end), per=per)
    assert unit_of(view) == (unit, per if per and per != unit else "")
    periods = told(catalog_of(), view).periods
    assert len(periods) == bars <= MOST_BARS
    assert (periods[0].first, periods[-1].last) == (day_number(view.start), day_number(view.end))


def test_weeks_begin_on_monday_and_one_that_the_window_cuts_is_told(catalog_of) -> None:
    found = told(catalog_of(), per="week")
    assert [day_of(first).weekday() for first, _ in found.periods] == [6, 0, 0, 0, 0]
    assert found.cut
    assert not told(catalog_of(), View(date(2026, 2, 2), date(2026, 2, 15)), per="week").cut


FIRST = date(2026, 1, 1)
dates = st.integers(0, 90).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
rows = st.lists(
    st.fixed_dictionaries(
        {
            "start": dates | dates.map(lambda text: text[:7]),
            "kind": st.sampled_from(["attack", "ied"]),
            "forces": st.sampled_from(["", "us", "us; sdf"]),
            "killed": st.sampled_from(["", "us 3", "sdf 2-5", "us 1; sdf 7+"]),
        }
    ),
    max_size=12,
)


@pytest.mark.e2e
@given(rows=rows, start=st.integers(0, 80), days=st.integers(1, 40), per=st.sampled_from(UNITS))
def test_the_numbers_are_those_of_the_rows_one_by_one(catalog_of, rows, start: int, days: int, per: str) -> None:
    catalog = catalog_of(incidents=[OLD, *({"id": f"i{n}", **HERE, **row} for n, row in enumerate(rows))])
    view = View(FIRST + timedelta(days=start), FIRST + timedelta(days=start + days - 1), per=per)
    first, last, _ = view.day_numbers
    for by in GROUPINGS[:2]:
        found = trends(on_view(catalog, replace(view, by=by)), both=True)
        expected: Counter[str] = Counter()
        for row in catalog.incidents.itertuples():
            if first <= row.start_first and row.end_last <= last:
                expected.update((row.kind,) if by == "kind" else row.forces)
        assert {line.option.value: line.now.incidents for line in found.lines if line.now.incidents} == dict(expected)
        inside = [r for r in catalog.incidents.itertuples() if first <= r.start_first and r.end_last <= last]
        assert found.total.now.incidents == len(inside)
        assert found.total.now.low == sum(toll.low for row in inside for toll in row.killed)
        assert found.total.now.unstated == sum(not row.killed for row in inside)
        for line in found.lines:
            of_line = inside if by == "force" else [row for row in inside if row.kind == line.option.value]
            assert line.now.unstated == sum(not row.killed for row in of_line)
            assert line.bars.unstated.sum() <= line.now.unstated
        in_bars = [row for row in inside for a, b in found.periods if a <= row.start_first and row.end_last <= b]
        assert found.total.bars.incidents.sum() == len(in_bars)
        assert found.total.undated.incidents == len(inside) - len(in_bars)


def test_each_amount_says_what_was_before_and_when_was_most(catalog_of) -> None:
    days = ["2026-01-10", "2026-02-03", "2026-02-11", "2026-02-11"]
    catalog = catalog_of(incidents=[OLD, NEW, *({"id": f"i{n}", "start": day, **HERE} for n, day in enumerate(days))])
    found = told(catalog)
    [line] = found.lines
    assert before_text(line, "incidents") == "1 before (+2)"
    assert peak_text(found, line, "incidents") == "most on 11 Feb 2026: 2"
    text = trends_text(on_view(catalog, FEBRUARY), "https://example.org/", markdown=True)
    assert "- **Attack**: 3; 1 before (+2); most on 11 Feb 2026: 2" in text
    assert text.startswith("# Trends, 1 February 2026 to 28 February 2026\n")


@pytest.mark.parametrize(
    ("before", "now", "said", "total"),
    [
        (["us 2"], ["us 3"], "3; 2 before (+1)", "3 killed in these dates, 2 in the 28 days before. 1 of 1 incident"),
        (["us 0"], ["us 3"], "3; 0 before (+3)", "3 killed in these dates, 0 in the 28 days before."),
        ([], ["us 3"], "3; 0 before (+3)", "1 of 1 incident says how many."),
        # What is not stated is neither none nor a change.
        ([""], ["us 3"], "3; not stated before", "3 killed in these dates, not stated in the 28 days before."),
        (["us 2", ""], ["us 3"], "3; 2 before", "1 of 1 incident says how many, 1 of 2 before."),
        (["us 2"], ["us 3", ""], "3; 2 before", "1 of 2 incidents say how many, 1 of 1 before."),
        (
            ["us 2"],
            [""],
            "not stated; 2 before",
            "No number of killed is stated in these dates, 2 in the 28 days before.",
        ),
    ],
)
@pytest.mark.parametrize("by", ["kind", "force"])
def test_a_toll_that_is_not_stated_is_told_neither_as_none_nor_as_a_change(
    catalog_of, by: str, before: list[str], now: list[str], said: str, total: str
) -> None:
    rows = [("2026-01-10", killed) for killed in before] + [("2026-02-10", killed) for killed in now]
    incidents = [{"id": f"i{n}", "start": day, "killed": killed, **HERE} for n, (day, killed) in enumerate(rows)]
    catalog = catalog_of(incidents=[OLD, NEW, *incidents])
    text = trends_text(on_view(catalog, replace(FEBRUARY, measure="killed", by=by)), "https://example.org/", False)
    [line] = [line for line in text.split(f"BY {by.upper()}")[1].splitlines() if line.startswith("- ")][:1]
    assert line.split(": ", 1)[1].split("; most")[0] == said
    assert total in text


@pytest.mark.parametrize(
    ("days", "killed", "measure", "said"),
    [
        ("03 03 11 11", "", "incidents", "most on 2 days: 2 each"),
        ("03 03 11", "", "incidents", "most on 3 Feb 2026: 2"),
        ("03 11", "us 3", "killed", "most on 2 days: 3 each"),
        ("03 11", "us 2-3", "killed", "most on 2 days: 2–3 each"),
    ],
)
def test_of_bars_that_are_as_high_none_is_told_as_the_highest(
    catalog_of, days: str, killed: str, measure: str, said: str
) -> None:
    rows = [{"id": f"i{n}", "start": f"2026-02-{day}", "killed": killed, **HERE} for n, day in enumerate(days.split())]
    found = told(catalog_of(incidents=rows), measure=measure)
    assert peak_text(found, found.lines[0], measure) == said


def test_what_of_a_line_is_in_no_bar_is_said_beside_it(catalog_of) -> None:
    catalog = catalog_of(
        incidents=[
            {"id": "day", "start": "2026-02-11", "killed": "us 9", **HERE},
            {"id": "month", "start": "2026-02", "killed": "us 1000", **HERE},
        ]
    )
    found = told(catalog, measure="killed", by="force")
    assert details(found, found.lines[0], "killed") == ["most on 11 Feb 2026: 9", "1,000 not dated to a day"]


def test_a_view_by_a_filter_and_a_day_of_knowledge_counts_what_is_on_view(catalog_of) -> None:
    sources = [{"id": "wire"}, {"id": "late", "published": "2026-04-01"}]
    catalog = catalog_of(
        sources=sources,
        incidents=[
            OLD,
            {"id": "a", "start": "2026-02-11", "kind": "ied", **HERE},
            {"id": "b", "start": "2026-02-12", "sources": "late", **HERE},
        ],
    )
    assert told(catalog).total.now.incidents == 2
    assert told(catalog, kind=("ied",)).total.now.incidents == 1
    assert told(catalog, known=date(2026, 3, 1)).total.now.incidents == 1


def test_without_sites_trends_opens_and_what_tells_of_sites_is_not_offered(catalog_of) -> None:
    bare = catalog_of(incidents=[OLD])
    assert offered(bare) == ("trends", "happened", "table", "problems")
    disputed = catalog_of(incidents=[OLD], claims=[{"id": "c", "row": "incident:old", "field": "place", "value": "x"}])
    assert "disputes" in offered(disputed)
    assert "strength" in offered(catalog_of(incidents=[OLD], strengths=[{"id": "s", "country": "Syria"}]))
    view = default_view(bare)
    assert (view.tab, view.back, write_query(view, bare)) == ("trends", "trends", {})
    # A panel that is not there is not written, and of a link that has it that is said.
    assert write_query(replace(view, tab="changes"), bare) == {}
    assert write_query(View(view.start, view.end), bare) == {}
    read, notices = read_view({"tab": ["changes"]}, bare)
    assert read.tab == "trends"
    assert notices == ["The link's tab “changes” is not known here, so it is ignored."]
    with_sites = catalog_of(incidents=[OLD], sites=[{"id": "base"}])
    assert offered(with_sites)[:3] == ("changes", "happened", "trends")
