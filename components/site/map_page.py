"""The map of a static site: its page, and the scripts, styles and data that it loads."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup
from xstatic.pkg import leaflet

from components.catalog.catalog import Catalog
from components.catalog.records import records
from components.map.bundle import bundled
from components.map.embed import STYLE, PageConfig, Shape, map_page
from components.map.folium_map import Addresses
from components.map.payload import basemap_payload, incident_texts, rows_payload
from components.panels.briefing import step_card
from components.panels.card import cards
from components.panels.elements import Node
from components.panels.history import axis_of
from components.panels.method import method
from components.panels.sidebar import NONE_CALLED
from components.panels.sources import all_sources
from components.site.files import held, holder, json_bytes
from components.site.home import OWN_PAGE, home, nearest
from components.site.periods import Period
from components.site.reader import link_reader, step_names
from components.site.standing import STANDING, standing
from components.static import FOLDERS, HERE, sheets
from components.view.as_known import presence_at
from components.view.briefings import find_step
from components.view.extent import extent
from components.view.facets import FACETS, Option, ranked
from components.view.on_view import OnView, on_view
from components.view.view import View, default_view

INDEX: Final = "index.html"
ENTRIES: Final = ("map/assets/start.js", "map/assets/embed/embed.js", "site/assets/site.js")
"""The modules whose exports the page's script has."""
DOCUMENT_SHEETS: Final = ("elements", "card", "panels", "trends", "briefing", "sheet")
"""Of panels/assets, the style sheets of what is told beside the map, each overriding those before it."""
POLICY: Final = (
    "default-src 'none'; script-src 'self' {script}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src data:; font-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The page's Content-Security-Policy: its own files, and nothing of another host."""


def map_files(catalog: Catalog, periods: Sequence[Period], head: Markup, title: str) -> dict[str, bytes]:
    """Return the files of the map by their names: the page, which has ``head`` in its head, and all that it loads."""
    view = default_view(catalog)
    rows = rows_payload(catalog)
    texts = incident_texts(catalog, range(len(catalog.incidents)))
    everything = on_view(catalog, View(*extent(catalog)))
    data = {
        **{f"data/{ending}.js": part.body for ending, part in rows.parts.items()},
        "data/texts.js": json_bytes(texts),
        "data/basemap.js": basemap_payload(catalog.folder).parts["json"].body,
        "data/site.js": json_bytes(site_data(catalog, periods)),
        "data/cards.js": json_bytes(documents_data(everything)),
    }
    leaflet_folder, assets = Path(leaflet.BASE_DIR), FOLDERS["map"]
    documents = b"\n".join((FOLDERS["panels"] / f"{name}.css").read_bytes() for name in DOCUMENT_SHEETS)
    addresses = Addresses(
        scripts=(
            ("leaflet", "assets/leaflet.js"),
            ("modules", "assets/laydown.js"),
            ("laydown", "assets/boot.js"),
        ),
        styles=(
            ("leaflet_css", "assets/leaflet.css"),
            ("laydown_css", "assets/map.css"),
            ("site_css", "assets/site.css"),
        ),
        rows={**{ending: held(f"data/{ending}.js") for ending in rows.parts}, "texts": held("data/texts.js")},
        basemap=held("data/basemap.js"),
        online=False,
    )
    html, _ = map_page(
        catalog,
        view,
        Shape(),
        addresses,
        PageConfig(
            page="",
            sheets=["assets/documents.css"],
            addressed=True,
            policy=POLICY,
            title=title,
            meta=head,
            more={name: held(f"data/{name}.js") for name in ("site", "cards")},
        ),
    )
    return {
        INDEX: html.encode(),
        "assets/leaflet.js": (leaflet_folder / "leaflet.js").read_bytes(),
        "assets/leaflet.css": (leaflet_folder / "leaflet.css").read_bytes(),
        "assets/laydown.js": bundled(HERE, ENTRIES, classic=True).encode(),
        "assets/boot.js": (assets / "boot.js").read_bytes(),
        "assets/map.css": sheets()["map/assets/bundle.css"],
        "assets/site.css": b"\n".join(
            (assets / STYLE / f"{STYLE}.css", FOLDERS["site"] / "site.css")[n].read_bytes() for n in range(2)
        ),
        "assets/documents.css": documents,
        **{name: holder(name, body) for name, body in data.items()},
    }


def site_data(catalog: Catalog, periods: Sequence[Period]) -> dict[str, Any]:
    """Return what site.js reads its links with, and what it tells beside the map."""
    everything = on_view(catalog, View(*extent(catalog)))
    return {
        "reader": link_reader(catalog),
        "home": home(catalog, periods),
        "steps": {name: _step(catalog, name) for name in step_names(catalog)},
        "method": list(method(everything).nodes),
        "facets": [
            {
                "key": facet.key,
                "label": facet.label,
                "options": _options(listed.shown),
                "others": _options(listed.others),
                "unlisted": f"and {listed.unlisted:,} that are found by the search above" if listed.unlisted else "",
                "none": NONE_CALLED,
            }
            for facet in FACETS
            for listed in [ranked(facet.options(catalog), everything.selection.counts.get(facet.key, {}))]
        ],
        "periods": [
            {"name": one.name, "page": one.page, "start": one.days.start, "end": one.days.end} for one in periods
        ],
        "nearest": nearest(catalog),
        "own": OWN_PAGE,
    }


def _options(options: Sequence[Option]) -> list[dict[str, str]]:
    return [{"value": option.value, "label": option.label} for option in options]


def _step(catalog: Catalog, name: str) -> list[Node]:
    found = find_step(catalog, name)
    return [step_card(catalog, *found)] if found else []


def documents_data(everything: OnView) -> dict[str, Any]:
    """Return the cards of all rows, all sources, and how sites stand in any window; site.js shows them.

    A source, which many cards list, stands once in ``shared``; in the documents its number there is in its place.
    """
    shared: dict[str, int] = {}
    nodes: list[Node] = []

    def share(node: Any) -> Any:
        if not isinstance(node, list):
            return node
        if node[0] == "li" and node[1].get("class") == "source":
            number = shared.setdefault(repr(node), len(nodes))
            if number == len(nodes):
                nodes.append(node)
            return number
        return [*node[:2], *map(share, node[2:])]

    def shorter(document: Mapping[str, Any]) -> dict[str, Any]:
        return {**document, "nodes": [share(node) for node in document["nodes"]]}

    found = {row: shorter(document) for row, document in cards_data(everything).items()}
    sources = shorter(all_sources(everything.catalog).as_json())
    return {"cards": found, "sources": sources, "standing": standing(everything.catalog), "shared": nodes}


def cards_data(everything: OnView) -> Mapping[str, Any]:
    """Return the cards of all rows; a site's without the facts that depend on the window, with its history's days."""
    catalog = everything.catalog
    found: dict[str, Any] = {}
    for row, document in cards(everything):
        found[row] = document.as_json()
        kind, _, id_ = row.partition(":")
        if kind == "site":
            rows = records(presence_at(catalog, id_, None))
            found[row]["nodes"] = [_timeless(node) for node in found[row]["nodes"]]
            if rows:
                axis = axis_of(rows, everything.end)
                found[row]["axis"] = [axis.first, axis.last]
    return found


def _timeless(node: Node) -> Node:
    """Return a card without the facts of STANDING, which standing.js puts in."""
    if isinstance(node, str):
        return node
    tag, attributes, *children = node
    if tag != "dl":
        return [tag, attributes, *map(_timeless, children)]
    pairs = zip(children[::2], children[1::2], strict=True)
    kept = [part for term, told in pairs if _label(term) not in STANDING for part in (term, told)]
    return [tag, attributes, *kept]


def _label(node: Node) -> str:
    return node if isinstance(node, str) else "".join(map(_label, node[2:]))
