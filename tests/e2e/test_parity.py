"""The browser filters by the same rules as Python: held together over windows and filters without number."""

import base64
import json
import random
from datetime import date, timedelta

import numpy as np
import pytest

from components.catalog.catalog import load
from components.catalog.dates import day_number
from components.catalog.gazetteer import read_entries
from components.catalog.names import fold
from components.map.folium_map import command
from components.map.payload import rows_document
from components.picture.movements import End, arrow
from components.settings import data_folder
from components.static import address
from components.view.facets import FACETS
from components.view.outcomes import KINDS
from components.view.selection import select
from components.view.states import site_states
from components.view.transitions import transitions
from components.view.view import View

CATALOG = load(data_folder())
FIRST, LAST = date(2013, 1, 1), date(2027, 1, 1)
SEARCHES = ["", "", "", "tanf", "al-hasakah", "القامشلي", "drone strike", "no such thing"]

IN_BROWSER = """async ([assets, rows, commands]) => {
    const load = (name) => import(`/${assets}/${name}.js`);
    const [{ asKnown, readDataset }, { resolve, select }, { siteStates }] =
        await Promise.all(["data/dataset", "data/select", "data/posture"].map(load));
    const all = readDataset(
        await (await fetch(`${rows}.json`)).json(),
        await (await fetch(`${rows}.bin`)).arrayBuffer(),
        { text: `${rows}.text`, texts: `${rows}/texts` },
    );
    const answers = [];
    for (const command of commands) {
        const data = asKnown(all, command.known);
        const filter = await resolve(data, command);
        const chosen = select(data, filter, command.from, command.to);
        const states = siteStates(data, command.from, command.to);
        const { incidents, movements } = chosen;
        const force = (number) => data.forces[number]?.id ?? "";
        answers.push({
            incidents: incidents.numbers.map((n) => [n, incidents.certain(n)]),
            count: incidents.count,
            kinds: [...incidents.countByKind],
            newest: incidents.newest(3),
            movements: movements.numbers.map((n, i) => [n, movements.sure[i]]),
            sites: chosen.sites.map((s) => {
                const { status, force: holder, possible, previous, change } = states[s];
                return [data.sites.id[s], status, force(holder), possible, force(previous), change];
            }),
        });
    }
    return answers;
}"""


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


def in_python(view: View) -> dict:
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


def test_the_browser_selects_what_python_selects(dashboard):
    dashboard.open()
    asked = views(400)
    commands = json.loads(json.dumps([command(CATALOG, view, "") for view in asked]))
    rows = f"/map/{rows_document(CATALOG).name}"
    answers = dashboard.page.evaluate(IN_BROWSER, [address("map"), rows, commands])
    for view, answer in zip(asked, answers, strict=True):
        assert answer == in_python(view), view
    statuses = {site[1] for answer in answers for site in answer["sites"]}
    assert {site[5] for answer in answers for site in answer["sites"]} == {"", *KINDS}, "and every kind of change"
    assert statuses == {"held", "handed-over", "vacated", "former", "unknown"}, "the windows reach every status"


STATES_IN_BROWSER = """async ([assets, document, packed, windows]) => {
    const load = (name) => import(`/${assets}/${name}.js`);
    const [{ readDataset }, { siteStates }] = await Promise.all(["data/dataset", "data/posture"].map(load));
    const buffer = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)).buffer;
    const data = readDataset(document, buffer, { text: "", texts: "" });
    const told = ({ status, force, possible, change }) => [status, data.forces[force]?.id ?? "", possible, change];
    return windows.map(([start, end]) => siteStates(data, start, end).map(told));
}"""


