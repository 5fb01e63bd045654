"""A tiny data folder, sound until a test breaks it."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from components.catalog.catalog import Catalog, load
from components.catalog.tables import GAZETTEER, TABLES, Table

HEADERS = {table.name: list(table.row.model_fields) for table in (*TABLES, GAZETTEER)}
SOUND: dict[str, list[dict[str, str]]] = {
    "sources": [
        {"id": "wire-1", "publisher": "Wire", "title": "Report", "kind": "wire", "url": "https://example.org/1"},
        {"id": "memory", "publisher": "None", "title": "Unverified", "kind": "memory"},
    ],
    "forces": [
        {"id": "us", "name": "United States", "colour": "#1f6fb2"},
        {"id": "uk", "name": "United Kingdom", "colour": "#8a6fb0"},
    ],
    "kinds": [{"id": "attack", "label": "Attack", "shape": "triangle-up", "colour": "#c8372d"}],
    "sites": [
        {
            "id": "al-tanf",
            "name": "Al-Tanf garrison",
            "name_ar": "قاعدة التنف",
            "aliases": "Al-Tanf; التنف",
            "kind": "garrison",
            "country": "Syria",
            "admin1": "Homs",
            "lat": "33.5058",
            "lon": "38.6178",
            "sources": "wire-1",
        },
        {
            "id": "palmyra",
            "name": "Palmyra",
            "kind": "town",
            "country": "Syria",
            "place": "Tadmur, Syria",
            "sources": "wire-1",
        },
    ],
    "presence": [
        {
            "id": "al-tanf-us",
            "site": "al-tanf",
            "force": "us",
            "status": "present",
            "start": "2016-03",
            "end": "2026-02-11",
            "confidence": "high",
            "sources": "wire-1",
        }
    ],
    "areas": [
        {
            "id": "zone-55",
            "name": "55-kilometre zone",
            "force": "us",
            "start": "2016-03",
            "last_confirmed": "2026-02-11",
            "confidence": "medium",
            "geometry": "POLYGON ((38.1 33.2, 39.2 33.2, 39.2 33.9, 38.1 33.9, 38.1 33.2))",
            "sources": "wire-1",
        }
    ],
    "incidents": [
        {
            "id": "attack-1",
            "title": "Attack",
            "kind": "attack",
            "start": "2025-12-13",
            "site": "palmyra",
            "forces": "us; uk",
            "killed": "us 3",
            "confidence": "high",
            "sources": "wire-1",
        }
    ],
    "movements": [
        {
            "id": "out-1",
            "title": "Withdrawal",
            "kind": "withdrawal",
            "start": "2026-01-27",
            "end": "2026-02-11",
            "origin": "al-tanf",
            "destination": "Jordan",
            "force": "us",
            "low": "100",
            "high": "200",
            "unit": "people",
            "confidence": "medium",
            "sources": "wire-1",
        }
    ],
    "strengths": [
        {
            "id": "syria-us",
            "force": "us",
            "country": "Syria",
            "date": "2026-02",
            "low": "900",
            "high": "1000",
            "confidence": "low",
            "sources": "wire-1",
        }
    ],
    "counts": [
        {
            "id": "attacks",
            "series": "Attacks on US forces",
            "unit": "attacks",
            "since": "2023-10-17",
            "date": "2023-10-24",
            "low": "13",
            "high": "13",
            "confidence": "high",
            "sources": "wire-1",
        }
    ],
    "claims": [
        {
            "id": f"when-{day}",
            "topic": "When they left",
            "row": "movement:out-1",
            "field": "end",
            "value": f"2026-02-{day}",
            "sources": "wire-1",
        }
        for day in (11, 12)
    ],
    "places": [
        {
            "query": "Jordan",
            "lat": "31.25",
            "lon": "36.8",
            "precision": "country",
            "radius_km": "170",
            "geocoder": "gazetteer",
            "matched": "Jordan",
            "located_on": "2026-03-01",
        },
        {
            "query": "Tadmur, Syria",
            "lat": "34.5624",
            "lon": "38.284",
            "precision": "town",
            "geocoder": "gazetteer",
            "matched": "Tadmur, Homs, Syria",
            "located_on": "2026-03-01",
        },
    ],
    "gazetteer": [
        {
            "id": "geonames-1",
            "name": "Tadmur",
            "aliases": "Palmyra; تدمر",
            "kind": "town",
            "country": "Syria",
            "admin1": "Homs",
            "lat": "34.5624",
            "lon": "38.284",
            "precision": "town",
            "source": "geonames",
        }
    ],
}
TOML = 'title = "Test"\nsubtitle = "A tiny folder"\n'


class Folder:
    """The data folder at ``path``: a sound one, with the means to break it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.mend()

    def mend(self) -> None:
        """Write every file of the folder soundly."""
        for table in SOUND:
            self.rows(table)
        (self.path / "dataset.toml").write_text(TOML, encoding="utf-8")

    def rows(self, table: str, *changes: dict[str, str], sound: bool = True) -> list[dict[str, str]]:
        """Write ``table``: the sound rows, then a copy of the first with each of ``changes``."""
        rows = [*(SOUND[table] if sound else ()), *({**SOUND[table][0], **change} for change in changes)]
        self.text(table, csv_text(table, rows))
        return rows

    def text(self, table: str, text: str | bytes) -> None:
        """Write ``table``'s file as it is given."""
        content = text if isinstance(text, bytes) else text.encode("utf-8", errors="surrogatepass")
        (self.path / f"{table}.csv").write_bytes(content)

    def read(self, table: str) -> str:
        """Return ``table``'s file."""
        return (self.path / f"{table}.csv").read_bytes().decode("utf-8")

    def remove(self, table: str) -> None:
        """Remove ``table``'s file."""
        (self.path / f"{table}.csv").unlink()

    def load(self) -> Catalog:
        """Load the folder."""
        return load(self.path)


def csv_text(table: str, rows: list[dict[str, str]]) -> str:
    """Return ``rows`` as ``table``'s file: a header and a line for each."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADERS[table], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A sound data folder for one test."""
    return Folder(tmp_path / "data")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A data folder that all examples of a property share; each writes what it needs."""
    return Folder(tmp_path_factory.mktemp("scratch"))


@pytest.fixture(scope="session")
def tables() -> Callable[[str], Table]:
    """The table of a name."""
    return {table.name: table for table in (*TABLES, GAZETTEER)}.__getitem__


@pytest.fixture(scope="session")
def real() -> Path:
    """The committed data folder."""
    return Path(__file__).parents[3] / "data"
