import re

import pytest

from components.map.basemaps import CARTO_KEY, ONLINE, attribution, offered, tile_hosts
from components.view.view import BASES


def test_the_links_basemaps_are_the_built_in_one_and_those_of_the_table() -> None:
    assert [base.slug for base in ONLINE] == list(BASES[1:])


@pytest.mark.parametrize("base", ONLINE, ids=lambda base: base.slug)
def test_a_basemap_has_an_address_a_tone_and_an_attribution(base) -> None:
    config = base.config()
    assert config["url"].startswith("https://")
    assert set(re.findall(r"{(\w+)}", config["url"])) <= {"s", "x", "y", "z", "r"}
    assert config["tone"] in ("light", "dark")
    assert "©" in "".join(text for text, _ in config["attribution"])
    assert {"<", "&copy;"}.isdisjoint("".join(text for text, _ in config["attribution"]))


@pytest.mark.parametrize("base", ONLINE, ids=lambda base: base.slug)
def test_a_basemaps_hosts_are_those_of_its_address(base) -> None:
    config = base.config()
    asked = {config["url"].replace("{s}", name).split("/")[2] for name in config["subdomains"]}
    assert {host.removeprefix("https://") for host in base.hosts()} == asked


def test_a_basemap_that_asks_for_a_key_is_offered_where_the_server_has_one(monkeypatch) -> None:
    monkeypatch.delenv(CARTO_KEY, raising=False)
    assert [base.slug for base in offered()] == ["osm", "esri-imagery", "opentopomap"]
    assert not [host for host in tile_hosts() if "carto" in host]
    monkeypatch.setenv(CARTO_KEY, "a&b")
    assert offered() == ONLINE
    assert "https://a.basemaps.cartocdn.com" in tile_hosts()
    addresses = [base.config()["url"] for base in ONLINE if base.key]
    assert [url.endswith("?key=a%26b") for url in addresses] == [True, True]


def test_each_host_is_named_once() -> None:
    assert len(set(tile_hosts())) == len(tile_hosts())


def test_an_attribution_is_read_as_text_and_links_not_as_markup() -> None:
    markup = "&copy; <a href='https://osm.org/c'>OSM</a> &amp; <b>more</b><a href='javascript:alert(1)'>x</a>"
    assert attribution(markup) == [
        ("© ", ""),
        ("OSM", "https://osm.org/c"),
        (" & ", ""),
        ("more", ""),
        ("x", ""),
    ]
