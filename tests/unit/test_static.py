import re

from components import static
from components.web.page_head import STYLES

FILES = list(static.assets().values())


def test_no_asset_has_an_address_elsewhere() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        text = text.replace("http://www.w3.org/2000/svg", "").replace("/^https?:\\/\\//", "")
        assert not re.search(r"https?://|url\(\s*['\"]?//|from ['\"]//", text), file


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


def test_the_bundled_sheets_hold_every_style_sheet_once_but_those_that_are_fetched_apart() -> None:
    files = {name for name in static.assets() if name.endswith(".css")}
    parts = [part for parts in static.SHEETS.values() for part in parts]
    assert len(parts) == len({*parts})
    apart = {"map/assets/embed/embed.css", "panels/assets/sheet.css", "panels/assets/chart.css"}
    apart |= {f"ui/assets/{name}" for name in STYLES}
    apart |= {name for name in files if name.startswith("site/")}
    assert {*parts} == files - apart
    for name, parts_of in static.SHEETS.items():
        assert all((static.HERE / part).read_bytes() in static.sheets()[name] for part in parts_of)
