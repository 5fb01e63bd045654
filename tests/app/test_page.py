import datetime
import re
from typing import Any

import pytest
import streamlit as st
import streamlit_folium

from components.catalog.dates import day_number
from components.catalog.served import open_catalog
from components.catalog.sets import data_sets
from components.view.extent import extent
from components.view.record import after_text, age_text
from components.view.view import TABS, default_view, write_query
from tests.curated import FIRST, LAST, shifted


def number(day: str) -> int:
    return day_number(datetime.date.fromisoformat(day))


def test_the_bare_address_shows_the_dataset_and_its_window(visit, curated) -> None:
    page, view = visit(), default_view(curated)
    assert curated.dataset.title in page.parts["title"]
    assert (page.command["start"], page.command["end"]) == (day_number(view.start), day_number(view.end))
    assert page.days == {"start": view.start.isoformat(), "end": view.end.isoformat(), "known": ""}
    assert page.search == ""
    assert page.parts["notices"] == []


def test_data_sets_lead_to_each_other_and_a_press_stays_in_its_own(visit, press, folder, monkeypatch, curated) -> None:
    path = folder('title = "Another set"\n', sites=[{"id": "one"}])
    monkeypatch.setenv("LAYDOWN_DATA", f"{curated.folder}:{path}")
    assert "Another set" in visit().parts["title"]
    name = next(reversed(data_sets()))
    page = visit(set=name)
    assert page.parts["title"][0] == "Another set"
    assert curated.dataset.title in page.parts["title"]
    press(page, "changes", "tab", "posture")
    assert page.query["set"] in ([name], name)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("selected", ["", "site:al-tanf"])
def test_every_panel_can_be_shown(visit, tab: str, selected: str) -> None:
    page = visit(tab=tab, **({"sel": selected} if selected else {}))
    assert page.command["selected"] == selected


def test_the_posture_panel_names_who_holds_what(visit) -> None:
    text = visit(to="2026-02-05", tab="posture").text
    assert "United States in Syria" in text
    assert "Al-Shaddadi" in text


def test_a_link_restores_all_that_it_says(visit) -> None:
    link = {
        "from": "2026-01-27",
        "to": "2026-02-15",
        "kind": ["attack"],
        "force": ["us", "sdf"],
        "country": ["Syria"],
        "confidence": ["high", "medium"],
        "q": "tanf",
        "sel": "site:al-tanf",
        "map": "8/33.5000/38.6000",
        "tab": "selected",
        "known": "2026-02-12",
    }
    page = visit(**link)
    command = page.command
    assert (command["start"], command["end"]) == (number("2026-01-27"), number("2026-02-15"))
    assert command["facets"] == {key: link[key] for key in ("kind", "force", "country", "confidence")}
    assert (command["terms"], command["selected"], command["camera"]) == (["tanf"], "site:al-tanf", [8, 33.5, 38.6])
    assert page.search == "tanf"
    assert page.days == {"start": "2026-01-27", "end": "2026-02-15", "known": "2026-02-12"}
    assert "Al-Tanf garrison" in page.parts["selected"]
    assert page.parts["public_by"] == ["Only what was public by 12 February 2026. ", "Show all"]
    assert page.parts["notices"] == []


def test_another_view_keeps_the_maps_frame_and_tells_it_what_to_show(visit) -> None:
    bare = visit()
    other = visit(**{"from": "2025-01-01", "kind": "attack", "q": "tanf", "sel": "site:al-tanf", "tab": "table"})
    assert bare.frame.id == other.frame.id
    assert bare.sent["feature_group"] != other.sent["feature_group"]

    def without_ids(script: str) -> str:
        return re.sub(r"_[0-9a-f]{32}", "", script)

    assert without_ids(bare.sent["script"]) == without_ids(other.sent["script"])


def test_an_interaction_sends_little_to_the_map(visit) -> None:
    assert len(visit(q="tanf", kind=["attack", "ied"]).frame.json_args) < 10_000


