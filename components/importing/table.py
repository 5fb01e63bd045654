"""Any table, HXL or not, and the places of map files: by what its columns are about (roles.py)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from components.catalog.columns import objects
from components.catalog.names import fold
from components.catalog.tables import PRECISIONS
from components.importing.cells import date_of, day_first, identifier, item, known, line, point, whole, written_point
from components.importing.events import NOT_STATED, Events, People, Source, Terms, same
from components.importing.format import IN_CARD, Format, Use, further, numbers
from components.importing.limits import NotUnderstoodError, UnclearError
from components.importing.report import Report, Taken
from components.importing.roles import BY_KEY, Chosen, bare_name, roles_of, words_of
from components.importing.sheet import Sheet, Values

KIND: Final = "Event"
"""The kind of events whose table has none."""
_SURE: Final = {
    "high": "high haute elevee alta yuksek عالية مرتفعة confirmed probable",
    "medium": "medium moderate moyenne media orta متوسطة",
    "low": "low faible baja dusuk منخفضة ضعيفة possible",
}
_CONFIDENCE: Final = {fold(word): level for level, words in _SURE.items() for word in words.split()}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`\\;]+")
_OF_ALL: Final = frozenset(
    {"number", "of", "total", "people", "nombre", "numero", "de", "best", "affected", "impact", "casualties"}
)
"""Words in the name of a column of killed or wounded, or in its HXL tag, that do not tell of whom."""
SEVERAL_DATES: Final = 0.9
"""The share of a column's cells that are dates where its name does not say so."""


def table_format(chosen: Chosen) -> Format:
    """Return the format of any table, with the columns of some roles ``chosen``."""
    return replace(TABLE, events=partial(events, chosen=chosen))


def events(sheet: Sheet, report: Report, chosen: Chosen | None = None) -> Events:
    """Return the events of a table; UnclearError where it tells neither when nor where."""
    roles = roles_of(sheet, chosen or {})
    report.adjustable = not sheet.tags
    _require(sheet, roles)
    column = {key: names[0] for key, names in roles.items()}
    count = len(sheet)
    first = _day_first(sheet, column["start"], report)
    read_date = partial(date_of, first=first)
    start = sheet.each(read_date, column["start"], report=report)
    end = sheet.each(read_date, column.get("end", ""), report=report)
    points = _points(sheet, column, report)
    killed, wounded = (_people(sheet, roles.get(key, ()), key, report) for key in ("killed", "wounded"))
    place = [column.get(key, "") for key in ("place", "admin1", "country")]
    titles = [column.get(key, "") for key in ("title", "kind", "place", "summary")]
    return Events(
        id=sheet.each(identifier, column.get("id", "")),
        title=sheet.each(_title, *titles),
        kind=_kinds(sheet, column),
        start=start,
        end=objects(["" if one <= begin else one for one, begin in zip(end, start, strict=True)]),
        lat=numbers(points, 0),
        lon=numbers(points, 1),
        precision=_precision(sheet, column),
        radius_km=same("", count),
        place=sheet.each(lambda *parts: line(", ".join(dict.fromkeys(filter(None, map(known, parts)))), 300), *place),
        country=sheet.each(lambda text: item(known(text)), column.get("country", "")),
        actors=sheet.each(_actors, *roles.get("forces", ())),
        killed=killed,
        wounded=wounded,
        confidence=sheet.each(_confidence, column.get("confidence", "")),
        summary=sheet.column(column.get("summary", "")).whole(),
        sources=sheet.each(
            partial(_sources, sheet.file, len(roles.get("sources", ()))),
            *roles.get("sources", ()),
            *roles.get("url", ()),
        ),
        further=further(sheet, _uses(sheet, roles), report),
    )


