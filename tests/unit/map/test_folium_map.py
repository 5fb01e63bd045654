import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import streamlit_folium
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.dates import day_number
from components.catalog.served import open_catalog
from components.map.folium_map import Command, PostureMap, served
from components.map.payload import Payload, basemap_payload, rows_payload
from components.map.protocol import command
from components.view.facets import FACETS
from components.view.search import search
from components.view.view import MAX_SEARCH, Camera, View, default_view, write_query

DAY = date(2026, 2, 11)
PLAIN = View(date(2026, 1, 27), DAY)
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "`${alert(1)}`",
    "${alert(1)}",
    "');alert(1);//",
    '");alert(1);//',
    '\\");alert(1)//',
    "line\nbreak\r\u2028\u2029",
    "{{ 'map_div' }}{% raw %}",
    "{{ 7*7 }}",
    "{{{# {%",
    "\\{{ 7*7 }}",
    "map_div feature_group_0 _0 _div",
    "التنف 🛰",
)


@pytest.fixture
def sent(curated, root, monkeypatch):
    """What streamlit-folium sends to the frame for a View."""

    def send(view: View, rows: Payload | None = None) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        monkeypatch.setattr(streamlit_folium, "_component_func", lambda **given: kept.update(given))
        streamlit_folium.st_folium(
            PostureMap(curated, served(rows or rows_payload(curated), basemap_payload(root / "data"))),
            key="map",
            feature_group_to_add=Command(curated, view, repr(write_query(view, curated))),
            returned_objects=["last_active_drawing"],
        )
        return kept

    return send


def called(script: str) -> Any:
    """What laydown.show() is called with: a JSON text is a JavaScript expression of the same value."""
    [line] = [line for line in script.splitlines() if "laydown.show(" in line]
    found = re.fullmatch(r"var \w+ = laydown\.show\((.*)\);", line.strip())
    assert found
    return json.loads(found[1])


def test_two_views_have_the_same_frame_and_another_command(curated, sent) -> None:
    other = replace(PLAIN, kind=("attack",), search="tanf", camera=Camera(8, 33, 38), tab="table")
    first, second = sent(PLAIN), sent(other)
    assert first["key"] == second["key"]
    for name in ("script", "header", "html", "css_links", "js_links", "zoom", "center", "height", "width"):
        assert re.sub(r"_[0-9a-f]{32}", "", repr(first[name])) == re.sub(r"_[0-9a-f]{32}", "", repr(second[name])), name
    assert first["key"] == streamlit_folium.generate_js_hash(second["script"], "map")
    assert first["feature_group"] != second["feature_group"]


def test_a_view_has_the_same_command_each_time(sent) -> None:
    assert sent(PLAIN)["feature_group"] == sent(PLAIN)["feature_group"]


@pytest.mark.parametrize(
    "change",
    [
        {"start": date(2026, 1, 28)},
        {"end": date(2026, 2, 12)},
        {"kind": ("attack",)},
        {"force": ("us",)},
        {"country": ("Syria",)},
        {"confidence": ("low",)},
        {"search": "tanf"},
        {"selected": "site:al-tanf"},
        {"camera": Camera(8, 33, 38)},
        {"base": "osm"},
        {"compare": 0},
    ],
)
def test_every_change_that_the_map_shows_changes_the_command(sent, change) -> None:
    assert sent(PLAIN)["feature_group"] != sent(replace(PLAIN, **change))["feature_group"]


def test_other_data_make_another_frame(sent) -> None:
    assert sent(PLAIN)["key"] != sent(PLAIN, Payload("0123456789abcdef", {}))["key"]


def test_the_frame_fetches_the_rows_and_is_not_sent_them(sent, curated) -> None:
    given = sent(PLAIN)
    script = given["script"]
    assert f"map/{rows_payload(curated).name}" in script
    assert len(json.dumps(given, default=str)) < 5_000
    assert not any(title in script for title in curated.incidents["title"])


def test_the_map_opens_where_the_dataset_says(sent, curated) -> None:
    home = curated.dataset.home
    script = sent(PLAIN)["script"]
    assert f"[{home.lat}, {home.lon}]" in script
    assert f'"zoom": {home.zoom}' in script


