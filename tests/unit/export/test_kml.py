"""KML that the OGC's own schema allows, with times, and text that nothing runs."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import fastkml
import pytest
from lxml import etree

from components.catalog.catalog import Catalog
from components.export.kml import NAMESPACE, kml_of
from components.export.resources import RESOURCES
from components.map.style import LINES
from components.view.on_view import OnView, on_view
from components.view.view import FIRST_DAY, LAST_DAY, View

K = f"{{{NAMESPACE}}}"
SCHEMA = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of KML 2.2 that the OGC publishes; fastkml brings it along."""
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.fixture(scope="module")
def read(origin) -> Callable[[OnView], etree._Element]:
    """The KML of a view, read."""
    return lambda shown: etree.fromstring(kml_of(shown, origin(shown)))


@pytest.fixture(scope="module")
def document(shown: OnView, read) -> etree._Element:
    return read(shown)


def placemarks(kml: etree._Element, folder: str) -> list[etree._Element]:
    [found] = [one for one in kml.iter(f"{K}Folder") if one.findtext(f"{K}name") == folder]
    return found.findall(f"{K}Placemark")


def times(placemark: etree._Element) -> tuple[str | None, str | None]:
    return tuple(placemark.findtext(f"{K}TimeSpan/{K}{end}") for end in ("begin", "end"))


def test_the_schema_allows_it(document, schema) -> None:
    schema.assertValid(document)


def test_the_schema_refuses_what_is_in_no_order(document, schema) -> None:
    broken = etree.fromstring(etree.tostring(document))
    first = broken.find(f"{K}Document")
    first.append(first.find(f"{K}name"))
    assert not schema.validate(broken)


def test_another_reader_finds_its_folders(shown, origin) -> None:
    kml = fastkml.KML.from_string(kml_of(shown, origin(shown)).decode("utf-8").partition("\n")[2])
    [document] = kml.features
    assert [folder.name for folder in document.features] == ["Sites", "Incidents", "Movements"]
    assert len(document.features[1].features) == len(shown.selection.incidents)
    assert len(document.features[2].features) == len(shown.selection.movements)
    assert all(placemark.times for placemark in document.features[1].features)


