"""What was public on a day, and what a presence was thought to be then."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.catalog import EVER, NEVER
from components.catalog.dates import day_number
from components.view.as_known import disputed_rows, presence, presence_at, settled
from components.view.posture import posture
from components.view.public import public_days, public_of
from components.view.selection import select
from components.view.states import site_states
from components.view.view import View

FEW = settings(max_examples=40)
"""Each example goes through all the curated rows."""


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


SOURCES = [
    {"id": "wire"},
    {"id": "early", "published": "2020-05-01"},
    {"id": "late", "published": "2026-02-12"},
    {"id": "month", "published": "2026-02"},
    {"id": "year", "published": "2026"},
    {"id": "undated", "published": ""},
]


@pytest.mark.parametrize(
    ("cited", "start", "public"),
    [
        ("late", "2026-02-11", "2026-02-12"),
        ("month", "2026-02-11", "2026-02-28"),
        ("year", "2026-02-11", "2026-12-31"),
        ("late; month; year", "2026-02-11", "2026-02-12"),
        # What was out before it happened has not told of it.
        ("early; late", "2026-02-11", "2026-02-12"),
        ("early", "2026-02-11", "2026-02-11"),
        ("early; late", "2020-05-01", "2020-05-01"),
        ("early; late", "2020-01", "2020-05-01"),
        # Without a date a source hides nothing; but nothing is known before it happens.
        ("undated; late", "2026-02-11", "2026-02-11"),
        ("undated", "2026-02", "2026-02-01"),
    ],
)
def test_a_row_is_public_from_its_first_source_after_it(catalog_of, cited, start, public) -> None:
    catalog = catalog_of(
        sites=[{"id": "base"}],
        sources=SOURCES,
        incidents=[{"id": "i", "site": "base", "start": start, "sources": cited}],
    )
    assert public_days(catalog.incidents, catalog).tolist() == [day(public)]


def test_a_row_out_of_time_is_public_with_its_first_source(catalog_of) -> None:
    catalog = catalog_of(
        sources=SOURCES,
        sites=[
            {"id": "a", "sources": "late; early"},
            {"id": "b", "sources": "late; undated"},
            {"id": "c", "sources": "month"},
        ],
    )
    assert public_days(catalog.sites, catalog).tolist() == [day("2020-05-01"), NEVER, day("2026-02-28")]


@pytest.mark.parametrize(
    ("known", "left"),
    [(None, ["early", "late", "undated"]), ("2020-04-30", ["undated"]), ("2020-05-01", ["early", "undated"])],
)
def test_only_sources_that_were_out_are_cited(catalog_of, known, left) -> None:
    catalog = catalog_of(sources=SOURCES)
    cited = ("early", "late", "undated", "late")
    assert public_of(cited, catalog, day(known) if known else None) == tuple(left)


US = {"id": "us", "site": "base", "force": "us", "start": "2016-03", "end": "2026-02-11", "sources": "early; late"}
SY = {
    "id": "sy",
    "site": "base",
    "force": "syria",
    "start": "2026-02-12",
    "last_confirmed": "2026-03-01",
    "sources": "late",
}


@pytest.mark.parametrize(
    ("on", "known", "holders"),
    [
        ("2026-03-12", None, [("syria", "known")]),
        ("2026-03-12", "2026-02-12", [("syria", "known")]),
        # The end was published on the 12th: on the 11th nobody could know.
        ("2026-03-12", "2026-02-11", [("us", "known")]),
        ("2026-02-10", "2026-02-10", [("us", "certain")]),
        ("2026-02-11", "2026-02-10", [("us", "known")]),
        ("2027-06-01", "2026-02-10", [("us", "possible")]),
        ("2020-04-30", "2020-04-30", []),
        ("2020-05-01", "2020-05-01", [("us", "certain")]),
        ("2019-01-01", "2020-05-01", [("us", "certain")]),
    ],
)
def test_an_end_is_not_known_before_it_was_public(catalog_of, on, known, holders) -> None:
    catalog = catalog_of(sites=[{"id": "base", "sources": "early"}], sources=SOURCES, presence=[US, SY])
    on_day, as_known = day(on), day(known) if known else None
    found = posture(catalog, on_day, as_known)["base"]
    assert [(held.force, held.certainty) for held in found] == holders
    [state] = site_states(catalog, on_day, on_day, as_known)
    assert [(holder.force, holder.certainty) for holder in state.holders] == holders


@pytest.mark.parametrize(("known", "open_"), [("2026-02-11", True), ("2026-02-12", False)])
def test_an_end_within_a_stretch_is_known_once_the_stretch_is_over(catalog_of, known, open_) -> None:
    """A source of 1 May 2020 cannot have told that they were gone by 11 February 2026, though the stretch holds it."""
    gone = {**US, "end": "2020-04-01..2026-02-11"}
    catalog = catalog_of(sites=[{"id": "base", "sources": "early"}], sources=SOURCES, presence=[gone])
    assert presence(catalog, day(known)).open.tolist() == [open_]


def test_what_was_not_public_is_left_out(catalog_of) -> None:
    catalog = catalog_of(sites=[{"id": "base", "sources": "early"}], sources=SOURCES, presence=[US, SY])
    [held] = posture(catalog, day("2026-02-10"), day("2026-02-10"))["base"]
    assert (held.ends, held.confirmed, held.sources) == (None, None, ("early",))
    [held] = posture(catalog, day("2026-03-12"), day("2026-02-12"))["base"]
    assert held.confirmed is None, "the confirmation of March came later"


@pytest.mark.parametrize(("known", "public"), [("2025-06-01", False), ("2026-02-12", True)])
def test_when_it_was_first_on_record_is_not_known_before_that_was_public(catalog_of, known, public) -> None:
    sources = [*SOURCES, {"id": "first", "published": "2020-01-01"}]
    row = {"id": "p", "site": "base", "force": "us", "first_confirmed": "2026-01-05", "sources": "first"}
    catalog = catalog_of(sites=[{"id": "base", "sources": "first"}], sources=sources, presence=[row])
    [held] = posture(catalog, day("2026-03-01"), day(known))["base"]
    [shown] = presence_at(catalog, "base", day(known))["first_confirmed"]
    assert [bool(held.first_confirmed), bool(shown)] == [public, public]


@pytest.mark.parametrize(
    ("later", "on"),
    [
        ({"end": "2026-02-11", "sources": "early; late"}, "2026-02-12"),
        ({"last_confirmed": "2026-01-05"}, "2026-01-05"),
        ({"last_confirmed": "2019", "searched": "2026-10"}, "2026-10-31"),
    ],
    ids=["end", "confirmation", "search"],
)
def test_a_note_is_not_known_before_what_it_may_tell_of(catalog_of, later, on) -> None:
    row = {"id": "p", "site": "base", "force": "us", "start": "2016-03", "note": "Seen.", "sources": "early", **later}
    catalog = catalog_of(sites=[{"id": "base", "sources": "early"}], sources=SOURCES, presence=[row])
    notes = [presence_at(catalog, "base", known)["note"].item() for known in (day(on) - 1, day(on), None)]
    assert notes == ["", "Seen.", "Seen."]


@FEW
@given(st.dates(date(2015, 1, 1), date(2026, 6, 1)))
def test_as_known_the_spans_stay_in_order_and_no_end_comes_before_its_report(curated, known) -> None:
    number = day_number(known)
    then, now = presence(curated, number), presence(curated, None)
    assert (then.start_first <= then.end_first).all()
    assert (then.end_first <= then.end_last).all()
    assert (then.end_last[then.open] == EVER).all()
    assert not (then.real & ~now.real).any(), "nothing is known earlier that is not known now"


@FEW
@given(st.dates(date(2015, 1, 1), date(2026, 6, 1)), st.dates(date(2015, 1, 1), date(2026, 6, 1)))
def test_who_knows_more_sees_no_fewer_incidents_and_movements(curated, one, other) -> None:
    earlier, later = sorted([one, other])
    before, after, all_ = (
        select(curated, View(date(2013, 1, 1), date(2026, 12, 31), known=known)) for known in (earlier, later, None)
    )
    for name in ("incidents", "movements"):
        seen = [set(getattr(selection, name).numbers.tolist()) for selection in (before, after, all_)]
        assert seen[0] <= seen[1] <= seen[2]
    assert set(before.states) <= set(after.states) <= set(all_.states)


CLAIMS = [
    {"id": "a", "topic": "When", "row": "site:base", "sources": "early"},
    {"id": "b", "topic": "When", "row": "site:base", "sources": "late"},
    {"id": "c", "topic": "Who", "row": "incident:i", "sources": "late"},
    {"id": "d", "topic": "Who", "row": "incident:i", "sources": "undated"},
]


@pytest.mark.parametrize(
    ("known", "sites", "incidents"),
    [
        (None, 1, 1),
        # Of one side alone nobody disagrees.
        ("2026-02-11", 0, 0),
        ("2026-02-12", 1, 1),
    ],
)
def test_a_disagreement_begins_when_a_second_side_is_public(catalog_of, known, sites, incidents) -> None:
    catalog = catalog_of(
        sources=SOURCES,
        sites=[{"id": "base", "sources": "early"}, {"id": "other", "sources": "early"}],
        incidents=[{"id": "i", "site": "base", "start": "2020-05-01", "sources": "early"}],
        claims=CLAIMS,
    )
    view = View(date(2020, 1, 1), date(2026, 3, 1), known=date.fromisoformat(known) if known else None)
    disputed = select(catalog, replace(view, disputed=True))
    assert (len(disputed.sites), len(disputed.incidents)) == (sites, incidents)
    assert select(catalog, view).counts["disputed"].get("only", 0) == incidents
    assert len(select(catalog, view).sites) == 2


@FEW
@given(st.dates(date(2015, 1, 1), date(2026, 6, 1)))
def test_no_row_is_disputed_earlier_that_is_not_disputed_now(curated, known) -> None:
    assert disputed_rows(curated, day_number(known)) <= disputed_rows(curated, None)
    for name, numbers in settled(curated, day_number(known)).items():
        assert all(curated.tables[name]["disputed"].iloc[n] == ("only",) for n in numbers)
