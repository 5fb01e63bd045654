from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.catalog import EVER, NEVER
from components.catalog.dates import PartialDate, day_number, day_of, parse_date
from components.panels.history import MOST_TICKS, Axis, axis_of, bar_of, history, lanes_of, ticks_of
from components.view.on_view import on_view
from components.view.view import View, default_view

VIEW = View(date(2025, 11, 10), date(2026, 3, 12))
END = day_number(VIEW.end)


def number(text: str) -> int:
    return day_number(date.fromisoformat(text))


def site(catalog_of, *presence):
    """A catalog of one site, ``base``, and who held it: force, status, start, end, last_confirmed, searched."""
    names = ("force", "status", "start", "end", "last_confirmed", "searched")
    return catalog_of(
        sites=[{"id": "base"}],
        presence=[
            {"id": f"p{n}", "site": "base", **dict(zip(names, row, strict=False))} for n, row in enumerate(presence)
        ],
    )


def rows(catalog) -> list:
    return list(catalog.presence.itertuples(index=False))


def nodes(node, wanted: str) -> list:
    """The elements of a class, in order."""
    if isinstance(node, str):
        return []
    _, attributes, *children = node
    own = [node] if wanted in attributes.get("class", "").split() else []
    return own + [inner for child in children for inner in nodes(child, wanted)]


def span(node) -> tuple[float, float]:
    first, last = (float(edge) for edge in node[1]["span"].split())
    return first, last


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (("us", "present", "2020-01-01", "2020-12-31"), ["sure"]),
        (("us", "present", "2020-01", "2020-12-31"), ["maybe", "sure"]),
        (("us", "present", "2020", "2022"), ["maybe", "sure", "maybe"]),
        (("us", "present", "2020", "2020"), ["maybe"]),
        (("us", "present", "2020-06-15", "2020"), ["sure", "maybe"]),
        (("us", "present", "", "2020-12-31"), ["fading-in", "sure"]),
        (("us", "present", "2020-01-01", ""), ["sure", "fading-out"]),
        (("us", "present", "2020-01-01", "", "2021-06-01"), ["sure", "fading-out"]),
        (("us", "present", "", "", "2021-06-01"), ["fading-in", "sure", "fading-out"]),
        (("us", "present", "", "", ""), ["fading-out"]),
    ],
)
def test_a_bar_is_as_sure_as_its_dates(catalog_of, row, parts: list[str]) -> None:
    [presence] = rows(site(catalog_of, row))
    bar = bar_of(presence, axis_of([presence], END))
    assert [kind for kind, _ in bar.parts] == parts


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("us", "present", "2016-03", "2026-02-11"), "from March 2016 to 11 February 2026"),
        (("us", "present", "", "2026-02-11"), "from an unknown date to 11 February 2026"),
        (("us", "present", "2018", "", "2022-09"), "from 2018, last confirmed September 2022"),
        (("us", "present", "2018", ""), "from 2018, no end reported"),
        (
            ("us", "present", "2018", "", "2022-09", "2023-01-05"),
            "from 2018, last confirmed September 2022, no report of their leaving was found up to 5 January 2023",
        ),
        (("us", "reported", "2018", "2019"), "reported, from 2018 to 2019"),
        (("us", "planned", "2018", "2019"), "planned, from 2018 to 2019"),
        (("us", "drawing-down", "2018", "2019"), "drawing down, from 2018 to 2019"),
    ],
)
def test_a_bar_is_told_in_words_to_eyes_and_ears(catalog_of, row, told: str) -> None:
    [bar] = nodes(history(on_view(site(catalog_of, row), VIEW), site(catalog_of, row).presence), "bar")
    assert bar[1]["title"] == f"{told}, confidence high"
    assert bar[1]["class"].split()[1] == row[1]
    [words] = nodes(bar, "unseen")
    assert words[2] == f"United States, {told}, confidence high. "


