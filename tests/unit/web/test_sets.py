"""Several data sets on one server: each answers under its name, and a broken one takes no other down."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.catalog import load
from components.catalog.sets import chosen_folder, data_sets, set_name
from components.view.view import default_view, read_view, write_query
from components.web.server import middleware, routes


@pytest.fixture
def sets(folder, tmp_path, monkeypatch) -> dict[str, Path]:
    """Two data sets and a broken one, in the environment."""
    paths = {}
    for name, title in (("first", "First set"), ("Second set", "Second set")):
        paths[name] = tmp_path / name
        folder(f'title = "{title}"\n', sites=[{"id": name[0].lower()}]).rename(paths[name])
    paths["broken"] = tmp_path / "broken"
    monkeypatch.setenv("LAYDOWN_DATA", ":".join(map(str, paths.values())))
    return paths


@pytest.fixture
def client(sets) -> TestClient:
    return TestClient(Starlette(routes=routes(chosen_folder), middleware=middleware(chosen_folder)))


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("", {"data": None}),
        ("/a/one", {"one": "/a/one"}),
        ("/a/one:/b/two", {"one": "/a/one", "two": "/b/two"}),
        ("/a/one:/b/one:/a/one", {"one": "/a/one", "one-2": "/b/one"}),
        (" /a/Syria & Iraq :", {"syria-iraq": "/a/Syria & Iraq"}),
    ],
)
def test_folders_are_named_by_themselves(monkeypatch, named: str, expected: dict[str, str | None]) -> None:
    monkeypatch.setenv("LAYDOWN_DATA", named)
    found = data_sets()
    assert list(found) == list(expected)
    assert all(path is None or found[name] == Path(path) for name, path in expected.items())


def test_links_name_every_set_but_the_first(sets) -> None:
    for path, expected in ((sets["first"], {}), (sets["Second set"], {"set": ["second-set"]})):
        catalog = load(path)
        query = write_query(default_view(catalog), catalog)
        assert query == expected
        assert read_view(query, catalog) == (default_view(catalog), [])
    assert set_name(sets["first"].parent) == ""


def test_a_set_that_is_not_there_is_told(sets) -> None:
    _, notices = read_view({"set": ["third"]}, load(sets["first"]))
    assert notices == ["The link's set “third” is not known here, so it is ignored."]


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("embed?set={}", "title"),
        ("feed.atom?set={}", "title"),
        ("api/v1/sites?set={}", "title"),
        ("brief.txt?set={}", "link"),
        ("export/incidents.csv?set={}", "rows"),
    ],
)
def test_each_set_is_answered_under_its_name(client, path: str, holds: str) -> None:
    first, second = (client.get("/" + path.format(name)) for name in ("first", "second-set"))
    assert first.status_code == second.status_code == 200, (first.text, second.text)
    if holds == "title":
        assert "First set" in first.text
        assert "Second set" in second.text
        assert "First set" not in second.text
    if holds == "link":
        assert "set=second-set" in second.text
        assert "set=" not in first.text


def test_rows_are_found_by_their_content_alone(client, sets) -> None:
    from components.map.payload import rows_payload

    for name in ("first", "Second set"):
        address = f"/map/{rows_payload(load(sets[name])).name}.json"
        assert client.get(address).status_code == 200


def test_a_broken_set_takes_no_other_down(client) -> None:
    assert client.get("/embed?set=broken").status_code == 200  # says that there is no data
    assert client.get("/readyz?set=broken").status_code == 503
    assert client.get("/readyz").status_code == 200
    assert client.get("/embed?set=second-set").status_code == 200
