import re

import pytest

from components.static import FOLDERS, address

FILES = [file for folder in FOLDERS.values() for file in sorted(folder.iterdir())]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_asset_has_an_address_elsewhere(file) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "").replace("/^https?:\\/\\//", "")
    assert not re.search(r"https?://|url\(\s*['\"]?//|from ['\"]//", text)


def test_an_address_changes_with_a_files_content_and_with_its_name(tmp_path, monkeypatch) -> None:
    seen = []
    for name, text in (("a.js", "1"), ("a.js", "2"), ("b.js", "2")):
        folder = tmp_path / f"{name}{text}"
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        monkeypatch.setitem(FOLDERS, "map", folder)
        address.cache_clear()
        seen.append(address("map"))
    address.cache_clear()
    assert len(set(seen)) == 3
    assert all(re.fullmatch(r"assets/map-[0-9a-f]{12}", one) for one in seen)
