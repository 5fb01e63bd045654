"""A table of who holds what: sites and presence."""

import pytest

from components.catalog.dates import day_number, parse_date
from components.importing.control import stays
from components.view.on_view import on_view
from components.view.view import View

HEADER = "Town,Province,Country,Latitude,Longitude,Date,Controlled by\n"
TABLE = HEADER + (
    "Palmyra,Homs,Syria,34.55,38.27,2026-01-01,Government\n"
    "Palmyra,Homs,Syria,34.55,38.27,2026-02-01,Government\n"
    "Palmyra,Homs,Syria,34.55,38.27,2026-03-01,SDF\n"
    "Raqqa,Raqqa,Syria,35.95,39.01,2026-01-01,SDF\n"
    "Raqqa,Raqqa,Syria,35.95,39.01,2026-03-01,SDF\n"
    "Nowhere,,,,,2026-01-01,\n"
)


def test_a_row_a_date_becomes_sites_and_who_held_them(imported) -> None:
    planned, catalog = imported(TABLE.encode())
    assert catalog.problems == ()
    assert planned.reports[0].format.startswith("who holds what")
    assert planned.reports[0].reasons["left out: no place, no holder or no date"].lines == ["file.csv:7"]
    assert list(catalog.sites["name"]) == ["Palmyra", "Raqqa"]
    told = catalog.presence[["site", "force", "start", "end", "first_confirmed", "last_confirmed"]]
    rows = [[getattr(cell, "text", cell) for cell in row] for row in told.to_numpy().tolist()]
    assert rows == [
        ["palmyra-homs", "government", None, "2026-02", "2026-01-01", None],
        ["palmyra-homs", "sdf", "2026-02-02..2026-03-01", None, None, "2026-03-01"],
        ["raqqa-raqqa", "sdf", None, None, "2026-01-01", "2026-03-01"],
    ]
    assert catalog.dataset.title == "Who holds what in Syria, 2026"
    assert catalog.dataset.subtitle == "2 places, by file.csv"
    shown = on_view(catalog, View(*(parse_date_day(text) for text in ("2026-01-15", "2026-03-01"))))
    assert {id_: state.status for id_, state in shown.selection.states.items()} == {
        "palmyra-homs": "handed-over",
        "raqqa-raqqa": "held",
    }


def parse_date_day(text: str):
    from datetime import date

    day = date.fromisoformat(text)
    assert day_number(day) == parse_date(text).first
    return day


def test_rows_with_from_and_to_say_it_themselves(imported) -> None:
    text = "Place,Lat,Lon,From,To,Holder\nA,34,38,2026-01,2026-02,X\nA,34,38,2026-03-01,,Y\n"
    _, catalog = imported(text.encode())
    assert catalog.problems == ()
    rows = [(row.force, row.start.text, row.end and row.end.text) for row in catalog.presence.itertuples()]
    assert rows == [("x", "2026-01", "2026-02"), ("y", "2026-03-01", None)]


def test_a_newer_table_updates(imported) -> None:
    imported(TABLE.encode())
    planned, catalog = imported((TABLE + "Raqqa,Raqqa,Syria,35.95,39.01,2026-04-01,Government\n").encode())
    assert catalog.problems == ()
    changed = {change.table: (len(change.added), len(change.changed)) for change in planned.changes}
    assert changed["presence"] == (1, 1)
    assert changed["sites"] == (0, 0)
    again, _ = imported((TABLE + "Raqqa,Raqqa,Syria,35.95,39.01,2026-04-01,Government\n").encode())
    assert not [change for change in again.changes if change.added or change.changed or change.vanished]


@pytest.mark.parametrize(
    ("seen", "held"),
    [
        ([("2026", "", "A")], [("A", "", "")]),
        ([("2026-01-01", "", "A"), ("2026-01-01", "", "B")], [("A", "", "2026-01-01"), ("B", "2026-01-01", "")]),
        (
            [("2026-03-01", "", "A"), ("2026-01-01", "", "A"), ("2026-02-01", "", "B")],
            [
                ("A", "", "2026-01"),
                ("B", "2026-01-02..2026-02-01", "2026-02"),
                ("A", "2026-02-02..2026-03-01", ""),
            ],
        ),
    ],
)
def test_stays(seen, held) -> None:
    assert [stay[:3] for stay in stays(seen)] == held
