"""The pages that are written beforehand: of each period and year, each briefing and each site."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from components.catalog.briefings import Briefing
from components.catalog.catalog import Catalog
from components.panels.briefing import step_card
from components.panels.card import card
from components.panels.changes import changes
from components.panels.elements import Node, el
from components.panels.posture import posture
from components.panels.trends import trends_panel
from components.site.periods import Period, periods
from components.view.briefings import step_view
from components.view.citation import view_link
from components.view.extent import extent
from components.view.on_view import OnView, on_view
from components.view.selection import Shown
from components.view.title import view_description, window_text
from components.view.view import Camera, View, default_view, offered
from components.view.wording import day_text, place_text

SITE_ZOOM: Final = 8.5
"""How near the picture of a site is."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written."""

    page: str
    """Its address from the site's root."""
    kind: str
    """What it is of: period, year, briefing or site."""
    title: str
    about: str
    """What stands under its title, such as its dates."""
    asked: OnView
    """What its brief, its posture and its files tell of."""
    pictured: OnView
    """What its picture shows."""
    link: str
    """The query of its view on the map, with its question mark; "" for the first view."""
    sections: Sequence[tuple[str, Sequence[Node]]]
    """What it tells, as nodes of panels, by the id that it is linked to by."""
    node: Mapping[str, Any]
    """What it is of, for search engines (schema.org), without its address."""

    own_files: bool = True
    """Whether it has files of its own; the files of all the data have the rows of every page."""

    @property
    def name(self) -> str:
        """Its address without the ending: what its picture and its files are called by."""
        return self.page.removesuffix(".html")


def pages(catalog: Catalog) -> Iterator[Page]:
    """Yield all pages: periods, years, briefings, sites."""
    for period in periods(catalog):
        yield _of_period(catalog, period)
    for briefing in catalog.briefings:
        yield _of_briefing(catalog, briefing)
    for site in catalog.sites["id"]:
        yield _of_site(catalog, str(site))


def _of_period(catalog: Catalog, period: Period) -> Page:
    asked = on_view(catalog, period.view)
    kind = period.page.partition("/")[0].removesuffix("s")
    return Page(
        page=period.page,
        kind=kind,
        title=period.name,
        about=window_text(period.view),
        asked=asked,
        pictured=asked,
        link=view_link(catalog, period.view, ""),
        sections=_told(asked),
        own_files=kind == "period",
        node={
            "@type": "Dataset",
            "name": f"{period.name}: {catalog.dataset.title}",
            "description": view_description(catalog, period.view),
            "temporalCoverage": f"{period.view.start.isoformat()}/{period.view.end.isoformat()}",
        },
    )


def _of_briefing(catalog: Catalog, briefing: Briefing) -> Page:
    views = [step_view(catalog, f"{briefing.id}/{number}") for number in range(1, len(briefing.steps) + 1)]
    view = View(min(one.start for one in views), max(one.end for one in views))
    asked = on_view(catalog, view)
    steps = [
        [*_read(step_card(catalog, briefing, number)), _on_map(f"?step={briefing.id}/{number}")]
        for number in range(1, len(briefing.steps) + 1)
    ]
    return Page(
        page=f"briefings/{briefing.id}.html",
        kind="briefing",
        title=briefing.title,
        about=briefing.summary,
        asked=asked,
        pictured=on_view(catalog, replace(views[0], selected="")),
        link=f"?step={briefing.id}/1",
        sections=[*((f"step-{number}", nodes) for number, nodes in enumerate(steps, start=1)), *_told(asked)],
        node={"@type": "Article", "headline": briefing.title, "description": briefing.summary},
        own_files=False,
    )


def _of_site(catalog: Catalog, site: str) -> Page:
    row: Any = catalog.sites.loc[site]
    first, last = extent(catalog)
    view = replace(default_view(catalog), selected=f"site:{site}")
    whole = on_view(catalog, View(first, last, selected=f"site:{site}"))
    asked = of_site(whole, site)
    camera = None if np.isnan(row["lat"]) else Camera(SITE_ZOOM, float(row["lat"]), float(row["lon"]))
    return Page(
        page=f"sites/{site}.html",
        kind="site",
        title=str(row["name"]),
        about=place_text(str(row["admin1"]), row["country"]),
        asked=asked,
        pictured=on_view(catalog, replace(view, camera=camera)),
        link=view_link(catalog, view, ""),
        sections=[("card", [el("h2", {}, f"As of {day_text(last)}"), *card(whole, f"site:{site}")[3:]]), *_told(asked)],
        node={
            "@type": "Place",
            "name": str(row["name"]),
            "alternateName": [name for name in (str(row["name_ar"]), *row["aliases"]) if name],
            "description": str(row["summary"]),
            "containedInPlace": [{"@type": "Country", "name": name} for name in row["country"]],
            # A point stands for the place itself only where it is known as finely.
            "geo": {"@type": "GeoCoordinates", "latitude": float(row["lat"]), "longitude": float(row["lon"])}
            if row["precision"] == "site"
            else None,
        },
        own_files=False,
    )


def of_site(whole: OnView, site: str) -> OnView:
    """Return what of ``whole`` is of one site: itself, what happened there, what moved there or from there."""
    selection = whole.selection

    def only(shown: Shown, *columns: str) -> Shown:
        here = np.logical_or.reduce([(shown.table[column] == site).to_numpy(bool) for column in columns])
        return replace(shown, mask=shown.mask & here)

    return replace(
        whole,
        selection=replace(
            selection,
            incidents=only(selection.incidents, "site"),
            movements=only(selection.movements, "origin", "destination"),
            sites=selection.sites[selection.sites["id"] == site],
            states={id_: state for id_, state in selection.states.items() if id_ == site},
        ),
    )


def _told(asked: OnView) -> list[tuple[str, Sequence[Node]]]:
    panels = {"changes": changes, "trends": trends_panel, "posture": posture}
    told = ("changes", "posture") if len(asked.catalog.sites) else ("trends", "posture")
    return [(name, panels[name](asked).nodes) for name in told if name in offered(asked.catalog)]


def _read(node: Node) -> list[Node]:
    """Return a step's card without what turns its pages."""
    return [child for child in node[2:] if isinstance(child, str) or child[1].get("class") not in _TURNING]


_TURNING: Final = ("head", "turn", "progress", "end")


def _on_map(link: str) -> Node:
    return el("p", {}, el("a", {"page": f"../index.html{link}"}, "Show on the map"))