def test_another_dataset_is_another_frame(visit, visit_folder, folder) -> None:
    assert visit().frame.id != visit_folder(folder()).frame.id


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("from", "yesterday"),
        ("to", "2026-02-31"),
        ("kind", "feast"),
        ("force", "nobody"),
        ("country", "Atlantis"),
        ("confidence", "certain"),
        ("q", "a" * 300),
        ("sel", "site:nowhere"),
        ("map", "nan/1/1"),
        ("tab", "admin"),
        ("from", "2030-01-01"),
        ("kind", "<script>alert(1)</script>"),
    ],
)
def test_a_bad_value_of_a_link_is_noticed_and_the_rest_shown(visit, key: str, value: str) -> None:
    page = visit(**{"confidence": ["high"], **({key: ["high", value]} if key == "confidence" else {key: value})})
    [notice] = page.parts["notices"]
    assert value[:10] in notice or "window" in notice
    assert page.command["facets"] == {"confidence": ["high"]}


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{{ '", "{% raw %}", "</script>`${1}`", "💥" * 200, "التنف"])
def test_no_search_text_breaks_the_page(visit, text: str) -> None:
    page = visit(q=text)
    assert page.search == text
    assert len(page.sent["feature_group"]) < 10_000


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ({}, "Filters"),
        ({"from": "2026-01-01", "sel": "site:al-tanf", "tab": "posture"}, "Filters"),
        ({"q": "tanf"}, "Filters (1)"),
        ({"kind": ["attack", "air-strike"], "country": "Iraq"}, "Filters (3)"),
        ({"disputed": "only", "known": "2026-02-10", "q": "a"}, "Filters (3)"),
        ({"kind": "picnic"}, "Filters"),
    ],
)
def test_the_bar_above_the_map_counts_the_filters_that_are_set(visit, link: dict[str, Any], label: str) -> None:
    title, *_, shown = visit(**link).parts["bar"]
    assert (title, shown) == ("US posture in Syria, Jordan and Iraq", label)


def test_the_page_says_how_old_the_record_is(visit, curated) -> None:
    checked, age = curated.dataset.checked, age_text(curated)
    page = visit(to=checked.isoformat())
    assert page.parts["bar"][1:] == [age, "Filters"]
    assert age in "".join(page.parts["title"])
    assert f"{len(curated.incidents)} selected incidents, not a census" in page.parts["title"]
    assert "How we know" in page.parts["title"]
    assert page.parts["changes"][-1] == f"{age}."
    assert page.parts["notices"] == []
    page = visit(to=(checked + datetime.timedelta(days=1)).isoformat(), tab="posture")
    assert page.parts["notices"] == [after_text(curated)]
    page = visit(known="2026-02-10", to="2026-12-31")
    assert age_text(curated, datetime.date(2026, 2, 10)) in "".join(page.parts["title"])
    assert "Checked to" not in page.text
    assert page.parts["notices"] == []


def test_a_page_of_a_record_of_no_known_age_says_nothing_of_it(visit_folder, folder) -> None:
    page = visit_folder(folder(sites=[{"id": "base"}]))
    assert page.parts["title"] == ["Test", "", "Open your own data…"]
    assert page.parts["bar"] == ["Test", "Filters"]


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_result_says_so(visit, tab: str) -> None:
    page = visit(q="nothing is called this", tab=tab)
    told = {
        "changes": "no site on view changed",
        "posture": "no site on view",
        "table": "nothing is on view",
        "selected": "nothing is selected",
    }
    assert told.get(tab, "") in page.text.lower()


def test_what_is_typed_in_the_search_ends_in_the_link_and_the_selection(visit, press) -> None:
    page = visit(kind="attack", tab="table")
    press(page, "search", "search", "  التنف ")
    assert page.query == {"kind": ["attack"], "q": ["التنف"], "tab": ["table"]}
    assert page.command["terms"] == ["تنف"]
    press(page, "search", "search", "")
    assert page.query == {"kind": ["attack"], "tab": ["table"]}
    assert page.command["terms"] == []


