"""Which force a dataset is about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from components.catalog.catalog import Catalog, load
from components.view.subject import subject

SITES = [{"id": "alpha"}, {"id": "bravo"}, {"id": "charlie"}]
PRESENCE = [
    {"site": "alpha", "force": "us", "start": "2020", "end": "2026-02-01"},
    {"site": "alpha", "force": "syria", "start": "2026-02-01"},
    {"site": "bravo", "force": "syria", "start": "2026-03-01"},
    {"site": "charlie", "force": "syria", "start": "2026-04-01"},
]


def test_the_curated_data_say_their_subject(curated: Catalog) -> None:
    assert curated.dataset.subject == subject(curated) == "us"


@pytest.mark.parametrize(
    ("said", "presence", "expected"),
    [
        pytest.param('subject = "sdf"', PRESENCE, "sdf", id="said"),
        pytest.param("", PRESENCE, "syria", id="most changes"),
        pytest.param('subject = "nobody"', PRESENCE, "syria", id="no such force"),
        pytest.param("", PRESENCE[:1], "us", id="only one changed"),
        pytest.param("", [], "", id="nothing changed"),
    ],
)
def test_it_is_what_is_said_or_who_changed_hands_most(
    folder: Callable[..., Path], said: str, presence: list[dict[str, str]], expected: str
) -> None:
    rows = [{"id": f"p{n}", **row} for n, row in enumerate(presence)]
    assert subject(load(folder(toml=f'title = "Test"\n{said}\n', sites=SITES, presence=rows))) == expected


def test_one_that_is_no_force_is_a_problem(folder: Callable[..., Path]) -> None:
    [problem] = load(folder(toml='title = "Test"\nsubject = "nobody"\n')).problems
    assert (problem.file, problem.column, problem.value) == ("dataset.toml", "subject", "nobody")
    assert problem.kept