@pytest.mark.parametrize("toml", ["", "[confirmation]\npresent = 40\ndrawing-down = 7\n"])
def test_silence_is_borne_alike_in_both_by_status_and_setting(dashboard, folder, toml: str) -> None:
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
    parts = rows_document(catalog).parts
    packed = base64.b64encode(parts["bin"].body).decode()
    dashboard.open()
    answers = dashboard.page.evaluate(
        STATES_IN_BROWSER, [address("map"), json.loads(parts["json"].body), packed, windows]
    )
    seen = set()
    for window, answer in zip(windows, answers, strict=True):
        expected = [[one.status, one.force, one.possible, one.change] for one in site_states(catalog, *window)]
        assert answer == expected, window
        seen |= {(site, one[2]) for site, one in zip(catalog.sites["id"], expected, strict=True)}
    assert {site for site, possible in seen if possible} >= {"present-0", "drawing-down-0", "reported-0", "stay"}
    assert {site for site, possible in seen if not possible} >= {"present-0", "drawing-down-0", "stay"}


def test_the_timeline_marks_the_transitions_that_the_brief_tells(dashboard):
    dashboard.open()
    ticks = dashboard.page.evaluate(
        """async ([assets, rows]) => {
            const [{ ticks }, { readDataset }] = await Promise.all(
                ["data/changes", "data/dataset"].map((name) => import(`/${assets}/${name}.js`)),
            );
            const data = readDataset(
                await (await fetch(`${rows}.json`)).json(),
                await (await fetch(`${rows}.bin`)).arrayBuffer(),
                { text: "", texts: "" },
            );
            const filter = { sites: new Uint8Array(data.sites.length).fill(1), presence: null };
            return ticks(data, filter).map((one) => [one.kind, one.site, one.first, one.last, one.force, one.previous]);
        }""",
        [address("map"), f"/map/{rows_document(CATALOG).name}"],
    )
    told = []
    for one in transitions(CATALOG):
        if one.kind == "left" and one.taker:
            told.append(["handed-over", one.site, one.first, one.last, one.taker.force, one.force])
        elif one.kind == "left" or (one.kind == "came" and not one.takes):
            kind = "vacated" if one.kind == "left" else "opened"
            told.append([kind, one.site, one.first, one.last, one.force, -1])
    assert ticks == told
    assert {kind for kind, *_ in ticks} == {"opened", "vacated", "handed-over"}


def test_a_name_folds_alike_in_both(dashboard):
    dashboard.open()
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
    folded = dashboard.page.evaluate(
        "async ([assets, names]) => names.map((await import(`/${assets}/data/names.js`)).fold)",
        [address("map"), names],
    )
    assert dict(zip(names, folded, strict=True)) == {name: fold(name) for name in names}


def test_a_day_is_the_same_number_in_both(dashboard):
    dashboard.open()
    days = ["1900-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2026-02-11", "2100-12-31"]
    numbers = dashboard.page.evaluate(
        "async ([assets, days]) => days.map((await import(`/${assets}/time/days.js`)).dayNumber)",
        [address("map"), days],
    )
    assert numbers == [day_number(date.fromisoformat(day)) for day in days]


ARROWS = """async ([assets, cases]) => {
    const { arrowPath } = await import(`/${assets}/draw/arrows.js`);
    const end = (given) => given && { at: given.slice(0, 2), edge: given[2] };
    return cases.map(([origin, target, number]) => arrowPath(end(origin), end(target), number));
}"""


def test_an_arrow_runs_alike_in_both(dashboard):
    chance = random.Random(7)
    edges = [0, 0, 4, 40, 90, 300]

    def end():
        return [chance.randint(-300, 900), chance.randint(-300, 900), chance.choice(edges)]

    cases = [[end(), end(), number] for number in range(200)]
    cases += [
        [None, end(), 1],
        [end(), None, 2],
        [None, None, 3],
        [[5, 5, 0], [12, 9, 0], 4],
        [[5, 5, 0], [5, 5, 300], 5],
    ]
    dashboard.open()
    paths = dashboard.page.evaluate(ARROWS, [address("map"), cases])
    for (origin, target, number), path in zip(cases, paths, strict=True):
        drawn = arrow(origin and End(*origin), target and End(*target), number)
        assert (path is None) is (drawn is None)
        if path and drawn:
            assert tuple(path["vague"]) == drawn.vague
            assert [bool(rim) for rim in path["rims"]] == list(drawn.rims)
            assert np.array(path["points"]) == pytest.approx(drawn.points, abs=1e-6)
