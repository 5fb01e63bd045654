"""The folium map: constant for a dataset, so that its frame is never reloaded; the View goes in as a command."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import folium
from folium.template import Template
from xstatic.pkg import leaflet

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.sets import SET, set_name
from components.map.basemaps import offered
from components.map.payload import Payload
from components.map.protocol import command, reported
from components.static import address
from components.view.absence import absence
from components.view.view import View, default_view

LEAFLET: Final = f"assets/leaflet-{leaflet.VERSION}"
NEWEST: Final = "newest.json"
NEWEST_SECONDS: Final = 60
"""How often an open page asks whether there is newer data."""
ROOT: Final = "../../"
"""From streamlit-folium's frame (component/streamlit_folium.st_folium/) to this server's root."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the map's page finds what it fetches."""

    scripts: tuple[tuple[str, str], ...]
    """By name, in the order in which they must run."""
    styles: tuple[tuple[str, str], ...]
    rows: Mapping[str, str]
    """Of the rows' payload: ``json``, ``bin``, ``text``, and ``texts``, which is asked for titles by number."""
    basemap: str
    newest: str = ""
    """Where it is told which data is served now; "": nobody would know."""
    online: bool = True
    """Whether other servers may be asked for a basemap's tiles."""


def served(rows: Payload, basemap: Payload, root: str = ROOT) -> Addresses:
    """Return the addresses on this server, of which ``root`` is the way to from the map's page."""
    assets, payload = root + address("map"), f"{root}map/{rows.name}"
    return Addresses(
        scripts=(("leaflet", f"{root}{LEAFLET}/leaflet.js"), ("laydown", f"{assets}/boot.js")),
        styles=(
            ("leaflet_css", f"{root}{LEAFLET}/leaflet.css"),
            ("laydown_css", f"{assets}/bundle.css"),
        ),
        rows={**{part: f"{payload}.{part}" for part in rows.parts}, "texts": f"{payload}/texts"},
        basemap=f"{root}map/{basemap.name}.json",
        newest=f"{root}{NEWEST}",
    )


def _newest(catalog: Catalog, addresses: Addresses) -> str:
    """Return where it is told which data is served now, of the catalog's own set."""
    name = set_name(catalog.folder)
    return f"{addresses.newest}?{SET}={name}" if addresses.newest and name else addresses.newest


class EventLayer(folium.MacroElement):
    """All rows of a dataset on one canvas, fetched once."""

    _template = Template(
        "{% macro script(this, kwargs) %}laydown.start({{ this._parent.get_name() }}, {{ this.config }});{% endmacro %}"
    )

    def __init__(self, catalog: Catalog, addresses: Addresses, filters: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "EventLayer"
        self.config = script_json(
            {
                "rows": addresses.rows,
                "basemap": addresses.basemap,
                "newest": {"address": _newest(catalog, addresses), "seconds": NEWEST_SECONDS},
                "bases": [base.config() for base in offered()] if addresses.online else [],
                "nothing": str(absence(catalog) or ""),
                "filters": filters,
                "reported": reported(),
            }
        )


class Timeline(folium.MacroElement):
    """The window as a slider over a histogram of incidents, under the map."""

    _template = Template("{% macro script(this, kwargs) %}laydown.timeline({{ this.config }});{% endmacro %}")

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Timeline"
        home = default_view(catalog)
        self.config = script_json(
            {
                "start": day_number(home.start),
                "end": day_number(home.end),
                "periods": [
                    {"name": period.name, "start": day_number(period.first), "end": day_number(period.last)}
                    for period in catalog.dataset.periods
                ],
            }
        )


class PostureMap(folium.Map):
    """A folium map that loads nothing from elsewhere: Leaflet comes from where the rest comes from.

    With ``filters`` its key filters, too; in Laydown's page the sidebar does.
    """

    def __init__(self, catalog: Catalog, addresses: Addresses, timeline: bool = True, filters: bool = False) -> None:
        home = catalog.dataset.home
        super().__init__(
            location=(home.lat, home.lon),
            zoom_start=home.zoom,  # type: ignore[arg-type]  # Leaflet takes fractions
            tiles=None,
            zoom_snap=0.25,
            zoom_control=False,
            attribution_control=False,
        )
        # folium gives its own min_zoom and max_zoom to the tiles alone, of which there are none. At 1 a phone holds all
        # the world.
        self.options |= {"minZoom": 1, "maxZoom": 19}
        self.default_js = list(addresses.scripts)
        self.default_css = list(addresses.styles)
        self.add_child(EventLayer(catalog, addresses, filters))
        if timeline:
            self.add_child(Timeline(catalog))


class Command(folium.FeatureGroup):
    """The View, as the one short call that the map's frame runs whenever the View changes."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = laydown.show({{ this.command }});{% endmacro %}"
    )

    def __init__(self, catalog: Catalog, view: View, link: str) -> None:
        super().__init__()
        self.command = script_json(command(catalog, view, link))


def script_json(content: Mapping[str, Any]) -> str:
    """Return JSON for a script that folium, once it has written it, compiles as a Jinja template again.

    Text of the visitor's or the data's must end neither the script nor its own string, nor open a Jinja expression.
    """
    return re.sub(
        r"[<>&']|\{(?=[{%#])", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(content, separators=(",", ":"))
    )
