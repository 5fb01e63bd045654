"""A page that is written beforehand, as HTML."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup

from components.catalog.catalog import Catalog
from components.export.atom import FEED
from components.export.jsonld import script_of
from components.export.open_graph import LinkPreview
from components.panels.elements import EXPLAIN, SELECT, Node
from components.site.downloads import Download
from components.site.html import Way, element, html_of
from components.view.record import age_text
from components.view.view import View, write_query

POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The pages' Content-Security-Policy: their own style and pictures, and no script at all."""
ROOT: Final = "../"
"""From a page in a folder to the site's root."""
METHOD: Final = "method.html"
CONTENTS: Final = "contents.html"
ICON: Final = "assets/icon.svg"


def way_of(catalog: Catalog, view: View, own: str, root: str = ROOT) -> Way:
    """Return where what is pressed on the served page leads from a page: ``own`` is its address, ``view`` its dates."""
    dates = write_query(View(view.start, view.end), catalog)

    def way(verb: str, name: str) -> str:
        kind, _, id_ = name.partition(":")
        if verb == SELECT and kind == "site":
            address = f"sites/{id_}.html"
            return "" if address == own else f"{root}{address}"
        if verb == SELECT:
            return f"{root}index.html?{urlencode({**dates, 'sel': [name]}, doseq=True, safe='/:')}"
        if verb == EXPLAIN:
            return f"{root}{METHOD}#{name}" if name and own != METHOD else ""
        return f"{root}briefings/{name.partition('/')[0]}.html" if verb == "step" else ""

    return way


def page_html(
    catalog: Catalog,
    *,
    title: str,
    about: str,
    card: LinkPreview,
    node: Mapping[str, Any] | None,
    sections: Sequence[tuple[str, Sequence[Node]]],
    way: Way,
    picture: str = "",
    on_map: str = "index.html",
    files: Sequence[Download] = (),
    everything: bool = False,
    root: str = ROOT,
    fed: bool = False,
) -> bytes:
    """Return a page; addresses in it are relative, of files by their names from the site's root ``root``.

    ``everything``: it leads to the files of all the data, too. ``fed``: the site has a feed.
    """
    dataset = catalog.dataset
    width, height = card.size
    body = [
        element(
            "header",
            {},
            element("a", {"href": f"{root}index.html"}, dataset.title)
            + element("nav", {"aria-label": "Site"}, _links(root)),
        ),
        element(
            "main",
            {},
            Markup("\n").join(
                [
                    element("h1", {}, title),
                    element("p", {"class": "quiet"}, about) if about else Markup(""),
                    element("p", {}, element("a", {"href": f"{root}{on_map}", "class": "on-map"}, "Open on the map")),
                    Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
                        f"{root}{picture}", f"Map: {title}", width, height
                    )
                    if picture
                    else Markup(""),
                    *(element("section", {"id": id_}, html_of(nodes, way)) for id_, nodes in sections),
                    _files(files, root, everything),
                ]
            ),
        ),
        element("footer", {}, _terms(catalog)),
    ]
    head = [
        Markup('<meta charset="utf-8">'),
        Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(POLICY),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        icon_link(root),
        element("title", {}, f"{card.title} · Laydown"),
        card.meta(),
        *(
            Markup('<link rel="stylesheet" href="{}assets/{}.css">').format(root, name)
            for name in ("documents", "page")
        ),
        Markup('<link rel="canonical" href="{}">').format(card.address) if card.address else Markup(""),
        feed_link(root) if fed else Markup(""),
        script_of(node) if node else Markup(""),
    ]
    document = Markup(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n{}\n</head>\n<body class="laydown">\n{}\n</body>\n</html>\n'
    )
    return str(document.format(_lines(head), _lines(body))).encode()


def icon_link(root: str) -> Markup:
    """Return the head's link to the site's icon."""
    return Markup('<link rel="icon" type="image/svg+xml" href="{}{}">').format(root, ICON)


def feed_link(root: str) -> Markup:
    """Return the head's link to the feed."""
    return Markup('<link rel="alternate" type="application/atom+xml" title="Newest rows" href="{}{}">').format(
        root, FEED
    )


def _lines(parts: Sequence[Markup]) -> Markup:
    return Markup("\n").join(part for part in parts if part)


def _links(root: str) -> Markup:
    ways = ((f"{root}index.html", "Map"), (f"{root}{CONTENTS}", "Contents"), (f"{root}{METHOD}", "How we know"))
    return Markup(" ").join(element("a", {"href": address}, text) for address, text in ways)


def _files(files: Sequence[Download], root: str, everything: bool) -> Markup:
    """Return the list of a page's files; ``everything``: and the way to those of all the data."""
    items = [
        element("li", {}, element("a", {"href": f"{root}{file.name}"}, file.label) + f" ({_size(len(file.body))})")
        for file in files
    ]
    if everything:
        link = element("a", {"href": f"{root}{CONTENTS}#files"}, "Excel, KML, GeoJSON, CSV")
        items.append(element("li", {}, Markup("All the data: ") + link))
    if not items:
        return Markup("")
    listed = element("ul", {"class": "files"}, Markup("").join(items))
    return element("section", {"id": "files"}, element("h2", {}, "Files") + listed)


def _size(number: int) -> str:
    return f"{max(1, round(number / 1000)):,} kB"


def _terms(catalog: Catalog) -> Markup:
    dataset = catalog.dataset
    said = (age_text(catalog), dataset.licence, f"data {catalog.version}")
    return element("p", {}, " · ".join(part for part in said if part))
