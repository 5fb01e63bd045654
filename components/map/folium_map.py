"""The folium map: constant for a dataset, so that its frame is never reloaded; the View goes in as a command."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import folium
import numpy as np
from folium.template import Template
from xstatic.pkg import leaflet

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.names import fold
from components.map.basemaps import offered
from components.map.payload import Document, changes_of_record
from components.static import address
from components.view.absence import DRAWN, absence
from components.view.as_known import presence, settled
from components.view.facets import FACETS
from components.view.index import numbers_of
from components.view.view import View, default_view

LEAFLET: Final = f"assets/leaflet-{leaflet.VERSION}"
ROOT: Final = "../../"
"""From streamlit-folium's frame (component/streamlit_folium.st_folium/) to this server's root."""
STYLES: Final[Mapping[str, str]] = {
    "map": "map.css",
    "timeline": "timeline/timeline.css",
    "controls": "controls/controls.css",
}
"""The map's style sheets in assets/, by their names in the page."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the map's page finds what it fetches."""

    scripts: tuple[tuple[str, str], ...]
    """By name, in the order in which they must run."""
    styles: tuple[tuple[str, str], ...]
    rows: Mapping[str, str]
    """Of the rows document: ``json``, ``bin``, ``text``, and ``texts``, which is asked for titles by number."""
    basemap: str
    online: bool = True
    """Whether other servers may be asked for a basemap's tiles."""


def served(rows: Document, basemap: Document, root: str = ROOT) -> Addresses:
    """Return the addresses on this server, of which ``root`` is the way to from the map's page."""
    assets, document = root + address("map"), f"{root}map/{rows.name}"
    return Addresses(
        scripts=(("leaflet", f"{root}{LEAFLET}/leaflet.js"), ("laydown", f"{assets}/boot.js")),
        styles=(
            ("leaflet_css", f"{root}{LEAFLET}/leaflet.css"),
            *((f"{name}_css", f"{assets}/{file}") for name, file in STYLES.items()),
        ),
        rows={**{part: f"{document}.{part}" for part in rows.parts}, "texts": f"{document}/texts"},
        basemap=f"{root}map/{basemap.name}.json",
    )


class EventLayer(folium.MacroElement):
    """All rows of a dataset on one canvas, fetched once."""

    _template = Template(
        "{% macro script(this, kwargs) %}laydown.start({{ this._parent.get_name() }}, {{ this.config }});{% endmacro %}"
    )

    def __init__(self, catalog: Catalog, addresses: Addresses) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "EventLayer"
        self.config = script_json(
            {
                "rows": addresses.rows,
                "basemap": addresses.basemap,
                "bases": [base.config() for base in offered()] if addresses.online else [],
                "nothing": str(absence(catalog) or ""),
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
                "from": day_number(home.start),
                "to": day_number(home.end),
                "periods": [
                    {"name": period.name, "from": day_number(period.first), "to": day_number(period.last)}
                    for period in catalog.dataset.periods
                ],
            }
        )


class PostureMap(folium.Map):
    """A folium map that loads nothing from elsewhere: Leaflet comes from where the rest comes from."""

    def __init__(self, catalog: Catalog, addresses: Addresses, timeline: bool = True) -> None:
        home = catalog.dataset.home
        super().__init__(
            location=(home.lat, home.lon),
            zoom_start=home.zoom,  # type: ignore[arg-type]  # Leaflet takes fractions
            tiles=None,
            zoom_snap=0.25,
            zoom_control=False,
            attribution_control=False,
        )
        # folium gives its own min_zoom and max_zoom to the tiles alone, of which there are none.
        self.options |= {"minZoom": 2, "maxZoom": 19}
        self.default_js = list(addresses.scripts)
        self.default_css = list(addresses.styles)
        self.add_child(EventLayer(catalog, addresses))
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
    return re.sub(r"[<>&']|\{(?=[{%#])", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(content))


def command(catalog: Catalog, view: View, link: str) -> Mapping[str, Any]:
    """Return what the browser needs of ``view``: days as numbers, the search folded; ``link`` tells links apart.

    ``number`` is the selected incident's: the browser knows incidents by number alone until it asks for texts.
    """
    kind, _, id_ = view.selected.partition(":")
    return {
        "number": int(numbers_of([id_], catalog.incidents)[0]) if kind == "incident" else -1,
        "from": day_number(view.start),
        "to": day_number(view.end),
        "facets": {facet.key: chosen for facet in FACETS for chosen in [view.chosen(facet)] if chosen},
        "terms": tuple(dict.fromkeys(fold(view.search).split())),
        "selected": view.selected,
        "camera": view.camera,
        "base": view.base,
        "show": view.show,
        "lang": view.lang,
        "step": view.step,
        "known": _known(catalog, view),
        "link": hashlib.sha256(link.encode()).hexdigest()[:12],
    }


def _known(catalog: Catalog, view: View) -> Mapping[str, Any] | None:
    """Return what was known on the view's day, as what differs from all that is; None where all that is known counts.

    ``hidden`` are the numbers of the presence rows that were not public, ``spans`` [number, start_last, end_first,
    end_last] of those whose span was thought another, ``settled`` by table the rows on which sources did not disagree
    yet, ``transitions`` and ``ticks`` as payload.py's changes_of_record() tells.
    """
    if view.known is None:
        return None
    day = day_number(view.known)
    then, now = presence(catalog, day), presence(catalog, None)
    bounds = ("start_last", "end_first", "end_last")
    spans = [(getattr(then, name), getattr(now, name)) for name in bounds]
    other = np.logical_or.reduce([before != after for before, after in spans])
    return {
        "day": day,
        "hidden": np.flatnonzero(now.real & ~then.real).tolist(),
        "settled": {name: numbers for name, numbers in settled(catalog, day).items() if name in DRAWN},
        "spans": [[int(n), *(int(before[n]) for before, _ in spans)] for n in np.flatnonzero(then.real & other)],
        **changes_of_record(catalog, day),
    }
