"""The map as a page of its own, without Streamlit: the same folium map and timeline, for another site's frame."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

import folium
from folium.template import Template
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.map.folium_map import Addresses, Command, PostureMap, script_json
from components.map.protocol import link_keys
from components.static import FOLDERS
from components.view.citation import view_link
from components.view.record import after_text, age_text, beyond_text, checked_on
from components.view.title import window_text
from components.view.view import View, write_query
from components.view.wording import PUBLIC_BY, short_day

STYLE: Final = "embed"
"""The style sheet that such a page has besides the map's own."""
SHEETS: Final = ("elements.css", "card.css", "sheet.css")
"""Of panels/assets, the style sheets of the documents that it shows."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What of the map an embed has."""

    timeline: bool = True
    filters: bool = True

    @property
    def query(self) -> Mapping[str, str]:
        """Its keys in the embed's address."""
        return {key: "off" for key, on in (("timeline", self.timeline), ("filters", self.filters)) if not on}


@dataclass(frozen=True, slots=True)
class PageConfig:
    """Where a page of the map is, and where it finds what is around it."""

    page: str
    """The address of Laydown's own page, without a query."""
    panels: str = ""
    """Where documents of panels are asked for, see web/panel.py."""
    whole: str = ""
    """The address of all cards' documents as one, where there is nobody to ask."""
    sheets: Sequence[str] = ()
    """The addresses of the style sheets of SHEETS."""
    addressed: bool = False
    """Whether the page may keep its own address at what is on view."""
    picture: str = ""
    """The address of the map's picture, for a browser without scripts; "" for none."""
    module: str = ""
    """The address of the map's modules, to be fetched before they are asked for."""
    imports: Mapping[str, str] | None = None
    """The same by the name it is imported by, where it has no address."""
    title: str = ""
    """The page's."""
    meta: Markup | None = None
    """Its meta elements, as markup; None for none."""
    policy: str = ""
    """The page's own Content-Security-Policy, where no server can send it; {script} stands for its script's hash."""
    more: Mapping[str, str] | None = None
    """Where a static site's page finds what it reads its links with (site/assets/site.js); None: it is no such page."""


class Alone(folium.MacroElement):
    """What the map does without Laydown's page around it; see map/assets/embed/embed.js."""

    _template = Template("{% macro script(this, kwargs) %}laydown.alone({{ this.config }});{% endmacro %}")

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Alone"
        self.config = script_json(config)


def map_page(
    catalog: Catalog,
    view: View,
    shape: Shape,
    addresses: Addresses,
    around: PageConfig,
    notices: Sequence[str] = (),
) -> tuple[str, str]:
    """Return the page of ``view`` as HTML, and its one inline script: a policy may allow it by its hash."""
    query = urlencode(write_query(view, catalog), doseq=True)
    dataset, asked = catalog.dataset, _record(catalog, view.known)
    figure = PostureMap(catalog, addresses, shape.timeline, shape.filters)
    if around.more is None:
        figure.add_child(Command(catalog, view, query))
    config = {
        "page": around.page,
        "panels": around.panels,
        "whole": around.whole,
        "sheets": list(around.sheets),
        "addressed": around.addressed,
        "query": query,
        "own": shape.query,
        "link": link_keys(catalog),
        "data": catalog.version,  # for who reads a file's source: which data it holds
        "records": {"asked": asked, "whole": _record(catalog, None)},
        **(around.more or {}),
    }
    figure.add_child(Alone(config))
    named(figure)
    root: Any = figure.get_root()  # branca's Figure
    root.render()  # folium puts its script together only now
    script = root.script.render()
    html = _template().render(
        title=around.title,
        meta=around.meta or "",
        heading=dataset.title,
        window=window_text(view),
        record=asked["after"] if beyond_text(catalog, view) else asked["age"],
        known=f", {PUBLIC_BY} {short_day(view.known)}" if view.known else "",
        terms=" · ".join(part for part in (dataset.licence, *dataset.credits) if part),
        timeline=shape.timeline,
        filters=shape.filters,
        open=view_link(catalog, view, around.page),
        site=around.more is not None,
        notices=notices,
        picture=view_link(catalog, view, around.picture) if around.picture else "",
        module=around.module,
        preloads=[]
        if around.whole or around.more
        else [addresses.rows["json"], addresses.rows["bin"], addresses.basemap],
        imports=json.dumps({"imports": around.imports}).replace("<", "\\u003c") if around.imports else "",
        policy=around.policy.replace("{script}", script_hash(script)),
        scripts=addresses.scripts,
        styles=addresses.styles,
        html=root.html.render(),
        script=script,
    )
    return html, script


def script_hash(script: str) -> str:
    """Return an inline script's hash as a Content-Security-Policy allows it by."""
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _record(catalog: Catalog, known: date | None) -> Mapping[str, Any]:
    """Return how old the record is as known on a day, and what is said where a window ends after it."""
    checked = checked_on(catalog, known)
    return {
        "age": age_text(catalog, known),
        "after": after_text(catalog, known, "Checked"),
        "checked": day_number(checked) if checked else None,
    }


def named(element: Any, name: str = "m") -> None:
    """Give folium's elements names of their own, in place of random ones: the same view is the same page."""
    element._id = name  # noqa: SLF001  # branca has no other way
    for number, child in enumerate(element._children.values()):  # noqa: SLF001
        named(child, f"{name}{number}")


@lru_cache(maxsize=1)
def _template() -> Any:
    loader = FileSystemLoader(FOLDERS["map"] / STYLE)
    return Environment(loader=loader, autoescape=True, trim_blocks=True).get_template("embed.html")