def test_the_search_says_what_it_found_and_by_which_spelling(visit) -> None:
    assert visit(q="Deir Ezzor").parts["search"][:2] == ["Showing results for ", "Deir ez-Zor"]
    assert "Found: nothing, in any dates." in visit(q="no such place").parts["search"]
    assert visit().parts["search"] == []


def test_where_these_dates_hold_nothing_all_dates_are_offered_with_what_is_there(visit, press, curated) -> None:
    page = visit(**{"q": "Kobani", "from": "2026-11-01", "to": "2026-11-10"})
    *_, told, button = page.parts["search"]
    assert told.endswith("nothing in these dates.")
    offered = int(re.fullmatch(r"All dates \((\d+)\)", button)[1])
    first, _ = extent(curated)
    press(page, "search", "window", f"{day_number(first)}/{number('2026-11-10')}")
    found = visit(**page.query).parts["search"]
    counted = [int(n) for n in re.findall(r"(\d+) (?:incident|movement)", " ".join(found))]
    assert sum(counted) == offered > 0


def test_what_is_found_comes_on_view_whatever_hid_it(visit, press) -> None:
    page = visit(**{"from": "2026-01-01", "to": "2026-03-01", "kind": "attack", "q": "palmyra"})
    press(page, "search", "find", "incident:palmyra-is-offensive-2015-05-13")
    assert page.query == {
        "from": ["2015-05-13"],
        "to": ["2026-03-01"],
        "sel": ["incident:palmyra-is-offensive-2015-05-13"],
        "tab": ["selected"],
    }
    page = visit(kind="attack")
    press(page, "search", "find", "site:al-tanf")
    assert page.query == {"kind": ["attack"], "sel": ["site:al-tanf"], "tab": ["selected"]}
    press(page, "search", "find", "site:no-such-site")
    assert page.query["sel"] == ["site:al-tanf"]


@pytest.mark.parametrize(
    ("chosen", "query"),
    [
        ("force:us", {"force": ["us"]}),
        ("kind:attack", {"kind": ["attack"]}),
        ("kind:no", {"q": ["x"]}),
        ("", {"q": ["x"]}),
    ],
)
def test_a_value_that_is_found_takes_the_place_of_the_search(visit, press, chosen: str, query) -> None:
    page = visit(q="x")
    press(page, "search", "choose", chosen)
    assert page.query == query


def test_days_that_are_set_end_in_the_link_and_the_window(visit, press) -> None:
    page = visit(**{"from": "2026-01-27", "to": "2026-02-15", "q": "tanf"})
    press(page, "dates", "window", f"{number('2026-01-01')}/{number('2026-02-15')}")
    assert page.query == {"from": ["2026-01-01"], "to": ["2026-02-15"], "q": ["tanf"]}
    assert [page.command["start"], page.command["end"]] == [number("2026-01-01"), number("2026-02-15")]
    press(page, "dates", "known", "2026-02-10")
    assert page.query["known"] == ["2026-02-10"]
    assert page.days["known"] == "2026-02-10"
    press(page, "dates", "known", "")
    assert "known" not in page.query


@pytest.mark.parametrize(
    ("verb", "value"),
    [
        ("window", f"{number('2026-02-01')}/{number('2026-01-01')}"),
        ("window", "2026-02-01/2026-03-01"),
        ("window", str(number("2026-02-01"))),
        ("window", ""),
        ("known", "2026-02-31"),
        ("known", "1200-01-01"),
        ("known", "soon"),
    ],
)
def test_what_is_no_day_leaves_the_view_as_it_is(visit, press, verb: str, value: str) -> None:
    page = visit(q="tanf")
    press(page, "dates", verb, value)
    assert page.query == {"q": ["tanf"]}


