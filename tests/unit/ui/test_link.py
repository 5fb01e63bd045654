from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
import streamlit

from components.catalog.dates import day_number
from components.ui import link
from components.ui.acts import acts
from components.ui.mount import Press
from components.view.facets import FACETS
from components.view.view import View, read_view


class Address(dict[str, list[str]]):
    """The part of st.query_params that the link uses."""

    writes = 0

    def get_all(self, key: str) -> list[str]:
        return list(self.get(key, []))

    def from_dict(self, params: dict[str, list[str]]) -> None:
        self.clear()
        self.update(params)
        self.writes += 1


@pytest.fixture(scope="module")
def catalog(catalog_of):
    return catalog_of(
        toml='title = "Test"\n[window]\nfrom = 2025-11-10\nto = 2026-03-12\n',
        sites=[{"id": "base"}],
        incidents=[{"id": "attack", "site": "base"}],
    )


@pytest.fixture
def address(monkeypatch) -> Address:
    params = Address(parse_qs("kind=ied&map=7/33.5/38.6&q=tanf&utm=mail&tab=table"))
    monkeypatch.setattr(streamlit, "query_params", params)
    return params


def shown(address: Address, catalog) -> View:
    view, notices = read_view(address, catalog)
    assert notices == []
    return view


def test_the_view_is_that_of_the_address(address, catalog) -> None:
    address["kind"] = ["ied", "feast"]
    view, [notice] = link.current(catalog)
    assert (view.kind, view.search, view.tab) == (("ied",), "tanf", "table")
    assert "feast" in notice


def test_a_change_is_one_new_address_that_keeps_the_rest(address, catalog) -> None:
    before, _ = link.current(catalog)
    link.change(catalog, search="other", kind=())
    after = shown(address, catalog)
    assert (after.search, after.kind) == ("other", ())
    assert (after.camera, after.tab, after.start) == (before.camera, before.tab, before.start)
    assert address.writes == 1


def test_a_change_back_to_the_default_leaves_the_address_bare(address, catalog) -> None:
    link.change(catalog, search="", kind=(), camera=None, tab="changes")
    assert address == {}


@pytest.mark.parametrize(
    ("chosen", "toggled", "then"),
    [
        ([], "attack", ("attack",)),
        (["attack"], "attack", ()),
        (["attack"], "ied", ("attack", "ied")),
        (["attack", "ied"], "attack", ("ied",)),
        (["feast"], "ied", ("ied",)),
    ],
)
def test_a_toggle_chooses_a_value_or_no_longer(address, catalog, chosen, toggled, then) -> None:
    address["kind"] = chosen
    link.toggle(catalog, "kind", toggled)
    assert shown(address, catalog).kind == then
    assert shown(address, catalog).search == "tanf"


@pytest.mark.parametrize(
    ("heard", "camera"),
    [
        ("https://map.example.org/?map=8/34/39", ["8/34/39"]),
        ("https://map.example.org/~/+/?kind=attack&map=8%2F34%2F39#x", ["8/34/39"]),
        ("http://localhost:8501/?kind=attack", None),
        ("", ["7/33.5/38.6"]),
        ("about:srcdoc?map=1/2/3", ["7/33.5/38.6"]),
        ("https://[x/?map=1/2/3", ["7/33.5/38.6"]),
    ],
)
def test_the_camera_of_the_browsers_address_is_taken_over_and_nothing_else(
    address, catalog, heard: str, camera
) -> None:
    before = dict(address)
    link.hear(catalog, heard)
    assert address.get("map") == camera
    assert {**address, "map": None} == {**before, "map": None}


@pytest.mark.parametrize(
    ("heard", "window"),
    [
        ("from=2026-01-01&to=2026-02-01", (date(2026, 1, 1), date(2026, 2, 1))),
        ("from=2026-01-01", (date(2026, 1, 1), date(2026, 3, 12))),
        ("kind=attack", (date(2025, 11, 10), date(2026, 3, 12))),
        ("from=never&to=2026-02-01", (date(2025, 11, 10), date(2026, 2, 1))),
    ],
)
def test_the_window_of_an_address_that_is_ahead_is_taken_over_and_all_else_stays(
    address, catalog, heard: str, window
) -> None:
    address["from"] = ["2025-12-24"]
    address["data"] = ["0123456789ab"]
    before = shown(address, catalog)
    link.hear(catalog, f"https://map.example.org/?{heard}&map=8/34/39", ahead=True)
    after = shown(address, catalog)
    assert (after.start, after.end) == window
    assert (after.kind, after.search, after.tab) == (before.kind, before.search, before.tab)
    assert after.cited == "", "another window is no longer the one that was cited"
    assert address["map"] == ["8/34/39"]


def test_an_address_that_is_taken_over_is_no_step_in_the_history(address, catalog) -> None:
    """Streamlit makes one where its own query, as text, is another than the address has."""
    there = "to=2026-02-01&kind=ied&q=tanf&tab=table&map=8%2F34%2F39"
    for _ in range(2):
        link.hear(catalog, f"https://map.example.org/?{there}", ahead=True)
        assert urlencode(address, doseq=True) == there
    assert address.writes == 1


