"""Why there is nothing to show: said in the same words on the page, at the map, in health and by the command."""

import pytest

from components.catalog.served import open_catalog
from components.cli import main
from components.map.folium_map import PostureMap, served
from components.map.payload import basemap_payload, rows_payload
from components.view.absence import absence

REQUIRED = "sources.csv, forces.csv, kinds.csv, sites.csv and incidents.csv"
SITE = {"id": "base"}
CASES = {
    "nowhere": "the data folder does not exist",
    "a file": "the data folder does not exist",
    "bare": f"the data folder has no {REQUIRED}",
    "no sources": "the data folder has no sources.csv",
    "refused": "no row of the data folder can be used",
    "headers": "the data folder's tables have no rows",
    "a site": None,
}


@pytest.fixture(params=CASES)
def case(request, folder, tmp_path):
    """A data folder, and why it has nothing to show."""
    made = {
        "nowhere": lambda: tmp_path / "nowhere",
        "a file": lambda: tmp_path / "file",
        "bare": lambda: tmp_path,
        "no sources": lambda: folder(sites=[SITE]),
        "refused": lambda: folder(sites=[{**SITE, "lat": "north"}]),
        "headers": folder,
        "a site": lambda: folder(sites=[SITE]),
    }[request.param]()
    if request.param == "a file":
        made.write_text("", encoding="utf-8")
    if request.param == "no sources":
        (made / "sources.csv").unlink()
    return made, CASES[request.param]


def test_a_folder_with_nothing_to_show_tells_why_and_what_to_do(case, capsys) -> None:
    path, why = case
    catalog = open_catalog(path)
    nothing = absence(catalog)
    figure = PostureMap(catalog, served(rows_payload(catalog), basemap_payload(path)))
    at_the_map = next(iter(figure._children.values())).config
    main(["check", "--data", str(path)])
    said = capsys.readouterr().out
    if why is None:
        assert nothing is None
        assert '"nothing":""' in at_the_map
        assert "no data" not in said
        return
    assert nothing is not None
    assert nothing.why == f"There is no data: {why}."
    assert "LAYDOWN_DATA" in nothing.mend
    assert "uv run laydown check" in nothing.mend
    assert str(path) not in str(nothing), "where it lies is nobody's business but its owner's"
    assert f"There is no data: {why.split(chr(39))[0]}" in at_the_map
    assert f"{path}: {nothing.why}" in said
