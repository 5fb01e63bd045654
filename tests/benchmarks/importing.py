"""Import of a large ACLED export, new and again: `uv run python tests/benchmarks/importing.py [ROWS [REPEAT]]`.

Prints seconds, and the peak of memory of a process that does nothing else (Linux tells it). The rows are seeded: the
same number gives the same file.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pandas as pd

WORDS = ("forces", "clashed", "gunmen", "near", "village", "road", "killing", "several", "wounding", "shelling")


def export(path: Path, rows: int, seed: int = 7) -> None:
    """Write an ACLED export of so many rows."""
    chance = np.random.default_rng([seed, rows])
    types = {
        "Battles": ("Armed clash", "Government regains territory"),
        "Explosions/Remote violence": ("Shelling/artillery/missile attack", "Air/drone strike", "Remote explosive/IED"),
        "Violence against civilians": ("Attack", "Abduction/forced disappearance"),
        "Protests": ("Peaceful protest",),
        "Riots": ("Mob violence",),
        "Strategic developments": ("Agreement", "Arrests", "Looting/property destruction"),
    }
    pairs = [(kind, detail) for kind, details in types.items() for detail in details]
    kinds = [pairs[n] for n in chance.integers(0, len(pairs), rows)]
    actors = np.array([f"Group {n} of Region {n % 40} ({2000 + n % 20}-)" for n in range(900)])
    places = np.array([f"Village {n}" for n in range(8000)])
    at = chance.integers(0, len(places), rows)
    lat, lon = chance.uniform(32.5, 37, len(places)).round(4), chance.uniform(36, 45, len(places)).round(4)
    days = np.datetime64("2012-01-01") + chance.integers(0, 5000, rows)
    outlets = np.array([f"Outlet {n}" for n in range(400)])
    notes = [" ".join(row) for row in np.array(WORDS)[chance.integers(0, len(WORDS), (rows, 40))]]
    pd.DataFrame(
        {
            "event_id_cnty": [f"SYR{n}" for n in range(rows)],
            "event_date": pd.Series(days).dt.strftime("%d %B %Y"),
            "year": pd.Series(days).dt.year,
            "time_precision": chance.choice([1, 2, 3], rows, p=[0.9, 0.08, 0.02]),
            "disorder_type": "Political violence",
            "event_type": [kind for kind, _ in kinds],
            "sub_event_type": [detail for _, detail in kinds],
            "actor1": actors[(900 * chance.random(rows) ** 3).astype(int)],
            "assoc_actor_1": "",
            "inter1": chance.integers(1, 9, rows),
            "actor2": actors[(900 * chance.random(rows) ** 3).astype(int)],
            "assoc_actor_2": "",
            "inter2": chance.integers(1, 9, rows),
            "interaction": 12,
            "civilian_targeting": "",
            "iso": 760,
            "region": "Middle East",
            "country": "Syria",
            "admin1": pd.Series(at % 14).map("Province {}".format),
            "admin2": pd.Series(at % 60).map("District {}".format),
            "admin3": pd.Series(at % 270).map("Subdistrict {}".format),
            "location": places[at],
            "latitude": lat[at],
            "longitude": lon[at],
            "geo_precision": chance.choice([1, 2, 3], rows, p=[0.8, 0.17, 0.03]),
            "source": pd.Series(outlets[chance.integers(0, 400, rows)]) + "; " + outlets[chance.integers(0, 400, rows)],
            "source_scale": "National",
            "notes": notes,
            "fatalities": chance.choice([0, 1, 2, 5], rows, p=[0.7, 0.15, 0.1, 0.05]),
            "tags": "",
            "timestamp": chance.integers(1_500_000_000, 1_750_000_000, rows),
        }
    ).to_csv(path, index=False)


def newer(path: Path, export: Path) -> None:
    """Write the export as it is later: 1 % of its rows changed, 1 % more, 0.5 % gone, the newest first."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.loc[rows.index % 100 == 7, "notes"] += " Now known better."
    more = rows[rows.index % 100 == 50].assign(event_id_cnty=lambda found: found["event_id_cnty"] + "9999")
    pd.concat([more, rows[rows.index % 200 != 11]]).iloc[::-1].to_csv(export, index=False)


def changed_by_hand(folder: Path) -> None:
    """Have some thousands of summaries changed by hand, in place."""
    path = folder / "incidents.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("forces clashed gunmen", "some forces clashed", 4_000), encoding="utf-8")


class Run(NamedTuple):
    """What an import took."""

    processor: float
    elapsed: float
    peak: float


IMPORT = """
import sys, time
from components.cli import main
began = time.perf_counter()
assert main(["import", sys.argv[1], "--into", sys.argv[2]]) == 0
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time(), time.perf_counter() - began, int(peak) / 1e6 * 1.024)
"""


def imported(path: Path, into: Path) -> Run:
    """Import a file in a process of its own."""
    done = subprocess.run([sys.executable, "-c", IMPORT, path, into], check=True, capture_output=True, text=True)
    return Run(*map(float, done.stdout.split()[-3:]))


def run(rows: int, repeat: int) -> None:
    """Import so many rows into a new folder, then as often as there are cases again, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        path, later = at / "acled.csv", at / "later.csv"
        export(path, rows)
        newer(path, later)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        cases: dict[str, tuple[Path, Callable[[Path], object]]] = {
            "new": (path, shutil.rmtree),
            "again, nothing changed": (path, lambda _: None),
            "a newer export": (later, lambda _: None),
            "an older one into it, changed by hand": (path, changed_by_hand),
        }
        into = at / "data"
        into.mkdir()
        found: dict[str, list[Run]] = {what: [] for what in cases}
        for _ in range(repeat):
            for what, (file, prepare) in cases.items():
                prepare(into)
                found[what].append(imported(file, into))
        for what, runs in found.items():
            middle = Run(*(median(values) for values in zip(*runs, strict=True)))
            print(f"{what}: processor {middle.processor:.0f} s, elapsed {middle.elapsed:.0f} s, {middle.peak:.2f} GB")


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    run(*(given + [400_000, 3][len(given) :]))
