"""What lies under the rows, read from a data folder."""

import json

import pytest

from components.catalog.basemap import LAYERS, read_basemap, with_basemap
from components.catalog.catalog import ChangedError


def test_the_curated_basemap_has_all_layers_and_can_be_read(root) -> None:
    basemap = with_basemap(root / "data", read_basemap)
    assert list(basemap.layers) == list(LAYERS)
    assert basemap.unreadable == ()
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


def test_a_folder_without_a_basemap_has_an_empty_one(tmp_path) -> None:
    assert with_basemap(tmp_path, read_basemap).layers == {}
    assert with_basemap(tmp_path / "nowhere", read_basemap).labels == ()


def test_while_its_files_change_it_is_read_again(tmp_path) -> None:
    path, read = tmp_path, []

    def make(folder, found) -> int:
        read.append(found)
        if len(read) == 2:
            return len(read)
        (folder / "basemap").mkdir()
        (folder / "basemap/land.geojson").write_text('{"features": []}', encoding="utf-8")
        read_basemap(folder, (*found, ("changed", 0, 0, 0)))
        return 0

    assert with_basemap(path, make) == 2
    assert len(read[1]) == len(read[0]) + 1, "the new file is seen the second time"


def test_a_change_while_it_is_read_is_an_error(tmp_path) -> None:
    path = tmp_path
    with pytest.raises(ChangedError):
        read_basemap(path, (("gone", 0, 0, 0),))
