import math
from dataclasses import fields, replace
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.view.box import Box
from components.view.facets import FACETS
from components.view.view import (
    FIELDS,
    FIRST_DAY,
    LAST_DAY,
    MAX_SEARCH,
    Camera,
    View,
    at_tab,
    default_view,
    deselected,
    read_view,
    write_query,
)

DEFAULT = View(date(2025, 11, 10), date(2026, 3, 12))


def read(link: str, catalog):
    return read_view(parse_qs(link, keep_blank_values=True, strict_parsing=bool(link)), catalog)


LINKS = {
    "": DEFAULT,
    "from=2026-01-27&to=2026-02-15": View(date(2026, 1, 27), date(2026, 2, 15)),
    "from=2026-02-11": replace(DEFAULT, start=date(2026, 2, 11)),
    "to=2026-02-11": replace(DEFAULT, end=date(2026, 2, 11)),
    "from=2026-02-11&to=2026-02-11": View(date(2026, 2, 11), date(2026, 2, 11)),
    "from=1900-01-01&to=2100-12-31": View(date(1900, 1, 1), date(2100, 12, 31)),
    "kind=attack": replace(DEFAULT, kind=("attack",)),
    "kind=ied&kind=attack": replace(DEFAULT, kind=("ied", "attack")),
    "kind=ied&kind=ied": replace(DEFAULT, kind=("ied",)),
    "force=us&force=syria": replace(DEFAULT, force=("us", "syria")),
    "country=Jordan": replace(DEFAULT, country=("Jordan",)),
    "confidence=high&confidence=low": replace(DEFAULT, confidence=("high", "low")),
    "q=al-Tanf": replace(DEFAULT, search="al-Tanf"),
    "q=%D8%A7%D9%84%D8%AA%D9%86%D9%81": replace(DEFAULT, search="التنف"),
    "q=+drone+strike+": replace(DEFAULT, search="drone strike"),
    "q=": DEFAULT,
    "sel=site:al-tanf": replace(DEFAULT, selected="site:al-tanf"),
    "sel=site%3Aal-tanf&tab=selected": replace(DEFAULT, selected="site:al-tanf", tab="selected"),
    "sel=incident:palmyra-attack-2025-12-13": replace(DEFAULT, selected="incident:palmyra-attack-2025-12-13"),
    "sel=movement:al-tanf-withdrawal": replace(DEFAULT, selected="movement:al-tanf-withdrawal"),
    "map=7.25/33.5058/38.6178": replace(DEFAULT, camera=Camera(7.25, 33.5058, 38.6178)),
    "map=7%2F33.5%2F-38": replace(DEFAULT, camera=Camera(7, 33.5, -38)),
    "base=osm": replace(DEFAULT, base="osm"),
    "base=esri-imagery": replace(DEFAULT, base="esri-imagery"),
    "base=vector": DEFAULT,
    "tab=table": replace(DEFAULT, tab="table"),
    "tab=posture": replace(DEFAULT, tab="posture"),
    "tab=problems": replace(DEFAULT, tab="problems"),
    "disputed=only": replace(DEFAULT, disputed=True),
    "lang=ar": replace(DEFAULT, lang="ar"),
    "lang=en&tab=table": replace(DEFAULT, lang="en", tab="table"),
    "method=confidence&tab=posture": replace(DEFAULT, method="confidence", tab="posture"),
    "compare=0": replace(DEFAULT, compare=0),
    "compare=50&show=changes": replace(DEFAULT, compare=50, show="changes"),
    "disputed=only&tab=disputes": replace(DEFAULT, disputed=True, tab="disputes"),
    "from=2026-01-27&to=2026-02-15&kind=attack&force=us&country=Syria&confidence=high&q=tanf"
    "&sel=site%3Aal-tanf&map=8%2F33.5000%2F38.6000&tab=selected": View(
        date(2026, 1, 27),
        date(2026, 2, 15),
        ("attack",),
        ("us",),
        ("Syria",),
        ("high",),
        "tanf",
        "site:al-tanf",
        Camera(8, 33.5, 38.6),
        "selected",
    ),
}
"""Links in the wild. A row is never changed nor taken out: what it once showed, it shows."""


