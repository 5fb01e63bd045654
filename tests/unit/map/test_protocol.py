"""The table of the fields that cross to the map's frame: a new one is a row, and nothing else in Python."""

import json
from dataclasses import replace
from datetime import date

import pytest

from components.catalog.dates import day_number
from components.map import protocol
from components.map.protocol import FIELDS, Field, command, link_keys, read_report, read_window, reported
from components.ui import link
from components.view.box import Box
from components.view.facets import FACETS
from components.view.view import View, default_view

VIEW = View(date(2026, 1, 27), date(2026, 2, 11), kind=("attack",), selected="site:al-tanf", lang="ar")


def echo(catalog, view: View) -> dict[str, object]:
    """A report that says back what the command of ``view`` has told."""
    sent = json.loads(json.dumps(command(catalog, view, "")))
    return {name: sent[name] for name in reported()}


def test_each_field_is_named_once_and_told() -> None:
    names = [field.name for field in FIELDS]
    assert len(set(names)) == len(names)
    assert all(field.doc and (field.out or field.read) for field in FIELDS)


@pytest.mark.parametrize(
    "view",
    [
        VIEW,
        replace(VIEW, selected="", kind=(), base="osm", search="tanf", compare=30),
        replace(VIEW, box=Box(170.5, -2, -170, 4.125)),
    ],
)
def test_what_the_command_says_comes_back_as_the_same_view(curated, view: View) -> None:
    report = read_report(echo(curated, view), curated)
    assert report is not None
    assert replace(default_view(curated), **report.changes) == replace(view, search="")
    assert (report.playing, report.address) == (False, "")


def test_a_report_says_what_was_cleared_is_playing_and_where_the_page_is(curated) -> None:
    said = {**echo(curated, VIEW), "cleared": True, "playing": True, "address": "http://localhost/?map=1/2/3"}
    report = read_report(said, curated)
    assert report is not None
    assert (report.changes["search"], report.changes["known"]) == ("", None)
    assert (report.playing, report.address) == (True, "http://localhost/?map=1/2/3")


def test_what_a_report_does_not_say_is_left_alone(curated) -> None:
    report = read_report(echo(curated, VIEW), curated)
    assert report is not None
    assert not {"search", "known", "camera", "show", "step", "tab"} & set(report.changes)


@pytest.mark.parametrize(
    ("start", "end", "window"),
    [
        (20480, 20495, (date(2026, 1, 27), date(2026, 2, 11))),
        (20480, 20480, (date(2026, 1, 27), date(2026, 1, 27))),
        (20495, 20480, None),
        (20480, 10**7, None),
        ("20480", "20495", None),
        (True, 20495, None),
    ],
)
def test_a_window_is_two_day_numbers_in_order(curated, start, end, window) -> None:
    assert read_window(start, end, curated) == window


def test_an_embed_is_told_how_each_field_stands_in_its_address(curated) -> None:
    rows = {row["key"]: row for row in link_keys(curated)}
    home = default_view(curated)
    assert rows["from"] == {"key": "from", "path": ["start"], "default": day_number(home.start), "write": "day"}
    assert rows["kind"] == {"key": "kind", "path": ["facets", "kind"], "default": (), "write": "text"}
    assert (rows["q"]["path"], rows["q"]["write"]) == (["terms"], "clear")
    assert set(rows) == {
        "from",
        "to",
        "q",
        "known",
        "sel",
        "base",
        "lang",
        "alike",
        "box",
        "compare",
        *(facet.key for facet in FACETS),
    }


def test_a_field_is_added_by_one_row(curated, monkeypatch) -> None:
    """In the command, in what the frame reports, in the check of it, in an embed's address, and in the page's link."""

    def read(value: object, _: object) -> dict[str, object]:
        if value not in ("changes", "table"):
            raise ValueError("is no panel")
        return {"tab": value}

    row = Field("panel", "the panel that is open", lambda _, view: view.tab, read, ("tab",), "text")
    monkeypatch.setattr(protocol, "FIELDS", (*FIELDS, row))
    assert command(curated, replace(VIEW, tab="table"), "")["panel"] == "table"
    assert "panel" in reported()
    assert {"key": "tab", "path": ["panel"], "default": "changes", "write": "text"} in link_keys(curated)
    said = echo(curated, replace(VIEW, tab="table"))
    report = read_report(said, curated)
    assert report is not None
    assert report.changes["tab"] == "table"
    assert read_report({**said, "panel": "kitchen"}, curated) is None
    gone: list[View] = []
    monkeypatch.setattr(link, "current", lambda catalog: (VIEW, []))
    monkeypatch.setattr(link, "go", lambda catalog, view: gone.append(view))
    link.follow(curated, said)
    assert gone == [replace(VIEW, tab="table")]
