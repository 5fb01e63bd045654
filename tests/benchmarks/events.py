"""A data folder of N seeded incidents: the same seed and N give the same bytes."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

FIRST: Final = date(2012, 1, 1)
LAST: Final = date(2026, 10, 31)
DAYS: Final = (LAST - FIRST).days + 1
SITES: Final = 36
SHARED_PLACES: Final = 3000
"""Places that several incidents have in common; fewer where there are few incidents."""

KINDS: Final = {
    "attack": ("Attack", "triangle-up", "#c8372d"),
    "battle": ("Battle, raid", "cross", "#8f3a6b"),
    "air-strike": ("Air strike", "triangle-down", "#e07b2f"),
    "ied": ("Bomb", "diamond", "#7a5a2b"),
    "arrest": ("Arrest", "circle", "#4a7a8c"),
    "protest": ("Protest", "ring", "#5b6f3a"),
}
FORCES: Final = {
    "us": ("United States", "#1f6fb2"),
    "syria": ("Syrian government", "#2e8b57"),
    "sdf": ("Syrian Democratic Forces", "#d99a12"),
    "is": ("Islamic State", "#3a3a3a"),
    "iraq": ("Iraqi forces", "#7b5ea7"),
    "militia": ("Militias", "#a0522d"),
}
TOML: Final = """title = "{n:,} events"
subtitle = "Seeded events for the benchmark"
[home]
lat = 34.75
lon = 40.5
zoom = 6.5
"""


def write_folder(folder: Path, n: int, basemap: Path, seed: int = 7) -> Path:
    """Write ``n`` incidents and what they refer to, with the basemap of the folder ``basemap``; return ``folder``."""
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text(TOML.format(n=n), encoding="utf-8")
    shutil.copytree(basemap / "basemap", folder / "basemap")
    shutil.copy(basemap / "gazetteer.csv", folder)
    chance = np.random.default_rng([seed, n])
    tables = {
        "sources": pd.DataFrame([{"id": "seeded", "publisher": "Benchmark", "title": "Seeded events", "kind": "wire"}]),
        "forces": _named(FORCES, "name", "colour"),
        "kinds": _named(KINDS, "label", "shape", "colour"),
        "sites": _sites(chance),
        "presence": _presence(chance),
        "incidents": _incidents(chance, n),
    }
    for name, rows in tables.items():
        rows.to_csv(folder / f"{name}.csv", index=False)
    return folder


def _named(rows: dict[str, tuple[str, ...]], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=list(columns)).rename_axis("id").reset_index()


def _sites(chance: np.random.Generator) -> pd.DataFrame:
    lat, lon = _scattered(chance, SITES)
    return pd.DataFrame(
        {
            "id": [f"site-{n}" for n in range(SITES)],
            "name": [f"Site {n}" for n in range(SITES)],
            "kind": chance.choice(["base", "outpost", "air-base"], SITES),
            "country": _countries(lat, lon),
            "lat": lat,
            "lon": lon,
            "precision": "site",
            "sources": "seeded",
        }
    )


def _presence(chance: np.random.Generator) -> pd.DataFrame:
    sites = np.repeat(np.arange(SITES), 2)
    later = np.arange(len(sites)) % 2 == 1
    handover = np.repeat(chance.integers(DAYS // 4, DAYS - 30, SITES), 2)
    return pd.DataFrame(
        {
            "id": [f"presence-{n}" for n in range(len(sites))],
            "site": [f"site-{n}" for n in sites],
            "force": np.where(later, chance.choice(list(FORCES), len(sites)), "us"),
            "status": "present",
            "start": np.where(later, _iso(handover + 1), FIRST.isoformat()),
            "end": np.where(later, "", _iso(handover)),
            "confidence": "high",
            "sources": "seeded",
        }
    )


def _incidents(chance: np.random.Generator, n: int) -> pd.DataFrame:
    lat, lon = _scattered(chance, n)
    shared = chance.random(n) < 1 / 3
    # Some places see far more than others.
    places = min(SHARED_PLACES, max(1, n // 10))
    towns = _scattered(chance, places)
    at = (places * chance.random(n) ** 3).astype(int)
    lat, lon = np.where(shared, towns[0][at], lat), np.where(shared, towns[1][at], lon)
    day = _days(chance, n)
    start = _iso(day)
    monthly = chance.random(n) < 0.05
    long = ~monthly & (chance.random(n) < 0.03)
    end = _iso(np.minimum(day + chance.integers(1, 20, n), DAYS - 1))
    forces = np.array(list(FORCES))
    one, other = chance.integers(0, len(forces), (2, n))
    two = (chance.random(n) < 0.4) & (one != other)
    hurt = chance.random(n) < 0.1
    toll = pd.Series(forces[one]) + " " + pd.Series(chance.integers(1, 25, n)).astype(str)
    return pd.DataFrame(
        {
            "id": [f"event-{number}" for number in range(n)],
            "title": _titles(chance, n),
            "kind": chance.choice(list(KINDS), n, p=[0.35, 0.2, 0.2, 0.15, 0.06, 0.04]),
            "start": np.where(monthly, pd.Series(start).str[:7], start),
            "end": np.where(long, end, ""),
            "country": _countries(lat, lon),
            "lat": lat,
            "lon": lon,
            "precision": np.where(shared, "town", "site"),
            "forces": np.where(two, pd.Series(forces[one]) + "; " + pd.Series(forces[other]), forces[one]),
            "killed": toll.where(hurt, ""),
            "confidence": chance.choice(["high", "medium", "low"], n, p=[0.3, 0.5, 0.2]),
            "sources": "seeded",
        }
    )


def _scattered(chance: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return chance.uniform(32.5, 37, n).round(4), chance.uniform(36, 45, n).round(4)


def _countries(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    return np.where((lat < 33.3) & (lon < 39), "Jordan", np.where(lon < 41, "Syria", "Iraq"))


def _days(chance: np.random.Generator, n: int) -> np.ndarray:
    """Days since FIRST: half at random over all the years, half in six waves."""
    middle = chance.integers(100, DAYS - 100, 6)
    wave = chance.normal(middle[chance.integers(0, 6, n)], 120)
    day = np.where(chance.random(n) < 0.5, chance.uniform(0, DAYS, n), wave)
    return np.clip(day, 0, DAYS - 1).astype(int)


def _iso(days: np.ndarray) -> np.ndarray:
    return (np.datetime64(FIRST) + days).astype(str)


def _titles(chance: np.random.Generator, n: int) -> list[str]:
    """Titles of 40 to 60 characters from some 2,000 words."""
    syllables = [first + last for first in "bdfghjklmnqrstwz" for last in "aeiou"]
    words = sorted({"".join(chance.choice(syllables, chance.integers(1, 5))) for _ in range(2100)})
    # A Zipf-like pick: a few words are in most titles, as in a language.
    picked = (len(words) * chance.random((n, 20)) ** 2).astype(np.uint16)
    least = chance.integers(40, 53, n)
    return [_title(words, row, length) for row, length in zip(picked.tolist(), least.tolist(), strict=True)]


def _title(words: Sequence[str], picked: Sequence[int], least: int) -> str:
    title = ""
    for number in picked:
        title = f"{title} {words[number]}" if title else words[number].capitalize()
        if len(title) >= least:
            break
    return title


def counts_by_day(folder: Path) -> list[int]:
    """Return how many incidents have begun by each day from FIRST on: what a window from FIRST to it shows."""
    start = pd.read_csv(folder / "incidents.csv", usecols=["start"])["start"]
    days = (pd.to_datetime(start, format="ISO8601") - pd.Timestamp(FIRST)).dt.days
    return np.cumsum(np.bincount(days, minlength=DAYS)).tolist()