def test_a_card_is_left_for_the_panel_it_was_opened_from(visit, press) -> None:
    page = visit(tab="posture")
    press(page, "posture", "select", "site:al-tanf")
    assert page.query == {"tab": ["selected"], "back": ["posture"], "sel": ["site:al-tanf"]}
    assert page.parts["selected"][0] == "Posture"
    assert "Al-Tanf garrison" in page.parts["selected"]
    press(page, "selected", "select", "site:tower-22")
    assert page.query == {"tab": ["selected"], "back": ["posture"], "sel": ["site:tower-22"]}
    press(page, "selected", "deselect", "")
    assert page.query == {"tab": ["posture"]}
    assert page.command["selected"] == ""


@pytest.mark.parametrize("tab", TABS[1:3])
def test_a_panel_that_is_chosen_ends_in_the_link(visit, press, tab: str) -> None:
    page = visit()
    press(page, "tab", "tab", tab)
    assert page.query == {"tab": [tab]}


def test_what_the_map_reports_ends_in_the_link_and_on_the_page(visit, monkeypatch) -> None:
    report = {
        "start": number("2026-01-27"),
        "end": number("2026-02-15"),
        "selected": "site:al-tanf",
        "facets": {"kind": ["attack"]},
        "base": "vector",
        "lang": "",
        "alike": "",
    }

    def reporting(**given):
        st.session_state[given["key"]] = {"last_active_drawing": report}
        given["on_change"]()

    monkeypatch.setattr(streamlit_folium, "_component_func", reporting)
    page = visit(kind="attack")
    monkeypatch.undo()
    assert page.query == {
        "from": ["2026-01-27"],
        "to": ["2026-02-15"],
        "kind": ["attack"],
        "sel": ["site:al-tanf"],
        "tab": ["selected"],
    }
    page.run()
    assert "Al-Tanf garrison" in page.parts["selected"]
    assert page.command["selected"] == "site:al-tanf"


def test_a_window_that_the_map_plays_is_on_the_page_but_not_in_the_link(visit, monkeypatch) -> None:
    page = visit(tab="posture")
    played = {
        "start": number("2026-01-27"),
        "end": number("2026-02-05"),
        "playing": True,
        "selected": "",
        "facets": {},
        "base": "vector",
        "lang": "",
        "alike": "",
    }
    page.app.session_state["map"] = {"last_active_drawing": played}
    page.run()
    assert page.query == {"tab": ["posture"]}
    assert page.command["end"] == number("2026-02-05")
    assert "5 February 2026" in page.text


@pytest.mark.parametrize(
    ("link", "ends"),
    [
        ({}, (shifted(FIRST, -31), shifted(LAST, 31))),
        # A link beyond them opens as it is asked for.
        ({"from": "1999-01-01", "to": "2030-01-01"}, ("1999-01-01", "2030-01-01")),
    ],
)
def test_the_dates_in_the_sidebar_lead_no_further_than_the_data_and_a_margin(visit, link, ends) -> None:
    limits = visit(**link).limits
    assert (limits["start"], limits["end"]) == (ends, ends)


BROKEN = {
    "sites": [{"id": "base", "name": "Base"}, {"id": "Not A Slug"}],
    "incidents": [
        {"id": "good", "site": "base", "title": "Good"},
        {"id": "bad", "site": "castle", "title": "Bad", "kind": "feast"},
        {"id": "vague", "place": "Nowhere", "title": "Vague"},
    ],
}


def test_rows_that_cannot_be_shown_are_counted_and_listed(visit_folder, folder) -> None:
    path = folder(**BROKEN)
    page = visit_folder(path)
    lost = {(p.file, p.line) for p in open_catalog(path).problems if not p.kept}
    assert len(lost) == 2
    assert "2 rows not shown" in page.text
    listed = visit_folder(path, tab="problems").parts["problems"]
    for problem in open_catalog(path).problems:
        assert f"{problem.file}:{problem.line}" in listed
        assert {problem.what, problem.mend} <= set(listed)


def test_a_single_lost_row_is_one_row(visit_folder, folder) -> None:
    page = visit_folder(folder(sites=[{"id": "base"}, {"id": "Not A Slug"}]))
    assert "1 row not shown" in page.text


