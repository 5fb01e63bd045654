"""What the browser reads a link with, where no server does: the keys, their values, and what is said of a fault.

The keys and the words are view/view.py's; site/assets/link.js reads by them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from components.catalog.catalog import Catalog
from components.catalog.dates import day_number
from components.catalog.tables import ROW_TABLES
from components.map.protocol import command
from components.view.briefings import step_view
from components.view.extent import FIRST_DAY, LAST_DAY
from components.view.link import BESIDE, outdated
from components.view.view import (
    BASES,
    CARD,
    FIELDS,
    MAX_SEARCH,
    SELECTABLE,
    Fault,
    UrlField,
    default_view,
    offered,
    read_checked,
    write_query,
)

ABSENT: Final = "is of what this site has not: see its last line"
"""What is said of a value for which only the served page has something."""
KINDS: Final[Mapping[str, str]] = {
    "from": "day",
    "to": "day",
    "q": "text",
    "sel": "row",
    "map": "camera",
    "box": "box",
    "compare": "percent",
    "data": "version",
    "step": "step",
    "known": "absent",
}
"""How link.js reads a key's values; of every other key they can be counted."""
HELD: Final[Mapping[str, Callable[[Catalog], tuple[str, ...]]]] = {
    "base": lambda _: BASES[:1],
    "tab": lambda catalog: (offered(catalog)[0], CARD),
    **dict.fromkeys(("measure", "by", "per"), lambda _: ()),
}
"""Of keys whose values can be counted, those for which a static site has something, where that is not all."""
_LIMITS: Final[Mapping[str, tuple[int, ...]]] = {
    "day": (day_number(FIRST_DAY), day_number(LAST_DAY)),
    "text": (MAX_SEARCH,),
}
_WRONG: Final[Mapping[str, tuple[str, str]]] = {
    "day": ("x", "0001-01-01"),
    "text": ("x" * (MAX_SEARCH + 1), ""),
    "row": ("x", ""),
    "camera": ("x", "99/99/999"),
    "box": ("x", "0,0,181,0"),
    "percent": ("x", ""),
    "version": ("x", ""),
    "step": ("x", ""),
    "choice": ("\0", ""),
}
"""By kind, a value that does not parse or names nothing, and one beyond the limits: the View says what is wrong."""


def link_reader(catalog: Catalog) -> dict[str, Any]:
    """Return what link.js reads links with."""
    home = default_view(catalog)
    return {
        "keys": [_key(field, catalog) for field in FIELDS],
        "steps": {name: _query(catalog, name) for name in step_names(catalog)},
        "beside": BESIDE,
        "rows": {kind: list(catalog.tables[ROW_TABLES[kind]]["id"]) for kind in SELECTABLE},
        "home": command(catalog, home, ""),
        "words": {
            "fault": Fault("{key}", "{value}", "{what}").notice,
            "before": _before(catalog),
            "outdated": outdated(catalog, replace(home, cited="{cited}")),
        },
        "version": catalog.version,
    }


def step_names(catalog: Catalog) -> list[str]:
    """Return the names of all briefings' steps, such as ``al-tanf-withdrawal/2``, in order."""
    return [f"{briefing.id}/{number}" for briefing in catalog.briefings for number in range(1, len(briefing.steps) + 1)]


def _key(field: UrlField, catalog: Catalog) -> dict[str, Any]:
    kind = KINDS.get(field.key, "choice")
    key: dict[str, Any] = {"key": field.key, "kind": kind, "wrong": ABSENT}
    if field.repeatable:
        key["repeatable"] = True
    if kind == "absent":
        return key
    wrong, beyond = _WRONG[kind]
    key["wrong"] = _said(field, wrong, catalog)
    if beyond:
        key["beyond"] = _said(field, beyond, catalog)
    if kind in _LIMITS:
        key["limits"] = _LIMITS[kind]
    if field.allowed:
        key["values"] = [*HELD.get(field.key, field.allowed)(catalog)]
    if field.key in HELD:
        key["wrong"] = ABSENT
    return key


def _said(field: UrlField, text: str, catalog: Catalog) -> str:
    """Return what the View says of a value that a key cannot have."""
    try:
        field.read(text, catalog)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"{field.key} takes {text!r}")


def _before(catalog: Catalog) -> str:
    """Return what is said of a window that ends before {start}."""
    start = "2026-02-02"
    _, faults = read_checked({"from": [start], "to": ["2026-02-01"]}, catalog)
    return faults[0].what.replace(start, "{start}")


def _query(catalog: Catalog, step: str) -> str:
    query = write_query(step_view(catalog, step), catalog)
    return urlencode({key: values for key, values in query.items() if key != "step"}, doseq=True)