def _require(sheet: Sheet, roles: dict[str, list[str]]) -> None:
    """Find the dates, and refuse a table that has none, or no places."""
    if "start" not in roles:
        taken = {name for names in roles.values() for name in names}
        dated = next((name for name in sheet.columns if name not in taken and _is_dates(sheet, name)), None)
        if dated is None:
            raise _unclear(sheet, roles, "dates", "start=COLUMN")
        roles["start"] = [dated]
    placed = {"lat", "lon"} <= roles.keys() or roles.keys() & {"point", "place", "admin1", "country"}
    if not placed:
        raise _unclear(sheet, roles, "places", "lat=COLUMN,lon=COLUMN or place=COLUMN")


def _unclear(sheet: Sheet, roles: Mapping[str, Sequence[str]], what: str, example: str) -> UnclearError:
    question = f"{sheet.file}: no column was taken for {what}."
    columns = ", ".join(list(sheet.columns)[:40])
    taken = [Taken(use.column, use.taken_for, use.role) for use in _uses(sheet, roles)]
    return UnclearError(f"{question} Say which it is: --map {example}; there are {columns}", question, taken)


def _is_dates(sheet: Sheet, name: str) -> bool:
    filled = sheet.distinct(name)[:500]
    dates = 0
    for value in filled:
        try:
            dates += len(date_of(value)) >= len("2026-02")
        except NotUnderstoodError:
            continue
    return bool(filled) and dates >= SEVERAL_DATES * len(filled)


