"""The Changes and the Posture panel, as what they give the browser."""

import re
from dataclasses import replace
from datetime import date

import pytest

from components.catalog.vocabulary import DEFAULT
from components.panels.changes import MAX_LINES, changes
from components.panels.elements import selected_by
from components.panels.posture import posture
from components.view.lede import lede
from components.view.on_view import on_view
from components.view.view import View

WINDOW = View(date(2025, 12, 1), date(2026, 3, 12))


@pytest.fixture
def shown(texts_of):
    """Build a panel; return its texts."""
    return lambda panel, catalog, view=WINDOW: texts_of(panel(on_view(catalog, view)).nodes)


@pytest.mark.parametrize(
    ("show", "compare", "pressed"),
    [("status", None, ["Status"]), ("changes", None, ["Changes"]), ("changes", 0, ["Compare"])],
)
def test_one_way_of_showing_sites_is_pressed_and_a_comparison_says_its_days(
    curated, texts_of, show: str, compare: int | None, pressed: list[str]
) -> None:
    nodes = changes(on_view(curated, replace(WINDOW, show=show, compare=compare))).nodes
    tools = next(node for node in nodes if node[1].get("class") == "tools")
    _, _, _, *buttons = tools[2]
    assert [text for _, attributes, text in buttons if attributes["aria-pressed"] == "true"] == pressed
    told = [text for text in texts_of(nodes) if text.startswith("Left of the divide")]
    assert len(told) == (compare is not None)
    assert all("1 December 2025" in text and "12 March 2026" in text for text in told)


def test_the_curated_changes_are_told_with_their_evidence(shown, curated) -> None:
    texts = shown(changes, curated)
    assert "Changes, 1 December 2025 to 12 March 2026" in texts
    at = texts.index("US forces left on 11 February 2026; Syrian government forces took over on 12 February 2026.")
    assert texts[at - 2 : at] == ["Al-Tanf garrison", "Syria"]
    assert texts[at + 1] == "high confidence"
    assert texts[at + 2].endswith("sources, sources disagree")
    assert "US garrison leaves Al-Tanf for an unnamed base in Jordan" in texts
    told = next(text for text in texts[at:] if text.startswith("Told by "))
    assert told.startswith("Told by AFP via The Straits Times (wire)")
    kinds = [
        DEFAULT.ids("source_kinds").index(word)
        for word in re.findall(r"\((\w+)", told)
        if word in DEFAULT.ids("source_kinds")
    ]
    assert kinds == sorted(kinds)


def test_the_panel_leads_with_the_lede_whose_names_select_and_light(curated, texts_of) -> None:
    view = View(date(2025, 12, 1), date(2026, 3, 12))
    [opening, *_] = nodes = changes(on_view(curated, view)).nodes
    assert opening[:2] == ["p", {"class": "lede"}]
    assert "".join(texts_of([opening])).replace("\N{NO-BREAK SPACE}", " ") == lede(on_view(curated, view)).text
    sentences = [child for child in opening[2:] if child != " "]
    for sentence in sentences:
        named = set(selected_by(sentence))
        assert named
        assert named <= set(sentence[1]["lights"].split())
    [unsaid] = [node for node in nodes if node[1].get("class") == "unsaid"]
    assert unsaid[0] == "details"
    assert "open" not in unsaid[1]
    assert nodes[-1] is unsaid


def test_a_briefings_step_folds_the_list_of_briefings(curated) -> None:
    steps = [View(date(2025, 12, 1), date(2026, 3, 12), step=step) for step in ("", "al-tanf-withdrawal/1")]
    lists = [
        [node for node in changes(on_view(curated, view)).nodes if node[1].get("class") == "briefings"]
        for view in steps
    ]
    assert [[node[0] for node in found] for found in lists] == [["section"], ["details"]]
    current = [item[2][1]["aria-current"] for item in lists[1][0][3][2:]]
    assert current.count("true") == 1


def test_of_many_changes_some_are_told_and_the_rest_counted(shown, catalog_of) -> None:
    number = MAX_LINES + 2
    catalog = catalog_of(
        sites=[{"id": f"s{n}", "name": f"Site {n}"} for n in range(number)],
        presence=[
            {"id": f"p{n}", "site": f"s{n}", "force": "us", "start": "2016", "end": "2026-02-11"} for n in range(number)
        ],
    )
    texts = shown(changes, catalog)
    assert sum(text == "United States forces left on 11 February 2026." for text in texts) == MAX_LINES
    assert "and 2 more, in the copied brief" in texts
    assert f"{number} sites were vacated." in texts


