"""Tiny data folders, built from a few cells; and the curated one."""

import csv
import gc
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.catalog.tables import GAZETTEER, TABLES

# A slow machine is no fault of the rule under test.
settings.register_profile("laydown", deadline=None, max_examples=60)
settings.load_profile("laydown")


def pytest_collection_finish() -> None:
    """Keep the garbage collector from walking through pandas, Streamlit and all collected tests at every turn.

    It took a fifth of the time of all tests that need no browser.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    # Streamlit's 65 loggers keep their records from the root's handlers; pytest puts its own on each and takes it away
    # again, six times for each test, which took half a millisecond.
    for name in [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "streamlit"]:
        logging.getLogger(name).propagate = True


ROOT = Path(__file__).parents[1]

if sys.dont_write_bytecode:
    # No bytecode is wanted beside the sources: it is kept in pytest's cache, for workers and servers too. Compiling all
    # modules and rewriting all tests anew took a worker 12 of its 19 seconds of collection.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(ROOT / ".pytest_cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

HEADERS = {table.name: list(table.row.model_fields) for table in (*TABLES, GAZETTEER)}
Rows = list[dict[str, str]]

FILLED: dict[str, dict[str, str]] = {
    "sources": {"publisher": "Wire", "title": "Report", "kind": "wire", "url": "https://example.org/report"},
    "forces": {"name": "Force", "colour": "#1f6fb2"},
    "kinds": {"label": "Kind", "shape": "circle", "colour": "#c8372d"},
    "sites": {"name": "Site", "kind": "base", "country": "Syria", "lat": "34", "lon": "38", "sources": "wire"},
    "presence": {"status": "present", "confidence": "high", "sources": "wire"},
    "areas": {
        "name": "Area",
        "force": "us",
        "confidence": "high",
        "geometry": "POLYGON ((38 34, 39 34, 39 35, 38 35, 38 34))",
        "sources": "wire",
    },
    "incidents": {
        "title": "Incident",
        "kind": "attack",
        "start": "2026-02-01",
        "confidence": "high",
        "sources": "wire",
    },
    "movements": {
        "title": "Movement",
        "kind": "withdrawal",
        "start": "2026-02-01",
        "force": "us",
        "confidence": "high",
        "sources": "wire",
    },
    "strengths": {"force": "us", "date": "2026", "low": "1", "high": "2", "confidence": "low", "sources": "wire"},
    "counts": {
        "series": "Attacks",
        "unit": "attacks",
        "since": "2023-10-17",
        "date": "2023-10-24",
        "confidence": "high",
        "sources": "wire",
    },
    "claims": {"topic": "Topic", "field": "end", "value": "2026", "sources": "wire"},
    "places": {
        "precision": "town",
        "lat": "34.5",
        "lon": "38.3",
        "geocoder": "gazetteer",
        "matched": "Town",
        "located_on": "2026-03-01",
    },
    "gazetteer": {"kind": "town", "country": "Syria", "lat": "34.5", "lon": "38.3", "precision": "town", "source": "x"},
}
"""What a row holds where a test does not say."""

BASE: dict[str, Rows] = {
    "sources": [{"id": "wire"}],
    "forces": [
        {"id": "us", "name": "United States"},
        {"id": "syria", "name": "Syrian government", "colour": "#2e8b57"},
        {"id": "sdf", "name": "SDF", "colour": "#d9a400"},
    ],
    "kinds": [{"id": "attack", "label": "Attack"}, {"id": "ied", "label": "Bomb", "shape": "diamond"}],
    "sites": [],
    "incidents": [],
}
"""The tables of a folder where a test gives none."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A builder of data folders: rows by table, each cell that is not given filled in; ``toml`` is dataset.toml.

    ``method`` is method.md; a folder without one has none.
    """

    def build(toml: str = 'title = "Test"\n', method: str = "", **tables: Rows) -> Path:
        path = tmp_path_factory.mktemp("data")
        (path / "dataset.toml").write_text(toml, encoding="utf-8")
        if method:
            (path / "method.md").write_text(method, encoding="utf-8")
        for name, rows in {**BASE, **tables}.items():
            with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, HEADERS[name], restval="")
                writer.writeheader()
                writer.writerows({**FILLED[name], **row} for row in rows)
        return path

    return build


@pytest.fixture(scope="session")
def catalog_of(folder: Callable[..., Path]) -> Callable[..., Catalog]:
    """As ``folder``, opened; a row that the loader refuses is a mistake in the test."""

    def build(**tables: Any) -> Catalog:
        catalog = open_catalog(folder(**tables))
        assert catalog.problems == ()
        return catalog

    return build


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def curated() -> Catalog:
    """The committed data."""
    return open_catalog(ROOT / "data")


@pytest.fixture(scope="session")
def counting(curated: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the committed data with a running total and an area besides, so that each table has rows to list."""
    path = tmp_path_factory.mktemp("counting") / "data"
    shutil.copytree(ROOT / "data", path)
    source = next(id_ for id_ in curated.sources["id"] if id_.endswith("-2025-06-03"))
    first = curated.dataset.window.first  # so that they are on view in any case
    cells = {
        "series": "Test",
        "unit": "tests",
        "since": "2025",
        "country": "Iraq",
        "confidence": "low",
        "sources": source,
    }
    with (path / "counts.csv").open("r+", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, next(csv.reader(file)), restval="", lineterminator="\n")
        file.seek(0, 2)
        for n in (3, 5):
            day = (first + timedelta(days=n)).isoformat()
            writer.writerow({"id": f"test-{n}", "date": day, "low": str(n), "high": str(n), **cells})
    area = {**FILLED["areas"], "id": "area", "start": "2025", "last_confirmed": "2026-02-01", "sources": source}
    with (path / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADERS["areas"], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow(area)
    return path


@pytest.fixture(scope="session")
def texts_of() -> Callable[[list[Any]], list[str]]:
    """Every text of a list of markup nodes, having checked that elements.js knows their tags and attributes."""
    script = (ROOT / "components/panels/assets/elements.js").read_text(encoding="utf-8")
    tags = {*_names(script, "TAGS"), "symbol", "plot"}
    special = {
        "act",
        "begin",
        "colour",
        "copy",
        "describe",
        "enter",
        "href",
        "keep",
        "leave",
        "lights",
        "page",
        "say",
        "sift",
        "span",
        "summon",
    }
    own = {"symbol": {"d", "colour", "box"}, "plot": {"d", "box", "class"}}
    attributes = {*_names(script, "ATTRIBUTES"), *special}

    def texts(node: Any) -> Iterator[str]:
        if isinstance(node, str):
            yield node
            return
        assert isinstance(node, list), f"{node!r} is neither text nor an element"
        tag, given, *children = node
        assert tag in tags
        assert isinstance(given, Mapping)
        assert set(given) <= own.get(tag, attributes), f"attributes of <{tag}>"
        if "act" in given:
            assert [type(part) for part in given["act"]] == [str, str]
        assert all(isinstance(value, str) for name, value in given.items() if name != "act")
        assert re.match(r"https?://", given.get("href", "https://")), given
        for child in children:
            yield from texts(child)

    return lambda nodes: [text for node in nodes for text in texts(node)]


def _names(script: str, constant: str) -> set[str]:
    found = re.search(rf"const {constant} = new Set\(\[(.*?)\]\)", script, re.DOTALL)
    assert found, f"elements.js has no {constant}"
    return set(re.findall(r'"([^"]+)"', found[1]))
