"""Map files → tables of text cells, a row a place: GeoJSON and other JSON, KML, GPX waypoints.

XML is read by expat alone: what defines a document type, and so entities, is refused; nothing outside is fetched.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from xml.parsers import expat

import numpy as np

from components.catalog.columns import Column, objects
from components.importing.cells import clean, date_of
from components.importing.control import is_holder
from components.importing.limits import MAX_COLUMNS, MAX_DEPTH, MAX_ROWS, NotUnderstoodError, RefusedError
from components.importing.outlines import outline
from components.importing.report import Report
from components.importing.sheet import Sheet, sheet_of
from components.importing.workbook import sheet_of_rows

NO_POINT: Final = "left out: not a point, nor an area with a holder"
OUTLINE: Final = "outline"
"""The column that has an area's outline, as well-known text."""
_DATE: Final = re.compile(
    r"\b(\d{4}-\d{2}-\d{2}|\d{1,2} ?[^\W\d_]{3,9}\.? ?\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4})\b", re.UNICODE
)


def geojson_sheet(text: str, name: str) -> tuple[Sheet, Report]:
    """Return the points of a GeoJSON file, and areas that say who holds them, as a table.

    Or the objects or the rows of a JSON list, such as an API's answer or HXL's.
    """
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"{name} is no valid JSON ({error})") from None
    report = Report(name)
    features = read.get("features") if isinstance(read, dict) else None
    if isinstance(features, list):
        rows = _features(features, report)
        return _table(name, rows, "GeoJSON"), report
    listed = read if isinstance(read, list) else read.get("data") if isinstance(read, dict) else None
    if isinstance(listed, list) and listed and all(isinstance(row, list) for row in listed):
        return _of_lists(listed, name)
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise RefusedError(f"{name} is JSON, but neither GeoJSON nor a list of rows: export it as GeoJSON or CSV")
    table = [(number, {key: _plain(value) for key, value in row.items()}) for number, row in enumerate(listed, start=1)]
    return _table(name, table, ""), report


def _of_lists(rows: list[list[Any]], name: str) -> tuple[Sheet, Report]:
    if len(rows) > MAX_ROWS:
        raise RefusedError(f"{name} has {len(rows):,} rows; {MAX_ROWS:,} are read: split it by year")
    if (width := max(map(len, rows))) > MAX_COLUMNS:
        raise RefusedError(f"{name} has {width:,} columns; {MAX_COLUMNS:,} are read: take out what is not needed")
    table = sheet_of_rows(([_plain(cell) for cell in row] for row in rows), name)
    if table is None:
        raise RefusedError(f"{name} holds no table: its columns need names above them")
    return table


