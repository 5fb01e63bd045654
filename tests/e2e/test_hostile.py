"""Nothing in a CSV or a URL runs: hostile text in every column is shown as text."""

from collections.abc import Callable
from typing import Any, get_args
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from components.catalog.catalog import load
from components.catalog.tables import TABLES, Table, refs, vocabulary
from components.export.files import FILES
from components.export.standalone import standalone
from components.view.on_view import on_view
from components.view.provenance import provenance
from components.view.view import default_view

IMAGE = "<img src=x onerror=window.pwned=1>"
HOSTILE = (
    IMAGE + "<svg onload=window.pwned=1>${window.pwned=1}`'\"</script><script>window.pwned=1</script>"
    "{{7*7}}![x](https://evil.example/x.png)[link](javascript:window.pwned=1)\u202e\u200f&amp;$x^2$ :red[red] "
)
PWNED = """[mapFrame(), ...document.querySelectorAll("iframe")].map((one) => one.contentWindow).concat(window)
    .some((w) => w.pwned)"""


def free_text(table: Table) -> list[str]:
    """The columns that hold any text: no id, no vocabulary, no date or number, no address."""
    columns = []
    for name, field in table.row.model_fields.items():
        kinds = {str, tuple} & {
            field.annotation,
            getattr(field.annotation, "__origin__", None),
            *get_args(field.annotation),
        }
        names = {"id", "row", "parent", "site", "force", "origin", "destination", "query"}
        special = names | {"url", "archived", "colour", "geometry"}
        if kinds and name not in special and name not in refs(table) and not vocabulary(table, name):
            columns.append(name)
    return columns


SQUARE = "POLYGON ((38 34, 39 34, 39 35, 38 34))"


@pytest.fixture(scope="module")
def hostile(folder: Callable[..., Any]) -> Any:
    tables: dict[str, list[dict[str, str]]] = {
        "sources": [{"id": "wire"}, {"id": "bad", "url": "javascript:window.pwned=1"}],
        "forces": [{"id": "us"}, {"id": "syria"}],
        "kinds": [{"id": "attack"}],
        "sites": [{"id": "base", "aliases": ""}, {"id": "other", "lat": "33", "lon": "39"}],
        "presence": [
            {"id": "base-us", "site": "base", "force": "us", "start": "2020", "last_confirmed": "2026-03-01"},
            {"id": "other-us", "site": "other", "force": "us", "start": "2020", "end": "2026-01-15"},
        ],
        "incidents": [
            {"id": "one", "site": "base", "forces": "us; syria", "killed": "us 3"},
            {"id": "two", "lat": "35", "lon": "40", "precision": "country"},
        ],
        "areas": [{"id": "area", "force": "us", "start": "2025", "last_confirmed": "2026-03-01", "geometry": SQUARE}],
        "movements": [{"id": "move", "origin": "base", "destination": "other"}],
        "strengths": [{"id": "count", "site": "base"}],
        "counts": [{"id": "total"}],
        "claims": [
            {"id": "claim-one", "row": "site:base"},
            {"id": "claim-two", "row": "incident:one"},
            {"id": "claim-three", "row": "movement:move"},
        ],
        "places": [{"query": HOSTILE}],
    }
    poisoned = set()
    for table in TABLES:
        for column in free_text(table):
            for row in tables[table.name]:
                row.setdefault(column, HOSTILE)
            poisoned.add((table.name, column))
    assert {("sites", "name"), ("incidents", "title"), ("incidents", "place"), ("sites", "country")} <= poisoned
    # The list of countries is split at semicolons; the rest of the text stands as it is.
    return folder(toml=f"title = '''{HOSTILE.replace(chr(39), '')}'''\nsubtitle = '''{IMAGE}'''\n", **tables)


def test_the_hostile_rows_are_read_so_that_the_page_shows_them(hostile):
    catalog = load(hostile)
    assert [(problem.file, problem.column) for problem in catalog.problems] == [("sources.csv", "url")]
    assert len(catalog.incidents) == 2


LINKS = [
    {"tab": "posture"},
    {"tab": "table"},
    {"tab": "problems"},
    {"sel": "site:base", "tab": "selected"},
    {"sel": "incident:one", "tab": "selected"},
    {"sel": "incident:two", "tab": "selected"},
    {"sel": "movement:move", "tab": "selected"},
]
FAULTY = {"q": HOSTILE[:200], "kind": HOSTILE[:100], "from": HOSTILE[:80], "sel": HOSTILE, "map": "${window.pwned=1}"}


def test_hostile_text_stays_text(open_dashboard: Callable, hostile, subtests):
    dashboard = open_dashboard(hostile)
    for query in (FAULTY, *LINKS):
        with subtests.test(**query):
            if query is FAULTY:
                dashboard.open(**query)
            else:
                dashboard.go(**query)
            for lat, lon in ((34, 38), (35, 40), (33.5, 38.5)):
                dashboard.page.mouse.move(*dashboard.point(lat, lon))
            if query.get("tab") == "selected":
                expect(dashboard.page.get_by_role("article")).to_contain_text(IMAGE)
            if "tab" in query:
                behind = "changes" if query["tab"] == "selected" else query["tab"]  # a card has no tab of its own
                chosen = dashboard.page.get_by_role("radio", name=behind.capitalize())
                expect(chosen).to_be_checked()
            expect(dashboard.page.get_by_role("heading", level=1)).to_contain_text(IMAGE)
            assert not dashboard.page.evaluate(PWNED)
            assert dashboard.page.locator("img[src='x']").count() == 0
            assert dashboard.frame.locator("img[src='x']").count() == 0


def test_the_hover_card_shows_hostile_text_as_text(open_dashboard: Callable, hostile):
    dashboard = open_dashboard(hostile).open(map="9/34.0000/38.0000")
    dashboard.page.mouse.move(*dashboard.point(34, 38))
    expect(dashboard.frame.locator(".tip")).to_contain_text(IMAGE)
    assert not dashboard.page.evaluate(PWNED)


def test_the_embed_and_a_file_of_their_own_show_hostile_text_as_text(browser, serve, hostile, tmp_path):
    catalog = load(hostile)
    shown = on_view(catalog, default_view(catalog))
    path = tmp_path / "map.html"
    path.write_bytes(standalone(shown, provenance(catalog, shown.view, "https://map.example.org/")))
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in (f"{serve(hostile)}/embed", path.as_uri()):
        for row in ("site:base", "incident:one", "incident:two", "movement:move"):
            query = urlencode({"sel": row, "q": "", "kind": HOSTILE[:100]})
            page.goto(f"{address}?{query}" if address.startswith("http") else address)
            page.wait_for_function("() => window.laydown?.state().ready")
            if address.startswith("http"):
                card = page.get_by_role("region", name="Details")
                expect(card.get_by_role("heading").first).to_contain_text(IMAGE)
                expect(card.get_by_role("listitem").first).to_contain_text(IMAGE)
            page.get_by_role("button", name="Sources", exact=True).click()
            expect(page.get_by_role("region", name="Details").get_by_role("listitem").first).to_contain_text(IMAGE)
            assert page.locator("a[href^='javascript:'], img[src='x']").count() == 0
            assert not page.evaluate("() => window.pwned")
            if not address.startswith("http"):
                break
    context.close()
    assert said == []


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_hostile_rows_fails(hostile, name: str):
    catalog = load(hostile)
    shown = on_view(catalog, default_view(catalog))
    assert FILES[name].made(shown, provenance(catalog, shown.view, "https://map.example.org/"))