def test_a_file_that_is_missing_is_not_counted_as_a_row(visit_folder, folder) -> None:
    path = folder(sites=[{"id": "base"}, {"id": "Not A Slug"}])
    (path / "kinds.csv").unlink()
    assert "1 file and 1 row not shown" in visit_folder(path).text


def test_a_folder_with_nothing_to_show_says_why_and_what_to_do(visit_folder, folder) -> None:
    path = folder(sites=[{"id": "base"}])
    (path / "sources.csv").unlink()
    page = visit_folder(path)
    notice = "".join(page.parts["notices"])
    assert notice.startswith("There is no data: the data folder has no sources.csv.")
    assert "LAYDOWN_DATA" in notice
    assert "uv run laydown check" in notice
    assert notice.endswith("See why")
    assert "not shown" not in page.text


def test_a_folder_without_problems_says_nothing_of_them(visit_folder, folder) -> None:
    page = visit_folder(folder(sites=[{"id": "base"}]))
    assert "not shown" not in page.text
    assert page.parts["notices"] == []


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("files", ["none", "headers"])
def test_an_empty_folder_does_not_break_the_page(visit_folder, folder, tmp_path, tab: str, files: str) -> None:
    page = visit_folder(tmp_path if files == "none" else folder(), tab=tab)
    assert page.sent["feature_group"]


@pytest.mark.parametrize("window", ["from = 1492-01-01\nto = 1493-01-01", "from = 2026-01-01\nto = 2999-12-31"])
def test_a_dataset_of_any_age_does_not_break_the_page(visit_folder, folder, window: str) -> None:
    visit_folder(folder(toml=f"[window]\n{window}\n"))


SUDAN = {
    "toml": 'title = "War in Sudan"\nsubtitle = "Army and RSF"\n'
    "[home]\nlat = 15.5\nlon = 30.2\nzoom = 5.5\n[window]\nfrom = 2023-04-15\nto = 2023-12-31\n",
    "forces": [
        {"id": "saf", "name": "Sudanese Armed Forces", "colour": "#2e8b57"},
        {"id": "rsf", "name": "Rapid Support Forces", "colour": "#c9542b"},
    ],
    "kinds": [{"id": "siege", "label": "Siege", "shape": "ring"}],
    "sites": [
        {
            "id": "merowe",
            "name": "Merowe air base",
            "kind": "air-base",
            "country": "Sudan",
            "lat": "18.44",
            "lon": "31.84",
        },
    ],
    "presence": [
        {"id": "merowe-rsf", "site": "merowe", "force": "rsf", "start": "2023-04-13", "end": "2023-04-20"},
        {"id": "merowe-saf", "site": "merowe", "force": "saf", "start": "2023-04-21", "last_confirmed": "2023-12-01"},
    ],
    "incidents": [
        {
            "id": "el-fasher",
            "title": "Siege of El Fasher",
            "kind": "siege",
            "start": "2023-05",
            "place": "El Fasher, Sudan",
        },
    ],
    "movements": [],
    "places": [{"query": "El Fasher, Sudan", "lat": "13.63", "lon": "25.35", "matched": "El Fasher"}],
}


def test_a_folder_of_another_theatre_is_another_dashboard(visit_folder, folder) -> None:
    path = folder(**SUDAN)
    assert open_catalog(path).problems == ()
    page = visit_folder(path)
    assert {"War in Sudan", "Army and RSF"} <= set(page.parts["title"])
    assert {"Siege", "Rapid Support Forces", "Sudan"} <= set(page.parts["facets"])
    assert "Merowe air base" in page.text
    assert "Sudanese Armed Forces in Sudan" in visit_folder(path, tab="posture").text
    assert "[15.5, 30.2]" in page.sent["script"]
    assert (page.command["start"], page.command["end"]) == (number("2023-04-15"), number("2023-12-31"))
    for word in ("Syria", "Tanf", "United States"):
        assert word not in page.text
    assert "Siege of El Fasher" in visit_folder(path, sel="incident:el-fasher", tab="selected").text


