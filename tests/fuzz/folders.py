"""Data folders as an unlucky or hostile hand leaves them, and what is wrong with how they are read."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from starlette.testclient import TestClient

from components.catalog.catalog import Catalog, load
from components.catalog.tables import TABLES
from components.export.files import FILES, TooManyRowsError
from components.map.payload import basemap_payload, rows_payload
from components.picture.picture import preview
from components.view.brief import brief
from components.view.brief_text import brief_text
from components.view.briefings import check_briefings
from components.view.citation import view_link
from components.view.on_view import on_view
from components.view.provenance import provenance
from components.view.selection import select
from components.view.title import view_title
from components.view.view import FIRST_DAY, LAST_DAY, View, default_view
from tests.fuzz.texts import harmful
from tests.fuzz.urls import ROOT, client_of, faults_of_url, hostile_urls, where

ROWS: Final = 40
"""Rows of each table that most folders have, so that many folders are read in a minute."""
WHOLE: Final = 0.03
"""How many keep all of them."""
FILED: Final = 4
"""Files that are made of each."""
DRAWN: Final = 0.03
"""Of how many the pictures are drawn too, which takes long."""
SLOW: Final = ("view.png",)

Cells = list[list[str]]


def mutated(chance: Random, source: Path, target: Path) -> list[str]:
    """Copy the data folder ``source`` to ``target`` with one to five things done to it; return what was done."""
    shutil.copytree(source, target)
    if chance.random() > WHOLE:
        for path in target.glob("*.csv"):
            head, *rows = _read(path)
            _write(path, [head, *(chance.sample(rows, ROWS) if len(rows) > ROWS else rows)])
        for path in target.glob("basemap/*.geojson"):
            content = json.loads(path.read_text(encoding="utf-8"))
            path.write_text(json.dumps({**content, "features": content["features"][-ROWS // 4 :]}), encoding="utf-8")
    done = []
    for _ in range(chance.randint(1, 5)):
        tables = [path for path in target.glob("*.csv") if path.is_file()]
        if chance.random() < 0.75 and tables:
            path, change = chance.choice(sorted(tables)), chance.choice(_OF_TABLES)
            try:
                cells = _read(path)
            except (ValueError, csv.Error):  # another change has made it no table
                continue
            if len(cells) > 1:
                change(chance, cells)
                _write(path, cells)
        else:
            files = sorted(path for path in target.rglob("*") if path.is_file())
            path, of_bytes = chance.choice(files), chance.choice(_OF_FILES)
            of_bytes(chance, path)
            change = of_bytes  # type: ignore[assignment]
        done.append(f"{change.__name__.strip('_')} {path.relative_to(target)}")
    return done


def _read(path: Path) -> Cells:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def _write(path: Path, cells: Cells) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(cells)
    path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))


def _cells(chance: Random, cells: Cells) -> None:
    for _ in range(chance.choice([1, 1, 3, 30])):
        row = chance.choice(cells[1:])
        if row:
            row[chance.randrange(len(row))] = harmful(chance)


def _column(chance: Random, cells: Cells) -> None:
    at, text = chance.randrange(len(cells[0]) or 1), harmful(chance)
    for row in cells[1:]:
        row[at : at + 1] = [text if chance.random() < 0.8 else harmful(chance)]


def _blank(chance: Random, cells: Cells) -> None:
    at = chance.randrange(len(cells[0]) or 1)
    for row in cells[1:]:
        row[at : at + 1] = [""]


def _drop_rows(chance: Random, cells: Cells) -> None:
    cells[1:] = chance.sample(cells[1:], chance.randrange(len(cells)))


def _twice(chance: Random, cells: Cells) -> None:
    cells += [list(row) for row in chance.choices(cells[1:], k=3)]


def _shuffle(chance: Random, cells: Cells) -> None:
    body = cells[1:]
    chance.shuffle(body)
    cells[1:] = body


def _swap(chance: Random, cells: Cells) -> None:
    one, other = chance.choice(cells[1:]), chance.choice(cells[1:])
    if one and len(one) == len(other):
        at = chance.randrange(len(one))
        one[at], other[at] = other[at], one[at]


def _header(chance: Random, cells: Cells) -> None:
    if cells[0]:
        cells[0][chance.randrange(len(cells[0]))] = chance.choice([harmful(chance), "", *cells[0]])


def _drop_column(chance: Random, cells: Cells) -> None:
    at = chance.randrange(len(cells[0]) or 1)
    for row in cells:
        del row[at : at + 1]


def _ragged(chance: Random, cells: Cells) -> None:
    row = chance.choice(cells[1:])
    row[:] = row[: chance.randrange(len(row) + 1)] if chance.random() < 0.5 else [*row, harmful(chance)]


def _cut(chance: Random, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content) + 1)])


def _flip(chance: Random, path: Path) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(min(len(content), chance.choice([1, 5, 50]))):
        content[chance.randrange(len(content))] = chance.choice([0, 10, 34, 44, 59, 128, 255, chance.randrange(256)])
    path.write_bytes(bytes(content))


def _insert(chance: Random, path: Path) -> None:
    content = path.read_bytes()
    at = chance.randrange(len(content) + 1)
    path.write_bytes(content[:at] + harmful(chance).encode("utf-8", "surrogatepass") + content[at:])


def _encode(chance: Random, path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    path.write_bytes(text.encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1256"]), "replace"))


def _empty(_: Random, path: Path) -> None:
    path.write_bytes(b"")


def _remove(_: Random, path: Path) -> None:
    path.unlink()


def _folder(_: Random, path: Path) -> None:
    path.unlink()
    path.mkdir()


def _ending(chance: Random, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b"\0\n"])))


_OF_TABLES: Final[Sequence[Callable[[Random, Cells], None]]] = (
    *(_cells, _cells, _cells, _column, _column, _blank, _drop_rows, _twice, _shuffle, _swap),
    *(_header, _drop_column, _ragged),
)
_OF_FILES: Final[Sequence[Callable[[Random, Path], None]]] = (
    *(_cut, _flip, _insert, _encode, _empty, _remove, _folder, _ending),
)


def faults_of_folder(chance: Random, folder: Path, client: TestClient) -> list[str]:
    """Return what is wrong with how ``folder`` is read, shown, and served to ``client``; never raise."""
    try:
        catalog = load(folder)
    except Exception as error:  # noqa: BLE001 (whatever it is, is what is looked for)
        return [f"load raises {error!r} in {where(error)}"]
    faults = [*untold(catalog, folder)]
    for what, made in _uses(chance, catalog):
        try:
            made()
        except TooManyRowsError:
            pass
        except Exception as error:  # noqa: BLE001
            faults.append(f"{what} raises {error!r} in {where(error)}")
    if not faults:
        faults += [fault for url in hostile_urls(chance, catalog, 4) for fault in faults_of_url(client, url)]
    return faults


def untold(catalog: Catalog, folder: Path) -> list[str]:
    """Return the tables that have fewer rows than their files, of which no problem tells; and what is no sentence."""
    with_problems = {problem.file for problem in catalog.problems}
    faults = [f"a problem is no line: {str(one)[:200]!r}" for one in catalog.problems if not str(one).isprintable()]
    for table in TABLES:
        try:
            rows = sum(1 for row in _read(folder / table.file)[1:] if any(row))
        except (ValueError, OSError, csv.Error):
            rows = 1 if table.required else 0
        if len(catalog.tables[table.name]) < rows and table.file not in with_problems:
            faults.append(f"{table.file} loses rows and no problem tells of it")
    return faults


def _uses(chance: Random, catalog: Catalog) -> list[tuple[str, Callable[[], object]]]:
    drawn = chance.random() < DRAWN
    view = default_view(catalog) if chance.random() < 0.5 else View(FIRST_DAY, LAST_DAY)
    link = view_link(catalog, view, "https://example.org/")

    def brief_of_all() -> str:
        text = brief_text(catalog, brief(on_view(catalog, view)), link, markdown=True)
        return text + view_title(catalog, view)

    def filed(name: str) -> Callable[[], object]:
        return lambda: FILES[name].made(on_view(catalog, view), provenance(catalog, view, link))

    uses: list[tuple[str, Callable[[], object]]] = [
        ("rows_payload", lambda: rows_payload(catalog)),
        ("basemap_payload", lambda: basemap_payload(catalog.folder)),
        ("select", lambda: select(catalog, view)),
        ("brief", brief_of_all),
        ("briefings", lambda: check_briefings(catalog)),
    ]
    files = FILES if drawn else chance.sample([name for name in FILES if name not in SLOW], FILED)
    uses += [(name, filed(name)) for name in files]
    return [*uses, ("preview", lambda: preview(on_view(catalog, view)))] if drawn else uses


def fuzz_folders(seed: int, count: int, source: Path = ROOT / "data") -> Iterator[str]:
    """Read ``count`` mutated folders; yield what is wrong, with what was done to them."""
    folder = source
    client = client_of(lambda: folder)
    for number in range(count):
        chance = Random(f"{seed} {number}")
        with TemporaryDirectory(prefix="laydown-fuzz-") as scratch:
            folder = Path(scratch) / "data"
            done = mutated(chance, source, folder)
            for fault in faults_of_folder(chance, folder, client):
                yield f"folder {number} ({', '.join(done)}): {fault}"
