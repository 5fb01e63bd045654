"""Of whose leaving no report was found: said wherever a force is told that may still be there, never as a change."""

from datetime import date

import pytest

from components.catalog.dates import day_number, parse_date
from components.export.resources import RESOURCES
from components.view.as_known import presence_at
from components.view.brief import brief
from components.view.brief_text import brief_text
from components.view.changes import changes
from components.view.on_view import on_view
from components.view.posture import posture
from components.view.view import View
from components.view.wording import sentence, unreported_text

SOURCES = [{"id": "wire", "published": "2025-12-01"}]
FORCES = [{"id": "us", "name": "United States", "called": "US forces"}, {"id": "sdf", "called": "the SDF"}]
OPEN = {"force": "us", "start": "2025-12-01", "last_confirmed": "2026-06-26", "searched": "2026-10-10"}
FROM, TO = "2026-03-01", "2026-11-20"


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def catalog_with(catalog_of, *presence, **tables):
    rows = [{"id": f"p{n}", "site": "base", **cells} for n, cells in enumerate(presence)]
    return catalog_of(sources=SOURCES, forces=FORCES, sites=[{"id": "base", "name": "Qasrak"}], presence=rows, **tables)


@pytest.mark.parametrize(
    ("searched", "text"),
    [
        ("2026-10-10", "No report of their leaving was found up to 10 October 2026."),
        ("2026-10", "No report of their leaving was found up to October 2026."),
        ("2026", "No report of their leaving was found up to 2026."),
    ],
)
def test_the_sentence_is_as_precise_as_the_search(searched: str, text: str) -> None:
    assert sentence(unreported_text(parse_date(searched))) == text


@pytest.mark.parametrize(
    ("cells", "on", "known", "searched"),
    [
        # Where the record covers the day there is nothing to add.
        ({}, "2026-06-26", None, None),
        ({}, "2026-06-27", None, "2026-10-10"),
        ({}, "2026-11-20", None, "2026-10-10"),
        ({"last_confirmed": ""}, "2025-12-02", None, "2026-10-10"),
        ({"status": "reported"}, "2026-11-20", None, "2026-10-10"),
        ({"searched": ""}, "2026-11-20", None, None),
        # Who has left was found to have.
        ({"end": "2026-12-31"}, "2026-11-20", None, None),
        # Nobody knew of a search before it was done.
        ({}, "2026-11-20", "2026-10-09", None),
        ({}, "2026-11-20", "2026-10-10", "2026-10-10"),
        ({"searched": "2026-10"}, "2026-11-20", "2026-10-30", None),
        ({"searched": "2026-10"}, "2026-11-20", "2026-10-31", "2026-10"),
    ],
)
def test_a_holder_says_up_to_when_its_leaving_was_looked_for(catalog_of, cells, on, known, searched) -> None:
    catalog = catalog_with(catalog_of, {**OPEN, **cells})
    [held] = posture(catalog, day(on), day(known) if known else None)["base"]
    assert (held.searched.text if held.searched else None) == searched
    assert held.row == "p0"


@pytest.mark.parametrize(
    ("end", "known", "told"),
    [
        ("", None, True),
        ("", "2026-10-10", True),
        ("", "2026-10-09", False),
        ("2026-10-20", None, False),
        # The end was not public yet: as known then, no report of it was found.
        ("2026-10-20", "2026-10-12", True),
    ],
)
def test_a_row_as_known_tells_of_the_search_where_no_end_was_known(catalog_of, end, known, told) -> None:
    row = {**OPEN, "end": end, "note": "Nobody tells of an end."}
    catalog = catalog_with(catalog_of, row)
    shown = presence_at(catalog, "base", day(known) if known else None)
    assert bool(shown["searched"].iloc[0]) == told
    assert catalog.presence["searched"].iloc[0].text == "2026-10-10", "the catalog's own row is left as it is"
    if known == "2026-10-09":
        assert shown["note"].iloc[0] == "", "a note may speak of the search"


