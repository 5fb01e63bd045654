from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import day_number
from components.catalog.served import open_catalog
from components.view.posture import posture
from components.view.states import SiteState, site_states


def state(catalog_of, presences, start: str, end: str) -> SiteState:
    """The state of one site, given its presences as (force, cells)."""
    rows = [{"id": f"p-{n}", "site": "base", "force": force, **cells} for n, (force, cells) in enumerate(presences)]
    catalog = catalog_of(sites=[{"id": "base"}], presence=rows)
    [found] = site_states(catalog, day_number(date.fromisoformat(start)), day_number(date.fromisoformat(end)))
    return found


def held(found: SiteState) -> list[tuple[str, str]]:
    return [(holder.force, holder.certainty) for holder in found.holders]


DAYS = {"start": "2018-03-05", "end": "2018-09-15"}
MONTHS = {"start": "2018-03", "end": "2018-09"}
YEARS = {"start": "2018", "end": "2020"}
OPEN = {"start": "2018-03-05", "last_confirmed": "2019-06-01"}
LEAVING = {**OPEN, "status": "drawing-down"}
UNCONFIRMED = {"start": "2018-03"}
UNBEGUN = {"end": "2018-09-15"}
SEEN = {"last_confirmed": "2018-09-15"}


@pytest.mark.parametrize(
    ("presence", "day", "certainty"),
    [
        (DAYS, "2018-03-04", None),
        (DAYS, "2018-03-05", "certain"),
        (DAYS, "2018-09-15", "certain"),
        (DAYS, "2018-09-16", None),
        (MONTHS, "2018-02-28", None),
        (MONTHS, "2018-03-01", "possible"),
        (MONTHS, "2018-03-30", "possible"),
        (MONTHS, "2018-03-31", "certain"),
        (MONTHS, "2018-09-01", "certain"),
        (MONTHS, "2018-09-02", "possible"),
        (MONTHS, "2018-09-30", "possible"),
        (MONTHS, "2018-10-01", None),
        (YEARS, "2017-12-31", None),
        (YEARS, "2018-01-01", "possible"),
        (YEARS, "2018-12-31", "certain"),
        (YEARS, "2020-01-01", "certain"),
        (YEARS, "2020-01-02", "possible"),
        (YEARS, "2020-12-31", "possible"),
        (YEARS, "2021-01-01", None),
        # Without an end: still there as far as known, until the silence has lasted too long.
        (OPEN, "2018-03-05", "certain"),
        (OPEN, "2019-06-01", "certain"),
        (OPEN, "2019-06-02", "known"),
        (OPEN, "2020-05-31", "known"),
        (OPEN, "2020-06-01", "possible"),
        (OPEN, "2099-01-01", "possible"),
        # Never confirmed: sure only where it began.
        (UNCONFIRMED, "2018-03-01", "possible"),
        (UNCONFIRMED, "2018-03-31", "certain"),
        (UNCONFIRMED, "2018-04-01", "known"),
        (UNCONFIRMED, "2019-03-31", "known"),
        (UNCONFIRMED, "2019-04-01", "possible"),
        # Without a beginning: there when last seen, possibly ever before.
        (UNBEGUN, "1900-01-01", "possible"),
        (UNBEGUN, "2018-09-14", "possible"),
        (UNBEGUN, "2018-09-15", "certain"),
        (UNBEGUN, "2018-09-16", None),
        (SEEN, "2018-09-14", "possible"),
        (SEEN, "2018-09-15", "certain"),
        (SEEN, "2018-09-16", "known"),
        (SEEN, "2019-09-16", "possible"),
        ({}, "2018-01-01", "possible"),
        # Who said that they are leaving may be gone sooner.
        (LEAVING, "2019-06-01", "certain"),
        (LEAVING, "2019-06-02", "known"),
        (LEAVING, "2019-08-30", "known"),
        (LEAVING, "2019-08-31", "possible"),
        ({**UNCONFIRMED, "status": "drawing-down"}, "2018-06-29", "known"),
        ({**UNCONFIRMED, "status": "drawing-down"}, "2018-06-30", "possible"),
        # That a report of their end was looked for and not found confirms nothing.
        ({**OPEN, "searched": "2020-05-20"}, "2019-06-02", "known"),
        ({**OPEN, "searched": "2020-05-20"}, "2020-05-20", "known"),
        ({**OPEN, "searched": "2026-10-10"}, "2020-06-01", "possible"),
        ({**LEAVING, "searched": "2019-10-10"}, "2019-08-31", "possible"),
        ({**DAYS, "status": "drawing-down"}, "2018-06-01", "certain"),
        ({**DAYS, "status": "reported"}, "2018-06-01", "possible"),
        ({**OPEN, "status": "reported"}, "2019-06-02", "possible"),
        ({**DAYS, "status": "planned"}, "2018-06-01", None),
        ({**OPEN, "status": "planned"}, "2019-06-01", None),
    ],
)
def test_a_force_holds_a_site_as_surely_as_its_dates_say(catalog_of, presence, day: str, certainty: str | None) -> None:
    found = state(catalog_of, [("us", presence)], day, day)
    assert held(found) == ([("us", certainty)] if certainty else [])
    assert found.possible == (certainty == "possible")
    assert found.force == ("us" if certainty else "")