def test_an_address_behind_leaves_the_window_to_python(address, catalog) -> None:
    address["from"] = ["2025-12-24"]
    link.hear(catalog, "https://map.example.org/?map=8/34/39&from=2026-01-01")
    assert address["from"] == ["2025-12-24"]


@pytest.mark.parametrize(
    ("address_bar", "base"),
    [
        ("https://map.example.org", "https://map.example.org/"),
        ("https://map.example.org/?kind=old#x", "https://map.example.org/"),
        ("https://host.example/~/+/?kind=old", "https://host.example/~/+/"),
        ("http://localhost:8501/laydown", "http://localhost:8501/laydown/"),
        ("javascript:alert(1)", ""),
        ("https://[x", ""),
        ("", ""),
    ],
)
def test_the_pages_own_address_is_without_its_query(address_bar: str, base: str) -> None:
    assert link.base_of(address_bar) == base


def test_the_method_is_opened_and_closed_and_all_else_stays(address, catalog) -> None:
    before = dict(address)
    link.explain("confidence")
    assert address == {**before, "method": "confidence"}
    link.explain("")
    assert address == before
    link.explain("")
    assert address == before


def test_a_map_is_compared_until_its_squares_are_asked_for_otherwise(address, catalog) -> None:
    act = acts(catalog)
    for asked, then in (("half", None), ("101", None), ("50", 50), ("20", 50)):  # pressed again it stays where it is
        act(Press("compare", asked, "", ahead=False))
        assert shown(address, catalog).compare == then
    act(Press("show", "changes", "", ahead=False))
    assert (shown(address, catalog).compare, shown(address, catalog).show) == (None, "changes")


def test_a_report_brings_the_camera_along(address, catalog) -> None:
    link.follow(catalog, {**GOOD, "address": "https://map.example.org/?map=8/34/39"})
    assert shown(address, catalog).camera == (8, 34, 39)
    assert shown(address, catalog).selected == "site:base"


def window(start: str, end: str) -> dict[str, int]:
    return {name: day_number(date.fromisoformat(day)) for name, day in (("start", start), ("end", end))}


DEFAULT, WINDOW = window("2025-11-10", "2026-03-12"), window("2026-01-27", "2026-02-11")
GOOD = {**WINDOW, "selected": "site:base", "facets": {"kind": ["attack"]}, "base": "osm", "lang": "", "alike": ""}
MALFORMED = (
    None,
    "window",
    7,
    [],
    list(GOOD.items()),
    {},
    {"count": 3},
    *({name: value for name, value in GOOD.items() if name != missing} for missing in GOOD),
    *({**GOOD, "selected": wrong} for wrong in (None, 7, ["site:base"], {}, True)),
    *({**GOOD, "selected": wrong} for wrong in ("base", "site:", "site:nowhere", "presence:base", "site:base\ud800")),
    *({**GOOD, edge: wrong} for edge in WINDOW for wrong in (None, "2026-01-27", "20480", [20_480], True, 20_480.0)),
    *({**GOOD, edge: wrong} for edge in WINDOW for wrong in (-(10**6), 10**6, 10**12, -(10**30), float("nan"))),
    {**GOOD, **window("2026-02-11", "2026-01-27")},
    {**GOOD, "start": WINDOW["end"] + 1},
    *({**GOOD, "facets": wrong} for wrong in (None, "kind", 7, [], ["kind"], [["kind", ["attack"]]])),
    *({**GOOD, "facets": {"kind": wrong}} for wrong in (None, 7, "attack", {"0": "attack"}, True)),
    *({**GOOD, "lang": wrong} for wrong in (None, 7, "fr", ["ar"])),
    *({**GOOD, "base": wrong} for wrong in (None, 7, "", "mars", ["osm"], "https://tiles.example/{z}/{x}/{y}")),
    *({**GOOD, "facets": {"kind": wrong}} for wrong in (["feast"], ["attack", None], [["attack"]], [7])),
    {"type": "Feature", "geometry": {"type": "Point", "coordinates": [0, 0]}},
)


@pytest.mark.parametrize("report", MALFORMED)
def test_a_malformed_report_of_the_map_is_left_alone(address, catalog, report) -> None:
    before = dict(address)
    link.follow(catalog, report)
    assert address == before
    assert address.writes == 0


CHOSEN = {"kind": ["ied"]}
SHOWN = {**DEFAULT, "selected": "", "facets": CHOSEN, "base": "vector", "lang": "", "alike": ""}