def presence(force: str, **cells: str) -> dict[str, str]:
    return {"site": "base", "force": force, **cells}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (presence("us", start="2016-03", last_confirmed="2026-03-12"), ["1 site", "since March 2016"]),
        (
            presence("us", start="2016-03", last_confirmed="2026-01-30"),
            ["1 site", "since March 2016, last confirmed 41 days before"],
        ),
        (
            presence("us", start="2016-03", last_confirmed="2026-01-30", searched="2026-03-01"),
            [
                "1 site",
                "since March 2016, last confirmed 41 days before, no report of their leaving was found up to "
                "1 March 2026",
            ],
        ),
        (
            presence("us", start="2016-03", last_confirmed="2025-11-30", searched="2026-02", status="drawing-down"),
            [
                "1 possible",
                "drawing down, since March 2016, last confirmed on 30 November 2025, no report of their leaving was "
                "found up to February 2026",
                "possible",
            ],
        ),
        (
            presence("us", start="2016", last_confirmed="2020-03"),
            ["1 possible", "since 2016, last confirmed in March 2020", "possible"],
        ),
        (
            presence("us", start="2016", end="2026-03"),
            ["1 possible", "since 2016, until March 2026, the day is not known", "possible"],
        ),
        (
            presence("us", start="2016", end="2026"),
            ["1 possible", "since 2016, until 2026, the day is not known", "possible"],
        ),
        (
            presence("us", start="", last_confirmed="2026-03-11", status="reported"),
            ["1 possible", "reported, since an unknown date, last confirmed 1 day before", "possible"],
        ),
        (
            presence("us", start="2016", last_confirmed="2026-03-12", status="drawing-down"),
            ["1 site", "drawing down, since 2016"],
        ),
    ],
)
def test_a_line_of_the_posture_says_since_when_and_how_surely(shown, catalog_of, row, told) -> None:
    catalog = catalog_of(sites=[{"id": "base", "name": "Base"}], presence=[{"id": "p", **row}])
    texts = shown(posture, catalog)
    assert [text for text in texts if text in told] == told


def test_the_posture_counts_by_force_and_country(shown, catalog_of) -> None:
    catalog = catalog_of(
        sites=[
            {"id": id_, "country": country} for id_, country in (("a", "Syria"), ("b", "Syria"), ("c", "Iraq; Syria"))
        ],
        presence=[
            {"id": f"p-{site}", "site": site, "force": "us", "start": "2016", "last_confirmed": confirmed}
            for site, confirmed in (("a", "2026-03-01"), ("b", "2026-03-01"), ("c", "2020"))
        ],
    )
    texts = shown(posture, catalog)
    assert texts[texts.index("United States in Syria") + 1] == "2 sites, 1 possible"
    assert texts[texts.index("United States in Iraq") + 1] == "1 possible"


def test_as_known_is_said(shown, curated) -> None:
    view = View(date(2025, 12, 1), date(2026, 3, 12), known=date(2026, 2, 10))
    assert "Posture on 12 March 2026, only what was public by 10 February 2026" in shown(posture, curated, view)


def test_what_explains_a_change_has_each_part_behind_its_whole(shown, catalog_of) -> None:
    def moved(id_: str, start: str, end: str = "", part_of: str = "") -> dict[str, str]:
        cells = {"origin": "base", "start": start, "end": end, "part_of": part_of.lower().replace(" ", "-")}
        return {"id": id_.lower().replace(" ", "-"), "title": id_, **cells}

    catalog = catalog_of(
        sites=[{"id": "base", "name": "Base"}],
        presence=[{"id": "p", "site": "base", "force": "us", "start": "2016", "end": "2026-02-11"}],
        movements=[
            moved("First convoy", "2026-01-20", part_of="All convoys"),
            moved("Another", "2026-01-21"),
            moved("All convoys", "2026-01-22", "2026-02-11"),
            moved("Of one before", "2026-02-01", part_of="Long before"),
            moved("Long before", "2020-01-01"),
        ],
    )
    texts = shown(changes, catalog)
    at = texts.index("Another")
    assert texts[at + 2 : at + 8 : 2] == ["All convoys", "First convoy", "20 January 2026"]
    assert texts[texts.index("First convoy") + 1] == "part of the one above"
    assert texts[texts.index("Of one before") + 1] == "part of: Long before"