def _features(features: list[Any], report: Report) -> list[tuple[int, dict[str, str]]]:
    rows = []
    for number, feature in enumerate(features, start=1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(feature, dict):
            report.note("left out: no feature", [number])
            continue
        properties = feature.get("properties")
        row = {key: _plain(value) for key, value in (properties if isinstance(properties, dict) else {}).items()}
        place = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if kind in ("Polygon", "MultiPolygon") and any(map(is_holder, row)):
            parts = place if kind == "MultiPolygon" else [place]
            row[OUTLINE] = outline(parts if isinstance(parts, list) else [], report, number)
            if not row[OUTLINE]:
                continue
        elif geometry is not None and kind != "Point":
            report.note(NO_POINT, [number])
            continue
        elif isinstance(place, list) and len(place) >= 2:
            row |= {"longitude": _plain(place[0]), "latitude": _plain(place[1])}
        if "id" in feature and "id" not in row:
            row["id"] = _plain(feature["id"])
        rows.append((number, row))
    return rows


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return clean(json.dumps(value, ensure_ascii=False))
    return str(value)


def kml_sheet(content: bytes, name: str) -> tuple[Sheet, Report]:
    """Return the placemarks of a KML file, points and areas that say who holds them.

    Of each name, description, folder, dates, icon's colour, data.
    """
    report = Report(name)
    colours: dict[str, str] = {}
    rows: list[tuple[int, dict[str, str]]] = []

    def visit(element: _Element, folders: tuple[str, ...]) -> None:
        if element.tag in ("Style", "StyleMap") and "id" in element.attributes:
            colour = element.text_of("color") or element.text_of("styleUrl").lstrip("#")
            colours[element.attributes["id"]] = colour
        if element.tag == "NetworkLink":
            report.note("left out: a link to another file, which is not fetched", [element.line])
        if element.tag == "Placemark":
            if row := _placed(element, folders, report):
                rows.append((element.line, row))
            return
        if element.tag in ("Folder", "Document") and (called := element.child_text("name")):
            folders = (*folders, called) if element.tag == "Folder" else folders
        for child in element.children:
            visit(child, folders)

    visit(_parsed(content, name), ())
    for _, row in rows:
        style = row.pop("style", "")
        colour = colours.get(style, "")
        row["colour"] = row.get("colour") or colours.get(colour, colour)
    return _table(name, rows, "KML"), report


def _placed(element: "_Element", folders: tuple[str, ...], report: Report) -> dict[str, str]:
    """Return the row of a placemark: a point, or an area that says who holds it; {} of another, which is noted."""
    row = _placemark(element, folders)
    parts = [_rings(one) for one in element.every("Polygon")]
    if point := element.find("Point"):
        lon, lat, *_ = [*point.text_of("coordinates").split(","), "", ""]
        return {**row, "latitude": lat.strip(), "longitude": lon.strip()}
    if not parts or not any(map(is_holder, row)):
        report.note(NO_POINT, [element.line])
        return {}
    text = outline(parts, report, element.line)
    return {**row, OUTLINE: text} if text else {}


def _rings(polygon: "_Element") -> list[list[list[str]]]:
    """Return the rings of a KML polygon, its outline first: positions of texts."""
    boundaries = [*polygon.every("outerBoundaryIs"), *polygon.every("innerBoundaryIs")]
    return [[position.split(",") for position in one.text_of("coordinates").split()] for one in boundaries]


def _placemark(element: "_Element", folders: tuple[str, ...]) -> dict[str, str]:
    about, links = _bare(element.child_text("description"))
    called, folder = element.child_text("name"), " / ".join(folders)
    row = {
        "name": called,
        "description": about,
        "folder": folder,
        "date": element.text_of("when") or element.text_of("begin"),
        "end": element.text_of("end"),
        "links": "; ".join(links),
        "style": element.child_text("styleUrl").lstrip("#"),
        "colour": element.text_of("color"),
    }
    if not row["date"]:
        row["date"] = next((found for text in (called, folder, about) if (found := _date_within(text))), "")
    for data in element.every("Data"):
        if key := data.attributes.get("name", ""):
            row.setdefault(key, clean(data.text_of("value")))
    for data in element.every("SimpleData"):
        if key := data.attributes.get("name", ""):
            row.setdefault(key, clean("".join(data.texts)))
    return row


def gpx_sheet(content: bytes, name: str) -> tuple[Sheet, Report]:
    """Return the waypoints of a GPX file; tracks and routes are counted as left out."""
    report = Report(name)
    rows = []
    for element in _parsed(content, name).children:
        if element.tag == "wpt":
            row = {child.tag: clean("".join(child.texts)) for child in element.children if "".join(child.texts).strip()}
            row["links"] = "; ".join(
                child.attributes["href"] for child in element.every("link") if "href" in child.attributes
            )
            place = {"latitude": element.attributes.get("lat", ""), "longitude": element.attributes.get("lon", "")}
            rows.append((element.line, {**row, **place}))
        elif element.tag in ("trk", "rte"):
            report.note(NO_POINT, [element.line])
    return _table(name, rows, "GPX"), report


def _table(name: str, rows: list[tuple[int, dict[str, str]]], sort: str) -> Sheet:
    if len(rows) > MAX_ROWS:
        raise RefusedError(f"{name} has {len(rows):,} places; {MAX_ROWS:,} are read: split it")
    header = list(dict.fromkeys(key for _, row in rows for key in row))
    if len(header) > MAX_COLUMNS:
        raise RefusedError(f"{name} has {len(header):,} kinds of data; {MAX_COLUMNS:,} are read")
    if not header:
        raise RefusedError(f"{name} holds no points")
    return sheet_of(
        name,
        header,
        [_coded(row.get(key, "") for _, row in rows) for key in header],
        np.array([number for number, _ in rows], dtype=np.int64),
        sort,
    )


def _coded(cells: Iterable[str]) -> Column:
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(cell, len(numbers)) for cell in cells]
    return Column(objects(list(numbers)), np.array(codes, dtype=np.int32))


def _date_within(text: str) -> str:
    """Return the first date that stands in a text: ``11 FEB 2026``."""
    for found in _DATE.finditer(text):
        try:
            return date_of(re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", found[1]))
        except NotUnderstoodError:
            continue
    return ""


@dataclass(slots=True)
class _Element:
    """An element of XML, its name without its namespace."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    children: "list[_Element]" = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def find(self, tag: str) -> "_Element | None":
        return next(iter(self.every(tag)), None)

    def every(self, tag: str) -> "Iterable[_Element]":
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.every(tag)

    def text_of(self, tag: str) -> str:
        found = self.find(tag)
        return clean("".join(found.texts)) if found else ""

    def child_text(self, tag: str) -> str:
        return next((clean("".join(child.texts)) for child in self.children if child.tag == tag), "")


def _parsed(content: bytes, name: str) -> _Element:
    root = _Element("", {}, 0)
    open_ = [root]
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: Any) -> None:
        raise RefusedError(f"{name} defines a document type or entities, and is not read")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_) > MAX_DEPTH:
            raise RefusedError(f"{name} is nested more than {MAX_DEPTH} deep, and is not read")
        element = _Element(tag.rpartition(" ")[2], attributes, parser.CurrentLineNumber)
        open_[-1].children.append(element)
        open_.append(element)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_.pop()
    parser.CharacterDataHandler = lambda text: open_[-1].texts.append(text)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedError(f"{name} is no valid XML ({error})") from None
    return root.children[0]


class _Bare(HTMLParser):
    """The text of a piece of HTML, and the addresses that it links to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.links: dict[str, None] = {}
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag in ("br", "p", "div", "li", "tr"):
            self.texts.append("\n")
        for key, value in attrs:
            if tag == "a" and key == "href" and value and re.match(r"https?://", value):
                self.links[value] = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)


def _bare(text: str) -> tuple[str, list[str]]:
    """Return a description without its markup, and the addresses in it."""
    parser = _Bare()
    parser.feed(text)
    parser.close()
    bare = clean(re.sub(r"\n\s*\n+", "\n", "".join(parser.texts)))
    found = [html.unescape(address).rstrip(".,;)") for address in re.findall(r"https?://[^\s<>\"'`\\]+", bare)]
    return bare, list(dict.fromkeys([*parser.links, *found]))
