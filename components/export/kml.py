"""All that is on view as KML 2.2 (OGC 07-147r2), with times: Google Earth shows it with its time slider.

Google Earth shows a description as HTML, so its text is escaped as HTML first and as XML then; and a style's balloon
shows the description alone, as it would put names and data into one as they are.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree

from components.catalog.dates import PartialDate
from components.catalog.tables import BY_NAME
from components.export.fields import Value, cell, json_value, own_fields
from components.export.geometry import Geometry, geometry_of
from components.export.resources import RESOURCES
from components.export.rows import ROWS_AT_ONCE, Listing, Row, citing
from components.map.key import LINES
from components.view.as_known import presence_at
from components.view.facts import Fact, facts_of
from components.view.on_view import OnView
from components.view.provenance import Provenance
from components.view.selection import Shown
from components.view.sourcing import ranked
from components.view.wording import capital, confidence_text, doing_text, sentence, stay_text, unreported_text

Element = ElementTree.Element

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
NOBODY: Final = "#808080"
"""The colour of a site that nobody is on record at."""
_PRESENCE: Final = own_fields(BY_NAME["presence"])
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kml_of(on_view: OnView, about: Provenance) -> bytes:
    """Return the sites, areas, incidents and movements on view as a KML document."""
    lines = [about.title, about.window, f"{about.dataset}, data {about.data}"]
    lines += [*([about.record] if about.record else []), f"Licence: {about.licence}"]
    document = _of(
        "Document",
        _of("name", about.title),
        _of("description", _balloon([*lines, *about.credits, about.link])),
        *_styles(on_view),
    )
    folders = (
        _folder("Sites", _sites(on_view)),
        *([_folder("Areas", _areas(on_view))] if on_view.selection.areas else []),
        _folder("Incidents", _incidents(on_view)),
        _folder("Movements", _movements(on_view)),
    )
    whole = _filled(_of("kml", document, xmlns=NAMESPACE), "</Document>", folders)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()


def _sites(on_view: OnView) -> Iterator[Element]:
    """Tell each site's presence that touches the window, for as long as it lasted; or that there is none."""
    catalog, start, end = on_view.catalog, on_view.start, on_view.end
    forces = dict(zip(catalog.forces["id"], catalog.forces["name"], strict=True))
    cited, facts = citing(catalog), facts_of(on_view, "sites")
    records: Iterable[Any] = on_view.selection.sites.itertuples(index=False)
    for site, record in zip(RESOURCES["sites"].listing(on_view).each(), records, strict=True):
        there = presence_at(catalog, str(site["id"]), on_view.known)
        there = there[(there["status"] != "planned") & (there["start_first"] <= end) & (there["end_last"] >= start)]
        place: Row = {name: site[name] for name in ("name", "country", "lat", "lon", "precision", "radius_km")}
        about_site = [*_fact_lines(facts(record)), *_texts(site, "summary")]
        if there.empty:
            lines = [str(site["name"]), "No one is on record there in this window.", *about_site, *_cited(site)]
            yield _placemark(f"site-{site['id']}", str(site["name"]), lines, None, "nobody", site, geometry_of(site))
        rows: Iterable[Any] = there.itertuples(index=False)
        for row in rows:
            values: Row = {**place, **{field.name: json_value(getattr(row, field.name)) for field in _PRESENCE}}
            name = f"{site['name']}, {forces[row.force]}"
            stay = stay_text(row.start, row.end, row.last_confirmed, row.first_confirmed)
            lines = [
                name,
                f"{capital(doing_text(row.status, row.role, row.unit))}, {stay}; {confidence_text(row.confidence)}",
                *([sentence(unreported_text(row.searched))] if row.searched else []),
                *_texts(values, "note"),
                *about_site,
                *map(cited, ranked(catalog, row.sources)),
            ]
            time = _span(row.start, row.end)
            yield _placemark(f"presence-{row.id}", name, lines, time, f"force-{row.force}", values, geometry_of(site))


def _incidents(on_view: OnView) -> Iterator[Element]:
    kinds = dict(zip(on_view.catalog.kinds["id"], on_view.catalog.kinds["label"], strict=True))
    facts = facts_of(on_view, "incidents")
    for row, record in _records(on_view.selection.incidents, RESOURCES["incidents"].listing(on_view)):
        lines = [
            str(row["title"]),
            kinds[record.kind],
            *_fact_lines(facts(record)),
            *_texts(row, "summary"),
            *_cited(row),
        ]
        time, style = _span(record.start, record.end or record.start), f"kind-{row['kind']}"
        yield _placemark(f"incident-{row['id']}", str(row["title"]), lines, time, style, row, geometry_of(row))


def _movements(on_view: OnView) -> Iterator[Element]:
    facts = facts_of(on_view, "movements")
    for row, record in _records(on_view.selection.movements, RESOURCES["movements"].listing(on_view)):
        lines = [str(row["title"]), *_fact_lines(facts(record)), *_texts(row, "summary"), *_cited(row)]
        time = _span(record.start, record.end or record.start)
        style = f"moved-{row['moved']}" if LINES[record.moved].colour else f"force-{row['force']}"
        yield _placemark(f"movement-{row['id']}", str(row["title"]), lines, time, style, row, geometry_of(row))