@pytest.mark.parametrize("link", LINKS)
def test_an_old_link_shows_what_it_always_showed(named, link: str) -> None:
    assert read(link, named) == (LINKS[link], [])


def test_the_keys_of_links_are_these() -> None:
    keys = ["from", "to", "kind", "force", "country", "confidence", "disputed", "q", "sel", "map", "box", "base"]
    assert [field.key for field in FIELDS] == [
        *keys,
        "tab",
        "back",
        "method",
        "order",
        "measure",
        "by",
        "per",
        "show",
        "known",
        "lang",
        "alike",
        "wide",
        "compare",
        "data",
        "step",
        "set",
    ]


def test_every_field_of_a_view_is_in_its_link() -> None:
    assert {field.field for field in FIELDS} == {field.name for field in fields(View)} - {"more"}
    assert {field.field for field in FIELDS if field.repeatable} == {facet.key for facet in FACETS}


@given(data=st.data())
def test_a_view_comes_back_from_its_link(curated, view_strategy, data) -> None:
    view = data.draw(view_strategy)
    link = urlencode(write_query(view, curated), doseq=True)
    assert read_view(parse_qs(link, keep_blank_values=True), curated) == (view, [])


@given(st.floats(0, 19), st.floats(-90, 90), st.floats(-360, 360))
def test_a_camera_comes_back_within_a_screen_pixel_and_then_stays(curated, zoom: float, lat: float, lon: float) -> None:
    view = replace(DEFAULT, camera=Camera(zoom, lat, lon))
    once, notices = read_view(write_query(view, curated), curated)
    assert notices == []
    assert once.camera == pytest.approx((zoom, lat, lon), abs=1e-4)
    assert read_view(write_query(once, curated), curated) == (once, [])


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_a_default_is_left_out_of_the_link_and_only_it(named, field) -> None:
    assert write_query(DEFAULT, named) == {}
    other = {
        "start": date(2026, 1, 1),
        "end": date(2026, 1, 1),
        "kind": ("attack", "ied"),
        "force": ("us",),
        "country": ("Syria",),
        "confidence": ("low",),
        "disputed": True,
        "search": "tanf",
        "selected": "site:al-tanf",
        "camera": Camera(6.5, 34.2, 39.9),
        "box": Box(35.5, 29.25, 46, 37.5),
        "base": "osm",
        "order": "oldest",
        "measure": "killed",
        "by": "country",
        "per": "month",
        "tab": "table",
        "back": "posture",
        "method": "confidence",
        "show": "changes",
        "lang": "ar",
        "alike": "1",
        "wide": "1",
        "compare": 0,
        "known": date(2026, 2, 11),
        "cited": "0123456789ab",
        "step": "al-tanf-withdrawal/2",
        "dataset": "other",
    }[field.field]
    query = write_query(replace(DEFAULT, **{field.field: other}), named)
    assert list(query) == [field.key]
    assert len(query[field.key]) == (len(other) if isinstance(other, tuple) and field.repeatable else 1)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("from", "yesterday"),
        ("from", "2026-13-40"),
        ("from", "2026-02-30"),
        ("from", "2026-02"),
        ("from", ""),
        ("from", "1899-12-31"),
        ("to", "2101-01-01"),
        ("to", "0000-00-00"),
        ("to", "2026-02-11T00:00:00"),
        ("kind", "feast"),
        ("kind", ""),
        ("kind", "Attack"),
        ("force", "nobody"),
        ("country", "Atlantis"),
        ("confidence", "certain"),
        ("disputed", "yes"),
        ("disputed", ""),
        ("q", "a" * (MAX_SEARCH + 1)),
        ("sel", "al-tanf"),
        ("sel", "site:"),
        ("sel", "site:nowhere"),
        ("sel", "presence:al-tanf"),
        ("sel", "incident:al-tanf"),
        ("sel", "site:al-tanf "),
        ("map", "home"),
        ("map", "7/33.5"),
        ("map", "7/33.5/38.6/1"),
        ("map", "7,33.5,38.6"),
        ("map", "nan/33.5/38.6"),
        ("map", "7/nan/38.6"),
        ("map", "7/33.5/nan"),
        ("map", "inf/33.5/38.6"),
        ("map", "7/-inf/38.6"),
        ("map", "7/33.5/1e999"),
        ("map", "-1/33.5/38.6"),
        ("map", "20/33.5/38.6"),
        ("map", "7/90.1/38.6"),
        ("map", "7/33.5/361"),
        ("box", "7/33.5/38.6/9"),
        ("box", "40,33,41,32"),
        ("compare", ""),
        ("compare", "-1"),
        ("compare", "101"),
        ("compare", "50.5"),
        ("compare", "٥٠"),
        ("compare", "half"),
        ("base", "mars"),
        ("base", "https://tiles.example/{z}/{x}/{y}.png"),
        ("tab", "admin"),
        ("back", "selected"),
        ("tab", ""),
    ],
)
def test_a_bad_value_is_told_once_and_ignored_and_the_rest_is_kept(named, key: str, value: str) -> None:
    kept = {"kind": ["ied"], "force": ["sdf"]}
    expected, _ = read_view(kept, named)
    params = {**kept, key: [*kept.get(key, []), value]}
    view, [notice] = read_view(params, named)
    assert view == expected
    assert f" {key} " in notice
    assert value[:30] in notice