LEFT = ("us", {"start": "2016", "end": "2026-02-11"})
CAME = ("syria", {"start": "2026-02-12", "last_confirmed": "2026-02-12"})
SAME_DAY = ("syria", {"start": "2026-02-11", "last_confirmed": "2026-02-11"})
THERE = ("sdf", {"start": "2019-01-01", "end": "2026-12-31"})
MAYBE_LEFT = ("us", {"start": "2016", "end": "2026-02"})
PLANNED = ("syria", {"start": "2026-02-12", "status": "planned"})
RENEWED = ("us", {"start": "2026-02-12", "end": "2026-12-31"})


@pytest.mark.parametrize(
    ("presences", "start", "end", "status", "forces", "previous"),
    [
        ([], "2026-01-01", "2026-03-01", "unknown", [], ""),
        ([CAME], "2026-01-01", "2026-02-11", "unknown", [], ""),
        ([("us", {**LEFT[1], "status": "planned"})], "2026-01-01", "2026-03-01", "unknown", [], ""),
        # Vacated while the last day held lies in the window, both edges; former after.
        ([LEFT], "2026-01-01", "2026-02-11", "held", ["us"], ""),
        ([LEFT], "2026-01-01", "2026-02-12", "vacated", [], "us"),
        ([LEFT], "2026-02-11", "2026-02-12", "vacated", [], "us"),
        ([LEFT], "2026-02-12", "2026-02-12", "former", [], "us"),
        ([LEFT], "2026-02-12", "2030-01-01", "former", [], "us"),
        ([MAYBE_LEFT], "2026-02-28", "2026-03-01", "vacated", [], "us"),
        ([MAYBE_LEFT], "2026-03-01", "2026-03-01", "former", [], "us"),
        ([LEFT, PLANNED], "2026-02-01", "2026-03-01", "vacated", [], "us"),
        # Handed over while one left and another came in the window.
        ([LEFT, CAME], "2026-01-01", "2026-02-11", "held", ["us"], ""),
        ([LEFT, CAME], "2026-01-01", "2026-02-12", "handed-over", ["syria"], "us"),
        ([LEFT, CAME], "2026-02-11", "2026-02-12", "handed-over", ["syria"], "us"),
        ([LEFT, CAME], "2026-02-12", "2026-02-12", "held", ["syria"], ""),
        ([CAME, LEFT], "2026-01-01", "2026-02-12", "handed-over", ["syria"], "us"),
        # Both there on the day of the handover: on the window's first day, who took over was there already.
        ([LEFT, SAME_DAY], "2026-02-11", "2026-02-11", "held", ["us", "syria"], ""),
        ([LEFT, SAME_DAY], "2026-02-10", "2026-02-12", "handed-over", ["syria"], "us"),
        ([LEFT, SAME_DAY], "2026-02-11", "2026-02-12", "held", ["syria"], ""),
        ([LEFT, SAME_DAY], "2026-02-12", "2026-02-13", "held", ["syria"], ""),
        # Who was there all along was handed nothing.
        ([LEFT, THERE], "2026-01-01", "2026-02-12", "held", ["sdf"], ""),
        ([LEFT, THERE, CAME], "2026-01-01", "2026-02-12", "handed-over", ["syria", "sdf"], "us"),
        # A force that stays under another row has not left.
        ([LEFT, RENEWED], "2026-01-01", "2026-02-11", "held", ["us"], ""),
        ([LEFT, RENEWED], "2026-01-01", "2026-02-12", "held", ["us"], ""),
        ([LEFT, RENEWED, CAME], "2026-01-01", "2026-02-12", "held", ["us", "syria"], ""),
        # Of several that left, the first in forces.csv within the window, the last to leave before it.
        ([("sdf", {"end": "2026-02-11"}), LEFT], "2026-02-01", "2026-03-01", "vacated", [], "us"),
        ([("sdf", {"end": "2026-02-12"}), LEFT], "2026-03-01", "2026-03-01", "former", [], "sdf"),
        ([("sdf", {"end": "2026-02-11"}), LEFT], "2026-03-01", "2026-03-01", "former", [], "us"),
        ([LEFT, ("sdf", {"end": "2026-01-01"})], "2026-02-01", "2026-03-01", "vacated", [], "us"),
    ],
)
def test_what_a_window_did_to_a_site(catalog_of, presences, start, end, status, forces, previous) -> None:
    found = state(catalog_of, presences, start, end)
    assert (found.status, [holder.force for holder in found.holders], found.previous) == (status, forces, previous)


