"""Polygons as a cell of areas.csv has them: well-known text (WKT), longitude before latitude.

WKT and no GeoJSON: a point is two numbers without brackets and quotes, so that a cell is half as long, CSV needs no
escaped quotes, and what a review shows of a moved border is the points that moved.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from components.catalog.problems import excerpt

Part = TypeVar("Part")

Point = tuple[float, float]
"""Longitude, latitude in degrees."""
Ring = tuple[Point, ...]
"""At least four points, the last as the first."""
Polygon = tuple[Ring, ...]
"""Its outline, then its holes."""

MOST_POINTS: Final = 2000
"""Of an area: more than a map shows, and a cell that a review can still show."""
LONGEST: Final = 100_000
"""Characters of a cell."""
DIGITS: Final = 5
"""Of a degree, to about a metre."""

_TOKEN = re.compile(r"\s*([(),]|[A-Za-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)")
_WRITE: Final = "POLYGON ((36.1 33.2, 36.9 33.2, 36.5 34, 36.1 33.2))"


class PolygonsError(ValueError):
    """What is wrong with a text, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def read_polygons(text: str) -> tuple[Polygon, ...]:
    """Return the polygons of a POLYGON or MULTIPOLYGON as WKT; PolygonsError for what is none.

    >>> read_polygons("POLYGON ((36 33, 37 33, 37 34, 36 33))")
    ((((36.0, 33.0), (37.0, 33.0), (37.0, 34.0), (36.0, 33.0)),),)
    """
    if len(text) > LONGEST:
        raise PolygonsError(f"holds {len(text):,} characters", f"keep a geometry under {LONGEST:,} characters")
    tokens = _Tokens(text)
    kind = tokens.take().upper()
    if kind not in ("POLYGON", "MULTIPOLYGON"):
        raise PolygonsError(f"is no POLYGON or MULTIPOLYGON: it begins with '{kind[:20]}'", f"write {_WRITE}")
    polygons = tuple(_listed(tokens, _polygon)) if kind == "MULTIPOLYGON" else (_polygon(tokens),)
    if not tokens.at_end:
        raise PolygonsError(f"goes on after its last bracket: '{tokens.peek()}'", "close each bracket once")
    points = sum(len(ring) for polygon in polygons for ring in polygon)
    if points > MOST_POINTS:
        raise PolygonsError(f"has {points:,} points", f"simplify it to {MOST_POINTS:,} points at most")
    return polygons


def write_polygons(polygons: Iterable[Polygon]) -> str:
    """Return polygons as WKT, to five decimals.

    >>> write_polygons(read_polygons("polygon((36.0 33, 37.000001 33, 37 34, 36 33))"))
    'POLYGON ((36 33, 37 33, 37 34, 36 33))'
    """
    parts = ["(" + ", ".join(f"({', '.join(map(_written, ring))})" for ring in polygon) + ")" for polygon in polygons]
    return f"POLYGON {parts[0]}" if len(parts) == 1 else f"MULTIPOLYGON ({', '.join(parts)})"


def _written(point: Point) -> str:
    return " ".join(f"{round(degrees, DIGITS) + 0.0:.{DIGITS}f}".rstrip("0").rstrip(".") for degrees in point)


class _Tokens:
    """The words, numbers and brackets of a text, one after the other."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text.rstrip(), 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._text)

    def peek(self) -> str:
        """Return the beginning of what comes next, fit to be printed in a message."""
        return excerpt(self._text[self._at :], 20)

    def take(self) -> str:
        found = _TOKEN.match(self._text, self._at)
        if not found:
            what = f"cannot be read from character {self._at + 1} on: '{self.peek()}'"
            mend = f"write longitude, a blank, latitude, commas between points: {_WRITE}"
            raise PolygonsError("ends too early" if self.at_end else what, mend)
        self._at = found.end()
        return found[1]

    def expect(self, *wanted: str) -> str:
        token = self.take()
        if token not in wanted:
            raise PolygonsError(f"has '{token[:20]}' where '{wanted[0]}' belongs", f"write {_WRITE}")
        return token


def _listed(tokens: _Tokens, read: Callable[[_Tokens], Part]) -> Iterator[Part]:
    tokens.expect("(")
    while True:
        yield read(tokens)
        if tokens.expect(")", ",") == ")":
            return


def _polygon(tokens: _Tokens) -> Polygon:
    return tuple(_listed(tokens, _ring))


def _ring(tokens: _Tokens) -> Ring:
    ring = tuple(_listed(tokens, _point))
    if len(ring) < 4:
        raise PolygonsError(f"has a ring of {len(ring)} points", "give at least three corners, and the first one again")
    if ring[0] != ring[-1]:
        raise PolygonsError("has a ring that is not closed", "end each ring with the point that it begins with")
    return ring


def _point(tokens: _Tokens) -> Point:
    lon, lat = _number(tokens.take()), _number(tokens.take())
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        mend = "write longitude (-180 to 180) before latitude (-90 to 90), in degrees"
        raise PolygonsError(f"has the point {lon:g} {lat:g}, which is nowhere on Earth", mend)
    return lon, lat


def _number(token: str) -> float:
    try:
        number = float(token)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PolygonsError(f"has '{token[:20]}' where a number belongs", f"write {_WRITE}")
    return number
