"""Links: what one asks for, with a briefing's step told in full; and the table of its keys, for README."""

from dataclasses import replace
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.sets import SET
from components.view.briefings import step_view
from components.view.view import FIELDS, Fault, Params, View, read_checked

BESIDE: Final = ("step", "map", "data", "lang", "method", SET)
"""Keys that may stand beside a step, which is still told in full."""


def read_link(params: Params, catalog: Catalog) -> tuple[View, list[Fault]]:
    """Read a link's query string, and what in it does not parse or names nothing.

    A link that says no more than its step means the step's own view; where it looks, the map writes itself.
    """
    view, faults = read_checked(params, catalog)
    if view.step and not any(values for key, values in params.items() if key not in BESIDE):
        own = step_view(catalog, view.step)
        view = replace(own, camera=view.camera or own.camera, cited=view.cited, lang=view.lang, method=view.method)
    return view, faults


def outdated(catalog: Catalog, view: View) -> str:
    """Return what to tell a reader whose link cites another version of the data, "" where it does not."""
    if not view.cited or view.cited == catalog.version:
        return ""
    return f"The data has changed since this was cited: it was {view.cited}, and is {catalog.version}."


def link_markdown() -> str:
    """Return the keys of the View's URL as a Markdown table; a key that may stand several times is marked so."""
    rows = [f"| `{field.key}`{' (repeatable)' if field.repeatable else ''} | {field.doc} |" for field in FIELDS]
    return "\n".join(("| key | what |", "| --- | --- |", *rows))
