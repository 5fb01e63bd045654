"""The steps of briefings as Views, and whether they can be read as such."""

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from components.catalog.briefings import Briefing, BriefingStep
from components.catalog.catalog import Catalog
from components.catalog.problems import Problem, excerpt
from components.view.view import FIELDS, View, read_view

_KEYS: Final = {field.key: field for field in FIELDS if field.key != "step"}
"""What a step's view may hold: which step it is, is not for it to say."""


def find_step(catalog: Catalog, name: str) -> tuple[Briefing, int] | None:
    """Return the briefing and the number, from 1, of a step such as ``al-tanf-withdrawal/2``; None: there is none."""
    id_, _, number = name.partition("/")
    briefing = next((briefing for briefing in catalog.briefings if briefing.id == id_), None)
    if briefing is None or number not in map(str, range(1, len(briefing.steps) + 1)):
        return None
    return briefing, int(number)


def step_view(catalog: Catalog, name: str) -> View:
    """Return the View of a step such as ``al-tanf-withdrawal/2``, which must exist."""
    found = find_step(catalog, name)
    if found is None:
        raise KeyError(name)
    briefing, number = found
    view, _ = read_view(_params(briefing.steps[number - 1]), catalog)
    return replace(view, step=name)


def next_briefing(catalog: Catalog, briefing: Briefing) -> Briefing | None:
    """Return the briefing after another; None: it is the last."""
    order = list(catalog.briefings)
    return next(iter(order[order.index(briefing) + 1 :]), None)


def check_briefings(catalog: Catalog) -> list[Problem]:
    """Return what is wrong with the steps' views: they are shown, but for what does not parse or names nothing."""
    return [
        Problem(briefing.file, step.line, "view", excerpt(step.query), what, mend, kept=True)
        for briefing in catalog.briefings
        for step in briefing.steps
        for what, mend in _faults(step, catalog)
    ]


def _faults(step: BriefingStep, catalog: Catalog) -> list[tuple[str, str]]:
    params = _params(step)
    faults = []
    for key, values in params.items():
        if key not in _KEYS:
            faults.append((f"'{excerpt(key)}' is no key of a view", f"use {', '.join(_KEYS)}"))
        elif len(values) > 1 and not _KEYS[key].repeatable:
            faults.append((f"'{key}' stands {len(values)} times", "give it once: the last is used"))
    _, notices = read_view({key: values for key, values in params.items() if key in _KEYS}, catalog)
    return faults + [(_lowered(notice), "mend it in the step's view") for notice in notices]


def _params(step: BriefingStep) -> dict[str, list[str]]:
    return parse_qs(step.query, keep_blank_values=True)


def _lowered(notice: str) -> str:
    return notice[:1].lower() + notice[1:].removesuffix(".")
