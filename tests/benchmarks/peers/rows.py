"""The events as the peers' apps read them."""

import os
from datetime import date
from pathlib import Path

import pandas as pd

FIRST, LAST = date(2012, 1, 1), date(2026, 10, 31)
CENTRE, ZOOM = (34.75, 40.5), 7
COLOURS = {
    "attack": "#c8372d",
    "battle": "#8f3a6b",
    "air-strike": "#e07b2f",
    "ied": "#7a5a2b",
    "arrest": "#4a7a8c",
    "protest": "#5b6f3a",
}


def read_events() -> pd.DataFrame:
    """Return title, kind, lat, lon, and the first and last day since FIRST of each incident."""
    path = Path(os.environ["BENCHMARK_DATA"]) / "incidents.csv"
    rows = pd.read_csv(path, usecols=["title", "kind", "start", "end", "lat", "lon"], dtype={"start": str, "end": str})
    start = pd.to_datetime(rows["start"], format="ISO8601")
    month = rows["start"].str.len() == 7
    end = pd.to_datetime(rows["end"], format="ISO8601").fillna(start.where(~month, start + pd.offsets.MonthEnd()))
    origin = pd.Timestamp(FIRST)
    days = {"first": (start - origin).dt.days, "last": (end - origin).dt.days}
    return rows[["title", "kind", "lat", "lon"]].assign(**days, colour=rows["kind"].map(COLOURS))


def in_window(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Return the incidents that overlap a window, both its ends inclusive."""
    return rows[(rows["first"] <= (last - FIRST).days) & (rows["last"] >= (first - FIRST).days)]


def features(rows: pd.DataFrame) -> list[dict]:
    """Return GeoJSON features."""
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {"title": row.title, "colour": row.colour, "first": row.first, "last": row.last},
        }
        for row in rows.itertuples(index=False)
    ]