AGO = {**OPEN, "start": "2024", "last_confirmed": "2025-06-01"}


@pytest.mark.parametrize(
    ("presence", "changed", "continuing"),
    [
        # As far as known.
        (
            [OPEN],
            [],
            [
                "Qasrak: US forces were last confirmed there on 26 June 2026; no report of their leaving was found "
                "up to 10 October 2026."
            ],
        ),
        # Possibly.
        (
            [{**OPEN, "last_confirmed": "2025-06"}],
            [],
            [
                "Qasrak: US forces were last confirmed there in June 2025; no report of their leaving was found "
                "up to 10 October 2026."
            ],
        ),
        (
            [{**OPEN, "last_confirmed": ""}],
            [],
            ["Qasrak: No report of US forces leaving was found up to 10 October 2026."],
        ),
        ([{**OPEN, "searched": ""}], [], []),
        ([{**OPEN, "last_confirmed": "2026-11-20"}], [], []),
        # What is told of the site already has it at its end.
        (
            [{**OPEN, "start": "2026-04-01"}],
            ["Qasrak: US forces arrived on 1 April 2026; no report of their leaving was found up to 10 October 2026."],
            [],
        ),
        (
            [
                {**OPEN, "start": "2026-04-01", "status": "drawing-down"},
                {"force": "us", "start": "2024", "end": "2026-03-31"},
            ],
            [
                "Qasrak: US forces began to draw down on 1 April 2026; no report of their leaving was found "
                "up to 10 October 2026."
            ],
            [],
        ),
        (
            [{**OPEN, "last_confirmed": "2026-10-01", "status": "drawing-down"}],
            [],
            [
                "Qasrak: US forces have been drawing down since 1 December 2025; no report of their leaving was found "
                "up to 10 October 2026."
            ],
        ),
        # Of two it is said whose.
        (
            [OPEN, {"force": "sdf", "start": "2026-04-01", "last_confirmed": "2026-11-20"}],
            [
                "Qasrak: The SDF arrived on 1 April 2026; no report of US forces leaving was found "
                "up to 10 October 2026."
            ],
            [],
        ),
        (
            [OPEN, {**OPEN, "force": "sdf", "searched": "2026-11"}],
            [],
            [
                "Qasrak: US forces were last confirmed there on 26 June 2026; the SDF were last confirmed there on "
                "26 June 2026; no report of US forces leaving was found up to 10 October 2026; no report of the SDF "
                "leaving was found up to November 2026."
            ],
        ),
    ],
)
def test_the_brief_says_so(catalog_of, presence, changed, continuing) -> None:
    catalog = catalog_with(catalog_of, *presence)
    told = brief(on_view(catalog, View(date.fromisoformat(FROM), date.fromisoformat(TO))))
    assert [line.sentence for line in told.changed] == changed
    assert [line.sentence for line in (*told.continuing, *told.silent)] == continuing
    text = brief_text(catalog, told, "https://example.org/", markdown=False)
    for said in (*changed, *continuing):
        assert f"- {said} [1]" in text


def test_no_silence_and_no_search_is_a_change(catalog_of) -> None:
    for row in (OPEN, AGO, {**OPEN, "status": "drawing-down"}):
        assert changes(catalog_with(catalog_of, row), day(FROM), day(TO)) == ()


@pytest.mark.parametrize(("known", "told"), [(None, True), (date(2026, 10, 9), False), (date(2026, 10, 10), True)])
def test_what_leaves_says_so(catalog_of, known: date | None, told: bool) -> None:
    view = View(date.fromisoformat(FROM), date.fromisoformat(TO), known=known)
    shown = on_view(catalog_with(catalog_of, OPEN), view)
    [site] = RESOURCES["sites"].listing(shown).all()
    [held] = RESOURCES["posture"].listing(shown).all()
    assert site["leaving"] == (["No report of US forces leaving was found up to 10 October 2026."] if told else [])
    assert held["searched"] == ("2026-10-10" if told else None)