def test_each_folder_has_links_of_its_own(visit_folder, folder) -> None:
    page = visit_folder(folder(**SUDAN), force="us")
    assert "us" in "".join(page.parts["notices"])
    assert write_query(default_view(open_catalog(folder(**SUDAN))), open_catalog(folder(**SUDAN))) == {}


def test_a_card_has_no_tab_and_what_is_selected_leads_back_to_it(visit, press) -> None:
    page = visit(tab="posture", sel="site:al-tanf")
    assert "Selected" not in page.parts["tab"]
    assert page.parts["posture"][:2] == ["Selected: ", "Al-Tanf garrison"]
    press(page, "posture", "select", "site:al-tanf")
    assert page.query == {"tab": ["selected"], "back": ["posture"], "sel": ["site:al-tanf"]}
    assert "posture" not in page.parts


def test_a_link_to_the_card_of_nothing_opens_the_panel_behind_it(visit) -> None:
    assert "posture" in visit(tab="selected", back="posture").parts
    assert "changes" in visit(tab="selected").parts


def test_what_happened_is_told_in_the_order_that_is_asked_for(visit, press) -> None:
    page = visit(tab="happened")
    press(page, "happened", "order", "oldest")
    assert page.query == {"tab": ["happened"], "order": ["oldest"]}
    press(page, "happened", "order", "sideways")
    assert page.query == {"tab": ["happened"], "order": ["oldest"]}


def test_the_table_stands_under_the_map_where_it_is_asked_to_and_the_card_beside_it(visit) -> None:
    page = visit(tab="table")
    page.app.toggle(key="wide").set_value(True).run()
    page.sound()
    assert page.query == {"tab": ["table"], "wide": ["1"]}
    assert {"Force", "Where", "Kind", "Confidence", "Sources"} <= set(page.app.dataframe[0].value.columns)
    chosen = visit(tab="selected", back="table", wide="1", sel="site:al-tanf")
    assert len(chosen.app.dataframe) == 1
    assert "Al-Tanf garrison" in " ".join(chosen.parts["selected"])
    assert not visit(tab="selected", back="table", sel="site:al-tanf").app.dataframe, "it lies over the table"


def test_a_page_that_fails_does_not_hold_up_the_next(visit, monkeypatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("broken")

    page = visit()
    with monkeypatch.context() as patch:
        patch.setattr("components.ui.panels.panels", broken)
        page.app.run()
        assert page.app.exception
    page.run()
    assert "changes" in page.parts


def test_trends_counts_what_is_asked_for_and_each_row_filters(visit, press) -> None:
    page = visit(tab="trends")
    for verb, value in (("measure", "killed"), ("by", "country"), ("per", "month")):
        press(page, "trends", verb, value)
        assert page.query[verb] == [value]
    press(page, "trends", "per", "fortnight")
    assert page.query["per"] == ["month"]
    press(page, "trends", "country", "Syria")
    assert page.query == {
        "country": ["Syria"],
        "tab": ["trends"],
        "measure": ["killed"],
        "by": ["country"],
        "per": ["month"],
    }


def test_only_what_is_in_view_is_told_of_and_let_go_again(visit, press) -> None:
    page = visit(box="34.9,29.1,38,32.4", kind="attack")
    assert page.command["box"] == [34.9, 29.1, 38, 32.4]
    assert page.parts["notices"] == ["Only sites, incidents and movements in this part of the map. ", "Show all"]
    press(page, "facets", "box", "on")
    assert page.query["box"] == ["34.9,29.1,38,32.4"], "what is in view only the map knows"
    press(page, "notices", "box", "off")
    assert page.query == {"kind": ["attack"]}
    assert page.parts["notices"] == []


def test_clearing_the_filters_tells_of_all_of_the_map_again(visit, press) -> None:
    page = visit(box="34.9,29.1,38,32.4", kind="attack")
    press(page, "facets", "clear", "")
    assert page.query == {}
