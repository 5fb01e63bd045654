"""What lies under the rows, read from a data folder."""

import json

import pytest

from components.catalog.basemap import Label, read_basemap, with_basemap
from components.catalog.catalog import ChangedError


def test_the_curated_basemap_has_all_layers_and_can_be_read(root) -> None:
    basemap = with_basemap(root / "data", read_basemap)
    assert list(basemap.layers) == ["land", "lakes", "rivers", "governorates", "borders"]
    assert basemap.unreadable == ()
    assert not basemap.world
    assert basemap.labels[0].kind == "country"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"features": 1}', '{"features": [NaN]}'])
def test_a_broken_layer_is_left_out_and_named(tmp_path, text: str) -> None:
    path = tmp_path
    (path / "basemap").mkdir()
    (path / "basemap/land.geojson").write_text(text, encoding="utf-8")
    (path / "basemap/rivers.geojson").write_text(json.dumps({"features": []}), encoding="utf-8")
    basemap = with_basemap(path, read_basemap)
    assert basemap.layers == {"rivers": {"features": []}}
    [told] = basemap.unreadable
    assert told.startswith("basemap/land.geojson: ")


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_a_folder_without_a_basemap_has_the_worlds(tmp_path, folder: str) -> None:
    basemap = with_basemap(tmp_path / folder, read_basemap)
    assert basemap.world
    assert list(basemap.layers) == ["land", "lakes", "borders", "disputed"]
    assert {"country", "town"} == {label.kind for label in basemap.labels}
    assert basemap.unreadable == ()


def test_where_no_layer_can_be_read_there_is_the_world_and_it_is_said(tmp_path) -> None:
    (tmp_path / "basemap").mkdir()
    (tmp_path / "basemap/land.geojson").write_text("{", encoding="utf-8")
    basemap = with_basemap(tmp_path, read_basemap)
    assert basemap.world
    assert len(basemap.unreadable) == 1


GAZETTEER = "id,name,aliases,kind,country,admin1,lat,lon,precision,radius_km,population,source\n"
MALI = "ml,Mali,مالي,country,Mali,,17.5,-4,country,,,curated\n"
GAO = "gao,Gao,,town,Mali,Gao,16.27,-0.04,town,,90000,geonames\n"


def name(text: str, **more) -> dict:
    return {"properties": {"name": text, "kind": "town", **more}, "geometry": {"type": "Point", "coordinates": [1, 2]}}


def write_own(folder, gazetteer: str, names: list) -> None:
    (folder / "basemap").mkdir()
    (folder / "basemap/land.geojson").write_text(json.dumps({"features": []}), encoding="utf-8")
    (folder / "basemap/names.geojson").write_text(json.dumps({"features": names}), encoding="utf-8")
    (folder / "gazetteer.csv").write_text(GAZETTEER + gazetteer, encoding="utf-8")


def test_names_are_the_gazetteers_and_those_that_it_does_not_know(tmp_path) -> None:
    write_own(tmp_path, MALI + GAO, [name("gao", population=5), name("Ansongo", population=100_000)])
    labels = with_basemap(tmp_path, read_basemap).labels
    assert [label.name for label in labels] == ["Mali", "Ansongo", "Gao"]
    assert labels[1] == Label("Ansongo", "", "town", 2.0, 1.0, 100_000)


def test_a_folder_that_names_no_country_has_the_worlds_countries_and_only_its_own_towns(tmp_path) -> None:
    write_own(tmp_path, GAO, [])
    labels = with_basemap(tmp_path, read_basemap).labels
    assert labels[0].name == "China"
    assert [label.name for label in labels if label.kind != "country"] == ["Gao"]


@pytest.mark.parametrize("names", [[1], [{}], [{"properties": {}, "geometry": {"coordinates": [1, 2]}}]])
def test_names_that_are_none_are_left_out_and_told(tmp_path, names: list) -> None:
    write_own(tmp_path, MALI, names)
    basemap = with_basemap(tmp_path, read_basemap)
    assert [label.name for label in basemap.labels] == ["Mali"]
    [told] = basemap.unreadable
    assert told.startswith("basemap/names.geojson: ")


def test_while_its_files_change_it_is_read_again(tmp_path) -> None:
    path, read = tmp_path, []
    (path / "basemap").mkdir()
    (path / "basemap/lakes.geojson").write_text('{"features": []}', encoding="utf-8")

    def make(folder, found) -> int:
        read.append(found)
        if len(read) == 2:
            return len(read)
        (folder / "basemap/land.geojson").write_text('{"features": []}', encoding="utf-8")
        read_basemap(folder, (*found, ("changed", 0, 0, 0)))
        return 0

    assert with_basemap(path, make) == 2
    assert len(read[1]) == len(read[0]) + 1, "the new file is seen the second time"


def test_a_change_while_it_is_read_is_an_error(tmp_path) -> None:
    path = tmp_path
    with pytest.raises(ChangedError):
        read_basemap(path, (("gone", 0, 0, 0),))