def test_holders_are_in_the_order_of_the_forces_the_merely_possible_last(catalog_of) -> None:
    sure, reported = {"start": "2020-01-01", "end": "2030-01-01"}, {"start": "2020-01-01", "status": "reported"}
    found = state(catalog_of, [("sdf", sure), ("us", reported), ("syria", sure)], "2025-01-01", "2025-01-01")
    assert held(found) == [("syria", "certain"), ("sdf", "certain"), ("us", "possible")]
    assert found.force == "syria"
    assert not found.possible


def test_a_force_with_several_rows_holds_once_by_the_surest(catalog_of) -> None:
    reported, sure = {"start": "2020", "status": "reported"}, {"start": "2020-01-01", "end": "2030-01-01"}
    found = state(catalog_of, [("us", reported), ("us", sure)], "2025-01-01", "2025-01-01")
    [holder] = found.holders
    assert (holder.presence, holder.force, holder.certainty) == ("p-1", "us", "certain")


def test_a_presence_is_of_its_own_site_only(catalog_of) -> None:
    catalog = catalog_of(
        sites=[{"id": "alpha"}, {"id": "beta"}, {"id": "gamma"}],
        presence=[
            {"id": "p", "site": "gamma", "force": "us", "start": "2020", "last_confirmed": "2026"},
            {"id": "q", "site": "alpha", "force": "sdf", "start": "2020", "end": "2021"},
        ],
    )
    day = day_number(date(2026, 1, 1))
    assert [(s.status, s.force) for s in site_states(catalog, day, day)] == [
        ("former", ""),
        ("unknown", ""),
        ("held", "us"),
    ]


windows = st.lists(st.integers(day_number(date(2003, 1, 1)), day_number(date(2030, 1, 1))), min_size=2, max_size=2).map(
    sorted
)


@given(windows)
def test_whoever_holds_a_site_does_so_as_of_the_right_edge_whatever_the_left_one(curated, window) -> None:
    start, end = window
    for wide, narrow in zip(site_states(curated, start, end), site_states(curated, end, end), strict=True):
        assert wide.holders == narrow.holders


@given(windows)
def test_the_status_the_holders_and_who_left_agree(curated, window) -> None:
    presence = curated.presence
    for site, found in zip(curated.sites["id"], site_states(curated, *window), strict=True):
        assert bool(found.holders) == (found.status in ("held", "handed-over"))
        assert bool(found.previous) == (found.status in ("handed-over", "vacated", "former"))
        assert found.previous not in {holder.force for holder in found.holders}
        for holder in found.holders:
            row = presence.loc[holder.presence]
            assert (row["site"], row["force"]) == (site, holder.force)
            assert row["status"] != "planned"
            if holder.certainty == "known":
                assert row["end"] is None
                assert window[1] - row["end_first"] <= curated.dataset.confirmation.days(row["status"])


@pytest.mark.parametrize(
    ("presences", "change"),
    [
        ([("us", {"start": "2018-03-05"})], "opened"),
        # Who came on the first day was there at that edge.
        ([("us", {"start": "2018-01-01"})], ""),
        ([("us", {"start": "2017-12-31"})], ""),
        # Who only goes on under another row, or comes to who is there, opens nothing; nor does an unknown start.
        ([("us", {"start": "2016", "end": "2018-03-04"}), ("us", {"start": "2018-03-05"})], ""),
        ([("us", {"start": "2016"}), ("sdf", {"start": "2018-03-05"})], "joined"),
        ([("us", {"last_confirmed": "2018-09-15"})], ""),
    ],
)
def test_the_state_tells_the_briefs_change(catalog_of, presences, change: str) -> None:
    assert state(catalog_of, presences, "2018-01-01", "2018-06-30").change == change