def test_lanes_are_in_order_of_first_arrival_an_unknown_one_first(catalog_of) -> None:
    catalog = site(
        catalog_of,
        ("us", "present", "2018", "2019"),
        ("syria", "present", "2017", "2018"),
        ("us", "present", "2016", "2017"),
        ("sdf", "present", "", "2020"),
    )
    lanes = lanes_of(rows(catalog), list(catalog.forces["id"]))
    assert [force for force, _ in lanes] == ["sdf", "us", "syria"]


@pytest.mark.parametrize(
    ("spans", "tracks"),
    [
        ([("2016", "2017"), ("2018", "2019")], 1),
        ([("2016-01-01", "2017-05-05"), ("2017-05-05", "2018-01-01")], 1),
        ([("2016", "2017-05"), ("2017-05", "2018")], 1),
        ([("2016-01-01", "2018-01-01"), ("2017-01-01", "2019-01-01")], 2),
        ([("2016-01-01", ""), ("2017-01-01", "2019-01-01")], 2),
        ([("", "2016-01-01"), ("2017-01-01", "2019-01-01")], 1),
        ([("", "2016-01-01"), ("", "2019-01-01")], 2),
    ],
)
def test_stays_of_a_force_share_a_track_unless_they_overlap(catalog_of, spans, tracks: int) -> None:
    catalog = site(catalog_of, *(("us", "present", *span) for span in spans))
    [(_, found)] = lanes_of(rows(catalog), list(catalog.forces["id"]))
    assert len(found) == tracks


def test_the_axis_spans_the_whole_record_and_the_window_with_room_for_what_is_open(catalog_of) -> None:
    closed = axis_of(rows(site(catalog_of, ("us", "present", "2016-03", "2026-02-11"))), END)
    assert (closed.first, closed.last) == (number("2016-03-01"), day_number(VIEW.end))
    later = axis_of(rows(site(catalog_of, ("us", "present", "2016-03", "", "2027-05"))), END)
    assert later.first == number("2016-03-01")
    assert number("2027-05-31") < later.last < number("2029-01-01")
    earlier = axis_of(rows(site(catalog_of, ("us", "present", "", "2026-02-11"))), END)
    assert number("2026-01-01") < earlier.first < number("2026-02-11")


@pytest.mark.parametrize(
    ("window", "marked"),
    [
        ((date(2016, 1, 1), date(2016, 12, 31)), True),
        ((date(2010, 1, 1), date(2015, 12, 31)), True),
        ((date(2030, 1, 1), date(2031, 1, 1)), True),
    ],
)
def test_the_window_is_marked_where_it_lies(catalog_of, window, marked: bool) -> None:
    catalog = site(catalog_of, ("us", "present", "2014-01-01", "2018-12-31"))
    marks = nodes(history(on_view(catalog, View(*window)), catalog.presence), "window")
    assert bool(marks) == marked
    first, last = span(marks[0])
    assert 0 <= first < last <= 100


def test_a_window_before_all_that_is_recorded_is_not_marked_beyond_its_end(catalog_of) -> None:
    catalog = site(catalog_of, ("us", "present", "2014-01-01", "2018-12-31"))
    [mark] = nodes(history(on_view(catalog, View(date(2000, 1, 1), date(2001, 1, 1))), catalog.presence), "window")
    assert span(mark)[0] == 0
    assert span(mark)[1] < 1


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2015-05-01", "2026-03-12", ["2016", "2018", "2020", "2022", "2024", "2026"]),
        ("2025-06-01", "2026-03-12", ["Jul 2025", "Oct 2025", "Jan 2026"]),
        ("2026-01-15", "2026-03-12", ["Feb 2026", "Mar 2026"]),
        ("2026-02-11", "2026-02-14", ["11 Feb", "12 Feb", "13 Feb", "14 Feb"]),
        ("1900-01-01", "2100-12-31", ["1900", "1950", "2000", "2050", "2100"]),
    ],
)
def test_the_axis_is_labelled_as_finely_as_there_is_room(first: str, last: str, labels: list[str]) -> None:
    assert [text for _, text in ticks_of(Axis(number(first), number(last)))] == labels


ANY_DAY = st.dates().map(day_number)


