"""Places of map files: GeoJSON, KML, KMZ, GPX; and what in them is refused."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from components.importing.importing import interpret
from components.importing.limits import RefusedError
from components.importing.reading import read

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Geolocated</name>
<Style id="red"><IconStyle><color>ff0000ff</color></IconStyle></Style>
<StyleMap id="ru"><Pair><key>normal</key><styleUrl>#red</styleUrl></Pair></StyleMap>
<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink>
<Folder><name>February</name><Folder><name>11 FEB 2026</name>
<Placemark><name>Drone strike on a depot</name><styleUrl>#ru</styleUrl>
<description><![CDATA[Seen <b>burning</b>.<br>Source: <a href="https://example.org/1">post</a>
 https://example.org/2. <script>alert(1)</script>]]></description>
<Point><coordinates>38.25,34.5,0</coordinates></Point></Placemark>
<Placemark><name>A line</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>
</Folder></Folder>
<Placemark><name>Post</name><TimeSpan><begin>2026-02-12</begin><end>2026-02-14</end></TimeSpan>
<ExtendedData><Data name="Country"><value>Syria</value></Data></ExtendedData>
<Point><coordinates> 38.5,34.25 </coordinates></Point></Placemark>
</Document></kml>"""
GPX = """<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="34.5" lon="38.25"><time>2026-02-11T10:00:00Z</time><name>Checkpoint</name><desc>Two guards</desc>
<link href="https://example.org/3"/></wpt><trk><trkseg/></trk></gpx>"""


def kmz(text: str, name: str = "doc.kml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize("content", [KML.encode(), kmz(KML), KML.encode("utf-16")], ids=["kml", "kmz", "utf-16"])
def test_placemarks_of_day_folders(imported, content: bytes) -> None:
    content = content if not content.startswith(b"\xff\xfe") else KML.replace("UTF-8", "UTF-16").encode("utf-16")
    planned, catalog = imported(content, "file.kml")
    assert catalog.problems == ()
    strike, post = (
        catalog.incidents[catalog.incidents["title"].str.startswith(word)].iloc[0] for word in ("Dr", "Post")
    )
    assert (strike.start.text, strike.lat, strike.lon) == ("2026-02-11", 34.5, 38.25)
    assert strike.summary.startswith("Seen burning.\nSource: post")
    assert "alert" not in strike.summary
    assert [catalog.sources.loc[id_, "url"] for id_ in strike.sources] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert "Colour: ff0000ff" in strike.further.replace("colour", "Colour")
    assert "February / 11 FEB 2026" in strike.further
    assert (post.start.text, post.end.text, post.country) == ("2026-02-12", "2026-02-14", ("Syria",))
    reasons = planned.reports[0].reasons
    assert reasons["left out: not a point, nor an area with a holder"].count == 1
    assert reasons["left out: a link to another file, which is not fetched"].count == 1
    assert planned.reports[0].format.startswith("KML")


def test_waypoints_are_exact(imported) -> None:
    planned, catalog = imported(GPX.encode(), "file.gpx")
    assert catalog.problems == ()
    [incident] = catalog.incidents.itertuples()
    assert (incident.title, incident.summary, incident.precision) == ("Checkpoint", "Two guards", "site")
    assert incident.start.text == "2026-02-11"
    assert planned.reports[0].format.startswith("GPX")


def test_points_of_geojson_and_no_areas(imported) -> None:
    areas = {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]}
    features = [
        {
            "type": "Feature",
            "id": 7,
            "geometry": {"type": "Point", "coordinates": [38.25, 34.5]},
            "properties": {"date": "2026-02-11", "name": "Post", "tags": ["a", "b"], "killed": 3, "none": None},
        },
        {"type": "Feature", "geometry": areas, "properties": {"date": "2026-02-11"}},
        {"type": "Feature", "geometry": None, "properties": {"date": "2026-02-12", "name": "Nowhere"}},
        "no feature",
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    planned, catalog = imported(content, "file.geojson")
    assert catalog.problems == ()
    [incident] = catalog.incidents.itertuples()
    assert (incident.Index, incident.lat, incident.killed[0].low) == ("table-7", 34.5, 3)
    assert incident.further == 'tags: ["a", "b"]'
    reasons = planned.reports[0].reasons
    assert reasons["left out: not a point, nor an area with a holder"].lines == ["file.geojson:2"]
    assert reasons["left out: no coordinates, no place and no country"].lines == ["file.geojson:3"]
    assert sum(reason.count for reason in reasons.values()) == 3


def test_a_list_of_rows_in_json_is_a_table() -> None:
    rows = [{"date": "2026-02-11", "lat": 34.5, "lon": 38.25}]
    for content in (rows, {"status": 200, "data": rows}):
        assert len(interpret([("a.json", json.dumps(content).encode())]).events) == 1


BOMB = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + KML.partition("?>")[2].replace(
    "Post", "&b;"
)
OUTSIDE = '<!DOCTYPE kml SYSTEM "http://example.org/x.dtd">' + KML.partition("?>")[2]
HOSTILE: dict[str, Callable[[], bytes]] = {
    "entities": lambda: BOMB.encode(),
    "a document type from outside": lambda: OUTSIDE.encode(),
    "entities in a kmz": lambda: kmz(BOMB),
    "a zip bomb": lambda: kmz("<kml>" + " " * 60_000_000 + "</kml>"),
    "elements within elements": lambda: b"<kml>" + b"<Folder>" * 5000 + b"</Folder>" * 5000 + b"</kml>",
    "lists within lists": lambda: b"[" * 100_000,
    "10 000 columns": lambda: ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n1,2\n",
    "10 000 columns with semicolons": lambda: ";".join(f"c{n}" for n in range(10_000)).encode() + b"\n1;2\n",
    "no XML": lambda: b"<kml",
    "no workbook": lambda: kmz("<x/>", "xl/workbook.xml"),
    "bytes": lambda: bytes(range(256)) * 4,
}
"""What makes each: 60 MB of spaces are not packed by who runs other tests."""


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(RefusedError) as refused:
        interpret([("bad.file", HOSTILE[what]())])
    assert str(refused.value).startswith("bad.file")


def test_scripts_and_formulas_in_any_column_are_only_text(imported, tmp_path) -> None:
    script, formula = "<script>alert(1)</script>", "=cmd|' /C calc'!A0"
    header = "Date,Title,Country,Lat,Lon,Type,Source,Side,Notes,Own"
    row = f'2026-02-11,{script},"{formula}",34,38,"{formula}",{script},"{formula}",{script},"{formula}"'
    _, catalog = imported(f"{header}\n{row}\n".encode())
    assert catalog.problems == ()
    [incident] = catalog.incidents.itertuples()
    assert incident.title == script
    assert formula in incident.further
    for path in (tmp_path / "imported").rglob("*.csv"):
        assert "\n=" not in path.read_text(encoding="utf-8")
        assert ",=" not in path.read_text(encoding="utf-8")


def test_a_table_of_one_sheet_is_one_table() -> None:
    [(sheet, report)] = read(b"Date,Lat\n2026,1\n", "a.csv")
    assert (len(sheet), report.file, sheet.has("Date", "Lat")) == (1, "a.csv", True)