OVERLAPPING = [("us", {"start": "2024", "end": "2025"}), ("us", {"start": "2025-03", "end": "2025-06-10"})]
ON_RECORD = [("us", {"first_confirmed": "2023-11", "last_confirmed": "2026-02-23"})]
ABUTTING = [("us", {"start": "2025-06", "end": "2025-10"}), ("us", {"start": "2025-10", "end": "2026-02-12"})]


@pytest.mark.parametrize(
    ("presences", "day", "certainty"),
    [
        (ABUTTING, "2025-06-15", "possible"),
        (ABUTTING, "2025-09-01", "certain"),
        (ABUTTING, "2025-10-01", "certain"),
        (ABUTTING, "2025-10-24", "certain"),
        (ABUTTING, "2025-10-31", "certain"),
        # A gap of a month is one, and a report no more than a report.
        ([("us", {"start": "2025-06", "end": "2025-09"}), ("us", {"start": "2025-11"})], "2025-09-20", "possible"),
        (
            [("us", {"start": "2025-06", "end": "2025-10"}), ("us", {"start": "2025-10", "status": "reported"})],
            "2025-10-24",
            "possible",
        ),
        # No surer of the first row's end than that the second had begun by then.
        (
            [("us", {"start": "2024", "end": "2025"}), ("us", {"start": "2025-03", "end": "2025-06-10"})],
            "2025-03-30",
            "certain",
        ),
        (
            [("us", {"start": "2024", "end": "2025"}), ("us", {"start": "2025-03", "end": "2025-06-10"})],
            "2025-08-01",
            "possible",
        ),
        # First on record at the latest then, it may have been there ever before.
        (ON_RECORD, "2023-10-01", "possible"),
        (ON_RECORD, "2024-06-01", "certain"),
    ],
)
def test_rows_of_one_force_that_follow_one_another_are_one_stay(catalog_of, presences, day, certainty) -> None:
    assert held(state(catalog_of, presences, day, day)) == [("us", certainty)]


FIRM = ("us", {"start": "2018-03-05", "end": "2019-06-30"})
THEN_LEAVING = ("us", {"start": "2019-07-01", "last_confirmed": "2019-07-01", "status": "drawing-down"})
LEFT_OFF = ("us", {"start": "2019-07-01", "end": "2019-08-01", "status": "drawing-down"})
BACK = ("us", {"start": "2019-08-02", "last_confirmed": "2019-08-02"})


@pytest.mark.parametrize(
    ("presences", "day", "certainty", "days"),
    [
        # Of a stay the row that tells of the day counts.
        ([FIRM, THEN_LEAVING], "2019-06-30", "certain", 365),
        ([FIRM, THEN_LEAVING], "2019-09-29", "known", 90),
        ([FIRM, THEN_LEAVING], "2019-09-30", "possible", 90),
        ([FIRM, LEFT_OFF, BACK], "2019-09-30", "known", 365),
        ([FIRM, LEFT_OFF, BACK], "2020-08-01", "known", 365),
        ([FIRM, LEFT_OFF, BACK], "2020-08-02", "possible", 365),
    ],
)
def test_the_row_that_tells_of_the_day_says_how_long_silence_is_borne(
    catalog_of, presences, day: str, certainty: str, days: int
) -> None:
    rows = [{"id": f"p-{n}", "site": "base", "force": force, **cells} for n, (force, cells) in enumerate(presences)]
    catalog = catalog_of(sites=[{"id": "base"}], presence=rows)
    [found] = posture(catalog, day_number(date.fromisoformat(day)))["base"]
    assert (found.certainty, found.known_days) == (certainty, days)
    assert held(state(catalog_of, presences, day, day)) == [("us", certainty)]


@pytest.mark.parametrize(
    ("status", "day", "certainty"),
    [
        ("present", "2019-08-30", "known"),
        ("present", "2019-08-31", "possible"),
        ("drawing-down", "2019-06-11", "known"),
        ("drawing-down", "2019-06-12", "possible"),
        ("reported", "2019-06-02", "possible"),
    ],
)
def test_for_how_long_silence_is_borne_is_the_datasets(folder, status: str, day: str, certainty: str) -> None:
    toml = 'title = "Test"\n[confirmation]\npresent = 90\ndrawing-down = 10\n'
    row = {"id": "p", "site": "base", "force": "us", **OPEN, "status": status}
    catalog = open_catalog(folder(toml=toml, sites=[{"id": "base"}], presence=[row]))
    number = day_number(date.fromisoformat(day))
    assert held(site_states(catalog, number, number)[0]) == [("us", certainty)]