def test_each_of_several_bad_values_is_told(named) -> None:
    view, notices = read("kind=feast&kind=attack&kind=famine&tab=admin", named)
    assert view == replace(DEFAULT, kind=("attack",))
    assert len(notices) == 3
    assert all(any(value in notice for notice in notices) for value in ("feast", "famine", "admin"))


@pytest.mark.parametrize("link", ["from=2026-02-12&to=2026-02-11", "from=2026-03-13", "to=2025-11-09"])
def test_a_window_that_ends_before_it_starts_is_told_and_ignored(named, link: str) -> None:
    view, [notice] = read(f"{link}&tab=table", named)
    assert view == replace(DEFAULT, tab="table")
    assert "window" in notice


def test_a_value_that_stands_twice_is_read_once_and_told_once(curated) -> None:
    kind = curated.kinds["id"].iloc[0]
    view, notices = read_view({"kind": [kind] * 1_000 + ["x"] * 1_000}, curated)
    assert view.kind == (kind,)
    assert notices == ["The link's kind “x” is not known here, so it is ignored."]


def test_of_more_unknown_values_than_a_filter_has_only_one_is_told(curated, monkeypatch) -> None:
    kind = curated.kinds["id"].iloc[0]
    many = [f"x{n}" for n in range(100_000)]
    looked = []
    monkeypatch.setattr(type(curated), "__getattr__", _counting(type(curated).__getattr__, looked))
    view, notices = read_view({"kind": [*many, kind]}, curated)
    assert view.kind == (kind,)
    assert notices == ["The link's kind “x0” is not known here, nor are 99,999 others, so it is ignored."]
    assert len(looked) < 20, "the options are built once, not for each value"


def _counting(look, looked: list[str]):
    def counted(catalog, name: str):
        looked.append(name)
        return look(catalog, name)

    return counted


def test_a_notice_stays_short_however_long_the_value(named) -> None:
    _, [notice] = read(f"q={'a' * 5_000}", named)
    assert len(notice) < 200
    assert str(MAX_SEARCH) in notice


def test_the_longest_search_is_kept(named) -> None:
    assert read(f"q={'a' * MAX_SEARCH}", named) == (replace(DEFAULT, search="a" * MAX_SEARCH), [])


def test_of_a_key_that_stands_twice_the_last_counts(named) -> None:
    assert read("tab=selected&tab=table", named) == (replace(DEFAULT, tab="table"), [])


@pytest.mark.parametrize("link", ["utm_source=mail", "From=2026-01-01", "embed=true&theme=dark"])
def test_an_unknown_key_is_ignored_silently(named, link: str) -> None:
    assert read(f"{link}&tab=table", named) == (replace(DEFAULT, tab="table"), [])


VALUES = st.one_of(
    st.text(max_size=40),
    st.text("0123456789-/.:einfa+", max_size=20),
    st.dates().map(date.isoformat),
    st.sampled_from(["attack", "us", "Syria", "high", "site:al-tanf", "7/33/38", "table", "a" * 999]),
)


