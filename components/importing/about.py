"""What a folder says of itself, in dataset.toml and method.md, after any number of imports and a person's changes.

What each sort of import says is remembered in ``.imported/dataset.json``, in the order in which they came first: what a
later one says is added. Of dataset.toml a person may change any key: it stays, the others follow.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from components.catalog.dataset import FILE as DATASET
from components.catalog.method import FILE as METHOD
from components.importing import areas, control
from components.importing.documents import Part, dataset_blocks, method_md
from components.importing.events import Terms
from components.importing.folder import HIDDEN, origins
from components.importing.formats import BY_KEY
from components.importing.limits import RefusedError
from components.importing.report import Report

EVENTS: Final = "events"
"""The sort of all formats of events."""
_RECORD: Final = f"{HIDDEN}/dataset.json"
_KEY: Final = re.compile(r"^(?:(\w+) = |\n\[(\w+)\]$)", re.MULTILINE)
_METHODS: Final[Mapping[str, Terms]] = {control.ORIGIN: control.TERMS, areas.ORIGIN: areas.TERMS}


def documents(folder: Path, part: Part, terms: Sequence[Terms], report: Report) -> dict[str, str]:
    """Return the documents to write into ``folder`` by their path, what is remembered of them included.

    ``terms`` are those of its events, all formats of them. The report says what a person has changed and is left so.
    """
    parts = _with(_parts(folder, part.sort), part)
    of_events = [*terms] if part.sort == EVENTS else event_terms(folder)
    methods = [
        one for part in parts for one in (of_events if part.sort == EVENTS else [_METHODS.get(part.sort)]) if one
    ]
    found = {_RECORD: json.dumps([one._asdict() for one in parts], ensure_ascii=False, indent=1) + "\n"}
    blocks = dataset_blocks(parts)
    made = {DATASET: "".join(blocks.values())} | ({METHOD: method_md(methods)} if methods else {})
    for name, text in made.items():
        mine, base = _text(folder / name), _text(folder / HIDDEN / name)
        if mine is None or mine == base:
            found |= {name: text, f"{HIDDEN}/{name}": text}
        elif name == DATASET and base is not None:
            merged, kept = merged_blocks(blocks_of(base), mine, blocks)
            found |= {name: merged, f"{HIDDEN}/{name}": text}
            report.said += [
                f"{name} was changed by hand: its {key} stays. The import has: {said}" for key, said in kept
            ]
        else:
            licence = f"; licence: {part.licence}" if part.licence else ""
            report.said.append(f"{name} was changed by hand and is left as it is{licence}")
    return found


def event_terms(folder: Path, key: str = "") -> list[Terms]:
    """Return the terms of the formats of events that a folder's rows are of, and of the format ``key``."""
    return [BY_KEY[one].terms for one in dict.fromkeys((*origins(folder), key)) if one in BY_KEY]


def blocks_of(text: str) -> dict[str, str]:
    r"""Return the lines of a dataset.toml that an import wrote, by key.

    >>> blocks_of('title = "A"\ncredits = [\n    "B",\n]\n\n[window]\nfrom = 2026-01-01\n')
    {'title': 'title = "A"\n', 'credits': 'credits = [\n    "B",\n]\n', 'window': '\n[window]\nfrom = 2026-01-01\n'}
    """
    begins = [(found.start(), found[1] or found[2]) for found in _KEY.finditer(text)]
    top, found = True, {}
    for (begin, key), (end, _) in zip(begins, [*begins[1:], (len(text), "")], strict=True):
        top = top and text[begin] != "\n"
        if top or text[begin] == "\n":
            found[key], last = text[begin:end], key
        else:  # a key of a table
            found[last] += text[begin:end]
    return found


def merged_blocks(base: Mapping[str, str], mine: str, new: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Return a dataset.toml with what is new for what still stands there as it was made, and what else is new, by key.

    A key that was not made before stays out where somebody has written one.
    """
    kept, windows = [], "\r\n" in mine
    mine = "\n" + mine.replace("\r\n", "\n")
    for key, text in new.items():
        if key in base and mine.count(f"\n{base[key]}") == 1:
            mine = mine.replace(f"\n{base[key]}", f"\n{text}")
        elif key not in base and not re.search(rf"^\s*(?:{key}\s*=|\[{key}\])", mine, re.MULTILINE):
            mine = f"{mine.rstrip()}\n{text}" if text.startswith("\n") else f"\n{text}{mine[1:]}"
        elif f"\n{text}" not in mine:
            kept.append((key, " ".join(text.partition("]\n" if text.startswith("\n[") else "= ")[2].split())))
    return mine[1:].replace("\n", "\r\n" if windows else "\n"), kept


def _parts(folder: Path, sort: str) -> list[Part]:
    """Return what a folder's imports have said; of one that remembers none, what its dataset.toml says of others."""
    if (text := _text(folder / _RECORD)) is not None:
        try:
            return [Part(**{**one, "credits": tuple(one["credits"])}) for one in json.loads(text)]
        except (ValueError, TypeError, KeyError):
            mend = "Put it back as it was, or delete it: its imports then have to be run again for what they say."
            raise RefusedError(f"Nothing was written: {folder / _RECORD} cannot be read. {mend}") from None
    others = dict.fromkeys(EVENTS if key in BY_KEY else key for key in origins(folder))
    made = _text(folder / HIDDEN / DATASET)
    if made is None or not others or [*others] == [sort]:
        return []
    told = tomllib.loads(made)
    window = told.get("window", {})
    first, last = (str(window.get(end, "")) for end in ("from", "to"))
    other = next(one for one in others if one != sort)
    return [Part(other, told["title"], told["subtitle"], told["licence"], tuple(told["credits"]), first, last)]


def _with(parts: Sequence[Part], part: Part) -> list[Part]:
    """Return the parts with another in the place of its sort, or after them."""
    return [*{one.sort: one for one in (*parts, part)}.values()]


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
