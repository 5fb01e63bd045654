"""Trends as a picture: what is drawn is what is counted."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PIL import Image

from components.map.palettes import LIGHT
from components.picture import trends as pictures
from components.picture.canvas import Canvas
from components.picture.palette import legible, rgb
from components.picture.trends import trends_png
from components.view.on_view import on_view
from components.view.trends import trends
from components.view.trends_text import chart_heights, charted, highest
from components.view.view import default_view

LINK = "https://laydown.example.org/"


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The texts that are written on the sheet."""
    texts: list[str] = []
    write = Canvas.write
    monkeypatch.setattr(Canvas, "write", lambda self, text, *at: (texts.append(text), write(self, text, *at))[1])
    return texts


@pytest.mark.parametrize("measure", ["incidents", "killed"])
@pytest.mark.parametrize("by", ["kind", "force", "country"])
def test_each_chart_is_there_with_its_number(curated, written, measure: str, by: str) -> None:
    shown = on_view(curated, replace(default_view(curated), measure=measure, by=by))
    picture = Image.open(io.BytesIO(trends_png(shown, LINK)))
    assert picture.width == 1800
    assert picture.text["Source"] == LINK
    lines = charted(trends(shown), measure)
    assert lines
    for line in lines:
        assert any(line.option.label.startswith(text.rstrip("…")) for text in written), line.option.label
    assert any("selected incidents, not a census" in text for text in written)


def test_bars_are_as_high_as_they_count(catalog_of, monkeypatch) -> None:
    catalog = catalog_of(
        incidents=[
            {"id": f"i{n}", "lat": "34", "lon": "38", "start": "2026-02-01" if n < 4 else "2026-02-10"}
            for n in range(5)
        ],
    )
    view = replace(default_view(catalog), start=date(2026, 2, 1), end=date(2026, 2, 10), per="day")
    told = trends(on_view(catalog, view))
    [line] = charted(told, view.measure)
    assert highest([line], view.measure) == 4
    boxes = []
    monkeypatch.setattr(Canvas, "box", lambda self, *box: boxes.append(box))
    trends_png(on_view(catalog, view), LINK)
    colour = legible(line.option.colour, LIGHT.paper)
    bars = [box for box in boxes if box[4] == colour]
    assert [bottom - top for _, top, _, bottom, *_ in bars] == pytest.approx([pictures.BARS, pictures.BARS / 4])
    assert bars[0][0] < bars[1][0]


def test_of_tolls_the_upper_bound_is_faint(catalog_of) -> None:
    catalog = catalog_of(incidents=[{"id": "a", "lat": "34", "lon": "38", "start": "2026-02-01", "killed": "us 2-5"}])
    shown = on_view(catalog, replace(default_view(catalog), measure="killed"))
    [line] = charted(trends(shown), "killed")
    assert [max(bars) for bars, _ in chart_heights(line, "killed")] == [5, 2]
    pixels = np.asarray(Image.open(io.BytesIO(trends_png(shown, LINK))).convert("RGB")).reshape(-1, 3)
    assert (pixels == rgb(legible(line.option.colour, LIGHT.paper))).all(axis=1).any()


def test_nothing_is_a_picture_too(catalog_of) -> None:
    catalog = catalog_of(sites=[{"id": "a"}])
    assert trends_png(on_view(catalog, default_view(catalog)), LINK).startswith(b"\x89PNG")
