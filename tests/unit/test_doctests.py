"""The examples in docstrings are run: they show how a function is called and what it answers.

An example has at hand ``catalog``, the committed data, ``data``, the folder it is read from, and what makes a View.
"""

import doctest
import importlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from components.catalog.catalog import Catalog
from components.catalog.dates import parse_date
from components.view.on_view import on_view
from components.view.view import View, default_view

ROOT = Path(__file__).parents[2]
NAMES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted((ROOT / "components").rglob("*.py"))
    if path.name not in ("page.py", "__init__.py")  # the page is a script: importing it runs it
]
EXAMPLES = {name for name in NAMES if ">>>" in (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")}
SHOWN = {
    "components.catalog.catalog": {"load", "ways_up"},
    "components.catalog.dates": {"PartialDate.ends", "day_number", "day_of", "parse_date"},
    "components.catalog.names": {"fold", "plain"},
    "components.catalog.formulas": {"neutralised", "restored"},
    "components.catalog.problems": {"Problem", "excerpt"},
    "components.catalog.briefings": {"pieces"},
    "components.catalog.dataset": {"Confirmation.days"},
    "components.catalog.gazetteer": {"Gazetteer"},
    "components.catalog.placing": {"Point.coarsened"},
    "components.catalog.tables": {"refs", "vocabulary"},
    "components.view.view": {"read_view", "write_query"},
    "components.view.facets": {"Facet"},
    "components.view.on_view": {"on_view"},
    "components.view.selection": {"select"},
    "components.view.posture": {"posture"},
    "components.view.facts": {"facts"},
    "components.view.wording": {"date_text", "day_text", "precision_text", "range_text", "count_text", "stay_text"},
    "components.view.title": {"view_title"},
    "components.view.citation": {"view_link"},
    "components.export.geometry": {"place_geometry", "line_geometry"},
    "components.export.licences": {"licence_of"},
    "components.static": {"address", "assets"},
}
"""By module, what others call and so has an example."""


def examples_of(module: ModuleType, catalog: Catalog) -> list[doctest.DocTest]:
    given = {"catalog": catalog, "data": catalog.folder, "date": date, "replace": replace, "View": View}
    given |= {"on_view": on_view, "default_view": default_view, "parse_date": parse_date}
    return [test for test in doctest.DocTestFinder().find(module, extraglobs=given) if test.examples]


@pytest.mark.parametrize("name", sorted(EXAMPLES | set(SHOWN)))
def test_examples_answer_what_they_say(name: str, curated: Catalog) -> None:
    tests = examples_of(importlib.import_module(name), curated)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    said: list[str] = []
    for test in tests:
        runner.run(test, out=said.append)
    assert not said, "".join(said)
    assert SHOWN.get(name, set()) <= {test.name.removeprefix(f"{name}.") for test in tests}


def test_no_example_is_missed() -> None:
    assert len(EXAMPLES) >= len(SHOWN)


def test_an_example_that_answers_otherwise_fails(curated: Catalog) -> None:
    module = ModuleType("wrong", ">>> catalog.version\n'no version'\n")
    said: list[str] = []
    doctest.DocTestRunner().run(examples_of(module, curated)[0], out=said.append)
    assert "no version" in "".join(said)