@pytest.mark.e2e
@given(
    params=st.dictionaries(st.sampled_from([f.key for f in FIELDS]) | st.text(max_size=5), st.lists(VALUES, max_size=4))
)
@settings(max_examples=200)
def test_reading_any_link_gives_a_view_that_can_be_shown_and_linked(curated, params) -> None:
    view, notices = read_view(params, curated)
    assert FIRST_DAY <= view.start <= view.end <= LAST_DAY
    assert len(view.search) <= MAX_SEARCH
    assert view.camera is None or all(map(math.isfinite, view.camera))
    assert all(isinstance(notice, str) for notice in notices)
    assert read_view(write_query(view, curated), curated)[1] == []


def test_the_bare_address_shows_the_windows_of_the_dataset(named) -> None:
    assert default_view(named) == DEFAULT


def test_without_a_window_the_bare_address_shows_all_the_data(catalog_of) -> None:
    catalog = catalog_of(
        incidents=[
            {"id": "a", "place": "Town", "start": "2024-05"},
            {"id": "b", "place": "Town", "start": "2025-01-02"},
        ],
        movements=[{"id": "c", "origin": "Town", "start": "2024-06-01", "end": "2026"}],
        places=[{"query": "Town"}],
    )
    view = default_view(catalog)
    assert (view.start, view.end) == (date(2024, 5, 1), date(2026, 12, 31))


def test_without_any_data_there_is_still_a_window(catalog_of) -> None:
    view = default_view(catalog_of())
    assert FIRST_DAY <= view.start <= view.end <= LAST_DAY


@pytest.mark.parametrize("starts", [("1850", "2020"), ("0001-01-01", "9999-12-31"), ("1700", "1701"), ("2200", "2201")])
@pytest.mark.parametrize("toml", ['title = "Test"', "[window]\nfrom = {}-01-01\nto = {}-12-31"])
def test_data_beyond_the_days_a_window_may_have_does_not_take_the_window_there(catalog_of, starts, toml: str) -> None:
    catalog = catalog_of(
        toml=toml.format(*(start[:4] for start in starts)),
        incidents=[{"id": f"i-{start}", "place": "Town", "start": start} for start in starts],
        places=[{"query": "Town"}],
    )
    view = default_view(catalog)
    assert FIRST_DAY <= view.start <= view.end <= LAST_DAY
    assert read_view({}, catalog) == (view, [])


def test_a_card_leads_back_to_the_panel_it_was_opened_from() -> None:
    view = replace(DEFAULT, tab="posture")
    card = replace(at_tab(view, "selected"), selected="site:al-tanf")
    assert (card.tab, card.back) == ("selected", "posture")
    assert at_tab(card, "selected") == card, "from card to card"
    assert deselected(card) == view
    assert at_tab(card, "table") == replace(view, tab="table", selected="site:al-tanf")


def test_without_a_panel_before_it_a_card_leads_to_the_changes() -> None:
    assert deselected(replace(DEFAULT, selected="site:al-tanf", tab="selected")) == DEFAULT


@pytest.mark.parametrize("tab", ["changes", "table"])
def test_where_no_card_is_open_the_panel_stays_when_the_selection_goes(tab: str) -> None:
    assert deselected(replace(DEFAULT, selected="site:al-tanf", tab=tab)) == replace(DEFAULT, tab=tab)


def test_another_panel_or_card_closes_the_method_that_lies_over_it() -> None:
    view = replace(DEFAULT, tab="posture", method="confidence")
    assert at_tab(view, "table") == replace(DEFAULT, tab="table")
    assert at_tab(view, "selected") == replace(DEFAULT, tab="selected", back="posture")
    card = replace(DEFAULT, selected="site:al-tanf", tab="selected", method="confidence")
    assert deselected(card) == DEFAULT


@pytest.mark.parametrize("wanted", ["", "precision", "Confidence", "confidence/1"])
def test_a_heading_that_the_method_does_not_have_is_told_and_ignored(named, wanted: str) -> None:
    view, notices = read(f"method={wanted}", named)
    assert view == DEFAULT
    assert len(notices) == 1


def test_a_folder_without_a_method_has_no_heading_to_open(catalog_of) -> None:
    catalog = catalog_of()
    view, [notice] = read("method=confidence", catalog)
    assert view.method == ""
    assert "is not known here" in notice
