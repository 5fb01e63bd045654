"""What a file may be of: the curated data, and a folder of texts that mean harm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.view.on_view import OnView, on_view
from components.view.provenance import Provenance, provenance
from components.view.view import FIRST_DAY, LAST_DAY, View

LINK = "https://example.org/?from=2025-12-01&to=2026-03-12"
HOSTILE = (
    "=1+1",
    "+49 people",
    "-5 dead",
    "@SUM(A1)",
    "\"=cmd|' /C calc'!A0\"",
    "x;\"=cmd|' /C calc'!A0;\"",
    "line one\n=line two, three",
    "line one\r\n@two",
    "قاعدة التنف",
    "'=quoted",
    "''-twice",
    "]]><script>alert(1)</script>&amp;<!--",
    "$[summary] ${x} `y` </Document></kml>",
    "a\tb\t+c",
    "_x0041_ http://example.org",
    "2026-02",
    "007",
    "not of XML: \ufffe \uffff",
)
"""Titles, and all other text, of a row each."""


@pytest.fixture(scope="session")
def whole() -> Callable[[Catalog], OnView]:
    """All of a catalog on view, whenever it was."""
    return lambda catalog: on_view(catalog, View(FIRST_DAY, LAST_DAY))


@pytest.fixture(scope="session")
def origin() -> Callable[[OnView], Provenance]:
    """What a file of a view says of itself."""
    return lambda shown: provenance(shown.catalog, shown.view, LINK)


@pytest.fixture(scope="session")
def hostile_folder(folder: Callable[..., Path]) -> Path:
    """A folder in which every text is one of HOSTILE, and every kind of place and date is."""
    numbered = list(enumerate(HOSTILE))
    dates = ("2026-02-11", "2026-02", "2026")
    forms = ("site", "town", "district", "country", "undisclosed")
    return folder(
        toml='title = "=Test; +of <b>text</b>"\nlicence = "@none"\ncredits = ["=one", "]]>"]\n',
        sources=[{"id": "wire"}, *({"id": f"s{n}", "title": text, "publisher": text} for n, text in numbered)],
        sites=[
            {
                "id": f"site-{n}",
                "name": text,
                "summary": text,
                "aliases": text.replace(";", ","),
                "lat": str(n - 9.25),
                "lon": str(n + 170.9),
                "precision": forms[n % 5],
                "radius_km": str(n * 30.5) if n % 2 else "",
                "sources": f"s{n}; wire",
            }
            for n, text in numbered[:10]
        ],
        presence=[
            {"id": f"p{n}", "site": f"site-{n % 9}", "force": "us", "role": text, "note": text, "start": dates[n % 3]}
            for n, text in numbered
        ],
        incidents=[
            {
                "id": f"i{n}",
                "title": text,
                "summary": text,
                "site": f"site-{n % 10}",
                "start": dates[n % 3],
                "killed": "us 3; sdf 20+; syria 1-4" if n % 2 else "",
                "sources": f"s{n}",
            }
            for n, text in numbered
        ],
        movements=[
            {
                "id": f"m{n}",
                "title": text,
                "summary": text,
                "origin": f"site-{n % 10}",
                "destination": f"site-{n * 3 % 10}" if n % 2 else "",
                "low": str(n),
                "start": dates[n % 3],
            }
            for n, text in numbered
        ],
    )


@pytest.fixture(scope="session")
def hostile(hostile_folder: Path) -> Catalog:
    """That folder, opened."""
    catalog = open_catalog(hostile_folder)
    assert catalog.problems == ()
    return catalog


@pytest.fixture(scope="session", params=["curated", "hostile", "empty"])
def shown(request: pytest.FixtureRequest, catalog_of: Callable[..., Catalog], whole) -> OnView:
    """Each of: the curated data, the hostile, none."""
    return whole(catalog_of() if request.param == "empty" else request.getfixturevalue(request.param))
