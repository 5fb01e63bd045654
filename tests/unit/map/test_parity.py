"""The browser filters by the same rules as Python: held together over windows and filters without number."""

import base64
import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from components.catalog.catalog import Catalog, load
from components.catalog.dates import day_number
from components.catalog.gazetteer import read_entries
from components.catalog.names import fold
from components.map.payload import rows_payload
from components.map.protocol import command
from components.map.style import drawn_style
from components.picture.movements import End, arrow
from components.settings import data_folder
from components.view.facets import FACETS
from components.view.outcomes import KINDS
from components.view.public import public_days
from components.view.selection import select
from components.view.states import site_states
from components.view.ticks import ticks
from components.view.view import View
from tests.curated import CATALOG
from tests.node import answer

FIRST, LAST = date(2013, 1, 1), date(2027, 1, 1)
SEARCHES = [
    "",
    "",
    "",
    "tanf",
    "al-hasakah",
    "القامشلي",
    "drone strike",
    "no such thing",
    "Ain Assad",
    "centcom",
    "ain",
]


def views(number: int) -> list[View]:
    chance = random.Random(20260211)  # the same views every time
    options = {facet.key: [option.value for option in facet.options(CATALOG)] for facet in FACETS}
    drawn = []
    for _ in range(number):
        start = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        end = start + timedelta(days=chance.choice([0, 1, 6, 30, 120, 900]))
        chosen = {
            key: tuple(chance.sample(values, chance.randint(1, min(2, len(values))))) if chance.random() < 0.3 else ()
            for key, values in options.items()
        }
        known = end - timedelta(days=chance.choice([0, 0, 30, 300])) if chance.random() < 0.4 else None
        drawn.append(View(start, end, search=chance.choice(SEARCHES), known=known, **chosen))
    return drawn


def in_python(view: View) -> dict[str, Any]:
    selection = select(CATALOG, view)
    incidents, movements = selection.incidents, selection.movements
    kinds = list(CATALOG.kinds["id"])
    of_kind = list(incidents.rows()["kind"])
    return {
        "incidents": [[int(n), bool(sure)] for n, sure in zip(incidents.numbers, incidents.certain, strict=True)],
        "count": len(incidents),
        "kinds": [of_kind.count(kind) for kind in kinds],
        "newest": [int(n) for n in incidents.numbers[::-1][:3]],
        "movements": [[int(n), bool(sure)] for n, sure in zip(movements.numbers, movements.certain, strict=True)],
        "sites": [
            [site, state.status, state.force, state.possible, state.previous, state.change]
            for site, state in selection.states.items()
        ],
    }


def rows_of(catalog: Catalog) -> dict[str, Any]:
    """Return the rows' payload as the browser gets it, its columns as base64."""
    parts = rows_payload(catalog).parts
    return {
        "json": json.loads(parts["json"].body),
        "bin": base64.b64encode(parts["bin"].body).decode(),
        "text": parts["text"].body.decode(),
    }


def selected(views: list[View]) -> Any:
    commands = [command(CATALOG, view, "") for view in views]
    return answer("answers.js", {"ask": "selections", "rows": rows_of(CATALOG), "commands": commands})


@pytest.mark.e2e
def test_the_browser_selects_what_python_selects() -> None:
    asked = views(400)
    answers = selected(asked)
    for view, given in zip(asked, answers, strict=True):
        assert {name: given[name] for name in given if name != "ticks"} == in_python(view), view
    statuses = {site[1] for given in answers for site in given["sites"]}
    assert {site[5] for given in answers for site in given["sites"]} == {"", *KINDS}, "and every kind of change"
    assert statuses == {"held", "handed-over", "vacated", "former", "unknown"}, "the windows reach every status"


def test_the_timeline_marks_python_s_ticks_as_known_on_the_view_s_day() -> None:
    asked = [View(FIRST, LAST), *(View(FIRST, day, known=day) for day in (date(2019, 10, 20), date(2025, 6, 1)))]
    answers = selected(asked)
    drawn = []
    for view, given in zip(asked, answers, strict=True):
        known = day_number(view.known) if view.known else None
        public = public_days(CATALOG.sites, CATALOG).tolist()
        wanted = [tick for tick in ticks(CATALOG, known) if known is None or public[tick.site] <= known]
        names = ("kind", "site", "force", "previous", "first", "last", "reported")
        assert [[tick[name] for name in names] for tick in given["ticks"]] == [
            [getattr(tick, name) for name in names] for tick in wanted
        ]
        rows = list(CATALOG.presence["id"])
        assert [rows[tick["row"]] for tick in given["ticks"]] == [tick.presence for tick in wanted]
        drawn.append(len(wanted))
    assert drawn[1] < drawn[2] < drawn[0]


