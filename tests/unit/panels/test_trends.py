"""The panel of Trends: charts of one scale, rows that filter, and what is told of how it is counted."""

from datetime import date

import pytest

from components.panels.elements import Node
from components.panels.page import page
from components.panels.trends import HEIGHT, trends_panel
from components.view.on_view import on_view
from components.view.trends_text import MOST_CHARTS
from components.view.view import View, default_view, read_view

HERE = {"lat": "34", "lon": "38"}


def attributes(nodes: list[Node], tag: str) -> list[dict]:
    found = []
    for node in nodes:
        if isinstance(node, str):
            continue
        if node[0] == tag:
            found.append(node[1])
        found += attributes(node[2:], tag)
    return found


def acts(nodes: list[Node]) -> list[list[str]]:
    return [given["act"] for given in attributes(nodes, "button") if "act" in given]


@pytest.fixture(scope="module")
def few(catalog_of):
    rows = [("a", "2026-02-02", "attack"), ("b", "2026-02-02", "attack"), ("c", "2026-02-04", "ied")]
    return catalog_of(
        incidents=[
            {"id": id_, "start": start, "kind": kind, "place": "Town", "forces": "us", "country": "Syria", **HERE}
            for id_, start, kind in rows
        ]
    )


def test_each_row_filters_by_what_it_is_of(few, texts_of) -> None:
    view = View(date(2026, 2, 2), date(2026, 2, 5), force=("us",))
    nodes = list(trends_panel(on_view(few, view)).nodes)
    assert texts_of(nodes)
    asked = acts(nodes)
    for act in (["kind", "attack"], ["kind", "ied"], ["search", "Town"], ["force", "us"]):
        assert act in asked
    pressed = [given["act"] for given in attributes(nodes, "button") if given.get("aria-pressed") == "true"]
    assert pressed == [["measure", "incidents"], ["by", "kind"], ["per", "day"], ["force", "us"]]
    found = list(trends_panel(on_view(few, View(view.start, view.end, search="Town"))).nodes)
    assert ["search", ""] in acts(found)  # pressed again it lets go


def test_by_what_no_row_tells_of_is_not_offered(few, catalog_of) -> None:
    def offered(catalog, **more) -> list[str]:
        view = View(date(2026, 2, 2), date(2026, 2, 5), **more)
        return [value for verb, value in acts(list(trends_panel(on_view(catalog, view)).nodes)) if verb == "by"]

    nowhere = catalog_of(incidents=[{"id": "a", "start": "2026-02-02", "place": "Town", **HERE}])
    assert offered(few) == ["kind", "force", "country"]
    assert offered(nowhere) == ["kind", "force"]
    assert offered(nowhere, by="country") == ["kind", "force", "country"], "what a link asks for is shown as chosen"


def test_bars_stand_where_their_days_do_and_are_of_one_scale(few) -> None:
    nodes = list(trends_panel(on_view(few, View(date(2026, 2, 2), date(2026, 2, 5)))).nodes)
    attack, ied = attributes(nodes, "plot")
    assert attack["box"] == ied["box"] == f"4 {HEIGHT}"
    assert attack["d"] == "M0.05 100V0H0.95V100Z"
    assert ied["d"] == "M2.05 100V50H2.95V100Z"


def test_of_many_the_first_are_drawn_and_the_others_counted(catalog_of, texts_of) -> None:
    forces = [{"id": f"f{n}", "name": f"Force {n}"} for n in range(20)]
    incidents = [{"id": f"i{n}", "start": "2026-02-02", "forces": f"f{n}", **HERE} for n in range(20)]
    catalog = catalog_of(forces=forces, incidents=incidents)
    view = View(date(2026, 2, 1), date(2026, 2, 28), by="force")
    nodes = list(trends_panel(on_view(catalog, view)).nodes)
    assert len(attributes(nodes, "plot")) == MOST_CHARTS
    assert "and 8 more with fewer or none, in the copied text" in texts_of(nodes)


def test_without_sites_the_page_opens_with_it_and_says_nothing_of_who_holds_what(few, texts_of) -> None:
    shown = page(on_view(few, default_view(few)), [])
    name, document = list(shown["parts"].items())[-1]
    assert name == "trends"
    assert "3 incidents in these dates." in texts_of(document["nodes"])
    assert "changed hands" not in " ".join(texts_of(document["nodes"]))
    # Of a view that was made without its data's panels, too.
    assert [*page(on_view(few, View(date(2026, 2, 2), date(2026, 2, 5))), [])["parts"]][-1] == "trends"


def test_it_follows_the_window_by_documents(few) -> None:
    view, _ = read_view({"from": ["2026-02-02"], "to": ["2026-02-03"]}, few)
    nodes = page(on_view(few, view), [])["parts"]["trends"]["nodes"]
    assert any("2 incidents in these dates." in str(node) for node in nodes)


def test_where_nothing_counts_it_says_so(few, texts_of) -> None:
    nodes = list(trends_panel(on_view(few, View(date(2026, 3, 1), date(2026, 3, 2)))).nodes)
    assert "No incident on view lies wholly within these dates. Widen them, or clear a filter." in texts_of(nodes)
