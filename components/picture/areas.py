"""The circles within which imprecise places lie: one a place, precision and radius (map/assets/draw/areas.js)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from components.picture.incidents import Symbol
from components.picture.movements import Move, is_selected
from components.picture.scene import Scene
from components.picture.sites import Site
from components.view.home import world
from components.view.states import FORMER, UNKNOWN, SiteState


class Key(NamedTuple):
    """What tells one area from another."""

    x: float
    y: float
    """In the world's square, rounded."""
    precision: str
    radius: float


@dataclass(frozen=True, slots=True)
class Area:
    """A place that is known no better than to a circle."""

    lat: float
    lon: float
    precision: str
    radius: float
    """km"""
    selected: bool
    full: bool
    """Whether what lies in it is told in full."""
    state: SiteState | None = None
    """The first site's that lies in it; None where none does."""

    @property
    def key(self) -> Key:
        """What it is known by."""
        x, y = world(self.lat, self.lon).round(3).tolist()
        return Key(x, y, self.precision, round(self.radius, 1))


def draw_areas(scene: Scene, sites: Sequence[Site], symbols: Sequence[Symbol], moves: Sequence[Move]) -> None:
    """Draw the areas of sites, incidents, and the movements' ends that the arrows stop at."""
    areas: dict[Key, Area] = {}
    for area in (*_of_sites(scene, sites), *_of_incidents(symbols), *_of_movements(scene, moves)):
        if area.precision in ("site", ""):
            continue
        there = areas.setdefault(area.key, area)
        areas[area.key] = replace(there, selected=there.selected or area.selected, full=there.full or area.full)
    for area in areas.values():
        _draw(scene, area)


def _of_sites(scene: Scene, sites: Sequence[Site]) -> Iterator[Area]:
    for site in sites:
        if site.state.status not in (UNKNOWN, FORMER):
            selected = scene.selected == ("site", site.id)
            yield Area(site.lat, site.lon, site.precision, site.radius, selected, site.full, site.state)


def _of_incidents(symbols: Sequence[Symbol]) -> Iterator[Area]:
    for one in (*(one for one in symbols if one.shared), *(one for one in symbols if not one.shared)):
        yield Area(one.lat, one.lon, one.precision, one.radius, one.selected, one.full)


def _of_movements(scene: Scene, moves: Sequence[Move]) -> Iterator[Area]:
    for move in moves:
        selected = is_selected(scene, move.row)
        for n, side in enumerate(("origin", "destination")):
            if move.path.vague[n] and move.ends[n] and (move.path.rims[n] or selected):
                lat, lon, precision, radius = (
                    getattr(move.row, f"{side}_{name}") for name in ("lat", "lon", "precision", "radius_km")
                )
                yield Area(lat, lon, precision, radius, selected, move.full)


def _draw(scene: Scene, area: Area) -> None:
    style = scene.style.areas
    x, y = scene.frame.point(area.lat, area.lon)
    reach = area.radius * scene.frame.pixels_per_km(area.lat)
    if reach < scene.style.sites.size / 2 + style.least or not scene.on_screen(x, y, reach):
        return
    undisclosed = area.precision == "undisclosed"
    state = area.state if undisclosed else None
    wide = area.precision == "country" or reach > style.wide
    held = state is not None and bool(state.force)
    colour = scene.force_colour(state.force or state.previous) if state else scene.palette.label
    plain = "wide" if wide else "plain"
    selected = "selected wide" if wide and not undisclosed else "selected"
    fill = selected if area.selected else "held" if held else plain
    part = 1 if area.full else scene.style.pale.area
    line = style.outlines["undisclosed" if undisclosed else plain]
    outline = replace(style.selected, dash=line.dash) if area.selected else replace(line, strength=line.strength * part)
    scene.areas.add((round(x), round(y), round(reach)))
    scene.signs.add("undisclosed" if undisclosed else "area")
    scene.canvas.disc(x, y, reach, colour, style.fills[fill] * part)
    scene.canvas.circle(x, y, reach, outline, colour)