def _day_first(sheet: Sheet, name: str, report: Report) -> bool:
    texts = sheet.distinct(name)
    first = day_first(texts)
    if first is None and any(re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b.*", text) for text in texts):
        report.said.append(f"Nothing in {name} tells whether 03/04/2026 is 3 April or 4 March: it was read as 3 April.")
    return first is not False


def _points(sheet: Sheet, column: Mapping[str, str], report: Report) -> Values:
    nowhere = (float("nan"),) * 2
    if "lat" in column and "lon" in column:
        return sheet.each(point, column["lat"], column["lon"], report=report, blank=nowhere)
    return sheet.each(written_point, column.get("point", ""), report=report, blank=nowhere)


def _title(title: str, kind: str, place: str, summary: str) -> str:
    if known(title):
        return line(title, 300)
    if known(kind) or known(place):
        return line(", ".join(filter(None, (known(kind), known(place)))), 300)
    return line(re.split(r"(?<=[.!?]) ", line(summary), maxsplit=1)[0], 140) or KIND


def _kinds(sheet: Sheet, column: Mapping[str, str]) -> Values:
    """Return the kinds; of a map file without any its folders, where they are few and no dates."""
    if "kind" in column:
        return sheet.each(lambda text: line(known(text), 100) or "Not stated", column["kind"])
    folders = sheet.distinct("folder")
    if sheet.sort == "KML" and 1 < len(folders) <= 12 and not any(re.search(r"\d{4}", folder) for folder in folders):
        return sheet.each(lambda text: line(text, 100) or KIND, "folder")
    return same(KIND, len(sheet))


def _precision(sheet: Sheet, column: Mapping[str, str]) -> Values:
    """Return the precision that is written, else that of a town: whose point is meant is not stated."""
    default = "site" if sheet.sort == "GPX" else "town"
    return sheet.each(lambda text: text.lower() if text.lower() in PRECISIONS else default, column.get("precision", ""))


def _confidence(text: str) -> str:
    return _CONFIDENCE.get(fold(text), "medium")


def _actors(*cells: str) -> tuple[str, ...]:
    names = (item(name) for cell in cells for name in re.split(r"[;|\n]", cell))
    return tuple(dict.fromkeys(name for name in names if known(name)))


def _people(sheet: Sheet, names: Sequence[str], key: str, report: Report) -> Values:
    """Return the killed or wounded: of a column of all, else of each column of some."""
    of = {name: _whom(name, key) for name in names}
    total = [name for name in names if not of[name]][:1]
    columns = [(of[name], sheet.each(_range, name, report=report, blank=None)) for name in total or names]
    return objects(
        [
            tuple(People(whom, *values[row]) for whom, values in columns if values[row])
            for row in range(len(sheet))
        ]
    )  # fmt: skip


def _whom(name: str, key: str) -> str:
    """Return of whom a column tells: "Civilians killed" → "Civilians"; "" where of all.

    >>> _whom("Civilians killed", "killed"), _whom("Deaths", "killed")
    ('Civilians', '')
    """
    bare = bare_name(name)
    words = max(
        (word for word in words_of(BY_KEY[key]) if re.search(rf"\b{re.escape(word)}\b", bare)), key=len, default=""
    )
    rest = re.sub(rf"\b{re.escape(words)}\b", " ", bare) if words else ""
    rest = " ".join(word for word in rest.split() if word not in _OF_ALL)
    return rest.capitalize() or NOT_STATED


def _range(text: str) -> tuple[int, int | None] | None:
    """Return the least and the most of ``5``, ``3-8``, ``20+``; None for 0 and what is not known."""
    if found := re.fullmatch(r"(\d+) *(?:-|–|to|à|a) *(\d+)", text):
        low, high = sorted(map(int, found.groups()))
        return (low, high) if high else None
    if found := re.fullmatch(r"(\d+) *\+", text):
        return int(found[1]), None
    number = whole(text)
    return (number, number) if number else None


def _left_over(text: str) -> str:
    """Return of a count what the tolls do not hold: 0, and what is no number."""
    try:
        return "" if _range(text) else known(text)
    except NotUnderstoodError:
        return text


def _sources(file: str, names: int, *cells: str) -> tuple[Source, ...]:
    """Return a source for each address and each name; for neither, the file."""
    publishers = [item(name) for cell in cells[:names] for name in re.split(r"[;\n]", _ADDRESS.sub("", cell))]
    publishers = [name for name in publishers if known(name)]
    addresses = list(dict.fromkeys(found.rstrip(".,)") for cell in cells for found in _ADDRESS.findall(cell)))
    found = []
    for number, address in enumerate(addresses):
        host = urlsplit(address).hostname or "web"
        own = publishers[number] if len(publishers) == len(addresses) else host.removeprefix("www.")
        found.append(Source(own, f"Page at {host}", address[:2000], via=file))
    if len(publishers) != len(addresses):
        found += [Source(name, "Named as the source", via=file) for name in publishers]
    return tuple(dict.fromkeys(found)) or (Source(file, "Imported file, which names no source"),)


def _uses(sheet: Sheet, roles: Mapping[str, Sequence[str]]) -> list[Use]:
    of_column = {name: key for key, names in roles.items() for name in names}
    uses = []
    for name in sheet.columns:
        key = of_column.get(name)
        if key is None:
            uses.append(Use(name, IN_CARD, name.replace("_", " ")))
            continue
        read: Callable[[str], str] | None = None
        if key in ("killed", "wounded"):
            read = _left_over
        elif key == "precision":
            read = _unknown_to(PRECISIONS)
        elif key == "confidence":
            read = _unknown_to(("high", "medium", "low"))
        elif key == "admin1":
            read = known
        label = name.replace("_", " ") if read else ""
        taken = BY_KEY[key].taken_for
        uses.append(
            Use(name, f"{taken}; what else it says stays in the card" if label else taken, label, read or known, key)
        )
    return uses


def _unknown_to(words: Sequence[str]) -> Callable[[str], str]:
    return lambda text: "" if text.lower() in words else known(text)


TABLE: Final = Format(
    key="table",
    label="a table, its columns taken by their names",
    needs=frozenset(),
    columns=(),
    terms=Terms(
        publisher="",
        licence="",
        credits=(),
        confidence="Where the imported table does not rate how sure an event is, it has medium confidence.",
        precision="Where the imported table does not say how precise its coordinates are, they are drawn as those of a "
        "town, within 5 km; waypoints of a GPS receiver as exact.",
        dates="",
    ),
    events=events,
    any_table=True,
)
"""The declaration."""
