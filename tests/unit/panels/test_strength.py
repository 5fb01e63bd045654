from dataclasses import replace
from datetime import date

import pytest

from components.catalog.dates import day_number, parse_date
from components.panels import strength as panel
from components.panels.elements import EXPLAIN
from components.panels.page import parts
from components.ui import link, mount
from components.ui.acts import ACTS
from components.ui.panels import panels
from components.view.on_view import on_view
from components.view.sourcing import UNSOURCED, named, sourcing
from components.view.strength import strength_series
from components.view.totals import running_totals
from components.view.view import View, default_view

HOSTILE = "</script><img src=y onerror=alert(1)>`${alert(1)}`"


@pytest.fixture
def shown(monkeypatch):
    """Draw the panel; return what the browser is given, and what a press there does."""

    def draw(catalog, view: View):
        given: dict = {}
        state: dict = {}
        monkeypatch.setattr(mount, "_component", lambda **kept: given.update(kept))
        monkeypatch.setattr(mount.st, "session_state", state)
        shown = on_view(catalog, replace(view, tab="strength"))
        panels(shown, parts(shown, []))

        def press(*act: str) -> None:
            state["strength"] = {"act": [*act, "", ""]}
            given["on_act_change"]()

        return given["data"], press

    return draw


@pytest.fixture
def changed(monkeypatch) -> list[dict]:
    """What the panel asks of the link."""
    asked: list[dict] = []
    monkeypatch.setattr(link, "change", lambda _, **fields: asked.append(fields))
    monkeypatch.setitem(ACTS, "tab", lambda _, tab: asked.append({"tab": tab}))
    return asked


def nodes_of(node, kind: str) -> list:
    """Return the elements of a class, in the order in which they stand."""
    if isinstance(node, str):
        return []
    _, attributes, *children = node
    own = [node] if kind in attributes.get("class", "").split() else []
    return own + [found for child in children for found in nodes_of(child, kind)]


def sections(data) -> list:
    return [found for node in data["nodes"] for found in nodes_of(node, "series")]


def test_every_series_has_a_chart_and_its_reports(curated, texts_of, shown) -> None:
    view = default_view(curated)
    data, _ = shown(curated, view)
    found = strength_series(on_view(curated, view))
    counted = [series for series in found if series.counts]
    assert data["at"].endswith("/chart.js")
    assert data["window"] == {"start": day_number(view.start), "end": day_number(view.end)}
    drawn = [section for section in sections(data) if nodes_of(section, "chart")]
    totals = running_totals(on_view(curated, view))
    assert len(drawn) == len(data["charts"]) == len(counted) + len(totals), "a chart is found by its number"
    for section, chart, series in zip(drawn, data["charts"], counted, strict=False):
        texts = texts_of([section])
        assert chart["title"] in texts
        assert chart["colour"] == curated.forces.loc[series.force, "colour"]
        assert chart["ticks"][-1] >= series.top
        assert [step[:2] for step in chart["steps"]] == [(step.first, step.last) for step in series.steps]
        assert [report["days"] for report in chart["reports"]] == [[r.date.first, r.date.last] for r in series.reports]
    assert data["charts"][0]["title"] == "United States in Syria"
    assert len(sections(data)) == len(found) + len(totals), "what is only a part or a plan is listed without a chart"


def test_reports_are_told_newest_first_with_their_sources(curated, texts_of, shown) -> None:
    data, _ = shown(curated, default_view(curated))
    found = sorted(strength_series(on_view(curated, default_view(curated))), key=lambda series: not series.counts)
    for section, series in zip(sections(data), found, strict=False):
        texts = texts_of([section])
        [listed] = nodes_of(section, "reports")
        assert len(listed[2:]) == len(series.reports)
        assert {report.note for report in series.reports} <= {*texts, ""}
        for item, report in zip(listed[2:], reversed(series.reports), strict=True):
            said = texts_of([item])
            told = sourcing(curated, report.sources)
            assert set(map(named, told.sources)) <= set(said)
            assert (UNSOURCED in said) == told.unsourced
            assert (panel.MEASURES[report.measure] in said) == (report.measure != "count")
            assert f"confidence {report.confidence}" in said