@pytest.mark.parametrize(
    ("days", "selected", "facets", "tab"),
    [
        (WINDOW, "", CHOSEN, "table"),
        (window("2026-02-11", "2026-02-11"), "", CHOSEN, "table"),
        (window("1900-01-01", "2100-12-31"), "", CHOSEN, "table"),
        (DEFAULT, "site:base", CHOSEN, "selected"),
        (WINDOW, "incident:attack", CHOSEN, "selected"),
        (DEFAULT, "", {}, "table"),
        (DEFAULT, "", {"kind": ["attack", "ied"], "force": ["us"]}, "table"),
        (DEFAULT, "", {**CHOSEN, "confidence": ["low"], "country": []}, "table"),
        (WINDOW, "", {**CHOSEN, "shoe": ["size"]}, "table"),
    ],
)
def test_a_report_of_the_map_is_followed_and_the_rest_kept(address, catalog, days, selected, facets, tab) -> None:
    report = {**days, "selected": selected, "facets": facets, "base": "osm", "lang": "ar", "alike": ""}
    link.follow(catalog, {**report, "q": "other"})
    view = shown(address, catalog)
    assert {"start": day_number(view.start), "end": day_number(view.end)} == days
    assert (view.selected, view.tab) == (selected, tab)
    for facet in FACETS:
        assert list(view.chosen(facet)) == facets.get(facet.key, [])
    assert (view.base, view.lang, view.search, view.camera) == ("osm", "ar", "tanf", (7, 33.5, 38.6))
    assert address.writes == 1


def test_a_window_that_is_played_is_shown_and_no_step_in_the_history_until_it_pauses(address, catalog) -> None:
    address["kind"], address["tab"] = ["ied"], ["posture"]
    report = {**SHOWN, **WINDOW, "playing": True}
    link.follow(catalog, report)
    assert address.writes == 0
    view, _ = link.current(catalog)
    played = link.played(catalog, view, report)
    assert {"start": day_number(played.start), "end": day_number(played.end)} == WINDOW
    assert (played.kind, played.tab) == (("ied",), "posture")
    # What is chosen meanwhile is a step, with the window as it was.
    link.follow(catalog, {**report, "facets": {"kind": ["attack"]}})
    assert address.writes == 1
    assert (shown(address, catalog).kind, shown(address, catalog).start) == (("attack",), view.start)
    link.follow(catalog, {**report, "facets": {"kind": ["attack"]}, "playing": False})
    assert address.writes == 2
    assert day_number(shown(address, catalog).start) == WINDOW["start"]


@pytest.mark.parametrize(("cleared", "search"), [(True, ""), (False, "tanf"), ("yes", "tanf"), (1, "tanf")])
def test_a_report_that_all_is_cleared_takes_the_filters_that_are_no_facets(address, catalog, cleared, search) -> None:
    address["kind"], address["known"] = ["ied"], ["2026-02-10"]
    link.follow(catalog, {**SHOWN, "facets": {}, "cleared": cleared})
    view = shown(address, catalog)
    assert address.writes == 1
    assert (view.kind, view.search, view.known is None) == ((), search, not search)


@pytest.mark.parametrize("report", [*MALFORMED, GOOD, {**GOOD, "playing": 1}, {**GOOD, "playing": "True"}])
def test_nothing_else_is_taken_for_a_window_that_is_played(address, catalog, report) -> None:
    view, _ = link.current(catalog)
    assert link.played(catalog, view, report) is view
    wrong = {**report, "playing": True, "end": "soon"} if isinstance(report, dict) else report
    assert link.played(catalog, view, wrong) is view


def test_a_report_of_what_is_shown_already_is_no_step_in_the_history(address, catalog) -> None:
    address["sel"] = ["site:base"]
    link.follow(catalog, {**SHOWN, "selected": "site:base"})
    assert address.writes == 0


def test_a_window_let_go_leaves_the_tab_and_the_selection(address, catalog) -> None:
    address["sel"] = ["site:base"]
    link.follow(catalog, {**SHOWN, **WINDOW, "selected": "site:base"})
    assert (shown(address, catalog).selected, shown(address, catalog).tab) == ("site:base", "table")


def test_a_selection_can_be_let_go(address, catalog) -> None:
    address["sel"] = ["site:base"]
    link.follow(catalog, SHOWN)
    assert (shown(address, catalog).selected, shown(address, catalog).tab) == ("", "table")


def test_a_selection_let_go_on_the_map_closes_its_card(address, catalog) -> None:
    link.select(catalog, "site:base")
    assert (address["tab"], address["back"]) == (["selected"], ["table"])
    link.follow(catalog, {**SHOWN, "selected": "incident:attack"})
    assert (address["sel"], address["back"]) == (["incident:attack"], ["table"])
    link.follow(catalog, SHOWN)
    view = shown(address, catalog)
    assert (view.selected, view.tab, "back" in address) == ("", "table", False)


def test_what_is_selected_in_a_panel_is_left_for_that_panel(address, catalog) -> None:
    before = dict(address)
    link.select(catalog, "site:base")
    link.select(catalog, "incident:attack")
    link.deselect(catalog)
    assert shown(address, catalog) == read_view(before, catalog)[0]
    link.open_tab(catalog, "posture")
    assert address["tab"] == ["posture"]
