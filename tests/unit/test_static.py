import re

import pytest

from components import static

FILES = list(static.assets().values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_asset_has_an_address_elsewhere(file) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "").replace("/^https?:\\/\\//", "")
    assert not re.search(r"https?://|url\(\s*['\"]?//|from ['\"]//", text)


def test_an_address_changes_with_a_files_content_and_with_its_name(tmp_path, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(static, "HERE", tmp_path)
    for name, text in (("a.js", "1"), ("a.js", "2"), ("b.js", "2")):
        folder = tmp_path / f"{name}{text}"
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        monkeypatch.setattr(static, "FOLDERS", {"map": folder})
        static.root.cache_clear()
        seen.append(static.address("map"))
    static.root.cache_clear()
    assert len(set(seen)) == 3
    assert all(re.fullmatch(r"assets/[0-9a-f]{12}/map/assets", one) for one in seen)


def test_an_asset_has_the_path_that_it_has_on_the_disk() -> None:
    assert static.assets()["map/assets/time/days.js"].parts[-4:] == ("map", "assets", "time", "days.js")
