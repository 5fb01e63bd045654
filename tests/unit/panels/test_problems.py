"""The page's Problems: what is alike in many rows stands there once."""

from components.catalog.served import open_catalog
from components.panels.problems import problems
from components.view.on_view import on_view
from components.view.view import default_view

HERE = {"lat": "34", "lon": "38"}


def test_the_same_problem_in_many_rows_is_one_item_with_its_count(folder, texts_of) -> None:
    good = {"id": "good", **HERE}
    catalog = open_catalog(folder(incidents=[good, *({"id": f"{n}.0", **HERE} for n in range(1000))]))
    assert len(catalog.problems) == 1000
    nodes = list(problems(on_view(catalog, default_view(catalog))).nodes)
    texts = texts_of(nodes)
    assert texts[0] == "1,000 problems in the data"
    assert texts.count("'0.0' is not a valid id") == 1
    [more] = [text for text in texts if "more like it" in text]
    assert more.startswith("And 999 more like it, on lines 4, 5, 6, 7, 8 and 994 others; of '1.0', ")
    assert len(nodes[1][2:]) == 1