def test_only_the_window_changes_with_the_window(curated, shown) -> None:
    view = default_view(curated)
    before, _ = shown(curated, view)
    after, _ = shown(curated, replace(view, start=date(2019, 1, 1), end=date(2019, 12, 31)))
    assert (before["nodes"], before["charts"]) == (after["nodes"], after["charts"])
    assert after["window"] == {"start": day_number(date(2019, 1, 1)), "end": day_number(date(2019, 12, 31))}


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        ([{"low": "1000", "high": "1000"}], "1,000, 1 February 2026"),
        ([{"low": "", "high": "1000", "date": "2026-02"}], "up to 1,000, February 2026"),
        ([{"low": "500", "high": ""}], "500 or more, 1 February 2026"),
        ([{"low": "900", "high": "900"}, {"low": "1000", "high": "1000"}], "900–1,000, 1 February 2026"),
        ([{"low": "900", "high": "900"}, {"low": "7", "high": "7", "measure": "plan"}], "900, 1 February 2026"),
    ],
)
def test_the_last_figure_is_never_surer_than_the_reports(catalog_of, texts_of, shown, cells, figure: str) -> None:
    rows = [{"id": f"s{n}", "country": "Syria", "date": "2026-02-01", **row} for n, row in enumerate(cells)]
    catalog = catalog_of(strengths=rows)
    data, _ = shown(catalog, View(date(2026, 1, 1), date(2026, 2, 1)))
    [section] = sections(data)
    assert figure in texts_of([section])


@pytest.mark.parametrize(
    ("strengths", "fields", "told"),
    [
        ([], {}, "No strengths are on record"),
        ([{"id": "s", "country": "Syria"}], {"force": ("sdf",)}, "No count matches"),
        ([{"id": "s", "country": "Syria", "measure": "plan"}], {}, "Only parts and plans are reported"),
        ([{"id": "s", "country": "Syria"}], {"known": date(2026, 2, 1)}, "As public on 1 February 2026"),
    ],
)
def test_an_empty_panel_says_why(catalog_of, texts_of, shown, strengths, fields, told: str) -> None:
    catalog = catalog_of(strengths=strengths, sites=[{"id": "base"}])
    data, _ = shown(catalog, View(date(2026, 1, 1), date(2026, 2, 1), **fields))
    assert told in " ".join(texts_of(data["nodes"]))


WAVE = [
    {"id": "first", "date": "2023-10-24", "low": "13", "high": "13", "country": "Iraq; Syria", "note": "A first."},
    {"id": "then", "date": "2023-10-30", "low": "23", "high": "23", "country": "Iraq; Syria", "confidence": "medium"},
    {"id": "more", "date": "2024-01", "low": "150", "country": "Iraq; Syria"},
    {"id": "claim", "date": "2024-01-09", "low": "200", "high": "200", "country": "Iraq", "claimant": "the militias"},
]


def test_running_totals_are_a_group_of_their_own_after_the_strengths(catalog_of, texts_of, shown) -> None:
    catalog = catalog_of(counts=WAVE, strengths=[{"id": "s", "country": "Syria", "date": "2024", "measure": "plan"}])
    data, _ = shown(catalog, View(date(2023, 11, 1), date(2024, 2, 1)))
    texts = texts_of(data["nodes"])
    assert texts.index("Only parts and plans are reported") < texts.index("Running totals")
    _, whole, claimed = sections(data)
    assert {"Attacks", "150 or more, January 2024", "3 statements"} <= set(texts_of([whole]))
    assert "Attacks since 17 October 2023, in Iraq and Syria" in texts_of([whole])
    assert "Claimed by the militias" in texts_of([claimed])
    assert not any(text.startswith("Claimed") for text in texts_of([whole]))
    [listed] = nodes_of(whole, "reports")
    assert [texts_of([item])[0] for item in listed[2:]] == ["150 or more", "23", "13"], "the newest first"
    assert {"A first.", "Wire (wire)", "confidence medium"} <= set(texts_of([listed]))


