"""Hostile URLs of every route, and what is wrong with an answer."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote, quote_from_bytes
from xml.etree import ElementTree as ET

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.catalog.catalog import Catalog
from components.catalog.served import open_catalog
from components.export.files import FILES
from components.export.resources import RESOURCES
from components.export.rows import SINGLE
from components.map.payload import basemap_payload, rows_payload
from components.view.facets import FACETS
from components.view.view import FIELDS
from components.web.headers import security_headers
from components.web.paging import PAGING
from components.web.server import middleware, routes
from tests.fuzz.texts import harmful

ROOT: Final = Path(__file__).parents[2]
COSTLY: Final = ("/preview.png", "/export/view.png", "/export/view.html", "/export/view.xlsx")
"""What takes long: one URL in a hundred."""
KEYS: Final = (*(one.key for one in FIELDS), *(count.key for count in PAGING), "timeline", "filters", "rows", "x")
METHODS: Final = ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "get")
LONGEST: Final = 60_000
"""Characters of a query that the client itself allows; the server's limit is far below."""
HEADERS: Final = ("host", "x-forwarded-host", "x-forwarded-proto", "if-none-match", "range", "origin")
NAMES: Final = tuple(security_headers("'self'"))
SCRIPTS: Final = re.compile(r"\s*(javascript|data:text/html)", re.IGNORECASE)


@dataclass(frozen=True)
class Url:
    """A request."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        text = f"{self.method} {self.path}?{self.query} {self.headers or ''}"
        return text if len(text) < 400 else f"{text[:400]}… ({len(text):,} characters)"


def client_of(folder: Callable[[], Path]) -> TestClient:
    """Return a client of all that this project answers over ``folder``; Streamlit's document is a bare one."""
    page = Route("/", lambda _: HTMLResponse("<!doctype html><head><title>Streamlit</title></head><body>"))
    app = Starlette(routes=[*routes(folder), page], middleware=middleware(folder))
    return TestClient(app, follow_redirects=False)


def hostile_urls(chance: Random, catalog: Catalog, count: int) -> Iterator[Url]:
    """Yield ``count`` URLs."""
    payloads = [rows_payload(catalog), basemap_payload(catalog.folder)]
    cheap = [
        *("/", "/embed", "/feed.atom", "/brief.md", "/brief.txt", "/readyz", "/api/v1", "/api/v1/openapi.json") * 3,
        *(f"/api/v1/{name}" for name in RESOURCES),
        *(f"/export/{name}" for name in FILES if f"/export/{name}" not in COSTLY),
        *(f"/map/{payload.name}.{ending}" for payload in payloads for ending in ("json", "bin", "text", "x")),
        f"/map/{payloads[0].name}/texts",
    ]
    ids = {name: list(catalog.tables[name]["id"]) or ["none"] for name in SINGLE}

    def path() -> str:
        kind = chance.random()
        if kind < 0.01:
            return chance.choice(COSTLY)
        if kind < 0.1:
            name = chance.choice(list(SINGLE))
            return f"/api/v1/{name}/{chance.choice(ids[name])}"
        if kind < 0.3:
            stem = chance.choice(["/", "/map/", "/export/", "/api/v1/", "/api/v1/sites/", "/assets/", "/api/v1/x/"])
            return stem + _escaped(chance, harmful(chance))
        return chance.choice(cheap)

    for _ in range(count):
        pairs = [(chance.choice(KEYS), _value(chance, catalog)) for _ in range(chance.choice([0, 1, 1, 2, 3, 8]))]
        if chance.random() < 0.02:
            pairs *= 150
        query = "&".join(f"{key}={_escaped(chance, value)}" for key, value in pairs)
        if chance.random() < 0.05:
            query += chance.choice(["&", "&&=", "&=", "&from", "&%", "&%zz=%f", "&" + "a" * 9000, ";kind=attack"])
        method = chance.choice(METHODS) if chance.random() < 0.05 else "GET"
        headers = {chance.choice(HEADERS): _header(chance)} if chance.random() < 0.1 else {}
        yield Url(path(), query[:LONGEST], method, headers)


