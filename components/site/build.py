"""`laydown build`: a data folder as a static site, for GitHub Pages, a static Space, S3 or a memory stick."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from components.catalog.catalog import Catalog
from components.export.atom import FEED, feed_of
from components.export.jsonld import dataset_node, download, script_of
from components.export.open_graph import LinkPreview, link_preview
from components.export.sitemap import SITEMAP, sitemap_of
from components.panels.elements import Node, el
from components.panels.method import method
from components.picture.picture import PREVIEW, thumbnail
from components.site.downloads import Download, tables, whole
from components.site.files import json_bytes
from components.site.folder import MARKER
from components.site.map_page import INDEX, map_files
from components.site.page_html import CONTENTS, ICON, METHOD, feed_link, icon_link, page_html, way_of
from components.site.pages import Page, pages
from components.site.periods import periods
from components.static import FOLDERS
from components.view.extent import FIRST_DAY, LAST_DAY
from components.view.on_view import OnView, on_view
from components.view.view import View, default_view

WIDTH: Final = 500
"""How wide pictures are, in pixels."""
SITE_WIDTH: Final = 400
"""The same of the many that are of sites."""
OPENING: Final = "pictures/opening.webp"
WEBP: Final = "image/webp"
FEED_ENTRIES: Final = 20
KINDS: Final = {"period": "Periods", "year": "Years", "briefing": "Briefings", "site": "Sites"}
"""The headings of the contents."""


def site_files(catalog: Catalog, url: str = "") -> Mapping[str, bytes]:
    """Return all files of the site by their paths, the same for the same data.

    ``url`` is its public address, with a slash at its end. Where it is "", not known, what must tell whole addresses is
    left out: the feed, the sitemap, and the pictures in link previews.
    """
    return dict(_Site(catalog, url).files())


def left_out(url: str) -> str:
    """Return what a site without a public address has not, in a sentence; "" where it has one."""
    return "" if url else f"Without --url it has no {FEED}, no {SITEMAP} and no pictures in link previews."


def sizes(files: Mapping[str, bytes]) -> Mapping[str, int]:
    """Return how many bytes each part of the site takes, the largest first."""
    found: dict[str, int] = {}
    for name, body in files.items():
        part = name.partition("/")[0] if "/" in name else "the rest"
        found[part] = found.get(part, 0) + len(body)
    return dict(sorted(found.items(), key=lambda one: -one[1]))


@dataclass(frozen=True, slots=True)
class _Site:
    """A catalog as a site at an address, "" where that is not known."""

    catalog: Catalog
    url: str

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files with their paths."""
        catalog, url = self.catalog, self.url
        everything, written = whole(catalog, url), list(pages(catalog))
        opening = on_view(catalog, default_view(catalog))
        yield OPENING, thumbnail(opening, WIDTH)
        yield from self._map(opening, everything)
        for file in everything:
            yield file.name, file.body
        for page in written:
            yield from self._page(page)
        yield CONTENTS, self._contents(written, everything)
        if catalog.method:
            article: Any = method(opening).nodes[0]
            _, _, _, *sections = article  # its tag, its attributes, its head
            yield METHOD, self._plain(METHOD, "How we know", [("method", sections)])
        if url:
            yield FEED, feed_of(catalog, View(FIRST_DAY, LAST_DAY), url, most=FEED_ENTRIES)
            yield SITEMAP, sitemap_of(catalog, [url, *(f"{url}{page.page}" for page in written)])
        sitemap = [f"Sitemap: {url}{SITEMAP}"] if url else []
        yield "robots.txt", "\n".join(["User-agent: *", "Allow: /", *sitemap, ""]).encode()
        yield ".nojekyll", b""  # GitHub Pages serves the files as they are
        yield MARKER, json_bytes({"data": catalog.version})

    def _map(self, opening: OnView, everything: Sequence[Download]) -> Iterator[tuple[str, bytes]]:
        catalog, url = self.catalog, self.url
        card = self._card(opening.view, "", OPENING, WIDTH)
        node = dataset_node(catalog, url, self._downloads(everything))
        head = Markup("\n").join([icon_link(""), card.meta(), *([feed_link("")] if url else []), script_of(node)])
        yield from map_files(catalog, periods(catalog), head, card.title).items()
        yield "assets/page.css", (FOLDERS["site"] / "page.css").read_bytes()
        yield ICON, (FOLDERS["ui"] / "icon.svg").read_bytes()

    def _page(self, page: Page) -> Iterator[tuple[str, bytes]]:
        catalog = self.catalog
        width = SITE_WIDTH if page.kind == "site" else WIDTH
        picture = f"pictures/{page.name}.webp"
        files = tables(page.asked, f"files/{page.name}.zip", self.url) if page.own_files else []
        card = self._card(page.asked.view, page.page, picture, width)
        html = page_html(
            catalog,
            title=page.title,
            about=page.about,
            card=replace(card, title=f"{page.title}, {catalog.dataset.title}", description=page.about),
            node=self._node(page, files),
            sections=page.sections,
            way=way_of(catalog, page.asked.view, page.page),
            picture=picture,
            on_map=f"{INDEX}{page.link}",
            files=files,
            everything=True,
            fed=bool(self.url),
        )
        yield page.page, html
        yield picture, thumbnail(page.pictured, width)
        for file in files:
            yield file.name, file.body

    def _contents(self, written: Sequence[Page], everything: Sequence[Download]) -> bytes:
        """Return the page that lists all others, and the files of all the data."""
        lists: list[Node] = []
        for kind, heading in KINDS.items():
            found = [page for page in written if page.kind == kind]
            items = [el("li", {}, el("a", {"page": page.page}, page.title), *_beside(page)) for page in found]
            lists += [el("h2", {}, heading), el("ul", {"class": "pages"}, *items)] if items else []
        return self._plain(CONTENTS, "Contents", [("pages", lists)], everything)

    def _plain(
        self, name: str, title: str, sections: Sequence[tuple[str, Sequence[Node]]], files: Sequence[Download] = ()
    ) -> bytes:
        """Return a page at the site's root that is of no view."""
        view = default_view(self.catalog)
        card = self._card(view, name, OPENING, WIDTH)
        return page_html(
            self.catalog,
            title=title,
            about="",
            card=replace(card, title=f"{title}, {self.catalog.dataset.title}"),
            node=None,
            sections=sections,
            way=way_of(self.catalog, view, name, root=""),
            files=files,
            root="",
            fed=bool(self.url),
        )

    def _card(self, view: View, page: str, picture: str, width: int) -> LinkPreview:
        """Return a page's link preview; address and picture only where the site's own address is known."""
        card = link_preview(self.catalog, view)
        if not self.url:
            return card
        size = (width, round(width * PREVIEW[1] / PREVIEW[0]))
        return replace(card, address=f"{self.url}{page}", picture=f"{self.url}{picture}", form=WEBP, size=size)

    def _downloads(self, files: Sequence[Download]) -> list[dict[str, str]]:
        """Return files for search engines, which want whole addresses."""
        return [download(f"{self.url}{file.name}", file.media_type, file.label) for file in files if self.url]

    def _node(self, page: Page, files: Sequence[Download]) -> dict[str, Any]:
        """Return what a page is of, for search engines."""
        of = dataset_node(self.catalog, self.url, [])
        whole_data = {key: of[key] for key in ("@type", "@id", "name") if key in of}
        address = {"@id": f"{self.url}{page.page}", "url": f"{self.url}{page.page}"} if self.url else {}
        node: dict[str, Any] = {"@context": of["@context"], **page.node, **address}
        node |= {"subjectOf" if node["@type"] == "Place" else "isPartOf": whole_data}
        if node["@type"] == "Dataset":
            node |= {"license": of.get("license"), "distribution": self._downloads(files)}
        return {key: value for key, value in node.items() if value not in (None, "", [])}


def _beside(page: Page) -> list[Node]:
    return [] if page.kind == "site" else [" ", el("span", {"class": "quiet small"}, page.about)]
