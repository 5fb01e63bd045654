"""What differs between the postures at a window's two edges, in tables of cases."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.dates import day_number
from components.view.changes import Change, changes
from components.view.outcomes import HANDED_OVER
from components.view.posture import POSSIBLE, posture
from components.view.public import public_days
from components.view.states import site_states
from components.view.transitions import transitions

FEW = settings(max_examples=40)
"""Each example goes through all the curated rows."""


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


START, END = "2026-01-01", "2026-03-01"


def told(catalog_of, presence, movements=(), start=START, end=END, **tables) -> list[Change]:
    rows = [
        {"id": f"p{n}", "site": "base", "last_confirmed": "" if cells.get("end") else "2026-02-20", **cells}
        for n, cells in enumerate(presence)
    ]
    catalog = catalog_of(
        sites=[{"id": "base"}, {"id": "far"}],
        presence=rows,
        movements=[{"id": f"m{n}", **cells} for n, cells in enumerate(movements)],
        **tables,
    )
    return list(changes(catalog, day(start), day(end)))


US = {"force": "us", "start": "2016"}
LEFT = {"force": "us", "start": "2016", "end": "2026-02-11"}
SYRIA = {"force": "syria", "start": "2026-02-12"}
SDF = {"force": "sdf", "start": "2019"}


@pytest.mark.parametrize(
    ("presence", "kinds"),
    [
        ([], []),
        ([US], []),
        ([LEFT], ["vacated"]),
        ([LEFT, SDF], ["left"]),
        ([LEFT, SYRIA], ["handed-over"]),
        ([SYRIA], ["opened"]),
        ([SYRIA, SDF], ["joined"]),
        # Who was there beside the one that left, and begins to hold it otherwise, has taken over.
        ([LEFT, {"force": "syria", "start": "2025", "end": "2026-02-12"}, SYRIA], ["handed-over"]),
        # Partial dates at both edges.
        ([{"force": "us", "start": "2016", "end": "2025-12"}], []),
        ([{"force": "us", "start": "2025-12-15", "end": "2026-03-20"}], []),
        ([{"force": "us", "start": "2016", "end": "2026-01"}], ["vacated"]),
        ([{"force": "us", "start": "2016", "end": "2026-02"}], ["vacated"]),
        ([{"force": "us", "start": "2016", "end": "2026-03"}], []),
        ([{"force": "us", "start": "2016", "end": "2026"}], ["uncertain"]),
        ([{"force": "us", "start": "2016", "end": START}], ["vacated"]),
        ([{"force": "us", "start": "2016", "end": END}], []),
        ([{"force": "us", "start": START}], []),
        ([{"force": "us", "start": END}], ["opened"]),
        ([{"force": "us", "start": "2026-03"}], ["uncertain"]),
        ([{"force": "us", "start": "2026-02"}], ["opened"]),
        ([{"force": "us", "start": "2026"}], ["uncertain"]),
        # What may have been on any day from before the window to after it is not told of each window between.
        ([{"force": "us", "start": "2016", "end": "2026"}, SDF | {"start": "2025", "end": "2026"}], ["uncertain"]),
        # Gaps and stays: rows without a gap are one stay.
        ([LEFT, {"force": "us", "start": "2026-02-12"}], []),
        ([LEFT, {"force": "us", "start": "2026-02-20"}], []),
        ([{"force": "us", "start": "2026-01-10", "end": "2026-01-20"}], []),
        # Silence is neither leaving nor staying.
        ([{"force": "us", "start": "2016", "last_confirmed": "2025-02-01"}], []),
        ([{"force": "us", "start": "2016", "last_confirmed": "2020"}], []),
        # Nor where it lasts longer in the window than that the force is still there as far as known: 365 days, or 90.
        ([{"force": "us", "start": "2016", "last_confirmed": "2025-01-20"}], []),
        ([{"force": "us", "start": "2025-06-01", "last_confirmed": "2025-11-15", "status": "drawing-down"}], []),
        ([{"force": "us", "start": "2025-06-01", "last_confirmed": "2025-11-15", "searched": "2026-02-20"}], []),
        # A plan changes nothing; a report alone is told as one.
        ([{**SYRIA, "status": "planned"}], []),
        ([{**SYRIA, "status": "reported"}], ["uncertain"]),
        ([LEFT, {**SYRIA, "status": "reported"}], ["left"]),
        ([{**SYRIA, "start": "2026-02", "end": "2026-02", "status": "reported"}], []),
        ([{**LEFT, "status": "reported"}], ["uncertain"]),
        # Who comes within a month of another's leaving has taken over; later, it has come to an empty site.
        ([LEFT | {"end": "2026-01-10"}, SYRIA], ["opened"]),
        ([LEFT | {"end": "2026-01-12"}, SYRIA], ["handed-over"]),
        (
            [US | {"start": "2016", "end": "2026-01-31"}, {"force": "us", "start": "2026-02-01", "status": "reported"}],
            ["uncertain"],
        ),
        ([{**LEFT, "status": "drawing-down"}], ["vacated"]),
        (
            [US | {"end": "2026-01-31"}, {"force": "us", "start": "2026-02-01", "status": "drawing-down"}],
            ["drawing-down"],
        ),
        # The same force under another name.
        ([US | {"end": "2026-02", "unit": "First"}, US | {"start": "2026-02", "unit": "Second"}], ["renamed"]),
        # There on a day, nobody knows since when: the record begins, and not the stay.
        ([{"force": "us", "start": "", "last_confirmed": "2026-02-20"}], []),
    ],
)
def test_what_a_window_did_to_a_site(catalog_of, presence, kinds) -> None:
    assert [change.kind for change in told(catalog_of, presence)] == kinds


@pytest.mark.parametrize(
    ("movements", "kinds"),
    [
        ([{"kind": "reinforcement", "destination": "base", "origin": "far"}], ["reinforced"]),
        ([{"kind": "withdrawal", "destination": "far", "origin": "base"}], ["drawing-down"]),
        ([{"kind": "transfer", "destination": "far", "origin": "base"}], []),
        ([{"kind": "reinforcement", "destination": "base", "force": "syria"}], []),
        ([{"kind": "reinforcement", "destination": "base", "start": "2025-12-31"}], []),
        ([{"kind": "reinforcement", "destination": "far", "origin": "base"}], []),
        (
            [
                {"kind": "withdrawal", "origin": "base", "start": "2026-01-10"},
                {"kind": "reinforcement", "destination": "base", "start": "2026-02-10"},
            ],
            ["reinforced"],
        ),
        (
            [
                {"kind": "withdrawal", "origin": "base", "start": "2026-02-10"},
                {"kind": "reinforcement", "destination": "base", "start": "2026-01-10"},
            ],
            ["drawing-down"],
        ),
    ],
)
def test_what_moves_to_or_from_who_stays(catalog_of, movements, kinds) -> None:
    rows = [{"force": "us", "start": "2026-02-01", **cells} for cells in movements]
    assert [change.kind for change in told(catalog_of, [US], rows)] == kinds


def test_a_handover_names_who_left_who_came_and_when_with_its_evidence(catalog_of) -> None:
    sources = [{"id": "wire"}, *({"id": id_} for id_ in ("a", "b", "c", "d"))]
    [change] = told(
        catalog_of,
        [LEFT | {"sources": "a; b"}, SYRIA | {"sources": "b; c", "confidence": "medium"}],
        [{"origin": "base", "destination": "far", "force": "us", "start": "2026-02-11", "sources": "d"}],
        sources=sources,
        claims=[{"id": "c1", "row": "site:base"}],
        incidents=[{"id": f"i-{site}", "site": site, "start": "2026-02-11"} for site in ("base", "far")],
    )
    gone, came = change.parts
    assert (gone.force, gone.left and gone.left.date.text, gone.after) == ("us", "2026-02-11", None)
    assert (came.force, came.came and came.came.date.text, came.before) == ("syria", "2026-02-12", None)
    assert came.came.took_over
    assert (change.movements, change.incidents) == (("m0",), ("i-base",))
    assert (change.sources, change.confidence, change.disputed) == (("a", "b", "c", "d"), "medium", True)


def test_the_start_that_is_only_reported_is_not_when_a_force_came(catalog_of) -> None:
    [change] = told(
        catalog_of,
        [
            {"force": "us", "start": "2014", "end": "2026-01-17"},
            {"force": "syria", "start": "2026-01-02", "end": "2026-01-17", "status": "reported"},
            {"force": "syria", "start": "2026-01-17"},
        ],
    )
    assert [part.came.date.text for part in change.parts if part.came] == ["2026-01-17"]


DAYS = st.dates(date(2014, 6, 1), date(2026, 6, 1)).map(day_number)


@FEW
@given(DAYS, st.none() | DAYS)
def test_from_a_date_to_itself_nothing_changes(curated, on, known) -> None:
    assert changes(curated, on, on, known) == ()


def public_sites(catalog, known) -> set[str]:
    days = public_days(catalog.sites, catalog)
    return {site for site, day in zip(catalog.sites["id"], days, strict=True) if known is None or day <= known}


@FEW
@given(st.tuples(DAYS, DAYS).map(sorted), st.none() | DAYS)
def test_who_surely_was_there_at_one_edge_and_not_at_the_other_is_told_of(curated, window, known) -> None:
    start, end = window
    before, after = posture(curated, start, known), posture(curated, end, known)
    told = {change.site: change for change in changes(curated, start, end, known)}
    for site in public_sites(curated, known):
        then, now = ({held.force: held for held in side[site]} for side in (before, after))
        parts = {part.force: part for part in told[site].parts} if site in told else {}
        for force, held in then.items():
            if held.certainty != POSSIBLE and force not in now:
                assert parts[force].left
        for force, held in now.items():
            if held.certainty != POSSIBLE and force not in then:
                assert parts[force].came


@FEW
@given(st.tuples(DAYS, DAYS).map(sorted), st.none() | DAYS)
def test_nobody_is_told_to_have_left_who_surely_stayed(curated, window, known) -> None:
    start, end = window
    for change in changes(curated, start, end, known):
        assert change.sources
        for part in change.parts:
            if part.left and part.left.sure and part.after:
                assert part.after.certainty == POSSIBLE
            if part.came and part.came.sure and not part.came.took_over and part.before:
                assert part.before.certainty == POSSIBLE


@FEW
@given(st.tuples(DAYS, DAYS).map(sorted), st.none() | DAYS)
def test_the_map_the_brief_and_the_ticks_tell_the_same(curated, window, known) -> None:
    start, end = window
    told = {change.site: change for change in changes(curated, start, end, known)}
    public = public_sites(curated, known)
    for site, state in zip(curated.sites["id"], site_states(curated, start, end, known), strict=True):
        if site not in public:
            continue
        assert state.change == (told[site].kind if site in told else "")
        # Who may have come back is not drawn as replaced.
        if state.status == HANDED_OVER:
            [heir, *_] = [part for part in told[site].parts if part.came and part.came.took_over]
            assert heir.force in [holder.force for holder in state.holders]
            assert state.previous in [part.force for part in told[site].parts if part.left]
        # The timeline marks the same transitions that the change rests on.
        for part in told[site].parts if site in told else ():
            assert all(one in transitions(curated, known) for one in part.rests_on)