def _value(chance: Random, catalog: Catalog) -> str:
    if chance.random() < 0.6:
        return harmful(chance)
    sound = ["2026-02-11", "2025-11", "7/34.5/40.1", "carto", "posture", "changes", "en", "2", "off", catalog.version]
    sound += [option.value for facet in FACETS for option in facet.options(catalog)]
    sound += [f"site:{id_}" for id_ in catalog.sites["id"][:5]] + [f"{one.id}/1" for one in catalog.briefings]
    return chance.choice(sound)


def _escaped(chance: Random, text: str) -> str:
    """Return ``text`` for a URL: escaped, or half of it, or bytes that are not UTF-8."""
    how = chance.random()
    if how < 0.7:
        return quote(text, safe="")
    if how < 0.85:
        return quote(text, safe="/:;,@+=!$'()*<>\"`{}|^[]\\%")
    return quote_from_bytes(text.encode("utf-16-le" if how < 0.9 else "utf-8")[: chance.randint(0, 40)] + b"\xff\xc0")


def _header(chance: Random) -> str:
    text = "".join(c for c in harmful(chance)[:100] if " " < c < "\x7f")
    return chance.choice([text, f"[{text}", f"a.example:{text}", f'"{text}"', "gzip;q=0", "W/*", ""])


def faults_of_url(client: TestClient, url: Url) -> list[str]:
    """Return what is wrong with the answer to ``url``; never raise."""
    try:
        answer = client.request(url.method, f"{url.path}?{url.query}", headers=url.headers)
    except Exception as error:  # noqa: BLE001 (whatever it is, is what is looked for)
        return [f"raises {error!r} in {where(error)}: {url}"]
    faults = []
    no_data = url.path == "/readyz" and answer.status_code == 503
    if answer.status_code >= 500 and not no_data:
        faults.append(f"is answered {answer.status_code}")
    faults += [f"has no {name}" for name in NAMES if name not in answer.headers]
    if "set-cookie" in answer.headers:
        faults.append("sets a cookie")
    text = answer.text if answer.content and "image/" not in answer.headers.get("content-type", "") else ""
    if str(ROOT) in text or "Traceback (most" in text:
        faults.append("tells the server's insides")
    told = _FORMS.get(answer.headers.get("content-type", "").partition(";")[0])
    if text and told and (why := told(text)):
        faults.append(why)
    return [f"{fault}: {url}" for fault in faults]


def where(error: BaseException) -> str:
    found = error.__traceback__
    where = ""
    while found:
        code = found.tb_frame.f_code
        if str(ROOT / "components") in code.co_filename:
            where = f"{Path(code.co_filename).relative_to(ROOT)}:{found.tb_lineno}"
        found = found.tb_next
    return where


class _Elements(HTMLParser):
    """What is code in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src", "action") and SCRIPTS.match(value or "")):
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag in ("img", "x") and ("src", "x") in [*attrs, ("src", tag)]:
            self.wrong.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and re.match(r"\s*pwned\(\)", data):
            self.wrong.append(data[:60])


def _html(text: str) -> str:
    elements = _Elements()
    elements.feed(text)
    elements.close()
    return f"runs {elements.wrong[:3]}" if elements.wrong else ""


def _json(text: str) -> str:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError as error:
        return f"is no JSON: {error}"
    return ""


def _xml(text: str) -> str:
    try:
        ET.fromstring(text)
    except ET.ParseError as error:
        return f"is no XML: {error}"
    return ""


_FORMS: Final[dict[str, Callable[[str], str]]] = {
    "text/html": _html,
    "application/json": _json,
    "application/geo+json": _json,
    "application/atom+xml": _xml,
    "application/vnd.google-earth.kml+xml": _xml,
}


def fuzz_urls(seed: int, count: int, folder: Path = ROOT / "data") -> Iterator[str]:
    """Ask for ``count`` hostile URLs; yield what is wrong with the answers."""
    client = client_of(lambda: folder)
    catalog = open_catalog(folder)
    for url in hostile_urls(Random(seed), catalog, count):
        yield from faults_of_url(client, url)