def test_of_a_running_total_only_what_is_sure_is_drawn(catalog_of, shown) -> None:
    data, _ = shown(catalog_of(counts=WAVE), View(date(2023, 11, 1), date(2024, 2, 1)))
    chart, claimed = data["charts"]
    day = {text: parse_date(text).first for text in ("2023-10-17", "2023-10-24", "2023-10-30", "2024-01-01")}
    assert [tuple(step) for step in chart["steps"]] == [
        (day["2023-10-17"], day["2023-10-24"] - 1, 0, 13),
        (day["2023-10-24"] + 1, day["2023-10-30"] - 1, 13, 23),
        (day["2023-10-30"] + 1, day["2024-01-01"] - 1, 23, None),
    ]
    assert [report["range"] for report in chart["reports"]] == [[13, 13], [23, 23], [150, None]]
    assert chart["reports"][0]["when"] == "attacks by 24 October 2023"
    assert claimed["title"] == "Attacks, claimed by the militias"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"force": ("us",)}, "A running total names no force"),
        ({"country": ("Jordan",)}, ""),
        ({"known": date(2020, 1, 1)}, ""),
    ],
)
def test_running_totals_that_a_filter_hides_are_not_told(catalog_of, texts_of, shown, fields, told: str) -> None:
    catalog = catalog_of(sources=[{"id": "wire", "published": "2023-10-24"}], counts=WAVE)
    data, _ = shown(catalog, View(date(2023, 11, 1), date(2024, 2, 1), **fields))
    assert data["charts"] == []
    assert any(text.startswith("A running total") for text in texts_of(data["nodes"])) == bool(told)
    assert ("Running totals" in texts_of(data["nodes"])) == bool(told)


def test_a_window_let_go_ends_in_the_link(curated, shown, changed) -> None:
    _, press = shown(curated, default_view(curated))
    press("window", "20423/20524")
    press("tab", "disputes")
    assert changed == [{"start": date(2025, 12, 1), "end": date(2026, 3, 12)}, {"tab": "disputes"}]


@pytest.mark.parametrize("value", ["", "20423", "20524/20423", "x/y", "20423/99999999", "2025-12-01/2026-03-12"])
def test_a_malformed_window_is_left_alone(curated, shown, changed, value: str) -> None:
    _, press = shown(curated, default_view(curated))
    press("window", value)
    assert changed == []


def test_rival_claims_about_a_series_are_one_press_away(curated, shown) -> None:
    data, _ = shown(curated, default_view(curated))
    acts = [node for node in _buttons(sections(data)[0]) if node[1].get("act")]
    [button] = [node for node in acts if node[1]["act"][0] != EXPLAIN]
    assert button[1]["act"] == ["tab", "disputes"]


def _buttons(node) -> list:
    if isinstance(node, str):
        return []
    tag, _, *children = node
    return ([node] if tag == "button" else []) + [found for child in children for found in _buttons(child)]


def test_hostile_text_stays_text(catalog_of, texts_of, shown) -> None:
    catalog = catalog_of(
        sources=[{"id": "wire", "publisher": HOSTILE, "title": HOSTILE}],
        forces=[{"id": "us", "name": HOSTILE}],
        sites=[{"id": "base", "name": HOSTILE}],
        strengths=[{"id": "s", "site": "base", "note": HOSTILE}, {"id": "c", "country": HOSTILE}],
        counts=[{"id": "n", "series": HOSTILE, "unit": HOSTILE, "claimant": HOSTILE, "note": HOSTILE, "low": "1"}],
    )
    data, _ = shown(catalog, View(date(2026, 1, 1), date(2026, 2, 1)))
    assert HOSTILE in texts_of(data["nodes"])
    assert {chart["title"] for chart in data["charts"]} == {
        f"{HOSTILE} at {HOSTILE}",
        f"{HOSTILE} in {HOSTILE}",
        f"{HOSTILE}, claimed by {HOSTILE}",
    }
