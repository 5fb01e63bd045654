"""The lede: true of its window, whatever that is."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random

import pytest

from components.catalog.dates import day_number, day_of
from components.view import lede as module
from components.view.changes import changes
from components.view.lede import Lede, lede
from components.view.on_view import OnView, on_view
from components.view.public import public_of
from components.view.view import View, default_view

WINDOW = View(date(2025, 12, 1), date(2026, 3, 12))
FORCES = [
    {"id": "us", "name": "United States", "called": "US forces"},
    {"id": "syria", "name": "Syrian government"},
    {"id": "sdf", "name": "SDF", "called": "the SDF"},
]
SITES = [{"id": "base", "name": "Base"}, {"id": "camp", "name": "Camp (old)"}, {"id": "post", "name": "Post"}]


def told(catalog_of, presence, movements=(), view=WINDOW, **tables) -> Lede:
    catalog = catalog_of(
        toml='title = "Test"\nsubject = "us"\n',
        forces=FORCES,
        **{"sites": SITES, **tables},
        presence=[{"id": f"p{n}", "site": "base", "force": "us", **cells} for n, cells in enumerate(presence)],
        movements=[{"id": f"m{n}", "force": "us", "moved": "troops", **cells} for n, cells in enumerate(movements)],
    )
    return lede(on_view(catalog, view))


LEFT = {"start": "2016", "end": "2026-02-11"}
STAYS = {"site": "post", "start": "2016", "last_confirmed": "2026-03-01"}
BELOW = "Between 1 December 2025 and 12 March 2026, what is on record of US forces is told below"
UNSURE = (
    "Between 1 December 2025 and 12 March 2026, it is not certain that US forces left or came to any site; what is on "
    "record is told below"
)
OPENING = "Between 1 December 2025 and 12 March 2026, US forces"


@pytest.mark.parametrize(
    ("presence", "movements", "text"),
    [
        ([LEFT], [], f"{OPENING} left Base."),
        ([LEFT, STAYS], [], f"{OPENING} left Base. They were last reported at Post (1 March 2026)."),
        (
            [LEFT, {"site": "camp", "start": "2026-02-11", "last_confirmed": "2026-03-12"}],
            [{"origin": "base", "destination": "camp", "start": "2026-02-11"}],
            f"{OPENING} left Base, and arrived at Camp. They moved from Base to Camp. "
            "On 12 March 2026, they were at Camp.",
        ),
        # Who went and came back has moved nowhere.
        (
            [LEFT, STAYS],
            [
                {"origin": "base", "destination": "post", "start": "2026-02-01"},
                {"origin": "post", "destination": "base", "start": "2026-02-05", "moved": "equipment"},
            ],
            f"{OPENING} left Base. They were last reported at Post (1 March 2026).",
        ),
        (
            [LEFT, STAYS],
            [{"origin": "base", "destination": "post", "start": "2026-02-01", "confidence": "low"}],
            f"{OPENING} left Base. They are reported to have moved from Base to Post. "
            "They were last reported at Post (1 March 2026).",
        ),
        # Detainees, and what reaches beyond the window, are no moving of the force within it.
        ([LEFT], [{"origin": "base", "destination": "post", "start": "2026"}], f"{OPENING} left Base."),
        ([LEFT], [{"origin": "base", "destination": "post", "moved": "detainees"}], f"{OPENING} left Base."),
        (
            [STAYS | {"last_confirmed": "2026-03-12"}],
            [],
            "Between 1 December 2025 and 12 March 2026, no site is known "
            "to have gained or lost US forces. On 12 March 2026, they were at Post.",
        ),
        # Where nothing else opens, what moved does.
        (
            [LEFT | {"confidence": "low"}],
            [{"origin": "base", "destination": "post"}],
            f"{BELOW}. They are reported to have moved from Base to Post.",
        ),
        ([{"force": "sdf", "start": "2026-02-01"}], [], f"{OPENING} are on record at no site."),
    ],
)
def test_what_is_told(catalog_of, presence, movements, text) -> None:
    assert told(catalog_of, presence, movements).text == text


@pytest.mark.parametrize(
    ("presence", "text"),
    [
        (LEFT | {"confidence": "low"}, f"{BELOW}."),
        (LEFT | {"end": "2026"}, f"{UNSURE}."),
        (LEFT | {"status": "reported"}, f"{BELOW}."),
        ({"start": "2026-02", "status": "reported"}, f"{BELOW}."),
        ({"start": "2026"}, f"{UNSURE}."),
        # On the last day it may be there still: nothing changed, but it did leave.
        (LEFT | {"end": "2026-03-12"}, "On 12 March 2026, US forces were at Base."),
    ],
)
def test_what_is_not_sure_is_left_to_the_lines_below(catalog_of, presence, text) -> None:
    assert told(catalog_of, [presence]).text == text


def test_on_a_day_nothing_changes_but_something_moves(catalog_of) -> None:
    day = View(date(2026, 2, 1), date(2026, 2, 1))
    moved = [{"origin": "base", "destination": "post", "start": "2026-02-01"}]
    assert told(catalog_of, [LEFT, STAYS], moved, view=day).text == (
        "On 1 February 2026, US forces moved from Base to Post. They were at Base and Post."
    )
    assert told(catalog_of, [LEFT], view=day).text == "On 1 February 2026, US forces were at Base."


def test_what_a_filter_hides_is_not_told(catalog_of) -> None:
    presence = [LEFT, STAYS, {"force": "sdf", "site": "camp", "start": "2016", "end": "2026-02-01"}]

    def text(**chosen) -> str:
        return told(catalog_of, presence, view=replace(WINDOW, **chosen)).text

    assert text(search="post") == (
        "Between 1 December 2025 and 12 March 2026, none of the sites on view is known to have gained or lost US "
        "forces. Among the sites on view, they were last reported at Post (1 March 2026)."
    )
    assert text(search="nowhere") == "No site is on view with these filters."
    assert text(force=("sdf",)) == (
        "Between 1 December 2025 and 12 March 2026, among the sites on view, the SDF left Camp."
    )
    assert "US forces left Base" in text(force=("sdf", "us"))


def test_who_came_back_has_not_moved_whatever_a_filter_hides_of_it(catalog_of) -> None:
    moved = [
        {"title": "Out", "origin": "base", "destination": "post", "start": "2026-02-01"},
        {"title": "Home", "origin": "post", "destination": "base", "start": "2026-02-05", "confidence": "low"},
    ]
    for chosen in ({}, {"confidence": ("high",)}, {"search": "out"}):
        assert "moved" not in told(catalog_of, [LEFT, STAYS], moved, view=replace(WINDOW, **chosen)).text
    assert "moved" in told(catalog_of, [LEFT, STAYS], moved[:1], view=replace(WINDOW, confidence=("high",))).text


def test_a_folder_in_which_nobody_ever_changed_hands_has_no_lede(catalog_of) -> None:
    catalog = catalog_of(sites=SITES)
    assert lede(on_view(catalog, WINDOW)) == Lede("", ())


def months() -> list[View]:
    found = []
    for year in range(2019, 2027):
        for month in range(1, 13):
            last = date(year, month, monthrange(year, month)[1])
            found.append(View(date(year, month, 1), last))
    return found


def asked(curated) -> list[View]:
    """Windows of all kinds: each month, each period, years, single days, and as known on a day."""
    first = default_view(curated)
    periods = [View(one.first, one.last) for one in curated.dataset.periods]
    years = [View(date(year, 1, 1), date(year + more, 12, 31)) for year in range(2003, 2027, 4) for more in (0, 8)]
    days = {day_of(end.last) for end in curated.presence["end"] if end and end.first > day_number(date(2025, 1, 1))}
    edges = [View(day_of(day_number(day) - before), day) for day in sorted(days) for before in (0, 1)]
    known = [replace(first, known=day) for day in (date(2025, 12, 1), date(2026, 2, 10), date(2026, 3, 1), first.end)]
    chosen = [replace(first, force=(force,)) for force in ("sdf", "syria", "france", "civilians")]
    places = [replace(first, country=(country,)) for country in ("Syria", "Iraq", "Jordan")]
    return [first, *periods, *months(), *years, *edges, *known, *chosen, *places]


@pytest.mark.e2e
def test_every_sentence_of_every_window_is_true(curated) -> None:
    all_true(curated, asked(curated))


@pytest.mark.e2e
def test_so_is_every_sentence_of_a_record_made_at_random(catalog_of) -> None:
    chance = Random(7)

    def day(first: int, last: int) -> str:
        """Return a day, a month or a year, as a cell."""
        text = day_of(chance.randint(day_number(date(first, 1, 1)), day_number(date(last, 12, 31)))).isoformat()
        return text[: chance.choice([10, 10, 7, 4])]

    def stay(site: int, n: int) -> dict[str, str]:
        ended = chance.random() < 0.6
        cells = {"end": day(2024, 2026)} if ended else {"last_confirmed": day(2023, 2026)}
        status = chance.choice(["present", "present", "reported", "drawing-down"])
        confidence = chance.choice(["high", "medium", "low"])
        start = day(2018, 2022) if chance.random() < 0.5 else day(2023, 2023) if ended else ""
        about = {"id": f"p{site}-{n}", "site": f"s{site}", "force": chance.choice(["us", "us", "syria", "sdf"])}
        return {**about, "start": start, "status": status, "confidence": confidence, **cells}

    def movement(n: int) -> dict[str, str]:
        ends = [f"s{number}" for number in chance.sample(range(80), 2)]
        return {
            "id": f"m{n}",
            "origin": ends[0],
            "destination": ends[1],
            "start": day(2024, 2026),
            "kind": chance.choice(["withdrawal", "reinforcement"]),
            "moved": chance.choice(["troops", "equipment"]),
            "confidence": chance.choice(["high", "low"]),
        }

    catalog = catalog_of(
        toml='title = "Test"\nsubject = "us"\n',
        forces=FORCES,
        sites=[{"id": f"s{n}", "name": f"Site {n:02}", "country": chance.choice(["Syria", "Iraq"])} for n in range(80)],
        presence=[stay(site, n) for site in range(80) for n in range(chance.randint(1, 3))],
        movements=[movement(n) for n in range(60)],
    )
    starts = [date(2023 + n // 12, n % 12 + 1, chance.randint(1, 28)) for n in range(47)]
    windows = [View(start, day_of(day_number(start) + chance.choice([0, 1, 7, 31, 200]))) for start in starts]
    few = [replace(window, search=f"site {number}") for window in windows for number in (1, 4)]
    known = [replace(window, known=window.end) for window in windows[::4]]
    told = all_true(catalog, [*windows, *few, *known])
    assert {module.LEFT, module.MOVED, module.REPORTED, module.AT, module.LAST} <= told


def all_true(catalog, views: list[View]) -> set[str]:
    """Hold all that is told of windows against the rows; return the verbs that it is told by."""
    verbs = set()
    for view in views:
        shown = on_view(catalog, view)
        found = lede(shown)
        assert len(found.sentences) <= 3, found.text
        for sentence in found.sentences:
            assert sentence.text.endswith("."), sentence.text
            for one in sentence.told:
                verbs.add(one.verb)
                TRUE[one.verb](shown, found, one.row.partition(":")[2])
        if "is known to have gained or lost" in found.text:
            assert not firm_steps(shown, found.force), found.text
    return verbs


def change_of(shown: OnView, site: str, force: str):
    [change] = [one for one in changes(shown.catalog, shown.start, shown.end, shown.known) if one.site == site]
    [part] = [part for part in change.parts if part.force == force]
    assert site in shown.selection.states
    assert change.confidence != "low"
    return part


def left(shown: OnView, found: Lede, site: str) -> None:
    event = change_of(shown, site, found.force).left
    assert event.sure, found.text
    assert not event.reported, found.text
    ends = [row.end for row in stays(shown, site, found.force) if row.end]
    assert any(end.first >= shown.start and end.last <= shown.end for end in ends), found.text


def came(shown: OnView, found: Lede, site: str) -> None:
    event = change_of(shown, site, found.force).came
    assert event.sure, found.text
    assert not event.reported, found.text


def took_over(shown: OnView, found: Lede, site: str) -> None:
    came(shown, found, site)
    assert change_of(shown, site, found.force).came.took_over, found.text


def lasted(shown: OnView, found: Lede, site: str) -> None:
    part = change_of(shown, site, found.force)
    since, _ = part.reduced or part.reinforced
    assert shown.start <= since.first, found.text
    assert since.last <= shown.end, found.text


def moved(shown: OnView, found: Lede, id_: str) -> None:
    row = shown.catalog.movements.loc[id_]
    assert (row["force"], row["moved"]) == (found.force, "troops")
    assert row["confidence"] != "low", found.text
    reported(shown, found, id_)


def reported(shown: OnView, found: Lede, id_: str) -> None:
    row = shown.catalog.movements.loc[id_]
    assert shown.start <= row["start"].first, found.text
    assert (row["end"] or row["start"]).last <= shown.end, found.text
    assert shown.known is None or public_of(row["sources"], shown.catalog, shown.known), found.text


def at(shown: OnView, found: Lede, site: str) -> None:
    """A row that is more than a report covers the day; as known on a day, one whose end was not public is open."""
    day = shown.end if shown.known is None else min(shown.end, shown.known)
    rows = [row for row in stays(shown, site, found.force) if row.status in ("present", "drawing-down")]
    assert any(
        (row.start is None or row.start.last <= day) and (row.end is None or row.end.first >= day or shown.known)
        for row in rows
    ), found.text


def last(shown: OnView, found: Lede, site: str) -> None:
    """No row says that they left, the report is of the window or before it, and nothing later is on record."""
    rows = stays(shown, site, found.force)
    open_rows = [row for row in rows if row.end is None]
    assert open_rows, f"{site} was left: {found.text}"
    reports = [row.last_confirmed for row in open_rows if row.last_confirmed and row.last_confirmed.first <= shown.end]
    assert reports, found.text
    newest = max(report.last for report in reports)
    assert not any(row.end and newest < row.end.first and row.end.last <= shown.end for row in rows), found.text
    assert name(shown, site) in found.text


def name(shown: OnView, site: str) -> str:
    full = str(shown.catalog.sites.at[site, "name"]).partition(" (")[0]
    return full.replace("Undisclosed", "undisclosed")


def stays(shown: OnView, site: str, force: str) -> list:
    return presence_of(shown.catalog).get((site, force), [])


@lru_cache(maxsize=2)
def presence_of(catalog) -> dict[tuple[str, str], list]:
    """The rows of presence, by site and force."""
    found: dict[tuple[str, str], list] = {}
    for row in catalog.presence.itertuples():
        found.setdefault((row.site, row.force), []).append(row)
    return found


def firm_steps(shown: OnView, force: str) -> list:
    """The rows by which a force that is more than reported came to or left a site on view, in the window, for good."""
    if shown.known is not None:
        return []
    return [
        row
        for (site, whose), [row, *others] in presence_of(shown.catalog).items()
        if whose == force and not others and row.status == "present" and site in shown.selection.states
        for step in (row.start, row.end)
        if step and shown.start <= step.first and step.last <= shown.end
    ]


TRUE = {
    module.LEFT: left,
    module.TOOK_OVER: took_over,
    module.ARRIVED: came,
    module.DREW_DOWN: lasted,
    module.BEGAN: lasted,
    module.REINFORCED: lasted,
    module.MOVED: moved,
    module.REPORTED: reported,
    module.AT: at,
    module.LAST: last,
}
"""How what each verb says is held against the rows."""
