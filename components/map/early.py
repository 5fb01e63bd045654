"""The early map: the document of the map's frame that the page holds from its first byte, see web/page_head.py.

It is the very map that streamlit-folium would put into its own frame, there before Streamlit is. Once that frame comes,
it is the wire to Python, and builds no map of its own: see assets/early/early.js.
"""

from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

import folium
from folium.template import Template
from jinja2 import Environment, FileSystemLoader

from components.catalog.catalog import Catalog
from components.map.bundle import NAME
from components.map.embed import named
from components.map.folium_map import Command, PostureMap, served
from components.map.payload import basemap_payload, rows_payload
from components.static import FOLDERS, address
from components.view.view import View, write_query

EARLY: Final = "early"
"""The folder of its template and its script."""
NAMED: Final = "div"
"""By which folium's names become those of streamlit-folium's frame: the map's element is #map_div."""


class Begin(folium.MacroElement):
    """The last call of the document's script: the early map is told of its map."""

    _template = Template("{% macro script(this, kwargs) %}early.begin({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Begin"


def early_map(catalog: Catalog, view: View) -> tuple[str, str]:
    """Return the document of ``view`` as HTML, and its one inline script: a policy may allow it by its hash."""
    addresses = served(rows_payload(catalog), basemap_payload(catalog.folder), root="")
    figure = PostureMap(catalog, addresses)
    figure.add_child(Command(catalog, view, urlencode(write_query(view, catalog), doseq=True)))
    figure.add_child(Begin())
    named(figure, NAMED)
    root: Any = figure.get_root()  # branca's Figure
    root.render()  # folium puts its script together only now
    script = root.script.render()
    html = _template().render(
        module=f"{address('map')}/{NAME}",
        preloads=[addresses.rows["json"], addresses.rows["bin"], addresses.basemap],
        styles=addresses.styles,
        scripts=[f"{address('map')}/{EARLY}/{EARLY}.js", *(script for _, script in addresses.scripts)],
        html=root.html.render(),
        script=script,
    )
    return html, script


@lru_cache(maxsize=1)
def _template() -> Any:
    loader = FileSystemLoader(FOLDERS["map"] / EARLY)
    return Environment(loader=loader, autoescape=True, trim_blocks=True).get_template(f"{EARLY}.html")
