"""Pictures of a view, drawn without a browser: a preview for where its link is pasted, and a map to print."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Final

import segno
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from segno.encoder import DataOverflowError

from components.catalog.catalog import Catalog
from components.map.palettes import LIGHT
from components.picture.canvas import Canvas
from components.picture.caption import (
    counts,
    headline,
    known_text,
    sources_on_view,
    window_lines,
)
from components.picture.drawing import draw_map
from components.picture.legend import INDENT, draw_legend, forces, sections
from components.picture.scene import Scene
from components.picture.text import TextStyle, balanced, fitted, joined, width, wrapped
from components.view.on_view import OnView
from components.view.provenance import Provenance, provenance
from components.view.record import record_text
from components.view.title import filters_text
from components.view.view import View
from components.view.wording import capital, count_text, day_text

PREVIEW: Final = (1200, 630)
"""Pixels: what OpenGraph's readers show uncut."""
THUMBNAIL_QUALITY: Final = 20
"""Of WebP's hundred: names stay legible, and areas even."""
A4_LANDSCAPE: Final = (2339, 1654)
"""Pixels, at DPI."""
DPI: Final = 200


def preview(on_view: OnView) -> bytes:
    """Return a PNG of 1200 × 630 pixels for a link's preview: the map of what is on view, and beside it what it shows.

    It is made to be read at 500 pixels' width.
    """
    # A map has few colours: a palette loses nothing that is seen, and is a third of the size.
    small = _previewed(on_view).quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return png(small, provenance(on_view.catalog, on_view.view, ""))


def thumbnail(on_view: OnView, width: int) -> bytes:
    """Return the picture of ``preview``, ``width`` pixels wide, as WebP: a tenth of the size, for many pages."""
    whole = _previewed(on_view)
    file = io.BytesIO()
    size = (width, round(width * PREVIEW[1] / PREVIEW[0]))
    whole.resize(size, Image.Resampling.LANCZOS).save(file, "WEBP", quality=THUMBNAIL_QUALITY, method=6)
    return file.getvalue()


def _previewed(on_view: OnView) -> Image.Image:
    scale, column = 1.6, 240.0
    whole = (PREVIEW[0] / scale, PREVIEW[1] / scale)
    sheet = Canvas(whole[0] - column, whole[1], scale, LIGHT.nowhere)
    scene = draw_map(on_view, sheet, plain=True)
    strip = Canvas(column, whole[1], scale, LIGHT.paper)
    _write_strip(strip, scene)
    picture = Image.new("RGB", PREVIEW, LIGHT.paper)
    picture.paste(strip.finished(), (0, 0))
    picture.paste(sheet.finished(), (round(column * scale), 0))
    return picture


