"""Import of a large ACLED export, new and again: `uv run python tests/benchmarks/importing.py [ROWS]`.

Prints seconds and the process's peak of memory. The rows are seeded: the same number gives the same file.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from components.cli import main

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


def run(rows: int) -> None:
    """Import so many rows into a new folder, then the same again, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        path, into = Path(folder) / "acled.csv", Path(folder) / "data"
        export(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        for what in ("new", "again"):
            began = time.perf_counter()
            assert main(["import", str(path), "--into", str(into)]) == 0
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{what}: {time.perf_counter() - began:.1f} s, peak {peak:,.0f} MB (before {before:,.0f} MB)")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