@given(st.tuples(ANY_DAY, ANY_DAY).map(sorted))
def test_every_axis_has_labels_in_order_within_it(days) -> None:
    ticks = ticks_of(Axis(*days))
    places = [at for at, _ in ticks]
    assert places == sorted(set(places))
    assert all(0 <= at < 100 for at in places)
    assert len(ticks) <= max(MOST_TICKS.values())
    if days[1] - days[0] > 366:
        assert len(ticks) >= 1


def written(day: date, precision: int) -> PartialDate:
    return parse_date(day.isoformat()[:precision])


DATES = st.none() | st.builds(written, st.dates(), st.sampled_from([4, 7, 10]))


@st.composite
def presences(draw):
    """Presence rows of one site, of any dates that the loader lets through."""
    found = []
    for n in range(draw(st.integers(1, 5))):
        start, end, confirmed = draw(DATES), draw(DATES), draw(DATES)
        if start and end and end.last < start.first:
            start, end = end, start
        found.append(
            {
                "id": f"p{n}",
                "site": "base",
                "force": draw(st.sampled_from(["us", "syria", "sdf"])),
                "status": draw(st.sampled_from(["present", "drawing-down", "reported", "planned"])),
                "start": start.text if start else "",
                "end": end.text if end else "",
                "last_confirmed": confirmed.text if confirmed else "",
            }
        )
    return found


@pytest.mark.e2e
@given(data=st.data())
def test_whatever_the_dates_each_bar_lies_within_the_chart_and_its_parts_within_it(catalog_of, texts_of, data) -> None:
    catalog = catalog_of(sites=[{"id": "base"}], presence=data.draw(presences()))
    window = data.draw(st.tuples(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1))).map(sorted))
    chart = history(on_view(catalog, View(*window)), catalog.presence)
    assert texts_of([chart])
    bars = nodes(chart, "bar")
    assert len(bars) == len(catalog.presence)
    for bar in bars:
        assert 0 <= span(bar)[0] <= span(bar)[1] <= 100
        at = 0.0
        for kind in ("sure", "maybe", "fading-in", "fading-out"):
            assert len(nodes(bar, kind)) <= (2 if kind == "maybe" else 1)
        for part in bar[2:]:
            if "span" in part[1]:
                first, last = span(part)
                assert at - 0.011 <= first <= last <= 100
                at = last
    for row in rows(catalog):
        bar = bar_of(row, axis_of(rows(catalog), day_number(window[1])))
        kinds = [kind for kind, _ in bar.parts]
        assert ("fading-in" in kinds) <= (row.start_first == NEVER)
        # Of a presence confirmed on the calendar's last day there is no day left to fade.
        assert ("fading-out" in kinds) == (row.end_last == EVER and row.end_first != day_number(date.max))


@given(first=ANY_DAY, length=st.integers(0, 5_000), day=ANY_DAY)
def test_days_stand_in_order_on_an_axis(first: int, length: int, day: int) -> None:
    axis = Axis(first, first + length)
    assert 0 <= axis.at(day) <= axis.at(day + 1) <= 100
    assert axis.span(first, first + length) == (0, 100)


def test_nobody_on_record_is_no_chart(catalog_of) -> None:
    assert history(on_view(site(catalog_of), VIEW), site(catalog_of).presence) is None


def test_every_curated_site_has_its_bars_in_words(curated, texts_of) -> None:
    for id_ in curated.sites["id"]:
        held = curated.presence[curated.presence["site"] == id_]
        chart = history(on_view(curated, default_view(curated)), curated.presence[curated.presence["site"] == id_])
        if chart is None:
            assert held.empty
            continue
        texts = texts_of([chart])
        assert len(nodes(chart, "bar")) == len(held)
        assert set(curated.forces.loc[list(held["force"]), "name"]) <= set(texts)


def test_the_days_of_the_tests_can_be_told_from_their_numbers() -> None:
    assert day_of(number("2026-02-11")) == date(2026, 2, 11)
    assert day_of(number("2026-02-11") + 1) - timedelta(1) == date(2026, 2, 11)