def _write_strip(strip: Canvas, scene: Scene) -> None:
    catalog, view, dataset = scene.catalog, scene.view, scene.catalog.dataset.title
    plain, quiet, small = TextStyle(14, LIGHT.strong), TextStyle(14, LIGHT.quiet), TextStyle(12.5, LIGHT.quiet)
    left, room = 20.0, strip.width - 40
    strip.box(strip.width - 1, 0, strip.width, strip.height, LIGHT.line)
    strip.write("Laydown", left, 26, TextStyle(14, LIGHT.accent, 700))
    y = 62.0
    subject = headline(catalog, view)
    title = TextStyle(25, LIGHT.strong, 700)
    for line in balanced(subject, room, title, 4):
        strip.write(line, left, y, title)
        y += 29
    said = [
        (balanced(dataset if dataset != subject else "", room, quiet, 2), quiet),
        (window_lines(view), TextStyle(16.5, LIGHT.strong, 600)),
        (wrapped(known_text(view), room, plain, 2), plain),
        (wrapped(filters_text(catalog, view), room, quiet, 2), quiet),
        (wrapped(record_text(catalog, view), room, small, 4), small),
    ]
    for lines, style in said:
        if style is small and y + len(lines) * style.size * 1.32 > strip.height - 12:
            continue  # of a long title; the file's own text has it
        for line in lines:
            strip.write(line, left, y, style)
            y += style.size * 1.32
        y += 6 if lines else 0
    entries = forces(scene)
    if y + 2 * 19 + 21 * min(len(entries), 4) < strip.height - 16:
        for number, line in enumerate(joined(counts(scene.selection, view), room, quiet, 2)):
            strip.write(line, left, y + 19 * number, quiet)
        y += 2 * 19
    rows = max(0, min(len(entries), 5, int((strip.height - 16 - y) // 21)))
    y = strip.height - 12 - 21 * rows
    for entry in entries[:rows]:
        entry.mark(strip, left + 6.5, y)
        strip.write(fitted(entry.short, room - INDENT - 22, plain), left + 23, y, plain)
        strip.write(entry.count, left + room - width(entry.count, quiet), y, quiet)
        y += 21


def print_map(on_view: OnView, link: str, today: date) -> bytes:
    """Return a PNG of an A4 sheet at 200 dpi: the map of what is on view, with all that a printed map says of itself.

    ``link`` is the view's address, ``today`` the day it is drawn on. Title, source, copyright and the data's version
    are also in the file's text.
    """
    catalog, view = on_view.catalog, on_view.view
    scale, margin, column = 2.0, 34.0, 236.0
    page = Canvas(A4_LANDSCAPE[0] / scale, A4_LANDSCAPE[1] / scale, scale, LIGHT.paper)
    top = _write_head(page, catalog, view, margin)
    foot = page.height - margin - 78
    room = (page.width - 2 * margin - column - 24, foot - top - 16)
    sheet = Canvas(*room, scale, LIGHT.nowhere)
    scene = draw_map(on_view, sheet)
    left = page.width - margin - column
    draw_legend(page, sections(scene), left, top, column, foot - 16)
    record = provenance(catalog, view, link)
    sources = count_text(sources_on_view(on_view), "source")
    facts = [
        *counts(on_view.selection, view),
        f"{sources} on view",
        f"data version {record.data}",
        f"drawn on {day_text(today)}",
    ]
    write_foot(page, record, facts, margin, foot)
    page.box(margin - 1, top - 1, margin + room[0] + 1, top + room[1] + 1, LIGHT.line)
    picture = page.finished()
    picture.paste(sheet.finished(), (round(margin * scale), round(top * scale)))
    return png(picture, record, DPI)


def _write_head(page: Canvas, catalog: Catalog, view: View, margin: float) -> float:
    """Write title and window; return where the map begins."""
    room = page.width - 2 * margin
    brand = TextStyle(17, LIGHT.accent, 700)
    aside = width("Laydown", brand)
    subject, dataset = headline(catalog, view), catalog.dataset.title
    title = TextStyle(27, LIGHT.strong, 700)
    page.write(fitted(subject, room - aside - 30, title), margin, margin + 12, title)
    page.write("Laydown", margin + room - aside, margin + 12, brand)
    window, quiet = TextStyle(15.5, LIGHT.strong, 600), TextStyle(15.5, LIGHT.quiet)
    when = ", ".join(part for part in (" ".join(window_lines(view)), known_text(view)) if part)
    page.write(when, margin, margin + 42, window)
    more = " · ".join(part for part in (filters_text(catalog, view), dataset if dataset != subject else "") if part)
    begin = width(when, window) + 18
    page.write(fitted(more, room - begin, quiet), margin + begin, margin + 42, quiet)
    return margin + 66


def write_foot(page: Canvas, record: Provenance, facts: Sequence[str], margin: float, top: float) -> None:
    """Write what is on view, where it is from and on what terms, and the link, as text and as a code to scan."""
    code = _code(page, record.link, page.width - margin, top, 78)
    room = page.width - 2 * margin - code - 20
    strong, quiet = TextStyle(12, LIGHT.strong), TextStyle(11.5, LIGHT.quiet)
    blocks = [
        (joined(facts, room, strong, 1), strong),
        (wrapped(record.record, room, quiet, 1), quiet),
        (joined((capital(record.licence), *record.credits), room, quiet, 2), quiet),
        (wrapped(record.link, room, quiet, 2), quiet),
    ]
    y = top + 6
    for lines, style in blocks:
        for line in lines:
            page.write(line, margin, y, style)
            y += 15.5
        y += 1.5


def _code(page: Canvas, link: str, right: float, top: float, size: float) -> float:
    """Draw a link as a QR code, and return how wide it is: nothing for one that is too long to be scanned."""
    try:
        rows = list(segno.make(link, error="m", micro=False).matrix_iter(border=0))
    except (DataOverflowError, ValueError):
        return 0
    module = int(size * page.scale / len(rows)) / page.scale  # whole pixels, so that all are alike
    if module * page.scale < 2:
        return 0
    left = right - module * len(rows)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                at = (left + x * module, top + y * module)
                page.box(*at, at[0] + module, at[1] + module, LIGHT.strong)
    return module * len(rows)


def png(picture: Image.Image, record: Provenance, dpi: int | None = None) -> bytes:
    """Return a picture as PNG, with what it says of itself as text chunks (the keywords of the PNG specification)."""
    info = PngInfo()
    for keyword, text in (
        ("Title", record.title),
        ("Source", record.link),
        ("Copyright", "; ".join((record.licence, *record.credits))),
        ("Software", "Laydown"),
        ("Data version", record.data),
        ("Comment", record.record),
    ):
        if text:
            info.add_itxt(keyword, text)
    file = io.BytesIO()
    picture.save(file, "PNG", pnginfo=info, **_resolution(dpi))
    return file.getvalue()


def _resolution(dpi: int | None) -> dict[str, tuple[int, int]]:
    return {"dpi": (dpi, dpi)} if dpi else {}