def _areas(on_view: OnView) -> Iterator[Element]:
    facts, table = facts_of(on_view, "areas"), on_view.catalog.areas
    for row in RESOURCES["areas"].listing(on_view).each():
        record: Any = next(table.loc[[str(row["id"])]].itertuples(index=False))
        lines = [str(row["name"]), *_fact_lines(facts(record)), *_texts(row, "note"), *_cited(row)]
        time = _span(record.start, record.end if row["end"] else None)
        told = {name: value for name, value in row.items() if name != "geometry"}
        yield _placemark(
            f"area-{row['id']}", str(row["name"]), lines, time, f"force-{row['force']}", told, geometry_of(row)
        )


def _placemark(
    id_: str,
    name: str,
    lines: Iterable[str],
    time: Element | None,
    style: str,
    row: Mapping[str, Value],
    geometry: Geometry | None,
) -> Element:
    """Return a Placemark, its parts in the schema's order."""
    data = [_of("Data", _of("value", cell(value)), name=name) for name, value in row.items() if value not in (None, [])]
    return _of(
        "Placemark",
        _of("name", name),
        _of("description", _balloon(lines)),
        time,
        _of("styleUrl", f"#{style}"),
        _of("ExtendedData", *data),
        _shape(geometry),
        id=id_,
    )


def _records(rows: Shown, listing: Listing) -> Iterator[tuple[Row, Any]]:
    """Return each row of a listing with its record in the table, a page at a time."""
    numbers = rows.numbers
    for begin in range(0, len(numbers), ROWS_AT_ONCE):
        records: Iterable[Any] = rows.table.iloc[numbers[begin : begin + ROWS_AT_ONCE]].itertuples(index=False)
        yield from zip(listing.page(begin, begin + ROWS_AT_ONCE), records, strict=True)


def _fact_lines(facts: Iterable[Fact]) -> list[str]:
    return [f"{fact.label}: {fact.text}" for fact in facts]


def _span(start: PartialDate | None, end: PartialDate | None) -> Element | None:
    """Return when something was, as precise as it is written: a day, a month (gYearMonth) or a year (gYear).

    KML has no form for one day of a stretch: the stretch begins with its first date and ends with its last.
    """
    if not start and not end:
        return None
    begin, until = (start and (start.ends or (start,))[0]), (end and (end.ends or (end,))[-1])
    return _of("TimeSpan", _of("begin", begin.text) if begin else None, _of("end", until.text) if until else None)


def _shape(geometry: Geometry | None) -> Element | None:
    """Return a GeoJSON geometry as KML, on the ground: lines follow it only where they are tessellated."""
    if geometry is None:
        return None
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return _of("Point", _coordinates([coordinates]))
        case "LineString":
            return _of("LineString", _of("tessellate", "1"), _coordinates(coordinates))
        case "Polygon":
            outer, *holes = (_of("LinearRing", _coordinates(ring)) for ring in coordinates)
            inner = (_of("innerBoundaryIs", hole) for hole in holes)
            return _of("Polygon", _of("tessellate", "1"), _of("outerBoundaryIs", outer), *inner)
        case kind:
            parts = ({"type": kind.removeprefix("Multi"), "coordinates": part} for part in coordinates)
            return _of("MultiGeometry", *map(_shape, parts))


def _coordinates(positions: Iterable[Iterable[float]]) -> Element:
    return _of("coordinates", " ".join(",".join(map(repr, position)) for position in positions))


def _styles(on_view: OnView) -> Iterator[Element]:
    catalog = on_view.catalog
    yield _style("nobody", NOBODY)
    for prefix, frame in (("force", catalog.forces), ("kind", catalog.kinds)):
        for id_, colour in zip(frame["id"], frame["colour"], strict=True):
            yield _style(f"{prefix}-{id_}", colour)
    for moved, line in LINES.items():
        if line.colour:
            yield _style(f"moved-{moved}", line.colour, line.weight)


def _style(id_: str, colour: str, weight: float = 1) -> Element:
    blue_green_red = f"{colour[5:7]}{colour[3:5]}{colour[1:3]}"
    return _of(
        "Style",
        _of("IconStyle", _of("color", f"ff{blue_green_red}")),
        _of("LineStyle", _of("color", f"ff{blue_green_red}"), _of("width", f"{2 * weight:g}")),
        _of("PolyStyle", _of("color", f"40{blue_green_red}")),
        _of("BalloonStyle", _of("text", "$[description]")),
        id=id_,
    )


def _texts(row: Mapping[str, Value], *names: str) -> list[str]:
    return [str(row[name]) for name in names if row[name]]


def _cited(row: Mapping[str, Value]) -> list[str]:
    cited = row["cited"]
    return [str(source) for source in cited] if isinstance(cited, list) else []


def _balloon(lines: Iterable[str]) -> str:
    """Return lines as HTML that shows them as they are; ``$[`` would stand for another part of the Placemark."""
    return "<br>".join(html.escape(line).replace("$[", "&#36;[") for line in lines)


def _folder(name: str, placemarks: Iterable[Element]) -> str:
    return _filled(_of("Folder", _of("name", name)), "</Folder>", map(_text, placemarks))


def _filled(outer: Element, before: str, parts: Iterable[str]) -> str:
    """Return ``outer`` as text with ``parts`` before its last ``before``: elements take ten times their text's room."""
    begin, end, rest = _text(outer).rpartition(before)
    return "".join((begin, *parts, end, rest))


def _text(element: Element) -> str:
    return ElementTree.tostring(element, encoding="unicode")


def _of(tag: str, *children: Element | str | None, **attributes: str) -> Element:
    """Return an element of text or of those children that there are."""
    element = Element(tag, attributes)
    for child in children:
        if isinstance(child, str):
            element.text = _NOT_XML.sub("\ufffd", child)
        elif child is not None:
            element.append(child)
    return element
