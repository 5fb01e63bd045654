"""For how long a report holds, and what joins the line."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import day_number, parse_date
from components.catalog.served import open_catalog
from components.view.on_view import on_view
from components.view.strength import Report, Step, steps_of, strength_series, strengths_on_view, ticks
from components.view.view import View, default_view

YEAR = 365
"""For how many days a count holds at most."""


def day(text: str) -> int:
    return parse_date(text).first


def report(when: str, low: int | None = 100, high: int | None = 100, measure: str = "count", id_: str = "") -> Report:
    return Report(id_ or f"r-{when}", parse_date(when), low, high, measure, "high", "", ("wire",))


def told(steps: tuple[Step, ...]) -> list[tuple[str, str, int | None, int | None]]:
    def iso(number: int) -> str:
        return date.fromordinal(date(1970, 1, 1).toordinal() + number).isoformat()

    return [(iso(step.first), iso(step.last), step.low, step.high) for step in steps]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([], []),
        # One report: a year, then silence.
        ([report("2025-01-01")], [("2025-01-01", "2026-01-01", 100, 100)]),
        # The next one takes its place.
        (
            [report("2025-01-01"), report("2025-03-01", 50, 60)],
            [("2025-01-01", "2025-02-28", 100, 100), ("2025-03-01", "2026-03-01", 50, 60)],
        ),
        # A gap where nothing was reported for more than a year.
        (
            [report("2019-10-28"), report("2026-02-24", 200, 200)],
            [("2019-10-28", "2020-10-27", 100, 100), ("2026-02-24", "2027-02-24", 200, 200)],
        ),
        # No gap, and no overlap, where the next comes on the day after the last it holds.
        (
            [report("2025-01-01"), report("2026-01-02")],
            [("2025-01-01", "2026-01-01", 100, 100), ("2026-01-02", "2027-01-02", 100, 100)],
        ),
        # A month is as wide as the month, a year as the year, however long that is.
        ([report("2026-02")], [("2026-02-01", "2027-02-01", 100, 100)]),
        ([report("2024")], [("2024-01-01", "2024-12-31", 100, 100)]),
        # Rivals of one date: from the lowest to the highest.
        (
            [report("2026-02-12", 5704, 5704, id_="a"), report("2026-02-12", 5064, 5640, id_="b")],
            [("2026-02-12", "2027-02-12", 5064, 5704)],
        ),
        # Dates that overlap leave open which is the newer: both hold.
        (
            [report("2026-01", 26500, 26500), report("2026-01-21", 24000, 24000)],
            [
                ("2026-01-01", "2026-01-20", 26500, 26500),
                ("2026-01-21", "2027-01-01", 24000, 26500),
                ("2027-01-02", "2027-01-21", 24000, 24000),
            ],
        ),
        # A third that is later than both ends the dispute.
        (
            [report("2026-01", 265, 265), report("2026-01-21", 240, 240), report("2026-02", 9, 9)],
            [
                ("2026-01-01", "2026-01-20", 265, 265),
                ("2026-01-21", "2026-01-31", 240, 265),
                ("2026-02-01", "2027-02-01", 9, 9),
            ],
        ),
        # An open end stays open, whatever its rivals say.
        ([report("2026-01-01", None, 1000)], [("2026-01-01", "2027-01-01", None, 1000)]),
        (
            [report("2026-01-01", 500, None, id_="a"), report("2026-01-01", 200, 700, id_="b")],
            [("2026-01-01", "2027-01-01", 200, None)],
        ),
        # A part, a plan or a usual size is no strength on a date.
        (
            [
                report("2025-01-01"),
                report("2025-02-01", measure="part"),
                report("2025-03-01", measure="plan"),
                report("2025-04-01", measure="usual"),
            ],
            [("2025-01-01", "2026-01-01", 100, 100)],
        ),
    ],
)
def test_a_count_holds_until_the_next_for_a_year_at_most(reports, expected) -> None:
    assert told(steps_of(reports, YEAR)) == expected


@pytest.mark.parametrize(("days", "last"), [(365, "2026-01-01"), (90, "2025-04-01"), (1, "2025-01-02")])
def test_for_how_long_a_count_holds_is_the_datasets(folder, days: int, last: str) -> None:
    toml = f'title = "Test"\n[confirmation]\npresent = {days}\n'
    rows = [{"id": "a", "country": "Syria", "date": "2025-01-01"}]
    catalog = open_catalog(folder(toml=toml, strengths=rows))
    [one] = strength_series(on_view(catalog, View(date(2025, 1, 1), date(2026, 1, 1))))
    assert [step.last for step in one.steps] == [day(last)]


@pytest.mark.parametrize(
    ("stays", "last"),
    [
        ([], "2027-02-01"),
        ([("2026-01-01", "2026-02-11")], "2026-02-11"),
        ([("2026-02-01", "2026-02-01")], "2026-02-01"),
        ([("2026-01-01", "2030-01-01")], "2027-02-01"),
        # A stay that was over, or still to come, says nothing of this one.
        ([("2020-01-01", "2021-01-01"), ("2026-06-01", "2026-07-01")], "2027-02-01"),
        # Of two stays that the day may belong to, the longer.
        ([("2025-01-01", "2026-03-01"), ("2026-01-01", "2026-02-05")], "2026-03-01"),
    ],
)
def test_a_count_of_a_site_does_not_outlast_the_stay(stays, last: str) -> None:
    [step] = steps_of([report("2026-02-01")], YEAR, [(day(start), day(end)) for start, end in stays])
    assert step.last == day(last)


COUNTS = st.lists(
    st.tuples(
        st.integers(2024, 2026),
        st.integers(1, 12) | st.none(),
        st.integers(1, 28) | st.none(),
        st.none() | st.integers(0, 9),
        st.none() | st.integers(10, 19),
        st.sampled_from(["count", "count", "part", "plan"]),
    ),
    max_size=7,
)


@given(COUNTS)
def test_steps_are_what_holds_day_by_day_and_nothing_else(rows) -> None:
    reports = [
        report(
            "-".join(f"{part:02}" for part in (year, month, dom if month else None) if part), low, high, measure, str(n)
        )
        for n, (year, month, dom, low, high, measure) in enumerate(rows)
    ]
    reports.sort(key=lambda one: one.date.first)
    counts = [one for one in reports if one.measure == "count"]
    steps = steps_of(reports, YEAR)
    held = {number: step for step in steps for number in range(step.first, step.last + 1)}
    assert len(held) == sum(step.last - step.first + 1 for step in steps), "no step overlaps another"
    begins = {one.date.first for one in counts}
    assert begins >= {step.first for step in steps if step.first - 1 not in held}, "after a gap a report begins it"
    for number in range(day("2024-01-01"), day("2028-03-01")):
        holding = {
            one.id
            for one in counts
            if one.date.first <= number <= max(one.date.last, one.date.first + YEAR)
            and not any(one.date.last < other.date.first <= number for other in counts)
        }
        assert set(held[number].reports if number in held else ()) == holding
    for step in steps:
        ranges = [(one.low, one.high) for one in counts if one.id in step.reports]
        assert step.low == (None if any(low is None for low, _ in ranges) else min(low for low, _ in ranges))
        assert step.high == (None if any(high is None for _, high in ranges) else max(high for _, high in ranges))


@pytest.mark.parametrize(
    ("top", "expected"),
    [(1, (0, 1)), (2, (0, 1, 2)), (7, (0, 5, 10)), (2200, (0, 1000, 2000, 3000)), (90_000, (0, 50_000, 100_000))],
)
def test_an_axis_has_a_few_round_figures(top: int, expected: tuple[int, ...]) -> None:
    assert ticks(top) == expected


@given(st.integers(1, 10**9))
def test_an_axis_reaches_the_top_in_even_steps_and_not_far_beyond(top: int) -> None:
    figures = ticks(top)
    assert 2 <= len(figures) <= 4
    assert figures[-2] < top <= figures[-1]
    assert {b - a for a, b in pairwise(figures)} == {figures[1]}


@pytest.fixture(scope="module")
def catalog(catalog_of):
    """Counts of two forces in two countries and at two sites, some of them public only later."""
    return catalog_of(
        sources=[
            {"id": "wire", "published": "2025-01-05"},
            {"id": "late", "published": "2026-02"},
            {"id": "undated"},
        ],
        sites=[{"id": "camp"}, {"id": "crossing", "country": "Jordan; Syria"}],
        presence=[
            {"id": "p1", "site": "camp", "force": "us", "start": "2020", "end": "2025-03-31"},
            {
                "id": "p2",
                "site": "camp",
                "force": "us",
                "status": "drawing-down",
                "start": "2025-04-01",
                "end": "2025-06",
            },
        ],
        strengths=[
            {"id": "early", "country": "Syria", "date": "2025-01-01"},
            {"id": "later", "country": "Syria", "date": "2025-06-01", "sources": "late"},
            {"id": "plan", "country": "Syria", "date": "2025-02-01", "low": "9", "high": "9", "measure": "plan"},
            {"id": "nothing", "country": "Syria", "date": "2025-02-01", "low": "", "high": ""},
            {"id": "iraq", "country": "Iraq", "date": "2025-01-01", "sources": "late; undated"},
            {"id": "sdf", "force": "sdf", "country": "Syria", "date": "2025-01-01"},
            {"id": "camp-us", "site": "camp", "country": "Syria", "date": "2025-01"},
            {"id": "crossing-us", "site": "crossing", "date": "2025-01-01", "low": "100", "high": ""},
        ],
    )


def series(catalog, **fields):
    return strength_series(on_view(catalog, View(date(2025, 1, 1), date(2025, 12, 31), **fields)))


def names(found) -> list[str]:
    return [f"{one.force} {one.country or one.site}" for one in found]


def test_countries_come_first_by_force_then_sites(catalog) -> None:
    assert names(series(catalog)) == ["us Syria", "us Iraq", "sdf Syria", "us camp", "us crossing"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"selected": "site:crossing"}, ["us crossing", "us Syria", "us Iraq", "sdf Syria", "us camp"]),
        ({"force": ("sdf",)}, ["sdf Syria"]),
        ({"country": ("Iraq",)}, ["us Iraq"]),
        ({"country": ("Jordan",)}, ["us crossing"]),
        ({"country": ("Syria",), "force": ("us",)}, ["us Syria", "us camp", "us crossing"]),
        ({"force": ("syria",)}, []),
    ],
)
def test_the_filters_and_the_selection_choose_and_order(catalog, fields, expected) -> None:
    assert names(series(catalog, **fields)) == expected


@pytest.mark.parametrize(
    ("known", "reports"),
    [
        (None, ["early", "plan", "later"]),
        (date(2025, 1, 4), []),
        (date(2025, 1, 5), ["early", "plan"]),
        # A source of February was certainly out on its last day.
        (date(2026, 2, 27), ["early", "plan"]),
        (date(2026, 2, 28), ["early", "plan", "later"]),
    ],
)
def test_what_was_not_public_yet_is_left_out(catalog, known, reports) -> None:
    now = [one for one in series(catalog, known=known) if (one.force, one.country) == ("us", "Syria")]
    assert [r.id for one in now for r in one.reports] == reports
    if len(reports) == 2:
        [step, *_] = now[0].steps
        assert step.last == day("2025-01-01") + YEAR, "what came later was not known to end it"


def test_a_source_without_a_date_hides_nothing(catalog) -> None:
    [iraq] = series(catalog, known=date(2024, 1, 1))
    assert (iraq.country, iraq.reports[0].sources) == ("Iraq", ("undated",))


def test_a_site_is_left_when_its_last_stay_ends(catalog) -> None:
    [camp] = [one for one in series(catalog) if one.site == "camp"]
    assert [step.last for step in camp.steps] == [parse_date("2025-06").last]


def test_a_lower_bound_has_room_above_it(catalog) -> None:
    [crossing] = [one for one in series(catalog) if one.site == "crossing"]
    assert crossing.top > 100
    assert crossing.steps[0].high is None


def test_a_row_without_a_figure_is_no_report(catalog) -> None:
    assert "nothing" not in {r.id for one in series(catalog) for r in one.reports}


def test_the_curated_strengths(curated) -> None:
    found = strength_series(on_view(curated, default_view(curated)))
    first = found[0]
    assert (first.force, first.country) == ("us", "Syria")
    measures = {r.id: r.measure for one in found for r in one.reports}
    assert measures["syria-us-target-1400-2025-04-17"] == "plan"
    assert measures["syria-us-iowa-guard-2025-12"] == "part"
    assert measures["syria-us-2026-02-18"] == "count"
    joined = {id_ for one in found for step in one.steps for id_ in step.reports}
    assert joined == {id_ for id_, measure in measures.items() if measure == "count"}
    tanf = next(one for one in found if one.site == "al-tanf" and one.force == "us")
    assert tanf.steps[-1].last == day_number(date(2026, 2, 11)), "nobody is counted there after the withdrawal"


def test_where_no_strength_was_public_the_table_has_no_row_and_all_its_columns(curated) -> None:
    day = date(2000, 1, 1)
    rows = strengths_on_view(on_view(curated, View(day, day, known=day)))
    assert len(rows) == 0
    assert set(curated.strengths) <= set(rows)