class Text(HTMLParser):
    """What a balloon shows."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert (tag, attrs) == ("br", []), "nothing but the end of a line"
        self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def shows(placemark: etree._Element) -> list[str]:
    text = Text()
    text.feed(placemark.findtext(f"{K}description"))
    text.close()
    return text.lines


def test_a_balloon_shows_text_as_it_is_and_runs_none_of_it(document, shown) -> None:
    for text in document.iter(f"{K}text"):
        assert text.text == "$[description]", "not the name, nor the data, which are not escaped"
    rows = RESOURCES["incidents"].listing(shown).all()
    for placemark, row in zip(placemarks(document, "Incidents"), rows, strict=True):
        lines = [
            re.sub("[\ufffe\uffff]", "\ufffd", line).replace("\r\n", "\n") for line in (row["title"], *row["cited"])
        ]
        assert placemark.get("id") == f"incident-{row['id']}"
        assert placemark.findtext(f"{K}name") == lines[0]
        assert shows(placemark)[0] == lines[0]
        assert shows(placemark)[1 - len(lines) :] == lines[1:]
        assert "$[" not in placemark.findtext(f"{K}description")


def test_every_style_that_is_named_is_there_and_every_id_once(document) -> None:
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert {url.text.removeprefix("#") for url in document.iter(f"{K}styleUrl")} <= set(ids)


def test_it_says_where_it_is_from(document, shown, origin) -> None:
    about = origin(shown)
    lines = shows(document.find(f"{K}Document"))
    assert lines == [
        about.title,
        about.window,
        f"{about.dataset}, data {about.data}",
        *([about.record] if about.record else []),
        f"Licence: {about.licence}",
        *about.credits,
        about.link,
    ]


SITE = {"id": "base", "name": "Base"}
STAYS = [
    {"id": "whole", "site": "base", "force": "us", "start": "2025-12-01", "end": "2026-01"},
    {"id": "open", "site": "base", "force": "syria", "start": "2026"},
    {"id": "ever", "site": "base", "force": "sdf"},
    {"id": "before", "site": "base", "force": "us", "start": "2020", "end": "2025-10"},
    {"id": "after", "site": "base", "force": "us", "start": "2026-04-01"},
    {"id": "planned", "site": "base", "force": "us", "status": "planned", "start": "2026-01-01"},
]


@pytest.fixture(scope="module")
def stays(catalog_of: Callable[..., Catalog]) -> Catalog:
    return catalog_of(
        sources=[{"id": "wire"}, {"id": "late", "published": "2026-02-20"}, {"id": "early", "published": "2025-12-02"}],
        sites=[SITE, {"id": "nobodys", "name": "Nobody's"}, {"id": "afar", "lat": "0", "precision": "country"}],
        presence=[*STAYS, {**STAYS[0], "id": "told", "site": "afar", "sources": "early; late", "note": "It ended."}],
        incidents=[
            {"id": "day", "site": "base"},
            {"id": "month", "site": "base", "start": "2026-01", "end": "2026-02"},
        ],
        movements=[{"id": "there", "origin": "base", "destination": "afar", "start": "2026"}],
    )


WINDOW = (date(2025, 11, 10), date(2026, 3, 12))


def test_a_presence_is_told_for_as_long_as_it_lasted_where_it_touches_the_window(read, stays) -> None:
    kml = read(on_view(stays, View(*WINDOW)))
    told = {placemark.get("id"): times(placemark) for placemark in placemarks(kml, "Sites")}
    assert told == {
        "presence-whole": ("2025-12-01", "2026-01"),
        "presence-open": ("2026", None),
        "presence-ever": (None, None),
        "site-nobodys": (None, None),
        "presence-told": ("2025-12-01", "2026-01"),
    }
    assert len(list(kml.iter(f"{K}TimeSpan"))) == 3 + 2 + 1, "without dates there is none"


def test_an_end_that_was_not_public_yet_is_left_out(read, stays) -> None:
    kml = read(on_view(stays, View(*WINDOW, known=date(2026, 2, 1))))
    [told] = [one for one in placemarks(kml, "Sites") if one.get("id") == "presence-told"]
    assert times(told) == ("2025-12-01", None)
    assert "It ended." not in etree.tostring(told, encoding="unicode")
    assert "2026-02-20" not in etree.tostring(told, encoding="unicode")


@pytest.mark.parametrize(("known", "told"), [(None, True), (date(2026, 3, 4), False)])
def test_of_whose_leaving_no_report_was_found_is_told(catalog_of, read, known: date | None, told: bool) -> None:
    row = {"id": "open", "site": "base", "force": "us", "start": "2026-01", "searched": "2026-03-05"}
    kml = read(on_view(catalog_of(sites=[SITE], presence=[row]), View(*WINDOW, known=known)))
    [placemark] = placemarks(kml, "Sites")
    assert ("No report of their leaving was found up to 5 March 2026." in shows(placemark)) == told
    assert ("2026-03-05" in etree.tostring(placemark, encoding="unicode")) == told


def test_what_happened_is_told_from_its_first_to_its_last_day(read, stays) -> None:
    kml = read(on_view(stays, View(*WINDOW)))
    assert [times(one) for one in placemarks(kml, "Incidents")] == [
        ("2026-01", "2026-02"),
        ("2026-02-01", "2026-02-01"),
    ]
    assert [times(one) for one in placemarks(kml, "Movements")] == [("2026", "2026")]


def test_a_place_is_no_surer_than_its_source_and_in_its_forces_colour(read, stays) -> None:
    kml = read(on_view(stays, View(*WINDOW)))
    shapes = {one.get("id"): one[-1].tag.removeprefix(K) for one in placemarks(kml, "Sites")}
    assert shapes["presence-whole"] == "Point"
    assert shapes["presence-told"] == "Polygon"
    assert [one[-1].tag for one in placemarks(kml, "Movements")] == [f"{K}LineString"]
    [style] = [one for one in kml.iter(f"{K}Style") if one.get("id") == "force-us"]
    assert style.findtext(f"{K}IconStyle/{K}color") == "ffb26f1f", "alpha, blue, green, red of #1f6fb2"
    assert placemarks(kml, "Sites")[0].findtext(f"{K}styleUrl") == "#force-us"


def test_a_line_has_its_force_s_colour_only_where_troops_moved(catalog_of, whole, read) -> None:
    moves = [{"id": moved, "origin": "a", "destination": "b", "moved": moved} for moved in LINES]
    shown = whole(catalog_of(sites=[{"id": "a"}, {"id": "b", "lat": "36"}], movements=moves))
    kml = read(shown)
    styles = {style.get("id"): style for style in kml.iter(f"{K}Style")}
    for placemark in placemarks(kml, "Movements"):
        moved = placemark.get("id", "").removeprefix("movement-")
        name = placemark.findtext(f"{K}styleUrl").removeprefix("#")
        assert name == ("force-us" if moved == "troops" else f"moved-{moved}")
        line = styles[name].find(f"{K}LineStyle")
        assert (float(line.findtext(f"{K}width")) == 2) is (moved == "troops")
        assert f"What moved: {moved.capitalize()}" in shows(placemark)


def test_what_crosses_the_antimeridian_comes_in_parts(read, whole, hostile) -> None:
    kml = read(whole(hostile))
    parts = list(kml.iter(f"{K}MultiGeometry"))
    assert parts
    assert all(len(part) == 2 for part in parts)


@pytest.mark.e2e
def test_the_same_view_gives_the_same_bytes(curated, origin) -> None:
    one, other = (on_view(curated, View(FIRST_DAY, LAST_DAY)) for _ in range(2))
    assert kml_of(one, origin(one)) == kml_of(other, origin(other))


def test_a_part_names_its_whole(catalog_of, whole, read) -> None:
    catalog = catalog_of(
        sites=[{"id": "base"}],
        incidents=[
            {"id": "all", "title": "All of it", "site": "base"},
            {"id": "one", "title": "One", "site": "base", "part_of": "all"},
        ],
    )
    found = placemarks(read(whole(catalog)), "Incidents")
    told = {one.findtext(f"{K}name"): one.findtext(f"{K}description") for one in found}
    assert "Part of: All of it" in (told["One"] or "")
    assert "Part of" not in (told["All of it"] or "")