def test_nothing_the_map_loads_has_an_address_elsewhere(sent) -> None:
    given = sent(PLAIN)
    links = given["css_links"] + given["js_links"]
    assert links
    assert all(link.startswith("../../assets/") for link in links)
    for name in ("script", "header", "html", "feature_group"):
        # The frame holds the online basemaps' addresses, and asks one when the visitor chooses it.
        text = re.sub(r'"bases":\[.*?\}\](?=[,}])', "", given[name] or "")
        assert not re.search(r"(https?:)?//\w", text), name


def test_a_command_holds_days_as_numbers_choices_and_the_folded_words(curated) -> None:
    view = replace(
        PLAIN, kind=("attack",), search=" Al-Tanf  Garrison tanf", selected="site:al-tanf", camera=Camera(8, 33, 38)
    )
    found = dict(command(curated, view, "link"))
    assert found.pop("link") == command(curated, PLAIN, "link")["link"] != command(curated, PLAIN, "other")["link"]
    assert found == {
        "start": day_number(view.start),
        "end": day_number(view.end),
        "facets": {"kind": ("attack",)},
        "terms": ("tanf", "garrison"),
        "alike": "",
        "compare": None,
        "selected": "site:al-tanf",
        "camera": (8, 33, 38),
        "box": None,
        "base": "vector",
        "show": "status",
        "lang": "",
        "step": "",
        "known": None,
        "number": -1,
    }


def test_a_selected_incident_is_told_by_its_number_too(curated) -> None:
    for number, id_ in enumerate(curated.incidents["id"]):
        assert command(curated, replace(PLAIN, selected=f"incident:{id_}"), "")["number"] == number


def test_a_plain_views_command_is_under_a_kilobyte(sent, curated) -> None:
    for view in (
        default_view(curated),
        PLAIN,
        replace(PLAIN, kind=("attack",), search="al-Tanf", selected="site:al-tanf"),
    ):
        assert len(sent(view)["feature_group"].encode()) < 1_000


# Letters that grow when they are folded or written as JSON.
GROWING = ("a", "ﷺ", "㌖", "㈝", "한", "🛰", "'", "<", "ŉ", "ﷺ ", "a ﷺ")


@pytest.mark.parametrize("letters", GROWING)
def test_a_command_stays_under_ten_kilobytes_whatever_is_chosen_and_searched(sent, curated, letters: str) -> None:
    chosen = {facet.key: tuple(option.value for option in facet.options(curated)) for facet in FACETS}
    search = (letters * MAX_SEARCH)[:MAX_SEARCH].strip()
    view = replace(PLAIN, **chosen, search=search, selected="site:al-tanf", camera=Camera(8, 33, 38))
    assert len(sent(view)["feature_group"].encode()) < 10_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_a_link_reaches_the_map_as_data(sent, curated, text: str) -> None:
    view = replace(PLAIN, search=text, country=(text,), selected=text)
    script = sent(view)["feature_group"]
    assert called(script) == json.loads(json.dumps(command(curated, view, repr(write_query(view, curated)))))
    assert not re.search("[<>'&]", script)
    assert script.isascii()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=MAX_SEARCH))
def test_any_text_of_a_link_reaches_the_map_as_data(curated, text: str) -> None:
    group = Command(curated, replace(PLAIN, search=text, country=(text,)), text)
    found = called(group._template.module.script(group))
    assert found["facets"]["country"] == [text]
    assert found["terms"] == list(search(curated, text).terms)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% set x = 7 %}{{ x*7 }}", "{# gone #}{{ 49 }}", "{{{ 7*7 }}"])
def test_folium_does_not_run_text_of_a_link_as_a_template(curated, root, text: str) -> None:
    figure = PostureMap(curated, served(rows_payload(curated), basemap_payload(root / "data")))
    figure.add_child(Command(curated, replace(PLAIN, country=(text,)), ""))
    html = figure.get_root().render()
    assert called(html)["facets"]["country"] == [text]


def test_the_map_puts_no_text_of_the_data_into_its_script(folder) -> None:
    path = folder(
        toml="title = '''</script>${alert(1)}`'''\n",
        sites=[{"id": "base", "name": "</script>${alert(1)}`"}],
    )
    catalog = open_catalog(path)
    html = PostureMap(catalog, served(rows_payload(catalog), basemap_payload(path))).get_root().render()
    assert "alert(1)" not in html
