from datetime import date

import pytest

from components.view.title import view_description, view_title
from components.view.view import View

DEFAULT = (date(2025, 11, 10), date(2026, 3, 12))


@pytest.mark.parametrize(
    ("view", "title"),
    [
        (View(*DEFAULT), "Test"),
        (View(date(2025, 12, 1), date(2026, 3, 12)), "Test, 1 Dec 2025 – 12 Mar 2026"),
        (View(date(2025, 12, 13), date(2025, 12, 13)), "Test, 13 Dec 2025"),
        (View(*DEFAULT, selected="site:al-tanf"), "Al-Tanf garrison"),
        (
            View(date(2025, 12, 1), date(2026, 3, 12), selected="site:al-tanf"),
            "Al-Tanf garrison, 1 Dec 2025 – 12 Mar 2026",
        ),
        (View(*DEFAULT, known=date(2026, 2, 10)), "Test, only what was public by 10 Feb 2026"),
    ],
)
def test_a_title_says_what_is_selected_and_when(named, view, title) -> None:
    assert view_title(named, view) == title


def test_an_incident_and_a_movement_give_their_titles(curated) -> None:
    incident, movement = curated.incidents.iloc[0], curated.movements.iloc[0]
    window = curated.dataset.window
    for row in (f"incident:{incident['id']}", f"movement:{movement['id']}"):
        titled = incident if row.startswith("incident") else movement
        assert view_title(curated, View(window.first, window.last, selected=row)) == titled["title"]


def test_a_description_says_what_when_and_how_it_is_known(curated) -> None:
    description = view_description(curated, View(date(2025, 12, 1), date(2026, 3, 12), known=date(2026, 2, 10)))
    assert description.startswith(
        "Who holds which base, what moved where, what happened around it: 1 December 2025 to 12 March"
    )
    assert "only what was public by 10 February 2026" in description