@pytest.mark.e2e
@pytest.mark.parametrize("toml", ["", "[confirmation]\npresent = 40\ndrawing-down = 7\n"])
def test_silence_is_borne_alike_in_both_by_status_and_setting(folder: Callable[..., Path], toml: str) -> None:
    statuses = ("present", "drawing-down", "reported", "planned")
    confirmed = ("2025-03-10", "2025-03", "")
    rows = [
        {"site": f"{status}-{n}", "force": "us", "status": status, "start": "2025-01-15", "last_confirmed": date_}
        for status in statuses
        for n, date_ in enumerate(confirmed)
    ]
    # A stay whose rows are of several statuses.
    rows += [
        {"site": "stay", "force": "us", "start": "2024", "end": "2025-02-09"},
        {
            "site": "stay",
            "force": "us",
            "start": "2025-02-10",
            "last_confirmed": "2025-02-20",
            "status": "drawing-down",
        },
    ]
    catalog = load(
        folder(
            toml=f'title = "Test"\n{toml}',
            sites=[{"id": site} for site in dict.fromkeys(row["site"] for row in rows)],
            presence=[{"id": f"p{n}", **row} for n, row in enumerate(rows)],
        )
    )
    assert not catalog.problems
    first, last = (day_number(date.fromisoformat(day)) for day in ("2025-01-01", "2026-06-01"))
    windows = [(start, end) for end in range(first, last) for start in (first, end)]
    answers = answer("answers.js", {"ask": "states", "rows": rows_of(catalog), "windows": windows})
    seen = set()
    for window, given in zip(windows, answers, strict=True):
        expected = [
            [one.status, one.force, one.possible, one.previous, one.change] for one in site_states(catalog, *window)
        ]
        assert given == expected, window
        seen |= {(site, one[2]) for site, one in zip(catalog.sites["id"], expected, strict=True)}
    assert {site for site, possible in seen if possible} >= {"present-0", "drawing-down-0", "reported-0", "stay"}
    assert {site for site, possible in seen if not possible} >= {"present-0", "drawing-down-0", "stay"}


POSTURE = json.loads((Path(__file__).parents[2] / "cases" / "posture.json").read_text())["cases"]


def test_a_site_stands_as_written_in_both(folder: Callable[..., Path]) -> None:
    presence = [
        {"id": f"p{number}-{n}", "site": f"s{number}", "force": force, "start": start, "end": end, **dict(*more)}
        for number, (_, rows, *_) in enumerate(POSTURE)
        for n, (force, start, end, *more) in enumerate(rows)
    ]
    sites = [{"id": f"s{number}", "name": f"Site {number}"} for number in range(len(POSTURE))]
    catalog = load(folder(sites=sites, presence=presence))
    assert not catalog.problems
    windows = [tuple(day_number(date.fromisoformat(day)) for day in case[2:4]) for case in POSTURE]
    answers = answer("answers.js", {"ask": "states", "rows": rows_of(catalog), "windows": windows})
    for number, ((name, *_, expected), window, given) in enumerate(zip(POSTURE, windows, answers, strict=True)):
        one = site_states(catalog, *window)[number]
        assert [one.status, one.force, one.possible, one.previous, one.change] == expected, name
        assert given[number] == expected, name


def test_a_name_folds_alike_in_both() -> None:
    names = [name for row in CATALOG.sites.itertuples(index=False) for name in (row.name, row.name_ar, *row.aliases)]
    names += [name for entry in read_entries(data_folder())[0] for name in (entry.name, *entry.names)]
    names += [
        *CATALOG.incidents["title"],
        "Straße",
        "ΣΊΣΥΦΟΣ",
        "İzmir",
        "a_b",
        "el-al",
        "5 al 7",
        "ال",
        "ﻼ",
        "e\u200dx",
        "½",
    ]
    folded = answer("answers.js", {"ask": "folded", "names": names})
    assert dict(zip(names, folded, strict=True)) == {name: fold(name) for name in names}


def test_an_arrow_runs_alike_in_both() -> None:
    chance = random.Random(7)
    edges = [0, 0, 4, 40, 90, 300]

    def end() -> list[int]:
        return [chance.randint(-300, 900), chance.randint(-300, 900), chance.choice(edges)]

    cases = [[end(), end(), number] for number in range(200)]
    cases += [
        [None, end(), 1],
        [end(), None, 2],
        [None, None, 3],
        [[5, 5, 0], [12, 9, 0], 4],
        [[5, 5, 0], [5, 5, 300], 5],
    ]
    paths = answer("answers.js", {"ask": "arrows", "cases": cases, "style": drawn_style()["movements"]})
    for (origin, target, number), path in zip(cases, paths, strict=True):
        drawn = arrow(origin and End(*origin), target and End(*target), number)
        assert (path is None) is (drawn is None)
        if path and drawn:
            assert tuple(path["vague"]) == drawn.vague
            assert [bool(rim) for rim in path["rims"]] == list(drawn.rims)
            assert np.array(path["points"]) == pytest.approx(drawn.points, abs=1e-6)
