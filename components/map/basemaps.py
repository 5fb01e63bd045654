"""The online basemaps a visitor may choose, and the hosts they come from. Nothing asks one until it is chosen."""

import os
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final, Literal
from urllib.parse import quote, urlsplit

from xyzservices import TileProvider, providers

CARTO_KEY: Final = "LAYDOWN_CARTO_KEY"
"""The environment's variable with the server's key for CARTO, which stamps its tiles "API key required" without one
(since August 2026, https://carto.com/basemaps/apikey/). Browsers see it: a key is limited by domain, not secret."""
DEEPEST: Final = 17
"""The zoom up to which tiles are asked for where the table of xyzservices does not say."""


@dataclass(frozen=True, slots=True)
class Online:
    """A basemap of tiles from elsewhere."""

    slug: str
    """As in the link (view.py's BASES)."""
    label: str
    provider: TileProvider
    tone: Literal["light", "dark"]
    """What lies on it is drawn in this theme's colours."""
    key: str = ""
    """The environment's variable with the key that the provider asks for; "" for none."""

    def config(self) -> dict[str, Any]:
        """Return what map/assets/draw/basemap.js makes a tile layer of."""
        address = self.provider.url.replace("{variant}", self.provider.get("variant", ""))
        return {
            "slug": self.slug,
            "label": self.label,
            "tone": self.tone,
            "url": address.replace("{apikey}", quote(os.environ.get(self.key, ""), safe="")),
            "subdomains": self.provider.get("subdomains", "abc"),
            "deepest": min(self.provider.get("max_zoom", DEEPEST), 19),
            "attribution": attribution(self.provider.html_attribution),
        }

    def hosts(self) -> tuple[str, ...]:
        """Return where the tiles come from, each as ``https://host``."""
        address = urlsplit(self.provider.url)
        pattern = f"{address.scheme}://{address.netloc}"
        names = self.provider.get("subdomains", "abc") if "{s}" in pattern else "-"
        return tuple(pattern.replace("{s}", name) for name in names)


ONLINE: Final = (
    Online("osm", "OpenStreetMap", providers.OpenStreetMap.Mapnik, "light"),
    Online("carto-positron", "Carto Positron", providers.CartoDB.Positron, "light", CARTO_KEY),
    Online("carto-dark-matter", "Carto Dark Matter", providers.CartoDB.DarkMatter, "dark", CARTO_KEY),
    Online("esri-imagery", "Satellite (Esri)", providers.Esri.WorldImagery, "dark"),
    Online("opentopomap", "OpenTopoMap", providers.OpenTopoMap, "light"),
)


def offered() -> tuple[Online, ...]:
    """Return the basemaps that this server can offer: those that ask for a key only where it has one."""
    return tuple(base for base in ONLINE if not base.key or os.environ.get(base.key))


def tile_hosts() -> tuple[str, ...]:
    """Return every host that an offered basemap asks, for the page's content security policy."""
    return tuple(dict.fromkeys(host for base in offered() for host in base.hosts()))


def attribution(markup: str) -> list[tuple[str, str]]:
    """Return an attribution's text in parts, each with the https address it links to ("" for none)."""
    reader = _Attribution()
    reader.feed(markup)
    reader.close()
    return reader.parts


class _Attribution(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") or ""
        self._link = link if tag == "a" and link.startswith(("https://", "http://")) else ""

    def handle_endtag(self, _: str) -> None:
        self._link = ""

    def handle_data(self, data: str) -> None:
        self.parts.append((data, self._link))
